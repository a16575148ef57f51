//! The text of OpenShift's project node selector, as its admission plugin reads it (R-360, R-361).

use std::collections::BTreeMap;

use super::label_name::{check_key, check_value};
use super::lexer::{Lexer, Symbols, Token};
use super::quote::quote;

const SYMBOLS: Symbols = Symbols {
    single: b"=,",
    double: &[],
};

const FORMAT: &str = "must match format [ DNS 1123 subdomain / ] DNS 1123 label";

/// Reads the text of the annotation `openshift.io/node-selector` or of the cluster's `defaultNodeSelector`.
/// A text of blanks is empty. The error is OpenShift's own, word for word.
///
/// The patched controller reads the same texts with [`parse`](super::parse()) instead, which takes more (R-387).
///
/// Source: `pkg/labelselector/labelselector.go` of openshift/apiserver-library-go.
pub fn parse_project(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut lexer = Lexer::new(text, SYMBOLS);
    let mut map = BTreeMap::new();
    loop {
        let next = lexer.peek();
        if next == Token::END {
            return Ok(map);
        }
        if !next.word {
            let found = next.text;
            return Err(format!(
                "found '{found}', expected: identifier or 'end of string'"
            ));
        }
        let (key, value) = parse_label(&mut lexer)
            .map_err(|error| format!("unable to parse requirement: {error}"))?;
        map.insert(key, value);
        let end = lexer.take();
        if end == Token::END {
            return Ok(map);
        }
        if !end.is(",") {
            let found = end.text;
            return Err(format!("found '{found}', expected: ',' or 'end of string'"));
        }
        let next = lexer.peek();
        if !next.word {
            let found = next.text;
            return Err(format!("found '{found}', expected: identifier after ','"));
        }
    }
}

/// `key=value` or `key=`, at a word.
fn parse_label(lexer: &mut Lexer<'_>) -> Result<(String, String), String> {
    let key = lexer.take().text;
    if check_key(key).is_err() {
        return Err(format!(
            "label key: Invalid value: {}: {FORMAT}",
            quote(key)
        ));
    }
    let equals = lexer.take();
    if !equals.is("=") {
        return Err(format!("found '{}', expected: '='", equals.text));
    }
    let next = lexer.peek();
    if next == Token::END || next.is(",") {
        return Ok((key.to_owned(), String::new()));
    }
    let value = lexer.take();
    if !value.word {
        return Err(format!("found '{}', expected: identifier", value.text));
    }
    let value = value.text;
    if check_value(value).is_err() {
        return Err(format!(
            "label value: Invalid value: {}: {FORMAT}",
            quote(value)
        ));
    }
    Ok((key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_separate_and_a_value_may_be_missing() {
        // R-360
        for (text, wanted) in [
            ("", &[][..]),
            (" \t\r\n", &[]),
            ("a = 1 ,\tb=", &[("a", "1"), ("b", "")]),
            ("a=,b=2,a=3", &[("a", "3"), ("b", "2")]),
            ("a=1\0,b=2", &[("a", "1"), ("b", "2")]),
            ("a=1 \0,b=2", &[("a", "1")]),
        ] {
            let map = parse_project(text).unwrap();
            let pairs: Vec<_> = map.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            assert_eq!(pairs, wanted, "{text}");
        }
    }

    #[test]
    fn the_first_slip_is_told_in_openshifts_words() {
        // R-361
        let key = |k: &str| {
            format!("unable to parse requirement: label key: Invalid value: {k}: {FORMAT}")
        };
        for (text, wanted) in [
            (
                "a",
                "unable to parse requirement: found '', expected: '='".to_owned(),
            ),
            (
                "a b=1",
                "unable to parse requirement: found 'b', expected: '='".into(),
            ),
            (
                "a==1",
                "unable to parse requirement: found '=', expected: identifier".into(),
            ),
            ("a!=1", key("\"a!\"")),
            ("\u{a0}a\u{b}=1", key(r#""\u00a0a\v""#)),
            (
                "a=\"\"",
                format!(
                    "unable to parse requirement: label value: Invalid value: \"\\\"\\\"\": {FORMAT}"
                ),
            ),
            (
                "a=1 b=2",
                "found 'b', expected: ',' or 'end of string'".into(),
            ),
            (
                "a=1=2",
                "found '=', expected: ',' or 'end of string'".into(),
            ),
            ("a=1,", "found '', expected: identifier after ','".into()),
            ("a=1,,", "found ',', expected: identifier after ','".into()),
            (
                ",a=1",
                "found ',', expected: identifier or 'end of string'".into(),
            ),
        ] {
            assert_eq!(parse_project(text), Err(wanted), "{text}");
        }
    }
}
