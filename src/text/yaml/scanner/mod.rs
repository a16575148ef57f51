//! Text → tokens: libyaml's scanner with Go's differences.
//!
//! Two things need care. Indentation makes tokens of its own (a block begins, a block ends). And a key is known
//! as one only when its `:` comes, so whatever may be a key is remembered with the number of its token, and the
//! `Key` token is put in before it afterwards. Go keeps those numbers in a map and looks only for the one at the
//! head of the queue; what it forgets and when (an empty `[]` forgets that it may be a key) is part of the
//! behaviour. The calls of `ask` stand where Go asks its reader for characters; see `super::source`.

mod block;
mod directive;
mod fetch;
mod plain;
mod quoted;
mod token;

use std::collections::VecDeque;

use super::chars::{self, BLANK, BREAK, END};
use super::fault::{Fault, Part, Scan};
use super::source::Window;
use crate::text::limits::{MAX_BLOCK_DEPTH, MAX_SIMPLE_KEY_CHARS};

pub(super) use token::{Mark, Text, Token, TokenKind};

/// What may turn out to be a key.
#[derive(Clone, Copy, Debug, Default)]
struct SimpleKey {
    possible: bool,
    /// Nothing else may stand here: a missing `:` is an error.
    required: bool,
    token: usize,
    mark: Mark,
}

