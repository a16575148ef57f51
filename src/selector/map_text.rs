//! The text of Kubernetes' node-selector annotation: `key=value` pairs.

use std::collections::BTreeMap;

use super::field_error::{FieldPath, invalid};
use super::label_name::{check_key, check_value};
use super::quote::quote;

/// Reads the text of the annotation `scheduler.alpha.kubernetes.io/node-selector`, or of an entry in the
/// configuration of the plugin `PodNodeSelector`. The error is Kubernetes' own, word for word.
///
/// This is not the grammar of [`parse`](super::parse()): no sets, no `==`, and a text of blanks is an error.
///
/// Source: `ConvertSelectorToLabelsMap`, apimachinery `pkg/labels/labels.go`.
pub fn parse_map(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut map = BTreeMap::new();
    if text.is_empty() {
        return Ok(map);
    }
    for part in text.split(',') {
        let pieces: Vec<&str> = part.split('=').collect();
        let [key, value] = pieces[..] else {
            return Err(format!("invalid selector: [{}]", pieces.join(" ")));
        };
        let (key, value) = (key.trim(), value.trim());
        if let Err(complaint) = check_key(key) {
            return Err(invalid(&FieldPath::NIL, &quote(key), &complaint));
        }
        if let Err(complaint) = check_value(value) {
            return Err(invalid(&FieldPath::NIL.key(key), &quote(value), &complaint));
        }
        map.insert(key.to_owned(), value.to_owned());
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_trimmed_and_the_last_of_a_key_holds() {
        //
        for (text, wanted) in [
            ("", &[][..]),
            ("a=", &[("a", "")]),
            (" b = 2\u{a0},a=1,b=3", &[("a", "1"), ("b", "3")]),
        ] {
            let map = parse_map(text).unwrap();
            let pairs: Vec<_> = map.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            assert_eq!(pairs, wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_pair_is_shown_in_pieces() {
        //
        for (text, wanted) in [
            ("a", "invalid selector: [a]"),
            ("a=1,", "invalid selector: []"),
            (" ", "invalid selector: [ ]"),
            ("a==b", "invalid selector: [a  b]"),
            ("a=b=c,-", "invalid selector: [a b c]"),
        ] {
            assert_eq!(parse_map(text), Err(wanted.to_owned()));
        }
        let key = parse_map("=a").unwrap_err();
        assert!(key.starts_with("<nil>: Invalid value: \"\": name part must be non-empty; "));
        let value = parse_map("K=-").unwrap_err();
        assert!(value.starts_with("[K]: Invalid value: \"-\": a valid label must be"));
    }
}
