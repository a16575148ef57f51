//! Every kind of reason: the change that it offers, applied and planned again, removes it; or it says why there
//! is none.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;

use daemonset_planner::admission::settings::Platform;
use daemonset_planner::plan::answer::{Change, Reason, ReasonCode};
use serde_json::{Value, json};
use support::{Scene, namespace, node, pod, tainted};

fn affinity(terms: &Value) -> Value {
    json!({"affinity": {"nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}
    }}})
}

fn expression(key: &str, operator: &str, values: &[&str]) -> Value {
    affinity(&json!([{"matchExpressions": [{"key": key, "operator": operator, "values": values}]}]))
}

fn of_generation(pod: Value, generation: &str) -> Value {
    changed(
        pod,
        "/metadata/labels/pod-template-generation",
        json!(generation),
    )
}

/// Nodes n1 and n2, and a pod of an older template on n1; `ready` or not.
fn outdated(strategy: Value, ready: bool) -> Scene {
    let mut scene = Scene::new(&json!({}), vec![node("n1", &[]), node("n2", &[])]);
    scene.daemon_set["spec"]["updateStrategy"] = strategy;
    let mut old = of_generation(pod("agent-x7k2p", "n1"), "0");
    if !ready {
        // A node without a pod would get one first.
        scene.nodes.truncate(1);
    }
    if ready {
        old["status"]["conditions"] = json!([{"type": "Ready", "status": "True"}]);
    }
    scene.with(old)
}

