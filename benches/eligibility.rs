//! What judging one node costs: the verdict alone, without reasons, for templates as people write them.
//!
//! `cargo bench --bench eligibility` measures natively and fails above the limit. Built for wasm32 this file
//! exports the same rounds to JavaScript, and `benches/eligibility.mjs` holds the watch.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use daemonset_planner::admission::NamespaceFacts;
use daemonset_planner::controller::{
    AwareController, CompiledDaemon, NamespaceNodeSelectors, NodeView, TemplateView,
};
use daemonset_planner::object::LabelMap;
use daemonset_planner::object::labels::Interner;
use daemonset_planner::selector::{
    NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Taint, Toleration,
};

/// Nodes in a round.
const NODES: u32 = 5_000;

struct Node {
    name: String,
    labels: LabelMap,
    taints: Vec<Taint>,
}

/// What is judged: a template, and on OpenShift the text that the controller asks besides.
struct Case {
    name: &'static str,
    daemon: CompiledDaemon,
    namespace: Option<&'static str>,
}

/// A number from 0 up to `below`, the same for the same arguments.
fn draw(node: u32, salt: u32, below: u32) -> u32 {
    let mixed = (node ^ salt.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35) % below
}

/// A node like those of `make-cluster.mjs`: two dozen labels, a taint here and there.
fn node(number: u32, strings: &mut Interner) -> Node {
    let name = format!("ip-10-0-{}-{}.compute.internal", number / 256, number % 256);
    let zone = match draw(number, 1, 3) {
        0 => "eu-central-1a",
        1 => "eu-central-1b",
        _ => "eu-central-1c",
    };
    let arch = if draw(number, 2, 7) == 0 {
        "arm64"
    } else {
        "amd64"
    };
    let gpu = draw(number, 3, 12) == 0;
    let mut pairs: Vec<(&str, String)> = vec![
        ("beta.kubernetes.io/arch", arch.into()),
        ("beta.kubernetes.io/instance-type", "m6i.4xlarge".into()),
        ("beta.kubernetes.io/os", "linux".into()),
        (
            "cluster.example.com/cost-center",
            (1_000 + draw(number, 4, 9_000)).to_string(),
        ),
        ("cluster.example.com/node-group", format!("general-{zone}")),
        (
            "cluster.example.com/patch-wave",
            format!("wave-{}", draw(number, 5, 4)),
        ),
        (
            "failure-domain.beta.kubernetes.io/region",
            "eu-central-1".into(),
        ),
        ("failure-domain.beta.kubernetes.io/zone", zone.into()),
        (
            "feature.node.kubernetes.io/cpu-model.vendor_id",
            "Intel".into(),
        ),
        (
            "feature.node.kubernetes.io/kernel-version.major",
            "6".into(),
        ),
        ("feature.node.kubernetes.io/pci-1d0f.present", "true".into()),
        (
            "feature.node.kubernetes.io/system-os_release.ID",
            "rhcos".into(),
        ),
        ("kubernetes.io/arch", arch.into()),
        ("kubernetes.io/hostname", name.clone()),
        ("kubernetes.io/os", "linux".into()),
        ("machine.example.com/capacity-type", "on-demand".into()),
        (
            "machine.example.com/generation",
            (3 + draw(number, 6, 7)).to_string(),
        ),
        ("machine.example.com/id", format!("i-{number:017x}")),
        ("node.kubernetes.io/instance-type", "m6i.4xlarge".into()),
        ("node.openshift.io/os_id", "rhcos".into()),
        ("node-role.kubernetes.io/worker", String::new()),
        ("topology.ebs.csi.aws.com/zone", zone.into()),
        ("topology.kubernetes.io/region", "eu-central-1".into()),
        ("topology.kubernetes.io/zone", zone.into()),
    ];
    if gpu {
        pairs.push(("nvidia.com/gpu.present", "true".into()));
    }
    let taint = |key: &str, effect: &str| Taint {
        key: key.into(),
        effect: effect.into(),
        ..Taint::default()
    };
    let mut taints = vec![];
    if gpu {
        taints.push(taint("nvidia.com/gpu", "NoSchedule"));
    }
    if draw(number, 7, 50) == 0 {
        taints.push(taint("node.kubernetes.io/unschedulable", "NoSchedule"));
    }
    if draw(number, 8, 100) == 0 {
        taints.push(taint("node.kubernetes.io/unreachable", "NoExecute"));
        taints.push(taint("node.kubernetes.io/unreachable", "NoSchedule"));
    }
    let shared: Vec<(Arc<str>, Arc<str>)> = pairs
        .iter()
        .map(|(key, value)| (strings.intern(key), strings.intern(value)))
        .collect();
    Node {
        name,
        labels: LabelMap::from_pairs(shared),
        taints,
    }
}

fn requirement(key: &str, operator: &str, values: &[&str]) -> NodeSelectorRequirement {
    NodeSelectorRequirement {
        key: key.into(),
        operator: operator.into(),
        values: values.iter().map(|&value| value.into()).collect(),
    }
}

