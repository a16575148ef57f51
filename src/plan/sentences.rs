//! The sentences that people read. Short, exact, kind.

use crate::admission::{InForce, Source};
use crate::cluster::NodeLabels;
use crate::controller::sync::{DeleteReason, Membership, StrategyKind};
use crate::object::{DaemonSet, Node};
use crate::plan::answer::{
    ChoiceKind, ChoicePlan, Counts, DaemonSetPlan, Merge, Outcome, ReasonEffect, ReasonGroup,
    SyncPlan,
};
use crate::plan::doctor::NodeState;
use crate::plan::next_sync::{Deed, NextSync, Stray};
use crate::plan::world::World;
use crate::selector::{Labels as _, parse_project};

/// `1 node`, `2 nodes`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// The plan of a DaemonSet: "12 of 14 nodes should run it: creates 3, keeps 8, deletes 1. 2 nodes: taint … ".
pub(crate) fn of_set(
    counts: &Counts,
    groups: &[ReasonGroup],
    merge: &Merge,
    set: &DaemonSet,
    sync: &SyncPlan,
) -> String {
    if counts.nodes == 0 {
        return "There are no nodes to plan with.".to_owned();
    }
    if set.meta.terminating {
        return "The DaemonSet is being deleted: the controller does nothing for it any more."
            .to_owned();
    }
    let mut deeds = vec![];
    let mut push = |verb: &str, number: u32| {
        if number > 0 {
            deeds.push(format!("{verb} {number}"));
        }
    };
    push("creates", counts.create);
    push("keeps", counts.keep);
    push("deletes", counts.delete);
    deeds.extend(replaced(counts, &sync.choices));
    // Pods, not nodes: what is adopted may be kept or replaced besides.
    for (verb, pods) in [("adopts", counts.adopt), ("lets go of", counts.release)] {
        if pods > 0 {
            deeds.push(format!("{verb} {}", count(pods as usize, "pod")));
        }
    }
    let deeds = if deeds.is_empty() {
        "nothing to do".to_owned()
    } else {
        deeds.join(", ")
    };
    let verb = if counts.nodes == 1 {
        "node should"
    } else {
        "nodes should"
    };
    let mut sentence = format!(
        "{} of {} {verb} run a pod: {deeds}.",
        counts.should_run, counts.nodes
    );
    if merge.lost.is_empty() {
        sentence.push_str(&refusals(counts, groups));
    } else {
        sentence.push(' ');
        sentence.push_str(&merge.sentence);
    }
    sentence
}

/// "replaces 2 and 1 of 5 more, lets 3 wait for their turn": what a rollout does and what it leaves open.
fn replaced(counts: &Counts, choices: &[ChoicePlan]) -> Vec<String> {
    let mut now = vec![];
    if counts.roll > 0 {
        now.push(counts.roll.to_string());
    }
    let mut open = 0;
    for choice in choices.iter().filter(|one| one.what == ChoiceKind::Replace) {
        let more = if now.is_empty() { "" } else { " more" };
        now.push(format!("{} of {}{more}", choice.count, choice.from.len()));
        open += choice.from.len();
    }
    let mut parts = vec![];
    if !now.is_empty() {
        parts.push(format!("replaces {}", now.join(" and ")));
    }
    match (counts.wait as usize).saturating_sub(open) {
        0 => {}
        1 => parts.push("lets 1 wait for its turn".to_owned()),
        more => parts.push(format!("lets {more} wait for their turn")),
    }
    parts
}

/// " 7 refuse: taint gpu=true:NoSchedule is not tolerated (5), no label role=worker (2).", the reasons that
/// cover the most nodes; nothing where no node refuses.
fn refusals(counts: &Counts, groups: &[ReasonGroup]) -> String {
    const SHOWN: usize = 2;
    let refusing: Vec<&ReasonGroup> = groups
        .iter()
        .filter(|group| matches!(group.effect, ReasonEffect::Evicts | ReasonEffect::BlocksNew))
        .collect();
    if refusing.is_empty() {
        return String::new();
    }
    let refuse = counts.nodes.saturating_sub(counts.should_run);
    let verb = if refuse == 1 { "refuses" } else { "refuse" };
    let shown = refusing.iter().take(SHOWN);
    let mut parts: Vec<String> = shown
        .map(|group| format!("{} ({})", group.summary, group.nodes.len()))
        .collect();
    match refusing.len().saturating_sub(SHOWN) {
        0 => {}
        more => parts.push(count(more, "other reason")),
    }
    format!(" {refuse} {verb}: {}.", parts.join(", "))
}

