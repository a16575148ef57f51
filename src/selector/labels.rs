//! What a selector needs to know of a set of labels: the value of a key.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// A set of labels, however it is stored. Selectors are matched against any of them.
pub trait Labels {
    /// The value of `key`, `None` where the key is not there. A value may be empty.
    fn get(&self, key: &str) -> Option<&str>;

    /// The same for one of many objects that carry mostly the same keys: `place` tells where the key stood in
    /// the last of them, which a storage with places tries first, and is brought up to date.
    fn get_near(&self, key: &str, place: &mut usize) -> Option<&str> {
        let _ = place;
        self.get(key)
    }
}

impl<L: Labels + ?Sized> Labels for &L {
    fn get(&self, key: &str) -> Option<&str> {
        (**self).get(key)
    }

    fn get_near(&self, key: &str, place: &mut usize) -> Option<&str> {
        (**self).get_near(key, place)
    }
}

impl<K, V> Labels for BTreeMap<K, V>
where
    K: Borrow<str> + Ord,
    V: AsRef<str>,
{
    fn get(&self, key: &str) -> Option<&str> {
        BTreeMap::get(self, key).map(AsRef::as_ref)
    }
}

impl<K, V, S> Labels for HashMap<K, V, S>
where
    K: Borrow<str> + Eq + Hash,
    V: AsRef<str>,
    S: BuildHasher,
{
    fn get(&self, key: &str) -> Option<&str> {
        HashMap::get(self, key).map(AsRef::as_ref)
    }
}

/// Pairs in any order; of a key that stands twice the last value holds.
impl<K: AsRef<str>, V: AsRef<str>> Labels for [(K, V)] {
    fn get(&self, key: &str) -> Option<&str> {
        let found = self.iter().rev().find(|(k, _)| k.as_ref() == key);
        found.map(|(_, value)| value.as_ref())
    }
}

impl<K: AsRef<str>, V: AsRef<str>, const N: usize> Labels for [(K, V); N] {
    fn get(&self, key: &str) -> Option<&str> {
        Labels::get(self.as_slice(), key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_storage_gives_the_same_answers() {
        let map = BTreeMap::from([("disk".to_owned(), "ssd".to_owned())]);
        let hash: HashMap<&str, &str> = HashMap::from([("disk", "ssd")]);
        let pairs = [("disk", "hdd"), ("disk", "ssd")];
        let all: [&dyn Labels; 3] = [&map, &hash, &pairs];
        for labels in all {
            assert_eq!(labels.get("disk"), Some("ssd"));
            assert_eq!(labels.get("zone"), None);
        }
    }
}
