//! A DaemonSet as the API server stores it: what hashes, pods and revisions are made from.

use crate::object::defaults::{self, TEMPLATE_GENERATION};
use crate::object::doc::Doc;
use crate::object::schema;
use crate::object::value::{Struct, Value, decode};
use crate::text::NodeId;

/// What the server holds once it has the DaemonSet at `root`, or holds already if a cluster printed it.
///
/// `name` is what the object goes by, also where the server would make one from `generateName`. An object of
/// another version is read as one of `apps/v1`; `of_v1beta1` says that what `extensions/v1beta1` had in other
/// places is looked for there. `None` where the server could not decode it.
pub(super) fn stored(doc: Doc<'_>, root: NodeId, name: &str, of_v1beta1: bool) -> Option<Struct> {
    let (mut object, errors) = decode(doc.tree, root, schema::kind("apps/v1", "DaemonSet")?);
    if !errors.is_empty() {
        return None;
    }
    object.set("apiVersion", Value::text("apps/v1"));
    object.set("kind", Value::text("DaemonSet"));
    let meta = object.struct_mut("metadata")?;
    meta.set("name", Value::text(name));
    if meta.text("namespace").is_empty() {
        meta.set("namespace", Value::text("default")); // R-1523
    }
    if of_v1beta1 {
        from_v1beta1(doc, root, &mut object);
    }
    defaults::apply(&mut object);
    if !is_printed(&object) {
        defaults::prepare_for_create(&mut object).ok()?;
    }
    Some(object.stored())
}

/// Whether a cluster printed the object: it has an identity, or a status that says something.
fn is_printed(object: &Struct) -> bool {
    let given = |meta: &Struct| {
        let fields = ["uid", "resourceVersion"];
        fields.iter().any(|field| !meta.text(field).is_empty())
    };
    object.at(&["metadata"]).is_some_and(given)
        || object
            .at(&["status"])
            .is_some_and(|status| !status.is_zero())
}

/// `extensions/v1beta1` took an absent selector from the template's labels, and had a field for the template's
/// generation, for which `apps/v1` has an annotation.
fn from_v1beta1(doc: Doc<'_>, root: NodeId, object: &mut Struct) {
    let labels = object
        .at(&["spec", "template", "metadata"])
        .and_then(|meta| meta.map("labels"))
        .filter(|labels| !labels.is_empty())
        .cloned();
    if let Some(labels) = labels
        && object.at(&["spec", "selector"]).is_none()
        && let Some(selector) = object.at_mut(&["spec", "selector"])
    {
        selector.set("matchLabels", Value::Map(labels));
    }
    let generation = doc
        .tree
        .at_path(root, &["spec", "templateGeneration"])
        .and_then(|id| super::scheduling::whole(doc, id));
    let annotations = object
        .struct_mut("metadata")
        .and_then(|meta| meta.map_mut("annotations"));
    if let (Some(generation), Some(annotations)) = (generation, annotations)
        && annotations.get(TEMPLATE_GENERATION).is_none()
    {
        annotations.insert(TEMPLATE_GENERATION, Value::text(generation.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use crate::object::DaemonSet;
    use crate::object::input::read;

    fn set(text: &str) -> DaemonSet {
        let mut objects = read(0, "a.yaml", text.as_bytes()).objects;
        objects.daemon_sets.pop().unwrap()
    }

    fn stored(text: &str) -> String {
        set(text).stored.unwrap().to_json()
    }

    const SPEC: &str = "spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, \
                        spec: {containers: [{name: c, image: 'i:1', ports: []}]}}}";

    #[test]
    fn a_manifest_gets_the_defaults_and_what_the_server_sets_when_it_creates() {
        // R-1400, R-1402, R-1403, R-1523
        let head = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: x, creationTimestamp: null}\nstatus: {}\n";
        assert_eq!(
            stored(&format!("{head}{SPEC}")),
            r#"{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"annotations":{"deprecated.daemonset.template.generation":"1"},"generation":1,"name":"x","namespace":"default"},"spec":{"revisionHistoryLimit":10,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"image":"i:1","imagePullPolicy":"IfNotPresent","name":"c","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}},"updateStrategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1},"type":"RollingUpdate"}},"status":{"currentNumberScheduled":0,"desiredNumberScheduled":0,"numberMisscheduled":0,"numberReady":0}}"#
        );
    }

    #[test]
    fn what_a_cluster_printed_keeps_its_metadata_and_its_status() {
        let printed = set(&format!(
            "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: x, namespace: web, uid: u, generation: 7, \
             annotations: {{deprecated.daemonset.template.generation: '5'}}}}\n\
             status: {{collisionCount: 0, numberReady: 3}}\n{SPEC}"
        ));
        let stored = printed.stored.unwrap();
        let meta = stored.at(&["metadata"]).unwrap();
        assert_eq!((meta.text("uid"), meta.int("generation")), ("u", Some(7)));
        assert!(
            meta.to_json()
                .contains(r#""deprecated.daemonset.template.generation":"5""#)
        );
        let status = stored.at(&["status"]).unwrap();
        assert_eq!(status.int("numberReady"), Some(3));
        assert_eq!(status.int("collisionCount"), Some(0));
        assert_eq!(
            stored.at(&["spec"]).unwrap().int("revisionHistoryLimit"),
            Some(10)
        );
    }

    #[test]
    fn a_status_alone_is_printed_by_a_cluster_if_it_says_something() {
        let with = |status: &str| {
            stored(&format!(
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: x}}\nstatus: {status}\n{SPEC}"
            ))
        };
        assert!(with("{numberReady: 0}").contains(r#""generation":1"#));
        assert!(!with("{observedGeneration: 2}").contains(r#""generation":1"#));
    }

    #[test]
    fn what_the_server_could_not_decode_is_not_stored() {
        for broken in [
            "metadata: {name: x}\nspec: {minReadySeconds: soon}",
            "metadata: {name: 1}",
            "metadata: {name: x}\nspec: {template: {spec: {containers: [{resources: {limits: {cpu: 1K}}}]}}}",
            "metadata: {name: x, annotations: {deprecated.daemonset.template.generation: two}}",
        ] {
            let text = format!("apiVersion: apps/v1\nkind: DaemonSet\n{broken}");
            assert_eq!(set(&text).stored, None, "{broken}");
        }
    }

    #[test]
    fn an_object_of_an_old_version_is_read_as_one_of_today() {
        let old = "kind: DaemonSet\nmetadata: {name: x}\n\
                   spec: {templateGeneration: 4, template: {metadata: {labels: {a: b}}}}";
        let v1beta1 = stored(&format!("apiVersion: extensions/v1beta1\n{old}"));
        assert!(v1beta1.starts_with(r#"{"apiVersion":"apps/v1""#));
        assert!(v1beta1.contains(r#""selector":{"matchLabels":{"a":"b"}}"#));
        assert!(v1beta1.contains(r#"template.generation":"4""#));
        let v1beta2 = stored(&format!("apiVersion: apps/v1beta2\n{old}"));
        assert!(v1beta2.contains(r#""selector":null"#));
        assert!(v1beta2.contains(r#"template.generation":"1""#));
    }

    #[test]
    fn a_name_that_the_server_would_make_up_is_the_one_that_the_plan_shows() {
        let text = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {generateName: x-}\n";
        let stored = set(text).stored.unwrap();
        assert_eq!(stored.at(&["metadata"]).unwrap().text("name"), "x-xxxxx");
    }
}
