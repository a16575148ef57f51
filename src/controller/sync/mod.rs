//! One sync of one `DaemonSet`: what the controller writes, given a state.
//!
//! [`State`] is the controller's cache, reduced and indexed once; [`sync`] walks it and answers [`Writes`].
//! Nothing is changed: the caller carries the writes out and makes the next state. A sync sees one state from
//! beginning to end; its own writes come back only after it.
//!
//! One concept a file: [`claim`] (whose a pod is), [`revisions`] (history and current hash), [`manage`] (pods
//! where they belong), [`backoff`] (failed pods), [`rolling_update`] (one step of a rollout), [`turn`] (how far each node is), [`carry_out`]
//! (limits, slow start, partial failure), [`cleanup`] (old revisions), [`status`] (the counters), [`objects`] (what
//! a state is made from, seen in the objects that were read).
//!
//! Where the real controller walks a Go map, the order is open. Then nodes are taken by name, and pods of a
//! node by name; every such place tells what could have been taken instead as a [`Choice`].
//!
//! Architecture invariant: reads no clock, makes up no names and computes no hash. Time is an argument; names
//! and hashes come from [`ApiServer`]. Uses `object` and `selector` and the verdicts of
//! [`eligibility`](super::eligibility); knows neither `cluster` nor text.

pub mod backoff;
mod build;
pub mod carry_out;
pub mod claim;
pub mod cleanup;
pub mod edit;
pub mod events;
pub mod manage;
mod names;
pub mod objects;
pub mod revisions;
pub mod rolling_update;
pub mod state;
pub mod status;
pub mod turn;
pub mod view;
pub mod writes;

#[cfg(test)]
mod fixture;

pub use backoff::Backoffs;
pub use claim::{Membership, Owner};
pub use edit::Edit;
pub use events::{Event, EventType};
pub use objects::Templates;
pub use state::{Millis, NodeId, PodId, RevisionId, State, TemplateId};
pub use status::{Standing, Status};
pub use turn::Turn;
pub use view::{PodView, Readiness, RevisionView, RollingUpdate, SetView, Strategy, StrategyKind};
pub use writes::{
    Choice, CreateReason, Created, DeleteReason, Deleted, Endless, NewRevision, Part, Refused,
    Relabelled, Rollout, UpdatedRevision, Writes,
};

use carry_out::carry_out;

/// How many pods a sync creates at most, and how many it deletes at most.
pub const BURST: usize = 250;

/// What a sync needs to know besides the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// The time of the sync.
    pub now: Millis,
    /// At most so many creates, and at most so many deletes; [`BURST`] in the real controller.
    pub burst: usize,
    /// The watch has not yet shown all creates and deletes of earlier syncs: only the status is done (R-600,
    /// step 6; R-636).
    pub awaiting: bool,
}

impl Circumstances {
    /// The real controller at this time, waiting for nothing.
    pub const fn at(now: Millis) -> Self {
        Self {
            now,
            burst: BURST,
            awaiting: false,
        }
    }
}

/// What lies outside the controller and answers it while it syncs.
pub trait ApiServer {
    /// The hash of the set's template with this `status.collisionCount`. Asked where a revision is
    /// to be created, once an attempt.
    fn hash(&mut self, collision_count: Option<i32>) -> String;

    /// Creates a pod for this node: its name, or why it was refused.
    fn create_pod(&mut self, node: &str) -> Result<String, Refusal>;
}

/// Why the API server refused to create a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The text of the error.
    pub message: String,
    /// The cause is that the namespace is going away; the controller swallows that.
    pub namespace_terminating: bool,
}

