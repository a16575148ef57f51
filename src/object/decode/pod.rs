//! Pods.

use super::meta::object_meta;
use super::scheduling::{required_node_affinity, text_map};
use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::object::{Pod, PodPhase, PodReady};
use crate::text::NodeId;

/// Decodes the Pod at `root`.
pub(crate) fn pod(doc: Doc<'_>, root: NodeId, name: &str, strings: &mut Interner) -> Pod {
    let mut pod = Pod {
        place: doc.place(root),
        meta: object_meta(doc, root, name, strings),
        ..Pod::default()
    };
    pod.finalizers = doc
        .tree
        .at_path(root, &["metadata", "finalizers"])
        .is_some_and(|list| !doc.items(list).is_empty());
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
        pod.ready = ready(doc, status, strings);
    }
    pod
}

/// The first condition `Ready`.
fn ready(doc: Doc<'_>, status: NodeId, strings: &mut Interner) -> PodReady {
    let conditions = doc.tree.get(status, "conditions");
    let conditions = conditions.map_or(&[][..], |list| doc.items(list));
    let ready = conditions
        .iter()
        .find(|&&item| doc.text(item, "type") == "Ready");
    match ready {
        Some(&ready) if doc.text(ready, "status") == "True" => {
            let since = doc.text(ready, "lastTransitionTime");
            PodReady::Ready((!since.is_empty()).then(|| strings.intern(since)))
        }
        _ => PodReady::NotReady,
    }
}

#[cfg(test)]
mod tests {
    use crate::object::input::read;
    use crate::object::{Pod, PodReady};

    fn pod(rest: &str) -> Pod {
        let text = format!("apiVersion: v1\nkind: Pod\n{rest}");
        read(0, "a.yaml", text.as_bytes()).objects.pods.remove(0)
    }

    #[test]
    fn a_pod_is_ready_since_the_last_transition_of_its_first_condition_of_that_type() {
        //
        let ready = |conditions: &str| {
            pod(&format!(
                "metadata: {{name: p}}\nstatus: {{conditions: [{conditions}]}}"
            ))
            .ready
        };
        let time = "2026-11-24T20:55:00Z";
        let is = format!("{{type: Ready, status: 'True', lastTransitionTime: '{time}'}}");
        let other = "{type: PodScheduled, status: 'True'}";
        let not = "{type: Ready, status: 'False'}";
        for (conditions, wanted) in [
            (
                format!("{other}, {is}, {not}"),
                PodReady::Ready(Some(time.into())),
            ),
            (format!("{not}, {is}"), PodReady::NotReady),
            (other.to_owned(), PodReady::NotReady),
            (
                "{type: Ready, status: 'True', lastTransitionTime: null}".into(),
                PodReady::Ready(None),
            ),
            ("{type: Ready, status: true}".into(), PodReady::NotReady),
        ] {
            assert_eq!(ready(&conditions), wanted, "{conditions}");
        }
        assert_eq!(pod("metadata: {name: p}").ready, PodReady::NotReady);
    }

    #[test]
    fn a_pod_that_something_holds_back_has_finalizers() {
        assert!(pod("metadata: {name: p, finalizers: [a/b]}").finalizers);
        assert!(!pod("metadata: {name: p, finalizers: []}").finalizers);
    }
}
