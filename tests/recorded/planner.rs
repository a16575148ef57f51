//! What the planner says of a state: the objects go through its own reading, then the controller's next sync of
//! every daemon set is computed.

use std::collections::BTreeMap;
use std::sync::Arc;

use daemonset_planner::cluster::{Cluster, NodeLabels, namespace_of};
use daemonset_planner::controller::revision::{self, template_hash};
use daemonset_planner::controller::sync::{
    ApiServer, Backoffs, Circumstances, Millis, Owner, PodView, Readiness, Refusal, RevisionView,
    RollingUpdate, SetView, State, Status, Strategy, StrategyKind, TemplateId, Writes, sync,
};
use daemonset_planner::controller::{CompiledDaemon, NodeView, TemplateView};
use daemonset_planner::diagnostic::Severity;
use daemonset_planner::object::input::read;
use daemonset_planner::object::value::{Struct, Time, Value as Typed};
use daemonset_planner::object::{
    ControllerRevision, DaemonSet, IntOrString, ObjectMeta, Objects, Pod, PodReady,
};

use super::reader;

/// The objects as the planner reads them.
pub(crate) fn read_objects(objects: &reader::Objects) -> Result<Objects, String> {
    let json = objects.to_list().to_string();
    let read = read(0, "state.json", json.as_bytes());
    let mut errors = read.diagnostics.iter();
    match errors.find(|finding| finding.severity == Severity::Error) {
        Some(error) => Err(format!("not read: {}", error.message)),
        None => Ok(read.objects),
    }
}

/// What the controller would do with a daemon set now.
pub(crate) struct Answer {
    /// The set as the API server stores it.
    pub(crate) stored: Arc<Struct>,
    /// All that the next sync writes and counts.
    pub(crate) writes: Writes,
}

/// Syncs every daemon set once, by namespace and name.
pub(crate) fn sync_all(objects: &Objects, now: Millis) -> Result<Vec<Answer>, String> {
    let (cluster, duplicates) = Cluster::new([objects]);
    if !duplicates.named.is_empty() {
        return Err(format!("objects stand twice: {:?}", duplicates.named));
    }
    let sets = cluster.daemon_sets().iter();
    sets.map(|set| sync_one(&cluster, set, now)).collect()
}

fn sync_one(cluster: &Cluster<'_>, set: &DaemonSet, now: Millis) -> Result<Answer, String> {
    let stored = set.stored.clone().ok_or("the daemon set is not decoded")?;
    let mut templates = BTreeMap::new();
    let mut number = |data: String| {
        let next = templates.len() as u64;
        TemplateId(*templates.entry(data).or_insert(next))
    };
    let view = SetView {
        namespace: namespace_of(set),
        name: &set.meta.name,
        uid: set.meta.uid.as_deref(),
        template: number(revision::data(&stored)),
        selector: set.selector.as_ref(),
        terminating: set.meta.terminating,
        ..view(&stored)
    };
    let template = &set.template;
    let daemon = CompiledDaemon::new(TemplateView {
        node_name: &template.node_name,
        node_selector: &template.node_selector,
        required_node_affinity: template.required_node_affinity.as_ref(),
        tolerations: &template.tolerations,
        host_network: template.host_network,
    });
    let labels: Vec<NodeLabels<'_>> = cluster.nodes().iter().map(|&n| NodeLabels(n)).collect();
    let nodes = cluster.nodes().iter().zip(&labels).map(|(node, labels)| {
        let view = NodeView {
            name: &node.name,
            labels,
            taints: &node.taints,
        };
        (&*node.name, daemon.judge(view))
    });
    let is_near = |meta: &ObjectMeta| meta.namespace.as_deref() == Some(namespace_of(set));
    let pods = cluster.pods().iter().filter(|pod| is_near(&pod.meta));
    let revisions = cluster.revisions().iter();
    let revisions: Vec<_> = revisions
        .filter(|revision| is_near(&revision.meta))
        .map(|one| revision_view(one, number(one.data.clone())))
        .collect();
    let pods = pods.map(|pod| pod_view(pod));
    let state = State::new(&view, nodes, pods, revisions);
    let circumstances = Circumstances::at(now);
    let mut server = Server(&stored);
    let writes = sync(&state, circumstances, &mut Backoffs::default(), &mut server);
    Ok(Answer { stored, writes })
}

fn whole<T: TryFrom<i64> + Default>(fields: &Struct, json: &str) -> T {
    let number = fields.int(json).unwrap_or_default();
    T::try_from(number).unwrap_or_default()
}

