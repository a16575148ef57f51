//! Pods where they belong: what is created and deleted whatever the strategy says of rollouts.

use std::sync::Arc;

use super::backoff::Backoffs;
use super::carry_out::{Batch, Orders};
use super::events::Event;
use super::state::{Hash, Millis, Node, NodeId, Pod, PodId, State};
use super::writes::{Choice, CreateReason, DeleteReason, Deleted, Writes};
use crate::controller::Verdict;
use crate::object::PodPhase;

/// Decides for all nodes. Events and back-offs of failed pods are written at once, before any limit.
///
/// Source: `manage` and `podsShouldBeOnNode`, `pkg/controller/daemon/daemon_controller.go`.
pub(super) fn manage(
    state: &State,
    hash: &Hash,
    now: Millis,
    backoffs: &mut Backoffs,
    writes: &mut Writes,
) -> Orders {
    let mut judge = Judge {
        state,
        hash,
        now,
        backoffs,
        writes,
        creates: Batch::default(),
        deletes: Batch::default(),
    };
    for (id, node, verdict) in state.visit_existing() {
        judge.node(id, node, verdict);
    }
    let (creates, deletes) = (judge.creates, judge.deletes);
    Orders {
        creates: vec![creates],
        deletes: vec![deletes, of_missing_nodes(state)],
    }
}

/// Unbound pods whose node does not exist; terminating ones are deleted again.
fn of_missing_nodes(state: &State) -> Batch<Deleted, PodId> {
    let mut batch = Batch::default();
    for (_, node) in state.visit().filter(|(_, node)| node.verdict.is_none()) {
        let unbound = state.living(node).filter(|(_, pod)| !pod.bound);
        batch.taken.extend(unbound.map(|(pod, _)| Deleted {
            pod,
            why: DeleteReason::NodeGone,
        }));
    }
    batch
}

struct Judge<'a> {
    state: &'a State,
    hash: &'a Hash,
    now: Millis,
    backoffs: &'a mut Backoffs,
    writes: &'a mut Writes,
    creates: Batch<(NodeId, CreateReason), NodeId>,
    deletes: Batch<Deleted, PodId>,
}

