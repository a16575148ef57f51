//! Value → JSON, as Go's `encoding/json` writes the API's structs; keys are sorted.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Struct, Value};
use crate::object::IntOrString;
use crate::object::schema::{Field, Shape};

impl Struct {
    /// The value as Go writes it once its keys are sorted: no white space, `<`, `>`, `&` and line separators
    /// escaped.
    pub fn to_json(&self) -> String {
        go_escaped(&serde_json::to_string(self).unwrap_or_default())
    }
}

/// Escapes what Go escapes in JSON and others don't; these characters stand only within strings.
pub(crate) fn go_escaped(json: &str) -> String {
    let mut made = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => made.push_str("\\u003c"),
            '>' => made.push_str("\\u003e"),
            '&' => made.push_str("\\u0026"),
            '\u{2028}' => made.push_str("\\u2028"),
            '\u{2029}' => made.push_str("\\u2029"),
            other => made.push(other),
        }
    }
    made
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
fn shown<'a>(field: Field, value: Option<&'a Value>) -> Option<Shown<'a>> {
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
            Value::Text(text) => serializer.serialize_str(text),
            Value::Quantity(quantity) => serializer.collect_str(quantity),
            Value::IntOrString(IntOrString::Int(number)) => serializer.serialize_i32(*number),
            Value::IntOrString(IntOrString::Text(text)) => serializer.serialize_str(text),
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
