//! Everything under `tests/samples/` is what kubectl printed of one cluster at one moment; each file read back
//! gives what its text shows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::path::Path;

use daemonset_planner::controller::revision::snapshot;
use daemonset_planner::diagnostic::Severity;
use daemonset_planner::object::input::{InputRead, read};
use daemonset_planner::object::{LabelsShown, Node, Pod, PodReady};

fn sample(name: &str) -> InputRead {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/samples")
        .join(name);
    read(0, name, &std::fs::read(path).unwrap())
}

/// What each file is taken for, and how many findings of level error and of other levels it has.
const FILES: &[(&str, &str, usize, usize)] = &[
    ("all.yaml", "YAML: 1 DaemonSet, 10 Nodes, 5 Pods", 0, 0),
    (
        "controllerrevisions.yaml",
        "YAML: 4 ControllerRevisions",
        0,
        0,
    ),
    ("daemonset-wide.txt", "a table of 1 DaemonSet", 0, 1),
    ("daemonset.json", "JSON: 1 DaemonSet", 0, 0),
    ("daemonset.yaml", "YAML: 1 DaemonSet", 0, 0),
    ("daemonsets-all.txt", "a table of 3 DaemonSets", 0, 1),
    ("daemonsets-all.yaml", "YAML: 3 DaemonSets", 0, 0),
    (
        "describe-daemonset-pending.txt",
        "the output of kubectl describe, which is not read",
        0,
        1,
    ),
    (
        "describe-daemonset.txt",
        "the output of kubectl describe, which is not read",
        0,
        1,
    ),
    (
        "describe-namespace.txt",
        "the output of kubectl describe, which is not read",
        0,
        1,
    ),
    (
        "describe-nodes.txt",
        "the output of kubectl describe, which is not read",
        0,
        1,
    ),
    (
        "describe-pods-myproject.txt",
        "the output of kubectl describe, which is not read",
        0,
        1,
    ),
    ("events.txt", "a table of 53 rows that is not used", 0, 1),
    ("namespace.yaml", "YAML: 1 Namespace", 0, 0),
    ("namespaces.txt", "a table of 6 namespaces", 0, 1),
    ("namespaces.yaml", "YAML: 6 Namespaces", 0, 0),
    ("node-managed-fields.yaml", "YAML: 1 Node", 0, 0),
    ("node.yaml", "YAML: 1 Node", 0, 0),
    ("nodes-label-columns.txt", "a table of 10 nodes", 0, 2),
    ("nodes-names.txt", "10 node names", 0, 1),
    ("nodes-show-labels.txt", "a table of 10 nodes", 0, 1),
    ("nodes-wide-no-headers.txt", "a table of 10 nodes", 0, 2),
    ("nodes-wide.txt", "a table of 10 nodes", 0, 2),
    ("nodes.json", "JSON: 10 Nodes", 0, 0),
    ("nodes.txt", "a table of 10 nodes", 0, 2),
    ("nodes.yaml", "YAML: 10 Nodes", 0, 0),
    ("pods-all-wide.txt", "a table of 15 pods", 0, 1),
    ("pods-all.json", "JSON: 15 Pods", 0, 0),
    ("pods-myproject.yaml", "YAML: 4 Pods", 0, 0),
    ("pods-wide.txt", "a table of 5 pods", 0, 1),
    ("pods.txt", "a table of 5 pods", 0, 1),
    ("pods.yaml", "YAML: 4 Pods", 0, 0),
    (
        "rollout-history.txt",
        "1 name; a table of 2 rows that is not used",
        0,
        2,
    ),
    (
        "version.txt",
        "YAML without an object that can be read",
        1,
        0,
    ),
];

#[test]
fn every_sample_is_taken_for_what_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let files = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(files, FILES.len(), "a sample has no line here");
    for (name, taken_for, errors, others) in FILES {
        let read = sample(name);
        assert_eq!(read.taken_for, *taken_for, "{name}");
        let count = read
            .diagnostics
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        let all = read.diagnostics.len();
        assert_eq!(
            (count, all - count),
            (*errors, *others),
            "{name}: {:#?}",
            read.diagnostics
        );
    }
}

fn names(read: &InputRead) -> Vec<&str> {
    read.objects.nodes.iter().map(|node| &*node.name).collect()
}

fn labels(node: &Node) -> Vec<(&str, &str)> {
    node.labels.iter().collect()
}

#[test]
fn every_form_of_the_nodes_shows_the_same_nodes() {
    let full = sample("nodes.yaml");
    assert_eq!(full.objects.nodes.len(), 10);
    for name in [
        "nodes.json",
        "nodes.txt",
        "nodes-wide.txt",
        "nodes-wide-no-headers.txt",
        "nodes-show-labels.txt",
        "nodes-label-columns.txt",
        "nodes-names.txt",
        "all.yaml",
    ] {
        let read = sample(name);
        assert_eq!(names(&read), names(&full), "{name}");
        for (node, full) in read.objects.nodes.iter().zip(&full.objects.nodes) {
            if name != "nodes-names.txt" {
                assert_eq!(
                    node.unschedulable, full.unschedulable,
                    "{name} {}",
                    node.name
                );
                assert_eq!(node.ready, full.ready, "{name} {}", node.name);
            }
            match &node.labels_shown {
                LabelsShown::All => assert_eq!(labels(node), labels(full), "{name}"),
                LabelsShown::None => {}
                LabelsShown::Columns(columns) => {
                    let heads: Vec<&str> = columns.iter().map(|(head, _)| &**head).collect();
                    assert_eq!(heads, ["ROLE", "REGION"]);
                    for (head, cell) in columns {
                        let key = head.to_lowercase();
                        assert_eq!(&**cell, full.labels.get(&key).unwrap_or_default());
                    }
                }
            }
            let is_table = std::path::Path::new(name)
                .extension()
                .is_some_and(|end| end == "txt");
            assert_eq!(node.taints_shown, !is_table, "{name}");
            assert_eq!(
                node.taints.len(),
                if is_table { 0 } else { full.taints.len() }
            );
        }
    }
}

