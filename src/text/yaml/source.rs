//! From bytes to the text that the scanner reads, with Go's encodings, refused characters and windows.
//!
//! Go reads raw blocks of 512 bytes, and decodes a whole block when the scanner asks for characters that it does
//! not have yet. So a bad byte is an error only if its block was asked for before the first document ended, and
//! a byte order mark inside a text means something only where it comes to stand first in the window. Texts
//! without such bytes need no window; for the others it is kept exactly as Go keeps it.

use std::borrow::Cow;

use super::chars;
use crate::text::Span;

/// The size of Go's raw blocks.
const BLOCK: usize = 512;

/// A text to scan and the way back to the bytes that were handed in.
pub(super) struct Source<'s> {
    pub(super) text: Cow<'s, str>,
    pub(super) window: Option<Window>,
    places: Places,
}

/// How far Go would have decoded the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    /// Where each block ends, in the decoded text; taken from the front.
    pub(super) ends: std::collections::VecDeque<usize>,
    /// What the block after the last one in `ends` holds that can't be decoded.
    pub(super) error: Option<BadByte>,
    /// Decoded up to here.
    pub(super) decoded: usize,
    /// NULs that stand after the end.
    pub(super) nuls: usize,
    /// The front of the window.
    pub(super) front: usize,
}

/// A byte or character that the reader refuses.
#[derive(Clone, Debug)]
pub(super) struct BadByte {
    pub(super) message: &'static str,
    /// Where it stands, in the bytes handed in.
    pub(super) span: Span,
    pub(super) found: String,
}

/// Offsets in the scanned text → offsets in the bytes handed in.
enum Places {
    /// The same but for a constant, and not beyond an end.
    Shift { by: usize, end: usize },
    /// From each first offset on, the second: ascending.
    Steps {
        steps: Vec<(usize, usize)>,
        end: usize,
    },
}

/// What became of the bytes before scanning: which offset of the made text stands for which of the given.
pub(super) struct Lines<'s> {
    bytes: Cow<'s, [u8]>,
    steps: Vec<(usize, usize)>,
    base: usize,
    end: usize,
}

impl<'s> Lines<'s> {
    /// Bytes as they are, which begin at `base` in what was handed in.
    pub(super) fn verbatim(bytes: &'s [u8], base: usize) -> Self {
        Self {
            bytes: Cow::Borrowed(bytes),
            steps: vec![(0, base)],
            base,
            end: base + bytes.len(),
        }
    }

    /// Bytes as the line reader hands them on: `\r\n` made `\n`, and a line end after the last line (R-1504).
    ///
    /// Copies only where the YAML reader could see the difference.
    pub(super) fn normalized(bytes: &'s [u8], base: usize) -> Self {
        let ended = bytes.last() == Some(&b'\n');
        // `\r\r\n` loses one of its two line ends; any other text reads the same with and without `\r`.
        let loses_lines =
            bytes.contains(&b'\r') && bytes.windows(3).any(|three| three == b"\r\r\n");
        if ended && !loses_lines && is_clean(bytes) {
            return Self::verbatim(bytes, base);
        }
        let mut made = Vec::with_capacity(bytes.len() + 1);
        let mut steps = vec![(0, base)];
        let mut at = 0;
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            match line {
                [body @ .., b'\r', b'\n'] => {
                    made.extend_from_slice(body);
                    steps.push((made.len(), base + at + body.len() + 1));
                    made.push(b'\n');
                }
                [.., b'\n'] => made.extend_from_slice(line),
                _ => {
                    made.extend_from_slice(line);
                    made.push(b'\n');
                }
            }
            at += line.len();
        }
        Self {
            bytes: Cow::Owned(made),
            steps,
            base,
            end: base + bytes.len(),
        }
    }

    /// Decodes them: the text to scan.
    pub(super) fn decode(self) -> Source<'s> {
        let Self {
            bytes,
            steps,
            base,
            end,
        } = self;
        if is_clean(&bytes) {
            let skipped = if bytes.starts_with(b"\xEF\xBB\xBF") {
                3
            } else {
                0
            };
            let text = match bytes {
                Cow::Borrowed(bytes) => {
                    let text = std::str::from_utf8(bytes.get(skipped..).unwrap_or_default());
                    Cow::Borrowed(text.unwrap_or_default())
                }
                Cow::Owned(mut bytes) => {
                    bytes.drain(..skipped);
                    Cow::Owned(String::from_utf8(bytes).unwrap_or_default())
                }
            };
            let places = if steps.len() == 1 {
                Places::Shift {
                    by: base + skipped,
                    end,
                }
            } else {
                let moved = |&(made, given): &(usize, usize)| match made.checked_sub(skipped) {
                    Some(made) => (made, given),
                    None => (0, given + skipped - made),
                };
                Places::Steps {
                    steps: steps.iter().map(moved).collect(),
                    end,
                }
            };
            return Source {
                text,
                window: None,
                places,
            };
        }
        windowed(&bytes, &Places::Steps { steps, end })
    }
}

