//! Namespaces, and OpenShift's Projects, which show the annotations of their namespace.

use super::meta::placed_map;
use crate::object::Namespace;
use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::text::NodeId;

/// Decodes the Namespace or Project at `root`.
pub(crate) fn namespace(
    doc: Doc<'_>,
    root: NodeId,
    name: &str,
    strings: &mut Interner,
) -> Namespace {
    let mut namespace = Namespace {
        place: doc.place(root),
        name: strings.intern(name),
        annotations_shown: true,
        ..Namespace::default()
    };
    if let Some(meta) = doc.tree.get(root, "metadata") {
        namespace.labels = placed_map(doc, meta, "labels", strings).map;
        let annotations = placed_map(doc, meta, "annotations", strings);
        namespace.annotations = annotations.map;
        namespace.annotation_spans = annotations.spans;
    }
    namespace
}
