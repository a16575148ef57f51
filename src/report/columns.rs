//! Columns as kubectl sets them (R-1570): each but the last padded to its widest cell and three blanks more.

/// The rows, the head among them, as text. Rows may have different lengths; widths count characters.
pub(crate) fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width_of = |column: usize| {
        let widest = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max();
        // Never narrower than six, the three blanks included.
        (widest.unwrap_or_default() + 3).max(6)
    };
    let widths: Vec<usize> = (0..count).map(width_of).collect();
    let mut out = String::new();
    for row in rows {
        let last = row.iter().rposition(|cell| !cell.is_empty());
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if last.is_none_or(|last| at > last) {
                break;
            }
            out.push_str(cell);
            if last != Some(at) {
                out.extend(std::iter::repeat_n(
                    ' ',
                    width.saturating_sub(cell.chars().count()),
                ));
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_wide_as_its_widest_cell_and_three_blanks() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let text = columns(&[
            row(["NAME", "A", "WHY"]),
            row(["worker-10", "x", ""]),
            row(["n", "", "é"]),
        ]);
        assert_eq!(
            text,
            "NAME        A     WHY\nworker-10   x\nn                 é\n"
        );
    }
}
