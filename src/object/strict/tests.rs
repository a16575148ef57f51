use super::{DecodedFile, Verdict, decode_body, decode_file};

fn decoded(text: &str) -> DecodedFile {
    decode_file("f.yaml", text.as_bytes())
}

fn errors(text: &str) -> Vec<String> {
    let file = decoded(text);
    file.errors
        .into_iter()
        .flat_map(|error| error.messages)
        .collect()
}

/// What is said of the first object: its refusal, else its strict errors.
fn said(text: &str) -> Vec<String> {
    let file = decoded(text);
    assert_eq!(file.errors, []);
    match &file.objects.first().unwrap().verdict {
        Verdict::Decoded { strict, .. } => strict.clone(),
        Verdict::Refused(error) => vec![error.clone()],
        other => panic!("{other:?}"),
    }
}

const NODE: &str = "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n";

#[test]
fn unknown_fields_come_depth_first_in_the_order_of_bytes() {
    // R-1524
    let text =
        format!("{NODE}zoo: 1\nspec: {{taints: [{{b: 1}}, {{a: {{c: 1}}}}], Taints: 1}}\nApi: 1\n");
    let wanted = [
        "Api",
        "spec.Taints",
        "spec.taints[0].b",
        "spec.taints[1].a",
        "zoo",
    ];
    let wanted = wanted.map(|path| format!("unknown field {path:?}"));
    assert_eq!(said(&text), wanted);
}

#[test]
fn at_most_a_hundred_unknown_fields_are_listed() {
    // R-1524
    let fields: Vec<String> = (0..150).map(|at| format!("f{at:03}: 1\n")).collect();
    let fields = fields.concat();
    let said = said(&format!("{NODE}{fields}"));
    assert_eq!(said.len(), 100);
    assert_eq!(said.last().unwrap(), "unknown field \"f099\"");
}

#[test]
fn the_first_wrong_type_is_told_and_a_bad_quantity_outdoes_it() {
    // R-1526
    let wrong = "spec: {taints: x, unschedulable: 1}\n";
    assert_eq!(
        said(&format!("{NODE}{wrong}")),
        [
            "Node in version \"v1\" cannot be handled as a Node: json: cannot unmarshal string into Go struct field \
          NodeSpec.spec.taints of type []v1.Taint"
        ]
    );
    let quantity = said(&format!("{NODE}{wrong}status: {{capacity: {{cpu: x}}}}\n"));
    let quantity = quantity.first().unwrap();
    assert!(quantity.contains("quantities must match"), "{quantity}");
}

#[test]
fn embedded_fields_are_told_by_the_type_that_holds_them() {
    // Go names the struct that the decoder is in, here the volume.
    let text = "apiVersion: v1\nkind: Pod\nspec: {volumes: [{hostPath: 5}], containers: [{livenessProbe: \
                {httpGet: {port: {}}}}]}\n";
    let text = text.replace("{}", "1.5");
    let said = said(&text);
    // Containers come before volumes, and the port ends decoding.
    assert!(
        said.first().unwrap().ends_with(
            "json: cannot unmarshal number 1.5 into Go struct field \
             HTTPGetAction.spec.containers.livenessProbe.httpGet.port of type int32"
        ),
        "{said:?}"
    );
    let volume = "apiVersion: v1\nkind: Pod\nspec: {volumes: [{hostPath: 5}]}\n";
    assert!(self::said(volume).first().unwrap().ends_with(
        "cannot unmarshal number into Go struct field Volume.spec.volumes.hostPath of type \
             v1.HostPathVolumeSource"
    ));
}

#[test]
fn a_client_writes_a_number_beyond_64_bits_as_the_float_that_it_read() {
    // R-1523
    let text = "apiVersion: v1\nkind: Pod\nspec: {priority: 9223372036854775808}\n";
    let place = "into Go struct field PodSpec.spec.priority of type int32";
    let said = said(text);
    let wanted = format!("number 9223372036854775808 {place}");
    assert!(decode_body(text.as_bytes()).unwrap_err().ends_with(&wanted));
    let wanted = format!("number 9223372036854776000 {place}");
    assert!(said.first().unwrap().ends_with(&wanted), "{said:?}");
}

