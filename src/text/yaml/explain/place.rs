//! The place of a refusal: what stands there, and which range to show.

use crate::text::Span;
use crate::text::yaml::scanner::Mark;
use crate::text::yaml::source::Source;

/// Where something was refused, and where it began.
pub(super) struct Place<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) problem: Mark,
    pub(super) context: Option<Mark>,
    pub(super) opened: Option<Mark>,
}

impl Place<'_> {
    pub(super) fn bytes_at(&self, mark: Mark) -> &[u8] {
        self.source
            .text
            .as_bytes()
            .get(mark.offset..)
            .unwrap_or_default()
    }

    /// The character at the problem.
    pub(super) fn character(&self) -> Option<char> {
        self.source
            .text
            .get(self.problem.offset..)
            .and_then(|text| text.chars().next())
    }

    /// That character in words.
    pub(super) fn found(&self) -> String {
        match self.character() {
            None => "the end of the document".into(),
            Some('\t') => "a tab".into(),
            Some('\n' | '\r') => "the end of the line".into(),
            Some(' ') => "a blank".into(),
            Some(character) => format!("`{character}`"),
        }
    }

    /// The one character at the problem.
    pub(super) fn at_problem(&self) -> Span {
        let len = self.character().map_or(0, char::len_utf8);
        self.source
            .span(self.problem.offset, self.problem.offset + len)
    }

    /// The one character where it all began.
    pub(super) fn at_context(&self) -> Span {
        let Some(mark) = self.context else {
            return self.at_problem();
        };
        let len = self
            .source
            .text
            .get(mark.offset..)
            .and_then(|text| text.chars().next())
            .map_or(0, char::len_utf8);
        self.source.span(mark.offset, mark.offset + len)
    }

    /// From where it all began to the end of that line.
    pub(super) fn line_from_context(&self) -> Span {
        let Some(mark) = self.context else {
            return self.at_problem();
        };
        let line = self.bytes_at(mark);
        let len = line
            .iter()
            .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
            .count();
        let blank = line
            .iter()
            .take(len)
            .rev()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        self.source.span(mark.offset, mark.offset + len - blank)
    }

    /// The word that stands at the problem.
    pub(super) fn word(&self) -> Span {
        let word = self.bytes_at(self.problem);
        let len = word
            .iter()
            .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}'));
        let span = self
            .source
            .span(self.problem.offset, self.problem.offset + len.count());
        if span.is_empty() {
            self.at_problem()
        } else {
            span
        }
    }

    pub(super) fn text(&self, span: Span) -> String {
        let start = self.context.map_or(self.problem.offset, |mark| mark.offset);
        let text = self
            .source
            .text
            .get(start..start + span.len())
            .unwrap_or_default();
        text.chars().take(40).collect()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.problem.offset >= self.source.text.trim_end_matches(['\n', '\r', ' ']).len()
    }

    pub(super) fn line_of_problem(&self) -> Span {
        Place {
            source: self.source,
            problem: self.problem,
            context: Some(self.problem),
            opened: None,
        }
        .line_from_context()
    }

    pub(super) fn problem_to_context(&self) -> Span {
        let end = self.context.map_or(self.problem.offset, |mark| mark.offset);
        self.source.span(self.problem.offset, end)
    }

    /// The character where it all began.
    pub(super) fn context_character(&self) -> char {
        let offset = self.context.map_or(self.problem.offset, |mark| mark.offset);
        self.source
            .text
            .get(offset..)
            .and_then(|text| text.chars().next())
            .unwrap_or_default()
    }
}
