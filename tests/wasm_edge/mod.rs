//! What the edge must do wherever it runs. Called by `wasm_node.rs` and `wasm_browser.rs`.

use daemonset_planner::admission::settings::{Platform, SettingsOverrides};
use daemonset_planner::plan::Plan;
use daemonset_planner::wasm::{Cluster, Columns, Summary, kubernetes_version, version};
use js_sys::{JSON, Object, Reflect};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};

#[path = "../plan-hash/fixtures.rs"]
pub(crate) mod fixtures;

const DAEMON_SET: &str = include_str!("../fixtures/logs/daemonset.yaml");

const NODES: &str = include_str!("../fixtures/logs/nodes.yaml");

/// A cluster with one `DaemonSet` and three nodes: one takes the pod, one lacks the label, one is tainted.
fn cluster() -> Cluster {
    let mut cluster = Cluster::new();
    cluster.set_text("ds.yaml", DAEMON_SET);
    cluster.set("nodes.yaml", NODES.as_bytes());
    cluster
}

fn platform(name: &str) -> Ts<Platform> {
    Ts::new_unchecked(JsValue::from_str(name))
}

fn plan(cluster: &Cluster) -> JsValue {
    JsValue::from(cluster.plan().map_err(JsValue::from).unwrap())
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap()
}

/// The plan's JSON has the hashes that native Rust has.
pub(crate) fn plans_hash_as_in_rust() {
    let expected = fixtures::expected();
    for fixture in fixtures::fixtures() {
        let mut cluster = Cluster::new();
        cluster
            .set_platform(&fixture.platform.into_ts().unwrap())
            .map_err(JsValue::from)
            .unwrap();
        cluster
            .set_settings(&fixture.settings.into_ts().unwrap())
            .map_err(JsValue::from)
            .unwrap();
        for path in &fixture.inputs {
            cluster.set(path, fixtures::text(path).as_bytes());
        }
        let hash = fixtures::sha256(&cluster.plan_json());
        assert_eq!(Some(&hash), expected.get(&fixture.name), "{}", fixture.name);
    }
}

/// Plain objects, as JSON has them: no `Map`, no `null` for what is absent.
pub(crate) fn plan_is_the_same_as_its_json() {
    let mut cluster = cluster();
    cluster
        .set_platform(&platform("openshift-4"))
        .map_err(JsValue::from)
        .unwrap();
    let text = String::from(JSON::stringify(&plan(&cluster)).unwrap());
    let of_objects: serde_json::Value = serde_json::from_str(&text).unwrap();
    let of_text: serde_json::Value = serde_json::from_str(&cluster.plan_json()).unwrap();
    assert_eq!(of_objects, of_text);
    let inputs = js_sys::Array::from(&get(&plan(&cluster), "inputs"));
    assert_eq!(inputs.length(), 2);
    assert!(
        get(&inputs.get(0), "objects")
            .unchecked_ref::<Object>()
            .is_object()
    );
    assert!(!inputs.get(0).is_instance_of::<js_sys::Map>());
}

/// What leaves as objects comes back as the Rust type.
pub(crate) fn plan_survives_the_way_back() {
    let answer: Ts<Plan> = Ts::new_unchecked(plan(&cluster()));
    let back = answer.to_rust().unwrap();
    let rendered =
        daemonset_planner::report::render(&back, daemonset_planner::report::Format::Json);
    assert_eq!(rendered, cluster().plan_json());
}

/// Text and bytes are the same input, and replacing keeps its place.
pub(crate) fn text_and_bytes_are_the_same_input() {
    let mut bytes = cluster();
    bytes.set("ds.yaml", DAEMON_SET.as_bytes());
    assert_eq!(bytes.plan_json(), cluster().plan_json());
}

/// An input that was taken away plays no part.
pub(crate) fn removed_inputs_are_gone() {
    let mut cluster = cluster();
    cluster.set_text("more.yaml", "more-1\nmore-2\n");
    assert!(cluster.remove("more.yaml"));
    assert!(!cluster.remove("more.yaml"));
    assert_eq!(cluster.plan_json(), self::cluster().plan_json());
}

/// An unknown platform or switch of the wrong type is an error, and nothing changes.
pub(crate) fn misuse_is_an_error_and_changes_nothing() {
    let mut cluster = cluster();
    let before = cluster.plan_json();
    assert!(cluster.set_platform(&platform("windows-95")).is_err());
    let settings = Object::new();
    Reflect::set(&settings, &"podNodeSelector".into(), &"maybe".into()).unwrap();
    assert!(
        cluster
            .set_settings(&Ts::<SettingsOverrides>::new_unchecked(settings.into()))
            .is_err()
    );
    assert_eq!(cluster.plan_json(), before);
}

/// Only the formats that there are.
pub(crate) fn unknown_formats_have_no_report() {
    let cluster = cluster();
    for format in ["table", "wide", "json", "yaml", "name"] {
        assert!(
            cluster.report(format).is_some_and(|text| !text.is_empty()),
            "{format}"
        );
    }
    assert_eq!(cluster.report("xml"), None);
    assert_eq!(cluster.report("json"), Some(cluster.plan_json()));
}

