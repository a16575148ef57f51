//! Nodes (R-1572 to R-1574). Source: `pkg/printers/internalversion` printNode, findNodeRoles.

use std::collections::BTreeSet;

use super::{created, or, structs, text};
use crate::object::value::{Entries, Struct, Time};

pub(super) const HEADS: &[&str] = &["NAME", "STATUS", "ROLES", "AGE", "VERSION"];
pub(super) const WIDE: &[&str] = &[
    "INTERNAL-IP",
    "EXTERNAL-IP",
    "OS-IMAGE",
    "KERNEL-VERSION",
    "CONTAINER-RUNTIME",
];

pub(super) fn cells(node: &Struct, wide: bool, now: Time) -> Vec<String> {
    let info = |field| text(node, &["status", "nodeInfo"], field);
    let mut cells = vec![
        status(node),
        roles(node),
        created(node, now),
        info("kubeletVersion").to_owned(),
    ];
    if wide {
        let mut kernel = or(info("kernelVersion"), "<unknown>").to_owned();
        let architecture = info("architecture");
        if !architecture.is_empty() {
            kernel = format!("{kernel} ({architecture})");
        }
        cells.push(address(node, "InternalIP"));
        cells.push(address(node, "ExternalIP"));
        cells.push(or(info("osImage"), "<unknown>").to_owned());
        cells.push(kernel);
        cells.push(or(info("containerRuntimeVersion"), "<unknown>").to_owned());
    }
    cells
}

/// R-1572; of several conditions of one type the last counts.
fn status(node: &Struct) -> String {
    let ready = structs(node, &["status"], "conditions")
        .filter(|condition| condition.text("type") == "Ready")
        .last();
    let ready = match ready.map(|condition| condition.text("status")) {
        Some("True") => "Ready",
        Some(_) => "NotReady",
        None => "Unknown",
    };
    let is_cordoned = node
        .at(&["spec"])
        .is_some_and(|spec| spec.is_true("unschedulable"));
    let cordoned = if is_cordoned {
        ",SchedulingDisabled"
    } else {
        ""
    };
    format!("{ready}{cordoned}")
}

/// R-1573.
fn roles(node: &Struct) -> String {
    let labels = node
        .at(&["metadata"])
        .and_then(|metadata| metadata.map("labels"));
    let roles: BTreeSet<&str> = labels
        .into_iter()
        .flat_map(Entries::iter)
        .filter_map(|(key, value)| match key {
            "kubernetes.io/role" => value.as_text(),
            key => key.strip_prefix("node-role.kubernetes.io/"),
        })
        .filter(|role| !role.is_empty())
        .collect();
    let roles: Vec<&str> = roles.into_iter().collect();
    or(&roles.join(","), "<none>").to_owned()
}

fn address(node: &Struct, kind: &str) -> String {
    let found = structs(node, &["status"], "addresses")
        .find(|address| address.text("type") == kind)
        .map(|address| address.text("address"));
    found.unwrap_or("<none>").to_owned()
}
