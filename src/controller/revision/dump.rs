//! The printed form of a template: what `spew` makes of the Go struct.
//!
//! All fields stand in it, set or not, in the order of their declaration, so the text changes from release to
//! release with the types; that is why a new release of Kubernetes may give every template another hash.

use std::fmt::{self, Write as _};

use crate::object::schema::{Field, Shape, TypeId};
use crate::object::value::{Struct, Value};
use crate::object::{IntOrString, Quantity};

/// A part of a template whose printed form is not known: a time, which shows the inner parts of Go's clock, or
/// what the server does not look into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPrinted {
    /// The JSON name of the field.
    pub field: &'static str,
}

impl fmt::Display for NotPrinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field;
        write!(
            f,
            "the template sets {field}, which enters the hash in a form that is not known"
        )
    }
}

impl std::error::Error for NotPrinted {}

/// The text that the hash of a `DaemonSet`'s template runs over. The object must come from storage.
///
/// # Errors
///
/// Where the template holds something whose printed form is not known.
pub fn printed(daemon_set: &Struct) -> Result<String, NotPrinted> {
    let mut out = String::with_capacity(8 << 10);
    out.push_str("(v1.PodTemplateSpec)");
    if let Some(of) = TypeId::named("v1.PodTemplateSpec") {
        put_struct(of, daemon_set.at(&["spec", "template"]), &mut out)?;
    }
    Ok(out)
}

/// Prints the fields of a type; those of embedded types are found among the fields of the whole.
fn put_struct(of: TypeId, fields: Option<&Struct>, out: &mut String) -> Result<(), NotPrinted> {
    let mut open = '{';
    for field in of.declared() {
        out.push(std::mem::replace(&mut open, ' '));
        match field.shape().get() {
            Shape::Struct(embedded) if field.is_inline() => {
                let (short, full) = (embedded.short_name(), embedded.go_name());
                put(out, format_args!("{short}:({full})"));
                put_struct(embedded, fields, out)?;
            }
            _ => {
                put(out, format_args!("{}:", field.go_name()));
                let value = fields.and_then(|fields| fields.get(field.json_name()));
                put_field(field, value, out)?;
            }
        }
    }
    out.push_str(if open == '{' { "{}" } else { "}" });
    Ok(())
}

fn put(out: &mut String, text: fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = out.write_fmt(text);
}

fn put_field(field: Field, value: Option<&Value>, out: &mut String) -> Result<(), NotPrinted> {
    let shape = field.shape().get();
    let star = if field.is_pointer() { "*" } else { "" };
    // The one map whose type has a name of its own.
    let go = match field.shape().go_name() {
        "map[v1.ResourceName]resource.Quantity" => "v1.ResourceList",
        other => other,
    };
    put(out, format_args!("({star}{go})"));
    match value {
        Some(value) => put_value(field, value, out),
        None if field.is_pointer() || matches!(shape, Shape::List(_) | Shape::Map(_)) => {
            out.push_str("<nil>");
            Ok(())
        }
        None => put_value(field, &Value::zero(shape), out),
    }
}

fn put_value(field: Field, value: &Value, out: &mut String) -> Result<(), NotPrinted> {
    let unknown = Err(NotPrinted {
        field: field.json_name(),
    });
    match value {
        Value::Bool(value) => put(out, format_args!("{value}")),
        Value::Int(number) => put(out, format_args!("{number}")),
        Value::Text(_) if field.shape().get() == Shape::Bytes => return unknown,
        Value::Text(text) => out.push_str(text),
        Value::Quantity(quantity) => out.push_str(&quantity_parts(quantity)),
        Value::IntOrString(value) => {
            let (kind, number, text) = match value {
                IntOrString::Int(number) => (0, *number, ""),
                IntOrString::Text(text) => (1, 0, text.as_str()),
            };
            let parts = format_args!(
                "{{Type:(intstr.Type){kind} IntVal:(int32){number} StrVal:(string){text}}}"
            );
            put(out, parts);
        }
        Value::Time(time) if time.is_zero() => out
            .push_str("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}"),
        Value::Time(_) | Value::Any(_) => return unknown,
        // What lies in storage has no empty ones.
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                put_value(field, item, out)?;
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push_str("map[");
            for (at, (key, item)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                put(out, format_args!("{key}:"));
                put_value(field, item, out)?;
            }
            out.push(']');
        }
        Value::Struct(fields) => put_struct(fields.type_id(), Some(fields), out)?,
    }
    Ok(())
}

/// A quantity that is not set has been stored as `0` and read again.
fn quantity_parts(quantity: &Quantity) -> String {
    if quantity.sign() == 0 {
        return "0"
            .parse()
            .map_or_else(|_| String::new(), |zero: Quantity| zero.go_dump());
    }
    quantity.go_dump()
}