#[test]
fn the_namespace_is_written_into_objects_that_have_none() {
    // R-1523
    for (metadata, namespace) in [
        ("", Some("default")),
        ("metadata: {name: a}\n", Some("default")),
        ("metadata: {namespace: ''}\n", Some("default")),
        ("metadata: {namespace: x}\n", Some("x")),
        // There is no map to write it into.
        ("metadata: null\n", None),
    ] {
        let file = decoded(&format!("apiVersion: v1\nkind: Pod\n{metadata}"));
        let sent = file.objects.first().unwrap();
        assert_eq!(sent.namespace, namespace.unwrap_or("default"));
        let Verdict::Decoded { object, .. } = &sent.verdict else {
            panic!("{sent:?}");
        };
        let written = object
            .at(&["metadata"])
            .map(|metadata| metadata.text("namespace"));
        assert_eq!(
            written.unwrap_or_default(),
            namespace.unwrap_or_default(),
            "{metadata}"
        );
    }
    assert_eq!(decoded(NODE).objects.first().unwrap().namespace, "");
}

#[test]
fn the_client_ends_a_file_at_what_it_cannot_tell_a_kind_of_and_skips_the_rest() {
    // R-1527
    for (broken, goes_on) in [
        ("a: [", false),
        ("- 1\n", false),
        ("kind: Node\n", false),
        ("apiVersion: a/b/c\nkind: Node\n", false),
        ("apiVersion: v1\nkind: ''\n", true),
        ("apiVersion: v1\nkind: Node\nmetadata: x\n", true),
        ("apiVersion: v1\nkind: Nodes\n", true),
        ("# nothing\n", true),
    ] {
        let file = decoded(&format!("{NODE}---\n{broken}\n---\n{NODE}"));
        let sent = file.objects.len();
        assert_eq!(sent, if goes_on { 2 } else { 1 }, "{broken}");
    }
    assert_eq!(
        errors("apiVersion: a/b/c\nkind: 5\n"),
        [
            "error validating \"f.yaml\": error validating data: [unexpected GroupVersion string: a/b/c, kind isn't \
          string type]; if you choose to ignore these errors, turn validation off with --validate=false"
        ]
    );
    assert_eq!(
        errors("apiVersion: v1\nkind: Node\nmetadata: x\n"),
        [
            "unable to decode \"f.yaml\": json: cannot unmarshal string into Go struct field \
          metadataOnlyObject.metadata of type v1.ObjectMeta"
        ]
    );
}

#[test]
fn a_kind_in_small_letters_passes_the_client_and_no_server_decodes_it() {
    let file = decoded("apiVersion: v1\nkind: node\nmetadata: {name: a}\n");
    assert_eq!(file.errors, []);
    let verdict = &file.objects.first().unwrap().verdict;
    assert!(matches!(verdict, Verdict::Unserved));
    let other = decoded("apiVersion: v1\nkind: Secret\ndata: 5\n");
    assert!(matches!(
        other.objects.first().unwrap().verdict,
        Verdict::NotModelled
    ));
}

fn item_error(item: &str) -> String {
    let errors = errors(&format!(
        "apiVersion: v1\nkind: NodeList\nitems:\n- {item}\n"
    ));
    let error = errors.join("\n");
    let error = error.strip_prefix("error validating \"f.yaml\": error validating data: ");
    let error = error.unwrap_or_default().split("; if you choose").next();
    error.unwrap_or_default().to_owned()
}

#[test]
fn a_list_is_checked_by_the_client_with_the_published_document() {
    // R-1528
    let core = "io.k8s.api.core.v1";
    for (item, error) in [
        (
            "{spec: {unschedulable: true, x: 1}}",
            format!(
                "ValidationError(NodeList.items[0].spec): unknown field \"x\" in {core}.NodeSpec"
            ),
        ),
        (
            "{spec: {unschedulable: 1}}",
            format!(
                "ValidationError(NodeList.items[0].spec.unschedulable): invalid type for {core}.NodeSpec.unschedulable: got \"number\", expected \"boolean\""
            ),
        ),
        (
            "{spec: {taints: [{key: k}]}}",
            format!(
                "ValidationError(NodeList.items[0].spec.taints[0]): missing required field \"effect\" in {core}.Taint"
            ),
        ),
        (
            "{spec: text}",
            format!(
                "ValidationError(NodeList.items[0].spec): invalid type for {core}.NodeSpec: got \"string\", expected \"map\""
            ),
        ),
        (
            "{spec: {taints: {}}}",
            format!(
                "ValidationError(NodeList.items[0].spec.taints): invalid type for {core}.NodeSpec.taints: got \"map\", expected \"array\""
            ),
        ),
        (
            "{metadata: {labels: {a: null}}}",
            "unknown object type \"nil\" in NodeList.items[0].metadata.labels.a".to_owned(),
        ),
        // Text takes every scalar there; the server will not.
        ("{metadata: {labels: {a: 1}}}", String::new()),
        ("{spec: null}", String::new()),
    ] {
        assert_eq!(item_error(item), error, "{item}");
    }
    let list = errors("apiVersion: v1\nkind: NodeList\nextra: 1\n");
    assert!(
        list.first().unwrap().contains(
            "[ValidationError(NodeList): unknown field \"extra\" in io.k8s.api.core.v1.NodeList, \
             ValidationError(NodeList): missing required field \"items\" in io.k8s.api.core.v1.NodeList]"
        ),
        "{list:?}"
    );
}

