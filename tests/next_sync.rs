//! What the plan says of the controller's next sync: rollouts, adoption, revisions, status.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use daemonset_planner::plan::answer::{
    Action, Change, ChoiceKind, DaemonSetPlan, Ownership, ReasonCode, RevisionAction,
};
use daemonset_planner::report::{Format, explain, render};
use serde_json::{Value, json};
use support::{Scene, node, pod};

/// Nodes n1 to n`count`, and a strategy.
fn scene(count: usize, strategy: Value) -> Scene {
    let nodes = (1..=count).map(|at| node(&format!("n{at}"), &[])).collect();
    let mut scene = Scene::new(&json!({}), nodes);
    // A manifest that was never applied.
    scene.daemon_set["metadata"] = json!({"name": "agent", "namespace": "team"});
    scene.daemon_set["spec"]["updateStrategy"] = strategy;
    scene
}

fn rolling(max_unavailable: &Value, max_surge: &Value) -> Value {
    json!({
        "type": "RollingUpdate",
        "rollingUpdate": {"maxUnavailable": max_unavailable, "maxSurge": max_surge},
    })
}

/// A Ready pod that the DaemonSet owns, with this hash and the template generation 1.
fn owned(name: &str, node: &str, hash: &str) -> Value {
    let mut made = pod(name, node);
    made["metadata"]["labels"] = json!({
        "app": "agent", "controller-revision-hash": hash, "pod-template-generation": "1",
    });
    made["metadata"]["ownerReferences"] = json!([{
        "apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "uid": "1", "controller": true,
    }]);
    made["status"] = json!({
        "phase": "Running",
        "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-11-01T00:00:00Z"}],
    });
    made
}

fn unready(mut pod: Value) -> Value {
    pod["status"]["conditions"][0]["status"] = "False".into();
    pod
}

fn actions(set: &DaemonSetPlan) -> Vec<Action> {
    set.nodes.iter().map(|node| node.action).collect()
}

fn why(set: &DaemonSetPlan, node: usize) -> (ReasonCode, &str) {
    let reason = &set.nodes[node].reasons[0];
    (reason.code, &reason.sentence)
}

fn counter<'a>(set: &'a DaemonSetPlan, name: &str) -> (i32, Option<i32>, &'a [String], &'a str) {
    let status = set.sync.status.as_ref().unwrap();
    let found = status.counters.iter().find(|one| one.name == name).unwrap();
    (found.value, found.stored, &found.nodes, &found.sentence)
}

#[test]
fn a_single_old_pod_is_replaced_now() {
    let set = scene(1, rolling(&json!(1), &json!(0)))
        .with(owned("agent-a", "n1", "old"))
        .set();
    assert_eq!(actions(&set), [Action::Roll]);
    assert_eq!(why(&set, 0).0, ReasonCode::PodOutdated);
    assert_eq!(set.nodes[0].pods[0].action, Action::Delete);
    assert_eq!(set.nodes[0].pods[0].updated, Some(false));
    assert!(set.sentence.contains("replaces 1."), "{}", set.sentence);
    assert!(set.sync.choices.is_empty());
}

#[test]
fn which_of_several_old_pods_goes_first_is_a_choice_and_no_order() {
    // a Go map decides.
    let mut scene = scene(3, rolling(&json!(1), &json!(0)));
    for (name, at) in [("agent-a", "n1"), ("agent-b", "n2"), ("agent-c", "n3")] {
        scene = scene.with(owned(name, at, "old"));
    }
    let set = scene.set();
    assert_eq!(actions(&set), [Action::Wait; 3]);
    let [choice] = set.sync.choices.as_slice() else {
        panic!("{:?}", set.sync.choices)
    };
    assert_eq!((choice.what, choice.count), (ChoiceKind::Replace, 1));
    assert_eq!(choice.from, ["n1", "n2", "n3"]);
    assert!(
        set.sentence.contains("replaces 1 of 3."),
        "{}",
        set.sentence
    );
    assert_eq!(set.sync.rollout.outdated, 3);
    assert_eq!(set.sync.rollout.max_unavailable, Some(1));
}

#[test]
fn an_old_pod_that_is_not_available_goes_at_once_and_uses_up_max_unavailable() {
    //
    let set = scene(2, rolling(&json!(1), &json!(0)))
        .with(unready(owned("agent-a", "n1", "old")))
        .with(owned("agent-b", "n2", "old"))
        .set();
    assert_eq!(actions(&set), [Action::Roll, Action::Wait]);
    assert_eq!(
        why(&set, 1),
        (
            ReasonCode::RolloutWaits,
            "agent-b on n2 is of an older template. maxUnavailable comes to 1 node, and 1 node without an available pod counts on it: 1 old pod that is not available goes at once; no other is replaced now."
        )
    );
}

