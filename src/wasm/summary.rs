//! A plan in a handful of numbers, for a caller that decides on an exit code.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::diagnostic::Severity;
use crate::plan::Plan;

/// How much was read and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Objects read, of all kinds.
    pub objects: u32,
    /// `DaemonSets` planned.
    pub daemon_sets: u32,
    /// Findings of level error.
    pub errors: u32,
    /// Findings of level warning.
    pub warnings: u32,
}

impl Summary {
    /// Counts.
    pub fn of(plan: &Plan) -> Self {
        let level = |severity: Severity| {
            count(
                plan.diagnostics
                    .iter()
                    .filter(|finding| finding.severity == severity),
            )
        };
        Self {
            objects: plan
                .inputs
                .iter()
                .flat_map(|input| input.objects.values())
                .fold(0, |sum, number| sum.saturating_add(*number)),
            daemon_sets: count(plan.daemon_sets.iter()),
            errors: level(Severity::Error),
            warnings: level(Severity::Warning),
        }
    }
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
