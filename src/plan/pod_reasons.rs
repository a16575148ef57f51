//! What the pods that are there have to do with what happens on their node.

use crate::cluster::namespace_of;
use crate::controller::sync::{CreateReason, DeleteReason, Membership, StrategyKind, Turn};
use crate::object::DaemonSet;
use crate::plan::answer::{Change, ObjectRef, Reason, ReasonCode, ReasonEffect};
use crate::plan::change::{command_line, none};
use crate::plan::doctor::NodeState;
use crate::plan::next_sync::{Deed, Deeds, NextSync, PodDeed};
use crate::plan::reasons::Draft;
use crate::plan::rollout;
use crate::plan::world::World;

/// Whether a pod of an older template is replaced on the node in this sync.
pub(crate) fn is_rolled(deeds: &Deeds<'_>) -> bool {
    use CreateReason::{ReplaceUnavailable, Surge};
    use DeleteReason::{Old, OldUnavailable, Sunset, Superseded};
    let made = matches!(deeds.create, Some(ReplaceUnavailable | Surge));
    let rolled = |deed| {
        matches!(
            deed,
            Deed::Delete(Old | OldUnavailable | Sunset | Superseded)
        )
    };
    made || deeds.pods.iter().any(|one| rolled(one.deed))
}

/// Whether the node has a pod of an older template that stays for now.
pub(crate) fn waits(deeds: &Deeds<'_>) -> bool {
    matches!(
        deeds.turn,
        Some(Turn::Outdated { .. } | Turn::Succession { .. })
    )
}

/// Makes the reasons of one DaemonSet's pods.
pub(crate) struct PodReasons<'w> {
    world: &'w World<'w>,
    set: &'w DaemonSet,
    /// Pods of an older template are replaced without being deleted by hand.
    pub(crate) rolls: bool,
    /// What those wait for that are not replaced now.
    awaited: String,
}

