//! A tree as JSON text, byte for byte as Go's `encoding/json` writes it, without recursion.

use crate::text::order::sort_by;
use std::fmt::Write as _;

use super::number;
use super::tree::{Entry, NodeId, Tree, Value};

enum Step<'a> {
    Value(NodeId),
    Key(&'a Entry),
    Text(&'static str),
}

impl Tree<'_> {
    /// The value as JSON: keys sorted by their bytes, no white space, `<`, `>`, `&` and line separators escaped.
    pub fn to_json(&self, id: NodeId) -> String {
        let mut made = String::new();
        let mut steps = vec![Step::Value(id)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Text(text) => made.push_str(text),
                Step::Key(entry) => {
                    put_string(&mut made, self.key(entry));
                    made.push(':');
                    steps.push(Step::Value(entry.value));
                }
                Step::Value(id) => self.put_value(id, &mut made, &mut steps),
            }
        }
        made
    }

    fn put_value<'a>(&'a self, id: NodeId, made: &mut String, steps: &mut Vec<Step<'a>>) {
        match self.value(id) {
            Value::Null => made.push_str("null"),
            Value::Bool(value) => made.push_str(if value { "true" } else { "false" }),
            // Writing to a string can't fail.
            Value::Int(value) => write!(made, "{value}").unwrap_or_default(),
            Value::UInt(value) => write!(made, "{value}").unwrap_or_default(),
            Value::Float(value) => made.push_str(&number::json_float(value)),
            Value::Str(text) => put_string(made, text),
            Value::Seq(items) => {
                made.push('[');
                steps.push(Step::Text("]"));
                for (at, &item) in items.iter().enumerate().rev() {
                    steps.push(Step::Value(item));
                    if at > 0 {
                        steps.push(Step::Text(","));
                    }
                }
            }
            Value::Map(entries) => {
                made.push('{');
                steps.push(Step::Text("}"));
                let mut sorted: Vec<&Entry> = entries.iter().collect();
                sort_by(&mut sorted, |a, b| self.key(a).cmp(self.key(b)));
                for (at, &entry) in sorted.iter().enumerate().rev() {
                    steps.push(Step::Key(entry));
                    if at > 0 {
                        steps.push(Step::Text(","));
                    }
                }
            }
        }
    }
}

pub(super) fn put_string(made: &mut String, text: &str) {
    made.push('"');
    for character in text.chars() {
        match character {
            '"' => made.push_str("\\\""),
            '\\' => made.push_str("\\\\"),
            '\n' => made.push_str("\\n"),
            '\r' => made.push_str("\\r"),
            '\t' => made.push_str("\\t"),
            '\u{8}' => made.push_str("\\b"),
            '\u{c}' => made.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                write!(made, "\\u{:04x}", character as u32).unwrap_or_default();
            }
            other => made.push(other),
        }
    }
    made.push('"');
}
