//! What holds of every plan, over random clusters.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;

use daemonset_planner::admission::settings::Platform;
use daemonset_planner::plan::answer::{Action, Outcome, ReasonEffect};
use daemonset_planner::plan::plan;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use support::{Scene, namespace, node, pod, tainted, waiting_pod};

const KEYS: &[&str] = &["role", "region", "disk"];
const VALUES: &[&str] = &["", "a", "b", "7"];

fn pairs() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    subsequence(KEYS, 0..=KEYS.len()).prop_flat_map(|keys| {
        keys.into_iter()
            .map(|key| (Just(key), select(VALUES)))
            .collect::<Vec<_>>()
    })
}

fn nodes() -> impl Strategy<Value = Vec<Value>> {
    let taints = subsequence(
        vec![
            "gpu=true:NoSchedule",
            "old:NoExecute",
            "node.kubernetes.io/not-ready:NoSchedule",
            "soft:PreferNoSchedule",
        ],
        0..=2,
    );
    let one = (pairs(), taints, any::<bool>());
    prop::collection::vec(one, 0..5).prop_map(|nodes| {
        let nodes = nodes
            .into_iter()
            .enumerate()
            .map(|(at, (labels, taints, cordoned))| {
                let mut node = tainted(node(&format!("n{at}"), &labels), &taints);
                node["spec"]["unschedulable"] = cordoned.into();
                node
            });
        nodes.collect()
    })
}

fn spec() -> impl Strategy<Value = Value> {
    let requirement = (
        select(KEYS),
        select(vec![
            "In",
            "NotIn",
            "Exists",
            "DoesNotExist",
            "Gt",
            "Lt",
            "Is",
        ]),
        subsequence(VALUES, 0..=2),
    )
        .prop_map(
            |(key, operator, values)| json!({"key": key, "operator": operator, "values": values}),
        );
    let term =
        prop::collection::vec(requirement, 0..3).prop_map(|all| json!({"matchExpressions": all}));
    let terms = prop::option::of(prop::collection::vec(term, 0..3));
    let toleration = (select(vec!["gpu", "old", ""]), select(vec!["", "Equal", "Exists"]), select(vec!["", "true"]), select(vec!["", "NoSchedule", "NoExecute"]))
        .prop_map(|(key, operator, value, effect)| json!({"key": key, "operator": operator, "value": value, "effect": effect}));
    let tolerations = prop::collection::vec(toleration, 0..3);
    let name = prop::option::weighted(0.1, select(vec!["n0", "n9"]));
    (prop::option::of(pairs()), terms, tolerations, name).prop_map(|(selector, terms, tolerations, name)| {
        let mut spec = json!({"tolerations": tolerations});
        if let Some(selector) = selector {
            spec["nodeSelector"] = selector.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect::<serde_json::Map<_, _>>().into();
        }
        if let Some(terms) = terms {
            spec["affinity"] = json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}});
        }
        if let Some(name) = name {
            spec["nodeName"] = name.into();
        }
        spec
    })
}

fn pods() -> impl Strategy<Value = Vec<Value>> {
    let one = (
        0..6_usize,
        select(vec!["Running", "Failed", "Succeeded", "Pending"]),
        any::<bool>(),
        any::<bool>(),
        // The template generation, and whether it is Ready.
        (select(vec!["0", "1"]), any::<bool>()),
    );
    prop::collection::vec(one, 0..5).prop_map(|pods| {
        let pods = pods.into_iter().enumerate().map(
            |(at, (on, phase, going, waits, (generation, ready)))| {
                let name = format!("agent-{at}");
                let on = format!("n{on}");
                let mut made = if waits {
                    waiting_pod(&name, &on, &json!({"region": "a"}))
                } else {
                    pod(&name, &on)
                };
                if !waits {
                    made["status"]["phase"] = phase.into();
                }
                made["metadata"]["labels"]["pod-template-generation"] = generation.into();
                if ready {
                    made["status"]["conditions"] = json!([{"type": "Ready", "status": "True"}]);
                }
                if going {
                    made["metadata"]["deletionTimestamp"] = "2026-11-24T12:00:00Z".into();
                }
                made
            },
        );
        pods.collect()
    })
}

/// Strategies that are, and some that the API server would refuse.
fn strategy() -> impl Strategy<Value = Value> {
    let limit = || {
        select(vec![
            json!(null),
            json!(0),
            json!(1),
            json!("50%"),
            json!(-1),
            json!("x"),
        ])
    };
    let rolling = (limit(), limit()).prop_map(|(unavailable, surge)| {
        let limits = json!({"maxUnavailable": unavailable, "maxSurge": surge});
        json!({"type": "RollingUpdate", "rollingUpdate": limits})
    });
    prop_oneof![
        Just(json!(null)),
        Just(json!({"type": "OnDelete"})),
        Just(json!({"type": "Sometimes"})),
        rolling,
    ]
}

