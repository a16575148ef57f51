//! Deleting old revisions beyond the history limit.

use super::claim::dropped_out;
use super::revisions::Old;
use super::state::{RevisionId, State};
use super::writes::{Choice, Writes};

/// Deletes the surplus of the old revisions, the lowest numbers first, skipping those whose hash some pod of
/// the set carries. Among equal numbers the order is open: by name here.
///
/// Source: `cleanupHistory`, `pkg/controller/daemon/update.go`.
pub(super) fn cleanup(state: &State, old: &[Old], writes: &mut Writes) {
    let length = i64::try_from(old.len()).unwrap_or(i64::MAX);
    let surplus = length.saturating_sub(i64::from(state.set.history_limit));
    let surplus = usize::try_from(surplus).unwrap_or(0);
    if surplus == 0 {
        return;
    }
    let live = live_hashes(state, writes);
    let is_live = |old: &&Old| {
        let id = state.texts.find(&old.hash);
        id.and_then(|id| live.get(id.0 as usize)).copied() == Some(true)
    };
    let mut unused: Vec<&Old> = old.iter().filter(|old| !is_live(old)).collect();
    unused.sort_by_key(|old| old.number); // stable: by name where equal
    let deleted = unused.iter().take(surplus).map(|old| old.revision);
    writes.revisions_deleted.extend(deleted);
    writes
        .revision_delete_choices
        .extend(choice(&unused, surplus));
}

/// The equal numbers that the surplus ends among, if it does.
fn choice(unused: &[&Old], surplus: usize) -> Option<Choice<RevisionId>> {
    let last = unused.get(..surplus)?.last()?.number;
    unused.get(surplus).filter(|next| next.number == last)?;
    let tied = unused.iter().enumerate();
    let tied: Vec<_> = tied.filter(|(_, old)| old.number == last).collect();
    Some(Choice {
        count: tied.iter().filter(|(place, _)| *place < surplus).count(),
        from: tied.iter().map(|(_, old)| old.revision).collect(),
    })
}

/// Which hashes, by number, some pod of the set carries; terminal and terminating pods included, pods that
/// belong to no node not.
fn live_hashes(state: &State, writes: &Writes) -> Vec<bool> {
    let mut live = vec![false; state.texts.len()];
    for (_, node) in state.visit() {
        for (id, pod) in state.group(node) {
            if pod.hash.0 != 0
                && !dropped_out(state, writes, id)
                && let Some(live) = live.get_mut(pod.hash.0 as usize)
            {
                *live = true;
            }
        }
    }
    live
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, pod, revision};
    use super::*;
    use crate::object::PodPhase;

    fn deleted(fixture: &mut Fixture) -> (Vec<String>, Vec<Choice<RevisionId>>) {
        let (state, writes) = fixture.sync();
        let names = writes.revisions_deleted.iter();
        let names = names.map(|&id| state.revision_name(id).to_owned());
        (names.collect(), writes.revision_delete_choices)
    }

    fn fixture(numbers: &[i64], limit: i32) -> Fixture {
        let mut fixture = Fixture::new(1);
        fixture.history_limit = limit;
        for (place, &number) in numbers.iter().enumerate() {
            let mut old = revision(&format!("set-{place}"), number, 1 + place as u64);
            old.hash = Some(format!("h{place}"));
            fixture.revisions.push(old);
        }
        fixture.revisions[0].number = 99;
        fixture
    }

    #[test]
    fn the_oldest_go_except_those_of_pods() {
        // R-706; a pod that is terminal and terminating protects too
        let mut some = fixture(&[3, 1, 2], 1);
        let mut over = pod("a", "n0").in_phase(PodPhase::Failed).terminating();
        over.hash = "h1";
        some.pods.push(over);
        assert_eq!(deleted(&mut some).0, ["set-2", "set-0"]);
        assert_eq!(deleted(&mut fixture(&[3, 1, 2], 3)).0, [""; 0]);
        assert_eq!(deleted(&mut fixture(&[3, 1], -5)).0, ["set-1", "set-0"]);
    }

    #[test]
    fn among_equal_numbers_any_may_go() {
        let (names, choices) = deleted(&mut fixture(&[2, 1, 2, 2], 2));
        assert_eq!(names, ["set-1", "set-0"]);
        let from = [1, 3, 4].map(RevisionId).to_vec();
        assert_eq!(choices, [Choice { from, count: 1 }]);
        assert!(deleted(&mut fixture(&[2, 1, 2], 0)).1.is_empty());
    }
}
