//! Reads the parts of API objects that these families need straight from a case's JSON.

use std::collections::BTreeMap;

use daemonset_planner::admission::NamespaceFacts;
use daemonset_planner::controller::{CompiledDaemon, NodeView, TemplateView};
use daemonset_planner::selector::{FeatureGates, NodeSelector, Taint, Toleration};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Labels as the API has them.
pub(crate) type Map = BTreeMap<String, String>;

/// The value under these keys; the default where it is absent or `null`.
pub(crate) fn at<T: DeserializeOwned + Default>(value: &Value, pointer: &str) -> T {
    let found = value.pointer(pointer).filter(|value| !value.is_null());
    found
        .map(|value| serde_json::from_value(value.clone()).unwrap())
        .unwrap_or_default()
}

/// The text under these keys; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Compiles the template of a `DaemonSet`.
pub(crate) fn daemon(daemon_set: &Value, gates: FeatureGates) -> CompiledDaemon {
    let spec = daemon_set
        .pointer("/spec/template/spec")
        .unwrap_or(&Value::Null);
    let affinity = "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
    let affinity: Option<NodeSelector> = at(spec, affinity);
    let node_selector: Map = at(spec, "/nodeSelector");
    let tolerations: Vec<Toleration> = at(spec, "/tolerations");
    let template = TemplateView {
        node_name: text(spec, "/nodeName"),
        node_selector: &node_selector,
        required_node_affinity: affinity.as_ref(),
        tolerations: &tolerations,
        host_network: at(spec, "/hostNetwork"),
    };
    CompiledDaemon::with_gates(template, gates)
}

/// A node that owns its parts.
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) labels: Map,
    pub(crate) taints: Vec<Taint>,
}

impl Node {
    pub(crate) fn new(node: &Value) -> Self {
        Self {
            name: text(node, "/metadata/name").to_owned(),
            labels: at(node, "/metadata/labels"),
            taints: at(node, "/spec/taints"),
        }
    }

    pub(crate) fn view(&self) -> NodeView<'_, Map> {
        NodeView {
            name: &self.name,
            labels: &self.labels,
            taints: &self.taints,
        }
    }
}

/// A namespace that owns its parts; `metadata` is the object's metadata, or `null` where there is none.
pub(crate) struct Namespace {
    name: String,
    annotations: Map,
}

impl Namespace {
    pub(crate) fn new(metadata: &Value) -> Option<Self> {
        (!metadata.is_null()).then(|| Self {
            name: text(metadata, "/name").to_owned(),
            annotations: at(metadata, "/annotations"),
        })
    }

    pub(crate) fn facts(&self) -> NamespaceFacts<'_> {
        NamespaceFacts::new(&self.name, &self.annotations)
    }
}
