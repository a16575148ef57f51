//! The merge doctor: which node selector goes into the pods, which nodes it loses, what becomes of them, the fix.

use std::collections::BTreeMap;

use super::columns::columns;
use super::table::outcome_word;
use crate::plan::Plan;
use crate::plan::answer::DaemonSetPlan;

/// The merge of every DaemonSet in the plan.
pub fn merge(plan: &Plan) -> String {
    let mut out = String::new();
    for set in &plan.daemon_sets {
        if !out.is_empty() {
            out.push('\n');
        }
        of_set(plan, set, &mut out);
    }
    out
}

/// A node selector as `k=v,k=v`, `<none>` without entries.
fn selector(map: &BTreeMap<String, String>) -> String {
    if map.is_empty() {
        return "<none>".to_owned();
    }
    map.iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect::<Vec<_>>()
        .join(",")
}

fn of_set(plan: &Plan, set: &DaemonSetPlan, out: &mut String) {
    let merge = &set.merge;
    out.push_str(&format!(
        "DaemonSet {}/{} on {}\n",
        set.namespace,
        set.name,
        plan.platform.as_str()
    ));
    let merged = match (&merge.merged, &merge.refusal) {
        (Some(map), _) => selector(map),
        (None, Some(refusal)) => format!("refused: {}", refusal.message),
        (None, None) => "<none>".to_owned(),
    };
    let row = |name: &str, value: String| vec![format!("  {name}"), value];
    let mut rows = vec![row("Template's node selector:", selector(&merge.template))];
    for text in &merge.in_force {
        let readers = match (text.merged, text.controller_asks) {
            (true, true) => "merged into pods, asked by the controller",
            (true, false) => "merged into pods, not asked by the controller",
            _ => "asked by the controller, not merged into pods",
        };
        rows.push(row(
            "In force:",
            format!("{:?}, {} ({readers})", text.text, text.source.as_str()),
        ));
    }
    rows.push(row("Pod's after admission:", merged));
    out.push_str(&columns(&rows));
    out.push_str(&format!("  {}\n  {}\n", merge.why, merge.sentence));
    if let Some(refusal) = &merge.refusal {
        out.push_str(&format!("  Event on the DaemonSet: {}\n", refusal.event));
    }
    if !merge.lost.is_empty() {
        let mut rows = vec![["  NODE", "OUTCOME", "WHY"].map(str::to_owned).to_vec()];
        for lost in &merge.lost {
            rows.push(vec![
                format!("  {}", lost.name),
                outcome_word(lost.outcome).to_owned(),
                lost.sentence.clone(),
            ]);
        }
        out.push_str(&columns(&rows));
    }
    for fix in &merge.fixes {
        out.push_str(&format!("Fix: {}\n", fix.sentence));
        for command in &fix.commands {
            out.push_str(&format!("    {command}\n"));
        }
        if !fix.then.is_empty() {
            out.push_str("  Afterwards, by hand:\n");
            for command in &fix.then {
                out.push_str(&format!("    {command}\n"));
            }
        }
        out.push_str(&format!(
            "  Frees: {}. Needs: {}\n",
            fix.frees.join(", "),
            fix.needs
        ));
    }
}
