//! One walk of an object against its type, as the server's JSON decoder goes: keys in byte order, the first
//! value of a wrong type remembered, unknown fields listed on the way (R-1520 to R-1526).
//!
//! Depth is that of the schema, whose types never hold themselves, not that of the text.
//!
//! Source: sigs.k8s.io/json `UnmarshalStrict`; `UnmarshalJSON` of `IntOrString`, `Quantity` and `Time`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::object::Quantity;
use crate::object::schema::{Shape, TypeId};
use crate::object::value::time_error;
use crate::selector::quote;
use crate::text::number::json_float;
use crate::text::{Entry, NodeId, Tree, Value};

/// The most strict errors that the decoder lists (R-1524).
const MAX_LISTED: usize = 100;

/// Who wrote the JSON that is decoded: in which order, and large numbers how.
#[derive(Clone, Copy, Debug)]
pub(super) enum Writer<'a> {
    /// A client, which has read the file into untyped maps: sorted, and what does not fit 64 bits with a sign is
    /// a float.
    Client,
    /// What turns YAML into JSON: sorted.
    Yaml,
    /// A person: in the order of the text, with keys that stand twice, here by where they begin.
    Person(&'a BTreeSet<u32>),
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The strict errors: unknown fields, and in JSON keys that stand twice.
    pub(super) strict: Vec<String>,
    /// Why the object cannot be decoded at all.
    pub(super) refused: Option<String>,
}

/// A value that ends decoding at once: a quantity, a time or an int-or-string that cannot be read (R-1526).
struct Stop(String);

/// Where the walk starts, in the decoder's words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    /// The Go type and JSON field that hold the value; both empty for a whole object.
    pub(super) owner: &'static str,
    /// See `owner`.
    pub(super) field: &'static str,
    /// The client writes `metadata.namespace` over whatever stands there.
    pub(super) namespace_is_written: bool,
}

/// Walks the value `root` as a value of type `of`.
pub(super) fn walk(
    tree: &Tree<'_>,
    root: NodeId,
    of: TypeId,
    writer: Writer<'_>,
    start: Start,
) -> Findings {
    let mut walker = Walker {
        tree,
        writer,
        start,
        path: String::new(),
        fields: start.field.to_owned(),
        owner: start.owner,
        found: Findings::default(),
    };
    if let Err(Stop(message)) = walker.value(root, Shape::Struct(of), of.go_name()) {
        walker.found.refused = Some(message);
    }
    walker.found
}

struct Walker<'a> {
    tree: &'a Tree<'a>,
    writer: Writer<'a>,
    start: Start,
    /// The path as strict errors tell it: map keys and places in lists are in it.
    path: String,
    /// The fields of Go structs alone, as errors of type tell them.
    fields: String,
    /// The innermost Go struct.
    owner: &'static str,
    found: Findings,
}

impl<'a> Walker<'a> {
    fn value(&mut self, node: NodeId, shape: Shape, go: &'static str) -> Result<(), Stop> {
        let tree = self.tree;
        let value = tree.value(node);
        match (shape, value) {
            (_, Value::Null)
            | (Shape::Any, _)
            | (Shape::Bool, Value::Bool(_))
            | (Shape::Text | Shape::Bytes | Shape::IntOrString, Value::Str(_)) => {}
            (Shape::Int32 | Shape::Int64, Value::Int(_) | Value::UInt(_) | Value::Float(_)) => {
                if !self.is_whole(node, shape) {
                    let literal = format!("number {}", self.literal(node));
                    self.wrong(&literal, go);
                }
            }
            (Shape::IntOrString, value) => {
                if !self.is_whole(node, Shape::Int32) {
                    let what = match value {
                        Value::Int(_) | Value::UInt(_) | Value::Float(_) => {
                            format!("number {}", self.literal(node))
                        }
                        other => other.kind().to_owned(),
                    };
                    return Err(Stop(self.mismatch(&what, "int32")));
                }
            }
            (Shape::Quantity, _) => self.quantity(node)?,
            (Shape::Time, Value::Str(text)) => {
                if let Some(error) = time_error(text) {
                    return Err(Stop(error));
                }
            }
            (Shape::Time, value) => return Err(Stop(self.mismatch(value.kind(), "string"))),
            (Shape::Struct(of), Value::Map(_)) => self.fields_of(node, of)?,
            (Shape::List(inner), Value::Seq(items)) => {
                for (at, &item) in items.iter().enumerate() {
                    let length = self.path.len();
                    // Writing to a text cannot fail.
                    let _ = write!(self.path, "[{at}]");
                    self.value(item, inner.get(), inner.go_name())?;
                    self.path.truncate(length);
                }
            }
            (Shape::Map(inner), Value::Map(_)) => {
                for entry in self.entries(node) {
                    let length = push(&mut self.path, tree.key(entry));
                    self.note_if_twice(entry);
                    self.value(entry.value, inner.get(), inner.go_name())?;
                    self.path.truncate(length);
                }
            }
            (_, value) => self.wrong(value.kind(), go),
        }
        Ok(())
    }

