//! A finished answer as text: tables, JSON, YAML, names, sentences.
//!
//! Uses `plan` and the places of `text`. Computes nothing about a cluster.

mod columns;
mod diagnostics;
mod explain;
mod merge;
mod table;

pub use diagnostics::diagnostics;
pub use explain::explain;
pub use merge::merge;

use crate::plan::Plan;
use crate::plan::answer::Action;
use crate::text::json;
use crate::text::to_yaml::NoMarks;

/// How to print a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table as kubectl prints them, and the plan in a sentence below.
    Table,
    /// The same with both verdicts, the outcome of created pods and the change that would turn it.
    Wide,
    /// Indented JSON, a line end at the end.
    Json,
    /// YAML.
    Yaml,
    /// A line for each pod that comes, stays or goes: `create NAMESPACE/DAEMONSET NODE`.
    Name,
}

impl Format {
    /// Every format with its name, as after `-o`.
    pub const ALL: &'static [(&'static str, Format)] = &[
        ("table", Self::Table),
        ("wide", Self::Wide),
        ("json", Self::Json),
        ("yaml", Self::Yaml),
        ("name", Self::Name),
    ];

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
    }
}

/// The plan as text.
pub fn render(plan: &Plan, format: Format) -> String {
    match format {
        Format::Table => table::render(plan, false),
        Format::Wide => table::render(plan, true),
        // A plan is plain data with text for keys: neither writer can fail on it.
        Format::Json => serde_json::to_string_pretty(plan).unwrap_or_default() + "\n",
        Format::Yaml => {
            let json = serde_json::to_string_pretty(plan).unwrap_or_default();
            json::document(&json)
                .map(|document| document.tree.to_yaml(document.tree.root(), &NoMarks))
                .unwrap_or_default()
        }
        Format::Name => names(plan),
    }
}

/// The action as a word.
pub(crate) fn action_word(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Keep => "keep",
        Action::Delete => "delete",
        Action::Roll => "roll",
        Action::Wait => "wait",
        Action::None => "none",
    }
}

fn names(plan: &Plan) -> String {
    let mut out = String::new();
    for set in &plan.daemon_sets {
        for node in set.nodes.iter().filter(|node| node.action != Action::None) {
            let line = [
                action_word(node.action),
                " ",
                &set.namespace,
                "/",
                &set.name,
                " ",
                &node.name,
                "\n",
            ];
            out.extend(line);
        }
    }
    out
}
