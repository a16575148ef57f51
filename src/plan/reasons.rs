//! What keeps pods off a node, as data: where it stands, what was found and wanted, what would change it.

use crate::cluster::NodeLabels;
use crate::controller::{Account, Reason as Cause};
use crate::object::{DaemonSet, Node};
use crate::plan::answer::{Change, ObjectRef, PatchValue, Reason, ReasonCode, ReasonEffect};
use crate::plan::change::{add, label, none, remove, tolerate};
use crate::plan::world::World;
use crate::selector::label_name::check_value;
use crate::selector::{Operator, RequirementList, Taint, TermProblem, UnmetRequirement};

/// Where the template's required node affinity stands.
const AFFINITY: &str =
    "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";

/// What a reason is made from, but for the place in the text.
pub(crate) struct Draft {
    pub(crate) code: ReasonCode,
    pub(crate) effect: ReasonEffect,
    pub(crate) summary: String,
    pub(crate) path: String,
    pub(crate) found: String,
    pub(crate) wanted: String,
    pub(crate) sentence: String,
    pub(crate) change: Change,
}

impl Draft {
    /// A reason that lies in `object`, at `span`.
    pub(crate) fn at(self, object: ObjectRef, span: Option<crate::diagnostic::Location>) -> Reason {
        Reason {
            rule: self.code.rule().to_owned(),
            code: self.code,
            effect: self.effect,
            summary: self.summary,
            object,
            path: self.path,
            span,
            found: self.found,
            wanted: self.wanted,
            sentence: self.sentence,
            change: self.change,
        }
    }
}

/// The DaemonSet as an object.
pub(crate) fn set_ref(set: &DaemonSet) -> ObjectRef {
    ObjectRef {
        kind: "DaemonSet".to_owned(),
        namespace: Some(crate::cluster::namespace_of(set).to_owned()),
        name: set.meta.name.to_string(),
    }
}

/// The node as an object.
pub(crate) fn node_ref(node: &Node) -> ObjectRef {
    ObjectRef {
        kind: "Node".to_owned(),
        namespace: None,
        name: node.name.to_string(),
    }
}

/// Every reason of a controller's account.
pub(crate) fn of_account(
    world: &World<'_>,
    set: &DaemonSet,
    node: &Node,
    account: &Account<'_>,
) -> Vec<Reason> {
    let mut reasons = Vec::with_capacity(account.reasons.len());
    let in_template = |draft: Draft| {
        let span = set
            .places
            .get(&draft.path)
            .and_then(|span| world.locate_span(set.place, *span));
        draft.at(set_ref(set), span)
    };
    for cause in &account.reasons {
        match cause {
            Cause::NodeName { wanted } => reasons.push(in_template(node_name(set, node, wanted))),
            Cause::NodeSelector { key, wanted, found } => {
                reasons.push(in_template(selector_entry(node, key, wanted, *found)));
            }
            Cause::NoTerms => reasons.push(in_template(no_terms(set))),
            Cause::Term(failure) => {
                let term = failure.term;
                match &failure.problem {
                    TermProblem::Empty => reasons.push(in_template(empty_term(set, term))),
                    TermProblem::Unusable(errors) => {
                        reasons.extend(errors.iter().map(|error| {
                            in_template(unusable_term(
                                term,
                                error.list,
                                error.index,
                                &error.message,
                            ))
                        }));
                    }
                    TermProblem::Unmet(unmet) => {
                        reasons.extend(
                            unmet
                                .iter()
                                .map(|unmet| in_template(requirement(set, node, term, unmet))),
                        );
                    }
                }
            }
            Cause::Taint {
                index,
                taint,
                evicts,
            } => {
                let span = node
                    .taint_spans
                    .get(*index)
                    .and_then(|span| world.locate_span(node.place, *span));
                reasons
                    .push(untolerated(set, node, *index, taint, *evicts).at(node_ref(node), span));
            }
        }
    }
    reasons
}

