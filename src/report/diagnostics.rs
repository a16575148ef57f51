//! Findings as compilers print them: place, code, sentence, the line of the source and a caret below it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::Plan;
use crate::text::{SourceText, Span};

/// How much of a long line is shown around the place.
const SHOWN: usize = 120;

/// The findings of level warning and error, in the plan's order:
/// `FILE:LINE:COLUMN: error[DSP001]: …`, the source line and a caret, then what was found, what was expected
/// and how to mend it. `sources` are the inputs of the plan.
pub fn diagnostics(plan: &Plan, sources: &[&SourceText]) -> String {
    let mut out = String::new();
    for finding in plan
        .diagnostics
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
    {
        one(finding, sources, &mut out);
    }
    out
}

fn one(finding: &Diagnostic, sources: &[&SourceText], out: &mut String) {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    if let Some(place) = &finding.location {
        out.push_str(&format!(
            "{}:{}:{}: ",
            place.source, place.start.line, place.start.column
        ));
    }
    out.push_str(&format!(
        "{severity}[{}]: {}\n",
        finding.code, finding.message
    ));
    if let Some(place) = &finding.location
        && let Some(source) = sources.iter().find(|source| source.name == place.source)
    {
        let line = source.lines.line_span(
            place.start.line.saturating_sub(1) as usize,
            source.text.as_bytes(),
        );
        let end = if place.end.line == place.start.line {
            place.end.column
        } else {
            u32::MAX
        };
        excerpt(
            source,
            line,
            place.start.line,
            (place.start.column, end),
            out,
        );
    }
    let found_and_expected = match (finding.found.is_empty(), finding.expected.is_empty()) {
        (false, false) => format!("found {}, expected {}", finding.found, finding.expected),
        (false, true) => format!("found {}", finding.found),
        (true, false) => format!("expected {}", finding.expected),
        (true, true) => String::new(),
    };
    for (word, text) in [("note", &found_and_expected), ("help", &finding.help)] {
        if !text.is_empty() {
            out.push_str(&format!("  {word}: {}\n", text.replace('\n', "\n        ")));
        }
    }
}

/// The line with a caret under the columns `from..to` (UTF-16, from 1); a long line is cut around them.
fn excerpt(source: &SourceText, line: Span, number: u32, columns: (u32, u32), out: &mut String) {
    // Only the neighbourhood is decoded: a line may be megabytes long.
    let text = source.at(line);
    let mut column = 1_u32;
    let mut shown: Vec<(char, u32)> = Vec::new();
    let first = columns
        .0
        .saturating_sub(u32::try_from(SHOWN / 2).unwrap_or(0))
        .max(1);
    for character in text.chars() {
        if column >= first {
            if shown.len() == SHOWN {
                break;
            }
            let printable = if character.is_control() {
                ' '
            } else {
                character
            };
            shown.push((printable, column));
        }
        column = column.saturating_add(u32::try_from(character.len_utf16()).unwrap_or(1));
    }
    let gutter = number.to_string();
    let cut = if first > 1 { "…" } else { "" };
    let line: String = shown.iter().map(|(character, _)| *character).collect();
    out.push_str(&format!(" {gutter} | {cut}{}\n", line.trim_end()));
    let before = shown.iter().filter(|(_, at)| *at < columns.0).count() + cut.chars().count();
    let under = shown
        .iter()
        .filter(|(_, at)| *at >= columns.0 && *at < columns.1)
        .count();
    let blank = " ".repeat(gutter.len() + 2);
    out.push_str(&format!(
        "{blank}| {}{}\n",
        " ".repeat(before),
        "^".repeat(under.clamp(1, SHOWN))
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location};

    fn printed(text: &str, span: Span) -> String {
        let source = SourceText::new("a.yaml", text);
        let finding = Diagnostic::new(Code::Syntax, "A tab cannot indent.")
            .at(Location::new(&source, span))
            .found("a tab", "blanks")
            .help("Use blanks.");
        let mut out = String::new();
        one(&finding, &[&source], &mut out);
        out
    }

    #[test]
    fn a_finding_shows_its_line_with_a_caret() {
        let text = "k: v\né: xyz\n";
        let at = text.find("xyz").unwrap_or_default();
        let expected = "a.yaml:2:4: error[DSP001]: A tab cannot indent.\n 2 | é: xyz\n   |    ^^^\n  \
                        note: found a tab, expected blanks\n  help: Use blanks.\n";
        assert_eq!(printed(text, Span::new(at, at + 3)), expected);
    }

    #[test]
    fn a_line_of_megabytes_is_cut_around_the_place() {
        let text = "x".repeat(1_000_000);
        let shown = printed(&text, Span::new(500_000, 500_001));
        assert!(shown.len() < 500, "{}", shown.len());
        assert!(shown.starts_with("a.yaml:1:500001: ") && shown.contains(" 1 | …x"));
    }
}
