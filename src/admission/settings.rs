//! The switches of a platform: which parts read node selectors, and what they were told.

use serde::{Deserialize, Serialize};

/// A preset of switches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Platform {
    /// Kubernetes with its default admission plugins: no node selector is merged.
    #[default]
    Kubernetes,
    /// Kubernetes with the admission plugin PodNodeSelector switched on.
    KubernetesPodnodeselector,
    /// OpenShift 4: both plugins run, the controller asks the annotations and knows no default.
    #[serde(rename = "openshift-4")]
    Openshift4,
}

impl Platform {
    /// Every preset.
    pub const ALL: &'static [Platform] = &[
        Self::Kubernetes,
        Self::KubernetesPodnodeselector,
        Self::Openshift4,
    ];

    /// The preset as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kubernetes => "kubernetes",
            Self::KubernetesPodnodeselector => "kubernetes-podnodeselector",
            Self::Openshift4 => "openshift-4",
        }
    }

    /// The switches that it stands for.
    pub fn settings(self) -> Settings {
        let openshift = self == Self::Openshift4;
        Settings {
            pod_node_selector: self != Self::Kubernetes,
            pod_node_selector_config: None,
            project_node_selector: openshift,
            default_node_selector: None,
            controller_asks_annotations: openshift,
            controller_default_node_selector: None,
        }
    }
}

/// The switches, each on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settings {
    /// The admission plugin `PodNodeSelector` runs.
    pub pod_node_selector: bool,
    /// The text of its configuration, `podNodeSelectorPluginConfig`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pod_node_selector_config: Option<String>,
    /// The admission plugin `scheduling.openshift.io/OriginPodNodeEnvironment` runs.
    pub project_node_selector: bool,
    /// Its default: `spec.defaultNodeSelector` of the Scheduler `cluster`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_node_selector: Option<String>,
    /// The DaemonSet controller asks the namespace's annotations.
    pub controller_asks_annotations: bool,
    /// The default that the DaemonSet controller was told, `projectConfig.defaultNodeSelector`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller_default_node_selector: Option<String>,
}

/// Switches that differ from the preset; what is absent stays as the preset has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SettingsOverrides {
    /// See [`Settings::pod_node_selector`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_node_selector: Option<bool>,
    /// See [`Settings::pod_node_selector_config`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_node_selector_config: Option<String>,
    /// See [`Settings::project_node_selector`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_node_selector: Option<bool>,
    /// See [`Settings::default_node_selector`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_node_selector: Option<String>,
    /// See [`Settings::controller_asks_annotations`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller_asks_annotations: Option<bool>,
    /// See [`Settings::controller_default_node_selector`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller_default_node_selector: Option<String>,
}

impl Settings {
    /// These switches with the given ones put over them.
    #[must_use]
    pub fn with(mut self, over: &SettingsOverrides) -> Self {
        if let Some(on) = over.pod_node_selector {
            self.pod_node_selector = on;
        }
        if let Some(on) = over.project_node_selector {
            self.project_node_selector = on;
        }
        if let Some(on) = over.controller_asks_annotations {
            self.controller_asks_annotations = on;
        }
        for (own, over) in [
            (
                &mut self.pod_node_selector_config,
                &over.pod_node_selector_config,
            ),
            (&mut self.default_node_selector, &over.default_node_selector),
            (
                &mut self.controller_default_node_selector,
                &over.controller_default_node_selector,
            ),
        ] {
            if over.is_some() {
                own.clone_from(over);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openshift_4_asks_annotations_but_knows_no_default() {
        let settings = Platform::Openshift4.settings();
        assert!(settings.pod_node_selector && settings.project_node_selector);
        assert!(settings.controller_asks_annotations);
        assert_eq!(settings.controller_default_node_selector, None);
    }

    #[test]
    fn a_single_switch_differs_from_its_preset() {
        let over = SettingsOverrides {
            default_node_selector: Some("region=east".into()),
            controller_asks_annotations: Some(false),
            ..SettingsOverrides::default()
        };
        let settings = Platform::Openshift4.settings().with(&over);
        assert_eq!(
            settings.default_node_selector.as_deref(),
            Some("region=east")
        );
        assert!(!settings.controller_asks_annotations && settings.pod_node_selector);
    }

    #[test]
    fn presets_are_written_as_their_names() {
        for platform in Platform::ALL {
            assert_eq!(serde_json::to_value(platform).unwrap(), platform.as_str());
        }
    }
}
