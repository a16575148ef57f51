//! What a text is: documents, tables, names, or several of them in one paste.
//!
//! The text is cut at lines, and only where the kind changes beyond doubt: inside documents that is a line in
//! column 0 with the heads of a known table or a prompt with a command, or a line of names or a row behind a
//! blank line or `---`. A block scalar stands indented, so nothing in it is ever taken for something else.
//! What is neither table nor name is a document, and the reader of documents says what is wrong with it.

use super::Span;
use super::table::{self, Head, Table, TableKind};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// YAML or JSON.
    Documents(Span),
    /// A table.
    Table(Table),
    /// Names, as `-o name` prints them or as people write them.
    Names(Vec<Name>),
    /// What `kubectl describe` prints.
    Described(Span),
}

/// A name in a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// What stands before the slash (`node`, `daemonset.apps`), empty where there is none.
    pub kind: Span,
    /// The name itself.
    pub name: Span,
}

/// Cuts a text into its parts, in order. A text without tables and names is one part, whole.
pub fn segments(text: &str) -> Vec<Segment> {
    let mut cutter = Cutter {
        text,
        out: vec![],
        open: Open::Nothing,
        after_blank: true,
        after_close: true,
        in_flow: false,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let ends = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let end = line.len() - line.as_bytes().iter().rev().take_while(ends).count();
        let span = Span::new(at, at + end);
        cutter.line(span, at + line.len());
        at += line.len();
    }
    cutter.close();
    let only_documents = cutter
        .out
        .iter()
        .all(|segment| matches!(segment, Segment::Documents(_)));
    if only_documents && !cutter.out.is_empty() && cutter.out.len() < 2 {
        return vec![Segment::Documents(Span::new(0, text.len()))];
    }
    cutter.out
}

/// The part that lines are being added to.
enum Open {
    Nothing,
    Documents(Span),
    Headed(Head, Vec<Span>),
    Headless(TableKind, Vec<Span>),
    Names(Vec<Name>),
    Described(Span),
}

struct Cutter<'t> {
    text: &'t str,
    out: Vec<Segment>,
    open: Open,
    /// The line before was blank, or a separator.
    after_blank: bool,
    /// The last line that was not blank ended a flow collection in column 0.
    after_close: bool,
    /// The open documents began with `{` or `[`.
    in_flow: bool,
}

impl<'t> Cutter<'t> {
    fn slice(&self, span: Span) -> &'t str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Takes the next line; `next` is where the one after it begins.
    fn line(&mut self, span: Span, next: usize) {
        let mut span = span;
        if span.start == 0 && self.slice(span).starts_with('\u{feff}') {
            span = Span::new('\u{feff}'.len_utf8(), span.end as usize);
        }
        let line = self.slice(span);
        // Nearly all lines of a large document stand indented: nothing to ask of them.
        if let (Open::Documents(open), Some(b' ')) = (&mut self.open, line.as_bytes().first()) {
            open.end = Span::at(next).end;
            self.after_blank = line.trim_ascii().is_empty();
            return;
        }
        let blank = line.trim().is_empty();
        if let Open::Documents(_) = self.open {
            self.document_line(line, blank, span, next);
        } else if blank {
            // A blank line ends a table, but not a list of names or a description.
            if let Open::Headed(..) | Open::Headless(..) = self.open {
                self.close();
            }
        } else {
            self.other_line(line, span, next);
        }
        self.after_blank = blank || is_separator(line);
    }

    /// A line in column 0, or a blank one, while documents are open.
    fn document_line(&mut self, line: &str, blank: bool, span: Span, next: usize) {
        let parted = self.after_blank && (!self.in_flow || self.after_close);
        let cut = !blank
            && (known_head(line).is_some()
                || is_command(line)
                || (parted && (names(line, span).is_some() || table::kind_of_row(line).is_some())));
        if cut {
            self.close();
            self.other_line(line, span, next);
            return;
        }
        if !blank {
            self.after_close = line.starts_with(['}', ']']);
            if is_separator(line) {
                self.in_flow = false;
            }
        }
        if let Open::Documents(open) = &mut self.open {
            open.end = Span::at(next).end;
        }
    }

    /// A line that is not blank, while no documents are open.
    fn other_line(&mut self, line: &str, span: Span, next: usize) {
        if is_command(line) || is_bare_prompt(line) || is_notice(line) {
            self.close();
            return;
        }
        if let Open::Described(open) = &mut self.open
            && !ends_description(line)
        {
            open.end = Span::at(next).end;
            return;
        }
        if let Some(head) = Head::read(line) {
            self.close();
            self.open = Open::Headed(head, vec![]);
            return;
        }
        let starts_document = starts_document(line);
        if !starts_document {
            let kind = table::kind_of_row(line);
            match &mut self.open {
                Open::Headed(_, lines) => {
                    lines.push(span);
                    return;
                }
                // Rows of another shape begin another table.
                Open::Headless(open, lines) if kind.is_none_or(|kind| kind == *open) => {
                    lines.push(span);
                    return;
                }
                _ => {}
            }
            if let Some(kind) = kind {
                self.close();
                self.open = Open::Headless(kind, vec![span]);
                return;
            }
            if let Some(more) = names(line, span) {
                if let Open::Names(known) = &mut self.open {
                    known.extend(more);
                } else {
                    self.close();
                    self.open = Open::Names(more);
                }
                return;
            }
        }
        self.close();
        // A comment alone may be the prompt of an administrator's shell, or stand above anything.
        if line.starts_with('#') {
            return;
        }
        if self.is_description(line, span) {
            self.open = Open::Described(Span::new(span.start as usize, next));
            return;
        }
        self.in_flow = line.starts_with(['{', '[']);
        self.after_close = line.ends_with(['}', ']']);
        self.open = Open::Documents(Span::new(span.start as usize, next));
    }

