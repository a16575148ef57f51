//! One DaemonSet against one world: verdicts, actions, reasons, merge.

use std::collections::BTreeMap;

use crate::admission::Source;
use crate::cluster::{NodeLabels, namespace_of};
use crate::controller::ownership::{Claim, ClaimedPod, Deed, claim};
use crate::controller::{NodeView, Verdict};
use crate::diagnostic::Location;
use crate::object::DaemonSet;
use crate::plan::answer::{
    Action, Change, Counts, CreatedPod, DaemonSetPlan, LostNode, Merge, NodePlan, Outcome,
    Ownership, PodElsewhere, PodOnNode, Reason, ReasonCode, ReasonEffect, RefusalSummary,
    SelectorInForce, SelectorSource,
};
use crate::plan::change::none;
use crate::plan::doctor::{Admitted, NodeState, Patient};
use crate::plan::fixes::{Case, fixes};
use crate::plan::groups::groups;
use crate::plan::reasons::{Draft, notes, of_account, set_ref};
use crate::plan::sentences;
use crate::plan::world::World;
use crate::selector::Selector;

/// Plans one DaemonSet. `selector` is its compiled `spec.selector`; where it has none that the controller
/// would work with, `idle` says that nothing happens.
pub(crate) fn plan(
    world: &World<'_>,
    set: &DaemonSet,
    selector: &Selector,
    idle: bool,
) -> DaemonSetPlan {
    let claimed = claim(&world.cluster, set, selector);
    let mut by_node: BTreeMap<&str, Vec<ClaimedPod<'_>>> = BTreeMap::new();
    for one in claimed.iter().filter(|one| one.claim != Claim::Released) {
        if let Some(node) = one.node {
            by_node.entry(node).or_default().push(*one);
        }
    }
    let patient = Patient::new(set, idle);
    let admitted = patient.admit(world);
    let states = patient.examine(world, &admitted, &by_node);
    let merge = merge(world, &patient, &admitted, &states);
    let nodes: Vec<NodePlan> = states
        .iter()
        .map(|state| node(world, &patient, &admitted, &merge, state))
        .collect();
    let counts = counts(&states, &nodes);
    let reason_groups = groups(&nodes);
    DaemonSetPlan {
        namespace: namespace_of(set).to_owned(),
        name: set.meta.name.to_string(),
        location: world.locate(set.place).unwrap_or_default(),
        sentence: sentences::of_set(&counts, &reason_groups, &merge, set),
        counts,
        nodes,
        reason_groups,
        pods_elsewhere: elsewhere(world, &claimed),
        not_judged: sentences::not_judged(&states),
        merge,
    }
}

/// The name of an ownership in the answer.
fn ownership(claim: Claim) -> Ownership {
    match claim {
        Claim::Owned => Ownership::Owned,
        Claim::Adopted => Ownership::Orphan,
        Claim::Released => Ownership::Released,
        Claim::ByName => Ownership::ByName,
    }
}

fn deed_action(deed: Deed) -> Action {
    match deed {
        Deed::Keep => Action::Keep,
        Deed::Terminating => Action::None,
        Deed::DeleteNotAllowed
        | Deed::DeleteFailed
        | Deed::DeleteSucceeded
        | Deed::DeleteExcess => Action::Delete,
    }
}

