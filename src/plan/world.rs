//! Everything that a DaemonSet is judged against: the state, the switches, the plugins, the controller.

use crate::admission::facts::NamespaceFacts;
use crate::admission::settings::Settings;
use crate::admission::{Admission, InForce, in_force};
use crate::cluster::Cluster;
use crate::controller::sync::Millis;
use crate::controller::{AwareController, NamespaceNodeSelectors};
use crate::diagnostic::Location;
use crate::object::input::InputRead;
use crate::object::{LabelMap, Namespace, Place};
use crate::text::Span;

/// The state and what runs on it.
#[derive(Clone, Debug)]
pub(crate) struct World<'a> {
    pub(crate) cluster: Cluster<'a>,
    pub(crate) settings: &'a Settings,
    pub(crate) admission: &'a Admission,
    /// OpenShift's controller, where the switches have it; an error where it does not start.
    pub(crate) controller: Option<&'a Result<AwareController, String>>,
    pub(crate) reads: &'a [InputRead],
    /// The time of the sync; without one, everything has been as it is for long.
    pub(crate) now: Option<Millis>,
}

/// A namespace without annotations, for one that the inputs do not show.
static BARE: std::sync::LazyLock<LabelMap> = std::sync::LazyLock::new(LabelMap::default);

impl<'a> World<'a> {
    /// The same with another state.
    pub(crate) fn with_cluster<'b>(&self, cluster: Cluster<'b>) -> World<'b>
    where
        'a: 'b,
    {
        World {
            cluster,
            settings: self.settings,
            admission: self.admission,
            controller: self.controller,
            reads: self.reads,
            now: self.now,
        }
    }

    /// The annotations of a namespace; none for one that the inputs do not show.
    pub(crate) fn annotations(&self, namespace: &str) -> &'a LabelMap {
        self.cluster
            .namespace(namespace)
            .map_or(&*BARE, |found: &'a Namespace| &found.annotations)
    }

    /// What the plugins and the controller look at.
    pub(crate) fn facts(&self, namespace: &'a str) -> NamespaceFacts<'a> {
        NamespaceFacts::new(namespace, self.annotations(namespace))
    }

    /// The texts in force for a namespace.
    pub(crate) fn in_force(&self, namespace: &str) -> Vec<InForce<'a>> {
        in_force(
            self.settings,
            self.annotations(namespace),
            self.admission.cluster_default(),
        )
    }

    /// What the controller asks of a namespace; nothing where it is upstream's.
    pub(crate) fn controller_selectors(&self, namespace: &'a str) -> NamespaceNodeSelectors<'a> {
        match self.controller {
            Some(Ok(controller)) => controller.selectors(Some(self.facts(namespace))),
            _ => NamespaceNodeSelectors::InForce(vec![]),
        }
    }

    /// A place as people name it.
    pub(crate) fn locate(&self, place: Place) -> Option<Location> {
        let read = self.reads.iter().find(|read| read.id == place.source)?;
        Some(Location::new(&read.source, place.span))
    }

    /// The place of `span` in the input that `place` names.
    pub(crate) fn locate_span(&self, place: Place, span: Span) -> Option<Location> {
        self.locate(Place { span, ..place })
    }
}
