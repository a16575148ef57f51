//! Every table that kubectl printed for the cases in `tests/conformance/tables.jsonl`, read back: what the text
//! shows, all of it, and nothing else. What is expected comes from the objects that were printed, not from the reader.

#![allow(
    clippy::format_collect,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::collections::BTreeMap;

use daemonset_planner::diagnostic::Severity;
use daemonset_planner::object::input::{InputRead, read};
use daemonset_planner::object::{LabelMap, LabelsShown, Node, Pod, PodPhase};
use serde_json::{Value, json};

fn cases() -> Vec<Value> {
    let text = include_str!("conformance/tables.jsonl");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn text<'v>(object: &'v Value, pointer: &str) -> &'v str {
    object
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn labels(object: &Value) -> BTreeMap<String, String> {
    object
        .pointer("/metadata/labels")
        .map(|labels| serde_json::from_value(labels.clone()).unwrap())
        .unwrap_or_default()
}

fn pairs(labels: &LabelMap) -> BTreeMap<String, String> {
    labels
        .iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// R-1573.
fn roles(object: &Value) -> Vec<String> {
    let mut roles: Vec<String> = labels(object)
        .iter()
        .filter_map(|(key, value)| {
            let role = key.strip_prefix("node-role.kubernetes.io/");
            role.map(str::to_owned)
                .or_else(|| (key == "kubernetes.io/role").then(|| value.clone()))
        })
        .filter(|role| !role.is_empty())
        .collect();
    roles.sort();
    roles.dedup();
    roles
}

fn option(case: &Value, name: &str) -> bool {
    case["input"]["options"][name] == json!(true)
}

fn columns(case: &Value, object: &Value) -> Vec<(String, String)> {
    let keys = case["input"]["options"]["labelColumns"].as_array();
    keys.into_iter()
        .flatten()
        .map(|key| key.as_str().unwrap())
        .map(|key| {
            let head = key.rsplit('/').next().unwrap().to_uppercase();
            (head, labels(object).get(key).cloned().unwrap_or_default())
        })
        .collect()
}

fn check_node(case: &Value, object: &Value, node: &Node) {
    let name = text(object, "/metadata/name");
    assert_eq!(&*node.name, name);
    let unschedulable = object.pointer("/spec/unschedulable") == Some(&json!(true));
    assert_eq!(node.unschedulable, unschedulable, "{name}");
    let condition = object
        .pointer("/status/conditions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|condition| condition["type"] == "Ready");
    let ready = condition.map(|condition| condition["status"] == "True");
    assert_eq!(node.ready, ready, "{name}");
    let roles = roles(object);
    assert_eq!(
        node.roles.iter().map(|role| &**role).collect::<Vec<_>>(),
        roles,
        "{name}"
    );
    assert!(node.taints.is_empty() && !node.taints_shown, "{name}");
    let shown = columns(case, object);
    if option(case, "showLabels") {
        assert_eq!(node.labels_shown, LabelsShown::All, "{name}");
        assert_eq!(pairs(&node.labels), labels(object), "{name}");
        return;
    }
    let by_role = roles
        .iter()
        .map(|role| (format!("node-role.kubernetes.io/{role}"), String::new()));
    assert_eq!(pairs(&node.labels), by_role.collect(), "{name}");
    match &node.labels_shown {
        LabelsShown::Columns(read) => {
            let read: Vec<(String, String)> = read
                .iter()
                .map(|(head, cell)| (head.to_string(), cell.to_string()))
                .collect();
            assert_eq!(read, shown, "{name}");
        }
        // Without heads nobody can tell what a column is.
        LabelsShown::None => assert!(shown.is_empty() || option(case, "noHeaders"), "{name}"),
        LabelsShown::All => panic!("{name}: all labels are said to be shown"),
    }
}

fn check_pod(case: &Value, object: &Value, line: &str, pod: &Pod) {
    let name = text(object, "/metadata/name");
    assert_eq!(&*pod.meta.name, name);
    let all = option(case, "allNamespaces");
    let namespace = all.then(|| text(object, "/metadata/namespace"));
    assert_eq!(pod.meta.namespace.as_deref(), namespace, "{name}");
    let wide = option(case, "wide");
    let node = if wide {
        text(object, "/spec/nodeName")
    } else {
        ""
    };
    assert_eq!(&*pod.node_name, node, "{name}");
    let status = line
        .split("  ")
        .filter(|piece| !piece.trim().is_empty())
        .nth(2 + usize::from(all))
        .unwrap();
    assert_eq!(&*pod.reason, status.trim(), "{name}");
    assert_eq!(
        pod.meta.terminating,
        status.trim() == "Terminating",
        "{name}"
    );
    assert!(
        pod.from_table && pod.meta.owner_references.is_empty(),
        "{name}"
    );
    let shown = if option(case, "showLabels") {
        labels(object)
    } else {
        BTreeMap::new()
    };
    assert_eq!(pairs(&pod.meta.labels), shown, "{name}");
    if status.trim() == "Running" {
        assert_eq!(pod.phase, PodPhase::Running, "{name}");
    }
    if status.trim() == "Pending" {
        assert_eq!(pod.phase, PodPhase::Pending, "{name}");
    }
}

fn check(case: &Value, printed: &str, read: &InputRead) {
    let objects = case["input"]["objects"].as_array().unwrap();
    let shown = &read.objects;
    let skip = usize::from(!option(case, "noHeaders"));
    let lines: Vec<&str> = printed.lines().skip(skip).collect();
    let counts = [
        shown.nodes.len(),
        shown.pods.len(),
        shown.namespaces.len(),
        shown.others.len(),
    ];
    let place = match case["input"]["resource"].as_str().unwrap() {
        "nodes" => 0,
        "pods" => 1,
        "namespaces" => 2,
        "daemonsets" => 3,
        other => panic!("{other}"),
    };
    let mut expected = [0; 4];
    expected[place] = objects.len();
    assert_eq!(counts, expected);
    for (at, object) in objects.iter().enumerate() {
        match place {
            0 => check_node(case, object, &shown.nodes[at]),
            1 => check_pod(case, object, lines[at], &shown.pods[at]),
            2 => {
                let namespace = &shown.namespaces[at];
                assert_eq!(&*namespace.name, text(object, "/metadata/name"));
                assert!(!namespace.annotations_shown && namespace.annotations.is_empty());
                let labels = if option(case, "showLabels") {
                    labels(object)
                } else {
                    BTreeMap::new()
                };
                assert_eq!(pairs(&namespace.labels), labels);
            }
            _ => {
                let other = &shown.others[at];
                assert_eq!(other.kind, "DaemonSet");
                assert_eq!(other.name, text(object, "/metadata/name"));
                let all = option(case, "allNamespaces");
                let namespace = if all {
                    text(object, "/metadata/namespace")
                } else {
                    ""
                };
                assert_eq!(other.namespace, namespace);
            }
        }
    }
    assert!(shown.daemon_sets.is_empty() && shown.default_node_selector.is_none());
    for finding in &read.diagnostics {
        assert!(finding.severity < Severity::Error, "{finding:?}");
    }
}

fn each_case(change: impl Fn(&str) -> String) {
    let cases = cases();
    for case in &cases {
        let printed = case["expect"]["text"].as_str().unwrap();
        let pasted = change(printed);
        let read = read(0, "paste", pasted.as_bytes());
        let result = std::panic::catch_unwind(|| check(case, printed, &read));
        assert!(result.is_ok(), "{}\n{pasted}", case["name"]);
    }
    println!("tables: {} passed", cases.len());
    assert_eq!(cases.len(), 106);
}

#[test]
fn every_printed_table_is_read_back() {
    each_case(str::to_owned);
}

#[test]
fn a_prompt_before_and_after_and_windows_line_ends_change_nothing() {
    each_case(|text| {
        format!("[me@host ~]$ kubectl get things\n{text}[me@host ~]$ \n").replace('\n', "\r\n")
    });
}

#[test]
fn an_indented_paste_is_read_also_where_its_first_line_is_not() {
    each_case(|text| text.lines().map(|line| format!("    {line}\n")).collect());
    each_case(|text| match text.split_once('\n') {
        Some((head, rows)) if head.starts_with("NAME") => {
            let rows: String = rows.lines().map(|line| format!("    {line}\n")).collect();
            format!("{head}\n{rows}")
        }
        _ => text.to_owned(),
    });
}

#[test]
fn a_paste_that_lost_the_blanks_at_the_ends_of_its_lines_is_read() {
    each_case(|text| {
        text.lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect()
    });
}

#[test]
fn a_table_stands_beside_documents() {
    each_case(|text| format!("{text}\n---\napiVersion: v1\nkind: List\nitems: []\n"));
}
