//! The merge doctor: for each node, whether the controller makes a pod and whether that pod, as admitted, would
//! be let onto it.

use std::collections::BTreeMap;

use crate::admission::PluginRefusal;
use crate::admission::facts::PodFacts;
use crate::cluster::{NodeLabels, namespace_of};
use crate::controller::{CompiledDaemon, NodeView, TemplateView, Verdict};
use crate::object::{DaemonSet, Node};
use crate::plan::answer::Outcome;
use crate::plan::next_sync::{Deed, Deeds};
use crate::plan::world::World;
use crate::selector::Labels as _;

/// The verdicts on one node, and what becomes of its pods.
#[derive(Clone, Debug)]
pub(crate) struct NodeState<'a> {
    pub(crate) node: &'a Node,
    /// The controller's verdict as upstream has it, by the template alone.
    pub(crate) template: Verdict,
    /// The verdict of the platform's controller.
    pub(crate) verdict: Verdict,
    /// What the next sync does here.
    pub(crate) deeds: Deeds<'a>,
    /// What becomes of a pod here as far as node selectors decide it; `None` where the template wants none.
    pub(crate) outcome: Option<Outcome>,
    /// Pods that wait here for ever because of the selector that was merged into them.
    pub(crate) stuck: Vec<&'a str>,
}

impl NodeState<'_> {
    /// Whether the template allows the node and a merged selector takes it away.
    pub(crate) fn is_lost(&self) -> bool {
        self.outcome
            .is_some_and(|outcome| outcome != Outcome::Admitted)
    }
}

/// What admission makes of the DaemonSet's pods.
pub(crate) type Admitted = Result<BTreeMap<String, String>, PluginRefusal>;

/// A DaemonSet that was compiled to be judged against any state.
#[derive(Debug)]
pub(crate) struct Patient<'s> {
    pub(crate) set: &'s DaemonSet,
    pub(crate) compiled: CompiledDaemon,
}

impl<'s> Patient<'s> {
    pub(crate) fn new(set: &'s DaemonSet) -> Self {
        let template = &set.template;
        let compiled = CompiledDaemon::new(TemplateView {
            node_name: &template.node_name,
            node_selector: &template.node_selector,
            required_node_affinity: template.required_node_affinity.as_ref(),
            tolerations: &template.tolerations,
            host_network: template.host_network,
        });
        Self { set, compiled }
    }

    /// What admission makes of its pods in this world.
    pub(crate) fn admit(&self, world: &World<'_>) -> Admitted {
        let namespace = namespace_of(self.set);
        let pod = PodFacts {
            namespace,
            name: "",
            node_name: &self.set.template.node_name,
            node_selector: &self.set.template.node_selector,
        };
        world
            .admission
            .admit(world.facts(namespace), pod, &world.cluster)
    }

    /// The verdicts on every node, in name order.
    pub(crate) fn judge<'a>(&self, world: &World<'a>) -> Vec<NodeState<'a>>
    where
        's: 'a,
    {
        let selectors = world.controller_selectors(namespace_of(self.set));
        let nodes = world.cluster.nodes();
        let labels: Vec<NodeLabels<'_>> = nodes.iter().map(|node| NodeLabels(node)).collect();
        let views = nodes.iter().zip(&labels).map(|(node, labels)| NodeView {
            name: &node.name,
            labels,
            taints: &node.taints,
        });
        let templates = self.compiled.judge_all(views);
        let judged = nodes.iter().zip(&labels).zip(templates);
        judged
            .map(|((&node, labels), template)| NodeState {
                node,
                template,
                verdict: selectors.judge(template, labels),
                deeds: Deeds::default(),
                outcome: None,
                stuck: vec![],
            })
            .collect()
    }

    /// Says for each node that the template allows what becomes of a pod there.
    pub(crate) fn examine(&self, states: &mut [NodeState<'_>], admitted: &Admitted) {
        for state in states {
            if state.template == Verdict::RUN {
                self.outcome(state, admitted);
            }
        }
    }

    /// What the merged selector does on a node that the template allows.
    fn outcome(&self, state: &mut NodeState<'_>, admitted: &Admitted) {
        if state.verdict != Verdict::RUN {
            state.outcome = Some(Outcome::NoPod);
            return;
        }
        let labels = NodeLabels(state.node);
        let fits = |selector: &BTreeMap<String, String>| {
            selector
                .iter()
                .all(|(key, value)| labels.get(key) == Some(value))
        };
        let outcome = match admitted {
            Ok(merged) if fits(merged) => Outcome::Admitted,
            Ok(_) if self.compiled.is_bound() => Outcome::Rejected,
            Ok(_) => Outcome::Pending,
            Err(_) => Outcome::Refused,
        };
        let kept = || {
            let pods = state.deeds.pods.iter();
            pods.filter(|one| one.deed == Deed::Keep).map(|one| one.pod)
        };
        // A pod that waits carries the selector that was merged into it when it was made.
        let waits = |pod: &&crate::object::Pod| {
            let waiting = pod.phase == crate::object::PodPhase::Pending && pod.node_name.is_empty();
            waiting && !pod.from_table && !fits(&pod.node_selector)
        };
        state.stuck = kept().filter(waits).map(|pod| &*pod.meta.name).collect();
        state.outcome = Some(match outcome {
            Outcome::Admitted if state.stuck.is_empty() => Outcome::Admitted,
            // R-397, last row: what runs stays.
            _ if state.stuck.is_empty() && kept().next().is_some() => Outcome::Stays,
            _ if !state.stuck.is_empty() => Outcome::Pending,
            other => other,
        });
    }
}
