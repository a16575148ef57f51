//! What the API server fills in: defaults when it reads an object, and what it sets and wipes when it creates or
//! updates one (R-1400 to R-1408).
//!
//! Works on [`Struct`]s of the schema. Most defaults are rows of one table; the few that look at more than
//! their own field are below. Validation is not here: a value that the server would refuse is filled in as well.

mod admit;
mod gated;
mod image;
mod table;

pub use admit::{
    TEMPLATE_GENERATION, TemplateGenerationError, prepare_for_create, prepare_for_update,
    same_template,
};

use crate::object::schema::Shape;
use crate::object::value::{Struct, Value};
use crate::object::{IntOrString, Quantity};
use table::{DEFAULTS, Preset};

/// The label that holds a namespace's own name.
const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// How Go writes the type of lists of resources.
const RESOURCE_LIST: &str = "map[v1.ResourceName]resource.Quantity";

/// Fills in the API's defaults. A template gets those of a template, a pod those of a pod too (R-1404).
pub fn apply(object: &mut Struct) {
    match object.type_id().go_name() {
        "v1.DaemonSet" => daemon_set(object),
        "v1.Namespace" => namespace(object),
        "v1.Pod" => {
            fill(object);
            return pod(object);
        }
        _ => {}
    }
    fill(object);
}

/// The defaults that hang on the type alone, in `fields` and all that it holds. How deep that goes is up to
/// the schema.
fn fill(fields: &mut Struct) {
    let name = fields.type_id().go_name();
    match name {
        "v1.PodSpec" => service_account(fields),
        "v1.Container" | "v1.EphemeralContainer" => pull_policy(fields, "image", "imagePullPolicy"),
        "v1.ImageVolumeSource" => pull_policy(fields, "reference", "pullPolicy"),
        "v1.Volume" => volume(fields),
        "v1.NodeStatus" => allocatable(fields),
        _ => {}
    }
    for (_, field, preset) in DEFAULTS.iter().filter(|(of, ..)| *of == name) {
        preset_field(fields, field, preset);
    }
    fill_absent(fields);
    fields.for_each_mut(&mut |field, value| match value {
        Value::Map(map) if field.shape().go_name() == RESOURCE_LIST => {
            map.values_mut().for_each(round_to_milli);
        }
        Value::Struct(inner) => fill(inner),
        Value::List(items) => {
            for item in items {
                if let Value::Struct(inner) = item {
                    fill(inner);
                }
            }
        }
        _ => {}
    });
}

/// A struct that no pointer leads to is there even if nothing of it is written.
fn fill_absent(fields: &mut Struct) {
    for field in fields.type_id().fields() {
        let Shape::Struct(of) = field.shape().get() else {
            continue;
        };
        if field.is_pointer() || fields.get(field.json_name()).is_some() {
            continue;
        }
        let mut made = Struct::new(of);
        fill(&mut made);
        if !made.is_zero() {
            fields.set(field.json_name(), Value::Struct(made));
        }
    }
}

/// Sets a field that is absent; one that is no pointer is absent when it is zero.
fn preset_field(fields: &mut Struct, json: &str, preset: &Preset) {
    let Some(field) = fields.type_id().field(json) else {
        return;
    };
    let is_set = fields
        .get(json)
        .is_some_and(|value| field.is_pointer() || !value.is_zero());
    if is_set {
        return;
    }
    let value = match preset {
        Preset::Text(text) => Value::text(*text),
        Preset::Int(number) => Value::Int(*number),
        Preset::False => Value::Bool(false),
        Preset::Number(number) => Value::IntOrString(IntOrString::Int(*number)),
        Preset::Empty => Value::zero(field.shape().get()),
    };
    fields.set(json, value);
}

/// R-1405.
fn round_to_milli(value: &mut Value) {
    if let Value::Quantity(quantity) = value {
        let taken = std::mem::replace(quantity, Quantity::zero());
        *quantity = taken.rounded_to_milli();
    }
}

/// R-1400, what hangs on the type of the strategy.
fn daemon_set(object: &mut Struct) {
    let Some(strategy) = object.at_mut(&["spec", "updateStrategy"]) else {
        return;
    };
    preset_field(strategy, "type", &Preset::Text("RollingUpdate"));
    if strategy.text("type") == "RollingUpdate"
        && let Some(rolling) = strategy.struct_mut("rollingUpdate")
    {
        preset_field(rolling, "maxUnavailable", &Preset::Number(1));
        preset_field(rolling, "maxSurge", &Preset::Number(0));
    }
}

/// R-1408. A namespace without a name will get one from the server, and then the label.
fn namespace(object: &mut Struct) {
    let Some(meta) = object.struct_mut("metadata") else {
        return;
    };
    let name = meta.text("name").to_owned();
    if !name.is_empty()
        && let Some(labels) = meta.map_mut("labels")
    {
        labels.insert(NAMESPACE_NAME.to_owned(), Value::Text(name));
    }
}

/// R-1408.
fn allocatable(status: &mut Struct) {
    if status.get("allocatable").is_none()
        && let Some(capacity) = status.get("capacity").cloned()
    {
        status.set("allocatable", capacity);
    }
}

/// R-1403: each from the other; the new name wins.
fn service_account(spec: &mut Struct) {
    let name = match spec.text("serviceAccountName") {
        "" => spec.text("serviceAccount").to_owned(),
        name => name.to_owned(),
    };
    if !name.is_empty() {
        spec.set("serviceAccountName", Value::text(name.as_str()));
        spec.set("serviceAccount", Value::Text(name));
    }
}

/// R-1403.
fn pull_policy(fields: &mut Struct, image: &str, policy: &'static str) {
    let always = image::is_latest(fields.text(image));
    let preset = if always { "Always" } else { "IfNotPresent" };
    preset_field(fields, policy, &Preset::Text(preset));
}

/// R-1403: a volume's sources stand beside its name.
fn volume(fields: &mut Struct) {
    if fields.fields().all(|(field, _)| !field.is_pointer()) {
        preset_field(fields, "emptyDir", &Preset::Empty);
    }
}

/// R-1404: what a pod gets and a template does not.
fn pod(object: &mut Struct) {
    let Some(spec) = object.struct_mut("spec") else {
        return;
    };
    if spec
        .int("terminationGracePeriodSeconds")
        .is_some_and(|seconds| seconds < 0)
    {
        spec.set("terminationGracePeriodSeconds", Value::Int(1));
    }
    if spec.get("enableServiceLinks").is_none() {
        spec.set("enableServiceLinks", Value::Bool(true));
    }
    let host_network = spec.is_true("hostNetwork");
    for list in ["containers", "initContainers"] {
        let Some(Value::List(containers)) = spec.get_mut(list) else {
            continue;
        };
        for container in containers {
            if let Value::Struct(container) = container {
                requests(container);
                if host_network {
                    host_ports(container);
                }
            }
        }
    }
}

fn requests(container: &mut Struct) {
    let Some(resources) = container.struct_mut("resources") else {
        return;
    };
    let Some(limits) = resources.map("limits").cloned() else {
        return;
    };
    if let Some(requests) = resources.map_mut("requests") {
        for (name, limit) in limits {
            requests.entry(name).or_insert(limit);
        }
    }
}

fn host_ports(container: &mut Struct) {
    let Some(Value::List(ports)) = container.get_mut("ports") else {
        return;
    };
    for port in ports {
        if let Value::Struct(port) = port
            && port.int("hostPort").unwrap_or(0) == 0
        {
            let number = port.int("containerPort").unwrap_or(0);
            port.set("hostPort", Value::Int(number));
        }
    }
}

#[cfg(test)]
mod tests;
