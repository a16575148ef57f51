//! Ways to get lost nodes back. Each is tried: the plan is made again with it applied, and it is offered only
//! if it frees nodes (R-371, R-372, R-376).

use crate::text::order::sort_by;
use std::collections::BTreeSet;

use crate::admission::facts::{KUBE_ANNOTATION, PROJECT_ANNOTATION};
use crate::admission::{InForce, Source};
use crate::cluster::namespace_of;
use crate::object::{Namespace, Node};
use crate::plan::answer::{MergeFix, Outcome};
use crate::plan::change::command_line;
use crate::plan::doctor::{NodeState, Patient};
use crate::plan::world::World;
use crate::selector::parse_project;

/// Nodes beyond this number are not labelled one by one: the command would be no help.
pub(crate) const MAX_LABELLED: usize = 50;

/// What a fix is tried on.
pub(crate) struct Case<'c, 'a, 's> {
    pub(crate) world: &'c World<'a>,
    pub(crate) patient: &'c Patient<'s>,
    pub(crate) states: &'c [NodeState<'a>],
    /// The inputs hold pods at all.
    pub(crate) pods_shown: bool,
}

/// The fixes for a DaemonSet that loses nodes, the best first.
pub(crate) fn fixes(case: &Case<'_, '_, '_>, in_force: &[InForce<'_>]) -> Vec<MergeFix> {
    let mut found: Vec<MergeFix> = Vec::new();
    let mut tried = BTreeSet::new();
    for text in in_force.iter().filter(|text| !text.text.is_empty()) {
        let annotation = match text.source {
            Source::KubeAnnotation | Source::ClusterDefault => KUBE_ANNOTATION,
            Source::ProjectAnnotation | Source::ProjectDefault | Source::ControllerDefault => {
                PROJECT_ANNOTATION
            }
        };
        if tried.insert(annotation) {
            found.extend(opt_out(case, annotation, text.source));
        }
    }
    for text in in_force {
        if let Some(fix) = labels(case, text) {
            found.push(fix);
        }
    }
    found
}

/// The nodes that are lost now and not with `edited`.
fn freed(case: &Case<'_, '_, '_>, edited: &World<'_>) -> Vec<String> {
    let admitted = case.patient.admit(edited);
    // The pods that are there keep the selector they were made with; the question is about new ones.
    let mut after = case.patient.judge(edited);
    case.patient.examine(&mut after, &admitted);
    let still: BTreeSet<&str> = after
        .iter()
        .filter(|state| state.is_lost())
        .map(|state| &*state.node.name)
        .collect();
    let lost = case
        .states
        .iter()
        .filter(|state| state.is_lost())
        .map(|state| &*state.node.name);
    lost.filter(|name| !still.contains(name))
        .map(str::to_owned)
        .collect()
}

