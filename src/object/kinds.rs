//! Which of the objects that the planner reads an `apiVersion` and a `kind` mean, and what the API server would
//! say of them.
//!
//! A kind with a letter wrong, or in a version that isn't served, is taken for what it is meant to be: the
//! error is said, and the plan shows what would happen once it is mended.

use crate::diagnostic::{Code, Diagnostic};
use crate::object::findings::quote;
use crate::object::schema::{self, Served, group_version, served};
use crate::object::suggest::{letters_away, nearest};

/// What an object is to the planner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A DaemonSet, also of an old version.
    DaemonSet,
    /// A Node.
    Node,
    /// A Pod.
    Pod,
    /// A `ControllerRevision`.
    ControllerRevision,
    /// A Namespace.
    Namespace,
    /// OpenShift's Project.
    Project,
    /// OpenShift's cluster-wide Scheduler configuration.
    Scheduler,
    /// Anything else.
    Other,
}

impl Role {
    /// The `apiVersion` that it has today; empty for [`Role::Other`].
    pub(crate) fn api_version(self) -> &'static str {
        match self {
            Role::DaemonSet | Role::ControllerRevision => "apps/v1",
            Role::Node | Role::Pod | Role::Namespace => "v1",
            Role::Project => "project.openshift.io/v1",
            Role::Scheduler => "config.openshift.io/v1",
            Role::Other => "",
        }
    }

    /// Its `kind`; empty for [`Role::Other`].
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Role::DaemonSet => "DaemonSet",
            Role::Node => "Node",
            Role::Pod => "Pod",
            Role::ControllerRevision => "ControllerRevision",
            Role::Namespace => "Namespace",
            Role::Project => "Project",
            Role::Scheduler => "Scheduler",
            Role::Other => "",
        }
    }

    fn of_kind(kind: &str) -> Self {
        match kind {
            "DaemonSet" => Role::DaemonSet,
            "Node" => Role::Node,
            "Pod" => Role::Pod,
            "ControllerRevision" => Role::ControllerRevision,
            "Namespace" => Role::Namespace,
            _ => Role::Other,
        }
    }
}

/// Which of the two words a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// `apiVersion`.
    ApiVersion,
    /// `kind`.
    Kind,
}

/// Versions in which the API server served DaemonSets before `apps/v1`; the last release is 1.15.
const OLD_DAEMON_SETS: &[&str] = &["extensions/v1beta1", "apps/v1beta2"];

/// What an object of this `apiVersion` and `kind` is, and what is wrong with the two words.
pub(crate) fn role(api_version: &str, kind: &str) -> (Role, Option<(Word, Diagnostic)>) {
    let (group, _) = group_version(api_version);
    match (api_version, kind) {
        ("apps/v1", "DaemonSet" | "ControllerRevision") | ("v1", "Node" | "Pod" | "Namespace") => {
            return (Role::of_kind(kind), None);
        }
        // OpenShift 3 served Projects in the core group too.
        ("v1" | "project.openshift.io/v1", "Project") => return (Role::Project, None),
        ("config.openshift.io/v1", "Scheduler") => return (Role::Scheduler, None),
        (old, "DaemonSet") if OLD_DAEMON_SETS.contains(&old) => {
            return (Role::DaemonSet, Some((Word::ApiVersion, removed(old))));
        }
        _ => {}
    }
    // A group that the API server doesn't serve belongs to a custom resource, whose kinds are its own.
    if !served().any(|known| known.group == group) {
        return match (api_version, kind) {
            ("extensions/v1beta1", wrong) if letters_away(wrong, "DaemonSet").is_some() => {
                let finding = no_match(api_version, kind, "DaemonSet");
                (Role::DaemonSet, Some((Word::Kind, finding)))
            }
            _ => (Role::Other, None),
        };
    }
    if served().any(|known| known.kind == kind && known.api_version() == api_version) {
        return (Role::Other, None);
    }
    not_served(api_version, group, kind)
}

/// What an object without `apiVersion` is meant to be.
pub(crate) fn role_of_kind_alone(kind: &str) -> Role {
    match kind {
        "Project" => Role::Project,
        _ => Role::of_kind(kind),
    }
}

fn removed(old: &str) -> Diagnostic {
    let also = if old == "extensions/v1beta1" {
        "; `spec.selector`, which was filled in from the template's labels, must then be written"
    } else {
        ""
    };
    Diagnostic::new(
        Code::RemovedVersion,
        format!("DaemonSets of {old} are not served any more, since Kubernetes 1.16"),
    )
    .found(old, "apps/v1")
    .help(format!("write `apiVersion: apps/v1`{also}"))
}

fn no_match(api_version: &str, kind: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownKind,
        format!(
            "no matches for kind {:?} in version {:?}",
            quote(kind),
            quote(api_version)
        ),
    )
    .found(quote(kind), meant)
    .help(format!("did you mean `kind: {meant}`?"))
}

