//! Kubernetes' plugin `PodNodeSelector`.

use daemonset_planner::admission::{PodFacts, PodNodeSelector, PodNodeSelectorConfig};
use serde_json::{Value, json};

use super::compare;
use super::objects::{Map, Namespace, at, text};

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let config = input["config"].as_str().map(PodNodeSelectorConfig::read);
    let plugin = PodNodeSelector::new(config.unwrap_or_default());
    let namespace = input["namespace"].get("metadata").and_then(Namespace::new);
    let pod = &input["pod"];
    let node_selector: Map = at(pod, "/spec/nodeSelector");
    let facts = namespace.as_ref().map(Namespace::facts);
    let pod = PodFacts {
        namespace: facts.map_or(text(pod, "/metadata/namespace"), |facts| facts.name),
        name: text(pod, "/metadata/name"),
        node_name: text(pod, "/spec/nodeName"),
        node_selector: &node_selector,
    };
    let answer = match plugin.admit(facts, pod) {
        Ok(node_selector) => json!({"nodeSelector": node_selector}),
        Err(refusal) => json!({"error": refusal.message, "httpStatus": refusal.http_status}),
    };
    compare(case, &answer)
}
