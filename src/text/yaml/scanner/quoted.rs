//! Text in quotes.

use super::plain::{Gap, Pieces};
use super::{Mark, Scan, Scanner, Token, TokenKind};
use crate::text::yaml::chars::{self, BLANK, BREAK, END, MARK};

impl Scanner<'_> {
    pub(super) fn scan_quoted(&mut self, single: bool) -> Scan<Token> {
        let start = self.at;
        self.skip();
        let quote = if single { b'\'' } else { b'"' };
        let mut pieces = Pieces::new(self.at.offset);
        loop {
            self.ask(4)?;
            if self.is_document_indicator() {
                return Err(self.error("found unexpected document indicator", start));
            }
            if self.byte() == 0 {
                return Err(self.error("found unexpected end of stream", start));
            }
            // A break behind `\` is gone; the blanks after it too.
            let escaped_break = self.scan_quoted_run(single, &mut pieces, start)?;
            self.ask(1)?;
            if self.byte() == quote {
                break;
            }
            let end = self.at.offset;
            let mut gap = Gap {
                on_new_line: escaped_break,
                ..Gap::default()
            };
            self.breaks.clear();
            self.scan_gap(&mut gap, |_, _| Ok(()))?;
            if gap.on_new_line {
                if escaped_break {
                    // The run was put into the store with the escape.
                    pieces.run_on(self.at.offset);
                } else {
                    self.flush(&mut pieces, end, self.at.offset);
                }
                self.put_folded(gap.first_break);
            }
        }
        let text = self.finish(pieces, self.at.offset);
        self.skip();
        Ok(Token {
            text,
            ..Token::new(TokenKind::Quoted, start, self.at)
        })
    }

    /// Reads up to a blank, a break, the end or the closing quote; whether it ended with an escaped break.
    fn scan_quoted_run(&mut self, single: bool, pieces: &mut Pieces, start: Mark) -> Scan<bool> {
        loop {
            if self.window.is_none() {
                let run = self
                    .rest()
                    .iter()
                    .take_while(|&&byte| !chars::is(byte, BLANK | BREAK | END | MARK))
                    .count();
                self.skip_bytes(run);
            }
            match self.byte() {
                b'\'' if single => {
                    if self.byte_after(1) != b'\'' {
                        return Ok(false);
                    }
                    // The first of the two quotes is the text.
                    self.skip();
                    self.flush(pieces, self.at.offset, self.at.offset + 1);
                    self.skip();
                }
                b'"' if !single => return Ok(false),
                b'\\' if !single => {
                    if chars::break_len(self.rest().get(1..).unwrap_or_default()) > 0 {
                        self.ask(3)?;
                        let end = self.at.offset;
                        self.skip();
                        self.skip_line();
                        self.flush(pieces, end, self.at.offset);
                        return Ok(true);
                    }
                    self.scan_escape(pieces, start)?;
                }
                _ if self.is_gap_after(0) => return Ok(false),
                _ => self.skip(),
            }
            self.ask(2)?;
        }
    }

    fn scan_escape(&mut self, pieces: &mut Pieces, start: Mark) -> Scan<()> {
        let end = self.at.offset;
        let (text, digits) = match self.byte_after(1) {
            b'0' => ("\0", 0),
            b'a' => ("\x07", 0),
            b'b' => ("\x08", 0),
            b't' | b'\t' => ("\t", 0),
            b'n' => ("\n", 0),
            b'v' => ("\x0B", 0),
            b'f' => ("\x0C", 0),
            b'r' => ("\r", 0),
            b'e' => ("\x1B", 0),
            b' ' => (" ", 0),
            b'"' => ("\"", 0),
            b'\'' => ("'", 0),
            b'\\' => ("\\", 0),
            b'N' => ("\u{85}", 0),
            b'_' => ("\u{a0}", 0),
            b'L' => ("\u{2028}", 0),
            b'P' => ("\u{2029}", 0),
            b'x' => ("", 2),
            b'u' => ("", 4),
            b'U' => ("", 8),
            _ => return Err(self.error("found unknown escape character", start)),
        };
        self.skip();
        self.skip();
        if digits == 0 {
            self.flush(pieces, end, self.at.offset);
            self.store.push_str(text);
            return Ok(());
        }
        self.ask(digits)?;
        let mut value: u32 = 0;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.byte_after(ahead)).to_digit(16) else {
                return Err(self.error("did not find expected hexdecimal number", start));
            };
            value = (value << 4) | digit;
        }
        let Some(character) = char::from_u32(value) else {
            return Err(self.error("found invalid Unicode character escape code", start));
        };
        for _ in 0..digits {
            self.skip();
        }
        self.flush(pieces, end, self.at.offset);
        self.store.push(character);
        Ok(())
    }
}
