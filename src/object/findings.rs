//! Collecting what there is to say about one input, up to a limit.

use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::object::limits::{MAX_FINDINGS, MAX_QUOTED};
use crate::text::{SourceText, Span};

/// Findings about one input, in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Findings<'s> {
    source: &'s SourceText,
    list: Vec<Diagnostic>,
    hidden: usize,
    hidden_worst: Severity,
}

impl<'s> Findings<'s> {
    /// None yet.
    pub(crate) fn new(source: &'s SourceText) -> Self {
        Self {
            source,
            list: vec![],
            hidden: 0,
            hidden_worst: Severity::Info,
        }
    }

    /// The input.
    pub(crate) fn source(&self) -> &'s SourceText {
        self.source
    }

    /// Adds a finding about `span`, unless there are too many already: then it is only counted.
    pub(crate) fn push_at(&mut self, span: Span, finding: impl FnOnce() -> Diagnostic) {
        self.push_with(|source| finding().at(Location::new(source, span)));
    }

    /// Adds a finding about all of the input.
    pub(crate) fn push(&mut self, finding: Diagnostic) {
        self.push_with(|_| finding);
    }

    fn push_with(&mut self, finding: impl FnOnce(&SourceText) -> Diagnostic) {
        let finding = finding(self.source);
        // A limit that was reached says that something was not read at all: it may not drown among the others.
        let room = MAX_FINDINGS + usize::from(finding.code == Code::Limit);
        if self.list.len() < room {
            self.list.push(finding);
        } else {
            self.hidden += 1;
            self.hidden_worst = self.hidden_worst.max(finding.severity);
        }
    }

    /// What `span` holds, cut to one line and [`MAX_QUOTED`] characters.
    pub(crate) fn quoted(&self, span: Span) -> String {
        quote(self.source.at(span))
    }

    /// All findings; where some were left out, the last one says how many.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.hidden > 0 {
            let (name, hidden) = (&self.source.name, self.hidden);
            self.list.push(
                Diagnostic::new(
                    Code::Limit,
                    format!("{hidden} more findings about {name} are not listed"),
                )
                .severity(self.hidden_worst)
                .help("mend the ones above first"),
            );
        }
        self.list
    }
}

/// The first line of `text`, cut to [`MAX_QUOTED`] characters; `…` stands for what was cut.
pub(crate) fn quote(text: &str) -> String {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default().trim_end();
    let mut short: String = line.chars().take(MAX_QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_the_limit_findings_are_counted_and_the_worst_one_gives_the_severity() {
        let source = SourceText::new("a.yaml", "x");
        let mut findings = Findings::new(&source);
        for _ in 0..MAX_FINDINGS {
            findings.push_at(Span::at(0), || Diagnostic::new(Code::UnknownField, "m"));
        }
        findings.push(Diagnostic::new(Code::NotShown, "m"));
        findings.push(Diagnostic::new(Code::TakenFor, "m"));
        let all = findings.finish();
        assert_eq!(all.len(), MAX_FINDINGS + 1);
        let last = all.last().unwrap();
        assert_eq!(last.message, "2 more findings about a.yaml are not listed");
        assert_eq!((last.code, last.severity), (Code::Limit, Severity::Warning));
    }

    #[test]
    fn exactly_as_many_as_the_limit_are_all_listed() {
        let source = SourceText::new("a.yaml", "x");
        let mut findings = Findings::new(&source);
        for _ in 0..MAX_FINDINGS {
            findings.push(Diagnostic::new(Code::UnknownField, "m"));
        }
        assert_eq!(findings.finish().len(), MAX_FINDINGS);
    }

    #[test]
    fn quotes_are_one_short_line() {
        assert_eq!(quote(" yes\n"), "yes");
        assert_eq!(quote("a\nb"), "a…");
        assert_eq!(quote(&"é".repeat(99)).chars().count(), MAX_QUOTED + 1);
    }
}
