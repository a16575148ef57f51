//! A `DaemonSet` and a node → the pod, the hash and the revision that the controller posts.

use std::collections::BTreeSet;

use daemonset_planner::controller::pod::new_pod;
use daemonset_planner::controller::revision::{printed, snapshot};
use daemonset_planner::object::value::{Struct, Value as Typed};
use daemonset_planner::text::json;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::compare;
use super::defaults::{created, object};

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let text = input["daemonSet"].to_string();
    let document = json::document(&text).map_err(|error| error.go_message())?;
    let read = object(&document)?;
    let set = match input["form"].as_str() {
        Some("written") => {
            let uid = read
                .at(&["metadata"])
                .map_or("", |meta| meta.text("uid"))
                .to_owned();
            let mut set = created(read)?;
            // The server gives another one; the case says which.
            set.struct_mut("metadata")
                .unwrap()
                .set("uid", Typed::Text(uid));
            set
        }
        Some("stored") => read.stored(),
        other => return Err(format!("unknown form {other:?}")),
    };
    let answer = answer(&set, input, &case["expect"])?;
    compare(case, &answer)?;
    // An empty volume source or an empty term says something.
    if answer["pod"] == case["expect"]["pod"] {
        return Ok(());
    }
    let (wanted, found) = (&case["expect"]["pod"], &answer["pod"]);
    Err(format!(
        "{}\n  expected: {wanted}\n  found:    {found}",
        case["name"]
    ))
}

fn answer(set: &Struct, input: &Value, expect: &Value) -> Result<Value, String> {
    // The first revision of its set.
    let revision = snapshot(set, 1).map_err(|error| error.to_string())?;
    let node = input["nodeName"].as_str().unwrap();
    let made = new_pod(set, node, &revision.hash).unwrap();
    let mut pod: Value = serde_json::from_str(&made.pod.to_json()).unwrap();
    pod.as_object_mut().unwrap().remove("status");
    let mut shown = serde_json::json!({
        "name": revision.name,
        "revision": revision.revision,
        "labels": revision.labels,
        "annotations": revision.annotations,
        "dataSha256": hex(&revision.data),
    });
    if expect["revision"].get("dataText").is_some() {
        shown["dataText"] = revision.data.into();
    }
    let mut answer = serde_json::json!({"pod": pod, "hash": revision.hash, "revision": shown});
    if expect.get("printed").is_some() {
        answer["printed"] = printed(set).map_err(|error| error.to_string())?.into();
    }
    let template = set.at(&["spec", "template"]).unwrap();
    let template: Value = serde_json::from_str(&template.to_json()).unwrap();
    let changes = made.changes.iter();
    let told: Vec<&str> = changes.map(|change| change.path.as_str()).collect();
    untold(&template, &answer["pod"], "", &told)?;
    Ok(answer)
}

fn hex(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every difference between template and pod must lie at or below a change that is told.
fn untold(template: &Value, pod: &Value, path: &str, told: &[&str]) -> Result<(), String> {
    if template == pod || told.contains(&path) {
        return Ok(());
    }
    let is_map = |value: &Value| value.is_object() || value.is_null();
    let is_list = |value: &Value| value.is_array() || value.is_null();
    if is_map(template) && is_map(pod) {
        let maps = [template, pod].into_iter().filter_map(Value::as_object);
        let keys: BTreeSet<&String> = maps.flat_map(|map| map.keys()).collect();
        let dot = if path.is_empty() { "" } else { "." };
        keys.into_iter().try_for_each(|key| {
            untold(
                &template[key],
                &pod[key],
                &format!("{path}{dot}{key}"),
                told,
            )
        })
    } else if is_list(template) && is_list(pod) {
        let length = |value: &Value| value.as_array().map_or(0, Vec::len);
        (0..length(template).max(length(pod)))
            .try_for_each(|at| untold(&template[at], &pod[at], &format!("{path}[{at}]"), told))
    } else {
        Err(format!("{path} differs and no change tells it"))
    }
}
