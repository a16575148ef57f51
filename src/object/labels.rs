//! Labels and annotations: sorted pairs whose strings are shared between objects, since labels repeat across nodes.

use crate::text::order::sort_by;
use std::collections::HashSet;
use std::sync::Arc;

/// Up to this many labels, going through them is quicker than searching: of most keys the length, which lies
/// beside the pointer, tells already that they are others.
const FEW: usize = 64;

/// A map from text to text, sorted by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMap(Vec<(Arc<str>, Arc<str>)>);

impl LabelMap {
    /// From pairs in any order; of a key that stands twice the last value holds.
    pub fn from_pairs(mut pairs: Vec<(Arc<str>, Arc<str>)>) -> Self {
        sort_by(&mut pairs, |a, b| a.0.cmp(&b.0));
        pairs.reverse();
        pairs.dedup_by(|a, b| a.0 == b.0);
        pairs.reverse();
        Self(pairs)
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        let (_, value) = self.0.get(self.place(key)?)?;
        Some(value)
    }

    /// The value of `key`, which is looked for first at `place`; `place` is where it was found.
    pub fn get_near(&self, key: &str, place: &mut usize) -> Option<&str> {
        if let Some((k, value)) = self.0.get(*place)
            && **k == *key
        {
            return Some(value);
        }
        *place = self.place(key)?;
        self.0.get(*place).map(|(_, value)| &**value)
    }

    fn place(&self, key: &str) -> Option<usize> {
        if self.0.len() <= FEW {
            // Keys share beginnings and lengths: their ends tell them apart before a call compares them whole.
            let end = key.as_bytes().last();
            let same = |k: &str| k.as_bytes().last() == end && k == key;
            return self.0.iter().position(|(k, _)| same(k));
        }
        self.0.binary_search_by(|(k, _)| (**k).cmp(key)).ok()
    }

    /// Sets `key` to `value`.
    pub fn insert(&mut self, key: &str, value: &str) {
        match self.0.binary_search_by(|(k, _)| (**k).cmp(key)) {
            Ok(at) => {
                if let Some(pair) = self.0.get_mut(at) {
                    pair.1 = Arc::from(value);
                }
            }
            Err(at) => self.0.insert(at, (Arc::from(key), Arc::from(value))),
        }
    }

    /// Takes `key` away.
    pub fn remove(&mut self, key: &str) {
        if let Ok(at) = self.0.binary_search_by(|(k, _)| (**k).cmp(key)) {
            self.0.remove(at);
        }
    }

    /// All pairs, in key order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (&**key, &**value))
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

impl crate::selector::Labels for LabelMap {
    fn get(&self, key: &str) -> Option<&str> {
        LabelMap::get(self, key)
    }

    fn get_near(&self, key: &str, place: &mut usize) -> Option<&str> {
        LabelMap::get_near(self, key, place)
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for LabelMap {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        Self::from_pairs(
            pairs
                .into_iter()
                .map(|(key, value)| (Arc::from(key), Arc::from(value)))
                .collect(),
        )
    }
}

/// Keeps one copy of each string.
#[derive(Debug, Default)]
pub struct Interner(HashSet<Arc<str>>);

impl Interner {
    /// The shared copy of `text`.
    pub fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(text);
        self.0.insert(Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_key_holds() {
        let labels: LabelMap = [("b", "1"), ("a", "2"), ("b", "3")].into_iter().collect();
        assert_eq!(labels.iter().collect::<Vec<_>>(), [("a", "2"), ("b", "3")]);
        assert_eq!(labels.get("b"), Some("3"));
        assert_eq!(labels.get("c"), None);
    }

    #[test]
    fn many_labels_are_found_like_few() {
        for count in [1, FEW, FEW + 1, 4 * FEW] {
            let mut labels = LabelMap::default();
            for number in (0..count).rev() {
                labels.insert(&format!("key-{number:03}"), &number.to_string());
            }
            assert_eq!(labels.len(), count);
            for number in 0..count {
                let wanted = number.to_string();
                assert_eq!(labels.get(&format!("key-{number:03}")), Some(&*wanted));
            }
            assert_eq!(labels.get("key"), None);
            assert_eq!(labels.get("key-999"), None);
        }
    }

    #[test]
    fn a_label_is_found_wherever_it_stood_in_the_labels_before() {
        let before: LabelMap = [("a", "1"), ("b", "2")].into_iter().collect();
        let after: LabelMap = [("b", "3"), ("c", "4")].into_iter().collect();
        for guess in [0, 1, 2, usize::MAX] {
            let mut place = guess;
            assert_eq!(before.get_near("b", &mut place), Some("2"));
            assert_eq!(place, 1);
            assert_eq!(after.get_near("b", &mut place), Some("3"));
            assert_eq!(place, 0);
            assert_eq!(after.get_near("a", &mut place), None);
            assert_eq!(place, 0);
        }
    }

    #[test]
    fn equal_strings_are_shared() {
        let mut interner = Interner::default();
        let (a, b) = (interner.intern("x"), interner.intern("x"));
        assert!(Arc::ptr_eq(&a, &b));
    }
}
