//! `%YAML`, `%TAG`, tags, anchors and aliases.

use super::{Mark, Scan, Scanner, Text, Token, TokenKind};
use crate::text::yaml::chars::{self, BLANK, URI, WORD};

impl Scanner<'_> {
    pub(super) fn scan_directive(&mut self) -> Scan<Token> {
        let start = self.at;
        self.skip();
        let from = self.at.offset;
        self.skip_while(WORD)?;
        let name = self.text.get(from..self.at.offset).unwrap_or_default();
        if name.is_empty() {
            return Err(self.error("could not find expected directive name", start));
        }
        if !self.is_gap_after(0) {
            return Err(self.error("found unexpected non-alphabetical character", start));
        }
        let mut token = match name {
            "YAML" => self.scan_version(start)?,
            "TAG" => self.scan_tag_directive(start)?,
            _ => return Err(self.error("found unknown directive name", start)),
        };
        token.end = self.at;
        self.skip_while(BLANK)?;
        self.skip_comment()?;
        if !self.is_break_or_end() {
            return Err(self.error("did not find expected comment or line break", start));
        }
        if self.is_break() {
            self.ask(2)?;
            self.skip_line();
        }
        Ok(token)
    }

    /// The version, whose two numbers become the token's `text`.
    fn scan_version(&mut self, start: Mark) -> Scan<Token> {
        self.skip_while(BLANK)?;
        let major = self.scan_version_number(start)?;
        if self.byte() != b'.' {
            return Err(self.error("did not find expected digit or '.' character", start));
        }
        self.skip();
        let minor = self.scan_version_number(start)?;
        let text = Text {
            start: major,
            end: minor,
            stored: false,
        };
        Ok(Token {
            text,
            ..Token::new(TokenKind::Version, start, start)
        })
    }

    fn scan_version_number(&mut self, start: Mark) -> Scan<u32> {
        self.ask(1)?;
        let (mut value, mut length) = (0, 0);
        while self.byte().is_ascii_digit() {
            length += 1;
            if length > 2 {
                return Err(self.error("found extremely long version number", start));
            }
            value = value * 10 + u32::from(self.byte() - b'0');
            self.skip();
            self.ask(1)?;
        }
        if length == 0 {
            return Err(self.error("did not find expected version number", start));
        }
        Ok(value)
    }

    fn scan_tag_directive(&mut self, start: Mark) -> Scan<Token> {
        self.skip_while(BLANK)?;
        let handle = self.scan_tag_handle(true, start)?;
        self.ask(1)?;
        if !self.is_blank() {
            return Err(self.error("did not find expected whitespace", start));
        }
        self.skip_while(BLANK)?;
        let prefix = self.scan_tag_uri(None, start)?;
        self.ask(1)?;
        if !self.is_gap_after(0) {
            return Err(self.error("did not find expected whitespace or line break", start));
        }
        Ok(Token {
            text: handle,
            more: prefix,
            ..Token::new(TokenKind::TagDirective, start, start)
        })
    }

    pub(super) fn scan_anchor(&mut self, kind: TokenKind) -> Scan<Token> {
        let start = self.at;
        self.skip();
        let from = self.at.offset;
        self.skip_while(WORD)?;
        let ends = self.is_gap_after(0)
            || matches!(
                self.byte(),
                b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
            );
        if from == self.at.offset || !ends {
            return Err(self.error(
                "did not find expected alphabetic or numeric character",
                start,
            ));
        }
        let text = Text::verbatim(from, self.at.offset);
        Ok(Token {
            text,
            ..Token::new(kind, start, self.at)
        })
    }

    pub(super) fn scan_tag(&mut self) -> Scan<Token> {
        let start = self.at;
        self.ask(2)?;
        let (handle, suffix);
        if self.byte_after(1) == b'<' {
            self.skip();
            self.skip();
            handle = Text::default();
            suffix = self.scan_tag_uri(None, start)?;
            if self.byte() != b'>' {
                return Err(self.error("did not find the expected '>'", start));
            }
            self.skip();
        } else {
            let head = self.scan_tag_handle(false, start)?;
            let named = self.str(head).len() > 1 && self.str(head).ends_with('!');
            if named {
                handle = head;
                suffix = self.scan_tag_uri(None, start)?;
            } else {
                // No handle after all: the rest of the tag, and the handle is `!`; a lone `!` is a whole tag.
                let rest = self.scan_tag_uri(Some(head), start)?;
                let mark = Text {
                    end: head.start + 1,
                    ..head
                };
                (handle, suffix) = if rest.is_empty() {
                    (Text::default(), mark)
                } else {
                    (mark, rest)
                };
            }
        }
        self.ask(1)?;
        if !self.is_gap_after(0) {
            return Err(self.error("did not find expected whitespace or line break", start));
        }
        Ok(Token {
            text: handle,
            more: suffix,
            ..Token::new(TokenKind::Tag, start, self.at)
        })
    }

    /// `!`, `!word!`; in a tag also `!word`.
    fn scan_tag_handle(&mut self, directive: bool, start: Mark) -> Scan<Text> {
        self.ask(1)?;
        if self.byte() != b'!' {
            return Err(self.error("did not find expected '!'", start));
        }
        let from = self.at.offset;
        self.skip();
        self.skip_while(WORD)?;
        if self.byte() == b'!' {
            self.skip();
        } else if directive && self.at.offset != from + 1 {
            return Err(self.error("did not find expected '!'", start));
        }
        Ok(Text::verbatim(from, self.at.offset))
    }

    /// What may stand in a tag; `head` is a part read before, whose `!` does not count.
    fn scan_tag_uri(&mut self, head: Option<Text>, start: Mark) -> Scan<Text> {
        let from = head.map_or(self.at.offset, |head| head.start as usize + 1);
        let mut escaped: Option<Vec<u8>> = None;
        let mut run = from;
        self.ask(1)?;
        while chars::is(self.byte(), URI) {
            if self.byte() == b'%' {
                let made = escaped.get_or_insert_default();
                made.extend_from_slice(self.bytes.get(run..self.at.offset).unwrap_or_default());
                self.scan_uri_escape(&mut escaped, start)?;
                run = self.at.offset;
            } else {
                self.skip();
            }
            self.ask(1)?;
        }
        if head.is_none() && self.at.offset == from {
            return Err(self.error("did not find expected tag URI", start));
        }
        let Some(mut made) = escaped else {
            return Ok(Text::verbatim(from, self.at.offset));
        };
        made.extend_from_slice(self.bytes.get(run..self.at.offset).unwrap_or_default());
        Ok(self.put(&String::from_utf8_lossy(&made)))
    }

    /// The `%XX` of one character.
    fn scan_uri_escape(&mut self, made: &mut Option<Vec<u8>>, start: Mark) -> Scan<()> {
        let mut width = 0;
        let mut read = 0;
        while read == 0 || read < width {
            self.ask(3)?;
            let digit = |ahead| char::from(self.byte_after(ahead)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.byte(), digit(1), digit(2)) else {
                return Err(self.error("did not find URI escaped octet", start));
            };
            let octet = u8::try_from(high * 16 + low).unwrap_or(0);
            if read == 0 {
                width = match octet {
                    0x00..=0x7F => 1,
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF7 => 4,
                    _ => return Err(self.error("found an incorrect leading UTF-8 octet", start)),
                };
            } else if octet & 0xC0 != 0x80 {
                return Err(self.error("found an incorrect trailing UTF-8 octet", start));
            }
            made.get_or_insert_default().push(octet);
            self.skip();
            self.skip();
            self.skip();
            read += 1;
        }
        Ok(())
    }
}
