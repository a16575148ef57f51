//! Which nodes a `DaemonSet`'s pods belong on.
//!
//! The controller judges an imaginary pod per node: the template with the automatic tolerations. Two
//! answers come out, because a node may take no new pod and still keep the one it has. Nothing here looks at
//! existing pods. Why a node is refused, [`account`](super::account) tells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::selector::toleration::untolerated;
use crate::selector::{
    CompiledNodeSelector, FeatureGates, Labels, NodeSelector, Taint, Toleration, with_automatic,
};

/// What the controller thinks of one node. `should_run` implies `should_continue_running`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// A node without a pod of the `DaemonSet` gets one.
    pub should_run: bool,
    /// A pod that is there may stay.
    pub should_continue_running: bool,
}

impl Verdict {
    /// A pod is made and may stay.
    pub const RUN: Self = Self {
        should_run: true,
        should_continue_running: true,
    };
    /// No new pod, but one that is there may stay.
    pub const KEEP: Self = Self {
        should_run: false,
        should_continue_running: true,
    };
    /// No pod.
    pub const REFUSE: Self = Self {
        should_run: false,
        should_continue_running: false,
    };
}

/// The parts of a pod template that decide where its pods go.
#[derive(Clone, Copy, Debug)]
pub struct TemplateView<'a> {
    /// `spec.nodeName`, empty where absent.
    pub node_name: &'a str,
    /// `spec.nodeSelector`.
    pub node_selector: &'a BTreeMap<String, String>,
    /// `spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`.
    pub required_node_affinity: Option<&'a NodeSelector>,
    /// `spec.tolerations`, without the automatic ones.
    pub tolerations: &'a [Toleration],
    /// `spec.hostNetwork`.
    pub host_network: bool,
}

/// The parts of a node that the controller looks at, borrowed from whatever holds them.
#[derive(Debug)]
pub struct NodeView<'a, L: ?Sized> {
    /// `metadata.name`.
    pub name: &'a str,
    /// `metadata.labels`.
    pub labels: &'a L,
    /// `spec.taints`, in the node's order.
    pub taints: &'a [Taint],
}

impl<L: ?Sized> Clone for NodeView<'_, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L: ?Sized> Copy for NodeView<'_, L> {}

/// A template that was compiled once, to judge many nodes.
#[derive(Clone, Debug)]
pub struct CompiledDaemon {
    pub(super) node_name: String,
    /// In key order.
    pub(super) node_selector: Vec<(String, String)>,
    pub(super) affinity: Option<CompiledNodeSelector>,
    pub(super) tolerations: Vec<Toleration>,
    pub(super) gates: FeatureGates,
}

impl CompiledDaemon {
    /// Compiles a template with the default feature gates.
    pub fn new(template: TemplateView<'_>) -> Self {
        Self::with_gates(template, FeatureGates::default())
    }

    /// Compiles a template. That never fails: what is wrong in it matches no node.
    pub fn with_gates(template: TemplateView<'_>, gates: FeatureGates) -> Self {
        let pairs = template.node_selector.iter();
        Self {
            node_name: template.node_name.to_owned(),
            node_selector: pairs.map(|(k, v)| (k.clone(), v.clone())).collect(),
            affinity: template.required_node_affinity.map(NodeSelector::compile),
            tolerations: with_automatic(template.tolerations, template.host_network),
            gates,
        }
    }

    /// Whether the template binds its pods to a node by name.
    pub fn is_bound(&self) -> bool {
        !self.node_name.is_empty()
    }

    /// The tolerations that its pods have: the template's and the automatic ones.
    pub fn tolerations(&self) -> &[Toleration] {
        &self.tolerations
    }

    /// Judges one node.
    ///
    /// Cost: O(requirements + taints × tolerations), with one look-up of a label a requirement; allocates
    /// nothing.
    ///
    /// Source: `NodeShouldRunDaemonPod`, Kubernetes 1.37; rules.
    pub fn judge<L: Labels + ?Sized>(&self, node: NodeView<'_, L>) -> Verdict {
        // the first step that applies decides.
        if !self.node_name_fits(node.name)
            || !self.node_selector_fits(node.labels)
            || !self.required_affinity_fits(node)
        {
            return Verdict::REFUSE;
        }
        let mut verdict = Verdict::RUN;
        for (_, taint) in untolerated(
            node.taints,
            &self.tolerations,
            self.gates,
            Taint::keeps_away,
        ) {
            if taint.evicts() {
                return Verdict::REFUSE;
            }
            verdict = Verdict::KEEP;
        }
        verdict
    }

