//! A small cluster for the properties of a sync: writes are applied to it, and it lives on in between.

use std::collections::BTreeMap;

use daemonset_planner::controller::Verdict;
use daemonset_planner::controller::sync::{
    ApiServer, Backoffs, Circumstances, Millis, Owner, PodId, PodView, Readiness, Refusal,
    RevisionView, SetView, State, Status, Strategy, TemplateId, Writes, sync,
};
use daemonset_planner::object::PodPhase;
use daemonset_planner::selector::LabelSelector;

type Labels = BTreeMap<String, String>;

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) now: Millis,
    pub(crate) nodes: Vec<(String, Verdict)>,
    pub(crate) pods: Vec<Pod>,
    pub(crate) revisions: Vec<Revision>,
    pub(crate) update: Strategy,
    pub(crate) min_ready_seconds: i32,
    pub(crate) history_limit: i32,
    pub(crate) template: u64,
    pub(crate) template_generation: Option<String>,
    pub(crate) terminating: bool,
    pub(crate) status: Status,
    pub(crate) backoffs: Backoffs,
    /// Pods created so far; their names are made of it.
    created: usize,
}

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // as many as the object has
pub(crate) struct Pod {
    pub(crate) name: String,
    pub(crate) node: Option<String>,
    pub(crate) bound: bool,
    pub(crate) matches: bool,
    /// 0: the set; 1: a set of the same name and another uid; 2: another kind; 3: nobody.
    pub(crate) owner: u8,
    pub(crate) hash: String,
    pub(crate) generation: String,
    pub(crate) phase: PodPhase,
    pub(crate) readiness: Readiness,
    pub(crate) terminating: bool,
    pub(crate) finalizers: bool,
    pub(crate) created: Option<Millis>,
}

#[derive(Clone, Debug)]
pub(crate) struct Revision {
    pub(crate) name: String,
    pub(crate) matches: bool,
    /// 0: the set; 1: another; 2: nobody.
    pub(crate) owner: u8,
    pub(crate) hash: Option<String>,
    pub(crate) number: i64,
    pub(crate) template: u64,
    pub(crate) terminating: bool,
}

struct Server {
    template: u64,
    created: usize,
}

impl ApiServer for Server {
    fn hash(&mut self, collision_count: Option<i32>) -> String {
        // Of one template without a collision it is a name that may be taken.
        match collision_count {
            None => format!("r{}", self.template),
            Some(count) => format!("t{}-{count}", self.template),
        }
    }

    fn create_pod(&mut self, node: &str) -> Result<String, Refusal> {
        self.created += 1;
        Ok(format!("new-{node}-{}", self.created))
    }
}

impl World {
    pub(crate) fn new(update: Strategy, template: u64) -> Self {
        Self {
            now: 0,
            nodes: vec![],
            pods: vec![],
            revisions: vec![],
            update,
            min_ready_seconds: 0,
            history_limit: 10,
            template,
            template_generation: None,
            terminating: false,
            status: Status::default(),
            backoffs: Backoffs::default(),
            created: 0,
        }
    }

    /// One sync; changes nothing but the memory of back-offs.
    pub(crate) fn sync(&mut self) -> (State, Writes) {
        let state = self.state();
        let writes = self.sync_of(&state);
        (state, writes)
    }

    fn sync_of(&mut self, state: &State) -> Writes {
        let mut server = Server {
            template: self.template,
            created: self.created,
        };
        let circumstances = Circumstances::at(self.now);
        sync(state, circumstances, &mut self.backoffs, &mut server)
    }

    fn state(&self) -> State {
        let (pods, revisions) = self.all_labels();
        let nodes = self.nodes.iter().map(|(name, verdict)| (&**name, *verdict));
        let pods = self.pods.iter().zip(&pods);
        let revisions = self.revisions.iter().zip(&revisions);
        State::new(
            &self.set(&selector()),
            nodes,
            pods.map(|(pod, labels)| pod.view(labels)),
            revisions.map(|(revision, labels)| revision.view(labels)),
        )
    }

