//! JSON that is already written, handed on to another serializer.
//!
//! A serializer is compiled anew for each type that it is given. The plan has some thirty, and each format
//! costs some twenty kilobytes of wasm for them; going by way of the JSON, and of the reader of JSON that
//! inputs need anyway, costs one format a twentieth of that.

use serde::ser::{Error, Serialize, Serializer};

use crate::text::json;
use crate::text::tree::{NodeId, Tree, Value};

/// JSON text as something that can be serialised: the same values in the same order.
///
/// Numbers must be whole, as those of a plan are: writing others takes tables of ten kilobytes in each writer.
pub(super) struct Json<'a>(pub(super) &'a str);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Ok(document) = json::document(self.0) else {
            return Err(S::Error::custom("this is no JSON"));
        };
        let part = Part {
            tree: &document.tree,
            node: document.tree.root(),
            depth: 0,
        };
        part.serialize(to)
    }
}

/// How deep values may nest; those of a plan do by a dozen levels.
const MAX_DEPTH: usize = 100;

/// A value and what is in it.
struct Part<'t> {
    tree: &'t Tree<'t>,
    node: NodeId,
    depth: usize,
}

impl Part<'_> {
    fn within(&self, node: NodeId) -> Self {
        Self {
            tree: self.tree,
            node,
            depth: self.depth + 1,
        }
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.tree.value(self.node) {
            _ if self.depth > MAX_DEPTH => Err(S::Error::custom("this nests too deep")),
            Value::Null => to.serialize_unit(),
            Value::Bool(value) => to.serialize_bool(value),
            Value::Int(number) => to.serialize_i64(number),
            Value::UInt(number) => to.serialize_u64(number),
            Value::Float(_) => Err(S::Error::custom("a number is not whole")),
            Value::Str(text) => to.serialize_str(text),
            Value::Seq(items) => to.collect_seq(items.iter().map(|&item| self.within(item))),
            Value::Map(entries) => to.collect_map(
                entries
                    .iter()
                    .map(|entry| (self.tree.key(entry), self.within(entry.value))),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_comes_out_as_it_went_in_and_in_its_order() {
        let json =
            r#"{"z":[1,-2,18446744073709551615],"a":{"":null,"é\n":[true,false,[],{}]},"b":"yes"}"#;
        assert_eq!(serde_json::to_string(&Json(json)).unwrap(), json);
    }

    #[test]
    fn yaml_of_the_json_is_yaml_of_the_value() {
        let plan = crate::plan::plan(&crate::plan::PlanRequest::default());
        let json = serde_json::to_string(&plan).unwrap();
        assert_eq!(
            serde_yaml::to_string(&Json(&json)).unwrap(),
            serde_yaml::to_string(&plan).unwrap()
        );
    }

    #[test]
    fn text_that_is_no_json_and_what_a_plan_never_holds_are_errors() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for text in ["{\"a\":", "2.5", &deep] {
            assert!(serde_json::to_string(&Json(text)).is_err(), "{text}");
        }
    }
}
