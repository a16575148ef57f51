//! The status counters, opened into nodes and reasons.

use std::collections::BTreeMap;

use crate::controller::sync::{Standing, Status};
use crate::object::DaemonSet;
use crate::plan::answer::{StatusCounter, StatusPlan};
use crate::plan::doctor::NodeState;
use crate::plan::next_sync::NextSync;
use crate::plan::sentences::{count, list};

const NONE: &str = "No pod is there yet.";

/// The status that the sync computes; `None` where it computes none.
pub(crate) fn status(
    set: &DaemonSet,
    states: &[NodeState<'_>],
    next: &NextSync<'_>,
) -> Option<StatusPlan> {
    let counted = next.writes.counted?;
    let shown = set.stored.as_deref().is_some_and(|stored| {
        stored
            .at(&["status"])
            .is_some_and(|status| !status.is_zero())
    });
    let stored = shown.then(|| next.state.stored_status());
    let standings = next.standings();
    let mut by_name: BTreeMap<&str, Standing> = standings.into_iter().collect();
    let nodes: Vec<(&NodeState<'_>, Standing)> = states
        .iter()
        .map(|state| (state, by_name.remove(&*state.node.name).unwrap_or_default()))
        .collect();
    let names = |wanted: fn(&Standing) -> bool| -> Vec<&str> {
        let those = nodes.iter().filter(|(_, one)| wanted(one));
        those.map(|(state, _)| &*state.node.name).collect()
    };
    let missing = names(|one| one.desired && !one.current);
    let unready = names(|one| one.current && !one.ready);
    let outdated = names(|one| one.current && !one.updated);
    let young = names(|one| one.ready && !one.available);
    let kept = |stays: bool| -> Vec<&str> {
        let those = nodes.iter().filter(|(state, one)| {
            one.misscheduled && state.verdict.should_continue_running == stays
        });
        those.map(|(state, _)| &*state.node.name).collect()
    };
    let misscheduled = names(|one| one.misscheduled);
    let of_misscheduled = [
        said(
            &kept(true),
            "keep their pod, but would get no new one",
            "keeps its pod, but would get no new one",
        ),
        said(
            &kept(false),
            "have a pod that is deleted",
            "has a pod that is deleted",
        ),
    ];
    let lacking = count(
        usize::try_from(counted.unavailable).unwrap_or_default(),
        "node",
    );
    let counter =
        |name: &str, value: fn(&Status) -> i32, nodes: &[&str], sentence: String| StatusCounter {
            name: name.to_owned(),
            value: value(&counted),
            stored: stored.as_ref().map(value),
            nodes: nodes.iter().map(|&node| node.to_owned()).collect(),
            sentence,
        };
    let or = |sentence: String, otherwise: &str| {
        if sentence.is_empty() && counted.desired > 0 {
            otherwise.to_owned()
        } else {
            sentence
        }
    };
    let there = |all: &'static str| if counted.current == 0 { NONE } else { all };
    let counters = vec![
        counter(
            "desiredNumberScheduled",
            |one| one.desired,
            &[],
            format!(
                "{} should run a pod.",
                count(usize::try_from(counted.desired).unwrap_or_default(), "node")
            ),
        ),
        counter(
            "currentNumberScheduled",
            |one| one.current,
            &missing,
            or(
                said(&missing, "have no pod yet", "has no pod yet"),
                "Each of them has one.",
            ),
        ),
        counter(
            "numberReady",
            |one| one.ready,
            &unready,
            or(
                said(
                    &unready,
                    "have a pod that is not Ready",
                    "has a pod that is not Ready",
                ),
                there("Every pod that is there is Ready."),
            ),
        ),
        counter(
            "updatedNumberScheduled",
            |one| one.updated,
            &outdated,
            or(
                said(
                    &outdated,
                    "run a pod of an older template",
                    "runs a pod of an older template",
                ),
                there("Every pod that is there is of the present template."),
            ),
        ),
        counter(
            "numberAvailable",
            |one| one.available,
            &young,
            or(
                said(
                    &young,
                    "have a pod that is not Ready for minReadySeconds yet",
                    "has a pod that is not Ready for minReadySeconds yet",
                ),
                match (counted.current, counted.ready) {
                    (0, _) => NONE,
                    (_, 0) => "No pod is Ready.",
                    _ => "Every Ready pod is available.",
                },
            ),
        ),
        counter(
            "numberUnavailable",
            |one| one.unavailable,
            &[],
            if counted.unavailable == 0 {
                "Every node that should run a pod has one that is available.".to_owned()
            } else {
                format!("{lacking} without a pod that is available, of those that should run one.")
            },
        ),
        counter(
            "numberMisscheduled",
            |one| one.misscheduled,
            &misscheduled,
            of_misscheduled.join(" ").trim().to_owned(),
        ),
    ];
    Some(StatusPlan {
        counters,
        observed_generation: counted.observed_generation,
        collision_count: counted.collision_count,
        written: next.writes.status.is_some(),
    })
}

/// "n3, n7 have no pod yet."; nothing where there are no nodes.
fn said(nodes: &[&str], many: &str, one: &str) -> String {
    match nodes {
        [] => String::new(),
        [node] => format!("{node} {one}."),
        _ => format!("{} {many}.", list(nodes)),
    }
}
