//! Judging all nodes of a cluster, which are much alike.
//!
//! The verdicts are those of [`CompiledDaemon::judge`]; only what it takes to come to them is less.

use super::eligibility::{CompiledDaemon, NodeView, Verdict};
use crate::selector::{FeatureGates, Labels, Taint, Toleration};

impl CompiledDaemon {
    /// Judges many nodes; the verdicts stand in their order.
    ///
    /// Goes through the nodes twice, once for the labels and once for the taints: what a node has lies strewn
    /// about the memory, and the less is done with each, the more of them the processor fetches at once.
    pub fn judge_all<'a, L: Labels + ?Sized + 'a>(
        &self,
        nodes: impl Iterator<Item = NodeView<'a, L>> + Clone,
    ) -> Vec<Verdict> {
        // Where each label of the node selector stood at the node before: mostly it stands there again.
        let mut places = vec![0; self.node_selector.len()];
        let mut node_selector_fits = |labels: &L| {
            let mut wanted = self.node_selector.iter().zip(&mut places);
            wanted.all(|((key, value), place)| labels.get_near(key, place) == Some(value)) // R-111
        };
        let fits = nodes.clone().map(|node| {
            self.node_name_fits(node.name)
                && node_selector_fits(node.labels)
                && self.required_affinity_fits(node)
        });
        let fits: Vec<bool> = fits.collect();
        let tolerant = Tolerant::new(self);
        let verdicts = nodes.zip(fits).map(|(node, fits)| {
            if fits {
                tolerant.of(node.taints)
            } else {
                Verdict::REFUSE // R-102
            }
        });
        verdicts.collect()
    }
}

/// The tolerations of a template, by the effect that they are about.
struct Tolerant<'a> {
    no_schedule: Vec<&'a Toleration>,
    no_execute: Vec<&'a Toleration>,
    gates: FeatureGates,
}

impl<'a> Tolerant<'a> {
    fn new(daemon: &'a CompiledDaemon) -> Self {
        let about = |effect| {
            let tolerations = daemon.tolerations.iter();
            tolerations.filter(|one| one.is_for(effect)).collect()
        };
        Self {
            no_schedule: about("NoSchedule"),
            no_execute: about("NoExecute"),
            gates: daemon.gates,
        }
    }

    /// What taints make of a node that fits otherwise (R-103).
    fn of(&self, taints: &[Taint]) -> Verdict {
        let tolerated = |taint: &Taint, tolerations: &[&Toleration]| {
            let mut tolerations = tolerations.iter();
            tolerations.any(|one| one.tolerates_pair(taint, self.gates))
        };
        let mut verdict = Verdict::RUN;
        for taint in taints {
            if taint.evicts() {
                if !tolerated(taint, &self.no_execute) {
                    return Verdict::REFUSE;
                }
            } else if taint.keeps_away() && !tolerated(taint, &self.no_schedule) {
                verdict = Verdict::KEEP;
            }
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::controller::TemplateView;
    use crate::object::LabelMap;

    /// All lists of one and two taints out of some, and none.
    fn taint_lists() -> Vec<Vec<Taint>> {
        let mut taints = vec![];
        for key in ["a", "b", "node.kubernetes.io/not-ready"] {
            for (value, effect) in [
                ("", "NoSchedule"),
                ("1", "NoExecute"),
                ("1", "NoSchedule"),
                ("", "PreferNoSchedule"),
                ("", "noexecute"),
            ] {
                taints.push(Taint::new(key, value, effect));
            }
        }
        let pairs = taints
            .iter()
            .flat_map(|a| taints.iter().map(move |b| vec![a.clone(), b.clone()]));
        let ones = taints.iter().map(|taint| vec![taint.clone()]);
        std::iter::once(vec![]).chain(ones).chain(pairs).collect()
    }

    #[test]
    fn many_nodes_are_judged_as_each_by_itself() {
        let labels: Vec<LabelMap> = [
            &[("disk", "ssd"), ("zone", "a")][..],
            &[("arch", "arm64"), ("disk", "ssd"), ("zone", "a")],
            &[("disk", "hdd"), ("zone", "a")],
            &[("zone", "a")],
            &[],
        ]
        .into_iter()
        .map(|pairs| pairs.iter().copied().collect())
        .collect();
        let tolerations: Vec<Toleration> = serde_json::from_str(
            r#"[{"key": "a", "value": "1"}, {"key": "b", "operator": "Exists", "effect": "NoExecute"},
                {"operator": "Exists", "effect": "PreferNoSchedule"}, {"key": "b", "operator": "Lt", "value": "2"}]"#,
        )
        .unwrap();
        let selectors = [
            BTreeMap::new(),
            BTreeMap::from([
                ("disk".to_owned(), "ssd".to_owned()),
                ("zone".to_owned(), "a".to_owned()),
            ]),
        ];
        let mut met = std::collections::HashSet::new();
        for node_selector in &selectors {
            for node_name in ["", "n1"] {
                let daemon = CompiledDaemon::new(TemplateView {
                    node_name,
                    node_selector,
                    required_node_affinity: None,
                    tolerations: &tolerations,
                    host_network: false,
                });
                let lists = taint_lists();
                let nodes = lists.iter().flat_map(|taints| {
                    let named = labels.iter().zip(["n1", "n2", "n1", "n1", "n1"]);
                    named.map(move |(labels, name)| NodeView {
                        name,
                        labels,
                        taints,
                    })
                });
                let verdicts = daemon.judge_all(nodes.clone());
                assert_eq!(verdicts.len(), lists.len() * labels.len());
                for (node, verdict) in nodes.zip(verdicts) {
                    assert_eq!(verdict, daemon.judge(node), "{node:?}");
                    met.insert(verdict);
                }
            }
        }
        assert_eq!(met.len(), 3, "each verdict is met");
    }
}
