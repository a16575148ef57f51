//! Puts the answer together.

use crate::admission::Admission;
use crate::admission::settings::{Platform, Settings};
use crate::cluster::{Cluster, Duplicates};
use crate::controller::AwareController;
use crate::controller::sync::Millis;
use crate::diagnostic::{Diagnostic, Location};
use crate::object::input::InputRead;
use crate::object::{DaemonSet, OtherObject};
use crate::plan::answer::{FORMAT, InputSummary, KUBERNETES_VERSION, OtherObjectSummary, Plan};
use crate::plan::world::World;
use crate::plan::{findings, sentences, set};
use crate::selector::LabelSelector;
use crate::text::order::sort_by;

/// Puts together what the inputs show and what runs on it, and asks `question` of it. Duplicates are objects that
/// stand twice.
pub(crate) fn with_world<T>(
    mut settings: Settings,
    now: Option<Millis>,
    reads: &[InputRead],
    question: impl FnOnce(&World<'_>, &Duplicates) -> T,
) -> T {
    let (cluster, duplicates) = Cluster::new(reads.iter().map(|read| &read.objects));
    // A switch that was set by hand counts more than the object in the input.
    if settings.project_node_selector && settings.default_node_selector.is_none() {
        settings.default_node_selector = cluster
            .default_node_selector()
            .map(|(text, _)| text.to_owned());
    }
    let admission = Admission::new(&settings);
    let told = settings.controller_default_node_selector.as_deref();
    let controller = settings
        .controller_asks_annotations
        .then(|| AwareController::new(told, None));
    let world = World {
        cluster,
        settings: &settings,
        admission: &admission,
        controller: controller.as_ref(),
        reads,
        now,
    };
    question(&world, &duplicates)
}

/// Plans what was read.
pub(crate) fn plan(platform: Platform, world: &World<'_>, duplicates: &Duplicates) -> Plan {
    let reads = world.reads;
    let mut diagnostics: Vec<Diagnostic> = reads
        .iter()
        .flat_map(|read| read.diagnostics.iter().cloned())
        .collect();
    diagnostics.extend(findings::duplicates(world, duplicates));
    let not_started = match world.controller {
        Some(Err(message)) => Some(findings::controller_does_not_start(message)),
        _ => None,
    };
    let mut daemon_sets = Vec::with_capacity(world.cluster.daemon_sets().len());
    for daemon_set in world.cluster.daemon_sets() {
        let (finding, mut idle) = compile(world, daemon_set);
        diagnostics.extend(finding);
        idle |= daemon_set.meta.terminating || not_started.is_some();
        let planned = set::plan(world, daemon_set, idle);
        diagnostics.extend(findings::merge(world, daemon_set, &planned));
        diagnostics.extend(findings::two_annotations(world, daemon_set));
        daemon_sets.push(planned);
    }
    diagnostics.extend(not_started);
    diagnostics.extend(findings::nothing_to_plan(world));
    sort(&mut diagnostics, reads);
    Plan {
        format: FORMAT.to_owned(),
        kubernetes_version: KUBERNETES_VERSION.to_owned(),
        platform,
        sentence: sentences::of_plan(&daemon_sets, world.cluster.nodes().len()),
        inputs: reads.iter().map(summary).collect(),
        other_objects: reads.iter().flat_map(others).collect(),
        daemon_sets,
        diagnostics,
        settings: world.settings.clone(),
    }
}

/// What is wrong with the selector, and whether the controller then does nothing.
fn compile(world: &World<'_>, daemon_set: &DaemonSet) -> (Option<Diagnostic>, bool) {
    let verdict = LabelSelector::compile_optional(daemon_set.selector.as_ref())
        .map(|compiled| compiled.is_everything());
    findings::selector(world, daemon_set, &verdict)
}

/// By input and place; what has no place last. Stable, and each finding once.
fn sort(diagnostics: &mut Vec<Diagnostic>, reads: &[InputRead]) {
    let rank = |finding: &Diagnostic| {
        finding
            .location
            .as_ref()
            .map_or((usize::MAX, None), |place: &Location| {
                let input = reads
                    .iter()
                    .position(|read| read.source.name == place.source);
                (input.unwrap_or(usize::MAX), Some((place.start, place.end)))
            })
    };
    let mut ranked: Vec<_> = diagnostics
        .drain(..)
        .map(|finding| (rank(&finding), finding))
        .collect();
    sort_by(&mut ranked, |a, b| a.0.cmp(&b.0));
    diagnostics.extend(ranked.into_iter().map(|(_, finding)| finding));
    diagnostics.dedup();
}

fn summary(read: &InputRead) -> InputSummary {
    InputSummary {
        name: read.source.name.clone(),
        taken_for: read.taken_for.clone(),
        objects: read.counts.clone(),
    }
}

fn others(read: &InputRead) -> impl Iterator<Item = OtherObjectSummary> {
    read.objects
        .others
        .iter()
        .map(|other: &OtherObject| OtherObjectSummary {
            api_version: other.api_version.clone(),
            kind: other.kind.clone(),
            namespace: other.namespace.clone(),
            name: other.name.clone(),
            location: Location::new(&read.source, other.place.span),
        })
}
