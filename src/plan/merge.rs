//! The merge of one DaemonSet's node selector as it stands in the answer.

use crate::admission::Source;
use crate::cluster::namespace_of;
use crate::diagnostic::Location;
use crate::object::DaemonSet;
use crate::plan::answer::{
    Change, LostNode, Merge, Outcome, Reason, ReasonCode, ReasonEffect, RefusalSummary,
    SelectorInForce, SelectorSource,
};
use crate::plan::change::none;
use crate::plan::doctor::{Admitted, NodeState, Patient};
use crate::plan::fixes::{Case, fixes};
use crate::plan::reasons::{Draft, set_ref};
use crate::plan::sentences;
use crate::plan::world::World;

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

pub(crate) fn merge<'a>(
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

/// The reason of a node that a merged selector takes away.
pub(crate) fn merge_reason(
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