/// Code, summary, sentence, change.
type Words = (ReasonCode, &'static str, String, Change);

impl<'w> PodReasons<'w> {
    pub(crate) fn new(world: &'w World<'w>, set: &'w DaemonSet, next: &NextSync<'_>) -> Self {
        Self {
            world,
            set,
            rolls: next.strategy == StrategyKind::RollingUpdate,
            awaited: rollout::awaited(next),
        }
    }

    /// The reason of one pod; none for one that goes because of its node, which has reasons of its own.
    pub(crate) fn reason(&self, pod: &PodDeed<'_>, state: &NodeState<'_>) -> Option<Reason> {
        let (name, node) = (&*pod.pod.meta.name, &*state.node.name);
        let (code, summary, sentence, change) = match pod.deed {
            Deed::Delete(why) => deleted(why, name, node)?,
            Deed::Terminating => (
                ReasonCode::PodTerminating,
                "its pod is being deleted",
                format!(
                    "{name} on {node} is being deleted; what comes next is decided when it is gone."
                ),
                none("Wait until the pod is gone."),
            ),
            Deed::Keep => self.kept(pod, state),
        };
        let draft = Draft {
            code,
            effect: ReasonEffect::Note,
            summary: summary.to_owned(),
            path: if matches!(code, ReasonCode::PodOutdated | ReasonCode::RolloutWaits) {
                "metadata.labels".to_owned()
            } else {
                "status.phase".to_owned()
            },
            found: name.to_owned(),
            wanted: String::new(),
            sentence,
            change,
        };
        let object = ObjectRef {
            kind: "Pod".to_owned(),
            namespace: Some(namespace_of(self.set).to_owned()),
            name: name.to_owned(),
        };
        Some(draft.at(object, self.world.locate(pod.pod.place)))
    }

    fn kept(&self, pod: &PodDeed<'_>, state: &NodeState<'_>) -> Words {
        let (name, node) = (&*pod.pod.meta.name, &*state.node.name);
        let deeds = &state.deeds;
        if pod.updated == Some(false) && is_rolled(deeds) {
            return (
                ReasonCode::PodOutdated,
                "a pod of the present template is made beside its old one",
                format!(
                    "{name} on {node} is of an older template: with maxSurge its successor is made beside it, and it goes when that is available."
                ),
                none("The rollout does it."),
            );
        }
        if pod.updated == Some(false) && !self.rolls {
            let namespace = namespace_of(self.set);
            return (
                ReasonCode::PodOutdated,
                "its pod is of an older template and stays (OnDelete)",
                format!(
                    "{name} on {node} is of an older template; with OnDelete it stays until somebody deletes it."
                ),
                Change::Command {
                    command: command_line(["kubectl", "delete", "pod", "-n", namespace, name]),
                    sentence: "Delete it to get one of the present template.".to_owned(),
                },
            );
        }
        if pod.updated == Some(false) && waits(deeds) {
            let summary = match (deeds.turn, deeds.open) {
                (Some(Turn::Succession { .. }), _) => {
                    "its old pod goes when the new one is available"
                }
                (_, true) => "its pod is of an older template: replaced now or later",
                (_, false) => "its pod is of an older template and waits for its turn",
            };
            return (
                ReasonCode::RolloutWaits,
                summary,
                format!("{name} on {node} is of an older template. {}", self.awaited),
                none("The rollout does it, node after node."),
            );
        }
        if pod.membership == Membership::Adopted {
            return (
                ReasonCode::PodPresent,
                "a pod that matches the selector is there and is adopted",
                format!(
                    "{name} on {node} has no controller and matches the selector: the DaemonSet adopts it."
                ),
                none("Relabel the pod to keep it out of the DaemonSet's hands."),
            );
        }
        (
            ReasonCode::PodPresent,
            "a pod is there",
            format!("{node} has the pod {name}, which stays."),
            none(""),
        )
    }
}

fn deleted(why: DeleteReason, pod: &str, node: &str) -> Option<Words> {
    let outdated = |summary, sentence| {
        let change = none("The rollout does it.");
        Some((ReasonCode::PodOutdated, summary, sentence, change))
    };
    match why {
        // The node's own reasons say why.
        DeleteReason::NotAllowed => None,
        DeleteReason::Failed => Some((
            ReasonCode::PodFailed,
            "its pod has failed and is deleted",
            format!(
                "{pod} on {node} has failed: it is deleted, and a new one made in a later sync."
            ),
            none("Find out why it failed: kubectl describe pod."),
        )),
        DeleteReason::Succeeded => Some((
            ReasonCode::PodSucceeded,
            "its pod has ended and is deleted",
            format!(
                "{pod} on {node} has ended: it is deleted, and a new one made in a later sync."
            ),
            none("A DaemonSet's containers are meant to run on."),
        )),
        DeleteReason::Excess => Some((
            ReasonCode::PodPresent,
            "there are several pods",
            format!("{node} has another pod of the DaemonSet, older or bound; {pod} is deleted."),
            none(""),
        )),
        DeleteReason::NodeGone => Some((
            ReasonCode::PodPresent,
            "its node is gone",
            format!("{pod} waits for {node}, which is gone; it is deleted."),
            none(""),
        )),
        DeleteReason::Superseded => outdated(
            "its old pod goes, since the new one takes over",
            format!("{pod} on {node} is of an older template and goes: its successor takes over."),
        ),
        DeleteReason::OldUnavailable => outdated(
            "its pod is of an older template and not available: replaced at once",
            format!(
                "{pod} on {node} is of an older template and not available, so it goes at once, whatever maxUnavailable says; a new one is made when it is gone."
            ),
        ),
        DeleteReason::Old => outdated(
            "its pod is of an older template and is replaced now",
            format!(
                "{pod} on {node} is of an older template and is deleted now; a new one is made when it is gone."
            ),
        ),
        DeleteReason::Sunset => outdated(
            "its pod is of an older template, and no new one comes",
            format!(
                "{pod} on {node} is of an older template and is deleted; {node} would get no new one."
            ),
        ),
    }
}