/// What the controller does on the node as a whole: a pod that stays outweighs one that goes beside it.
fn action(state: &NodeState<'_>) -> Action {
    let any = |action| {
        state
            .pods
            .iter()
            .any(|(_, deed)| deed_action(*deed) == action)
    };
    if state.create {
        Action::Create
    } else if any(Action::Keep) {
        Action::Keep
    } else if any(Action::Delete) {
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
        reasons = of_account(
            world,
            patient.set,
            state.node,
            &patient.compiled.account(view),
        );
    }
    reasons.extend(merge_reason(world, patient.set, merge, state));
    for (claimed, deed) in &state.pods {
        reasons.extend(pod_reason(world, patient.set, claimed, *deed, state));
    }
    reasons.extend(notes(world, state.node, state.verdict.should_run));
    NodePlan {
        name: state.node.name.to_string(),
        should_run: state.verdict.should_run,
        should_continue_running: state.verdict.should_continue_running,
        action: action(state),
        reasons,
        pods: state
            .pods
            .iter()
            .map(|(claimed, deed)| PodOnNode {
                name: claimed.pod.meta.name.to_string(),
                ownership: ownership(claimed.claim),
                action: deed_action(*deed),
            })
            .collect(),
        created: state.create.then(|| created(world, admitted, state)),
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

/// The reason of a node that a merged selector takes away.
fn merge_reason(
    world: &World<'_>,
    set: &DaemonSet,
    merge: &Merge,
    state: &NodeState<'_>,
) -> Option<Reason> {
    let outcome = state
        .outcome
        .filter(|outcome| *outcome != Outcome::Admitted)?;
    let name = &*state.node.name;
    let text = merge.in_force.iter().find(|text| {
        if outcome == Outcome::NoPod {
            text.controller_asks
        } else {
            text.merged
        }
    });
    let (shown, path, span) = text.map_or((String::new(), String::new(), None), |text| {
        (
            text.text.clone(),
            text.source.as_str().to_owned(),
            text.span.clone(),
        )
    });
    let change = merge
        .fixes
        .iter()
        .find(|fix| fix.frees.iter().any(|freed| freed == name))
        .and_then(|fix| Some((fix, fix.commands.first()?)))
        .map_or_else(
            || none("No annotation and no label mends this; correct the platform's settings."),
            |(fix, command)| Change::Command {
                command: command.clone(),
                sentence: fix.sentence.clone(),
            },
        );
    let (code, effect, summary) = match outcome {
        Outcome::NoPod => (
            ReasonCode::NamespaceSelector,
            ReasonEffect::Evicts,
            format!("the namespace's node selector {shown} leaves it out"),
        ),
        Outcome::Refused => {
            let message = merge
                .refusal
                .as_ref()
                .map_or("", |refusal| refusal.message.as_str());
            (
                ReasonCode::AdmissionRefuses,
                ReasonEffect::LosesPod,
                format!("the API server refuses the pod: {message}"),
            )
        }
        Outcome::Stays => (
            ReasonCode::MergedSelector,
            ReasonEffect::Note,
            format!("a new pod would get the node selector {shown}, which the node does not match"),
        ),
        Outcome::Pending | Outcome::Rejected | Outcome::Admitted => (
            ReasonCode::MergedSelector,
            ReasonEffect::LosesPod,
            format!("the pod gets the node selector {shown}, which the node does not match"),
        ),
    };
    let draft = Draft {
        code,
        effect,
        sentence: sentences::of_outcome(name, outcome, &shown),
        summary,
        path,
        found: sentences::labels_of(state.node, &shown),
        wanted: shown,
        change,
    };
    let mut object = set_ref(set);
    "Namespace".clone_into(&mut object.kind);
    object.name = object.namespace.take().unwrap_or_default();
    let span = span.or_else(|| world.locate(set.place));
    Some(draft.at(object, span))
}

/// What a pod that is there has to do with the node's action.
fn pod_reason(
    world: &World<'_>,
    set: &DaemonSet,
    claimed: &ClaimedPod<'_>,
    deed: Deed,
    state: &NodeState<'_>,
) -> Option<Reason> {
    let pod = &*claimed.pod.meta.name;
    let node = &*state.node.name;
    let (code, summary, sentence, why) = match deed {
        Deed::DeleteNotAllowed => return None,
        Deed::Keep if claimed.claim == Claim::Adopted => (
            ReasonCode::PodPresent,
            "a pod that matches the selector is there and is adopted",
            format!(
                "{pod} on {node} has no controller and matches the selector: the DaemonSet adopts it."
            ),
            "Relabel the pod to keep it out of the DaemonSet's hands.",
        ),
        Deed::Keep => (
            ReasonCode::PodPresent,
            "a pod is there",
            format!("{node} has the pod {pod}, which stays."),
            "",
        ),
        Deed::Terminating => (
            ReasonCode::PodTerminating,
            "its pod is being deleted",
            format!(
                "{pod} on {node} is being deleted; what comes next is decided when it is gone."
            ),
            "Wait until the pod is gone.",
        ),
        Deed::DeleteFailed => (
            ReasonCode::PodFailed,
            "its pod has failed and is deleted",
            format!(
                "{pod} on {node} has failed: it is deleted, and a new one made in a later sync."
            ),
            "Find out why it failed: kubectl describe pod.",
        ),
        Deed::DeleteSucceeded => (
            ReasonCode::PodSucceeded,
            "its pod has ended and is deleted",
            format!(
                "{pod} on {node} has ended: it is deleted, and a new one made in a later sync."
            ),
            "A DaemonSet's containers are meant to run on.",
        ),
        Deed::DeleteExcess => (
            ReasonCode::PodPresent,
            "there are several pods",
            format!("{node} has another pod of the DaemonSet, older or bound; {pod} is deleted."),
            "",
        ),
    };
    let draft = Draft {
        code,
        effect: ReasonEffect::Note,
        summary: summary.to_owned(),
        path: "status.phase".to_owned(),
        found: pod.to_owned(),
        wanted: String::new(),
        sentence,
        change: none(why),
    };
    let mut object = set_ref(set);
    "Pod".clone_into(&mut object.kind);
    pod.clone_into(&mut object.name);
    Some(draft.at(object, world.locate(claimed.pod.place)))
}

fn counts(states: &[NodeState<'_>], nodes: &[NodePlan]) -> Counts {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let of = |action| number(nodes.iter().filter(|node| node.action == action).count());
    Counts {
        nodes: number(nodes.len()),
        should_run: number(nodes.iter().filter(|node| node.should_run).count()),
        create: of(Action::Create),
        keep: of(Action::Keep),
        delete: of(Action::Delete),
        none: of(Action::None),
        lost: number(states.iter().filter(|state| state.is_lost()).count()),
    }
}

/// The pods that count on no node of the inputs, and those that are released.
fn elsewhere(world: &World<'_>, claimed: &[ClaimedPod<'_>]) -> Vec<PodElsewhere> {
    let strays = claimed.iter().filter(|one| {
        one.claim == Claim::Released || one.node.is_none_or(|node| !world.cluster.has_node(node))
    });
    strays
        .map(|one| PodElsewhere {
            name: one.pod.meta.name.to_string(),
            node: one.node.unwrap_or_default().to_owned(),
            ownership: ownership(one.claim),
            sentence: sentences::of_stray(one),
        })
        .collect()
}

/// The name of a source in the answer.
pub(crate) fn source(source: Source) -> SelectorSource {
    match source {
        Source::KubeAnnotation => SelectorSource::KubeAnnotation,
        Source::ProjectAnnotation => SelectorSource::ProjectAnnotation,
        Source::ProjectDefault => SelectorSource::ProjectDefault,
        Source::ControllerDefault => SelectorSource::ControllerDefault,
        Source::ClusterDefault => SelectorSource::ClusterDefault,
    }
}

/// Where a text in force stands, if it stands in an input.
fn span_of(world: &World<'_>, namespace: &str, of: Source) -> Option<Location> {
    use crate::admission::facts::{KUBE_ANNOTATION, PROJECT_ANNOTATION};
    let key = match of {
        Source::KubeAnnotation => KUBE_ANNOTATION,
        Source::ProjectAnnotation => PROJECT_ANNOTATION,
        Source::ProjectDefault => return world.locate(world.cluster.default_node_selector()?.1),
        Source::ControllerDefault | Source::ClusterDefault => return None,
    };
    let namespace = world.cluster.namespace(namespace)?;
    let at = namespace
        .annotations
        .iter()
        .position(|(name, _)| name == key)?;
    world.locate_span(namespace.place, *namespace.annotation_spans.get(at)?)
}

fn merge<'a>(
    world: &World<'a>,
    patient: &Patient<'_>,
    admitted: &Admitted,
    states: &[NodeState<'a>],
) -> Merge {
    let namespace = namespace_of(patient.set);
    let in_force = world.in_force(namespace);
    let lost: Vec<LostNode> = states
        .iter()
        .filter(|state| state.is_lost())
        .map(|state| {
            let outcome = state.outcome.unwrap_or(Outcome::NoPod);
            let text = in_force.iter().find(|text| {
                if outcome == Outcome::NoPod {
                    text.asked
                } else {
                    text.merged
                }
            });
            LostNode {
                name: state.node.name.to_string(),
                outcome,
                sentence: sentences::of_outcome(
                    &state.node.name,
                    outcome,
                    text.map_or("", |text| text.text),
                ),
                pods_to_delete: state.stuck.iter().map(|&pod| pod.to_owned()).collect(),
            }
        })
        .collect();
    let refusal = admitted.as_ref().err().map(|refused| RefusalSummary {
        plugin: refused.plugin.to_owned(),
        // an error that is no refusal by itself is answered with 500.
        http_status: refused.refusal.http_status.unwrap_or(500),
        message: refused.refusal.message.clone(),
        event: format!("Error creating: {}", refused.refusal.message),
    });
    let case = Case {
        world,
        patient,
        states,
        pods_shown: !world.cluster.pods().is_empty(),
    };
    let fixes = if lost.is_empty() {
        vec![]
    } else {
        fixes(&case, &in_force)
    };
    let mut merge = Merge {
        template: patient.set.template.node_selector.clone(),
        in_force: in_force
            .iter()
            .map(|text| SelectorInForce {
                source: source(text.source),
                text: text.text.to_owned(),
                span: span_of(world, namespace, text.source),
                merged: text.merged,
                controller_asks: text.asked,
            })
            .collect(),
        why: sentences::why_in_force(world, namespace, &in_force),
        merged: admitted.as_ref().ok().cloned(),
        refusal,
        sentence: String::new(),
        lost,
        fixes,
    };
    merge.sentence = sentences::of_merge(&merge, states);
    merge
}
