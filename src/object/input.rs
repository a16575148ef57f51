//! One input read: its objects, its findings, and what it was taken for.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::object::reading::{self, Reading};
use crate::object::{Objects, SourceId, documents};
use crate::text::{SourceText, stream};

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

/// Reads an input.
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
    for part in stream::read(&source.text).parts {
        match part {
            Ok(document) => documents::document(&mut read, &document, 0),
            Err(error) => read
                .findings
                .push_at(error.span, || Diagnostic::from(&error)),
        }
    }
    let taken_for = format!("YAML: {}", reading::listed(&read.take_counts()));
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
