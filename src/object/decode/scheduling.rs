//! The parts of a pod's `spec` that decide where it may run.

use std::collections::BTreeMap;

use super::meta::member_text;
use crate::object::doc::Doc;
use crate::selector::{
    LabelSelector, LabelSelectorRequirement, NodeSelector, NodeSelectorRequirement,
    NodeSelectorTerm, Toleration,
};
use crate::text::{NodeId, Value, number};

/// A map of texts under `key`.
pub(super) fn text_map(doc: Doc<'_>, id: NodeId, key: &str) -> BTreeMap<String, String> {
    let Some(map) = doc.tree.get(id, key) else {
        return BTreeMap::new();
    };
    doc.entries(map)
        .iter()
        .filter_map(|entry| {
            let value = member_text(doc, entry.value)?;
            Some((doc.tree.key(entry).to_owned(), value.to_owned()))
        })
        .collect()
}

/// A list of texts under `key`.
fn texts(doc: Doc<'_>, id: NodeId, key: &str) -> Vec<String> {
    doc.tree.get(id, key).map_or(vec![], |list| {
        doc.items(list)
            .iter()
            .filter_map(|&item| member_text(doc, item).map(str::to_owned))
            .collect()
    })
}

/// The maps of a list under `key`, each made into something. As in Go, null is an item with nothing in it.
pub(super) fn maps<T: Default>(
    doc: Doc<'_>,
    id: NodeId,
    key: &str,
    make: impl Fn(NodeId) -> T,
) -> Vec<T> {
    doc.tree.get(id, key).map_or(vec![], |list| {
        doc.items(list)
            .iter()
            .filter_map(|&item| match doc.tree.value(item) {
                Value::Map(_) => Some(make(item)),
                Value::Null => Some(T::default()),
                _ => None,
            })
            .collect()
    })
}

/// `spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution` of the pod spec `spec`.
pub(super) fn required_node_affinity(doc: Doc<'_>, spec: NodeId) -> Option<NodeSelector> {
    let id = doc.tree.at_path(
        spec,
        &[
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
        ],
    )?;
    matches!(doc.tree.value(id), Value::Map(_)).then(|| NodeSelector {
        node_selector_terms: maps(doc, id, "nodeSelectorTerms", |term| NodeSelectorTerm {
            match_expressions: node_requirements(doc, term, "matchExpressions"),
            match_fields: node_requirements(doc, term, "matchFields"),
        }),
    })
}

fn node_requirements(doc: Doc<'_>, term: NodeId, key: &str) -> Vec<NodeSelectorRequirement> {
    maps(doc, term, key, |item| NodeSelectorRequirement {
        key: doc.text(item, "key").to_owned(),
        operator: doc.text(item, "operator").to_owned(),
        values: texts(doc, item, "values"),
    })
}

/// `spec.tolerations` of the pod spec `spec`.
pub(super) fn tolerations(doc: Doc<'_>, spec: NodeId) -> Vec<Toleration> {
    maps(doc, spec, "tolerations", |item| Toleration {
        key: doc.text(item, "key").to_owned(),
        operator: doc.text(item, "operator").to_owned(),
        value: doc.text(item, "value").to_owned(),
        effect: doc.text(item, "effect").to_owned(),
        toleration_seconds: doc
            .tree
            .get(item, "tolerationSeconds")
            .and_then(|value| whole(doc, value)),
    })
}

/// A number of 64 bits; a float of whole value suits (R-1521).
pub(super) fn whole(doc: Doc<'_>, id: NodeId) -> Option<i64> {
    match doc.tree.value(id) {
        Value::Int(number) => Some(number),
        Value::Float(number) => number::whole(number),
        _ => None,
    }
}

/// The label selector under `key`; `None` where there is none.
pub(super) fn label_selector(doc: Doc<'_>, id: NodeId, key: &str) -> Option<LabelSelector> {
    let id = doc.tree.get(id, key)?;
    matches!(doc.tree.value(id), Value::Map(_)).then(|| LabelSelector {
        match_labels: text_map(doc, id, "matchLabels"),
        match_expressions: maps(doc, id, "matchExpressions", |item| {
            LabelSelectorRequirement {
                key: doc.text(item, "key").to_owned(),
                operator: doc.text(item, "operator").to_owned(),
                values: texts(doc, item, "values"),
            }
        }),
    })
}