/// A kind that isn't served in a group that is.
fn not_served(api_version: &str, group: &str, kind: &str) -> (Role, Option<(Word, Diagnostic)>) {
    // The same kind elsewhere: first in the same group, then in any.
    let same = |known: &Served| known.kind == kind;
    let elsewhere = served()
        .find(|known| known.group == group && same(known))
        .or_else(|| served().find(same));
    if let Some(known) = elsewhere {
        let right = known.api_version();
        let finding = Diagnostic::new(
            Code::UnknownKind,
            format!(
                "no matches for kind {kind:?} in version {:?}",
                quote(api_version)
            ),
        )
        .found(quote(api_version), right.clone())
        .help(format!("write `apiVersion: {right}`"));
        let ours = if known.api_version() == Role::of_kind(kind).api_version() {
            Role::of_kind(kind)
        } else {
            Role::Other
        };
        return (ours, Some((Word::ApiVersion, finding)));
    }
    // Another spelling: in other case, or at most two letters away, of a kind in the same version.
    let here = || served().filter(|known| known.api_version() == api_version);
    let lower: Vec<(String, Served)> = here()
        .map(|known| (known.kind.to_ascii_lowercase(), known))
        .collect();
    let meant = nearest(
        &kind.to_ascii_lowercase(),
        lower.iter().map(|(name, _)| name.as_str()),
    )
    .and_then(|name| lower.iter().find(|(known, _)| known == name))
    .map(|(_, known)| *known);
    if let Some(known) = meant {
        let ours = match Role::of_kind(known.kind) {
            role if role.api_version() == api_version => role,
            _ => Role::Other,
        };
        let finding = no_match(api_version, kind, known.kind);
        return (ours, Some((Word::Kind, finding)));
    }
    let version = quote(api_version);
    let finding = Diagnostic::new(
        Code::UnknownKind,
        format!(
            "no matches for kind {:?} in version {version:?}",
            quote(kind)
        ),
    )
    .found(quote(kind), format!("a kind of {version}"))
    .help("see `kubectl api-resources` for the kinds of a cluster");
    (Role::Other, Some((Word::Kind, finding)))
}

/// The type to check an object of this role against.
pub(crate) fn shape(role: Role) -> Option<schema::TypeId> {
    match role {
        Role::DaemonSet | Role::Node | Role::Pod | Role::ControllerRevision | Role::Namespace => {
            schema::kind(role.api_version(), role.kind())
        }
        Role::Project | Role::Scheduler | Role::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(api_version: &str, kind: &str) -> (Role, Option<(Code, String)>) {
        let (role, finding) = role(api_version, kind);
        (
            role,
            finding.map(|(_, finding)| (finding.code, finding.help)),
        )
    }

    #[test]
    fn the_kinds_that_a_plan_needs_are_known_in_their_versions() {
        for (api_version, kind, role) in [
            ("apps/v1", "DaemonSet", Role::DaemonSet),
            ("v1", "Node", Role::Node),
            ("v1", "Pod", Role::Pod),
            ("apps/v1", "ControllerRevision", Role::ControllerRevision),
            ("v1", "Namespace", Role::Namespace),
            ("project.openshift.io/v1", "Project", Role::Project),
            ("config.openshift.io/v1", "Scheduler", Role::Scheduler),
            ("v1", "ConfigMap", Role::Other),
            ("apps/v1", "Deployment", Role::Other),
            ("example.com/v1", "Node", Role::Other),
            ("operator.openshift.io/v1", "DaemonSet", Role::Other),
        ] {
            assert_eq!(
                said(api_version, kind),
                (role, None),
                "{api_version} {kind}"
            );
        }
    }

    #[test]
    fn old_versions_of_daemon_sets_are_planned_and_named() {
        for old in ["extensions/v1beta1", "apps/v1beta2"] {
            let (role, finding) = said(old, "DaemonSet");
            let (code, help) = finding.unwrap();
            assert_eq!((role, code), (Role::DaemonSet, Code::RemovedVersion));
            assert!(help.contains("apps/v1"), "{help}");
        }
    }

    #[test]
    fn a_kind_that_the_server_does_not_serve_is_taken_for_the_one_that_is_meant() {
        for (api_version, kind, role, help) in [
            (
                "apps/v1",
                "Daemonset",
                Role::DaemonSet,
                "did you mean `kind: DaemonSet`?",
            ),
            (
                "apps/v1",
                "Deamonset",
                Role::DaemonSet,
                "did you mean `kind: DaemonSet`?",
            ),
            (
                "apps/v1",
                "DeamonSet",
                Role::DaemonSet,
                "did you mean `kind: DaemonSet`?",
            ),
            (
                "v1",
                "DaemonSet",
                Role::DaemonSet,
                "write `apiVersion: apps/v1`",
            ),
            (
                "apps/v1beta1",
                "DaemonSet",
                Role::DaemonSet,
                "write `apiVersion: apps/v1`",
            ),
            ("apps/v1", "Pod", Role::Pod, "write `apiVersion: v1`"),
            ("v1", "node", Role::Node, "did you mean `kind: Node`?"),
            (
                "batch/v1beta1",
                "CronJob",
                Role::Other,
                "write `apiVersion: batch/v1`",
            ),
            (
                "v1",
                "Daemon",
                Role::Other,
                "see `kubectl api-resources` for the kinds of a cluster",
            ),
            (
                "apps/v1",
                "DaemonSets",
                Role::DaemonSet,
                "did you mean `kind: DaemonSet`?",
            ),
        ] {
            let (found, finding) = said(api_version, kind);
            let (code, said) = finding.unwrap();
            assert_eq!(
                (found, code),
                (role, Code::UnknownKind),
                "{api_version} {kind}"
            );
            assert_eq!(said, help, "{api_version} {kind}");
        }
    }
}