    /// Whether a description begins here: `Name:` with its value far to the right, then other such lines.
    fn is_description(&self, line: &str, span: Span) -> bool {
        let is_field = |line: &str| {
            line.split_once(':').is_some_and(|(key, value)| {
                value.starts_with("  ") && key.starts_with(|c: char| c.is_ascii_uppercase())
            })
        };
        line.starts_with("Name:")
            && is_field(line)
            && self
                .text
                .get(span.end as usize..)
                .unwrap_or_default()
                .lines()
                .skip(1)
                .take(3)
                .filter(|line| is_field(line))
                .count()
                > 1
    }

    fn close(&mut self) {
        let text = self.text;
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Documents(span) => self.out.push(Segment::Documents(span)),
            Open::Described(span) => self.out.push(Segment::Described(span)),
            Open::Names(names) => self.out.push(Segment::Names(names)),
            Open::Headed(head, lines) => self
                .out
                .push(Segment::Table(Table::with_head(text, &head, &lines))),
            Open::Headless(kind, lines) => self
                .out
                .push(Segment::Table(Table::without_head(text, kind, &lines))),
        }
    }
}

/// Whether a line can't belong to a description: its own lines are keys too, so only the surest signs count.
fn ends_description(line: &str) -> bool {
    is_separator(line)
        || line.starts_with(['{', '['])
        || line.starts_with("apiVersion:")
        || line.starts_with("kind:")
        || known_head(line).is_some()
}

/// Heads of a table that is known well enough to cut a document for it.
fn known_head(line: &str) -> Option<Head> {
    if !line.starts_with("NAME") {
        return None;
    }
    Head::read(line).filter(|head| head.kind != TableKind::Other && head.names.len() > 2)
}

fn is_separator(line: &str) -> bool {
    line.starts_with("---")
}

/// Whether a line begins a document, or goes on with one, whatever else it could be.
fn starts_document(line: &str) -> bool {
    let is_key = || {
        line.split_once(':').is_some_and(|(key, rest)| {
            !key.is_empty()
                && key
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_./\"'".contains(&b))
                && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
        })
    };
    line.starts_with(['{', '[', '%', '&', '|', '"'])
        || line.starts_with("- ")
        || is_separator(line)
        || is_key()
}

/// A line that runs a command: `kubectl get nodes`, `$ oc get nodes`, `[me@host ~]$ kubectl get pods`.
fn is_command(line: &str) -> bool {
    const COMMANDS: [&str; 2] = ["kubectl ", "oc "];
    // Both have a blank, and most lines of a list of names have none: that is seen sooner.
    line.as_bytes().contains(&b' ')
        && COMMANDS.iter().any(|command| {
            line.find(command).is_some_and(|at| {
                let prompt = line.get(..at).unwrap_or_default();
                let is_key = prompt
                    .split_once(": ")
                    .is_some_and(|(key, _)| !key.contains(['@', ' ', '[', '~', '/']));
                prompt.is_empty()
                    || (!is_key && prompt.ends_with(' ') && ends_as_prompt(prompt.trim_end()))
            })
        })
}

fn ends_as_prompt(line: &str) -> bool {
    line.ends_with(['$', '#', '%', '>', '❯', '➜', '»'])
}

/// A prompt behind which nothing was typed.
fn is_bare_prompt(line: &str) -> bool {
    let line = line.trim_end();
    ends_as_prompt(line)
        && line.len() < 120
        && (line.chars().count() == 1 || line.contains('@') || line.starts_with("PS "))
}

/// What `kubectl` says instead of rows.
fn is_notice(line: &str) -> bool {
    line.starts_with("No resources found") || line.starts_with("Error from server")
}

/// The names of a line that holds nothing else. Words that are numbers or booleans alone are no names.
fn names(line: &str, span: Span) -> Option<Vec<Name>> {
    let mut out = vec![];
    let start = span.start as usize;
    let mut at = 0;
    let mut any_word = false;
    for piece in line.split_inclusive([' ', '\t', ',', '\r']) {
        let word = piece.trim_end_matches([' ', '\t', ',', '\r']);
        if !word.is_empty() {
            let (kind, name) = word.split_once('/').unwrap_or(("", word));
            if !table::is_name(name) || !(kind.is_empty() || table::is_name(kind)) {
                return None;
            }
            any_word |= !is_plain_value(word);
            let from = start + at;
            out.push(Name {
                kind: Span::new(from, from + kind.len()),
                name: Span::new(from + word.len() - name.len(), from + word.len()),
            });
        }
        at += piece.len();
    }
    any_word.then_some(out)
}

/// A word that YAML takes for a number, a boolean or null.
fn is_plain_value(word: &str) -> bool {
    matches!(
        word,
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    ) || word.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests;
