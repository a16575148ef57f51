//! A file → what a client sends and what the server says of it, in their words.
//!
//! Error texts may be worded otherwise; all the same they are compared, but for those of the YAML reader, of
//! which only the line must agree.

use daemonset_planner::object::strict::{DecodedFile, Sent, Verdict, decode_body, decode_file};
use serde_json::{Map, Value, json};

use super::compare;

/// A text with what the YAML reader says taken out, behind the line that it names.
fn without_reason(text: &str) -> &str {
    let mark = "error converting YAML to JSON: yaml: ";
    let Some(at) = text.find(mark) else {
        return text;
    };
    let (front, reason) = text.split_at(at + mark.len());
    match reason.strip_prefix("line ").and_then(|rest| rest.find(':')) {
        Some(end) => text.get(..front.len() + "line ".len() + end).unwrap(),
        None => front,
    }
}

/// The same for all texts in what the client tells of the file.
fn told(mut answer: Value) -> Value {
    for key in ["fileErrors", "fileTerminal"] {
        match answer.get_mut(key) {
            Some(Value::String(text)) => *text = without_reason(text).to_owned(),
            Some(Value::Array(texts)) => {
                for text in texts {
                    *text = without_reason(text.as_str().unwrap()).into();
                }
            }
            _ => {}
        }
    }
    answer
}

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let text = case["input"]["yaml"].as_str().unwrap();
    let file = case["input"]["file"].as_str().unwrap();
    let decoded = decode_file(file, text.as_bytes());
    let expect = &case["expect"];
    let mut answer = Map::new();
    let objects: Vec<Value> = decoded
        .objects
        .iter()
        .map(|sent| object(sent, file))
        .collect();
    answer.insert("objects".into(), objects.into());
    let errors: Vec<&String> = decoded
        .errors
        .iter()
        .flat_map(|error| &error.messages)
        .collect();
    answer.insert("fileErrors".into(), json!(errors));
    if !errors.is_empty() {
        // What is written if no object fails.
        let alone = DecodedFile {
            objects: vec![],
            ..decoded.clone()
        };
        answer.insert("fileTerminal".into(), alone.terminal().into());
    }
    if !expect["rawBody"].is_null() {
        let body = match decode_body(text.as_bytes()) {
            Ok(strict) => json!({"strictErrors": strict}),
            Err(error) => json!({"error": error}),
        };
        answer.insert("rawBody".into(), body);
    }
    let mut case = case.clone();
    case["expect"] = told(case["expect"].take());
    compare(&case, &told(Value::Object(answer)))
}

fn object(sent: &Sent, file: &str) -> Value {
    let mut answer = json!({
        "apiVersion": sent.api_version,
        "kind": sent.kind,
        "name": sent.name,
        "namespace": sent.namespace,
        "terminal": sent.terminal(file),
    });
    match &sent.verdict {
        Verdict::Decoded { object, strict } => {
            answer["object"] = serde_json::from_str(&object.to_json()).unwrap();
            answer["strictErrors"] = json!(strict);
        }
        Verdict::Refused(error) => answer["decodeError"] = error.clone().into(),
        Verdict::Unserved => answer["unserved"] = true.into(),
        Verdict::NotModelled => {}
    }
    answer
}
