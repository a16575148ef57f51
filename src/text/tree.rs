//! The tree that every reader of documents builds: flat arrays, a span on every key and value.
//!
//! Nodes are numbers into one array, so building, walking and dropping a tree needs no recursion however
//! deep the text nests. An alias shares the node of its anchor: the tree is then a graph without cycles,
//! and how often it unfolds was limited while reading (R-1515). Merge keys are resolved already.

use super::Span;

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// A piece of text: a range of the source where it stands there as it is, else a range of the tree's own store.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    span: Span,
    own: bool,
}

/// One `key: value` of a map.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    key: Piece,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: NodeId,
}

#[derive(Clone, Copy, Debug)]
enum Repr {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Str(Piece),
    Seq { start: u32, len: u32 },
    Map { start: u32, len: u32 },
}

#[derive(Clone, Copy, Debug)]
struct Node {
    span: Span,
    repr: Repr,
}

/// A value as Kubernetes understands it.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// `null`, `~`, nothing.
    Null,
    /// A boolean, however spelled.
    Bool(bool),
    /// An integer that fits 64 bits with a sign.
    Int(i64),
    /// An integer above that, up to 64 bits without one.
    UInt(u64),
    /// Any other finite number.
    Float(f64),
    /// Text.
    Str(&'a str),
    /// A list.
    Seq(&'a [NodeId]),
    /// A map; keys are unique, in the order in which each first stood in the text.
    Map(&'a [Entry]),
}

impl Value<'_> {
    /// What this is, in the words that the API server uses.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Int(_) | Value::UInt(_) | Value::Float(_) => "number",
            Value::Str(_) => "string",
            Value::Seq(_) => "array",
            Value::Map(_) => "object",
        }
    }
}

/// One document.
#[derive(Clone, Debug)]
pub struct Tree<'t> {
    text: &'t str,
    own: String,
    nodes: Vec<Node>,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
    root: NodeId,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Piece {
    /// Length in bytes.
    pub(in crate::text) fn len(self) -> usize {
        self.span.len()
    }

    /// The text, of the source or of a reader's store.
    pub(in crate::text) fn of<'a>(self, text: &'a str, store: &'a str) -> &'a str {
        let whole = if self.own { store } else { text };
        whole
            .get(self.span.start as usize..self.span.end as usize)
            .unwrap_or_default()
    }
}

impl<'t> Tree<'t> {
    /// A tree over `text` that holds nothing but `null`.
    pub fn new(text: &'t str) -> Self {
        let null = Node {
            span: Span::at(0),
            repr: Repr::Null,
        };
        Self {
            text,
            own: String::new(),
            nodes: vec![null],
            items: vec![],
            entries: vec![],
            root: NodeId(0),
        }
    }

    /// The text that source spans point into.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The topmost value.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Every node, those within a node before it.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..small(self.nodes.len())).map(NodeId)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the document holds nothing (`null` at the top).
    pub fn is_empty(&self) -> bool {
        matches!(self.value(self.root), Value::Null)
    }

