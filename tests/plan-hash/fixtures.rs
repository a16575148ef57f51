//! The fixtures whose plan must be the same bytes in Rust, Node and Chromium: questions in `fixtures.json`,
//! SHA-256 of each answer in `expected.json`. Compiled in, for a browser has no files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use daemonset_planner::admission::settings::{Platform, SettingsOverrides};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixture {
    /// What is special about it.
    pub(crate) name: String,
    /// The preset.
    pub(crate) platform: Platform,
    /// Single switches.
    pub(crate) settings: SettingsOverrides,
    /// Paths from the root of the repository; also the names of the inputs.
    pub(crate) inputs: Vec<String>,
}

macro_rules! texts {
    ($($path:literal),* $(,)?) => {
        /// Every input that a fixture may name.
        const TEXTS: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../", $path)))),*];
    };
}

texts![
    "examples/hello-daemonset/daemonset.yaml",
    "examples/hello-daemonset/nodes.yaml",
    "tests/plan-hash/inputs/broken.yaml",
    "tests/plan-hash/inputs/daemonset.yaml",
    "tests/plan-hash/inputs/namespace.yaml",
    "tests/plan-hash/inputs/nodes.txt",
    "tests/plan-hash/inputs/nodes.yaml",
];

/// The questions.
pub(crate) fn fixtures() -> Vec<Fixture> {
    serde_json::from_str(include_str!("fixtures.json"))
        .expect("fixtures.json is a list of fixtures")
}

/// The hash of each answer, by the fixture's name.
pub(crate) fn expected() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("expected.json")).expect("expected.json maps names to hashes")
}

/// The text of an input.
pub(crate) fn text(path: &str) -> &'static str {
    TEXTS.iter().find(|(known, _)| *known == path).map_or_else(
        || panic!("{path} is not compiled in: name it in fixtures.rs"),
        |(_, text)| text,
    )
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
