//! Objects of any type of the schema as values: what Go's structs hold, without a struct of ours for each.
//!
//! Uses `text` and the schema. Defaults, the template's hash, the pod as created, patches and storage work on
//! these; what only reads objects uses the lean types of [`crate::object::types`].
//!
//! A [`Struct`] keeps the fields that are set. A field that is not there is Go's zero value: nil for pointers,
//! lists and maps, else zero. So an absent pointer and one to zero differ, as in Go, and an empty list differs
//! from a nil one until the object has been in storage ([`Struct::stored`], R-753).

mod decode;
mod entries;
mod json;
mod rfc3339;
mod stored;
mod time;

pub use decode::{DecodeError, Misread, decode};
pub use entries::Entries;
pub use json::Numbers;
pub(crate) use rfc3339::parse_error as time_error;
pub use time::Time;

use crate::object::schema::{Field, Shape, TypeId};
use crate::object::{IntOrString, Quantity};

/// A value of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number of 32 or 64 bits.
    Int(i64),
    /// Text, also text that stands for bytes (base64).
    Text(String),
    /// A quantity; equal by amount.
    Quantity(Quantity),
    /// A number or a text.
    IntOrString(IntOrString),
    /// A time.
    Time(Time),
    /// What the server does not look into, as compact JSON.
    Any(String),
    /// A list.
    List(Vec<Value>),
    /// A map from text.
    Map(Entries),
    /// A value with the fields of a type.
    Struct(Struct),
}

impl Value {
    /// Go's zero value of a shape that is not reached through a pointer; an empty list or map for a nil one.
    pub fn zero(shape: Shape) -> Self {
        match shape {
            Shape::Bool => Value::Bool(false),
            Shape::Int32 | Shape::Int64 => Value::Int(0),
            Shape::Text | Shape::Bytes => Value::Text(String::new()),
            Shape::Any => Value::Any("null".to_owned()),
            Shape::Quantity => Value::Quantity(Quantity::zero()),
            Shape::IntOrString => Value::IntOrString(IntOrString::Int(0)),
            Shape::Time => Value::Time(Time::ZERO),
            Shape::Struct(of) => Value::Struct(Struct::new(of)),
            Shape::List(_) => Value::List(vec![]),
            Shape::Map(_) => Value::Map(Entries::default()),
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// The text; `None` where this is something else.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number; `None` where this is something else.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The fields; `None` where this is something else.
    pub fn as_struct(&self) -> Option<&Struct> {
        match self {
            Value::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// The items of a list; none where this is something else.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Whether this is what Go writes for nothing, and `omitempty` leaves out: `false`, 0, an empty text, list or
    /// map. A struct never is.
    fn is_empty(&self) -> bool {
        match self {
            Value::Bool(value) => !value,
            Value::Int(number) => *number == 0,
            Value::Text(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(map) => map.is_empty(),
            _ => false,
        }
    }
}

/// A value with the fields of a type; those of embedded types stand beside its own, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    of: TypeId,
    /// Sorted by JSON name.
    fields: Vec<(Field, Value)>,
}

impl Struct {
    /// One with nothing set.
    pub fn new(of: TypeId) -> Self {
        Self { of, fields: vec![] }
    }

    /// Its type.
    pub fn type_id(&self) -> TypeId {
        self.of
    }

    /// The fields that are set, sorted by JSON name.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &Value)> {
        self.fields.iter().map(|(field, value)| (*field, value))
    }

    /// Shows every field that is set, to be changed in place.
    pub fn for_each_mut(&mut self, change: &mut dyn FnMut(Field, &mut Value)) {
        for (field, value) in &mut self.fields {
            change(*field, value);
        }
    }

    fn find(&self, json: &str) -> Result<usize, usize> {
        self.fields
            .binary_search_by(|(field, _)| field.json_name().cmp(json))
    }

    /// The field of this JSON name, if it is set.
    pub fn get(&self, json: &str) -> Option<&Value> {
        let at = self.find(json).ok()?;
        self.fields.get(at).map(|(_, value)| value)
    }

    /// The field of this JSON name, if it is set.
    pub fn get_mut(&mut self, json: &str) -> Option<&mut Value> {
        let at = self.find(json).ok()?;
        self.fields.get_mut(at).map(|(_, value)| value)
    }

    /// The struct under these JSON names, one inside the other.
    pub fn at(&self, path: &[&str]) -> Option<&Struct> {
        path.iter().try_fold(self, |fields, json| {
            fields.get(json).and_then(Value::as_struct)
        })
    }

    /// The text of a field; empty where there is none.
    pub fn text(&self, json: &str) -> &str {
        self.get(json).and_then(Value::as_text).unwrap_or_default()
    }

    /// The number of a field, if it is set.
    pub fn int(&self, json: &str) -> Option<i64> {
        self.get(json).and_then(Value::as_int)
    }

    /// Whether a field is set and `true`.
    pub fn is_true(&self, json: &str) -> bool {
        self.get(json) == Some(&Value::Bool(true))
    }

    /// The items of a list; none where it is not set.
    pub fn items(&self, json: &str) -> &[Value] {
        self.get(json).map_or(&[], Value::items)
    }

    /// The map of a field, if it is set.
    pub fn map(&self, json: &str) -> Option<&Entries> {
        match self.get(json) {
            Some(Value::Map(map)) => Some(map),
            _ => None,
        }
    }

    /// Sets a field. A name that the type does not have changes nothing.
    pub fn set(&mut self, json: &str, value: Value) {
        match self.find(json) {
            Ok(at) => {
                if let Some((_, old)) = self.fields.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => {
                if let Some(field) = self.of.field(json) {
                    self.fields.insert(at, (field, value));
                }
            }
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, json: &str) -> Option<Value> {
        let at = self.find(json).ok()?;
        Some(self.fields.remove(at).1)
    }

    /// The field, set to its zero value if it was not set. `None` if the type has no such field.
    fn or_zero(&mut self, json: &str) -> Option<&mut Value> {
        if self.find(json).is_err() {
            let shape = self.of.field(json)?.shape().get();
            self.set(json, Value::zero(shape));
        }
        self.get_mut(json)
    }

    /// The struct of a field, made if it was not set. `None` if the type has no such struct.
    pub fn struct_mut(&mut self, json: &str) -> Option<&mut Struct> {
        match self.or_zero(json)? {
            Value::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// The struct under these JSON names, made where it was not set.
    pub fn at_mut(&mut self, path: &[&str]) -> Option<&mut Struct> {
        path.iter()
            .try_fold(self, |fields, json| fields.struct_mut(json))
    }

    /// The map of a field, made if it was not set. `None` if the type has no such map.
    pub fn map_mut(&mut self, json: &str) -> Option<&mut Entries> {
        match self.or_zero(json)? {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list of a field, made if it was not set. `None` if the type has no such list.
    pub fn list_mut(&mut self, json: &str) -> Option<&mut Vec<Value>> {
        match self.or_zero(json)? {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Whether nothing in it differs from Go's zero value.
    pub fn is_zero(&self) -> bool {
        self.fields
            .iter()
            .all(|(field, value)| !field.is_pointer() && value.is_zero())
    }
}

impl Value {
    /// Whether this is Go's zero value where no pointer leads to it; empty lists and maps count as nil.
    pub fn is_zero(&self) -> bool {
        match self {
            Value::Quantity(quantity) => quantity.sign() == 0,
            Value::IntOrString(value) => *value == IntOrString::Int(0),
            Value::Time(time) => time.is_zero(),
            Value::Any(text) => text == "null",
            Value::Struct(fields) => fields.is_zero(),
            other => other.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests;
