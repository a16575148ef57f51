//! Nodes.

use super::meta::{is_terminating, placed_map};
use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::object::{LabelsShown, Node};
use crate::selector::Taint;
use crate::text::{NodeId, Value};

/// Decodes the Node at `root`.
pub(crate) fn node(doc: Doc<'_>, root: NodeId, name: &str, strings: &mut Interner) -> Node {
    let mut node = Node {
        place: doc.place(root),
        name: strings.intern(name),
        labels_shown: LabelsShown::All,
        taints_shown: true,
        ..Node::default()
    };
    if let Some(meta) = doc.tree.get(root, "metadata") {
        let labels = placed_map(doc, meta, "labels", strings);
        node.labels = labels.map;
        node.label_spans = labels.spans;
        node.terminating = is_terminating(doc, meta);
    }
    if let Some(spec) = doc.tree.get(root, "spec") {
        node.unschedulable = doc.is_true(spec, "unschedulable");
        if let Some(list) = doc.tree.get(spec, "taints") {
            for &item in doc.items(list) {
                if matches!(doc.tree.value(item), Value::Map(_)) {
                    node.taints.push(taint(doc, item));
                    node.taint_spans.push(doc.span(item));
                }
            }
        }
    }
    node.ready = ready(doc, root);
    node
}

fn taint(doc: Doc<'_>, item: NodeId) -> Taint {
    let added = doc.text(item, "timeAdded");
    Taint {
        key: doc.text(item, "key").to_owned(),
        value: doc.text(item, "value").to_owned(),
        effect: doc.text(item, "effect").to_owned(),
        time_added: (!added.is_empty()).then(|| added.to_owned()),
    }
}

/// The condition `Ready` (R-1572).
fn ready(doc: Doc<'_>, root: NodeId) -> Option<bool> {
    let list = doc.tree.at_path(root, &["status", "conditions"])?;
    doc.items(list)
        .iter()
        .find(|&&item| doc.text(item, "type") == "Ready")
        .map(|&item| doc.text(item, "status") == "True")
}
