//! What a scalar means: YAML 1.1 words and numbers as Kubernetes' library takes them (R-1510, R-1511).

use super::tag::Tag;

/// The value of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    /// Text as it stands.
    Str,
    /// Text as it stands, though it was asked for and looks like a date.
    Timestamp,
}

impl Scalar {
    fn tag(self) -> Tag {
        match self {
            Self::Null => Tag::Null,
            Self::Bool(_) => Tag::Bool,
            Self::Int(_) | Self::UInt(_) => Tag::Int,
            Self::Float(_) => Tag::Float,
            Self::Str => Tag::Str,
            Self::Timestamp => Tag::Timestamp,
        }
    }
}

/// The value of plain text without a tag.
#[inline]
pub(super) fn resolve_plain(text: &str) -> Scalar {
    match text.as_bytes().first() {
        None => Scalar::Null,
        Some(b'0'..=b'9' | b'+' | b'-') => word(text).unwrap_or_else(|| number(text)),
        Some(b'.') => word(text).unwrap_or_else(|| point_float(text)),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            word(text).unwrap_or(Scalar::Str)
        }
        Some(_) => Scalar::Str,
    }
}

/// The value of text with a tag, or the message that refuses it.
pub(super) fn resolve_tagged(tag: Tag, text: &str) -> Result<Scalar, String> {
    match tag {
        Tag::None => return Ok(resolve_plain(text)),
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null | Tag::Timestamp => {}
        Tag::Str | Tag::NonSpecific | Tag::Binary | Tag::Merge | Tag::Other => {
            return Ok(Scalar::Str);
        }
    }
    let value = match resolve_plain(text) {
        Scalar::Str if tag == Tag::Timestamp && is_timestamp(text) => Scalar::Timestamp,
        value => value,
    };
    match (tag, value) {
        (Tag::Float, Scalar::Int(whole)) => Ok(Scalar::Float(to_float(whole))),
        _ if value.tag() == tag => Ok(value),
        // A date is looked for before a number, but only without a tag or with its own.
        _ => Err(format!(
            "cannot decode {} `{text}` as a {}",
            value.tag().short(),
            tag.short()
        )),
    }
}

#[allow(clippy::cast_precision_loss)] // as Go does
fn to_float(whole: i64) -> f64 {
    whole as f64
}

