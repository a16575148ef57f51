//! What holds of quantities and of objects as values, whatever the text says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use daemonset_planner::controller::pod::new_pod;
use daemonset_planner::controller::revision::{data, template_hash};
use daemonset_planner::object::defaults::{apply, prepare_for_create, same_template};
use daemonset_planner::object::schema::TypeId;
use daemonset_planner::object::value::{Struct, decode};
use daemonset_planner::object::{IntOrString, Quantity, Rounding};
use daemonset_planner::text::json;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

/// Texts of quantities that can be read. Multiples of 1000E are left out: the release writes them without a
/// suffix.
fn quantity() -> impl Strategy<Value = Quantity> {
    let short = (
        "[+-]?[0-9]{1,5}(\\.[0-9]{0,12})?",
        "[numkMGTP]?|[KMGTPE]i|e-?1?[0-9]",
    );
    let long = (
        "[+-]?[0-9]{6,20}(\\.[0-9]{0,3})?",
        "[num]?|[KMGTPE]i|e-[0-9]",
    );
    prop_oneof![short, long]
        .prop_map(|(number, suffix)| format!("{number}{suffix}").parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_quantity_that_is_printed_is_read_back(quantity in quantity()) {
        for text in [quantity.to_string(), quantity.canonical()] {
            let back: Quantity = text.parse().unwrap();
            prop_assert_eq!(&back, &quantity);
            // `62.5Ki` is written `64000`, which without its suffix is read as `64k`; then it stays.
            let again: Quantity = back.to_string().parse().unwrap();
            prop_assert_eq!(again.to_string(), back.to_string());
        }
    }

    #[test]
    fn quantities_are_in_a_total_order_that_goes_with_their_differences(
        a in quantity(), b in quantity(), c in quantity()
    ) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(i8::from(a > b) - i8::from(a < b), a.checked_sub(&b).unwrap().sign());
        let mut sorted = [&a, &b, &c];
        sorted.sort();
        let [least, between, most] = sorted;
        prop_assert!(least <= between && between <= most && least <= most);
    }

    #[test]
    fn sums_of_quantities_do_not_depend_on_the_order(a in quantity(), b in quantity(), c in quantity()) {
        let sum = |a: &Quantity, b: &Quantity| a.checked_add(b).unwrap();
        prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
        prop_assert_eq!(sum(&a, &b), sum(&b, &a));
        prop_assert_eq!(sum(&a, &b).checked_sub(&b).unwrap(), a);
    }

    #[test]
    fn thousandths_round_away_from_zero_and_only_once(quantity in quantity()) {
        let rounded = quantity.clone().rounded_to_milli();
        prop_assert_eq!(rounded.clone().rounded_to_milli().to_string(), rounded.to_string());
        prop_assert_eq!(rounded.sign(), quantity.sign());
        let step: Quantity = "1m".parse().unwrap();
        let (large, small) = if quantity.sign() < 0 { (quantity, rounded) } else { (rounded, quantity) };
        let lost = large.checked_sub(&small).unwrap();
        prop_assert!(lost.sign() >= 0 && lost < step);
    }

    #[test]
    fn any_text_is_a_quantity_or_an_error(text in "[+-]?[0-9.]{0,9}[eEinumkKMGTP+-]{0,4}[0-9]{0,12}") {
        if let Ok(quantity) = text.parse::<Quantity>() {
            let _ = (quantity.value(), quantity.milli_value(), quantity.go_dump());
            prop_assert!(!quantity.canonical().is_empty());
            prop_assert_eq!(quantity.checked_sub(&quantity).map_or(0, |zero| zero.sign()), 0);
        }
    }

    #[test]
    fn percentages_round_to_neighbours(percent in -300..300_i64, total in 0..10_000_i64) {
        let share = IntOrString::Text(format!("{percent}%"));
        let up = share.scaled(total, Rounding::Up).unwrap();
        let down = share.scaled(total, Rounding::Down).unwrap();
        prop_assert_eq!(up - down, i64::from(percent * total % 100 != 0));
        prop_assert!(down * 100 <= percent * total && percent * total <= up * 100);
    }
}

