//! The merge doctor: one test for each row of R-397 that a preset can reach, with the outcome, the nodes, the
//! commands and the pods to delete; and that every fix it offers frees what it says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use daemonset_planner::admission::settings::Platform;
use daemonset_planner::diagnostic::Code;
use daemonset_planner::plan::answer::{Action, DaemonSetPlan, Outcome, SelectorSource};
use serde_json::json;
use support::{Scene, namespace, node, pod, waiting_pod};

const KUBE: &str = "scheduler.alpha.kubernetes.io/node-selector";
const PROJECT: &str = "openshift.io/node-selector";

/// Three workers, two in the west, and an infra node that the template does not want.
fn scene() -> Scene {
    let worker = |name: &str, region: &str| node(name, &[("role", "worker"), ("region", region)]);
    Scene::new(
        &json!({"nodeSelector": {"role": "worker"}}),
        vec![
            worker("e1", "east"),
            worker("w1", "west"),
            worker("w2", "west"),
            node("i1", &[("role", "infra")]),
        ],
    )
}

fn lost(set: &DaemonSetPlan) -> Vec<(&str, Outcome)> {
    set.merge
        .lost
        .iter()
        .map(|lost| (lost.name.as_str(), lost.outcome))
        .collect()
}

fn actions(set: &DaemonSetPlan) -> Vec<(&str, Action)> {
    set.nodes
        .iter()
        .map(|node| (node.name.as_str(), node.action))
        .collect()
}

const OPT_OUT: &str = r#"oc patch namespace team -p '{"metadata": {"annotations": {"openshift.io/node-selector": ""}}}'"#;

#[test]
fn kubernetes_with_podnodeselector_makes_one_pod_that_stays_pending() {
    let scene = scene()
        .on(Platform::KubernetesPodnodeselector)
        .with(namespace("team", &[(KUBE, "region=west")]));
    let set = scene.set();
    assert_eq!(lost(&set), [("e1", Outcome::Pending)]); // R-313
    assert_eq!(actions(&set)[0], ("e1", Action::Create));
    let e1 = &set.nodes[0];
    assert!(e1.should_run && e1.should_continue_running);
    let created = e1.created.as_ref().unwrap();
    assert_eq!(created.outcome, Outcome::Pending);
    assert_eq!(
        created.message,
        "0/4 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, \
         3 node(s) didn't satisfy plugin(s) [NodeAffinity]."
    );
    let wanted = json!({"region": "west", "role": "worker"});
    assert_eq!(
        serde_json::to_value(&created.node_selector).unwrap(),
        wanted
    );
    let fix = &set.merge.fixes[0];
    assert_eq!(
        fix.commands,
        [
            "kubectl annotate namespace team scheduler.alpha.kubernetes.io/node-selector= --overwrite"
        ]
    );
    assert_eq!(fix.frees, ["e1"]);
    assert_eq!(
        fix.then,
        ["kubectl delete pod -n team -l app=agent --field-selector=status.phase=Pending"]
    ); // R-315
    assert!(fix.needs.contains("update namespaces")); // R-376
}

#[test]
fn openshift_4_makes_no_pod_where_the_projects_annotation_leaves_a_node_out() {
    let scene = scene()
        .on(Platform::Openshift4)
        .with(namespace("team", &[(PROJECT, "region=west")]));
    let set = scene.set();
    assert_eq!(lost(&set), [("e1", Outcome::NoPod)]); // R-392
    assert_eq!(actions(&set)[0], ("e1", Action::None));
    assert!(!set.nodes[0].should_run && !set.nodes[0].should_continue_running); // R-379
    assert_eq!(set.counts.should_run, 2);
    assert_eq!(set.merge.fixes[0].commands, [OPT_OUT]);
    assert_eq!(set.merge.fixes[0].then, Vec::<String>::new());
    assert!(
        set.merge.fixes[0].sentence.contains("next sync"),
        "{}",
        set.merge.fixes[0].sentence
    ); // R-384
}

#[test]
fn openshift_4_makes_no_pod_where_kubernetes_annotation_leaves_a_node_out() {
    let both = namespace("team", &[(KUBE, "region=west"), (PROJECT, "region=east")]);
    let scene = scene().on(Platform::Openshift4).with(both);
    let plan = scene.plan();
    let set = &plan.daemon_sets[0];
    assert_eq!(lost(set), [("e1", Outcome::NoPod)]);
    assert_eq!(set.merge.in_force.len(), 1); // R-357
    assert_eq!(set.merge.in_force[0].source, SelectorSource::KubeAnnotation); // R-356
    assert_eq!(
        set.merge.fixes[0].commands,
        [
            "kubectl annotate namespace team scheduler.alpha.kubernetes.io/node-selector= --overwrite"
        ]
    );
    assert!(
        plan.diagnostics
            .iter()
            .any(|finding| finding.code == Code::TwoAnnotations)
    );
}