/// The fixed words.
fn word(text: &str) -> Option<Scalar> {
    if text.len() > 5 {
        return None;
    }
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

/// A number that begins with a digit or a sign. `_` counts for nothing, wherever it stands.
fn number(text: &str) -> Scalar {
    let bytes = text.as_bytes();
    // Addresses, dates, times, quantities, versions: no number holds their characters.
    let possible = |byte: &u8| {
        byte.is_ascii_hexdigit()
            || matches!(byte, b'x' | b'X' | b'o' | b'O' | b'_' | b'+' | b'-' | b'.')
    };
    if !bytes.iter().all(possible) {
        return Scalar::Str;
    }
    let cleaned;
    let plain = if bytes.contains(&b'_') {
        cleaned = text.replace('_', "");
        cleaned.as_str()
    } else {
        text
    };
    if let Some(whole) = whole_number(plain) {
        return whole;
    }
    if is_decimal_float(plain) {
        return finite(plain);
    }
    let (sign, binary) = match (plain.strip_prefix("0b"), plain.strip_prefix("-0b")) {
        (Some(binary), _) => ("", binary),
        (_, Some(binary)) => ("-", binary),
        _ => return Scalar::Str,
    };
    // Go reads these digits once more with the sign in front, so `0b-1` is -1 too.
    if let Some(value) = signed(&[sign, binary].concat(), 2) {
        return Scalar::Int(value);
    }
    match unsigned(binary, 2).filter(|_| sign.is_empty()) {
        Some(value) => Scalar::UInt(value),
        None => Scalar::Str,
    }
}

/// Decimal, `0x`, `0o`, `0b`, and octal after a lone `0`; 64 bits with a sign, else 64 without.
fn whole_number(text: &str) -> Option<Scalar> {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => ("-", text.get(1..)?),
        Some(b'+') => ("+", text.get(1..)?),
        _ => ("", text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0'] => (10, digits),
        [b'0', b'b' | b'B', _, ..] => (2, digits.get(2..)?),
        [b'0', b'o' | b'O', _, ..] => (8, digits.get(2..)?),
        [b'0', b'x' | b'X', _, ..] => (16, digits.get(2..)?),
        [b'0', ..] => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    let value = unsigned(digits, radix)?;
    if sign == "-" {
        return 0i64.checked_sub_unsigned(value).map(Scalar::Int);
    }
    match i64::try_from(value) {
        Ok(value) => Some(Scalar::Int(value)),
        Err(_) if sign.is_empty() => Some(Scalar::UInt(value)),
        Err(_) => None,
    }
}

/// Digits and nothing else.
fn unsigned(digits: &str, radix: u32) -> Option<u64> {
    if digits.is_empty() || digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// Digits with an optional sign.
fn signed(text: &str, radix: u32) -> Option<i64> {
    i64::from_str_radix(text, radix).ok()
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_decimal_float(text: &str) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut rest = text.as_bytes();
    if let [b'+' | b'-', tail @ ..] = rest {
        rest = tail;
    }
    let whole = digits(rest);
    rest = rest.get(whole..).unwrap_or_default();
    if let [b'.', tail @ ..] = rest {
        let part = digits(tail);
        if whole + part == 0 {
            return false;
        }
        rest = tail.get(part..).unwrap_or_default();
    } else if whole == 0 {
        return false;
    }
    if let [b'e' | b'E', tail @ ..] = rest {
        rest = tail
            .strip_prefix(b"+")
            .or(tail.strip_prefix(b"-"))
            .unwrap_or(tail);
        let exponent = digits(rest);
        if exponent == 0 {
            return false;
        }
        rest = rest.get(exponent..).unwrap_or_default();
    }
    rest.is_empty()
}

/// A decimal number, unless it is too large.
fn finite(text: &str) -> Scalar {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Scalar::Float(value),
        _ => Scalar::Str,
    }
}

/// A number that begins with a point; `_` may stand between digits.
fn point_float(text: &str) -> Scalar {
    if !text.contains('_') {
        return if is_decimal_float(text) {
            finite(text)
        } else {
            Scalar::Str
        };
    }
    let between_digits = text.as_bytes().windows(2).all(|pair| match pair {
        [b'_', next] => next.is_ascii_digit(),
        [before, b'_'] => before.is_ascii_digit() || *before == b'_',
        _ => true,
    });
    let cleaned = text.replace('_', "");
    if between_digits && !text.ends_with('_') && is_decimal_float(&cleaned) {
        finite(&cleaned)
    } else {
        Scalar::Str
    }
}

/// `2006-1-2`, `2006-1-2T15:4:5.9Z`, `2006-1-2t15:4:5+07:00`, `2006-1-2 15:4:5`.
fn is_timestamp(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let Some((year, tail)) = take_number(rest, 4, 4) else {
        return false;
    };
    rest = tail;
    let mut part = |before: u8| -> Option<u32> {
        let [first, tail @ ..] = rest else {
            return None;
        };
        let (value, tail) = if *first == before {
            take_number(tail, 1, 2)?
        } else {
            return None;
        };
        rest = tail;
        Some(value)
    };
    let (Some(month), Some(day)) = (part(b'-'), part(b'-')) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    if day == 0 || day > days {
        return false;
    }
    let zoned = match rest {
        [] => return true,
        [b'T' | b't', tail @ ..] => {
            rest = tail;
            true
        }
        [b' ', ..] => {
            let blanks = rest.iter().take_while(|&&byte| byte == b' ').count();
            rest = rest.get(blanks..).unwrap_or_default();
            false
        }
        _ => return false,
    };
    let Some((hour, tail)) = take_number(rest, 1, 2) else {
        return false;
    };
    rest = tail;
    let mut part = |before: u8| -> Option<u32> {
        let [first, tail @ ..] = rest else {
            return None;
        };
        let (value, tail) = if *first == before {
            take_number(tail, 1, 2)?
        } else {
            return None;
        };
        rest = tail;
        Some(value)
    };
    let (Some(minute), Some(second)) = (part(b':'), part(b':')) else {
        return false;
    };
    if hour > 23 || minute > 59 || second > 59 {
        return false;
    }
    if let [b'.' | b',', tail @ ..] = rest {
        let digits = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            rest = tail.get(digits..).unwrap_or_default();
        }
    }
    match rest {
        [] => !zoned,
        [b'Z'] => zoned,
        [b'+' | b'-', tail @ ..] if zoned => {
            let Some((hour, [b':', tail @ ..])) = take_number(tail, 2, 2) else {
                return false;
            };
            matches!(take_number(tail, 2, 2), Some((minute, [])) if hour <= 24 && minute <= 60)
        }
        _ => false,
    }
}

/// A decimal number of `least` to `most` digits, and what follows it.
fn take_number(text: &[u8], least: usize, most: usize) -> Option<(u32, &[u8])> {
    let digits = text
        .iter()
        .take(most)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits < least {
        return None;
    }
    let value = text
        .iter()
        .take(digits)
        .fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
    Some((value, text.get(digits..)?))
}

/// The bytes that base64 with padding stands for; line ends in it count for nothing.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut digits = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    let mut made = Vec::with_capacity(text.len() / 4 * 3);
    while let Some(first) = digits.next() {
        let four = [Some(first), digits.next(), digits.next(), digits.next()];
        let [Some(a), Some(b), Some(c), Some(d)] = four else {
            return None;
        };
        let bits = (base64_digit(a)? << 18) | (base64_digit(b)? << 12);
        let [_, high, middle, low] = match (c, d) {
            (b'=', b'=') => {
                made.push(bits.to_be_bytes().get(1).copied()?);
                return digits.next().is_none().then_some(made);
            }
            (_, b'=') => {
                let [_, high, middle, _] = (bits | (base64_digit(c)? << 6)).to_be_bytes();
                made.extend([high, middle]);
                return digits.next().is_none().then_some(made);
            }
            _ => (bits | (base64_digit(c)? << 6) | base64_digit(d)?).to_be_bytes(),
        };
        made.extend([high, middle, low]);
    }
    Some(made)
}

