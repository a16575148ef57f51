//! `metadata`: names, labels, annotations, owners.

use std::borrow::Cow;
use std::sync::Arc;

use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::object::{LabelMap, ObjectMeta, OwnerReference};
use crate::text::{NodeId, Span, Value};

/// A map of texts with the places of its values, in the map's order.
#[derive(Debug, Default)]
pub(super) struct PlacedMap {
    pub(super) map: LabelMap,
    pub(super) spans: Vec<Span>,
}

/// The text of a value in a map or list of texts, where null is empty text (R-1521).
pub(super) fn member_text(doc: Doc<'_>, id: NodeId) -> Option<&str> {
    match doc.tree.value(id) {
        Value::Str(text) => Some(text),
        Value::Null => Some(""),
        _ => None,
    }
}

/// Labels or annotations under `key` of `meta`.
pub(super) fn placed_map(
    doc: Doc<'_>,
    meta: NodeId,
    key: &str,
    strings: &mut Interner,
) -> PlacedMap {
    let Some(id) = doc.tree.get(meta, key) else {
        return PlacedMap::default();
    };
    let mut entries: Vec<(&str, &str, Span)> = doc
        .entries(id)
        .iter()
        .filter_map(|entry| {
            let value = member_text(doc, entry.value)?;
            Some((doc.tree.key(entry), value, doc.span(entry.value)))
        })
        .collect();
    if !entries.is_sorted_by(|a, b| a.0 <= b.0) {
        entries.sort_by(|a, b| a.0.cmp(b.0));
    }
    let spans = entries.iter().map(|entry| entry.2).collect();
    let pairs = entries
        .iter()
        .map(|(key, value, _)| (strings.intern(key), strings.intern(value)))
        .collect();
    PlacedMap {
        map: LabelMap::from_pairs(pairs),
        spans,
    }
}

/// How an object is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named<'a> {
    /// `metadata.name`.
    Name(Cow<'a, str>),
    /// Only `metadata.generateName`: the server would add five letters, for which `xxxxx` stands here.
    Generated(String),
    /// Neither.
    Nameless,
}

/// How the object `root` is called. A number or boolean counts as written: that it isn't text is found
/// elsewhere.
pub(crate) fn named<'a>(doc: Doc<'a>, root: NodeId, text: &'a str) -> Named<'a> {
    let written = |key| -> Option<Cow<'a, str>> {
        let id = doc.tree.at_path(root, &["metadata", key])?;
        let name = match doc.tree.value(id) {
            Value::Str(name) => Cow::Borrowed(name),
            Value::Null | Value::Seq(_) | Value::Map(_) => return None,
            _ => {
                let span = doc.span(id);
                let source = text.get(span.start as usize..span.end as usize)?;
                Cow::Borrowed(source.trim())
            }
        };
        (!name.is_empty()).then_some(name)
    };
    match (written("name"), written("generateName")) {
        (Some(name), _) => Named::Name(name),
        (None, Some(prefix)) => Named::Generated(format!("{prefix}xxxxx")),
        (None, None) => Named::Nameless,
    }
}

/// The name that an object goes by here; empty if it has none.
pub(crate) fn name_of(named: &Named<'_>) -> String {
    match named {
        Named::Name(name) => name.to_string(),
        Named::Generated(name) => name.clone(),
        Named::Nameless => String::new(),
    }
}

/// Whether `metadata.deletionTimestamp` is set.
pub(super) fn is_terminating(doc: Doc<'_>, meta: NodeId) -> bool {
    !doc.text(meta, "deletionTimestamp").is_empty()
}

/// All of `metadata` that the planner asks for, of the object `root`.
pub(super) fn object_meta(
    doc: Doc<'_>,
    root: NodeId,
    name: &str,
    strings: &mut Interner,
) -> ObjectMeta {
    let name = strings.intern(name);
    let Some(meta) = doc.tree.get(root, "metadata") else {
        return ObjectMeta {
            name,
            ..ObjectMeta::default()
        };
    };
    let mut text = |key: &str| -> Option<Arc<str>> {
        let text = doc.text(meta, key);
        (!text.is_empty()).then(|| strings.intern(text))
    };
    ObjectMeta {
        name,
        namespace: text("namespace"),
        uid: text("uid"),
        creation_timestamp: text("creationTimestamp"),
        terminating: is_terminating(doc, meta),
        labels: placed_map(doc, meta, "labels", strings).map,
        annotations: placed_map(doc, meta, "annotations", strings).map,
        owner_references: owner_references(doc, meta, strings),
    }
}

fn owner_references(doc: Doc<'_>, meta: NodeId, strings: &mut Interner) -> Vec<OwnerReference> {
    let Some(list) = doc.tree.get(meta, "ownerReferences") else {
        return vec![];
    };
    doc.items(list)
        .iter()
        .filter(|item| matches!(doc.tree.value(**item), Value::Map(_)))
        .map(|&item| {
            let mut text = |key| strings.intern(doc.text(item, key));
            OwnerReference {
                api_version: text("apiVersion"),
                kind: text("kind"),
                name: text("name"),
                uid: text("uid"),
                controller: doc.is_true(item, "controller"),
            }
        })
        .collect()
}
