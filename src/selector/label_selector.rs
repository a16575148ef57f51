//! Label selectors: the compiled form, and the API's `LabelSelector` that it can be made from.

use crate::text::order::sort_by;
use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::quote::quote;
use super::{Labels, Operator, Requirement, null_as_default};

/// A compiled label selector: requirements that must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    requirements: Vec<Requirement>,
    nothing: bool,
}

impl Selector {
    /// The selector that matches nothing, whatever the labels (R-200).
    pub fn nothing() -> Self {
        Self {
            requirements: vec![],
            nothing: true,
        }
    }

    /// The selector that matches everything.
    pub fn everything() -> Self {
        Self::from_requirements(vec![])
    }

    /// All of these must hold. They are sorted by key; equal keys keep their order (R-207).
    pub fn from_requirements(mut requirements: Vec<Requirement>) -> Self {
        sort_by(&mut requirements, |a, b| a.key().cmp(b.key()));
        Self {
            requirements,
            nothing: false,
        }
    }

    /// The selector that asks for exactly these labels. Keys and values are not checked (R-111).
    pub fn exactly(labels: &BTreeMap<String, String>) -> Self {
        let exactly = |(key, value): (&String, &String)| Requirement::exactly(key, value);
        Self::from_requirements(labels.iter().map(exactly).collect())
    }

    /// The requirements, sorted by key; none where it matches everything or nothing.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Whether it matches whatever the labels.
    pub fn is_everything(&self) -> bool {
        !self.nothing && self.requirements.is_empty()
    }

    /// Whether it is [`Selector::nothing`].
    pub fn is_nothing(&self) -> bool {
        self.nothing
    }

    /// Whether the labels match. Allocates nothing.
    pub fn matches(&self, labels: &(impl Labels + ?Sized)) -> bool {
        !self.nothing && self.requirements.iter().all(|r| r.matches(labels))
    }

    /// The requirements that the labels do not meet, with the value found; none if the selector matches
    /// nothing at all.
    pub fn unmet<'a, L: Labels + ?Sized>(
        &'a self,
        labels: &'a L,
    ) -> impl Iterator<Item = (&'a Requirement, Option<&'a str>)> {
        self.requirements.iter().filter_map(move |requirement| {
            let found = labels.get(requirement.key());
            (!requirement.matches_value(found)).then_some((requirement, found))
        })
    }
}

/// As selector text (R-207); empty for everything and for nothing.
impl Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, requirement) in self.requirements.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            requirement.fmt(f)?;
        }
        Ok(())
    }
}

/// `metav1.LabelSelector`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelSelector {
    /// `matchLabels`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub match_labels: BTreeMap<String, String>,
    /// `matchExpressions`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// One of `matchExpressions` of a [`LabelSelector`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelSelectorRequirement {
    /// `key`.
    #[serde(deserialize_with = "null_as_default")]
    pub key: String,
    /// `operator` as written: `In`, `NotIn`, `Exists`, `DoesNotExist`; others are kept and do not compile.
    #[serde(deserialize_with = "null_as_default")]
    pub operator: String,
    /// `values`.
    #[serde(
        deserialize_with = "null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub values: Vec<String>,
}

impl LabelSelector {
    /// Compiles the selector. The error is that of the first wrong entry, `matchLabels` in key order before
    /// `matchExpressions` (R-200 to R-204; among `matchLabels` the real code has no order).
    ///
    /// Source: `LabelSelectorAsSelector`, apimachinery `pkg/apis/meta/v1/helpers.go`.
    pub fn compile(&self) -> Result<Selector, String> {
        let mut requirements =
            Vec::with_capacity(self.match_labels.len() + self.match_expressions.len());
        for (key, value) in &self.match_labels {
            requirements.push(Requirement::new(
                key,
                Operator::Equals,
                vec![value.clone()],
            )?);
        }
        for expression in &self.match_expressions {
            let operator = match expression.operator.as_str() {
                "In" => Operator::In,
                "NotIn" => Operator::NotIn,
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                other => {
                    let other = quote(other);
                    return Err(format!("{other} is not a valid label selector operator"));
                }
            };
            let values = expression.values.clone();
            requirements.push(Requirement::new(&expression.key, operator, values)?);
        }
        Ok(Selector::from_requirements(requirements))
    }

    /// Compiles a selector that may not be there; then it matches nothing (R-200).
    pub fn compile_optional(selector: Option<&Self>) -> Result<Selector, String> {
        selector.map_or_else(|| Ok(Selector::nothing()), Self::compile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(json: &str) -> LabelSelector {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn no_selector_matches_nothing_and_an_empty_one_everything() {
        // R-200
        let none: [(&str, &str); 0] = [];
        assert!(
            !LabelSelector::compile_optional(None)
                .unwrap()
                .matches(&none)
        );
        let empty = selector(r#"{"matchLabels": null, "matchExpressions": []}"#);
        let compiled = LabelSelector::compile_optional(Some(&empty)).unwrap();
        assert!(compiled.is_everything() && compiled.matches(&none));
    }

    #[test]
    fn labels_and_expressions_must_all_hold() {
        // R-201, R-207
        let compiled = selector(
            r#"{"matchLabels": {"b": "1"}, "matchExpressions": [
                {"key": "c", "operator": "NotIn", "values": ["y", "x"]},
                {"key": "a", "operator": "Exists"}]}"#,
        )
        .compile()
        .unwrap();
        assert_eq!(compiled.to_string(), "a,b=1,c notin (x,y)");
        assert!(compiled.matches(&[("a", ""), ("b", "1")]));
        let labels = [("a", ""), ("b", "2"), ("c", "x")];
        let unmet: Vec<_> = compiled
            .unmet(&labels)
            .map(|(r, found)| (r.key(), found))
            .collect();
        assert_eq!(unmet, [("b", Some("2")), ("c", Some("x"))]);
    }

    #[test]
    fn a_wrong_entry_spoils_the_whole_selector() {
        // R-202, R-203
        let operator = selector(r#"{"matchExpressions": [{"key": "a", "operator": "G\"t"}]}"#);
        assert_eq!(
            operator.compile(),
            Err(r#""G\"t" is not a valid label selector operator"#.into())
        );
        let value = selector(r#"{"matchLabels": {"K": "-"}}"#)
            .compile()
            .unwrap_err();
        assert!(
            value.starts_with(r#"values[0][K]: Invalid value: "-": a valid label"#),
            "{value}"
        );
    }
}
