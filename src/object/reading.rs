//! The state of one input's reading: what was read so far, and what there is to say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::object::findings::Findings;
use crate::object::labels::Interner;
use crate::object::{Objects, OtherObject, Place, SourceId};
use crate::text::{SourceText, Span};

/// How many objects of each kind were read.
pub(crate) type Counts = BTreeMap<String, u32>;

/// One input while it is read.
#[derive(Debug)]
pub(crate) struct Reading<'s> {
    /// Its number.
    pub id: SourceId,
    /// What there is to say.
    pub findings: Findings<'s>,
    /// What was read.
    pub objects: Objects,
    /// Shared texts.
    pub strings: Interner,
    /// Objects read since the last [`Reading::take_counts`].
    counts: Counts,
    /// Objects read in all.
    total: Counts,
    /// What was said with [`Reading::say_once`].
    said: BTreeSet<String>,
    /// Objects of other kinds, by kind; a Scheduler that isn't the cluster's is one.
    unused: Counts,
}

impl<'s> Reading<'s> {
    /// Nothing read yet.
    pub(crate) fn new(id: SourceId, source: &'s SourceText) -> Self {
        Self {
            id,
            findings: Findings::new(source),
            objects: Objects::default(),
            strings: Interner::default(),
            counts: Counts::new(),
            total: Counts::new(),
            said: BTreeSet::new(),
            unused: Counts::new(),
        }
    }

    /// A place in this input.
    pub(crate) fn place(&self, span: Span) -> Place {
        Place {
            source: self.id,
            span,
        }
    }

    /// The shared copy of `text`.
    pub(crate) fn intern(&mut self, text: &str) -> Arc<str> {
        self.strings.intern(text)
    }

    /// Counts one more object.
    pub(crate) fn count(&mut self, kind: &str) {
        match self.counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(kind.to_owned(), 1);
            }
        }
    }

    /// Lists an object that the planner has no use for.
    pub(crate) fn other(&mut self, object: OtherObject) {
        self.count(&object.kind);
        *self.unused.entry(object.kind.clone()).or_default() += 1;
        self.objects.others.push(object);
    }

    /// Lists an object of which a table shows too little.
    pub(crate) fn listed(&mut self, object: OtherObject) {
        self.count(&object.kind);
        self.objects.others.push(object);
    }

    /// Says what this input can't tell, unless that was said before.
    pub(crate) fn say_once(&mut self, span: Span, message: &str, help: &str) {
        if self.said.insert(message.to_owned()) {
            self.findings
                .push_at(span, || Diagnostic::new(Code::NotShown, message).help(help));
        }
    }

    /// What was counted since this was asked last.
    pub(crate) fn take_counts(&mut self) -> Counts {
        let counts = std::mem::take(&mut self.counts);
        for (kind, count) in &counts {
            *self.total.entry(kind.clone()).or_default() += count;
        }
        counts
    }

    /// Ends the reading: the objects, the findings and the counts. Objects that play no part are summed up in
    /// one sentence.
    pub(crate) fn finish(mut self) -> (Objects, Vec<Diagnostic>, Counts) {
        self.take_counts();
        if !self.unused.is_empty() {
            self.findings.push(Diagnostic::new(
                Code::OtherKind,
                format!("also read, not used: {}", listed(&self.unused)),
            ));
        }
        (self.objects, self.findings.finish(), self.total)
    }
}

/// Counts in words: `3 ConfigMaps, 1 Service`.
pub(crate) fn listed(counts: &Counts) -> String {
    let each: Vec<String> = counts
        .iter()
        .map(|(kind, &count)| counted(count, kind))
        .collect();
    each.join(", ")
}

/// A number of things: `1 Ingress`, `2 Ingresses`, `3 nodes`.
pub(crate) fn counted(count: u32, thing: &str) -> String {
    if count == 1 {
        return format!("1 {thing}");
    }
    let consonant_y = thing
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match consonant_y {
        Some(stem) => format!("{count} {stem}ies"),
        None if thing.ends_with("ss") || thing.ends_with('x') || thing.ends_with("ch") => {
            format!("{count} {thing}es")
        }
        // `Endpoints` is its own plural.
        None if thing.ends_with('s') => format!("{count} {thing}"),
        None => format!("{count} {thing}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_counted_in_words() {
        assert_eq!(counted(1, "Node"), "1 Node");
        assert_eq!(counted(0, "Node"), "0 Nodes");
        assert_eq!(counted(2, "NetworkPolicy"), "2 NetworkPolicies");
        assert_eq!(counted(2, "Ingress"), "2 Ingresses");
        assert_eq!(counted(2, "Endpoints"), "2 Endpoints");
        assert_eq!(counted(2, "Gateway"), "2 Gateways");
        let counts = Counts::from([("Service".to_owned(), 1), ("ConfigMap".to_owned(), 3)]);
        assert_eq!(listed(&counts), "3 ConfigMaps, 1 Service");
    }

    #[test]
    fn objects_that_play_no_part_are_summed_up_once() {
        let source = SourceText::new("a", "");
        let mut reading = Reading::new(0, &source);
        for kind in ["Service", "ConfigMap", "ConfigMap"] {
            reading.other(OtherObject {
                kind: kind.into(),
                ..OtherObject::default()
            });
        }
        let (objects, findings, counts) = reading.finish();
        assert_eq!(objects.others.len(), 3);
        assert_eq!(counts.get("ConfigMap"), Some(&2));
        let [finding] = findings.as_slice() else {
            panic!("{findings:?}")
        };
        assert_eq!(
            finding.message,
            "also read, not used: 2 ConfigMaps, 1 Service"
        );
        assert_eq!(finding.code, Code::OtherKind);
    }
}
