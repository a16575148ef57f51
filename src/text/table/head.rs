//! The line of heads: which table it begins, and where its columns begin.

use super::TableKind;
use super::columns::{chunks, words};

/// The heads of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What the table lists.
    pub kind: TableKind,
    /// The heads.
    pub names: Vec<String>,
    /// Where each begins in its line, in bytes.
    pub(super) starts: Vec<usize>,
    /// The heads are further apart than one blank, so the positions say something.
    pub(super) is_spaced: bool,
}

/// Heads of two words.
const PAIRS: &[[&str; 2]] = &[
    ["NODE", "SELECTOR"],
    ["NOMINATED", "NODE"],
    ["READINESS", "GATES"],
    ["DISPLAY", "NAME"],
];

impl Head {
    /// Reads a line of heads; `None` where it is none.
    pub fn read(line: &str) -> Option<Self> {
        // Cheap refusals first: this is asked of every line of a large text.
        if !line
            .trim_start()
            .starts_with(|c: char| c.is_ascii_uppercase())
            || line.bytes().any(|b| b.is_ascii_lowercase() || b == b':')
        {
            return None;
        }
        let mut cells = chunks(line);
        let mut is_spaced = true;
        if cells.len() < 2 {
            cells = paired(line, words(line));
            is_spaced = false;
        }
        let names: Vec<String> = cells
            .iter()
            .map(|cell| line.get(cell.clone()).unwrap_or_default().to_owned())
            .collect();
        if !names.iter().all(|name| is_head(name)) {
            return None;
        }
        let kind = kind(&names)?;
        if kind == TableKind::Other && !is_spaced {
            return None;
        }
        Some(Self {
            kind,
            names,
            starts: cells.iter().map(|cell| cell.start).collect(),
            is_spaced,
        })
    }
}

/// Puts heads of two words together again.
fn paired(line: &str, words: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = vec![];
    for word in words {
        let text = |range: &std::ops::Range<usize>| line.get(range.clone()).unwrap_or_default();
        match out.last_mut() {
            Some(last) if PAIRS.contains(&[text(last), text(&word)]) => last.end = word.end,
            _ => out.push(word),
        }
    }
    out
}

fn is_head(name: &str) -> bool {
    name.bytes()
        .any(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && name
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-_. /()%".contains(&b))
}

fn kind(names: &[String]) -> Option<TableKind> {
    let has = |name: &str| names.iter().any(|known| known == name);
    let at = |place: usize| names.get(place).map_or("", String::as_str);
    let first = usize::from(at(0) == "NAMESPACE");
    if at(first) != "NAME" {
        return (names.len() > 1).then_some(TableKind::Other);
    }
    Some(if has("STATUS") && (has("ROLES") || has("VERSION")) {
        TableKind::Nodes
    } else if has("READY") && has("STATUS") && has("RESTARTS") {
        TableKind::Pods
    } else if has("DESIRED") && has("CURRENT") && has("UP-TO-DATE") {
        TableKind::DaemonSets
    } else if (at(1) == "STATUS" && at(2) == "AGE")
        || (at(1) == "DISPLAY NAME" && at(2) == "STATUS")
    {
        TableKind::Namespaces
    } else if names.len() == 1 {
        // `-o custom-columns=NAME:.metadata.name`.
        TableKind::Nodes
    } else {
        TableKind::Other
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_heads_says_what_the_table_lists() {
        for (line, kind) in [
            (
                "NAME   STATUS   ROLES   AGE   VERSION",
                Some(TableKind::Nodes),
            ),
            ("NAME STATUS ROLES AGE VERSION", Some(TableKind::Nodes)),
            ("NAME\tSTATUS\tROLES\tAGE\tVERSION", Some(TableKind::Nodes)),
            (
                "NAMESPACE   NAME   READY   STATUS   RESTARTS   AGE",
                Some(TableKind::Pods),
            ),
            ("NAME   STATUS   AGE", Some(TableKind::Namespaces)),
            ("NAME   DISPLAY NAME   STATUS", Some(TableKind::Namespaces)),
            (
                "NAME   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE",
                Some(TableKind::DaemonSets),
            ),
            (
                "NAME   READY   UP-TO-DATE   AVAILABLE   AGE",
                Some(TableKind::Other),
            ),
            ("LAST SEEN   TYPE   REASON", Some(TableKind::Other)),
            ("NAME", Some(TableKind::Nodes)),
            ("NAME: x", None),
            ("SOME WORDS IN CAPITALS", None),
            ("Name   Status", None),
            ("", None),
        ] {
            assert_eq!(Head::read(line).map(|head| head.kind), kind, "{line}");
        }
    }

    #[test]
    fn heads_of_two_words_are_one_head() {
        let wide = "NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES";
        let head = Head::read(wide).unwrap();
        assert_eq!(head.names.len(), 9);
        assert_eq!(head.names[7], "NOMINATED NODE");
    }
}
