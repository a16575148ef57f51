//! What is wrong with a text, and where.

use super::Span;

/// What sort of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextErrorKind {
    /// The text is no YAML or JSON as Kubernetes reads it.
    Syntax,
    /// A byte or character that may not stand in a text, or an encoding that can't be read.
    Encoding,
    /// A key stands twice in one map; only a strict reading refuses that.
    DuplicateKey,
    /// More than a limit allows; see [`crate::text::limits`].
    Limit,
    /// A line that begins with `---` and goes on with something else (R-1502).
    Separator,
    /// The text reads, but holds a value that can't be passed on: a wrong tag, a map as a key, `.inf`.
    Value,
    /// `*name` without an `&name` before it, or an anchor that contains itself.
    Anchor,
}

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// What sort of thing is wrong.
    pub kind: TextErrorKind,
    /// What Kubernetes' reader says, without its prefix `yaml: line N: `; our own words where it says nothing.
    pub message: String,
    /// The place that a person should look at, in the text handed in.
    pub span: Span,
    /// The line that Kubernetes' message names, counted as it counts, within the document.
    pub go_line: Option<u32>,
    /// What stands there, in plain words.
    pub found: String,
    /// What could stand there, in plain words.
    pub expected: String,
    /// How to mend it, one sentence.
    pub help: String,
}

impl TextError {
    /// An error with nothing but a message and a place.
    pub fn new(kind: TextErrorKind, message: impl Into<String>, span: Span) -> Self {
        Self {
            kind,
            message: message.into(),
            span,
            go_line: None,
            found: String::new(),
            expected: String::new(),
            help: String::new(),
        }
    }

    /// The same error with plain words: what was found, what was expected, how to mend it.
    #[must_use]
    pub fn explained(
        mut self,
        found: impl Into<String>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        self.found = found.into();
        self.expected = expected.into();
        self.help = help.into();
        self
    }

    /// The message as Kubernetes' YAML library writes it, with the line it names.
    pub fn go_message(&self) -> String {
        match self.go_line {
            Some(line) => format!("yaml: line {line}: {}", self.message),
            None => format!("yaml: {}", self.message),
        }
    }
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TextError {}
