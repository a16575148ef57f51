//! Text in, trees out: bytes, spans, YAML and JSON as Kubernetes reads them, tables as `kubectl` prints them.
//!
//! Nothing here knows what a `DaemonSet` is, and nothing here uses any other room.

pub mod source;
pub mod span;
pub mod tree;

pub use source::SourceText;
pub use span::{LineIndex, Position, Span};
pub use tree::{Entry, NodeId, Tree, Value};
