//! What the controller's families share: states from a case's JSON, an API server that names pods as the
//! cases do, and writes as JSON.

use std::collections::{BTreeMap, BTreeSet};

use daemonset_planner::controller::sync::{
    ApiServer, Millis, Owner, PodView, Readiness, Refusal, RevisionView, RollingUpdate, SetView,
    State, Status, Strategy, StrategyKind, TemplateId,
};
use daemonset_planner::object::value::Time;
use daemonset_planner::object::{IntOrString, PodPhase};
use daemonset_planner::selector::{FeatureGates, LabelSelector, NodeSelector};
use serde_json::{Value, json};

use super::objects::{Map, Node, at, daemon, text};

/// Templates as revisions hold them, numbered.
#[derive(Default)]
pub(crate) struct Templates(Vec<Value>);

impl Templates {
    /// The number of what a revision holds in `data`.
    pub(crate) fn number(&mut self, data: &Value) -> TemplateId {
        let place = self.0.iter().position(|known| known == data);
        let place = place.unwrap_or_else(|| {
            self.0.push(data.clone());
            self.0.len() - 1
        });
        TemplateId(place as u64)
    }

    /// The number of a set's template, encoded as Go does it: containers always have `resources`, the
    /// template always has `metadata`, nothing is `null`.
    pub(crate) fn of_set(&mut self, set: &Value) -> TemplateId {
        let data = Self::data_of_set(set);
        self.number(&data)
    }

    /// What the revision of a set's template holds.
    pub(crate) fn data_of_set(set: &Value) -> Value {
        let mut template = set["spec"]["template"].clone();
        template["$patch"] = json!("replace");
        if template["metadata"].is_null() {
            template["metadata"] = json!({});
        }
        for kind in ["containers", "initContainers"] {
            if let Some(containers) = template["spec"].get_mut(kind).and_then(Value::as_array_mut) {
                for container in containers {
                    if container["resources"].is_null() {
                        container["resources"] = json!({});
                    }
                }
            }
        }
        json!({"spec": {"template": without_null(&template)}})
    }
}

fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, value)| !value.is_null());
            let kept = kept.map(|(key, value)| (key.clone(), without_null(value)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_null).collect()),
        other => other.clone(),
    }
}

/// Seconds since 1970 of a time as the API writes it, in milliseconds.
pub(crate) fn millis(time: &str) -> Millis {
    assert!(time.len() == 20 && time.ends_with('Z'), "time {time}");
    Time::parse(time).unwrap().unix_millis()
}

fn time_at(object: &Value, pointer: &str) -> Option<Millis> {
    Some(text(object, pointer))
        .filter(|time| !time.is_empty())
        .map(millis)
}

/// The list under this key; empty where there is none.
pub(crate) fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object[key].as_array().map_or(&[], Vec::as_slice)
}

/// The first owner reference that is the controller.
fn controller(object: &Value) -> Option<&Value> {
    let owners = list(&object["metadata"], "ownerReferences");
    owners.iter().find(|owner| owner["controller"] == true)
}

pub(crate) fn is_terminating(object: &Value) -> bool {
    !object["metadata"]["deletionTimestamp"].is_null()
}

fn phase(pod: &Value) -> PodPhase {
    match text(pod, "/status/phase") {
        "Running" => PodPhase::Running,
        "Succeeded" => PodPhase::Succeeded,
        "Failed" => PodPhase::Failed,
        "" | "Pending" => PodPhase::Pending,
        _ => PodPhase::Unknown,
    }
}

fn readiness(pod: &Value) -> Readiness {
    let conditions = list(&pod["status"], "conditions");
    let ready = conditions.iter().find(|one| one["type"] == "Ready");
    match ready {
        Some(ready) if ready["status"] == "True" => {
            Readiness::Ready(time_at(ready, "/lastTransitionTime"))
        }
        _ => Readiness::NotReady,
    }
}

/// The node that a pod counts on.
pub(crate) fn target(pod: &Value) -> Option<String> {
    match text(pod, "/spec/nodeName") {
        "" => pinned_to(pod),
        bound => Some(bound.to_owned()),
    }
}

fn pinned_to(pod: &Value) -> Option<String> {
    let affinity = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
    let affinity: NodeSelector = at(pod, affinity);
    let terms = affinity.node_selector_terms.iter();
    let mut fields = terms.flat_map(|term| &term.match_fields);
    let pin = fields.find(|field| field.key == "metadata.name" && field.operator == "In")?;
    match pin.values.as_slice() {
        [node] => Some(node.clone()),
        _ => None,
    }
}

fn limit(value: &Value) -> Option<IntOrString> {
    match value {
        Value::Number(number) => Some(IntOrString::Int(
            i32::try_from(number.as_i64().unwrap()).unwrap(),
        )),
        Value::String(text) => Some(IntOrString::Text(text.clone())),
        _ => None,
    }
}

fn strategy(set: &Value) -> Strategy {
    let strategy = &set["spec"]["updateStrategy"];
    let rolling = &strategy["rollingUpdate"];
    Strategy {
        kind: if strategy["type"] == "RollingUpdate" {
            StrategyKind::RollingUpdate
        } else {
            StrategyKind::OnDelete
        },
        rolling_update: rolling.is_object().then(|| RollingUpdate {
            max_unavailable: limit(&rolling["maxUnavailable"]),
            max_surge: limit(&rolling["maxSurge"]),
        }),
    }
}

fn status(status: &Value) -> Status {
    Status {
        observed_generation: at(status, "/observedGeneration"),
        desired: at(status, "/desiredNumberScheduled"),
        current: at(status, "/currentNumberScheduled"),
        misscheduled: at(status, "/numberMisscheduled"),
        ready: at(status, "/numberReady"),
        updated: at(status, "/updatedNumberScheduled"),
        available: at(status, "/numberAvailable"),
        unavailable: at(status, "/numberUnavailable"),
        collision_count: status.get("collisionCount").and_then(|count| {
            let count = count.as_i64()?;
            i32::try_from(count).ok()
        }),
    }
}

