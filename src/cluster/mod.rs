//! The state that is judged: nodes, pods, revisions and namespaces of all inputs, each once, in name order.
//!
//! Uses `object` and what lies below it. Holds references only, so that a changed state (a namespace with
//! another annotation, a node with another label) costs a list of pointers. Holds no text and no verdicts.

use crate::text::order::sort_by;
use std::collections::BTreeMap;

use crate::object::{
    ControllerRevision, DaemonSet, LabelsShown, Namespace, Node, ObjectMeta, Objects, Place, Pod,
};
use crate::selector::Labels;

/// The namespace of objects that name none (R-1523).
pub const DEFAULT_NAMESPACE: &str = "default";

/// The state of a cluster, as far as the inputs show it.
#[derive(Clone, Debug, Default)]
pub struct Cluster<'a> {
    daemon_sets: Vec<&'a DaemonSet>,
    nodes: Vec<&'a Node>,
    pods: Vec<&'a Pod>,
    revisions: Vec<&'a ControllerRevision>,
    namespaces: BTreeMap<&'a str, &'a Namespace>,
    default_node_selector: Option<(&'a str, Place)>,
}

/// More objects that stand twice are counted, not named.
pub const MAX_DUPLICATES_NAMED: usize = 100;

/// What stands twice in the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// The first [`MAX_DUPLICATES_NAMED`].
    pub named: Vec<Duplicate>,
    /// How many more there are.
    pub more: usize,
}

/// An object that stands twice in the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// `DaemonSet`, `Node`, `Pod`, `ControllerRevision` or `Namespace`.
    pub kind: &'static str,
    /// `NAMESPACE/NAME`, or the name alone.
    pub name: String,
    /// Where the one stands that does not count.
    pub earlier: Place,
    /// Where the one stands that counts.
    pub later: Place,
}

impl<'a> Cluster<'a> {
    /// Puts the objects of all inputs together. Of two with the same name the later counts, unless it is a
    /// table's row and the earlier is not: a row shows less.
    pub fn new(inputs: impl IntoIterator<Item = &'a Objects>) -> (Self, Duplicates) {
        let mut duplicates = Duplicates::default();
        let mut daemon_sets = Keyed::default();
        let mut nodes = Keyed::default();
        let mut pods = Keyed::default();
        let mut revisions = Keyed::default();
        let mut namespaces = Keyed::default();
        let mut default_node_selector = None;
        for objects in inputs {
            for set in &objects.daemon_sets {
                daemon_sets.add((namespace_of(set), &*set.meta.name), set, set.place, true);
            }
            nodes.add_nodes(objects);
            for pod in &objects.pods {
                let namespace = pod.meta.namespace.as_deref().unwrap_or_default();
                pods.add(
                    (namespace, &*pod.meta.name),
                    pod,
                    pod.place,
                    !pod.from_table,
                );
            }
            for revision in &objects.revisions {
                let key = (namespace_or_default(&revision.meta), &*revision.meta.name);
                revisions.add(key, revision, revision.place, true);
            }
            for namespace in &objects.namespaces {
                let full = namespace.annotations_shown;
                namespaces.add(("", &*namespace.name), namespace, namespace.place, full);
            }
            if let Some((text, place)) = &objects.default_node_selector {
                default_node_selector = Some((text.as_str(), *place));
            }
        }
        let cluster = Self {
            daemon_sets: daemon_sets.finish("DaemonSet", &mut duplicates),
            nodes: nodes.finish("Node", &mut duplicates),
            pods: pods.finish("Pod", &mut duplicates),
            revisions: revisions.finish("ControllerRevision", &mut duplicates),
            namespaces: namespaces
                .finish("Namespace", &mut duplicates)
                .into_iter()
                .map(|namespace| (&*namespace.name, namespace))
                .collect(),
            default_node_selector,
        };
        (cluster, duplicates)
    }

    /// DaemonSets by namespace and name.
    pub fn daemon_sets(&self) -> &[&'a DaemonSet] {
        &self.daemon_sets
    }

    /// Nodes by name.
    pub fn nodes(&self) -> &[&'a Node] {
        &self.nodes
    }

    /// Pods by namespace and name; those of a table without a column NAMESPACE come first.
    pub fn pods(&self) -> &[&'a Pod] {
        &self.pods
    }

    /// Revisions by namespace and name.
    pub fn revisions(&self) -> &[&'a ControllerRevision] {
        &self.revisions
    }