#[test]
fn nodes_have_the_taints_and_the_states_of_the_cluster() {
    let read = sample("nodes.yaml");
    let node = |name: &str| {
        let name = format!("{name}.cluster.example.com");
        read.objects
            .nodes
            .iter()
            .find(|node| *node.name == name)
            .unwrap()
    };
    assert!(node("worker-3").unschedulable);
    assert_eq!(node("worker-2").ready, Some(false));
    assert_eq!(node("worker-0").ready, Some(true));
    assert_eq!(node("worker-0").labels.get("region"), Some("east"));
    assert_eq!(node("infra-1").taints.len(), 2);
    let unreachable = &node("worker-2").taints[0];
    assert_eq!(unreachable.key, "node.kubernetes.io/unreachable");
    assert!(unreachable.time_added.is_some() || unreachable.effect == "NoSchedule");
}

#[test]
fn the_table_of_pods_shows_the_pods_of_the_json() {
    let full = sample("pods-all.json");
    let table = sample("pods-all-wide.txt");
    for (row, pod) in table.objects.pods.iter().zip(&full.objects.pods) {
        assert_eq!(row.meta.name, pod.meta.name);
        assert_eq!(row.meta.namespace, pod.meta.namespace);
        assert_eq!(row.node_name, pod.node_name);
        assert_eq!(row.phase, pod.phase);
        // The table counts containers; pods of a node that does not answer are not ready all the same.
        let is_ready = |pod: &Pod| pod.ready != PodReady::NotReady;
        let answers = !pod.node_name.starts_with("worker-2.");
        let wanted = is_ready(row) && answers;
        assert_eq!(is_ready(pod), wanted, "{}", pod.meta.name);
        assert!(row.from_table && !pod.from_table);
    }
    let owner = |read: &InputRead| {
        read.objects
            .pods
            .iter()
            .filter(|pod| {
                pod.meta
                    .owner_references
                    .iter()
                    .any(|owner| owner.controller)
            })
            .count()
    };
    assert_eq!((owner(&full), owner(&table)), (14, 0));
}

#[test]
fn daemon_sets_have_their_selectors_and_tolerations() {
    let read = sample("daemonsets-all.yaml");
    let sets: Vec<(&str, &str)> = read
        .objects
        .daemon_sets
        .iter()
        .map(|set| (set.meta.namespace.as_deref().unwrap(), &*set.meta.name))
        .collect();
    assert_eq!(
        sets,
        [
            ("default", "hello-daemonset"),
            ("logging", "metrics-agent"),
            ("myproject", "hello-daemonset")
        ]
    );
    let agent = &read.objects.daemon_sets[1];
    assert!(agent.template.required_node_affinity.is_some());
    assert!(agent.template.host_network);
    assert!(
        !agent
            .selector
            .as_ref()
            .unwrap()
            .match_expressions
            .is_empty()
    );
    let hello = &read.objects.daemon_sets[0];
    assert_eq!(hello.template.node_selector["role"], "worker");
}

#[test]
fn the_present_template_of_every_daemon_set_is_that_of_its_newest_revision() {
    //
    let sets = sample("daemonsets-all.yaml");
    let revisions = sample("controllerrevisions.yaml").objects.revisions;
    let mut numbers = vec![];
    for set in &sets.objects.daemon_sets {
        let made = snapshot(set.stored.as_deref().unwrap(), 0).unwrap();
        let found = revisions
            .iter()
            .find(|revision| {
                revision.meta.namespace == set.meta.namespace && *revision.meta.name == made.name
            })
            .unwrap();
        assert_eq!(found.data, made.data);
        assert_eq!(
            found.meta.owner_references[0].uid,
            *set.meta.uid.as_ref().unwrap()
        );
        numbers.push(found.number);
    }
    assert_eq!((numbers, revisions.len()), (vec![2, 1, 1], 4));
}

#[test]
fn namespaces_show_their_annotations_except_in_tables() {
    let read = sample("namespaces.yaml");
    let namespace = |name: &str| {
        let all = &read.objects.namespaces;
        all.iter()
            .find(|namespace| *namespace.name == *name)
            .unwrap()
    };
    let logging = namespace("logging");
    assert_eq!(
        logging.annotations.get("openshift.io/node-selector"),
        Some("")
    );
    let project = namespace("myproject");
    let key = "scheduler.alpha.kubernetes.io/node-selector";
    assert_eq!(project.annotations.get(key), Some("region=east"));
    let at = project
        .annotations
        .iter()
        .position(|(known, _)| known == key)
        .unwrap();
    assert_eq!(read.source.at(project.annotation_spans[at]), "region=east");
    let table = sample("namespaces.txt");
    for (row, full) in table
        .objects
        .namespaces
        .iter()
        .zip(&read.objects.namespaces)
    {
        assert_eq!(row.name, full.name);
        assert_eq!(row.labels, full.labels);
        assert!(!row.annotations_shown && row.annotations.is_empty());
    }
}
