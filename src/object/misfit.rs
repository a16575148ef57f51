//! Whether a value suits a shape, and what to say where it doesn't.
//!
//! Source: Go's `encoding/json` as the API server uses it, and the types that read themselves: `IntOrString`,
//! `Quantity`, `Time` (R-1521, R-1522).

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::object::findings::quote;
use crate::object::schema::{Field, Shape};
use crate::text::Value;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Under a field's name: `null` there means that the field is absent.
    Field,
    /// In a list, or in a map of the user's own keys: `null` there is the empty value.
    Member,
}

/// How a value suits a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It does.
    Fits,
    /// It is null, and is read as empty text.
    EmptyText,
    /// It would be text if it stood between quotes.
    Unquoted,
    /// It is of another type.
    WrongType,
    /// It is of the right type, but can't be read.
    Unreadable,
}

/// Judges a value without looking into maps and lists.
pub(crate) fn judge(shape: Shape, value: &Value<'_>, slot: Slot) -> Fit {
    let fits = |yes: bool| if yes { Fit::Fits } else { Fit::WrongType };
    let reads = |yes: bool| if yes { Fit::Fits } else { Fit::Unreadable };
    let is_int32 = |n: i64| i32::try_from(n).is_ok();
    match (shape, value) {
        (Shape::Text, Value::Null) if slot == Slot::Member => Fit::EmptyText,
        (Shape::Any, _)
        | (_, Value::Null)
        | (Shape::Text | Shape::Bytes | Shape::IntOrString, Value::Str(_))
        | (Shape::Int64, Value::Int(_))
        | (Shape::Quantity, Value::Int(_) | Value::UInt(_) | Value::Float(_)) => Fit::Fits,
        (Shape::Text, Value::Bool(_) | Value::Int(_) | Value::UInt(_) | Value::Float(_)) => {
            Fit::Unquoted
        }
        (Shape::Bool, value) => fits(matches!(value, Value::Bool(_))),
        (Shape::Int32 | Shape::IntOrString, Value::Int(n)) => reads(is_int32(*n)),
        (Shape::Int32 | Shape::IntOrString, Value::Float(n)) => {
            reads(is_whole(*n) && n.abs() <= f64::from(i32::MAX))
        }
        (Shape::Int64, Value::Float(n)) => reads(is_whole(*n) && n.abs() < 9.2e18),
        (Shape::Int32 | Shape::Int64 | Shape::IntOrString, Value::UInt(_))
        | (Shape::Quantity, Value::Bool(_)) => Fit::Unreadable,
        (Shape::Quantity, Value::Str(text)) => reads(is_quantity(text)),
        (Shape::Time, Value::Str(text)) => reads(is_time(text)),
        (Shape::Struct(_) | Shape::Map(_), value) => fits(matches!(value, Value::Map(_))),
        (Shape::List(_), value) => fits(matches!(value, Value::Seq(_))),
        _ => Fit::WrongType,
    }
}

fn is_whole(n: f64) -> bool {
    n.is_finite() && n.fract() == 0.0
}

/// Whether `text` has the form of a quantity: a sign, digits and points, a suffix (R-1560, R-1561). Whether
/// the digits make a number and the suffix exists is asked too; the value isn't.
fn is_quantity(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    if (digits.is_empty() && suffix.is_empty()) || digits.matches('.').count() > 1 {
        return false;
    }
    match suffix {
        "" | "n" | "u" | "m" | "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi" | "Ti"
        | "Pi" | "Ei" => true,
        _ => suffix.strip_prefix(['e', 'E']).is_some_and(|exponent| {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        }),
    }
}

