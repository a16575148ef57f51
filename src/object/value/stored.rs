//! What storage makes of a value: it is written as protobuf and read again.

use super::{Struct, Value};
use crate::object::Quantity;
use crate::object::schema::Field;

impl Struct {
    /// The value as it comes back from storage: empty lists and maps are gone, quantities have been written and
    /// read again. Two values that storage does not tell apart are equal afterwards (R-1407).
    #[must_use]
    pub fn stored(mut self) -> Self {
        self.fields = self
            .fields
            .into_iter()
            .filter_map(|(field, value)| stored_field(field, value).map(|value| (field, value)))
            .collect();
        self
    }
}

fn stored_field(field: Field, value: Value) -> Option<Value> {
    let value = stored(value);
    let is_nil = matches!(&value, Value::List(_) | Value::Map(_)) && value.is_empty();
    let is_kept = field.is_pointer() || !value.is_zero();
    (is_kept && !is_nil).then_some(value)
}

fn stored(value: Value) -> Value {
    match value {
        Value::Quantity(quantity) => Value::Quantity(written_and_read(quantity)),
        Value::List(items) => Value::List(items.into_iter().map(stored).collect()),
        Value::Map(map) => Value::Map(
            map.into_iter()
                .map(|(key, value)| (key, stored(value)))
                .collect(),
        ),
        Value::Struct(fields) => Value::Struct(fields.stored()),
        other => other,
    }
}

/// What is written can be read again, except for a number beyond what the planner computes with: it stays.
fn written_and_read(quantity: Quantity) -> Quantity {
    quantity.to_string().parse().unwrap_or(quantity)
}