/// All DaemonSets in one sentence.
pub(crate) fn of_plan(sets: &[DaemonSetPlan], nodes: usize) -> String {
    match sets {
        [] => "There is no DaemonSet to plan with.".to_owned(),
        [one] => format!("{}: {}", one.name, one.sentence),
        many => {
            let sum = |of: fn(&Counts) -> u32| many.iter().map(|set| of(&set.counts)).sum::<u32>();
            format!(
                "{} DaemonSets on {}: creates {}, keeps {}, deletes {}.",
                many.len(),
                count(nodes, "node"),
                sum(|counts| counts.create),
                sum(|counts| counts.keep),
                sum(|counts| counts.delete),
            )
        }
    }
}

/// What becomes of a pod on a node that a merged selector takes away.
pub(crate) fn of_outcome(node: &str, outcome: Outcome, selector: &str) -> String {
    match outcome {
        Outcome::Admitted => format!("A pod is let onto {node}."),
        Outcome::Pending => format!(
            "{node} does not match the node selector {selector} that is merged into its pod: the pod is made once and stays Pending for ever."
        ),
        Outcome::Refused => {
            format!("The API server refuses every pod for {node}; the controller keeps trying.")
        }
        Outcome::Rejected => format!(
            "{node} does not match the node selector {selector} that is merged into its pod: the kubelet rejects it, and it is made again and again."
        ),
        Outcome::NoPod => format!(
            "{node} does not match the namespace's node selector {selector}: the controller makes no pod, and does not count the node as desired."
        ),
        Outcome::Stays => format!(
            "The pod on {node} stays, because admission touches new pods only; a new one would get the node selector {selector}, which {node} does not match."
        ),
    }
}

