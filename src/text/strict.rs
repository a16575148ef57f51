//! What a strict reading refuses: keys that stand twice in one map (R-1508, R-1525).

use std::fmt::Write as _;

use super::error::{TextError, TextErrorKind};
use super::limits::MAX_DUPLICATES;
use super::pairs::{Duplicate, KeyKind};
use super::tree::Tree;

/// The duplicates as errors, in the order in which Kubernetes lists them.
pub(super) fn errors(tree: &Tree<'_>, duplicates: &[Duplicate]) -> Vec<TextError> {
    duplicates
        .iter()
        .take(MAX_DUPLICATES)
        .map(|duplicate| error(tree, duplicate))
        .collect()
}

fn error(tree: &Tree<'_>, duplicate: &Duplicate) -> TextError {
    let key = tree.piece_text(duplicate.key);
    let shown = match duplicate.kind {
        KeyKind::Text => quoted(key),
        KeyKind::Null => "<nil>".to_owned(),
        KeyKind::UInt => key
            .parse::<u64>()
            .map_or_else(|_| key.to_owned(), |value| format!("0x{value:x}")),
        KeyKind::Int | KeyKind::Bool | KeyKind::Float(_) => key.to_owned(),
    };
    let mut error = TextError::new(
        TextErrorKind::DuplicateKey,
        format!("key {shown} already set in map"),
        duplicate.key_span,
    )
    .explained(
        format!("the key {key} for the second time in one map"),
        "each key once in a map",
        format!("Keep one of the two {key}: without a strict check the last one silently wins."),
    );
    error.go_line = duplicate.line;
    error
}

/// Text as Go quotes it.
fn quoted(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 2);
    made.push('"');
    for character in text.chars() {
        match character {
            '"' => made.push_str("\\\""),
            '\\' => made.push_str("\\\\"),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\t' => made.push_str("\\t"),
            '\u{7}' => made.push_str("\\a"),
            '\u{8}' => made.push_str("\\b"),
            '\u{b}' => made.push_str("\\v"),
            '\u{c}' => made.push_str("\\f"),
            control if (control as u32) < 0x20 || control == '\u{7f}' => {
                write!(made, "\\x{:02x}", control as u32).unwrap_or_default();
            }
            other => made.push(other),
        }
    }
    made.push('"');
    made
}