pub(super) struct Scanner<'s> {
    text: &'s str,
    bytes: &'s [u8],
    window: Option<Window>,
    at: Mark,
    /// Texts of scalars that stand nowhere in the source as they are.
    store: String,
    tokens: VecDeque<Token>,
    /// How many tokens the parser has taken: the number of the first one in the queue.
    taken: usize,
    /// The first token in the queue can't become a key any more.
    ready: bool,
    started: bool,
    /// The column of the block that is open; -1 outside any.
    indent: i64,
    indents: Vec<i64>,
    flow_level: usize,
    /// One for each open bracket, and one for the block outside.
    keys: Vec<SimpleKey>,
    /// Token numbers of possible keys with their place in `keys`, ascending.
    key_levels: VecDeque<(usize, usize)>,
    key_allowed: bool,
    /// Line breaks of a scalar that are not yet known to belong to it.
    breaks: String,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(text: &'s str, window: Option<Window>) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            window,
            at: Mark::default(),
            store: String::new(),
            tokens: VecDeque::with_capacity(16),
            taken: 0,
            ready: false,
            started: false,
            indent: -1,
            indents: vec![],
            flow_level: 0,
            keys: vec![],
            key_levels: VecDeque::new(),
            key_allowed: false,
            breaks: String::new(),
        }
    }

    /// The text behind a range that a token holds.
    pub(super) fn str(&self, text: Text) -> &str {
        let whole: &str = if text.stored { &self.store } else { self.text };
        whole
            .get(text.start as usize..text.end as usize)
            .unwrap_or_default()
    }

    /// What was stored so far.
    pub(super) fn store(&self) -> &str {
        &self.store
    }

    /// Adds to the store.
    pub(super) fn put(&mut self, text: &str) -> Text {
        let start = self.store.len();
        self.store.push_str(text);
        Text::stored(start, self.store.len())
    }

    /// The store, for the tree to keep.
    pub(super) fn take_store(&mut self) -> String {
        std::mem::take(&mut self.store)
    }

    /// The next token, left in the queue.
    #[inline]
    pub(super) fn peek(&mut self) -> Scan<Token> {
        if !self.ready {
            self.fetch_more()?;
        }
        Ok(self.tokens.front().copied().unwrap_or(Token::new(
            TokenKind::StreamEnd,
            self.at,
            self.at,
        )))
    }

    /// Takes the token that was looked at.
    #[inline(always)]
    pub(super) fn take(&mut self) {
        self.ready = false;
        if self.tokens.pop_front().is_some() {
            self.taken += 1;
        }
    }

    /// Scans until the first token of the queue can't become a key any more.
    fn fetch_more(&mut self) -> Scan<()> {
        loop {
            if !self.tokens.is_empty() {
                let Some(level) = self.key_level_at_head() else {
                    break;
                };
                if !self.is_key_possible(level)? {
                    break;
                }
            }
            self.fetch_next()?;
        }
        self.ready = true;
        Ok(())
    }

    fn key_level_at_head(&mut self) -> Option<usize> {
        while let Some(&(token, level)) = self.key_levels.front() {
            if token >= self.taken {
                return (token == self.taken).then_some(level);
            }
            self.key_levels.pop_front();
        }
        None
    }

    /// Whether a `:` here would still make a key of what stands at this level.
    ///
    /// A key ends on its line, after at most [`MAX_SIMPLE_KEY_CHARS`].
    fn is_key_possible(&mut self, level: usize) -> Scan<bool> {
        let (line, column) = (self.at.line, self.at.column as usize);
        let Some(key) = self.keys.get_mut(level).filter(|key| key.possible) else {
            return Ok(false);
        };
        if key.mark.line < line || key.mark.column as usize + MAX_SIMPLE_KEY_CHARS < column {
            if key.required {
                let context = key.mark;
                return Err(self.error("could not find expected ':'", context));
            }
            key.possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    /// Remembers that a key may begin here.
    fn save_key(&mut self) -> Scan<()> {
        if self.key_allowed {
            let required = self.flow_level == 0 && self.indent == i64::from(self.at.column);
            let token = self.taken + self.tokens.len();
            self.forget_key()?;
            let level = self.keys.len().saturating_sub(1);
            if let Some(key) = self.keys.last_mut() {
                *key = SimpleKey {
                    possible: true,
                    required,
                    token,
                    mark: self.at,
                };
                self.key_levels.push_back((token, level));
            }
        }
        Ok(())
    }

    /// What may have been a key at this level is none.
    fn forget_key(&mut self) -> Scan<()> {
        let Some(key) = self.keys.last_mut().filter(|key| key.possible) else {
            return Ok(());
        };
        if key.required {
            let context = key.mark;
            return Err(self.error("could not find expected ':'", context));
        }
        key.possible = false;
        let token = key.token;
        self.forget_level(token);
        Ok(())
    }

    fn forget_level(&mut self, token: usize) {
        if self
            .key_levels
            .back()
            .is_some_and(|&(last, _)| last == token)
        {
            self.key_levels.pop_back();
        } else if let Ok(at) = self
            .key_levels
            .binary_search_by_key(&token, |&(number, _)| number)
        {
            self.key_levels.remove(at);
        }
    }

    fn push(&mut self, token: Token) {
        self.tokens.push_back(token);
    }

    /// Puts a token in at the place of the one with this number.
    fn insert(&mut self, number: usize, token: Token) {
        let at = number.saturating_sub(self.taken).min(self.tokens.len());
        self.tokens.insert(at, token);
    }

    /// Opens a block if `column` is deeper than the one that is open.
    fn roll_indent(
        &mut self,
        column: u32,
        number: Option<usize>,
        kind: TokenKind,
        mark: Mark,
    ) -> Scan<()> {
        let column = i64::from(column);
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_BLOCK_DEPTH {
            let context = self.keys.last().map_or(mark, |key| key.mark);
            return Err(self.error(format!("exceeded max depth of {MAX_BLOCK_DEPTH}"), context));
        }
        let token = Token::new(kind, mark, mark);
        match number {
            Some(number) => self.insert(number, token),
            None => self.push(token),
        }
        Ok(())
    }

    /// Closes every block that is deeper than `column`.
    fn unroll_indent(&mut self, column: i64) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push(Token::new(TokenKind::BlockEnd, self.at, self.at));
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    #[allow(clippy::unnecessary_box_returns)] // as every fault travels
    fn error(&self, message: impl Into<String>, context: Mark) -> Box<Fault> {
        Fault::at(Part::Scanner, message, self.at, Some(context))
    }

    /// Go asks its reader here for so many characters.
    #[inline]
    fn ask(&mut self, length: usize) -> Scan<()> {
        if let Some(window) = &mut self.window {
            window.ask(self.text, self.at.offset, length)?;
        }
        Ok(())
    }

    /// The byte here; NUL at the end.
    #[inline(always)]
    fn byte(&self) -> u8 {
        self.byte_after(0)
    }

    #[inline(always)]
    fn byte_after(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.offset + ahead).copied().unwrap_or(0)
    }

    /// The text from here on.
    #[inline(always)]
    fn rest(&self) -> &'s [u8] {
        self.bytes.get(self.at.offset..).unwrap_or_default()
    }

    /// Steps over one character, whatever it is.
    fn skip(&mut self) {
        self.at.column += 1;
        match self.bytes.get(self.at.offset) {
            Some(0x00..=0x7F) => self.at.offset += 1,
            Some(0x80..=0xDF) => self.at.offset += 2,
            Some(0xE0..=0xEF) => self.at.offset += 3,
            Some(_) => self.at.offset += 4,
            None => {
                if let Some(window) = &mut self.window {
                    window.nuls = window.nuls.saturating_sub(1);
                }
            }
        }
    }

    /// Steps over `bytes` bytes that hold no line break.
    #[inline(always)]
    fn skip_bytes(&mut self, bytes: usize) {
        let piece = self.rest().get(..bytes).unwrap_or_default();
        let count = chars::count(piece);
        self.at.column += u32::try_from(count).unwrap_or(u32::MAX);
        self.at.offset += bytes;
    }

    /// Steps over the line break here, if one stands here.
    fn skip_line(&mut self) {
        let len = chars::break_len(self.rest());
        if len > 0 {
            self.at = Mark {
                offset: self.at.offset + len,
                line: self.at.line + 1,
                column: 0,
            };
        }
    }

    /// Steps over the line break here; gives it as it counts within text.
    fn read_line(&mut self) -> &'static str {
        let as_text = match self.rest() {
            [0xE2, 0x80, 0xA8, ..] => "\u{2028}",
            [0xE2, 0x80, 0xA9, ..] => "\u{2029}",
            rest if chars::break_len(rest) > 0 => "\n",
            _ => "",
        };
        self.skip_line();
        as_text
    }

    /// A space or a tab.
    #[inline(always)]
    fn is_blank(&self) -> bool {
        chars::is(self.byte(), BLANK)
    }

    #[inline(always)]
    fn is_break(&self) -> bool {
        chars::is(self.byte(), BREAK) && chars::break_len(self.rest()) > 0
    }

    /// A line break, or the end.
    #[inline]
    fn is_break_or_end(&self) -> bool {
        self.byte() == 0 || self.is_break()
    }

    /// A blank, a line break or the end, so many bytes further on.
    #[inline(always)]
    fn is_gap_after(&self, ahead: usize) -> bool {
        let byte = self.byte_after(ahead);
        chars::is(byte, BLANK | END)
            || chars::is(byte, BREAK)
                && chars::break_len(self.rest().get(ahead..).unwrap_or_default()) > 0
    }

    /// `---` or `...` at the front of a line.
    #[inline]
    fn is_document_indicator(&self) -> bool {
        self.at.column == 0
            && matches!(self.rest(), [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..])
            && self.is_gap_after(3)
    }

    /// Steps over characters of these classes, one by one as Go does.
    fn skip_while(&mut self, classes: u8) -> Scan<()> {
        self.ask(1)?;
        while chars::is(self.byte(), classes) {
            self.skip();
            self.ask(1)?;
        }
        Ok(())
    }

    /// Steps over a comment, up to the line break.
    fn skip_comment(&mut self) -> Scan<()> {
        if self.byte() != b'#' {
            return Ok(());
        }
        while !self.is_break_or_end() {
            if self.window.is_none() {
                let run = self
                    .rest()
                    .iter()
                    .take_while(|&&byte| !chars::is(byte, BREAK | END))
                    .count();
                self.skip_bytes(run.max(1));
                // A character that begins like a break but is none.
                while self.byte() & 0xC0 == 0x80 {
                    self.at.offset += 1;
                }
                continue;
            }
            self.skip();
            self.ask(1)?;
        }
        Ok(())
    }
}
