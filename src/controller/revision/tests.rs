use super::*;
use crate::object::{schema, value::decode};
use crate::text::yaml;

fn daemon_set(yaml: &str) -> Struct {
    let document = yaml::document(yaml.as_bytes()).unwrap();
    let of = schema::kind("apps/v1", "DaemonSet").unwrap();
    let (set, errors) = decode(&document.tree, document.tree.root(), of);
    assert_eq!(errors, []);
    set.stored()
}

#[test]
fn the_hash_function_is_the_one_of_its_specification() {
    // Test vectors of the FNV draft.
    assert_eq!(fnv1a(*b""), 0x811c_9dc5);
    assert_eq!(fnv1a(*b"a"), 0xe40c_292c);
    assert_eq!(fnv1a(*b"foobar"), 0xbf9c_f968);
}

#[test]
fn digits_become_letters_that_spell_nothing() {
    assert_eq!(encode(1_234_567_890), "56789bcdf4");
    assert_eq!(encode(0), "4");
}

#[test]
fn a_count_of_no_collisions_is_not_the_same_as_no_count() {
    let hash = |status: &str| template_hash(&daemon_set(status)).unwrap();
    let (none, zero, one) = (
        hash("{}"),
        hash("{status: {collisionCount: 0}}"),
        hash("{status: {collisionCount: 1}}"),
    );
    assert!(
        none != zero && zero != one && none != one,
        "{none} {zero} {one}"
    );
}

#[test]
fn a_time_in_the_template_leaves_the_hash_unknown() {
    let set =
        daemon_set("{spec: {template: {metadata: {creationTimestamp: '2026-01-01T00:00:00Z'}}}}");
    let unknown = template_hash(&set).unwrap_err();
    assert_eq!(unknown.field, "creationTimestamp");
    let without = daemon_set("{spec: {template: {metadata: {creationTimestamp: null}}}}");
    assert!(template_hash(&without).is_ok());
}

#[test]
fn the_data_is_the_template_as_a_patch() {
    let set = daemon_set(
        "{spec: {template: {metadata: {labels: {a: '<b>'}}, \
         spec: {activeDeadlineSeconds: 9223372036854775807, containers: [{name: c}]}}}}",
    );
    // The controller reads its own JSON into floats, so 2^63 - 1 comes out rounded.
    assert_eq!(
        data(&set),
        r#"{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"a":"\u003cb\u003e"}},"spec":{"activeDeadlineSeconds":9223372036854776000,"containers":[{"name":"c","resources":{}}]}}}}"#
    );
    assert_eq!(
        data(&daemon_set("{}")),
        r#"{"spec":{"template":{"$patch":"replace","metadata":{},"spec":{"containers":null}}}}"#
    );
}
