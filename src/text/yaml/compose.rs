//! Events → tree: anchors, merges, keys as text, and the refusals that come after parsing.
//!
//! Go builds nodes first and decodes them after; here both go in one pass. So what decoding refuses is kept
//! until the document has been parsed to its end, for a syntax error further down comes first, and what making
//! JSON refuses is kept until it is clear that the value was not overwritten.

mod anchors;
mod scalars;

use super::fault::{Fault, Part, Scan};
use super::parser::{Event, EventKind, Parser};
use super::scanner::{Mark, Scanner, Text};
use super::source::Source;
use super::tag::Tag;
use crate::text::Span;
use crate::text::order::sort_by;
use crate::text::pairs::{self, Duplicate, KeyKind, Pair};
use crate::text::tree::{Entry, NodeId, Piece, Tree, Value};
use anchors::{Anchors, Visits};

/// A document as it was read.
pub(super) struct Composed<'t> {
    pub(super) tree: Tree<'t>,
    pub(super) duplicates: Vec<Duplicate>,
}

/// Reads the first document of a text; one that holds nothing is `null`.
///
/// `whole` is what was handed in, if pieces of the tree may point into it.
pub(super) fn compose<'t>(source: &Source<'_>, whole: Option<&'t str>) -> Scan<Composed<'t>> {
    let mut composer = Composer::new(source, whole);
    composer.document()?;
    composer.finish()
}

struct Composer<'s, 't> {
    source: &'s Source<'s>,
    /// What leads from the scanned text to the one handed in, if pieces can point there.
    shift: Option<usize>,
    parser: Parser<'s>,
    tree: Tree<'t>,
    frames: Vec<Frame>,
    items: Vec<NodeId>,
    pairs: Vec<Pair>,
    entries: Vec<Entry>,
    anchors: Anchors,
    visits: Visits,
    duplicates: Vec<Duplicate>,
    /// The first thing that decoding refuses.
    refused: Option<Box<Fault>>,
    /// Values that can't become JSON, unless nothing leads to them in the end.
    unfit: Vec<(NodeId, Box<Fault>)>,
    /// The kinds of the keys of maps that have other than text.
    key_kinds: std::collections::BTreeMap<NodeId, Vec<KeyKind>>,
    /// Where the last scalar or bracket ended.
    last_end: usize,
}

/// A collection that is open.
struct Frame {
    is_map: bool,
    content: Mark,
    /// The line that it begins on with its properties.
    line: u32,
    /// Where its children begin in `items` or `pairs`.
    base: usize,
    anchor: Option<usize>,
    visits_before: u64,
    slot: Slot,
    /// A key that can't become JSON.
    unfit: Option<Box<Fault>>,
}

/// What a map waits for.
#[derive(Clone, Copy)]
enum Slot {
    Key,
    Value {
        key: Piece,
        kind: KeyKind,
        span: Span,
    },
    Merge {
        span: Span,
    },
}

impl<'s, 't> Composer<'s, 't> {
    fn new(source: &'s Source<'s>, whole: Option<&'t str>) -> Self {
        let scanner = Scanner::new(&source.text, source.window.clone());
        Self {
            source,
            shift: whole.and(source.shift()).map(|(by, _)| by),
            parser: Parser::new(scanner),
            tree: Tree::new(whole.unwrap_or_default()),
            frames: vec![],
            items: vec![],
            pairs: vec![],
            entries: vec![],
            anchors: Anchors::default(),
            visits: Visits::default(),
            duplicates: vec![],
            refused: None,
            unfit: vec![],
            key_kinds: std::collections::BTreeMap::new(),
            last_end: 0,
        }
    }

