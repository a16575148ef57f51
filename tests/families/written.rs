//! What a sync wrote, in the form of the cases.

use daemonset_planner::controller::sync::{Choice, Part, State, Writes};
use serde_json::{Value, json};

use super::controller::{created_labels, status_json};
use super::objects::text;

/// Writes in the form of the cases. `set` is the set of the state.
pub(crate) fn writes_json(state: &State, set: &Value, writes: &Writes) -> Value {
    let hash = writes.hash.as_deref().unwrap_or_default();
    let labels = created_labels(set, hash);
    let pod = |id| state.pod_name(id);
    let revision = |id| state.revision_name(id);
    let node = |id| state.node_name(id);
    let updated = writes.revisions_updated.iter().map(|updated| {
        let name = revision(updated.revision);
        json!({"name": name, "revision": updated.number, "hash": &*updated.hash})
    });
    let created = writes
        .creates
        .iter()
        .map(|created| json!({"node": node(created.node), "name": created.name, "labels": labels}));
    let events = writes.events.iter().map(|event| {
        json!({"type": event.kind.as_str(), "reason": event.reason, "message": event.message})
    });
    let relabels = writes
        .relabels
        .iter()
        .map(|relabelled| json!({"pod": pod(relabelled.pod), "hash": &*relabelled.hash}));
    json!({
        "creates": sorted(created, &["node"]),
        "deletes": names(writes.deletes.iter().map(|deleted| pod(deleted.pod))),
        "createChoice": choices(&writes.create_choices, node),
        "deleteChoice": choices(&writes.delete_choices, pod),
        "revisionDeleteChoice": choices(&writes.revision_delete_choices, revision),
        "orderFree": writes.is_order_free().then_some(true),
        "by": writes.by.map(|part| match part {
            Part::Manage => "manage",
            Part::RollingUpdate => "rollingUpdate",
        }),
        "adopts": names(writes.adopts.iter().map(|&id| pod(id))),
        "releases": names(writes.releases.iter().map(|&id| pod(id))),
        "relabels": sorted(relabels, &["pod"]),
        "revisionsCreated": writes.revision_created.iter().map(|created| {
            json!({"name": created.name, "revision": created.number, "hash": &*created.hash})
        }).collect::<Vec<_>>(),
        "revisionsUpdated": sorted(updated, &["name"]),
        "revisionsDeleted": names(writes.revisions_deleted.iter().map(|&id| revision(id))),
        "revisionsAdopted": names(writes.revisions_adopted.iter().map(|&id| revision(id))),
        "revisionsReleased": names(writes.revisions_released.iter().map(|&id| revision(id))),
        "status": writes.status.map(status_json),
        "events": sorted(events, &["reason", "message"]),
        "error": writes.error,
    })
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names
}

fn sorted(items: impl Iterator<Item = Value>, by: &[&str]) -> Vec<Value> {
    let mut items: Vec<_> = items.collect();
    let key = |item: &Value| -> Vec<String> {
        by.iter()
            .map(|key| text(item, &format!("/{key}")).to_owned())
            .collect()
    };
    items.sort_by_key(key);
    items
}

fn choices<'a, T: Copy>(choices: &[Choice<T>], name: impl Fn(T) -> &'a str) -> Vec<Value> {
    let group = |choice: &Choice<T>| {
        let from: Vec<_> = choice.from.iter().map(|&id| name(id)).collect();
        json!({"from": from, "count": choice.count})
    };
    choices.iter().map(group).collect()
}
