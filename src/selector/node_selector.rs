//! Node selectors, the required node affinity of pods: the API's types and the compiled form.

use serde::{Deserialize, Serialize};

use super::field_error::{FieldPath, aggregate};
use super::node_term::{Term, TermError, UnmetRequirement};
use super::{Labels, null_as_default};

/// `v1.NodeSelector`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelector {
    /// `nodeSelectorTerms`; one of them must match.
    #[serde(deserialize_with = "null_as_default")]
    pub node_selector_terms: Vec<NodeSelectorTerm>,
}

/// `v1.NodeSelectorTerm`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelectorTerm {
    /// `matchExpressions`, on labels; all must hold.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub match_expressions: Vec<NodeSelectorRequirement>,
    /// `matchFields`, on fields; all must hold.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub match_fields: Vec<NodeSelectorRequirement>,
}

/// `v1.NodeSelectorRequirement`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelectorRequirement {
    /// `key`.
    #[serde(deserialize_with = "null_as_default")]
    pub key: String,
    /// `operator` as written, also a wrong one.
    #[serde(deserialize_with = "null_as_default")]
    pub operator: String,
    /// `values`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub values: Vec<String>,
}

/// A node selector that was compiled once, to be matched many times.
///
/// ```
/// use daemonset_planner::selector::NodeSelector;
///
/// let selector: NodeSelector = serde_json::from_str(
///     r#"{"nodeSelectorTerms": [{"matchExpressions": [{"key": "disk", "operator": "In", "values": ["ssd"]}]}]}"#,
/// )?;
/// let selector = selector.compile();
/// assert!(selector.matches(&[("disk", "ssd")], "node-1"));
/// assert_eq!(selector.failures(&[("disk", "hdd")], "node-1").len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CompiledNodeSelector {
    terms: Vec<Term>,
    error: Option<String>,
}

/// Why one term does not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermFailure<'a> {
    /// The term's place in `nodeSelectorTerms`, from 0.
    pub term: usize,
    /// What is the matter with it.
    pub problem: TermProblem<'a>,
}

