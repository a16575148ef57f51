//! What each byte may mean to the scanner.

/// Space or tab.
pub(super) const BLANK: u8 = 1;
/// A byte that is a line break, or may begin one (`C2`, `E2`).
pub(super) const BREAK: u8 = 2;
/// `, ? [ ] { }`: ends plain text inside brackets.
pub(super) const FLOW: u8 = 4;
/// Letters, digits, `_`, `-`.
pub(super) const WORD: u8 = 8;
/// What a tag may hold.
pub(super) const URI: u8 = 16;
/// May not begin plain text.
pub(super) const INDICATOR: u8 = 32;
/// NUL: beyond the end.
pub(super) const END: u8 = 64;
/// `:`, `"`, `'`, `\`: looked at one by one within text.
pub(super) const MARK: u8 = 128;

/// The classes of every byte.
static CLASS: [u8; 256] = table();

// Made by the compiler: an index out of range would not compile.
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)]
const fn table() -> [u8; 256] {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = classes_of(byte as u8);
        byte += 1;
    }
    class
}

const fn classes_of(byte: u8) -> u8 {
    let mut class = 0;
    if matches!(byte, b' ' | b'\t') {
        class |= BLANK;
    }
    if matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2) {
        class |= BREAK;
    }
    if matches!(byte, b',' | b'?' | b'[' | b']' | b'{' | b'}') {
        class |= FLOW;
    }
    if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
        class |= WORD | URI;
    }
    if matches!(
        byte,
        b';' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b',' | b'.' | b'!'
    ) || matches!(byte, b'~' | b'*' | b'\'' | b'(' | b')' | b'[' | b']' | b'%')
    {
        class |= URI;
    }
    if matches!(
        byte,
        b'-' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!'
    ) || matches!(byte, b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`')
    {
        class |= INDICATOR;
    }
    if byte == 0 {
        class |= END;
    }
    if matches!(byte, b':' | b'"' | b'\'' | b'\\') {
        class |= MARK;
    }
    class
}

/// Whether a byte is of one of these classes.
#[inline(always)]
pub(super) fn is(byte: u8, classes: u8) -> bool {
    CLASS.get(byte as usize).copied().unwrap_or(0) & classes != 0
}

/// How many bytes the line break at the front of `text` has; 0 where none stands. `\r\n` is one of 2.
#[inline(always)]
pub(super) fn break_len(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

/// How many characters a piece of UTF-8 has.
#[inline]
pub(super) fn count(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}
