//! What the API server sets and wipes when a `DaemonSet` is created or updated (R-1402, R-1406, R-1407).
//!
//! Source: `pkg/registry/apps/daemonset/strategy.go`, `pkg/apis/apps/v1/conversion.go`, the registry's
//! `BeforeCreate`.

use std::fmt;

use super::gated;
use crate::object::IntOrString;
use crate::object::value::{Struct, Value};

/// The annotation that carries the template's generation.
pub const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

/// Metadata that a request to create may not bring.
const WIPED: [&str; 5] = [
    "uid",
    "selfLink",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
];

/// The annotation of the template generation is there and is no number: the server can't decode the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateGenerationError {
    /// The annotation's value.
    pub found: String,
}

impl fmt::Display for TemplateGenerationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.found.parse::<i128>() {
            Ok(_) => "value out of range",
            Err(_) => "invalid syntax",
        };
        let found = crate::selector::quote::quote(&self.found);
        write!(f, "strconv.ParseInt: parsing {found}: {kind}")
    }
}

impl std::error::Error for TemplateGenerationError {}

/// The number in the annotation; 0 where there is none (R-1402).
fn template_generation(object: &Struct) -> Result<i64, TemplateGenerationError> {
    let annotation = object
        .at(&["metadata"])
        .and_then(|meta| meta.map("annotations"))
        .and_then(|annotations| annotations.get(TEMPLATE_GENERATION))
        .and_then(Value::as_text);
    annotation.map_or(Ok(0), |text| {
        text.parse().map_err(|_| TemplateGenerationError {
            found: text.to_owned(),
        })
    })
}

fn set_generations(object: &mut Struct, generation: i64, template_generation: i64) {
    let Some(meta) = object.struct_mut("metadata") else {
        return;
    };
    meta.set("generation", Value::Int(generation));
    if let Some(annotations) = meta.map_mut("annotations") {
        annotations.insert(
            TEMPLATE_GENERATION.to_owned(),
            Value::Text(template_generation.to_string()),
        );
    }
}

/// The server's own type has no pointers in the block of the rolling update: where the block is there, whatever
/// the type of the strategy, so are both numbers.
fn without_pointers(object: &mut Struct) {
    let strategy = object
        .at_mut(&["spec"])
        .and_then(|spec| spec.get_mut("updateStrategy"));
    let Some(Value::Struct(strategy)) = strategy else {
        return;
    };
    if let Some(Value::Struct(rolling)) = strategy.get_mut("rollingUpdate") {
        for number in ["maxUnavailable", "maxSurge"] {
            if rolling.get(number).is_none() {
                rolling.set(number, Value::IntOrString(IntOrString::Int(0)));
            }
        }
    }
}

/// Makes a `DaemonSet` with its defaults what the server stores when it creates it; the uid and the time are the
/// server's to give (R-1402).
///
/// # Errors
///
/// Where the annotation of the template generation is no number. Nothing is changed then.
pub fn prepare_for_create(object: &mut Struct) -> Result<(), TemplateGenerationError> {
    let template_generation = template_generation(object)?.max(1);
    object.remove("status");
    if let Some(meta) = object.struct_mut("metadata") {
        for field in WIPED {
            meta.remove(field);
        }
    }
    set_generations(object, 1, template_generation);
    without_pointers(object);
    if let Some(template) = object.at_mut(&["spec", "template"]) {
        gated::drop_fields(template, None);
    }
    Ok(())
}

/// Makes a `DaemonSet` with its defaults what the server stores when it replaces `old` (R-1406).
///
/// # Errors
///
/// Where the annotation of the template generation is no number. Nothing is changed then.
pub fn prepare_for_update(
    object: &mut Struct,
    old: &Struct,
) -> Result<(), TemplateGenerationError> {
    template_generation(object)?;
    without_pointers(object);
    // What is stored has the annotation.
    let mut template_generation = template_generation(old).unwrap_or(0);
    let template = ["spec", "template"];
    if let Some(new) = object.at_mut(&template) {
        gated::drop_fields(new, old.at(&template));
    }
    object.remove("status");
    if let Some(status) = old.get("status") {
        object.set("status", status.clone());
    }
    let mut generation = old
        .at(&["metadata"])
        .and_then(|meta| meta.int("generation"))
        .unwrap_or(0);
    if !is_same(old, object, &template) {
        template_generation = template_generation.saturating_add(1);
        generation = generation.saturating_add(1);
    } else if !is_same(old, object, &["spec"]) {
        generation = generation.saturating_add(1);
    }
    set_generations(object, generation, template_generation);
    Ok(())
}

/// Whether two `DaemonSets` have the same template by value: an absent and an empty list are equal, and quantities
/// by amount (R-1407).
pub fn same_template(a: &Struct, b: &Struct) -> bool {
    is_same(a, b, &["spec", "template"])
}

fn is_same(a: &Struct, b: &Struct, path: &[&str]) -> bool {
    let stored = |object: &Struct| {
        let found = object.at(path).cloned().map(Struct::stored);
        found.filter(|found| !found.is_zero())
    };
    stored(a) == stored(b)
}
