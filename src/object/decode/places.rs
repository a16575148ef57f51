//! Where the fields of a DaemonSet stand, by path: what reasons point at and edits begin from.

use std::collections::BTreeMap;

use crate::object::doc::Doc;
use crate::object::limits::MAX_PLACES;
use crate::text::{NodeId, Span, Value};

/// Fields whose own place is kept, but not those of all that they hold.
const ALONE: &[&[&str]] = &[
    &["metadata"],
    &["metadata", "name"],
    &["metadata", "namespace"],
    &["spec"],
    &["spec", "template"],
    &["spec", "template", "metadata"],
    &["spec", "template", "spec"],
    &["spec", "template", "spec", "nodeName"],
    &["spec", "template", "spec", "hostNetwork"],
    &["spec", "template", "spec", "affinity"],
];

/// Fields that are kept with all that they hold.
const WHOLE: &[&[&str]] = &[
    &["metadata", "labels"],
    &["spec", "selector"],
    &["spec", "template", "metadata", "labels"],
    &["spec", "template", "spec", "nodeSelector"],
    &["spec", "template", "spec", "affinity", "nodeAffinity"],
    &["spec", "template", "spec", "tolerations"],
];

/// The places of the fields of the DaemonSet `root`.
pub(super) fn places(doc: Doc<'_>, root: NodeId) -> BTreeMap<String, Span> {
    let mut places = BTreeMap::new();
    for path in ALONE {
        if let Some(id) = doc.tree.at_path(root, path) {
            places.insert(path.join("."), doc.span(id));
        }
    }
    let mut open: Vec<(String, NodeId)> = WHOLE
        .iter()
        .rev()
        .filter_map(|path| Some((path.join("."), doc.tree.at_path(root, path)?)))
        .collect();
    while let Some((path, id)) = open.pop() {
        if places.len() >= MAX_PLACES {
            break;
        }
        // Children are put in reverse, so that they are taken in the text's order; no more than can be kept.
        let room = MAX_PLACES - places.len();
        let first = open.len();
        match doc.tree.value(id) {
            Value::Map(entries) => open.extend(
                entries
                    .iter()
                    .take(room)
                    .map(|entry| (format!("{path}.{}", doc.tree.key(entry)), entry.value)),
            ),
            Value::Seq(items) => open.extend(
                items
                    .iter()
                    .take(room)
                    .enumerate()
                    .map(|(at, &item)| (format!("{path}[{at}]"), item)),
            ),
            _ => {}
        }
        if let Some(children) = open.get_mut(first..) {
            children.reverse();
        }
        places.insert(path, doc.span(id));
    }
    places
}
