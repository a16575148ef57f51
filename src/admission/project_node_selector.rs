//! OpenShift's admission plugin `scheduling.openshift.io/OriginPodNodeEnvironment` (R-350 to R-376).

use std::collections::BTreeMap;

use super::facts::{NamespaceFacts, NodeLookup, PodFacts, Refusal, conflict, merge};
use crate::selector::quote::quote;
use crate::selector::{parse, parse_project};

/// A text in force and the map that it stands for.
type InForce<'a> = (&'a str, BTreeMap<String, String>);

/// The plugin. It acts on the creation of pods only, whoever creates them (R-362).
#[derive(Clone, Debug, Default)]
pub struct ProjectNodeSelector {
    default: Option<String>,
}

impl ProjectNodeSelector {
    /// The plugin with the cluster's default, `spec.defaultNodeSelector` of the Scheduler `cluster` (R-351).
    /// The text is checked by nobody before it is used (R-353).
    pub fn new(default: Option<String>) -> Self {
        Self { default }
    }

    /// The text in force for a namespace's pods; `None` where Kubernetes' annotation is there, for then this
    /// plugin does nothing (R-356).
    pub fn text<'a>(&'a self, namespace: NamespaceFacts<'a>) -> Option<&'a str> {
        if namespace.kube_annotation.is_some() {
            return None;
        }
        let default = self.default.as_deref().unwrap_or_default();
        Some(namespace.project_annotation.unwrap_or(default))
    }

    /// The mutating step: the pod's node selector afterwards, or the first obstacle in the order of R-363.
    pub fn mutate(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
        nodes: &impl NodeLookup,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let Some((text, selector)) = self.selector_without_conflict(namespace, pod)? else {
            return Ok(pod.node_selector.clone());
        };
        let node_selector = merge(&selector, pod.node_selector); // R-367
        fits_named_node(text, &selector, pod, nodes)?;
        Ok(node_selector)
    }

    /// The validating step, on the pod as the mutating phase left it (R-368).
    pub fn validate(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
        nodes: &impl NodeLookup,
    ) -> Result<(), Refusal> {
        let Some((text, selector)) = self.selector_without_conflict(namespace, pod)? else {
            return Ok(());
        };
        let extends = selector
            .iter()
            .all(|(key, value)| pod.node_selector.get(key) == Some(value));
        if !extends {
            let reason = "pod node label selector does not extend project node label selector";
            return Err(Refusal::forbidden(pod.name, reason));
        }
        fits_named_node(text, &selector, pod, nodes)
    }

    /// Both steps in a row, for a cluster without other plugins between.
    pub fn admit(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
        nodes: &impl NodeLookup,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let node_selector = self.mutate(namespace, pod, nodes)?;
        let merged = PodFacts {
            node_selector: &node_selector,
            ..pod
        };
        self.validate(namespace, merged, nodes)?;
        Ok(node_selector)
    }

    /// The text in force and its map; `None` where the plugin does nothing.
    fn selector_without_conflict<'a>(
        &'a self,
        namespace: Option<NamespaceFacts<'a>>,
        pod: PodFacts<'_>,
    ) -> Result<Option<InForce<'a>>, Refusal> {
        let Some(namespace) = namespace else {
            let reason = format!("namespace {} not found", quote(pod.namespace));
            return Err(Refusal::forbidden(pod.name, &reason)); // R-370
        };
        let Some(text) = self.text(namespace) else {
            return Ok(None);
        };
        let selector = parse_project(text).map_err(Refusal::plain)?; // R-366
        if conflict(&selector, pod.node_selector) {
            let reason = "pod node label selector conflicts with its project node label selector";
            return Err(Refusal::forbidden(pod.name, reason)); // R-364
        }
        Ok(Some((text, selector)))
    }
}