impl Source<'_> {
    /// The range in the bytes handed in for a range of the scanned text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.places.map(start), self.places.map(end))
    }

    /// Where the lines begin, in the bytes handed in.
    pub(super) fn line_starts(&self) -> Vec<usize> {
        let bytes = self.text.as_bytes();
        let mut starts = vec![0];
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let len = chars::break_len(rest);
            at += len.max(1);
            if len > 0 {
                starts.push(self.places.map(at));
            }
        }
        starts
    }

    /// The constant that leads from scanned offsets to those handed in, if it is one all along.
    pub(super) fn shift(&self) -> Option<(usize, usize)> {
        match self.places {
            Places::Shift { by, end } => Some((by, end)),
            Places::Steps { .. } => None,
        }
    }
}

impl Places {
    fn map(&self, at: usize) -> usize {
        match self {
            Self::Shift { by, end } => (at + by).min(*end),
            Self::Steps { steps, end } => {
                let step = steps
                    .partition_point(|&(made, _)| made <= at)
                    .saturating_sub(1);
                let (made, given) = steps.get(step).copied().unwrap_or((0, 0));
                (given + at.saturating_sub(made)).min(*end)
            }
        }
    }
}

/// Whether no byte of the text can make the window matter: UTF-8, only allowed characters, no mark but a first one.
fn is_clean(bytes: &[u8]) -> bool {
    let mut blocks = bytes.chunks_exact(64);
    let mut plain = true;
    for block in &mut blocks {
        plain &= block.iter().fold(true, |fine, &byte| fine & is_plain(byte));
        if !plain {
            return is_clean_slowly(bytes);
        }
    }
    if blocks.remainder().iter().all(|&byte| is_plain(byte)) {
        true
    } else {
        is_clean_slowly(bytes)
    }
}

// Without branches, so that it is done for many bytes at once.
#[allow(clippy::needless_bitwise_bool, clippy::manual_range_contains)]
#[inline]
fn is_plain(byte: u8) -> bool {
    (byte >= b' ') & (byte < 0x7F) | (byte == b'\n') | (byte == b'\r') | (byte == b'\t')
}

