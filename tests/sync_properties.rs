//! What holds for a sync of any state, also of states that no cluster would hold.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod world;

use std::collections::BTreeSet;

use daemonset_planner::controller::Verdict;
use daemonset_planner::controller::sync::{
    Membership, PodId, Readiness, RollingUpdate, Strategy as Update, StrategyKind,
};
use daemonset_planner::object::{IntOrString, PodPhase};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use world::{Pod, Revision, World};

fn verdict() -> impl Strategy<Value = Verdict> {
    select(vec![
        Verdict::RUN,
        Verdict::RUN,
        Verdict::RUN,
        Verdict::KEEP,
        Verdict::REFUSE,
    ])
}

fn time() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        4 => (-100_000_i64..100_000).prop_map(|time| Some(time * 1_000)),
        1 => Just(None),
        1 => any::<i64>().prop_map(Some),
    ]
}

fn limit() -> impl Strategy<Value = Option<IntOrString>> {
    prop_oneof![
        4 => (0..4).prop_map(|number| Some(IntOrString::Int(number))),
        1 => any::<i32>().prop_map(|number| Some(IntOrString::Int(number))),
        2 => select(vec!["0%", "1%", "50%", "100%", "-20%", "999999999999%"])
            .prop_map(|text| Some(IntOrString::Text(text.to_owned()))),
        1 => "[0-9x%-]{0,4}".prop_map(|text| Some(IntOrString::Text(text))),
        1 => Just(None),
    ]
}

fn update() -> impl Strategy<Value = Update> {
    let kind = select(vec![
        StrategyKind::RollingUpdate,
        StrategyKind::RollingUpdate,
        StrategyKind::OnDelete,
    ]);
    (kind, prop::option::weighted(0.9, (limit(), limit()))).prop_map(|(kind, limits)| Update {
        kind,
        rolling_update: limits.map(|(max_unavailable, max_surge)| RollingUpdate {
            max_unavailable,
            max_surge,
        }),
    })
}

/// Which of a few hashes, template generations, owners or nodes.
fn one_of(count: u8) -> impl Strategy<Value = u8> {
    0..count
}

fn pod() -> impl Strategy<Value = Pod> {
    let phase = select(vec![
        PodPhase::Running,
        PodPhase::Running,
        PodPhase::Pending,
        PodPhase::Failed,
        PodPhase::Succeeded,
        PodPhase::Unknown,
    ]);
    let flags = (
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.1),
    );
    (
        (one_of(12), one_of(4), one_of(4), one_of(8)),
        phase,
        flags,
        prop::option::of(time()),
        time(),
    )
        .prop_map(
            |((node, hash, generation, owner), phase, flags, ready, created)| {
                let (bound, matches, terminating, finalizers) = flags;
                Pod {
                    name: String::new(),
                    // Nodes are n0 to n7; n8 to n10 do not exist; the last is no node at all.
                    node: (node < 11).then(|| format!("n{node}")),
                    bound: bound && node < 11,
                    matches,
                    owner: owner.min(3),
                    hash: ["", "h0", "h1", "h2"][usize::from(hash)].to_owned(),
                    generation: ["", "1", "2", "x"][usize::from(generation)].to_owned(),
                    phase,
                    readiness: ready.map_or(Readiness::NotReady, Readiness::Ready),
                    terminating,
                    finalizers,
                    created,
                }
            },
        )
}

fn revision() -> impl Strategy<Value = Revision> {
    (
        (one_of(4), one_of(6), one_of(5)),
        prop_oneof![5 => -1_i64..6, 1 => any::<i64>()],
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |((template, owner, hash), number, matches, terminating)| Revision {
                name: String::new(),
                matches,
                owner: owner.min(2),
                hash: [None, Some("h0"), Some("h1"), Some("h2"), Some("")][usize::from(hash)]
                    .map(str::to_owned),
                number,
                template: u64::from(template),
                terminating,
            },
        )
}

