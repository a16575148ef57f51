//! One difference between a template and the pod that is made from it.

use serde::Serialize;

use crate::object::value::Value;

/// What happened to a field of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// The template has nothing there.
    Added,
    /// The template's own value gave way.
    Replaced,
    /// The template's value is not taken over.
    Dropped,
}

/// A field of a pod that differs from its template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateChange {
    /// Where, from the pod and from the template alike: `spec.tolerations[2]`.
    pub path: String,
    /// What happened.
    pub kind: ChangeKind,
    /// The template's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<Value>,
    /// The pod's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod: Option<Value>,
    /// The rule that says so.
    pub rule: &'static str,
}

impl TemplateChange {
    pub(super) fn put(path: String, old: Option<Value>, new: Value, rule: &'static str) -> Self {
        let kind = if old.is_some() {
            ChangeKind::Replaced
        } else {
            ChangeKind::Added
        };
        Self {
            path,
            kind,
            template: old,
            pod: Some(new),
            rule,
        }
    }

    pub(super) fn dropped(path: String, old: Value, rule: &'static str) -> Self {
        Self {
            path,
            kind: ChangeKind::Dropped,
            template: Some(old),
            pod: None,
            rule,
        }
    }
}