    /// Reads up to the end of the first document, and one token further, as Go does.
    fn document(&mut self) -> Scan<()> {
        loop {
            let event = self.parser.next_event()?;
            match event.kind {
                EventKind::StreamStart => {}
                EventKind::DocumentStart => self.visit(event.start),
                EventKind::StreamEnd | EventKind::DocumentEnd => return Ok(()),
                EventKind::Scalar => self.scalar(&event),
                EventKind::Alias => self.alias(&event)?,
                EventKind::SequenceStart => self.open(&event, false),
                EventKind::MappingStart => self.open(&event, true),
                EventKind::SequenceEnd | EventKind::MappingEnd => self.close(&event),
            }
        }
    }

    fn finish(mut self) -> Scan<Composed<'t>> {
        if let Some(refused) = self.refused {
            return Err(refused);
        }
        if !self.unfit.is_empty() {
            let reached = self.tree.reached();
            let first = self.unfit.into_iter().find(|(id, _)| reached.contains(id));
            if let Some((_, fault)) = first {
                return Err(fault);
            }
        }
        self.tree.set_store(self.parser.scanner.take_store());
        sort_by(&mut self.duplicates, |a, b| a.done.cmp(&b.done));
        if self
            .duplicates
            .iter()
            .any(|duplicate| duplicate.line.is_none())
        {
            let starts = self.source.line_starts();
            for duplicate in self
                .duplicates
                .iter_mut()
                .filter(|duplicate| duplicate.line.is_none())
            {
                let at = self.tree.span(duplicate.value).start as usize;
                let line = starts.partition_point(|&start| start <= at);
                duplicate.line = u32::try_from(line).ok();
            }
        }
        Ok(Composed {
            tree: self.tree,
            duplicates: self.duplicates,
        })
    }

    fn refuse(&mut self, message: impl Into<String>, at: Mark) {
        if self.refused.is_none() {
            self.refused = Some(Fault::at(Part::Composer, message, at, None));
        }
    }

    /// Counts one value as decoded (R-1515).
    fn visit(&mut self, at: Mark) {
        if self.visits.count() {
            self.refuse(anchors::EXCESSIVE, at);
        }
    }

    fn span(&self, start: Mark, end: usize) -> Span {
        self.source.span(start.offset, end.max(start.offset))
    }

    /// A text as a piece of the tree.
    fn piece(&mut self, text: Text) -> Piece {
        if text.stored {
            return Tree::stored_piece(Span {
                start: text.start,
                end: text.end,
            });
        }
        if let Some(by) = self.shift {
            return self
                .tree
                .source_piece(Span::new(text.start as usize + by, text.end as usize + by));
        }
        let owned = self.parser.scanner.str(text).to_owned();
        self.stored(&owned)
    }

    /// A text that is made here as a piece of the tree.
    fn stored(&mut self, text: &str) -> Piece {
        let text = self.parser.scanner.put(text);
        Tree::stored_piece(Span {
            start: text.start,
            end: text.end,
        })
    }

    fn open(&mut self, event: &Event, is_map: bool) {
        let visits_before = self.visits.decoded();
        // The list of a merge is not decoded itself, only what it holds.
        let is_merge_list = !is_map
            && matches!(
                self.frames.last(),
                Some(Frame {
                    slot: Slot::Merge { .. },
                    ..
                })
            );
        if !is_merge_list {
            self.visit(event.start);
        }
        let anchor = self.declare_anchor(event);
        self.frames.push(Frame {
            is_map,
            content: event.content,
            line: event.start.line,
            base: if is_map {
                self.pairs.len()
            } else {
                self.items.len()
            },
            anchor,
            visits_before,
            slot: Slot::Key,
            unfit: None,
        });
    }

    fn close(&mut self, event: &Event) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if event.end.offset > event.start.offset {
            self.last_end = event.end.offset;
        }
        let span = self.span(frame.content, self.last_end);
        let node = if frame.is_map {
            self.close_map(&frame, span)
        } else {
            let node = self
                .tree
                .push_seq(span, self.items.get(frame.base..).unwrap_or_default());
            self.items.truncate(frame.base);
            node
        };
        if let Some(anchor) = frame.anchor {
            self.anchors
                .complete(anchor, node, self.visits.decoded() - frame.visits_before);
        }
        if let Some(fault) = frame.unfit {
            self.unfit.push((node, fault));
        }
        self.place(node, frame.content, frame.line);
    }

    fn close_map(&mut self, frame: &Frame, span: Span) -> NodeId {
        let pairs = self.pairs.get_mut(frame.base..).unwrap_or_default();
        let typed = pairs.iter().any(|pair| pair.kind != KeyKind::Text);
        if typed {
            pairs::join_zeros(pairs);
        }
        let (text, store) = (self.tree.text(), self.parser.scanner.store());
        pairs::unique(pairs, text, store, &mut self.entries, &mut self.duplicates);
        let node = self.tree.push_map(span, &self.entries);
        if typed {
            let kind_of = |entry: &Entry| {
                let same =
                    |pair: &&Pair| pair.key_span == entry.key_span && pair.value == entry.value;
                pairs
                    .iter()
                    .find(same)
                    .map_or(KeyKind::Text, |pair| pair.kind)
            };
            // A map with a great many typed keys is not worth the search: they count as text then.
            if pairs.len() <= MANY_TYPED_KEYS {
                self.key_kinds
                    .insert(node, self.entries.iter().map(kind_of).collect());
            }
        }
        self.pairs.truncate(frame.base);
        node
    }

    /// Puts a complete value where it belongs. `line` is the one that it begins on, from 0.
    fn place(&mut self, node: NodeId, at: Mark, line: u32) {
        let done = self.tree.len();
        let Some(frame) = self.frames.last_mut() else {
            self.tree.set_root(node);
            return;
        };
        if !frame.is_map {
            self.items.push(node);
            return;
        }
        match std::mem::replace(&mut frame.slot, Slot::Key) {
            Slot::Key => {
                // Scalars as keys are taken elsewhere: this is a list or a map, or stands for one.
                let key = self.stored("");
                let span = Span::at(0);
                self.wait_for(Slot::Value {
                    key,
                    kind: KeyKind::Text,
                    span,
                });
                self.refuse("invalid map key", at);
            }
            Slot::Value { key, kind, span } => {
                self.pairs.push(Pair {
                    key,
                    kind,
                    key_span: span,
                    value: node,
                    line: Some(line + 1),
                    done,
                });
            }
            Slot::Merge { span } => self.merge(node, span, at),
        }
    }

    fn wait_for(&mut self, slot: Slot) {
        if let Some(frame) = self.frames.last_mut() {
            frame.slot = slot;
        }
    }

    /// Brings the entries of a map, or of each map of a list, into the one that is open (R-1514).
    fn merge(&mut self, node: NodeId, span: Span, at: Mark) {
        if self.refused.is_some() {
            return;
        }
        let maps = match self.tree.value(node) {
            // From the last to the first, so that the first one wins.
            Value::Seq(items) => items.iter().rev().copied().collect(),
            _ => vec![node],
        };
        for map in maps {
            let Value::Map(entries) = self.tree.value(map) else {
                self.refuse(
                    "map merge requires map or sequence of maps as the value",
                    at,
                );
                return;
            };
            let kinds = self.key_kinds.get(&map);
            for (place, entry) in entries.iter().enumerate() {
                self.pairs.push(Pair {
                    key: Tree::key_piece(entry),
                    kind: kinds
                        .and_then(|kinds| kinds.get(place))
                        .copied()
                        .unwrap_or(KeyKind::Text),
                    key_span: if entry.key_span.is_empty() {
                        span
                    } else {
                        entry.key_span
                    },
                    value: entry.value,
                    line: None,
                    done: self.tree.len(),
                });
            }
            let unfit = self
                .unfit
                .iter()
                .find(|(id, _)| *id == map)
                .map(|(_, fault)| fault.clone());
            if let (Some(fault), Some(frame)) = (unfit, self.frames.last_mut()) {
                frame.unfit.get_or_insert(fault);
            }
        }
    }
}

/// Up to so many keys of which some are no text, their kinds are kept for merges.
const MANY_TYPED_KEYS: usize = 256;
