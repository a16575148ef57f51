//! States for the tests of this room.

use std::collections::BTreeMap;

use super::{
    ApiServer, Backoffs, Circumstances, Millis, Owner, PodView, Readiness, Refusal, RevisionView,
    RollingUpdate, SetView, State, Status, Strategy, StrategyKind, TemplateId, Writes, sync,
};
use crate::controller::Verdict;
use crate::object::{IntOrString, PodPhase};
use crate::selector::LabelSelector;

type Labels = BTreeMap<String, String>;

/// The time of all syncs here.
pub(super) const NOW: Millis = 1_000_000;

/// A set named `set` with the template 0 and the hash `now`, and what surrounds it.
pub(super) struct Fixture {
    pub(super) strategy: Strategy,
    pub(super) min_ready_seconds: i32,
    pub(super) history_limit: i32,
    pub(super) template_generation: Option<&'static str>,
    pub(super) selector: Option<LabelSelector>,
    pub(super) generation: i64,
    pub(super) status: Status,
    pub(super) nodes: Vec<(String, Verdict)>,
    pub(super) pods: Vec<Pod>,
    pub(super) revisions: Vec<Revision>,
    pub(super) burst: usize,
    pub(super) awaiting: bool,
    pub(super) server: Server,
    pub(super) backoffs: Backoffs,
}

#[derive(Clone)]
pub(super) struct Pod {
    pub(super) name: String,
    pub(super) node: String,
    pub(super) hash: &'static str,
    pub(super) bound: bool,
    pub(super) orphan: bool,
    pub(super) phase: PodPhase,
    pub(super) readiness: Readiness,
    pub(super) terminating: bool,
    pub(super) created: Millis,
}

pub(super) struct Revision {
    pub(super) name: String,
    pub(super) hash: Option<String>,
    pub(super) orphan: bool,
    pub(super) number: i64,
    pub(super) template: u64,
}

#[derive(Default)]
pub(super) struct Server {
    pub(super) creates_left: Option<usize>,
    pub(super) namespace_terminating: bool,
    attempts: usize,
}

impl ApiServer for Server {
    fn hash(&mut self, _: Option<i32>) -> String {
        "new".to_owned()
    }

    fn create_pod(&mut self, node: &str) -> Result<String, Refusal> {
        self.attempts += 1;
        if self.creates_left.is_some_and(|left| self.attempts > left) {
            return Err(Refusal {
                message: "no".to_owned(),
                namespace_terminating: self.namespace_terminating,
            });
        }
        Ok(format!("{node}-{}", self.attempts))
    }
}

/// A running, ready, bound pod of the present template.
pub(super) fn pod(name: &str, node: &str) -> Pod {
    Pod {
        name: name.to_owned(),
        node: node.to_owned(),
        hash: "now",
        bound: true,
        orphan: false,
        phase: PodPhase::Running,
        readiness: Readiness::Ready(Some(0)),
        terminating: false,
        created: 0,
    }
}

impl Pod {
    pub(super) fn old(mut self) -> Self {
        self.hash = "old";
        self
    }

    pub(super) fn not_ready(mut self) -> Self {
        self.readiness = Readiness::NotReady;
        self
    }

    pub(super) fn terminating(mut self) -> Self {
        self.terminating = true;
        self
    }

    pub(super) fn in_phase(mut self, phase: PodPhase) -> Self {
        (self.phase, self.readiness) = (phase, Readiness::NotReady);
        self
    }

    pub(super) fn unbound(mut self) -> Self {
        (self.bound, self.phase, self.readiness) = (false, PodPhase::Pending, Readiness::NotReady);
        self
    }

    pub(super) fn orphan(mut self) -> Self {
        self.orphan = true;
        self
    }

    pub(super) fn created(mut self, created: Millis) -> Self {
        self.created = created;
        self
    }
}

/// An owned revision; the template 0 is the present one.
pub(super) fn revision(name: &str, number: i64, template: u64) -> Revision {
    Revision {
        name: name.to_owned(),
        hash: Some(if template == 0 { "now" } else { "old" }.to_owned()),
        orphan: false,
        number,
        template,
    }
}

