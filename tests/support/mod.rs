//! What the tests that look at the crate from outside share: objects as JSON, planning, applying changes.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use daemonset_planner::admission::settings::{Platform, SettingsOverrides};
use daemonset_planner::plan::answer::{Change, DaemonSetPlan, NodePlan, Plan};
use daemonset_planner::plan::{Input, PlanRequest, plan};
use serde_json::{Value, json};

/// A small cluster that can be changed and planned again.
#[derive(Clone, Debug)]
pub struct Scene {
    pub daemon_set: Value,
    pub nodes: Vec<Value>,
    pub others: Vec<Value>,
    pub platform: Platform,
    pub settings: SettingsOverrides,
}

impl Scene {
    /// A DaemonSet `team/agent`, as the cluster has it, with this pod spec, beside a container, on these nodes.
    pub fn new(spec: &Value, nodes: Vec<Value>) -> Self {
        let mut pod_spec = json!({"containers": [{"name": "agent", "image": "agent"}]});
        for (key, value) in spec.as_object().unwrap() {
            pod_spec[key] = value.clone();
        }
        let daemon_set = json!({
            "apiVersion": "apps/v1", "kind": "DaemonSet",
            "metadata": {
                "name": "agent", "namespace": "team", "uid": "u", "generation": 1,
                "annotations": {"deprecated.daemonset.template.generation": "1"},
            },
            "spec": {
                "selector": {"matchLabels": {"app": "agent"}},
                "template": {"metadata": {"labels": {"app": "agent"}}, "spec": pod_spec}
            }
        });
        Self {
            daemon_set,
            nodes,
            others: vec![],
            platform: Platform::Kubernetes,
            settings: SettingsOverrides::default(),
        }
    }

    pub fn on(mut self, platform: Platform) -> Self {
        self.platform = platform;
        self
    }

    pub fn with(mut self, object: Value) -> Self {
        self.others.push(object);
        self
    }

    pub fn default_node_selector(mut self, text: &str) -> Self {
        self.settings.default_node_selector = Some(text.to_owned());
        self
    }

    pub fn request(&self) -> PlanRequest {
        let list = |items: &[Value]| {
            json!({"apiVersion": "v1", "kind": "List", "items": items}).to_string()
        };
        let input = |name: &str, text: String| Input {
            name: name.to_owned(),
            text,
        };
        PlanRequest {
            inputs: vec![
                input("daemonset.json", self.daemon_set.to_string()),
                input("nodes.json", list(&self.nodes)),
                input("others.json", list(&self.others)),
            ],
            platform: self.platform,
            settings: self.settings.clone(),
            now: None,
        }
    }

    pub fn plan(&self) -> Plan {
        plan(&self.request())
    }

    /// The plan of the one DaemonSet.
    pub fn set(&self) -> DaemonSetPlan {
        let plan = self.plan();
        assert_eq!(plan.daemon_sets.len(), 1, "{:?}", plan.diagnostics);
        plan.daemon_sets.into_iter().next().unwrap()
    }

    pub fn node(&self, name: &str) -> NodePlan {
        let set = self.set();
        let found = set.nodes.into_iter().find(|node| node.name == name);
        found.unwrap_or_else(|| panic!("no node {name}"))
    }

    /// Applies a change as a person would.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Command { command, .. } => self.run(command),
            Change::Edit { patch, .. } => {
                for operation in patch {
                    apply_patch(
                        &mut self.daemon_set,
                        &operation.op,
                        &operation.path,
                        operation
                            .value
                            .as_ref()
                            .map(|value| serde_json::to_value(value).unwrap()),
                    );
                }
            }
            Change::None { why } => panic!("nothing to apply: {why}"),
        }
    }

    /// The few commands that the planner gives, on these objects.
    pub fn run(&mut self, command: &str) {
        let words = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["kubectl", "label", "node", rest @ ..] => {
                let (names, pairs): (Vec<&str>, Vec<&str>) = rest
                    .iter()
                    .filter(|word| **word != "--overwrite")
                    .partition(|word| !word.contains('=') && !word.ends_with('-'));
                for name in names {
                    let node = self
                        .nodes
                        .iter_mut()
                        .find(|node| node["metadata"]["name"] == name)
                        .unwrap();
                    for pair in &pairs {
                        set_pair(
                            &mut node["metadata"]["labels"],
                            pair,
                            rest.contains(&"--overwrite"),
                        );
                    }
                }
            }
            [
                tool @ ("kubectl" | "oc"),
                "annotate",
                "namespace",
                name,
                pair,
                ..,
            ] => {
                let _ = tool;
                set_pair(
                    &mut self.namespace(name)["metadata"]["annotations"],
                    pair,
                    true,
                );
            }
            ["oc", "patch", "namespace", name, "-p", patch] => {
                let patch: Value = serde_json::from_str(patch).unwrap();
                for (key, value) in patch["metadata"]["annotations"].as_object().unwrap() {
                    self.namespace(name)["metadata"]["annotations"][key] = value.clone();
                }
            }
            ["oc", "adm", "new-project", name, "--node-selector="] => {
                self.namespace(name)["metadata"]["annotations"]["openshift.io/node-selector"] =
                    "".into();
            }
            [_, "delete", "pod", "-n", namespace, names @ ..] => {
                let going = |object: &Value| {
                    object["kind"] == "Pod"
                        && object["metadata"]["namespace"] == *namespace
                        && names.iter().any(|name| object["metadata"]["name"] == *name)
                };
                let before = self.others.len();
                self.others.retain(|object| !going(object));
                assert_eq!(before - self.others.len(), names.len(), "{command}");
            }
            _ => panic!("not a command that the tests know: {command}"),
        }
    }

    fn namespace(&mut self, name: &str) -> &mut Value {
        let is =
            |object: &Value| object["kind"] == "Namespace" && object["metadata"]["name"] == name;
        if !self.others.iter().any(is) {
            self.others.push(namespace(name, &[]));
        }
        self.others.iter_mut().find(|object| is(object)).unwrap()
    }
}

