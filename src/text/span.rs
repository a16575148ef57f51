//! Places in a text.

use serde::{Deserialize, Serialize};

/// A range of bytes in one text, `start..end`.
///
/// Texts are limited in length (see `docs/limits.md`), so 32 bits are enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`; offsets past 32 bits are clamped.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// An empty range at `at`.
    pub fn at(at: usize) -> Self {
        Self::new(at, at)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The bytes of `text` in this range; empty when the range lies outside.
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    /// The same range in a text in which this one's text begins at `offset`.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }
}

/// A place as people and editors name it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column, counted from 1, in UTF-16 code units (as editors, LSP and SARIF count).
    pub column: u32,
}

/// Where each line of a text begins. Lines end with `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

/// This byte eight times.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of every byte that is `byte`, and nothing else.
fn where_is(byte: u8, word: u64) -> u64 {
    const LOW: u64 = eight(0x7F);
    let unlike = word ^ eight(byte);
    // No byte carries into the next: the sum of two numbers below 128 is below 256.
    !(((unlike & LOW) + LOW) | unlike | LOW)
}

impl LineIndex {
    /// Indexes `text` in one pass.
    pub fn new(text: &[u8]) -> Self {
        let mut starts = vec![0];
        let mut push = |at: usize, byte: Option<&u8>| {
            if byte == Some(&b'\n') || text.get(at + 1) != Some(&b'\n') {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        };
        // Eight bytes at a time: every text is searched whole, and most bytes end no line.
        let (words, rest) = text.as_chunks();
        for (word, at) in words.iter().zip((0..).step_by(8)) {
            let word = u64::from_le_bytes(*word);
            let mut ends = where_is(b'\n', word) | where_is(b'\r', word);
            while ends != 0 {
                let at = at + ends.trailing_zeros() as usize / 8;
                push(at, text.get(at));
                ends &= ends - 1;
            }
        }
        for (byte, at) in rest.iter().zip(text.len() - rest.len()..) {
            if matches!(byte, b'\n' | b'\r') {
                push(at, Some(byte));
            }
        }
        Self { starts }
    }

    /// How many lines there are; a text that ends with a line end has an empty last line.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line (counted from 0) that holds the byte at `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    /// The byte range of a line (counted from 0), without its line end.
    pub fn line_span(&self, line: usize, text: &[u8]) -> Span {
        let Some(&start) = self.starts.get(line) else {
            return Span::at(text.len());
        };
        let end = self
            .starts
            .get(line + 1)
            .map_or(text.len(), |&next| next as usize);
        let whole = Span::new(start as usize, end);
        let cut = whole
            .of(text)
            .iter()
            .rev()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count();
        Span::new(start as usize, end - cut)
    }

    /// Line and column of the byte at `offset`. Broken UTF-8 counts one column a replacement character.
    pub fn position(&self, offset: u32, text: &[u8]) -> Position {
        let line = self.line_of(offset);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = Span {
            start,
            end: offset.min(u32::try_from(text.len()).unwrap_or(u32::MAX)),
        }
        .of(text);
        let columns = if before.is_ascii() {
            before.len()
        } else {
            String::from_utf8_lossy(before).encode_utf16().count()
        };
        let one_based = |n: usize| u32::try_from(n).unwrap_or(u32::MAX - 1) + 1;
        Position {
            line: one_based(line),
            column: one_based(columns),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_utf16_code_units() {
        let text = "a: é😀b\r\nx\ry\n".as_bytes();
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 4);
        let of = |needle: &str| {
            let at = std::str::from_utf8(text).unwrap().find(needle).unwrap();
            index.position(Span::at(at).start, text)
        };
        assert_eq!(of("b"), Position { line: 1, column: 7 });
        assert_eq!(of("x"), Position { line: 2, column: 1 });
        assert_eq!(of("y"), Position { line: 3, column: 1 });
        assert_eq!(index.line_span(0, text).of(text), "a: é😀b".as_bytes());
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        let index = LineIndex::new(b"ab");
        assert_eq!(index.position(9, b"ab"), Position { line: 1, column: 3 });
    }
}