    /// The value of a node. An id of another tree gives `null`.
    pub fn value(&self, id: NodeId) -> Value<'_> {
        let Some(node) = self.nodes.get(id.0 as usize) else {
            return Value::Null;
        };
        match node.repr {
            Repr::Null => Value::Null,
            Repr::Bool(b) => Value::Bool(b),
            Repr::Int(i) => Value::Int(i),
            Repr::UInt(u) => Value::UInt(u),
            Repr::Float(f) => Value::Float(f),
            Repr::Str(piece) => Value::Str(self.piece(piece)),
            Repr::Seq { start, len } => {
                let start = start as usize;
                Value::Seq(
                    self.items
                        .get(start..start + len as usize)
                        .unwrap_or_default(),
                )
            }
            Repr::Map { start, len } => {
                let start = start as usize;
                Value::Map(
                    self.entries
                        .get(start..start + len as usize)
                        .unwrap_or_default(),
                )
            }
        }
    }

    /// Where a node's content stands. An aliased value has the span of its anchor's content.
    pub fn span(&self, id: NodeId) -> Span {
        self.nodes
            .get(id.0 as usize)
            .map_or(Span::at(0), |node| node.span)
    }

    /// The key of an entry of this tree.
    pub fn key(&self, entry: &Entry) -> &str {
        self.piece(entry.key)
    }

    /// The entry of a map with this key; `None` too where `id` is no map.
    pub fn entry(&self, id: NodeId, key: &str) -> Option<&Entry> {
        match self.value(id) {
            Value::Map(entries) => entries.iter().find(|entry| self.key(entry) == key),
            _ => None,
        }
    }

    /// The value under this key of a map.
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|entry| entry.value)
    }

    /// The value under these keys, one inside the other.
    pub fn at_path(&self, id: NodeId, keys: &[&str]) -> Option<NodeId> {
        keys.iter().try_fold(id, |at, key| self.get(at, key))
    }

    /// The text of a node that is text.
    pub fn str(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a piece of this tree.
    pub(in crate::text) fn piece_text(&self, piece: Piece) -> &str {
        self.piece(piece)
    }

    #[inline(always)]
    fn piece(&self, piece: Piece) -> &str {
        piece.of(self.text, &self.own)
    }

    /// A piece that is exactly what stands in the source at `span`.
    pub fn source_piece(&self, span: Span) -> Piece {
        Piece { span, own: false }
    }

    /// A piece that stands nowhere in the source as it is (escapes, folded lines).
    pub fn own_piece(&mut self, text: &str) -> Piece {
        let start = self.own.len();
        self.own.push_str(text);
        Piece {
            span: Span::new(start, self.own.len()),
            own: true,
        }
    }

    /// A piece of the store that [`Tree::set_store`] will be given.
    pub(in crate::text) fn stored_piece(span: Span) -> Piece {
        Piece { span, own: true }
    }

    /// Gives the tree a store that a reader filled. Nothing may have been put into the tree's own before.
    pub(in crate::text) fn set_store(&mut self, store: String) {
        self.own = store;
    }

    fn push(&mut self, span: Span, repr: Repr) -> NodeId {
        self.nodes.push(Node { span, repr });
        NodeId(small(self.nodes.len() - 1))
    }

    /// Adds `null`.
    pub fn push_null(&mut self, span: Span) -> NodeId {
        self.push(span, Repr::Null)
    }

    /// Adds a boolean.
    pub fn push_bool(&mut self, span: Span, value: bool) -> NodeId {
        self.push(span, Repr::Bool(value))
    }

    /// Adds an integer.
    pub fn push_int(&mut self, span: Span, value: i64) -> NodeId {
        self.push(span, Repr::Int(value))
    }

    /// Adds an integer above `i64::MAX`.
    pub fn push_uint(&mut self, span: Span, value: u64) -> NodeId {
        self.push(span, Repr::UInt(value))
    }

    /// Adds a number that is no integer.
    pub fn push_float(&mut self, span: Span, value: f64) -> NodeId {
        self.push(span, Repr::Float(value))
    }

    /// Adds text.
    pub fn push_str(&mut self, span: Span, piece: Piece) -> NodeId {
        self.push(span, Repr::Str(piece))
    }

    /// Adds a list of nodes that are there.
    pub fn push_seq(&mut self, span: Span, items: &[NodeId]) -> NodeId {
        let start = small(self.items.len());
        self.items.extend_from_slice(items);
        self.push(
            span,
            Repr::Seq {
                start,
                len: small(items.len()),
            },
        )
    }

    /// The key of an entry as a piece, for another map of this tree.
    pub(in crate::text) fn key_piece(entry: &Entry) -> Piece {
        entry.key
    }

    /// Makes an entry for [`Tree::push_map`].
    pub fn new_entry(key: Piece, key_span: Span, value: NodeId) -> Entry {
        Entry {
            key,
            key_span,
            value,
        }
    }

    /// Adds a map. The caller sees to it that no key stands twice.
    pub fn push_map(&mut self, span: Span, entries: &[Entry]) -> NodeId {
        let start = small(self.entries.len());
        self.entries.extend_from_slice(entries);
        self.push(
            span,
            Repr::Map {
                start,
                len: small(entries.len()),
            },
        )
    }

    /// Whether lists and maps stand in each other deeper than `limit`.
    ///
    /// A node is added after those within it, so one pass over the array finds the depth of each.
    pub(in crate::text) fn depth_exceeds(&self, limit: usize) -> bool {
        if self.nodes.len() <= limit {
            return false;
        }
        let mut depths: Vec<u32> = Vec::with_capacity(self.nodes.len());
        for id in self.ids() {
            let depth_of = |id: NodeId| depths.get(id.0 as usize).copied().unwrap_or(0);
            let depth = match self.value(id) {
                Value::Seq(items) => {
                    1 + items.iter().map(|&item| depth_of(item)).max().unwrap_or(0)
                }
                Value::Map(entries) => {
                    1 + entries
                        .iter()
                        .map(|entry| depth_of(entry.value))
                        .max()
                        .unwrap_or(0)
                }
                _ => 0,
            };
            depths.push(depth);
        }
        depths
            .get(self.root.0 as usize)
            .is_some_and(|&depth| depth as usize > limit)
    }

    /// The texts that stand nowhere in the source as they are.
    pub(in crate::text) fn store(&self) -> &str {
        &self.own
    }

    /// Every node that the topmost value leads to.
    pub(in crate::text) fn reached(&self) -> std::collections::BTreeSet<NodeId> {
        let mut reached = std::collections::BTreeSet::from([self.root]);
        let mut open = vec![self.root];
        while let Some(id) = open.pop() {
            let mut reach = |id: NodeId| {
                if reached.insert(id) {
                    open.push(id);
                }
            };
            match self.value(id) {
                Value::Seq(items) => items.iter().for_each(|&item| reach(item)),
                Value::Map(entries) => entries.iter().for_each(|entry| reach(entry.value)),
                _ => {}
            }
        }
        reached
    }

    /// Sets the topmost value.
    pub fn set_root(&mut self, root: NodeId) {
        self.root = root;
    }
}
