//! One type for every finding, whoever makes it: a reader of text, a decoder, the merge doctor, later the linter.
//!
//! Uses `text` only, for places. Prints nothing; see `report` for that.

mod code;
mod text_error;

pub use code::{Code, Severity};

use serde::{Deserialize, Serialize};

use crate::text::{Position, SourceText, Span};

/// A range in one of the inputs, as people and editors name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Location {
    /// The input's name: a file's path, or what the caller called it.
    pub source: String,
    /// Where it begins.
    pub start: Position,
    /// One past its last character.
    pub end: Position,
}

impl Location {
    /// The place of `span` in `source`.
    pub fn new(source: &SourceText, span: Span) -> Self {
        let text = source.text.as_bytes();
        Self {
            source: source.name.clone(),
            start: source.lines.position(span.start, text),
            end: source.lines.position(span.end, text),
        }
    }
}

/// Something to say about an input.
///
/// `message` says what is wrong in one sentence; `found` and `expected` are short pieces of text; `help` says
/// how to mend it, with the command where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// Stable; what to suppress or to look up.
    pub code: Code,
    /// Whether it makes the plan fail (`error`), may (`warning`), or only informs (`info`).
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// Where; absent where the finding is about all of the input together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What stands there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// What should stand there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub expected: String,
    /// How to mend it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
}

impl Diagnostic {
    /// A finding with its code's own severity, and nothing but a message yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            location: None,
            found: String::new(),
            expected: String::new(),
            help: String::new(),
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Says what stands there and what should.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>, expected: impl Into<String>) -> Self {
        self.found = found.into();
        self.expected = expected.into();
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Gives it another severity than its code's.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
