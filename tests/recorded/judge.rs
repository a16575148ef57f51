//! Compares what a recording shows at rest with what the planner says of the same state.
//!
//! Of a pod, what the planner makes for its node when it is first seen; from then on only its owner may change.
//! Of a revision, the data, the hash and the number that the planner computes. Of a daemon set, the counters, and
//! that its next sync writes nothing.

use std::collections::BTreeMap;

use daemonset_planner::controller::pod::{new_pod, owner_reference};
use daemonset_planner::controller::revision::{data, snapshot};
use daemonset_planner::controller::sync::{Millis, Status};
use daemonset_planner::object::schema::TypeId;
use daemonset_planner::object::value::{Struct, Value as Typed, decode};
use daemonset_planner::object::{self, defaults};
use daemonset_planner::text::json as json_text;
use serde_json::{Value, json};

use super::planner::{Answer, hash, read_objects, sync_all};
use super::reader::{Objects, text};

const HASH: &str = "controller-revision-hash";
const GENERATION: &str = "deprecated.daemonset.template.generation";

/// What of a pod's spec is not compared: what recordings leave out, and what others than the controller write.
const NOT_OF_POD: [&str; 10] = [
    "dnsPolicy",
    "enableServiceLinks",
    "nodeName",
    "preemptionPolicy",
    "priority",
    "restartPolicy",
    "securityContext",
    "serviceAccount",
    "serviceAccountName",
    "volumes",
];

/// What recordings leave out of a container.
const NOT_OF_CONTAINER: [&str; 4] = [
    "imagePullPolicy",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "volumeMounts",
];

/// Labels that a pod takes over from its node when it is bound.
const OF_NODE: [&str; 2] = [
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
];

/// What was compared of a state, and where it differs.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) daemon_sets: usize,
    pub(crate) pods: usize,
    pub(crate) revisions: usize,
    /// Pods that no daemon set made, as far as the recording shows.
    pub(crate) foreign: usize,
    pub(crate) differences: Vec<String>,
}

impl Judged {
    fn equal(&mut self, what: &str, wanted: &Value, found: &Value) {
        if wanted != found {
            let told = format!("{what}\n      the planner: {wanted}\n      recorded:    {found}");
            self.differences.push(told);
        }
    }
}

/// What is known of the objects from the states before.
#[derive(Clone, Default)]
pub(crate) struct Judge {
    /// Of each pod by uid what is compared, without owner; nothing of one that no set made.
    pods: BTreeMap<String, Option<Value>>,
    /// Of each revision by uid its name and its number.
    revisions: BTreeMap<String, (String, i64)>,
}

impl Judge {
    /// Compares a state; an error is a state that cannot be compared at all.
    pub(crate) fn judge(&mut self, state: &Objects, now: Millis) -> Result<Judged, String> {
        let read = read_objects(state)?;
        let answers = sync_all(&read, now)?;
        let mut judged = Judged::default();
        for answer in &answers {
            Self::daemon_set(state, answer, &mut judged);
        }
        self.revisions(state, &read, &answers, &mut judged);
        for pod in &state.pods {
            self.pod(state, pod, &answers, &mut judged);
        }
        Ok(judged)
    }

    fn daemon_set(state: &Objects, answer: &Answer, judged: &mut Judged) {
        judged.daemon_sets += 1;
        let name = named(&answer.stored);
        let mut sets = state.daemon_sets.iter();
        let Some(recorded) = sets.find(|set| key(set) == name) else {
            judged.differences.push(format!("{name} was not recorded"));
            return;
        };
        let writes = &answer.writes;
        if !writes.is_nothing() {
            let told = format!("{name}: the planner's next sync writes something: {writes:?}");
            judged.differences.push(told);
        }
        let counted = writes.counted.unwrap_or_default();
        let shown = shown_status(&recorded["status"]);
        judged.equal(&format!("{name}: status"), &status(counted), &shown);
        let mut current = state.revisions.iter().filter(|revision| {
            owner_uid(revision) == uid_of(&answer.stored)
                && revision["data"] == parsed(&data(&answer.stored))
        });
        let recorded = current.next().map(|revision| &revision["metadata"]);
        let recorded = recorded.map_or(Value::Null, |meta| meta["labels"][HASH].clone());
        let hash = writes.hash.as_deref().unwrap_or_default();
        judged.equal(
            &format!("{name}: hash of the current revision"),
            &json!(hash),
            &recorded,
        );
    }

