//! The plan as a table, and in a sentence below.

use super::action_word;
use super::columns::columns;
use crate::plan::answer::{Change, DaemonSetPlan, NodePlan, Outcome, ReasonEffect};
use crate::plan::{Plan, list};

pub(crate) fn render(plan: &Plan, wide: bool) -> String {
    let mut head = vec!["NAMESPACE", "DAEMONSET", "NODE", "ACTION", "POD"];
    if wide {
        head.extend(["SHOULD-RUN", "MAY-STAY", "OUTCOME"]);
    }
    head.push("WHY");
    if wide {
        head.push("CHANGE");
    }
    let mut rows = vec![head.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    for set in &plan.daemon_sets {
        for node in &set.nodes {
            let mut row = vec![
                set.namespace.clone(),
                set.name.clone(),
                node.name.clone(),
                action_word(node.action).to_owned(),
                node.pods
                    .iter()
                    .map(|pod| pod.name.as_str())
                    .collect::<Vec<_>>()
                    .join(","),
            ];
            if wide {
                row.push(node.should_run.to_string());
                row.push(node.should_continue_running.to_string());
                row.push(
                    node.created
                        .as_ref()
                        .map_or("", |pod| outcome_word(pod.outcome))
                        .to_owned(),
                );
            }
            row.push(why(node));
            if wide {
                row.push(change(node));
            }
            rows.push(row);
        }
    }
    let mut out = if rows.len() > 1 {
        columns(&rows)
    } else {
        String::new()
    };
    for set in &plan.daemon_sets {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!(
            "{}/{}: {}\n",
            set.namespace, set.name, set.sentence
        ));
        if !set.merge.lost.is_empty() || set.merge.refusal.is_some() {
            out.push_str(&set.merge.sentence);
            out.push('\n');
        }
        out.push_str(&rollout(set, wide));
        for line in &set.not_judged {
            out.push_str(&format!("Not judged: {line}\n"));
        }
    }
    out
}

/// What the next sync does beside the pods: the rollout, what is open, and the status where pods are there.
fn rollout(set: &DaemonSetPlan, wide: bool) -> String {
    let sync = &set.sync;
    let mut out = String::new();
    if !sync.rollout.sentence.is_empty() {
        out.push_str(&format!("Rollout: {}\n", sync.rollout.sentence));
    }
    for choice in &sync.choices {
        let names: Vec<&str> = choice.from.iter().map(String::as_str).collect();
        out.push_str(&format!("Open: {} {}\n", choice.sentence, list(&names)));
    }
    let has_pods = set.nodes.iter().any(|node| !node.pods.is_empty());
    if let Some(status) = sync.status.as_ref().filter(|_| wide || has_pods) {
        let counters = status.counters.iter();
        let numbers = counters.map(|one| format!("{} {}", counter_word(&one.name), one.value));
        out.push_str(&format!(
            "Status: {}\n",
            numbers.collect::<Vec<_>>().join(", ")
        ));
        for counter in status.counters.iter().filter(|one| !one.nodes.is_empty()) {
            let word = counter_word(&counter.name);
            out.push_str(&format!("  {word}: {}\n", counter.sentence));
        }
    }
    for note in &sync.notes {
        out.push_str(&format!("Note: {note}\n"));
    }
    out
}

/// A counter as kubectl heads its column; those that it does not show by their own name.
fn counter_word(name: &str) -> &str {
    match name {
        "desiredNumberScheduled" => "desired",
        "currentNumberScheduled" => "current",
        "numberReady" => "ready",
        "updatedNumberScheduled" => "up-to-date",
        "numberAvailable" => "available",
        "numberUnavailable" => "unavailable",
        "numberMisscheduled" => "misscheduled",
        other => other,
    }
}

/// The outcome as a word.
pub(crate) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Admitted => "admitted",
        Outcome::Pending => "pending",
        Outcome::Refused => "refused",
        Outcome::Rejected => "rejected",
        Outcome::NoPod => "no-pod",
        Outcome::Stays => "stays",
    }
}

/// The reasons that decide, in a line; notes only where nothing else is to be said.
fn why(node: &NodePlan) -> String {
    let deciding: Vec<&str> = node
        .reasons
        .iter()
        .filter(|reason| reason.effect != ReasonEffect::Note)
        .map(|reason| reason.summary.as_str())
        .collect();
    if deciding.is_empty() {
        let notes = node.reasons.iter().map(|reason| reason.summary.as_str());
        return notes.collect::<Vec<_>>().join("; ");
    }
    deciding.join("; ")
}

/// The first change that a person can make.
fn change(node: &NodePlan) -> String {
    node.reasons
        .iter()
        .find_map(|reason| match &reason.change {
            Change::Command { command, .. } => Some(command.clone()),
            Change::Edit { sentence, .. } => Some(sentence.trim_end_matches(['.', ':']).to_owned()),
            Change::None { .. } => None,
        })
        .unwrap_or_default()
}
