//! One sync of a `DaemonSet` over many nodes, each with its pod, and nothing to do: processor time a node.
//!
//! The same cluster as in the measurement of the real controller (`benches/controller`): 25 labels and 2 tolerated
//! taints a node, a template with 2 labels in its node selector and 5 tolerations. Pods stand in the order of their
//! names, as the API lists them, which is not that of their nodes.
//!
//! `cargo bench --bench sync [-- NODES…]` measures natively. Built for wasm32 this file exports the same rounds to
//! JavaScript; `benches/sync.mjs` runs both and the real controller.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use std::collections::BTreeMap;
use std::hint::black_box;

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
}

struct Pod {
    name: String,
    labels: LabelMap,
    node: String,
}

/// Labels as decoding makes them: equal texts are shared.
fn labels<'a>(interner: &mut Interner, pairs: &[(&'a str, &'a str)]) -> LabelMap {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(key, value)| (interner.intern(key), interner.intern(value)));
    LabelMap::from_pairs(pairs.collect())
}

fn node_name(number: usize) -> String {
    format!("node-{number:06}")
}

fn nodes(count: usize, interner: &mut Interner) -> Vec<Node> {
    let node = |number: usize| {
        let name = node_name(number);
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
            labels: labels(interner, &pairs),
            taints: vec![
                Taint::new("dedicated", "infra", "NoSchedule"),
                Taint::new("spot", "true", "NoSchedule"),
            ],
            name,
        }
    };
    (0..count).map(node).collect()
}

fn pods(count: usize, interner: &mut Interner) -> Vec<Pod> {
    let pod = |number: usize| Pod {
        // Generated names are in no order.
        name: format!("agent-{:05}", (number * 7_919) % 99_991),
        labels: labels(
            interner,
            &[
                ("app", "agent"),
                ("controller-revision-hash", "5b6f7d8c9"),
                ("pod-template-generation", "1"),
            ],
        ),
        node: node_name(number),
    };
    let mut pods: Vec<Pod> = (0..count).map(pod).collect();
    pods.sort_by(|a, b| a.name.cmp(&b.name));
    // As read: what belongs to a pod lies near the pods beside it.
    let again = |pod: &Pod| Pod {
        name: pod.name.as_str().to_owned(),
        labels: labels(interner, &pod.labels.iter().collect::<Vec<_>>()),
        node: pod.node.as_str().to_owned(),
    };
    pods.iter().map(again).collect()
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
    daemon.judge_all(nodes.iter().map(|node| NodeView {
        name: &node.name,
        labels: &node.labels,
        taints: &node.taints,
    }))
}

fn build(kind: StrategyKind, nodes: &[Node], pods: &[Pod], verdicts: &[Verdict]) -> State {
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
    let pods = pods.iter().map(|pod| PodView {
        name: &pod.name,
        labels: &pod.labels,
        owner: Owner::Controller {
            kind: "DaemonSet",
            name: "agent",
            uid: "u1",
        },
        node_name: &pod.node,
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

/// A sync that finds nothing to do.
fn rest(state: &State, backoffs: &mut Backoffs) {
    let now = Circumstances::at(10_000_000);
    let writes = sync(black_box(state), now, backoffs, &mut Nobody);
    assert!(writes.is_nothing() && writes.error.is_none());
    black_box(writes);
}

/// The parts of a sync from scratch, and all of them in one go.
const PARTS: [&str; 4] = ["judge", "index", "sync", "all"];
const STRATEGIES: [(&str, StrategyKind); 2] = [
    ("OnDelete", StrategyKind::OnDelete),
    ("RollingUpdate", StrategyKind::RollingUpdate),
];

/// A cluster at rest.
struct Rounds {
    nodes: Vec<Node>,
    pods: Vec<Pod>,
    daemon: CompiledDaemon,
    verdicts: Vec<Verdict>,
    states: [State; 2],
    backoffs: Backoffs,
}

impl Rounds {
    fn new(count: usize) -> Self {
        let mut interner = Interner::default();
        let nodes = nodes(count, &mut interner);
        let pods = pods(count, &mut interner);
        let daemon = daemon();
        let verdicts = judge(&daemon, &nodes);
        Self {
            states: STRATEGIES.map(|(_, kind)| build(kind, &nodes, &pods, &verdicts)),
            nodes,
            pods,
            daemon,
            verdicts,
            backoffs: Backoffs::default(),
        }
    }

    /// Does one of [`PARTS`] once, for one of [`STRATEGIES`].
    fn run(&mut self, part: usize, strategy: usize) {
        let Some(&(_, kind)) = STRATEGIES.get(strategy) else {
            return;
        };
        match part {
            0 => drop(black_box(judge(&self.daemon, &self.nodes))),
            1 => drop(black_box(build(
                kind,
                &self.nodes,
                &self.pods,
                &self.verdicts,
            ))),
            2 => {
                if let Some(state) = self.states.get(strategy) {
                    rest(state, &mut self.backoffs);
                }
            }
            _ => {
                let verdicts = judge(&self.daemon, &self.nodes);
                let state = build(kind, &self.nodes, &self.pods, &verdicts);
                rest(&state, &mut self.backoffs);
            }
        }
    }
}
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::time::Instant;

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

    let asked: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        vec![100, 1_000, 5_000, 10_000, 100_000]
    } else {
        asked
    };
    println!("ns a node, processor time, the least of 5 runs");
    println!("nodes    strategy         judge   index    sync     all");
    for size in sizes {
        let mut rounds = Rounds::new(size);
        for (strategy, (name, _)) in STRATEGIES.iter().enumerate() {
            print!("{size:<8} {name:<14}");
            for part in 0..PARTS.len() {
                let time = measure(size, || rounds.run(part, strategy));
                print!(" {time:>7.1}");
            }
            println!();
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

/// The rounds as JavaScript sees them.
#[cfg(target_arch = "wasm32")]
mod edge {
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::{PARTS, Rounds, STRATEGIES};

    /// See [`Rounds`].
    #[wasm_bindgen(js_name = Rounds)]
    pub struct JsRounds(Rounds);

    #[wasm_bindgen(js_class = Rounds)]
    impl JsRounds {
        /// Makes the nodes and their pods.
        #[wasm_bindgen(constructor)]
        pub fn new(count: usize) -> Self {
            Self(Rounds::new(count))
        }

        /// The names of the parts.
        pub fn parts() -> Vec<String> {
            PARTS.map(str::to_owned).to_vec()
        }

        /// The names of the strategies.
        pub fn strategies() -> Vec<String> {
            STRATEGIES.map(|(name, _)| name.to_owned()).to_vec()
        }

        /// One part of one strategy, once.
        pub fn run(&mut self, part: usize, strategy: usize) {
            self.0.run(part, strategy);
        }
    }
}
