//! Reasons put together over all nodes, the one that covers the most nodes first.

use crate::text::order::sort_by;
use std::collections::BTreeMap;

use crate::plan::answer::{Change, NodePlan, ReasonCode, ReasonEffect, ReasonGroup};
use crate::plan::change::none;

/// The groups: by number of nodes, then by code and summary. Pods that are there make no group.
pub(crate) fn groups(nodes: &[NodePlan]) -> Vec<ReasonGroup> {
    let mut found: BTreeMap<(ReasonCode, ReasonEffect, &str), ReasonGroup> = BTreeMap::new();
    for node in nodes {
        for reason in node
            .reasons
            .iter()
            .filter(|reason| reason.code != ReasonCode::PodPresent)
        {
            let group = found
                .entry((reason.code, reason.effect, &reason.summary))
                .or_insert_with(|| ReasonGroup {
                    code: reason.code,
                    effect: reason.effect,
                    rule: reason.rule.clone(),
                    summary: reason.summary.clone(),
                    nodes: vec![],
                    change: reason.change.clone(),
                });
            if group.nodes.last() != Some(&node.name) {
                group.nodes.push(node.name.clone());
                if group.change != reason.change {
                    group.change = for_all(&group.change, &reason.change, &group.nodes);
                }
            }
        }
    }
    let mut groups: Vec<ReasonGroup> = found.into_values().collect();
    sort_by(&mut groups, |a, b| {
        let note = |group: &ReasonGroup| group.effect == ReasonEffect::Note;
        note(a)
            .cmp(&note(b))
            .then(b.nodes.len().cmp(&a.nodes.len()))
    });
    groups
}

/// One change for several nodes, where theirs differ only in the node's name.
fn for_all(first: &Change, next: &Change, nodes: &[String]) -> Change {
    const LABEL: &str = "kubectl label node ";
    let apart = || none("Each node needs a change of its own; they stand with the nodes.");
    let (Change::Command { command, .. }, Change::Command { command: other, .. }) = (first, next)
    else {
        return apart();
    };
    let Some((last, before)) = nodes.split_last() else {
        return apart();
    };
    // `kubectl label node A B C role=x` takes all names at once; longer lists are no help to anybody.
    let rest_of = |command: &str, names: &[String]| -> Option<String> {
        let names = names
            .iter()
            .map(|name| crate::plan::change::shell_word(name))
            .collect::<Vec<_>>()
            .join(" ");
        command
            .strip_prefix(LABEL)?
            .strip_prefix(&names)
            .map(str::to_owned)
    };
    let (Some(rest), Some(other_rest)) = (
        rest_of(command, before),
        rest_of(other, std::slice::from_ref(last)),
    ) else {
        return apart();
    };
    let overwrite = |text: &str| text.trim_end_matches(" --overwrite").to_owned();
    if overwrite(&rest) != overwrite(&other_rest) || nodes.len() > super::fixes::MAX_LABELLED {
        return apart();
    }
    let longer = if rest.len() > other_rest.len() {
        rest
    } else {
        other_rest
    };
    let names = nodes
        .iter()
        .map(|name| crate::plan::change::shell_word(name))
        .collect::<Vec<_>>()
        .join(" ");
    Change::Command {
        command: format!("{LABEL}{names}{longer}"),
        sentence: format!("Label these {} nodes:", nodes.len()),
    }
}
