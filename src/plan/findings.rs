//! Findings that only the whole input shows: objects that stand twice, selectors that do not work, nodes lost.

use crate::admission::facts::{KUBE_ANNOTATION, PROJECT_ANNOTATION};
use crate::cluster::{Duplicate, Duplicates, namespace_of};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::object::DaemonSet;
use crate::plan::answer::DaemonSetPlan;
use crate::plan::sentences::count;
use crate::plan::world::World;

/// Objects that stand twice.
pub(crate) fn duplicates(world: &World<'_>, found: &Duplicates) -> Vec<Diagnostic> {
    let one = |twice: &Duplicate| {
        let mut finding = Diagnostic::new(
            Code::DuplicateObject,
            format!(
                "{} {} stands twice; this one counts.",
                twice.kind, twice.name
            ),
        );
        if let Some(earlier) = world.locate(twice.earlier) {
            finding.found = format!("another at {}:{}", earlier.source, earlier.start.line);
        }
        finding.location = world.locate(twice.later);
        finding.help("Take out the one that is not meant.")
    };
    let more = (found.more > 0).then(|| {
        let message = format!("{} more objects stand twice and are not named.", found.more);
        Diagnostic::new(Code::DuplicateObject, message).help("Take out those that are not meant.")
    });
    found.named.iter().map(one).chain(more).collect()
}

/// A selector that the controller cannot work with, as the finding and whether the controller then does nothing.
pub(crate) fn selector(
    world: &World<'_>,
    set: &DaemonSet,
    compiled: &Result<bool, String>,
) -> (Option<Diagnostic>, bool) {
    let name = format!("{}/{}", namespace_of(set), set.meta.name);
    let finding = |message: String| {
        let mut finding = Diagnostic::new(Code::BadSelector, message);
        finding.location = world.locate(set.place);
        Some(finding)
    };
    match (&set.selector, compiled) {
        (None, _) => {
            let missing = finding(format!(
                "DaemonSet {name} has no spec.selector: the API server refuses it."
            ));
            let help = "Set spec.selector.matchLabels to the template's labels.";
            (
                missing.map(|one| one.found("no selector", "spec.selector").help(help)),
                false,
            )
        }
        (Some(_), Err(message)) => {
            let bad = finding(format!(
                "The selector of DaemonSet {name} does not parse: {message}"
            ));
            (
                bad.map(|one| one.help("The API server refuses it; correct spec.selector.")),
                true,
            )
        }
        (Some(_), Ok(true)) => {
            let all = finding(format!(
                "The selector of DaemonSet {name} is empty and would select every pod."
            ));
            //
            (all.map(|one| one.help("The API server refuses it; set spec.selector.matchLabels to the template's labels.")), true)
        }
        (Some(_), Ok(false)) => (None, false),
    }
}

/// What the merge doctor has to say of a DaemonSet.
pub(crate) fn merge(world: &World<'_>, set: &DaemonSet, plan: &DaemonSetPlan) -> Vec<Diagnostic> {
    let mut findings = vec![];
    let text_at = plan
        .merge
        .in_force
        .iter()
        .find_map(|text| text.span.clone());
    let place = text_at.or_else(|| world.locate(set.place));
    let mut push = |mut finding: Diagnostic, help: String| {
        finding.location.clone_from(&place);
        findings.push(finding.help(help));
    };
    let name = format!("{}/{}", plan.namespace, plan.name);
    let fix = plan
        .merge
        .fixes
        .first()
        .and_then(|fix| fix.commands.first());
    let help = fix
        .map(|command| format!("Run: {command}"))
        .unwrap_or_default();
    if let Some(refusal) = &plan.merge.refusal {
        let code = if refusal.http_status == 403 {
            Code::SelectorConflict
        } else {
            Code::UnparsableNodeSelector
        };
        let message = format!(
            "The API server refuses every pod of DaemonSet {name}: {}",
            refusal.message
        );
        push(Diagnostic::new(code, message), help);
    } else if !plan.merge.lost.is_empty() {
        let names: Vec<&str> = plan
            .merge
            .lost
            .iter()
            .take(5)
            .map(|lost| lost.name.as_str())
            .collect();
        let more = match plan.merge.lost.len().saturating_sub(names.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let lost = count(plan.merge.lost.len(), "node");
        let message = format!(
            "DaemonSet {name} loses {lost} by a node selector: {}{more}.",
            names.join(", ")
        );
        push(Diagnostic::new(Code::NodesLost, message), help);
    }
    findings
}

/// Namespaces that carry both annotations, where a platform reads both.
pub(crate) fn two_annotations(world: &World<'_>, set: &DaemonSet) -> Option<Diagnostic> {
    let namespace = world.cluster.namespace(namespace_of(set))?;
    let both = namespace.annotations.get(KUBE_ANNOTATION).is_some()
        && namespace.annotations.get(PROJECT_ANNOTATION).is_some();
    (both && world.settings.project_node_selector && world.settings.pod_node_selector).then(|| {
        let mut finding = Diagnostic::new(
            Code::TwoAnnotations,
            format!("Namespace {} has both node-selector annotations; only {KUBE_ANNOTATION} counts.", namespace.name),
        );
        finding.location = world.locate(namespace.place);
        finding.help(format!("Run: kubectl annotate namespace {} {KUBE_ANNOTATION}- to let {PROJECT_ANNOTATION} count.", namespace.name))
    })
}

/// A default that the controller was told and that does not parse: it does not start.
pub(crate) fn controller_does_not_start(message: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnparsableNodeSelector,
        format!(
            "The controller manager does not start: error creating DaemonSets controller: {message}"
        ),
    )
    .severity(Severity::Error)
    .help("Correct projectConfig.defaultNodeSelector.")
}

/// Inputs with nothing to plan.
pub(crate) fn nothing_to_plan(world: &World<'_>) -> Option<Diagnostic> {
    let (what, command) = match (
        world.cluster.daemon_sets().is_empty(),
        world.cluster.nodes().is_empty(),
    ) {
        (false, false) => return None,
        (true, true) => (
            "DaemonSet and no node",
            "kubectl get daemonset NAME -o yaml; kubectl get nodes -o yaml",
        ),
        (true, false) => ("DaemonSet", "kubectl get daemonset NAME -o yaml"),
        (false, true) => ("node", "kubectl get nodes -o yaml"),
    };
    let finding = Diagnostic::new(
        Code::NothingToPlan,
        format!("There is no {what} in the input."),
    );
    Some(finding.help(format!("Paste a manifest, or the output of: {command}")))
}
