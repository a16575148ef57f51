//! Times as Go reads them, and what it says of a text that is none. Source: Go's `time.Parse` with the layout
//! `time.RFC3339`, which the API's `Time` reads with; it is laxer than RFC 3339 (an hour of one digit, a fraction
//! after a comma).

use super::Time;
use super::time::{DAY, days_to};

/// The layout.
const LAYOUT: &str = "2006-01-02T15:04:05Z07:00";

/// Why Go refuses `text` as a time; `None` where it reads it.
pub(crate) fn parse_error(text: &str) -> Option<String> {
    parse(text.as_bytes()).err().map(|fault| {
        let whole = quote(text.as_bytes());
        match fault {
            Fault::Mismatch { rest, element } => format!(
                "parsing time {whole} as {}: cannot parse {} as {}",
                quote(LAYOUT.as_bytes()),
                quote(rest),
                quote(element.as_bytes()),
            ),
            Fault::Range(what) => format!("parsing time {whole}: {what} out of range"),
            Fault::Extra(rest) => format!("parsing time {whole}: extra text: {}", quote(rest)),
        }
    })
}

pub(super) enum Fault<'t> {
    /// The text from `rest` on is not this element of the layout.
    Mismatch {
        rest: &'t [u8],
        element: &'static str,
    },
    Range(&'static str),
    Extra(&'t [u8]),
}

/// Reads a time; a fraction of a second is dropped.
pub(super) fn parse(text: &[u8]) -> Result<Time, Fault<'_>> {
    let mut reader = Reader { rest: text };
    let year = reader.year()?;
    reader.literal("-")?;
    let month = reader.number("01", true, "month", 1..=12)?;
    reader.literal("-")?;
    // The day is judged last, when the month is known.
    let day = reader.number("02", true, "day", 0..=99)?;
    reader.literal("T")?;
    let hour = reader.number("15", false, "hour", 0..=23)?;
    reader.literal(":")?;
    let minute = reader.number("04", true, "minute", 0..=59)?;
    reader.literal(":")?;
    let second = reader.number("05", true, "second", 0..=59)?;
    reader.fraction();
    let offset = reader.zone()?;
    if !reader.rest.is_empty() {
        return Err(Fault::Extra(reader.rest));
    }
    if !(1..=days_in(year, month)).contains(&day) {
        return Err(Fault::Range("day"));
    }
    let of_day = i64::from(hour * 3600 + minute * 60 + second);
    let midnight = days_to(year.into(), month.into(), day.into()) * DAY;
    Ok(Time::from_unix(midnight + of_day - offset))
}

struct Reader<'t> {
    rest: &'t [u8],
}