fn is_clean_slowly(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = text.as_bytes();
    // Runs of plain bytes are skipped without decoding.
    loop {
        let run = rest.iter().take_while(|&&byte| is_plain(byte)).count();
        rest = rest.get(run..).unwrap_or_default();
        let bad = match rest {
            [] => return true,
            [first, ..] if *first < 0x80 => true,
            [0xC2, second, ..] => *second < 0xA0 && *second != 0x85,
            [0xEF, 0xBB, 0xBF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => true,
            _ => false,
        };
        if bad {
            return false;
        }
        rest = rest.get(1..).unwrap_or_default();
        let tail = rest.iter().take_while(|&&byte| byte & 0xC0 == 0x80).count();
        rest = rest.get(tail..).unwrap_or_default();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
}

/// Decodes block by block up to the first one that can't be.
fn windowed<'s>(bytes: &[u8], given: &Places) -> Source<'s> {
    let (encoding, mark) = match bytes {
        [0xFF, 0xFE, ..] => (Encoding::Utf16Little, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Big, 2),
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        _ => (Encoding::Utf8, 0),
    };
    let mut text = String::new();
    let mut window = Window::default();
    let mut steps = vec![];
    let mut at: usize = mark;
    let mut block_start: usize = 0;
    'blocks: loop {
        let block_end = (block_start + BLOCK).min(bytes.len());
        let last = at >= bytes.len() || block_start >= bytes.len();
        if last {
            break;
        }
        let kept = (text.len(), steps.len());
        let before = at;
        while at < block_end {
            let front = bytes.get(at..block_end).unwrap_or_default();
            match decode_char(front, encoding) {
                Ok((character, width)) => {
                    push_step(&mut steps, text.len(), given.map(at));
                    text.push(character);
                    at += width;
                }
                Err(Refused::Cut(_)) if block_end < bytes.len() || before < at => break,
                Err(Refused::Cut(message)) => {
                    window.error = Some(bad_byte(message, given, at, bytes));
                    text.truncate(kept.0);
                    break 'blocks;
                }
                Err(Refused::Bad(message)) => {
                    window.error = Some(bad_byte(message, given, at, bytes));
                    text.truncate(kept.0);
                    steps.truncate(kept.1);
                    break 'blocks;
                }
            }
        }
        window.ends.push_back(text.len());
        block_start = at;
    }
    push_step(&mut steps, text.len(), given.map(at.min(bytes.len())));
    let end = given.map(bytes.len());
    Source {
        text: Cow::Owned(text),
        window: Some(window),
        places: Places::Steps { steps, end },
    }
}

/// Notes where `made` comes from, unless that follows from the step before.
fn push_step(steps: &mut Vec<(usize, usize)>, made: usize, given: usize) {
    if steps
        .last()
        .is_none_or(|last| last.1 + (made - last.0) != given)
    {
        steps.push((made, given));
    }
}

fn bad_byte(message: &'static str, given: &Places, at: usize, bytes: &[u8]) -> BadByte {
    let found = match bytes.get(at..) {
        Some([first, ..]) if message.starts_with("control") => {
            match std::str::from_utf8(bytes.get(at..(at + 4).min(bytes.len())).unwrap_or_default())
                .ok()
                .and_then(|text| text.chars().next())
            {
                Some(character) => format!("the character U+{:04X}", u32::from(character)),
                None => format!("the byte 0x{first:02X}"),
            }
        }
        Some([first, ..]) => format!("the byte 0x{first:02X}"),
        _ => "the end of the text in the middle of a character".into(),
    };
    BadByte {
        message,
        span: Span::new(given.map(at), given.map(at + 1)),
        found,
    }
}

enum Refused {
    /// The block ends within the character.
    Cut(&'static str),
    Bad(&'static str),
}

fn decode_char(front: &[u8], encoding: Encoding) -> Result<(char, usize), Refused> {
    let (value, width) = match encoding {
        Encoding::Utf8 => utf8_value(front)?,
        Encoding::Utf16Little => utf16_value(front, u16::from_le_bytes)?,
        Encoding::Utf16Big => utf16_value(front, u16::from_be_bytes)?,
    };
    let bad = Refused::Bad;
    let character = char::from_u32(value).ok_or_else(|| bad("invalid Unicode character"))?;
    let allowed = matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
    if allowed {
        Ok((character, width))
    } else {
        Err(bad("control characters are not allowed"))
    }
}

fn utf8_value(front: &[u8]) -> Result<(u32, usize), Refused> {
    let bad = |message| Err(Refused::Bad(message));
    let first = front.first().copied().unwrap_or(0);
    let (width, bits) = match first {
        0x00..=0x7F => (1, first),
        0xC0..=0xDF => (2, first & 0x1F),
        0xE0..=0xEF => (3, first & 0x0F),
        0xF0..=0xF7 => (4, first & 0x07),
        _ => return bad("invalid leading UTF-8 octet"),
    };
    let Some(tail) = front.get(1..width) else {
        return Err(Refused::Cut("incomplete UTF-8 octet sequence"));
    };
    let mut value = u32::from(bits);
    for &byte in tail {
        if byte & 0xC0 != 0x80 {
            return bad("invalid trailing UTF-8 octet");
        }
        value = (value << 6) | u32::from(byte & 0x3F);
    }
    let least = match width {
        1 => 0,
        2 => 0x80,
        3 => 0x800,
        _ => 0x1_0000,
    };
    if value < least {
        return bad("invalid length of a UTF-8 sequence");
    }
    Ok((value, width))
}

fn utf16_value(front: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(u32, usize), Refused> {
    let bad = |message| Err(Refused::Bad(message));
    let [a, b, rest @ ..] = front else {
        return Err(Refused::Cut("incomplete UTF-16 character"));
    };
    let value = u32::from(unit([*a, *b]));
    match value & 0xFC00 {
        0xDC00 => bad("unexpected low surrogate area"),
        0xD800 => {
            let [c, d, ..] = rest else {
                return Err(Refused::Cut("incomplete UTF-16 surrogate pair"));
            };
            let low = u32::from(unit([*c, *d]));
            if low & 0xFC00 != 0xDC00 {
                return bad("expected low surrogate area");
            }
            Ok((0x1_0000 + ((value & 0x3FF) << 10) + (low & 0x3FF), 4))
        }
        _ => Ok((value, 2)),
    }
}

impl Window {
    /// Has at least `length` characters decoded from `at` on, as Go's reader would.
    pub(super) fn ask(&mut self, text: &str, at: usize, length: usize) -> Result<(), BadByte> {
        if self.unread(text, at, length) >= length {
            return Ok(());
        }
        self.front = at;
        while self.unread(text, at, length) < length {
            if let Some(end) = self.ends.pop_front() {
                self.decoded = end;
            } else if let Some(error) = &self.error {
                return Err(error.clone());
            } else {
                self.nuls += 1;
                break;
            }
        }
        Ok(())
    }

    /// Characters decoded from `at` on, counted up to `enough`.
    fn unread(&self, text: &str, at: usize, enough: usize) -> usize {
        let decoded = text.get(at..self.decoded).unwrap_or_default();
        let near = decoded
            .as_bytes()
            .get(..enough * 4)
            .unwrap_or(decoded.as_bytes());
        chars::count(near) + self.nuls
    }
}
