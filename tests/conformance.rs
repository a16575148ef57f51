//! Runs every case under `tests/conformance/`, or under the folder that `CONFORMANCE_DIR` names.
//!
//! One file of JSON lines a family, each line a case: `{"name", "family", "input", "expect"}`. The answers
//! came from the real code. Prints `FAMILY: N passed, M failed` and the first differences in full.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod families;

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

/// How many differences of a family are shown.
const SHOWN: usize = 5;

#[test]
fn every_case_gets_the_answer_of_the_real_code() {
    let folder = env::var_os("CONFORMANCE_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/conformance"),
        PathBuf::from,
    );
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let mut failures = 0;
    println!();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (mut passed, mut differences) = (0, vec![]);
        let mut family = file.file_stem().unwrap().to_string_lossy().into_owned();
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let case: Value = serde_json::from_str(line).unwrap();
            if let Some(own) = case["family"].as_str() {
                own.clone_into(&mut family);
            }
            let outcome = match families::find(&family) {
                Some(run) => run(&case),
                None => Err(format!("no family {family} is known")),
            };
            match outcome {
                Ok(()) => passed += 1,
                Err(difference) => {
                    differences.push(format!("{}:{}: {difference}", file.display(), number + 1));
                }
            }
        }
        println!("{family}: {passed} passed, {} failed", differences.len());
        for difference in differences.iter().take(SHOWN) {
            println!("{difference}");
        }
        failures += differences.len();
    }
    assert_eq!(failures, 0, "cases failed");
}