fn base64_digit(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_means_what_yaml_1_1_says_as_go_takes_it() {
        for (text, value) in [
            ("yes", Scalar::Bool(true)),
            ("yEs", Scalar::Str),
            ("Off", Scalar::Bool(false)),
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("0x1F", Scalar::Int(31)),
            ("0o17", Scalar::Int(15)),
            ("017", Scalar::Int(15)),
            ("089", Scalar::Float(89.0)),
            ("1_0", Scalar::Int(10)),
            ("0b-1", Scalar::Int(-1)),
            ("-0b11", Scalar::Int(-3)),
            ("0", Scalar::Int(0)),
            ("-9223372036854775808", Scalar::Int(i64::MIN)),
            (
                "9223372036854775808",
                Scalar::UInt(9_223_372_036_854_775_808),
            ),
            (
                "18446744073709551616",
                Scalar::Float(18_446_744_073_709_551_616.0),
            ),
            ("1e400", Scalar::Str),
            ("1e3", Scalar::Float(1000.0)),
            ("10.0.0.1", Scalar::Str),
            ("2001-12-14", Scalar::Str),
            (".5", Scalar::Float(0.5)),
            (".5_0", Scalar::Float(0.5)),
            ("._5", Scalar::Str),
            (".", Scalar::Str),
            ("-", Scalar::Str),
            ("0x", Scalar::Str),
            ("12:30:45", Scalar::Str),
        ] {
            assert_eq!(resolve_plain(text), value, "{text}");
        }
    }

    #[test]
    fn a_tag_forces_its_kind_or_refuses() {
        assert_eq!(resolve_tagged(Tag::Float, "3"), Ok(Scalar::Float(3.0)));
        assert_eq!(resolve_tagged(Tag::Int, "12"), Ok(Scalar::Int(12)));
        assert_eq!(resolve_tagged(Tag::Str, "12"), Ok(Scalar::Str));
        assert_eq!(
            resolve_tagged(Tag::Timestamp, "2001-2-29"),
            Err("cannot decode !!str `2001-2-29` as a !!timestamp".into())
        );
        assert_eq!(
            resolve_tagged(Tag::Timestamp, "2001-12-14T21:59:43.1Z"),
            Ok(Scalar::Timestamp)
        );
        assert_eq!(
            resolve_tagged(Tag::Bool, "0777"),
            Err("cannot decode !!int `0777` as a !!bool".into())
        );
    }

    #[test]
    fn base64_needs_its_padding() {
        assert_eq!(decode_base64("aGk="), Some(b"hi".to_vec()));
        assert_eq!(decode_base64("aGk"), None);
        assert_eq!(decode_base64("a\nGk=\n"), Some(b"hi".to_vec()));
        assert_eq!(decode_base64(""), Some(vec![]));
    }
}
