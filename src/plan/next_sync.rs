//! The controller's next sync of one DaemonSet, given the inputs as its cache: the state that it sees, and what it
//! writes.
//!
//! The limit on creates and deletes of one sync is left out here, so that every node shows what it comes
//! to; a note says where the limit cuts in.

use std::collections::{BTreeMap, HashSet};

use crate::cluster::{DEFAULT_NAMESPACE, namespace_of};
use crate::controller::revision::{LETTERS, data, hash_printed, printed};
use crate::controller::sync::{
    ApiServer, Backoffs, Circumstances, CreateReason, DeleteReason, Membership, Millis, Owner,
    PodId, PodView, Refusal, RevisionView, SetView, Standing, State, StrategyKind, Templates, Turn,
    Writes, sync,
};
use crate::controller::{GENERATION_LABEL, Verdict};
use crate::object::{ControllerRevision, DaemonSet, Pod};
use crate::plan::world::World;
use crate::selector::Labels;

/// A time after all others: what is ready has been ready for long.
const LATER: Millis = 253_402_300_799_000;

/// What one sync comes to.
pub(crate) struct NextSync<'a> {
    /// The pods of the DaemonSet's namespace that the sync saw, by their ids.
    pods: Vec<&'a Pod>,
    /// The revisions of the namespace, by their ids.
    pub(crate) revisions: Vec<&'a ControllerRevision>,
    pub(crate) state: State,
    pub(crate) writes: Writes,
    /// The time of the sync.
    pub(crate) now: Millis,
    /// The template decodes, so that it is known which pods are of it.
    pub(crate) knows_template: bool,
    /// Nothing is synced.
    pub(crate) idle: bool,
    /// It was never applied, and nothing of it is there yet.
    pub(crate) is_new: bool,
    pub(crate) strategy: StrategyKind,
    pub(crate) min_ready_seconds: i32,
}

/// What the sync does with one node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deeds<'a> {
    /// It makes a pod.
    pub(crate) create: Option<CreateReason>,
    /// The DaemonSet's pods that count on the node, by name.
    pub(crate) pods: Vec<PodDeed<'a>>,
    /// How far the node is in a rollout; `None` where it takes no part.
    pub(crate) turn: Option<Turn>,
    /// The node is one of several of which the sync takes some: which, the order of a map decides.
    pub(crate) open: bool,
}

/// What the sync does with one pod.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PodDeed<'a> {
    pub(crate) pod: &'a Pod,
    pub(crate) membership: Membership,
    pub(crate) deed: Deed,
    /// It is of the present template; `None` where that is not known.
    pub(crate) updated: Option<bool>,
    /// Its hash label is rewritten.
    pub(crate) relabel: bool,
}

/// What becomes of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// It stays.
    Keep,
    /// Nothing: it is going already.
    Terminating,
    /// It is deleted.
    Delete(DeleteReason),
}

/// A pod that counts on no node of the inputs, or is let go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stray<'a> {
    pub(crate) pod: &'a Pod,
    pub(crate) membership: Membership,
    /// The node that it names.
    pub(crate) node: Option<&'a str>,
}

/// The labels of a pod as the controller compares them.
enum PodLabels<'a> {
    Shown(&'a crate::object::LabelMap),
    /// Taken for one of the present template, since nothing tells otherwise: this is its template generation.
    Current(&'a crate::object::LabelMap, &'a str),
}

impl Labels for PodLabels<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match self {
            Self::Current(_, generation) if key == GENERATION_LABEL => Some(generation),
            Self::Shown(labels) | Self::Current(labels, _) => labels.get(key),
        }
    }
}

/// Answers as a server that lets every pod in. What admission makes of them is asked elsewhere.
struct Server<'s> {
    /// The template as hashes are made of it; `None` where it does not decode.
    printed: Option<&'s str>,
}

impl ApiServer for Server<'_> {
    fn hash(&mut self, collision_count: Option<i32>) -> String {
        let collisions = collision_count.map(i64::from);
        self.printed
            .map_or_else(String::new, |printed| hash_printed(printed, collisions))
    }

    fn create_pod(&mut self, _: &str) -> Result<String, Refusal> {
        Ok(String::new())
    }
}