/// What keeps a term from matching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermProblem<'a> {
    /// It has no requirements, and so matches no node (R-114).
    Empty,
    /// It has errors, all of them here, and so matches no node (R-119).
    Unusable(&'a [TermError]),
    /// The node does not meet these of its requirements.
    Unmet(Vec<UnmetRequirement<'a>>),
}

impl NodeSelector {
    /// Compiles the selector. That never fails: a term with errors matches nothing (R-120), and
    /// [`CompiledNodeSelector::error`] tells them.
    ///
    /// Source: `NewLazyErrorNodeSelector`, component-helpers `scheduling/corev1/nodeaffinity`.
    pub fn compile(&self) -> CompiledNodeSelector {
        let path = FieldPath::NIL.child("nodeSelectorTerms");
        let terms = self.node_selector_terms.iter().enumerate();
        let terms: Vec<Term> = terms
            .map(|(i, term)| Term::compile(term, &path.key(i)))
            .collect();
        let errors = terms.iter().filter_map(|term| match term {
            Term::Unusable(errors) => Some(errors),
            _ => None,
        });
        let error = aggregate(errors.flatten().map(|error| error.message.as_str()));
        CompiledNodeSelector { terms, error }
    }
}

impl CompiledNodeSelector {
    /// Whether a node matches: one term must (R-114); without terms none does (R-113). Allocates nothing.
    pub fn matches(&self, labels: &(impl Labels + ?Sized), node_name: &str) -> bool {
        self.terms
            .iter()
            .any(|term| term.matches(labels, node_name))
    }

    /// The errors of all terms as one text (R-121), `None` if every term is usable. A strict reader refuses
    /// the selector with it; matching says it only where no term matched (R-120).
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// Whether a node matches, and the error that matching reports beside a `false` (R-120).
    pub fn matches_or_error(
        &self,
        labels: &(impl Labels + ?Sized),
        node_name: &str,
    ) -> (bool, Option<&str>) {
        if self.matches(labels, node_name) {
            (true, None)
        } else {
            (false, self.error())
        }
    }

    /// How many terms there are, empty and unusable ones included.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term at all; then no node matches.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Why a node does not match: for every term everything that is in the way. Empty if some term matches,
    /// and also if there is no term.
    pub fn failures<'a, L: Labels + ?Sized>(
        &'a self,
        labels: &'a L,
        node_name: &'a str,
    ) -> Vec<TermFailure<'a>> {
        if self.matches(labels, node_name) {
            return vec![];
        }
        let terms = self.terms.iter().enumerate();
        terms
            .map(|(index, term)| TermFailure {
                term: index,
                problem: match term {
                    Term::Empty => TermProblem::Empty,
                    Term::Unusable(errors) => TermProblem::Unusable(errors),
                    Term::Usable { .. } => TermProblem::Unmet(term.unmet(labels, node_name)),
                },
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::RequirementList;
    use super::*;

    const NONE: [(&str, &str); 0] = [];

    fn compile(json: &str) -> CompiledNodeSelector {
        serde_json::from_str::<NodeSelector>(json)
            .unwrap()
            .compile()
    }

    #[test]
    fn a_selector_without_terms_or_with_empty_ones_matches_no_node() {
        // R-113, R-114
        for (json, failures) in [
            (r"{}", vec![]),
            (r#"{"nodeSelectorTerms": null}"#, vec![]),
            (
                r#"{"nodeSelectorTerms": [{"matchFields": null}]}"#,
                vec![TermFailure {
                    term: 0,
                    problem: TermProblem::Empty,
                }],
            ),
        ] {
            let selector = compile(json);
            assert_eq!(selector.matches_or_error(&NONE, "n1"), (false, None));
            assert_eq!(selector.failures(&NONE, "n1"), failures);
        }
    }

    #[test]
    fn a_bad_term_is_forgiven_where_another_matches() {
        // R-120
        let selector = compile(
            r#"{"nodeSelectorTerms": [
                {"matchExpressions": [{"key": "a", "operator": "in", "values": ["x"]}, {"key": "b", "operator": "Exists", "values": ["y"]}]},
                {"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n1"]}]}]}"#,
        );
        let error = "[nodeSelectorTerms[0].matchExpressions[0].operator: Unsupported value: \"in\": supported values: \"In\", \"NotIn\", \"Exists\", \"DoesNotExist\", \"Gt\", \"Lt\", nodeSelectorTerms[0].matchExpressions[1].values: Invalid value: [\"y\"]: values set must be empty for exists and does not exist]";
        assert_eq!(selector.matches_or_error(&NONE, "n1"), (true, None));
        assert_eq!(selector.matches_or_error(&NONE, "n2"), (false, Some(error)));
        assert_eq!(selector.error(), Some(error));
    }

    #[test]
    fn every_failed_requirement_of_every_term_is_named() {
        let selector = compile(
            r#"{"nodeSelectorTerms": [
                {"matchExpressions": [
                    {"key": "disk", "operator": "In", "values": ["ssd"]},
                    {"key": "zone", "operator": "Exists"},
                    {"key": "cores", "operator": "Gt", "values": ["8"]}],
                 "matchFields": [{"key": "metadata.name", "operator": "NotIn", "values": ["n1"]}]},
                {"matchFields": [{"key": "metadata.uid", "operator": "In", "values": ["u"]}]}]}"#,
        );
        let labels = [("disk", "hdd"), ("zone", "a")];
        let failures = selector.failures(&labels, "n1");
        let named: Vec<_> = failures
            .iter()
            .flat_map(|failure| match &failure.problem {
                TermProblem::Unmet(unmet) => unmet
                    .iter()
                    .map(|u| (failure.term, u.list, u.index, u.found))
                    .collect(),
                _ => vec![],
            })
            .collect();
        assert_eq!(
            named,
            [
                (0, RequirementList::MatchExpressions, 0, Some("hdd")),
                (0, RequirementList::MatchExpressions, 2, None),
                (0, RequirementList::MatchFields, 0, Some("n1")),
                (1, RequirementList::MatchFields, 0, None),
            ]
        );
    }

    #[test]
    fn fields_are_not_asked_of_a_node_without_a_name() {
        // R-116
        let selector = compile(
            r#"{"nodeSelectorTerms": [{"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n1"]}]}]}"#,
        );
        assert!(selector.matches(&NONE, ""));
        assert!(!selector.matches(&NONE, "n2"));
    }

    #[test]
    fn an_unknown_field_has_the_empty_value() {
        // R-116
        let field = |operator: &str, value: &str| {
            compile(&format!(
                r#"{{"nodeSelectorTerms": [{{"matchFields": [{{"key": "spec.x", "operator": "{operator}", "values": ["{value}"]}}]}}]}}"#
            ))
            .matches(&NONE, "n1")
        };
        assert!(field("In", "") && !field("In", "v"));
        assert!(!field("NotIn", "") && field("NotIn", "v"));
    }
}