const KEYS: &[&str] = &[
    "metadata",
    "labels",
    "annotations",
    "name",
    "creationTimestamp",
    "spec",
    "template",
    "selector",
    "updateStrategy",
    "rollingUpdate",
    "maxSurge",
    "type",
    "containers",
    "image",
    "resources",
    "limits",
    "requests",
    "cpu",
    "ports",
    "containerPort",
    "livenessProbe",
    "httpGet",
    "port",
    "grpc",
    "env",
    "valueFrom",
    "fieldRef",
    "volumes",
    "emptyDir",
    "sizeLimit",
    "projected",
    "sources",
    "affinity",
    "nodeAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
    "tolerations",
    "key",
    "operator",
    "tolerationSeconds",
    "hostNetwork",
    "status",
    "collisionCount",
    "managedFields",
    "fieldsV1",
    "lifecycle",
    "stopSignal",
    "matchLabels",
    "deprecated.daemonset.template.generation",
];

const TEXTS: &[&str] = &[
    "",
    "a",
    "1",
    "10%",
    "Exists",
    "500m",
    "2026-01-01T00:00:00Z",
    "agent:1",
    "<&>",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3..100_i64).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e3..1e3).prop_map(Value::from),
        select(TEXTS).prop_map(Value::from),
    ];
    leaf.prop_recursive(9, 60, 6, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            4 => prop::collection::vec((select(KEYS), inner), 0..6).prop_map(|entries| {
                Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

/// Random values in the places where most of a manifest is.
fn manifest() -> impl Strategy<Value = Value> {
    (any_json(), any_json(), any_json(), any_json(), any_json()).prop_map(
        |(meta, spec, template, pod, container)| {
            let with = |value: Value, key: &str, inner: Value| {
                let mut map = match value {
                    Value::Object(map) => map,
                    _ => Map::new(),
                };
                map.insert(key.to_owned(), inner);
                Value::Object(map)
            };
            let pod = with(pod, "containers", Value::from(vec![container]));
            let template = with(template, "spec", pod);
            let spec = with(spec, "template", template);
            with(with(Value::Null, "spec", spec), "metadata", meta)
        },
    )
}

fn read(text: &str) -> Struct {
    let document = json::document(text).unwrap();
    let of = TypeId::named("v1.DaemonSet").unwrap();
    decode(&document.tree, document.tree.root(), of).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn whatever_is_decoded_is_written_so_that_it_reads_back(manifest in manifest()) {
        let object = read(&manifest.to_string());
        let stored = object.clone().stored();
        prop_assert_eq!(&stored.clone().stored(), &stored);
        prop_assert!(same_template(&object, &stored));
        let back = read(&stored.to_json());
        prop_assert_eq!(back.to_json(), stored.to_json());
        prop_assert_eq!(back.stored(), stored);
    }

    #[test]
    fn defaults_are_filled_in_once_and_the_rest_follows(manifest in manifest()) {
        let mut object = read(&manifest.to_string());
        apply(&mut object);
        let once = object.clone();
        apply(&mut object);
        prop_assert_eq!(&object, &once);
        if prepare_for_create(&mut object).is_err() {
            prop_assert_eq!(object, once);
            return Ok(());
        }
        let stored = object.stored();
        prop_assert!(stored.get("status").is_none());
        prop_assert!(serde_json::from_str::<Value>(&data(&stored)).is_ok());
        if let Ok(hash) = template_hash(&stored) {
            prop_assert!((1..=10).contains(&hash.len()));
            prop_assert_eq!(template_hash(&read(&stored.to_json()).stored()), Ok(hash));
        }
        let made = new_pod(&stored, "n1", "abc").unwrap();
        let tolerations = made.pod.at(&["spec"]).unwrap().items("tolerations").len();
        prop_assert!(tolerations >= 6);
        prop_assert_eq!(read(&stored.to_json()).to_json(), stored.to_json());
    }
}
