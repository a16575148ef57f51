//! What inputs are read as: objects, findings, and what they were taken for.

use std::fmt::Write as _;

use super::input::{InputRead, read};
use super::{LabelsShown, PodPhase};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::object::limits::{MAX_FINDINGS, MAX_PLACES, MAX_ROWS};

fn reads(text: &str) -> InputRead {
    read(3, "in.yaml", text.as_bytes())
}

/// A finding as `LINE:COLUMN CODE`.
fn short(finding: &Diagnostic) -> String {
    let place = finding.location.as_ref().map_or(String::new(), |at| {
        format!("{}:{} ", at.start.line, at.start.column)
    });
    format!("{place}{}", finding.code)
}

fn shorts(read: &InputRead) -> Vec<String> {
    read.diagnostics.iter().map(short).collect()
}

const HELLO: &str = "apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: hello
  namespace: web
spec:
  selector:
    matchLabels: {app: hello}
  template:
    metadata:
      labels:
        app: hello
    spec:
      hostNetwork: true
      nodeName: n1
      nodeSelector:
        disk: ssd
        kubernetes.io/os: linux
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions:
              - {key: zone, operator: In, values: [a, b]}
              matchFields:
              - {key: metadata.name, operator: NotIn, values: [n9]}
      tolerations:
      - key: dedicated
        operator: Equal
        value: infra
        effect: NoExecute
        tolerationSeconds: 30
      containers:
      - name: c
        image: i
";

#[test]
fn a_daemon_set_is_read_with_everything_that_decides_where_its_pods_go() {
    let read = reads(HELLO);
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.taken_for, "YAML: 1 DaemonSet");
    let [set] = read.objects.daemon_sets.as_slice() else {
        panic!("{:?}", read.objects)
    };
    assert_eq!(
        (&*set.meta.name, set.meta.namespace.as_deref()),
        ("hello", Some("web"))
    );
    assert_eq!(set.place.source, 3);
    let selector = set.selector.as_ref().unwrap();
    assert_eq!(selector.match_labels["app"], "hello");
    let template = &set.template;
    assert_eq!(template.labels.get("app"), Some("hello"));
    assert!(template.host_network);
    assert_eq!(template.node_name, "n1");
    assert_eq!(template.node_selector["kubernetes.io/os"], "linux");
    let affinity = template.required_node_affinity.as_ref().unwrap();
    let term = &affinity.node_selector_terms[0];
    assert_eq!(term.match_expressions[0].values, ["a", "b"]);
    assert_eq!(term.match_fields[0].operator, "NotIn");
    let toleration = &template.tolerations[0];
    assert_eq!(toleration.value, "infra");
    assert_eq!(toleration.toleration_seconds, Some(30));
    for (path, text) in [
        ("spec.template.spec.nodeSelector.disk", "ssd"),
        ("spec.template.spec.nodeSelector.kubernetes.io/os", "linux"),
        ("spec.template.spec.tolerations[0].effect", "NoExecute"),
        (
            "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[1]",
            "b",
        ),
        ("spec.selector.matchLabels", "{app: hello}"),
        ("metadata.name", "hello"),
    ] {
        assert_eq!(read.source.at(set.places[path]), text, "{path}");
    }
    assert!(set.places.contains_key("spec.template.spec"));
    assert!(!set.places.contains_key("spec.template.spec.containers"));
}

#[test]
fn a_node_is_read_with_labels_taints_and_readiness_in_place() {
    let read = reads(
        "apiVersion: v1
kind: Node
metadata:
  name: n1
  labels: {b: '2', a: '1'}
spec:
  unschedulable: true
  taints:
  - {key: k, value: v, effect: NoSchedule, timeAdded: '2026-01-01T00:00:00Z'}
status:
  conditions:
  - {type: Ready, status: Unknown}
",
    );
    assert_eq!(read.diagnostics, []);
    let node = &read.objects.nodes[0];
    let labels: Vec<_> = node.labels.iter().collect();
    assert_eq!(labels, [("a", "1"), ("b", "2")]);
    let places: Vec<&str> = node
        .label_spans
        .iter()
        .map(|s| read.source.at(*s))
        .collect();
    assert_eq!(places, ["'1'", "'2'"]);
    assert_eq!(
        (node.taints[0].key.as_str(), node.taints[0].effect.as_str()),
        ("k", "NoSchedule")
    );
    assert!(read.source.at(node.taint_spans[0]).starts_with("{key: k"));
    assert!(node.unschedulable && node.taints_shown);
    assert_eq!(node.labels_shown, LabelsShown::All);
    assert_eq!(node.ready, Some(false));
}

