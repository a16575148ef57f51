//! `ControllerRevision`s.

use super::meta::object_meta;
use super::scheduling::whole;
use crate::object::ControllerRevision;
use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::text::{NodeId, Value};

/// Decodes the `ControllerRevision` at `root`.
pub(crate) fn controller_revision(
    doc: Doc<'_>,
    root: NodeId,
    name: &str,
    strings: &mut Interner,
) -> ControllerRevision {
    let given = |key: &str| {
        let value = doc.tree.get(root, key)?;
        (!matches!(doc.tree.value(value), Value::Null)).then_some(value)
    };
    ControllerRevision {
        place: doc.place(root),
        meta: object_meta(doc, root, name, strings),
        number: given("revision")
            .and_then(|id| whole(doc, id))
            .unwrap_or_default(),
        data: given("data").map_or_else(String::new, |id| doc.tree.to_json(id)),
    }
}

#[cfg(test)]
mod tests {
    use crate::object::input::read;

    #[test]
    fn the_data_of_a_revision_is_written_as_the_controller_posts_it() {
        // R-702, R-720
        let text = "apiVersion: apps/v1\nkind: ControllerRevision\nmetadata:\n  name: x-1\n  ownerReferences:\n  \
                    - {kind: DaemonSet, name: x, uid: u, controller: true}\nrevision: 3.0\n\
                    data: {spec: {b: ['<', 1, 1.5, null], a: {}}}";
        let read = read(0, "a.yaml", text.as_bytes());
        let [revision] = read.objects.revisions.as_slice() else {
            panic!("{:?}", read.objects)
        };
        assert_eq!((&*revision.meta.name, revision.number), ("x-1", 3));
        assert_eq!(&*revision.meta.owner_references[0].uid, "u");
        assert_eq!(
            revision.data,
            r#"{"spec":{"a":{},"b":["\u003c",1,1.5,null]}}"#
        );
        assert_eq!(
            (read.diagnostics, &*read.taken_for),
            (vec![], "YAML: 1 ControllerRevision")
        );
    }

    #[test]
    fn a_revision_without_data_has_none() {
        for data in ["", "data: null\n"] {
            let text = format!(
                "apiVersion: apps/v1\nkind: ControllerRevision\n{data}metadata: {{name: x}}"
            );
            let read = read(0, "a.yaml", text.as_bytes());
            let revision = &read.objects.revisions[0];
            assert_eq!((revision.number, &*revision.data), (0, ""));
        }
    }
}
