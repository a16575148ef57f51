//! How far each node is in a rollout: new pod, old pod, both, none.

use super::state::{Hash, Millis, Node, NodeId, Pod, PodId, State};
use super::writes::Writes;

/// The pods of a node that are not terminating, as far as there is at most one of each kind.
pub(super) struct Pair<'a> {
    pub(super) new: Option<(PodId, &'a Pod)>,
    pub(super) old: Option<(PodId, &'a Pod)>,
}

impl<'a> Pair<'a> {
    /// `None` where there are two new or two old: manage prunes them.
    ///
    /// Source: `findUpdatedPodsOnNode`, `pkg/controller/daemon/update.go`.
    pub(super) fn find(state: &'a State, node: &Node, hash: &Hash) -> Option<Self> {
        let mut pair = Self {
            new: None,
            old: None,
        };
        for found in state.living(node).filter(|(_, pod)| !pod.terminating) {
            let place = if state.set.is_updated(found.1, hash) {
                &mut pair.new
            } else {
                &mut pair.old
            };
            if place.replace(found).is_some() {
                return None;
            }
        }
        Some(pair)
    }
}

/// Groups that take part: those with pods, and nodes that should run one.
pub(super) fn groups(state: &State) -> impl Iterator<Item = (NodeId, &Node)> {
    state.visit().filter(|(_, node)| {
        let should_run = node.verdict.is_some_and(|verdict| verdict.should_run);
        should_run || state.living(node).next().is_some()
    })
}

/// How far a node is in a rollout: the rows of the tables of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Two or more new pods, or two or more old ones: manage prunes them first.
    Crowded,
    /// No pod, or only terminating ones: manage makes one when they are gone.
    Empty,
    /// Only a new pod.
    Updated {
        /// It is available; if not, the rollout waits for it.
        available: bool,
    },
    /// Only an old pod, to be replaced.
    Outdated {
        /// It is available, so that it waits for room; if not, it is replaced at once.
        available: bool,
    },
    /// A new pod beside an old one.
    Succession {
        /// The new one is available: with surge the old one goes.
        new_available: bool,
        /// The old one is available.
        old_available: bool,
    },
}

impl Turn {
    pub(super) fn of(pair: Option<&Pair<'_>>, available: impl Fn(&Pod) -> bool) -> Self {
        let Some(pair) = pair else {
            return Self::Crowded;
        };
        let available = |(_, pod): (PodId, &Pod)| available(pod);
        match (pair.new.map(available), pair.old.map(available)) {
            (None, None) => Self::Empty,
            (Some(available), None) => Self::Updated { available },
            (None, Some(available)) => Self::Outdated { available },
            (Some(new_available), Some(old_available)) => Self::Succession {
                new_available,
                old_available,
            },
        }
    }

    /// Without surge: the node takes one of `maxUnavailable`.
    pub const fn takes_of_max_unavailable(self) -> bool {
        let (Self::Updated { available } | Self::Outdated { available }) = self else {
            return true;
        };
        !available
    }

    /// With surge: the node takes one of `maxSurge`.
    pub const fn takes_of_max_surge(self) -> bool {
        match self {
            Self::Crowded => true,
            Self::Succession { new_available, .. } => !new_available,
            _ => false,
        }
    }

    /// With surge: the node has an available pod, as far as the rolling update counts it: the old one, or
    /// where there is none the new one.
    pub const fn is_available(self) -> bool {
        match self {
            Self::Crowded | Self::Empty => false,
            Self::Updated { available } | Self::Outdated { available } => available,
            Self::Succession { old_available, .. } => old_available,
        }
    }
}

impl State {
    /// How far each node is in the rollout that a [`sync`](super::sync) saw, by name, names of missing nodes
    /// that pods count on included. `writes` is what that sync wrote.
    pub fn turns(&self, writes: &Writes, now: Millis) -> impl Iterator<Item = (NodeId, Turn)> {
        let hash = Hash::new(self, writes.hash.as_deref().unwrap_or_default());
        groups(self).map(move |(id, node)| {
            let pair = Pair::find(self, node, &hash);
            let available = |pod: &Pod| pod.is_available(self.set.min_ready_seconds, now);
            (id, Turn::of(pair.as_ref(), available))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, NOW, pod, rolling};
    use super::*;

    #[test]
    fn each_node_is_told_with_what_it_waits_for() {
        let at = |name, node: u8| pod(name, &format!("n{node}"));
        let fixture = Fixture::new(7).with([
            at("a", 0),
            at("b", 1).not_ready(),
            at("c", 2).old(),
            at("d", 3).old().not_ready(),
            at("e", 4).not_ready(),
            at("f", 4).old(),
            at("g", 5).terminating(),
            at("h", 6),
            at("i", 6).created(1),
            pod("j", "gone").old(),
        ]);
        let (state, writes) = fixture.strategy(rolling(1, 0)).sync();
        let turns: Vec<_> = state
            .turns(&writes, NOW)
            .map(|(id, turn)| (state.node_name(id), turn))
            .collect();
        let both = Turn::Succession {
            new_available: false,
            old_available: true,
        };
        let wanted = [
            ("gone", Turn::Outdated { available: true }),
            ("n0", Turn::Updated { available: true }),
            ("n1", Turn::Updated { available: false }),
            ("n2", Turn::Outdated { available: true }),
            ("n3", Turn::Outdated { available: false }),
            ("n4", both),
            ("n5", Turn::Empty),
            ("n6", Turn::Crowded),
        ];
        assert_eq!(turns, wanted);
        let takes = |of: fn(Turn) -> bool| wanted.map(|(_, turn)| u8::from(of(turn)));
        let unavailable = takes(Turn::takes_of_max_unavailable);
        assert_eq!(unavailable, [0, 0, 1, 0, 1, 1, 1, 1]);
        let surging = takes(Turn::takes_of_max_surge);
        assert_eq!(surging, [0, 0, 0, 0, 0, 1, 0, 1]);
    }
}
