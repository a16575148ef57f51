//! Tables as `kubectl get nodes|pods|daemonsets|namespaces` prints them (R-1570 to R-1582).
//!
//! Uses `selector` for the selector of a `DaemonSet` and values of the schema; reads no clock. What reads tables
//! is in `text::table` and [`crate::object::input`].

mod age;
mod daemon_set;
mod labels;
mod layout;
mod node;
mod pod;
#[cfg(test)]
mod tests;

pub use age::{age, human_duration};

use crate::object::value::{Struct, Time, Value};
use layout::Layout;

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `kubectl get nodes`.
    Nodes,
    /// `kubectl get pods`.
    Pods,
    /// `kubectl get daemonsets`.
    DaemonSets,
    /// `kubectl get namespaces`.
    Namespaces,
}

/// The options of `kubectl get` that change its table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // kubectl has as many switches
pub struct TableOptions {
    /// `-o wide`.
    pub wide: bool,
    /// `--show-labels`.
    pub show_labels: bool,
    /// `-A`; for a resource without namespaces the column is empty.
    pub all_namespaces: bool,
    /// `--no-headers`.
    pub no_headers: bool,
    /// `--show-kind`.
    pub show_kind: bool,
    /// `-L`, in order.
    pub label_columns: Vec<String>,
}

impl Resource {
    /// The heads of its columns and of those that `-o wide` adds.
    fn heads(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Resource::Nodes => (node::HEADS, node::WIDE),
            Resource::Pods => (pod::HEADS, pod::WIDE),
            Resource::DaemonSets => (daemon_set::HEADS, daemon_set::WIDE),
            Resource::Namespaces => (&["NAME", "STATUS", "AGE"], &[]),
        }
    }

    /// What `--show-kind` writes before the name.
    fn prefix(self) -> &'static str {
        match self {
            Resource::Nodes => "node/",
            Resource::Pods => "pod/",
            Resource::DaemonSets => "daemonset.apps/",
            Resource::Namespaces => "namespace/",
        }
    }

    /// The cells of an object after its name.
    fn cells(self, object: &Struct, wide: bool, now: Time) -> Vec<String> {
        match self {
            Resource::Nodes => node::cells(object, wide, now),
            Resource::Pods => pod::cells(object, wide, now),
            Resource::DaemonSets => daemon_set::cells(object, wide, now),
            Resource::Namespaces => {
                let phase = object
                    .at(&["status"])
                    .map_or("", |status| status.text("phase"));
                vec![phase.to_owned(), created(object, now)]
            }
        }
    }
}

/// Prints the table of some objects in their order; nothing at all for none. Ages are counted from `now`.
///
/// Cost: O(cells).
pub fn table<'o>(
    resource: Resource,
    objects: impl IntoIterator<Item = &'o Struct>,
    options: &TableOptions,
    now: Time,
) -> String {
    let mut layout = Layout::default();
    if !options.no_headers {
        let (heads, wide) = resource.heads();
        let mut row: Vec<String> = vec![];
        row.extend(options.all_namespaces.then(|| "NAMESPACE".to_owned()));
        row.extend(heads.iter().map(|&head| head.to_owned()));
        if options.wide {
            row.extend(wide.iter().map(|&head| head.to_owned()));
        }
        row.extend(options.label_columns.iter().map(|key| labels::head(key)));
        row.extend(options.show_labels.then(|| "LABELS".to_owned()));
        layout.push(&row);
    }
    let mut is_empty = true;
    for object in objects {
        is_empty = false;
        let metadata = object.at(&["metadata"]);
        let text = |key| metadata.map_or("", |metadata| metadata.text(key));
        let labels = metadata.and_then(|metadata| metadata.map("labels"));
        let mut row: Vec<String> = vec![];
        row.extend(options.all_namespaces.then(|| text("namespace").to_owned()));
        let prefix = if options.show_kind {
            resource.prefix()
        } else {
            ""
        };
        row.push(format!("{prefix}{}", text("name")));
        row.extend(resource.cells(object, options.wide, now));
        for key in &options.label_columns {
            let value = labels.and_then(|labels| labels.get(key)?.as_text());
            row.push(value.unwrap_or_default().to_owned());
        }
        row.extend(options.show_labels.then(|| labels::all(labels)));
        layout.push(&row);
    }
    if is_empty {
        return String::new();
    }
    layout.print()
}

/// The text under a path of structs; empty where there is none.
fn text<'o>(object: &'o Struct, path: &[&str], field: &str) -> &'o str {
    object.at(path).map_or("", |fields| fields.text(field))
}

/// The structs of a list under a path of structs.
fn structs<'o>(object: &'o Struct, path: &[&str], field: &str) -> impl Iterator<Item = &'o Struct> {
    let items = object
        .at(path)
        .map_or(&[] as &[Value], |fields| fields.items(field));
    items.iter().filter_map(Value::as_struct)
}

/// AGE.
fn created(object: &Struct, now: Time) -> String {
    age(time(object.at(&["metadata"]), "creationTimestamp"), now)
}

fn time(fields: Option<&Struct>, field: &str) -> Option<Time> {
    match fields?.get(field) {
        Some(Value::Time(time)) => Some(*time),
        _ => None,
    }
}

/// Texts joined by commas.
fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.collect::<Vec<_>>().join(",")
}

/// The text, or a stand-in where it is empty.
fn or<'t>(text: &'t str, stand_in: &'t str) -> &'t str {
    if text.is_empty() { stand_in } else { text }
}
