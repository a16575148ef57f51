//! One step of a rollout: which old pods are replaced now.

use super::carry_out::{Batch, Orders};
use super::state::{Hash, Millis, Pod, State, TextId};
use super::turn::{Pair, Turn, groups};
use super::writes::{CreateReason, DeleteReason, Deleted, Endless, Rollout, Writes};
use crate::object::{IntOrString, Rounding};
use crate::selector::quote::quote;

/// One step. The error is the real code's; nothing is done then.
///
/// Source: `rollingUpdate`, `pkg/controller/daemon/update.go`.
pub(super) fn step(
    state: &State,
    hash: &Hash,
    now: Millis,
    writes: &mut Writes,
) -> Result<Orders, String> {
    let mut rollout = limits(state)?;
    let available = |pod: &Pod| pod.is_available(state.set.min_ready_seconds, now);
    let orders = if rollout.max_surge == 0 {
        without_surge(state, hash, available, &mut rollout)
    } else {
        with_surge(state, hash, available, &mut rollout)?
    };
    writes.rollout = Some(rollout);
    if hash.text.is_empty() && repeats(state, &orders) {
        writes.endless = Some(Endless::EmptyHash);
    } else if rollout.max_surge < 0 && rollout.at_once > 0 {
        writes.endless = Some(Endless::NegativeSurge);
    }
    Ok(orders)
}

/// Whether a step with an empty hash brings back what it replaces.
fn repeats(state: &State, orders: &Orders) -> bool {
    let deletes = orders.deletes.iter().flat_map(|batch| &batch.taken);
    let replaced = deletes
        .filter(|deleted| {
            matches!(
                deleted.why,
                DeleteReason::Old | DeleteReason::OldUnavailable
            )
        })
        .count();
    let mut surging = orders.creates.iter().flat_map(|batch| &batch.taken);
    let beside_its_like = surging.any(|(node, _)| {
        let node = state.nodes.get(node.0 as usize);
        node.is_some_and(|node| {
            let mut pods = state.living(node).filter(|(_, pod)| !pod.terminating);
            pods.any(|(_, pod)| pod.hash == TextId::default())
        })
    });
    beside_its_like || (replaced > 0 && state.set.template_generation.is_none())
}

/// The number of nodes that should run a pod, and the limits as numbers.
fn limits(state: &State) -> Result<Rollout, String> {
    let desired = state
        .visit_existing()
        .filter(|(_, _, verdict)| verdict.should_run)
        .count();
    let mut rollout = Rollout {
        desired,
        ..Rollout::default()
    };
    if let Some(limits) = &state.set.strategy.rolling_update {
        let invalid = |field: &str, error: String| {
            format!("couldn't get unavailable numbers: invalid value for {field}: {error}")
        };
        let desired = i64::try_from(desired).unwrap_or(i64::MAX);
        let scaled = |limit: &IntOrString| limit.scaled(desired, Rounding::Up);
        let nil = || "nil value for IntOrString".to_owned();
        let unavailable = limits.max_unavailable.as_ref().ok_or_else(nil);
        rollout.max_unavailable = unavailable
            .and_then(scaled)
            .map_err(|error| invalid("MaxUnavailable", error))?;
        if let Some(surge) = &limits.max_surge {
            rollout.max_surge = scaled(surge).map_err(|error| invalid("MaxSurge", error))?;
        }
    }
    if desired > 0 && rollout.max_unavailable == 0 && rollout.max_surge == 0 {
        rollout.max_unavailable = 1;
    }
    Ok(rollout)
}

/// The table of.
fn without_surge(
    state: &State,
    hash: &Hash,
    available: impl Fn(&Pod) -> bool,
    rollout: &mut Rollout,
) -> Orders {
    let (mut at_once, mut candidates) = (Batch::default(), vec![]);
    for (_, node) in groups(state) {
        let pair = Pair::find(state, node, hash);
        let turn = Turn::of(pair.as_ref(), &available);
        rollout.unavailable += usize::from(turn.takes_of_max_unavailable());
        let old = pair.and_then(|pair| pair.old).map(|(pod, _)| pod);
        match (turn, old) {
            (Turn::Outdated { available: false }, Some(pod)) => {
                let why = DeleteReason::OldUnavailable;
                at_once.taken.push(Deleted { pod, why });
            }
            (Turn::Outdated { available: true }, Some(pod)) => {
                let why = DeleteReason::Old;
                candidates.push(Deleted { pod, why });
            }
            _ => {}
        }
    }
    rollout.at_once = at_once.taken.len();
    rollout.candidates = candidates.len();
    rollout.taken = room(
        rollout.max_unavailable,
        rollout.unavailable,
        candidates.len(),
    );
    Orders {
        creates: vec![],
        deletes: vec![
            at_once,
            Batch::some_of(candidates, rollout.taken, |deleted| deleted.pod),
        ],
    }
}

