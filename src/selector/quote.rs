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
/// hence the letter in front. But it knows a later Unicode.
fn is_print(c: char) -> bool {
    if LATER
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&c))
    {
        return false;
    }
    let mut buffer = [0; 5];
    let (first, rest) = buffer.split_at_mut(1);
    first.fill(b'a');
    let length = 1 + c.encode_utf8(rest).len();
    let text = buffer.get(..length).and_then(|b| str::from_utf8(b).ok());
    matches!(c, '"' | '\'' | '\\') || text.is_some_and(|text| text.escape_debug().eq(text.chars()))
}

/// Where characters were assigned after Unicode 15.0, the version that Go's library of this release knows;
/// nothing else in these ranges is printable either.
#[rustfmt::skip]
const LATER: &[(char, char)] = &[
    ('\u{88f}', '\u{897}'),
    ('\u{c5c}', '\u{c5c}'),
    ('\u{cdc}', '\u{cdc}'),
    ('\u{1acf}', '\u{1aeb}'),
    ('\u{1b4e}', '\u{1b4f}'),
    ('\u{1b7f}', '\u{1b7f}'),
    ('\u{1c89}', '\u{1c8a}'),
    ('\u{20c1}', '\u{20c1}'),
    ('\u{2427}', '\u{2429}'),
    ('\u{2b96}', '\u{2b96}'),
    ('\u{2ffc}', '\u{2fff}'),
    ('\u{31e4}', '\u{31ef}'),
    ('\u{a7cb}', '\u{a7cf}'),
    ('\u{a7d2}', '\u{a7d2}'),
    ('\u{a7d4}', '\u{a7d4}'),
    ('\u{a7da}', '\u{a7f1}'),
    ('\u{fbc3}', '\u{fbd2}'),
    ('\u{fd90}', '\u{fd91}'),
    ('\u{fdc8}', '\u{fdce}'),
    ('\u{105c0}', '\u{105f3}'),
    ('\u{10940}', '\u{10959}'),
    ('\u{10d40}', '\u{10d8f}'),
    ('\u{10ec2}', '\u{10efc}'),
    ('\u{11380}', '\u{113e2}'),
    ('\u{116d0}', '\u{116e3}'),
    ('\u{11b60}', '\u{11bf9}'),
    ('\u{11db0}', '\u{11de9}'),
    ('\u{11f5a}', '\u{11f5a}'),
    ('\u{13460}', '\u{143fa}'),
    ('\u{16100}', '\u{16139}'),
    ('\u{16d40}', '\u{16d79}'),
    ('\u{16ea0}', '\u{16ed3}'),
    ('\u{16ff2}', '\u{16ff6}'),
    ('\u{187f8}', '\u{187ff}'),
    ('\u{18cff}', '\u{18cff}'),
    ('\u{18d09}', '\u{18df2}'),
    ('\u{1cc00}', '\u{1cef0}'),
    ('\u{1e5d0}', '\u{1e6ff}'),
    ('\u{1f6d8}', '\u{1f6d8}'),
    ('\u{1f777}', '\u{1f77a}'),
    ('\u{1f8b2}', '\u{1f8d8}'),
    ('\u{1fa54}', '\u{1fa57}'),
    ('\u{1fa89}', '\u{1fa8f}'),
    ('\u{1fabe}', '\u{1fabe}'),
    ('\u{1fac6}', '\u{1facd}'),
    ('\u{1fadc}', '\u{1fadf}'),
    ('\u{1fae9}', '\u{1faef}'),
    ('\u{1fbcb}', '\u{1fbef}'),
    ('\u{1fbfa}', '\u{1fbfa}'),
    ('\u{2b73a}', '\u{2b73f}'),
    ('\u{2cea2}', '\u{2cead}'),
    ('\u{2ebf0}', '\u{2ee5d}'),
    ('\u{323b0}', '\u{33479}'),
];

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
            (
                "\u{2ebf0}\u{1c89}\u{13430}",
                r#""\U0002ebf0\u1c89\U00013430""#,
            ),
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
