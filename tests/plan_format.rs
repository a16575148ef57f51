//! Keeps `docs/plan.schema.json` and `docs/plan-format.md` true to the types of the plan.
//!
//! Needs the feature `schema`: `cargo test --all-features --test plan_format`. That plans of real inputs are
//! valid against the schema is tested on the package, with a validator that knows all of JSON Schema.

#![cfg(feature = "schema")]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use daemonset_planner::diagnostic::Code;
use daemonset_planner::plan::Plan;
use daemonset_planner::plan::answer::{FORMAT, ReasonCode};
use serde_json::{Value, json};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The schema of the types as they are now.
fn schema() -> Value {
    let mut schema = schemars::schema_for!(Plan).to_value();
    schema["title"] = json!(format!("A plan of daemonset-planner, {FORMAT}"));
    schema["properties"]["format"]["const"] = json!(FORMAT);
    schema
}

/// The names of all properties that the schema knows.
fn properties(schema: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut left = vec![schema];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(map) => {
                if let Some(Value::Object(properties)) = map.get("properties") {
                    names.extend(properties.keys().cloned());
                }
                left.extend(map.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    names
}

#[test]
fn the_schema_is_that_of_the_types() {
    let path = project("docs/plan.schema.json");
    let text =
        serde_json::to_string_pretty(&schema()).expect("a schema that can be written") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).expect("docs/plan.schema.json can be written");
    }
    assert_eq!(
        read("docs/plan.schema.json"),
        text,
        "run UPDATE=1 cargo test --all-features --test plan_format"
    );
}

#[test]
fn the_fields_that_are_promised_are_there() {
    let schema = schema();
    assert_eq!(schema["properties"]["format"]["const"], FORMAT);
    for (of, fields) in [
        ("DaemonSetPlan", &["namespace", "name", "nodes"][..]),
        (
            "NodePlan",
            &[
                "name",
                "shouldRun",
                "shouldContinueRunning",
                "action",
                "reasons",
            ],
        ),
        (
            "Reason",
            &[
                "rule", "code", "object", "path", "found", "wanted", "change",
            ],
        ),
    ] {
        let required = &schema["$defs"][of]["required"];
        for field in fields {
            let there = required
                .as_array()
                .is_some_and(|all| all.contains(&json!(field)));
            assert!(there, "{of}.{field} is always there");
        }
    }
    // A span is there only where the reason stands in an input.
    assert!(schema["$defs"]["Reason"]["properties"]["span"].is_object());
}

#[test]
fn the_page_describes_every_field_and_every_code() {
    let page = read("docs/plan-format.md");
    let mut missing: Vec<String> = properties(&schema())
        .into_iter()
        .filter(|name| !page.contains(&format!("`{name}`")))
        .collect();
    let codes = ReasonCode::ALL.iter().map(|code| code.as_str());
    let codes = codes.chain(Code::ALL.iter().map(|code| code.as_str()));
    missing.extend(
        codes
            .filter(|code| !page.contains(&format!("`{code}`")))
            .map(str::to_owned),
    );
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "docs/plan-format.md says nothing of these"
    );
}

#[test]
fn the_page_gives_every_reason_its_rule() {
    let page = read("docs/plan-format.md");
    for code in ReasonCode::ALL {
        let row = format!("| `{}` | {} |", code.as_str(), code.rule());
        assert!(
            page.contains(&row),
            "docs/plan-format.md lacks a row that begins with {row}"
        );
    }
}

/// The blocks of one language in a page of Markdown.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let open = format!("```{language}\n");
    page.split(&open)
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .collect()
}

#[test]
fn the_worked_example_is_what_the_planner_answers() {
    let page = read("docs/plan-format.md");
    let [inputs] = blocks(&page, "yaml")[..] else {
        panic!("one block of YAML");
    };
    let (daemon_set, nodes) = inputs
        .split_once("\n---\n")
        .expect("two documents at least");
    let input = |name: &str, text: &str| daemonset_planner::plan::Input {
        name: name.to_owned(),
        text: format!("{text}\n"),
    };
    let plan = daemonset_planner::plan::plan(&daemonset_planner::plan::PlanRequest {
        inputs: vec![input("ds.yaml", daemon_set), input("nodes.yaml", nodes)],
        ..Default::default()
    });
    let text = serde_json::to_string_pretty(&plan).expect("a plan that can be written");
    let block = |text: &str| format!("```json\n{text}\n```");
    let shown = blocks(&page, "json").last().copied().unwrap_or_default();
    if std::env::var_os("UPDATE").is_some() {
        let page = page.replace(&block(shown), &block(&text));
        fs::write(project("docs/plan-format.md"), page)
            .expect("docs/plan-format.md can be written");
    } else {
        assert_eq!(
            shown, text,
            "run UPDATE=1 cargo test --all-features --test plan_format"
        );
    }
    let set = plan
        .daemon_sets
        .first()
        .expect("the DaemonSet of the example");
    let verdicts: Vec<(&str, bool, bool)> = set
        .nodes
        .iter()
        .map(|node| (&*node.name, node.should_run, node.should_continue_running))
        .collect();
    // R-101: the label matches on both; the taint keeps new pods off the second.
    assert_eq!(verdicts, [("n1", true, true), ("n2", false, true)]);
}

#[test]
fn a_plan_read_back_is_the_same_plan() {
    let page = read("docs/plan-format.md");
    let shown = blocks(&page, "json").last().copied().unwrap_or_default();
    let plan: Plan = serde_json::from_str(shown).expect("the example is a plan");
    assert_eq!(
        serde_json::to_string_pretty(&plan).expect("a plan that can be written"),
        shown
    );
    assert_eq!(plan.format, FORMAT);
}