#[test]
fn pods_namespaces_projects_and_the_cluster_scheduler_are_read() {
    let read = reads(
        "apiVersion: v1
kind: Pod
metadata:
  name: p
  namespace: web
  uid: u1
  deletionTimestamp: '2026-01-01T00:00:00Z'
  ownerReferences:
  - {apiVersion: apps/v1, kind: DaemonSet, name: hello, uid: d1, controller: true}
spec: {nodeName: n1, containers: [{name: c}]}
status: {phase: Failed, reason: Evicted}
---
apiVersion: project.openshift.io/v1
kind: Project
metadata:
  name: web
  annotations: {openshift.io/node-selector: ''}
---
apiVersion: config.openshift.io/v1
kind: Scheduler
metadata: {name: cluster}
spec: {defaultNodeSelector: region=east}
---
apiVersion: config.openshift.io/v1
kind: Scheduler
metadata: {name: other}
",
    );
    let pod = &read.objects.pods[0];
    assert_eq!(
        (&*pod.node_name, pod.phase, &*pod.reason),
        ("n1", PodPhase::Failed, "Evicted")
    );
    assert!(pod.meta.terminating && pod.meta.owner_references[0].controller);
    assert_eq!(&*pod.meta.owner_references[0].uid, "d1");
    let project = &read.objects.namespaces[0];
    assert_eq!(
        project.annotations.get("openshift.io/node-selector"),
        Some("")
    );
    assert!(project.annotations_shown);
    let (selector, place) = read.objects.default_node_selector.clone().unwrap();
    assert_eq!(selector, "region=east");
    assert_eq!(read.source.at(place.span), "region=east");
    assert_eq!(
        read.objects.others.len(),
        1,
        "a Scheduler of another name plays no part"
    );
}

#[test]
fn lists_are_taken_apart_and_a_broken_item_hides_nothing() {
    let read = reads(
        "apiVersion: v1
kind: List
items:
- 5
- apiVersion: v1
  kind: NodeList
  items:
  - {metadata: {name: n1}}
  - {metadata: {name: n2, labels: [x]}}
- {kind: Node}
- {apiVersion: v1, kind: Node, metadata: {name: n3}}
",
    );
    let names: Vec<&str> = read.objects.nodes.iter().map(|n| &*n.name).collect();
    assert_eq!(names, ["n1", "n2", "n3"]); // R-1507
    assert_eq!(
        shorts(&read),
        ["4:3 DSP011", "9:35 DSP011", "10:4 DSP012", "10:4 DSP012"]
    );
    assert_eq!(read.taken_for, "YAML: 3 Nodes");
}

#[test]
fn a_broken_document_hides_none_beside_it() {
    let read = reads(
        "kind: DaemonSet\n\tbroken: [\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\n",
    );
    assert_eq!(shorts(&read), ["2:1 DSP001"]);
    assert_eq!(read.objects.nodes.len(), 1);
}

