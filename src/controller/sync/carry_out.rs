//! Carrying out what a part of the sync ordered: limits, slow start, partial failure.

use super::events::Event;
use super::state::{NodeId, PodId, State};
use super::writes::{Choice, CreateReason, Created, Deleted, Part, Refused, Writes};
use super::{ApiServer, Circumstances};
use crate::selector::field_error::aggregate;

/// What a part of the sync wants, batch after batch; within a batch the order is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Orders {
    pub(super) creates: Vec<Batch<(NodeId, CreateReason), NodeId>>,
    pub(super) deletes: Vec<Batch<Deleted, PodId>>,
}

/// Wishes in the order in which they are taken here, and where others could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Batch<T, Id> {
    pub(super) taken: Vec<T>,
    pub(super) choices: Vec<Choice<Id>>,
}

impl<T, Id> Default for Batch<T, Id> {
    fn default() -> Self {
        Self {
            taken: vec![],
            choices: vec![],
        }
    }
}

impl<T, Id: Copy + PartialEq> Batch<T, Id> {
    /// The first `count` of what could as well be any others of it.
    pub(super) fn some_of(mut all: Vec<T>, count: usize, id: impl Fn(&T) -> Id) -> Self {
        let mut choices = vec![];
        if count > 0 && count < all.len() {
            let from = all.iter().map(id).collect();
            choices.push(Choice { from, count });
        }
        all.truncate(count);
        Self {
            taken: all,
            choices,
        }
    }

    /// The choices where `done` of the batch could be done: those of the batch if all was; else any so many.
    /// `name` sorts them.
    fn choices_after<'n, N: Ord + 'n>(
        &self,
        done: usize,
        id: impl Fn(&T) -> Id,
        name: impl Fn(Id) -> N,
    ) -> Vec<Choice<Id>> {
        if done == self.taken.len() {
            return self.choices.clone();
        }
        if done == 0 {
            return vec![];
        }
        let others = self.choices.iter().flat_map(|choice| &choice.from).copied();
        let mut from: Vec<Id> = self.taken.iter().map(id).chain(others).collect();
        from.sort_by_key(|&id| name(id));
        from.dedup();
        vec![Choice { from, count: done }]
    }
}

/// Creates first, then deletes, also if creates failed. The error joins those of all.
///
/// Source: `syncNodes`, `pkg/controller/daemon/daemon_controller.go`.
pub(super) fn carry_out(
    state: &State,
    orders: &Orders,
    part: Part,
    circumstances: Circumstances,
    api: &mut impl ApiServer,
    writes: &mut Writes,
) -> Result<(), String> {
    let wanted_creates: usize = orders.creates.iter().map(|batch| batch.taken.len()).sum();
    let wanted_deletes: usize = orders.deletes.iter().map(|batch| batch.taken.len()).sum();
    if wanted_creates + wanted_deletes == 0 {
        return Ok(());
    }
    let creates = orders.creates.iter().flat_map(|batch| &batch.taken);
    let creates: Vec<_> = creates.take(circumstances.burst).copied().collect();
    let (before, refused_before) = (writes.creates.len(), writes.refused.len());
    create(state, &creates, api, writes);
    let mut created = writes.creates.len() - before;
    let name = |id| state.node_name(id);
    for batch in &orders.creates {
        let done = created.min(batch.taken.len());
        created -= done;
        let choices = batch.choices_after(done, |(node, _)| *node, name);
        writes.create_choices.extend(choices);
    }

    let mut room = circumstances.burst;
    let name = |id| {
        let node = state.node_of(id).map(|node| state.node_name(node));
        (node, state.pod_name(id))
    };
    for batch in &orders.deletes {
        let done = room.min(batch.taken.len());
        room -= done;
        for deleted in batch.taken.iter().take(done) {
            writes.deletes.push(*deleted);
            let event = Event::successful_delete(state.pod_name(deleted.pod));
            writes.events.push(event);
            writes.awaited.1 += 1;
        }
        let choices = batch.choices_after(done, |deleted| deleted.pod, name);
        writes.delete_choices.extend(choices);
    }
    let refused = writes.refused.get(refused_before..).unwrap_or_default();
    let errors = refused.iter().filter(|refused| !refused.swallowed);
    let error = aggregate(errors.map(|refused| refused.message.as_str()));
    if writes.creates.len() > before || room < circumstances.burst {
        writes.by = Some(part);
    }
    error.map_or(Ok(()), Err)
}

