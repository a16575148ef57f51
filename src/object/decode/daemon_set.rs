//! DaemonSets of `apps/v1` and of the versions before it.

use std::sync::Arc;

use super::meta::{object_meta, placed_map};
use super::places::places;
use super::scheduling::{label_selector, required_node_affinity, text_map, tolerations};
use super::stored::stored;
use crate::object::doc::Doc;
use crate::object::labels::Interner;
use crate::object::{DaemonSet, PodTemplate};
use crate::selector::LabelSelector;
use crate::text::NodeId;

/// Decodes the DaemonSet at `root`.
pub(crate) fn daemon_set(
    doc: Doc<'_>,
    root: NodeId,
    api_version: &str,
    name: &str,
    strings: &mut Interner,
) -> DaemonSet {
    let spec = doc.tree.get(root, "spec");
    let template = spec.and_then(|spec| doc.tree.get(spec, "template"));
    let template = template.map_or_else(PodTemplate::default, |id| pod_template(doc, id, strings));
    let of_v1beta1 = api_version == "extensions/v1beta1";
    let mut selector = spec.and_then(|spec| label_selector(doc, spec, "selector"));
    // `extensions/v1beta1` fills in the template's labels where there is no selector; later versions don't.
    if selector.is_none() && of_v1beta1 && !template.labels.is_empty() {
        selector = Some(LabelSelector {
            match_labels: template
                .labels
                .iter()
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            ..LabelSelector::default()
        });
    }
    DaemonSet {
        place: doc.place(root),
        api_version: api_version.to_owned(),
        meta: object_meta(doc, root, name, strings),
        selector,
        template,
        places: places(doc, root),
        stored: stored(doc, root, name, of_v1beta1).map(Arc::new),
    }
}

fn pod_template(doc: Doc<'_>, template: NodeId, strings: &mut Interner) -> PodTemplate {
    let labels = doc
        .tree
        .get(template, "metadata")
        .map_or_else(Default::default, |meta| {
            placed_map(doc, meta, "labels", strings).map
        });
    let Some(spec) = doc.tree.get(template, "spec") else {
        return PodTemplate {
            labels,
            ..PodTemplate::default()
        };
    };
    PodTemplate {
        labels,
        node_name: doc.text(spec, "nodeName").to_owned(),
        node_selector: text_map(doc, spec, "nodeSelector"),
        required_node_affinity: required_node_affinity(doc, spec),
        tolerations: tolerations(doc, spec),
        host_network: doc.is_true(spec, "hostNetwork"),
    }
}