    /// The namespace of this name, if the inputs show it.
    pub fn namespace(&self, name: &str) -> Option<&'a Namespace> {
        self.namespaces.get(name).copied()
    }

    /// OpenShift's default node selector, if the inputs hold the Scheduler object.
    pub fn default_node_selector(&self) -> Option<(&'a str, Place)> {
        self.default_node_selector
    }

    /// Whether there is a node of this name.
    pub fn has_node(&self, name: &str) -> bool {
        self.nodes
            .binary_search_by(|node| (*node.name).cmp(name))
            .is_ok()
    }

    /// The same state with this namespace in place of the one of its name, or beside the others.
    #[must_use]
    pub fn with_namespace<'b>(&self, namespace: &'b Namespace) -> Cluster<'b>
    where
        'a: 'b,
    {
        let mut edited: Cluster<'b> = self.clone();
        edited.namespaces.insert(&namespace.name, namespace);
        edited
    }

    /// The same state with these nodes in place of those of their names; others are left out.
    #[must_use]
    pub fn with_nodes<'b>(&self, nodes: &'b [Node]) -> Cluster<'b>
    where
        'a: 'b,
    {
        let mut edited: Cluster<'b> = self.clone();
        for node in nodes {
            if let Ok(at) = edited
                .nodes
                .binary_search_by(|old| old.name.cmp(&node.name))
                && let Some(old) = edited.nodes.get_mut(at)
            {
                *old = node;
            }
        }
        edited
    }
}

/// The nodes alone, as [`Cluster::nodes`] has them.
pub fn nodes<'a>(inputs: impl IntoIterator<Item = &'a Objects>) -> Vec<&'a Node> {
    let mut nodes = Keyed::default();
    for objects in inputs {
        nodes.add_nodes(objects);
    }
    nodes.finish("Node", &mut Duplicates::default())
}

/// The namespace of a DaemonSet.
pub fn namespace_of(set: &DaemonSet) -> &str {
    namespace_or_default(&set.meta)
}

fn namespace_or_default(meta: &ObjectMeta) -> &str {
    meta.namespace.as_deref().unwrap_or(DEFAULT_NAMESPACE)
}

/// Objects by their keys, with what stood under a key before.
struct Keyed<'a, T> {
    found: Vec<((&'a str, &'a str), &'a T, Place, bool)>,
}

impl<T> Default for Keyed<'_, T> {
    fn default() -> Self {
        Self { found: Vec::new() }
    }
}

impl<'a> Keyed<'a, Node> {
    fn add_nodes(&mut self, objects: &'a Objects) {
        for node in &objects.nodes {
            self.add(("", &*node.name), node, node.place, node.taints_shown);
        }
    }
}

impl<'a, T> Keyed<'a, T> {
    fn add(&mut self, key: (&'a str, &'a str), object: &'a T, place: Place, full: bool) {
        self.found.push((key, object, place, full));
    }

    fn finish(mut self, kind: &'static str, duplicates: &mut Duplicates) -> Vec<&'a T> {
        // Stable, so that of equal keys the order of the inputs stays; full objects after rows.
        sort_by(&mut self.found, |a, b| (a.0, a.3).cmp(&(b.0, b.3)));
        let mut kept: Vec<((&str, &str), &'a T, Place, bool)> =
            Vec::with_capacity(self.found.len());
        for next in self.found {
            match kept.last_mut() {
                Some(last) if last.0 == next.0 => {
                    // A row beside its object is no mistake: people paste both.
                    if last.3 == next.3 && duplicates.named.len() == MAX_DUPLICATES_NAMED {
                        duplicates.more += 1;
                    } else if last.3 == next.3 {
                        let (namespace, name) = next.0;
                        let separator = if namespace.is_empty() { "" } else { "/" };
                        duplicates.named.push(Duplicate {
                            kind,
                            name: format!("{namespace}{separator}{name}"),
                            earlier: last.2,
                            later: next.2,
                        });
                    }
                    *last = next;
                }
                _ => kept.push(next),
            }
        }
        kept.into_iter().map(|(_, object, _, _)| object).collect()
    }
}

/// A node's labels as far as the input shows them: its labels, or the columns that `-L` asked for.
///
/// A column's head is only the part of the key after the last `/`, in capitals (R-1571): a key is taken to be
/// a column's if it could have made its head. An empty cell is taken for an absent label.
#[derive(Clone, Copy, Debug)]
pub struct NodeLabels<'a>(pub &'a Node);

impl Labels for NodeLabels<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        if let Some(value) = self.0.labels.get(key) {
            return Some(value);
        }
        let LabelsShown::Columns(columns) = &self.0.labels_shown else {
            return None;
        };
        let last = key.rsplit('/').next().unwrap_or(key);
        let (_, cell) = columns
            .iter()
            .find(|(head, _)| head.eq_ignore_ascii_case(last))?;
        (!cell.is_empty()).then_some(&**cell)
    }
}