impl Judge<'_> {
    /// One row of the table of R-610.
    fn node(&mut self, id: NodeId, node: &Node, verdict: Verdict) {
        let state = self.state;
        let mut pods = state.living(node);
        if pods.clone().next().is_none() {
            if verdict.should_run {
                self.creates.taken.push((id, CreateReason::Missing));
            }
        } else if verdict.should_continue_running {
            self.keep_one(id, node, verdict);
        } else {
            let going = pods.by_ref().filter(|(_, pod)| !pod.terminating);
            self.deletes.taken.extend(going.map(|(pod, _)| Deleted {
                pod,
                why: DeleteReason::NotAllowed,
            }));
        }
    }

    /// A node that may keep a pod and has some.
    fn keep_one(&mut self, id: NodeId, node: &Node, verdict: Verdict) {
        let state = self.state;
        let mut ended = false;
        // Terminating pods are skipped, though they made the group.
        let mut running = 0;
        for (_, pod) in state.living(node).filter(|(_, pod)| !pod.terminating) {
            if pod.is_terminal() {
                ended = true;
            } else {
                running += 1;
            }
        }
        if ended {
            self.succeeded(node);
            self.failed(node);
        }
        match (running, state.set.surges) {
            (0, true) if verdict.should_run => {
                self.creates.taken.push((id, CreateReason::NoneRunning));
            }
            (0 | 1, _) => {}
            (_, true) => self.prune_with_surge(node),
            (_, false) => {
                let excess = running_pods(state, node).skip(1);
                for (pod, _) in excess {
                    self.delete(pod, DeleteReason::Excess);
                }
            }
        }
    }

    fn succeeded(&mut self, node: &Node) {
        for (id, pod) in self.state.living(node) {
            if !pod.terminating && pod.phase == PodPhase::Succeeded {
                let namespace = &self.state.set.namespace;
                let (name, node) = (self.state.pod_name(id), self.state.names.get(node.name));
                let event = Event::succeeded_daemon_pod(namespace, name, node);
                self.writes.events.push(event);
                self.delete(id, DeleteReason::Succeeded);
            }
        }
    }

    /// Of several failed pods of a node one goes, since that puts the node in back-off. Which
    /// one is open: the first by name here.
    fn failed(&mut self, node: &Node) {
        let state = self.state;
        let failed = state
            .living(node)
            .filter(|(_, pod)| !pod.terminating && pod.phase == PodPhase::Failed);
        let name = |id| state.pod_name(id);
        let node = state.names.get(node.name);
        let Some((first, _)) = failed.clone().min_by_key(|(id, _)| name(*id)) else {
            return;
        };
        let key = (
            state.set.uid.clone().unwrap_or_default(),
            state.set.status.observed_generation,
            Arc::from(node),
        );
        if let Some(delay) = self.backoffs.waiting(&key, self.now) {
            self.writes.requeue(delay);
            return;
        }
        self.backoffs.advance(key.clone(), self.now);
        let event = Event::failed_daemon_pod(&state.set.namespace, name(first), node);
        self.writes.events.push(event);
        self.delete(first, DeleteReason::Failed);
        if failed.clone().nth(1).is_some() {
            // The others find the node in back-off.
            if let Some(delay) = self.backoffs.waiting(&key, self.now) {
                self.writes.requeue(delay);
            }
            let mut from: Vec<_> = failed.map(|(id, _)| id).collect();
            from.sort_by_key(|id| name(*id));
            self.deletes.choices.push(Choice { from, count: 1 });
        }
    }

    /// With surge a node may have one pod of the current revision and one of another; only the hash counts
    /// here.
    fn prune_with_surge(&mut self, node: &Node) {
        let state = self.state;
        let (mut new, mut old): (Option<&Pod>, Option<(PodId, &Pod)>) = (None, None);
        for (id, pod) in running_pods(state, node) {
            if Some(pod.hash) == self.hash.id {
                if new.is_none() {
                    new = Some(pod);
                    continue;
                }
            } else if old.is_none() {
                old = Some((id, pod));
                continue;
            }
            self.delete(id, DeleteReason::Excess);
        }
        if let (Some(new), Some((id, old))) = (new, old) {
            let taken_over = new.is_available(state.set.min_ready_seconds, self.now);
            if !old.is_ready() || taken_over {
                self.delete(id, DeleteReason::Superseded);
            }
        }
    }

    fn delete(&mut self, pod: PodId, why: DeleteReason) {
        self.deletes.taken.push(Deleted { pod, why });
    }
}

