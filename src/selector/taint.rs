//! Taints of nodes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// `v1.Taint`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Taint {
    /// `key`.
    #[serde(deserialize_with = "null_as_default")]
    pub key: String,
    /// `value`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "String::is_empty"
    )]
    pub value: String,
    /// `effect` as written; unknown ones never count.
    #[serde(deserialize_with = "null_as_default")]
    pub effect: String,
    /// `timeAdded` as written; plays no part in matching.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_added: Option<String>,
}

impl Taint {
    /// A taint without a time.
    pub fn new(key: &str, value: &str, effect: &str) -> Self {
        Self {
            key: key.to_owned(),
            value: value.to_owned(),
            effect: effect.to_owned(),
            time_added: None,
        }
    }

    /// Keeps new pods away: `NoSchedule` or `NoExecute`, in exactly this spelling.
    pub fn keeps_away(&self) -> bool {
        self.effect == "NoSchedule" || self.evicts()
    }

    /// Evicts the pods that are there: `NoExecute`.
    pub fn evicts(&self) -> bool {
        self.effect == "NoExecute"
    }
}

/// As kubectl writes it: `key=value:Effect`, `key:Effect` without a value.
impl fmt::Display for Taint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let equals = if self.value.is_empty() { "" } else { "=" };
        write!(f, "{}{equals}{}:{}", self.key, self.value, self.effect)
    }
}
