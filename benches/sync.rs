//! One sync of a `DaemonSet` over many nodes, each with its pod, and nothing to do: processor time a node.
//!
//! The same cluster as in the measurement of the real controller: 25 labels and 2 tolerated taints a node, a
//! template with 2 labels in its node selector and 5 tolerations. `cargo bench --bench sync [-- NODES…]`.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use daemonset_planner::controller::sync::{
    ApiServer, Backoffs, Circumstances, Owner, PodView, Readiness, Refusal, RevisionView,
    RollingUpdate, SetView, State, Status, Strategy, StrategyKind, TemplateId, sync,
};
use daemonset_planner::controller::{CompiledDaemon, NodeView, TemplateView, Verdict};
use daemonset_planner::object::labels::Interner;
use daemonset_planner::object::{IntOrString, LabelMap, PodPhase};
use daemonset_planner::selector::{LabelSelector, Taint, Toleration};

/// Nothing is to be created in this measurement.
struct Nobody;

impl ApiServer for Nobody {
    fn hash(&mut self, _: Option<i32>) -> String {
        unreachable!("the revision is there")
    }

    fn create_pod(&mut self, _: &str) -> Result<String, Refusal> {
        unreachable!("every node has its pod")
    }
}

struct Node {
    name: String,
    labels: LabelMap,
    taints: Vec<Taint>,
    pod: String,
    pod_labels: LabelMap,
}

/// Labels as decoding makes them: equal texts are shared.
fn labels<'a>(interner: &mut Interner, pairs: &[(&'a str, &'a str)]) -> LabelMap {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(key, value)| (interner.intern(key), interner.intern(value)));
    LabelMap::from_pairs(pairs.collect())
}

fn nodes(count: usize) -> Vec<Node> {
    let mut interner = Interner::default();
    let mut node = |number: usize| {
        let name = format!("node-{number:06}");
        let value = format!("value-{}", number % 7);
        let keys: Vec<String> = (3..25)
            .map(|label| format!("example.com/label-{label:02}"))
            .collect();
        let mut pairs = vec![
            ("kubernetes.io/os", "linux"),
            ("pool", "general"),
            ("kubernetes.io/hostname", &name),
        ];
        pairs.extend(keys.iter().map(|key| (key.as_str(), value.as_str())));
        Node {
            labels: labels(&mut interner, &pairs),
            taints: vec![
                Taint::new("dedicated", "infra", "NoSchedule"),
                Taint::new("spot", "true", "NoSchedule"),
            ],
            // Generated names are in no order.
            pod: format!("agent-{:05}", (number * 7_919) % 99_991),
            pod_labels: labels(
                &mut interner,
                &[
                    ("app", "agent"),
                    ("controller-revision-hash", "5b6f7d8c9"),
                    ("pod-template-generation", "1"),
                ],
            ),
            name,
        }
    };
    (0..count).map(&mut node).collect()
}

fn daemon() -> CompiledDaemon {
    let labels = [("kubernetes.io/os", "linux"), ("pool", "general")];
    let node_selector: BTreeMap<_, _> = labels
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let tolerations: Vec<Toleration> = serde_json::from_str(
        r#"[
            {"key": "dedicated", "operator": "Equal", "value": "infra", "effect": "NoSchedule"},
            {"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"},
            {"key": "example.com/gpu", "operator": "Exists", "effect": "NoSchedule"},
            {"key": "spot", "operator": "Equal", "value": "true"},
            {"key": "maintenance", "operator": "Exists", "effect": "NoExecute"}
        ]"#,
    )
    .unwrap();
    CompiledDaemon::new(TemplateView {
        node_name: "",
        node_selector: &node_selector,
        required_node_affinity: None,
        tolerations: &tolerations,
        host_network: false,
    })
}

fn judge(daemon: &CompiledDaemon, nodes: &[Node]) -> Vec<Verdict> {
    let verdict = |node: &Node| {
        daemon.judge(NodeView {
            name: &node.name,
            labels: &node.labels,
            taints: &node.taints,
        })
    };
    nodes.iter().map(verdict).collect()
}

