//! Which pods are a DaemonSet's, and on which node each counts.
//!
//! Uses `object`, `selector` and `cluster`. Claims as the controller does, but changes nothing.

use crate::cluster::{Cluster, namespace_of};
use crate::object::{DaemonSet, Pod, PodPhase};
use crate::selector::{NodeSelector, Selector};
use crate::text::order::sort_by;

/// Letters that the API server makes up names from.
const GENERATED: &str = "bcdfghjklmnpqrstvwxz2456789";

/// Whose a pod is, seen from one DaemonSet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Its controller reference names the DaemonSet and the selector matches.
    Owned,
    /// It has no controller, the selector matches and it is not terminating: adopted.
    Adopted,
    /// Its controller reference names the DaemonSet and the selector does not match: released.
    Released,
    /// A table's row: taken for the DaemonSet's by its generated name.
    ByName,
}

/// A pod that the DaemonSet claims or releases.
#[derive(Clone, Copy, Debug)]
pub struct ClaimedPod<'a> {
    /// The pod.
    pub pod: &'a Pod,
    /// Whose it is.
    pub claim: Claim,
    /// The name of the node that it counts on; `None` if it belongs to none.
    pub node: Option<&'a str>,
}

/// The pods of a DaemonSet, by name. `selector` is its compiled `spec.selector`.
///
/// A manifest that was never applied has no uid; then a controller reference by kind and name is enough.
pub fn claim<'a>(
    cluster: &Cluster<'a>,
    set: &DaemonSet,
    selector: &Selector,
) -> Vec<ClaimedPod<'a>> {
    let namespace = namespace_of(set);
    let mut claimed: Vec<ClaimedPod<'a>> = cluster
        .pods()
        .iter()
        .filter(|pod| in_namespace(pod, namespace))
        .filter_map(|&pod| {
            let claim = claim_one(pod, set, selector)?;
            Some(ClaimedPod {
                pod,
                claim,
                node: target_node(pod),
            })
        })
        .collect();
    sort_by(&mut claimed, |a, b| a.pod.meta.name.cmp(&b.pod.meta.name));
    claimed
}

/// A row of a table without a column NAMESPACE may be of any.
fn in_namespace(pod: &Pod, namespace: &str) -> bool {
    match pod.meta.namespace.as_deref() {
        Some(of_pod) => of_pod == namespace,
        None => pod.from_table || namespace == crate::cluster::DEFAULT_NAMESPACE,
    }
}

fn claim_one(pod: &Pod, set: &DaemonSet, selector: &Selector) -> Option<Claim> {
    if pod.from_table {
        return is_generated_name(&pod.meta.name, &set.meta.name).then_some(Claim::ByName);
    }
    let matches = || selector.matches(&pod.meta.labels);
    match pod
        .meta
        .owner_references
        .iter()
        .find(|reference| reference.controller)
    {
        Some(owner) => {
            let same_uid = set.meta.uid.as_ref().is_none_or(|uid| *uid == owner.uid);
            let ours =
                owner.kind.as_ref() == "DaemonSet" && owner.name == set.meta.name && same_uid;
            // owned by another is left alone, whatever its labels.
            ours.then(|| {
                if matches() {
                    Claim::Owned
                } else {
                    Claim::Released
                }
            })
        }
        None => (!pod.meta.terminating && matches()).then_some(Claim::Adopted),
    }
}

/// Whether `pod` could have been generated for a DaemonSet of this name: `NAME-` and five letters.
fn is_generated_name(pod: &str, set: &str) -> bool {
    // The base is cut so that the name fits 63 characters.
    let base: String = set.chars().chain(['-']).take(58).collect();
    pod.strip_prefix(base.as_str()).is_some_and(|suffix| {
        suffix.len() == 5 && suffix.chars().all(|letter| GENERATED.contains(letter))
    })
}

/// The node that a pod counts on.
pub fn target_node(pod: &Pod) -> Option<&str> {
    if !pod.node_name.is_empty() {
        return Some(&pod.node_name);
    }
    pinned_node(pod.required_node_affinity.as_ref()?)
}

fn pinned_node(affinity: &NodeSelector) -> Option<&str> {
    let fields = affinity
        .node_selector_terms
        .iter()
        .flat_map(|term| &term.match_fields);
    let pin = fields
        .into_iter()
        .find(|field| field.key == "metadata.name" && field.operator == "In")?;
    match pin.values.as_slice() {
        [node] => Some(node),
        _ => None,
    }
}

