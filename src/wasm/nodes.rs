//! What a page groups and lights nodes by: their labels, and the lines that they stand on.

use wasm_bindgen::JsValue;

use crate::object::Node;

/// More keys than these are not offered, and a key with more values than these makes no useful groups.
const MOST_KEYS: usize = 100;
const MOST_VALUES: usize = 60;

/// The label keys whose values make groups: at least two, where lacking the key counts as one, and not too many.
pub(super) fn label_keys(nodes: &[&Node]) -> Vec<String> {
    // Lists, not maps: both are short, and a list of pairs costs the module least.
    let mut seen: Vec<(&str, usize, Vec<&str>)> = Vec::new();
    for (key, value) in nodes.iter().flat_map(|node| node.labels.iter()) {
        if let Some((_, count, values)) = seen.iter_mut().find(|(known, ..)| *known == key) {
            *count += 1;
            if values.len() <= MOST_VALUES && !values.contains(&value) {
                values.push(value);
            }
        } else if seen.len() < MOST_KEYS {
            seen.push((key, 1, vec![value]));
        }
    }
    seen.into_iter()
        .filter(|(_, count, values)| {
            let groups = values.len() + usize::from(*count < nodes.len());
            groups > 1 && values.len() <= MOST_VALUES
        })
        .map(|(key, ..)| key.to_owned())
        .collect()
}

/// Each node's value of a label, undefined where it lacks it.
pub(super) fn label_column(nodes: &[&Node], key: &str) -> Vec<JsValue> {
    nodes
        .iter()
        .map(|node| {
            node.labels
                .get(key)
                .map_or(JsValue::UNDEFINED, JsValue::from_str)
        })
        .collect()
}
