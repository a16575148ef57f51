//! One DaemonSet against one world: verdicts, actions, reasons, merge.

use crate::cluster::{NodeLabels, namespace_of};
use crate::controller::sync::Membership;
use crate::controller::{NodeView, Verdict};
use crate::object::DaemonSet;
use crate::plan::answer::{
    Action, Counts, CreatedPod, DaemonSetPlan, Merge, NodePlan, Outcome, Ownership, PodElsewhere,
    PodOnNode,
};
use crate::plan::doctor::{Admitted, NodeState, Patient};
use crate::plan::groups::groups;
use crate::plan::merge::{merge, merge_reason};
use crate::plan::next_sync::{self, Deed, NextSync, PodDeed};
use crate::plan::pod_reasons::{PodReasons, is_rolled, waits};
use crate::plan::reasons::{notes, of_account};
use crate::plan::world::World;
use crate::plan::{rollout, sentences};

/// Plans one DaemonSet. `idle`: the controller does nothing for it, since it is being deleted, selects
/// everything, has a selector that does not parse, or the controller does not start.
pub(crate) fn plan(world: &World<'_>, set: &DaemonSet, idle: bool) -> DaemonSetPlan {
    let patient = Patient::new(set);
    let admitted = patient.admit(world);
    let mut states = patient.judge(world);
    let verdicts = states
        .iter()
        .map(|state| (&*state.node.name, state.verdict));
    let next = next_sync::run(world, set, verdicts, idle);
    let mut deeds = next.deeds();
    for state in &mut states {
        state.deeds = deeds.remove(&*state.node.name).unwrap_or_default();
    }
    patient.examine(&mut states, &admitted);
    let merge = merge(world, &patient, &admitted, &states);
    let reasons = PodReasons::new(world, set, &next);
    let nodes: Vec<NodePlan> = states
        .iter()
        .map(|state| node(world, &patient, &admitted, &merge, &reasons, state))
        .collect();
    let counts = counts(&states, &nodes, &next);
    let reason_groups = groups(&nodes);
    let sync = rollout::sync_plan(world, set, &states, &next);
    DaemonSetPlan {
        namespace: namespace_of(set).to_owned(),
        name: set.meta.name.to_string(),
        location: world.locate(set.place).unwrap_or_default(),
        sentence: sentences::of_set(&counts, &reason_groups, &merge, set, &sync),
        counts,
        nodes,
        reason_groups,
        pods_elsewhere: elsewhere(world, &next),
        not_judged: sentences::not_judged(world, set, &states, &next),
        merge,
        sync,
    }
}

/// The name of a membership in the answer.
fn ownership(of: Membership, from_table: bool) -> Ownership {
    match of {
        _ if from_table => Ownership::ByName,
        Membership::Adopted => Ownership::Orphan,
        Membership::Released => Ownership::Released,
        Membership::Owned | Membership::Foreign => Ownership::Owned,
    }
}

fn deed_action(deed: Deed) -> Action {
    match deed {
        Deed::Keep => Action::Keep,
        Deed::Terminating => Action::None,
        Deed::Delete(_) => Action::Delete,
    }
}

/// What the controller does on the node as a whole: a pod that stays outweighs one that goes beside it.
fn action(state: &NodeState<'_>, rolls: bool) -> Action {
    let deeds = &state.deeds;
    let any = |wanted: fn(Deed) -> bool| deeds.pods.iter().any(|one| wanted(one.deed));
    if is_rolled(deeds) {
        Action::Roll
    } else if deeds.create.is_some() {
        Action::Create
    } else if any(|deed| deed == Deed::Keep) {
        if rolls && waits(deeds) {
            Action::Wait
        } else {
            Action::Keep
        }
    } else if any(|deed| matches!(deed, Deed::Delete(_))) {
        Action::Delete
    } else {
        Action::None
    }
}

fn node(
    world: &World<'_>,
    patient: &Patient<'_>,
    admitted: &Admitted,
    merge: &Merge,
    of_pods: &PodReasons<'_>,
    state: &NodeState<'_>,
) -> NodePlan {
    let mut reasons = Vec::new();
    if state.template != Verdict::RUN {
        let labels = NodeLabels(state.node);
        let view = NodeView {
            name: &state.node.name,
            labels: &labels,
            taints: &state.node.taints,
        };
        let account = patient.compiled.account(view);
        reasons = of_account(world, patient.set, state.node, &account);
    }
    reasons.extend(merge_reason(world, patient.set, merge, state));
    for pod in &state.deeds.pods {
        reasons.extend(of_pods.reason(pod, state));
    }
    reasons.extend(notes(world, state.node, state.verdict.should_run));
    NodePlan {
        name: state.node.name.to_string(),
        should_run: state.verdict.should_run,
        should_continue_running: state.verdict.should_continue_running,
        action: action(state, of_pods.rolls),
        reasons,
        pods: state.deeds.pods.iter().map(on_node).collect(),
        created: state
            .deeds
            .create
            .is_some()
            .then(|| created(world, admitted, state)),
    }
}

fn on_node(pod: &PodDeed<'_>) -> PodOnNode {
    PodOnNode {
        name: pod.pod.meta.name.to_string(),
        ownership: ownership(pod.membership, pod.pod.from_table),
        action: deed_action(pod.deed),
        updated: pod.updated,
        relabel: pod.relabel,
    }
}

/// What becomes of the pod that is made on this node.
fn created(world: &World<'_>, admitted: &Admitted, state: &NodeState<'_>) -> CreatedPod {
    let outcome = state.outcome.unwrap_or(Outcome::Admitted);
    let message = match (outcome, admitted) {
        (Outcome::Refused, Err(refused)) => refused.refusal.message.clone(),
        (Outcome::Pending, _) => sentences::unschedulable(world.cluster.nodes().len()),
        (Outcome::Rejected, _) => {
            // R-1305
            "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"
                .to_owned()
        }
        _ => String::new(),
    };
    CreatedPod {
        outcome,
        node_selector: admitted.as_ref().ok().cloned(),
        message,
    }
}

fn counts(states: &[NodeState<'_>], nodes: &[NodePlan], next: &NextSync<'_>) -> Counts {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let of = |action| number(nodes.iter().filter(|node| node.action == action).count());
    let writes = &next.writes;
    Counts {
        nodes: number(nodes.len()),
        should_run: number(nodes.iter().filter(|node| node.should_run).count()),
        create: of(Action::Create),
        keep: of(Action::Keep),
        delete: of(Action::Delete),
        roll: of(Action::Roll),
        wait: of(Action::Wait),
        none: of(Action::None),
        lost: number(states.iter().filter(|state| state.is_lost()).count()),
        adopt: number(writes.adopts.len()),
        release: number(writes.releases.len()),
        relabel: number(writes.relabels.len()),
    }
}

/// The pods that count on no node of the inputs, and those that are released.
fn elsewhere(world: &World<'_>, next: &NextSync<'_>) -> Vec<PodElsewhere> {
    let strays = next.strays(world);
    strays
        .iter()
        .map(|one| PodElsewhere {
            name: one.pod.meta.name.to_string(),
            node: one.node.unwrap_or_default().to_owned(),
            ownership: ownership(one.membership, one.pod.from_table),
            sentence: sentences::of_stray(one),
        })
        .collect()
}
