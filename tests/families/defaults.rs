//! A manifest → what a client reads back after creating it.

use daemonset_planner::object::defaults;
use daemonset_planner::object::schema::TypeId;
use daemonset_planner::object::value::{Struct, Value as Typed, decode};
use daemonset_planner::text::{Document, yaml};
use serde_json::Value;

/// Decodes a document as a `DaemonSet`.
pub(crate) fn object(document: &Document<'_>) -> Result<Struct, String> {
    let tree = &document.tree;
    // Some cases leave out what they are.
    let of = TypeId::named("v1.DaemonSet").unwrap();
    let (object, errors) = decode(tree, tree.root(), of);
    if errors.is_empty() {
        Ok(object)
    } else {
        Err(format!("not decoded: {errors:?}"))
    }
}

/// What the server stores when the object is created.
pub(crate) fn created(mut object: Struct) -> Result<Struct, String> {
    defaults::apply(&mut object);
    defaults::prepare_for_create(&mut object).map_err(|error| error.to_string())?;
    Ok(object.stored())
}

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let text = case["input"]["yaml"].as_str().unwrap();
    let document = yaml::document(text.as_bytes()).map_err(|error| error.go_message())?;
    let mut object = object(&document)?;
    let meta = object.struct_mut("metadata").unwrap();
    if meta.text("namespace").is_empty() {
        // The client's doing (R-1523).
        meta.set("namespace", Typed::text("default"));
    }
    let mut found: Value = serde_json::from_str(&created(object)?.to_json()).unwrap();
    found.as_object_mut().unwrap().remove("status");
    let wanted = &case["expect"]["object"];
    if found == *wanted {
        return Ok(());
    }
    Err(format!(
        "{}\n  input:    {text}\n  expected: {wanted}\n  found:    {found}",
        case["name"]
    ))
}