#[test]
fn openshift_4_makes_a_pending_pod_where_the_default_leaves_a_node_out() {
    let scene = scene()
        .on(Platform::Openshift4)
        .default_node_selector("region=west");
    let set = scene.set();
    assert_eq!(lost(&set), [("e1", Outcome::Pending)]); // R-390
    assert_eq!(set.counts.should_run, 3); // R-391: it counts as desired
    let fixes = &set.merge.fixes;
    assert_eq!(fixes[0].commands, [OPT_OUT]); // R-372
    assert_eq!(
        fixes[0].then,
        ["oc delete pod -n team -l app=agent --field-selector=status.phase=Pending"]
    );
    assert_eq!(
        fixes[1].commands,
        ["oc adm new-project team --node-selector=\"\""]
    ); // R-373
    assert_eq!(
        fixes[2].commands,
        ["kubectl label node e1 region=west --overwrite"]
    ); // R-391
}

#[test]
fn the_default_can_come_with_the_input() {
    let scheduler = json!({
        "apiVersion": "config.openshift.io/v1", "kind": "Scheduler",
        "metadata": {"name": "cluster"}, "spec": {"defaultNodeSelector": "region=west"}
    });
    let set = scene().on(Platform::Openshift4).with(scheduler).set();
    assert_eq!(set.merge.in_force[0].source, SelectorSource::ProjectDefault); // R-351
    assert!(set.merge.in_force[0].span.is_some());
    assert_eq!(lost(&set), [("e1", Outcome::Pending)]);
}

#[test]
fn a_pod_that_is_there_is_deleted_where_the_controller_asks_and_stays_elsewhere() {
    let annotated = |key: &str| namespace("team", &[(key, "region=west")]);
    let told = scene()
        .on(Platform::Openshift4)
        .with(annotated(PROJECT))
        .with(pod("agent-x7k2p", "e1"));
    let set = told.set();
    assert_eq!(actions(&set)[0], ("e1", Action::Delete)); // R-379
    assert_eq!(lost(&set), [("e1", Outcome::NoPod)]);
    let untold = scene()
        .on(Platform::KubernetesPodnodeselector)
        .with(annotated(KUBE))
        .with(pod("agent-x7k2p", "e1"));
    let set = untold.set();
    assert_eq!(actions(&set)[0], ("e1", Action::Keep)); // R-362
    assert_eq!(lost(&set), [("e1", Outcome::Stays)]);
}

#[test]
fn pods_that_wait_already_are_named_to_be_deleted_by_hand() {
    let merged = json!({"role": "worker", "region": "west"});
    let mut scene = scene()
        .on(Platform::Openshift4)
        .default_node_selector("region=west")
        .with(waiting_pod("agent-x7k2p", "e1", &merged))
        .with(pod("agent-bbbbb", "w1"));
    let set = scene.set();
    assert_eq!(actions(&set)[0], ("e1", Action::Keep));
    assert_eq!(lost(&set), [("e1", Outcome::Pending)]);
    assert_eq!(set.merge.lost[0].pods_to_delete, ["agent-x7k2p"]);
    let fix = &set.merge.fixes[0];
    assert_eq!(fix.then, ["oc delete pod -n team agent-x7k2p"]); // R-372
    // The opt-out alone does not help the pod that is there.
    scene.run(&fix.commands[0]);
    assert_eq!(lost(&scene.set()), [("e1", Outcome::Pending)]);
    scene.run(&fix.then[0]);
    assert_eq!(lost(&scene.set()), []);
    assert_eq!(actions(&scene.set())[0], ("e1", Action::Create));
}

#[test]
fn a_conflict_is_refused_at_creation_with_the_servers_words() {
    let cases = [
        (
            Platform::KubernetesPodnodeselector,
            KUBE,
            "pods is forbidden: pod node label selector conflicts with its namespace node label selector",
        ), // R-306, R-311
        (
            Platform::Openshift4,
            "",
            "pods is forbidden: pod node label selector conflicts with its project node label selector",
        ), // R-364, R-365
    ];
    for (platform, annotation, message) in cases {
        let mut scene = scene().on(platform);
        scene = if annotation.is_empty() {
            scene.default_node_selector("role=infra")
        } else {
            scene.with(namespace("team", &[(annotation, "role=infra")]))
        };
        let plan = scene.plan();
        let set = &plan.daemon_sets[0];
        let refusal = set.merge.refusal.as_ref().unwrap();
        assert_eq!(
            (refusal.message.as_str(), refusal.http_status),
            (message, 403)
        );
        assert_eq!(refusal.event, format!("Error creating: {message}"));
        let refused = |name| (name, Outcome::Refused);
        assert_eq!(lost(set), [refused("e1"), refused("w1"), refused("w2")]); // R-395
        assert_eq!(set.nodes[0].created.as_ref().unwrap().message, message);
        assert!(
            plan.diagnostics
                .iter()
                .any(|finding| finding.code == Code::SelectorConflict)
        );
        assert_eq!(set.merge.fixes[0].frees, ["e1", "w1", "w2"]);
    }
}