    fn revisions(
        &mut self,
        state: &Objects,
        read: &object::Objects,
        answers: &[Answer],
        judged: &mut Judged,
    ) {
        for (recorded, read) in state.revisions.iter().zip(&read.revisions) {
            judged.revisions += 1;
            let what = format!("revision {}", key(recorded));
            let (meta, uid) = (&recorded["metadata"], uid(recorded));
            let owner = answers
                .iter()
                .find(|answer| uid_of(&answer.stored) == owner_uid(recorded));
            let bare = Struct::new(TypeId::named("v1.DaemonSet").unwrap());
            let stored = owner.map_or(&bare, |answer| &*answer.stored);
            let Some(made_from) = with_template_of(stored, recorded) else {
                judged
                    .differences
                    .push(format!("{what}: its data is no template"));
                continue;
            };
            let is_current = owner.is_some() && data(stored) == read.data;
            let wanted = parsed(&data(&made_from));
            judged.equal(&format!("{what}: data"), &wanted, &recorded["data"]);
            let own_hash = hash(&made_from, collisions(stored)).unwrap_or_else(|error| error);
            let labels = snapshot(&made_from, 0).map(|made| {
                let mut labels = made.labels;
                labels.insert(HASH.to_owned(), own_hash.clone());
                json!(labels)
            });
            judged.equal(
                &format!("{what}: labels"),
                &labels.unwrap_or_default(),
                &meta["labels"],
            );
            judged.equal(
                &format!("{what}: owners"),
                &owner.map_or(Value::Null, |answer| owners(&answer.stored)),
                &meta["ownerReferences"],
            );
            let number = recorded["revision"].as_i64().unwrap_or_default();
            let known = self.revisions.get(uid).cloned();
            let largest = state.revisions.iter().filter(|other| {
                owner_uid(other) == owner_uid(recorded) && other["data"] != recorded["data"]
            });
            let largest = largest.filter_map(|other| other["revision"].as_i64()).max();
            let next = largest.unwrap_or_default().max(0) + 1;
            let wanted = match &known {
                Some((_, number)) if !is_current || *number >= next => *number,
                None if !is_current => number,
                _ => next,
            };
            judged.equal(&format!("{what}: number"), &json!(wanted), &json!(number));
            let name = match known {
                Some((name, _)) => name,
                None if is_current => format!("{}-{own_hash}", name_of(stored)),
                None => text(meta, "name").to_owned(),
            };
            judged.equal(&format!("{what}: name"), &json!(name), &meta["name"]);
            if is_current && !self.revisions.contains_key(uid) {
                let made = snapshot(stored, number).map(|made| json!(made.annotations));
                judged.equal(
                    &format!("{what}: annotations"),
                    &made.unwrap_or_default(),
                    &meta["annotations"],
                );
            }
            self.revisions.insert(uid.to_owned(), (name, wanted));
        }
    }

    fn pod(&mut self, state: &Objects, pod: &Value, answers: &[Answer], judged: &mut Judged) {
        let what = format!("pod {}", key(pod));
        let owner = answers
            .iter()
            .find(|answer| uid_of(&answer.stored) == owner_uid(pod));
        let known = match self.pods.get(uid(pod)) {
            Some(known) => known.clone(),
            None => owner.map(|owner| {
                let made = expected(state, owner, pod);
                made.unwrap_or_else(|error| json!({ "error": error }))
            }),
        };
        self.pods.insert(uid(pod).to_owned(), known.clone());
        let Some(known) = known else {
            judged.foreign += 1;
            return;
        };
        judged.pods += 1;
        let found = compared(pod);
        for part in ["error", "metadata", "spec"] {
            let keys = [&known[part], &found[part]];
            let keys = keys.into_iter().filter_map(Value::as_object);
            let keys: std::collections::BTreeSet<&String> =
                keys.flat_map(|part| part.keys()).collect();
            for key in keys {
                let (wanted, found) = (&known[part][key], &found[part][key]);
                judged.equal(&format!("{what}: {part}.{key}"), wanted, found);
            }
        }
        if let Value::String(error) = &known["error"] {
            judged.differences.push(format!("{what}: {error}"));
        }
        judged.equal(
            &format!("{what}: owners"),
            &owner.map_or(Value::Null, |owner| owners(&owner.stored)),
            &pod["metadata"]["ownerReferences"],
        );
        let node = text(&pod["spec"], "nodeName");
        if !node.is_empty() {
            let pin = pin(pod).map(Value::from).unwrap_or_default();
            judged.equal(&format!("{what}: node"), &pin, &json!(node));
        }
    }
}

/// The node that a pod is pinned to.
fn pin(pod: &Value) -> Option<&str> {
    let required = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
    let terms = pod.pointer(required)?["nodeSelectorTerms"].as_array()?;
    terms.first()?["matchFields"][0]["values"][0].as_str()
}

