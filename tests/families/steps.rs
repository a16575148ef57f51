//! Sequences in steps: other components act, people edit, every set is synced once. What a sync writes is
//! compared step by step; the work queue is not modelled.

use std::collections::{BTreeMap, BTreeSet};

use daemonset_planner::controller::sync::{
    Backoffs, Circumstances, Millis, PodId, RevisionId, State, Writes, sync,
};
use serde_json::{Value, json};

use super::compare;
use super::controller::{
    Server, Templates, created_labels, is_terminating, list, millis, state, status_json, target,
};
use super::objects::{Map, at, text};
use super::others;
use super::written::writes_json;

/// Objects by name.
pub(crate) type Objects = BTreeMap<String, Value>;

/// The cluster of a sequence.
#[derive(Default)]
pub(crate) struct Cluster {
    pub(crate) now: Millis,
    pub(crate) step: i64,
    pub(crate) sets: Objects,
    pub(crate) nodes: Objects,
    pub(crate) pods: Objects,
    pub(crate) revisions: Objects,
    /// Nodes whose kubelet stands still.
    pub(crate) stopped: BTreeSet<String>,
    /// The step in which a node was removed.
    pub(crate) removed: BTreeMap<String, i64>,
    /// When taint eviction first saw a pod with a taint that it tolerates for a while.
    pub(crate) tainted: BTreeMap<String, Millis>,
    backoffs: Backoffs,
    templates: Templates,
    /// Pods made for each set and node; hashes taken by each set.
    counters: BTreeMap<String, BTreeMap<String, u32>>,
    hashes: BTreeMap<String, usize>,
}

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let (input, expect) = (&case["input"], &case["expect"]);
    if input["mode"] == "clock" {
        return Err("the clock is not modelled".to_owned());
    }
    let by_name = |key: &str| -> Objects {
        let objects = list(input, key).iter();
        objects
            .map(|object| (text(object, "/metadata/name").to_owned(), object.clone()))
            .collect()
    };
    let mut cluster = Cluster {
        now: millis(text(input, "/now")),
        sets: by_name("daemonSets"),
        nodes: by_name("nodes"),
        pods: by_name("pods"),
        revisions: by_name("controllerRevisions"),
        ..Cluster::default()
    };
    let mut steps = vec![];
    for step in list(expect, "steps") {
        if cluster.step < at(step, "/step") {
            cluster.step += 1;
            cluster.now += at::<Millis>(input, "/stepSeconds") * 1_000;
            others::act(&mut cluster, &input["kubelet"]);
        }
        let (edits, now) = (list(input, "edits").iter(), cluster.step);
        for edit in edits.filter(|edit| edit["step"] == now) {
            others::edit(&mut cluster, edit);
        }
        steps.push(json!({
            "step": cluster.step,
            "at": step["at"],
            "syncs": cluster.sync_all(&input["newHashes"]),
        }));
    }
    let expected: Vec<Value> = list(expect, "steps")
        .iter()
        .map(|step| json!({"step": step["step"], "at": step["at"], "syncs": step["syncs"]}))
        .collect();
    let expected = json!({"steps": expected, "final": expect["final"]});
    let case = json!({"name": case["name"], "expect": expected});
    compare(&case, &json!({"steps": steps, "final": cluster.rest()}))
}

impl Cluster {
    /// Every set once, in name order; each sees what the one before wrote.
    fn sync_all(&mut self, hashes: &Value) -> Vec<Value> {
        let names: Vec<String> = self.sets.keys().cloned().collect();
        let syncs = names.iter().map(|name| self.sync(name, &hashes[name]));
        syncs.flatten().collect()
    }

    fn sync(&mut self, name: &str, hashes: &Value) -> Option<Value> {
        let set = self.sets[name].clone();
        let values = |objects: &Objects| -> Vec<Value> { objects.values().cloned().collect() };
        let (nodes, pods) = (values(&self.nodes), values(&self.pods));
        let revisions = values(&self.revisions);
        let state = state(&set, &nodes, &pods, &revisions, &mut self.templates);
        let used = self.hashes.entry(name.to_owned()).or_default();
        let hashes = hashes.as_array().map_or(&[][..], Vec::as_slice);
        let left = hashes.get(*used..).unwrap_or_default();
        let mut server = Server::new(&set, &pods, left);
        server.counters = self.counters.remove(name).unwrap_or_default();
        let circumstances = Circumstances::at(self.now);
        let writes = sync(&state, circumstances, &mut self.backoffs, &mut server);
        *used += left.len() - server.hashes.len();
        self.counters.insert(name.to_owned(), server.counters);
        self.apply(&set, &pods, &revisions, &state, &writes);
        if writes.is_nothing() {
            return None;
        }
        let mut told = writes_json(&state, &set, &writes);
        told["daemonSet"] = json!(name);
        // They only repeat the writes.
        told["events"].as_array_mut().unwrap().retain(|event| {
            event["reason"] != "SuccessfulCreate" && event["reason"] != "SuccessfulDelete"
        });
        Some(told)
    }

