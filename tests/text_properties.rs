//! Whatever the bytes, reading ends without a panic and every place lies in the text.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use daemonset_planner::text::{LineIndex, Span, Stream, Value, stream, yaml};
use proptest::prelude::*;

fn places(read: &Stream<'_>) -> Vec<Span> {
    let mut places = vec![];
    for document in read.documents() {
        places.push(document.span);
        places.extend(document.duplicates.iter().map(|error| error.span));
        for id in document.tree.ids() {
            places.push(document.tree.span(id));
            if let Value::Map(entries) = document.tree.value(id) {
                places.extend(entries.iter().map(|entry| entry.key_span));
            }
        }
        // Written out and read again it is the same.
        let json = document.tree.to_json(document.tree.root());
        let again = yaml::document(json.as_bytes())
            .map(|document| document.tree.to_json(document.tree.root()));
        assert!(again.is_err() || again.unwrap().len() <= json.len() * 2);
    }
    places.extend(read.errors().map(|error| error.span));
    places
}

fn check(bytes: &[u8]) {
    let read = stream::read_bytes(bytes);
    let index = LineIndex::new(bytes);
    let mut places = places(&read);
    for place in &places {
        assert!(
            place.start <= place.end && place.end as usize <= bytes.len(),
            "{place:?}"
        );
    }
    places.sort_unstable();
    let positions: Vec<_> = places
        .iter()
        .map(|place| index.position(place.start, bytes))
        .collect();
    assert!(positions.is_sorted());
    let _ = yaml::document(bytes);
    let _ = stream::decode(bytes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn any_text_of_what_yaml_is_made_of_can_be_read(text in "[ \\n\\t:a1?&*!|>'\"{}\\[\\],#%@.\\\\é\u{feff}\u{85}-]{0,80}") {
        check(text.as_bytes());
    }

    #[test]
    fn a_manifest_with_anything_in_it_can_be_read(
        at in 0usize..100, cut in 0usize..20, bytes in prop::collection::vec(any::<u8>(), 0..12)
    ) {
        let mut text = b"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a, labels: &l {k: \"v\"}}\nspec:\n- a: *l\n".to_vec();
        let at = at.min(text.len());
        text.splice(at..(at + cut).min(text.len()), bytes);
        check(&text);
    }
}
