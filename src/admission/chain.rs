//! The plugins in the order in which a platform runs them.

use std::collections::BTreeMap;

use super::facts::{NamespaceFacts, NodeLookup, PodFacts, Refusal};
use super::settings::Settings;
use super::{PodNodeSelector, PodNodeSelectorConfig, ProjectNodeSelector};
use crate::cluster::Cluster;
use crate::object::LabelMap;

/// The plugins that are switched on.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    pod_node_selector: Option<PodNodeSelector>,
    project_node_selector: Option<ProjectNodeSelector>,
}

/// A refusal and the plugin behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginRefusal {
    /// The plugin, as the API server's flags name it.
    pub plugin: &'static str,
    /// What it said.
    pub refusal: Refusal,
}

const POD_NODE_SELECTOR: &str = "PodNodeSelector";
const PROJECT_NODE_SELECTOR: &str = "scheduling.openshift.io/OriginPodNodeEnvironment";

impl Admission {
    /// The plugins that these switches turn on, with what they were told.
    pub fn new(settings: &Settings) -> Self {
        let pod_node_selector = settings.pod_node_selector.then(|| {
            let text = settings
                .pod_node_selector_config
                .as_deref()
                .unwrap_or_default();
            PodNodeSelector::new(PodNodeSelectorConfig::read(text))
        });
        let project_node_selector = settings
            .project_node_selector
            .then(|| ProjectNodeSelector::new(settings.default_node_selector.clone()));
        Self {
            pod_node_selector,
            project_node_selector,
        }
    }

    /// `clusterDefaultNodeSelector` of PodNodeSelector's configuration, if it runs and the text is not empty.
    pub fn cluster_default(&self) -> Option<&str> {
        let text = self.pod_node_selector.as_ref()?.config().default_selector();
        (!text.is_empty()).then_some(text)
    }

    /// The pod's node selector after admission: every plugin mutates, then every plugin validates.
    pub fn admit(
        &self,
        namespace: NamespaceFacts<'_>,
        pod: PodFacts<'_>,
        nodes: &impl NodeLookup,
    ) -> Result<BTreeMap<String, String>, PluginRefusal> {
        let named = |plugin| move |refusal| PluginRefusal { plugin, refusal };
        let namespace = Some(namespace);
        let mut node_selector = pod.node_selector.clone();
        if let Some(plugin) = &self.pod_node_selector {
            let pod = PodFacts {
                node_selector: &node_selector,
                ..pod
            };
            node_selector = plugin
                .mutate(namespace, pod)
                .map_err(named(POD_NODE_SELECTOR))?;
        }
        if let Some(plugin) = &self.project_node_selector {
            let pod = PodFacts {
                node_selector: &node_selector,
                ..pod
            };
            node_selector = plugin
                .mutate(namespace, pod, nodes)
                .map_err(named(PROJECT_NODE_SELECTOR))?;
        }
        let merged = PodFacts {
            node_selector: &node_selector,
            ..pod
        };
        if let Some(plugin) = &self.pod_node_selector {
            plugin
                .validate(namespace, merged)
                .map_err(named(POD_NODE_SELECTOR))?;
        }
        if let Some(plugin) = &self.project_node_selector {
            plugin
                .validate(namespace, merged, nodes)
                .map_err(named(PROJECT_NODE_SELECTOR))?;
        }
        Ok(node_selector)
    }
}

impl NodeLookup for Cluster<'_> {
    type Labels = LabelMap;

    fn node_labels(&self, name: &str) -> Option<&LabelMap> {
        let at = self
            .nodes()
            .binary_search_by(|node| (*node.name).cmp(name))
            .ok()?;
        self.nodes().get(at).map(|node| &node.labels)
    }
}
