//! OpenShift's plugin for the project's node selector, alone and after `PodNodeSelector`.

use std::collections::BTreeMap;

use daemonset_planner::admission::{
    KUBE_ANNOTATION, NamespaceFacts, PodFacts, PodNodeSelector, ProjectNodeSelector, Refusal,
};
use serde_json::{Value, json};

use super::compare;
use super::objects::{Map, Namespace, at, text};

type Nodes = BTreeMap<String, Map>;

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let operation = input["operation"].as_str().unwrap_or("CREATE");
    if operation != "CREATE" {
        return compare(case, &json!({"handled": false}));
    }
    let node_selector: Map = at(input, "/pod/spec/nodeSelector");
    let annotations = &input["namespace"]["annotations"];
    let after_the_other = annotations.get(KUBE_ANNOTATION).is_some();
    if !text(input, "/subresource").is_empty() {
        // Neither plugin is asked.
        let mut answer = json!({"nodeSelector": node_selector});
        if after_the_other {
            answer["withPodNodeSelector"] = answer.clone();
        }
        return compare(case, &answer);
    }
    let namespace = Namespace::new(&input["namespace"]);
    let namespace = namespace.as_ref().map(Namespace::facts);
    let own = text(input, "/pod/namespace");
    let pod = PodFacts {
        namespace: namespace.filter(|_| own.is_empty()).map_or(own, |n| n.name),
        name: text(input, "/pod/name"),
        node_name: text(input, "/pod/spec/nodeName"),
        node_selector: &node_selector,
    };
    let nodes: Vec<Value> = at(input, "/nodes");
    let nodes = nodes
        .iter()
        .map(|node| (text(node, "/name").to_owned(), at(node, "/labels")));
    let nodes: Nodes = nodes.collect();
    let default = input["defaultNodeSelector"].as_str().map(str::to_owned);
    let plugin = ProjectNodeSelector::new(default);
    let validate_only = input["phase"] == "validate";
    let outcome = if validate_only {
        let validated = plugin.validate(namespace, pod, &nodes);
        validated.map(|()| node_selector.clone())
    } else {
        plugin.admit(namespace, pod, &nodes)
    };
    let mut answer = outcome_json(outcome);
    if after_the_other {
        let both = both_plugins(&plugin, namespace, pod, &nodes, validate_only);
        answer["withPodNodeSelector"] = outcome_json(both);
    }
    compare(case, &answer)
}

/// As on OpenShift 4: both mutate, then both validate.
fn both_plugins(
    plugin: &ProjectNodeSelector,
    namespace: Option<NamespaceFacts<'_>>,
    pod: PodFacts<'_>,
    nodes: &Nodes,
    validate_only: bool,
) -> Result<Map, Refusal> {
    let first = PodNodeSelector::default();
    let mut node_selector = pod.node_selector.clone();
    if !validate_only {
        node_selector = first.mutate(namespace, pod)?;
        let pod = PodFacts {
            node_selector: &node_selector,
            ..pod
        };
        node_selector = plugin.mutate(namespace, pod, nodes)?;
    }
    let pod = PodFacts {
        node_selector: &node_selector,
        ..pod
    };
    first.validate(namespace, pod)?;
    plugin.validate(namespace, pod, nodes)?;
    Ok(node_selector)
}

fn outcome_json(outcome: Result<Map, Refusal>) -> Value {
    match outcome {
        Ok(node_selector) => json!({"nodeSelector": node_selector}),
        Err(refusal) => json!({"error": refusal.message, "httpStatus": refusal.http_status}),
    }
}
