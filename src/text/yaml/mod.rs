//! YAML as Kubernetes reads it: `sigs.k8s.io/yaml` 1.6.0 on `go.yaml.in/yaml/v2` 2.4.4 (R-1503 to R-1516).
//!
//! Bytes → text (`source`) → tokens (`scanner`) → events (`parser`) → tree (`compose`, `resolve`). The machine is
//! libyaml's with Go's differences; what is written here follows what that code does, in our own structure.
//! Everything is linear in the text and nothing recurses.

mod chars;
mod compose;
mod explain;
mod fault;
mod parser;
mod resolve;
mod scanner;
mod source;
mod tag;

use super::error::{TextError, TextErrorKind};
use super::limits::MAX_TEXT_BYTES;
use super::stream::Document;
use super::{Span, strict};
use source::Lines;

/// Reads one document, as `YAMLToJSON` does: the first of the text; what follows it is not looked at but for one
/// token (R-1503). A text that holds nothing is `null`.
///
/// # Errors
///
/// What Kubernetes refuses, and texts over [`MAX_TEXT_BYTES`].
pub fn document(bytes: &[u8]) -> Result<Document<'_>, TextError> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(too_long(bytes.len()));
    }
    read_lines(
        Lines::verbatim(bytes, 0),
        std::str::from_utf8(bytes).ok(),
        Span::new(0, bytes.len()),
    )
}

/// Reads one document of a file as the line reader cuts it out: the bytes at `span` of `whole` (R-1502, R-1504).
pub(super) fn chunk<'t>(
    whole: &'t [u8],
    text: Option<&'t str>,
    span: Span,
) -> Result<Document<'t>, TextError> {
    read_lines(
        Lines::normalized(span.of(whole), span.start as usize),
        text,
        span,
    )
}

fn read_lines<'t>(
    lines: Lines<'t>,
    text: Option<&'t str>,
    span: Span,
) -> Result<Document<'t>, TextError> {
    let source = lines.decode();
    match compose::compose(&source, text) {
        Ok(composed) => {
            let duplicates = strict::errors(&composed.tree, &composed.duplicates);
            Ok(Document {
                tree: composed.tree,
                span,
                duplicates,
            })
        }
        Err(fault) => Err(explain::error(&fault, &source)),
    }
}

pub(super) fn too_long(len: usize) -> TextError {
    TextError::new(
        TextErrorKind::Limit,
        format!("the text has {len} bytes"),
        Span::at(0),
    )
    .explained(
        format!("{len} bytes"),
        format!("at most {MAX_TEXT_BYTES} bytes"),
        "Give the nodes or objects in several smaller texts.",
    )
}
