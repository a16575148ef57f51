//! Columns side by side (R-1570). Source: cli-runtime `pkg/printers`, tableprinter.go and its tabwriter.

/// A column is at least this wide, the blanks behind it included.
const LEAST_WIDTH: usize = 6;

/// Blanks behind the widest cell.
const BLANKS: usize = 3;

/// Rows whose cells stand below each other. All rows have as many cells.
#[derive(Debug, Default)]
pub(super) struct Layout {
    rows: Vec<Vec<String>>,
    widths: Vec<usize>,
}

impl Layout {
    /// Adds a row.
    pub(super) fn push(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| shown(cell)).collect();
        self.widths
            .resize(cells.len().max(self.widths.len()), LEAST_WIDTH);
        for (width, cell) in self.widths.iter_mut().zip(&cells) {
            *width = (*width).max(cell.len() + BLANKS);
        }
        self.rows.push(cells);
    }

    /// The rows as text; widths count bytes, the last cell of a row is not padded.
    pub(super) fn print(&self) -> String {
        let mut made = String::new();
        for row in &self.rows {
            for (at, (cell, width)) in row.iter().zip(&self.widths).enumerate() {
                made.push_str(cell);
                if at + 1 < row.len() {
                    made.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.len())));
                }
            }
            made.push('\n');
        }
        made
    }
}

/// A cell as a terminal is shown it: cut at the first line end, escape characters made visible.
fn shown(cell: &str) -> String {
    let cut = cell.split(['\n', '\r', '\u{c}']).next().unwrap_or_default();
    let ending = if cut.len() < cell.len() { "..." } else { "" };
    format!("{}{ending}", cut.replace('\u{1b}', "^["))
}