/// Syncs. `verdicts` are those of all nodes, by name; `idle`: the controller does nothing for the set.
pub(crate) fn run<'a>(
    world: &World<'a>,
    set: &'a DaemonSet,
    verdicts: impl Iterator<Item = (&'a str, Verdict)>,
    idle: bool,
) -> NextSync<'a> {
    let namespace = namespace_of(set);
    let pods: Vec<&Pod> = world
        .cluster
        .pods()
        .iter()
        .copied()
        .filter(|pod| concerns(pod, set, namespace))
        .collect();
    let revisions: Vec<&ControllerRevision> = world
        .cluster
        .revisions()
        .iter()
        .copied()
        .filter(|one| one.meta.namespace.as_deref().unwrap_or(DEFAULT_NAMESPACE) == namespace)
        .collect();
    // What cannot be printed has no hash that we know.
    let printed = set
        .stored
        .as_deref()
        .and_then(|stored| printed(stored).ok());
    let stored = set.stored.as_deref().filter(|_| printed.is_some());
    // Whoever owns pods was there before: applying the manifest raises a template generation that is not shown.
    let was_there = set.meta.uid.is_none()
        && pods
            .iter()
            .any(|pod| Owner::of(&pod.meta).is(&set.meta.name, None) == Some(true));

    let mut templates = Templates::default();
    let template = templates.id(&stored.map(data).unwrap_or_default());
    let mut view = SetView::of(namespace, set, stored, template);
    if was_there {
        view.template_generation = None;
    }
    let assumed = view.template_generation.unwrap_or("assumed");
    if stored.is_none() || pods.iter().any(|pod| pod.from_table) {
        view.template_generation = Some(assumed);
    }
    let labels: Vec<PodLabels<'_>> = pods
        .iter()
        .map(|pod| {
            if stored.is_none() || pod.from_table {
                PodLabels::Current(&pod.meta.labels, assumed)
            } else {
                PodLabels::Shown(&pod.meta.labels)
            }
        })
        .collect();
    // The names live longer than the labels do.
    #[allow(clippy::map_identity)]
    let state = State::new(
        &view,
        verdicts.map(|(name, verdict)| (name, verdict)),
        pods.iter()
            .zip(&labels)
            .map(|(pod, labels)| PodView::of(pod, labels)),
        revisions
            .iter()
            .map(|one| RevisionView::of(one, templates.id(&one.data))),
    );
    let now = world.now.unwrap_or(LATER);
    let circumstances = Circumstances {
        burst: usize::MAX,
        ..Circumstances::at(now)
    };
    let writes = if idle {
        Writes::default()
    } else {
        let mut server = Server {
            printed: printed.as_deref(),
        };
        sync(&state, circumstances, &mut Backoffs::default(), &mut server)
    };
    NextSync {
        pods,
        revisions,
        state,
        writes,
        now,
        knows_template: stored.is_some(),
        idle,
        is_new: set.meta.uid.is_none() && !was_there,
        strategy: view.strategy.kind,
        min_ready_seconds: view.min_ready_seconds,
    }
}