/// Whether the pod's phase is final.
pub fn is_terminal(pod: &Pod) -> bool {
    matches!(pod.phase, PodPhase::Succeeded | PodPhase::Failed)
}

/// What the controller does with a pod that counts on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It stays.
    Keep,
    /// It is deleted: the node may not have one.
    DeleteNotAllowed,
    /// It is deleted: it failed.
    DeleteFailed,
    /// It is deleted: it succeeded.
    DeleteSucceeded,
    /// It is deleted: another of the node stays.
    DeleteExcess,
    /// Nothing: it is going already.
    Terminating,
}

/// What the controller does with a node's pods, and whether it creates one.
///
/// `pods` are those that count on the node. Surge, back-off of failed pods and revisions are not looked at.
pub fn manage<'a>(
    pods: &[ClaimedPod<'a>],
    should_run: bool,
    may_stay: bool,
) -> (bool, Vec<(ClaimedPod<'a>, Deed)>) {
    // terminal and terminating pods are not there any more.
    let there = || {
        pods.iter()
            .filter(|one| !(is_terminal(one.pod) && one.pod.meta.terminating))
    };
    let create = should_run && may_stay && there().next().is_none();
    let mut running: Vec<&ClaimedPod<'a>> = there()
        .filter(|one| may_stay && !one.pod.meta.terminating && !is_terminal(one.pod))
        .collect();
    sort_by(&mut running, |a, b| {
        let key = |one: &ClaimedPod<'a>| {
            let created = one.pod.meta.creation_timestamp.clone();
            (
                one.pod.node_name.is_empty(),
                created,
                one.pod.meta.name.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    let kept = running.first().map(|one| &one.pod.meta.name);
    let mut failed = false;
    let deeds = there()
        .map(|one| {
            let deed = match (one.pod.meta.terminating, may_stay, one.pod.phase) {
                (true, _, _) => Deed::Terminating,
                (false, false, _) => Deed::DeleteNotAllowed,
                (false, true, PodPhase::Succeeded) => Deed::DeleteSucceeded,
                // at most one failed pod of a node goes in a sync.
                (false, true, PodPhase::Failed) if std::mem::replace(&mut failed, true) => {
                    Deed::Keep
                }
                (false, true, PodPhase::Failed) => Deed::DeleteFailed,
                (false, true, _) if Some(&one.pod.meta.name) == kept => Deed::Keep,
                (false, true, _) => Deed::DeleteExcess,
            };
            (*one, deed)
        })
        .collect();
    (create, deeds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::{LabelMap, ObjectMeta, Objects, OwnerReference};
    use crate::selector::{NodeSelectorRequirement, NodeSelectorTerm};

    fn pod(name: &str, node: &str) -> Pod {
        Pod {
            meta: ObjectMeta {
                name: name.into(),
                labels: [("app", "a")].into_iter().collect::<LabelMap>(),
                ..ObjectMeta::default()
            },
            node_name: node.into(),
            phase: PodPhase::Running,
            ..Pod::default()
        }
    }

    fn owned(mut pod: Pod, uid: &str) -> Pod {
        pod.meta.owner_references.push(OwnerReference {
            api_version: "apps/v1".into(),
            kind: "DaemonSet".into(),
            name: "set".into(),
            uid: uid.into(),
            controller: true,
        });
        pod
    }

    fn set(uid: Option<&str>) -> DaemonSet {
        let mut set = DaemonSet::default();
        set.meta.name = "set".into();
        set.meta.uid = uid.map(Into::into);
        set
    }

    fn claims(pods: Vec<Pod>, set: &DaemonSet) -> Vec<(String, Claim)> {
        let selector = Selector::exactly(&[("app".to_owned(), "a".to_owned())].into());
        let objects = Objects {
            pods,
            ..Objects::default()
        };
        let (cluster, _) = Cluster::new([&objects]);
        let claimed = claim(&cluster, set, &selector);
        claimed
            .into_iter()
            .map(|one| (one.pod.meta.name.to_string(), one.claim))
            .collect()
    }

    #[test]
    fn pods_are_claimed_by_owner_then_by_selector() {
        let mut relabelled = owned(pod("b", "n"), "1");
        relabelled.meta.labels = LabelMap::default();
        let mut terminating = pod("e", "n");
        terminating.meta.terminating = true;
        let mut elsewhere = pod("f", "n");
        elsewhere.meta.namespace = Some("other".into());
        let pods = vec![
            owned(pod("a", "n"), "1"),
            relabelled,
            owned(pod("c", "n"), "2"),
            pod("d", "n"),
            terminating,
            elsewhere,
        ];
        let all = [
            ("a", Claim::Owned),
            ("b", Claim::Released),
            ("d", Claim::Adopted),
        ];
        let expected: Vec<_> = all
            .iter()
            .map(|(name, claim)| ((*name).to_owned(), *claim))
            .collect();
        assert_eq!(claims(pods.clone(), &set(Some("1"))), expected);
        // A manifest without a uid takes what names it.
        assert_eq!(claims(pods, &set(None)).len(), 4);
    }

    #[test]
    fn a_row_of_a_table_is_known_by_its_generated_name() {
        for (name, is) in [
            ("set-x7k2p", true),
            ("set-x7k2", false),
            ("set-aeiou", false),
            ("set-b-x7k2p", false),
        ] {
            let row = Pod {
                from_table: true,
                ..pod(name, "n")
            };
            assert_eq!(!claims(vec![row], &set(None)).is_empty(), is, "{name}");
        }
    }

    #[test]
    fn an_unbound_pod_counts_on_the_node_that_it_is_pinned_to() {
        let mut waiting = pod("a", "");
        let field = |values: &[&str]| NodeSelectorRequirement {
            key: "metadata.name".into(),
            operator: "In".into(),
            values: values.iter().map(|&value| value.into()).collect(),
        };
        let pinned = |values: &[&str]| {
            let mut affinity = NodeSelector::default();
            affinity
                .node_selector_terms
                .push(NodeSelectorTerm::default());
            affinity.node_selector_terms[0]
                .match_fields
                .push(field(values));
            Some(affinity)
        };
        assert_eq!(target_node(&waiting), None);
        waiting.required_node_affinity = pinned(&["n1"]);
        assert_eq!(target_node(&waiting), Some("n1"));
        waiting.required_node_affinity = pinned(&["n1", "n2"]);
        assert_eq!(target_node(&waiting), None);
        waiting.node_name = "n3".into();
        assert_eq!(target_node(&waiting), Some("n3"));
    }

    fn deeds(pods: &[Pod], should_run: bool, may_stay: bool) -> (bool, Vec<Deed>) {
        let claimed: Vec<_> = pods
            .iter()
            .map(|pod| ClaimedPod {
                pod,
                claim: Claim::Owned,
                node: Some("n"),
            })
            .collect();
        let (create, deeds) = manage(&claimed, should_run, may_stay);
        (create, deeds.into_iter().map(|(_, deed)| deed).collect())
    }

    #[test]
    fn a_node_is_managed_as_the_table_of_r_610_says() {
        let running = pod("a", "n");
        let failed = Pod {
            phase: PodPhase::Failed,
            ..pod("f", "n")
        };
        let succeeded = Pod {
            phase: PodPhase::Succeeded,
            ..pod("s", "n")
        };
        let mut going = pod("t", "n");
        going.meta.terminating = true;
        let mut gone = failed.clone();
        gone.meta.terminating = true;
        assert_eq!(deeds(&[], true, true), (true, vec![]));
        assert_eq!(deeds(&[], false, true), (false, vec![]));
        assert_eq!(
            deeds(std::slice::from_ref(&running), false, true),
            (false, vec![Deed::Keep])
        );
        assert_eq!(
            deeds(std::slice::from_ref(&running), false, false),
            (false, vec![Deed::DeleteNotAllowed])
        );
        assert_eq!(
            deeds(&[going.clone()], true, true),
            (false, vec![Deed::Terminating])
        );
        assert_eq!(deeds(&[gone], true, true), (true, vec![]));
        assert_eq!(
            deeds(&[succeeded], true, true),
            (false, vec![Deed::DeleteSucceeded])
        );
        let two_failed = [
            failed.clone(),
            Pod {
                meta: pod("g", "n").meta,
                ..failed
            },
        ];
        assert_eq!(
            deeds(&two_failed, true, true),
            (false, vec![Deed::DeleteFailed, Deed::Keep])
        );
    }

    #[test]
    fn of_two_running_pods_the_bound_and_older_one_stays() {
        let mut young = pod("a", "n");
        young.meta.creation_timestamp = Some("2026-02-01T00:00:00Z".into());
        let mut old = pod("b", "n");
        old.meta.creation_timestamp = Some("2026-01-01T00:00:00Z".into());
        let unbound = pod("0", "");
        let (_, found) = deeds(&[unbound, young, old], true, true);
        assert_eq!(found, [Deed::DeleteExcess, Deed::DeleteExcess, Deed::Keep]);
    }
}