fn build(kind: StrategyKind, nodes: &[Node], verdicts: &[Verdict]) -> State {
    let count = i32::try_from(nodes.len()).unwrap();
    let selector = LabelSelector {
        match_labels: BTreeMap::from([("app".to_owned(), "agent".to_owned())]),
        ..LabelSelector::default()
    };
    let set = SetView {
        namespace: "ns",
        name: "agent",
        uid: Some("u1"),
        generation: 1,
        terminating: false,
        template_generation: Some("1"),
        selector: Some(&selector),
        strategy: Strategy {
            kind,
            rolling_update: Some(RollingUpdate {
                max_unavailable: Some(IntOrString::Int(1)),
                max_surge: Some(IntOrString::Int(0)),
            }),
        },
        min_ready_seconds: 0,
        history_limit: 10,
        template: TemplateId(0),
        status: Status {
            observed_generation: 1,
            desired: count,
            current: count,
            ready: count,
            updated: count,
            available: count,
            ..Status::default()
        },
    };
    let pods = nodes.iter().map(|node| PodView {
        name: &node.pod,
        labels: &node.pod_labels,
        owner: Owner::Controller {
            kind: "DaemonSet",
            name: "agent",
            uid: "u1",
        },
        node_name: &node.name,
        pinned_to: None,
        phase: PodPhase::Running,
        readiness: Readiness::Ready(Some(1_000)),
        terminating: false,
        finalizers: false,
        created: Some(0),
    });
    let revision_labels: LabelMap = [("app", "agent"), ("controller-revision-hash", "5b6f7d8c9")]
        .into_iter()
        .collect();
    let revision = RevisionView {
        name: "agent-5b6f7d8c9",
        labels: &revision_labels,
        controller_uid: Some("u1"),
        terminating: false,
        number: 1,
        template: TemplateId(0),
    };
    let named = nodes.iter().map(|node| node.name.as_str());
    State::new(&set, named.zip(verdicts.iter().copied()), pods, [revision])
}

/// Processor time of this process in nanoseconds; where the system does not tell it, the wall clock.
fn processor_time(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let told = told.and_then(|text| text.split(' ').next()?.parse().ok());
    told.unwrap_or_else(|| start.elapsed().as_nanos() as f64)
}

/// The least of five runs, a node.
fn measure(nodes: usize, mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut run_many = |rounds: usize| {
        let before = processor_time(start);
        for _ in 0..rounds {
            run();
        }
        processor_time(start) - before
    };
    // The system counts processor time in ticks of some milliseconds: a run lasts for many of them.
    let mut rounds = 1;
    while run_many(rounds) < 50_000_000.0 {
        rounds *= 2;
    }
    let best = (0..5).map(|_| run_many(rounds) / (rounds * nodes) as f64);
    best.fold(f64::INFINITY, f64::min)
}

fn main() {
    let asked: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        vec![100, 1_000, 5_000, 10_000, 100_000]
    } else {
        asked
    };
    println!("ns a node, processor time, the least of 5 runs");
    println!("nodes    strategy       judge   index    sync     all");
    for size in sizes {
        let (nodes, daemon) = (nodes(size), daemon());
        let verdicts = judge(&daemon, &nodes);
        let judging = measure(size, || drop(black_box(judge(&daemon, &nodes))));
        for (name, kind) in [
            ("OnDelete", StrategyKind::OnDelete),
            ("RollingUpdate", StrategyKind::RollingUpdate),
        ] {
            let indexing = measure(size, || drop(black_box(build(kind, &nodes, &verdicts))));
            let state = build(kind, &nodes, &verdicts);
            let mut backoffs = Backoffs::default();
            let syncing = measure(size, || {
                let now = Circumstances::at(10_000_000);
                let writes = sync(black_box(&state), now, &mut backoffs, &mut Nobody);
                assert!(writes.is_nothing() && writes.error.is_none());
                black_box(writes);
            });
            let all = judging + indexing + syncing;
            println!(
                "{size:<8} {name:<13} {judging:>6.0} {indexing:>7.0} {syncing:>7.1} {all:>7.0}"
            );
        }
    }
}
