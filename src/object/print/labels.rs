//! Labels in cells (R-1571).

use crate::object::value::Entries;

/// The head of a column that `-L` adds: the part of the key after its last `/`, in capitals.
pub(super) fn head(key: &str) -> String {
    let (_, name) = key.rsplit_once('/').unwrap_or(("", key));
    name.to_uppercase()
}

/// All labels as `k=v` sorted by key, `<none>` without any.
pub(super) fn all(labels: Option<&Entries>) -> String {
    let pairs: Vec<String> = labels
        .into_iter()
        .flat_map(Entries::iter)
        .map(|(key, value)| format!("{key}={}", value.as_text().unwrap_or_default()))
        .collect();
    if pairs.is_empty() {
        return "<none>".to_owned();
    }
    pairs.join(",")
}
