//! The status counters, and what each node contributes to them.

use super::Circumstances;
use super::claim::dropped_out;
use super::state::{Hash, Millis, Node, NodeId, State};
use super::writes::Writes;
use crate::controller::Verdict;

/// `status` of a `DaemonSet`, as far as the controller writes it. All counters are numbers of nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `desiredNumberScheduled`.
    pub desired: i32,
    /// `currentNumberScheduled`.
    pub current: i32,
    /// `numberMisscheduled`.
    pub misscheduled: i32,
    /// `numberReady`.
    pub ready: i32,
    /// `updatedNumberScheduled`.
    pub updated: i32,
    /// `numberAvailable`.
    pub available: i32,
    /// `numberUnavailable`.
    pub unavailable: i32,
    /// `collisionCount`.
    pub collision_count: Option<i32>,
}

impl Status {
    /// The counters of nodes, each with its field's name.
    pub fn counters(&self) -> [(&'static str, i32); 7] {
        [
            ("desiredNumberScheduled", self.desired),
            ("currentNumberScheduled", self.current),
            ("numberMisscheduled", self.misscheduled),
            ("numberReady", self.ready),
            ("updatedNumberScheduled", self.updated),
            ("numberAvailable", self.available),
            ("numberUnavailable", self.unavailable),
        ]
    }
}

/// What one node contributes to the status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // one for each counter
pub struct Standing {
    /// It should run a pod.
    pub desired: bool,
    /// It should, and has one of any kind.
    pub current: bool,
    /// It should not, and has one.
    pub misscheduled: bool,
    /// It should, and its first pod is ready.
    pub ready: bool,
    /// It should, and its first pod is available.
    pub available: bool,
    /// It should, and its first pod is of the present template.
    pub updated: bool,
}

/// What the node contributes; `gone` says of a pod whether it is left out.
fn standing(
    state: &State,
    node: &Node,
    verdict: Verdict,
    hash: &Hash,
    now: Millis,
    writes: &Writes,
) -> Standing {
    let mut pods = state.living(node);
    let first = pods.find(|(id, _)| !dropped_out(state, writes, *id));
    let desired = verdict.should_run;
    let Some((_, pod)) = first else {
        return Standing {
            desired,
            ..Standing::default()
        };
    };
    if !desired {
        return Standing {
            misscheduled: true,
            ..Standing::default()
        };
    }
    let ready = pod.is_ready();
    Standing {
        desired,
        current: true,
        misscheduled: false,
        ready,
        available: ready && pod.is_available(state.set.min_ready_seconds, now),
        updated: state.set.is_updated(pod, hash),
    }
}

impl State {
    /// What each node contributes to the status that [`sync`](super::sync) computes, by name: the counters
    /// opened. `writes` is what that sync wrote.
    pub fn standings<'a>(
        &'a self,
        writes: &'a Writes,
        now: Millis,
    ) -> impl Iterator<Item = (NodeId, Standing)> + 'a {
        let hash = Hash::new(self, writes.hash.as_deref().unwrap_or_default());
        self.visit_existing()
            .map(move |(id, node, verdict)| (id, standing(self, node, verdict, &hash, now, writes)))
    }
}

/// Counts the nodes and stores the status if it differs. `observe` raises `observedGeneration`.
///
/// Source: `updateDaemonSetStatus` and `storeDaemonSetStatus`, `pkg/controller/daemon/daemon_controller.go`.
pub(super) fn store(
    state: &State,
    hash: &Hash,
    circumstances: Circumstances,
    observe: bool,
    writes: &mut Writes,
) {
    let stored = state.set.status;
    let counted = Status {
        observed_generation: if observe {
            state.set.generation
        } else {
            stored.observed_generation
        },
        collision_count: stored.collision_count,
        ..count(state, hash, circumstances.now, writes)
    };
    writes.counted = Some(counted);
    // a generation observed ahead alone is no reason to write.
    let same_counters = Status {
        observed_generation: stored.observed_generation,
        ..counted
    } == stored;
    if !same_counters || stored.observed_generation < state.set.generation {
        writes.status = Some(counted);
    }
    let min_ready = state.set.min_ready_seconds;
    if min_ready > 0 && counted.ready != counted.available {
        writes.requeue(Millis::from(min_ready) * 1_000);
    }
}

