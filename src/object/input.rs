//! One input read: its objects, its findings, and what it was taken for.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::object::reading::{self, Reading};
use crate::object::{Objects, SourceId, documents, rows};
use crate::text::recognise::{Segment, segments};
use crate::text::{SourceText, Span, stream};

/// An input that was read.
#[derive(Clone, Debug)]
pub struct InputRead {
    /// Its number: what the places of its objects name.
    pub id: SourceId,
    /// Its text.
    pub source: SourceText,
    /// Its objects.
    pub objects: Objects,
    /// What was found while reading.
    pub diagnostics: Vec<Diagnostic>,
    /// What it was taken for, in a sentence.
    pub taken_for: String,
    /// Objects read, by kind.
    pub counts: BTreeMap<String, u32>,
}

/// Reads an input: documents, tables and names, whatever stands in it.
///
/// Nothing that is broken hides what is not: every document, every object of a `List`, every row is read for
/// itself. Cost: linear in the text.
pub fn read(id: SourceId, name: &str, bytes: &[u8]) -> InputRead {
    let (text, broken) = match stream::decode(bytes) {
        Ok(text) => (text.into_owned(), None),
        Err(error) => (String::from_utf8_lossy(bytes).into_owned(), Some(error)),
    };
    let source = SourceText::new(name, text);
    let mut read = Reading::new(id, &source);
    if let Some(error) = broken {
        read.findings
            .push_at(error.span, || Diagnostic::from(&error));
    }
    let mut taken: Vec<String> = vec![];
    for segment in segments(&source.text) {
        let what = match segment {
            Segment::Documents(span) => documents(&mut read, &source, span),
            Segment::Table(table) => rows::table(&mut read, &source.text, &table),
            Segment::Names(names) => rows::names(&mut read, &source.text, &names),
            Segment::Described(span) => described(&mut read, span),
        };
        read.take_counts();
        taken.push(what);
    }
    let taken_for = if taken.is_empty() {
        "nothing".to_owned()
    } else {
        taken.join("; ")
    };
    let (objects, diagnostics, counts) = read.finish();
    InputRead {
        id,
        source,
        objects,
        diagnostics,
        taken_for,
        counts,
    }
}

fn documents(read: &mut Reading<'_>, source: &SourceText, span: Span) -> String {
    let text = source.at(span);
    let offset = span.start as usize;
    for part in stream::read(text).parts {
        match part {
            Ok(document) => documents::document(read, &document, offset),
            Err(error) => read
                .findings
                .push_at(error.span.shifted(offset), || Diagnostic::from(&error)),
        }
    }
    let counts = read.take_counts();
    let form = if text.trim_start().starts_with('{') {
        "JSON"
    } else {
        "YAML"
    };
    if counts.is_empty() {
        format!("{form} without an object that can be read")
    } else {
        format!("{form}: {}", reading::listed(&counts))
    }
}

fn described(read: &mut Reading<'_>, span: Span) -> String {
    read.say_once(
        span,
        "what `kubectl describe` prints is not read",
        "paste the output of `kubectl get` with `-o yaml` instead",
    );
    "the output of kubectl describe, which is not read".to_owned()
}
