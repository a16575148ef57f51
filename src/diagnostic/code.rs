//! The catalogue of codes. A code never changes its meaning and is never used again for another.

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// Only informs.
    Info,
    /// May be meant, but look at it.
    Warning,
    /// The cluster would refuse it, or the plan lacks what stood there.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// A finding's stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The code as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),* }
            }

            /// How much it matters unless the finding says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// The text does not parse as Kubernetes parses it.
    Syntax = "DSP001", Error;
    /// A boolean, number or null stands where text is meant (`yes`, `on`, `012`, `~`).
    NotText = "DSP002", Error;
    /// A key stands twice in a map.
    DuplicateKey = "DSP003", Error;
    /// The type has no such field.
    UnknownField = "DSP004", Error;
    /// This `apiVersion` is not served any more.
    RemovedVersion = "DSP006", Error;
    /// A value has another type than the field.
    WrongType = "DSP011", Error;
    /// `apiVersion`, `kind` or `metadata.name` is missing.
    MissingField = "DSP012", Error;
    /// A value of the right type that cannot be read (a quantity, a time, a number out of range).
    UnreadableValue = "DSP013", Error;
    /// A kind that the planner has no use for; it is listed.
    OtherKind = "DSP014", Info;
    /// The API server serves no such kind.
    UnknownKind = "DSP015", Error;
    /// Bytes that are no text, or characters that YAML forbids.
    Encoding = "DSP016", Error;
    /// A limit on size, depth or number was reached.
    Limit = "DSP017", Error;
    /// A line of a table that does not fit its head.
    TableRow = "DSP018", Error;
    /// What an input was taken for.
    TakenFor = "DSP019", Info;
    /// What an input cannot tell, and the command that would.
    NotShown = "DSP020", Warning;
    /// The same object stands twice; the later one counts.
    DuplicateObject = "DSP021", Warning;
    /// There is no DaemonSet, or no node, to plan with.
    NothingToPlan = "DSP022", Error;
    /// A label selector or node selector that does not parse.
    BadSelector = "DSP023", Error;
    /// A namespace's or the cluster's node selector leaves out nodes that the template allows.
    NodesLost = "DSP301", Warning;
    /// The template's node selector contradicts the namespace's: every pod is refused.
    SelectorConflict = "DSP302", Error;
    /// Both node-selector annotations are set.
    TwoAnnotations = "DSP303", Warning;
    /// A node selector in force that does not parse: every pod is refused.
    UnparsableNodeSelector = "DSP306", Error;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_ascend() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }
}