fn node_name(set: &DaemonSet, node: &Node, wanted: &str) -> Draft {
    Draft {
        code: ReasonCode::NodeName,
        effect: ReasonEffect::Evicts,
        summary: format!("the template names the node {wanted}"),
        path: "spec.template.spec.nodeName".to_owned(),
        found: wanted.to_owned(),
        wanted: node.name.to_string(),
        sentence: format!(
            "The template's nodeName is {wanted}, so {} gets no pod.",
            node.name
        ),
        change: Change::Edit {
            object: set_ref(set),
            patch: vec![remove("/spec/template/spec/nodeName".to_owned())],
            sentence: "Remove spec.template.spec.nodeName from the manifest.".to_owned(),
            yaml: String::new(),
        },
    }
}

/// Whether the input leaves open if the node has this label, with the reason for it.
fn not_shown(node: &Node, key: &str, path: &str, wanted: &str) -> Option<Draft> {
    (!NodeLabels(node).shows(key)).then(|| Draft {
        code: ReasonCode::LabelsNotShown,
        effect: ReasonEffect::Evicts,
        summary: format!("the input does not show the label {key}"),
        path: path.to_owned(),
        found: String::new(),
        wanted: wanted.to_owned(),
        sentence: format!("The input does not show whether {} has the label {key}; it is taken to have none.", node.name),
        change: none("Paste the output of kubectl get nodes -o yaml instead: it shows every label and taint."),
    })
}

fn selector_entry(node: &Node, key: &str, wanted: &str, found: Option<&str>) -> Draft {
    let path = format!("spec.template.spec.nodeSelector.{key}");
    let name = &node.name;
    if found.is_none()
        && let Some(draft) = not_shown(node, key, &path, &format!("{key}={wanted}"))
    {
        return draft;
    }
    let change = match check_value(wanted) {
        Ok(()) => label(&[name], key, Some(wanted), found.is_some()),
        Err(message) => none(format!(
            "No node can have this label: {message}. Correct the value in the manifest."
        )),
    };
    let (code, summary, shown, sentence) = match found {
        None => (
            ReasonCode::SelectorLabelMissing,
            format!("no label {key}={wanted}"),
            "no such label".to_owned(),
            format!("{name} has no label {key}; the template's nodeSelector wants {key}={wanted}."),
        ),
        Some(value) => (
            ReasonCode::SelectorLabelDiffers,
            format!("label {key} is not {wanted:?}"),
            format!("{key}={value}"),
            format!(
                "{name} has the label {key}={value}; the template's nodeSelector wants {key}={wanted}."
            ),
        ),
    };
    Draft {
        code,
        effect: ReasonEffect::Evicts,
        summary,
        path,
        found: shown,
        wanted: format!("{key}={wanted}"),
        sentence,
        change,
    }
}

/// Takes the required affinity out of the manifest.
fn without_affinity(set: &DaemonSet) -> Change {
    let pointer = format!("/{}", AFFINITY.replace('.', "/"));
    Change::Edit {
        object: set_ref(set),
        patch: vec![remove(pointer)],
        sentence: format!("Remove {AFFINITY} from the manifest, or give it a term."),
        yaml: String::new(),
    }
}

fn no_terms(set: &DaemonSet) -> Draft {
    Draft {
        code: ReasonCode::AffinityWithoutTerms,
        effect: ReasonEffect::Evicts,
        summary: "the required node affinity has no terms".to_owned(),
        path: AFFINITY.to_owned(),
        found: "no nodeSelectorTerms".to_owned(),
        wanted: "at least one term".to_owned(),
        sentence: "The required node affinity has no terms, and so matches no node.".to_owned(),
        change: without_affinity(set),
    }
}

fn term_path(term: usize) -> String {
    format!("{AFFINITY}.nodeSelectorTerms[{term}]")
}

