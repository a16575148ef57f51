//! A text sent to the server as it is, as the body of a strict request (R-1525).
//!
//! Source: apimachinery `pkg/runtime/serializer/json`, which reads YAML twice to find keys that stand twice.

use super::kinds::{Kind, kind_of};
use super::walk::{Start, Writer, walk};
use crate::object::schema;
use crate::text::yaml;

/// Decodes the body of a request in YAML. What is listed is what a strict request is refused for.
///
/// # Errors
///
/// Where the body cannot be decoded: the server's message, or what is known of it.
pub fn decode_body(bytes: &[u8]) -> Result<Vec<String>, String> {
    let document = yaml::document(bytes).map_err(|error| error.go_message())?;
    let tree = &document.tree;
    let Kind { api_version, kind } =
        kind_of(tree, tree.root()).map_err(|errors| errors.join(", "))?;
    let Some(of) = schema::kind(api_version, kind) else {
        return Err(format!("the type of {kind} in {api_version} is not known"));
    };
    let found = walk(tree, tree.root(), of, Writer::Server, Start::default());
    if let Some(error) = found.refused {
        return Err(error);
    }
    let mut strict = vec![];
    if !document.duplicates.is_empty() {
        let lines = document.duplicates.iter().map(|duplicate| {
            let line = duplicate.go_line.unwrap_or_default();
            format!("\n  line {line}: {}", duplicate.message)
        });
        strict.push(format!(
            "yaml: unmarshal errors:{}",
            lines.collect::<String>()
        ));
    }
    strict.extend(found.unknown);
    Ok(strict)
}
