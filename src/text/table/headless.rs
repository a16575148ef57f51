//! Tables without heads (`--no-headers`): what they list is told by the shape of their cells.

use super::cells::{
    is_age, is_listed_name, is_namespace_status, is_node_status, is_number, is_ready, labels,
};
use super::columns::words;
use super::{Row, Table, TableKind, shift, slice, trimmed};
use crate::text::Span;

/// What a table without heads lists, going by one of its rows.
pub fn kind_of_row(line: &str) -> Option<TableKind> {
    let words = words(line);
    let word = |at: usize| words.get(at).and_then(|range| line.get(range.clone()));
    // The name may have a namespace before it.
    (0..2).find_map(|name| {
        let cell = |past: usize| word(name + past).unwrap_or_default();
        if !is_listed_name(cell(0)) || (name == 1 && !word(0).is_some_and(is_listed_name)) {
            return None;
        }
        if is_node_status(cell(1)) && is_age(cell(3)) {
            Some(TableKind::Nodes)
        } else if is_ready(cell(1))
            && cell(2).starts_with(|c: char| c.is_ascii_alphabetic())
            && is_number(cell(3))
        {
            Some(TableKind::Pods)
        } else if name == 0 && is_namespace_status(cell(1)) && is_age(cell(2)) {
            Some(TableKind::Namespaces)
        } else if (1..=5).all(|past| is_number(cell(past))) {
            Some(TableKind::DaemonSets)
        } else {
            None
        }
    })
}

/// The columns behind NAME that are always there.
fn known_heads(kind: TableKind) -> &'static [&'static str] {
    match kind {
        TableKind::Nodes => &["STATUS", "ROLES", "AGE", "VERSION"],
        TableKind::Pods => &["READY", "STATUS", "RESTARTS", "AGE"],
        TableKind::Namespaces => &["STATUS", "AGE"],
        TableKind::DaemonSets => &["DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE"],
        TableKind::Other => &[],
    }
}

/// The columns that `-o wide` adds.
fn wide_heads(kind: TableKind) -> &'static [&'static str] {
    match kind {
        TableKind::Nodes => &[
            "INTERNAL-IP",
            "EXTERNAL-IP",
            "OS-IMAGE",
            "KERNEL-VERSION",
            "CONTAINER-RUNTIME",
        ],
        TableKind::Pods => &["IP", "NODE", "NOMINATED NODE", "READINESS GATES"],
        _ => &[],
    }
}

pub(super) fn read(text: &str, kind: TableKind, lines: &[Span]) -> Table {
    let mut table = Table {
        kind,
        heads: vec![],
        has_head: false,
        rows: vec![],
        misfits: vec![],
    };
    let (fitting, others): (Vec<Span>, Vec<Span>) = lines
        .iter()
        .partition(|line| kind_of_row(slice(text, **line)) == Some(kind));
    table.misfits = others.iter().map(|line| trimmed(text, *line)).collect();
    let starts = column_starts(text, &fitting);
    let cells_of = |line: Span| -> Vec<Span> {
        let written = slice(text, line);
        starts
            .iter()
            .enumerate()
            .map(|(at, &start)| {
                let end = starts.get(at + 1).copied().unwrap_or(written.len());
                let region = written
                    .get(start..end.min(written.len()))
                    .unwrap_or_default();
                Span::new(
                    start.min(written.len()),
                    start.min(written.len()) + region.trim_end().len(),
                )
            })
            .collect()
    };
    let rows: Vec<(Span, Vec<Span>)> = fitting.iter().map(|&line| (line, cells_of(line))).collect();
    // All rows must be cut alike: then the columns mean the same in each.
    match heads(text, kind, &rows) {
        Some(heads) => {
            table.heads = heads;
            table.rows = rows
                .into_iter()
                .map(|(line, cells)| row(text, line, cells))
                .collect();
        }
        None => by_words(text, kind, &fitting, &mut table),
    }
    table
}

fn row(text: &str, line: Span, cells: Vec<Span>) -> Row {
    Row {
        span: trimmed(text, line),
        cells: shift(cells, line),
    }
}