/// A node that is there is explained, one that is not is none.
pub(crate) fn only_nodes_that_are_there_are_explained() {
    let cluster = cluster();
    assert!(
        cluster
            .explain("n3")
            .is_some_and(|text| text.contains("NoSchedule"))
    );
    assert_eq!(cluster.explain("n4"), None);
}

/// The columns say what the plan's objects say.
pub(crate) fn columns_say_what_the_plan_says() {
    let mut cluster = cluster();
    cluster.set_text("nodes.yaml", &NODES.replace("n1", "größe-1"));
    let columns = cluster
        .columns(0)
        .map_err(JsValue::from)
        .unwrap()
        .map(JsValue::from)
        .unwrap();
    let bytes = |key: &str| js_sys::Uint8Array::new(&get(&columns, key)).to_vec();
    let words = |key: &str| js_sys::Uint32Array::new(&get(&columns, key)).to_vec();
    assert!(get(&columns, "verdicts").is_instance_of::<js_sys::Uint8Array>());
    // Name order, by bytes; the ö counts as one UTF-16 unit.
    assert_eq!(
        get(&columns, "names").as_string().as_deref(),
        Some("größe-1n2n3")
    );
    assert_eq!(words("nameEnds"), [7, 9, 11]);
    assert_eq!(bytes("verdicts"), [0b11, 0b00, 0b10]);
    let codes: Vec<String> = js_sys::Array::from(&get(&columns, "actionCodes"))
        .iter()
        .filter_map(|code| code.as_string())
        .collect();
    let actions: Vec<&str> = bytes("actions")
        .iter()
        .map(|at| codes[usize::from(*at)].as_str())
        .collect();
    assert_eq!(actions, ["create", "none", "none"]);
    assert_eq!(bytes("outcomes"), [1, 0, 0]);

    let set = js_sys::Array::from(&get(&plan(&cluster), "daemonSets")).get(0);
    let groups = js_sys::Array::from(&get(&set, "reasonGroups"));
    let ends = words("groupEnds");
    let of_n3 = &words("groups")[ends[1] as usize..ends[2] as usize];
    let codes_of_n3: Vec<String> = of_n3
        .iter()
        .filter_map(|group| get(&groups.get(*group), "code").as_string())
        .collect();
    assert_eq!(codes_of_n3, ["taint-no-schedule"]);

    assert!(cluster.columns(1).map_err(JsValue::from).unwrap().is_none());
    // The type is what TypeScript is told; it must survive the way back as well.
    let _: Columns = Ts::<Columns>::new_unchecked(columns).to_rust().unwrap();
}

/// The numbers that an exit code is made of.
pub(crate) fn the_summary_counts_objects_and_errors() {
    let mut cluster = cluster();
    let summary = |cluster: &Cluster| -> Summary {
        cluster
            .summary()
            .map_err(JsValue::from)
            .unwrap()
            .to_rust()
            .unwrap()
    };
    let good = summary(&cluster);
    assert_eq!((good.objects, good.daemon_sets, good.errors), (4, 1, 0));
    cluster.set_text("broken.yaml", "kind: DaemonSet\n\tbroken: [\n");
    let bad = summary(&cluster);
    assert_eq!((bad.objects, bad.daemon_sets), (4, 1));
    assert!(bad.errors >= 1);
    assert!(cluster.diagnostics_text().contains("broken.yaml:2:1"));
}

/// Hostile text ends in an answer, never in a trap.
pub(crate) fn hostile_text_is_answered() {
    let mut cluster = Cluster::new();
    for text in [
        "\0", "\u{feff}", "[[[[[[", "- - - -", "&a [*a]", "%TAG ! !", "\t", "{\"a\":", "\u{2028}",
    ] {
        cluster.set_text("hostile", text);
        let _ = cluster.plan_json();
        let _ = cluster.diagnostics_text();
    }
    cluster.set("hostile", &[0xff, 0xfe, 0x00, 0xd8]);
    assert!(cluster.plan_json().contains("daemonset-plan/1"));
}

/// The module says which it is.
pub(crate) fn versions_are_those_of_the_crate() {
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(
        kubernetes_version(),
        daemonset_planner::plan::answer::KUBERNETES_VERSION
    );
}

/// Makes a test of each of the above.
#[macro_export]
macro_rules! edge_tests {
    () => {
        edge_tests! {
            plans_hash_as_in_rust
            plan_is_the_same_as_its_json
            plan_survives_the_way_back
            text_and_bytes_are_the_same_input
            removed_inputs_are_gone
            misuse_is_an_error_and_changes_nothing
            unknown_formats_have_no_report
            only_nodes_that_are_there_are_explained
            columns_say_what_the_plan_says
            the_summary_counts_objects_and_errors
            hostile_text_is_answered
            versions_are_those_of_the_crate
        }
    };
    ($($name:ident)+) => {$(
        #[wasm_bindgen_test::wasm_bindgen_test]
        fn $name() {
            wasm_edge::$name();
        }
    )+};
}