/// The table of.
fn with_surge(
    state: &State,
    hash: &Hash,
    available: impl Fn(&Pod) -> bool,
    rollout: &mut Rollout,
) -> Result<Orders, String> {
    let (mut at_once, mut candidates) = (Batch::default(), vec![]);
    let (mut deletes, mut sunset) = (Batch::default(), vec![]);
    for (id, node) in groups(state) {
        let pair = Pair::find(state, node, hash);
        let turn = Turn::of(pair.as_ref(), &available);
        rollout.available += usize::from(turn.is_available());
        rollout.surging += usize::from(turn.takes_of_max_surge());
        let Some((pod, _)) = pair.and_then(|pair| pair.old) else {
            continue;
        };
        match turn {
            Turn::Outdated { available } => {
                let verdict = node.verdict.ok_or_else(|| {
                    let name = quote(state.names.get(node.name));
                    format!("couldn't get node for nodeName {name}: node {name} not found")
                })?;
                let why = DeleteReason::Sunset;
                match (available, verdict.should_run) {
                    (false, true) => at_once.taken.push((id, CreateReason::ReplaceUnavailable)),
                    (false, false) => deletes.taken.push(Deleted { pod, why }),
                    (true, true) => candidates.push((id, CreateReason::Surge)),
                    (true, false) => sunset.push(Deleted { pod, why }),
                }
            }
            Turn::Succession {
                new_available: true,
                ..
            } => {
                let why = DeleteReason::Superseded;
                deletes.taken.push(Deleted { pod, why });
            }
            _ => {}
        }
    }
    let beyond_desired = rollout.available.saturating_sub(rollout.desired);
    let sunset_count = beyond_desired.min(sunset.len());
    rollout.at_once = at_once.taken.len();
    rollout.candidates = candidates.len();
    rollout.taken = room(rollout.max_surge, rollout.surging, candidates.len());
    Ok(Orders {
        creates: vec![
            at_once,
            Batch::some_of(candidates, rollout.taken, |(node, _)| *node),
        ],
        deletes: vec![
            deletes,
            Batch::some_of(sunset, sunset_count, |deleted| deleted.pod),
        ],
    })
}

/// How many of the candidates a limit leaves room for.
fn room(limit: i64, used: usize, candidates: usize) -> usize {
    let used = i64::try_from(used).unwrap_or(i64::MAX);
    let left = limit.saturating_sub(used).max(0);
    usize::try_from(left).unwrap_or(usize::MAX).min(candidates)
}

#[cfg(test)]
mod tests {
    use super::super::PodId;
    use super::super::fixture::{Fixture, created, deleted, pod, rolling};
    use super::super::{Part, RollingUpdate, Strategy, StrategyKind};
    use super::*;
    use crate::controller::Verdict;

    fn limits_of(max_unavailable: Option<IntOrString>, max_surge: Option<IntOrString>) -> Strategy {
        Strategy {
            kind: StrategyKind::RollingUpdate,
            rolling_update: Some(RollingUpdate {
                max_unavailable,
                max_surge,
            }),
        }
    }

    #[test]
    fn unavailable_old_pods_go_beyond_the_limit_and_use_it_up() {
        //
        let old = |n: u8| pod(&format!("p{n}"), &format!("n{n}")).old();
        let pods = [old(0), old(1).not_ready(), old(2).not_ready(), old(3)];
        let mut fixture = Fixture::new(4).with(pods).strategy(rolling(1, 0));
        let (state, writes) = fixture.sync();
        let gone = |name| (name, DeleteReason::OldUnavailable);
        assert_eq!(deleted(&state, &writes), [gone("p1"), gone("p2")]);
        let rollout = writes.rollout.unwrap();
        assert_eq!((rollout.unavailable, rollout.at_once), (2, 2));
        assert_eq!((rollout.candidates, rollout.taken), (2, 0));
        fixture.strategy = rolling(3, 0);
        let (state, writes) = fixture.sync();
        assert_eq!(deleted(&state, &writes)[2], ("p0", DeleteReason::Old));
        let from = vec![PodId(0), PodId(3)];
        let choice = super::super::Choice { from, count: 1 };
        assert_eq!(writes.delete_choices, [choice]);
    }

    #[test]
    fn whatever_else_is_on_a_node_takes_one_of_the_limit() {
        //
        let old = || pod("old", "n0").old();
        for (pods, unavailable) in [
            (vec![pod("a", "n1")], 0),
            (vec![pod("a", "n1").not_ready()], 1),
            (vec![pod("a", "n1").terminating()], 1),
            (vec![pod("a", "n1"), pod("b", "n1").old().terminating()], 0),
        ] {
            let fixture = Fixture::new(2).with(pods).with([old()]);
            let (_, writes) = fixture.strategy(rolling(1, 0)).sync();
            let rollout = writes.rollout.unwrap();
            assert_eq!(rollout.unavailable, unavailable);
            assert_eq!(rollout.taken, 1 - unavailable);
        }
    }

