//! Anchors and aliases, and how often aliases may unfold (R-1515).

use std::collections::BTreeMap;

use super::{Composer, Event, KeyKind, Mark, NodeId, Piece, Scan, Slot};
use crate::text::Span;
use crate::text::limits::{
    ALIAS_RATIO_HIGH, ALIAS_RATIO_LOW, MAX_FREE_ALIAS_VISITS, MAX_FREE_VISITS,
};
use crate::text::yaml::fault::{Fault, Part};

pub(super) const EXCESSIVE: &str = "document contains excessive aliasing";

/// The anchors of one document; of equal names the last one counts.
#[derive(Default)]
pub(super) struct Anchors {
    by_name: BTreeMap<String, usize>,
    all: Vec<Anchor>,
}

#[derive(Clone, Copy, Default)]
struct Anchor {
    /// `None` while the value is still open.
    node: Option<NodeId>,
    /// How many values decoding it takes.
    visits: u64,
    /// What it is as a key, if it can be one.
    key: Option<(Piece, KeyKind)>,
}

impl Anchors {
    fn declare(&mut self, name: &str) -> usize {
        self.all.push(Anchor::default());
        self.by_name.insert(name.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }

    pub(super) fn complete(&mut self, at: usize, node: NodeId, visits: u64) {
        if let Some(anchor) = self.all.get_mut(at) {
            anchor.node = Some(node);
            anchor.visits = visits;
        }
    }

    pub(super) fn set_key(&mut self, at: usize, key: Piece, kind: KeyKind) {
        if let Some(anchor) = self.all.get_mut(at) {
            anchor.key = Some((key, kind));
        }
    }

    fn find(&self, name: &str) -> Option<Anchor> {
        self.by_name
            .get(name)
            .and_then(|&at| self.all.get(at))
            .copied()
    }
}

/// How many values were decoded, and how many of them through aliases.
#[derive(Default)]
pub(super) struct Visits {
    decoded: u64,
    aliased: u64,
}

impl Visits {
    pub(super) fn decoded(&self) -> u64 {
        self.decoded
    }

    /// Counts one value; whether too many came through aliases.
    #[inline]
    pub(super) fn count(&mut self) -> bool {
        self.decoded = self.decoded.saturating_add(1);
        self.aliased > MAX_FREE_ALIAS_VISITS as u64 && self.is_excessive()
    }

    /// Counts what an alias unfolds to. Both numbers grow alike, so the share only rises: the end decides.
    fn unfold(&mut self, visits: u64) -> bool {
        self.decoded = self.decoded.saturating_add(visits);
        self.aliased = self.aliased.saturating_add(visits);
        self.aliased > MAX_FREE_ALIAS_VISITS as u64 && self.is_excessive()
    }

    #[allow(clippy::cast_precision_loss)] // as Go does
    fn is_excessive(&self) -> bool {
        let (low, high) = (ALIAS_RATIO_LOW as f64, ALIAS_RATIO_HIGH as f64);
        let decoded = self.decoded as f64;
        let allowed = if decoded <= low {
            0.99
        } else if decoded >= high {
            0.10
        } else {
            0.99 - 0.89 * ((decoded - low) / (high - low))
        };
        self.decoded > MAX_FREE_VISITS as u64 && self.aliased as f64 / decoded > allowed
    }
}

impl Composer<'_, '_> {
    /// Notes the anchor of a value that begins.
    pub(super) fn declare_anchor(&mut self, event: &Event) -> Option<usize> {
        if event.anchor.is_empty() {
            return None;
        }
        let name = self.parser.scanner.str(event.anchor);
        Some(self.anchors.declare(name))
    }

    pub(super) fn alias(&mut self, event: &Event) -> Scan<()> {
        let name = self.parser.scanner.str(event.anchor);
        let Some(anchor) = self.anchors.find(name) else {
            let message = format!("unknown anchor '{name}' referenced");
            return Err(Fault::at(
                Part::Composer,
                message,
                event.start,
                Some(event.end),
            ));
        };
        self.visit(event.start);
        self.last_end = event.end.offset;
        let Some(node) = anchor.node else {
            let name = self.parser.scanner.str(event.anchor);
            self.refuse(
                format!("anchor '{name}' value contains itself"),
                event.start,
            );
            let span = self.span(event.start, event.end.offset);
            let node = self.tree.push_null(span);
            self.place_alias(node, None, event);
            return Ok(());
        };
        if self.visits.unfold(anchor.visits) {
            self.refuse(EXCESSIVE, event.start);
        }
        self.place_alias(node, anchor.key, event);
        Ok(())
    }

    fn place_alias(&mut self, node: NodeId, key: Option<(Piece, KeyKind)>, event: &Event) {
        let takes_key = self
            .frames
            .last()
            .is_some_and(|frame| frame.is_map && matches!(frame.slot, Slot::Key));
        if let (true, Some((key, kind))) = (takes_key, key) {
            let span = self.span(event.start, event.end.offset);
            self.take_key(key, kind, span, event.start);
        } else {
            self.place(node, event.start, event.start.line);
        }
    }

    /// A scalar stands where the open map waits for a key.
    pub(super) fn take_key(&mut self, key: Piece, kind: KeyKind, span: Span, at: Mark) {
        if matches!(kind, KeyKind::Null | KeyKind::UInt) {
            let what = if kind == KeyKind::Null {
                "<nil>"
            } else {
                "uint64"
            };
            let fault = Fault::at(
                Part::Composer,
                format!("unsupported map key of type: {what}"),
                at,
                None,
            );
            if let Some(frame) = self.frames.last_mut() {
                frame.unfit.get_or_insert(fault);
            }
        }
        self.wait_for(Slot::Value { key, kind, span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(decoded: u64, aliased: u64) -> bool {
        Visits { decoded, aliased }.unfold(0)
    }

    #[test]
    fn aliases_are_too_many_only_above_each_of_the_limits() {
        let (free, all) = (MAX_FREE_ALIAS_VISITS as u64, MAX_FREE_VISITS as u64);
        assert!(!refused(all, all));
        assert!(refused(all + 1, all + 1));
        assert!(!refused(all + 1, free));
        let low = ALIAS_RATIO_LOW as u64;
        assert!(!refused(low, low / 100 * 99));
        assert!(refused(low, low / 100 * 99 + 1));
        let high = ALIAS_RATIO_HIGH as u64;
        assert!(!refused(high, high / 10));
        assert!(refused(high, high / 10 + 1));
        // Half way between the two the share is half way too.
        let middle = low.midpoint(high);
        assert!(!refused(middle, 1_198_999));
        assert!(refused(middle, 1_199_001));
    }
}
