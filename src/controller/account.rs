//! Why a node is refused: everything that is in the way, not just the first thing.

use super::eligibility::{CompiledDaemon, NodeView, Verdict};
use crate::selector::toleration::untolerated;
use crate::selector::{Labels, Taint, TermFailure};

/// A verdict with its reasons, borrowed from the compiled template and the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account<'a> {
    /// The same as [`CompiledDaemon::judge`] gives.
    pub verdict: Verdict,
    /// The template's `nodeName` is empty or this node's.
    pub node_name_fits: bool,
    /// Node selector and required node affinity match.
    pub node_affinity_fits: bool,
    /// The error in matching the affinity, in Kubernetes' own words; the controller drops it and takes the
    /// node as not matching (R-120).
    pub affinity_error: Option<&'a str>,
    /// The first taint of the node that keeps new pods away (R-104), whatever else is in the way.
    pub untolerated_taint: Option<&'a Taint>,
    /// Everything that is in the way; none exactly where `should_run` holds. Each one of them keeps
    /// `should_run` false, and all but the taints without `evicts` keep `should_continue_running` false.
    pub reasons: Vec<Reason<'a>>,
}

/// One thing that keeps a `DaemonSet`'s pods off a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason<'a> {
    /// The template names another node.
    NodeName {
        /// The name in the template.
        wanted: &'a str,
    },
    /// An entry of the template's `nodeSelector`.
    NodeSelector {
        /// The label.
        key: &'a str,
        /// The value that it must have.
        wanted: &'a str,
        /// The value that the node has, `None` where it has no such label.
        found: Option<&'a str>,
    },
    /// The required node affinity is there and has no terms, so no node matches (R-113).
    NoTerms,
    /// A term of the required node affinity; there is one of these for every term.
    Term(TermFailure<'a>),
    /// A taint that keeps new pods away and that nothing tolerates.
    Taint {
        /// Its place in the node's list, from 0.
        index: usize,
        /// The taint.
        taint: &'a Taint,
        /// Its effect is `NoExecute`: a pod that is there must go.
        evicts: bool,
    },
}

impl CompiledDaemon {
    /// Judges one node and gives every reason.
    pub fn account<'a, L: Labels + ?Sized>(&'a self, node: NodeView<'a, L>) -> Account<'a> {
        let mut reasons = vec![];
        let node_name_fits = self.node_name_fits(node.name);
        if !node_name_fits {
            reasons.push(Reason::NodeName {
                wanted: &self.node_name,
            });
        }
        let node_selector_fits = self.node_selector_fits(node.labels);
        reasons.extend(self.node_selector.iter().filter_map(|(key, wanted)| {
            let found = node.labels.get(key);
            (found != Some(wanted)).then_some(Reason::NodeSelector { key, wanted, found })
        }));
        let required_affinity_fits = self.required_affinity_fits(node);
        let mut affinity_error = None;
        if let Some(affinity) = &self.affinity
            && !required_affinity_fits
        {
            if affinity.is_empty() {
                reasons.push(Reason::NoTerms);
            }
            let failures = affinity.failures(node.labels, node.name);
            reasons.extend(failures.into_iter().map(Reason::Term));
            // Where the node selector does not match, the affinity is not evaluated (R-112).
            affinity_error = affinity.error().filter(|_| node_selector_fits);
        }
        let taints = untolerated(
            node.taints,
            &self.tolerations,
            self.gates,
            Taint::keeps_away,
        );
        reasons.extend(taints.map(|(index, taint)| Reason::Taint {
            index,
            taint,
            evicts: taint.evicts(),
        }));
        let untolerated_taint = reasons.iter().find_map(|reason| match reason {
            Reason::Taint { taint, .. } => Some(*taint),
            _ => None,
        });
        Account {
            verdict: self.judge(node),
            node_name_fits,
            node_affinity_fits: node_selector_fits && required_affinity_fits,
            affinity_error,
            untolerated_taint,
            reasons,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::controller::TemplateView;
    use crate::selector::{NodeSelector, TermProblem};

    #[test]
    fn everything_in_the_way_is_told_and_not_just_the_first() {
        let node_selector = BTreeMap::from(
            [("disk", "ssd"), ("zone", "a")].map(|(k, v)| (k.to_owned(), v.to_owned())),
        );
        let affinity: NodeSelector = serde_json::from_str(
            r#"{"nodeSelectorTerms": [{}, {"matchExpressions": [{"key": "a", "operator": "is"}]}]}"#,
        )
        .unwrap();
        let daemon = CompiledDaemon::new(TemplateView {
            node_name: "n2",
            node_selector: &node_selector,
            required_node_affinity: Some(&affinity),
            tolerations: &[],
            host_network: false,
        });
        let taints = [
            Taint::new("soft", "", "PreferNoSchedule"),
            Taint::new("new", "", "NoSchedule"),
            Taint::new("all", "", "NoExecute"),
        ];
        let account = daemon.account(NodeView {
            name: "n1",
            labels: &[("disk", "hdd")],
            taints: &taints,
        });
        assert_eq!(account.verdict, Verdict::REFUSE);
        assert!(!account.node_name_fits && !account.node_affinity_fits);
        assert_eq!(account.affinity_error, None); // the node selector fails first: R-112
        assert_eq!(account.untolerated_taint, Some(&taints[1]));
        assert_eq!(account.reasons.len(), 7);
        assert_eq!(account.reasons[0], Reason::NodeName { wanted: "n2" });
        let (key, wanted) = ("disk", "ssd");
        let found = Some("hdd");
        assert_eq!(
            account.reasons[1],
            Reason::NodeSelector { key, wanted, found }
        );
        let (key, wanted) = ("zone", "a");
        let found = None;
        assert_eq!(
            account.reasons[2],
            Reason::NodeSelector { key, wanted, found }
        );
        assert!(matches!(
            account.reasons[3],
            Reason::Term(TermFailure {
                term: 0,
                problem: TermProblem::Empty
            })
        ));
        assert!(matches!(
            account.reasons[4],
            Reason::Term(TermFailure { term: 1, problem: TermProblem::Unusable(errors) }) if errors.len() == 1
        ));
        let taint = |index, evicts| Reason::Taint {
            index,
            taint: &taints[index],
            evicts,
        };
        assert_eq!(account.reasons[5..], [taint(1, false), taint(2, true)]);
    }

    #[test]
    fn an_affinity_without_terms_is_a_reason_of_its_own() {
        // R-113
        let (any, affinity) = (BTreeMap::new(), NodeSelector::default());
        let daemon = CompiledDaemon::new(TemplateView {
            node_name: "",
            node_selector: &any,
            required_node_affinity: Some(&affinity),
            tolerations: &[],
            host_network: false,
        });
        let none: [(&str, &str); 0] = [];
        let account = daemon.account(NodeView {
            name: "n1",
            labels: &none,
            taints: &[],
        });
        assert_eq!(account.reasons, [Reason::NoTerms]);
        assert_eq!(account.affinity_error, None);
    }
}