fn scenes() -> impl Strategy<Value = Scene> {
    let text = select(vec![
        "",
        "region=a",
        "role=b,disk=7",
        "region in (a)",
        "=",
        "region=a,region=b",
    ]);
    let annotation = prop::option::of((
        select(vec![
            "openshift.io/node-selector",
            "scheduler.alpha.kubernetes.io/node-selector",
        ]),
        text.clone(),
    ));
    (
        spec(),
        nodes(),
        pods(),
        select(Platform::ALL),
        annotation,
        prop::option::of(text),
        strategy(),
    )
        .prop_map(
            |(spec, nodes, pods, platform, annotation, default, strategy)| {
                let mut scene = Scene::new(&spec, nodes).on(platform);
                scene.daemon_set["spec"]["updateStrategy"] = strategy;
                scene.others = pods;
                if let Some(pair) = annotation {
                    scene = scene.with(namespace("team", &[pair]));
                }
                scene.settings.default_node_selector = default.map(str::to_owned);
                scene
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_holds_together(scene in scenes()) {
        let set = scene.set();
        let names: Vec<&str> = set.nodes.iter().map(|node| node.name.as_str()).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        prop_assert_eq!(&names, &sorted);
        prop_assert_eq!(names.len(), scene.nodes.len());
        for node in &set.nodes {
            prop_assert!(node.should_continue_running || !node.should_run);
            let refused = node.reasons.iter().any(|reason| matches!(reason.effect, ReasonEffect::Evicts | ReasonEffect::BlocksNew));
            prop_assert_eq!(refused, !node.should_run, "{:?}", node);
            let evicted = node.reasons.iter().any(|reason| reason.effect == ReasonEffect::Evicts);
            prop_assert_eq!(evicted, !node.should_continue_running, "{:?}", node);
            // With surge the successor is made beside the old pod.
            let makes = node.created.is_some();
            prop_assert!(makes || node.action != Action::Create, "{:?}", node);
            prop_assert!(!makes || node.should_run, "{:?}", node);
            prop_assert!(!makes || matches!(node.action, Action::Create | Action::Roll), "{:?}", node);
            // No pod is both created and kept, but for one that is going or has ended.
            let stays = node.pods.iter().any(|pod| pod.action == Action::Keep);
            prop_assert!(node.action != Action::Create || !stays, "{:?}", node);
            for reason in &node.reasons {
                prop_assert!(!reason.summary.is_empty() && !reason.sentence.is_empty());
                prop_assert!(reason.sentence.ends_with(['.', ')', '"', ']', '\'']), "{}", reason.sentence);
            }
        }
        let count = |action| set.nodes.iter().filter(|node| node.action == action).count();
        prop_assert_eq!(set.counts.create as usize, count(Action::Create));
        prop_assert_eq!(set.counts.roll as usize, count(Action::Roll));
        prop_assert_eq!(set.counts.wait as usize, count(Action::Wait));
        let counts = &set.counts;
        let sum = counts.create + counts.keep + counts.delete + counts.roll + counts.wait + counts.none;
        prop_assert_eq!(sum as usize, set.nodes.len());
        for choice in &set.sync.choices {
            prop_assert!((1..choice.from.len()).contains(&(choice.count as usize)));
        }
        for counter in set.sync.status.iter().flat_map(|status| &status.counters) {
            prop_assert!(counter.nodes.iter().all(|name| names.contains(&name.as_str())));
            if counter.name == "currentNumberScheduled" {
                prop_assert_eq!(counts.should_run as usize, usize::try_from(counter.value).unwrap() + counter.nodes.len());
            }
        }
        prop_assert_eq!(set.counts.nodes as usize, set.nodes.len());
        prop_assert_eq!(set.counts.lost as usize, set.merge.lost.len());
        let lost: BTreeSet<&str> = set.merge.lost.iter().map(|lost| lost.name.as_str()).collect();
        for node in &set.nodes {
            let pod = node.created.as_ref().map_or(Outcome::Admitted, |created| created.outcome);
            prop_assert!(pod == Outcome::Admitted || lost.contains(node.name.as_str()));
        }
        for fix in &set.merge.fixes {
            prop_assert!(!fix.frees.is_empty() && fix.frees.iter().all(|name| lost.contains(name.as_str())));
        }
    }

    #[test]
    fn a_plan_does_not_depend_on_the_order_of_the_input(scene in scenes(), seed in any::<u64>()) {
        let mut other = scene.clone();
        let mut order = seed;
        for list in [&mut other.nodes, &mut other.others] {
            for at in (1..list.len()).rev() {
                order = order.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                list.swap(at, (order >> 33) as usize % (at + 1));
            }
        }
        // Places in the text differ, nothing else does.
        let shown = |scene: &Scene| {
            let mut plan = plan(&scene.request());
            for set in &mut plan.daemon_sets {
                for text in &mut set.merge.in_force {
                    text.span = None;
                }
                for reason in set.nodes.iter_mut().flat_map(|node| &mut node.reasons) {
                    reason.span = None;
                }
            }
            plan.daemon_sets
        };
        prop_assert_eq!(shown(&scene), shown(&other));
    }
}
