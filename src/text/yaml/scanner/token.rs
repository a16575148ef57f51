//! What the scanner hands to the parser.

/// A place in the scanned text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::text::yaml) struct Mark {
    /// Bytes before it.
    pub(in crate::text::yaml) offset: usize,
    /// Line breaks before it.
    pub(in crate::text::yaml) line: u32,
    /// Characters before it on its line.
    pub(in crate::text::yaml) column: u32,
}

/// A range of the scanned text, or of the scanner's store for text that stands nowhere as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::text::yaml) struct Text {
    pub(in crate::text::yaml) start: u32,
    pub(in crate::text::yaml) end: u32,
    pub(in crate::text::yaml) stored: bool,
}

impl Text {
    pub(in crate::text::yaml) fn verbatim(start: usize, end: usize) -> Self {
        let small = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            start: small(start),
            end: small(end),
            stored: false,
        }
    }

    pub(in crate::text::yaml) fn stored(start: usize, end: usize) -> Self {
        Self {
            stored: true,
            ..Self::verbatim(start, end)
        }
    }

    pub(in crate::text::yaml) fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text::yaml) enum TokenKind {
    StreamStart,
    StreamEnd,
    /// `%YAML`; the numbers are in `text`.
    Version,
    /// `%TAG`; the handle is `text`, the prefix `more`.
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    /// The handle is `text` (empty for a whole tag), the rest `more`.
    Tag,
    /// Text without quotes.
    Plain,
    /// Text in quotes, or a block of text.
    Quoted,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::text::yaml) struct Token {
    pub(in crate::text::yaml) kind: TokenKind,
    pub(in crate::text::yaml) start: Mark,
    pub(in crate::text::yaml) end: Mark,
    pub(in crate::text::yaml) text: Text,
    pub(in crate::text::yaml) more: Text,
}

impl Token {
    pub(in crate::text::yaml) fn new(kind: TokenKind, start: Mark, end: Mark) -> Self {
        Self {
            kind,
            start,
            end,
            text: Text::default(),
            more: Text::default(),
        }
    }
}