/// What one sync of the set writes.
///
/// `backoffs` is the only thing that the controller remembers between syncs; it is brought up to date.
///
/// Cost: O(nodes + pods + revisions); allocates only for what it writes.
///
/// Source: `syncDaemonSet` and `updateDaemonSet`, Kubernetes 1.37; rules.
pub fn sync(
    state: &State,
    circumstances: Circumstances,
    backoffs: &mut Backoffs,
    api: &mut impl ApiServer,
) -> Writes {
    let mut writes = Writes::default();
    if state.set.selects_all {
        writes.events.push(Event::selecting_all());
        return writes;
    }
    if state.set.terminating {
        return writes;
    }
    let history = match revisions::construct(state, api, &mut writes) {
        Ok(history) => history,
        Err(error) => {
            writes.error = Some(format!(
                "failed to construct revisions of DaemonSet: {error}"
            ));
            return writes;
        }
    };
    writes.hash = Some(history.hash.text.clone());
    claim::claim_pods(state, &mut writes);
    if circumstances.awaiting {
        status::store(state, &history.hash, circumstances, false, &mut writes);
        return writes;
    }
    let updated = update(state, &history, circumstances, backoffs, api, &mut writes);
    status::store(state, &history.hash, circumstances, true, &mut writes);
    writes.error = updated.err();
    writes
}

/// Steps 7 to 9 of R-600; an error skips the rest of them.
fn update(
    state: &State,
    history: &revisions::History,
    circumstances: Circumstances,
    backoffs: &mut Backoffs,
    api: &mut impl ApiServer,
    writes: &mut Writes,
) -> Result<(), String> {
    let orders = manage::manage(state, &history.hash, circumstances.now, backoffs, writes);
    carry_out(state, &orders, Part::Manage, circumstances, api, writes)?;
    if !writes.is_awaited() && state.set.strategy.kind == StrategyKind::RollingUpdate {
        //
        let orders = rolling_update::step(state, &history.hash, circumstances.now, writes)?;
        carry_out(
            state,
            &orders,
            Part::RollingUpdate,
            circumstances,
            api,
            writes,
        )?;
    }
    cleanup::cleanup(state, &history.old, writes);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fixture::{Fixture, created, pod, rolling};
    use super::*;
    use crate::selector::{LabelSelector, LabelSelectorRequirement};

    #[test]
    fn a_selector_that_does_not_compile_ends_the_sync_without_a_status() {
        //
        let mut fixture = Fixture::new(1);
        let expression = LabelSelectorRequirement {
            key: "app".to_owned(),
            operator: "is".to_owned(),
            values: vec![],
        };
        fixture.selector = Some(LabelSelector {
            match_expressions: vec![expression],
            ..LabelSelector::default()
        });
        let (_, writes) = fixture.sync();
        let wanted = "failed to construct revisions of DaemonSet: \"is\" is not a valid label selector operator";
        assert_eq!(writes.error.as_deref(), Some(wanted));
        assert_eq!((writes.status, writes.creates.len()), (None, 0));
    }

    #[test]
    fn an_empty_selector_gives_an_event_and_an_absent_one_releases_all() {
        //
        let mut fixture = Fixture::new(1).with([pod("a", "n0")]);
        fixture.selector = Some(LabelSelector::default());
        let (_, writes) = fixture.sync();
        assert_eq!(writes.events, [Event::selecting_all()]);
        assert!(writes.status.is_none() && writes.creates.is_empty());
        fixture.selector = None;
        let (_, writes) = fixture.sync();
        assert_eq!(writes.releases, [PodId(0)]);
        assert_eq!(writes.creates.len(), 1);
    }

    #[test]
    fn while_creates_and_deletes_are_awaited_only_the_status_is_done() {
        // R-600 step 6, R-906
        let mut fixture = Fixture::new(2).with([pod("a", "n0")]);
        fixture.generation = 5;
        fixture.awaiting = true;
        let (_, writes) = fixture.sync();
        assert!(writes.creates.is_empty());
        let status = writes.status.unwrap();
        assert_eq!((status.observed_generation, status.desired), (0, 2));
    }

    #[test]
    fn a_sync_that_creates_does_not_roll() {
        //
        let old = pod("a", "n0").old();
        let mut fixture = Fixture::new(2).with([old]).strategy(rolling(2, 0));
        let (state, writes) = fixture.sync();
        assert_eq!(created(&state, &writes), ["n1"]);
        assert!(writes.deletes.is_empty() && writes.rollout.is_none());
        assert_eq!((writes.by, writes.awaited), (Some(Part::Manage), (1, 0)));
    }
}
