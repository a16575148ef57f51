//! The pod that a DaemonSet gets on one node: as the controller posts it, and as admission merges node selectors
//! into it.

use crate::cluster::namespace_of;
use crate::controller::pod::{ChangeKind, NewPod, TemplateChange, new_pod};
use crate::controller::revision::template_hash;
use crate::object::DaemonSet;
use crate::object::value::{Entries, Value};
use crate::plan::answer::{PodChange, PodChangeKind, PodPlan};
use crate::plan::doctor::Patient;
use crate::plan::next_sync;
use crate::plan::pod_yaml::marked;
use crate::plan::world::World;

/// The pods of all DaemonSets on a node; `None` if there is no such node.
pub(crate) fn pods(world: &World<'_>, node: &str) -> Option<Vec<PodPlan>> {
    if !world.cluster.has_node(node) {
        return None;
    }
    let sets = world.cluster.daemon_sets().iter();
    Some(sets.filter_map(|set| pod(world, set, node)).collect())
}

fn pod(world: &World<'_>, set: &DaemonSet, node: &str) -> Option<PodPlan> {
    let stored = set.stored.as_deref()?;
    let patient = Patient::new(set);
    let states = patient.judge(world);
    let verdicts = states
        .iter()
        .map(|state| (&*state.node.name, state.verdict));
    let next = next_sync::run(world, set, verdicts, false);
    // A set that is being deleted is not synced; its pods would have the hash of its template.
    let synced = next.writes.hash.as_deref().map(str::to_owned);
    let hash = synced
        .or_else(|| template_hash(stored).ok())
        .unwrap_or_default();
    let NewPod { mut pod, changes } = new_pod(stored, node, &hash)?;
    let mut changes: Vec<PodChange> = changes.into_iter().map(told).collect();
    let meta = pod.struct_mut("metadata")?;
    meta.set("namespace", Value::text(namespace_of(set)));
    let admitted = patient.admit(world);
    let refusal = match &admitted {
        Ok(merged) => {
            let own = &set.template.node_selector;
            let added = merged.iter().filter(|(key, _)| !own.contains_key(*key));
            let before = changes.len();
            changes.extend(added.map(|(key, value)| merged_in(key, value)));
            if changes.len() > before {
                let mut selector = Entries::default();
                for (key, value) in merged {
                    selector.insert(key, Value::text(value.as_str()));
                }
                pod.struct_mut("spec")?
                    .set("nodeSelector", Value::Map(selector));
            }
            String::new()
        }
        Err(refused) => refused.refusal.message.clone(),
    };
    let should_run = states
        .iter()
        .any(|state| &*state.node.name == node && state.verdict.should_run);
    let head = head(set, node, should_run, &refusal, &changes);
    Some(PodPlan {
        namespace: namespace_of(set).to_owned(),
        daemon_set: set.meta.name.to_string(),
        node: node.to_owned(),
        should_run,
        yaml: head + &marked(&pod, &changes),
        changes,
        refusal,
    })
}

/// The comment above the pod.
fn head(
    set: &DaemonSet,
    node: &str,
    should_run: bool,
    refusal: &str,
    changes: &[PodChange],
) -> String {
    let mut lines = vec![format!(
        "The pod of DaemonSet {}/{} on {node}. Comments mark what is not as in the template.",
        namespace_of(set),
        set.meta.name
    )];
    if !should_run {
        lines.push(format!(
            "None is made now: {node} should not run one (daemonset-planner explain {node})."
        ));
    }
    if !refusal.is_empty() {
        lines.push(format!("The API server refuses it: {refusal}"));
    }
    for change in changes.iter().filter(|one| one.pod.is_none()) {
        let template = change.template.as_deref().unwrap_or_default();
        lines.push(format!(
            "{}: {template} of the template is not taken over ({}).",
            change.path, change.rule
        ));
    }
    let mut text = String::new();
    for line in lines {
        // A message may have several lines.
        for part in line.lines() {
            text.push_str("# ");
            text.push_str(part);
            text.push('\n');
        }
    }
    text
}

fn merged_in(key: &str, value: &str) -> PodChange {
    PodChange {
        path: format!("spec.nodeSelector.{key}"),
        kind: PodChangeKind::Added,
        template: None,
        pod: Some(crate::selector::quote::json(value)),
        rule: "R-307".to_owned(),
        sentence: "Admission merges the namespace's or the cluster's node selector into the pod."
            .to_owned(),
    }
}

fn told(change: TemplateChange) -> PodChange {
    let sentence = match change.rule {
        "R-401" if change.kind == ChangeKind::Replaced => {
            "The controller pins the pod to its node; the template's required terms were asked before, and give way."
        }
        "R-401" => "The controller pins the pod to its node.",
        "R-130" => "Every pod of a DaemonSet tolerates this.",
        "R-132" => "The template's toleration of this taint is replaced by the DaemonSet's own.",
        "R-404" => "The template generation, by which pods count as up to date too.",
        "R-405" => "The revision that the pod is made from.",
        "R-406" => {
            "Of the template's metadata only labels, annotations and finalizers are taken over."
        }
        "R-407" => "The API server adds five letters to make the name.",
        "R-408" => "The DaemonSet owns the pod.",
        _ => "",
    };
    PodChange {
        path: change.path,
        kind: match change.kind {
            ChangeKind::Added => PodChangeKind::Added,
            ChangeKind::Replaced => PodChangeKind::Replaced,
            ChangeKind::Dropped => PodChangeKind::Dropped,
        },
        template: change.template,
        pod: change.pod,
        rule: change.rule.to_owned(),
        sentence: sentence.to_owned(),
    }
}