/// Sets the annotation to the empty text, which switches the selector off for the namespace (R-303, R-371).
fn opt_out(case: &Case<'_, '_, '_>, annotation: &str, source: Source) -> Vec<MergeFix> {
    let name = namespace_of(case.patient.set);
    let shown = case.world.cluster.namespace(name);
    let mut namespace = shown.cloned().unwrap_or_else(|| Namespace {
        name: name.into(),
        ..Namespace::default()
    });
    namespace.annotations.insert(annotation, "");
    let edited = case
        .world
        .with_cluster(case.world.cluster.with_namespace(&namespace));
    let frees = freed(case, &edited);
    if frees.is_empty() {
        return vec![];
    }
    let project = annotation == PROJECT_ANNOTATION;
    let command = if project {
        let patch = format!(r#"{{"metadata": {{"annotations": {{"{PROJECT_ANNOTATION}": ""}}}}}}"#);
        command_line(["oc", "patch", "namespace", name, "-p", &patch])
    } else {
        let pair = format!("{annotation}=");
        command_line([
            "kubectl",
            "annotate",
            "namespace",
            name,
            &pair,
            "--overwrite",
        ])
    };
    let wakes_nobody = case
        .states
        .iter()
        .any(|state| state.outcome == Some(Outcome::NoPod));
    let what = match source {
        Source::ProjectDefault | Source::ClusterDefault | Source::ControllerDefault => {
            format!("Opt the namespace {name} out of the cluster's default node selector.")
        }
        Source::KubeAnnotation | Source::ProjectAnnotation => {
            format!("Empty the node selector of the namespace {name}, if nobody relies on it.")
        }
    };
    let sentence = if wakes_nobody {
        // R-384
        format!(
            "{what} The controller notices at its next sync, that is when the DaemonSet, one of its pods or a node changes."
        )
    } else {
        what
    };
    let needs = "the right to update namespaces: cluster administrators have it, the project roles admin and edit do not.";
    let mut fixes = vec![MergeFix {
        sentence,
        commands: vec![command],
        then: deletions(case, if project { "oc" } else { "kubectl" }),
        needs: needs.to_owned(),
        frees: frees.clone(),
    }];
    if project && shown.is_none() {
        fixes.push(MergeFix {
            sentence: format!(
                "Or, if the project {name} does not exist yet, create it without a node selector."
            ),
            commands: vec![
                command_line(["oc", "adm", "new-project", name, "--node-selector="])
                    .replace("--node-selector=", "--node-selector=\"\""),
            ],
            then: vec![],
            needs: "the right to create projects as a cluster administrator.".to_owned(),
            frees,
        });
    }
    fixes
}

/// The pods that stay Pending with the old selector until somebody deletes them (R-315, R-372).
fn deletions(case: &Case<'_, '_, '_>, tool: &str) -> Vec<String> {
    let namespace = namespace_of(case.patient.set);
    let mut stuck: Vec<&str> = case
        .states
        .iter()
        .flat_map(|state| state.stuck.iter().copied())
        .collect();
    sort_by(&mut stuck, Ord::cmp);
    if !stuck.is_empty() {
        let words = [tool, "delete", "pod", "-n", namespace]
            .into_iter()
            .chain(stuck);
        return vec![command_line(words)];
    }
    let pending = case
        .states
        .iter()
        .any(|state| state.outcome == Some(Outcome::Pending));
    let labels = case
        .patient
        .set
        .selector
        .as_ref()
        .map(|selector| &selector.match_labels);
    match labels {
        // Nobody can say from here whether the pods were made already.
        Some(labels) if pending && !case.pods_shown && !labels.is_empty() => {
            let labels = labels
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect::<Vec<_>>()
                .join(",");
            let words = [tool, "delete", "pod", "-n", namespace, "-l", &labels];
            vec![command_line(
                words
                    .into_iter()
                    .chain(["--field-selector=status.phase=Pending"]),
            )]
        }
        _ => vec![],
    }
}

/// Labels the lost nodes so that they match.
fn labels(case: &Case<'_, '_, '_>, text: &InForce<'_>) -> Option<MergeFix> {
    let selector = parse_project(text.text).ok()?;
    let lost: Vec<&Node> = case
        .states
        .iter()
        .filter(|state| state.is_lost())
        .map(|state| state.node)
        .collect();
    let named = lost
        .iter()
        .all(|node| node.labels_shown == crate::object::LabelsShown::All);
    if selector.is_empty() || lost.is_empty() || lost.len() > MAX_LABELLED || !named {
        return None;
    }
    let edited: Vec<Node> = lost
        .iter()
        .map(|node| {
            let mut node = (*node).clone();
            for (key, value) in &selector {
                node.labels.insert(key, value);
            }
            node
        })
        .collect();
    let world = case
        .world
        .with_cluster(case.world.cluster.with_nodes(&edited));
    let frees = freed(case, &world);
    if frees.is_empty() {
        return None;
    }
    let pairs: Vec<String> = selector
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let overwrite = lost
        .iter()
        .any(|node| selector.keys().any(|key| node.labels.get(key).is_some()));
    let words = ["kubectl", "label", "node"]
        .into_iter()
        .chain(frees.iter().map(String::as_str))
        .chain(pairs.iter().map(String::as_str))
        .chain(overwrite.then_some("--overwrite"));
    Some(MergeFix {
        sentence: format!(
            "Or, if the nodes belong to the selector, label them {}; other pods of the selector may then land there too.",
            pairs.join(",")
        ),
        commands: vec![command_line(words)],
        then: vec![],
        needs: "the right to update nodes, which cluster administrators have.".to_owned(),
        frees,
    })
}