/// What the planner makes for the node that a pod was made for, and what is added to it on its way.
fn expected(state: &Objects, owner: &Answer, pod: &Value) -> Result<Value, String> {
    let node = pin(pod).ok_or("it is not pinned to a node")?;
    let hash = pod["metadata"]["labels"][HASH].as_str().unwrap_or_default();
    let current = owner.writes.hash.as_deref().unwrap_or_default();
    // At rest what the set lately made is of the present template, unless the recording shows the other's revision.
    let is_of = |revision: &&Value| {
        hash != current
            && revision["metadata"]["labels"][HASH] == hash
            && owner_uid(revision) == owner_uid(pod)
    };
    let set = match state.revisions.iter().find(is_of) {
        Some(revision) => with_template_of(&owner.stored, revision).ok_or("no template")?,
        None => (*owner.stored).clone(),
    };
    let hash = if state.revisions.iter().any(|revision| is_of(&revision)) {
        hash
    } else {
        current
    };
    let mut made = new_pod(&set, node, hash).ok_or("no pod is made")?.pod;
    defaults::apply(&mut made);
    let mut made = parsed(&made.stored().to_json());
    let mut nodes = state.nodes.iter();
    let bound_to = nodes.find(|known| known["metadata"]["name"] == pod["spec"]["nodeName"]);
    for label in OF_NODE {
        if let Some(Value::String(value)) = bound_to.map(|node| &node["metadata"]["labels"][label])
        {
            made["metadata"]["labels"][label] = json!(value);
        }
    }
    Ok(compared(&made))
}

/// The parts of a pod that are compared; all of them stay as they are once the pod is made.
fn compared(pod: &Value) -> Value {
    let mut metadata = json!({});
    for key in ["generateName", "labels", "annotations", "finalizers"] {
        metadata[key] = pod["metadata"][key].clone();
    }
    let mut spec = pod["spec"].clone();
    let without = |value: &mut Value, keys: &[&str]| {
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|key, _| !keys.contains(&key.as_str()));
        }
    };
    without(&mut spec, &NOT_OF_POD);
    for list in ["containers", "initContainers"] {
        let containers = spec.get_mut(list).and_then(Value::as_array_mut);
        for container in containers.into_iter().flatten() {
            without(container, &NOT_OF_CONTAINER);
        }
    }
    json!({"metadata": metadata, "spec": spec})
}

/// A daemon set as it was when it made a revision: with its template and its generation.
fn with_template_of(set: &Struct, revision: &Value) -> Option<Struct> {
    let template = revision.pointer("/data/spec/template")?.to_string();
    let document = json_text::document(&template).ok()?;
    let of = TypeId::named("v1.PodTemplateSpec")?;
    let (template, errors) = decode(&document.tree, document.tree.root(), of);
    let mut set = set.clone();
    set.struct_mut("spec")?
        .set("template", Typed::Struct(template));
    if let Some(generation) = revision["metadata"]["annotations"][GENERATION].as_str() {
        let annotations = set.struct_mut("metadata")?.map_mut("annotations")?;
        annotations.insert(GENERATION, Typed::text(generation));
    }
    errors.is_empty().then(|| set.stored())
}

fn owners(set: &Struct) -> Value {
    let owner = owner_reference(name_of(set), uid_of(set));
    let owner = owner.map(|owner| parsed(&owner.to_json()));
    json!([owner])
}

fn status(status: Status) -> Value {
    let mut all = json!({
        "observedGeneration": status.observed_generation,
        "collisionCount": status.collision_count,
    });
    for (name, counter) in status.counters() {
        all[name] = counter.into();
    }
    all
}

/// The recorded status with all that [`status`] has; absent is 0.
fn shown_status(shown: &Value) -> Value {
    let mut all = status(Status::default());
    for (key, value) in shown.as_object().into_iter().flatten() {
        all[key.as_str()] = value.clone();
    }
    all
}

fn collisions(set: &Struct) -> Option<i32> {
    let count = set.at(&["status"])?.int("collisionCount")?;
    i32::try_from(count).ok()
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn meta_text<'a>(set: &'a Struct, json: &str) -> &'a str {
    set.at(&["metadata"]).map_or("", |meta| meta.text(json))
}

fn uid_of(set: &Struct) -> &str {
    meta_text(set, "uid")
}

fn name_of(set: &Struct) -> &str {
    meta_text(set, "name")
}

fn named(set: &Struct) -> String {
    format!("{}/{}", meta_text(set, "namespace"), name_of(set))
}

/// `NAMESPACE/NAME`.
fn key(object: &Value) -> String {
    let meta = &object["metadata"];
    format!("{}/{}", text(meta, "namespace"), text(meta, "name"))
}

fn uid(object: &Value) -> &str {
    text(&object["metadata"], "uid")
}

/// The uid of an object's controller; empty where it has none.
fn owner_uid(object: &Value) -> &str {
    let owners = object["metadata"]["ownerReferences"].as_array();
    let mut owners = owners.into_iter().flatten();
    owners
        .find(|owner| owner["controller"] == true)
        .map_or("", |owner| text(owner, "uid"))
}
