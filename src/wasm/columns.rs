//! A `DaemonSet`'s nodes as typed arrays: one object for a hundred thousand nodes instead of one a node.

use std::collections::HashMap;

use js_sys::{Uint8Array, Uint32Array};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::plan::answer::{Action, DaemonSetPlan, Outcome};

/// Bit of [`Columns::verdicts`]: a node without a pod gets one.
const SHOULD_RUN: u8 = 1;
/// Bit of [`Columns::verdicts`]: a pod that is there may stay.
const SHOULD_CONTINUE_RUNNING: u8 = 2;

/// The nodes of one `DaemonSet`, a column a thing; row `i` is `nodes[i]` of the plan.
#[derive(Clone, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Columns {
    /// The names, one after another without anything between.
    pub names: String,
    /// Where each name ends in `names`, in UTF-16 units.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint32Array")]
    pub name_ends: Uint32Array,
    /// Bit 0: `shouldRun`. Bit 1: `shouldContinueRunning`.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint8Array")]
    pub verdicts: Uint8Array,
    /// What happens, as an index into `actionCodes`.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint8Array")]
    pub actions: Uint8Array,
    /// The meaning of `actions`.
    pub action_codes: Vec<Action>,
    /// What becomes of the created pod: 0 where none is created, else an index into `outcomeCodes` plus 1.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint8Array")]
    pub outcomes: Uint8Array,
    /// The meaning of `outcomes`.
    pub outcome_codes: Vec<Outcome>,
    /// Where each row's entries in `groups` end.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint32Array")]
    pub group_ends: Uint32Array,
    /// Indices into the plan's `reasonGroups`, row after row.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint32Array")]
    pub groups: Uint32Array,
}

impl Columns {
    /// Lays the nodes out in columns.
    pub fn of(set: &DaemonSetPlan) -> Self {
        let action_codes = Action::ALL;
        let outcome_codes = [
            Outcome::Admitted,
            Outcome::Pending,
            Outcome::Refused,
            Outcome::Rejected,
            Outcome::NoPod,
        ];
        let mut of_node: HashMap<&str, Vec<u32>> = HashMap::new();
        for (group, id) in set.reason_groups.iter().zip(0u32..) {
            for node in &group.nodes {
                of_node.entry(node).or_default().push(id);
            }
        }

        let rows = set.nodes.len();
        let mut names = String::new();
        let mut name_end = 0;
        let mut name_ends = Vec::with_capacity(rows);
        let mut verdicts = Vec::with_capacity(rows);
        let mut actions = Vec::with_capacity(rows);
        let mut outcomes = Vec::with_capacity(rows);
        let mut group_ends = Vec::with_capacity(rows);
        let mut groups = Vec::new();
        for node in &set.nodes {
            names.push_str(&node.name);
            name_end += length(utf16_len(&node.name));
            name_ends.push(name_end);
            verdicts.push(
                if node.should_run { SHOULD_RUN } else { 0 }
                    | if node.should_continue_running {
                        SHOULD_CONTINUE_RUNNING
                    } else {
                        0
                    },
            );
            actions.push(index_of(action_codes, &node.action));
            outcomes.push(node.created.as_ref().map_or(0, |pod| {
                index_of(&outcome_codes, &pod.outcome).saturating_add(1)
            }));
            groups.extend(of_node.get(node.name.as_str()).into_iter().flatten());
            group_ends.push(length(groups.len()));
        }

        Self {
            names,
            name_ends: Uint32Array::from(name_ends.as_slice()),
            verdicts: Uint8Array::from(verdicts.as_slice()),
            actions: Uint8Array::from(actions.as_slice()),
            action_codes: action_codes.to_vec(),
            outcomes: Uint8Array::from(outcomes.as_slice()),
            outcome_codes: outcome_codes.to_vec(),
            group_ends: Uint32Array::from(group_ends.as_slice()),
            groups: Uint32Array::from(groups.as_slice()),
        }
    }
}

/// The length of a text in UTF-16 units. Names that the API server takes are ASCII.
fn utf16_len(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The place of a value among the few that there are.
fn index_of<T: PartialEq>(codes: &[T], value: &T) -> u8 {
    codes
        .iter()
        .position(|code| code == value)
        .and_then(|index| u8::try_from(index).ok())
        .unwrap_or(u8::MAX)
}

/// A length as it crosses the edge; wasm's memory ends before `u32` does.
fn length(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