impl<'a> NextSync<'a> {
    /// What it does with each node that has something to do with the set, by the node's name.
    pub(crate) fn deeds(&self) -> BTreeMap<&str, Deeds<'a>> {
        let (state, writes) = (&self.state, &self.writes);
        let mut deeds: BTreeMap<&str, Deeds<'a>> = BTreeMap::new();
        for created in &writes.creates {
            let name = state.node_name(created.node);
            deeds.entry(name).or_default().create = Some(created.why);
        }
        for choice in writes.create_choices.iter().filter(|one| one.is_open()) {
            for node in &choice.from {
                let here = deeds.entry(state.node_name(*node)).or_default();
                (here.create, here.open) = (None, true);
            }
        }
        let mut deleted = vec![None; self.pods.len()];
        for one in &writes.deletes {
            if let Some(place) = deleted.get_mut(one.pod.0 as usize) {
                *place = Some(one.why);
            }
        }
        for choice in writes.delete_choices.iter().filter(|one| one.is_open()) {
            // Of failed pods of a node each goes in its turn; of nodes the order is open.
            let failed = choice
                .from
                .iter()
                .any(|pod| deleted.get(pod.0 as usize) == Some(&Some(DeleteReason::Failed)));
            for pod in &choice.from {
                if let Some(place) = deleted.get_mut(pod.0 as usize) {
                    *place = failed.then_some(DeleteReason::Failed);
                }
                if let Some(node) = state.node_of(*pod).filter(|_| !failed) {
                    deeds.entry(state.node_name(node)).or_default().open = true;
                }
            }
        }
        let updated = state.updated(writes);
        let relabelled: HashSet<u32> = writes.relabels.iter().map(|one| one.pod.0).collect();
        for ((id, pod), deleted) in (0..).map(PodId).zip(&self.pods).zip(deleted) {
            let Some(membership) = state.membership(id).filter(|one| self.is_member(*one)) else {
                continue;
            };
            //
            if pod.meta.terminating && pod.phase.is_terminal() {
                continue;
            }
            let Some(node) = state.node_of(id) else {
                continue;
            };
            let deed = match deleted {
                Some(why) => Deed::Delete(why),
                None if pod.meta.terminating => Deed::Terminating,
                None => Deed::Keep,
            };
            let known = self.knows_template && !pod.from_table && !self.idle;
            let here = deeds.entry(state.node_name(node)).or_default();
            here.pods.push(PodDeed {
                pod,
                membership,
                deed,
                updated: known.then(|| updated(id)),
                relabel: relabelled.contains(&id.0),
            });
        }
        if !self.idle && self.knows_template {
            for (node, turn) in state.turns(writes, self.now) {
                if let Some(here) = deeds.get_mut(state.node_name(node)) {
                    here.turn = Some(turn);
                }
            }
        }
        deeds
    }

    /// Whether a pod counts as the set's. Where nothing is synced, nothing is adopted either.
    fn is_member(&self, membership: Membership) -> bool {
        membership.is_member() && !(self.idle && membership == Membership::Adopted)
    }

    /// The pods that become the set's.
    pub(crate) fn adopted(&self) -> impl Iterator<Item = &'a Pod> {
        let adopts = self.writes.adopts.iter();
        adopts.filter_map(|id| self.pods.get(id.0 as usize).copied())
    }

    /// What each node contributes to the status, by name; nothing where no status is computed.
    pub(crate) fn standings(&self) -> Vec<(&str, Standing)> {
        if self.writes.counted.is_none() {
            return vec![];
        }
        self.state
            .standings(&self.writes, self.now)
            .map(|(node, standing)| (self.state.node_name(node), standing))
            .collect()
    }

    /// The set's pods that count on no node of the inputs, and those that are let go, by name.
    pub(crate) fn strays(&self, world: &World<'_>) -> Vec<Stray<'a>> {
        let mut strays = vec![];
        for (id, &pod) in (0..).map(PodId).zip(&self.pods) {
            let Some(membership) = self.state.membership(id) else {
                continue;
            };
            let node = pod.target_node();
            let stray = match membership {
                Membership::Released => !self.idle,
                other => {
                    self.is_member(other) && node.is_none_or(|node| !world.cluster.has_node(node))
                }
            };
            if stray {
                strays.push(Stray {
                    pod,
                    membership,
                    node,
                });
            }
        }
        strays
    }
}

/// Whether the sync looks at the pod: it is of the namespace, or a row of a table that could be the set's.
fn concerns(pod: &Pod, set: &DaemonSet, namespace: &str) -> bool {
    // A row of a table without a column NAMESPACE may be of any.
    let here = match pod.meta.namespace.as_deref() {
        Some(of_pod) => of_pod == namespace,
        None => pod.from_table || namespace == DEFAULT_NAMESPACE,
    };
    here && (!pod.from_table || is_generated_name(&pod.meta.name, &set.meta.name))
}

/// Whether `pod` could have been generated for a DaemonSet of this name: `NAME-` and five letters.
fn is_generated_name(pod: &str, set: &str) -> bool {
    // The base is cut so that the name fits 63 characters.
    let base: String = set.chars().chain(['-']).take(58).collect();
    pod.strip_prefix(base.as_str()).is_some_and(|suffix| {
        suffix.len() == 5 && suffix.bytes().all(|letter| LETTERS.contains(&letter))
    })
}
