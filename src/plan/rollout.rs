//! What a sync writes besides pods, as it stands in the answer: revisions, how far the rollout is, what is open.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::cluster::namespace_of;
use crate::controller::sync::{BURST, Choice, Endless, PodId, RevisionId, StrategyKind, Writes};
use crate::object::{DaemonSet, Pod};
use crate::plan::answer::{
    ChoiceKind, ChoicePlan, RevisionAction, RevisionPlan, RolloutPlan, SyncPlan,
};
use crate::plan::doctor::NodeState;
use crate::plan::next_sync::NextSync;
use crate::plan::pod_reasons::waits;
use crate::plan::sentences::{count, list};
use crate::plan::status;
use crate::plan::world::World;
use crate::selector::{LabelSelector, Selector};
use crate::text::order::sort_by;

/// Everything but the pods.
pub(crate) fn sync_plan(
    world: &World<'_>,
    set: &DaemonSet,
    states: &[NodeState<'_>],
    next: &NextSync<'_>,
) -> SyncPlan {
    let known = next.knows_template && !next.idle;
    let hash = next.writes.hash.as_deref().filter(|_| known);
    SyncPlan {
        hash: hash.map(str::to_owned),
        revisions: revisions(next),
        rollout: rollout(set, states, next),
        status: status::status(set, states, next),
        choices: choices(next),
        notes: notes(next)
            .into_iter()
            .chain(contested(world, set, next))
            .collect(),
    }
}

/// The revisions that the inputs show, by number, and the one that is made.
fn revisions(next: &NextSync<'_>) -> Vec<RevisionPlan> {
    use RevisionAction::{Adopt, Create, Delete, Keep, Release, Update};
    let writes = &next.writes;
    let current = writes.hash.as_deref().unwrap_or_default();
    let set_of = |ids: &[RevisionId]| -> HashSet<u32> { ids.iter().map(|id| id.0).collect() };
    let (gone, let_go, taken) = (
        set_of(&writes.revisions_deleted),
        set_of(&writes.revisions_released),
        set_of(&writes.revisions_adopted),
    );
    // Of several updates of one the last holds.
    let updates = writes.revisions_updated.iter();
    let updates: HashMap<u32, _> = updates.map(|one| (one.revision.0, one)).collect();
    let mut found = vec![];
    for (id, revision) in (0..).map(RevisionId).zip(&next.revisions) {
        let Some(membership) = next.state.revision_membership(id) else {
            continue;
        };
        let released = let_go.contains(&id.0);
        if !membership.is_member() && !released {
            continue;
        }
        let updated = updates.get(&id.0);
        let hash = match updated {
            Some(updated) => &*updated.hash,
            None => revision
                .meta
                .labels
                .get(crate::controller::HASH_LABEL)
                .unwrap_or_default(),
        };
        let action = if gone.contains(&id.0) {
            Delete
        } else if released {
            Release
        } else if taken.contains(&id.0) {
            Adopt
        } else if updated.is_some() {
            Update
        } else {
            Keep
        };
        found.push(RevisionPlan {
            name: revision.meta.name.to_string(),
            revision: updated.map_or(revision.number, |one| one.number),
            hash: hash.to_owned(),
            current: hash == current && !matches!(action, Delete | Release),
            action,
        });
    }
    // Without revisions in the inputs it is not known whether there are some.
    if let Some(made) = writes
        .revision_created
        .as_ref()
        .filter(|_| next.knows_template && (!found.is_empty() || next.is_new))
    {
        found.push(RevisionPlan {
            name: made.name.clone(),
            revision: made.number,
            hash: made.hash.to_string(),
            current: true,
            action: Create,
        });
    }
    sort_by(&mut found, |a, b| {
        (a.revision, &a.name).cmp(&(b.revision, &b.name))
    });
    found
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn rollout(set: &DaemonSet, states: &[NodeState<'_>], next: &NextSync<'_>) -> RolloutPlan {
    let written = set
        .stored
        .as_deref()
        .and_then(|stored| stored.at(&["spec", "updateStrategy"]))
        .map(|strategy| strategy.text("type"));
    let outdated = states.iter().filter(|state| waits(&state.deeds)).count();
    let seen = next.writes.rollout;
    RolloutPlan {
        strategy: written.unwrap_or_default().to_owned(),
        max_unavailable: seen.map(|seen| seen.max_unavailable),
        max_surge: seen.map(|seen| seen.max_surge),
        outdated: number(outdated),
        sentence: match (outdated, next.strategy) {
            (0, _) => String::new(),
            (_, StrategyKind::OnDelete) => format!(
                "{} by a pod of an older template; OnDelete replaces a pod only when somebody deletes it.",
                run(outdated)
            ),
            (_, StrategyKind::RollingUpdate) => {
                format!(
                    "{} by a pod of an older template. {}",
                    run(outdated),
                    awaited(next)
                )
            }
        },
    }
}

fn run(nodes: usize) -> String {
    match nodes {
        1 => "1 node is served".to_owned(),
        _ => format!("{nodes} nodes are served"),
    }
}

/// What the rollout does now, and what pods of an older template wait for; empty where nothing is rolled.
pub(crate) fn awaited(next: &NextSync<'_>) -> String {
    let writes = &next.writes;
    let Some(seen) = writes.rollout else {
        return match &writes.error {
            Some(error) => format!("The rollout does not go on: {error}."),
            None if writes.is_awaited() => {
                "The rollout goes on when the pods created and deleted now have been seen (R-602)."
                    .to_owned()
            }
            None => String::new(),
        };
    };
    let (limit, value, taking, who) = if seen.max_surge == 0 {
        (
            "maxUnavailable",
            seen.max_unavailable,
            seen.unavailable,
            "without an available pod",
        )
    } else {
        (
            "maxSurge",
            seen.max_surge,
            seen.surging,
            "whose new pod is awaited",
        )
    };
    let mut text = format!("{limit} comes to {}", nodes(value));
    if taking > 0 {
        let verb = if taking == 1 { "counts" } else { "count" };
        text.push_str(&format!(
            ", and {} {who} {verb} on it",
            count(taking, "node")
        ));
    }
    text.push_str(": ");
    let mut parts = vec![];
    if seen.at_once > 0 {
        parts.push(match seen.at_once {
            1 => "1 old pod that is not available goes at once".to_owned(),
            more => format!("{more} old pods that are not available go at once"),
        });
    }
    if seen.candidates > 0 {
        parts.push(match seen.taken {
            0 => "no other is replaced now".to_owned(),
            taken if taken >= seen.candidates => format!("{taken} {} replaced now", be(taken)),
            taken => format!(
                "{taken} of {} {} replaced now, which is open",
                seen.candidates,
                be(taken)
            ),
        });
    }
    if parts.is_empty() {
        parts.push("nothing is replaced now".to_owned());
    }
    text.push_str(&parts.join("; "));
    text.push('.');
    text
}

fn be(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

fn nodes(value: i64) -> String {
    if value == 1 {
        "1 node".to_owned()
    } else {
        format!("{value} nodes")
    }
}

fn choices(next: &NextSync<'_>) -> Vec<ChoicePlan> {
    let (state, writes) = (&next.state, &next.writes);
    let mut found = vec![];
    for choice in writes.create_choices.iter().filter(|one| one.is_open()) {
        let from = choice.from.iter().map(|node| state.node_name(*node));
        let kind = if writes.rollout.is_some() {
            ChoiceKind::Replace
        } else {
            ChoiceKind::Create
        };
        found.push(choice_plan(kind, from, choice.count));
    }
    for choice in writes.delete_choices.iter().filter(|one| one.is_open()) {
        let node_of = |pod: &PodId| state.node_of(*pod);
        let one_node = choice.from.windows(2).all(|pair| match pair {
            [a, b] => node_of(a) == node_of(b),
            _ => true,
        });
        found.push(if one_node {
            let from = choice.from.iter().map(|pod| state.pod_name(*pod));
            choice_plan(ChoiceKind::Delete, from, choice.count)
        } else {
            let nodes = choice.from.iter().filter_map(node_of);
            let from = nodes.map(|node| state.node_name(node));
            choice_plan(ChoiceKind::Replace, from, choice.count)
        });
    }
    let open = |one: &&Choice<RevisionId>| one.is_open();
    for choice in writes.revision_delete_choices.iter().filter(open) {
        let from = choice.from.iter().map(|one| state.revision_name(*one));
        found.push(choice_plan(ChoiceKind::DeleteRevision, from, choice.count));
    }
    found
}

fn choice_plan<'n>(
    what: ChoiceKind,
    from: impl Iterator<Item = &'n str>,
    taken: usize,
) -> ChoicePlan {
    let mut from: Vec<String> = from.map(str::to_owned).collect();
    sort_by(&mut from, String::cmp);
    let (things, one, many) = match what {
        ChoiceKind::Create => ("nodes", "gets a pod first", "get a pod first"),
        ChoiceKind::Replace => (
            "nodes",
            "has its pod replaced first",
            "have their pods replaced first",
        ),
        ChoiceKind::Delete => ("pods", "is deleted first", "are deleted first"),
        ChoiceKind::DeleteRevision => ("revisions", "is deleted", "are deleted"),
    };
    let done = if taken == 1 { one } else { many };
    ChoicePlan {
        what,
        count: number(taken),
        sentence: format!("Any {taken} of these {} {things} {done}.", from.len()),
        from,
    }
}

fn notes(next: &NextSync<'_>) -> Vec<String> {
    let writes = &next.writes;
    let mut notes = vec![];
    for (number, what) in [
        (writes.creates.len(), "creates"),
        (writes.deletes.len(), "deletes"),
    ] {
        if number > BURST {
            notes.push(format!(
                "A sync {what} at most {BURST} pods: these {number} take {} syncs (R-630).",
                number.div_ceil(BURST)
            ));
        }
    }
    if let Some(error) = &writes.error {
        notes.push(format!("The sync ends with an error: {error}."));
    }
    notes.extend(writes.endless.map(endless));
    notes.extend(again(writes));
    notes
}

/// Pods without an owner that another DaemonSet would adopt as well: whichever comes first has them.
fn contested(world: &World<'_>, set: &DaemonSet, next: &NextSync<'_>) -> Option<String> {
    let adopted: Vec<&Pod> = next.adopted().collect();
    if adopted.is_empty() {
        return None;
    }
    let namespace = namespace_of(set);
    let others = world.cluster.daemon_sets().iter().filter(|other| {
        namespace_of(other) == namespace
            && other.meta.name != set.meta.name
            && !other.meta.terminating
    });
    let selectors: Vec<(&str, Selector)> = others
        .filter_map(|other| {
            let selector = LabelSelector::compile_optional(other.selector.as_ref()).ok()?;
            (!selector.is_everything()).then_some((&*other.meta.name, selector))
        })
        .collect();
    let mut rivals = BTreeSet::new();
    let mut pods = vec![];
    for pod in adopted {
        let rival = selectors
            .iter()
            .find(|(_, selector)| selector.matches(&pod.meta.labels));
        if let Some((rival, _)) = rival {
            rivals.insert(*rival);
            pods.push(&*pod.meta.name);
        }
    }
    let rivals: Vec<&str> = rivals.into_iter().collect();
    (!pods.is_empty()).then(|| {
        format!(
            "{} could be adopted by {} as well: whichever DaemonSet comes first has it (R-511).",
            list(&pods),
            list(&rivals)
        )
    })
}

fn endless(why: Endless) -> String {
    match why {
        Endless::EmptyHash => {
            "This rollout never ends: the current revision's label controller-revision-hash is empty, so no pod counts as new (R-805)."
        }
        Endless::NegativeSurge => {
            "This rollout never ends: maxSurge is negative, so new pods are made beside old ones and deleted again (R-830)."
        }
    }
    .to_owned()
}

fn again(writes: &Writes) -> Option<String> {
    let milliseconds = writes.requeue_after?;
    Some(format!(
        "The controller looks again after {} s by itself.",
        milliseconds.div_euclid(1_000)
    ))
}
