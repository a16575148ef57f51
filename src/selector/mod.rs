//! Selectors, node affinity, taints and tolerations: compiled once, matched many times.
//!
//! One concept a file. Compiling gives a runtime form or the exact error text of the real code; matching
//! answers yes or no without allocating; where somebody asks why, a failed match names everything that
//! failed. All texts come from Kubernetes 1.37.2, those of [`project_text`] from OpenShift.
//!
//! Architecture invariant: uses nothing but `text` and `diagnostic`, and touches no cluster. The types here
//! that mirror the API's have its field names and are plain data; the rooms above decode into them.

pub mod field_error;
pub mod label_name;
pub mod label_selector;
pub mod labels;
mod lexer;
pub mod map_text;
pub mod node_selector;
pub mod node_term;
pub mod parse;
pub mod project_text;
pub mod quote;
pub mod requirement;
pub mod taint;
pub mod toleration;

pub use label_selector::{LabelSelector, LabelSelectorRequirement, Selector};
pub use labels::Labels;
pub use map_text::parse_map;
pub use node_selector::{
    CompiledNodeSelector, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, TermFailure,
    TermProblem,
};
pub use node_term::{RequirementList, TermError, UnmetRequirement};
pub use parse::parse;
pub use project_text::parse_project;
pub use requirement::{Operator, Requirement};
pub use taint::Taint;
pub use toleration::{FeatureGates, Toleration, add_or_update, with_automatic};

/// Reads `null` as the empty value, as the API does for lists, maps and texts.
fn null_as_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + serde::Deserialize<'de>,
{
    let value: Option<T> = serde::Deserialize::deserialize(from)?;
    Ok(value.unwrap_or_default())
}
