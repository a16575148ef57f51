//! Text in, trees out: bytes, spans, YAML and JSON as Kubernetes reads them, tables as `kubectl` prints them.
//!
//! Nothing here knows what a `DaemonSet` is, and nothing here uses any other room.

pub mod error;
pub mod json;
pub mod limits;
pub mod number;
pub(crate) mod order;
mod pairs;
pub mod recognise;
pub mod source;
pub mod span;
pub mod stream;
mod strict;
pub mod table;
mod to_json;
pub mod to_yaml;
pub mod tree;
pub mod yaml;

pub use error::{TextError, TextErrorKind};
pub use source::SourceText;
pub use span::{LineIndex, Position, Span};
pub use stream::{Document, Stream};
pub use tree::{Entry, NodeId, Tree, Value};

/// Bytes as Go puts them into JSON: one replacement character for each byte that is no UTF-8.
fn go_text(bytes: &[u8]) -> String {
    let mut made = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        made.push_str(chunk.valid());
        made.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
    }
    made
}