fn affinity() -> NodeSelector {
    let term = |zone: &str| NodeSelectorTerm {
        match_expressions: vec![
            requirement("kubernetes.io/os", "In", &["linux"]),
            requirement("topology.kubernetes.io/zone", "In", &[zone]),
            requirement(
                "eks.amazonaws.com/compute-type",
                "NotIn",
                &["fargate", "virtual"],
            ),
            requirement("machine.example.com/generation", "Gt", &["4"]),
            requirement("node-role.kubernetes.io/worker", "Exists", &[]),
        ],
        match_fields: vec![],
    };
    NodeSelector {
        node_selector_terms: vec![term("eu-central-1a"), term("eu-central-1c")],
    }
}

fn tolerations() -> Vec<Toleration> {
    [
        "nvidia.com/gpu",
        "node-role.kubernetes.io/infra",
        "node-role.kubernetes.io/control-plane",
    ]
    .map(|key| Toleration {
        key: key.into(),
        operator: "Exists".into(),
        effect: "NoSchedule".into(),
        ..Toleration::default()
    })
    .into()
}

fn cases() -> Vec<Case> {
    let linux = BTreeMap::from([("kubernetes.io/os".to_owned(), "linux".to_owned())]);
    let none = BTreeMap::new();
    let (affinity, tolerations) = (affinity(), tolerations());
    let daemon = |node_selector: &BTreeMap<String, String>, with_affinity: bool, tolerant: bool| {
        CompiledDaemon::new(TemplateView {
            node_name: "",
            node_selector,
            required_node_affinity: with_affinity.then_some(&affinity),
            tolerations: if tolerant { &tolerations } else { &[] },
            host_network: false,
        })
    };
    let case = |name, daemon, namespace| Case {
        name,
        daemon,
        namespace,
    };
    vec![
        case("an empty template", daemon(&none, false, false), None),
        case(
            "node selector, tolerations",
            daemon(&linux, false, true),
            None,
        ),
        case(
            "affinity of two terms by five",
            daemon(&linux, true, true),
            None,
        ),
        case(
            "the same, and the project asked",
            daemon(&linux, true, true),
            Some("kubernetes.io/os=linux,node.openshift.io/os_id=rhcos"),
        ),
    ]
}

/// Nodes and cases, ready to be judged.
struct Rounds {
    nodes: Vec<Node>,
    cases: Vec<Case>,
    controller: AwareController,
}

impl Rounds {
    fn new() -> Self {
        let mut strings = Interner::default();
        Self {
            nodes: (0..NODES)
                .map(|number| node(number, &mut strings))
                .collect(),
            cases: cases(),
            controller: AwareController::default(),
        }
    }

    /// Judges all nodes once; how many should run, so that nothing is left out as unused.
    fn run(&self, case: usize) -> u32 {
        let Some(case) = self.cases.get(case) else {
            return 0;
        };
        let namespace: Option<NamespaceNodeSelectors<'_>> = case.namespace.map(|text| {
            self.controller.selectors(Some(NamespaceFacts {
                name: "project",
                kube_annotation: None,
                project_annotation: Some(text),
            }))
        });
        let mut should_run = 0;
        for node in black_box(&self.nodes) {
            let view = NodeView {
                name: &node.name,
                labels: &node.labels,
                taints: &node.taints,
            };
            let upstream = case.daemon.judge(view);
            let verdict = match &namespace {
                Some(namespace) => namespace.judge(upstream, &node.labels),
                None => upstream,
            };
            should_run += u32::from(verdict.should_run);
        }
        should_run
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::time::Instant;

    /// Nanoseconds a node; the median above it is a failure.
    const LIMIT: f64 = 300.0;
    const ROUNDS: usize = 101;

    let rounds = Rounds::new();
    let mut slow = false;
    for (number, case) in rounds.cases.iter().enumerate() {
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                black_box(rounds.run(number));
                start.elapsed().as_secs_f64() * 1e9 / f64::from(NODES)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let median = times.get(ROUNDS / 2).copied().unwrap_or(f64::NAN);
        slow |= median > LIMIT;
        println!(
            "eligibility, native: {:<32} {median:>6.1} ns a node  ({} of {NODES} should run)",
            case.name,
            rounds.run(number),
        );
    }
    println!(
        "eligibility, native: medians of {ROUNDS} rounds over {NODES} nodes; at most {LIMIT} ns a node"
    );
    if slow {
        eprintln!("eligibility, native: too slow");
        std::process::exit(1);
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

/// The rounds as JavaScript sees them.
#[cfg(target_arch = "wasm32")]
mod edge {
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::{NODES, Rounds};

    /// See [`Rounds`].
    #[wasm_bindgen(js_name = Rounds)]
    pub struct JsRounds(Rounds);

    #[wasm_bindgen(js_class = Rounds)]
    impl JsRounds {
        /// Makes the nodes.
        #[wasm_bindgen(constructor)]
        #[allow(clippy::new_without_default)]
        pub fn new() -> Self {
            Self(Rounds::new())
        }

        /// The names of the cases.
        pub fn cases(&self) -> Vec<String> {
            self.0
                .cases
                .iter()
                .map(|case| case.name.to_owned())
                .collect()
        }

        /// Nodes in a round.
        pub fn nodes(&self) -> u32 {
            NODES
        }

        /// One round; how many nodes should run.
        pub fn run(&self, case: usize) -> u32 {
            self.0.run(case)
        }
    }
}
