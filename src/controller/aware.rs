//! OpenShift's patch of the controller: it leaves out the nodes that the namespace's selector leaves out
//!
//!
//! The texts are read with Kubernetes' label grammar, not with that of the admission plugin; and one
//! that does not parse counts as a match.

use serde::{Deserialize, Serialize};

use super::eligibility::Verdict;
use crate::admission::NamespaceFacts;
use crate::selector::{Labels, Selector, parse};

/// Where a selector in force comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SelectorSource {
    /// The annotation `scheduler.alpha.kubernetes.io/node-selector`.
    KubeAnnotation,
    /// The annotation `openshift.io/node-selector`.
    ProjectAnnotation,
    /// The default of projects that the controller was told.
    ProjectDefault,
    /// The default of Kubernetes' plugin that the controller was told; OpenShift never sets it.
    KubeDefault,
}

/// A selector that the controller asks.
#[derive(Clone, Debug)]
pub struct SelectorInForce<'a> {
    /// Where it comes from.
    pub source: SelectorSource,
    /// Its text.
    pub text: &'a str,
    /// What the text means, or why it does not parse; then it counts as a match.
    pub selector: Result<Selector, String>,
}

impl SelectorInForce<'_> {
    /// Whether a node with these labels is let in.
    pub fn matches(&self, labels: &(impl Labels + ?Sized)) -> bool {
        let selector = self.selector.as_ref();
        selector.map_or(true, |selector| selector.matches(labels))
    }
}

/// The patched controller: the defaults that it was told, which it parses when it starts.
#[derive(Clone, Debug, Default)]
pub struct AwareController {
    project_default: Option<(String, Selector)>,
    kube_default: Option<(String, Selector)>,
}

/// What the controller finds for one namespace.
#[derive(Clone, Debug)]
pub enum NamespaceNodeSelectors<'a> {
    /// The controller's cache has no such namespace: no node is let in.
    NotFound,
    /// The selectors in force, in the order in which they are asked.
    InForce(Vec<SelectorInForce<'a>>),
}

impl AwareController {
    /// A controller that was told these defaults; an empty text is none. The error is the parse error of the
    /// first that does not parse: the controller does not start then.
    pub fn new(project_default: Option<&str>, kube_default: Option<&str>) -> Result<Self, String> {
        let compile = |text: Option<&str>| -> Result<Option<(String, Selector)>, String> {
            let text = text.filter(|text| !text.is_empty());
            text.map(|text| Ok((text.to_owned(), parse(text)?)))
                .transpose()
        };
        Ok(Self {
            project_default: compile(project_default)?,
            kube_default: compile(kube_default)?,
        })
    }

    /// The selectors in force for a namespace, `None` being one that is not there. To be made once a
    /// namespace, and asked for many nodes.
    pub fn selectors<'a>(
        &'a self,
        namespace: Option<NamespaceFacts<'a>>,
    ) -> NamespaceNodeSelectors<'a> {
        let Some(namespace) = namespace else {
            return NamespaceNodeSelectors::NotFound;
        };
        let annotation = |source, text| SelectorInForce {
            source,
            text,
            selector: parse(text),
        };
        if let Some(text) = namespace.kube_annotation {
            // it silences all others.
            let only = annotation(SelectorSource::KubeAnnotation, text);
            return NamespaceNodeSelectors::InForce(vec![only]);
        }
        let default = |source, default: &'a Option<(String, Selector)>| {
            default.as_ref().map(|(text, selector)| SelectorInForce {
                source,
                text,
                selector: Ok(selector.clone()),
            })
        };
        let project = match namespace.project_annotation {
            Some(text) => Some(annotation(SelectorSource::ProjectAnnotation, text)),
            None => default(SelectorSource::ProjectDefault, &self.project_default),
        };
        let kube = default(SelectorSource::KubeDefault, &self.kube_default);
        NamespaceNodeSelectors::InForce(project.into_iter().chain(kube).collect())
    }
}

impl<'a> NamespaceNodeSelectors<'a> {
    /// What the controller's cache answers for a namespace that it does not have; the controller drops the
    /// error.
    pub fn not_found_error(namespace: &str) -> String {
        format!("namespace \"{namespace}\" not found")
    }

    /// The verdict of the patched controller, given that of the upstream one: the namespace is asked only
    /// where that one is (true, true).
    pub fn judge(&self, upstream: Verdict, labels: &(impl Labels + ?Sized)) -> Verdict {
        if upstream == Verdict::RUN && self.refuses(labels) {
            Verdict::REFUSE
        } else {
            upstream
        }
    }

