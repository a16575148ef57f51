//! Tolerations: what they tolerate, and those that every pod of a `DaemonSet` gets.

use serde::{Deserialize, Serialize};

use super::requirement::parse_integer;
use super::{Taint, null_as_default};

/// `v1.Toleration`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Toleration {
    /// `key`; empty stands for every key.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub key: String,
    /// `operator` as written; empty means `Equal`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub operator: String,
    /// `value`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub value: String,
    /// `effect`; empty stands for every effect.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub effect: String,
    /// `tolerationSeconds`, in seconds; plays no part in whether a taint is tolerated (R-125).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toleration_seconds: Option<i64>,
}

/// The feature gates that matter here, with Kubernetes 1.37's defaults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FeatureGates {
    /// `TaintTolerationComparisonOperators`: tolerations may compare with `Lt` and `Gt` (R-126). Off.
    pub taint_toleration_comparison_operators: bool,
}

impl Toleration {
    /// `operator: Exists` with this key and effect.
    pub fn exists(key: &str, effect: &str) -> Self {
        Self {
            key: key.to_owned(),
            operator: "Exists".to_owned(),
            effect: effect.to_owned(),
            ..Self::default()
        }
    }

    /// Whether this toleration, by itself, tolerates the taint (R-123, R-124).
    ///
    /// Source: `ToleratesTaint`, `k8s.io/api/core/v1/toleration.go`.
    pub fn tolerates(&self, taint: &Taint, gates: FeatureGates) -> bool {
        self.is_for(&taint.effect) && self.tolerates_pair(taint, gates)
    }

    /// Whether it is about taints with this effect.
    pub fn is_for(&self, effect: &str) -> bool {
        self.effect.is_empty() || self.effect == effect
    }

    /// Whether it tolerates key and value of the taint; the effect is not asked.
    pub fn tolerates_pair(&self, taint: &Taint, gates: FeatureGates) -> bool {
        if !self.key.is_empty() && self.key != taint.key {
            return false;
        }
        let numbers = || decimal(&taint.value).zip(decimal(&self.value));
        let comparing = gates.taint_toleration_comparison_operators;
        match self.operator.as_str() {
            "" | "Equal" => self.value == taint.value,
            "Exists" => true,
            "Lt" if comparing => numbers().is_some_and(|(taint, own)| taint < own),
            "Gt" if comparing => numbers().is_some_and(|(taint, own)| taint > own),
            _ => false,
        }
    }

    /// Key, effect, operator and value are literally the same (R-131).
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.key, &self.effect, &self.operator, &self.value)
            == (&other.key, &other.effect, &other.operator, &other.value)
    }
}

/// An integer in plain decimal form: no plus sign, no leading zeros, no `-0` (R-126).
fn decimal(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = text == "0" || digits.starts_with(|c: char| ('1'..='9').contains(&c));
    plain.then(|| parse_integer(text)).flatten()
}

/// Whether some toleration tolerates the taint (R-127).
pub fn tolerated(taint: &Taint, tolerations: &[Toleration], gates: FeatureGates) -> bool {
    tolerations
        .iter()
        .any(|toleration| toleration.tolerates(taint, gates))
}

/// The taints among those that `counts` takes that no toleration tolerates, with their places, in the node's
/// order; the first is the one that Kubernetes reports (R-104). Allocates nothing.
pub fn untolerated<'a>(
    taints: &'a [Taint],
    tolerations: &'a [Toleration],
    gates: FeatureGates,
    counts: fn(&Taint) -> bool,
) -> impl Iterator<Item = (usize, &'a Taint)> {
    let taints = taints.iter().enumerate();
    taints.filter(move |(_, taint)| counts(taint) && !tolerated(taint, tolerations, gates))
}

/// Adds a toleration to a pod's list: every entry that is the same is replaced in its place, otherwise the
/// toleration is appended (R-132).
pub fn add_or_update(tolerations: &mut Vec<Toleration>, toleration: &Toleration) {
    let mut replaced = false;
    for entry in tolerations
        .iter_mut()
        .filter(|entry| entry.is_same(toleration))
    {
        entry.clone_from(toleration);
        replaced = true;
    }
    if !replaced {
        tolerations.push(toleration.clone());
    }
}

/// The automatic tolerations of daemon pods: key and effect, all `Exists`; the last only with `hostNetwork`
/// (R-130).
const AUTOMATIC: [(&str, &str); 6] = [
    ("node.kubernetes.io/not-ready", "NoExecute"),
    ("node.kubernetes.io/unreachable", "NoExecute"),
    ("node.kubernetes.io/disk-pressure", "NoSchedule"),
    ("node.kubernetes.io/memory-pressure", "NoSchedule"),
    ("node.kubernetes.io/pid-pressure", "NoSchedule"),
    ("node.kubernetes.io/unschedulable", "NoSchedule"),
];
const HOST_NETWORK: (&str, &str) = ("node.kubernetes.io/network-unavailable", "NoSchedule");

