//! Properties of the selector grammars, over random texts.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use daemonset_planner::selector::{parse, parse_map, parse_project};
use proptest::prelude::*;

/// Pieces that selectors are made of, so that many of the texts parse.
const PIECES: &[&str] = &[
    "a",
    "b",
    "zone",
    "example.com/pool",
    "in",
    "notin",
    "1",
    "05",
    "",
    "é",
    "\0",
    "\u{a0}",
    "-",
    "=",
    "==",
    "!=",
    "!",
    "(",
    ")",
    ",",
    ",",
    " ",
    "\t",
    ">",
    "<",
    " in (",
    " notin (",
    "a=1",
    "b in (x,y)",
    "!zone",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..14);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}

fn labels() -> impl Strategy<Value = BTreeMap<String, String>> {
    let key = prop::sample::select(&["a", "b", "zone", "example.com/pool"][..]);
    let value = prop::sample::select(&["", "1", "05", "x", "a"][..]);
    prop::collection::btree_map(
        key.prop_map(str::to_owned),
        value.prop_map(str::to_owned),
        0..4,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_text_makes_a_grammar_panic_and_every_error_says_something(text in text()) {
        for error in [parse(&text).err(), parse_map(&text).err(), parse_project(&text).err()].into_iter().flatten() {
            prop_assert!(!error.is_empty());
        }
    }

    #[test]
    fn a_selector_printed_and_read_again_is_the_same(text in text(), labels in labels()) {
        if let Ok(selector) = parse(&text) {
            let printed = selector.to_string();
            let again = parse(&printed).unwrap();
            prop_assert_eq!(again.to_string(), printed);
            prop_assert_eq!(again.matches(&labels), selector.matches(&labels));
        }
    }

    #[test]
    fn what_openshifts_grammar_takes_kubernetes_grammar_takes_too(text in text(), labels in labels()) {
        // the merged labels satisfy the text that they come from, unless it asks for a key twice.
        if let Ok(map) = parse_project(&text) {
            let selector = parse(&text).unwrap();
            prop_assert!(selector.requirements().len() >= map.len());
            if selector.requirements().len() == map.len() {
                prop_assert!(selector.matches(&map));
                let all = map.iter().all(|(key, value)| labels.get(key) == Some(value));
                prop_assert_eq!(selector.matches(&labels), all);
            }
        }
    }
}
