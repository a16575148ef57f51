//! The plan's JSON is the same bytes everywhere: here native Rust, in `wasm_node.rs` and `wasm_browser.rs` the
//! edge, in `npm/plan-hash.test.mjs` the package. `UPDATE=1` writes the expected hashes; the others only compare.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use daemonset_planner::plan::{Input, PlanRequest, plan};
use daemonset_planner::report::{Format, render};

#[path = "plan-hash/fixtures.rs"]
mod fixtures;

fn hash_of(fixture: &fixtures::Fixture) -> String {
    let request = PlanRequest {
        inputs: fixture
            .inputs
            .iter()
            .map(|path| Input {
                name: path.clone(),
                text: fixtures::text(path).to_owned(),
            })
            .collect(),
        platform: fixture.platform,
        settings: fixture.settings.clone(),
        now: None,
    };
    fixtures::sha256(&render(&plan(&request), Format::Json))
}

#[test]
fn every_plan_has_the_hash_that_is_written_down() {
    let found: BTreeMap<String, String> = fixtures::fixtures()
        .iter()
        .map(|fixture| (fixture.name.clone(), hash_of(fixture)))
        .collect();
    if std::env::var_os("UPDATE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plan-hash/expected.json");
        let text = serde_json::to_string_pretty(&found).unwrap() + "\n";
        std::fs::write(path, text).unwrap();
    } else {
        assert_eq!(found, fixtures::expected());
    }
}

#[test]
fn no_two_fixtures_have_the_same_plan() {
    let mut hashes: Vec<String> = fixtures::fixtures().iter().map(hash_of).collect();
    let all = hashes.len();
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), all);
}
