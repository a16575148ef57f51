//! Pods.

use super::meta::object_meta;
use super::scheduling::{required_node_affinity, text_map};
use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::object::{Pod, PodPhase};
use crate::text::NodeId;

/// Decodes the Pod at `root`.
pub(crate) fn pod(doc: Doc<'_>, root: NodeId, name: &str, strings: &mut Interner) -> Pod {
    let mut pod = Pod {
        place: doc.place(root),
        meta: object_meta(doc, root, name, strings),
        ..Pod::default()
    };
    if let Some(spec) = doc.tree.get(root, "spec") {
        pod.node_name = strings.intern(doc.text(spec, "nodeName"));
        pod.node_selector = text_map(doc, spec, "nodeSelector");
        pod.required_node_affinity = required_node_affinity(doc, spec);
    }
    if let Some(status) = doc.tree.get(root, "status") {
        pod.phase = match doc.text(status, "phase") {
            "" | "Pending" => PodPhase::Pending,
            "Running" => PodPhase::Running,
            "Succeeded" => PodPhase::Succeeded,
            "Failed" => PodPhase::Failed,
            _ => PodPhase::Unknown,
        };
        pod.reason = strings.intern(doc.text(status, "reason"));
    }
    pod
}
