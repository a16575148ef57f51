//! A text sent to the server as it is, as the body of a strict request (R-1525).
//!
//! Source: apimachinery `pkg/runtime/serializer/json`, which reads YAML twice to find keys that stand twice;
//! sigs.k8s.io/json `UnmarshalStrict`.

use super::kinds::{Kind, kind_of};
use super::walk::{Findings, Start, Writer, walk};
use crate::object::schema;
use crate::text::{TextError, Tree, json, yaml};

/// Decodes the body of a request, in JSON or YAML. What is listed is what a strict request is refused for.
///
/// Of a key that stands twice in JSON only the last value is looked into; the server looks into all.
///
/// # Errors
///
/// Where the body cannot be decoded: the server's message, or what is known of it.
pub fn decode_body(bytes: &[u8]) -> Result<Vec<String>, String> {
    let text = String::from_utf8_lossy(bytes);
    if text.trim_start().starts_with('{') {
        let document = json::document(&text).map_err(|error| {
            let message = error.message;
            format!("couldn't get version/kind; json parse error: {message}")
        })?;
        let twice = document.duplicates.iter().map(|error| error.span.start);
        let twice = twice.collect();
        let found = findings(&document.tree, Writer::Person(&twice))?;
        return found.refused.map_or(Ok(found.strict), Err);
    }
    let document = yaml::document(bytes).map_err(|error| error.go_message())?;
    let found = findings(&document.tree, Writer::Yaml)?;
    if let Some(error) = found.refused {
        return Err(error);
    }
    let mut strict = vec![];
    if !document.duplicates.is_empty() {
        strict.push(twice(&document.duplicates));
    }
    strict.extend(found.strict);
    Ok(strict)
}

fn findings(tree: &Tree<'_>, writer: Writer<'_>) -> Result<Findings, String> {
    let Kind { api_version, kind } =
        kind_of(tree, tree.root()).map_err(|errors| errors.join(", "))?;
    match schema::kind(api_version, kind) {
        Some(of) => Ok(walk(tree, tree.root(), of, writer, Start::default())),
        None => Err(format!("the type of {kind} in {api_version} is not known")),
    }
}

/// All keys that stand twice in a YAML text make one error.
fn twice(duplicates: &[TextError]) -> String {
    let lines = duplicates.iter().map(|duplicate| {
        let line = duplicate.go_line.unwrap_or_default();
        format!("\n  line {line}: {}", duplicate.message)
    });
    let lines: Vec<String> = lines.collect();
    format!("yaml: unmarshal errors:{}", lines.concat())
}
