//! How much of one input is kept, and what happens beyond it. See [`crate::text::limits`] for the readers' own.
//!
//! `docs/limits.md` is made from this file too: the sentence above each constant says what happens past it.

/// An input with more findings has the rest summed up in one sentence.
pub const MAX_FINDINGS: usize = 200;

/// A longer piece of an input is cut, after this many characters, where a finding quotes it.
pub const MAX_QUOTED: usize = 60;

/// A DaemonSet with more fields among those that decide where its pods go is planned all the same, but reasons
/// about the fields beyond have no place in the text.
pub const MAX_PLACES: usize = 10_000;

/// A table with more rows, or a list with more bare names, is read up to this one; the finding says where the rest
/// begins.
pub const MAX_ROWS: usize = 300_000;
