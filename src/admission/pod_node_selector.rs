//! Kubernetes' admission plugin `PodNodeSelector`.

use std::collections::BTreeMap;

use super::facts::{NamespaceFacts, PodFacts, Refusal, conflict, merge};
use super::plugin_config;
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
    pub fn read(text: &str) -> Self {
        Self::from_entries(plugin_config::read(text))
    }

    /// From `clusterDefaultNodeSelector` or a namespace's name to selector text, none of them checked.
    pub fn entries(&self) -> &BTreeMap<String, String> {
        &self.entries
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
            return Err(Refusal {
                message: format!("Internal error occurred: namespace {name} does not exist"),
                http_status: Some(500),
            });
        };
        let selector = self.selector(namespace).map_err(Refusal::plain)?;
        if conflict(&selector, pod.node_selector) {
            let reason = "pod node label selector conflicts with its namespace node label selector";
            return Err(Refusal::forbidden(pod.name, reason));
        }
        Ok(selector)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Map = BTreeMap<String, String>;

    fn map(text: &str) -> Map {
        parse_map(text).unwrap()
    }

    fn plugin(default: &str, allowed: &str) -> PodNodeSelector {
        let entries = [(DEFAULT_ENTRY, default), ("team", allowed)];
        let entries = entries.map(|(key, text)| (key.to_owned(), text.to_owned()));
        PodNodeSelector::new(PodNodeSelectorConfig::from_entries(BTreeMap::from(entries)))
    }

    fn admit(plugin: &PodNodeSelector, annotation: Option<&str>, own: &str) -> Result<Map, String> {
        let namespace = NamespaceFacts {
            name: "team",
            kube_annotation: annotation,
            project_annotation: Some("means=nothing"),
        };
        let own = map(own);
        let pod = PodFacts {
            namespace: "team",
            name: "p",
            node_name: "",
            node_selector: &own,
        };
        let admitted = plugin.admit(Some(namespace), pod);
        admitted.map_err(|refusal| format!("{:?} {}", refusal.http_status, refusal.message))
    }

    #[test]
    fn an_annotation_takes_the_place_of_the_default_and_an_empty_one_switches_it_off() {
        //
        let plugin = plugin("env=test", "");
        assert_eq!(admit(&plugin, None, "a=x"), Ok(map("a=x,env=test")));
        assert_eq!(admit(&plugin, Some("zone=a"), "a=x"), Ok(map("a=x,zone=a")));
        assert_eq!(admit(&plugin, Some(""), "a=x"), Ok(map("a=x")));
    }

    #[test]
    fn obstacles_are_met_in_a_fixed_order() {
        //
        let forbidden = |reason: &str| Err(format!("Some(403) pods \"p\" is forbidden: {reason}"));
        let conflict = "pod node label selector conflicts with its namespace node label selector";
        let beyond = "pod node label selector labels conflict with its namespace whitelist";
        for (annotation, allowed, own, wanted) in [
            (
                "b",
                "c",
                "a=x",
                Err("None invalid selector: [b]".to_owned()),
            ),
            ("a=", "c", "a=x", forbidden(conflict)),
            (
                "a=x",
                "c",
                "a=x",
                Err("None invalid selector: [c]".to_owned()),
            ),
            ("a=x", "b=y", "a=x", forbidden(beyond)),
            ("a=x", "b=y,a=x,c=z", "b=y", Ok(map("a=x,b=y"))),
        ] {
            let plugin = plugin("", allowed);
            assert_eq!(
                admit(&plugin, Some(annotation), own),
                wanted,
                "{annotation} {allowed}"
            );
        }
    }

    #[test]
    fn the_allow_list_restricts_the_default_too() {
        //
        let refused = admit(&plugin("env=test", "zone=a"), None, "").unwrap_err();
        assert!(refused.ends_with("its namespace whitelist"), "{refused}");
    }

    #[test]
    fn a_namespace_that_is_not_there_is_an_internal_error() {
        //
        let own = Map::new();
        let pod = PodFacts {
            namespace: "gone",
            name: "",
            node_name: "",
            node_selector: &own,
        };
        let refusal = PodNodeSelector::default().mutate(None, pod).unwrap_err();
        let wanted = "Internal error occurred: namespace gone does not exist";
        assert_eq!(
            (refusal.message.as_str(), refusal.http_status),
            (wanted, Some(500))
        );
    }
}
