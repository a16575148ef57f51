//! Which token comes next.

use super::{Mark, Scan, Scanner, SimpleKey, Token, TokenKind};
use crate::text::limits::MAX_FLOW_DEPTH;
use crate::text::yaml::chars::{self, INDICATOR};

impl Scanner<'_> {
    /// Scans one token, or what makes several of it, to the end of the queue.
    pub(super) fn fetch_next(&mut self) -> Scan<()> {
        self.ask(1)?;
        if !self.started {
            self.started = true;
            self.key_allowed = true;
            self.keys.push(SimpleKey::default());
            self.push(Token::new(TokenKind::StreamStart, self.at, self.at));
            return Ok(());
        }
        self.skip_to_next_token()?;
        self.unroll_indent(i64::from(self.at.column));
        self.ask(4)?;

        let byte = self.byte();
        let in_flow = self.flow_level > 0;
        let indicator = |flow: bool| flow && in_flow || self.is_gap_after(1);
        match byte {
            0 => self.fetch_stream_end(),
            b'%' if self.at.column == 0 => self.fetch_directive(),
            b'-' if self.is_document_indicator() => self.fetch_document(TokenKind::DocumentStart),
            b'.' if self.is_document_indicator() => self.fetch_document(TokenKind::DocumentEnd),
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if indicator(false) => self.fetch_block_entry(),
            b'?' if indicator(true) => self.fetch_key(),
            b':' if indicator(true) => self.fetch_value(),
            b'*' => self.fetch_anchor(TokenKind::Alias),
            b'&' => self.fetch_anchor(TokenKind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if !in_flow => self.fetch_block_scalar(true),
            b'>' if !in_flow => self.fetch_block_scalar(false),
            b'\'' => self.fetch_quoted(true),
            b'"' => self.fetch_quoted(false),
            _ if self.may_begin_plain() => self.fetch_plain(),
            _ => Err(self.error("found character that cannot start any token", self.at)),
        }
    }

    /// Plain text begins with anything but a blank or an indicator; `-`, `?` and `:` may begin it
    /// where what follows makes no indicator of them.
    fn may_begin_plain(&self) -> bool {
        match self.byte() {
            b'-' => !matches!(self.byte_after(1), b' ' | b'\t'),
            b'?' | b':' => self.flow_level == 0 && !self.is_gap_after(1),
            byte => !chars::is(byte, INDICATOR) && !self.is_gap_after(0),
        }
    }

    /// Steps over blanks, comments and line breaks.
    ///
    /// A tab is a blank only in brackets and where no key may begin.
    fn skip_to_next_token(&mut self) -> Scan<()> {
        loop {
            self.ask(1)?;
            if self.at.column == 0 && self.is_mark_in_front() {
                self.skip();
            }
            self.ask(1)?;
            loop {
                match self.byte() {
                    b' ' => {}
                    b'\t' if self.flow_level > 0 || !self.key_allowed => {}
                    _ => break,
                }
                self.at.offset += 1;
                self.at.column += 1;
                self.ask(1)?;
            }
            self.skip_comment()?;
            if !self.is_break() {
                return Ok(());
            }
            self.ask(2)?;
            self.skip_line();
            if self.flow_level == 0 {
                self.key_allowed = true;
            }
        }
    }

    /// Whether a byte order mark stands first in Go's window: it looks there, not at the place where it is.
    fn is_mark_in_front(&self) -> bool {
        self.window.as_ref().is_some_and(|window| {
            self.text
                .get(window.front..)
                .is_some_and(|text| text.starts_with('\u{feff}'))
        })
    }

    /// One token of so many ASCII characters.
    fn push_indicator(&mut self, kind: TokenKind, length: u32) {
        let start = self.at;
        let end = Mark {
            offset: start.offset + length as usize,
            column: start.column + length,
            ..start
        };
        self.at = end;
        self.push(Token::new(kind, start, end));
    }

    fn fetch_stream_end(&mut self) -> Scan<()> {
        if self.at.column != 0 {
            self.at.column = 0;
            self.at.line += 1;
        }
        self.unroll_indent(-1);
        self.forget_key()?;
        self.key_allowed = false;
        self.push(Token::new(TokenKind::StreamEnd, self.at, self.at));
        Ok(())
    }

    fn fetch_directive(&mut self) -> Scan<()> {
        self.unroll_indent(-1);
        self.forget_key()?;
        self.key_allowed = false;
        let token = self.scan_directive()?;
        self.push(token);
        Ok(())
    }

    fn fetch_document(&mut self, kind: TokenKind) -> Scan<()> {
        self.unroll_indent(-1);
        self.forget_key()?;
        self.key_allowed = false;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind) -> Scan<()> {
        self.save_key()?;
        // The number is that of the bracket's own token: closing an empty pair forgets that it may be a key.
        let token = self.taken + self.tokens.len();
        self.keys.push(SimpleKey {
            token,
            mark: self.at,
            ..SimpleKey::default()
        });
        self.flow_level += 1;
        if self.flow_level > MAX_FLOW_DEPTH {
            return Err(self.error(format!("exceeded max depth of {MAX_FLOW_DEPTH}"), self.at));
        }
        self.key_allowed = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind) -> Scan<()> {
        self.forget_key()?;
        if self.flow_level > 0 {
            self.flow_level -= 1;
            if let Some(key) = self.keys.pop() {
                self.forget_level(key.token);
            }
        }
        self.key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Scan<()> {
        self.forget_key()?;
        self.key_allowed = true;
        self.push_indicator(TokenKind::FlowEntry, 1);
        Ok(())
    }

    /// `-`: inside brackets the parser refuses it, as it can name the context.
    fn fetch_block_entry(&mut self) -> Scan<()> {
        if self.flow_level == 0 {
            if !self.key_allowed {
                return Err(self.error(
                    "block sequence entries are not allowed in this context",
                    self.at,
                ));
            }
            self.roll_indent(self.at.column, None, TokenKind::BlockSequenceStart, self.at)?;
        }
        self.forget_key()?;
        self.key_allowed = true;
        self.push_indicator(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Scan<()> {
        if self.flow_level == 0 {
            if !self.key_allowed {
                return Err(self.error("mapping keys are not allowed in this context", self.at));
            }
            self.roll_indent(self.at.column, None, TokenKind::BlockMappingStart, self.at)?;
        }
        self.forget_key()?;
        self.key_allowed = self.flow_level == 0;
        self.push_indicator(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Scan<()> {
        let level = self.keys.len().saturating_sub(1);
        if self.is_key_possible(level)? {
            let key = self.keys.last().copied().unwrap_or_default();
            self.insert(key.token, Token::new(TokenKind::Key, key.mark, key.mark));
            self.roll_indent(
                key.mark.column,
                Some(key.token),
                TokenKind::BlockMappingStart,
                key.mark,
            )?;
            if let Some(key) = self.keys.last_mut() {
                key.possible = false;
            }
            self.forget_level(key.token);
            self.key_allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.key_allowed {
                    return Err(
                        self.error("mapping values are not allowed in this context", self.at)
                    );
                }
                self.roll_indent(self.at.column, None, TokenKind::BlockMappingStart, self.at)?;
            }
            self.key_allowed = self.flow_level == 0;
        }
        self.push_indicator(TokenKind::Value, 1);
        Ok(())
    }

    fn fetch_anchor(&mut self, kind: TokenKind) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let token = self.scan_anchor(kind)?;
        self.push(token);
        Ok(())
    }

    fn fetch_tag(&mut self) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let token = self.scan_tag()?;
        self.push(token);
        Ok(())
    }

    fn fetch_block_scalar(&mut self, literal: bool) -> Scan<()> {
        self.forget_key()?;
        self.key_allowed = true;
        let token = self.scan_block_scalar(literal)?;
        self.push(token);
        Ok(())
    }

    fn fetch_quoted(&mut self, single: bool) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let token = self.scan_quoted(single)?;
        self.push(token);
        Ok(())
    }

    fn fetch_plain(&mut self) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let token = self.scan_plain()?;
        self.push(token);
        Ok(())
    }
}