    #[test]
    fn with_surge_a_node_gets_its_new_pod_before_the_old_one_goes() {
        use DeleteReason::{Sunset, Superseded};
        let (run, keep) = (Verdict::RUN, Verdict::KEEP);
        let old = || pod("old", "n0").old();
        let other = || pod("other", "n1");
        // `n1` runs the new pod
        let cases = [
            (run, vec![old(), other()], vec!["n0"], vec![]),
            (run, vec![old().not_ready(), other()], vec!["n0"], vec![]),
            (
                keep,
                vec![old().not_ready(), other()],
                vec![],
                vec![("old", Sunset)],
            ),
            (keep, vec![old(), other()], vec![], vec![("old", Sunset)]),
            (keep, vec![old(), other().not_ready()], vec![], vec![]),
            (
                run,
                vec![old(), pod("new", "n0"), other()],
                vec![],
                vec![("old", Superseded)],
            ),
        ];
        for (number, (verdict, pods, creates, deletes)) in cases.into_iter().enumerate() {
            let mut fixture = Fixture::new(2).with(pods).strategy(rolling(0, 1));
            fixture.nodes[0].1 = verdict;
            let (state, writes) = fixture.sync();
            assert_eq!(created(&state, &writes), creates, "case {number}");
            assert_eq!(deleted(&state, &writes), deletes, "case {number}");
        }
    }

    #[test]
    fn with_surge_an_old_pod_of_a_missing_node_stops_the_rollout() {
        //
        let pods = [pod("a", "n0").old(), pod("b", "gone").old()];
        let mut fixture = Fixture::new(1).with(pods).strategy(rolling(0, 1));
        let (_, writes) = fixture.sync();
        let wanted = "couldn't get node for nodeName \"gone\": node \"gone\" not found";
        assert_eq!(writes.error.as_deref(), Some(wanted));
        assert!(writes.creates.is_empty() && writes.status.is_some());
    }

    #[test]
    fn a_limit_is_a_number_as_it_is_or_a_share_of_the_nodes_rounded_up() {
        //
        let percent = |text: &str| IntOrString::Text(text.to_owned());
        for (limit, nodes, wanted) in [
            (IntOrString::Int(-3), 10, -3),
            (percent("50%"), 5, 3),
            (percent("1%"), 1, 1),
            (percent("100%"), 60, 60),
            (percent("33%"), 0, 0),
            (percent("-50%"), 5, -2),
            (percent("9223372036854775807%"), 500, i64::MAX),
        ] {
            let mut fixture = Fixture::new(nodes);
            fixture = fixture.with((0..nodes).map(|n| pod(&format!("p{n}"), &format!("n{n}"))));
            let said = format!("{limit:?} of {nodes}");
            let (_, writes) = fixture.strategy(limits_of(Some(limit), None)).sync();
            assert_eq!(writes.rollout.unwrap().max_unavailable, wanted, "{said}");
        }
    }

    #[test]
    fn limits_that_mean_nothing_stop_the_rollout_with_the_real_codes_words() {
        //
        let one = || Some(IntOrString::Int(1));
        for (strategy, wanted) in [
            (
                limits_of(None, None),
                "couldn't get unavailable numbers: invalid value for MaxUnavailable: nil value for IntOrString",
            ),
            (
                limits_of(one(), Some(IntOrString::Text("5".to_owned()))),
                "couldn't get unavailable numbers: invalid value for MaxSurge: invalid value for IntOrString: \
                 invalid type: string is not a percentage",
            ),
        ] {
            let mut fixture = Fixture::new(1).with([pod("a", "n0")]).strategy(strategy);
            assert_eq!(fixture.sync().1.error.as_deref(), Some(wanted));
        }
    }

    #[test]
    fn an_empty_hash_rolls_for_ever_and_the_answer_says_so() {
        //
        let mut fixture = Fixture::new(1)
            .with([pod("a", "n0")])
            .strategy(rolling(1, 0));
        fixture.revisions[0].hash = Some(String::new());
        fixture.pods[0].hash = "";
        let (_, writes) = fixture.sync();
        assert_eq!(writes.by, Some(Part::RollingUpdate));
        assert_eq!(writes.endless, Some(Endless::EmptyHash));
        fixture.template_generation = Some("1");
        fixture.pods.clear();
        assert_eq!(fixture.sync().1.endless, None);
    }
}
