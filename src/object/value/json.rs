//! Value → JSON, as Go's `encoding/json` writes the API's structs; keys are sorted.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Struct, Value};
use crate::object::IntOrString;
use crate::object::schema::{Field, Shape};
use crate::selector::quote;
use crate::text::number::json_float;

/// Whole numbers up to this size are the same whether Go holds them as integers or as floats.
const EXACT: u64 = 1 << 53;

/// How whole numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// As they are.
    Exact,
    /// As Go writes them once they have been read into a map without types: large ones lose digits.
    AsFloats,
}

impl Struct {
    /// The value as Go writes it once its keys are sorted: no white space, `<`, `>`, `&` and line separators
    /// escaped.
    pub fn to_json(&self) -> String {
        self.to_json_with(Numbers::Exact)
    }

    /// The value as [`Struct::to_json`] writes it, with a choice for large numbers.
    pub fn to_json_with(&self, numbers: Numbers) -> String {
        let mut out = String::new();
        self.put_json(numbers, &mut out);
        out
    }

    fn put_json(&self, numbers: Numbers, out: &mut String) {
        let mut open = '{';
        for field in self.of.fields() {
            let name = field.json_name();
            let Some(shown) = shown(field, self.get(name)) else {
                continue;
            };
            out.push(std::mem::replace(&mut open, ','));
            out.push_str(&quote::json(name));
            out.push(':');
            match shown {
                Shown::Set(value) => value.put_json(numbers, out),
                Shown::Zero(value) => value.put_json(numbers, out),
                Shown::Null => out.push_str("null"),
            }
        }
        out.push_str(if open == '{' { "{}" } else { "}" });
    }
}

impl Value {
    #[allow(clippy::cast_precision_loss)] // the loss is what is shown
    fn put_json(&self, numbers: Numbers, out: &mut String) {
        // Writing to a text cannot fail.
        let _ = match self {
            Value::Int(number) if numbers == Numbers::AsFloats && number.unsigned_abs() > EXACT => {
                write!(out, "{}", json_float(*number as f64))
            }
            Value::Bool(value) => write!(out, "{value}"),
            Value::Int(number) => write!(out, "{number}"),
            Value::IntOrString(IntOrString::Int(number)) => write!(out, "{number}"),
            Value::Quantity(quantity) => write!(out, "{}", quote::json(&quantity.to_string())),
            Value::Time(time) if time.is_zero() => write!(out, "null"),
            Value::Time(time) => write!(out, "\"{time}\""),
            Value::Any(json) => write!(out, "{json}"),
            Value::Text(text) | Value::IntOrString(IntOrString::Text(text)) => {
                write!(out, "{}", quote::json(text))
            }
            Value::List(items) => {
                let mut open = '[';
                for item in items {
                    out.push(std::mem::replace(&mut open, ','));
                    item.put_json(numbers, out);
                }
                write!(out, "{}", if open == '[' { "[]" } else { "]" })
            }
            Value::Map(map) => {
                let mut open = '{';
                for (key, value) in map {
                    out.push(std::mem::replace(&mut open, ','));
                    out.push_str(&quote::json(key));
                    out.push(':');
                    value.put_json(numbers, out);
                }
                write!(out, "{}", if open == '{' { "{}" } else { "}" })
            }
            Value::Struct(fields) => {
                fields.put_json(numbers, out);
                Ok(())
            }
        };
    }
}

/// What a field shows, if it is written.
enum Shown<'a> {
    Set(&'a Value),
    /// A struct or a scalar that is not set.
    Zero(Value),
    /// A pointer, list or map that is not set.
    Null,
}

/// Whether and how a field is written.
fn shown(field: Field, value: Option<&Value>) -> Option<Shown<'_>> {
    let shape = field.shape().get();
    let is_nil_by_nature = matches!(shape, Shape::List(_) | Shape::Map(_) | Shape::Bytes);
    match value {
        Some(value) if field.is_pointer() => Some(Shown::Set(value)),
        Some(value) if field.omit_empty() && value.is_empty() => None,
        Some(value) if field.omit_zero() && value.is_zero() => None,
        Some(value) => Some(Shown::Set(value)),
        None if field.omit_zero() => None,
        None if field.is_pointer() || is_nil_by_nature => {
            (!field.omit_empty()).then_some(Shown::Null)
        }
        None => {
            let zero = Value::zero(shape);
            let is_left_out = field.omit_empty() && zero.is_empty();
            (!is_left_out).then_some(Shown::Zero(zero))
        }
    }
}

/// For writers of other formats, such as YAML.
impl Serialize for Struct {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in self.of.fields() {
            let name = field.json_name();
            match shown(field, self.get(name)) {
                Some(Shown::Set(value)) => map.serialize_entry(name, value)?,
                Some(Shown::Zero(value)) => map.serialize_entry(name, &value)?,
                Some(Shown::Null) => map.serialize_entry(name, &())?,
                None => {}
            }
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Quantity(quantity) => serializer.collect_str(quantity),
            Value::IntOrString(IntOrString::Int(number)) => serializer.serialize_i32(*number),
            Value::Text(text) | Value::IntOrString(IntOrString::Text(text)) => {
                serializer.serialize_str(text)
            }
            Value::Time(time) if time.is_zero() => serializer.serialize_unit(),
            Value::Time(time) => serializer.collect_str(time),
            // What nests deeper than any object does is left out.
            Value::Any(json) => serde_json::from_str::<serde_json::Value>(json)
                .unwrap_or_default()
                .serialize(serializer),
            Value::List(items) => items.serialize(serializer),
            Value::Map(map) => map.serialize(serializer),
            Value::Struct(fields) => fields.serialize(serializer),
        }
    }
}
