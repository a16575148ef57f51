//! Text without quotes.

use super::{Mark, Scan, Scanner, Text, Token, TokenKind};
use crate::text::yaml::chars::{self, BLANK, BREAK, END, FLOW, MARK};

/// A scalar while it is read: what stands in the store already, and the run of the source that follows it.
///
/// As long as nothing was folded or escaped, the whole scalar is one run of the source.
#[derive(Clone, Copy)]
pub(super) struct Pieces {
    stored_from: Option<usize>,
    run: usize,
}

impl Pieces {
    pub(super) fn new(start: usize) -> Self {
        Self {
            stored_from: None,
            run: start,
        }
    }

    /// The next run begins here.
    pub(super) fn run_on(&mut self, at: usize) {
        self.run = at;
    }
}

/// What stands between two runs of text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// The first line end, as it is folded.
    pub(super) first_break: &'static str,
    /// There was a line end.
    pub(super) on_new_line: bool,
}

impl Scanner<'_> {
    /// Moves the run up to `end` into the store; the next run begins at `next`.
    pub(super) fn flush(&mut self, pieces: &mut Pieces, end: usize, next: usize) {
        if pieces.stored_from.is_none() {
            pieces.stored_from = Some(self.store.len());
        }
        self.store
            .push_str(self.text.get(pieces.run..end).unwrap_or_default());
        pieces.run = next;
    }

    /// The whole text, whose last run ends at `end`.
    pub(super) fn finish(&mut self, mut pieces: Pieces, end: usize) -> Text {
        if pieces.stored_from.is_none() {
            return Text::verbatim(pieces.run, end.max(pieces.run));
        }
        self.flush(&mut pieces, end, end);
        Text::stored(pieces.stored_from.unwrap_or(0), self.store.len())
    }

    /// Steps over the blanks and line ends between two runs of text. `look` sees each blank before it is passed.
    ///
    /// Line ends after the first are added to `breaks`.
    #[inline(always)]
    pub(super) fn scan_gap(
        &mut self,
        gap: &mut Gap,
        look: impl Fn(&Self, &Gap) -> Scan<()>,
    ) -> Scan<()> {
        loop {
            if self.is_blank() {
                look(self, gap)?;
                self.at = Mark {
                    offset: self.at.offset + 1,
                    column: self.at.column + 1,
                    ..self.at
                };
            } else if self.is_break() {
                self.ask(2)?;
                let text = self.read_line();
                if gap.on_new_line {
                    self.breaks.push_str(text);
                } else {
                    gap.first_break = text;
                    gap.on_new_line = true;
                }
            } else {
                return Ok(());
            }
            self.ask(1)?;
        }
    }

    /// Adds what line breaks come to: the first, and those after it that are in `breaks`.
    pub(super) fn put_folded(&mut self, first: &str) {
        match first {
            "\n" if self.breaks.is_empty() => self.store.push(' '),
            "\n" => self.store.push_str(&self.breaks),
            _ => {
                self.store.push_str(first);
                self.store.push_str(&self.breaks);
            }
        }
        self.breaks.clear();
    }

    pub(super) fn scan_plain(&mut self) -> Scan<Token> {
        let start = self.at;
        let mut end = self.at;
        let indent = self.indent + 1;
        let mut pieces = Pieces::new(start.offset);
        let mut gap = Gap::default();
        self.breaks.clear();
        loop {
            self.ask(4)?;
            if self.is_document_indicator() || self.byte() == b'#' {
                break;
            }
            let from = self.at;
            self.skip_plain_run()?;
            if self.at.offset > from.offset {
                if gap.on_new_line {
                    self.flush(&mut pieces, end.offset, from.offset);
                    self.put_folded(gap.first_break);
                    gap.on_new_line = false;
                }
                end = self.at;
            }
            if !(self.is_blank() || self.is_break()) {
                break;
            }
            self.ask(1)?;
            self.scan_gap(&mut gap, |scanner, gap| {
                let at_tab = scanner.byte() == b'\t';
                if gap.on_new_line && i64::from(scanner.at.column) < indent && at_tab {
                    return Err(
                        scanner.error("found a tab character that violates indentation", start)
                    );
                }
                Ok(())
            })?;
            if self.flow_level == 0 && i64::from(self.at.column) < indent {
                break;
            }
        }
        if gap.on_new_line {
            self.key_allowed = true;
        }
        let text = self.finish(pieces, end.offset);
        Ok(Token {
            text,
            ..Token::new(TokenKind::Plain, start, end)
        })
    }

    /// Steps over characters up to a blank, a break, the end, a `:` before one of those,
    /// and inside brackets up to an indicator of theirs.
    fn skip_plain_run(&mut self) -> Scan<()> {
        let stops = if self.flow_level > 0 {
            BLANK | BREAK | END | FLOW | MARK
        } else {
            BLANK | BREAK | END | MARK
        };
        loop {
            if self.window.is_none() {
                let run = self
                    .rest()
                    .iter()
                    .take_while(|&&byte| !chars::is(byte, stops))
                    .count();
                self.skip_bytes(run);
            }
            let byte = self.byte();
            let ends = match byte {
                b':' => self.is_gap_after(1),
                _ => self.flow_level > 0 && chars::is(byte, FLOW) || self.is_gap_after(0),
            };
            if ends {
                return Ok(());
            }
            self.skip();
            self.ask(2)?;
        }
    }
}