fn limit(rolling: &Struct, json: &str) -> Option<IntOrString> {
    match rolling.get(json)? {
        Typed::IntOrString(limit) => Some(limit.clone()),
        _ => None,
    }
}

/// The set as a sync sees it, as far as its stored form alone says it.
fn view(stored: &Struct) -> SetView<'_> {
    let none = || Struct::new(stored.type_id());
    let part = |path: &[&str]| stored.at(path).cloned().unwrap_or_else(none);
    let (spec, status) = (part(&["spec"]), part(&["status"]));
    let strategy = part(&["spec", "updateStrategy"]);
    let rolling = strategy.at(&["rollingUpdate"]);
    let meta = stored.at(&["metadata"]);
    let generation = meta
        .and_then(|meta| meta.map("annotations"))
        .and_then(|map| map.get("deprecated.daemonset.template.generation"));
    SetView {
        namespace: "",
        name: "",
        uid: None,
        generation: meta.and_then(|meta| meta.int("generation")).unwrap_or(0),
        terminating: false,
        template_generation: generation.and_then(Typed::as_text),
        selector: None,
        strategy: Strategy {
            kind: match strategy.text("type") {
                "RollingUpdate" => StrategyKind::RollingUpdate,
                _ => StrategyKind::OnDelete,
            },
            rolling_update: rolling.map(|rolling| RollingUpdate {
                max_unavailable: limit(rolling, "maxUnavailable"),
                max_surge: limit(rolling, "maxSurge"),
            }),
        },
        min_ready_seconds: whole(&spec, "minReadySeconds"),
        history_limit: whole(&spec, "revisionHistoryLimit"),
        template: TemplateId(0),
        status: Status {
            observed_generation: whole(&status, "observedGeneration"),
            desired: whole(&status, "desiredNumberScheduled"),
            current: whole(&status, "currentNumberScheduled"),
            misscheduled: whole(&status, "numberMisscheduled"),
            ready: whole(&status, "numberReady"),
            updated: whole(&status, "updatedNumberScheduled"),
            available: whole(&status, "numberAvailable"),
            unavailable: whole(&status, "numberUnavailable"),
            collision_count: status
                .int("collisionCount")
                .map(|_| whole(&status, "collisionCount")),
        },
    }
}

fn millis(time: &str) -> Option<Millis> {
    Time::parse(time).map(|time| time.unix() * 1_000)
}

fn pod_view(pod: &Pod) -> PodView<'_, daemonset_planner::object::LabelMap> {
    let mut owners = pod.meta.owner_references.iter();
    PodView {
        name: &pod.meta.name,
        labels: &pod.meta.labels,
        owner: owners
            .find(|owner| owner.controller)
            .map_or(Owner::None, |owner| Owner::Controller {
                kind: &owner.kind,
                name: &owner.name,
                uid: &owner.uid,
            }),
        node_name: &pod.node_name,
        pinned_to: pod.target_node(),
        phase: pod.phase,
        readiness: match &pod.ready {
            PodReady::NotReady => Readiness::NotReady,
            PodReady::Ready(since) => Readiness::Ready(since.as_deref().and_then(millis)),
        },
        terminating: pod.meta.terminating,
        finalizers: pod.finalizers,
        created: pod.meta.creation_timestamp.as_deref().and_then(millis),
    }
}

fn revision_view(
    revision: &ControllerRevision,
    template: TemplateId,
) -> RevisionView<'_, daemonset_planner::object::LabelMap> {
    let mut owners = revision.meta.owner_references.iter();
    RevisionView {
        name: &revision.meta.name,
        labels: &revision.meta.labels,
        controller_uid: owners
            .find(|owner| owner.controller)
            .map(|owner| &*owner.uid),
        terminating: revision.meta.terminating,
        number: revision.number,
        template,
    }
}

/// Nothing should be asked of it at rest; what is asked is answered, so that it shows among the writes.
struct Server<'a>(&'a Struct);

impl ApiServer for Server<'_> {
    fn hash(&mut self, collisions: Option<i32>) -> String {
        hash(self.0, collisions).unwrap_or_else(|error| error)
    }

    fn create_pod(&mut self, node: &str) -> Result<String, Refusal> {
        Ok(format!("a pod for {node}"))
    }
}

/// The hash of a set's template with this collision count.
pub(crate) fn hash(set: &Struct, collisions: Option<i32>) -> Result<String, String> {
    let mut set = set.clone();
    let status = set.struct_mut("status").ok_or("no status")?;
    match collisions {
        Some(count) => status.set("collisionCount", Typed::Int(count.into())),
        None => drop(status.remove("collisionCount")),
    }
    template_hash(&set).map_err(|error| error.to_string())
}
