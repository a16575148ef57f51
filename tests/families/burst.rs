//! Hundreds of nodes, synced several times; counts only.

use std::collections::BTreeSet;

use daemonset_planner::controller::sync::{Backoffs, Circumstances, Refusal, sync};
use serde_json::{Value, json};

use super::compare;
use super::controller::{Server, Templates, created_labels, millis, state, status_json};
use super::objects::{at, text};

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let mut set = input["daemonSet"].clone();
    let own = set.clone();
    let count: usize = at(input, "/nodeCount");
    let nodes: Vec<Value> = (0..count)
        .map(|number| json!({"metadata": {"name": format!("node-{number}")}}))
        .collect();
    let with_pod = nodes.iter().take(at(input, "/podsOn"));
    let mut pods: Vec<Value> = with_pod
        .map(|node| pod(&own, text(node, "/metadata/name"), input))
        .collect();
    let revisions = input["controllerRevisions"].as_array().unwrap();
    let mut server = Server::new(&own, &pods, &[]);
    let fail_after: Option<u32> = at(input, "/failAfter");
    server.refusal = Refusal {
        message: "pods \"\" is forbidden: exceeded quota".to_owned(),
        namespace_terminating: input["failWith"] == "namespaceTerminating",
    };
    let (mut backoffs, mut templates) = (Backoffs::default(), Templates::default());
    let circumstances = Circumstances::at(millis(text(input, "/now")));
    let mut syncs = vec![];
    for _ in 0..at(input, "/syncs") {
        server.creates_left = fail_after;
        let state = state(&set, &nodes, &pods, revisions, &mut templates);
        let writes = sync(&state, circumstances, &mut backoffs, &mut server);
        let status = writes.status.unwrap_or(state.stored_status());
        syncs.push(json!({
            "attempts": writes.creates.len() + writes.refused.len(),
            "creates": writes.creates.len(),
            "deletes": writes.deletes.len(),
            "status": status_json(status),
            "error": writes.error.is_some().then_some(true),
        }));
        set["status"] = status_json(status);
        let deleted: BTreeSet<&str> = writes
            .deletes
            .iter()
            .map(|deleted| state.pod_name(deleted.pod))
            .collect();
        // Terminating pods vanish between syncs, so whoever is deleted is gone at the next.
        pods.retain(|pod| {
            !deleted.contains(text(pod, "/metadata/name"))
                && pod["metadata"]["deletionTimestamp"].is_null()
        });
        let labels = created_labels(&own, writes.hash.as_deref().unwrap_or_default());
        for created in &writes.creates {
            let node = state.node_name(created.node);
            let mut made = pod(&own, node, &Value::Null);
            made["metadata"]["name"] = json!(created.name);
            made["metadata"]["labels"] = json!(labels);
            pods.push(made);
        }
    }
    compare(case, &json!({ "syncs": syncs }))
}

/// A pod of the set on a node, in the case's state; where the case has none, as it was just created.
fn pod(set: &Value, node: &str, input: &Value) -> Value {
    let state = text(input, "/podState");
    let hash = "/controllerRevisions/0/metadata/labels/controller-revision-hash";
    let mut labels = created_labels(set, text(input, hash));
    if state == "old" {
        labels.remove("pod-template-generation");
        labels.insert("controller-revision-hash".to_owned(), "old".to_owned());
    }
    let (phase, ready) = match state {
        "ready" | "old" | "terminating" => ("Running", "True"),
        "failed" | "rejected" => ("Failed", "False"),
        "succeeded" => ("Succeeded", "False"),
        _ => ("Pending", "False"),
    };
    let pin = json!({"key": "metadata.name", "operator": "In", "values": [node]});
    let pin = json!({"nodeSelectorTerms": [{"matchFields": [pin]}]});
    let unbound = state.is_empty();
    json!({
        "metadata": {
            "name": format!("{}-{node}", text(set, "/metadata/name")),
            "labels": labels,
            "ownerReferences": [{
                "kind": "DaemonSet",
                "name": set["metadata"]["name"],
                "uid": set["metadata"]["uid"],
                "controller": true,
            }],
            "deletionTimestamp": (state == "terminating").then_some("2026-03-01T12:00:20Z"),
        },
        "spec": {
            "nodeName": if unbound { "" } else { node },
            "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": pin}},
        },
        "status": {
            "phase": phase,
            "conditions": [{"type": "Ready", "status": ready}],
        },
    })
}
