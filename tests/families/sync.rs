//! One sync of one set over a state.

use daemonset_planner::controller::sync::{Backoffs, Circumstances, sync};
use daemonset_planner::selector::{Toleration, with_automatic};
use serde_json::{Value, json};

use super::compare;
use super::controller::{Server, Templates, created_labels, millis, state};
use super::objects::{at, text};
use super::written::writes_json;

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let set = &input["daemonSet"];
    let list = |key: &str| input[key].as_array().map_or(&[][..], Vec::as_slice);
    let (nodes, pods, revisions) = (list("nodes"), list("pods"), list("controllerRevisions"));
    let state = state(set, nodes, pods, revisions, &mut Templates::default());
    let hashes = input["newHashes"][text(set, "/metadata/name")].as_array();
    let mut server = Server::new(set, pods, hashes.map_or(&[], Vec::as_slice));
    let circumstances = Circumstances::at(millis(text(input, "/now")));
    let writes = sync(&state, circumstances, &mut Backoffs::default(), &mut server);
    let mut answer = writes_json(&state, set, &writes);
    if input["full"] == true {
        let hash = writes.hash.as_deref().unwrap_or_default();
        for created in answer["creates"].as_array_mut().unwrap() {
            created["pod"] = whole_pod(set, text(created, "/node"), hash);
        }
    }
    compare(case, &answer)
}

/// The pod as it is posted.
fn whole_pod(set: &Value, node: &str, hash: &str) -> Value {
    let template = &set["spec"]["template"];
    let mut spec = template["spec"].clone();
    let tolerations: Vec<Toleration> = at(&spec, "/tolerations");
    spec["tolerations"] = json!(with_automatic(&tolerations, spec["hostNetwork"] == true));
    let pin = json!({"key": "metadata.name", "operator": "In", "values": [node]});
    spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] =
        json!({"nodeSelectorTerms": [{"matchFields": [pin]}]});
    let name = text(set, "/metadata/name");
    json!({
        "metadata": {
            "generateName": format!("{name}-"),
            "namespace": set["metadata"]["namespace"],
            "labels": created_labels(set, hash),
            "annotations": template["metadata"]["annotations"],
            "finalizers": template["metadata"]["finalizers"],
            "ownerReferences": [{
                "apiVersion": "apps/v1",
                "kind": "DaemonSet",
                "name": name,
                "uid": set["metadata"]["uid"],
                "controller": true,
                "blockOwnerDeletion": true,
            }],
        },
        "spec": spec,
    })
}
