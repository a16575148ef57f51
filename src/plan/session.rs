//! Inputs that stay, and are asked again and again: what a page or a long-running tool holds.

use crate::admission::settings::{Platform, Settings, SettingsOverrides};
use crate::cluster::Cluster;
use crate::controller::sync::Millis;
use crate::diagnostic::Location;
use crate::object::input::{self, InputRead};
use crate::object::value::Time;
use crate::object::{Node, SourceId};
use crate::plan::answer::{Plan, PodPlan};
use crate::plan::request::PlanRequest;
use crate::plan::{build, pod};
use crate::text::SourceText;

/// Plans once.
///
/// ```
/// use daemonset_planner::plan::{plan, Input, PlanRequest};
///
/// let manifest = "apiVersion: apps/v1
/// kind: DaemonSet
/// metadata: {name: agent}
/// spec:
///   selector: {matchLabels: {app: agent}}
///   template:
///     metadata: {labels: {app: agent}}
///     spec: {nodeSelector: {disk: ssd}, containers: [{name: agent, image: agent}]}
/// ";
/// let nodes = "apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: {disk: ssd}}\n";
/// let answer = plan(&PlanRequest {
///     inputs: vec![
///         Input { name: "agent.yaml".into(), text: manifest.into() },
///         Input { name: "nodes.yaml".into(), text: nodes.into() },
///     ],
///     ..PlanRequest::default()
/// });
/// assert!(answer.daemon_sets[0].nodes[0].should_run);
/// ```
pub fn plan(request: &PlanRequest) -> Plan {
    let mut session = Session::default();
    session.set_platform(request.platform);
    session.set_settings(request.settings.clone());
    session.set_now(request.now.as_deref());
    for input in &request.inputs {
        session.set_input(&input.name, input.text.as_bytes());
    }
    session.plan()
}

/// Inputs and switches. An input is read once, when it is set; planning reads no text again.
#[derive(Debug, Default)]
pub struct Session {
    platform: Platform,
    overrides: SettingsOverrides,
    reads: Vec<InputRead>,
    next: SourceId,
    now: Option<Millis>,
}

impl Session {
    /// Adds an input, or replaces the one of that name in its place. The bytes are UTF-8 or UTF-16 text.
    pub fn set_input(&mut self, name: &str, bytes: &[u8]) {
        let old = self.reads.iter().position(|read| read.source.name == name);
        let id = match old.and_then(|at| self.reads.get(at)) {
            Some(read) => read.id,
            None => self.next,
        };
        let read = input::read(id, name, bytes);
        if let Some(place) = old.and_then(|at| self.reads.get_mut(at)) {
            *place = read;
        } else {
            self.reads.push(read);
            self.next = self.next.saturating_add(1);
        }
    }

    /// Takes an input away; says whether there was one.
    pub fn remove_input(&mut self, name: &str) -> bool {
        let before = self.reads.len();
        self.reads.retain(|read| read.source.name != name);
        self.reads.len() < before
    }

    /// Chooses a preset; single switches stay as they were set.
    pub fn set_platform(&mut self, platform: Platform) {
        self.platform = platform;
    }

    /// Sets the single switches, all of them.
    pub fn set_settings(&mut self, overrides: SettingsOverrides) {
        self.overrides = overrides;
    }

    /// Sets the time of the sync, as the API writes times (`2026-11-24T12:00:00Z`); says whether it is one. Without a
    /// time, pods that are Ready have been so for long.
    pub fn set_now(&mut self, time: Option<&str>) -> bool {
        let read = time.map(Time::parse);
        self.now = read.flatten().map(|time| time.unix().saturating_mul(1_000));
        read.is_none_or(|time| time.is_some())
    }

    /// The switches in force, without what the inputs add.
    pub fn settings(&self) -> Settings {
        self.platform.settings().with(&self.overrides)
    }

    /// The inputs' texts, in their order.
    pub fn sources(&self) -> Vec<&SourceText> {
        self.reads.iter().map(|read| &read.source).collect()
    }

    /// The nodes of all inputs, in the order of a plan's nodes.
    pub fn nodes(&self) -> Vec<&Node> {
        let (cluster, _) = Cluster::new(self.reads.iter().map(|read| &read.objects));
        cluster.nodes().to_vec()
    }

    /// For each of [`Session::nodes`]: the place of its input in the order of the inputs, its first line and its
    /// last, counted from 1.
    pub fn node_lines(&self) -> Vec<u32> {
        let mut lines = Vec::new();
        for node in self.nodes() {
            let mut inputs = self.reads.iter().zip(0u32..);
            let found = inputs.find(|(read, _)| read.id == node.place.source);
            let (input, first, last) = found.map_or((u32::MAX, 0, 0), |(read, at)| {
                let place = Location::new(&read.source, node.place.span);
                (at, place.start.line, place.end.line)
            });
            lines.extend([input, first, last]);
        }
        lines
    }

    /// The pods that the DaemonSets get on the node of this name, in the order of a plan's DaemonSets; those whose
    /// manifest does not decode are left out. `None` if the inputs have no such node.
    pub fn pods(&self, node: &str) -> Option<Vec<PodPlan>> {
        build::with_world(self.settings(), self.now, &self.reads, |world, _| {
            pod::pods(world, node)
        })
    }

    /// Plans what is there now.
    pub fn plan(&self) -> Plan {
        build::with_world(
            self.settings(),
            self.now,
            &self.reads,
            |world, duplicates| build::plan(self.platform, world, duplicates),
        )
    }
}