fn world() -> impl Strategy<Value = World> {
    (
        prop::collection::vec(verdict(), 0..8),
        prop::collection::vec(pod(), 0..16),
        prop::collection::vec(revision(), 0..8),
        update(),
        (
            prop_oneof![4 => 0..40, 1 => any::<i32>()],
            prop_oneof![4 => 0..4, 1 => any::<i32>()],
        ),
        (0..4_u64, prop::option::weighted(0.3, any::<i32>())),
        prop::option::of(select(vec!["1", "2", "+2", "two", ""])),
        prop::bool::weighted(0.05),
    )
        .prop_map(
            |(
                nodes,
                pods,
                revisions,
                update,
                (min_ready_seconds, history_limit),
                (template, collision_count),
                template_generation,
                terminating,
            )| {
                let mut world = World::new(update, template);
                world.min_ready_seconds = min_ready_seconds;
                world.history_limit = history_limit;
                world.status.collision_count = collision_count;
                world.template_generation = template_generation.map(str::to_owned);
                world.terminating = terminating;
                for verdict in nodes {
                    world
                        .nodes
                        .push((format!("n{}", world.nodes.len()), verdict));
                }
                for (number, pod) in pods.into_iter().enumerate() {
                    let name = format!("p{number:02}");
                    world.pods.push(Pod { name, ..pod });
                }
                for (number, revision) in revisions.into_iter().enumerate() {
                    let name = format!("set-r{number}");
                    world.revisions.push(Revision { name, ..revision });
                }
                world
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_is_deleted_exists_and_no_node_gets_a_pod_that_has_one(mut world in world()) {
        let (state, writes) = world.sync();
        let mut deleted = BTreeSet::new();
        for one in &writes.deletes {
            prop_assert!(deleted.insert(one.pod), "deleted twice");
            let pod = world.pods.get(one.pod.0 as usize);
            prop_assert!(pod.is_some());
            prop_assert!(state.membership(one.pod).is_some_and(Membership::is_member));
        }
        let mut created = BTreeSet::new();
        for one in &writes.creates {
            prop_assert!(created.insert(one.node), "created twice");
            let (name, verdict) = &world.nodes[one.node.0 as usize];
            prop_assert!(verdict.should_run);
            let running = world.pods.iter().zip(0..).filter(|(pod, id)| {
                let id = PodId(*id);
                state.membership(id).is_some_and(Membership::is_member)
                    && pod.node.as_ref() == Some(name)
                    && !pod.terminating
                    && !matches!(pod.phase, PodPhase::Failed | PodPhase::Succeeded)
                    && !deleted.contains(&id)
            });
            // With surge the old one may run beside the new one; a negative one counts here as surge too.
            let allowed = usize::from(writes.rollout.is_some_and(|rollout| rollout.max_surge != 0));
            prop_assert!(running.count() <= allowed, "created beside one that stays");
        }
        for choice in &writes.delete_choices {
            let taken = choice.from.iter().filter(|pod| deleted.contains(pod)).count();
            prop_assert_eq!(taken, choice.count);
            prop_assert!(0 < choice.count && choice.count < choice.from.len());
        }
        for choice in &writes.create_choices {
            let taken = choice.from.iter().filter(|node| created.contains(node)).count();
            prop_assert_eq!(taken, choice.count);
        }
        if let Some(counted) = writes.counted {
            prop_assert!(counted.current <= counted.desired && counted.available <= counted.ready);
            let desired = world.nodes.iter().filter(|(_, verdict)| verdict.should_run).count();
            prop_assert_eq!(usize::try_from(counted.desired).unwrap(), desired);
            let opened = state.standings(&writes, world.now).filter(|(_, one)| one.available);
            prop_assert_eq!(opened.count(), usize::try_from(counted.available).unwrap());
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(
        world in world(),
        shuffle in prop::collection::vec(any::<Index>(), 32),
    ) {
        let mut other = world.clone();
        for (place, index) in shuffle.iter().enumerate() {
            fn swap<T>(list: &mut [T], place: usize, index: Index) {
                if place < list.len() {
                    list.swap(place, index.index(list.len()));
                }
            }
            swap(&mut other.nodes, place, *index);
            swap(&mut other.pods, place, *index);
            swap(&mut other.revisions, place, *index);
        }
        let mut world = world;
        prop_assert_eq!(world.told(), other.told());
    }

    #[test]
    fn an_edited_state_is_the_same_as_one_made_anew(mut world in world(), other in world()) {
        let edited = world.state_from(&other);
        let memory = world.backoffs.clone();
        let told = world.told_of(&edited);
        world.backoffs = memory;
        prop_assert_eq!(told, world.told());
    }

    #[test]
    fn writing_and_syncing_again_comes_to_rest(mut world in world()) {
        let bound = 20 + 4 * (world.nodes.len() + world.pods.len() + world.revisions.len());
        for _ in 0..bound {
            let (state, writes) = world.sync();
            if world.rests_after(&writes) || writes.endless.is_some() {
                return Ok(());
            }
            world.apply(&state, &writes);
            world.live();
        }
        let (_, writes) = world.sync();
        prop_assert!(false, "no rest after {} syncs: {:#?}\n{:#?}", bound, writes, world);
    }
}

#[test]
fn ten_thousand_revisions_and_ten_pods_on_a_node_are_cleaned_up() {
    let mut world = World::new(Update::default(), 0);
    world.nodes.push(("n0".to_owned(), Verdict::RUN));
    world.history_limit = 10;
    for number in 0..10_000 {
        world.revisions.push(Revision {
            name: format!("set-{number}"),
            matches: true,
            owner: 0,
            hash: Some(format!("old{number}")),
            number,
            template: 1 + u64::try_from(number).unwrap(),
            terminating: false,
        });
    }
    for number in 0..10_i64 {
        world.pods.push(Pod {
            name: format!("p{number}"),
            node: Some("n0".to_owned()),
            bound: true,
            matches: true,
            owner: 0,
            hash: format!("old{number}"),
            generation: String::new(),
            phase: PodPhase::Running,
            readiness: Readiness::Ready(Some(0)),
            terminating: false,
            finalizers: false,
            created: Some(-number),
        });
    }
    let (state, writes) = world.sync();
    assert_eq!(writes.revisions_deleted.len(), 9_990);
    // Those of the ten pods stay, the next ones go instead.
    let first = writes.revisions_deleted[0];
    assert_eq!(state.revision_name(first), "set-10");
    let names = writes.deletes.iter().map(|one| state.pod_name(one.pod));
    let names: Vec<_> = names.collect();
    assert_eq!(
        names,
        ["p8", "p7", "p6", "p5", "p4", "p3", "p2", "p1", "p0"]
    );
}