#[test]
fn a_percentage_is_taken_of_the_nodes_that_should_run_a_pod() {
    // rounded up
    let mut scene = scene(3, rolling(&json!("50%"), &json!(0)));
    for (name, at) in [("agent-a", "n1"), ("agent-b", "n2"), ("agent-c", "n3")] {
        scene = scene.with(owned(name, at, "old"));
    }
    let set = scene.set();
    assert_eq!(set.sync.rollout.max_unavailable, Some(2));
    assert_eq!(set.sync.choices[0].count, 2);
}

#[test]
fn with_on_delete_an_old_pod_stays_until_somebody_deletes_it() {
    //
    let mut scene = scene(1, json!({"type": "OnDelete"})).with(owned("agent-a", "n1", "old"));
    let set = scene.set();
    assert_eq!(actions(&set), [Action::Keep]);
    assert_eq!(why(&set, 0).0, ReasonCode::PodOutdated);
    let change = set.nodes[0].reasons[0].change.clone();
    let Change::Command { command, .. } = &change else {
        panic!("{change:?}")
    };
    assert_eq!(command, "kubectl delete pod -n team agent-a");
    scene.apply(&change);
    assert_eq!(actions(&scene.set()), [Action::Create]);
}

#[test]
fn with_surge_the_successor_is_made_beside_the_old_pod() {
    //
    let base = || scene(1, rolling(&json!(0), &json!(1)));
    let set = base().with(owned("agent-a", "n1", "old")).set();
    assert_eq!(actions(&set), [Action::Roll]);
    assert!(set.nodes[0].created.is_some());
    assert_eq!(set.nodes[0].pods[0].action, Action::Keep);
    let hash = set.sync.hash.unwrap();
    // The new pod is not available yet: both stay.
    let young = unready(owned("agent-b", "n1", &hash));
    let both = base().with(owned("agent-a", "n1", "old"));
    let set = both.clone().with(young).set();
    assert_eq!(actions(&set), [Action::Wait]);
    // it is, and the old one goes.
    let set = both.with(owned("agent-b", "n1", &hash)).set();
    assert_eq!(actions(&set), [Action::Roll]);
    let gone: Vec<_> = set.nodes[0].pods.iter().map(|pod| pod.action).collect();
    assert_eq!(gone, [Action::Delete, Action::Keep]);
}

#[test]
fn pods_of_the_present_template_stay_and_the_template_alone_decides() {
    let base = || scene(1, rolling(&json!(1), &json!(0)));
    let hash = base().set().sync.hash.unwrap();
    let mut scene = base().with(owned("agent-a", "n1", &hash));
    let set = scene.set();
    assert_eq!(actions(&set), [Action::Keep]);
    assert_eq!(set.nodes[0].pods[0].updated, Some(true));
    assert!(set.sync.rollout.sentence.is_empty());
    // metadata of the DaemonSet is not in the hash.
    scene.daemon_set["metadata"]["labels"] = json!({"team": "a"});
    assert_eq!(actions(&scene.set()), [Action::Keep]);
    scene.daemon_set["spec"]["template"]["spec"]["containers"][0]["image"] = "agent:2".into();
    assert_eq!(actions(&scene.set()), [Action::Roll]);
}

#[test]
fn a_template_generation_counts_only_where_it_is_known() {
    let base = || scene(1, rolling(&json!(1), &json!(0)));
    // adopted by a new DaemonSet, whose first generation is 1 too.
    let mut orphan = owned("agent-a", "n1", "old");
    orphan["metadata"]
        .as_object_mut()
        .unwrap()
        .remove("ownerReferences");
    let set = base().with(orphan).set();
    assert_eq!(actions(&set), [Action::Keep]);
    assert_eq!((set.counts.adopt, set.counts.wait), (1, 0));
    assert!(
        set.sentence.ends_with("keeps 1, adopts 1 pod."),
        "{}",
        set.sentence
    );
    assert_eq!(set.nodes[0].pods[0].ownership, Ownership::Orphan);
    // A manifest that is applied over one that is there raises a generation that it does not show.
    let set = base().with(owned("agent-a", "n1", "old")).set();
    assert_eq!(actions(&set), [Action::Roll]);
    // The object as the cluster has it shows it.
    let mut scene = base().with(owned("agent-a", "n1", "old"));
    scene.daemon_set["metadata"]["uid"] = "1".into();
    scene.daemon_set["metadata"]["generation"] = 1.into();
    scene.daemon_set["metadata"]["annotations"] =
        json!({"deprecated.daemonset.template.generation": "1"});
    assert_eq!(actions(&scene.set()), [Action::Keep]);
}