/// A template's tolerations and the automatic ones (R-130 to R-133).
///
/// Source: `AddOrUpdateDaemonPodTolerations`, `pkg/controller/daemon/util/daemonset_util.go`.
pub fn with_automatic(template: &[Toleration], host_network: bool) -> Vec<Toleration> {
    let mut tolerations = template.to_vec();
    let last = host_network.then_some(HOST_NETWORK);
    for (key, effect) in AUTOMATIC.into_iter().chain(last) {
        add_or_update(&mut tolerations, &Toleration::exists(key, effect));
    }
    tolerations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toleration(key: &str, operator: &str, value: &str, effect: &str) -> Toleration {
        Toleration {
            key: key.into(),
            operator: operator.into(),
            value: value.into(),
            effect: effect.into(),
            toleration_seconds: None,
        }
    }

    const GATED: FeatureGates = FeatureGates {
        taint_toleration_comparison_operators: true,
    };

    #[test]
    fn key_effect_and_operator_decide_what_is_tolerated() {
        // R-123, R-124
        let taint = Taint::new("k", "v", "NoSchedule");
        for (parts, wanted) in [
            (("k", "Equal", "v", "NoSchedule"), true),
            (("k", "", "v", ""), true),
            (("k", "", "", ""), false),
            (("k", "Exists", "other", ""), true),
            (("", "Exists", "", ""), true),
            (("", "Exists", "", "NoExecute"), false),
            (("", "", "v", ""), true),
            (("x", "Exists", "", ""), false),
            (("k", "exists", "v", ""), false),
            (("k", "Gt", "1", ""), false),
        ] {
            let (key, operator, value, effect) = parts;
            let made = toleration(key, operator, value, effect);
            assert_eq!(
                made.tolerates(&taint, FeatureGates::default()),
                wanted,
                "{parts:?}"
            );
        }
    }

    #[test]
    fn numbers_are_compared_only_with_the_gate_and_in_plain_form() {
        // R-126
        for (taint, operator, own, wanted) in [
            ("5", "Lt", "6", true),
            ("6", "Lt", "6", false),
            ("7", "Gt", "6", true),
            ("-5", "Gt", "-6", true),
            ("0", "Lt", "1", true),
            ("-0", "Lt", "1", false),
            ("05", "Lt", "6", false),
            ("+5", "Lt", "6", false),
            ("5", "Lt", "9223372036854775808", false),
            ("", "Lt", "6", false),
        ] {
            let taint = Taint::new("k", taint, "NoSchedule");
            let made = toleration("k", operator, own, "");
            assert_eq!(
                made.tolerates(&taint, GATED),
                wanted,
                "{taint:?} {operator} {own}"
            );
            assert!(!made.tolerates(&taint, FeatureGates::default()));
        }
    }

    #[test]
    fn a_toleration_that_is_there_loses_its_seconds_and_keeps_its_place() {
        // R-132, R-133
        let key = "node.kubernetes.io/not-ready";
        let timed = Toleration {
            toleration_seconds: Some(300),
            ..Toleration::exists(key, "NoExecute")
        };
        let everything = toleration("", "Exists", "", "");
        let equal = toleration("node.kubernetes.io/unreachable", "", "", "NoExecute");
        let template = [timed.clone(), everything.clone(), timed, equal.clone()];
        let all = with_automatic(&template, true);
        let first = Toleration::exists(key, "NoExecute");
        assert_eq!(all[..4], [first.clone(), everything, first, equal]);
        let added: Vec<_> = all[4..].iter().map(|t| t.key.as_str()).collect();
        assert_eq!(
            added,
            [
                "node.kubernetes.io/unreachable",
                "node.kubernetes.io/disk-pressure",
                "node.kubernetes.io/memory-pressure",
                "node.kubernetes.io/pid-pressure",
                "node.kubernetes.io/unschedulable",
                "node.kubernetes.io/network-unavailable",
            ]
        );
        assert_eq!(with_automatic(&[], false).len(), 6); // R-130
    }

    #[test]
    fn only_taints_that_keep_away_count_and_the_first_comes_first() {
        // R-103, R-104
        let taints = [
            Taint::new("a", "", "PreferNoSchedule"),
            Taint::new("b", "", "noschedule"),
            Taint::new("c", "", "NoSchedule"),
            Taint::new("d", "", "NoExecute"),
            Taint::new("e", "", "NoExecute"),
        ];
        let tolerations = [toleration("d", "Exists", "", "")];
        let places = |counts| -> Vec<usize> {
            untolerated(&taints, &tolerations, FeatureGates::default(), counts)
                .map(|(place, _)| place)
                .collect()
        };
        assert_eq!(places(Taint::keeps_away), [2, 4]);
        assert_eq!(places(Taint::evicts), [4]);
    }

    #[test]
    fn gates_are_read_by_their_own_names() {
        let gates: FeatureGates =
            serde_json::from_str(r#"{"TaintTolerationComparisonOperators": true}"#).unwrap();
        assert_eq!(gates, GATED);
    }
}
