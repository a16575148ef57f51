//! A document as the decoders see it: a tree, and where its text begins in the input.

use crate::object::{Place, SourceId};
use crate::text::{Entry, NodeId, Span, Tree, Value};

/// A tree whose spans are shifted into the input that it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doc<'a> {
    /// The tree.
    pub tree: &'a Tree<'a>,
    /// Where the text that was read as the tree begins in the input, in bytes.
    pub offset: usize,
    /// The input.
    pub source: SourceId,
}

impl<'a> Doc<'a> {
    /// Where a value stands in the input.
    pub(crate) fn span(&self, id: NodeId) -> Span {
        self.tree.span(id).shifted(self.offset)
    }

    /// Where a key stands in the input.
    pub(crate) fn key_span(&self, entry: &Entry) -> Span {
        entry.key_span.shifted(self.offset)
    }

    /// Where a value stands.
    pub(crate) fn place(&self, id: NodeId) -> Place {
        Place {
            source: self.source,
            span: self.span(id),
        }
    }

    /// The entries of a map; none where the value is no map.
    pub(crate) fn entries(&self, id: NodeId) -> &'a [Entry] {
        match self.tree.value(id) {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none where the value is no list.
    pub(crate) fn items(&self, id: NodeId) -> &'a [NodeId] {
        match self.tree.value(id) {
            Value::Seq(items) => items,
            _ => &[],
        }
    }

    /// The text under `key`, empty where there is none or something that is no text.
    pub(crate) fn text(&self, id: NodeId, key: &str) -> &'a str {
        self.tree
            .get(id, key)
            .and_then(|value| self.tree.str(value))
            .unwrap_or_default()
    }

    /// Whether `key` is there and is `true`.
    pub(crate) fn is_true(&self, id: NodeId, key: &str) -> bool {
        self.tree
            .get(id, key)
            .is_some_and(|value| matches!(self.tree.value(value), Value::Bool(true)))
    }
}
