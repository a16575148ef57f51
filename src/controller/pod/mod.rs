//! The pod as the controller creates it, and how it differs from the template.
//!
//! Works on a `DaemonSet` as the controller reads it. What the API server does to the pod afterwards (its name,
//! defaults, admission) is not here.

mod change;

pub use change::{ChangeKind, TemplateChange};

use crate::controller::{GENERATION_LABEL, HASH_LABEL};
use crate::object::defaults::TEMPLATE_GENERATION;
use crate::object::schema::TypeId;
use crate::object::value::{Struct, Value};
use crate::selector::{Toleration, with_automatic};

/// The parts of `metadata` that a pod takes over from its template.
const TAKEN: [&str; 3] = ["labels", "annotations", "finalizers"];

/// The longest name of an object.
const NAME_LENGTH: usize = 253;

/// A pod to be created, and what differs from the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPod {
    /// The pod: no name and no namespace yet, no status.
    pub pod: Struct,
    /// What was changed, in the order of the paths' sections: metadata, then spec.
    pub changes: Vec<TemplateChange>,
}

/// The pod that the controller creates on a node; `hash` is the hash label of the current revision.
///
/// `None` only if the schema has no pods.
pub fn new_pod(daemon_set: &Struct, node: &str, hash: &str) -> Option<NewPod> {
    let mut pod = Struct::new(TypeId::named("v1.Pod")?);
    let mut changes = vec![];
    put_metadata(daemon_set, hash, pod.struct_mut("metadata")?, &mut changes)?;
    let spec = daemon_set.at(&["spec", "template", "spec"]);
    if let Some(spec) = spec {
        pod.set("spec", Value::Struct(spec.clone()));
    }
    let spec = pod.struct_mut("spec")?;
    pin(spec, node, &mut changes)?;
    tolerate(spec, &mut changes)?;
    Some(NewPod { pod, changes })
}

fn put_metadata(
    daemon_set: &Struct,
    hash: &str,
    meta: &mut Struct,
    changes: &mut Vec<TemplateChange>,
) -> Option<()> {
    let set = daemon_set.at(&["metadata"]);
    let set_text = |json| set.map_or("", |set: &Struct| set.text(json));
    let template = daemon_set.at(&["spec", "template", "metadata"]);
    for (field, value) in template.into_iter().flat_map(Struct::fields) {
        let name = field.json_name();
        if TAKEN.contains(&name) {
            meta.set(name, value.clone());
        } else {
            let path = format!("metadata.{name}");
            changes.push(TemplateChange::dropped(path, value.clone(), "R-406"));
        }
    }
    let mut add = |meta: &mut Struct, json: &str, value: Value, rule| {
        let path = format!("metadata.{json}");
        changes.push(TemplateChange::put(path, None, value.clone(), rule));
        meta.set(json, value);
    };
    let prefix = Value::Text(name_prefix(set_text("name")));
    add(meta, "generateName", prefix, "R-407");
    let owner = owner_reference(set_text("name"), set_text("uid"))?;
    let owners = Value::List(vec![Value::Struct(owner)]);
    add(meta, "ownerReferences", owners, "R-408");
    let labels = meta.map_mut("labels")?;
    let generation = template_generation(daemon_set).map(|number| number.to_string());
    let of_controller = [
        (GENERATION_LABEL, generation, "R-404"),
        (HASH_LABEL, Some(hash.to_owned()), "R-405"),
    ];
    for (key, value, rule) in of_controller {
        if let Some(value) = value.map(Value::Text) {
            let old = labels.insert(key.to_owned(), value.clone());
            let path = format!("metadata.labels.{key}");
            changes.push(TemplateChange::put(path, old, value, rule));
        }
    }
    Some(())
}

/// The template generation of a `DaemonSet`, where its annotation is a number.
pub fn template_generation(daemon_set: &Struct) -> Option<i64> {
    let annotations = daemon_set.at(&["metadata"])?.map("annotations")?;
    annotations
        .get(TEMPLATE_GENERATION)?
        .as_text()?
        .parse()
        .ok()
}