#[test]
fn json_is_read_as_documents_are() {
    let read =
        reads(r#"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},"spec":{"taint":[]}}"#);
    assert_eq!(read.taken_for, "JSON: 1 Node");
    assert_eq!(shorts(&read), ["1:67 DSP004"]);
    assert_eq!(read.diagnostics[0].help, "did you mean `taints`?");
}

#[test]
fn findings_say_what_is_wrong_where_and_how_to_mend_it() {
    // The template's spec with one line changed; what the finding says.
    for (line, code, message, found, help) in [
        (
            "nodeSelector: {x: true}",
            Code::NotText,
            "spec.template.spec.nodeSelector.x is a boolean to Kubernetes, since it is written without quotes",
            "true",
            "quote it: `x: \"true\"`",
        ),
        (
            "nodeSelector: {x: yes}",
            Code::NotText,
            "spec.template.spec.nodeSelector.x is a boolean to Kubernetes, since it is written without quotes",
            "yes",
            "quote it: `x: \"yes\"`",
        ),
        (
            "nodeSelector: {x: 1e3}",
            Code::NotText,
            "spec.template.spec.nodeSelector.x is a number to Kubernetes, since it is written without quotes",
            "1e3",
            "quote it: `x: \"1e3\"`",
        ),
        (
            "nodeSelector: {x: ~}",
            Code::NotText,
            "spec.template.spec.nodeSelector.x is null to Kubernetes, since it is written without quotes; null is read as empty text",
            "~",
            "quote it if the word is meant: `x: \"~\"`; write `x: \"\"` if empty text is meant",
        ),
        (
            "nodeSelectors: {x: a}",
            Code::UnknownField,
            "unknown field \"spec.template.spec.nodeSelectors\"",
            "nodeSelectors",
            "did you mean `nodeSelector`?",
        ),
        (
            "NodeSelector: {x: a}",
            Code::UnknownField, // R-1520
            "unknown field \"spec.template.spec.NodeSelector\"",
            "NodeSelector",
            "did you mean `nodeSelector`?",
        ),
        (
            "nodeSelectors: [a]",
            Code::UnknownField, // R-1529: the name is near, but its type doesn't fit.
            "unknown field \"spec.template.spec.nodeSelectors\"",
            "nodeSelectors",
            "take it out, or look where it belongs: `kubectl explain daemonset.spec.template.spec`",
        ),
        (
            "hostNetwork: \"yes\"",
            Code::WrongType,
            "spec.template.spec.hostNetwork is text; Kubernetes wants true or false there",
            "\"yes\"",
            "write it without quotes: `hostNetwork: true`",
        ),
        (
            "terminationGracePeriodSeconds: \"5\"",
            Code::WrongType,
            "spec.template.spec.terminationGracePeriodSeconds is text; Kubernetes wants a whole number of 64 bits there",
            "\"5\"",
            "write it without quotes: `terminationGracePeriodSeconds: 5`",
        ),
        (
            "priority: 3000000000",
            Code::UnreadableValue,
            "spec.template.spec.priority cannot be read: it should be a whole number of 32 bits",
            "3000000000",
            "write a number from -2147483648 to 2147483647",
        ),
        (
            "tolerations: {key: a}",
            Code::WrongType,
            "spec.template.spec.tolerations is a map; Kubernetes wants a list there",
            "a map",
            "begin each item of the list with `- `",
        ),
        (
            "tolerations: [a=b:NoSchedule]",
            Code::WrongType,
            "spec.template.spec.tolerations[0] is text; Kubernetes wants a map there",
            "a=b:NoSchedule",
            "write the fields of Toleration below it: `key`, `operator`, `value`, `effect`",
        ),
        (
            "overhead: {cpu: 1 Gi}",
            Code::UnreadableValue,
            "spec.template.spec.overhead.cpu cannot be read: it should be a quantity, such as 500m or 64Mi",
            "1 Gi",
            "write digits and one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei, or an exponent",
        ),
    ] {
        let head = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\nspec:\n  template:\n    spec:\n      ";
        let read = reads(&format!("{head}{line}\n"));
        let [finding] = read.diagnostics.as_slice() else {
            panic!("{line}: {:#?}", read.diagnostics)
        };
        assert_eq!(finding.code, code, "{line}");
        assert_eq!(finding.message, message, "{line}");
        assert_eq!(finding.found, found, "{line}");
        assert_eq!(finding.help, help, "{line}");
        assert_eq!(finding.location.as_ref().unwrap().start.line, 7, "{line}");
        assert_eq!(
            read.objects.daemon_sets.len(),
            1,
            "planned all the same: {line}"
        );
    }
}

#[test]
fn null_is_absent_and_an_empty_value_in_a_map_of_texts_is_empty_text() {
    let read = reads(
        "apiVersion: apps/v1
kind: DaemonSet
metadata: {name: d, labels: null}
spec:
  template:
    spec:
      nodeName: null
      nodeSelector:
        x:
      tolerations: null
",
    );
    assert_eq!(read.diagnostics, []); // R-1521
    let template = &read.objects.daemon_sets[0].template;
    assert_eq!(template.node_selector["x"], "");
    assert_eq!(template.node_name, "");
}

#[test]
fn a_value_of_a_wrong_type_is_left_out_and_the_rest_is_planned() {
    let read = reads(
        "apiVersion: apps/v1
kind: DaemonSet
metadata: {name: 42}
spec:
  template:
    spec:
      nodeSelector: {a: true, b: c}
      tolerations: [x, {key: k}]
",
    );
    assert_eq!(shorts(&read), ["3:18 DSP002", "7:25 DSP002", "8:21 DSP011"]);
    let set = &read.objects.daemon_sets[0];
    assert_eq!(&*set.meta.name, "42");
    assert_eq!(set.template.node_selector.len(), 1);
    assert_eq!(set.template.tolerations.len(), 1);
}

#[test]
fn an_unknown_field_of_a_printed_object_is_only_a_warning() {
    let object = "apiVersion: v1\nkind: Node\nmetadata: {name: n1, SOME}\nspec: {newField: 1}\n";
    for (some, severity) in [
        ("uid: a", Severity::Warning),
        ("resourceVersion: '1'", Severity::Warning),
        ("labels: {}", Severity::Error),
    ] {
        let read = reads(&object.replace("SOME", some));
        assert_eq!(read.diagnostics[0].code, Code::UnknownField);
        assert_eq!(read.diagnostics[0].severity, severity, "{some}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (text, expected) in [
        ("metadata: {name: x}\n", vec!["1:1 DSP012"]),
        ("apiVersion: v1\nmetadata: {name: x}\n", vec!["1:1 DSP012"]),
        ("kind: Node\nmetadata: {name: x}\n", vec!["1:1 DSP012"]),
        ("apiVersion: v1\nkind: Node\n", vec!["1:1 DSP012"]),
        ("apiVersion: v1\nkind: List\n", vec!["1:1 DSP012"]),
        ("- a: b\n", vec!["1:1 DSP012"]),
        ("some text, with a comma!\n", vec!["1:1 DSP012"]),
        (
            "apiVersion: v1\nkind: 5\n",
            vec!["2:7 DSP002", "1:1 DSP012"],
        ),
        (
            "apiVersion: apps/v1\nkind: Daemonset\nmetadata: {name: d}\n",
            vec!["2:7 DSP015"],
        ),
        (
            "apiVersion: apps/v1beta2\nkind: DaemonSet\nmetadata: {name: d}\n",
            vec!["1:13 DSP006"],
        ),
    ] {
        assert_eq!(shorts(&reads(text)), expected, "{text}");
    }
    let read = reads("apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-}\n");
    assert_eq!(&*read.objects.pods[0].meta.name, "web-xxxxx");
    assert_eq!(read.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn the_selector_of_the_oldest_version_comes_from_the_template() {
    let text = "apiVersion: extensions/v1beta1\nkind: DaemonSet\nmetadata: {name: d}\nspec: {template: {metadata: {labels: {a: b}}}}\n";
    let set = &reads(text).objects.daemon_sets[0];
    assert_eq!(set.selector.as_ref().unwrap().match_labels["a"], "b");
    let later = reads(&text.replace("extensions/v1beta1", "apps/v1beta2"));
    assert!(later.objects.daemon_sets[0].selector.is_none());
}

#[test]
fn other_kinds_are_listed_and_summed_up() {
    let read = reads(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: w}\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: b}\n",
    );
    assert_eq!(read.objects.others[0].namespace, "w");
    assert_eq!(read.taken_for, "YAML: 1 ConfigMap, 1 Widget");
    assert_eq!(shorts(&read), ["DSP014"]);
    assert_eq!(
        read.diagnostics[0].message,
        "also read, not used: 1 ConfigMap, 1 Widget"
    );
}

#[test]
fn names_and_tables_say_what_they_cannot_tell_once() {
    let read = reads("n1\nn2\n");
    assert_eq!(read.taken_for, "2 node names");
    assert_eq!(shorts(&read), ["1:1 DSP020"]);
    assert_eq!(read.objects.nodes[1].labels_shown, LabelsShown::None);
    let table = "NAME   STATUS   ROLES    AGE   VERSION\nn1     Ready    worker   5d    v1\n";
    let read = reads(&format!("{table}\n{table}"));
    assert_eq!(read.taken_for, "a table of 1 node; a table of 1 node");
    assert_eq!(shorts(&read), ["2:1 DSP020", "2:1 DSP020"]);
    assert!(
        read.diagnostics
            .iter()
            .all(|finding| finding.help.contains("-o yaml"))
    );
    let node = &read.objects.nodes[0];
    assert_eq!(node.labels.get("node-role.kubernetes.io/worker"), Some(""));
    assert_eq!(
        read.source.at(node.place.span),
        "n1     Ready    worker   5d    v1"
    );
}

#[test]
fn a_line_that_is_no_row_is_named_and_the_others_are_read() {
    let read = reads(
        "NAME   STATUS   ROLES    AGE   VERSION\nn1     Ready    <none>   5d    v1\n  ... and so on ...\nn2     Ready    <none>   5d    v1\n",
    );
    assert_eq!(read.objects.nodes.len(), 2);
    assert_eq!(short(&read.diagnostics[0]), "3:3 DSP018");
    assert_eq!(read.diagnostics[0].found, "... and so on ...");
}

#[test]
fn bytes_that_are_no_text_are_an_error_and_hide_nothing() {
    let mut bytes = b"apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n---\n# ".to_vec();
    bytes.push(0xff);
    let read = read(0, "in", &bytes);
    assert_eq!(read.objects.nodes.len(), 1);
    assert_eq!(shorts(&read), ["5:3 DSP016"]);
}

#[test]
fn findings_beyond_the_limit_are_summed_up() {
    let fields = |n: usize| {
        let mut text = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec:\n".to_owned();
        for at in 0..n {
            writeln!(text, "  unknownField{at}: 1").unwrap();
        }
        reads(&text).diagnostics
    };
    assert_eq!(fields(MAX_FINDINGS).len(), MAX_FINDINGS);
    let more = fields(MAX_FINDINGS + 1);
    assert_eq!(more.len(), MAX_FINDINGS + 1);
    assert_eq!(more.last().unwrap().code, Code::Limit);
}

#[test]
fn places_beyond_the_limit_are_not_kept_but_tolerations_are() {
    let with = |n: usize| {
        let items = "{key: a}, ".repeat(n);
        let text = format!(
            "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: d}}\nspec: {{template: {{spec: {{tolerations: [{items}]}}}}}}\n"
        );
        let mut sets = reads(&text).objects.daemon_sets;
        sets.remove(0)
    };
    let many = with(MAX_PLACES);
    assert_eq!(many.template.tolerations.len(), MAX_PLACES);
    assert_eq!(many.places.len(), MAX_PLACES);
    assert!(
        with(3)
            .places
            .contains_key("spec.template.spec.tolerations[2].key")
    );
}

#[test]
fn rows_and_names_beyond_the_limit_are_not_read_and_the_finding_says_where_they_begin() {
    let limit_at = |text: &str| {
        let read = reads(text);
        let found = read.diagnostics.iter().find(|one| one.code == Code::Limit);
        let line = found
            .and_then(|one| one.location.as_ref())
            .map(|at| at.start.line as usize);
        (read.objects.nodes.len(), line)
    };
    let names = |n: usize| "n1\n".repeat(n);
    assert_eq!(limit_at(&names(MAX_ROWS)), (MAX_ROWS, None));
    assert_eq!(
        limit_at(&names(MAX_ROWS + 1)),
        (MAX_ROWS, Some(MAX_ROWS + 1))
    );
    let head = "NAME   STATUS   ROLES    AGE   VERSION\n";
    let table = |n: usize| head.to_owned() + &"n1     Ready    <none>   1d    v1.37.2\n".repeat(n);
    assert_eq!(limit_at(&table(MAX_ROWS)), (MAX_ROWS, None));
    assert_eq!(
        limit_at(&table(MAX_ROWS + 1)),
        (MAX_ROWS, Some(MAX_ROWS + 2))
    );
}
