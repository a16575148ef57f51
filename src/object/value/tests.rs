use super::*;
use crate::object::schema::ShapeId;
use crate::text::yaml;

fn pod_spec(yaml: &str) -> (Struct, Vec<DecodeError>) {
    let document = yaml::document(yaml.as_bytes()).unwrap();
    let of = TypeId::named("v1.PodSpec").unwrap();
    decode(&document.tree, document.tree.root(), of)
}

fn json(yaml: &str) -> String {
    let (spec, errors) = pod_spec(yaml);
    assert_eq!(errors, []);
    spec.to_json()
}

#[test]
fn a_value_is_written_as_go_writes_the_struct() {
    assert_eq!(json("{}"), r#"{"containers":null}"#);
    assert_eq!(
        json(
            "containers: [{name: a, args: ['<&>'], resources: {limits: {cpu: 0.5, memory: 1Gi}}}]"
        ),
        r#"{"containers":[{"args":["\u003c\u0026\u003e"],"name":"a","resources":{"limits":{"cpu":"500m","memory":"1Gi"}}}]}"#
    );
    assert_eq!(
        json("containers: []\nhostNetwork: false\nvolumes: [{name: v, emptyDir: {}}]\npriority: 0"),
        r#"{"containers":[],"priority":0,"volumes":[{"emptyDir":{},"name":"v"}]}"#
    );
    assert_eq!(
        json("containers: [{name: a, livenessProbe: {httpGet: {}}}]"),
        r#"{"containers":[{"livenessProbe":{"httpGet":{"port":0}},"name":"a","resources":{}}]}"#
    );
}

#[test]
fn null_is_an_absent_field_and_a_zero_member() {
    let yaml = "containers: null\nnodeSelector: {a: null}\npriority: null\noverhead: {cpu: null}";
    assert_eq!(
        json(yaml),
        r#"{"containers":null,"nodeSelector":{"a":""},"overhead":{"cpu":"0"}}"#
    );
}

#[test]
fn what_can_not_be_read_is_left_out_and_told() {
    let (spec, errors) = pod_spec(
        "unknown: 1\nhostNetwork: 'yes'\nnodeSelector: {a: 1, b: x}\npriority: 1.5\n\
         containers: [{name: a, resources: {limits: {cpu: 1K}}, ports: [{containerPort: 8e1}]}]\n\
         tolerations: [{tolerationSeconds: 1}, text]",
    );
    let told: Vec<(&str, &str)> = errors
        .iter()
        .map(|error| (error.path.as_str(), error.wanted))
        .collect();
    assert_eq!(
        told,
        [
            ("hostNetwork", "bool"),
            ("nodeSelector.a", "string"),
            ("priority", "int32"),
            ("containers[0].resources.limits.cpu", "resource.Quantity"),
            ("tolerations[1]", "v1.Toleration"),
        ]
    );
    assert_eq!(errors[0].why, Misread::WrongType);
    assert_eq!(errors[2].why, Misread::OutOfRange);
    let refused = "unable to parse quantity's suffix".to_owned();
    assert_eq!(errors[3].why, Misread::Refused(refused));
    assert_eq!(
        spec.to_json(),
        r#"{"containers":[{"name":"a","ports":[{"containerPort":80}],"resources":{}}],"nodeSelector":{"b":"x"},"tolerations":[{"tolerationSeconds":1}]}"#
    );
}

#[test]
fn storage_knows_no_empty_lists_and_writes_quantities_anew() {
    let (spec, _) = pod_spec(
        "volumes: []\nnodeSelector: {}\naffinity: {}\npriority: 0\noverhead: {cpu: '1000m'}\n\
         containers: [{name: a, command: [], env: []}]",
    );
    let stored = spec.stored();
    assert_eq!(
        stored.to_json(),
        r#"{"affinity":{},"containers":[{"name":"a","resources":{}}],"overhead":{"cpu":"1"},"priority":0}"#
    );
    let (other, _) = pod_spec(
        "containers: [{name: a, resources: {}}]\naffinity: {}\npriority: 0\noverhead: {cpu: 1}",
    );
    assert_eq!(other.stored(), stored);
}

#[test]
fn fields_are_set_and_taken_out_by_name() {
    let mut set = Struct::new(TypeId::named("v1.DaemonSet").unwrap());
    let meta = set.at_mut(&["spec", "template", "metadata"]).unwrap();
    meta.map_mut("labels")
        .unwrap()
        .insert("app".into(), Value::text("a"));
    assert_eq!(
        set.at(&["spec", "template"]).unwrap().to_json(),
        r#"{"metadata":{"labels":{"app":"a"}},"spec":{"containers":null}}"#
    );
    assert!(set.at_mut(&["spec", "nothing"]).is_none());
    set.set("nothing", Value::Bool(true));
    assert!(set.remove("spec").is_some());
    assert!(set.is_zero());
}

/// Reading goes as deep as types hold each other; a type that held itself would let the text decide.
#[test]
fn no_type_of_the_schema_holds_itself() {
    let mut open = vec![
        ("v1.DaemonSet", 0),
        ("v1.Pod", 0),
        ("v1.Node", 0),
        ("v1.Namespace", 0),
    ];
    let mut deepest = 0;
    while let Some((name, depth)) = open.pop() {
        deepest = deepest.max(depth);
        assert!(depth < 24, "{name} is {depth} deep");
        for field in TypeId::named(name).unwrap().fields() {
            let mut shape = field.shape().get();
            while let Some(inner) = member(shape) {
                shape = inner.get();
            }
            if let Shape::Struct(of) = shape {
                open.push((of.go_name(), depth + 1));
            }
        }
    }
    assert!(deepest >= 9, "{deepest}");
}

/// What the items of a list or the values of a map hold, if a shape is one.
fn member(shape: Shape) -> Option<ShapeId> {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => Some(inner),
        _ => None,
    }
}
