//! The reader's answer beside Kubernetes' answer.

use daemonset_planner::text::{Document, TextError, stream, yaml};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What Kubernetes makes of a text.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Answer {
    /// One document: its JSON; several where the order of Go's maps decides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) json: Vec<String>,
    /// A file: the JSON of each document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) documents: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) error: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) strict: String,
}

/// How the reader differs for one document: refused or not, value, strict error or not, the lines named.
pub(crate) fn document_difference(text: &[u8], wanted: &Answer) -> Option<String> {
    match yaml::document(text) {
        Err(error) => {
            check_place(text, &error);
            if wanted.error.is_empty() {
                return Some(format!("refused: {}", error.go_message()));
            }
            // Which of several values that can't become JSON is named hangs on the order of Go's maps.
            let same = lines(&error.go_message()) == lines(&wanted.error);
            (!same).then(|| format!("names another line: {}", error.go_message()))
        }
        Ok(document) => {
            check_spans(text, &document);
            let json = json(&document);
            if !wanted.error.is_empty() {
                return Some(format!("read: {json}"));
            }
            if !wanted.json.iter().any(|wanted| is_same_text(&json, wanted)) {
                return Some(format!("another value: {json}"));
            }
            let strict = strict_error(&document.duplicates);
            (lines(&strict) != lines(&wanted.strict))
                .then(|| format!("another strict error: {strict:?}"))
        }
    }
}

/// How the reader differs for a file.
pub(crate) fn file_difference(text: &[u8], wanted: &Answer) -> Option<String> {
    let mut documents = vec![];
    let mut error = String::new();
    for part in stream::read_bytes(text).parts {
        match part {
            Ok(document) => {
                check_spans(text, &document);
                documents.push(json(&document));
            }
            Err(first) => {
                check_place(text, &first);
                error = first.go_message();
                break;
            }
        }
    }
    let same = documents.len() == wanted.documents.len()
        && documents
            .iter()
            .zip(&wanted.documents)
            .all(|(got, wanted)| is_same_text(got, wanted));
    if !same {
        return Some(format!("other documents: {documents:?}, error {error:?}"));
    }
    (error.is_empty() != wanted.error.is_empty()).then(|| format!("error: {error:?}"))
}

fn json(document: &Document<'_>) -> String {
    document.tree.to_json(document.tree.root())
}

fn strict_error(duplicates: &[TextError]) -> String {
    let line =
        |error: &TextError| format!("\n  line {}: {}", error.go_line.unwrap_or(0), error.message);
    match duplicates {
        [] => String::new(),
        _ => format!(
            "yaml: unmarshal errors:{}",
            duplicates.iter().map(line).collect::<String>()
        ),
    }
}

/// The lines that a message names: each one once, as aliases make Go repeat itself.
fn lines(message: &str) -> Vec<&str> {
    let message = message.strip_prefix("yaml: ").unwrap_or(message);
    let mut lines: Vec<&str> = message
        .split("\n  ")
        .filter_map(|text| text.strip_prefix("line "))
        .filter_map(|text| text.split(':').next())
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn check_place(text: &[u8], error: &TextError) {
    assert!(
        error.span.start <= error.span.end && error.span.end as usize <= text.len(),
        "{error:?} in {text:?}"
    );
}

/// Every span lies within the text, and within that of what it is part of unless an alias leads there.
fn check_spans(text: &[u8], document: &Document<'_>) {
    let tree = &document.tree;
    for id in tree.ids() {
        let span = tree.span(id);
        assert!(
            span.start <= span.end && span.end as usize <= text.len(),
            "{span:?} in {text:?}"
        );
    }
}

/// Go escapes bytes that are no characters, and writes whole numbers beyond 64 bits as floats.
fn is_same_text(got: &str, wanted: &str) -> bool {
    got == wanted
        || match (serde_json::from_str(got), serde_json::from_str(wanted)) {
            (Ok(got), Ok(wanted)) => is_same(&got, &wanted),
            _ => false,
        }
}

/// Equal by value: numbers as numbers, the order of keys free.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        (a, b) => a == b,
    }
}