/// Creates in batches of 1, 2, 4 … A batch is attempted in full; after one with an error none is begun
///
fn create(
    state: &State,
    wanted: &[(NodeId, CreateReason)],
    api: &mut impl ApiServer,
    writes: &mut Writes,
) {
    let mut rest = wanted;
    let mut size = 1;
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(size.min(rest.len()));
        let mut failed = false;
        for &(node, why) in batch {
            match api.create_pod(state.node_name(node)) {
                Ok(name) => {
                    writes.events.push(Event::successful_create(&name));
                    writes.creates.push(Created { node, name, why });
                    writes.awaited.0 += 1;
                }
                Err(refusal) => {
                    if refusal.namespace_terminating {
                        writes.awaited.0 += 1; // the expectation is not lowered
                    } else {
                        failed = true;
                        writes.events.push(Event::failed_create(&refusal.message));
                    }
                    writes.refused.push(Refused {
                        node,
                        message: refusal.message,
                        swallowed: refusal.namespace_terminating,
                    });
                }
            }
        }
        if failed {
            return;
        }
        rest = later;
        size *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, pod};
    use super::*;
    use crate::controller::Verdict;

    #[test]
    fn creates_and_deletes_have_a_limit_each_and_beyond_it_any_may_be_taken() {
        //
        let mut fixture = Fixture::new(600);
        for (name, verdict) in fixture.nodes.iter_mut().take(300) {
            *verdict = Verdict::REFUSE;
            fixture.pods.push(pod(&format!("p-{name}"), name));
        }
        let (_, writes) = fixture.sync();
        assert_eq!((writes.creates.len(), writes.deletes.len()), (250, 250));
        let creates = &writes.create_choices[0];
        assert_eq!((creates.count, creates.from.len()), (250, 300));
        let deletes = &writes.delete_choices[0];
        assert_eq!((deletes.count, deletes.from.len()), (250, 300));
    }

    #[test]
    fn a_batch_with_an_error_is_finished_and_none_is_begun_after_it() {
        //
        for (left, attempts) in [
            (0, 1),
            (1, 3),
            (2, 3),
            (3, 7),
            (10, 15),
            (200, 250),
            (250, 250),
        ] {
            let mut fixture = Fixture::new(600);
            fixture.server.creates_left = Some(left);
            let (_, writes) = fixture.sync();
            let made = writes.creates.len();
            assert_eq!(made, left);
            assert_eq!(made + writes.refused.len(), attempts, "{left} succeed");
            assert_eq!(writes.error.as_deref(), (left < 250).then_some("no"));
            assert_eq!(writes.awaited, (left, 0));
            assert!(writes.status.is_some());
        }
    }

    #[test]
    fn a_namespace_that_goes_away_refuses_in_silence() {
        //
        let mut fixture = Fixture::new(3);
        fixture.server.creates_left = Some(0);
        fixture.server.namespace_terminating = true;
        let (_, writes) = fixture.sync();
        assert_eq!((writes.refused.len(), writes.error.as_deref()), (3, None));
        assert!(writes.events.is_empty());
        assert_eq!((writes.by, writes.awaited), (None, (3, 0)));
    }

    #[test]
    fn deletes_run_also_if_creates_failed() {
        //
        let mut fixture = Fixture::new(2).with([pod("a", "n0")]);
        fixture.nodes[0].1 = Verdict::REFUSE;
        fixture.server.creates_left = Some(0);
        let (_, writes) = fixture.sync();
        assert_eq!(writes.deletes.len(), 1);
        let events = [Event::failed_create("no"), Event::successful_delete("a")];
        assert_eq!(writes.events, events);
    }
}
