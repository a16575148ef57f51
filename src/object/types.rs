//! The objects, in the API's own terms, reduced to what a plan needs, with their places in the text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::object::LabelMap;
use crate::object::value::Struct;
use crate::selector::{LabelSelector, NodeSelector, Taint, Toleration};
use crate::text::Span;

/// Which input an object came from: its place in the list of inputs.
pub type SourceId = u32;

/// Where an object stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The input.
    pub source: SourceId,
    /// The range of bytes in the input's text.
    pub span: Span,
}

/// What all objects have, as far as the planner asks.
#[derive(Clone, Debug, Default)]
pub struct ObjectMeta {
    /// `metadata.name`; never empty in an object that was let through.
    pub name: Arc<str>,
    /// `metadata.namespace`; absent where the text has none.
    pub namespace: Option<Arc<str>>,
    /// `metadata.uid`; absent in a manifest that was never applied.
    pub uid: Option<Arc<str>>,
    /// `metadata.labels`.
    pub labels: LabelMap,
    /// `metadata.annotations`.
    pub annotations: LabelMap,
    /// `metadata.ownerReferences`.
    pub owner_references: Vec<OwnerReference>,
    /// Whether `metadata.deletionTimestamp` is set.
    pub terminating: bool,
    /// `metadata.creationTimestamp` as written.
    pub creation_timestamp: Option<Arc<str>>,
}

impl ObjectMeta {
    /// The first owner reference that is marked as the controller.
    pub fn controller(&self) -> Option<&OwnerReference> {
        self.owner_references.iter().find(|owner| owner.controller)
    }
}

/// One of `metadata.ownerReferences`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnerReference {
    /// `apiVersion`.
    pub api_version: Arc<str>,
    /// `kind`.
    pub kind: Arc<str>,
    /// `name`.
    pub name: Arc<str>,
    /// `uid`.
    pub uid: Arc<str>,
    /// `controller: true`.
    pub controller: bool,
}

/// A `DaemonSet`.
#[derive(Clone, Debug, Default)]
pub struct DaemonSet {
    /// Where it stands.
    pub place: Place,
    /// As written, also an old one.
    pub api_version: String,
    /// `metadata`.
    pub meta: ObjectMeta,
    /// `spec.selector`; `None` matches nothing.
    pub selector: Option<LabelSelector>,
    /// `spec.template`.
    pub template: PodTemplate,
    /// Places of fields by their path from the object (`spec.template.spec.nodeSelector.disk`,
    /// `spec.template.spec.tolerations[0]`): everything below `spec.template.spec` that decides where pods
    /// go, and the parents that edits would be added to. The span is the value's.
    pub places: BTreeMap<String, Span>,
    /// The object as the API server would store it: decoded by Go's rules, with defaults. One that a cluster
    /// printed keeps its `metadata` and `status`; a manifest gets what the server sets when it creates an object
    /// (R-1402), but for uid and time. `None` where the server could not decode it.
    pub stored: Option<Arc<Struct>>,
}

/// `spec.template`, as far as it decides where pods go.
#[derive(Clone, Debug, Default)]
pub struct PodTemplate {
    /// `metadata.labels`.
    pub labels: LabelMap,
    /// `spec.nodeName`, empty where absent.
    pub node_name: String,
    /// `spec.nodeSelector`.
    pub node_selector: BTreeMap<String, String>,
    /// `spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`.
    pub required_node_affinity: Option<NodeSelector>,
    /// `spec.tolerations`, without the automatic ones.
    pub tolerations: Vec<Toleration>,
    /// `spec.hostNetwork`.
    pub host_network: bool,
}

/// How much of a node's labels the input shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LabelsShown {
    /// All of them.
    #[default]
    All,
    /// None: a plain table or a bare name.
    None,
    /// Only the columns that `-L` asked for: the head of each and its cell. The head is the part of the key
    /// after the last `/`, in capitals, so the key itself is not known (R-1571).
    Columns(Vec<(Arc<str>, Arc<str>)>),
}

/// A `Node`.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Where it stands: the object, or its row.
    pub place: Place,
    /// `metadata.name`.
    pub name: Arc<str>,
    /// `metadata.labels`.
    pub labels: LabelMap,
    /// Places of the labels' values, in the order of `labels`; empty where the input is a table.
    pub label_spans: Vec<Span>,
    /// How much of the labels the input shows.
    pub labels_shown: LabelsShown,
    /// The column ROLES of a table, split; empty for objects and for `<none>`.
    pub roles: Vec<Arc<str>>,
    /// `spec.taints`.
    pub taints: Vec<Taint>,
    /// Places of the taints.
    pub taint_spans: Vec<Span>,
    /// Whether the input shows taints; a table does not.
    pub taints_shown: bool,
    /// `spec.unschedulable`, also from `SchedulingDisabled` in a table.
    pub unschedulable: bool,
    /// The condition `Ready`: `Some(true)` for `True`, `Some(false)` for another status, `None` without one.
    pub ready: Option<bool>,
    /// Whether `metadata.deletionTimestamp` is set.
    pub terminating: bool,
}