/// The server looks at the name with its last two characters replaced by a letter, so the longest names
/// pass too.
fn name_prefix(name: &str) -> String {
    let mut masked = name.to_owned();
    masked.pop();
    masked.push('a');
    let is_part = |part: &str| {
        let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        part.starts_with(ends) && part.ends_with(ends) && part.chars().all(|c| ends(c) || c == '-')
    };
    let is_valid = masked.len() <= NAME_LENGTH && masked.split('.').all(is_part);
    let dash = if is_valid && !name.is_empty() {
        "-"
    } else {
        ""
    };
    format!("{name}{dash}")
}

/// The owner reference of all that a `DaemonSet` creates.
pub fn owner_reference(name: &str, uid: &str) -> Option<Struct> {
    let mut owner = Struct::new(TypeId::named("v1.OwnerReference")?);
    owner.set("apiVersion", Value::text("apps/v1"));
    owner.set("kind", Value::text("DaemonSet"));
    owner.set("name", Value::text(name));
    owner.set("uid", Value::text(uid));
    owner.set("controller", Value::Bool(true));
    owner.set("blockOwnerDeletion", Value::Bool(true));
    Some(owner)
}

/// Binds the pod to its node: the user's required terms are replaced, all else of the affinity stays.
fn pin(spec: &mut Struct, node: &str, changes: &mut Vec<TemplateChange>) -> Option<()> {
    let path = [
        "affinity",
        "nodeAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
    ];
    let required = spec.at_mut(&path)?;
    let mut field = Struct::new(TypeId::named("v1.NodeSelectorRequirement")?);
    field.set("key", Value::text("metadata.name"));
    field.set("operator", Value::text("In"));
    field.set("values", Value::List(vec![Value::text(node)]));
    let mut term = Struct::new(TypeId::named("v1.NodeSelectorTerm")?);
    term.set("matchFields", Value::List(vec![Value::Struct(field)]));
    let terms = Value::List(vec![Value::Struct(term)]);
    let old = required.remove("nodeSelectorTerms");
    required.set("nodeSelectorTerms", terms.clone());
    let path = format!("spec.{}.nodeSelectorTerms", path.join("."));
    changes.push(TemplateChange::put(path, old, terms, "R-401"));
    Some(())
}

/// Adds the automatic tolerations.
fn tolerate(spec: &mut Struct, changes: &mut Vec<TemplateChange>) -> Option<()> {
    let own: Vec<Toleration> = spec
        .items("tolerations")
        .iter()
        .filter_map(Value::as_struct)
        .map(read_toleration)
        .collect();
    let all = with_automatic(&own, spec.is_true("hostNetwork"));
    let made: Option<Vec<Value>> = all.iter().map(write_toleration).collect();
    let made = made?;
    for (at, (toleration, value)) in all.iter().zip(&made).enumerate() {
        let path = format!("spec.tolerations[{at}]");
        match own.get(at) {
            None => changes.push(TemplateChange::put(path, None, value.clone(), "R-130")),
            Some(old) if old != toleration => {
                let old = write_toleration(old);
                changes.push(TemplateChange::put(path, old, value.clone(), "R-132"));
            }
            Some(_) => {}
        }
    }
    spec.set("tolerations", Value::List(made));
    Some(())
}

fn read_toleration(fields: &Struct) -> Toleration {
    Toleration {
        key: fields.text("key").to_owned(),
        operator: fields.text("operator").to_owned(),
        value: fields.text("value").to_owned(),
        effect: fields.text("effect").to_owned(),
        toleration_seconds: fields.int("tolerationSeconds"),
    }
}

fn write_toleration(toleration: &Toleration) -> Option<Value> {
    let mut fields = Struct::new(TypeId::named("v1.Toleration")?);
    let texts = [
        ("key", &toleration.key),
        ("operator", &toleration.operator),
        ("value", &toleration.value),
        ("effect", &toleration.effect),
    ];
    for (json, text) in texts {
        if !text.is_empty() {
            fields.set(json, Value::text(text.as_str()));
        }
    }
    if let Some(seconds) = toleration.toleration_seconds {
        fields.set("tolerationSeconds", Value::Int(seconds));
    }
    Some(Value::Struct(fields))
}

#[cfg(test)]
mod tests;