/// Whether `text` is a time as RFC 3339 writes it. Source: Go's `time.Parse(time.RFC3339, …)`, which also
/// takes fractions of a second.
fn is_time(text: &str) -> bool {
    let Some((date, clock)) = text.split_once('T') else {
        return false;
    };
    let fields = |text: &str, separator: char, widths: &[usize]| -> Option<Vec<u32>> {
        let parts: Vec<&str> = text.split(separator).collect();
        (parts.len() == widths.len()).then_some(())?;
        parts
            .iter()
            .zip(widths)
            .map(|(part, width)| {
                let digits = part.len() == *width && part.bytes().all(|b| b.is_ascii_digit());
                digits.then(|| part.parse().ok()).flatten()
            })
            .collect()
    };
    let Some(at) = clock.find(['Z', '+', '-']) else {
        return false;
    };
    let (clock, zone) = clock.split_at(at);
    let (clock, fraction) = clock
        .split_once(['.', ','])
        .map_or((clock, None), |(whole, rest)| (whole, Some(rest)));
    let zone_reads = zone == "Z"
        || fields(zone.trim_start_matches(['+', '-']), ':', &[2, 2])
            .is_some_and(|zone| matches!(zone.as_slice(), [0..=24, 0..=59]));
    let fraction_reads =
        fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    let date_reads = fields(date, '-', &[4, 2, 2]).is_some_and(|date| match date.as_slice() {
        [year, month, day] => (1..=days_in(*year, *month)).contains(day),
        _ => false,
    });
    let clock_reads = fields(clock, ':', &[2, 2, 2])
        .is_some_and(|clock| matches!(clock.as_slice(), [0..=23, 0..=59, 0..=59]));
    zone_reads && fraction_reads && date_reads && clock_reads
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

/// What a shape is called to people.
pub(crate) fn wanted(shape: Shape) -> &'static str {
    match shape {
        Shape::Bool => "true or false",
        Shape::Int32 => "a whole number of 32 bits",
        Shape::Int64 => "a whole number of 64 bits",
        Shape::Text => "text",
        Shape::Bytes => "bytes in base64",
        Shape::Any => "anything",
        Shape::Quantity => "a quantity, such as 500m or 64Mi",
        Shape::IntOrString => "a whole number or a percentage",
        Shape::Time => "a time, such as 2026-01-31T12:00:00Z",
        Shape::Struct(_) | Shape::Map(_) => "a map",
        Shape::List(_) => "a list",
    }
}

fn kind_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Int(_) | Value::UInt(_) | Value::Float(_) => "a number",
        Value::Str(_) => "text",
        Value::Seq(_) => "a list",
        Value::Map(_) => "a map",
    }
}

/// The finding about a value that doesn't fit.
///
/// `key` is the key that it stands under, if it stands in a map; `found` is how it is written.
pub(crate) fn explain(
    fit: Fit,
    shape: Shape,
    value: &Value<'_>,
    key: Option<&str>,
    path: &str,
    found: &str,
) -> Diagnostic {
    let path = if path.is_empty() { "the object" } else { path };
    let kind = kind_of(value);
    let as_written = |value: &str| match key {
        Some(key) => format!("`{}: {value}`", shortened(key)),
        None => format!("`- {value}`"),
    };
    match fit {
        Fit::EmptyText => Diagnostic::new(
            Code::NotText,
            format!(
                "{path} is null to Kubernetes, since it is written without quotes; null is read as empty text"
            ),
        )
        .severity(Severity::Warning)
        .found(found, "text")
        .help(format!(
            "quote it if the word is meant: {}; write {} if empty text is meant",
            as_written(&format!("{found:?}")),
            as_written("\"\"")
        )),
        Fit::Unquoted => Diagnostic::new(
            Code::NotText,
            format!("{path} is {kind} to Kubernetes, since it is written without quotes"),
        )
        .found(found, "text")
        .help(format!("quote it: {}", as_written(&format!("{found:?}")))),
        Fit::Unreadable => Diagnostic::new(
            Code::UnreadableValue,
            format!("{path} cannot be read: it should be {}", wanted(shape)),
        )
        .found(found, wanted(shape))
        .help(unreadable_help(shape, value)),
        Fit::WrongType | Fit::Fits => Diagnostic::new(
            Code::WrongType,
            format!("{path} is {kind}; Kubernetes wants {} there", wanted(shape)),
        )
        .found(found, wanted(shape))
        .help(type_help(shape, value, &as_written)),
    }
}

fn unreadable_help(shape: Shape, value: &Value<'_>) -> String {
    match (shape, value) {
        (Shape::Quantity, _) => {
            "write digits and one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei, or an exponent"
                .to_owned()
        }
        (Shape::Time, _) => "write it as in RFC 3339, with a time zone".to_owned(),
        (Shape::Int32 | Shape::IntOrString, Value::Float(_)) => {
            "write it without a fraction".to_owned()
        }
        (Shape::Int32 | Shape::IntOrString, _) => {
            format!("write a number from {} to {}", i32::MIN, i32::MAX)
        }
        (_, Value::Float(_)) => "write it without a fraction".to_owned(),
        _ => format!("write {}", wanted(shape)),
    }
}

