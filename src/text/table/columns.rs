//! Lines cut into cells.

use std::ops::Range;

use super::Head;
use crate::text::Span;

/// Pieces of a line that stand two blanks or more, or a tab, apart.
pub(super) fn chunks(line: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    for word in words(line) {
        match out.last_mut() {
            Some(last) if line.get(last.end..word.start) == Some(" ") => last.end = word.end,
            _ => out.push(word),
        }
    }
    out
}

/// The words of a line.
pub(super) fn words(line: &str) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut start = None;
    for (at, byte) in line.bytes().enumerate() {
        match (matches!(byte, b' ' | b'\t' | b'\r'), start) {
            (true, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    out.extend(start.map(|from| from..line.len()));
    out
}

/// The ways in which a line may be cut into the cells of a head, the likeliest first. Spans are within the line.
pub(super) fn cuts(line: &str, head: &Head) -> Vec<Vec<Span>> {
    let mut out = vec![];
    if line.contains('\t') {
        out.extend(by_tabs(line, head.starts.len()));
    }
    if head.is_spaced {
        out.extend(by_position(line, &head.starts, 0));
        // A paste whose first line lost its indentation, or kept one that the others lost. The first cell is
        // empty where things without a namespace are listed with one.
        let own = indent(line);
        for &start in head.starts.iter().take(2) {
            if own != start {
                let shift = isize::try_from(own).unwrap_or_default()
                    - isize::try_from(start).unwrap_or_default();
                out.extend(by_position(line, &head.starts, shift));
            }
        }
        let pieces = chunks(line);
        if pieces.len() == head.starts.len() {
            out.push(spans(&pieces));
        }
    }
    out.extend(by_words(line, head));
    out
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn spans(ranges: &[Range<usize>]) -> Vec<Span> {
    ranges
        .iter()
        .map(|range| Span::new(range.start, range.end))
        .collect()
}

/// Cells between tabs; those missing at the end are empty.
fn by_tabs(line: &str, columns: usize) -> Option<Vec<Span>> {
    let mut out = vec![];
    let mut start = 0;
    for piece in line.split('\t') {
        let lead = piece.len() - piece.trim_start().len();
        let cell = piece.trim();
        out.push(Span::new(start + lead, start + lead + cell.len()));
        start += piece.len() + 1;
    }
    if out.len() > columns {
        return None;
    }
    out.resize(columns, Span::at(line.len()));
    Some(out)
}

/// Cells under their heads: each begins exactly where its head does (R-1570), with a blank before it.
fn by_position(line: &str, starts: &[usize], shift: isize) -> Option<Vec<Span>> {
    let place = |start: usize| start.saturating_add_signed(shift).min(line.len());
    let mut out = vec![];
    let mut before = 0;
    for (column, &start) in starts.iter().enumerate() {
        let from = place(start);
        let to = match starts.get(column + 1) {
            Some(&next) => place(next),
            None => line.len(),
        };
        if column == 0 && !line.get(..from)?.trim().is_empty() {
            return None;
        }
        let region = line.get(from..to)?;
        let cell = region.trim_end();
        let begins_late = cell.starts_with([' ', '\t']);
        let touches = !cell.is_empty() && column > 0 && !line.get(before..from)?.ends_with(' ');
        if begins_late || touches {
            return None;
        }
        out.push(Span::new(from, from + cell.len()));
        before = from;
    }
    Some(out)
}

/// Cells by words, for pastes in which all blanks became one. `(5m ago)` belongs to what stands before it;
/// OS-IMAGE takes the words that are left over.
fn by_words(line: &str, head: &Head) -> Option<Vec<Span>> {
    let mut cells: Vec<Range<usize>> = vec![];
    let mut open = false;
    for word in words(line) {
        let text = line.get(word.clone())?;
        let joins = (open || text.starts_with('(')) && !cells.is_empty();
        open = (open || text.starts_with('(')) && !text.ends_with(')');
        match cells.last_mut() {
            Some(last) if joins => last.end = word.end,
            _ => cells.push(word),
        }
    }
    let columns = head.starts.len();
    let extra = cells.len().checked_sub(columns)?;
    if extra > 0 {
        let at = head.names.iter().position(|name| name == "OS-IMAGE")?;
        let end = cells.get(at + extra)?.end;
        cells.get_mut(at)?.end = end;
        cells.drain(at + 1..=at + extra);
    }
    Some(spans(&cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(head: &str, line: &str) -> Vec<String> {
        let head = Head::read(head).unwrap();
        let cells = cuts(line, &head).into_iter().next().unwrap_or_default();
        cells
            .iter()
            .map(|cell| line[cell.start as usize..cell.end as usize].to_owned())
            .collect()
    }

    #[test]
    fn cells_stand_under_their_heads_and_may_be_empty() {
        let head = "NAME   STATUS    ROLES    AGE   VERSION   ZONE   LABELS";
        let line = "bare   Unknown   <none>   5d                     a=b";
        assert_eq!(
            cut(head, line),
            ["bare", "Unknown", "<none>", "5d", "", "", "a=b"]
        );
        let short = "bare   Unknown   <none>   5d";
        assert_eq!(cut(head, short)[4..], ["", "", ""]);
    }

    #[test]
    fn a_paste_that_is_indented_but_for_its_first_line_is_read() {
        let head = "NAME   STATUS   ROLES    AGE   VERSION";
        let line = "    n1     Ready    <none>   5d    v1.37.2";
        assert_eq!(cut(head, line), ["n1", "Ready", "<none>", "5d", "v1.37.2"]);
        let head = "    NAME   STATUS   ROLES    AGE   VERSION";
        let line = "n1     Ready    <none>   5d    v1.37.2";
        assert_eq!(cut(head, line), ["n1", "Ready", "<none>", "5d", "v1.37.2"]);
    }

    #[test]
    fn tabs_and_single_blanks_part_cells_too() {
        let head = "NAME\tSTATUS\tROLES\tAGE\tVERSION";
        assert_eq!(
            cut(head, "n1\tReady\t\t5d\tv1"),
            ["n1", "Ready", "", "5d", "v1"]
        );
        let head = "NAME READY STATUS RESTARTS AGE";
        assert_eq!(
            cut(head, "p 1/1 Running 2 (5m ago) 3h"),
            ["p", "1/1", "Running", "2 (5m ago)", "3h"]
        );
        let head = "NAME STATUS VERSION OS-IMAGE KERNEL-VERSION";
        assert_eq!(
            cut(
                head,
                "n1 Ready v1 Debian GNU/Linux 13 (trixie) 6.12 (amd64)"
            ),
            [
                "n1",
                "Ready",
                "v1",
                "Debian GNU/Linux 13 (trixie)",
                "6.12 (amd64)"
            ]
        );
    }

    #[test]
    fn a_line_that_reaches_into_two_columns_is_not_cut_by_position() {
        let head = Head::read("NAME   STATUS   AGE").unwrap();
        assert_eq!(
            by_position("a-very-long-name   Ready", &head.starts, 0),
            None
        );
        assert_eq!(by_position("é", &[0, 1], 0), None);
    }
}
