//! The history of the set: which revision is current, which are old, and the hash of new pods.

use std::sync::Arc;

use super::ApiServer;
use super::claim::{Membership, claim_pods};
use super::state::{Hash, Revision, RevisionId, State};
use super::status::Status;
use super::writes::{Choice, NewRevision, Relabelled, UpdatedRevision, Writes};

/// The history as the sync goes on with it.
pub(super) struct History {
    /// The hash label of the current revision.
    pub(super) hash: Hash,
    /// Revisions of other templates, by name.
    pub(super) old: Vec<Old>,
}

/// A revision of another template.
pub(super) struct Old {
    pub(super) revision: RevisionId,
    pub(super) number: i64,
    /// Its hash label; the real code does not tell an empty one from none here.
    pub(super) hash: Arc<str>,
}

/// A revision of the present template.
struct Current<'a> {
    id: RevisionId,
    revision: &'a Revision,
    hash: Arc<str>,
}

/// Claims the revisions, finds or makes the current one, and sorts out the others.
///
/// Where the real code has no order, revisions are taken by name.
///
/// Source: `constructHistory`, `pkg/controller/daemon/update.go`.
pub(super) fn construct(
    state: &State,
    api: &mut impl ApiServer,
    writes: &mut Writes,
) -> Result<History, String> {
    state.set.selector.as_ref().map_err(Clone::clone)?;
    let claimed = claim_revisions(state, writes);
    let (mut current, mut old) = (vec![], vec![]);
    for (id, revision) in claimed {
        if revision.hash.is_none() {
            update(id, revision, revision.number, &revision.name, writes)?;
        }
        let hash = Arc::clone(revision.hash.as_ref().unwrap_or(&revision.name));
        if revision.template == state.set.template {
            current.push(Current { id, revision, hash });
        } else {
            let number = revision.number;
            old.push(Old {
                revision: id,
                number,
                hash,
            });
        }
    }
    // R-703; Go's numbers wrap.
    let largest = old.iter().map(|old| old.number).max().unwrap_or(0).max(0);
    let wanted = largest.wrapping_add(1);
    let hash = if current.is_empty() {
        snapshot(state, wanted, api, writes)?
    } else {
        let kept = keep_one(state, &current, writes)?;
        if kept.revision.number < wanted {
            update(kept.id, kept.revision, wanted, &kept.hash, writes)?;
        }
        Arc::clone(&kept.hash)
    };
    Ok(History {
        hash: Hash::new(state, &hash),
        old,
    })
}

/// The revisions that are the set's now, by name.
fn claim_revisions<'a>(state: &'a State, writes: &mut Writes) -> Vec<(RevisionId, &'a Revision)> {
    let mut claimed = vec![];
    for &id in &state.revision_order {
        let id = RevisionId(id);
        let Some(revision) = state.revision(id) else {
            continue;
        };
        match revision.membership {
            Membership::Owned => claimed.push((id, revision)),
            Membership::Adopted => {
                writes.revisions_adopted.push(id);
                claimed.push((id, revision));
            }
            Membership::Released => writes.revisions_released.push(id),
            Membership::Foreign => {}
        }
    }
    claimed
}

/// Updates a revision. One that this sync has adopted is newer in storage than the copy at hand: a conflict.
fn update(
    id: RevisionId,
    revision: &Revision,
    number: i64,
    hash: &Arc<str>,
    writes: &mut Writes,
) -> Result<(), String> {
    if revision.membership == Membership::Adopted {
        return Err(format!(
            "Operation cannot be fulfilled on controllerrevisions.apps \"{}\": the object has been \
             modified; please apply your changes to the latest version and try again",
            revision.name
        ));
    }
    writes.revisions_updated.push(UpdatedRevision {
        revision: id,
        number,
        hash: Arc::clone(hash),
    });
    Ok(())
}

/// Of several current revisions one is kept: the highest number, of equal ones the last. All pods that carry
/// another hash are relabelled, then the others are deleted. The real code has no order among equal
/// numbers, so which one stays is a choice; the relabelling follows the one that does.
///
/// Source: `dedupCurHistories`. With only negative numbers, which the API does not store, the real code would
/// crash; here the last one is kept.
fn keep_one<'a, 'b>(
    state: &State,
    current: &'b [Current<'a>],
    writes: &mut Writes,
) -> Result<&'b Current<'a>, String> {
    let kept = current
        .iter()
        .max_by_key(|current| current.revision.number)
        .ok_or("no current revision")?;
    if current.len() == 1 {
        return Ok(kept);
    }
    claim_pods(state, writes);
    let hash = Hash::new(state, &kept.hash);
    let mut relabelled: Vec<_> = (0..)
        .map(super::state::PodId)
        .zip(&state.pods)
        .filter(|(_, pod)| pod.membership.is_member() && Some(pod.hash) != hash.id)
        .map(|(id, _)| id)
        .collect();
    relabelled.sort_by(|a, b| state.pod_name(*a).cmp(state.pod_name(*b)));
    writes.relabels.extend(relabelled.into_iter().map(|pod| {
        let hash = Arc::clone(&kept.hash);
        Relabelled { pod, hash }
    }));
    let others = current.iter().map(|current| current.id);
    let others = others.filter(|&id| id != kept.id);
    writes.revisions_deleted.extend(others);
    let tied = current.iter().map(|current| (current.id, current.revision));
    let tied = tied.filter(|(_, revision)| revision.number == kept.revision.number);
    let from: Vec<_> = tied.map(|(id, _)| id).collect();
    if from.len() > 1 {
        let count = from.len() - 1;
        let choice = Choice { from, count };
        writes.revision_delete_choices.push(choice);
    }
    Ok(kept)
}

