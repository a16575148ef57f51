//! One input read: its objects, its findings, and what it was taken for.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::object::{Objects, SourceId};
use crate::text::SourceText;

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
    InputRead {
        id,
        source: SourceText::new(name, String::from_utf8_lossy(bytes)),
        objects: Objects::default(),
        diagnostics: vec![],
        taken_for: String::new(),
        counts: BTreeMap::new(),
    }
}
