//! What the plugins look at, and how they refuse.

use std::collections::BTreeMap;

use crate::selector::Labels;
use crate::selector::quote::quote;

/// The annotation of Kubernetes' plugin `PodNodeSelector`, on namespaces.
pub const KUBE_ANNOTATION: &str = "scheduler.alpha.kubernetes.io/node-selector";

/// The annotation of OpenShift's project node selector, on namespaces.
pub const PROJECT_ANNOTATION: &str = "openshift.io/node-selector";

/// What matters of a namespace. An annotation that is there and empty differs from one that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NamespaceFacts<'a> {
    /// `metadata.name`.
    pub name: &'a str,
    /// The text of [`KUBE_ANNOTATION`].
    pub kube_annotation: Option<&'a str>,
    /// The text of [`PROJECT_ANNOTATION`].
    pub project_annotation: Option<&'a str>,
}

impl<'a> NamespaceFacts<'a> {
    /// The facts of a namespace with these annotations.
    pub fn new(name: &'a str, annotations: &'a (impl Labels + ?Sized)) -> Self {
        Self {
            name,
            kube_annotation: annotations.get(KUBE_ANNOTATION),
            project_annotation: annotations.get(PROJECT_ANNOTATION),
        }
    }
}

/// What matters of a pod that is being created.
#[derive(Clone, Copy, Debug)]
pub struct PodFacts<'a> {
    /// Its namespace, whether that is there or not.
    pub namespace: &'a str,
    /// `metadata.name`; empty while a pod made from `generateName` is in the mutating phase.
    pub name: &'a str,
    /// `spec.nodeName`, empty where the pod is not bound by name.
    pub node_name: &'a str,
    /// `spec.nodeSelector`.
    pub node_selector: &'a BTreeMap<String, String>,
}

/// Finds the labels of a node by its name.
pub trait NodeLookup {
    /// The labels as stored.
    type Labels: Labels + ?Sized;

    /// The labels of the node with this name, `None` if there is no such node.
    fn node_labels(&self, name: &str) -> Option<&Self::Labels>;
}

impl<L: Labels> NodeLookup for BTreeMap<String, L> {
    type Labels = L;

    fn node_labels(&self, name: &str) -> Option<&L> {
        self.get(name)
    }
}

/// A pod that the API server does not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What the server answers, word for word.
    pub message: String,
    /// The HTTP status that the plugin itself gave: 403, or 500 for an internal error. `None` for a
    /// plain error, which the server answers with 500 and no reason.
    pub http_status: Option<u16>,
}

impl Refusal {
    /// A 403 about a pod. A pod without a name yet is named by neither name nor quotes.
    pub(super) fn forbidden(pod_name: &str, reason: &str) -> Self {
        let message = if pod_name.is_empty() {
            format!("pods is forbidden: {reason}")
        } else {
            format!("pods {} is forbidden: {reason}", quote(pod_name))
        };
        Self {
            message,
            http_status: Some(403),
        }
    }

    /// An error of the plugin that is no refusal by itself, and refuses the pod all the same.
    pub(super) fn plain(message: String) -> Self {
        Self {
            message,
            http_status: None,
        }
    }
}

/// Whether some key is in both with different values; an empty value differs from any other.
pub(super) fn conflict(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> bool {
    a.iter()
        .any(|(key, value)| b.get(key).is_some_and(|other| other != value))
}

/// The union of two maps that do not conflict.
pub(super) fn merge(
    a: &BTreeMap<String, String>,
    b: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    a.iter()
        .chain(b)
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
