//! The names of nodes and pods, and finding the node of a name.

use std::hash::{BuildHasher, RandomState};

/// Where a name stands in [`Names`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    start: u32,
    end: u32,
}

/// Names, one after the other: an allocation each would cost more than all the rest. They are shorter than 2^32
/// together.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(String);

impl Names {
    pub(super) fn push(&mut self, name: &str) -> Name {
        let start = self.end();
        self.0.push_str(name);
        Name {
            start,
            end: self.end(),
        }
    }

    pub(super) fn get(&self, name: Name) -> &str {
        let range = name.start as usize..name.end as usize;
        self.0.get(range).unwrap_or_default()
    }

    fn end(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }
}

/// Finds numbers by their names: open addressing, a quarter of the slots free. What name a number has, the caller tells, so
/// that a slot is small.
#[derive(Debug)]
pub(super) struct Finder {
    /// As many as a power of two.
    slots: Vec<Slot>,
    used: usize,
    seed: Seed,
}

/// A number and the hash of its name.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    number: u32,
}

/// A free place for a name that is not known.
#[derive(Debug)]
pub(super) struct Free {
    place: usize,
    hash: u32,
}

impl Slot {
    const FREE: Self = Self {
        hash: 0,
        number: u32::MAX,
    };

    fn is_free(self) -> bool {
        self.number == u32::MAX
    }
}

impl Finder {
    /// With room for so many numbers; it grows where there are more.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self {
            slots: vec![Slot::FREE; (count / 3).saturating_mul(4).max(3).next_power_of_two()],
            used: 0,
            seed: Seed::new(),
        }
    }

    /// The number that has this name, as `has` tells of a number; or where to [`put`](Self::put) the one that gets it.
    pub(super) fn find(&self, name: &str, has: impl Fn(u32) -> bool) -> Result<u32, Free> {
        let hash = self.seed.hash(name);
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            match self.slots.get(place) {
                Some(slot) if slot.hash == hash && !slot.is_free() && has(slot.number) => {
                    return Ok(slot.number);
                }
                Some(slot) if !slot.is_free() => place = (place + 1) & mask,
                _ => return Err(Free { place, hash }),
            }
        }
    }

    /// Puts a number where its name was not found. Nothing may have been put there since.
    pub(super) fn put(&mut self, Free { place, hash }: Free, number: u32) {
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = Slot { hash, number };
            self.used += 1;
        }
        if self.used > self.slots.len() / 4 * 3 {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let more = vec![Slot::FREE; self.slots.len() * 2];
        let slots = std::mem::replace(&mut self.slots, more);
        for slot in slots.into_iter().filter(|slot| !slot.is_free()) {
            let mask = self.slots.len() - 1;
            let mut place = slot.hash as usize & mask;
            while self.slots.get(place).is_some_and(|at| !at.is_free()) {
                place = (place + 1) & mask;
            }
            if let Some(free) = self.slots.get_mut(place) {
                *free = slot;
            }
        }
    }
}

/// Makes hashes that nobody who chooses names can foresee.
#[derive(Debug)]
struct Seed {
    state: u64,
    factor: u64,
}

impl Seed {
    fn new() -> Self {
        let random = RandomState::new();
        Self {
            state: random.hash_one(0),
            factor: random.hash_one(1) | 1,
        }
    }

    /// Multiplies eight bytes at a time and folds the product: names are short, and the standard hash would cost
    /// more than all that is done with a pod.
    fn hash(&self, name: &str) -> u32 {
        let bytes = name.as_bytes();
        let (words, rest) = bytes.as_chunks::<8>();
        let mut state = self.fold(self.state, bytes.len() as u64);
        for word in words {
            state = self.fold(state, u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let last = bytes.last_chunk::<8>();
            let last = last.map(|last| u64::from_le_bytes(*last));
            let short = || {
                rest.iter()
                    .fold(0, |word, &byte| (word << 8) | u64::from(byte))
            };
            state = self.fold(state, last.unwrap_or_else(short));
        }
        u32::try_from(state >> 32).unwrap_or_default()
    }

    #[allow(clippy::cast_possible_truncation)] // the two halves
    fn fold(&self, state: u64, word: u64) -> u64 {
        let product = u128::from(state ^ word) * u128::from(self.factor);
        ((product >> 64) as u64) ^ (product as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn each_name_has_one_number_however_many_there_are() {
        let texts = (0..3_000).map(|n| "x".repeat(n % 40) + &(n / 2).to_string());
        let texts: Vec<String> = texts
            .chain([String::new(), "é".into(), String::new()])
            .collect();
        for capacity in [0, 1, 10, 5_000] {
            let (mut known, mut wanted) = (Finder::with_capacity(capacity), HashMap::new());
            for (number, text) in (0..).zip(&texts) {
                let found = known.find(text, |at| texts[at as usize] == *text);
                let found = found.unwrap_or_else(|free| {
                    known.put(free, number);
                    number
                });
                assert_eq!(found, *wanted.entry(text).or_insert(number), "{text}");
            }
        }
    }

    #[test]
    fn hashes_of_like_names_are_spread() {
        let seed = Seed::new();
        let mut slots = vec![0; 1 << 14];
        for number in 0..5_000 {
            slots[seed.hash(&format!("node-{number:06}")) as usize % (1 << 14)] += 1;
        }
        // Thrown at random, twelve would meet in a slot once in some 10^8 runs.
        assert!(
            slots.iter().all(|&met| met < 12),
            "{:?}",
            slots.iter().max()
        );
    }

    #[test]
    fn names_stand_where_they_were_put() {
        let mut names = Names::default();
        let kept: Vec<Name> = ["a", "", "é-1"].map(|name| names.push(name)).to_vec();
        let texts: Vec<&str> = kept.iter().map(|&name| names.get(name)).collect();
        assert_eq!(texts, ["a", "", "é-1"]);
    }
}
