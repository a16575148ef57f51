//! What a state is made from, seen in the objects that were read.

use std::collections::HashMap;

use super::claim::Owner;
use super::state::{Millis, TemplateId};
use super::status::Status;
use super::view::{
    PodView, Readiness, RevisionView, RollingUpdate, SetView, Strategy, StrategyKind,
};
use crate::object::defaults::TEMPLATE_GENERATION;
use crate::object::value::{Struct, Time, Value};
use crate::object::{ControllerRevision, DaemonSet, LabelMap, ObjectMeta, Pod, PodReady};

/// Templates by the bytes that a revision holds of them.
#[derive(Clone, Debug, Default)]
pub struct Templates(HashMap<String, TemplateId>);

impl Templates {
    /// The number of what a revision holds in `data`.
    pub fn id(&mut self, data: &str) -> TemplateId {
        if let Some(&known) = self.0.get(data) {
            return known;
        }
        let id = TemplateId(self.0.len() as u64);
        self.0.insert(data.to_owned(), id);
        id
    }
}

/// A time as the API writes it, absent where it is none.
fn millis(time: &str) -> Option<Millis> {
    Time::parse(time).map(Time::unix_millis)
}

/// The number of a field, if it is set and fits.
fn small(fields: Option<&Struct>, json: &str) -> Option<i32> {
    i32::try_from(fields?.int(json)?).ok()
}

impl Status {
    /// `status` as it was stored last; zeros where there is none.
    pub fn of(stored: &Struct) -> Self {
        let status = stored.at(&["status"]);
        let counter = |json| small(status, json).unwrap_or_default();
        let observed = status.and_then(|status| status.int("observedGeneration"));
        Self {
            observed_generation: observed.unwrap_or_default(),
            desired: counter("desiredNumberScheduled"),
            current: counter("currentNumberScheduled"),
            misscheduled: counter("numberMisscheduled"),
            ready: counter("numberReady"),
            updated: counter("updatedNumberScheduled"),
            available: counter("numberAvailable"),
            unavailable: counter("numberUnavailable"),
            collision_count: small(status, "collisionCount"),
        }
    }
}

impl<'a> SetView<'a> {
    /// The set, with its stored form as far as it decodes, and the number of its template. The template generation is
    /// that of its annotation.
    pub fn of(
        namespace: &'a str,
        set: &'a DaemonSet,
        stored: Option<&'a Struct>,
        template: TemplateId,
    ) -> Self {
        let part = |json| stored.and_then(|stored| stored.at(&[json]));
        let (meta, spec) = (part("metadata"), part("spec"));
        let generation = meta.and_then(|meta| meta.int("generation"));
        let annotations = meta.and_then(|meta| meta.map("annotations"));
        Self {
            namespace,
            name: &set.meta.name,
            uid: set.meta.uid.as_deref(),
            generation: generation.unwrap_or_default(),
            terminating: set.meta.terminating,
            template_generation: annotations
                .and_then(|annotations| annotations.get(TEMPLATE_GENERATION)?.as_text()),
            selector: set.selector.as_ref(),
            strategy: spec.map(Strategy::of).unwrap_or_default(),
            min_ready_seconds: small(spec, "minReadySeconds").unwrap_or_default(),
            history_limit: small(spec, "revisionHistoryLimit").unwrap_or(10),
            template,
            status: stored.map(Status::of).unwrap_or_default(),
        }
    }
}

impl Strategy {
    /// The strategy of a `spec`.
    fn of(spec: &Struct) -> Self {
        let Some(strategy) = spec.at(&["updateStrategy"]) else {
            return Self::default();
        };
        let limit = |of: &Struct, json| match of.get(json) {
            Some(Value::IntOrString(limit)) => Some(limit.clone()),
            _ => None,
        };
        Self {
            kind: match strategy.text("type") {
                "RollingUpdate" => StrategyKind::RollingUpdate,
                _ => StrategyKind::OnDelete,
            },
            rolling_update: strategy.at(&["rollingUpdate"]).map(|of| RollingUpdate {
                max_unavailable: limit(of, "maxUnavailable"),
                max_surge: limit(of, "maxSurge"),
            }),
        }
    }
}

impl<'a> Owner<'a> {
    /// The controller that an object names.
    pub fn of(meta: &'a ObjectMeta) -> Self {
        match meta.controller() {
            None => Self::None,
            Some(owner) => Self::Controller {
                kind: &owner.kind,
                name: &owner.name,
                uid: &owner.uid,
            },
        }
    }
}

impl<'a, L> PodView<'a, L> {
    /// The pod, with labels that may say more than its own. A row of a table is taken for the set's, and a Ready one
    /// has been so for long.
    pub fn of(pod: &'a Pod, labels: &'a L) -> Self {
        Self {
            name: &pod.meta.name,
            labels,
            owner: if pod.from_table {
                Owner::Assumed
            } else {
                Owner::of(&pod.meta)
            },
            node_name: &pod.node_name,
            pinned_to: pod.pinned_node(),
            phase: pod.phase,
            readiness: match &pod.ready {
                PodReady::NotReady => Readiness::NotReady,
                PodReady::Ready(None) if pod.from_table => Readiness::Ready(Some(0)),
                PodReady::Ready(since) => Readiness::Ready(since.as_deref().and_then(millis)),
            },
            terminating: pod.meta.terminating,
            finalizers: pod.finalizers,
            created: pod.meta.creation_timestamp.as_deref().and_then(millis),
        }
    }
}

impl<'a> RevisionView<'a, LabelMap> {
    /// The revision, with the number of its template.
    pub fn of(revision: &'a ControllerRevision, template: TemplateId) -> Self {
        Self {
            name: &revision.meta.name,
            labels: &revision.meta.labels,
            controller_uid: revision.meta.controller().map(|owner| &*owner.uid),
            terminating: revision.meta.terminating,
            number: revision.number,
            template,
        }
    }
}
