//! Tree → value, as the API server reads an object that is not checked strictly (R-1520 to R-1522, R-1526).
//!
//! Unknown fields are dropped. A value of a wrong type is left out and told; the rest is read. How deep this
//! goes is up to the schema, which ends, not to the text.

use super::{Struct, Time, Value};
use crate::object::schema::{Field, Shape, TypeId};
use crate::object::{IntOrString, Quantity};
use crate::text::number::{self, json_float};
use crate::text::{NodeId, Tree, Value as Node};

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It is of another type; the server reads on and refuses the object.
    WrongType,
    /// It is a number that the field has no room for, or with a fraction where there is none.
    OutOfRange,
    /// It has the right type, but says nothing that a quantity, a time or an int-or-string could be. The
    /// server stops here.
    Refused(String),
}

/// A value that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The value in the tree.
    pub node: NodeId,
    /// Where it stands, as the server writes paths (`spec.template.spec.containers[0].image`, R-1524).
    pub path: String,
    /// The type that Go has there, without a pointer.
    pub wanted: &'static str,
    /// What is wrong.
    pub why: Misread,
}

/// Reads a map as a value of type `of`. What could not be read is left out and listed in the order of the text.
pub fn decode(tree: &Tree<'_>, node: NodeId, of: TypeId) -> (Struct, Vec<DecodeError>) {
    let mut decoder = Decoder {
        tree,
        path: String::new(),
        errors: vec![],
    };
    let made = match tree.value(node) {
        Node::Map(_) => decoder.fields(node, of),
        Node::Null => Struct::new(of),
        _ => {
            decoder.refuse(node, of.go_name(), Misread::WrongType);
            Struct::new(of)
        }
    };
    (made, decoder.errors)
}

struct Decoder<'a> {
    tree: &'a Tree<'a>,
    path: String,
    errors: Vec<DecodeError>,
}

impl Decoder<'_> {
    fn refuse(&mut self, node: NodeId, wanted: &'static str, why: Misread) {
        self.errors.push(DecodeError {
            node,
            path: self.path.clone(),
            wanted,
            why,
        });
    }

    /// Reads what stands one step further.
    fn within<T>(&mut self, step: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        if length > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(step);
        let value = read(self);
        self.path.truncate(length);
        value
    }

    fn fields(&mut self, node: NodeId, of: TypeId) -> Struct {
        let mut made = Struct::new(of);
        let tree = self.tree;
        let Node::Map(entries) = tree.value(node) else {
            return made;
        };
        for entry in entries {
            let key = tree.key(entry);
            // Null means that the field is absent (R-1521).
            let (Some(field), false) =
                (of.field(key), matches!(tree.value(entry.value), Node::Null))
            else {
                continue;
            };
            if let Some(value) = self.within(key, |own| own.field(entry.value, field)) {
                made.set(key, value);
            }
        }
        made
    }

    /// A field that is no pointer and holds its zero value is the same as one that is not there.
    fn field(&mut self, node: NodeId, field: Field) -> Option<Value> {
        let shape = field.shape();
        let value = self.value(node, shape.get(), shape.go_name())?;
        let is_kept = field.is_pointer()
            || matches!(value, Value::List(_) | Value::Map(_))
            || !value.is_zero();
        is_kept.then_some(value)
    }

    fn value(&mut self, node: NodeId, shape: Shape, go: &'static str) -> Option<Value> {
        let tree = self.tree;
        let read = match (shape, tree.value(node)) {
            // Within lists and maps null is the zero value.
            (shape, Node::Null) => Ok(Value::zero(shape)),
            (Shape::Any, _) => Ok(Value::Any(tree.to_json(node))),
            (Shape::Bool, Node::Bool(value)) => Ok(Value::Bool(value)),
            (Shape::Text | Shape::Bytes, Node::Str(text)) => Ok(Value::text(text)),
            (Shape::Int32, number) => whole(number)
                .and_then(|number| i32::try_from(number).map_err(|_| Misread::OutOfRange))
                .map(|number| Value::Int(number.into())),
            (Shape::Int64, number) => whole(number).map(Value::Int),
            (Shape::Quantity, value) => quantity(value).map(Value::Quantity),
            (Shape::IntOrString, value) => int_or_string(value).map(Value::IntOrString),
            (Shape::Time, Node::Str(text)) => Time::parse(text)
                .map(Value::Time)
                .ok_or_else(|| Misread::Refused(format!("{text:?} is no time"))),
            (Shape::Struct(of), Node::Map(_)) => Ok(Value::Struct(self.fields(node, of))),
            (Shape::List(inner), Node::Seq(items)) => {
                let (shape, go) = (inner.get(), inner.go_name());
                let read = items.iter().enumerate().filter_map(|(at, &item)| {
                    self.within(&format!("[{at}]"), |own| own.value(item, shape, go))
                });
                Ok(Value::List(read.collect()))
            }
            (Shape::Map(inner), Node::Map(entries)) => {
                let (shape, go) = (inner.get(), inner.go_name());
                let read = entries.iter().filter_map(|entry| {
                    let key = tree.key(entry);
                    let value = self.within(key, |own| own.value(entry.value, shape, go))?;
                    Some((key.to_owned(), value))
                });
                Ok(Value::Map(read.collect()))
            }
            _ => Err(Misread::WrongType),
        };
        read.map_err(|why| self.refuse(node, go, why)).ok()
    }
}

/// A whole number; a float of whole value is one too (R-1521).
fn whole(node: Node<'_>) -> Result<i64, Misread> {
    match node {
        Node::Int(number) => Ok(number),
        Node::UInt(_) => Err(Misread::OutOfRange),
        Node::Float(number) => number::whole(number).ok_or(Misread::OutOfRange),
        _ => Err(Misread::WrongType),
    }
}

fn quantity(node: Node<'_>) -> Result<Quantity, Misread> {
    let text = match node {
        Node::Str(text) => text.trim().to_owned(),
        Node::Int(number) => number.to_string(),
        Node::UInt(number) => number.to_string(),
        Node::Float(number) => json_float(number),
        // The server takes whatever stands there for the text of one.
        _ => "?".to_owned(),
    };
    text.parse()
        .map_err(|error: crate::object::QuantityError| Misread::Refused(error.to_string()))
}

fn int_or_string(node: Node<'_>) -> Result<IntOrString, Misread> {
    match node {
        Node::Str(text) => Ok(IntOrString::Text(text.to_owned())),
        node => whole(node)
            .ok()
            .and_then(|number| i32::try_from(number).ok())
            .map(IntOrString::Int)
            .ok_or_else(|| Misread::Refused("neither text nor a number of 32 bits".to_owned())),
    }
}