    /// The template names no node, or this one.
    pub(super) fn node_name_fits(&self, name: &str) -> bool {
        self.node_name.is_empty() || self.node_name == name
    }

    /// Every label of the template's `nodeSelector` is there with exactly this value.
    pub(super) fn node_selector_fits(&self, labels: &(impl Labels + ?Sized)) -> bool {
        self.node_selector
            .iter()
            .all(|(key, value)| labels.get(key) == Some(value))
    }

    /// The required node affinity matches, or there is none.
    pub(super) fn required_affinity_fits<L: Labels + ?Sized>(&self, node: NodeView<'_, L>) -> bool {
        let affinity = self.affinity.as_ref();
        affinity.is_none_or(|affinity| affinity.matches(node.labels, node.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [(&str, &str); 0] = [];

    fn node(taints: &[Taint]) -> NodeView<'_, [(&'static str, &'static str); 0]> {
        NodeView {
            name: "n1",
            labels: &NONE,
            taints,
        }
    }

    fn template(node_selector: &BTreeMap<String, String>) -> TemplateView<'_> {
        TemplateView {
            node_name: "",
            node_selector,
            required_node_affinity: None,
            tolerations: &[],
            host_network: false,
        }
    }

    #[test]
    fn a_cordoned_node_still_gets_its_pod() {
        //
        let any = BTreeMap::new();
        let taints = [Taint::new(
            "node.kubernetes.io/unschedulable",
            "",
            "NoSchedule",
        )];
        assert_eq!(
            CompiledDaemon::new(template(&any)).judge(node(&taints)),
            Verdict::RUN
        );
    }

    #[test]
    fn the_network_taint_keeps_only_pods_without_host_network_away() {
        //
        let any = BTreeMap::new();
        let taints = [Taint::new(
            "node.kubernetes.io/network-unavailable",
            "",
            "NoSchedule",
        )];
        for (host_network, wanted) in [(false, Verdict::KEEP), (true, Verdict::RUN)] {
            let template = TemplateView {
                host_network,
                ..template(&any)
            };
            assert_eq!(CompiledDaemon::new(template).judge(node(&taints)), wanted);
        }
    }

    #[test]
    fn a_pod_may_stay_where_only_new_ones_are_kept_away() {
        //
        let any = BTreeMap::new();
        let daemon = CompiledDaemon::new(template(&any));
        let not_ready = "node.kubernetes.io/not-ready";
        for (effects, wanted) in [
            (&["NoSchedule"][..], Verdict::KEEP),
            (&["NoExecute"], Verdict::RUN),
            (&["NoExecute", "NoSchedule"], Verdict::KEEP),
            (&["PreferNoSchedule", "noexecute"], Verdict::RUN),
        ] {
            let taints: Vec<_> = effects
                .iter()
                .map(|e| Taint::new(not_ready, "", e))
                .collect();
            assert_eq!(daemon.judge(node(&taints)), wanted, "{effects:?}");
        }
        let taints = [
            Taint::new("a", "", "NoSchedule"),
            Taint::new("b", "", "NoExecute"),
        ];
        assert_eq!(daemon.judge(node(&taints)), Verdict::REFUSE);
    }

    #[test]
    fn a_node_selector_that_does_not_match_evicts_whatever_the_taints() {
        //
        let wanted = BTreeMap::from([("disk".to_owned(), String::new())]);
        let daemon = CompiledDaemon::new(template(&wanted));
        let taints = [Taint::new("a", "", "NoSchedule")];
        assert_eq!(daemon.judge(node(&taints)), Verdict::REFUSE);
        let labelled = NodeView {
            name: "n1",
            labels: &[("disk", "")],
            taints: &taints,
        };
        assert_eq!(daemon.judge(labelled), Verdict::KEEP);
    }

    #[test]
    fn a_template_that_names_a_node_runs_there_only() {
        let any = BTreeMap::new();
        for (node_name, wanted) in [("n1", Verdict::RUN), ("N1", Verdict::REFUSE)] {
            let template = TemplateView {
                node_name,
                ..template(&any)
            };
            assert_eq!(CompiledDaemon::new(template).judge(node(&[])), wanted);
        }
    }
}
