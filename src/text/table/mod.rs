//! Tables as `kubectl get` and `oc get` print them: heads, rows, cells, each with its place.
//!
//! Pure text: what a row means as an object is for the rooms above. Columns are read by the positions of the
//! heads (R-1570), by words where a paste has lost the blanks, and by the shape of the cells where there is no
//! head (`--no-headers`).

mod cells;
mod columns;
mod head;
mod headless;

pub use cells::{is_age, is_name, is_node_status, labels};
pub use head::Head;
pub use headless::kind_of_row;

use super::Span;

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// `get nodes`.
    Nodes,
    /// `get pods`.
    Pods,
    /// `get namespaces`, `oc get projects`.
    Namespaces,
    /// `get daemonsets`.
    DaemonSets,
    /// Anything else with heads in capitals.
    Other,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line, without blanks around it.
    pub span: Span,
    /// A cell for each head, empty where the row shows nothing.
    pub cells: Vec<Span>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it lists.
    pub kind: TableKind,
    /// The heads, in order; empty texts for columns of a table without heads whose meaning is not known.
    pub heads: Vec<String>,
    /// Whether the text shows the heads.
    pub has_head: bool,
    /// The rows that fit.
    pub rows: Vec<Row>,
    /// Lines that don't.
    pub misfits: Vec<Span>,
}

impl Table {
    /// The column under this head.
    pub fn column(&self, head: &str) -> Option<usize> {
        self.heads.iter().position(|known| known == head)
    }

    /// The cell of a row under this head, empty where there is none.
    pub fn cell<'t>(&self, text: &'t str, row: &Row, head: &str) -> &'t str {
        self.column(head)
            .and_then(|at| row.cells.get(at))
            .and_then(|span| text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }

    /// Reads the rows of a table with a head.
    pub fn with_head(text: &str, head: &Head, lines: &[Span]) -> Self {
        let mut table = Self {
            kind: head.kind,
            heads: head.names.clone(),
            has_head: true,
            rows: vec![],
            misfits: vec![],
        };
        for &line in lines {
            let written = slice(text, line);
            let fits = |cells: &Vec<Span>| row_fits(table.kind, &table.heads, written, cells);
            match columns::cuts(written, head).into_iter().find(fits) {
                Some(cells) => table.rows.push(Row {
                    span: trimmed(text, line),
                    cells: shift(cells, line),
                }),
                None => table.misfits.push(trimmed(text, line)),
            }
        }
        table
    }

    /// Reads the rows of a table without a head.
    pub fn without_head(text: &str, kind: TableKind, lines: &[Span]) -> Self {
        headless::read(text, kind, lines)
    }
}

fn shift(cells: Vec<Span>, line: Span) -> Vec<Span> {
    cells
        .into_iter()
        .map(|cell| cell.shifted(line.start as usize))
        .collect()
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or_default()
}

/// `span` without blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let whole = slice(text, span);
    let start = span.start as usize + (whole.len() - whole.trim_start().len());
    Span::new(start, start + whole.trim().len())
}

/// Whether the cells of a row are what the columns of such a table hold.
fn row_fits(kind: TableKind, heads: &[String], line: &str, cells: &[Span]) -> bool {
    let cell = |name: &str| {
        let at = heads.iter().position(|head| head == name)?;
        Some(slice(line, *cells.get(at)?))
    };
    let name = cell("NAME").unwrap_or_default();
    let labels_read = cell("LABELS").is_none_or(|cell| labels(cell).is_some());
    let named = cells::is_listed_name(name) && labels_read;
    // A paste may be cut at its right edge.
    let age_reads = cell("AGE").is_none_or(|cell| cell.is_empty() || is_age(cell));
    match kind {
        TableKind::Nodes => named && age_reads && cell("STATUS").is_none_or(is_node_status),
        TableKind::Pods => {
            named
                && age_reads
                && cell("READY").is_none_or(cells::is_ready)
                && cell("STATUS").is_none_or(cells::is_word)
                && cell("NODE").is_none_or(cells::is_word)
        }
        TableKind::Namespaces => named && cell("STATUS").is_none_or(cells::is_namespace_status),
        TableKind::DaemonSets => named && cell("DESIRED").is_none_or(cells::is_number),
        TableKind::Other => true,
    }
}
