//! The configuration of the plugin `PodNodeSelector`, decoded as the API server decodes it.
//!
//! The real code decodes one document after another into the same value and stops at the first that decodes.
//! One that does not has left behind what could be decoded of it; so does ours.

use crate::text::order::sort_by;
use std::collections::BTreeMap;

use crate::text::{NodeId, Tree, Value, stream, yaml};

/// The top key, in small letters.
const TOP_KEY: &str = "podnodeselectorpluginconfig";

/// Reads the text of the configuration file into the plugin's entries.
///
/// Source: `readConfig`, `plugin/pkg/admission/podnodeselector`, and the decoder that it uses.
pub(super) fn read(text: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    let mut text = text;
    // A text that begins as JSON is tried as such, and JSON's numbers are no text. If its first value does not
    // decode, all of it is read as YAML, from behind the blanks of the first line.
    if text.trim_start().starts_with('{') {
        if let Some(Ok(first)) = stream::read(text).parts.first()
            && decode(&first.tree, json_text, &mut entries)
        {
            return entries;
        }
        let line = text.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        text = line.strip_prefix('\n').unwrap_or(line);
    }
    let mut lost_before = 0;
    for chunk in stream::chunks(text.as_bytes()) {
        let span = match chunk {
            Ok(span) => span,
            // A bad separator line takes the document before it along (R-1502).
            Err(error) => {
                lost_before = error.span.start;
                continue;
            }
        };
        if span.start < lost_before {
            continue;
        }
        let bytes = text.as_bytes().get(span.start as usize..span.end as usize);
        if let Ok(document) = yaml::document(bytes.unwrap_or_default())
            && decode(&document.tree, yaml_text, &mut entries)
        {
            break;
        }
    }
    entries
}

/// Decodes one document over what is there, its values with `as_text`; whether it decodes without an error.
fn decode(
    tree: &Tree<'_>,
    as_text: fn(Value<'_>) -> Option<String>,
    entries: &mut BTreeMap<String, String>,
) -> bool {
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
    sort_by(&mut named, |a, b| a.0.cmp(b.0));
    let mut decodes = true;
    for (_, value) in named {
        match tree.value(value) {
            Value::Null => entries.clear(),
            Value::Map(texts) => {
                for entry in texts {
                    let text = as_text(tree.value(entry.value));
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

/// A value of JSON where text is wanted; `null` is the empty text.
fn json_text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Str(text) => Some(text.to_owned()),
        _ => None,
    }
}

/// A value of YAML where text is wanted: numbers and booleans become text too.
fn yaml_text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::UInt(value) => Some(value.to_string()),
        Value::Float(value) => Some(short_float(value)),
        other => json_text(other),
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

    /// The entries in short: `name:text`, joined by blanks.
    fn entries(text: &str) -> String {
        let entries = read(text);
        let pairs: Vec<_> = entries
            .iter()
            .map(|(key, text)| format!("{key}:{text}"))
            .collect();
        pairs.join(" ")
    }

    const GOOD: &str = "podNodeSelectorPluginConfig: {c: w}\n";

    #[test]
    fn the_first_document_that_decodes_is_used() {
        //
        for (text, wanted) in [
            ("", ""),
            (
                "podNodeSelectorPluginConfig:\n  a: x=1\n---\npodNodeSelectorPluginConfig: {b: y}\n",
                "a:x=1",
            ),
            (&format!("[]\n---\ntext\n---\n{GOOD}"), "c:w"),
            (&format!("a: b: c\n---\n{GOOD}"), "c:w"),
            (&format!("other: 1\n---\n{GOOD}"), ""),
            (
                "{\"podNodeSelectorPluginConfig\": {\"a\": \"x\"}} {}",
                "a:x",
            ),
            ("{podNodeSelectorPluginConfig: {a: x}}", "a:x"),
        ] {
            assert_eq!(entries(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_document_of_comments_decodes_into_nothing_and_ends_the_search() {
        assert_eq!(entries(&format!("# mine\n---\n{GOOD}")), "");
        assert_eq!(entries(&format!("---\n---\n{GOOD}")), "");
        assert_eq!(entries(&format!("---\n{GOOD}")), "c:w");
    }

    #[test]
    fn a_bad_separator_takes_the_document_before_it_along() {
        let text = format!("podNodeSelectorPluginConfig: {{a: x}}\n--- bad\n{GOOD}");
        assert_eq!(entries(&text), "c:w");
        assert_eq!(entries(&format!("--- bad\n{GOOD}")), "c:w");
    }

    #[test]
    fn what_does_not_decode_leaves_its_good_parts_behind() {
        let bad = "podNodeSelectorPluginConfig: {a: x, b: [y], c: z}\n";
        assert_eq!(entries(bad), "a:x b: c:z");
        assert_eq!(entries(&format!("{bad}---\n{GOOD}")), "a:x b: c:w");
        assert_eq!(
            entries(&format!("{bad}---\npodnodeselectorpluginconfig:\n")),
            ""
        );
        assert_eq!(
            entries(&format!("podNodeSelectorPluginConfig: x\n---\n{GOOD}")),
            "c:w"
        );
    }

    #[test]
    fn several_spellings_of_the_top_key_fill_one_map() {
        let both =
            "podNodeSelectorPluginConfig: {a: 1}\nPodNodeſelectorPluginConfig: {a: 2, b: 3}\n";
        assert_eq!(entries(both), "a:1 b:3");
    }

    #[test]
    fn numbers_and_booleans_become_text() {
        let values = "podNodeSelectorPluginConfig: {a: -7, b: yes, c: ~, d: 1.5, e: 1234567.5, f: 0.00001, g: 100000.5}";
        assert_eq!(
            entries(values),
            "a:-7 b:true c: d:1.5 e:1.2345675e+06 f:1e-05 g:100000.5"
        );
        let json = "{\"podNodeSelectorPluginConfig\": {\"a\": 1, \"b\": \"x\"}}";
        assert_eq!(entries(json), "a:1 b:x"); // read as YAML at the second try
        assert_eq!(entries(&format!("\t{json}")), "a:1 b:x");
    }
}
