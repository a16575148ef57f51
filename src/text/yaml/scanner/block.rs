//! Blocks of text, `|` and `>`.

use super::{Mark, Scan, Scanner, Text, Token, TokenKind};
use crate::text::yaml::chars::{self, BLANK, BREAK, END};

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq)]
enum Chomp {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn scan_block_scalar(&mut self, literal: bool) -> Scan<Token> {
        let start = self.at;
        self.skip();
        self.ask(1)?;
        let (chomp, increment) = self.scan_block_header(start)?;
        self.skip_while(BLANK)?;
        self.skip_comment()?;
        if !self.is_break_or_end() {
            return Err(self.error("did not find expected comment or line break", start));
        }
        if self.is_break() {
            self.ask(2)?;
            self.skip_line();
        }

        let mut indent = match increment {
            0 => 0,
            more => self.indent.max(0) + more,
        };
        let stored_from = self.store.len();
        self.breaks.clear();
        let mut end = self.scan_block_breaks(&mut indent, start)?;
        self.ask(1)?;
        let mut first_break = "";
        let mut began_blank = false;
        while i64::from(self.at.column) == indent && self.byte() != 0 {
            let begins_blank = self.is_blank();
            if !literal && first_break == "\n" && !began_blank && !begins_blank {
                if self.breaks.is_empty() {
                    self.store.push(' ');
                }
            } else {
                self.store.push_str(first_break);
            }
            self.store.push_str(&self.breaks);
            self.breaks.clear();
            began_blank = begins_blank;

            let from = self.at.offset;
            self.skip_line_content()?;
            self.store
                .push_str(self.text.get(from..self.at.offset).unwrap_or_default());
            self.ask(2)?;
            first_break = self.read_line();
            end = self.scan_block_breaks(&mut indent, start)?;
        }
        if chomp != Chomp::Strip {
            self.store.push_str(first_break);
        }
        if chomp == Chomp::Keep {
            self.store.push_str(&self.breaks);
        }
        let text = Text::stored(stored_from, self.store.len());
        Ok(Token {
            text,
            ..Token::new(TokenKind::Quoted, start, end)
        })
    }

    /// The signs after `|` or `>`: what to do with breaks at the end, and by how much the text is indented.
    fn scan_block_header(&mut self, start: Mark) -> Scan<(Chomp, i64)> {
        let mut chomp = self.scan_chomp();
        if chomp.is_some() {
            self.ask(1)?;
        }
        let mut increment = 0;
        if self.byte().is_ascii_digit() {
            if self.byte() == b'0' {
                return Err(self.error("found an indentation indicator equal to 0", start));
            }
            increment = i64::from(self.byte() - b'0');
            self.skip();
            if chomp.is_none() {
                self.ask(1)?;
                chomp = self.scan_chomp();
            }
        }
        self.ask(1)?;
        Ok((chomp.unwrap_or(Chomp::Clip), increment))
    }

    fn scan_chomp(&mut self) -> Option<Chomp> {
        let chomp = match self.byte() {
            b'+' => Chomp::Keep,
            b'-' => Chomp::Strip,
            _ => return None,
        };
        self.skip();
        Some(chomp)
    }

    /// Steps over indentation and empty lines, whose breaks are added to `breaks`; finds out `indent` if it is 0.
    fn scan_block_breaks(&mut self, indent: &mut i64, start: Mark) -> Scan<Mark> {
        let mut end = self.at;
        let mut deepest = 0;
        loop {
            self.ask(1)?;
            while (*indent == 0 || i64::from(self.at.column) < *indent) && self.byte() == b' ' {
                self.at.offset += 1;
                self.at.column += 1;
                self.ask(1)?;
            }
            deepest = deepest.max(i64::from(self.at.column));
            if (*indent == 0 || i64::from(self.at.column) < *indent) && self.byte() == b'\t' {
                return Err(self.error(
                    "found a tab character where an indentation space is expected",
                    start,
                ));
            }
            if !self.is_break() {
                break;
            }
            self.ask(2)?;
            let text = self.read_line();
            self.breaks.push_str(text);
            end = self.at;
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(end)
    }

    /// Steps over the rest of the line.
    fn skip_line_content(&mut self) -> Scan<()> {
        while !self.is_break_or_end() {
            if self.window.is_none() {
                let run = self
                    .rest()
                    .iter()
                    .take_while(|&&byte| !chars::is(byte, BREAK | END))
                    .count();
                self.skip_bytes(run);
                if self.is_break_or_end() {
                    break;
                }
            }
            self.skip();
            self.ask(1)?;
        }
        Ok(())
    }
}
