//! A refusal as the reader's parts raise it, before it becomes a [`crate::text::TextError`].

use super::scanner::Mark;
use super::source::BadByte;

/// Which part refuses; how Go counts the line that it names depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Scanner,
    Parser,
    /// Names no line.
    Composer,
}

/// A refusal.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// At a place of the scanned text; `context` is where the thing began that went wrong.
    At {
        part: Part,
        message: String,
        problem: Mark,
        context: Option<Mark>,
        /// Where the collection begins that is open, if it is worth looking at.
        opened: Option<Mark>,
    },
    /// A byte that can't be decoded.
    Byte(BadByte),
}

/// Boxed, for errors are rare and results are many.
pub(super) type Scan<T> = Result<T, Box<Fault>>;

// Faults travel in boxes from where they are made.
#[allow(clippy::unnecessary_box_returns)]
impl Fault {
    pub(super) fn at(
        part: Part,
        message: impl Into<String>,
        problem: Mark,
        context: Option<Mark>,
    ) -> Box<Self> {
        Box::new(Self::At {
            part,
            message: message.into(),
            problem,
            context,
            opened: None,
        })
    }

    /// The same with the place of the bracket that is open.
    pub(super) fn within(mut self: Box<Self>, bracket: Option<Mark>) -> Box<Self> {
        if let Self::At { opened, .. } = &mut *self {
            *opened = bracket;
        }
        self
    }

    /// The line that Go's message names.
    ///
    /// The scanner counts from one, the parser from zero; a place on the first line counts as none, and then
    /// the context's line, from zero, is named instead.
    pub(super) fn go_line(&self) -> Option<u32> {
        let Self::At {
            part,
            problem,
            context,
            ..
        } = self
        else {
            return None;
        };
        let line = match (part, problem.line) {
            (Part::Composer, _) => 0,
            (_, 0) => context.map_or(0, |mark| mark.line),
            (Part::Scanner, line) => line + 1,
            (Part::Parser, line) => line,
        };
        (line != 0).then_some(line)
    }
}

impl From<BadByte> for Box<Fault> {
    fn from(bad: BadByte) -> Self {
        Self::new(Fault::Byte(bad))
    }
}