/// A pod that is bound by name must be bound within the project's selector, read this time with Kubernetes'
/// grammar (R-369).
fn fits_named_node(
    text: &str,
    selector: &BTreeMap<String, String>,
    pod: PodFacts<'_>,
    nodes: &impl NodeLookup,
) -> Result<(), Refusal> {
    if pod.node_name.is_empty() || selector.is_empty() {
        return Ok(());
    }
    let Some(labels) = nodes.node_labels(pod.node_name) else {
        let reason = format!(
            "cannot validate project node label selector: node {} not found",
            quote(pod.node_name)
        );
        return Err(Refusal::forbidden(pod.name, &reason));
    };
    // Every text that OpenShift's grammar takes this one takes too (R-387).
    let selector = parse(text).map_err(Refusal::plain)?;
    if selector.matches(labels) {
        Ok(())
    } else {
        let reason = "pod node name conflicts with project node label selector";
        Err(Refusal::forbidden(pod.name, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Map = BTreeMap<String, String>;

    const NO_NODES: BTreeMap<String, Map> = BTreeMap::new();

    fn map(text: &str) -> Map {
        parse_project(text).unwrap()
    }

    fn namespace(annotation: Option<&str>) -> NamespaceFacts<'_> {
        NamespaceFacts {
            name: "team",
            kube_annotation: None,
            project_annotation: annotation,
        }
    }

    fn pod(node_selector: &Map) -> PodFacts<'_> {
        PodFacts {
            namespace: "team",
            name: "",
            node_name: "",
            node_selector,
        }
    }

    fn plugin(default: &str) -> ProjectNodeSelector {
        ProjectNodeSelector::new(Some(default.to_owned()))
    }

    const CONFLICT: &str =
        "pods is forbidden: pod node label selector conflicts with its project node label selector";

    #[test]
    fn the_annotation_takes_the_place_of_the_default() {
        // R-356, R-357, R-371
        for (annotation, wanted) in [
            (None, "disk=ssd,region=east"),
            (Some("type=user"), "disk=ssd,type=user"),
            (Some(""), "disk=ssd"),
            (Some(" "), "disk=ssd"),
        ] {
            let own = map("disk=ssd");
            let merged =
                plugin("region=east").admit(Some(namespace(annotation)), pod(&own), &NO_NODES);
            assert_eq!(merged, Ok(map(wanted)), "{annotation:?}");
        }
    }

    #[test]
    fn the_kube_annotation_silences_the_plugin() {
        // R-356, R-363
        let both = NamespaceFacts {
            kube_annotation: Some(""),
            ..namespace(Some("not a selector"))
        };
        let own = map("disk=ssd");
        let admitted = plugin("region=east").admit(Some(both), pod(&own), &NO_NODES);
        assert_eq!(admitted, Ok(own));
    }

    #[test]
    fn a_daemon_pod_without_a_name_is_refused_without_one() {
        // R-364, R-365
        let own = map("region=");
        let refusal = plugin("region=east").admit(Some(namespace(None)), pod(&own), &NO_NODES);
        let refusal = refusal.unwrap_err();
        assert_eq!(
            (refusal.message.as_str(), refusal.http_status),
            (CONFLICT, Some(403))
        );
        let named = PodFacts {
            name: "a\"b",
            ..pod(&own)
        };
        let refusal = plugin("region=east").admit(Some(namespace(None)), named, &NO_NODES);
        assert!(
            refusal
                .unwrap_err()
                .message
                .starts_with(r#"pods "a\"b" is forbidden: pod node label"#)
        );
    }

    #[test]
    fn a_text_that_does_not_parse_is_no_403() {
        // R-366
        let own = Map::new();
        let refusal = plugin("a in (b)").mutate(Some(namespace(None)), pod(&own), &NO_NODES);
        let message = "unable to parse requirement: found 'in', expected: '='".to_owned();
        let http_status = None;
        assert_eq!(
            refusal,
            Err(Refusal {
                message,
                http_status
            })
        );
    }

    #[test]
    fn the_validating_phase_wants_the_projects_labels_still_there() {
        // R-368
        let plugin = plugin("region=east,type=user");
        for (own, wanted) in [
            ("region=east,type=user,more=x", Ok(())),
            (
                "region=east",
                Err(
                    "pods is forbidden: pod node label selector does not extend project node label selector",
                ),
            ),
            ("region=west", Err(CONFLICT)),
        ] {
            let own = map(own);
            let outcome = plugin.validate(Some(namespace(None)), pod(&own), &NO_NODES);
            assert_eq!(
                outcome.map_err(|refusal| refusal.message),
                wanted.map_err(str::to_owned)
            );
        }
    }

    #[test]
    fn a_pod_bound_by_name_must_be_bound_within_the_selector() {
        // R-369
        let nodes = BTreeMap::from([
            ("n1".to_owned(), map("region=east")),
            ("n2".to_owned(), Map::new()),
        ]);
        let own = Map::new();
        let outcome = |default: &str, node_name| {
            let pod = PodFacts {
                node_name,
                ..pod(&own)
            };
            let admitted = plugin(default).admit(Some(namespace(None)), pod, &nodes);
            admitted.map(|_| ()).map_err(|refusal| refusal.message)
        };
        let outside = "pods is forbidden: pod node name conflicts with project node label selector";
        let absent =
            "pods is forbidden: cannot validate project node label selector: node \"n3\" not found";
        assert_eq!(outcome("region=east", "n1"), Ok(()));
        assert_eq!(outcome("region=east", "n2"), Err(outside.to_owned()));
        assert_eq!(
            outcome("region=west,region=east", "n1"),
            Err(outside.to_owned())
        );
        assert_eq!(outcome("region=east", "n3"), Err(absent.to_owned()));
        assert_eq!(outcome("", "n3"), Ok(()));
    }

    #[test]
    fn a_namespace_that_is_not_there_is_named() {
        // R-370
        let own = Map::new();
        let refusal = plugin("").mutate(None, pod(&own), &NO_NODES).unwrap_err();
        assert_eq!(
            refusal.message,
            "pods is forbidden: namespace \"team\" not found"
        );
    }
}
