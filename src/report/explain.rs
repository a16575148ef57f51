//! One node in sentences: what happens on it, why, and what would change it.

use crate::plan::Plan;
use crate::plan::answer::{
    Action, Change, DaemonSetPlan, NodePlan, Outcome, Ownership, PodOnNode, Reason, ReasonEffect,
};

/// What happens on the node of this name, for each DaemonSet of the plan; `None` if the inputs have no such node.
pub fn explain(plan: &Plan, node: &str) -> Option<String> {
    let mut out = String::new();
    for set in &plan.daemon_sets {
        let Ok(at) = set
            .nodes
            .binary_search_by(|one| one.name.as_str().cmp(node))
        else {
            continue;
        };
        if let Some(found) = set.nodes.get(at) {
            if !out.is_empty() {
                out.push('\n');
            }
            of_set(set, found, &mut out);
        }
    }
    (!out.is_empty()).then_some(out)
}

fn of_set(set: &DaemonSetPlan, node: &NodePlan, out: &mut String) {
    let pods = node
        .pods
        .iter()
        .map(|pod| pod.name.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let action = match node.action {
        Action::Create => "the controller creates a pod on it.".to_owned(),
        Action::Keep => format!("the pod that is there stays ({pods})."),
        Action::Delete => format!("the controller deletes the pod that is there ({pods})."),
        Action::Roll => format!("the pod that is there is replaced ({pods})."),
        Action::Wait => {
            format!("the pod that is there stays until its turn to be replaced comes ({pods}).")
        }
        Action::None if pods.is_empty() => "no pod, and none is created.".to_owned(),
        Action::None => format!("the controller does nothing now ({pods})."),
    };
    out.push_str(&format!(
        "{} and DaemonSet {}/{}: {action}\n",
        node.name, set.namespace, set.name
    ));
    out.push_str(match (node.should_run, node.should_continue_running) {
        (true, _) => "A node like this gets a pod, and keeps it.\n",
        (false, true) => "A node like this gets no new pod, but keeps the one that it has.\n",
        (false, false) => "A node like this gets no pod, and loses the one that it has.\n",
    });
    for pod in &node.pods {
        of_pod(pod, out);
    }
    let counted = set.sync.status.iter().flat_map(|status| &status.counters);
    for counter in counted.filter(|one| one.nodes.contains(&node.name)) {
        let what = match counter.name.as_str() {
            "currentNumberScheduled" => "has no pod yet (currentNumberScheduled)",
            "numberMisscheduled" => "has a pod and should not (numberMisscheduled)",
            "updatedNumberScheduled" => "has a pod of an older template (updatedNumberScheduled)",
            "numberReady" => "has a pod that is not Ready (numberReady)",
            "numberAvailable" => "has a pod that is not Ready for long enough (numberAvailable)",
            _ => continue,
        };
        out.push_str(&format!("In the status it {what}.\n"));
    }
    if let Some(pod) = &node.created
        && pod.outcome != Outcome::Admitted
    {
        out.push_str(match pod.outcome {
            Outcome::Pending => "The pod would stay Pending for ever",
            Outcome::Refused => "The API server would refuse the pod, again and again",
            Outcome::Rejected => "The kubelet would reject the pod, again and again",
            Outcome::Admitted | Outcome::NoPod | Outcome::Stays => "The pod",
        });
        out.push_str(&format!(": {}\n", pod.message));
    }
    for (title, note) in [("Because:", false), ("Worth knowing:", true)] {
        let mut reasons = node
            .reasons
            .iter()
            .filter(|one| (one.effect == ReasonEffect::Note) == note)
            .peekable();
        if reasons.peek().is_some() {
            out.push_str(title);
            out.push('\n');
        }
        for reason in reasons {
            of_reason(reason, out);
        }
    }
}

/// Whose a pod is and which template it is of.
fn of_pod(pod: &PodOnNode, out: &mut String) {
    let owner = match pod.ownership {
        Ownership::Owned => "is the DaemonSet's",
        Ownership::Orphan => "has no owner and is adopted",
        Ownership::Released => "is let go",
        Ownership::ByName => "is the DaemonSet's by its name",
    };
    let template = match pod.updated {
        Some(true) => ", of the present template",
        Some(false) => ", of an older template",
        None => "",
    };
    let relabel = if pod.relabel {
        "; its label controller-revision-hash is rewritten"
    } else {
        ""
    };
    out.push_str(&format!("Pod {} {owner}{template}{relabel}.\n", pod.name));
}

fn of_reason(reason: &Reason, out: &mut String) {
    out.push_str(&format!("- {} ({}", reason.sentence, reason.rule));
    if let Some(at) = &reason.span {
        out.push_str(&format!(
            ", {}:{}:{}",
            at.source, at.start.line, at.start.column
        ));
    }
    out.push_str(")\n");
    match &reason.change {
        Change::Command { command, sentence } => {
            out.push_str(&format!("  {sentence}\n    {command}\n"));
        }
        Change::Edit { sentence, yaml, .. } => {
            out.push_str(&format!("  {sentence}\n"));
            for line in yaml.lines() {
                out.push_str(&format!("    {line}\n"));
            }
        }
        Change::None { why } if why.is_empty() => {}
        Change::None { why } => out.push_str(&format!("  {why}\n")),
    }
}
