//! The question: inputs and the platform.

use serde::{Deserialize, Serialize};

use crate::admission::settings::{Platform, SettingsOverrides};

/// One input: a file, a pane of the page, standard input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Input {
    /// How findings call it.
    pub name: String,
    /// What stands in it: YAML, JSON, tables, names, in any mixture.
    pub text: String,
}

/// What to plan, as plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PlanRequest {
    /// The inputs, in an order that decides which of two equal objects counts (the later).
    pub inputs: Vec<Input>,
    /// The preset of switches.
    pub platform: Platform,
    /// Single switches that differ from the preset.
    pub settings: SettingsOverrides,
    /// The time of the sync, as the API writes times (`2026-11-24T12:00:00Z`). Without one, or with a text that is no
    /// time, pods that are Ready have been so for long.
    pub now: Option<String>,
}
