use super::*;
use crate::object::schema;
use crate::object::value::decode;
use crate::text::yaml;

fn object(yaml: &str) -> Struct {
    let document = yaml::document(yaml.as_bytes()).unwrap();
    let tree = &document.tree;
    let text = |key| tree.str(tree.get(tree.root(), key).unwrap()).unwrap();
    let of = schema::kind(text("apiVersion"), text("kind")).unwrap();
    let (object, errors) = decode(tree, tree.root(), of);
    assert_eq!(errors, []);
    object
}

fn daemon_set(spec: &str) -> Struct {
    object(&format!(
        "{{apiVersion: apps/v1, kind: DaemonSet, spec: {spec}}}"
    ))
}

fn with_defaults(mut object: Struct) -> Struct {
    apply(&mut object);
    object
}

fn template(pod_spec: &str) -> String {
    let set = with_defaults(daemon_set(&format!("{{template: {{spec: {pod_spec}}}}}")));
    set.at(&["spec", "template", "spec"]).unwrap().to_json()
}

#[test]
fn a_zero_that_is_given_for_a_pointer_is_kept_and_another_is_filled_in() {
    let spec = template(
        "{terminationGracePeriodSeconds: 0, containers: [{name: a, livenessProbe: {periodSeconds: 0}}]}",
    );
    assert!(
        spec.contains(r#""terminationGracePeriodSeconds":0"#),
        "{spec}"
    );
    assert!(spec.contains(r#""periodSeconds":10"#), "{spec}");
}

#[test]
fn a_pod_gets_what_a_template_does_not() {
    let containers = "containers: [{name: a, ports: [{containerPort: 80}], \
         resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}}}]";
    let spec = format!("{{hostNetwork: true, terminationGracePeriodSeconds: -1, {containers}}}");
    let in_template = template(&spec);
    assert!(
        in_template.contains(r#""requests":{"cpu":"500m"}"#),
        "{in_template}"
    );
    assert!(!in_template.contains("hostPort"), "{in_template}");
    let pod = with_defaults(object(&format!(
        "{{apiVersion: v1, kind: Pod, spec: {spec}}}"
    )));
    let in_pod = pod.at(&["spec"]).unwrap().to_json();
    for part in [
        r#""requests":{"cpu":"500m","memory":"1Gi"}"#,
        r#""hostPort":80"#,
        r#""enableServiceLinks":true"#,
        r#""terminationGracePeriodSeconds":1"#,
    ] {
        assert!(in_pod.contains(part), "{part}: {in_pod}");
    }
}

#[test]
fn namespaces_and_nodes_get_theirs() {
    let namespace = with_defaults(object(
        "{apiVersion: v1, kind: Namespace, metadata: {name: ns}}",
    ));
    assert!(
        namespace
            .to_json()
            .contains(r#""labels":{"kubernetes.io/metadata.name":"ns"}"#)
    );
    let node = with_defaults(object(
        "{apiVersion: v1, kind: Node, status: {capacity: {cpu: 1.0001}}}",
    ));
    let status = node.at(&["status"]).unwrap();
    assert_eq!(status.get("allocatable"), status.get("capacity"));
    assert!(
        status
            .to_json()
            .contains(r#""allocatable":{"cpu":"1001m"}"#)
    );
}

#[test]
fn creating_wipes_what_is_the_servers_and_drops_what_is_off() {
    let mut set = object(
        "{apiVersion: apps/v1, kind: DaemonSet, \
          metadata: {name: a, uid: u, generation: 9, annotations: {deprecated.daemonset.template.generation: '+7'}}, \
          status: {numberReady: 3}, \
          spec: {template: {metadata: {annotations: {pod.beta.kubernetes.io/init-containers: x}}, \
          spec: {evictionResponders: [], containers: [{name: a, lifecycle: {stopSignal: SIGTERM}}, \
          {name: b, lifecycle: {}, volumeMounts: [{name: v, mountPath: /v, bindMountOptions: [noexec]}]}]}}}}",
    );
    prepare_for_create(&mut set).unwrap();
    let meta = set.at(&["metadata"]).unwrap().to_json();
    assert_eq!(
        meta,
        r#"{"annotations":{"deprecated.daemonset.template.generation":"7"},"generation":1,"name":"a"}"#
    );
    assert!(set.get("status").is_none());
    let template = set.at(&["spec", "template"]).unwrap().to_json();
    assert_eq!(
        template,
        r#"{"metadata":{},"spec":{"containers":[{"name":"a","resources":{}},{"lifecycle":{},"name":"b","resources":{},"volumeMounts":[{"mountPath":"/v","name":"v"}]}]}}"#
    );
}

#[test]
fn a_rolling_update_block_is_complete_whatever_the_strategy() {
    let mut set = with_defaults(daemon_set(
        "{updateStrategy: {type: OnDelete, rollingUpdate: {maxSurge: 10%}}}",
    ));
    prepare_for_create(&mut set).unwrap();
    assert_eq!(
        set.at(&["spec", "updateStrategy"]).unwrap().to_json(),
        r#"{"rollingUpdate":{"maxSurge":"10%","maxUnavailable":0},"type":"OnDelete"}"#
    );
}

#[test]
fn what_is_not_written_at_all_gets_its_defaults_too() {
    let set = with_defaults(daemon_set("{}"));
    assert_eq!(
        set.at(&["spec", "template"]).unwrap().to_json(),
        r#"{"metadata":{},"spec":{"containers":null,"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}"#
    );
}

#[test]
fn a_template_generation_that_is_no_number_can_not_be_decoded() {
    for (found, error) in [
        ("x", "strconv.ParseInt: parsing \"x\": invalid syntax"),
        (
            "9223372036854775808",
            "strconv.ParseInt: parsing \"9223372036854775808\": value out of range",
        ),
    ] {
        let mut set = object(&format!(
            "{{apiVersion: apps/v1, kind: DaemonSet, metadata: {{annotations: {{{TEMPLATE_GENERATION}: '{found}'}}}}}}"
        ));
        let refused = prepare_for_create(&mut set).unwrap_err();
        assert_eq!(refused.to_string(), error);
    }
}

#[test]
fn an_update_raises_what_it_changes() {
    let set = |spec: &str| with_defaults(daemon_set(spec));
    let mut old =
        set("{minReadySeconds: 1, template: {spec: {containers: [{name: a, image: 'a:1'}]}}}");
    prepare_for_create(&mut old).unwrap();
    let updated = |spec: &str| {
        let mut new = set(spec);
        prepare_for_update(&mut new, &old).unwrap();
        let meta = new.at(&["metadata"]).unwrap();
        let annotation = meta.map("annotations").unwrap()[TEMPLATE_GENERATION].clone();
        (meta.int("generation").unwrap(), annotation)
    };
    let same = "{minReadySeconds: 1, template: {spec: {nodeSelector: {}, containers: [{name: a, image: 'a:1', args: []}]}}}";
    assert_eq!(updated(same), (1, Value::text("1")));
    let slower = "{minReadySeconds: 2, template: {spec: {containers: [{name: a, image: 'a:1'}]}}}";
    assert_eq!(updated(slower), (2, Value::text("1")));
    let newer = "{minReadySeconds: 1, template: {spec: {containers: [{name: a, image: 'a:2'}]}}}";
    assert_eq!(updated(newer), (2, Value::text("2")));
}
