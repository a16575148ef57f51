//! Cuts Rust source into words and signs, leaving out comments, texts and characters.
//!
//! Only as much of the language as is needed to see which paths and macros a file names: a path inside a
//! macro's body counts, one inside a comment or a text does not.

/// A word or a sign, and the line on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Counted from 1.
    pub(crate) line: usize,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier, a keyword or a number; `r#` is cut off.
    Word(String),
    /// `::`.
    Colons,
    /// Any other sign, one character each.
    Sign(char),
}

/// All tokens of a file.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    Lexer {
        rest: source,
        line: 1,
    }
    .collect()
}

struct Lexer<'s> {
    rest: &'s str,
    line: usize,
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let first = self.rest.chars().next()?;
            let skipped = self.skippable(first);
            if skipped > 0 {
                self.eat(skipped);
                continue;
            }
            let line = self.line;
            let kind = if self.rest.starts_with("::") {
                self.eat(2);
                Kind::Colons
            } else if is_word(first) {
                let word = self.eat(leading(self.rest, is_word));
                Kind::Word(word.to_owned())
            } else {
                self.eat(first.len_utf8());
                Kind::Sign(first)
            };
            return Some(Token { line, kind });
        }
    }
}

impl<'s> Lexer<'s> {
    /// Takes `bytes` away from the front and counts their lines.
    fn eat(&mut self, bytes: usize) -> &'s str {
        let (eaten, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        self.line += eaten.matches('\n').count();
        self.rest = rest;
        eaten
    }

    /// How many bytes at the front are blank, a comment, a text, a character or a lifetime; 0 for none of it.
    fn skippable(&self, first: char) -> usize {
        let rest = self.rest;
        if first.is_whitespace() {
            return first.len_utf8();
        }
        if rest.starts_with("//") {
            return rest.find('\n').unwrap_or(rest.len());
        }
        if rest.starts_with("/*") {
            return block_comment(rest);
        }
        if first == '\'' {
            return character(rest);
        }
        // A text may have `b`, `c`, `r`, `br` or `cr` and, with `r`, number signs before its quote.
        let prefix = leading(rest, |c| matches!(c, 'b' | 'c' | 'r'));
        let (letters, behind) = rest.split_at(prefix);
        match letters {
            "" | "b" | "c" if behind.starts_with('"') => prefix + quoted(behind),
            "b" if behind.starts_with('\'') => prefix + character(behind),
            "r" | "br" | "cr" => {
                let signs = leading(behind, |c| c == '#');
                if behind[signs..].starts_with('"') {
                    let end = format!("\"{}", &behind[..signs]);
                    let body = &behind[signs + 1..];
                    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
                    prefix + signs + 1 + length
                } else if signs == 1 {
                    prefix + 1 // a raw identifier: its word follows
                } else {
                    0
                }
            }
            _ => 0,
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of the longest beginning whose characters all fit.
fn leading(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

/// The length of a block comment, which may hold others.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        let rest = &text[at..];
        let Some(next) = rest.find("/*").into_iter().chain(rest.find("*/")).min() else {
            return text.len();
        };
        depth += if rest[next..].starts_with("/*") {
            1
        } else {
            -1
        };
        at += next + 2;
        if depth == 0 {
            return at;
        }
    }
}

/// The length of a text in quotes, both included.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if !escaped && c == '"' {
            return at + 1;
        }
        escaped = !escaped && c == '\\';
    }
    text.len()
}

/// The length of a character in quotes, or of the quote alone where it begins a lifetime.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => {
            characters.next(); // what is escaped, a quote perhaps
            characters
                .find(|&(_, c)| c == '\'')
                .map_or(text.len(), |(at, _)| at + 1)
        }
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        tokens(source)
            .into_iter()
            .filter_map(|token| match token.kind {
                Kind::Word(word) => Some(word),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn comments_texts_and_characters_hold_no_words() {
        for (source, expected) in [
            ("a // b\nc", vec!["a", "c"]),
            ("a /* b /* c */ d */ e", vec!["a", "e"]),
            (r#"a("b \" c") d"#, vec!["a", "d"]),
            (r##"a(r#"b " c"#) d"##, vec!["a", "d"]),
            (r#"a(r"b \") d"#, vec!["a", "d"]),
            (r#"a(b"b", br"c") d"#, vec!["a", "d"]),
            (r"a('b', '\'', '\u{e9}', b'c') d", vec!["a", "d"]),
            ("a<'b>(&'b c)", vec!["a", "b", "b", "c"]),
            ("r#type brown crate", vec!["type", "brown", "crate"]),
        ] {
            assert_eq!(words(source), expected, "{source}");
        }
    }

    #[test]
    fn a_token_knows_its_line() {
        let lines: Vec<usize> = tokens("a\n/* \n */ b \"\n\" ::c")
            .iter()
            .map(|token| token.line)
            .collect();
        assert_eq!(lines, [1, 3, 4, 4]);
    }
}
