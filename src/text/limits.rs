//! How much text the readers take, and what happens beyond it.
//!
//! `docs/limits.md` is made from this file: one sentence above each constant says what happens past it.

/// A text with more bytes is refused whole before anything of it is read.
pub const MAX_TEXT_BYTES: usize = 268_435_456;

/// A paste with more documents is read up to this many; the rest is left out with one error.
pub const MAX_DOCUMENTS: usize = 100_000;

/// YAML whose `[` and `{` nest deeper is refused where the next one opens, as Kubernetes refuses it.
pub const MAX_FLOW_DEPTH: usize = 10_000;

/// YAML whose indentation nests deeper is refused where the next level begins, as Kubernetes refuses it.
pub const MAX_BLOCK_DEPTH: usize = 10_000;

/// JSON, and YAML on its way to JSON when a file is read, is refused when its objects and lists nest deeper.
pub const MAX_JSON_DEPTH: usize = 10_000;

/// A YAML key without `?` may have this many characters before its `:`; a longer one is not taken as a key.
pub const MAX_SIMPLE_KEY_CHARS: usize = 1_024;

/// YAML with more `%TAG` lines before a document is refused; Kubernetes would go on, slower with each one.
pub const MAX_TAG_DIRECTIVES: usize = 1_000;

/// Values read through aliases up to this number never count as too many.
pub const MAX_FREE_ALIAS_VISITS: usize = 100;

/// A document of at most this many values may hold any share of aliased ones.
pub const MAX_FREE_VISITS: usize = 1_000;

/// Up to this many values, aliased ones may be 99 of 100; beyond, the share falls to 10 of 100 at [`ALIAS_RATIO_HIGH`].
pub const ALIAS_RATIO_LOW: usize = 400_000;

/// From this many values on, aliased ones may be 10 of 100; a document over its share is refused.
pub const ALIAS_RATIO_HIGH: usize = 4_000_000;

/// A text that begins with more white space than this is not taken as JSON, as `kubectl` looks no further.
pub const MAX_JSON_GUESS_BYTES: usize = 4_096;

/// Of more keys that stand twice in a document, only this many are told.
pub const MAX_DUPLICATES: usize = 1_000;
