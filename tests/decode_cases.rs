//! The cases of the family `decode`, as far as the planner's reading of objects goes: which of the objects that
//! it reads come out, under which name, and whether something is said where the real code refuses or complains.
//! The exact texts of the server are compared by the family of that name; here it is only tried that decoding
//! what was broken at random never panics and keeps its own account.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[cfg(not(target_arch = "wasm32"))]
use std::sync::LazyLock;

use daemonset_planner::diagnostic::{Code, Severity};
use daemonset_planner::object::input::{InputRead, read};
#[cfg(not(target_arch = "wasm32"))]
use daemonset_planner::object::strict::{Verdict, decode_body, decode_file};
use serde_json::Value;

/// The texts of all cases.
#[cfg(not(target_arch = "wasm32"))]
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    include_str!("conformance/decode.jsonl")
        .lines()
        .map(|line| {
            let case: Value = serde_json::from_str(line).unwrap();
            case["input"]["yaml"].as_str().unwrap().to_owned()
        })
        .collect()
});

fn names(read: &InputRead) -> Vec<(String, String)> {
    let objects = &read.objects;
    let mut out: Vec<(String, String)> = vec![];
    let mut add = |kind: &str, name: &str| out.push((kind.to_owned(), name.to_owned()));
    for set in &objects.daemon_sets {
        add("DaemonSet", &set.meta.name);
    }
    for node in &objects.nodes {
        add("Node", &node.name);
    }
    for pod in &objects.pods {
        add("Pod", &pod.meta.name);
    }
    for namespace in &objects.namespaces {
        add("Namespace", &namespace.name);
    }
    for other in &objects.others {
        add(&other.kind, &other.name);
    }
    out.sort();
    out
}

fn check(case: &Value) -> Result<(), String> {
    let read = read(
        0,
        "input.yaml",
        case["input"]["yaml"].as_str().unwrap().as_bytes(),
    );
    let expect = &case["expect"];
    let objects = expect["objects"].as_array().cloned().unwrap_or_default();
    let mut sent: Vec<(String, String)> = objects
        .iter()
        .map(|object| {
            let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
            (text("kind"), text("name"))
        })
        .filter(|(_, name)| !name.is_empty())
        .collect();
    sent.sort();
    let found = names(&read);
    // What the client sends is read; the planner may read more, as it goes on after errors.
    if !sent.iter().all(|object| found.contains(object)) {
        return Err(format!("sent {sent:?}, read {found:?}"));
    }
    let file_errors = expect["fileErrors"].as_array().map_or(0, Vec::len);
    if file_errors == 0 && sent.len() != found.len() {
        return Err(format!("sent {sent:?}, read {found:?}"));
    }
    // Every unknown field that the server lists is listed, under the server's path.
    for object in &objects {
        for error in object["strictErrors"].as_array().into_iter().flatten() {
            let error = error.as_str().unwrap();
            let listed = read
                .diagnostics
                .iter()
                .any(|finding| finding.message == error);
            if error.starts_with("unknown field") && !listed {
                return Err(format!("not listed: {error}"));
            }
        }
    }
    let complaints = file_errors > 0
        || objects.iter().any(|object| {
            object["decodeError"].is_string()
                || object["name"] == ""
                || object["strictErrors"]
                    .as_array()
                    .is_some_and(|list| !list.is_empty())
        });
    // Custom kinds are only listed, keys that stand twice are found here and lost by the client, and a List's
    // required fields are checked by nobody else. An unknown field is a warning where a cluster printed the
    // object; a bare word is taken for a node's name, with a warning too.
    let errors: Vec<_> = read
        .diagnostics
        .iter()
        .filter(|finding| {
            let is_said = matches!(finding.code, Code::UnknownField | Code::NotShown);
            finding.code != Code::DuplicateKey && (finding.severity == Severity::Error || is_said)
        })
        .collect();
    let file_error = expect["fileErrors"][0].as_str().unwrap_or_default();
    let is_custom = file_error.contains("example.com/v1");
    let is_required = file_error.contains("missing required field");
    if complaints == errors.is_empty() && !is_custom && !is_required {
        return Err(format!(
            "complaints {complaints} {expect}, errors {errors:?}"
        ));
    }
    Ok(())
}

#[test]
fn what_the_client_sends_is_read_and_what_is_refused_is_said() {
    let text = include_str!("conformance/decode.jsonl");
    let (mut passed, mut failed) = (0, vec![]);
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        match check(&case) {
            Ok(()) => passed += 1,
            Err(why) => failed.push(format!("{}: {why}", case["name"])),
        }
    }
    println!("decode: {passed} passed, {} failed", failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert_eq!(passed, 152);
}

/// What is put into a text to break it.
#[cfg(not(target_arch = "wasm32"))]
const PIECES: &[&str] = &[
    "",
    "\n",
    "  ",
    "- ",
    "x: ",
    "null",
    "1.5",
    "[",
    "{}",
    "\"",
    "items:\n",
    "---\n",
    "kind: List\n",
    "-0.0",
    "é",
];

#[cfg(not(target_arch = "wasm32"))]
proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_text_broken_at_random_is_decoded_or_refused_in_words(
        which in 0usize..1000,
        cuts in proptest::collection::vec((0usize..2000, 0usize..20, 0..PIECES.len()), 0..4),
    ) {
        let mut text = TEXTS[which % TEXTS.len()].clone();
        for (at, length, piece) in cuts {
            let at = text.floor_char_boundary(at % (text.len() + 1));
            let end = text.floor_char_boundary((at + length).min(text.len())).max(at);
            text.replace_range(at..end, PIECES[piece]);
        }
        let file = decode_file("f.yaml", text.as_bytes());
        let is_refused = file.objects.iter().any(|sent| sent.refusal().is_some());
        proptest::prop_assert_eq!(file.terminal().is_empty(), file.errors.is_empty() && !is_refused);
        for sent in &file.objects {
            if let Verdict::Decoded { object, strict } = &sent.verdict {
                // What is sent again as it was decoded decodes to the same, and nothing in it is unknown.
                let again = decode_file("f.yaml", object.to_json().as_bytes());
                let Some(Verdict::Decoded { object: same, strict: none }) =
                    again.objects.first().map(|sent| &sent.verdict)
                else {
                    panic!("{text}: {:?}", again.errors);
                };
                // A namespace finds no place in a `metadata` of null; once that is a map, it does.
                let namespace = object.at(&["metadata"]).map_or("", |metadata| metadata.text("namespace"));
                if namespace == sent.namespace {
                    proptest::prop_assert_eq!(object.to_json(), same.to_json());
                }
                proptest::prop_assert!(none.is_empty() && strict.len() <= 100);
            }
        }
        // A body is one document: no list, and nothing that the client puts right.
        let _ = decode_body(text.as_bytes());
    }
}