/// A strategy with these limits.
pub(super) fn rolling(max_unavailable: i32, max_surge: i32) -> Strategy {
    Strategy {
        kind: StrategyKind::RollingUpdate,
        rolling_update: Some(RollingUpdate {
            max_unavailable: Some(IntOrString::Int(max_unavailable)),
            max_surge: Some(IntOrString::Int(max_surge)),
        }),
    }
}

impl Fixture {
    /// So many nodes `n0`, `n1` … that should run a pod, without pods; `OnDelete`; the revision is there.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            strategy: Strategy::default(),
            min_ready_seconds: 0,
            history_limit: 10,
            template_generation: None,
            selector: Some(LabelSelector {
                match_labels: Labels::from([("app".to_owned(), "set".to_owned())]),
                ..LabelSelector::default()
            }),
            generation: 1,
            status: Status::default(),
            nodes: (0..nodes)
                .map(|n| (format!("n{n}"), Verdict::RUN))
                .collect(),
            pods: vec![],
            revisions: vec![revision("set-now", 1, 0)],
            burst: super::BURST,
            awaiting: false,
            server: Server::default(),
            backoffs: Backoffs::default(),
        }
    }

    pub(super) fn with(mut self, pods: impl IntoIterator<Item = Pod>) -> Self {
        self.pods.extend(pods);
        self
    }

    pub(super) fn strategy(mut self, strategy: Strategy) -> Self {
        self.strategy = strategy;
        self
    }

    pub(super) fn sync(&mut self) -> (State, Writes) {
        let state = self.state();
        let circumstances = Circumstances {
            now: NOW,
            burst: self.burst,
            awaiting: self.awaiting,
        };
        let writes = sync(&state, circumstances, &mut self.backoffs, &mut self.server);
        (state, writes)
    }

    fn state(&self) -> State {
        let set = SetView {
            namespace: "ns",
            name: "set",
            uid: Some("uid"),
            generation: self.generation,
            terminating: false,
            template_generation: self.template_generation,
            selector: self.selector.as_ref(),
            strategy: self.strategy.clone(),
            min_ready_seconds: self.min_ready_seconds,
            history_limit: self.history_limit,
            template: TemplateId(0),
            status: self.status,
        };
        let labels = |hash: Option<&str>| -> Labels {
            let pairs = [("app", Some("set")), ("controller-revision-hash", hash)];
            let there = pairs.into_iter();
            there
                .filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())))
                .collect()
        };
        let pod_labels: Vec<_> = self.pods.iter().map(|pod| labels(Some(pod.hash))).collect();
        let owner = Owner::Controller {
            kind: "DaemonSet",
            name: "set",
            uid: "uid",
        };
        let pods = self
            .pods
            .iter()
            .zip(&pod_labels)
            .map(|(pod, labels)| PodView {
                name: &pod.name,
                labels,
                owner: if pod.orphan { Owner::None } else { owner },
                node_name: if pod.bound { &pod.node } else { "" },
                pinned_to: Some(&pod.node),
                phase: pod.phase,
                readiness: pod.readiness,
                terminating: pod.terminating,
                finalizers: false,
                created: Some(pod.created),
            });
        let revision_labels = self.revisions.iter().map(|one| labels(one.hash.as_deref()));
        let revision_labels: Vec<_> = revision_labels.collect();
        let revisions = self.revisions.iter().zip(&revision_labels);
        let revisions = revisions.map(|(revision, labels)| RevisionView {
            name: &revision.name,
            labels,
            controller_uid: (!revision.orphan).then_some("uid"),
            terminating: false,
            number: revision.number,
            template: TemplateId(revision.template),
        });
        let nodes = self.nodes.iter().map(|(name, verdict)| (&**name, *verdict));
        State::new(&set, nodes, pods, revisions)
    }
}

/// The names of the nodes that get a pod.
pub(super) fn created<'a>(state: &'a State, writes: &Writes) -> Vec<&'a str> {
    let nodes = writes.creates.iter().map(|one| one.node);
    nodes.map(|node| state.node_name(node)).collect()
}

/// The pods deleted, with the reasons.
pub(super) fn deleted<'a>(
    state: &'a State,
    writes: &Writes,
) -> Vec<(&'a str, super::DeleteReason)> {
    let deletes = writes.deletes.iter();
    deletes
        .map(|one| (state.pod_name(one.pod), one.why))
        .collect()
}
