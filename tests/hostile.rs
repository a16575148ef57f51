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