#[test]
fn where_the_grammars_part_nodes_are_chosen_and_every_creation_fails() {
    let text = "region in (west)";
    let set = scene()
        .on(Platform::Openshift4)
        .with(namespace("team", &[(PROJECT, text)]))
        .set();
    // R-387: the controller reads it, the plugin does not.
    assert_eq!(
        lost(&set),
        [
            ("e1", Outcome::NoPod),
            ("w1", Outcome::Refused),
            ("w2", Outcome::Refused)
        ]
    );
    let refusal = set.merge.refusal.as_ref().unwrap();
    assert_eq!(
        refusal.message,
        "unable to parse requirement: found 'in', expected: '='"
    ); // R-361
    assert_eq!(refusal.http_status, 500); // R-366
    assert_eq!(set.merge.fixes[0].frees, ["e1", "w1", "w2"]);
}

#[test]
fn a_pod_bound_by_name_outside_the_selector_is_rejected_or_refused() {
    let bound = |platform| Scene::new(&json!({"nodeName": "e1"}), scene().nodes).on(platform);
    let annotated = namespace("team", &[(KUBE, "region=west")]);
    let set = bound(Platform::KubernetesPodnodeselector)
        .with(annotated)
        .set();
    assert_eq!(lost(&set), [("e1", Outcome::Rejected)]); // R-316
    let set = bound(Platform::Openshift4)
        .default_node_selector("region=west")
        .set();
    assert_eq!(lost(&set), [("e1", Outcome::Refused)]); // R-369, R-396
    assert_eq!(
        set.merge.refusal.unwrap().message,
        "pods is forbidden: pod node name conflicts with project node label selector"
    );
}

#[test]
fn an_allow_list_refuses_and_no_annotation_helps() {
    let mut scene = scene().on(Platform::KubernetesPodnodeselector);
    scene.settings.pod_node_selector_config =
        Some("podNodeSelectorPluginConfig:\n  team: region=west\n".to_owned());
    let set = scene.set();
    assert_eq!(
        set.merge.refusal.as_ref().unwrap().message,
        "pods is forbidden: pod node label selector labels conflict with its namespace whitelist"
    ); // R-308
    assert_eq!(set.merge.fixes, []);
}

#[test]
fn plain_kubernetes_loses_nothing_whatever_the_annotations_say() {
    let both = namespace("team", &[(KUBE, "region=west"), (PROJECT, "region=west")]);
    let set = scene().with(both).set();
    assert_eq!(lost(&set), []); // R-301
    assert_eq!(set.merge.in_force, []);
    assert_eq!(set.counts.create, 3);
}

#[test]
fn the_empty_annotation_switches_the_default_off() {
    let opted_out = namespace("team", &[(PROJECT, "")]);
    let set = scene()
        .on(Platform::Openshift4)
        .default_node_selector("region=west")
        .with(opted_out)
        .set();
    assert_eq!(lost(&set), []); // R-371
    assert_eq!(set.counts.create, 3);
}

#[test]
fn every_fix_frees_what_it_says() {
    let texts = [
        "region=west",
        "region in (west)",
        "a,b",
        "role=infra",
        "region=",
        "zone=a,region=west",
    ];
    let mut tried = 0;
    for platform in [Platform::KubernetesPodnodeselector, Platform::Openshift4] {
        for text in texts {
            for annotation in ["", KUBE, PROJECT] {
                let mut scene = scene().on(platform);
                scene = if annotation.is_empty() {
                    scene.default_node_selector(text)
                } else {
                    scene.with(namespace("team", &[(annotation, text)]))
                };
                for fix in scene.set().merge.fixes {
                    let mut fixed = scene.clone();
                    fix.commands.iter().for_each(|command| fixed.run(command));
                    let still = fixed.set();
                    for name in &fix.frees {
                        assert!(
                            !lost(&still).iter().any(|(node, _)| node == name),
                            "{text} {annotation} {fix:?}"
                        );
                        tried += 1;
                    }
                }
            }
        }
    }
    assert!(tried > 20, "{tried}");
}
