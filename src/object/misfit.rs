//! Whether a value suits a shape, and what to say where it doesn't.
//!
//! Source: Go's `encoding/json` as the API server uses it, and the types that read themselves: `IntOrString`,
//! `Quantity`, `Time` (R-1521, R-1522).

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::object::Quantity;
use crate::object::findings::quote;
use crate::object::schema::{Field, Shape};
use crate::object::value::Time;
use crate::text::{Value, number};

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
            reads(number::whole(*n).is_some_and(is_int32))
        }
        (Shape::Int64, Value::Float(n)) => reads(number::whole(*n).is_some()),
        (Shape::Int32 | Shape::Int64 | Shape::IntOrString, Value::UInt(_))
        | (Shape::Quantity, Value::Bool(_)) => Fit::Unreadable,
        (Shape::Quantity, Value::Str(text)) => reads(text.trim().parse::<Quantity>().is_ok()),
        (Shape::Time, Value::Str(text)) => reads(Time::parse(text).is_some()),
        (Shape::Struct(_) | Shape::Map(_), value) => fits(matches!(value, Value::Map(_))),
        (Shape::List(_), value) => fits(matches!(value, Value::Seq(_))),
        _ => Fit::WrongType,
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
    fn quantities_and_times_are_those_that_the_server_reads() {
        // R-1522; what else they read is tested where they are.
        let judge = |shape, text| judge(shape, &Value::Str(text), Slot::Field);
        for (shape, text, fit) in [
            (Shape::Quantity, " 12Ki ", Fit::Fits),
            (Shape::Quantity, "1 Gi", Fit::Unreadable),
            (Shape::Quantity, "", Fit::Unreadable),
            (Shape::Time, "2024-02-29T0:00:00,5-11:30", Fit::Fits),
            (Shape::Time, "2026-02-29T00:00:00Z", Fit::Unreadable),
        ] {
            assert_eq!(judge(shape, text), fit, "{text}");
        }
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
