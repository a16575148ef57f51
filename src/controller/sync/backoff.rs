//! The back-off of failed pods: how long a node waits until its next failed pod is deleted.
//!
//! It is the controller's memory, kept by the caller between syncs. A restart of the controller forgets it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::state::Millis;

/// The first delay.
const FIRST: Millis = 1_000;
/// The longest delay.
const LONGEST: Millis = 15 * 60 * 1_000;
/// What lies longer back than this is forgotten.
const FORGOTTEN: Millis = 2 * LONGEST;

/// Whose back-off: the set's uid, its `status.observedGeneration` as the sync found it, the node's name.
type Key = (Arc<str>, i64, Arc<str>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    last: Millis,
    delay: Millis,
}

/// All back-offs of failed pods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backoffs(BTreeMap<Key, Entry>);

impl Backoffs {
    /// The delay of the key if it is in back-off: less than the delay has passed since the last deletion.
    pub(super) fn waiting(&self, key: &Key, now: Millis) -> Option<Millis> {
        let entry = self.0.get(key)?;
        let passed = now.saturating_sub(entry.last);
        (passed <= FORGOTTEN && passed < entry.delay).then_some(entry.delay)
    }

    /// A failed pod is deleted now: the delay begins at one second, doubles, and ends at fifteen minutes.
    pub(super) fn advance(&mut self, key: Key, now: Millis) {
        let entry = self.0.entry(key).or_insert(Entry {
            last: now,
            delay: 0,
        });
        entry.delay = if entry.delay == 0 || now.saturating_sub(entry.last) > FORGOTTEN {
            FIRST
        } else {
            (entry.delay * 2).min(LONGEST)
        };
        entry.last = now;
    }

    /// Drops what counts no longer; the real controller does it each minute.
    pub fn forget_old(&mut self, now: Millis) {
        self.0
            .retain(|_, entry| now.saturating_sub(entry.last) <= FORGOTTEN);
    }

    /// The delay after which the set's failed pod on this node may go, and when it began; `None` where it may
    /// go at once because none is known.
    pub fn of(&self, uid: &str, observed_generation: i64, node: &str) -> Option<(Millis, Millis)> {
        let key = (Arc::from(uid), observed_generation, Arc::from(node));
        self.0.get(&key).map(|entry| (entry.delay, entry.last))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn key(generation: i64) -> Key {
        (Arc::from("u"), generation, Arc::from("n"))
    }

    #[test]
    fn the_delay_doubles_from_one_second_to_fifteen_minutes() {
        let mut backoffs = Backoffs::default();
        let mut now = 0;
        let mut delays = vec![];
        for _ in 0..12 {
            assert_eq!(backoffs.waiting(&key(1), now), None);
            backoffs.advance(key(1), now);
            let (delay, last) = backoffs.of("u", 1, "n").unwrap();
            assert_eq!(last, now);
            assert_eq!(backoffs.waiting(&key(1), now + delay - 1), Some(delay));
            delays.push(delay / 1_000);
            now += delay;
        }
        assert_eq!(delays, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    }

    #[test]
    fn another_observed_generation_and_half_an_hour_start_afresh() {
        let mut backoffs = Backoffs::default();
        backoffs.advance(key(1), 0);
        backoffs.advance(key(1), 1_000);
        assert_eq!(backoffs.waiting(&key(2), 1_000), None);
        assert_eq!(backoffs.waiting(&key(1), 1_000), Some(2_000));
        let later = 1_000 + FORGOTTEN;
        backoffs.forget_old(later);
        assert_eq!(backoffs.len(), 1);
        backoffs.advance(key(1), later + 1);
        assert_eq!(backoffs.of("u", 1, "n"), Some((FIRST, later + 1)));
        backoffs.forget_old(later + 2 + FORGOTTEN);
        assert!(backoffs.is_empty());
    }

    #[test]
    fn a_last_deletion_in_the_future_is_a_wait() {
        let mut backoffs = Backoffs::default();
        backoffs.advance(key(1), i64::MAX);
        assert_eq!(backoffs.waiting(&key(1), i64::MIN), Some(FIRST));
    }
}
