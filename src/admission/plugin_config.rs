//! The configuration of the plugin `PodNodeSelector`, decoded as the API server decodes it (R-302).
//!
//! The real code decodes one document after another into the same value and stops at the first that decodes.
//! One that does not has left behind what could be decoded of it; so does ours.

use std::collections::BTreeMap;

use crate::text::{NodeId, Tree, Value};

/// The top key, in small letters.
const TOP_KEY: &str = "podnodeselectorpluginconfig";

/// Decodes documents into the plugin's entries. `None` stands for a document that is no YAML.
///
/// Source: `readConfig`, `plugin/pkg/admission/podnodeselector`.
pub(super) fn decode<'a, 't: 'a>(
    documents: impl IntoIterator<Item = Option<&'a Tree<'t>>>,
) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    for tree in documents.into_iter().flatten() {
        if decode_document(tree, &mut entries) {
            break;
        }
    }
    entries
}

/// Decodes one document over what is there; whether it decodes without an error.
fn decode_document(tree: &Tree<'_>, entries: &mut BTreeMap<String, String>) -> bool {
    let top = match tree.value(tree.root()) {
        // A document without content decodes into nothing, and ends the search.
        Value::Null => return true,
        Value::Map(top) => top,
        _ => return false,
    };
    let mut named: Vec<(&str, NodeId)> = top
        .iter()
        .map(|entry| (tree.key(entry), entry.value))
        .filter(|(key, _)| is_top_key(key))
        .collect();
    // On its way the document becomes JSON with sorted keys; several spellings fill the same map.
    named.sort_unstable_by_key(|(key, _)| *key);
    let mut decodes = true;
    for (_, value) in named {
        match tree.value(value) {
            Value::Null => entries.clear(),
            Value::Map(texts) => {
                for entry in texts {
                    let text = coerce(tree.value(entry.value));
                    decodes &= text.is_some();
                    entries.insert(tree.key(entry).to_owned(), text.unwrap_or_default());
                }
            }
            _ => decodes = false,
        }
    }
    decodes
}

/// Whether Go's `encoding/json` takes the key for the field's name: letter case is ignored, also that of the
/// long s.
fn is_top_key(key: &str) -> bool {
    let folded = key.chars().map(|c| match c {
        'ſ' => 's',
        c => c.to_ascii_lowercase(),
    });
    folded.eq(TOP_KEY.chars())
}

/// A value where text is wanted: numbers and booleans become text, `null` the empty text.
fn coerce(value: Value<'_>) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::UInt(value) => Some(value.to_string()),
        Value::Float(value) => Some(short_float(value)),
        Value::Str(text) => Some(text.to_owned()),
        Value::Seq(_) | Value::Map(_) => None,
    }
}

/// The shortest digits that give the same number in 32 bits, as Go's `FormatFloat(value, 'g', -1, 32)`.
fn short_float(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the real code narrows too")]
    let value = value as f32;
    let scientific = format!("{value:e}");
    let parsed = scientific.split_once('e').and_then(|(digits, exponent)| {
        let exponent: i32 = exponent.parse().ok()?;
        Some((digits, exponent))
    });
    match parsed {
        Some((_, -4..6)) => value.to_string(),
        Some((digits, exponent)) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
        None if value.is_nan() => "NaN".to_owned(),
        None if value > 0.0 => "+Inf".to_owned(),
        None => "-Inf".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// Builds a tree from JSON.
    fn tree(json: &str) -> Tree<'static> {
        fn add(tree: &mut Tree<'static>, value: &serde_json::Value) -> NodeId {
            use serde_json::Value as Json;
            let at = Span::at(0);
            match value {
                Json::Null => tree.push_null(at),
                Json::Bool(value) => tree.push_bool(at, *value),
                Json::Number(number) => match number.as_i64() {
                    Some(value) => tree.push_int(at, value),
                    None => tree.push_float(at, number.as_f64().unwrap()),
                },
                Json::String(text) => {
                    let piece = tree.own_piece(text);
                    tree.push_str(at, piece)
                }
                Json::Array(items) => {
                    let items: Vec<_> = items.iter().map(|item| add(tree, item)).collect();
                    tree.push_seq(at, &items)
                }
                Json::Object(map) => {
                    let entries = map.iter().map(|(key, value)| {
                        let value = add(tree, value);
                        let key = tree.own_piece(key);
                        Tree::new_entry(key, at, value)
                    });
                    let entries: Vec<_> = entries.collect();
                    tree.push_map(at, &entries)
                }
            }
        }
        let mut tree = Tree::new("");
        let value = serde_json::from_str(json).unwrap();
        let root = add(&mut tree, &value);
        tree.set_root(root);
        tree
    }

    fn entries(documents: &[&str]) -> String {
        let trees: Vec<_> = documents.iter().map(|json| tree(json)).collect();
        let entries = decode(trees.iter().map(Some));
        let pairs: Vec<_> = entries
            .iter()
            .map(|(key, text)| format!("{key}:{text}"))
            .collect();
        pairs.join(" ")
    }

    #[test]
    fn the_first_document_that_decodes_is_used() {
        // R-302
        for (documents, wanted) in [
            (
                &[
                    r#"{"podNodeSelectorPluginConfig": {"a": "x"}}"#,
                    r#"{"podNodeSelectorPluginConfig": {"b": "y"}}"#,
                ][..],
                "a:x",
            ),
            (
                &[
                    "[]",
                    "\"text\"",
                    r#"{"PODNODESELECTORPLUGINCONFIG": {"a": "x"}}"#,
                ],
                "a:x",
            ),
            (
                &["null", r#"{"podNodeSelectorPluginConfig": {"a": "x"}}"#],
                "",
            ),
            (
                &[
                    r#"{"other": 1}"#,
                    r#"{"podNodeSelectorPluginConfig": {"a": "x"}}"#,
                ],
                "",
            ),
            (&[], ""),
        ] {
            assert_eq!(entries(documents), wanted, "{documents:?}");
        }
    }

    #[test]
    fn what_does_not_decode_leaves_its_good_parts_behind() {
        let bad = r#"{"podNodeSelectorPluginConfig": {"a": "x", "b": ["y"], "c": "z"}}"#;
        let good = r#"{"podNodeSelectorPluginConfig": {"c": "w"}}"#;
        assert_eq!(entries(&[bad]), "a:x b: c:z");
        assert_eq!(entries(&[bad, good]), "a:x b: c:w");
        assert_eq!(
            entries(&[bad, r#"{"podnodeselectorpluginconfig": null}"#]),
            ""
        );
        assert_eq!(
            entries(&[r#"{"podNodeSelectorPluginConfig": "x"}"#, good]),
            "c:w"
        );
    }

    #[test]
    fn several_spellings_of_the_top_key_fill_one_map() {
        let both = r#"{"podNodeSelectorPluginConfig": {"a": "1"}, "PodNodeſelectorPluginConfig": {"a": "2", "b": "3"}}"#;
        assert_eq!(entries(&[both]), "a:1 b:3");
    }

    #[test]
    fn numbers_and_booleans_become_text() {
        let values = r#"{"podNodeSelectorPluginConfig": {"a": -7, "b": true, "c": null, "d": 1.5, "e": 1234567.5, "f": 0.00001, "g": 100000.5}}"#;
        assert_eq!(
            entries(&[values]),
            "a:-7 b:true c: d:1.5 e:1.2345675e+06 f:1e-05 g:100000.5"
        );
    }
}