    /// This world's state, made by editing that of another one.
    pub(crate) fn state_from(&self, other: &Self) -> State {
        let mut state = other.state();
        let (pods, revisions) = self.all_labels();
        state.edit(|edit| {
            edit.put_set(&self.set(&selector()));
            for (name, _) in other.nodes.iter().skip(self.nodes.len()) {
                edit.put_node(name, None);
            }
            for (name, verdict) in &self.nodes {
                edit.put_node(name, Some(*verdict));
            }
            for (place, (pod, labels)) in self.pods.iter().zip(&pods).enumerate() {
                let view = pod.view(labels);
                if place < other.pods.len() {
                    edit.put_pod(PodId(u32::try_from(place).unwrap()), &view);
                } else {
                    edit.add_pod(&view);
                }
            }
            for place in self.pods.len()..other.pods.len() {
                edit.remove_pod(PodId(u32::try_from(place).unwrap()));
            }
            let revisions = self.revisions.iter().zip(&revisions);
            edit.put_revisions(revisions.map(|(revision, labels)| revision.view(labels)));
            edit.put_status(self.status);
        });
        state
    }

    fn set<'a>(&'a self, selector: &'a LabelSelector) -> SetView<'a> {
        SetView {
            namespace: "ns",
            name: "set",
            uid: Some("uid"),
            generation: 2,
            terminating: self.terminating,
            template_generation: self.template_generation.as_deref(),
            selector: Some(selector),
            strategy: self.update.clone(),
            min_ready_seconds: self.min_ready_seconds,
            history_limit: self.history_limit,
            template: TemplateId(self.template),
            status: self.status,
        }
    }

    /// The labels of all pods and of all revisions.
    fn all_labels(&self) -> (Vec<Labels>, Vec<Labels>) {
        let pods = self.pods.iter().map(|pod| {
            let generation = ("pod-template-generation", Some(pod.generation.as_str()));
            let hash = ("controller-revision-hash", Some(pod.hash.as_str()));
            labels(pod.matches, &[hash, generation])
        });
        let revisions = self.revisions.iter().map(|revision| {
            let hash = ("controller-revision-hash", revision.hash.as_deref());
            labels(revision.matches, &[hash])
        });
        (pods.collect(), revisions.collect())
    }

    /// One sync told in names instead of places.
    pub(crate) fn told(&mut self) -> String {
        let state = self.state();
        self.told_of(&state)
    }

    /// The same of a state that was made in another way.
    pub(crate) fn told_of(&mut self, state: &State) -> String {
        let mut writes = self.sync_of(state);
        let pods = |ids: &[_]| -> Vec<String> {
            ids.iter()
                .map(|&id| state.pod_name(id).to_owned())
                .collect()
        };
        let revisions = |ids: &[_]| -> Vec<String> {
            ids.iter()
                .map(|&id| state.revision_name(id).to_owned())
                .collect()
        };
        let creates: Vec<_> = std::mem::take(&mut writes.creates)
            .into_iter()
            .map(|one| (state.node_name(one.node).to_owned(), one.name, one.why))
            .collect();
        let deletes: Vec<_> = std::mem::take(&mut writes.deletes)
            .into_iter()
            .map(|one| (state.pod_name(one.pod).to_owned(), one.why))
            .collect();
        let create_choices: Vec<_> = std::mem::take(&mut writes.create_choices)
            .into_iter()
            .map(|choice| {
                let from = choice.from.iter().map(|&id| state.node_name(id).to_owned());
                (from.collect::<Vec<_>>(), choice.count)
            })
            .collect();
        let delete_choices: Vec<_> = std::mem::take(&mut writes.delete_choices)
            .into_iter()
            .map(|choice| (pods(&choice.from), choice.count))
            .collect();
        let revision_choices: Vec<_> = std::mem::take(&mut writes.revision_delete_choices)
            .into_iter()
            .map(|choice| (revisions(&choice.from), choice.count))
            .collect();
        let pods = [
            pods(&std::mem::take(&mut writes.adopts)),
            pods(&std::mem::take(&mut writes.releases)),
        ];
        let relabels: Vec<_> = std::mem::take(&mut writes.relabels)
            .into_iter()
            .map(|one| (state.pod_name(one.pod).to_owned(), one.hash))
            .collect();
        let updated: Vec<_> = std::mem::take(&mut writes.revisions_updated)
            .into_iter()
            .map(|one| {
                let name = state.revision_name(one.revision).to_owned();
                (name, one.number, one.hash)
            })
            .collect();
        let revisions = [
            revisions(&std::mem::take(&mut writes.revisions_deleted)),
            revisions(&std::mem::take(&mut writes.revisions_adopted)),
            revisions(&std::mem::take(&mut writes.revisions_released)),
        ];
        let choices = (create_choices, delete_choices, revision_choices);
        let told = (
            creates, deletes, choices, pods, relabels, updated, revisions,
        );
        format!("{told:#?}\n{writes:#?}")
    }

