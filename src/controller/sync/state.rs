//! The state that a sync sees: the set, nodes with verdicts, pods grouped by node, revisions.
//!
//! Made once from borrowed views of whatever holds the objects (see [`State::new`]), then edited where time
//! goes on. Labels that the controller compares are numbers here.

use std::collections::HashMap;
use std::sync::Arc;

use super::claim::Membership;
use super::names::{Name, Names};
use super::status::Status;
use super::view::{Readiness, Strategy};
use super::writes::Writes;
use crate::controller::Verdict;
use crate::object::PodPhase;
use crate::selector::Selector;

/// A time in milliseconds since 1970, or a span of milliseconds.
pub type Millis = i64;

/// A node of the state: its place in the list that the state was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A pod of the state: its place in the list that the state was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodId(pub u32);

/// A revision of the state: its place in the list that the state was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId(pub u32);

/// A template, as the data of a revision holds it: equal numbers for equal bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateId(pub u64);

/// What the controller's cache holds when the sync begins.
#[derive(Clone, Debug)]
pub struct State {
    pub(super) set: Set,
    /// Nodes as given; then names that pods count on and no node has.
    pub(super) nodes: Vec<Node>,
    /// Each name of `nodes` once, sorted.
    pub(super) by_name: Vec<u32>,
    /// The same in the order in which they are visited; empty: by name.
    pub(super) visits: Vec<u32>,
    pub(super) pods: Vec<Pod>,
    /// The set's pods, each node's together, sorted by R-619.
    pub(super) members: Vec<u32>,
    pub(super) revisions: Vec<Revision>,
    /// Revisions by name.
    pub(super) revision_order: Vec<u32>,
    pub(super) texts: Texts,
    pub(super) names: Names,
}

#[derive(Clone, Debug)]
pub(super) struct Set {
    pub(super) namespace: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) uid: Option<Arc<str>>,
    pub(super) generation: i64,
    pub(super) terminating: bool,
    /// The template generation as pods carry it; nothing where it is not known.
    pub(super) template_generation: Option<TextId>,
    pub(super) selects_all: bool,
    pub(super) selector: Result<Selector, String>,
    pub(super) strategy: Strategy,
    pub(super) surges: bool,
    pub(super) min_ready_seconds: i32,
    pub(super) history_limit: i32,
    pub(super) template: TemplateId,
    pub(super) status: Status,
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: Name,
    /// `None`: there is no such node, only pods that count on it.
    pub(super) verdict: Option<Verdict>,
    /// Its pods are `members[start..end]`.
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Pod {
    pub(super) name: Name,
    /// The node that it counts on; [`NOWHERE`] if it belongs to none.
    pub(super) node: u32,
    pub(super) hash: TextId,
    pub(super) generation: TextId,
    pub(super) created: Option<Millis>,
    pub(super) readiness: Readiness,
    pub(super) phase: PodPhase,
    pub(super) membership: Membership,
    pub(super) bound: bool,
    pub(super) terminating: bool,
    pub(super) finalizers: bool,
}

/// The place of pods that count on no node.
pub(super) const NOWHERE: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub(super) struct Revision {
    pub(super) name: Arc<str>,
    /// The hash label; `None` where it is not there.
    pub(super) hash: Option<Arc<str>>,
    pub(super) membership: Membership,
    pub(super) number: i64,
    pub(super) template: TemplateId,
}

/// The number of a text that occurs as a label's value. 0 is the empty text, which Go does not tell from an
/// absent one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextId(pub(super) u32);

/// Texts and their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    known: HashMap<Arc<str>, TextId>,
}

/// The text that was interned last: most pods carry the same.
#[derive(Debug, Default)]
pub(super) struct Last<'a>(Option<(&'a str, TextId)>);

impl Texts {
    pub(super) fn intern(&mut self, text: &str) -> TextId {
        if text.is_empty() {
            return TextId::default();
        }
        if let Some(&id) = self.known.get(text) {
            return id;
        }
        let id = TextId(u32::try_from(self.known.len() + 1).unwrap_or(u32::MAX));
        self.known.insert(Arc::from(text), id);
        id
    }

    /// The same, knowing what came last.
    pub(super) fn intern_again<'a>(&mut self, text: &'a str, last: &mut Last<'a>) -> TextId {
        match last.0 {
            Some((known, id)) if known == text => id,
            _ => {
                let id = self.intern(text);
                last.0 = Some((text, id));
                id
            }
        }
    }

    /// The number of `text`, `None` where no label has it.
    pub(super) fn find(&self, text: &str) -> Option<TextId> {
        if text.is_empty() {
            return Some(TextId::default());
        }
        self.known.get(text).copied()
    }

    /// One more than the largest number.
    pub(super) fn len(&self) -> usize {
        self.known.len() + 1
    }
}

/// The hash of the current revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hash {
    pub(super) text: Arc<str>,
    /// `None`: no pod has it.
    pub(super) id: Option<TextId>,
}

impl Hash {
    pub(super) fn new(state: &State, text: &str) -> Self {
        Self {
            text: Arc::from(text),
            id: state.texts.find(text),
        }
    }
}

