//! `DaemonSet`s (R-1575). Source: `pkg/printers/internalversion`, `printDaemonSet`; apimachinery
//! `FormatLabelSelector`.

use super::{created, joined, labels, or, structs};
use crate::object::value::{Entries, Struct, Time, Value};
use crate::selector::{LabelSelector, LabelSelectorRequirement};

pub(super) const HEADS: &[&str] = &[
    "NAME",
    "DESIRED",
    "CURRENT",
    "READY",
    "UP-TO-DATE",
    "AVAILABLE",
    "NODE SELECTOR",
    "AGE",
];
pub(super) const WIDE: &[&str] = &["CONTAINERS", "IMAGES", "SELECTOR"];

const COUNTERS: [&str; 5] = [
    "desiredNumberScheduled",
    "currentNumberScheduled",
    "numberReady",
    "updatedNumberScheduled",
    "numberAvailable",
];

const POD_SPEC: &[&str] = &["spec", "template", "spec"];

pub(super) fn cells(set: &Struct, wide: bool, now: Time) -> Vec<String> {
    let status = set.at(&["status"]);
    let mut cells: Vec<String> = COUNTERS
        .iter()
        .map(|counter| {
            status
                .and_then(|status| status.int(counter))
                .unwrap_or(0)
                .to_string()
        })
        .collect();
    let node_selector = set.at(POD_SPEC).and_then(|spec| spec.map("nodeSelector"));
    cells.push(labels::all(node_selector));
    cells.push(created(set, now));
    if wide {
        let of_containers =
            |field| joined(structs(set, POD_SPEC, "containers").map(|own| own.text(field)));
        cells.push(of_containers("name"));
        cells.push(of_containers("image"));
        cells.push(selector(set.at(&["spec", "selector"])));
    }
    cells
}

/// R-207; no selector and an empty one are both `<none>`.
fn selector(selector: Option<&Struct>) -> String {
    let written = selector.map(read);
    match LabelSelector::compile_optional(written.as_ref()) {
        Ok(selector) => or(&selector.to_string(), "<none>").to_owned(),
        Err(_) => "<error>".to_owned(),
    }
}

fn read(selector: &Struct) -> LabelSelector {
    let owned = |value: &Value| value.as_text().unwrap_or_default().to_owned();
    let labels = selector
        .map("matchLabels")
        .into_iter()
        .flat_map(Entries::iter);
    let expressions = selector.items("matchExpressions").iter();
    LabelSelector {
        match_labels: labels
            .map(|(key, value)| (key.to_owned(), owned(value)))
            .collect(),
        match_expressions: expressions
            .filter_map(Value::as_struct)
            .map(|expression| LabelSelectorRequirement {
                key: expression.text("key").to_owned(),
                operator: expression.text("operator").to_owned(),
                values: expression.items("values").iter().map(owned).collect(),
            })
            .collect(),
    }
}