#[test]
fn items_are_sent_one_by_one_and_their_metadata_is_left_to_the_server() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: 5, namespace: 6}}\n\
                - {apiVersion: x/v1, kind: Widget}\n- {apiVersion: v1, kind: Node}\n";
    let file = decoded(text);
    let kinds: Vec<&str> = file.objects.iter().map(|sent| sent.kind.as_str()).collect();
    assert_eq!(kinds, ["Pod", "Node"]);
    let pod = file.objects.first().unwrap();
    // The number that is no namespace is written over, the one that is no name is not.
    assert_eq!((pod.name.as_str(), pod.namespace.as_str()), ("", "default"));
    let refusal = pod.refusal().unwrap();
    assert!(
        refusal.ends_with("ObjectMeta.metadata.name of type string"),
        "{refusal}"
    );
    // R-1739: what the client found comes last.
    let terminal = file.terminal();
    let lines: Vec<&str> = terminal.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines
            .first()
            .unwrap()
            .starts_with("Error from server (BadRequest): error when creating")
    );
    assert_eq!(
        lines.last().unwrap(),
        &"unable to recognize \"f.yaml\": no matches for kind \"Widget\" in version \"x/v1\""
    );
}

#[test]
fn a_list_within_a_list_is_not_taken_apart() {
    // R-1527
    let inner = "{apiVersion: v1, kind: List, items: []}";
    let text = format!("apiVersion: v1\nkind: List\nitems:\n- {inner}\n---\n{NODE}");
    let file = decoded(&text);
    assert_eq!(
        file.errors.first().unwrap().messages,
        ["*unstructured.Unstructured is not a list: no Items field in this object"]
    );
    assert_eq!(file.objects.len(), 1);
    assert!(decoded("").terminal().is_empty());
}

#[test]
fn keys_that_stand_twice_are_lost_in_a_file_and_listed_first_in_a_body() {
    // R-1525
    let text = format!("{NODE}zoo: 1\nspec:\n  unschedulable: true\n  unschedulable: false\n");
    assert_eq!(said(&text), ["unknown field \"zoo\""]);
    assert_eq!(
        decode_body(text.as_bytes()).unwrap(),
        [
            "yaml: unmarshal errors:\n  line 7: key \"unschedulable\" already set in map",
            "unknown field \"zoo\""
        ]
    );
}

#[test]
fn a_body_in_json_is_decoded_in_its_own_order_and_lists_keys_that_stand_twice() {
    // R-1525
    let text = r#"{"kind": "Node", "apiVersion": "v1", "zoo": 1, "zoo": 2, "metadata": {"labels": {"a": "", "a": ""}},
        "spec": {"unschedulable": true, "x": 1, "unschedulable": false}, "api": 1}"#;
    assert_eq!(
        decode_body(text.as_bytes()).unwrap(),
        [
            "unknown field \"zoo\"",
            "duplicate field \"metadata.labels.a\"",
            "unknown field \"spec.x\"",
            "duplicate field \"spec.unschedulable\"",
            "unknown field \"api\"",
        ]
    );
    // A client that reads the same file has lost the keys, sorts the rest, and writes 10.0 as 10.
    let wanted = ["api", "spec.x", "zoo"].map(|path| format!("unknown field {path:?}"));
    assert_eq!(said(text), wanted);
    let float = r#"{"apiVersion": "v1", "kind": "Pod", "spec": {"priority": 10.0}}"#;
    assert!(said(float).is_empty());
    assert_eq!(
        decode_body(float.as_bytes()).unwrap_err(),
        "json: cannot unmarshal number 10.0 into Go struct field PodSpec.spec.priority of type int32"
    );
}

#[test]
fn every_item_of_a_long_list_is_told() {
    let items: Vec<String> = (0..50_000).map(|at| format!("- {{x{at}: 1}}\n")).collect();
    let text = format!("apiVersion: v1\nkind: NodeList\nitems:\n{}", items.concat());
    let error = errors(&text).concat();
    assert_eq!(error.matches("unknown field").count(), 50_000);
}
