//! Where an error is shown, and in which words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use daemonset_planner::text::TextErrorKind::{self, Anchor, Separator, Syntax, Value};
use daemonset_planner::text::{LineIndex, TextError, stream};

/// Text, kind, the text that the span covers, line, column, words of `found`.
type Row = (
    &'static str,
    TextErrorKind,
    &'static str,
    u32,
    u32,
    &'static str,
);

const ROWS: &[Row] = &[
    (
        "kind: DaemonSet\n\tbroken: [\n",
        Syntax,
        "\t",
        2,
        1,
        "a tab",
    ),
    ("spec:\n  a: [1, 2\n", Syntax, "[", 2, 6, "never closed"),
    ("spec:\n  a: [1,\n", Syntax, "[", 2, 6, "never closed"),
    ("spec:\n  a: {b: 1\n", Syntax, "{", 2, 6, "never closed"),
    ("spec:\n  a: [1 2}\n", Syntax, "}", 2, 10, "`}`"),
    ("a: 'x\nb: 1\n", Syntax, "'", 1, 4, "never closed"),
    ("a: \"x\nb: 1\n", Syntax, "\"", 1, 4, "never closed"),
    ("a: \"\\d\"\n", Syntax, "\\d", 1, 5, "`\\d`"),
    (
        "a: 1\nname\nb: 2\n",
        Syntax,
        "name",
        2,
        1,
        "`name` without a colon",
    ),
    ("a: b: c\n", Syntax, ":", 1, 5, "`:`"),
    ("a: 1\n b: 2\n", Syntax, ":", 2, 3, "`:`"),
    ("a:\n  b: 1\n c: 2\n", Syntax, "c:", 3, 2, "`c`"),
    ("- a\nb: 1\n", Syntax, "b:", 2, 1, "`b`"),
    ("a: - b\n", Syntax, "-", 1, 4, "`- `"),
    ("a: @x\n", Syntax, "@", 1, 4, "`@`"),
    ("a: %x\n", Syntax, "%", 1, 4, "`%`"),
    ("a: [- b]\n", Syntax, "-", 1, 5, "`-`"),
    ("a: {{ x }}\n", Value, "{", 1, 5, "a list or a map as a key"),
    ("a: *x\n", Anchor, "*x", 1, 4, "an alias"),
    ("a: !!int x\n", Value, "x", 1, 10, "another kind"),
    ("a: .inf\n", Value, ".inf", 1, 4, "JSON"),
    ("~: 1\n", Value, "~", 1, 1, "can't become text"),
    ("a: 1\n<<: x\n", Value, "x", 2, 5, "no map"),
    ("a: 1\n---x\n", Separator, "---x", 2, 1, "`x`"),
    (
        "a: 1\r\n---\r\nb: 1\r\n\tc: é\r\n",
        Syntax,
        "\t",
        4,
        1,
        "a tab",
    ),
    ("é: 1\nb: \"😀\": x\n", Syntax, ":", 2, 8, "`:`"),
    ("{}{}\n{\"a\": 1,}\n", Syntax, "}", 2, 9, "`}`"),
    ("{\"a\": [1, 2\n", Syntax, "[", 1, 7, "never closed"),
    ("{}{}{\"a\": tru}\n", Syntax, "}", 1, 14, "`}`"),
];

fn first_error(text: &str) -> TextError {
    stream::read(text)
        .errors()
        .next()
        .cloned()
        .unwrap_or_else(|| panic!("{text:?} was read"))
}

#[test]
fn an_error_is_shown_where_a_person_would_look() {
    for &(text, kind, covered, line, column, found) in ROWS {
        let error = first_error(text);
        let place = LineIndex::new(text.as_bytes()).position(error.span.start, text.as_bytes());
        let span = std::str::from_utf8(error.span.of(text.as_bytes())).unwrap();
        assert_eq!(
            (error.kind, span, place.line, place.column),
            (kind, covered, line, column),
            "{text:?}: {error:?}"
        );
        assert!(error.found.contains(found), "{text:?}: {error:?}");
        assert!(
            !error.expected.is_empty() && error.help.ends_with(['.', '`']),
            "{text:?}: {error:?}"
        );
    }
}

#[test]
fn a_broken_document_does_not_hide_those_beside_it() {
    for (text, documents, errors) in [
        ("a: 1\n---\nb: [\n---\nc: 1\n", 2, 1),
        ("a: 1\n---x\nb: 1\n", 2, 1),
        ("{\"a\":1}\n{\"b\":2}\n{\"c\":\n{\"d\":4}\n", 3, 1),
        ("{\"a\":1}\n{\"b\":2}\nx\n---\nc: 1\n", 3, 1),
        ("{\"a\":1}\n---\nb: 1\n", 2, 0),
    ] {
        let read = stream::read(text);
        assert_eq!(
            (read.documents().count(), read.errors().count()),
            (documents, errors),
            "{text:?}"
        );
    }
}

#[test]
fn kubectl_loses_the_document_before_a_bad_separator_so_its_error_comes_first() {
    let read = stream::read("a: 1\n---x\nb: 1\n");
    let kinds: Vec<bool> = read.parts.iter().map(Result::is_ok).collect();
    assert_eq!(kinds, [false, true, true]);
}

#[test]
fn keys_and_values_know_their_places() {
    let text = "a: 1\n---\nmetadata:\n  name: \"x\" # n\n  labels: {k: 'v w', \"q\": |\n";
    let text = text.replace(", \"q\": |", ", \"q\": y}");
    let read = stream::read(&text);
    let document = read.documents().nth(1).unwrap();
    let tree = &document.tree;
    let covered = |span: daemonset_planner::text::Span| {
        std::str::from_utf8(span.of(text.as_bytes())).unwrap()
    };
    let at = |keys: &[&str]| tree.at_path(tree.root(), keys).unwrap();
    assert_eq!(covered(tree.span(at(&["metadata", "name"]))), "\"x\"");
    assert_eq!(
        covered(tree.span(at(&["metadata", "labels", "k"]))),
        "'v w'"
    );
    assert_eq!(
        covered(
            tree.entry(at(&["metadata", "labels"]), "q")
                .unwrap()
                .key_span
        ),
        "\"q\""
    );
    assert_eq!(
        covered(tree.span(at(&["metadata", "labels"]))),
        "{k: 'v w', \"q\": y}"
    );
    assert_eq!(
        covered(tree.entry(tree.root(), "metadata").unwrap().key_span),
        "metadata"
    );
    assert!(covered(tree.span(at(&["metadata"]))).starts_with("name:"));
    assert!(covered(tree.span(at(&["metadata"]))).ends_with("y}"));
}

#[test]
fn the_second_of_two_equal_keys_is_shown() {
    let text = "a:\n  b: 1\n  b: 2\na: 3\n";
    let read = stream::read(text);
    let document = read.documents().next().unwrap();
    let shown: Vec<(u32, Option<u32>, &str)> = document
        .duplicates
        .iter()
        .map(|error| (error.span.start, error.go_line, error.message.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (12, Some(3), "key \"b\" already set in map"),
            (17, Some(4), "key \"a\" already set in map")
        ]
    );
    assert_eq!(document.tree.to_json(document.tree.root()), "{\"a\":3}");
}
