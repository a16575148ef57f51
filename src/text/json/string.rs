//! JSON strings.

use super::{Piece, Reader, Span, TextError};
use crate::text::go_text;

impl Reader<'_, '_> {
    /// Reads a string; it is a piece of the source where it holds no escape.
    pub(super) fn string(&mut self) -> Result<(Piece, Span), TextError> {
        let start = self.at;
        self.at += 1;
        let mut run = self.at;
        let mut is_made = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += rest
                .iter()
                .take_while(|&&byte| byte >= b' ' && byte != b'"' && byte != b'\\')
                .count();
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    if !is_made {
                        self.scratch.clear();
                        is_made = true;
                    }
                    self.keep(run);
                    self.escape()?;
                    run = self.at;
                }
                Some(_) => {
                    let mut error =
                        self.refused("in string literal", "text without line ends and tabs");
                    "Close the quote before the end of the line; write \\n or \\t for a line end or a tab."
                        .clone_into(&mut error.help);
                    return Err(error);
                }
                None => {
                    return Err(super::end_error(Span::new(start, start + 1)).explained(
                        "a quote that is never closed",
                        "a closing quote",
                        "Close the quote.",
                    ));
                }
            }
        }
        let content = Span::new(run, self.at);
        let piece = if is_made {
            self.keep(run);
            let made = std::mem::take(&mut self.scratch);
            let piece = self.tree.own_piece(&made);
            self.scratch = made;
            piece
        } else if self.verbatim {
            self.tree.source_piece(content)
        } else {
            let made = go_text(content.of(self.bytes));
            self.tree.own_piece(&made)
        };
        self.at += 1;
        Ok((piece, Span::new(start, self.at)))
    }

    /// Adds what stands from `run` up to here as it is.
    fn keep(&mut self, run: usize) {
        let kept = self.bytes.get(run..self.at).unwrap_or_default();
        match std::str::from_utf8(kept) {
            Ok(kept) => self.scratch.push_str(kept),
            Err(_) => self.scratch.push_str(&go_text(kept)),
        }
    }

    /// Reads one escape, or two that make one character.
    fn escape(&mut self) -> Result<(), TextError> {
        self.at += 1;
        let character = match self.byte() {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'u') => {
                self.at += 1;
                let unit = self.unit()?;
                let character = self.character(unit)?;
                self.scratch.push(character);
                return Ok(());
            }
            _ => {
                return Err(
                    self.refused("in string escape code", "an escape such as \\n or \\u00e9")
                );
            }
        };
        self.at += 1;
        self.scratch.push(character);
        Ok(())
    }

    /// The four digits of a `\u`.
    fn unit(&mut self) -> Result<u32, TextError> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.refused(
                    "in \\u hexadecimal character escape",
                    "four hexadecimal digits",
                ));
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// The character of a unit and, if it is the first half of one, of the unit after it; half ones are replaced.
    fn character(&mut self, unit: u32) -> Result<char, TextError> {
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        let follows = self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(b"\\u"));
        if follows && unit < 0xDC00 {
            let before = self.at;
            self.at += 2;
            let low = self.unit()?;
            if (0xDC00..0xE000).contains(&low) {
                let value = 0x1_0000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
                return Ok(char::from_u32(value).unwrap_or('\u{fffd}'));
            }
            self.at = before;
        }
        Ok('\u{fffd}')
    }
}
