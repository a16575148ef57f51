//! Editing a state where time goes on, instead of making it anew for each sync.

use super::build::{counts_on, index, own};
use super::claim::Membership;
use super::state::{Last, NodeId, Pod, PodId, State};
use super::status::Status;
use super::view::{PodView, RevisionView, SetView};
use crate::controller::Verdict;
use crate::selector::Labels;

/// A state under edit; its pods are grouped again when the edit ends. See [`State::edit`].
#[derive(Debug)]
pub struct Edit<'s>(&'s mut State);

impl State {
    /// Edits the state.
    ///
    /// Cost: O(nodes + pods) for the whole edit, some nanoseconds each, and O(log nodes) for each pod put in.
    pub fn edit<T>(&mut self, edit: impl FnOnce(&mut Edit<'_>) -> T) -> T {
        let answer = edit(&mut Edit(self));
        self.group_pods();
        answer
    }
}

impl Edit<'_> {
    /// Puts the set as it is now: generation, strategy, template, status and the like. Its name, uid and
    /// selector must be those that the state was made with: whose the pods are is not asked again.
    pub fn put_set(&mut self, set: &SetView<'_>) {
        self.0.set = own(set, &mut self.0.texts);
    }

    /// Stores a status.
    pub fn put_status(&mut self, status: Status) {
        self.0.set.status = status;
    }

    /// Puts these revisions in place of all; ids are places in this list from now on.
    pub fn put_revisions<'a, R: Labels + ?Sized + 'a>(
        &mut self,
        revisions: impl IntoIterator<Item = RevisionView<'a, R>>,
    ) {
        self.0.put_revisions(revisions);
    }

    /// Adds a node or judges one anew; `None`: it is removed. Pods that count on it stay and count on its name.
    pub fn put_node(&mut self, name: &str, verdict: Option<Verdict>) -> NodeId {
        let id = self.find_or_add(name);
        if let Some(node) = self.0.nodes.get_mut(id as usize) {
            node.verdict = verdict;
        }
        NodeId(id)
    }

    /// Adds a pod.
    pub fn add_pod<L: Labels + ?Sized>(&mut self, pod: &PodView<'_, L>) -> PodId {
        let id = PodId(index(self.0.pods.len()));
        let made = self.make(pod);
        self.0.pods.push(made);
        id
    }

    /// Puts a changed pod in the place of what it was.
    pub fn put_pod<L: Labels + ?Sized>(&mut self, id: PodId, pod: &PodView<'_, L>) {
        let made = self.make(pod);
        if let Some(place) = self.0.pods.get_mut(id.0 as usize) {
            *place = made;
        }
    }

    /// Removes a pod. Its id is not used again.
    pub fn remove_pod(&mut self, id: PodId) {
        if let Some(pod) = self.0.pods.get_mut(id.0 as usize) {
            pod.membership = Membership::Foreign;
        }
    }

    fn make<L: Labels + ?Sized>(&mut self, pod: &PodView<'_, L>) -> Pod {
        let membership = self.0.claim_pod(pod);
        let node = counts_on(pod, membership).map(|name| self.find_or_add(name));
        let mut last = (Last::default(), Last::default());
        self.0.make_pod(pod, membership, node, &mut last)
    }

    fn find_or_add(&mut self, name: &str) -> u32 {
        let state = &mut *self.0;
        let known = |id: &u32| {
            let node = state.nodes.get(*id as usize);
            node.map_or("", |node| state.names.get(node.name))
        };
        match state.by_name.binary_search_by(|id| known(id).cmp(name)) {
            Ok(place) => state.by_name.get(place).copied().unwrap_or_default(),
            Err(place) => {
                let id = state.push_node(name, None);
                state.by_name.insert(place, id);
                if !state.visits.is_empty() {
                    state.visits.push(id);
                }
                id
            }
        }
    }
}
