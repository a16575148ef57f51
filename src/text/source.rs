//! One input: its name, its text, and where its lines begin.

use super::{LineIndex, Span};

/// An input as the readers see it.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// How findings call it.
    pub name: String,
    /// The text, as UTF-8. Spans point into it.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
}

impl SourceText {
    /// Indexes the lines of `text`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = LineIndex::new(text.as_bytes());
        Self {
            name: name.into(),
            text,
            lines,
        }
    }

    /// The text at `span`; empty where the span cuts a character or lies outside.
    pub fn at(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }
}