fn count(state: &State, hash: &Hash, now: Millis, writes: &Writes) -> Status {
    let mut status = Status::default();
    for (_, node, verdict) in state.visit_existing() {
        let standing = standing(state, node, verdict, hash, now, writes);
        status.desired += i32::from(standing.desired);
        status.current += i32::from(standing.current);
        status.misscheduled += i32::from(standing.misscheduled);
        status.ready += i32::from(standing.ready);
        status.available += i32::from(standing.available);
        status.updated += i32::from(standing.updated);
    }
    status.unavailable = status.desired - status.available;
    status
}

#[cfg(test)]
mod tests {
    use super::super::Readiness;
    use super::super::fixture::{Fixture, NOW, pod};
    use super::*;
    use crate::object::PodPhase;

    #[test]
    fn every_counter_opens_into_nodes() {
        //
        let fresh = |name, node| {
            let mut fresh = pod(name, node);
            fresh.readiness = Readiness::Ready(Some(NOW - 5_000));
            fresh
        };
        let mut fixture = Fixture::new(6).with([
            pod("a", "n0"),
            pod("b", "n1").old().not_ready(),
            fresh("c", "n2"),
            pod("d", "n3"),
            pod("e", "gone"),
            pod("f", "n4").terminating(),
        ]);
        fixture.nodes[3].1 = Verdict::KEEP;
        fixture.min_ready_seconds = 10;
        let (state, writes) = fixture.sync();
        let status = writes.counted.unwrap();
        let counters = (status.desired, status.current, status.misscheduled);
        assert_eq!(counters, (5, 4, 1));
        assert_eq!((status.ready, status.available, status.updated), (3, 2, 3));
        assert_eq!(status.unavailable, 3);
        assert_eq!(writes.requeue_after, Some(10_000));
        let nodes = |of: fn(Standing) -> bool| -> Vec<String> {
            let all = state.standings(&writes, NOW).filter(|(_, one)| of(*one));
            all.map(|(id, _)| state.node_name(id).to_owned()).collect()
        };
        assert_eq!(nodes(|one| one.misscheduled), ["n3"]);
        assert_eq!(nodes(|one| one.ready && !one.available), ["n2"]);
        assert_eq!(nodes(|one| one.desired && !one.current), ["n5"]);
    }

    #[test]
    fn only_the_first_pod_of_a_node_is_looked_at() {
        //
        let pods = [pod("new", "n0").created(1), pod("old", "n0").old()];
        let status = Fixture::new(1).with(pods).sync().1.counted.unwrap();
        assert_eq!((status.current, status.updated), (1, 0));
    }

    #[test]
    fn a_status_is_written_only_where_it_differs_or_a_generation_is_behind() {
        //
        let mut fixture = Fixture::new(1).with([pod("a", "n0")]);
        let first = fixture.sync().1.status.unwrap();
        for (observed, written) in [(1, false), (0, true), (7, false)] {
            fixture.status = Status {
                observed_generation: observed,
                ..first
            };
            assert_eq!(fixture.sync().1.status.is_some(), written, "{observed}");
        }
        fixture.status.ready = 0;
        assert_eq!(fixture.sync().1.status, Some(first));
    }

    #[test]
    fn an_orphan_that_was_removed_at_once_drops_out_and_one_that_lingers_counts() {
        for (orphan, current) in [
            (pod("a", "n0").in_phase(PodPhase::Succeeded), 0),
            (pod("a", "n0"), 1),
        ] {
            let other = pod("b", "n0").created(-1);
            let keeps = orphan.phase == PodPhase::Running;
            let mut fixture = Fixture::new(1).with([orphan.orphan()]);
            if keeps {
                fixture.pods.push(other);
            }
            let (_, writes) = fixture.sync();
            assert_eq!(writes.adopts.len(), 1);
            assert_eq!(writes.deletes.len(), 1);
            assert_eq!(writes.counted.unwrap().current, current);
        }
    }
}
