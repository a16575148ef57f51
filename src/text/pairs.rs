//! From the pairs of a map as they stand in the text to its entries: the last of equal keys wins (R-1508).

use super::Span;
use super::tree::{Entry, NodeId, Piece, Tree};
use crate::text::order::sort_by;

/// What a key was before it became text: only keys of one kind count as equal when duplicates are refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum KeyKind {
    Text,
    Int,
    Bool,
    Null,
    UInt,
    /// Two numbers may share one text, as that has fewer digits.
    Float(f64),
}

/// One `key: value` as it stands in the text, or as a merge brings it in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) key: Piece,
    pub(super) kind: KeyKind,
    pub(super) key_span: Span,
    pub(super) value: NodeId,
    /// The line that Kubernetes names if the key was there before: that of the value, from 1. `None` in a pair
    /// that a merge brings in: then it is looked up where it is needed.
    pub(super) line: Option<u32>,
    /// How many nodes there were when the value was complete: puts duplicates in order.
    pub(super) done: usize,
}

/// A key that was there before.
#[derive(Clone, Debug)]
pub(super) struct Duplicate {
    pub(super) key: Piece,
    pub(super) kind: KeyKind,
    pub(super) key_span: Span,
    pub(super) value: NodeId,
    pub(super) line: Option<u32>,
    pub(super) done: usize,
}

/// Up to this many pairs are compared each with each.
const FEW: usize = 16;

/// The keys `0.0` and `-0.0` are equal, though their texts differ: both take the text of the last one, as in Go.
pub(super) fn join_zeros(pairs: &mut [Pair]) {
    let is_zero = |pair: &Pair| matches!(pair.kind, KeyKind::Float(value) if value == 0.0);
    let Some(last) = pairs
        .iter()
        .rev()
        .find(|pair| is_zero(pair))
        .map(|pair| pair.key)
    else {
        return;
    };
    for pair in pairs.iter_mut().filter(|pair| is_zero(pair)) {
        pair.key = last;
    }
}

/// Makes the entries: each key once, where it stood first, with the value that came last.
pub(super) fn unique(
    pairs: &[Pair],
    text: &str,
    store: &str,
    entries: &mut Vec<Entry>,
    duplicates: &mut Vec<Duplicate>,
) {
    entries.clear();
    if pairs.len() <= FEW {
        for (at, pair) in pairs.iter().enumerate() {
            let equal = |other: &Pair| {
                other.key.len() == pair.key.len()
                    && other.key.of(text, store) == pair.key.of(text, store)
            };
            let place = entries.iter().position(|entry| {
                let key = Tree::key_piece(entry);
                key.len() == pair.key.len() && key.of(text, store) == pair.key.of(text, store)
            });
            let Some(place) = place else {
                entries.push(Tree::new_entry(pair.key, pair.key_span, pair.value));
                continue;
            };
            let before = pairs
                .iter()
                .take(at)
                .find(|other| equal(other) && other.kind == pair.kind);
            note(before, pair, duplicates);
            if let Some(entry) = entries.get_mut(place) {
                *entry = Tree::new_entry(pair.key, pair.key_span, pair.value);
            }
        }
        return;
    }
    // Sorted by key, equal keys stand together in their order; each group leaves one entry at its first place.
    let mut sorted: Vec<(&str, usize)> = pairs
        .iter()
        .map(|pair| pair.key.of(text, store))
        .zip(0..)
        .collect();
    sort_by(&mut sorted, Ord::cmp);
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let (Some(&(_, first)), Some(&(_, last))) = (group.first(), group.last()) else {
            continue;
        };
        kept.push((first, last));
        let group: Vec<&Pair> = group.iter().filter_map(|&(_, at)| pairs.get(at)).collect();
        for (at, pair) in group.iter().enumerate().skip(1) {
            // The nearest ones are looked at first: a long group is of one kind but for odd texts.
            let before = group
                .iter()
                .take(at)
                .take(FEW)
                .find(|other| other.kind == pair.kind);
            note(before.copied(), pair, duplicates);
        }
    }
    sort_by(&mut kept, Ord::cmp);
    entries.extend(
        kept.iter()
            .filter_map(|&(_, last)| pairs.get(last))
            .map(|pair| Tree::new_entry(pair.key, pair.key_span, pair.value)),
    );
}

fn note(before: Option<&Pair>, pair: &Pair, duplicates: &mut Vec<Duplicate>) {
    if before.is_some() {
        duplicates.push(Duplicate {
            key: pair.key,
            kind: pair.kind,
            key_span: pair.key_span,
            value: pair.value,
            line: pair.line,
            done: pair.done,
        });
    }
}
