//! Mangled manifests and tables never end a reading, and every finding and object lies inside its text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use daemonset_planner::object::input::read;
use daemonset_planner::text::Span;
use proptest::prelude::*;
use proptest::sample::Index;

const SEEDS: &[&str] = &[
    include_str!("samples/daemonset.yaml"),
    include_str!("samples/node.yaml"),
    include_str!("samples/daemonset.json"),
    include_str!("samples/namespace.yaml"),
    include_str!("samples/nodes.txt"),
    include_str!("samples/nodes-wide-no-headers.txt"),
    include_str!("samples/nodes-label-columns.txt"),
    include_str!("samples/pods-all-wide.txt"),
    include_str!("samples/namespaces.txt"),
    include_str!("samples/nodes-names.txt"),
    include_str!("samples/describe-namespace.txt"),
    include_str!("samples/daemonset-wide.txt"),
];

const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "---\n",
    "\t",
    " ",
    "   ",
    ": ",
    "- ",
    "true",
    "~",
    "é",
    "😀",
    "\u{feff}",
    "\0",
    "\r",
    "[",
    "{",
    "}",
    "\"",
    "|\n",
    "&a ",
    "*a",
    "<<: ",
    "NAME   STATUS   AGE\n",
    "n1\n",
    "node/n1\n",
    "$ kubectl get\n",
    "kind: Daemonset\n",
    "apiVersion: v1\n",
    "items:\n",
    "(5m ago)",
    "<none>",
    ",",
    "1/1",
    "Ready",
];

#[derive(Clone, Debug)]
enum Edit {
    Put(Index, &'static str),
    Cut(Index, usize),
    Join(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<Index>(), proptest::sample::select(PIECES))
            .prop_map(|(at, text)| Edit::Put(at, text)),
        (any::<Index>(), 0..60_usize).prop_map(|(at, len)| Edit::Cut(at, len)),
        (any::<Index>(), any::<Index>()).prop_map(|(seed, at)| Edit::Join(seed, at)),
    ]
}

fn mangle(seed: &str, edits: &[Edit]) -> Vec<u8> {
    let mut bytes = seed.as_bytes().to_vec();
    for edit in edits {
        let size = bytes.len();
        match edit {
            Edit::Put(at, text) => {
                let at = at.index(size + 1);
                bytes.splice(at..at, text.bytes());
            }
            Edit::Cut(at, len) => {
                let at = at.index(size + 1);
                bytes.drain(at..(at + len).min(size));
            }
            Edit::Join(seed, at) => {
                let other = SEEDS[seed.index(SEEDS.len())];
                let from = at.index(other.len());
                bytes.extend(other.as_bytes()[from..].iter().take(2_000));
            }
        }
    }
    bytes
}

fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    let read = read(0, "paste", bytes);
    let size = u32::try_from(read.source.text.len()).unwrap();
    let inside = |span: Span| span.start <= span.end && span.end <= size;
    let lines = u32::try_from(read.source.lines.lines()).unwrap();
    for finding in &read.diagnostics {
        prop_assert!(!finding.message.is_empty());
        if let Some(at) = &finding.location {
            prop_assert!(at.start <= at.end, "{finding:?}");
            prop_assert!(at.start.line >= 1 && at.end.line <= lines, "{finding:?}");
        }
    }
    let objects = &read.objects;
    for node in &objects.nodes {
        prop_assert!(!node.name.is_empty() && inside(node.place.span));
        prop_assert!(
            node.label_spans
                .iter()
                .chain(&node.taint_spans)
                .all(|span| inside(*span))
        );
        prop_assert_eq!(node.taint_spans.len(), node.taints.len());
    }
    for set in &objects.daemon_sets {
        prop_assert!(!set.meta.name.is_empty() && inside(set.place.span));
        prop_assert!(set.places.values().all(|span| inside(*span)));
    }
    for namespace in &objects.namespaces {
        prop_assert!(!namespace.name.is_empty() && inside(namespace.place.span));
        let spans = &namespace.annotation_spans;
        prop_assert!(spans.iter().all(|span| inside(*span)));
        prop_assert!(spans.is_empty() || spans.len() == namespace.annotations.len());
    }
    for pod in &objects.pods {
        prop_assert!(!pod.meta.name.is_empty() && inside(pod.place.span));
    }
    let counted: u32 = read.counts.values().sum();
    let total = objects.nodes.len()
        + objects.daemon_sets.len()
        + objects.namespaces.len()
        + objects.pods.len()
        + objects.others.len();
    // The cluster's Scheduler is counted and kept apart.
    prop_assert!(usize::try_from(counted).unwrap() >= total);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mangled_manifests_and_tables_are_read_or_refused(
        seed in 0..SEEDS.len(),
        edits in proptest::collection::vec(edit(), 1..12),
    ) {
        holds(&mangle(SEEDS[seed], &edits))?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&bytes)?;
    }
}
