//! Fields that the API server drops when it creates an object, since the features behind them are off in the
//! planner's release. They reach neither storage nor hash, and no message tells.
//!
//! Source: `dropDisabledFields`, `pkg/api/pod/util.go`; `pkg/features/kube_features.go`.

use crate::object::value::{Struct, Value};

/// Go's type, the JSON name of the field, and the feature that is off.
pub(super) const GATED: &[(&str, &str, &str)] = &[
    ("v1.PodSpec", "schedulingGroup", "GenericWorkload"),
    ("v1.PodSpec", "evictionResponders", "EvictionRequestAPI"),
    ("v1.GRPCAction", "mode", "GRPCContainerProbeTLS"),
    ("v1.HTTPGetAction", "protocol", "H2CContainerProbe"),
    ("v1.Lifecycle", "stopSignal", "ContainerStopSignals"),
    ("v1.EmptyDirVolumeSource", "mode", "EmptyDirVolumeMode"),
    (
        "v1.VolumeMount",
        "bindMountOptions",
        "VolumeBindMountOptions",
    ),
    ("v1.SecretVolumeSource", "defaultUser", USER),
    ("v1.ConfigMapVolumeSource", "defaultUser", USER),
    ("v1.DownwardAPIVolumeSource", "defaultUser", USER),
    ("v1.ProjectedVolumeSource", "defaultUser", USER),
    ("v1.KeyToPath", "user", USER),
    ("v1.DownwardAPIVolumeFile", "user", USER),
    ("v1.ServiceAccountTokenProjection", "user", USER),
    ("v1.ClusterTrustBundleProjection", "user", USER),
    ("v1.PodCertificateProjection", "user", USER),
];

const USER: &str = "AtomicWriteVolumeUserFields";

/// Annotations of times long gone, which the server takes out of templates.
const OLD_ANNOTATIONS: [&str; 4] = [
    "pod.beta.kubernetes.io/init-containers",
    "pod.alpha.kubernetes.io/init-containers",
    "pod.beta.kubernetes.io/init-container-statuses",
    "pod.alpha.kubernetes.io/init-container-statuses",
];

/// The features of the table whose fields `fields` or what it holds sets.
fn in_use(fields: &Struct, found: &mut Vec<&'static str>) {
    let name = fields.type_id().go_name();
    let own = GATED.iter().filter(|(of, ..)| *of == name);
    found.extend(
        own.filter(|(_, field, _)| fields.get(field).is_some())
            .map(|(.., feature)| *feature),
    );
    for (_, value) in fields.fields() {
        match value {
            Value::Struct(inner) => in_use(inner, found),
            value => {
                let items = value.items().iter().filter_map(Value::as_struct);
                items.for_each(|inner| in_use(inner, found));
            }
        }
    }
}

/// Takes out of a template what the features that are off would need, but for features that the old template
/// already uses.
pub(super) fn drop_fields(template: &mut Struct, old: Option<&Struct>) {
    let mut kept = vec![];
    if let Some(old) = old {
        in_use(old, &mut kept);
    }
    drop_within(template, &kept);
    if let Some(meta) = template.struct_mut("metadata")
        && let Some(Value::Map(annotations)) = meta.get_mut("annotations")
    {
        annotations.retain(|key, _| !OLD_ANNOTATIONS.contains(&key.as_str()));
    }
}

fn drop_within(fields: &mut Struct, kept: &[&str]) {
    let name = fields.type_id().go_name();
    let own = GATED
        .iter()
        .filter(|(of, _, feature)| *of == name && !kept.contains(feature));
    for (_, field, _) in own {
        fields.remove(field);
    }
    // A hook for a stop signal alone goes with it.
    let had_signal = |value: Option<&Value>| {
        value
            .and_then(Value::as_struct)
            .is_some_and(|lifecycle| lifecycle.get("stopSignal").is_some())
    };
    let signal = had_signal(fields.get("lifecycle"));
    fields.for_each_mut(&mut |_, value| match value {
        Value::Struct(inner) => drop_within(inner, kept),
        Value::List(items) => {
            for item in items {
                if let Value::Struct(inner) = item {
                    drop_within(inner, kept);
                }
            }
        }
        _ => {}
    });
    let is_left = |lifecycle: &Struct| lifecycle.fields().next().is_some();
    if signal && !fields.at(&["lifecycle"]).is_some_and(is_left) {
        fields.remove("lifecycle");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::schema::TypeId;

    #[test]
    fn every_row_names_a_field() {
        for (of, field, _) in GATED {
            let of = TypeId::named(of).unwrap_or_else(|| panic!("{of}"));
            assert!(of.field(field).is_some(), "{}.{field}", of.go_name());
        }
    }
}
