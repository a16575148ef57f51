//! The entries of a map, sorted by key.

use super::Value;

/// A map from text to values. A sorted list: maps of objects are small, and it is less code than a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(Vec<(String, Value)>);

impl Entries {
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let at = self.find(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Sets the value of a key, and gives the one that it had. Many are better collected at once.
    pub fn insert(&mut self, key: &str, value: Value) -> Option<Value> {
        match self.find(key) {
            Ok(at) => {
                let (_, old) = self.0.get_mut(at)?;
                Some(std::mem::replace(old, value))
            }
            Err(at) => {
                self.0.insert(at, (key.to_owned(), value));
                None
            }
        }
    }

    /// The entries, sorted by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The values, to be changed in place.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Keeps the entries whose keys pass.
    pub fn retain(&mut self, passes: impl Fn(&str) -> bool) {
        self.0.retain(|(key, _)| passes(key));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Of equal keys the first one holds; the keys of a tree are unique.
impl FromIterator<(String, Value)> for Entries {
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(entries: T) -> Self {
        let mut entries: Vec<(String, Value)> = entries.into_iter().collect();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.dedup_by(|(later, _), (first, _)| later == first);
        Self(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_and_found_by_key() {
        let mut map: Entries = [("b", 1), ("a", 2), ("b", 3)]
            .map(|(key, number)| (key.to_owned(), Value::Int(number)))
            .into_iter()
            .collect();
        assert_eq!(map.get("b"), Some(&Value::Int(1)));
        assert_eq!(map.insert("b", Value::Int(4)), Some(Value::Int(1)));
        assert_eq!(map.insert("aa", Value::Int(5)), None);
        let keys: Vec<&str> = map.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["a", "aa", "b"]);
        map.retain(|key| key != "a");
        assert_eq!((map.len(), map.get("a"), map.is_empty()), (2, None, false));
    }
}
