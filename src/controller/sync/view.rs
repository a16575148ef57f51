//! What a state is made from: the set, its pods and revisions, borrowed from whatever holds the objects.
//!
//! A field that is absent in the object has its zero value here; the API's defaults are not filled in.

use super::claim::Owner;
use super::state::{Millis, TemplateId};
use super::status::Status;
use crate::object::{IntOrString, PodPhase};
use crate::selector::LabelSelector;

/// The `DaemonSet`, borrowed from whatever holds it.
#[derive(Clone, Debug)]
pub struct SetView<'a> {
    /// `metadata.namespace`.
    pub namespace: &'a str,
    /// `metadata.name`.
    pub name: &'a str,
    /// `metadata.uid`; `None` for a manifest that was never applied: then an owner reference by kind and name
    /// is enough.
    pub uid: Option<&'a str>,
    /// `metadata.generation`.
    pub generation: i64,
    /// `metadata.deletionTimestamp` is set.
    pub terminating: bool,
    /// The annotation `deprecated.daemonset.template.generation`.
    pub template_generation: Option<&'a str>,
    /// `spec.selector`.
    pub selector: Option<&'a LabelSelector>,
    /// `spec.updateStrategy`.
    pub strategy: Strategy,
    /// `spec.minReadySeconds`.
    pub min_ready_seconds: i32,
    /// `spec.revisionHistoryLimit`; the API's default is 10.
    pub history_limit: i32,
    /// The present template.
    pub template: TemplateId,
    /// `status` as last stored.
    pub status: Status,
}

/// `spec.updateStrategy`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strategy {
    /// `type`.
    pub kind: StrategyKind,
    /// `rollingUpdate`.
    pub rolling_update: Option<RollingUpdate>,
}

/// `spec.updateStrategy.type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StrategyKind {
    /// `RollingUpdate`.
    RollingUpdate,
    /// `OnDelete`, or anything else: nothing is replaced.
    #[default]
    OnDelete,
}

/// `spec.updateStrategy.rollingUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollingUpdate {
    /// `maxUnavailable`.
    pub max_unavailable: Option<IntOrString>,
    /// `maxSurge`.
    pub max_surge: Option<IntOrString>,
}

/// A pod of the set's namespace, borrowed from whatever holds it.
#[derive(Debug)]
pub struct PodView<'a, L: ?Sized> {
    /// `metadata.name`.
    pub name: &'a str,
    /// `metadata.labels`.
    pub labels: &'a L,
    /// Its controller.
    pub owner: Owner<'a>,
    /// `spec.nodeName`, empty where the pod is not bound.
    pub node_name: &'a str,
    /// The node that its required affinity names.
    pub pinned_to: Option<&'a str>,
    /// `status.phase`.
    pub phase: PodPhase,
    /// The condition `Ready`.
    pub readiness: Readiness,
    /// `metadata.deletionTimestamp` is set.
    pub terminating: bool,
    /// `metadata.finalizers` holds something.
    pub finalizers: bool,
    /// `metadata.creationTimestamp`; none is older than any.
    pub created: Option<Millis>,
}

/// The condition `Ready` of a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readiness {
    /// Its status is not `True`, or there is no such condition.
    #[default]
    NotReady,
    /// Its status is `True`, since `lastTransitionTime`.
    Ready(Option<Millis>),
}

/// A `ControllerRevision` of the set's namespace, borrowed from whatever holds it.
#[derive(Debug)]
pub struct RevisionView<'a, L: ?Sized> {
    /// `metadata.name`.
    pub name: &'a str,
    /// `metadata.labels`.
    pub labels: &'a L,
    /// The uid of its controller, whatever its kind.
    pub controller_uid: Option<&'a str>,
    /// `metadata.deletionTimestamp` is set.
    pub terminating: bool,
    /// `revision`.
    pub number: i64,
    /// Its template; as many revisions as have the same bytes have the same.
    pub template: TemplateId,
}
