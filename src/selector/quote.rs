//! How Go writes text inside error messages: quoted (`%q`) and as compact JSON.

use std::fmt::Write as _;

/// `text` between double quotes as Go's `strconv.Quote` writes it.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        let short = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{7}' => "\\a",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{b}' => "\\v",
            _ => "",
        };
        if !short.is_empty() {
            out.push_str(short);
        } else if is_print(c) {
            out.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = match u32::from(c) {
                code @ ..0x80 => write!(out, "\\x{code:02x}"),
                code @ ..0x1_0000 => write!(out, "\\u{code:04x}"),
                code => write!(out, "\\U{code:08x}"),
            };
        }
    }
    out.push('"');
    out
}

/// `text` as Go's `encoding/json` writes a string, which escapes for HTML too.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list as compact JSON; an empty one is `null`, since what lies in storage knows no empty lists (R-128).
pub fn json_list(values: &[String]) -> String {
    if values.is_empty() {
        return "null".to_owned();
    }
    let items: Vec<String> = values.iter().map(|value| json(value)).collect();
    format!("[{}]", items.join(","))
}

/// Whether Go takes the character for printable: letters, marks, numbers, punctuation, symbols, the blank.
///
/// Rust asks the same categories when it escapes for `Debug`, except that a text must not begin with a mark;
/// hence the letter in front.
fn is_print(c: char) -> bool {
    let mut buffer = [0; 5];
    let (first, rest) = buffer.split_at_mut(1);
    first.fill(b'a');
    let length = 1 + c.encode_utf8(rest).len();
    let text = buffer.get(..length).and_then(|b| str::from_utf8(b).ok());
    matches!(c, '"' | '\'' | '\\') || text.is_some_and(|text| text.escape_debug().eq(text.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_follows_strconv() {
        for (text, wanted) in [
            ("ssd", r#""ssd""#),
            ("it's \"x\" \\", r#""it's \"x\" \\""#),
            (
                "\u{7}\u{8}\u{c}\n\r\t\u{b}\0\u{7f}",
                r#""\a\b\f\n\r\t\v\x00\x7f""#,
            ),
            (
                "\u{a0}\u{ad}\u{2028}\u{feff}",
                r#""\u00a0\u00ad\u2028\ufeff""#,
            ),
            ("é 日 e\u{301} 😀", "\"é 日 e\u{301} 😀\""),
            ("\u{e0001}\u{10ffff}", r#""\U000e0001\U0010ffff""#),
        ] {
            assert_eq!(quote(text), wanted);
        }
    }

    #[test]
    fn json_texts_are_escaped_for_html() {
        assert_eq!(
            json("a<b>&\"\u{1}\u{7f}"),
            "\"a\\u003cb\\u003e\\u0026\\\"\\u0001\u{7f}\""
        );
        assert_eq!(json_list(&[]), "null");
        assert_eq!(json_list(&["a".into(), "b".into()]), r#"["a","b"]"#);
    }
}
