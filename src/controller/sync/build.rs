//! Making a state from views.

use std::collections::HashMap;
use std::sync::Arc;

use super::claim::{Membership, Owner};
use super::names::{Finder, Names};
use super::state::{Last, NOWHERE, Node, NodeId, Pod, Revision, Set, State, Texts};
use super::view::{PodView, RevisionView, SetView, StrategyKind};
use crate::controller::Verdict;
use crate::object::Rounding;
use crate::selector::{LabelSelector, Labels};

/// The label that says which revision a pod was made from.
const HASH: &str = "controller-revision-hash";
/// The label that says which template generation a pod was made from.
const GENERATION: &str = "pod-template-generation";

impl State {
    /// Makes the state of one set.
    ///
    /// `nodes` are all nodes of the cluster by name, each with the verdict of the controller at hand
    /// ([`CompiledDaemon::judge`](crate::controller::CompiledDaemon::judge), or what a patched controller
    /// makes of it, R-383). `pods` and `revisions` are those of the set's namespace. Of two nodes with one
    /// name the first counts.
    ///
    /// Cost: O(nodes + pods + revisions), and sorting what does not come in name order.
    pub fn new<'a, P, R>(
        set: &SetView<'_>,
        nodes: impl IntoIterator<Item = (&'a str, Verdict)>,
        pods: impl IntoIterator<Item = PodView<'a, P>>,
        revisions: impl IntoIterator<Item = RevisionView<'a, R>>,
    ) -> Self
    where
        P: Labels + ?Sized + 'a,
        R: Labels + ?Sized + 'a,
    {
        let mut texts = Texts::default();
        let mut state = Self {
            set: own(set, &mut texts),
            nodes: vec![],
            by_name: vec![],
            visits: vec![],
            pods: vec![],
            members: vec![],
            revisions: vec![],
            revision_order: vec![],
            texts,
            names: Names::default(),
        };
        let (nodes, pods) = (nodes.into_iter(), pods.into_iter());
        let mut known = Finder::with_capacity(nodes.size_hint().0);
        state.nodes.reserve(nodes.size_hint().0);
        state.by_name.reserve(nodes.size_hint().0);
        state.pods.reserve(pods.size_hint().0);
        for (name, verdict) in nodes {
            let known_node = known.find(name, |id| state.is_named(id, name));
            let id = state.push_node(name, Some(verdict));
            if let Err(free) = known_node {
                known.put(free, id);
                state.by_name.push(id);
            }
        }
        let mut last = (Last::default(), Last::default());
        for pod in pods {
            let membership = state.claim_pod(&pod);
            let node = counts_on(&pod, membership).map(|name| {
                let node = known.find(name, |id| state.is_named(id, name));
                node.unwrap_or_else(|free| {
                    let id = state.push_node(name, None);
                    known.put(free, id);
                    state.by_name.push(id);
                    id
                })
            });
            let made = state.make_pod(&pod, membership, node, &mut last);
            state.pods.push(made);
        }
        state.sort_nodes();
        state.put_revisions(revisions);
        state.group_pods();
        state
    }

    /// Puts these revisions in place of all.
    pub(super) fn put_revisions<'a, R: Labels + ?Sized + 'a>(
        &mut self,
        revisions: impl IntoIterator<Item = RevisionView<'a, R>>,
    ) {
        self.revisions.clear();
        for revision in revisions {
            let uid = self.set.uid.as_deref();
            let owner = revision
                .controller_uid
                .map(|owner| uid.is_none_or(|uid| uid == owner));
            let selector = self.set.selector.as_ref();
            let membership = Membership::claim(owner, revision.terminating, || {
                selector.is_ok_and(|selector| selector.matches(revision.labels))
            });
            self.revisions.push(Revision {
                name: Arc::from(revision.name),
                hash: revision.labels.get(HASH).map(Arc::from),
                membership,
                number: revision.number,
                template: revision.template,
            });
        }
        let revisions = &self.revisions;
        self.revision_order = (0..index(revisions.len())).collect();
        self.revision_order.sort_by(|a, b| {
            let name = |id: u32| revisions.get(id as usize).map(|revision| &*revision.name);
            name(*a).cmp(&name(*b))
        });
    }

    pub(super) fn claim_pod<L: Labels + ?Sized>(&self, pod: &PodView<'_, L>) -> Membership {
        if pod.owner == Owner::Assumed {
            return Membership::Owned;
        }
        let owner = pod.owner.is(&self.set.name, self.set.uid.as_deref());
        let selector = self.set.selector.as_ref();
        Membership::claim(owner, pod.terminating, || {
            selector.is_ok_and(|selector| selector.matches(pod.labels))
        })
    }

