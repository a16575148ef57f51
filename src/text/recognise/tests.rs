//! What texts are taken for.

use super::*;

/// The parts of a text in short: their kind and, of documents, their first line.
fn parts(text: &str) -> Vec<String> {
    let slice = |span: Span| &text[span.start as usize..span.end as usize];
    segments(text)
        .iter()
        .map(|segment| match segment {
            Segment::Documents(span) => {
                format!("doc {}", slice(*span).lines().next().unwrap_or_default())
            }
            Segment::Described(span) => format!("described {}", slice(*span).lines().count()),
            Segment::Table(table) => {
                format!("{:?} {}", table.kind, table.rows.len())
            }
            Segment::Names(names) => {
                let names: Vec<&str> = names.iter().map(|name| slice(name.name)).collect();
                format!("names {}", names.join(" "))
            }
        })
        .collect()
}

#[test]
fn words_on_lines_of_their_own_are_names() {
    for (text, names) in [
        ("n1\nn2", "names n1 n2"),
        ("n1", "names n1"),
        ("n1, n2 n3", "names n1 n2 n3"),
        ("node/n1\r\nnode/n2\r\n", "names n1 n2"),
        ("10.0.0.1\n10.0.0.2\n", "names 10.0.0.1 10.0.0.2"),
        (
            "$ kubectl get nodes -o name\nnode/n1\nme@host:~$ ",
            "names n1",
        ),
        ("n1\n\nn2\n", "names n1 n2"),
    ] {
        assert_eq!(parts(text), [names], "{text:?}");
    }
}

#[test]
fn what_is_neither_table_nor_name_is_a_document() {
    for text in [
        "a: b",
        "n1:",
        "{}",
        "- n1\n- n2",
        "42",
        "null",
        "true",
        "N1 n2",
        "n1\u{0}",
        "[n1]",
        "a_b",
        "kind: DaemonSet\n\tbroken: [\n",
    ] {
        let first = text.lines().next().unwrap();
        assert_eq!(parts(text), [format!("doc {first}")], "{text:?}");
    }
    assert!(parts("").is_empty() && parts(" \n\n").is_empty());
}

#[test]
fn nothing_in_a_block_scalar_is_taken_for_something_else() {
    let text = "kind: ConfigMap\ndata:\n  a: |\n    NAME   STATUS   ROLES   AGE   VERSION\n    n1     Ready    <none>   5d   v1\n\n    n1\n\n  b: |\n   $ kubectl get nodes\n   node/n1\n";
    assert_eq!(parts(text), ["doc kind: ConfigMap"]);
}

#[test]
fn several_kinds_stand_in_one_paste() {
    let table = "NAME   STATUS   ROLES    AGE   VERSION\nn1     Ready    <none>   5d    v1\n";
    for (text, expected) in [
        (
            format!("kind: A\na: b\n{table}"),
            vec!["doc kind: A", "Nodes 1"],
        ),
        (
            format!("kind: A\n---\n{table}---\nkind: B\n"),
            vec!["doc kind: A", "Nodes 1", "doc ---"],
        ),
        (format!("{table}kind: B\n"), vec!["Nodes 1", "doc kind: B"]),
        (
            format!("$ kubectl get ds -o yaml\nkind: A\n$ kubectl get nodes\n{table}$ \n"),
            vec!["doc kind: A", "Nodes 1"],
        ),
        (
            "kind: A\na: b\n\nn1\nn2\n".to_owned(),
            vec!["doc kind: A", "names n1 n2"],
        ),
        (
            "{\n\"a\": 1\n}\n\nn1\n".to_owned(),
            vec!["doc {", "names n1"],
        ),
        (
            "kind: A\n\nn1   Ready   <none>   5d   v1\n".to_owned(),
            vec!["doc kind: A", "Nodes 1"],
        ),
        (
            format!("{table}\nNAME   STATUS   AGE\nx      Active   5d\n"),
            vec!["Nodes 1", "Namespaces 1"],
        ),
        (format!("{table}{table}"), vec!["Nodes 1", "Nodes 1"]),
        (
            "n1   Ready   <none>   5d   v1\nweb   1/1   Running   0   5d\n".to_owned(),
            vec!["Nodes 1", "Pods 1"],
        ),
    ] {
        assert_eq!(parts(&text), expected, "{text}");
    }
}

#[test]
fn a_text_of_documents_alone_is_one_part_whole() {
    let text = "# first\n\nkind: A\n---\nkind: B\n";
    assert_eq!(
        segments(text),
        [Segment::Documents(Span::new(0, text.len()))]
    );
}

#[test]
fn a_description_is_known_and_ends_where_something_else_begins() {
    let text = "Name:         x\nLabels:       a=b\nAnnotations:  <none>\nStatus:       Active\n\nNo events.\n---\nkind: A\n";
    assert_eq!(parts(text), ["described 6", "doc ---"]);
}

#[test]
fn a_prompt_needs_a_command_or_a_place() {
    for line in [
        "kubectl get nodes",
        "$ oc get nodes",
        "# oc get nodes",
        "[root@bastion ~]# oc get nodes",
        "me@host:~$ kubectl get pods",
        "PS C:\\> kubectl get nodes",
    ] {
        assert!(is_command(line), "{line}");
    }
    for line in [
        "run: $ kubectl get nodes",
        "- kubectl get nodes",
        "doc kubectl",
        "cmd: oc get",
    ] {
        assert!(!is_command(line), "{line}");
    }
    assert!(is_bare_prompt("$ ") && is_bare_prompt("me@host:~$"));
    assert!(!is_bare_prompt("price: 5$"));
}