/// The labels of a node that a selector asks for, as the node has them.
pub(crate) fn labels_of(node: &Node, selector: &str) -> String {
    let labels = NodeLabels(node);
    let Ok(wanted) = parse_project(selector) else {
        return String::new();
    };
    let shown = wanted.keys().map(|key| match labels.get(key) {
        Some(value) => format!("{key}={value}"),
        None => format!("no {key}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// The scheduler's message for a pod whose pin and node selector contradict each other (R-1204, R-1205, R-390).
pub(crate) fn unschedulable(nodes: usize) -> String {
    let others = match nodes.saturating_sub(1) {
        0 => String::new(),
        others => format!(", {others} node(s) didn't satisfy plugin(s) [NodeAffinity]"),
    };
    format!(
        "0/{nodes} nodes are available: 1 node(s) didn't match Pod's node affinity/selector{others}."
    )
}

/// A pod that counts on no node of the inputs, or is released.
pub(crate) fn of_stray(stray: &Stray<'_>) -> String {
    let pod = &stray.pod.meta.name;
    if stray.membership == Membership::Released {
        return format!(
            "{pod} does not match the selector any more: it is released, and runs on without an owner."
        );
    }
    match stray.node {
        None if stray.pod.from_table => {
            format!("The input does not show the node of {pod}; paste kubectl get pods -o wide.")
        }
        None => format!("{pod} names no node: the controller leaves it alone."),
        Some(node) if stray.pod.node_name.is_empty() => {
            format!(
                "{pod} waits for {node}, which is not in the input; if the node is gone, the controller deletes the pod."
            )
        }
        Some(node) => {
            format!(
                "{pod} runs on {node}, which is not in the input; if the node is gone, pod garbage collection removes the pod."
            )
        }
    }
}

/// Why these texts are in force.
pub(crate) fn why_in_force(world: &World<'_>, namespace: &str, in_force: &[InForce<'_>]) -> String {
    let settings = world.settings;
    let openshift = settings.project_node_selector;
    let assumed = if world.cluster.namespace(namespace).is_some() {
        String::new()
    } else {
        format!(
            " (The input does not show the namespace {namespace}: taken to have no such annotation.)"
        )
    };
    let Some(first) = in_force.first() else {
        return if !settings.pod_node_selector && !openshift {
            "On this platform no admission plugin merges a node selector into pods (R-301)."
                .to_owned()
        } else if openshift {
            format!(
                "Neither annotation is set on {namespace}, and the cluster has no default node selector.{assumed}"
            )
        } else {
            format!(
                "{namespace} has no node-selector annotation, and the plugin has no default.{assumed}"
            )
        };
    };
    let what = match first.source {
        Source::KubeAnnotation if openshift => {
            format!(
                "{namespace} has the annotation scheduler.alpha.kubernetes.io/node-selector; that silences openshift.io/node-selector and the cluster's default (R-356)."
            )
        }
        Source::KubeAnnotation => {
            format!(
                "{namespace} has the annotation scheduler.alpha.kubernetes.io/node-selector; it takes the place of the plugin's default (R-303)."
            )
        }
        Source::ProjectAnnotation => {
            format!(
                "{namespace} has the annotation openshift.io/node-selector; it takes the place of the cluster's default (R-357)."
            )
        }
        Source::ProjectDefault => {
            format!("{namespace} has neither annotation, so the cluster's default holds (R-356).")
        }
        Source::ControllerDefault => {
            format!(
                "{namespace} has neither annotation, and the controller was told a default (R-388)."
            )
        }
        Source::ClusterDefault => {
            format!(
                "{namespace} has no node-selector annotation, so the plugin's default holds (R-303)."
            )
        }
    };
    let empty = if first.text.trim().is_empty() {
        " It is empty, which switches the default off."
    } else {
        ""
    };
    format!("{what}{empty}{assumed}")
}

/// What the merge does.
pub(crate) fn of_merge(merge: &Merge, states: &[NodeState<'_>]) -> String {
    let text = merge
        .in_force
        .iter()
        .map(|text| text.text.as_str())
        .find(|text| !text.trim().is_empty());
    if let Some(refusal) = &merge.refusal
        && !states.iter().any(NodeState::is_lost)
    {
        return format!("The API server would refuse every pod: {}", refusal.message);
    }
    let Some(text) = text else {
        return "Nothing is merged: the pods keep the template's node selector.".to_owned();
    };
    if merge.lost.is_empty() {
        return format!("The node selector {text} is merged into the pods; no node is lost by it.");
    }
    let allowed = states
        .iter()
        .filter(|state| state.outcome.is_some())
        .count();
    let mut parts = vec![];
    for (outcome, words) in [
        (Outcome::NoPod, "get no pod and are not counted as desired"),
        (Outcome::Pending, "get a pod that stays Pending for ever"),
        (
            Outcome::Refused,
            "get none, because the API server refuses every pod",
        ),
        (
            Outcome::Rejected,
            "get a pod that the kubelet rejects, again and again",
        ),
        (
            Outcome::Stays,
            "keep the pod that is there, but would get no new one running",
        ),
    ] {
        let number = merge
            .lost
            .iter()
            .filter(|lost| lost.outcome == outcome)
            .count();
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    format!(
        "Of {} that the template allows, the node selector {text} loses {}: {}.",
        count(allowed, "node"),
        merge.lost.len(),
        parts.join("; ")
    )
}

/// What would change the answer and is not judged.
pub(crate) fn not_judged(
    world: &World<'_>,
    set: &DaemonSet,
    states: &[NodeState<'_>],
    next: &NextSync<'_>,
) -> Vec<String> {
    let mut lines = vec![];
    if next.idle {
        return lines;
    }
    let nodes_with = |wanted: &dyn Fn(&NodeState<'_>) -> bool| -> Vec<&str> {
        let those = states.iter().filter(|state| wanted(state));
        those.map(|state| &*state.node.name).collect()
    };
    let failed = nodes_with(&|state| {
        let mut pods = state.deeds.pods.iter();
        pods.any(|one| one.deed == Deed::Delete(DeleteReason::Failed))
    });
    if !failed.is_empty() {
        lines.push(format!(
            "{}: a failed pod is deleted at once only if the controller's back-off for the node is over.",
            list(&failed)
        ));
    }
    let kept = |unknown: fn(&Option<bool>) -> bool| {
        states.iter().any(|state| {
            let mut pods = state.deeds.pods.iter();
            pods.any(|one| one.deed == Deed::Keep && unknown(&one.updated))
        })
    };
    if kept(Option::is_none) {
        lines.push(if next.knows_template {
            format!(
                "whether pods are of an older template: a table does not show it. Paste: kubectl get pods -n {} -o yaml",
                crate::cluster::namespace_of(set)
            )
        } else {
            "whether pods are of an older template: the DaemonSet does not decode as the server would decode it.".to_owned()
        });
    }
    if kept(|updated| *updated == Some(false))
        && world.cluster.revisions().is_empty()
        && set.meta.uid.is_none()
    {
        lines.push(format!(
            "whether the template is one that was there before: that is in the revisions. Paste: kubectl get controllerrevisions -n {} -o yaml",
            crate::cluster::namespace_of(set)
        ));
    }
    if next.min_ready_seconds > 0
        && world.now.is_none()
        && next.strategy == StrategyKind::RollingUpdate
        && kept(|_| true)
    {
        lines.push("how long pods have been Ready: taken to be longer than minReadySeconds, since no time was given.".to_owned());
    }
    lines
}

/// A few names, and how many more.
pub(crate) fn list(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
