//! The client's own look at `metadata`, before it asks for the kind (R-1527).
//!
//! Source: cli-runtime `metadataValidatingDecoder`, which decodes an object's `metadata` alone.

use super::walk::{Start, Writer, walk};
use crate::object::schema::TypeId;
use crate::text::{NodeId, Tree};

/// What the client says of a `metadata` that cannot be decoded.
pub(super) fn error(tree: &Tree<'_>, object: NodeId) -> Option<String> {
    let metadata = tree.get(object, "metadata")?;
    let start = Start {
        owner: "metadataOnlyObject",
        field: "metadata",
        namespace_is_written: false,
    };
    let of = TypeId::named("v1.ObjectMeta")?;
    // This is the JSON of the file, not yet what the client makes of it.
    walk(tree, metadata, of, Writer::Yaml, start).refused
}
