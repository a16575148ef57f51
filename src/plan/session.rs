//! Inputs that stay, and are asked again and again: what a page or a long-running tool holds.

use std::cell::OnceCell;

use crate::admission::settings::{Platform, Settings, SettingsOverrides};
use crate::cluster;
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
    session.plan_anew()
}

/// Inputs and switches. An input is read once, when it is set; planning reads no text again.
#[derive(Debug, Default)]
pub struct Session {
    platform: Platform,
    overrides: SettingsOverrides,
    reads: Vec<InputRead>,
    next: SourceId,
    now: Option<Millis>,
    /// The plan of what is there now, once it was asked for.
    planned: OnceCell<Plan>,
}

impl Session {
    /// Adds an input, or replaces the one of that name in its place. The bytes are UTF-8 or UTF-16 text.
    pub fn set_input(&mut self, name: &str, bytes: &[u8]) {
        self.planned = OnceCell::new();
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
        self.planned = OnceCell::new();
        let before = self.reads.len();
        self.reads.retain(|read| read.source.name != name);
        self.reads.len() < before
    }

    /// Chooses a preset; single switches stay as they were set.
    pub fn set_platform(&mut self, platform: Platform) {
        self.planned = OnceCell::new();
        self.platform = platform;
    }

    /// Sets the single switches, all of them.
    pub fn set_settings(&mut self, overrides: SettingsOverrides) {
        self.planned = OnceCell::new();
        self.overrides = overrides;
    }

    /// Sets the time of the sync, as the API writes times (`2026-11-24T12:00:00Z`); says whether it is one. Without a
    /// time, pods that are Ready have been so for long.
    pub fn set_now(&mut self, time: Option<&str>) -> bool {
        self.planned = OnceCell::new();
        let read = time.map(Time::parse);
        self.now = read.flatten().map(Time::unix_millis);
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
        cluster::nodes(self.reads.iter().map(|read| &read.objects))
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

    /// The plan of what is there now. It is made once, and again only when an input or a switch has changed.
    pub fn plan(&self) -> &Plan {
        self.planned.get_or_init(|| self.plan_anew())
    }

    fn plan_anew(&self) -> Plan {
        build::with_world(
            self.settings(),
            self.now,
            &self.reads,
            |world, duplicates| build::plan(self.platform, world, duplicates),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_made_again_only_after_a_change() {
        let mut session = Session::default();
        session.set_input(
            "nodes",
            b"kind: Node\napiVersion: v1\nmetadata: {name: n1}\n",
        );
        let first: *const Plan = session.plan();
        assert!(std::ptr::eq(first, session.plan()));
        assert_eq!(session.plan().inputs.len(), 1);
        session.set_input("more", b"");
        assert_eq!(session.plan().inputs.len(), 2);
        session.set_platform(Platform::Openshift4);
        assert_eq!(session.plan().platform, Platform::Openshift4);
        assert!(session.remove_input("more"));
        assert_eq!(session.plan().inputs.len(), 1);
        assert!(!session.set_now(Some("noon")) && session.set_now(None));
    }
}