fn type_help(shape: Shape, value: &Value<'_>, as_written: &dyn Fn(&str) -> String) -> String {
    match (shape, value) {
        (Shape::Bool, Value::Str(text)) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => {
                format!("write it without quotes: {}", as_written("true"))
            }
            "false" | "no" | "off" | "n" => {
                format!("write it without quotes: {}", as_written("false"))
            }
            _ => format!("write {} or {}", as_written("true"), as_written("false")),
        },
        (Shape::Int32 | Shape::Int64, Value::Str(text)) if text.trim().parse::<i64>().is_ok() => {
            format!("write it without quotes: {}", as_written(text.trim()))
        }
        (Shape::List(_), Value::Map(_)) => "begin each item of the list with `- `".to_owned(),
        (Shape::List(_), Value::Str(_) | Value::Bool(_) | Value::Int(_)) => {
            "write the items below the key, each on a line that begins with `- `".to_owned()
        }
        (Shape::Struct(_) | Shape::Map(_), Value::Seq(_)) => {
            "take the `- ` away: keys stand directly below".to_owned()
        }
        (Shape::Struct(of), _) => {
            let names: Vec<String> = of
                .declared()
                .map(Field::json_name)
                .filter(|name| !name.is_empty() && *name != "-")
                .take(4)
                .map(|name| format!("`{name}`"))
                .collect();
            let list = names.join(", ");
            format!("write the fields of {} below it: {list}", of.short_name())
        }
        (Shape::Map(_), _) => "write `key: value` lines below it".to_owned(),
        _ => format!("write {}", wanted(shape)),
    }
}

/// A key as findings show it: no longer than other quotes.
pub(crate) fn shortened(key: &str) -> String {
    quote(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_have_digits_and_one_suffix() {
        for good in [
            "1", "1.5", ".5", "5.", ".", "m", "Gi", "-1", "+1", "1e3", "1E-3", "1E", " 1 ", "12Ki",
        ] {
            assert!(is_quantity(good), "{good}");
        }
        for bad in [
            "", "1 Gi", "1K", "1e", "1ki", "1mi", "1.2.3", "abc", "0x10", "1e3Gi", "--1",
        ] {
            assert!(!is_quantity(bad), "{bad}");
        }
    }

    #[test]
    fn times_have_a_date_a_clock_and_a_zone() {
        for good in [
            "2026-11-24T14:56:08Z",
            "2026-11-24T14:56:08.123456Z",
            "2026-11-24T14:56:08+02:00",
            "2024-02-29T00:00:00-11:30",
        ] {
            assert!(is_time(good), "{good}");
        }
        for bad in [
            "yesterday",
            "2026-11-24",
            "2026-11-24 14:56:08Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T14:56:08",
            "2026-11-24T14:56:08.Z",
            "",
        ] {
            assert!(!is_time(bad), "{bad}");
        }
    }

    #[test]
    fn whole_floats_suit_whole_numbers_and_text_never_does() {
        let judge = |shape, value: Value<'_>| judge(shape, &value, Slot::Field);
        assert_eq!(judge(Shape::Int32, Value::Float(10.0)), Fit::Fits); // R-1521
        assert_eq!(judge(Shape::Int32, Value::Float(5.5)), Fit::Unreadable);
        assert_eq!(
            judge(Shape::Int32, Value::Int(3_000_000_000)),
            Fit::Unreadable
        );
        assert_eq!(judge(Shape::Int64, Value::Int(3_000_000_000)), Fit::Fits);
        assert_eq!(judge(Shape::Int64, Value::UInt(u64::MAX)), Fit::Unreadable);
        assert_eq!(judge(Shape::Int32, Value::Str("5")), Fit::WrongType);
        assert_eq!(judge(Shape::IntOrString, Value::Str("5%")), Fit::Fits); // R-1522
        assert_eq!(
            judge(Shape::IntOrString, Value::Float(1.5)),
            Fit::Unreadable
        );
        assert_eq!(judge(Shape::IntOrString, Value::Bool(true)), Fit::WrongType);
        assert_eq!(judge(Shape::Quantity, Value::Int(1)), Fit::Fits);
        assert_eq!(judge(Shape::Quantity, Value::Bool(true)), Fit::Unreadable);
    }

    #[test]
    fn null_is_absent_for_a_field_and_empty_in_a_map_of_texts() {
        assert_eq!(judge(Shape::Text, &Value::Null, Slot::Field), Fit::Fits); // R-1521
        assert_eq!(
            judge(Shape::Text, &Value::Null, Slot::Member),
            Fit::EmptyText
        );
        assert_eq!(judge(Shape::Bool, &Value::Null, Slot::Field), Fit::Fits);
    }
}
