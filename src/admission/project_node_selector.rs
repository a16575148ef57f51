//! OpenShift's admission plugin `scheduling.openshift.io/OriginPodNodeEnvironment`.

use std::collections::BTreeMap;

use super::facts::{NamespaceFacts, NodeLookup, PodFacts, Refusal, conflict, merge};
use crate::selector::{parse, parse_project};

/// The plugin. It acts on the creation of pods only, whoever creates them.
#[derive(Clone, Debug, Default)]
pub struct ProjectNodeSelector {
    default: Option<String>,
}

impl ProjectNodeSelector {
    /// The plugin with the cluster's default, `spec.defaultNodeSelector` of the Scheduler `cluster`.
    /// The text is checked by nobody before it is used.
    pub fn new(default: Option<String>) -> Self {
        Self { default }
    }

    /// The text in force for a namespace's pods; `None` where Kubernetes' annotation is there, for then this
    /// plugin does nothing.
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
        let node_selector = merge(&selector, pod.node_selector);
        fits_named_node(text, &selector, pod, nodes)?;
        Ok(node_selector)
    }

    /// The validating step, on the pod as the mutating phase left it.
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
    ) -> Result<Option<(&'a str, BTreeMap<String, String>)>, Refusal> {
        let Some(namespace) = namespace else {
            let reason = format!("namespace \"{}\" not found", pod.namespace);
            return Err(Refusal::forbidden(pod.name, &reason));
        };
        let Some(text) = self.text(namespace) else {
            return Ok(None);
        };
        let selector = parse_project(text).map_err(Refusal::plain)?;
        if conflict(&selector, pod.node_selector) {
            let reason = "pod node label selector conflicts with its project node label selector";
            return Err(Refusal::forbidden(pod.name, reason));
        }
        Ok(Some((text, selector)))
    }
}

/// A pod that is bound by name must be bound within the project's selector, read this time with Kubernetes'
/// grammar.
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
            "cannot validate project node label selector: node \"{}\" not found",
            pod.node_name
        );
        return Err(Refusal::forbidden(pod.name, &reason));
    };
    // Every text that OpenShift's grammar takes this one takes too.
    let selector = parse(text).map_err(Refusal::plain)?;
    if selector.matches(labels) {
        Ok(())
    } else {
        let reason = "pod node name conflicts with project node label selector";
        Err(Refusal::forbidden(pod.name, reason))
    }
}