fn term_pointer(term: usize) -> String {
    format!("/{}/nodeSelectorTerms/{term}", AFFINITY.replace('.', "/"))
}

fn empty_term(set: &DaemonSet, term: usize) -> Draft {
    let terms = set
        .template
        .required_node_affinity
        .as_ref()
        .map_or(0, |affinity| affinity.node_selector_terms.len());
    let change = if terms > 1 {
        Change::Edit {
            object: set_ref(set),
            patch: vec![remove(term_pointer(term))],
            sentence: format!("Remove the empty term {}.", term_path(term)),
            yaml: String::new(),
        }
    } else {
        without_affinity(set)
    };
    Draft {
        code: ReasonCode::AffinityTermEmpty,
        effect: ReasonEffect::Evicts,
        summary: format!("term {term} of the required node affinity is empty"),
        path: term_path(term),
        found: "neither matchExpressions nor matchFields".to_owned(),
        wanted: "at least one requirement".to_owned(),
        sentence: format!(
            "Term {term} of the required node affinity is empty, and so matches no node."
        ),
        change,
    }
}

fn unusable_term(term: usize, list: RequirementList, index: usize, message: &str) -> Draft {
    Draft {
        code: ReasonCode::AffinityTermInvalid,
        effect: ReasonEffect::Evicts,
        summary: format!("term {term} of the required node affinity has an error"),
        path: format!("{}.{}[{index}]", term_path(term), list.as_str()),
        found: message.to_owned(),
        wanted: "a requirement that Kubernetes can read".to_owned(),
        sentence: format!(
            "Term {term} of the required node affinity never matches, because of an error ({message})."
        ),
        change: none("Only its author knows what the term was to say; correct it in the manifest."),
    }
}

fn requirement(set: &DaemonSet, node: &Node, term: usize, unmet: &UnmetRequirement<'_>) -> Draft {
    let path = format!(
        "{}.{}[{}]",
        term_path(term),
        unmet.list.as_str(),
        unmet.index
    );
    let wanted = demand(unmet);
    let name = &node.name;
    let field = unmet.list == RequirementList::MatchFields;
    if !field
        && unmet.found.is_none()
        && let Some(draft) = not_shown(node, unmet.key, &path, &wanted)
    {
        return draft;
    }
    let found = match unmet.found {
        Some(value) => format!("{}={value}", unmet.key),
        None => format!("no {}", unmet.key),
    };
    Draft {
        code: if field {
            ReasonCode::AffinityField
        } else {
            ReasonCode::AffinityExpression
        },
        effect: ReasonEffect::Evicts,
        summary: format!("required node affinity: {wanted}"),
        path,
        sentence: format!(
            "{name} has {found}; term {term} of the required node affinity wants {wanted}."
        ),
        found,
        wanted,
        change: if field {
            change_of_field(set, node, unmet)
        } else {
            change_of_label(name, unmet)
        },
    }
}

/// A requirement in words.
fn demand(unmet: &UnmetRequirement<'_>) -> String {
    let (key, values) = (unmet.key, unmet.values.join(", "));
    match unmet.operator {
        Operator::In | Operator::Equals | Operator::DoubleEquals => format!("{key} in ({values})"),
        Operator::NotIn | Operator::NotEquals => format!("{key} not in ({values})"),
        Operator::Exists => format!("a label {key}"),
        Operator::DoesNotExist => format!("no label {key}"),
        Operator::Gt => format!("{key} > {values}"),
        Operator::Lt => format!("{key} < {values}"),
    }
}

