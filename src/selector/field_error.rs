//! How Kubernetes words what is wrong with a field, and how it puts several errors together.

use std::collections::HashSet;
use std::fmt::{self, Display};

/// Where a field stands in an object. Kubernetes prints the path that is not there as `<nil>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPath(Option<String>);

impl FieldPath {
    /// The path that is not there.
    pub const NIL: Self = Self(None);

    /// The path of a field below this one.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        Self(Some(match &self.0 {
            Some(parent) => format!("{parent}.{name}"),
            None => name.to_owned(),
        }))
    }

    /// The path of an item of this list or an entry of this map.
    #[must_use]
    pub fn key(&self, key: impl Display) -> Self {
        let parent = self.0.as_deref().unwrap_or_default();
        Self(Some(format!("{parent}[{key}]")))
    }
}

impl Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("<nil>"))
    }
}

/// The text of an `Invalid value` error; `shown` is the value as it is to be printed, quotes and all.
pub fn invalid(path: &FieldPath, shown: &str, detail: &str) -> String {
    format!("{path}: Invalid value: {shown}: {detail}")
}

/// The text of an `Unsupported value` error.
pub fn not_supported(path: &FieldPath, shown: &str, supported: &[&str]) -> String {
    let supported: Vec<String> = supported.iter().map(|v| format!("\"{v}\"")).collect();
    let supported = supported.join(", ");
    format!("{path}: Unsupported value: {shown}: supported values: {supported}")
}

/// Several errors as one text: equal ones once; one stands alone, more stand in brackets.
/// `None` where there is none.
pub fn aggregate<'a>(errors: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut seen = HashSet::new();
    let mut all = errors.into_iter().filter(|error| seen.insert(*error));
    let first = all.next()?;
    let Some(second) = all.next() else {
        return Some(first.to_owned());
    };
    let mut text = format!("[{first}, {second}");
    for error in all {
        text.push_str(", ");
        text.push_str(error);
    }
    text.push(']');
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_not_there_prints_as_nil_and_vanishes_in_its_children() {
        assert_eq!(FieldPath::NIL.to_string(), "<nil>");
        assert_eq!(FieldPath::NIL.child("key").to_string(), "key");
        assert_eq!(FieldPath::NIL.key("a").to_string(), "[a]");
        let path = FieldPath::NIL.child("values").key(0).key("k").child("x");
        assert_eq!(path.to_string(), "values[0][k].x");
    }

    #[test]
    fn equal_errors_are_told_once() {
        assert_eq!(aggregate([]), None);
        assert_eq!(aggregate(["a", "a"]).as_deref(), Some("a"));
        assert_eq!(
            aggregate(["a", "b", "a", "c"]).as_deref(),
            Some("[a, b, c]")
        );
    }
}
