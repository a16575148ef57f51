//! Keeps `docs/architecture.md` true: reads the source of the crate and fails where a room uses one that
//! comes after it, or does what no room may do.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "architecture/lexer.rs"]
mod lexer;
#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/rules.rs"]
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use rules::{ROOMS, violations};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn document() -> String {
    fs::read_to_string(project("docs/architecture.md")).expect("docs/architecture.md")
}

#[test]
fn no_room_uses_one_that_comes_after_it_or_looks_outside() {
    let found = violations(&project("src"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_bad_tree_is_reported_line_by_line() {
    let found = violations(&project("tests/fixtures/architecture/bad"));
    let expected = fs::read_to_string(project("tests/fixtures/architecture/expected.txt"))
        .expect("what is wrong with the bad tree");
    let expected: Vec<&str> = expected.lines().collect();
    assert_eq!(found, expected);
}

#[test]
fn a_good_tree_is_let_through() {
    let found = violations(&project("tests/fixtures/architecture/good"));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_rooms_of_the_document_are_the_rooms_of_the_check_in_the_same_order() {
    let document = document();
    let table: Vec<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| !name.contains(['/', '.']))
        .collect();
    assert_eq!(table, ROOMS);
}

#[test]
fn the_root_declares_only_rooms() {
    let root = fs::read_to_string(project("src/lib.rs")).expect("src/lib.rs");
    let declared: Vec<&str> = root
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("mod "))
        .filter_map(|rest| rest.strip_suffix(';'))
        .collect();
    assert!(!declared.is_empty());
    for name in declared {
        assert!(ROOMS.contains(&name), "src/lib.rs: `{name}` is no room");
    }
}

/// The invariants that a test of this file checks, each by its first words in the document.
const CHECKED: &[&str] = &[
    "a room uses only the rooms before it",
    "every module at the top is a room",
    "nothing looks outside",
    "only `wasm` speaks to JavaScript",
    "there is no `unsafe`",
    "a room says what it is for",
];

#[test]
fn every_invariant_of_the_document_is_one_that_is_checked() {
    let document = document();
    let stated: Vec<&str> = document
        .lines()
        .filter_map(|line| line.split("Architecture invariant:** ").nth(1))
        .collect();
    assert_eq!(stated.len(), CHECKED.len(), "{stated:#?}");
    for (stated, checked) in stated.iter().zip(CHECKED) {
        assert!(stated.starts_with(checked), "{stated}\n{checked}");
    }
}