/// Sets `key=value`, or takes `key-` away, as kubectl does: without `--overwrite` a value that is there is an error.
fn set_pair(map: &mut Value, pair: &str, overwrite: bool) {
    if map.is_null() {
        *map = json!({});
    }
    match pair.split_once('=') {
        Some((key, value)) => {
            assert!(
                overwrite || map.get(key).is_none_or(|old| old == value),
                "{pair} needs --overwrite"
            );
            map[key] = value.into();
        }
        None => {
            map.as_object_mut()
                .unwrap()
                .remove(pair.strip_suffix('-').unwrap());
        }
    }
}

/// Splits a command line as a shell does, as far as the planner quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, ' ') => words.push(String::new()),
            (None, '\\') => words.last_mut().unwrap().extend(letters.next()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words
}

/// One operation of RFC 6902 on an object; panics where the pointer leads nowhere, as a server would refuse.
pub fn apply_patch(object: &mut Value, op: &str, pointer: &str, value: Option<Value>) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = object
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {parent}"));
    match (op, parent) {
        ("add", Value::Object(map)) => {
            map.insert(last, value.unwrap());
        }
        ("add", Value::Array(items)) if last == "-" => items.push(value.unwrap()),
        ("remove", Value::Object(map)) => {
            map.remove(&last).unwrap_or_else(|| panic!("no {pointer}"));
        }
        ("remove", Value::Array(items)) => {
            items.remove(last.parse().unwrap());
        }
        (op, _) => panic!("{op} {pointer}"),
    }
}

pub fn node(name: &str, labels: &[(&str, &str)]) -> Value {
    let labels: serde_json::Map<String, Value> = labels
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()))
        .collect();
    json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}})
}

pub fn tainted(mut node: Value, taints: &[&str]) -> Value {
    let taints = taints.iter().map(|taint| {
        let (pair, effect) = taint.split_once(':').unwrap();
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        json!({"key": key, "value": value, "effect": effect})
    });
    node["spec"]["taints"] = taints.collect();
    node
}

pub fn namespace(name: &str, annotations: &[(&str, &str)]) -> Value {
    let annotations: serde_json::Map<String, Value> = annotations
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()))
        .collect();
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "annotations": annotations}})
}

/// A pod of `team/agent`, running on its node.
/// A pod of `team/agent` on a node, of the present template.
pub fn pod(name: &str, on: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": name, "namespace": "team", "labels": {"app": "agent", "pod-template-generation": "1"},
            "ownerReferences": [{
                "apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "uid": "u", "controller": true
            }]
        },
        "spec": {"nodeName": on, "containers": [{"name": "agent", "image": "agent"}]},
        "status": {"phase": "Running"}
    })
}

/// A pod of `team/agent` that waits for its node with this merged node selector.
pub fn waiting_pod(name: &str, pinned_to: &str, node_selector: &Value) -> Value {
    let mut pod = pod(name, "");
    pod["spec"] = json!({
        "containers": [{"name": "agent", "image": "agent"}],
        "nodeSelector": node_selector,
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
            {"matchFields": [{"key": "metadata.name", "operator": "In", "values": [pinned_to]}]}
        ]}}}
    });
    pod["status"]["phase"] = "Pending".into();
    pod
}
