use super::*;
use crate::object::{schema, value::decode};
use crate::text::yaml;

fn made(daemon_set: &str) -> NewPod {
    let document = yaml::document(daemon_set.as_bytes()).unwrap();
    let of = schema::kind("apps/v1", "DaemonSet").unwrap();
    let (set, errors) = decode(&document.tree, document.tree.root(), of);
    assert_eq!(errors, []);
    new_pod(&set, "n1", "abc").unwrap()
}

fn with_template(template: &str) -> NewPod {
    made(&format!(
        "{{metadata: {{name: a, uid: u}}, spec: {{template: {template}}}}}"
    ))
}

fn told(made: &NewPod) -> Vec<(&str, ChangeKind, &str)> {
    let changes = made.changes.iter();
    changes
        .map(|change| (change.path.as_str(), change.kind, change.rule))
        .collect()
}

const TERMS: &str =
    "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

#[test]
fn every_difference_from_the_template_is_told_with_its_rule() {
    let made = with_template(
        "{metadata: {name: x, labels: {controller-revision-hash: mine}}, spec: {affinity: {nodeAffinity: \
         {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: []}]}}}, \
         tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, \
         tolerationSeconds: 5}, {operator: Exists}]}}",
    );
    let first: Vec<_> = told(&made).into_iter().take(8).collect();
    assert_eq!(
        first,
        [
            ("metadata.name", ChangeKind::Dropped, "R-406"),
            ("metadata.generateName", ChangeKind::Added, "R-407"),
            ("metadata.ownerReferences", ChangeKind::Added, "R-408"),
            (
                "metadata.labels.controller-revision-hash",
                ChangeKind::Replaced,
                "R-405"
            ),
            (TERMS, ChangeKind::Replaced, "R-401"),
            ("spec.tolerations[0]", ChangeKind::Replaced, "R-132"),
            ("spec.tolerations[2]", ChangeKind::Added, "R-130"),
            ("spec.tolerations[3]", ChangeKind::Added, "R-130"),
        ]
    );
    assert_eq!(made.changes.len(), 11);
    let seconds = made.changes[5]
        .template
        .as_ref()
        .unwrap()
        .as_struct()
        .unwrap();
    assert_eq!(seconds.int("tolerationSeconds"), Some(5));
}

#[test]
fn preferred_terms_and_affinity_between_pods_stay() {
    let made = with_template(
        "{spec: {nodeSelector: {a: b}, nodeName: other, affinity: {podAffinity: {}, nodeAffinity: \
         {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {}}]}}}}",
    );
    let spec = made.pod.at(&["spec"]).unwrap();
    assert_eq!(
        spec.at(&["affinity"]).unwrap().to_json(),
        r#"{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"preference":{},"weight":1}],"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name","operator":"In","values":["n1"]}]}]}},"podAffinity":{}}"#
    );
    assert_eq!(spec.text("nodeName"), "other");
    assert_eq!(spec.map("nodeSelector").unwrap().len(), 1);
}

#[test]
fn the_generation_is_a_label_where_the_annotation_is_a_number() {
    let label = |annotation: &str| {
        let made = made(&format!(
            "{{metadata: {{name: a, annotations: {{{TEMPLATE_GENERATION}: '{annotation}'}}}}}}"
        ));
        let labels = made
            .pod
            .at(&["metadata"])
            .unwrap()
            .map("labels")
            .unwrap()
            .clone();
        labels
            .get(GENERATION_LABEL)
            .and_then(Value::as_text)
            .map(str::to_owned)
    };
    assert_eq!(label("+007").as_deref(), Some("7"));
    assert_eq!(label("-3").as_deref(), Some("-3"));
    assert_eq!(label("seven"), None);
    assert_eq!(label("9223372036854775808"), None);
}

#[test]
fn the_name_begins_with_the_sets_name_and_a_dash_where_that_can_be_one() {
    assert_eq!(name_prefix("agent"), "agent-");
    assert_eq!(name_prefix("a.b"), "a.b-");
    assert_eq!(name_prefix("Agent"), "Agent");
    assert_eq!(name_prefix(""), "");
    let long = "a".repeat(253);
    assert_eq!(name_prefix(&long), format!("{long}-"));
    let too_long = "a".repeat(254);
    assert_eq!(name_prefix(&too_long), too_long);
}