impl Pod {
    /// Failed or Succeeded.
    pub(super) fn is_terminal(&self) -> bool {
        self.phase.is_terminal()
    }

    /// Terminal and terminating: left out of the groups of all but the history's cleanup.
    pub(super) fn is_over(&self) -> bool {
        self.terminating && self.is_terminal()
    }

    pub(super) fn is_ready(&self) -> bool {
        self.readiness != Readiness::NotReady
    }

    /// Ready, for long enough. Phase and termination are not asked.
    pub(super) fn is_available(&self, min_ready_seconds: i32, now: Millis) -> bool {
        match self.readiness {
            Readiness::NotReady => false,
            Readiness::Ready(_) if min_ready_seconds == 0 => true,
            Readiness::Ready(since) => since.is_some_and(|since| {
                since.saturating_add(Millis::from(min_ready_seconds) * 1_000) <= now
            }),
        }
    }

    /// A deletion takes it away at once, leaving no deletion timestamp.
    pub(super) fn vanishes_at_once(&self) -> bool {
        (!self.bound || self.is_terminal()) && !self.finalizers
    }

    /// By what several pods of a node are sorted: bound first, then older, then by name.
    pub(super) fn rank<'a>(&self, names: &'a Names) -> (bool, Option<Millis>, &'a str) {
        (!self.bound, self.created, names.get(self.name))
    }
}

impl Set {
    /// Whether the pod is of the present template: by hash, or by template generation.
    pub(super) fn is_updated(&self, pod: &Pod, hash: &Hash) -> bool {
        let by_hash = pod.hash != TextId::default() && Some(pod.hash) == hash.id;
        by_hash || Some(pod.generation) == self.template_generation
    }
}

impl State {
    /// The pods of a node, terminal and terminating ones included, sorted by R-619.
    pub(super) fn group(
        &self,
        node: &Node,
    ) -> impl DoubleEndedIterator<Item = (PodId, &Pod)> + Clone {
        let range = node.start as usize..node.end as usize;
        let ids = self.members.get(range).unwrap_or_default();
        ids.iter()
            .filter_map(|&id| Some((PodId(id), self.pods.get(id as usize)?)))
    }

    /// The pods of a node as manage and the rolling update see them.
    pub(super) fn living(
        &self,
        node: &Node,
    ) -> impl DoubleEndedIterator<Item = (PodId, &Pod)> + Clone {
        self.group(node).filter(|(_, pod)| !pod.is_over())
    }

    /// All nodes and all names that pods count on, in the order in which they are visited.
    pub(super) fn visit(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        let order = if self.visits.is_empty() {
            &self.by_name
        } else {
            &self.visits
        };
        order
            .iter()
            .filter_map(|&id| Some((NodeId(id), self.nodes.get(id as usize)?)))
    }

    /// The nodes that exist, in that order.
    pub(super) fn visit_existing(&self) -> impl Iterator<Item = (NodeId, &Node, Verdict)> {
        self.visit()
            .filter_map(|(id, node)| Some((id, node, node.verdict?)))
    }

    pub(super) fn pod(&self, id: PodId) -> Option<&Pod> {
        self.pods.get(id.0 as usize)
    }

    pub(super) fn revision(&self, id: RevisionId) -> Option<&Revision> {
        self.revisions.get(id.0 as usize)
    }

    /// The name of a node, empty where there is none of this number.
    pub fn node_name(&self, id: NodeId) -> &str {
        let node = self.nodes.get(id.0 as usize);
        node.map_or("", |node| self.names.get(node.name))
    }

    /// The name of a pod, empty where there is none of this number.
    pub fn pod_name(&self, id: PodId) -> &str {
        self.pod(id).map_or("", |pod| self.names.get(pod.name))
    }

    /// The name of a revision, empty where there is none of this number.
    pub fn revision_name(&self, id: RevisionId) -> &str {
        self.revision(id).map_or("", |revision| &*revision.name)
    }

    /// Tells of a pod whether it is of the present template, going by the revision that a sync found current.
    pub fn updated(&self, writes: &Writes) -> impl Fn(PodId) -> bool {
        let hash = Hash::new(self, writes.hash.as_deref().unwrap_or_default());
        move |id| {
            self.pod(id)
                .is_some_and(|pod| self.set.is_updated(pod, &hash))
        }
    }

    /// Whose a pod is.
    pub fn membership(&self, id: PodId) -> Option<Membership> {
        self.pod(id).map(|pod| pod.membership)
    }

    /// Whose a revision is.
    pub fn revision_membership(&self, id: RevisionId) -> Option<Membership> {
        self.revision(id).map(|revision| revision.membership)
    }

    /// The node that a pod counts on, which may not exist.
    pub fn node_of(&self, id: PodId) -> Option<NodeId> {
        let node = self.pod(id)?.node;
        (node != NOWHERE).then_some(NodeId(node))
    }

    /// The status of the set as last stored.
    pub fn stored_status(&self) -> Status {
        self.set.status
    }
}
