//! One walk of a document against its type: fields that the type doesn't have, values that it can't hold.
//!
//! Knows nothing of single kinds; what to say about a value that doesn't fit is in [`super::misfit`].
//! Decides nothing: a value that doesn't fit is left out by the decoders, the finding is made here.
//!
//! No recursion: the way from the top is a list of open maps and lists, from which a path is made only when
//! there is something to say. Cost: O(values), a search in the type's fields for each key.
//!
//! Source: the strict decoder of apimachinery (R-1520 to R-1526).

use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::object::doc::Doc;
use crate::object::findings::Findings;
use crate::object::misfit::{self, Fit, Slot};
use crate::object::schema::{Field, Shape, ShapeId, TypeId};
use crate::object::suggest::nearest;
use crate::text::{Entry, NodeId, Value};

/// A map or list that the walk is inside of, and how far.
enum Open<'a> {
    Fields {
        entries: &'a [Entry],
        next: usize,
        of: TypeId,
    },
    Values {
        entries: &'a [Entry],
        next: usize,
        each: ShapeId,
    },
    Items {
        items: &'a [NodeId],
        next: usize,
        each: ShapeId,
    },
}

/// What is known of the object that is checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'k> {
    /// Its kind, for `kubectl explain`.
    pub kind: &'k str,
    /// The path of the checked value from the object, empty for the object itself.
    pub path: &'k str,
    /// A cluster printed it: a field that is unknown here may come from a newer server, which is only worth a
    /// warning.
    pub printed: bool,
}

/// Checks the value `root` of `doc` as a `shape`.
pub(crate) fn check(
    doc: Doc<'_>,
    root: NodeId,
    shape: Shape,
    subject: Subject<'_>,
    to: &mut Findings<'_>,
) {
    let mut walk = Walk {
        doc,
        subject,
        open: vec![],
        to,
    };
    walk.value(root, shape, Slot::Field, None);
    walk.run();
}

struct Walk<'a, 'k, 'f, 's> {
    doc: Doc<'a>,
    subject: Subject<'k>,
    open: Vec<Open<'a>>,
    to: &'f mut Findings<'s>,
}

impl Walk<'_, '_, '_, '_> {
    fn run(&mut self) {
        while let Some(open) = self.open.last_mut() {
            match open {
                Open::Fields { entries, next, of } => {
                    let (of, Some(entry)) = (*of, entries.get(*next)) else {
                        self.open.pop();
                        continue;
                    };
                    *next += 1;
                    match of.field(self.doc.tree.key(entry)) {
                        Some(field) => {
                            let shape = field.shape().get();
                            self.value(entry.value, shape, Slot::Field, Some(entry));
                        }
                        None => self.unknown(entry, of),
                    }
                }
                Open::Values {
                    entries,
                    next,
                    each,
                } => {
                    let (each, Some(entry)) = (*each, entries.get(*next)) else {
                        self.open.pop();
                        continue;
                    };
                    *next += 1;
                    self.value(entry.value, each.get(), Slot::Member, Some(entry));
                }
                Open::Items { items, next, each } => {
                    let (each, Some(&item)) = (*each, items.get(*next)) else {
                        self.open.pop();
                        continue;
                    };
                    *next += 1;
                    self.value(item, each.get(), Slot::Member, None);
                }
            }
        }
    }

    /// Judges one value; one that holds others is opened.
    fn value(&mut self, id: NodeId, shape: Shape, slot: Slot, entry: Option<&Entry>) {
        let value = self.doc.tree.value(id);
        match (shape, value) {
            (Shape::Struct(of), Value::Map(entries)) => {
                self.open.push(Open::Fields {
                    entries,
                    next: 0,
                    of,
                });
            }
            (Shape::Map(each), Value::Map(entries)) => {
                self.open.push(Open::Values {
                    entries,
                    next: 0,
                    each,
                });
            }
            (Shape::List(each), Value::Seq(items)) => {
                self.open.push(Open::Items {
                    items,
                    next: 0,
                    each,
                });
            }
            (Shape::Text, Value::Str(_)) | (Shape::Any, _) => {}
            _ => {
                let fit = misfit::judge(shape, &value, slot);
                if fit != Fit::Fits {
                    self.misfit(id, shape, fit, entry);
                }
            }
        }
    }

    fn misfit(&mut self, id: NodeId, shape: Shape, fit: Fit, entry: Option<&Entry>) {
        let span = self.doc.span(id);
        let value = self.doc.tree.value(id);
        let key = entry.map(|entry| self.to.quoted(self.doc.key_span(entry)));
        let found = match value {
            Value::Map(_) => "a map".to_owned(),
            Value::Seq(_) => "a list".to_owned(),
            _ => self.to.quoted(span),
        };
        // A null that stands for empty text is worth a word only where somebody wrote it.
        if fit == Fit::EmptyText && found.is_empty() {
            return;
        }
        let path = self.path();
        self.to.push_at(span, || {
            misfit::explain(fit, shape, &value, key.as_deref(), &path, &found)
        });
    }

    fn unknown(&mut self, entry: &Entry, of: TypeId) {
        let doc = self.doc;
        let key = doc.tree.key(entry);
        let path = self.path();
        let parent = match self.open.last() {
            Some(Open::Fields { entries, .. }) => *entries,
            _ => &[],
        };
        let value = doc.tree.value(entry.value);
        let fitting = of
            .fields()
            .filter(|field| misfit::judge(field.shape().get(), &value, Slot::Field) == Fit::Fits)
            .map(Field::json_name)
            .filter(|name| parent.iter().all(|other| doc.tree.key(other) != *name));
        let kind = self.subject.kind;
        let help = match nearest(key, fitting) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!(
                "take it out, or look where it belongs: `kubectl explain {}`",
                explained(kind, &path, key)
            ),
        };
        let severity = if self.subject.printed {
            Severity::Warning
        } else {
            Severity::Error
        };
        let type_name = of.short_name();
        self.to.push_at(doc.key_span(entry), || {
            Diagnostic::new(Code::UnknownField, format!("unknown field {path:?}"))
                .severity(severity)
                .found(misfit::shortened(key), format!("a field of {type_name}"))
                .help(help)
        });
    }

    /// The path of the value that is looked at, as the API server writes it (R-1524).
    fn path(&self) -> String {
        let mut path = self.subject.path.to_owned();
        for open in &self.open {
            match open {
                Open::Fields { entries, next, .. } | Open::Values { entries, next, .. } => {
                    let Some(entry) = next.checked_sub(1).and_then(|at| entries.get(at)) else {
                        continue;
                    };
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&misfit::shortened(self.doc.tree.key(entry)));
                }
                Open::Items { next, .. } => {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{}]", next.saturating_sub(1));
                }
            }
        }
        path
    }
}

/// What to ask `kubectl explain` for: the path of the map that holds `key`, without places in lists.
fn explained(kind: &str, path: &str, key: &str) -> String {
    let parent = path
        .strip_suffix(key)
        .map_or(path, |rest| rest.trim_end_matches('.'));
    let mut out = kind.to_ascii_lowercase();
    for part in parent.split('.').filter(|part| !part.is_empty()) {
        out.push('.');
        out.push_str(part.split('[').next().unwrap_or_default());
    }
    out
}