#[test]
fn pods_of_a_table_are_not_taken_for_old() {
    let mut request = scene(1, rolling(&json!(1), &json!(0))).request();
    request.inputs.push(daemonset_planner::plan::Input {
        name: "pods.txt".into(),
        text: "NAMESPACE   NAME          READY   STATUS    RESTARTS   AGE   IP       NODE   NOMINATED NODE   READINESS GATES
team        agent-x7k2p   1/1     Running   0          1d    <none>   n1     <none>           <none>
"
        .into(),
    });
    let plan = daemonset_planner::plan::plan(&request);
    let set = &plan.daemon_sets[0];
    assert_eq!(actions(set), [Action::Keep]);
    assert_eq!(set.nodes[0].pods[0].updated, None);
    assert_eq!(counter(set, "numberReady").0, 1);
    let told = set
        .not_judged
        .iter()
        .any(|line| line.contains("kubectl get pods -n team -o yaml"));
    assert!(told, "{:?}", set.not_judged);
}

#[test]
fn counters_open_into_nodes() {
    //
    let mut scene = scene(4, rolling(&json!(1), &json!(0)))
        .with(owned("agent-a", "n1", "old"))
        .with(unready(owned("agent-b", "n2", "old")))
        .with(owned("agent-d", "n4", "old"));
    scene.daemon_set["status"] = json!({
        "desiredNumberScheduled": 4, "currentNumberScheduled": 3, "numberReady": 3,
        "numberMisscheduled": 0, "observedGeneration": 1,
    });
    scene.nodes[3]["spec"] =
        json!({"taints": [{"key": "gpu", "value": "true", "effect": "NoSchedule"}]});
    let set = scene.set();
    assert_eq!(counter(&set, "desiredNumberScheduled").0, 3);
    let (value, stored, nodes, sentence) = counter(&set, "currentNumberScheduled");
    assert_eq!(
        (value, stored, sentence),
        (2, Some(3), "n3 has no pod yet.")
    );
    assert_eq!(nodes, ["n3"]);
    let (value, _, nodes, _) = counter(&set, "numberReady");
    assert_eq!((value, nodes), (1, ["n2".to_owned()].as_slice()));
    let (value, _, _, sentence) = counter(&set, "numberMisscheduled");
    assert_eq!(
        (value, sentence),
        (1, "n4 keeps its pod, but would get no new one.")
    );
    assert_eq!(counter(&set, "updatedNumberScheduled").2, ["n1", "n2"]);
    assert_eq!(counter(&set, "numberUnavailable").0, 2);
    assert!(set.sync.status.unwrap().written);
}

#[test]
fn min_ready_seconds_asks_for_the_time() {
    let mut scene = scene(1, rolling(&json!(1), &json!(0)));
    scene.daemon_set["spec"]["minReadySeconds"] = 60.into();
    let hash = scene.set().sync.hash.unwrap();
    let mut request = scene.with(owned("agent-a", "n1", &hash)).request();
    let available = |request: &daemonset_planner::plan::PlanRequest| {
        let plan = daemonset_planner::plan::plan(request);
        counter(&plan.daemon_sets[0], "numberAvailable").0
    };
    assert_eq!(available(&request), 1);
    for (now, number) in [("2026-11-01T00:00:59Z", 0), ("2026-11-01T00:01:00Z", 1)] {
        request.now = Some(now.to_owned());
        assert_eq!(available(&request), number, "{now}");
    }
}