impl<'t> Reader<'t> {
    fn mismatch<T>(&self, element: &'static str) -> Result<T, Fault<'t>> {
        Err(Fault::Mismatch {
            rest: self.rest,
            element,
        })
    }

    fn literal(&mut self, wanted: &'static str) -> Result<(), Fault<'t>> {
        match self.rest.strip_prefix(wanted.as_bytes()) {
            Some(rest) => {
                self.rest = rest;
                Ok(())
            }
            None => self.mismatch(wanted),
        }
    }

    fn year(&mut self) -> Result<u32, Fault<'t>> {
        let read = self.rest.split_at_checked(4);
        match read.and_then(|(year, rest)| Some((digits(year)?, rest))) {
            Some((year, rest)) => {
                self.rest = rest;
                Ok(year)
            }
            None => self.mismatch("2006"),
        }
    }

    /// One or two digits; two where they are `fixed`.
    fn number(
        &mut self,
        element: &'static str,
        fixed: bool,
        name: &'static str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Result<u32, Fault<'t>> {
        let take = |count| {
            let (number, rest) = self.rest.split_at_checked(count)?;
            Some((digits(number)?, rest))
        };
        let one = || if fixed { None } else { take(1) };
        match take(2).or_else(one) {
            None => self.mismatch(element),
            Some((number, _)) if !range.contains(&number) => Err(Fault::Range(name)),
            Some((number, rest)) => {
                self.rest = rest;
                Ok(number)
            }
        }
    }

    /// A fraction of a second, which the layout does not name and Go takes all the same.
    fn fraction(&mut self) {
        if let [b'.' | b',', after @ ..] = self.rest {
            let count = after
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if count > 0 {
                self.rest = after.get(count..).unwrap_or_default();
            }
        }
    }

    /// Seconds east of Greenwich.
    fn zone(&mut self) -> Result<i64, Fault<'t>> {
        match *self.rest {
            [b'Z', ..] => {
                self.rest = self.rest.get(1..).unwrap_or_default();
                Ok(0)
            }
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, ..] => {
                let (Some(hours), Some(minutes)) = (digits(&[h1, h2]), digits(&[m1, m2])) else {
                    return self.mismatch("Z07:00");
                };
                // Go lets whole days and hours pass.
                match (hours, minutes) {
                    (25.., _) => Err(Fault::Range("time zone offset hour")),
                    (_, 61..) => Err(Fault::Range("time zone offset minute")),
                    _ => {
                        self.rest = self.rest.get(6..).unwrap_or_default();
                        let size = i64::from(hours * 3600 + minutes * 60);
                        Ok(if sign == b'-' { -size } else { size })
                    }
                }
            }
            _ => self.mismatch("Z07:00"),
        }
    }
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, &byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Text as Go's package `time` quotes it: every byte that is not plain ASCII in hexadecimal.
fn quote(text: &[u8]) -> String {
    let mut made = String::from("\"");
    for &byte in text {
        match byte {
            b'"' | b'\\' => {
                made.push('\\');
                made.push(char::from(byte));
            }
            b' '..0x80 => made.push(char::from(byte)),
            _ => made.push_str(&format!("\\x{byte:02x}")),
        }
    }
    made.push('"');
    made
}

#[cfg(test)]
mod tests {
    use super::parse_error;

    #[test]
    fn times_that_go_reads_are_no_errors() {
        for text in [
            "2026-11-24T20:55:00Z",
            "2026-11-24T2:55:00Z",
            "2024-02-29T00:00:00.5+01:00",
            "2026-11-24T20:55:00,123-24:60",
        ] {
            assert_eq!(parse_error(text), None, "{text}");
        }
    }

    #[test]
    fn an_error_names_the_element_that_does_not_fit() {
        let layout = "\"2006-01-02T15:04:05Z07:00\"";
        for (text, rest, element) in [
            ("yesterday", "yesterday", "2006"),
            ("", "", "2006"),
            ("2026/11/24", "/11/24", "-"),
            ("2026-1-24T00:00:00Z", "1-24T00:00:00Z", "01"),
            ("2026-11-24", "", "T"),
            ("2026-11-24 20:55:00Z", " 20:55:00Z", "T"),
            ("2026-11-24T20:5:00Z", "5:00Z", "04"),
            ("2026-11-24T20:55:00", "", "Z07:00"),
            ("2026-11-24T20:55:00+0100", "+0100", "Z07:00"),
        ] {
            let wanted =
                format!("parsing time {text:?} as {layout}: cannot parse {rest:?} as {element:?}");
            assert_eq!(parse_error(text), Some(wanted));
        }
    }

    #[test]
    fn numbers_out_of_range_and_text_behind_are_told() {
        for (text, why) in [
            ("2026-13-01T00:00:00Z", "month out of range"),
            ("2026-02-29T00:00:00Z", "day out of range"),
            ("2026-11-24T24:00:00Z", "hour out of range"),
            ("2026-11-24T00:00:60Z", "second out of range"),
            ("2026-11-24T00:00:00Zé", "extra text: \"\\xc3\\xa9\""),
        ] {
            let error = parse_error(text).unwrap();
            assert!(error.ends_with(&format!(": {why}")), "{error}");
        }
    }
}
