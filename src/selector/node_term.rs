//! One term of a node selector, compiled: usable, or every error in it.

use super::field_error::{FieldPath, invalid, not_supported};
use super::node_selector::{NodeSelectorRequirement, NodeSelectorTerm};
use super::quote::{json, json_list};
use super::{Labels, Operator, Requirement};

/// The only field of a node that `matchFields` can ask for.
const NAME_FIELD: &str = "metadata.name";

/// Which of a term's two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequirementList {
    /// `matchExpressions`, on labels.
    MatchExpressions,
    /// `matchFields`, on fields.
    MatchFields,
}

impl RequirementList {
    /// The list's name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MatchExpressions => "matchExpressions",
            Self::MatchFields => "matchFields",
        }
    }
}

/// Something in a requirement that makes its whole term unusable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermError {
    /// The list that the requirement stands in.
    pub list: RequirementList,
    /// Its place in the list, from 0.
    pub index: usize,
    /// Kubernetes' own text, which begins with the path from `nodeSelectorTerms` on.
    pub message: String,
}

/// A requirement that a node does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmetRequirement<'a> {
    /// The list that the requirement stands in.
    pub list: RequirementList,
    /// Its place in the list, from 0.
    pub index: usize,
    /// The label or field that it asks for.
    pub key: &'a str,
    /// How it compares.
    pub operator: Operator,
    /// What it compares with.
    pub values: &'a [String],
    /// The node's value; `None` where the node has no such label, or where there is no such field.
    pub found: Option<&'a str>,
}

/// A compiled term.
#[derive(Clone, Debug)]
pub(super) enum Term {
    /// Neither list has a requirement: no node matches.
    Empty,
    /// Some requirement is wrong: no node matches.
    Unusable(Vec<TermError>),
    /// Every requirement must hold. The lists are in the order of the object.
    Usable {
        expressions: Vec<Requirement>,
        fields: Vec<FieldRequirement>,
    },
}

/// A usable requirement of `matchFields`.
#[derive(Clone, Debug)]
pub(super) struct FieldRequirement {
    key: String,
    operator: Operator,
    values: [String; 1],
}

impl FieldRequirement {
    fn matches(&self, node_name: &str) -> bool {
        let [wanted] = &self.values;
        // A field that is not there has the empty value.
        let found = self.found(node_name).unwrap_or_default();
        (found == wanted) == (self.operator == Operator::In)
    }

    fn found<'a>(&self, node_name: &'a str) -> Option<&'a str> {
        (self.key == NAME_FIELD).then_some(node_name)
    }
}

impl Term {
    /// Compiles a term that stands at `path`.
    ///
    /// Source: `newNodeSelectorTerm`, component-helpers `scheduling/corev1/nodeaffinity`.
    pub(super) fn compile(term: &NodeSelectorTerm, path: &FieldPath) -> Self {
        if term.match_expressions.is_empty() && term.match_fields.is_empty() {
            return Self::Empty;
        }
        let mut errors = vec![];
        let list = RequirementList::MatchExpressions;
        let expressions =
            compile_list(list, &term.match_expressions, path, &mut errors, expression);
        let list = RequirementList::MatchFields;
        let fields = compile_list(list, &term.match_fields, path, &mut errors, field);
        if errors.is_empty() {
            Self::Usable {
                expressions,
                fields,
            }
        } else {
            Self::Unusable(errors)
        }
    }

    /// Whether a node matches. Allocates nothing.
    pub(super) fn matches(&self, labels: &(impl Labels + ?Sized), node_name: &str) -> bool {
        match self {
            Self::Empty | Self::Unusable(_) => false,
            Self::Usable {
                expressions,
                fields,
            } => {
                expressions.iter().all(|r| r.matches(labels))
                    // A node without a name has no fields, and then they are not asked.
                    && (node_name.is_empty() || fields.iter().all(|r| r.matches(node_name)))
            }
        }
    }

    /// Every requirement of a usable term that a node does not meet.
    pub(super) fn unmet<'a, L: Labels + ?Sized>(
        &'a self,
        labels: &'a L,
        node_name: &'a str,
    ) -> Vec<UnmetRequirement<'a>> {
        let Self::Usable {
            expressions,
            fields,
        } = self
        else {
            return vec![];
        };
        let expressions = expressions.iter().enumerate();
        let expressions = expressions
            .map(|(index, r)| (index, r, labels.get(r.key())))
            .filter(|(_, r, found)| !r.matches_value(*found))
            .map(|(index, r, found)| UnmetRequirement {
                list: RequirementList::MatchExpressions,
                index,
                key: r.key(),
                operator: r.operator(),
                values: r.values(),
                found,
            });
        let asked = if node_name.is_empty() {
            &[]
        } else {
            &fields[..]
        };
        let fields = asked.iter().enumerate();
        let fields = fields
            .filter(|(_, r)| !r.matches(node_name))
            .map(|(index, r)| UnmetRequirement {
                list: RequirementList::MatchFields,
                index,
                key: &r.key,
                operator: r.operator,
                values: &r.values,
                found: r.found(node_name),
            });
        expressions.chain(fields).collect()
    }
}

/// Compiles each requirement of a list with `compile`; what is wrong goes to `errors`, all of it.
fn compile_list<R>(
    list: RequirementList,
    requirements: &[NodeSelectorRequirement],
    path: &FieldPath,
    errors: &mut Vec<TermError>,
    compile: impl Fn(&NodeSelectorRequirement, &FieldPath) -> Result<R, Vec<String>>,
) -> Vec<R> {
    let path = path.child(list.as_str());
    let mut compiled = Vec::with_capacity(requirements.len());
    for (index, requirement) in requirements.iter().enumerate() {
        match compile(requirement, &path.key(index)) {
            Ok(requirement) => compiled.push(requirement),
            Err(messages) => errors.extend(messages.into_iter().map(|message| TermError {
                list,
                index,
                message,
            })),
        }
    }
    compiled
}

fn expression(
    requirement: &NodeSelectorRequirement,
    path: &FieldPath,
) -> Result<Requirement, Vec<String>> {
    let operator = match requirement.operator.as_str() {
        "In" => Operator::In,
        "NotIn" => Operator::NotIn,
        "Exists" => Operator::Exists,
        "DoesNotExist" => Operator::DoesNotExist,
        "Gt" => Operator::Gt,
        "Lt" => Operator::Lt,
        other => {
            let supported = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
            let path = path.child("operator");
            return Err(vec![not_supported(&path, &json(other), &supported)]);
        }
    };
    Requirement::new_at(path, &requirement.key, operator, requirement.values.clone())
}

fn field(
    requirement: &NodeSelectorRequirement,
    path: &FieldPath,
) -> Result<FieldRequirement, Vec<String>> {
    let operator = match requirement.operator.as_str() {
        "In" => Operator::In,
        "NotIn" => Operator::NotIn,
        other => {
            let path = path.child("operator");
            return Err(vec![not_supported(&path, &json(other), &["In", "NotIn"])]);
        }
    };
    let [value] = &requirement.values[..] else {
        let shown = json_list(&requirement.values);
        return Err(vec![invalid(
            &path.child("values"),
            &shown,
            "must have one element",
        )]);
    };
    // Neither key nor value is checked.
    Ok(FieldRequirement {
        key: requirement.key.clone(),
        operator,
        values: [value.clone()],
    })
}
