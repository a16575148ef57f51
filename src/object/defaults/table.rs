//! Defaults that hang on one field alone. Source: `pkg/apis/core/v1/defaults.go`, `pkg/apis/apps/v1/defaults.go`
//! and the `+default` marks of the types (R-1400, R-1403).

/// What an absent field becomes.
pub(super) enum Preset {
    Text(&'static str),
    Int(i64),
    False,
    /// A number where a text could stand too.
    Number(i32),
    /// The type's zero value, which differs from nothing.
    Empty,
}

use Preset::{Empty, False, Int, Text};

/// Go's type, the JSON name of the field, its default.
pub(super) const DEFAULTS: &[(&str, &str, Preset)] = &[
    ("v1.DaemonSetSpec", "revisionHistoryLimit", Int(10)),
    ("v1.PodSpec", "dnsPolicy", Text("ClusterFirst")),
    ("v1.PodSpec", "restartPolicy", Text("Always")),
    ("v1.PodSpec", "securityContext", Empty),
    ("v1.PodSpec", "terminationGracePeriodSeconds", Int(30)),
    ("v1.PodSpec", "schedulerName", Text("default-scheduler")),
    ("v1.Container", "terminationMessagePath", Text(MESSAGE)),
    ("v1.Container", "terminationMessagePolicy", Text("File")),
    (
        "v1.EphemeralContainer",
        "terminationMessagePath",
        Text(MESSAGE),
    ),
    (
        "v1.EphemeralContainer",
        "terminationMessagePolicy",
        Text("File"),
    ),
    ("v1.ContainerPort", "protocol", Text("TCP")),
    ("v1.Probe", "timeoutSeconds", Int(1)),
    ("v1.Probe", "periodSeconds", Int(10)),
    ("v1.Probe", "successThreshold", Int(1)),
    ("v1.Probe", "failureThreshold", Int(3)),
    ("v1.HTTPGetAction", "path", Text("/")),
    ("v1.HTTPGetAction", "scheme", Text("HTTP")),
    ("v1.GRPCAction", "service", Text("")),
    ("v1.ObjectFieldSelector", "apiVersion", Text("v1")),
    ("v1.FileKeySelector", "optional", False),
    ("v1.SecretVolumeSource", "defaultMode", Int(MODE)),
    ("v1.ConfigMapVolumeSource", "defaultMode", Int(MODE)),
    ("v1.DownwardAPIVolumeSource", "defaultMode", Int(MODE)),
    ("v1.ProjectedVolumeSource", "defaultMode", Int(MODE)),
    (
        "v1.ServiceAccountTokenProjection",
        "expirationSeconds",
        Int(3600),
    ),
    ("v1.HostPathVolumeSource", "type", Text("")),
    (
        "v1.PersistentVolumeClaimSpec",
        "volumeMode",
        Text("Filesystem"),
    ),
    ("v1.ISCSIVolumeSource", "iscsiInterface", Text("default")),
    ("v1.RBDVolumeSource", "pool", Text("rbd")),
    ("v1.RBDVolumeSource", "user", Text("admin")),
    ("v1.RBDVolumeSource", "keyring", Text("/etc/ceph/keyring")),
    ("v1.AzureDiskVolumeSource", "cachingMode", Text("ReadWrite")),
    ("v1.AzureDiskVolumeSource", "fsType", Text("ext4")),
    ("v1.AzureDiskVolumeSource", "readOnly", False),
    ("v1.AzureDiskVolumeSource", "kind", Text("Shared")),
    (
        "v1.ScaleIOVolumeSource",
        "storageMode",
        Text("ThinProvisioned"),
    ),
    ("v1.ScaleIOVolumeSource", "fsType", Text("xfs")),
];

const MESSAGE: &str = "/dev/termination-log";

/// `rw-r--r--`.
const MODE: i64 = 0o644;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::schema::{Shape, TypeId};

    #[test]
    fn every_row_names_a_field_of_a_fitting_type() {
        for (of, field, preset) in DEFAULTS {
            let of = TypeId::named(of).unwrap_or_else(|| panic!("{of}"));
            let field = of.field(field).unwrap_or_else(|| panic!("{field}"));
            let fits = match (preset, field.shape().get()) {
                (Text(text), Shape::Text) => field.is_pointer() || !text.is_empty(),
                (Int(number), Shape::Int32 | Shape::Int64) => field.is_pointer() || *number != 0,
                (False, Shape::Bool) | (Empty, Shape::Struct(_)) => field.is_pointer(),
                _ => false,
            };
            assert!(fits, "{}.{}", of.go_name(), field.json_name());
        }
    }
}