#[test]
fn revisions_are_made_kept_and_cleaned_up() {
    let base = scene(1, rolling(&json!(1), &json!(0)));
    let set = base.set();
    let [made] = set.sync.revisions.as_slice() else {
        panic!("{:?}", set.sync.revisions)
    };
    let hash = set.sync.hash.unwrap();
    assert_eq!(made.name, format!("agent-{hash}"));
    assert_eq!((made.revision, made.action), (1, RevisionAction::Create));
    // as many old ones as there are beyond the limit go, the lowest number first.
    let mut scene = base;
    scene.daemon_set["metadata"]["uid"] = "1".into();
    scene.daemon_set["spec"]["revisionHistoryLimit"] = 1.into();
    for number in 1..=2 {
        scene = scene.with(json!({
            "apiVersion": "apps/v1", "kind": "ControllerRevision",
            "metadata": {
                "name": format!("agent-old{number}"), "namespace": "team",
                "labels": {"app": "agent", "controller-revision-hash": format!("old{number}")},
                "ownerReferences": [{
                    "apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "uid": "1", "controller": true,
                }],
            },
            "data": {"spec": {"template": {"$patch": "replace", "number": number}}},
            "revision": number,
        }));
    }
    let found: Vec<_> = scene
        .set()
        .sync
        .revisions
        .into_iter()
        .map(|one| (one.revision, one.action, one.current))
        .collect();
    let wanted = [
        (1, RevisionAction::Delete, false),
        (2, RevisionAction::Keep, false),
        (3, RevisionAction::Create, true),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_pod_that_the_selector_matches_no_more_is_let_go_and_its_node_gets_a_new_one() {
    //
    let mut stray = owned("agent-a", "n1", "old");
    stray["metadata"]["labels"]["app"] = "other".into();
    let set = scene(1, rolling(&json!(1), &json!(0))).with(stray).set();
    assert_eq!(actions(&set), [Action::Create]);
    assert_eq!(set.counts.release, 1);
    assert!(
        set.sentence.ends_with("creates 1, lets go of 1 pod."),
        "{}",
        set.sentence
    );
    assert_eq!(set.pods_elsewhere[0].ownership, Ownership::Released);
}

#[test]
fn the_table_tells_the_rollout_what_is_open_and_the_status() {
    let scene = scene(4, rolling(&json!("50%"), &json!(0)))
        .with(unready(owned("agent-a", "n1", "old")))
        .with(owned("agent-b", "n2", "old"))
        .with(owned("agent-c", "n3", "old"))
        .with(owned("agent-d", "n4", "old"));
    let plan = scene.plan();
    let text = render(&plan, Format::Table);
    let below: Vec<&str> = text.lines().skip(6).collect();
    // half of four is two; R-820: one node takes it up.
    let wanted = [
        "team/agent: 4 of 4 nodes should run a pod: replaces 1 and 1 of 3 more.",
        "Rollout: 4 nodes are served by a pod of an older template. maxUnavailable comes to 2 nodes, and 1 node without an available pod counts on it: 1 old pod that is not available goes at once; 1 of 3 is replaced now, which is open.",
        "Open: Any 1 of these 3 nodes has its pod replaced first. n2, n3, n4",
        "Status: desired 4, current 4, ready 3, up-to-date 0, available 3, unavailable 1, misscheduled 0",
        "  ready: n1 has a pod that is not Ready.",
        "  up-to-date: n1, n2, n3, n4 run a pod of an older template.",
    ];
    assert_eq!(below[..wanted.len()], wanted);
    let told = explain(&plan, "n1").unwrap();
    let lines: Vec<&str> = told.lines().take(5).collect();
    let wanted = [
        "n1 and DaemonSet team/agent: the pod that is there is replaced (agent-a).",
        "A node like this gets a pod, and keeps it.",
        "Pod agent-a is the DaemonSet's, of an older template.",
        "In the status it has a pod that is not Ready (numberReady).",
        "In the status it has a pod of an older template (updatedNumberScheduled).",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn of_two_daemon_sets_with_one_selector_each_has_its_own_pods_and_an_orphan_goes_to_the_first() {
    //
    let base = scene(1, rolling(&json!(1), &json!(0)));
    let mut other = base.daemon_set.clone();
    other["metadata"]["name"] = "zone".into();
    let both = base.with(other);
    // What one owns is not the other's, though the selector matches.
    let plan = both.clone().with(owned("agent-a", "n1", "old")).plan();
    let [agent, zone] = plan.daemon_sets.as_slice() else {
        panic!("{:?}", plan.daemon_sets)
    };
    assert_eq!(actions(agent), [Action::Roll]);
    assert_eq!(actions(zone), [Action::Create]);
    assert!(zone.nodes[0].pods.is_empty() && agent.sync.notes.is_empty());
    // An orphan is in reach of both.
    let mut orphan = owned("agent-a", "n1", "old");
    orphan["metadata"]
        .as_object_mut()
        .unwrap()
        .remove("ownerReferences");
    let plan = both.with(orphan).plan();
    let notes: Vec<_> = plan
        .daemon_sets
        .iter()
        .map(|set| set.sync.notes.as_slice())
        .collect();
    let note = |rival| {
        [format!(
            "agent-a could be adopted by {rival} as well: whichever DaemonSet comes first has it (R-511)."
        )]
    };
    assert_eq!(notes, [note("zone"), note("agent")]);
}
