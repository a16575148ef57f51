//! Whose a pod or a revision is, seen from one set: owned, adopted, released.

use super::state::{PodId, State};
use super::writes::Writes;

/// The controller of a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Owner<'a> {
    /// No owner reference is marked as the controller.
    #[default]
    None,
    /// The first owner reference with `controller: true`.
    Controller {
        /// `kind`.
        kind: &'a str,
        /// `name`.
        name: &'a str,
        /// `uid`.
        uid: &'a str,
    },
    /// The source shows neither owner nor labels (a table's row); the pod is taken for the set's.
    Assumed,
}

/// Whose it is, seen from the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// Another's, or nobody's business.
    Foreign,
    /// The set owns it and the selector matches.
    Owned,
    /// It has no controller and the selector matches: adopted at each place that lists the set's pods.
    Adopted,
    /// The set owns it and the selector does not match.
    Released,
}

impl Membership {
    /// The table of R-501. `owner`: `Some(true)` where the set owns it, `Some(false)` where another does.
    ///
    /// Source: `ClaimObject`, `pkg/controller/controller_ref_manager.go`.
    pub(super) fn claim(
        owner: Option<bool>,
        terminating: bool,
        matches: impl Fn() -> bool,
    ) -> Self {
        match owner {
            Some(true) if matches() => Self::Owned,
            Some(true) => Self::Released,
            None if !terminating && matches() => Self::Adopted,
            Some(false) | None => Self::Foreign,
        }
    }

    /// Whether it counts as the set's now.
    pub const fn is_member(self) -> bool {
        matches!(self, Self::Owned | Self::Adopted)
    }
}

impl Owner<'_> {
    /// Whether the set owns the pod: `None` where nobody does. Without a uid, kind and name are enough.
    pub fn is(&self, set: &str, set_uid: Option<&str>) -> Option<bool> {
        match *self {
            Self::None => None,
            Self::Controller { kind, name, uid } => {
                let same_uid = set_uid.is_none_or(|set_uid| set_uid == uid);
                Some(kind == "DaemonSet" && name == set && same_uid)
            }
            Self::Assumed => Some(true),
        }
    }
}

/// Writes down the pods that are adopted and released; done once, though each part of a sync claims anew
///
pub(super) fn claim_pods(state: &State, writes: &mut Writes) {
    if !(writes.adopts.is_empty() && writes.releases.is_empty()) {
        return;
    }
    for (id, pod) in (0..).zip(&state.pods) {
        match pod.membership {
            Membership::Adopted => writes.adopts.push(PodId(id)),
            Membership::Released => writes.releases.push(PodId(id)),
            Membership::Owned | Membership::Foreign => {}
        }
    }
    let by_name = |a: &PodId, b: &PodId| state.pod_name(*a).cmp(state.pod_name(*b));
    writes.adopts.sort_by(by_name);
    writes.releases.sort_by(by_name);
}

/// Whether an adopted pod that this sync deleted is gone by the time a later part claims anew: the adoption
/// finds it no more and leaves it out.
pub(super) fn dropped_out(state: &State, writes: &Writes, id: PodId) -> bool {
    state.pod(id).is_some_and(|pod| {
        pod.membership == Membership::Adopted
            && pod.vanishes_at_once()
            && writes.deletes.iter().any(|deleted| deleted.pod == id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owner_comes_before_selector_and_only_living_orphans_are_adopted() {
        use Membership::{Adopted, Foreign, Owned, Released};
        for (owner, terminating, matches, wanted) in [
            (Some(true), false, true, Owned),
            (Some(true), true, true, Owned),
            (Some(true), false, false, Released),
            (Some(true), true, false, Released),
            (Some(false), false, true, Foreign),
            (None, false, true, Adopted),
            (None, true, true, Foreign),
            (None, false, false, Foreign),
        ] {
            //
            let found = Membership::claim(owner, terminating, || matches);
            assert_eq!(found, wanted, "{owner:?} {terminating} {matches}");
        }
    }

    #[test]
    fn an_owner_is_the_set_by_kind_name_and_uid() {
        //
        let owner = |kind, name, uid| Owner::Controller { kind, name, uid };
        assert_eq!(owner("DaemonSet", "a", "1").is("a", Some("1")), Some(true));
        assert_eq!(
            owner("ReplicaSet", "a", "1").is("a", Some("1")),
            Some(false)
        );
        assert_eq!(owner("DaemonSet", "b", "1").is("a", Some("1")), Some(false));
        assert_eq!(owner("DaemonSet", "a", "2").is("a", Some("1")), Some(false));
        assert_eq!(owner("DaemonSet", "a", "2").is("a", None), Some(true));
        assert_eq!(Owner::None.is("a", None), None);
        assert_eq!(Owner::Assumed.is("a", Some("1")), Some(true));
    }
}
