//! Changes that remove a reason: commands for nodes and namespaces, JSON patches for manifests.

use std::collections::BTreeMap;

use crate::plan::answer::{Change, ObjectRef, PatchOperation, PatchValue};
use crate::selector::Taint;

/// A word as a shell takes it.
pub(crate) fn shell_word(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/=:,@%+-".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Words joined to a command line.
pub(crate) fn command_line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words
        .into_iter()
        .map(shell_word)
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) fn add(path: String, value: PatchValue) -> PatchOperation {
    PatchOperation {
        op: "add".to_owned(),
        path,
        value: Some(value),
    }
}

pub(crate) fn remove(path: String) -> PatchOperation {
    PatchOperation {
        op: "remove".to_owned(),
        path,
        value: None,
    }
}

pub(crate) fn none(why: impl Into<String>) -> Change {
    Change::None { why: why.into() }
}

/// Labels that the kubelet writes again whenever it starts: labelling by hand does not last.
fn set_by_kubelet(key: &str) -> bool {
    matches!(
        key,
        "kubernetes.io/hostname"
            | "kubernetes.io/os"
            | "kubernetes.io/arch"
            | "beta.kubernetes.io/os"
            | "beta.kubernetes.io/arch"
    )
}

/// Sets a label on nodes, or takes it away where `value` is `None`.
pub(crate) fn label(nodes: &[&str], key: &str, value: Option<&str>, overwrite: bool) -> Change {
    if set_by_kubelet(key) {
        return none(format!(
            "The kubelet sets the label {key}; the manifest has to ask for another."
        ));
    }
    let pair = match value {
        Some(value) => format!("{key}={value}"),
        None => format!("{key}-"),
    };
    let mut words = vec!["kubectl", "label", "node"];
    words.extend(nodes);
    words.push(&pair);
    if overwrite {
        words.push("--overwrite");
    }
    let whom = if let [node] = nodes {
        (*node).to_owned()
    } else {
        format!("{} nodes", nodes.len())
    };
    let sentence = match value {
        Some(value) => format!("Label {whom} {key}={value}:"),
        None => format!("Take the label {key} from {whom}:"),
    };
    Change::Command {
        command: command_line(words),
        sentence,
    }
}

/// Adds a toleration for a taint to the template. `present` says whether the manifest has a list of
/// tolerations already.
pub(crate) fn tolerate(set: &ObjectRef, taint: &Taint, present: bool) -> Change {
    if let Some(why) = set_by_the_system(taint) {
        return none(why);
    }
    let mut toleration = BTreeMap::new();
    let mut yaml = String::new();
    let mut field = |name: &str, value: &str| {
        toleration.insert(name.to_owned(), PatchValue::from(value));
        let indent = if yaml.is_empty() { "- " } else { "  " };
        yaml.push_str(&format!("{indent}{name}: {}\n", yaml_scalar(value)));
    };
    if !taint.key.is_empty() {
        field("key", &taint.key);
    }
    // An empty key is tolerated by `Exists` only (R-124).
    if taint.value.is_empty() || taint.key.is_empty() {
        field("operator", "Exists");
    } else {
        field("operator", "Equal");
        field("value", &taint.value);
    }
    field("effect", &taint.effect);
    let toleration = PatchValue::Fields(toleration);
    let operation = if present {
        add("/spec/template/spec/tolerations/-".to_owned(), toleration)
    } else {
        add(
            "/spec/template/spec/tolerations".to_owned(),
            PatchValue::List(vec![toleration]),
        )
    };
    Change::Edit {
        object: set.clone(),
        patch: vec![operation],
        sentence: format!("Tolerate {taint} in spec.template.spec.tolerations:"),
        yaml,
    }
}

/// Why tolerating a taint that the control plane sets and takes away by itself is no remedy.
fn set_by_the_system(taint: &Taint) -> Option<String> {
    let cause = match taint.key.as_str() {
        "node.kubernetes.io/not-ready" => {
            "the node is not ready; find out why with kubectl describe node"
        }
        "node.kubernetes.io/unreachable" => {
            "the node's kubelet stopped answering; bring it back, or delete the node"
        }
        "node.kubernetes.io/network-unavailable" => {
            "the node's network is not set up yet; a pod that sets it up runs with hostNetwork: true"
        }
        "node.cloudprovider.kubernetes.io/uninitialized" => {
            "the cloud provider has not set the node up yet"
        }
        "node.kubernetes.io/out-of-service" => {
            "somebody declared the node out of service; take the taint off when it is back"
        }
        _ => return None,
    };
    Some(format!(
        "The control plane takes this taint off by itself: {cause}."
    ))
}

/// A scalar that Kubernetes reads back as this very text.
pub(crate) fn yaml_scalar(text: &str) -> String {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
    let starts_as_text = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    let word = !matches!(
        text.to_ascii_lowercase().as_str(),
        "y" | "yes" | "n" | "no" | "true" | "false" | "on" | "off" | "null"
    );
    if starts_as_text && word && text.bytes().all(letter) {
        return text.to_owned();
    }
    // JSON strings are YAML strings.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> ObjectRef {
        ObjectRef {
            kind: "DaemonSet".into(),
            namespace: Some("a".into()),
            name: "b".into(),
        }
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_cut_or_expand_them() {
        assert_eq!(
            command_line(["kubectl", "label", "a=b/c.d-e"]),
            "kubectl label a=b/c.d-e"
        );
        assert_eq!(command_line(["it's", "$x", ""]), r"'it'\''s' '$x' ''");
    }

    #[test]
    fn a_taint_with_a_value_is_tolerated_by_that_value_only() {
        let taint = Taint::new("gpu", "true", "NoSchedule");
        let Change::Edit { patch, yaml, .. } = tolerate(&set(), &taint, true) else {
            panic!("no edit")
        };
        assert_eq!(
            yaml,
            "- key: gpu\n  operator: Equal\n  value: \"true\"\n  effect: NoSchedule\n"
        );
        assert_eq!(patch[0].path, "/spec/template/spec/tolerations/-");
        assert_eq!(
            patch[0].value,
            Some(PatchValue::fields([
                ("key", "gpu".into()),
                ("operator", "Equal".into()),
                ("value", "true".into()),
                ("effect", "NoSchedule".into()),
            ]))
        );
    }

    #[test]
    fn a_taint_of_the_node_lifecycle_is_no_matter_of_tolerations() {
        let taint = Taint::new("node.kubernetes.io/unreachable", "", "NoSchedule");
        assert!(
            matches!(tolerate(&set(), &taint, false), Change::None { why } if why.contains("kubelet"))
        );
    }

    #[test]
    fn the_kubelets_own_labels_are_not_set_by_hand() {
        assert!(matches!(
            label(&["n"], "kubernetes.io/os", Some("linux"), true),
            Change::None { .. }
        ));
    }
}
