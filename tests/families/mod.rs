//! The families of cases: one file each, named as the family.

mod aware;
mod burst;
mod controller;
mod decode;
mod defaults;
mod eligibility;
mod nodeselector;
mod objects;
mod others;
mod pod;
mod podnodeselector;
mod project;
mod quantity;
mod scalars;
mod steps;
mod sync;
mod tables;
mod written;

use serde_json::Value;

/// Runs one case; the error says what differs.
pub(crate) type Run = fn(&Value) -> Result<(), String>;

/// The family of this name.
pub(crate) fn find(family: &str) -> Option<Run> {
    Some(match family {
        "aware" => aware::run,
        "burst" => burst::run,
        "decode" => decode::run,
        "defaults" => defaults::run,
        "eligibility" => eligibility::run,
        "nodeselector" => nodeselector::run,
        "pod" => pod::run,
        "podnodeselector" => podnodeselector::run,
        "project" => project::run,
        "quantity" => quantity::run,
        "scalars" => scalars::run,
        "lifecycle" | "rollout" => steps::run,
        "sync" => sync::run,
        "tables" => tables::run,
        _ => return None,
    })
}

/// Compares the answer with what the case expects, every field of it. What is empty or `null` and what is not
/// there mean the same.
fn compare(case: &Value, answer: &Value) -> Result<(), String> {
    let (wanted, found) = (without_empty(&case["expect"]), without_empty(answer));
    if wanted == found {
        return Ok(());
    }
    let (name, input) = (&case["name"], &case["input"]);
    Err(format!(
        "{name}\n  input:    {input}\n  expected: {wanted}\n  found:    {found}"
    ))
}

fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map
                .iter()
                .map(|(key, value)| (key.clone(), without_empty(value)));
            Value::Object(kept.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_empty).collect()),
        other => other.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
