//! Objects → the table that kubectl prints of them, character by character.

use daemonset_planner::object::print::{Resource, TableOptions, table};
use daemonset_planner::object::schema::TypeId;
use daemonset_planner::object::value::{Struct, Time, decode};
use daemonset_planner::text::json;
use serde_json::Value;

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let (resource, of) = match input["resource"].as_str() {
        Some("nodes") => (Resource::Nodes, "v1.Node"),
        Some("pods") => (Resource::Pods, "v1.Pod"),
        Some("daemonsets") => (Resource::DaemonSets, "v1.DaemonSet"),
        Some("namespaces") => (Resource::Namespaces, "v1.Namespace"),
        other => return Err(format!("unknown resource {other:?}")),
    };
    let of = TypeId::named(of).unwrap();
    let objects: Vec<Struct> = input["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|object| typed(object, of))
        .collect();
    let now = Time::parse(input["now"].as_str().unwrap()).unwrap();
    let printed = table(resource, &objects, &options(&input["options"]), now);
    let wanted = case["expect"]["text"].as_str().unwrap();
    if printed == wanted {
        return Ok(());
    }
    let name = &case["name"];
    Err(format!(
        "{name}\n  expected:\n{wanted}\n  found:\n{printed}"
    ))
}

fn typed(object: &Value, of: TypeId) -> Struct {
    let text = object.to_string();
    let document = json::document(&text).unwrap();
    let (made, errors) = decode(&document.tree, document.tree.root(), of);
    assert_eq!(errors, []);
    made
}

fn options(options: &Value) -> TableOptions {
    let is = |name: &str| options[name].as_bool().unwrap_or(false);
    let columns = options["labelColumns"].as_array().into_iter().flatten();
    TableOptions {
        wide: is("wide"),
        show_labels: is("showLabels"),
        all_namespaces: is("allNamespaces"),
        no_headers: is("noHeaders"),
        show_kind: is("showKind"),
        label_columns: columns
            .map(|key| key.as_str().unwrap().to_owned())
            .collect(),
    }
}