    fn fields_of(&mut self, node: NodeId, of: TypeId) -> Result<(), Stop> {
        let tree = self.tree;
        let outer = self.owner;
        for entry in self.entries(node) {
            let key = tree.key(entry);
            let length = push(&mut self.path, key);
            match of.field(key) {
                _ if self.start.namespace_is_written && self.path == "metadata.namespace" => {}
                Some(field) => {
                    self.note_if_twice(entry);
                    let fields = push(&mut self.fields, key);
                    self.owner = of.short_name();
                    let shape = field.shape();
                    self.value(entry.value, shape.get(), shape.go_name())?;
                    self.fields.truncate(fields);
                    self.owner = outer;
                }
                None => self.list("unknown field"),
            }
            self.path.truncate(length);
        }
        Ok(())
    }

    /// The entries of a map in the order in which they are decoded.
    fn entries(&self, map: NodeId) -> Vec<&'a Entry> {
        let mut entries = sorted(self.tree, map);
        if matches!(self.writer, Writer::Person(_)) {
            entries.sort_by_key(|entry| entry.key_span.start);
        }
        entries
    }

    /// Lists a key that stood in its map before. A field that is unknown is only that (R-1525).
    fn note_if_twice(&mut self, entry: &Entry) {
        if let Writer::Person(twice) = self.writer
            && twice.contains(&entry.key_span.start)
        {
            self.list("duplicate field");
        }
    }

    /// Lists the field that the path leads to; equal texts once (R-1524).
    fn list(&mut self, what: &str) {
        let listed = &mut self.found.strict;
        if listed.len() < MAX_LISTED {
            let error = format!("{what} {}", quote::quote(&self.path));
            if !listed.contains(&error) {
                listed.push(error);
            }
        }
    }

    fn quantity(&self, node: NodeId) -> Result<(), Stop> {
        let written = match self.tree.value(node) {
            // The bytes between the quotes are taken as they stand in the JSON, escapes too.
            Value::Str(text) => {
                let json = quote::json(text);
                let inner = json
                    .strip_prefix('"')
                    .and_then(|rest| rest.strip_suffix('"'));
                inner.unwrap_or_default().trim().to_owned()
            }
            Value::Int(_) | Value::UInt(_) | Value::Float(_) => self.literal(node),
            // No JSON of another kind begins like a quantity.
            other => other.kind().to_owned(),
        };
        match written.parse::<Quantity>() {
            Ok(_) => Ok(()),
            Err(error) => Err(Stop(error.to_string())),
        }
    }

    /// A number as it stands in the JSON that is decoded.
    #[allow(clippy::cast_precision_loss)] // what a client loses is what it sends
    fn literal(&self, node: NodeId) -> String {
        match (self.tree.value(node), self.writer) {
            (Value::Int(_) | Value::UInt(_) | Value::Float(_), Writer::Person(_)) => {
                let written = self.tree.span(node).of(self.tree.text().as_bytes());
                String::from_utf8_lossy(written).into_owned()
            }
            (Value::UInt(number), Writer::Client) => json_float(number as f64),
            (Value::Int(number), _) => number.to_string(),
            (Value::UInt(number), _) => number.to_string(),
            (Value::Float(number), _) => json_float(number),
            _ => String::new(),
        }
    }

    /// Whether a number can be held by a whole number of this shape: Go parses the JSON's own digits (R-1521).
    fn is_whole(&self, node: NodeId, shape: Shape) -> bool {
        let literal = self.literal(node);
        match shape {
            Shape::Int32 => literal.parse::<i32>().is_ok(),
            _ => literal.parse::<i64>().is_ok(),
        }
    }

    fn mismatch(&self, what: &str, go: &str) -> String {
        // The one map whose type has a name of its own.
        let go = match go {
            "map[v1.ResourceName]resource.Quantity" => "v1.ResourceList",
            other => other,
        };
        let (owner, fields) = (self.owner, &self.fields);
        format!("json: cannot unmarshal {what} into Go struct field {owner}.{fields} of type {go}")
    }

    /// Remembers the first value of a wrong type; decoding goes on (R-1526).
    fn wrong(&mut self, what: &str, go: &str) {
        if self.found.refused.is_none() {
            self.found.refused = Some(self.mismatch(what, go));
        }
    }
}

/// The entries of a map in the order of their keys' bytes, as a JSON writer puts them; none of anything else.
pub(super) fn sorted<'t>(tree: &'t Tree<'_>, map: NodeId) -> Vec<&'t Entry> {
    let Value::Map(entries) = tree.value(map) else {
        return vec![];
    };
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| tree.key(a).cmp(tree.key(b)));
    sorted
}

/// Goes one key further; gives the length before.
fn push(path: &mut String, key: &str) -> usize {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(key);
    length
}
