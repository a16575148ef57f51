//! Which node-selector texts are in force for a namespace, and who reads each.

use crate::admission::facts::{KUBE_ANNOTATION, PROJECT_ANNOTATION};
use crate::admission::settings::Settings;
use crate::object::LabelMap;

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// [`KUBE_ANNOTATION`].
    KubeAnnotation,
    /// [`PROJECT_ANNOTATION`].
    ProjectAnnotation,
    /// OpenShift's default, as the API server was told it.
    ProjectDefault,
    /// OpenShift's default, as only the controller was told it.
    ControllerDefault,
    /// `clusterDefaultNodeSelector` of PodNodeSelector's configuration.
    ClusterDefault,
}

/// A text in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce<'a> {
    /// Where it comes from.
    pub source: Source,
    /// The text; an annotation may be there and empty, which switches the defaults off.
    pub text: &'a str,
    /// An admission plugin merges it into pods.
    pub merged: bool,
    /// The DaemonSet controller asks it.
    pub asked: bool,
}

/// The texts in force for a namespace with these annotations. `cluster_default` is the
/// `clusterDefaultNodeSelector` of PodNodeSelector's configuration.
///
/// One text, except where switches are combined that no platform combines.
pub fn in_force<'a>(
    settings: &'a Settings,
    annotations: &'a LabelMap,
    cluster_default: Option<&'a str>,
) -> Vec<InForce<'a>> {
    let kube = annotations.get(KUBE_ANNOTATION);
    let project = annotations.get(PROJECT_ANNOTATION);
    let asks = settings.controller_asks_annotations;
    let mut found = Vec::new();
    let mut push = |source, text, merged, asked| {
        if merged || asked {
            found.push(InForce {
                source,
                text,
                merged,
                asked,
            });
        }
    };
    if let Some(text) = kube {
        // it silences the project's text in both readers, whether or not PodNodeSelector runs.
        push(
            Source::KubeAnnotation,
            text,
            settings.pod_node_selector,
            asks,
        );
        return found;
    }
    if let (Some(text), true) = (cluster_default, settings.pod_node_selector) {
        push(Source::ClusterDefault, text, !text.is_empty(), false);
    }
    match (project, settings.default_node_selector.as_deref()) {
        (Some(text), _) => push(
            Source::ProjectAnnotation,
            text,
            settings.project_node_selector,
            asks,
        ),
        (None, default) => {
            let told = settings
                .controller_default_node_selector
                .as_deref()
                .filter(|_| asks);
            let default = default.filter(|text| settings.project_node_selector && !text.is_empty());
            match (default, told) {
                (Some(text), told) if told.is_none_or(|told| told == text) => {
                    push(Source::ProjectDefault, text, true, told.is_some());
                }
                (default, told) => {
                    if let Some(text) = default {
                        push(Source::ProjectDefault, text, true, false);
                    }
                    if let Some(text) = told.filter(|text| !text.is_empty()) {
                        push(Source::ControllerDefault, text, false, true);
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admission::settings::{Platform, SettingsOverrides};

    fn found(
        platform: Platform,
        over: &SettingsOverrides,
        annotations: &[(&str, &str)],
    ) -> Vec<(Source, String, bool, bool)> {
        let settings = platform.settings().with(over);
        let annotations: LabelMap = annotations.iter().copied().collect();
        in_force(&settings, &annotations, Some("c=d"))
            .into_iter()
            .map(|one| (one.source, one.text.to_owned(), one.merged, one.asked))
            .collect()
    }

    fn default(text: &str) -> SettingsOverrides {
        SettingsOverrides {
            default_node_selector: Some(text.to_owned()),
            ..SettingsOverrides::default()
        }
    }

    #[test]
    fn openshift_4_has_one_text_in_force_in_the_order_of_r_356() {
        let on = |annotations: &[(&str, &str)]| {
            let settings = Platform::Openshift4
                .settings()
                .with(&default("region=west"));
            let annotations: LabelMap = annotations.iter().copied().collect();
            in_force(&settings, &annotations, None)
                .into_iter()
                .map(|one| (one.source, one.text.to_owned(), one.merged, one.asked))
                .collect::<Vec<_>>()
        };
        let (kube, project) = ((KUBE_ANNOTATION, "a=b"), (PROJECT_ANNOTATION, "c=d"));
        assert_eq!(
            on(&[kube, project]),
            [(Source::KubeAnnotation, "a=b".to_owned(), true, true)]
        );
        assert_eq!(
            on(&[project]),
            [(Source::ProjectAnnotation, "c=d".to_owned(), true, true)]
        );
        assert_eq!(
            on(&[(PROJECT_ANNOTATION, "")]),
            [(Source::ProjectAnnotation, String::new(), true, true)]
        );
        // the controller of OpenShift 4 knows no default.
        assert_eq!(
            on(&[]),
            [(
                Source::ProjectDefault,
                "region=west".to_owned(),
                true,
                false
            )]
        );
    }

    #[test]
    fn plain_kubernetes_merges_nothing() {
        assert_eq!(
            found(
                Platform::Kubernetes,
                &default("a=b"),
                &[(KUBE_ANNOTATION, "a=b")]
            ),
            []
        );
    }

    #[test]
    fn the_plugins_default_yields_to_the_annotation_even_if_that_is_empty() {
        let platform = Platform::KubernetesPodnodeselector;
        let none = SettingsOverrides::default();
        assert_eq!(
            found(platform, &none, &[]),
            [(Source::ClusterDefault, "c=d".to_owned(), true, false)]
        );
        let empty = found(platform, &none, &[(KUBE_ANNOTATION, "")]);
        assert_eq!(
            empty,
            [(Source::KubeAnnotation, String::new(), true, false)]
        );
        // OpenShift's annotation means nothing here.
        let other = found(platform, &none, &[(PROJECT_ANNOTATION, "x=y")]);
        assert_eq!(
            other,
            [(Source::ClusterDefault, "c=d".to_owned(), true, false)]
        );
    }

    #[test]
    fn a_default_told_to_the_controller_is_asked_there() {
        let over = SettingsOverrides {
            controller_default_node_selector: Some("a=b".to_owned()),
            pod_node_selector: Some(false),
            ..default("a=b")
        };
        let same = found(Platform::Openshift4, &over, &[]);
        assert_eq!(
            same,
            [(Source::ProjectDefault, "a=b".to_owned(), true, true)]
        );
        let other = SettingsOverrides {
            default_node_selector: Some("x=y".to_owned()),
            ..over
        };
        let both = found(Platform::Openshift4, &other, &[]);
        assert_eq!(
            both,
            [
                (Source::ProjectDefault, "x=y".to_owned(), true, false),
                (Source::ControllerDefault, "a=b".to_owned(), false, true)
            ]
        );
    }
}