pub(crate) fn status_json(status: Status) -> Value {
    let mut all = json!({
        "observedGeneration": status.observed_generation,
        "collisionCount": status.collision_count,
    });
    for (name, counter) in status.counters() {
        all[name] = counter.into();
    }
    all
}

/// The state of one set, from objects as the API has them. Ids are places in the lists.
pub(crate) fn state(
    set: &Value,
    nodes: &[Value],
    pods: &[Value],
    revisions: &[Value],
    templates: &mut Templates,
) -> State {
    let selector: Option<LabelSelector> = set["spec"]
        .get("selector")
        .map(|selector| serde_json::from_value(selector.clone()).unwrap());
    let view = SetView {
        namespace: text(set, "/metadata/namespace"),
        name: text(set, "/metadata/name"),
        uid: Some(text(set, "/metadata/uid")),
        generation: at(set, "/metadata/generation"),
        terminating: is_terminating(set),
        template_generation:
            set["metadata"]["annotations"]["deprecated.daemonset.template.generation"].as_str(),
        selector: selector.as_ref(),
        strategy: strategy(set),
        min_ready_seconds: at(set, "/spec/minReadySeconds"),
        history_limit: at(set, "/spec/revisionHistoryLimit"),
        template: templates.of_set(set),
        status: status(&set["status"]),
    };
    let daemon = daemon(set, FeatureGates::default());
    let nodes: Vec<Node> = nodes.iter().map(Node::new).collect();
    let nodes = nodes
        .iter()
        .map(|node| (node.name.as_str(), daemon.judge(node.view())));
    let labels = |object: &Value| -> Map { at(object, "/metadata/labels") };
    let pod_parts: Vec<(Map, Option<String>)> = pods
        .iter()
        .map(|pod| (labels(pod), pinned_to(pod)))
        .collect();
    let pods = pods.iter().zip(&pod_parts).map(|(pod, (labels, pin))| {
        let finalizers = list(&pod["metadata"], "finalizers");
        PodView {
            name: text(pod, "/metadata/name"),
            labels,
            owner: controller(pod).map_or(Owner::None, |owner| Owner::Controller {
                kind: text(owner, "/kind"),
                name: text(owner, "/name"),
                uid: text(owner, "/uid"),
            }),
            node_name: text(pod, "/spec/nodeName"),
            pinned_to: pin.as_deref(),
            phase: phase(pod),
            readiness: readiness(pod),
            terminating: is_terminating(pod),
            finalizers: !finalizers.is_empty(),
            created: time_at(pod, "/metadata/creationTimestamp"),
        }
    });
    let revision_labels: Vec<Map> = revisions.iter().map(labels).collect();
    let revisions: Vec<_> = revisions
        .iter()
        .zip(&revision_labels)
        .map(|(revision, labels)| RevisionView {
            name: text(revision, "/metadata/name"),
            labels,
            controller_uid: controller(revision).map(|owner| text(owner, "/uid")),
            terminating: is_terminating(revision),
            number: at(revision, "/revision"),
            template: templates.number(&revision["data"]),
        })
        .collect();
    State::new(&view, nodes, pods, revisions)
}

/// An API server that names pods `SET-NODE-N` and takes hashes from the case.
pub(crate) struct Server<'a> {
    pub(crate) set: &'a str,
    /// The names in use.
    pub(crate) names: BTreeSet<String>,
    /// How many pods each node got.
    pub(crate) counters: BTreeMap<String, u32>,
    /// The hashes that are left.
    pub(crate) hashes: std::slice::Iter<'a, Value>,
    /// Creates that are left until all are refused.
    pub(crate) creates_left: Option<u32>,
    /// How they are refused.
    pub(crate) refusal: Refusal,
}

impl<'a> Server<'a> {
    pub(crate) fn new(set: &'a Value, pods: &[Value], hashes: &'a [Value]) -> Self {
        let names = pods
            .iter()
            .map(|pod| text(pod, "/metadata/name").to_owned());
        Self {
            set: text(set, "/metadata/name"),
            names: names.collect(),
            counters: BTreeMap::new(),
            hashes: hashes.iter(),
            creates_left: None,
            refusal: Refusal {
                message: String::new(),
                namespace_terminating: false,
            },
        }
    }
}

impl ApiServer for Server<'_> {
    fn hash(&mut self, _: Option<i32>) -> String {
        let hash = self.hashes.next().expect("one hash more than the case has");
        hash.as_str().unwrap().to_owned()
    }

    fn create_pod(&mut self, node: &str) -> Result<String, Refusal> {
        match &mut self.creates_left {
            Some(0) => return Err(self.refusal.clone()),
            Some(left) => *left -= 1,
            None => {}
        }
        let counter = self.counters.entry(node.to_owned()).or_default();
        loop {
            *counter += 1;
            let name = format!("{}-{node}-{counter}", self.set);
            if self.names.insert(name.clone()) {
                return Ok(name);
            }
        }
    }
}

/// The labels of the pods that a sync created.
pub(crate) fn created_labels(set: &Value, hash: &str) -> Map {
    let mut labels: Map = at(set, "/spec/template/metadata/labels");
    let generation: Map = at(set, "/metadata/annotations");
    let generation = generation.get("deprecated.daemonset.template.generation");
    if let Some(number) = generation.and_then(|text| text.parse::<i64>().ok()) {
        labels.insert("pod-template-generation".to_owned(), number.to_string());
    }
    labels.insert("controller-revision-hash".to_owned(), hash.to_owned());
    labels
}