    /// Whether the namespace leaves out a node with these labels.
    pub fn refuses(&self, labels: &(impl Labels + ?Sized)) -> bool {
        match self {
            Self::NotFound => true,
            Self::InForce(_) => self.refused_by(labels).is_some(),
        }
    }

    /// The first selector that leaves the node out; `None` also where the namespace is not there.
    pub fn refused_by(&self, labels: &(impl Labels + ?Sized)) -> Option<&SelectorInForce<'a>> {
        self.in_force()
            .iter()
            .find(|selector| !selector.matches(labels))
    }

    /// The selectors in force; none where the namespace is not there.
    pub fn in_force(&self) -> &[SelectorInForce<'a>] {
        match self {
            Self::NotFound => &[],
            Self::InForce(selectors) => selectors,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: [(&str, &str); 1] = [("region", "east")];

    fn namespace<'a>(kube: Option<&'a str>, project: Option<&'a str>) -> NamespaceFacts<'a> {
        NamespaceFacts {
            name: "team",
            kube_annotation: kube,
            project_annotation: project,
        }
    }

    #[test]
    fn one_text_is_in_force_and_kubes_default_beside_it() {
        //
        use SelectorSource::{KubeAnnotation, KubeDefault, ProjectAnnotation, ProjectDefault};
        let controller = AwareController::new(Some("a=1"), Some("b=1")).unwrap();
        for (kube, project, wanted) in [
            (Some(""), Some("x=1"), &[KubeAnnotation][..]),
            (None, Some(""), &[ProjectAnnotation, KubeDefault]),
            (None, None, &[ProjectDefault, KubeDefault]),
        ] {
            let selectors = controller.selectors(Some(namespace(kube, project)));
            let sources: Vec<_> = selectors.in_force().iter().map(|s| s.source).collect();
            assert_eq!(sources, wanted);
        }
        let untold = AwareController::new(None, Some("")).unwrap();
        assert!(
            untold
                .selectors(Some(namespace(None, None)))
                .in_force()
                .is_empty()
        );
    }

    #[test]
    fn the_namespace_is_asked_only_where_upstream_would_run_a_pod() {
        //
        let controller = AwareController::default();
        let selectors = controller.selectors(Some(namespace(None, Some("region=west"))));
        for (upstream, wanted) in [
            (Verdict::RUN, Verdict::REFUSE),
            (Verdict::KEEP, Verdict::KEEP),
            (Verdict::REFUSE, Verdict::REFUSE),
        ] {
            assert_eq!(selectors.judge(upstream, &EAST), wanted);
        }
        let refused_by = selectors.refused_by(&EAST).map(|s| (s.source, s.text));
        assert_eq!(
            refused_by,
            Some((SelectorSource::ProjectAnnotation, "region=west"))
        );
    }

    #[test]
    fn an_annotation_that_does_not_parse_counts_as_a_match() {
        //
        let controller = AwareController::default();
        for text in [
            "region=",
            "region notin (east)",
            "!region",
            "region in (west)",
        ] {
            let selectors = controller.selectors(Some(namespace(None, Some(text))));
            assert!(selectors.refuses(&EAST), "{text}");
        }
        let selectors = controller.selectors(Some(namespace(None, Some("region is west"))));
        assert_eq!(selectors.judge(Verdict::RUN, &EAST), Verdict::RUN);
        assert!(selectors.in_force()[0].selector.is_err());
    }

    #[test]
    fn a_default_that_does_not_parse_stops_the_controller_the_projects_first() {
        //
        let error = AwareController::new(Some("a b"), Some(",")).map(|_| ());
        assert!(
            error
                .unwrap_err()
                .starts_with("unable to parse requirement: found 'b'")
        );
        let error = AwareController::new(Some(" "), Some(",")).map(|_| ());
        assert!(error.unwrap_err().starts_with("found ','"));
    }

    #[test]
    fn a_namespace_that_is_not_there_lets_no_node_in() {
        //
        let selectors = AwareController::default();
        let selectors = selectors.selectors(None);
        assert_eq!(selectors.judge(Verdict::RUN, &EAST), Verdict::REFUSE);
        assert_eq!(selectors.judge(Verdict::KEEP, &EAST), Verdict::KEEP);
    }
}
