//! Texts that mean harm: each ends soon, with its kind of error at its place.
//!
//! The table is `hostile/cases.json`: a recipe for the text (`text` or `bytes`, `repeat` times; or `numbered`,
//! with `{n}` counted from 1, `count` times) and either the first error's `kind`, `line` and `column` or how many
//! `documents` are read. In a release build each must end within a second; `-- --nocapture` prints the times.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::time::{Duration, Instant};

use daemonset_planner::diagnostic::{Code, Severity};
use daemonset_planner::plan::Session;
use daemonset_planner::text::{LineIndex, stream};
use serde_json::Value;

/// The limit, and a generous one for builds that are not optimised or machines that are busy.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 5 });

fn make(recipe: &Value) -> Vec<u8> {
    let mut made = vec![];
    for part in recipe.as_array().unwrap() {
        let repeat = || usize::try_from(part["repeat"].as_u64().unwrap()).unwrap();
        if let Some(text) = part["text"].as_str() {
            made.extend(text.as_bytes().repeat(repeat()));
        } else if let Some(bytes) = part["bytes"].as_array() {
            let bytes: Vec<u8> = bytes
                .iter()
                .map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap())
                .collect();
            made.extend(bytes.repeat(repeat()));
        } else {
            let line = part["numbered"].as_str().expect("text, bytes or numbered");
            for n in 1..=part["count"].as_u64().unwrap() {
                made.extend(line.replace("{n}", &n.to_string()).bytes());
            }
        }
    }
    made
}

#[test]
fn hostile_texts_end_soon_with_an_error_at_its_place() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("hostile/cases.json")).unwrap();
    let mut differences = vec![];
    for case in &cases {
        let bytes = make(&case["recipe"]);
        let began = Instant::now();
        let read = stream::read_bytes(&bytes);
        let (documents, error) = (read.documents().count(), read.errors().next().cloned());
        drop(read);
        let took = began.elapsed();
        let index = LineIndex::new(&bytes);
        let place = error
            .as_ref()
            .map(|error| index.position(error.span.start, &bytes));
        println!("{:>7.3} s  {}", took.as_secs_f32(), case["name"]);
        let expect = &case["expect"];
        let right = match (&error, place) {
            (Some(error), Some(place)) => {
                let words = [&error.found, &error.expected, &error.help];
                expect["kind"] == format!("{:?}", error.kind)
                    && expect["line"] == place.line
                    && expect["column"] == place.column
                    && words
                        .iter()
                        .all(|words| !words.is_empty() && words.len() < 200)
            }
            _ => expect["documents"] == documents,
        };
        if !right || took > LIMIT {
            let error = error
                .map(|error| format!("{:?} {:.80} {:?}", error.kind, error.message, error.found));
            differences.push(format!(
                "{}: {took:?}, {documents} documents, {error:?} at {place:?}",
                case["name"]
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The same texts, and objects that mean harm, through everything: read, recognised, decoded and planned.
#[test]
fn hostile_inputs_are_planned_soon_with_a_finding_at_the_place() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("hostile/cases.json")).unwrap();
    let mut differences = vec![];
    for case in &cases {
        let bytes = make(&case["recipe"]);
        let began = Instant::now();
        let mut session = Session::default();
        session.set_input("pasted", &bytes);
        let plan = session.plan();
        let took = began.elapsed();
        println!("{:>7.3} s  {}", took.as_secs_f32(), case["name"]);
        let expect = &case["expect"];
        let errors = || {
            plan.diagnostics
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
        };
        let code = match expect["kind"].as_str() {
            None => None,
            // An input, unlike a file that a client cuts by lines, is turned into UTF-8 first.
            Some(_) if case["whole"] == "read" => None,
            Some("Encoding") => Some(Code::Encoding),
            Some("Limit") => Some(Code::Limit),
            Some(_) => Some(Code::Syntax),
        };
        let found = |code| {
            errors().any(|finding| {
                let place = finding.location.as_ref().map(|location| location.start);
                finding.code == code
                    && place.is_some_and(|place| {
                        expect["line"] == place.line && expect["column"] == place.column
                    })
                    && !finding.help.is_empty()
            })
        };
        // Whatever it was taken for, the answer says so, and that there is nothing to plan.
        let says = !plan.inputs[0].taken_for.is_empty()
            && errors().any(|finding| finding.code == Code::NothingToPlan);
        let few = plan.diagnostics.len() <= 1_000;
        if !code.is_none_or(found) || !says || !few || took > LIMIT {
            let shown: Vec<_> = plan.diagnostics.iter().take(3).collect();
            differences.push(format!(
                "{}: {took:?}, {} findings {shown:?}, {:?}",
                case["name"],
                plan.diagnostics.len(),
                plan.inputs
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_daemon_set_of_100_000_tolerations_is_planned_soon() {
    let mut manifest = String::from(
        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {a: b}}\n  \
         template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: a, image: a}]\n      tolerations:\n",
    );
    for n in 0..100_000 {
        manifest.push_str(&format!("      - {{key: k{n}, operator: Exists}}\n"));
    }
    let node = |name: &str, taint: &str| {
        format!(
            "---\napiVersion: v1\nkind: Node\nmetadata: {{name: {name}}}\nspec: {{taints: [{{key: {taint}, effect: NoSchedule}}]}}\n"
        )
    };
    let nodes = node("n1", "k99999") + &node("n2", "other");
    let began = Instant::now();
    let mut session = Session::default();
    session.set_input("daemonset", manifest.as_bytes());
    session.set_input("nodes", nodes.as_bytes());
    let plan = session.plan();
    let took = began.elapsed();
    println!("{:>7.3} s  100,000 tolerations", took.as_secs_f32());
    let verdicts: Vec<bool> = plan.daemon_sets[0]
        .nodes
        .iter()
        .map(|node| node.should_run)
        .collect();
    assert_eq!(verdicts, [true, false]);
    assert!(took < LIMIT, "{took:?}");
}
