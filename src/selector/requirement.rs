//! One requirement on labels: a key, an operator, values.

use crate::text::order::sort_by;
use std::fmt::{self, Display};

use super::Labels;
use super::field_error::{FieldPath, aggregate, invalid};
use super::label_name::{check_key, check_value};
use super::quote::{json_list, quote};

/// How a requirement compares. The first six may stand in selector text, all but `Equals`, `DoubleEquals`
/// and `NotEquals` in API objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `k=v`
    Equals,
    /// `k==v`
    DoubleEquals,
    /// `k!=v`
    NotEquals,
    /// `k in (v,…)`
    In,
    /// `k notin (v,…)`
    NotIn,
    /// `k>v`
    Gt,
    /// `k<v`
    Lt,
    /// `k`
    Exists,
    /// `!k`
    DoesNotExist,
}

/// A requirement that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
    /// The value of `Gt` and `Lt`.
    number: Option<i64>,
}

impl Requirement {
    /// Checks and makes a requirement. The error is the text that the real code gives without a path
    /// (`key: Invalid value: …`), several in brackets.
    pub fn new(key: &str, operator: Operator, values: Vec<String>) -> Result<Self, String> {
        Self::new_at(&FieldPath::NIL, key, operator, values)
            .map_err(|errors| aggregate(errors.iter().map(String::as_str)).unwrap_or_default())
    }

    /// Like [`Requirement::new`] for a requirement that stands at `path` in an object; every error by itself,
    /// in the order key, number of values, integer, each value.
    ///
    /// Source: `NewRequirement`, apimachinery `pkg/labels/selector.go`.
    pub fn new_at(
        path: &FieldPath,
        key: &str,
        operator: Operator,
        values: Vec<String>,
    ) -> Result<Self, Vec<String>> {
        let mut errors = vec![];
        if let Err(complaint) = check_key(key) {
            errors.push(invalid(&path.child("key"), &quote(key), &complaint));
        }
        let values_path = path.child("values");
        if let Some(complaint) = operator.wrong_count(values.len()) {
            errors.push(invalid(&values_path, &json_list(&values), complaint));
        }
        let mut number = None;
        if matches!(operator, Operator::Gt | Operator::Lt) {
            for (k, value) in values.iter().enumerate() {
                number = parse_integer(value);
                if number.is_none() {
                    let complaint = "for 'Gt', 'Lt' operators, the value must be an integer";
                    errors.push(invalid(&values_path.key(k), &quote(value), complaint));
                }
            }
        }
        for (k, value) in values.iter().enumerate() {
            if let Err(complaint) = check_value(value) {
                let path = values_path.key(k).key(key);
                errors.push(invalid(&path, &quote(value), &complaint));
            }
        }
        if errors.is_empty() {
            Ok(Self {
                key: key.to_owned(),
                operator,
                values,
                number,
            })
        } else {
            Err(errors)
        }
    }

    /// The demand that `key` has exactly this value. Nothing is checked.
    pub fn exactly(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            operator: Operator::Equals,
            values: vec![value.into()],
            number: None,
        }
    }

    /// The label that it looks at.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How it compares.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// What it compares with, as given.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Whether the labels meet it. Allocates nothing.
    pub fn matches(&self, labels: &(impl Labels + ?Sized)) -> bool {
        self.matches_value(labels.get(&self.key))
    }

    /// Whether a label with this value, or none, meets it.
    pub(crate) fn matches_value(&self, value: Option<&str>) -> bool {
        match self.operator {
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::Equals | Operator::DoubleEquals | Operator::In => {
                value.is_some_and(|value| self.lists(value))
            }
            Operator::NotEquals | Operator::NotIn => !value.is_some_and(|value| self.lists(value)),
            Operator::Gt => self.compare(value, |label, wanted| label > wanted),
            Operator::Lt => self.compare(value, |label, wanted| label < wanted),
        }
    }

    fn lists(&self, value: &str) -> bool {
        self.values.iter().any(|listed| listed == value)
    }

    fn compare(&self, value: Option<&str>, holds: fn(i64, i64) -> bool) -> bool {
        let label = value.and_then(parse_integer);
        label
            .zip(self.number)
            .is_some_and(|(label, wanted)| holds(label, wanted))
    }
}

