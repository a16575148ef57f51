//! What the planner says of a state: the objects go through its own reading, then the controller's next sync of
//! every daemon set is computed.

use std::sync::Arc;

use daemonset_planner::cluster::{Cluster, NodeLabels, namespace_of};
use daemonset_planner::controller::revision::{self, hash_printed, printed};
use daemonset_planner::controller::sync::{
    ApiServer, Backoffs, Circumstances, Millis, PodView, Refusal, RevisionView, SetView, State,
    Templates, Writes, sync,
};
use daemonset_planner::controller::{CompiledDaemon, NodeView, TemplateView};
use daemonset_planner::diagnostic::Severity;
use daemonset_planner::object::input::read;
use daemonset_planner::object::value::Struct;
use daemonset_planner::object::{DaemonSet, ObjectMeta, Objects};

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
    let mut templates = Templates::default();
    let template = templates.id(&revision::data(&stored));
    let view = SetView::of(namespace_of(set), set, Some(&stored), template);
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
        .map(|one| RevisionView::of(one, templates.id(&one.data)))
        .collect();
    let pods = pods.map(|pod| PodView::of(pod, &pod.meta.labels));
    let state = State::new(&view, nodes, pods, revisions);
    let circumstances = Circumstances::at(now);
    let mut server = Server(&stored);
    let writes = sync(&state, circumstances, &mut Backoffs::default(), &mut server);
    Ok(Answer { stored, writes })
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
    let printed = printed(set).map_err(|error| error.to_string())?;
    Ok(hash_printed(&printed, collisions.map(i64::from)))
}