/// Creates the revision of the present template and gives its hash. If the name is taken by the same
/// template, that one is taken; if by another, the collision count is raised and the sync fails.
///
/// Source: `snapshot`.
fn snapshot(
    state: &State,
    number: i64,
    api: &mut impl ApiServer,
    writes: &mut Writes,
) -> Result<Arc<str>, String> {
    let collisions = state.set.status.collision_count;
    let hash: Arc<str> = Arc::from(api.hash(collisions));
    let name = format!("{}-{hash}", state.set.name);
    let taken = state
        .revisions
        .iter()
        .find(|revision| *revision.name == name);
    match taken {
        None => {
            writes.revision_created = Some(NewRevision {
                name,
                number,
                hash: Arc::clone(&hash),
            });
            Ok(hash)
        }
        //
        Some(same) if same.template == state.set.template => {
            Ok(same.hash.clone().unwrap_or_default())
        }
        Some(_) => {
            //
            writes.status = Some(Status {
                collision_count: Some(collisions.unwrap_or(0).wrapping_add(1)),
                ..state.set.status
            });
            Err(format!(
                "controllerrevisions.apps \"{name}\" already exists"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, pod, revision};
    use super::*;

    #[test]
    fn a_revision_adopted_in_this_sync_cannot_be_updated_in_it() {
        let mut fixture = Fixture::new(1);
        fixture.revisions[0].orphan = true;
        fixture.revisions.push(revision("set-old", 7, 1));
        let (_, writes) = fixture.sync();
        let wanted = "failed to construct revisions of DaemonSet: Operation cannot be fulfilled on \
                      controllerrevisions.apps \"set-now\": the object has been modified; please apply \
                      your changes to the latest version and try again";
        assert_eq!(writes.error.as_deref(), Some(wanted));
        assert_eq!(writes.revisions_adopted, [RevisionId(0)]);
        assert!(writes.creates.is_empty() && writes.status.is_none());
        fixture.revisions[0].orphan = false;
        let (_, writes) = fixture.sync();
        assert_eq!(writes.revisions_updated[0].number, 8);
        assert_eq!((writes.error, writes.creates.len()), (None, 1));
    }

    #[test]
    fn a_name_taken_by_the_same_template_is_taken_over_whoever_owns_it() {
        // R-731; the revision is released, and read back by its name
        let mut fixture = Fixture::new(1);
        fixture.revisions = vec![revision("set-new", 1, 0)];
        fixture.selector = None;
        let (_, writes) = fixture.sync();
        assert_eq!(writes.revisions_released, [RevisionId(0)]);
        assert_eq!(writes.revision_created, None);
        assert_eq!(writes.hash.as_deref(), Some("now"));
    }

    #[test]
    fn a_name_taken_by_another_template_raises_the_collision_count_and_nothing_else() {
        //
        let mut fixture = Fixture::new(1);
        fixture.revisions = vec![revision("set-new", 1, 1)];
        fixture.status.desired = 4;
        for (stored, wanted) in [(None, 1), (Some(6), 7), (Some(i32::MAX), i32::MIN)] {
            fixture.status.collision_count = stored;
            let (_, writes) = fixture.sync();
            let status = writes.status.unwrap();
            assert_eq!(status.collision_count, Some(wanted));
            assert_eq!(status.desired, 4);
            assert!(
                writes
                    .error
                    .unwrap()
                    .ends_with("\"set-new\" already exists")
            );
            assert!(writes.creates.is_empty());
        }
    }

    #[test]
    fn of_several_current_revisions_the_highest_stays_and_pods_are_relabelled() {
        //
        let mut fixture = Fixture::new(1).with([pod("b", "n0").old(), pod("a", "n0")]);
        let mut kept = revision("set-x", 5, 0);
        kept.hash = Some("x".to_owned());
        fixture.revisions.push(kept);
        let (_, writes) = fixture.sync();
        let pods: Vec<_> = writes.relabels.iter().map(|one| one.pod.0).collect();
        assert_eq!(pods, [1, 0]); // by name
        assert_eq!(&*writes.relabels[0].hash, "x");
        assert_eq!(writes.revisions_deleted, [RevisionId(0)]);
        assert!(writes.revision_delete_choices.is_empty());
        fixture.revisions[0].number = 5;
        let (_, writes) = fixture.sync();
        assert_eq!(writes.revision_delete_choices[0].count, 1);
    }

    #[test]
    fn numbers_wrap_as_in_go() {
        let mut fixture = Fixture::new(1);
        fixture.revisions = vec![revision("set-old", i64::MAX, 1)];
        let (_, writes) = fixture.sync();
        assert_eq!(writes.revision_created.unwrap().number, i64::MIN);
    }
}