/// Neither terminating nor terminal, whatever else; sorted by R-619.
fn running_pods<'a>(state: &'a State, node: &Node) -> impl Iterator<Item = (PodId, &'a Pod)> {
    let pods = state.group(node);
    pods.filter(|(_, pod)| !pod.terminating && !pod.is_terminal())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, NOW, created, deleted, pod, rolling};
    use super::*;

    #[test]
    fn a_node_is_managed_as_the_table_says() {
        use DeleteReason::{Excess, Failed, NotAllowed, Succeeded};
        let (run, keep, refuse) = (Verdict::RUN, Verdict::KEEP, Verdict::REFUSE);
        let a = || pod("a", "n0");
        let ended = |phase| a().in_phase(phase);
        let cases = [
            //
            (run, vec![], 1, vec![]),
            (keep, vec![], 0, vec![]),
            (refuse, vec![], 0, vec![]),
            (run, vec![a()], 0, vec![]),
            (keep, vec![a()], 0, vec![]),
            (refuse, vec![a()], 0, vec![("a", NotAllowed)]),
            (refuse, vec![a().terminating()], 0, vec![]),
            (
                refuse,
                vec![ended(PodPhase::Failed)],
                0,
                vec![("a", NotAllowed)],
            ),
            //
            (run, vec![a().terminating()], 0, vec![]),
            (run, vec![ended(PodPhase::Failed).terminating()], 1, vec![]),
            //
            (
                run,
                vec![ended(PodPhase::Succeeded)],
                0,
                vec![("a", Succeeded)],
            ),
            (run, vec![ended(PodPhase::Failed)], 0, vec![("a", Failed)]),
            // bound, then older, then by name
            (
                run,
                vec![a().unbound(), pod("b", "n0").created(9)],
                0,
                vec![("a", Excess)],
            ),
            (
                run,
                vec![a().created(1), pod("b", "n0")],
                0,
                vec![("a", Excess)],
            ),
            (
                run,
                vec![pod("b", "n0"), a().not_ready()],
                0,
                vec![("b", Excess)],
            ),
        ];
        for (number, (verdict, pods, creates, deletes)) in cases.into_iter().enumerate() {
            let mut fixture = Fixture::new(1).with(pods);
            fixture.nodes[0].1 = verdict;
            let (state, writes) = fixture.sync();
            assert_eq!(created(&state, &writes).len(), creates, "case {number}");
            assert_eq!(deleted(&state, &writes), deletes, "case {number}");
        }
    }

    #[test]
    fn with_surge_two_pods_may_stand_beside_each_other_until_the_new_one_is_available() {
        use DeleteReason::{Excess, Superseded};
        let (new, old) = (|| pod("new", "n0"), || pod("old", "n0").old());
        let cases = [
            //
            (vec![new().terminating()], 1, vec![]),
            (vec![new().not_ready()], 0, vec![]),
            //
            (vec![new(), old()], 0, vec![("old", Superseded)]),
            (vec![new().not_ready(), old()], 0, vec![]),
            (
                vec![new().not_ready(), old().not_ready()],
                0,
                vec![("old", Superseded)],
            ),
            (
                vec![new(), pod("newer", "n0").created(1)],
                0,
                vec![("newer", Excess)],
            ),
            (
                vec![old(), pod("older", "n0").old().created(-1)],
                0,
                vec![("old", Excess)],
            ),
        ];
        for (number, (pods, creates, deletes)) in cases.into_iter().enumerate() {
            let mut fixture = Fixture::new(1).with(pods).strategy(rolling(0, 1));
            let (state, writes) = fixture.sync();
            assert_eq!(created(&state, &writes).len(), creates, "case {number}");
            assert_eq!(deleted(&state, &writes), deletes, "case {number}");
        }
    }

    #[test]
    fn one_failed_pod_of_a_node_goes_and_the_others_wait_for_the_back_off() {
        //
        let failed = |name| pod(name, "n0").in_phase(PodPhase::Failed);
        let mut fixture = Fixture::new(1).with([failed("b"), failed("a")]);
        let (state, writes) = fixture.sync();
        assert_eq!(deleted(&state, &writes), [("a", DeleteReason::Failed)]);
        let from = vec![PodId(1), PodId(0)];
        assert_eq!(writes.delete_choices, [Choice { from, count: 1 }]);
        assert_eq!(writes.requeue_after, Some(1_000));
        assert_eq!(fixture.backoffs.of("uid", 0, "n0"), Some((1_000, NOW)));
        let (_, again) = fixture.sync();
        assert!(again.deletes.is_empty() && again.delete_choices.is_empty());
        assert_eq!(again.requeue_after, Some(1_000));
    }

    #[test]
    fn unbound_pods_of_missing_nodes_are_deleted_and_bound_ones_are_left() {
        //
        let pods = [
            pod("a", "gone").unbound(),
            pod("b", "gone").unbound().terminating(),
            pod("c", "gone"),
        ];
        let (state, writes) = Fixture::new(0).with(pods).sync();
        let gone = |name| (name, DeleteReason::NodeGone);
        assert_eq!(deleted(&state, &writes), [gone("a"), gone("b")]);
    }
}