/// A scene, the node to look at, the reason that it shows, and whether a person can change it.
fn scenes() -> Vec<(&'static str, Scene, ReasonCode, bool)> {
    let n1 = || vec![node("n1", &[("role", "infra"), ("cpu", "4")])];
    let scene = |spec: Value| Scene::new(&spec, n1());
    let default = || {
        scene(json!({}))
            .on(Platform::Openshift4)
            .default_node_selector("region=west")
    };
    let annotated = |key: &str, value: &str| {
        scene(json!({}))
            .on(Platform::Openshift4)
            .with(namespace("team", &[(key, value)]))
    };
    let with_taint = |taint: &str| Scene::new(&json!({}), vec![tainted(node("n1", &[]), &[taint])]);
    let bare = |mut scene: Scene| {
        scene.nodes = vec![];
        scene
    };
    let _ = bare;
    vec![
        (
            "another node's name",
            scene(json!({"nodeName": "n2"})),
            ReasonCode::NodeName,
            true,
        ),
        (
            "a label that is missing",
            scene(json!({"nodeSelector": {"disk": "ssd"}})),
            ReasonCode::SelectorLabelMissing,
            true,
        ),
        (
            "an empty label that is missing",
            scene(json!({"nodeSelector": {"example.com/x": ""}})),
            ReasonCode::SelectorLabelMissing,
            true,
        ),
        (
            "a label that differs",
            scene(json!({"nodeSelector": {"role": "worker"}})),
            ReasonCode::SelectorLabelDiffers,
            true,
        ),
        (
            "a label of the kubelet",
            scene(json!({"nodeSelector": {"kubernetes.io/os": "windows"}})),
            ReasonCode::SelectorLabelMissing,
            false,
        ),
        (
            "a label that no node can have",
            scene(json!({"nodeSelector": {"disk": "a b"}})),
            ReasonCode::SelectorLabelMissing,
            false,
        ),
        (
            "no terms",
            scene(affinity(&json!([]))),
            ReasonCode::AffinityWithoutTerms,
            true,
        ),
        (
            "one empty term",
            scene(affinity(&json!([{}]))),
            ReasonCode::AffinityTermEmpty,
            true,
        ),
        (
            "a term that cannot be read",
            scene(expression("role", "Is", &["worker"])),
            ReasonCode::AffinityTermInvalid,
            false,
        ),
        (
            "In",
            scene(expression("role", "In", &["worker", "edge"])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "In without the label",
            scene(expression("disk", "In", &["ssd"])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "NotIn",
            scene(expression("role", "NotIn", &["infra"])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "Exists",
            scene(expression("disk", "Exists", &[])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "DoesNotExist",
            scene(expression("role", "DoesNotExist", &[])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "Gt",
            scene(expression("cpu", "Gt", &["4"])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "Lt",
            scene(expression("cpu", "Lt", &["4"])),
            ReasonCode::AffinityExpression,
            true,
        ),
        (
            "Lt that nothing can meet",
            scene(expression("cpu", "Lt", &["0"])),
            ReasonCode::AffinityExpression,
            false,
        ),
        (
            "another node by field",
            scene(affinity(
                &json!([{"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n2"]}]}]),
            )),
            ReasonCode::AffinityField,
            true,
        ),
        (
            "not this node by field",
            scene(affinity(
                &json!([{"matchFields": [{"key": "metadata.name", "operator": "NotIn", "values": ["n1"]}]}]),
            )),
            ReasonCode::AffinityField,
            true,
        ),
        (
            "another field",
            scene(affinity(
                &json!([{"matchFields": [{"key": "metadata.uid", "operator": "In", "values": ["u"]}]}]),
            )),
            ReasonCode::AffinityField,
            false,
        ),
        (
            "a taint",
            with_taint("gpu=true:NoSchedule"),
            ReasonCode::TaintNoSchedule,
            true,
        ),
        (
            "a taint without a value",
            with_taint("gpu:NoExecute"),
            ReasonCode::TaintNoExecute,
            true,
        ),
        (
            "a taint of the control plane's own",
            with_taint("node.kubernetes.io/not-ready:NoSchedule"),
            ReasonCode::TaintNoSchedule,
            false,
        ),
        (
            "the project's annotation",
            annotated("openshift.io/node-selector", "region=west"),
            ReasonCode::NamespaceSelector,
            true,
        ),
        (
            "Kubernetes' annotation",
            annotated("scheduler.alpha.kubernetes.io/node-selector", "region=west"),
            ReasonCode::NamespaceSelector,
            true,
        ),
        (
            "the cluster's default",
            default(),
            ReasonCode::MergedSelector,
            true,
        ),
        (
            "a conflict",
            Scene::new(&json!({"nodeSelector": {"role": "infra"}}), n1())
                .on(Platform::Openshift4)
                .default_node_selector("role=worker"),
            ReasonCode::AdmissionRefuses,
            true,
        ),
        (
            "a pod that stays",
            scene(json!({})).with(pod("agent-x7k2p", "n1")),
            ReasonCode::PodPresent,
            false,
        ),
        (
            "a pod that goes",
            scene(json!({})).with(changed(
                pod("agent-x7k2p", "n1"),
                "/metadata/deletionTimestamp",
                json!("2026-11-24T12:00:00Z"),
            )),
            ReasonCode::PodTerminating,
            false,
        ),
        (
            "a pod of an older template, with OnDelete",
            outdated(json!({"type": "OnDelete"}), true),
            ReasonCode::PodOutdated,
            true,
        ),
        (
            "a pod of an older template that is replaced",
            outdated(json!({"type": "RollingUpdate"}), false),
            ReasonCode::PodOutdated,
            false,
        ),
        (
            "a pod of an older template that waits",
            outdated(json!({"type": "RollingUpdate"}), true)
                .with(of_generation(pod("agent-b", "n2"), "0")),
            ReasonCode::RolloutWaits,
            false,
        ),
        (
            "a pod that failed",
            scene(json!({})).with(changed(
                pod("agent-x7k2p", "n1"),
                "/status/phase",
                json!("Failed"),
            )),
            ReasonCode::PodFailed,
            false,
        ),
        (
            "a pod that succeeded",
            scene(json!({})).with(changed(
                pod("agent-x7k2p", "n1"),
                "/status/phase",
                json!("Succeeded"),
            )),
            ReasonCode::PodSucceeded,
            false,
        ),
        (
            "a cordoned node",
            Scene::new(
                &json!({}),
                vec![json!({
                    "apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}, "spec": {"unschedulable": true}
                })],
            ),
            ReasonCode::Cordoned,
            false,
        ),
        (
            "a node that is not ready",
            Scene::new(
                &json!({}),
                vec![json!({
                    "apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"},
                    "status": {"conditions": [{"type": "Ready", "status": "False"}]}
                })],
            ),
            ReasonCode::NotReady,
            false,
        ),
    ]
}

fn changed(mut object: Value, pointer: &str, value: Value) -> Value {
    support::apply_patch(&mut object, "add", pointer, Some(value));
    object
}

fn reason(scene: &Scene, code: ReasonCode) -> Option<Reason> {
    scene
        .node("n1")
        .reasons
        .into_iter()
        .find(|reason| reason.code == code)
}

#[test]
fn a_change_that_is_applied_removes_its_reason() {
    for (name, mut scene, code, changeable) in scenes() {
        let found = reason(&scene, code)
            .unwrap_or_else(|| panic!("{name}: {:?}", scene.node("n1").reasons));
        match &found.change {
            Change::None { why } => {
                assert!(!changeable, "{name}: {why}");
                assert!(!why.is_empty() || code == ReasonCode::PodPresent, "{name}");
            }
            change => {
                assert!(changeable, "{name}: {change:?}");
                scene.apply(change);
                let left = scene.node("n1").reasons;
                let same = |one: &&Reason| {
                    one.code == code && one.path == found.path && one.found == found.found
                };
                assert!(
                    !left.iter().any(|one| same(&one)),
                    "{name}: {change:?} left {left:#?}"
                );
            }
        }
    }
}

#[test]
fn a_change_that_removes_the_only_reason_gets_the_node_its_pod() {
    for (name, mut scene, code, changeable) in scenes() {
        if !changeable {
            continue;
        }
        let found = reason(&scene, code).unwrap_or_else(|| panic!("{name}"));
        scene.apply(&found.change);
        let node = scene.node("n1");
        assert!(node.should_run, "{name}: {:#?}", node.reasons);
    }
}

#[test]
fn every_reason_has_a_scene() {
    let mut shown: BTreeSet<ReasonCode> =
        scenes().into_iter().map(|(_, _, code, _)| code).collect();
    // Comes from tables, which have a test of their own below.
    shown.insert(ReasonCode::LabelsNotShown);
    let missing: Vec<_> = ReasonCode::ALL
        .iter()
        .filter(|code| !shown.contains(code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_table_without_labels_leaves_a_selector_open_and_says_what_would_tell() {
    let mut request = Scene::new(&json!({"nodeSelector": {"disk": "ssd"}}), vec![]).request();
    "n1\nn2\n".clone_into(&mut request.inputs[1].text);
    let plan = daemonset_planner::plan::plan(&request);
    let node = &plan.daemon_sets[0].nodes[0];
    assert!(!node.should_run);
    assert_eq!(node.reasons[0].code, ReasonCode::LabelsNotShown);
    assert!(
        matches!(&node.reasons[0].change, Change::None { why } if why.contains("kubectl get nodes -o yaml"))
    );
}