fn change_of_label(node: &str, unmet: &UnmetRequirement<'_>) -> Change {
    let there = unmet.found.is_some();
    let next_to = |step: i64| {
        let bound: i64 = unmet.values.first()?.parse().ok()?;
        // A label's value cannot begin with a sign, so there is nothing below zero.
        bound
            .checked_add(step)
            .filter(|value| *value >= 0)
            .map(|value| value.to_string())
    };
    let value = match unmet.operator {
        Operator::NotIn | Operator::NotEquals | Operator::DoesNotExist => {
            return label(&[node], unmet.key, None, false);
        }
        Operator::Exists => Some(String::new()),
        Operator::In | Operator::Equals | Operator::DoubleEquals => unmet.values.first().cloned(),
        Operator::Gt => next_to(1),
        Operator::Lt => next_to(-1),
    };
    match value {
        Some(value) => label(&[node], unmet.key, Some(&value), there),
        None => none("No value of a label can meet this; correct the manifest."),
    }
}

fn change_of_field(set: &DaemonSet, node: &Node, unmet: &UnmetRequirement<'_>) -> Change {
    let terms = format!("/{}/nodeSelectorTerms", AFFINITY.replace('.', "/"));
    match (unmet.key, unmet.operator) {
        // Terms are ORed: one for this node alone lets it in, whatever the others say of its name.
        ("metadata.name", Operator::In | Operator::NotIn) => {
            let field = PatchValue::fields([
                ("key", "metadata.name".into()),
                ("operator", "In".into()),
                ("values", PatchValue::List(vec![(&*node.name).into()])),
            ]);
            let field = PatchValue::fields([("matchFields", PatchValue::List(vec![field]))]);
            let name = crate::plan::change::yaml_scalar(&node.name);
            Change::Edit {
                object: set_ref(set),
                patch: vec![add(format!("{terms}/-"), field)],
                sentence: "A node's name cannot change. Add a term for it to nodeSelectorTerms:"
                    .to_owned(),
                yaml: format!(
                    "- matchFields:\n  - key: metadata.name\n    operator: In\n    values: [{name}]\n"
                ),
            }
        }
        _ => none("A node has no such field but metadata.name; correct the manifest."),
    }
}

fn untolerated(set: &DaemonSet, node: &Node, index: usize, taint: &Taint, evicts: bool) -> Draft {
    let shown = taint.to_string();
    Draft {
        code: if evicts {
            ReasonCode::TaintNoExecute
        } else {
            ReasonCode::TaintNoSchedule
        },
        effect: if evicts {
            ReasonEffect::Evicts
        } else {
            ReasonEffect::BlocksNew
        },
        summary: format!("taint {shown} is not tolerated"),
        path: format!("spec.taints[{index}]"),
        found: shown.clone(),
        wanted: "a toleration".to_owned(),
        sentence: format!(
            "{} has the taint {shown}, which the template does not tolerate.",
            node.name
        ),
        change: tolerate(&set_ref(set), taint, !set.template.tolerations.is_empty()),
    }
}

/// Notes that decide nothing, but that people ask about.
pub(crate) fn notes(world: &World<'_>, node: &Node, may_get_pod: bool) -> Vec<Reason> {
    let mut notes = vec![];
    let mut push = |code, summary: &str, path: &str, found: &str, sentence: String, why: &str| {
        let draft = Draft {
            code,
            effect: ReasonEffect::Note,
            summary: summary.to_owned(),
            path: path.to_owned(),
            found: found.to_owned(),
            wanted: String::new(),
            sentence,
            change: none(why),
        };
        notes.push(draft.at(node_ref(node), world.locate(node.place)));
    };
    if node.unschedulable && may_get_pod {
        push(
            ReasonCode::Cordoned,
            "cordoned, which does not matter",
            "spec.unschedulable",
            "true",
            format!(
                "{} is cordoned; a DaemonSet's pods tolerate that.",
                node.name
            ),
            "To keep the pod away, taint the node or leave it out by a label.",
        );
    }
    if node.ready == Some(false) && may_get_pod {
        push(
            ReasonCode::NotReady,
            "not ready, which does not matter",
            "status.conditions",
            "Ready is not True",
            format!(
                "{} is not ready; the controller does not look at that.",
                node.name
            ),
            "The pod waits there until the node's kubelet answers.",
        );
    }
    notes
}