    /// Whether these writes change nothing any more: an error that stays and a deletion repeated are no change.
    pub(crate) fn rests_after(&self, writes: &Writes) -> bool {
        let mut quiet = writes.clone();
        quiet
            .deletes
            .retain(|one| !self.pods[one.pod.0 as usize].terminating);
        if quiet.deletes.is_empty() {
            (quiet.by, quiet.awaited) = (None, (0, 0));
        }
        quiet.error = None;
        quiet.events.clear();
        quiet.is_nothing()
    }

    /// What the API server makes of the writes.
    pub(crate) fn apply(&mut self, state: &State, writes: &Writes) {
        for id in &writes.adopts {
            self.pods[id.0 as usize].owner = 0;
        }
        for id in &writes.releases {
            self.pods[id.0 as usize].owner = 3;
        }
        for one in &writes.relabels {
            self.pods[one.pod.0 as usize].hash = one.hash.to_string();
        }
        for one in &writes.deletes {
            self.pods[one.pod.0 as usize].terminating = true;
        }
        for id in &writes.revisions_adopted {
            self.revisions[id.0 as usize].owner = 0;
        }
        for id in &writes.revisions_released {
            self.revisions[id.0 as usize].owner = 2;
        }
        for one in &writes.revisions_updated {
            let revision = &mut self.revisions[one.revision.0 as usize];
            (revision.number, revision.hash) = (one.number, Some(one.hash.to_string()));
        }
        let deleted = writes.revisions_deleted.iter();
        let deleted: Vec<_> = deleted.map(|&id| state.revision_name(id)).collect();
        self.revisions
            .retain(|revision| !deleted.contains(&&*revision.name));
        if let Some(created) = &writes.revision_created {
            self.revisions.push(Revision {
                name: created.name.clone(),
                matches: true,
                owner: 0,
                hash: Some(created.hash.to_string()),
                number: created.number,
                template: self.template,
                terminating: false,
            });
        }
        let generation = self.template_generation.as_ref();
        let generation = generation.and_then(|text| text.parse::<i64>().ok());
        for one in &writes.creates {
            self.created += 1;
            self.pods.push(Pod {
                name: one.name.clone(),
                node: Some(state.node_name(one.node).to_owned()),
                bound: false,
                matches: true,
                owner: 0,
                hash: writes.hash.as_deref().unwrap_or_default().to_owned(),
                generation: generation
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
                phase: PodPhase::Pending,
                readiness: Readiness::NotReady,
                terminating: false,
                finalizers: false,
                created: Some(self.now),
            });
        }
        if let Some(status) = writes.status {
            self.status = status;
        }
    }

    /// An hour goes by: what terminates is gone, what was created runs.
    pub(crate) fn live(&mut self) {
        self.now += 3_600_000;
        self.pods.retain(|pod| !pod.terminating || pod.finalizers);
        let now = self.now;
        for pod in &mut self.pods {
            if pod.phase == PodPhase::Pending {
                pod.bound = pod.node.is_some();
                pod.phase = PodPhase::Running;
                pod.readiness = Readiness::Ready(Some(now));
            }
        }
    }
}

impl Pod {
    fn view<'a>(&'a self, labels: &'a Labels) -> PodView<'a, Labels> {
        let owner = |kind, uid| Owner::Controller {
            kind,
            name: "set",
            uid,
        };
        let node = self.node.as_deref();
        PodView {
            name: &self.name,
            labels,
            owner: match self.owner {
                0 => owner("DaemonSet", "uid"),
                1 => owner("DaemonSet", "earlier"),
                2 => owner("ReplicaSet", "uid"),
                _ => Owner::None,
            },
            node_name: node.filter(|_| self.bound).unwrap_or_default(),
            pinned_to: node,
            phase: self.phase,
            readiness: self.readiness,
            terminating: self.terminating,
            finalizers: self.finalizers,
            created: self.created,
        }
    }
}

impl Revision {
    fn view<'a>(&'a self, labels: &'a Labels) -> RevisionView<'a, Labels> {
        RevisionView {
            name: &self.name,
            labels,
            controller_uid: [Some("uid"), Some("else"), None][usize::from(self.owner)],
            terminating: self.terminating,
            number: self.number,
            template: TemplateId(self.template),
        }
    }
}

fn selector() -> LabelSelector {
    LabelSelector {
        match_labels: Labels::from([("app".to_owned(), "set".to_owned())]),
        ..LabelSelector::default()
    }
}

fn labels(matches: bool, pairs: &[(&str, Option<&str>)]) -> Labels {
    let pairs = pairs.iter().copied();
    pairs
        .chain([("app", matches.then_some("set"))])
        .filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())))
        .collect()
}