impl Operator {
    fn wrong_count(self, count: usize) -> Option<&'static str> {
        let (fine, complaint) = match self {
            Self::In | Self::NotIn => (
                count > 0,
                "for 'in', 'notin' operators, values set can't be empty",
            ),
            Self::Equals | Self::DoubleEquals | Self::NotEquals => (
                count == 1,
                "exact-match compatibility requires one single value",
            ),
            Self::Exists | Self::DoesNotExist => (
                count == 0,
                "values set must be empty for exists and does not exist",
            ),
            Self::Gt | Self::Lt => (
                count == 1,
                "for 'Gt', 'Lt' operators, exactly one value is required",
            ),
        };
        (!fine).then_some(complaint)
    }
}

/// A signed integer of 64 bits in base 10, with an optional sign and nothing around it.
pub(crate) fn parse_integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// As in selector text, values sorted.
impl Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut values: Vec<&str> = self.values.iter().map(String::as_str).collect();
        sort_by(&mut values, Ord::cmp);
        let (key, values) = (&self.key, values.join(","));
        match self.operator {
            Operator::Equals => write!(f, "{key}={values}"),
            Operator::DoubleEquals => write!(f, "{key}=={values}"),
            Operator::NotEquals => write!(f, "{key}!={values}"),
            Operator::In => write!(f, "{key} in ({values})"),
            Operator::NotIn => write!(f, "{key} notin ({values})"),
            Operator::Gt => write!(f, "{key}>{values}"),
            Operator::Lt => write!(f, "{key}<{values}"),
            Operator::Exists => write!(f, "{key}"),
            Operator::DoesNotExist => write!(f, "!{key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requirement(key: &str, operator: Operator, values: &[&str]) -> Result<Requirement, String> {
        Requirement::new(
            key,
            operator,
            values.iter().map(|v| (*v).to_owned()).collect(),
        )
    }

    #[test]
    fn an_operator_decides_what_an_absent_label_means() {
        let labels = [("n", "5"), ("empty", "")];
        for (key, operator, values, wanted) in [
            ("n", Operator::In, &["4", "5"][..], true),
            ("x", Operator::In, &["5"], false),
            ("x", Operator::NotIn, &["5"], true),
            ("x", Operator::NotEquals, &["5"], true),
            ("n", Operator::NotEquals, &["5"], false),
            ("empty", Operator::Equals, &[""], true),
            ("x", Operator::Equals, &[""], false),
            ("empty", Operator::Exists, &[], true),
            ("x", Operator::DoesNotExist, &[], true),
            ("n", Operator::Gt, &["04"], true),
            ("n", Operator::Gt, &["5"], false),
            ("n", Operator::Lt, &["6"], true),
            ("x", Operator::Lt, &["6"], false),
            ("empty", Operator::Lt, &["6"], false),
        ] {
            let made = requirement(key, operator, values).unwrap();
            assert_eq!(made.matches(&labels), wanted, "{made}");
        }
    }

    #[test]
    fn integers_have_a_sign_and_digits_and_nothing_else() {
        //
        for (text, wanted) in [
            ("+7", Some(7)),
            ("-007", Some(-7)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1_000", None),
            (" 1", None),
            ("+", None),
            ("", None),
            ("0x1", None),
        ] {
            assert_eq!(parse_integer(text), wanted, "{text}");
        }
    }

    #[test]
    fn wrong_parts_are_told_in_the_order_key_count_integer_values() {
        let error = requirement("-", Operator::Gt, &["x/", "2"]).unwrap_err();
        let starts = [
            "key: Invalid value: \"-\": name part",
            "values: Invalid value: [\"x/\",\"2\"]: for 'Gt', 'Lt' operators, exactly one value is required",
            "values[0]: Invalid value: \"x/\": for 'Gt', 'Lt' operators, the value must be an integer",
            "values[0][-]: Invalid value: \"x/\": a valid label must be",
        ];
        let places: Vec<_> = starts
            .iter()
            .map(|start| error.find(start).unwrap())
            .collect();
        assert!(
            places.is_sorted() && error.starts_with('[') && error.ends_with(']'),
            "{error}"
        );
        let empty = requirement("a", Operator::In, &[]).unwrap_err();
        assert_eq!(
            empty,
            "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty"
        );
    }
}