impl NodeLabels<'_> {
    /// Whether the input shows if the node has a label of this key.
    pub fn shows(&self, key: &str) -> bool {
        match &self.0.labels_shown {
            LabelsShown::All => true,
            LabelsShown::None => self.0.labels.get(key).is_some(),
            LabelsShown::Columns(columns) => {
                let last = key.rsplit('/').next().unwrap_or(key);
                self.0.labels.get(key).is_some()
                    || columns
                        .iter()
                        .any(|(head, _)| head.eq_ignore_ascii_case(last))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn node(name: &str, source: u32, full: bool) -> Node {
        Node {
            name: name.into(),
            place: Place {
                source,
                ..Place::default()
            },
            taints_shown: full,
            ..Node::default()
        }
    }

    #[test]
    fn of_two_nodes_with_one_name_the_later_counts_but_an_object_beats_a_row() {
        let first = Objects {
            nodes: vec![node("b", 0, true), node("a", 0, true)],
            ..Objects::default()
        };
        let second = Objects {
            nodes: vec![node("a", 1, true), node("b", 1, false)],
            ..Objects::default()
        };
        let (cluster, duplicates) = Cluster::new([&first, &second]);
        let sources: Vec<_> = cluster
            .nodes()
            .iter()
            .map(|one| (&*one.name, one.place.source))
            .collect();
        assert_eq!(sources, [("a", 1), ("b", 0)]);
        assert_eq!((duplicates.named.len(), duplicates.more), (1, 0));
        assert_eq!(
            (duplicates.named[0].kind, duplicates.named[0].name.as_str()),
            ("Node", "a")
        );
    }

    #[test]
    fn a_revision_stands_once_in_its_namespace() {
        let revision = |namespace: Option<&str>, name: &str, number| ControllerRevision {
            meta: ObjectMeta {
                name: name.into(),
                namespace: namespace.map(Arc::from),
                ..ObjectMeta::default()
            },
            number,
            ..ControllerRevision::default()
        };
        let objects = Objects {
            revisions: vec![
                revision(Some("default"), "b", 1),
                revision(Some("a"), "b", 2),
                revision(None, "b", 3),
                revision(Some("default"), "a", 4),
            ],
            ..Objects::default()
        };
        let (cluster, duplicates) = Cluster::new([&objects]);
        let numbers: Vec<i64> = cluster.revisions().iter().map(|one| one.number).collect();
        assert_eq!(numbers, [2, 4, 3]);
        let [twice] = duplicates.named.as_slice() else {
            panic!("{duplicates:?}")
        };
        assert_eq!(
            (twice.kind, twice.name.as_str()),
            ("ControllerRevision", "default/b")
        );
    }

    #[test]
    fn of_many_duplicates_the_first_are_named_and_the_others_counted() {
        for (nodes, named, more) in [
            (MAX_DUPLICATES_NAMED + 1, MAX_DUPLICATES_NAMED, 0),
            (MAX_DUPLICATES_NAMED + 2, MAX_DUPLICATES_NAMED, 1),
        ] {
            let objects = Objects {
                nodes: vec![node("a", 0, true); nodes],
                ..Objects::default()
            };
            let (cluster, duplicates) = Cluster::new([&objects]);
            assert_eq!(cluster.nodes().len(), 1);
            assert_eq!((duplicates.named.len(), duplicates.more), (named, more));
        }
    }

    #[test]
    fn a_label_column_answers_for_every_key_that_could_have_made_its_head() {
        let columns = vec![
            (Arc::from("ROLE"), Arc::from("worker")),
            (Arc::from("ZONE"), Arc::from("")),
        ];
        let node = Node {
            labels_shown: LabelsShown::Columns(columns),
            ..Node::default()
        };
        let labels = NodeLabels(&node);
        assert_eq!(labels.get("role"), Some("worker"));
        assert_eq!(labels.get("example.com/role"), Some("worker"));
        assert_eq!(labels.get("zone"), None);
        assert!(labels.shows("zone") && !labels.shows("disk")); // R-1571
    }
}