/// Where columns begin: after two bytes or more that are blank in every row.
fn column_starts(text: &str, lines: &[Span]) -> Vec<usize> {
    let widest = lines
        .iter()
        .map(|line| line.len())
        .max()
        .unwrap_or_default();
    let mut used = vec![false; widest];
    for &line in lines {
        for (byte, used) in slice(text, line).bytes().zip(used.iter_mut()) {
            *used |= !matches!(byte, b' ' | b'\r');
        }
    }
    let mut starts = vec![];
    let mut blanks = 2;
    for (at, used) in used.into_iter().enumerate() {
        if !used {
            blanks += 1;
            continue;
        }
        if blanks > 1 {
            starts.push(at);
        }
        blanks = 0;
    }
    starts
}

/// The heads that the columns would have; `None` where the rows were not cut as their shape says.
fn heads(text: &str, kind: TableKind, rows: &[(Span, Vec<Span>)]) -> Option<Vec<String>> {
    let columns = rows.first()?.1.len();
    let all = |column: usize, test: &dyn Fn(&str) -> bool| {
        rows.iter().all(|(line, cells)| {
            cells
                .get(column)
                .is_some_and(|cell| test(slice(slice(text, *line), *cell)))
        })
    };
    let marks = |column: usize| match kind {
        TableKind::Nodes => all(column, &is_node_status),
        TableKind::Pods => all(column, &is_ready),
        TableKind::Namespaces => all(column, &is_namespace_status),
        TableKind::DaemonSets => all(column, &is_number),
        TableKind::Other => false,
    };
    let marked = (1..columns).find(|&column| marks(column))?;
    let name = marked - 1;
    if !all(name, &is_listed_name) {
        return None;
    }
    let mut heads = vec![String::new(); columns];
    let mut set = |at: usize, head: &str| {
        if let Some(slot) = heads.get_mut(at) {
            head.clone_into(slot);
        }
    };
    set(name, "NAME");
    if name == 1 {
        set(0, "NAMESPACE");
    }
    let known = known_heads(kind);
    for (past, head) in known.iter().enumerate() {
        set(marked + past, head);
    }
    let mut end = marked + known.len();
    let age = known.iter().position(|head| *head == "AGE");
    if age.is_some_and(|past| !all(marked + past, &is_age)) {
        return None;
    }
    let wide = wide_heads(kind);
    let is_ip = |cell: &str| cell == "<none>" || cell.parse::<std::net::IpAddr>().is_ok();
    if !wide.is_empty() && end + wide.len() <= columns && all(end, &is_ip) {
        for (past, head) in wide.iter().enumerate() {
            set(end + past, head);
        }
        end += wide.len();
    }
    let last = columns.saturating_sub(1);
    if last >= end && all(last, &|cell| labels(cell).is_some()) {
        set(last, "LABELS");
    }
    Some(heads)
}

/// Rows whose columns don't stand one below the other: the first words are read.
fn by_words(text: &str, kind: TableKind, lines: &[Span], table: &mut Table) {
    let known = known_heads(kind);
    // RESTARTS may be two words more, so nothing behind it is certain.
    let sure = known.iter().take_while(|head| **head != "RESTARTS").count();
    table.heads = ["NAMESPACE", "NAME"]
        .into_iter()
        .chain(known.iter().take(sure).copied())
        .map(str::to_owned)
        .collect();
    for &line in lines {
        let written = slice(text, line);
        let words = words(written);
        let one = words.get(1).and_then(|range| written.get(range.clone()));
        let is_mark = |cell: &str| match kind {
            TableKind::Nodes => is_node_status(cell),
            TableKind::Pods => is_ready(cell),
            TableKind::Namespaces => is_namespace_status(cell),
            TableKind::DaemonSets | TableKind::Other => is_number(cell),
        };
        let mut cells: Vec<Span> = words
            .iter()
            .map(|range| Span::new(range.start, range.end))
            .collect();
        if one.is_some_and(is_mark) {
            cells.insert(0, Span::at(0));
        }
        cells.truncate(table.heads.len());
        cells.resize(table.heads.len(), Span::at(written.len()));
        table.rows.push(row(text, line, cells));
    }
}