    pub(super) fn make_pod<'a, L: Labels + ?Sized>(
        &mut self,
        pod: &PodView<'a, L>,
        membership: Membership,
        node: Option<u32>,
        last: &mut (Last<'a>, Last<'a>),
    ) -> Pod {
        let labels = pod.labels;
        let label = |texts: &mut Texts, key: &str, last: &mut Last<'a>| {
            texts.intern_again(labels.get(key).unwrap_or_default(), last)
        };
        Pod {
            name: self.names.push(pod.name),
            node: node.unwrap_or(NOWHERE),
            hash: label(&mut self.texts, HASH, &mut last.0),
            generation: label(&mut self.texts, GENERATION, &mut last.1),
            created: pod.created,
            readiness: pod.readiness,
            phase: pod.phase,
            membership,
            bound: !pod.node_name.is_empty(),
            terminating: pod.terminating,
            finalizers: pod.finalizers,
        }
    }

    /// A node, or with no verdict a name that a pod counts on and no node has. Its name is not sorted in yet.
    pub(super) fn push_node(&mut self, name: &str, verdict: Option<Verdict>) -> u32 {
        let id = index(self.nodes.len());
        self.nodes.push(Node {
            name: self.names.push(name),
            verdict,
            start: 0,
            end: 0,
        });
        id
    }

    fn is_named(&self, id: u32, name: &str) -> bool {
        let node = self.nodes.get(id as usize);
        node.is_some_and(|node| self.names.get(node.name) == name)
    }

    fn sort_nodes(&mut self) {
        let (nodes, names) = (&self.nodes, &self.names);
        let name = |id: &u32| nodes.get(*id as usize).map(|node| names.get(node.name));
        self.by_name.sort_by(|a, b| name(a).cmp(&name(b)));
    }

    /// Visits these nodes first and in this order where the real controller has none, the others by name
    /// after them.
    pub fn visit_first(&mut self, first: &[NodeId]) {
        let rank: HashMap<u32, usize> = first.iter().map(|id| id.0).zip(0..).collect();
        self.visits.clone_from(&self.by_name);
        self.visits
            .sort_by_key(|id| rank.get(id).copied().unwrap_or(usize::MAX));
    }

    /// Puts the set's pods together by the node that they count on, each group sorted by R-619.
    ///
    /// Cost: O(nodes + pods), and sorting the groups of more than one.
    pub(super) fn group_pods(&mut self) {
        for node in &mut self.nodes {
            (node.start, node.end) = (0, 0);
        }
        let counted = |pod: &Pod| pod.membership.is_member() && pod.node != NOWHERE;
        for pod in self.pods.iter().filter(|pod| counted(pod)) {
            if let Some(node) = self.nodes.get_mut(pod.node as usize) {
                node.end += 1;
            }
        }
        let mut start = 0;
        for node in &mut self.nodes {
            let size = node.end;
            (node.start, node.end) = (start, start);
            start += size;
        }
        self.members.clear();
        self.members.resize(start as usize, 0);
        for (id, pod) in (0..).zip(&self.pods).filter(|(_, pod)| counted(pod)) {
            if let Some(node) = self.nodes.get_mut(pod.node as usize)
                && let Some(place) = self.members.get_mut(node.end as usize)
            {
                *place = id;
                node.end += 1;
            }
        }
        let (pods, names) = (&self.pods, &self.names);
        for node in &self.nodes {
            let range = node.start as usize..node.end as usize;
            if let Some(group) = self.members.get_mut(range)
                && group.len() > 1
            {
                let rank = |id: &u32| pods.get(*id as usize).map(|pod| pod.rank(names));
                group.sort_by(|a, b| rank(a).cmp(&rank(b)));
            }
        }
    }
}

/// The name of the node that a pod counts on, if it is the set's.
pub(super) fn counts_on<'a, L: ?Sized>(
    pod: &PodView<'a, L>,
    membership: Membership,
) -> Option<&'a str> {
    let bound_to = Some(pod.node_name).filter(|name| !name.is_empty());
    bound_to
        .or(pod.pinned_to)
        .filter(|_| membership.is_member())
}

pub(super) fn own(set: &SetView<'_>, texts: &mut Texts) -> Set {
    let template_generation = set
        .template_generation
        .and_then(|text| text.parse::<i64>().ok())
        .map(|generation| texts.intern(&generation.to_string()));
    let selects_all = |selector: &LabelSelector| {
        selector.match_labels.is_empty() && selector.match_expressions.is_empty()
    };
    let surge = set.strategy.rolling_update.as_ref();
    let surge = surge
        .and_then(|rolling| rolling.max_surge.as_ref())
        .and_then(|surge| surge.scaled(1, Rounding::Up).ok());
    Set {
        namespace: Arc::from(set.namespace),
        name: Arc::from(set.name),
        uid: set.uid.map(Arc::from),
        generation: set.generation,
        terminating: set.terminating,
        template_generation,
        selects_all: set.selector.is_some_and(selects_all),
        selector: LabelSelector::compile_optional(set.selector),
        //
        surges: set.strategy.kind == StrategyKind::RollingUpdate
            && surge.is_some_and(|surge| surge > 0),
        strategy: set.strategy.clone(),
        min_ready_seconds: set.min_ready_seconds,
        history_limit: set.history_limit,
        template: set.template,
        status: set.status,
    }
}

/// A place in a list; lists here are shorter than 2^32.
pub(super) fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NOWHERE)
}