/// `status.phase` of a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PodPhase {
    /// `Pending`, or none.
    #[default]
    Pending,
    /// `Running`.
    Running,
    /// `Succeeded`.
    Succeeded,
    /// `Failed`.
    Failed,
    /// `Unknown`, or anything else.
    Unknown,
}

impl PodPhase {
    /// `Succeeded` or `Failed`.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}

impl Pod {
    /// The node that it counts on: the one that it is bound to, else the one that it is pinned to.
    pub fn target_node(&self) -> Option<&str> {
        if self.node_name.is_empty() {
            self.pinned_node()
        } else {
            Some(&self.node_name)
        }
    }

    /// The node that its required affinity names: the value of the first requirement on `metadata.name`, if that is
    /// an `In` with one value.
    pub fn pinned_node(&self) -> Option<&str> {
        let terms = &self.required_node_affinity.as_ref()?.node_selector_terms;
        let mut fields = terms.iter().flat_map(|term| &term.match_fields);
        let pin = fields.find(|field| field.key == "metadata.name" && field.operator == "In")?;
        match pin.values.as_slice() {
            [node] => Some(node),
            _ => None,
        }
    }
}

/// The condition `Ready` of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PodReady {
    /// Its status is not `True`, or there is no such condition.
    #[default]
    NotReady,
    /// Its status is `True`, since `lastTransitionTime` as written; absent where the input doesn't show it.
    Ready(Option<Arc<str>>),
}

/// A `Pod`.
#[derive(Clone, Debug, Default)]
pub struct Pod {
    /// Where it stands: the object, or its row.
    pub place: Place,
    /// `metadata`.
    pub meta: ObjectMeta,
    /// `spec.nodeName`, empty where absent or `<none>`.
    pub node_name: Arc<str>,
    /// `spec.nodeSelector`.
    pub node_selector: BTreeMap<String, String>,
    /// The pod's required node affinity: it names the node of a pod that is not bound yet.
    pub required_node_affinity: Option<NodeSelector>,
    /// `status.phase`.
    pub phase: PodPhase,
    /// `status.reason`, or the column STATUS of a table.
    pub reason: Arc<str>,
    /// The condition `Ready`; in a table, whether the column READY shows all containers ready.
    pub ready: PodReady,
    /// Whether `metadata.finalizers` holds something.
    pub finalizers: bool,
    /// Read from a table, which shows neither labels nor owner.
    pub from_table: bool,
}

/// A `Namespace`, or an OpenShift `Project`, which has the same annotations.
#[derive(Clone, Debug, Default)]
pub struct Namespace {
    /// Where it stands: the object, or its row.
    pub place: Place,
    /// `metadata.name`.
    pub name: Arc<str>,
    /// `metadata.labels`.
    pub labels: LabelMap,
    /// `metadata.annotations`.
    pub annotations: LabelMap,
    /// Places of the annotations' values, in the order of `annotations`.
    pub annotation_spans: Vec<Span>,
    /// Whether the input shows annotations; a table does not.
    pub annotations_shown: bool,
}

/// A `ControllerRevision`: a template that a DaemonSet had, or has.
#[derive(Clone, Debug, Default)]
pub struct ControllerRevision {
    /// Where it stands.
    pub place: Place,
    /// `metadata`.
    pub meta: ObjectMeta,
    /// `revision`: its number in the history.
    pub number: i64,
    /// `data` as compact JSON with sorted keys, as the controller posts it: equal texts for equal bytes
    /// . Empty where there is none.
    pub data: String,
}

/// An object of a kind that the planner has no use for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherObject {
    /// Where it stands.
    pub place: Place,
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.namespace`, empty where absent.
    pub namespace: String,
    /// `metadata.name`.
    pub name: String,
}

/// All objects of one input, or of several.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    /// DaemonSets, in the order of the text.
    pub daemon_sets: Vec<DaemonSet>,
    /// Nodes, likewise.
    pub nodes: Vec<Node>,
    /// Pods, likewise.
    pub pods: Vec<Pod>,
    /// `ControllerRevision`s, likewise.
    pub revisions: Vec<ControllerRevision>,
    /// Namespaces and Projects, likewise.
    pub namespaces: Vec<Namespace>,
    /// `spec.defaultNodeSelector` of OpenShift's Scheduler `cluster`, if the object is there.
    pub default_node_selector: Option<(String, Place)>,
    /// Objects of other kinds.
    pub others: Vec<OtherObject>,
}
