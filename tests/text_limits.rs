//! Each limit of the readers at n, which is fine, and at n + 1, which is not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::format_collect
)]

use daemonset_planner::text::limits::{
    MAX_BLOCK_DEPTH, MAX_DOCUMENTS, MAX_DUPLICATES, MAX_FLOW_DEPTH, MAX_JSON_DEPTH,
    MAX_JSON_GUESS_BYTES, MAX_SIMPLE_KEY_CHARS, MAX_TAG_DIRECTIVES, MAX_TEXT_BYTES,
};
use daemonset_planner::text::{TextErrorKind, stream, yaml};

fn refusal(text: &str) -> Option<TextErrorKind> {
    yaml::document(text.as_bytes())
        .err()
        .map(|error| error.kind)
}

fn refusal_of_file(text: &str) -> Option<TextErrorKind> {
    stream::read(text).errors().next().map(|error| error.kind)
}

#[test]
fn a_text_may_have_the_most_bytes() {
    // NUL is refused where it stands: a text that is not too long is looked at.
    let text = vec![0; MAX_TEXT_BYTES + 1];
    let kind = |text: &[u8]| yaml::document(text).unwrap_err().kind;
    assert_eq!(kind(&text[1..]), TextErrorKind::Encoding);
    assert_eq!(kind(&text), TextErrorKind::Limit);
    assert_eq!(
        stream::read_bytes(&text).parts[0]
            .as_ref()
            .unwrap_err()
            .kind,
        TextErrorKind::Limit
    );
}

#[test]
fn a_file_may_hold_the_most_documents() {
    let text = "a: 1\n---\n".repeat(MAX_DOCUMENTS + 1);
    let fine = stream::read(&text[9..]);
    assert_eq!(
        (fine.documents().count(), fine.errors().count()),
        (MAX_DOCUMENTS, 0)
    );
    let more = stream::read(&text);
    assert_eq!(more.documents().count(), MAX_DOCUMENTS);
    assert_eq!(more.errors().next().unwrap().kind, TextErrorKind::Limit);
}

#[test]
fn brackets_may_nest_to_the_flow_depth() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(refusal(&nested(MAX_FLOW_DEPTH)), None);
    assert_eq!(
        refusal(&nested(MAX_FLOW_DEPTH + 1)),
        Some(TextErrorKind::Limit)
    );
}

#[test]
fn blocks_may_nest_to_the_block_depth() {
    assert_eq!(refusal(&("- ".repeat(MAX_BLOCK_DEPTH) + "x")), None);
    assert_eq!(
        refusal(&("- ".repeat(MAX_BLOCK_DEPTH + 1) + "x")),
        Some(TextErrorKind::Limit)
    );
}

#[test]
fn json_and_what_becomes_json_may_nest_to_the_json_depth() {
    let json = |depth| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    assert_eq!(refusal_of_file(&json(MAX_JSON_DEPTH)), None);
    assert_eq!(
        refusal_of_file(&json(MAX_JSON_DEPTH + 1)),
        Some(TextErrorKind::Limit)
    );
    let half = MAX_JSON_DEPTH / 2;
    let both = |flow| "- ".repeat(half) + &"[".repeat(flow) + &"]".repeat(flow);
    assert_eq!(refusal_of_file(&both(half)), None);
    assert_eq!(refusal_of_file(&both(half + 1)), Some(TextErrorKind::Limit));
    // One document alone is not read as JSON again.
    assert_eq!(refusal(&both(half + 1)), None);
}

#[test]
fn a_key_may_have_the_most_characters_whatever_their_bytes() {
    for character in ["a", "é"] {
        let keyed = |length| character.repeat(length) + ": 1\n";
        assert_eq!(refusal(&keyed(MAX_SIMPLE_KEY_CHARS)), None);
        assert_eq!(
            refusal(&keyed(MAX_SIMPLE_KEY_CHARS + 1)),
            Some(TextErrorKind::Syntax)
        );
    }
}

#[test]
fn a_document_may_declare_the_most_tag_handles() {
    let declared = |count| {
        (0..count)
            .map(|n| format!("%TAG !{n}! x\n"))
            .collect::<String>()
            + "---\na: 1\n"
    };
    assert_eq!(refusal(&declared(MAX_TAG_DIRECTIVES)), None);
    assert_eq!(
        refusal(&declared(MAX_TAG_DIRECTIVES + 1)),
        Some(TextErrorKind::Limit)
    );
}

#[test]
fn duplicates_are_told_up_to_the_most() {
    for (duplicates, told) in [
        (MAX_DUPLICATES, MAX_DUPLICATES),
        (MAX_DUPLICATES + 1, MAX_DUPLICATES),
    ] {
        let text = "a: 1\n".repeat(duplicates + 1);
        assert_eq!(
            yaml::document(text.as_bytes()).unwrap().duplicates.len(),
            told
        );
    }
}

#[test]
fn json_is_looked_for_behind_the_most_white_space() {
    let text = |blank| " ".repeat(blank) + "{\"a\":1}{\"b\":2}";
    assert_eq!(
        stream::read(&text(MAX_JSON_GUESS_BYTES - 1))
            .documents()
            .count(),
        2
    );
    // Read as YAML, the text ends with its first node.
    assert_eq!(
        stream::read(&text(MAX_JSON_GUESS_BYTES))
            .documents()
            .count(),
        1
    );
}
