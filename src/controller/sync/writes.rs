//! What a sync wrote: the answer of [`sync`](super::sync).

use std::sync::Arc;

use super::events::Event;
use super::state::{Millis, NodeId, PodId, RevisionId};
use super::status::Status;

/// Everything that one sync wrote. What is listed was written even where `error` is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// Pods created, in the order of the attempts.
    pub creates: Vec<Created>,
    /// Creates that were refused.
    pub refused: Vec<Refused>,
    /// Pods told to go, in the order of the calls.
    pub deletes: Vec<Deleted>,
    /// Where creates could have been for other nodes.
    pub create_choices: Vec<Choice<NodeId>>,
    /// Where other pods could have been deleted.
    pub delete_choices: Vec<Choice<PodId>>,
    /// Which part of the sync created and deleted; `None` where nothing was.
    pub by: Option<Part>,
    /// Pods that got the owner reference.
    pub adopts: Vec<PodId>,
    /// Pods that lost it.
    pub releases: Vec<PodId>,
    /// Pods whose hash label was rewritten.
    pub relabels: Vec<Relabelled>,
    /// The revision created.
    pub revision_created: Option<NewRevision>,
    /// Updates of revisions, each as the revision was afterwards; one may be updated twice.
    pub revisions_updated: Vec<UpdatedRevision>,
    /// Revisions deleted.
    pub revisions_deleted: Vec<RevisionId>,
    /// Where other old revisions could have been deleted.
    pub revision_delete_choices: Vec<Choice<RevisionId>>,
    /// Revisions that got the owner reference.
    pub revisions_adopted: Vec<RevisionId>,
    /// Revisions that lost it.
    pub revisions_released: Vec<RevisionId>,
    /// The status as stored, if it was written.
    pub status: Option<Status>,
    /// Events in the order in which they were recorded.
    pub events: Vec<Event>,
    /// The sync failed with this error.
    pub error: Option<String>,

    /// The hash of the current revision: the label `controller-revision-hash` of the pods created.
    pub hash: Option<Arc<str>>,
    /// The status as computed, whether it had to be written or not.
    pub counted: Option<Status>,
    /// How far a rolling update is, if this sync looked at it.
    pub rollout: Option<Rollout>,
    /// This rollout never ends, and why.
    pub endless: Option<Endless>,
    /// The controller syncs the set again after this time, even if nothing wakes it (R-1020).
    pub requeue_after: Option<Millis>,
    /// Creates and deletes that the controller now waits to see.
    pub awaited: (usize, usize),
}

impl Writes {
    /// Whether the controller waits to see creates or deletes of this sync.
    pub fn is_awaited(&self) -> bool {
        self.awaited != (0, 0)
    }

    /// Whether nothing at all was written.
    pub fn is_nothing(&self) -> bool {
        let quiet = Self {
            hash: self.hash.clone(),
            counted: self.counted,
            rollout: self.rollout,
            endless: self.endless,
            requeue_after: self.requeue_after,
            ..Self::default()
        };
        *self == quiet
    }

    /// Whether the order of a Go map decides about some of it.
    pub fn is_order_free(&self) -> bool {
        !(self.create_choices.is_empty()
            && self.delete_choices.is_empty()
            && self.revision_delete_choices.is_empty())
    }

    /// The sync is to be repeated after `delay`; the earliest counts (R-1021).
    pub(super) fn requeue(&mut self, delay: Millis) {
        self.requeue_after = Some(self.requeue_after.map_or(delay, |known| known.min(delay)));
    }
}

/// Why a rollout never ends: what it replaces, it will replace again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endless {
    /// The current revision's hash label is empty. An empty hash never makes a pod count as updated,
    /// and with surge the new pod cannot be told from the old one and is the one that goes.
    EmptyHash,
    /// `maxSurge` is negative: the rolling update makes a new pod beside an unavailable old one as with surge,
    /// and manage deletes it as without.
    NegativeSurge,
}

/// Which part of the sync created or deleted pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Pods where they belong.
    Manage,
    /// One step of a rollout.
    RollingUpdate,
}

/// The controller takes any `count` of `from`: Go map order decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// All that could be taken, those taken here first where nothing else orders them.
    pub from: Vec<T>,
    /// How many are.
    pub count: usize,
}

impl<T> Choice<T> {
    /// Whether anything is left to choose.
    pub fn is_open(&self) -> bool {
        self.count > 0 && self.count < self.from.len()
    }
}

/// A pod that was created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The node that it is pinned to.
    pub node: NodeId,
    /// The name that the API server gave it.
    pub name: String,
    /// Why.
    pub why: CreateReason,
}

/// Why a pod is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreateReason {
    /// The node should run one and has none.
    Missing,
    /// With surge, the node has none that runs: others are terminating or failed.
    NoneRunning,
    /// With surge, the old pod is not available: its successor comes at once.
    ReplaceUnavailable,
    /// With surge, a successor beside the old pod, within `maxSurge`.
    Surge,
}

/// A create that the API server refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The node.
    pub node: NodeId,
    /// The error.
    pub message: String,
    /// Swallowed, since the namespace goes away.
    pub swallowed: bool,
}

/// A pod that was told to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// The pod.
    pub pod: PodId,
    /// Why.
    pub why: DeleteReason,
}

/// Why a pod is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeleteReason {
    /// The node may not keep one.
    NotAllowed,
    /// It failed.
    Failed,
    /// It succeeded.
    Succeeded,
    /// Another of the node stays.
    Excess,
    /// With surge, the new pod of the node took over, or the old one is not ready.
    Superseded,
    /// It is not bound and its node is not there.
    NodeGone,
    /// It is old and not available: replaced whatever the limit.
    OldUnavailable,
    /// It is old: replaced within `maxUnavailable`.
    Old,
    /// With surge, it is old and its node would get no new one.
    Sunset,
}

/// A pod whose hash label was rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relabelled {
    /// The pod.
    pub pod: PodId,
    /// Its new hash.
    pub hash: Arc<str>,
}

/// A revision that was created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    /// `SET-HASH`.
    pub name: String,
    /// Its number.
    pub number: i64,
    /// Its hash label.
    pub hash: Arc<str>,
}

/// A revision that was updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdatedRevision {
    /// The revision.
    pub revision: RevisionId,
    /// Its number afterwards.
    pub number: i64,
    /// Its hash label afterwards.
    pub hash: Arc<str>,
}

/// How far a rolling update is, as its step saw it. Numbers are of nodes, nodes that are gone included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rollout {
    /// Nodes that should run a pod.
    pub desired: usize,
    /// `maxUnavailable` as a number; not used while `max_surge` is not 0.
    pub max_unavailable: i64,
    /// `maxSurge` as a number.
    pub max_surge: i64,
    /// Without surge: nodes without an available pod. Each takes one of `max_unavailable`.
    pub unavailable: usize,
    /// With surge: nodes whose new pod is awaited. Each takes one of `max_surge`.
    pub surging: usize,
    /// With surge: nodes with an available pod.
    pub available: usize,
    /// Nodes whose old pod is replaced whatever the limit, since it is not available.
    pub at_once: usize,
    /// Nodes whose old pod could be replaced now.
    pub candidates: usize,
    /// How many of the candidates are.
    pub taken: usize,
}
