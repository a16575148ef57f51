//! Finds the paths that a file names, and resolves `crate`, `self` and `super`.

use super::lexer::{Kind, Token};

/// A path as far as it is known, and the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// Counted from 1.
    pub(crate) line: usize,
    /// Its parts: for a path of this crate `crate` and then the modules, for any other what stands there.
    pub(crate) parts: Vec<String>,
}

/// All paths with at least two parts, and the first part of every macro call (`println!` gives `println!`).
///
/// `module` is the file's own place below the crate (`["plan", "session"]`); inline modules inside the file
/// are followed. The groups of a `use` are unfolded.
pub(crate) fn paths(tokens: &[Token], module: &[String]) -> Vec<Path> {
    let mut finder = Finder {
        tokens,
        at: 0,
        modules: module.to_vec(),
        scopes: vec![],
        found: vec![],
    };
    while finder.at < tokens.len() {
        finder.step();
    }
    finder.found
}

struct Finder<'t> {
    tokens: &'t [Token],
    at: usize,
    /// Where we are: the file's own module and the inline ones around us.
    modules: Vec<String>,
    /// For every open brace, whether it is a module's.
    scopes: Vec<bool>,
    found: Vec<Path>,
}

impl Finder<'_> {
    fn word(&self, ahead: usize) -> Option<&str> {
        match &self.tokens.get(self.at + ahead)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is(&self, ahead: usize, kind: &Kind) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|token| token.kind == *kind)
    }

    fn step(&mut self) {
        if self.word(0) == Some("mod") && self.is(2, &Kind::Sign('{')) {
            let name = self.word(1).unwrap_or_default().to_owned();
            self.modules.push(name);
            self.scopes.push(true);
            self.at += 3;
        } else if self.word(0).is_some() && self.is(1, &Kind::Colons) {
            self.unfold(vec![]);
        } else if self.word(0) == Some("crate") && self.word(1) == Some("as") {
            self.push(&["crate".to_owned()]);
            self.at += 1;
        } else if self.calls_macro() {
            let name = format!("{}!", self.word(0).unwrap_or_default());
            self.push(&[name]);
            self.at += 2;
        } else {
            if self.is(0, &Kind::Sign('{')) {
                self.scopes.push(false);
            } else if self.is(0, &Kind::Sign('}')) && self.scopes.pop() == Some(true) {
                self.modules.pop();
            }
            self.at += 1;
        }
    }

    /// Whether a word and an exclamation mark come next, and no `!=`.
    fn calls_macro(&self) -> bool {
        let marked = self.word(0).is_some() && self.is(1, &Kind::Sign('!'));
        marked && !self.is(2, &Kind::Sign('='))
    }

    /// Reads one path from here, with the parts before it, and unfolds a group at its end.
    fn unfold(&mut self, before: Vec<String>) {
        let mut parts = before;
        while let Some(word) = self.word(0) {
            let mark = if self.calls_macro() { "!" } else { "" };
            parts.push(format!("{word}{mark}"));
            if !self.is(1, &Kind::Colons) {
                self.push(&parts);
                self.at += 1;
                return;
            }
            self.at += 2;
        }
        if self.is(0, &Kind::Sign('{')) {
            self.at += 1;
            while self.at < self.tokens.len() && !self.is(0, &Kind::Sign('}')) {
                if self.word(0) == Some("as") {
                    self.at += 2;
                } else if self.word(0).is_some() || self.is(0, &Kind::Sign('{')) {
                    self.unfold(parts.clone());
                } else {
                    self.at += 1;
                }
            }
            self.at += 1;
        } else {
            // `::*`, `::<T>` or the like: the path ends before it.
            self.push(&parts);
        }
    }

    fn push(&mut self, parts: &[String]) {
        let at = self.at.min(self.tokens.len().saturating_sub(1));
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        let parts = self.resolve(parts);
        self.found.push(Path { line, parts });
    }

    /// The path from the crate's root, where it begins with `crate`, `self` or `super`.
    fn resolve(&self, parts: &[String]) -> Vec<String> {
        let mut place = match parts.first().map(String::as_str) {
            Some("crate") => vec![],
            Some("self" | "super") => self.modules.clone(),
            _ => return parts.to_vec(),
        };
        let mut rest = parts;
        while let Some((word, behind)) = rest.split_first() {
            match word.as_str() {
                "crate" | "self" => {}
                "super" => {
                    place.pop();
                }
                _ => break,
            }
            rest = behind;
        }
        let root = std::iter::once("crate".to_owned());
        root.chain(place).chain(rest.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexer::tokens;
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let module = ["plan".to_owned(), "session".to_owned()];
        paths(&tokens(source), &module)
            .into_iter()
            .map(|path| path.parts.join("::"))
            .collect()
    }

    #[test]
    fn paths_are_resolved_to_the_root() {
        for (source, expected) in [
            ("use crate::text::Span;", vec!["crate::text::Span"]),
            (
                "use super::answer::Plan;",
                vec!["crate::plan::answer::Plan"],
            ),
            ("use super::super::text::Span;", vec!["crate::text::Span"]),
            (
                "fn f(x: self::Inner) {}",
                vec!["crate::plan::session::Inner"],
            ),
            (
                "mod tests { use super::*; mod deep { use super::super::x; } } use super::y;",
                vec![
                    "crate::plan::session",
                    "crate::plan::session::x",
                    "crate::plan::y",
                ],
            ),
            (
                "use crate::{text::{Span, tree::*}, report::Format};",
                vec![
                    "crate::text::Span",
                    "crate::text::tree",
                    "crate::report::Format",
                ],
            ),
            ("use crate::{self as all};", vec!["crate"]),
            ("use crate as all;", vec!["crate"]),
            (
                "use crate::{text as t, plan as p};",
                vec!["crate::text", "crate::plan"],
            ),
            ("::std::fs::read(x)", vec!["std::fs::read"]),
            ("$crate::text::f()", vec!["crate::text::f"]),
            ("pub(crate) fn g(v: Vec::<u8>) {}", vec!["Vec"]),
            ("print!(\"x\"); a != b", vec!["print!"]),
            ("std::print!(\"x\"); a::b != c", vec!["std::print!", "a::b"]),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }
}