    fn apply(
        &mut self,
        set: &Value,
        pods: &[Value],
        revisions: &[Value],
        state: &State,
        writes: &Writes,
    ) {
        let owner = json!({
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "name": set["metadata"]["name"],
            "uid": set["metadata"]["uid"],
            "controller": true,
        });
        let pod = |id: PodId| text(&pods[id.0 as usize], "/metadata/name");
        let revision = |id: RevisionId| text(&revisions[id.0 as usize], "/metadata/name");
        let template = Templates::data_of_set(set);
        for &id in &writes.revisions_adopted {
            own(self.revisions.get_mut(revision(id)).unwrap(), &owner);
        }
        for &id in &writes.revisions_released {
            disown(self.revisions.get_mut(revision(id)).unwrap(), &owner["uid"]);
        }
        for updated in &writes.revisions_updated {
            let stored = self.revisions.get_mut(revision(updated.revision)).unwrap();
            stored["revision"] = json!(updated.number);
            stored["metadata"]["labels"]["controller-revision-hash"] = json!(&*updated.hash);
        }
        for &id in &writes.revisions_deleted {
            self.revisions.remove(revision(id));
        }
        if let Some(created) = &writes.revision_created {
            let mut labels: Map = at(set, "/spec/template/metadata/labels");
            labels.insert("controller-revision-hash".into(), created.hash.to_string());
            let made = json!({
                "metadata": {"name": created.name, "labels": labels, "ownerReferences": [owner]},
                "revision": created.number,
                "data": template,
            });
            self.revisions.insert(created.name.clone(), made);
        }
        for &id in &writes.adopts {
            own(self.pods.get_mut(pod(id)).unwrap(), &owner);
        }
        for &id in &writes.releases {
            disown(self.pods.get_mut(pod(id)).unwrap(), &owner["uid"]);
        }
        for relabelled in &writes.relabels {
            let stored = self.pods.get_mut(pod(relabelled.pod)).unwrap();
            stored["metadata"]["labels"]["controller-revision-hash"] = json!(&*relabelled.hash);
        }
        for deleted in &writes.deletes {
            self.delete_pod(pod(deleted.pod));
        }
        let hash = writes.hash.as_deref().unwrap_or_default();
        for created in &writes.creates {
            let node = state.node_name(created.node);
            let mut spec = set["spec"]["template"]["spec"].clone();
            let pin = json!({"key": "metadata.name", "operator": "In", "values": [node]});
            spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] =
                json!({"nodeSelectorTerms": [{"matchFields": [pin]}]});
            let made = json!({
                "metadata": {
                    "name": created.name,
                    "labels": created_labels(set, hash),
                    "finalizers": set["spec"]["template"]["metadata"]["finalizers"],
                    "ownerReferences": [owner],
                    "creationTimestamp": others::time_text(self.now),
                },
                "spec": spec,
                "status": {"phase": "Pending"},
            });
            self.pods.insert(created.name.clone(), made);
        }
        if let Some(status) = writes.status {
            let name = text(set, "/metadata/name");
            self.sets.get_mut(name).unwrap()["status"] = status_json(status);
        }
    }

    /// What the API server makes of a deletion.
    pub(crate) fn delete_pod(&mut self, name: &str) {
        let Some(pod) = self.pods.get_mut(name) else {
            return;
        };
        let phase = text(pod, "/status/phase");
        let at_once =
            text(pod, "/spec/nodeName").is_empty() || phase == "Failed" || phase == "Succeeded";
        if at_once && list(&pod["metadata"], "finalizers").is_empty() {
            self.pods.remove(name);
        } else if !is_terminating(pod) {
            pod["metadata"]["deletionTimestamp"] = json!(others::time_text(self.now + 30_000));
        }
    }

    /// The pods at the end.
    fn rest(&mut self) -> Vec<Value> {
        let mut current: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, set) in &self.sets {
            let data = Templates::data_of_set(set);
            for revision in self.revisions.values().filter(|one| one["data"] == data) {
                let hash = text(revision, "/metadata/labels/controller-revision-hash");
                current.insert(name, hash);
            }
        }
        let told = self.pods.iter().map(|(name, pod)| {
            let owners = list(&pod["metadata"], "ownerReferences");
            let owner = owners.iter().find(|one| one["controller"] == true);
            let owner = owner.map(|owner| text(owner, "/name"));
            let label = |key: &str| pod["metadata"]["labels"][key].as_str();
            let (hash, generation) = (
                label("controller-revision-hash"),
                label("pod-template-generation"),
            );
            let updated = owner.and_then(|owner| {
                let now: Map = at(self.sets.get(owner)?, "/metadata/annotations");
                let now = now.get("deprecated.daemonset.template.generation");
                let by_generation = now.is_some() && now.map(String::as_str) == generation;
                Some(hash == Some(*current.get(owner)?) || by_generation)
            });
            let conditions = list(&pod["status"], "conditions").iter();
            let mut ready =
                conditions.filter(|one| one["type"] == "Ready" && one["status"] == "True");
            json!({
                "name": name,
                "node": target(pod),
                "bound": !text(pod, "/spec/nodeName").is_empty(),
                "phase": pod["status"]["phase"],
                "ready": ready.next().is_some(),
                "owner": owner,
                "hash": hash,
                "generation": generation,
                "updated": updated,
                "deleting": is_terminating(pod).then_some(true),
            })
        });
        told.collect()
    }
}

fn own(object: &mut Value, owner: &Value) {
    let owners = &mut object["metadata"]["ownerReferences"];
    if owners.is_null() {
        *owners = json!([]);
    }
    owners.as_array_mut().unwrap().push(owner.clone());
}

pub(crate) fn disown(object: &mut Value, uid: &Value) {
    if let Some(owners) = object["metadata"]["ownerReferences"].as_array_mut() {
        owners.retain(|owner| owner["uid"] != *uid);
    }
}
