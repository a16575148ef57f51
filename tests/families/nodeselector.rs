//! The four ways to write a selector, each parsed and tried on labels.

use daemonset_planner::selector::{LabelSelector, NodeSelector, Selector, parse, parse_map};
use serde_json::{Value, json};

use super::compare;
use super::objects::{Map, at, text};

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let labels: Map = at(input, "/labels");
    let answer = if let Some(text) = input["text"].as_str() {
        printed(parse(text), &labels)
    } else if let Some(text) = input["map"].as_str() {
        match parse_map(text) {
            Ok(map) => json!({"match": Selector::exactly(&map).matches(&labels), "map": map}),
            Err(error) => json!({"error": error}),
        }
    } else if let Some(selector) = input.get("nodeSelector") {
        let selector: NodeSelector = serde_json::from_value(selector.clone()).unwrap();
        let selector = selector.compile();
        let (matches, error) = selector.matches_or_error(&labels, text(input, "/nodeName"));
        json!({"match": matches, "error": error, "strictError": selector.error()})
    } else if let Some(selector) = input.get("labelSelector") {
        let selector: Option<LabelSelector> = serde_json::from_value(selector.clone()).unwrap();
        printed(LabelSelector::compile_optional(selector.as_ref()), &labels)
    } else {
        return Err(format!("no selector in {input}"));
    };
    compare(case, &answer)
}

fn printed(selector: Result<Selector, String>, labels: &Map) -> Value {
    match selector {
        Ok(selector) => {
            json!({"match": selector.matches(labels), "normal": selector.to_string()})
        }
        Err(error) => json!({"error": error}),
    }
}
