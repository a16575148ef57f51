//! Documents to objects: which kind, what the server would say, Lists taken apart.
//!
//! A value that can't be read hides nothing beside it: every object, every item of a `List` is looked at for
//! itself (R-1507), although `kubectl` would stop (R-1506, R-1527).

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::object::check::{Subject, check};
use crate::object::decode::{self, Named};
use crate::object::doc::Doc;
use crate::object::findings::quote;
use crate::object::kinds::{self, Role, Word};
use crate::object::reading::Reading;
use crate::object::schema::{Shape, TypeId};
use crate::object::{OtherObject, Place};
use crate::text::{Document, NodeId, Span, Value};

/// An object that waits to be read, with the words that a typed list lends to its items.
struct Waiting<'a> {
    id: NodeId,
    lent: Option<(&'a str, &'a str)>,
    is_item: bool,
}

/// Reads all objects of a document whose text begins at `offset` of the input.
pub(crate) fn document(read: &mut Reading<'_>, document: &Document<'_>, offset: usize) {
    for error in &document.duplicates {
        read.findings
            .push_at(error.span.shifted(offset), || Diagnostic::from(error));
    }
    let doc = Doc {
        tree: &document.tree,
        offset,
        source: read.id,
    };
    let mut waiting = vec![Waiting {
        id: doc.tree.root(),
        lent: None,
        is_item: false,
    }];
    while let Some(next) = waiting.pop() {
        let Some(items) = object(read, doc, &next) else {
            continue;
        };
        waiting.extend(items.ids.iter().rev().map(|&id| Waiting {
            id,
            lent: items.lent,
            is_item: true,
        }));
    }
}

/// The items of a list.
struct Items<'a> {
    ids: &'a [NodeId],
    lent: Option<(&'a str, &'a str)>,
}

/// Reads one object; a list gives its items back.
fn object<'a>(read: &mut Reading<'_>, doc: Doc<'a>, waiting: &Waiting<'a>) -> Option<Items<'a>> {
    let id = waiting.id;
    if !matches!(doc.tree.value(id), Value::Map(_)) {
        not_an_object(read, doc, waiting);
        return None;
    }
    let (lent_version, lent_kind) = waiting.lent.unwrap_or_default();
    let mut word = |key: &str, lent: &'a str| -> &'a str {
        let written = doc.text(id, key);
        not_text(read, doc, id, key);
        if written.is_empty() { lent } else { written }
    };
    let api_version = word("apiVersion", lent_version);
    let kind = word("kind", lent_kind);
    if let Some(of) = kind.strip_suffix("List")
        && let Some(list) = doc.tree.get(id, "items")
    {
        if !matches!(doc.tree.value(list), Value::Seq(_) | Value::Null) {
            let span = doc.span(list);
            read.findings.push_at(span, || {
                Diagnostic::new(Code::WrongType, format!("items of the {kind} is no list"))
                    .found("", "a list")
                    .help("begin each object with `- `")
            });
        }
        let lent = (!of.is_empty()).then_some((api_version, of));
        return Some(Items {
            ids: doc.items(list),
            lent,
        });
    }
    single(read, doc, id, api_version, kind);
    None
}

/// Reads an object that is no list.
fn single(read: &mut Reading<'_>, doc: Doc<'_>, id: NodeId, api_version: &str, kind: &str) {
    let top = top_of(doc, id);
    if kind.is_empty() {
        missing_words(read, doc, id, api_version);
        return;
    }
    if kind == "List" {
        missing_items(read, top);
        return;
    }
    let role = if api_version.is_empty() {
        let role = kinds::role_of_kind_alone(kind);
        missing_version(read, top, role, kind);
        role
    } else {
        let (role, finding) = kinds::role(api_version, kind);
        if let Some((word, finding)) = finding {
            let key = match word {
                Word::ApiVersion => "apiVersion",
                Word::Kind => "kind",
            };
            let span = doc.tree.get(id, key).map_or(top, |value| doc.span(value));
            read.findings.push_at(span, || finding);
        }
        role
    };
    inspect(read, doc, id, role);
    let text = &read.findings.source().text;
    let named = decode::named(doc, id, text);
    let name = decode::name_of(&named);
    let shown = if role == Role::Other {
        kind
    } else {
        role.kind()
    };
    if role == Role::Other || (role == Role::Scheduler && name != "cluster") {
        read.other(OtherObject {
            place: doc.place(id),
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
            namespace: namespace_of(doc, id),
            name,
        });
        return;
    }
    if !name_is_there(read, &named, shown, top) {
        return;
    }
    read.count(shown);
    let strings = &mut read.strings;
    let objects = &mut read.objects;
    match role {
        Role::DaemonSet => {
            objects
                .daemon_sets
                .push(decode::daemon_set(doc, id, api_version, &name, strings));
        }
        Role::Node => objects.nodes.push(decode::node(doc, id, &name, strings)),
        Role::Pod => objects.pods.push(decode::pod(doc, id, &name, strings)),
        Role::ControllerRevision => objects
            .revisions
            .push(decode::controller_revision(doc, id, &name, strings)),
        Role::Namespace | Role::Project => objects
            .namespaces
            .push(decode::namespace(doc, id, &name, strings)),
        Role::Scheduler => {
            objects.default_node_selector = Some(default_node_selector(doc, id));
        }
        Role::Other => {}
    }
}

/// Checks the object against its type; of a Project, only `metadata`.
fn inspect(read: &mut Reading<'_>, doc: Doc<'_>, id: NodeId, role: Role) {
    let subject = Subject {
        kind: role.kind(),
        path: "",
        printed: is_printed(doc, id),
    };
    if let Some(of) = kinds::shape(role) {
        check(doc, id, Shape::Struct(of), subject, &mut read.findings);
    } else if role == Role::Project
        && let Some(meta) = doc.tree.get(id, "metadata")
        && let Some(of) = TypeId::named("v1.ObjectMeta")
    {
        let subject = Subject {
            path: "metadata",
            ..subject
        };
        check(doc, meta, Shape::Struct(of), subject, &mut read.findings);
    }
}

/// Whether a cluster printed the object: then it has what only a cluster gives.
fn is_printed(doc: Doc<'_>, id: NodeId) -> bool {
    let given = |path: &[&str]| {
        doc.tree
            .at_path(id, path)
            .is_some_and(|value| !matches!(doc.tree.value(value), Value::Null))
    };
    given(&["status"]) || given(&["metadata", "uid"]) || given(&["metadata", "resourceVersion"])
}

/// `spec.defaultNodeSelector`, empty where the object has none.
fn default_node_selector(doc: Doc<'_>, id: NodeId) -> (String, Place) {
    match doc.tree.at_path(id, &["spec", "defaultNodeSelector"]) {
        Some(value) => (
            doc.tree.str(value).unwrap_or_default().to_owned(),
            doc.place(value),
        ),
        None => (String::new(), doc.place(id)),
    }
}

fn namespace_of(doc: Doc<'_>, id: NodeId) -> String {
    doc.tree
        .get(id, "metadata")
        .map_or(String::new(), |meta| doc.text(meta, "namespace").to_owned())
}

/// Where a finding about the whole object points: its first key.
fn top_of(doc: Doc<'_>, id: NodeId) -> Span {
    match doc.entries(id).first() {
        Some(entry) => doc.key_span(entry),
        None => doc.span(id),
    }
}

fn not_an_object(read: &mut Reading<'_>, doc: Doc<'_>, waiting: &Waiting<'_>) {
    let value = doc.tree.value(waiting.id);
    let span = doc.span(waiting.id);
    let what = match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Int(_) | Value::UInt(_) | Value::Float(_) => "a number",
        Value::Str(_) => "text",
        Value::Seq(_) => "a list",
        Value::Map(_) => "a map",
    };
    let found = match value {
        Value::Seq(_) | Value::Map(_) => what.to_owned(),
        _ => read.findings.quoted(span),
    };
    let (code, whose) = if waiting.is_item {
        (Code::WrongType, "an item of the list")
    } else {
        (Code::MissingField, "the document")
    };
    read.findings.push_at(span, || {
        Diagnostic::new(code, format!("{whose} is {what}, not an object"))
            .found(found, "a map with `apiVersion`, `kind` and `metadata`")
            .help("an object begins with lines such as `apiVersion: apps/v1` and `kind: DaemonSet`")
    });
}

/// `apiVersion` or `kind` that is there and is no text.
fn not_text(read: &mut Reading<'_>, doc: Doc<'_>, id: NodeId, key: &str) {
    let Some(value) = doc.tree.get(id, key) else {
        return;
    };
    let code = match doc.tree.value(value) {
        Value::Str(_) | Value::Null => return,
        Value::Seq(_) | Value::Map(_) => Code::WrongType,
        _ => Code::NotText,
    };
    // A known kind's own words are checked with the rest of it.
    if kinds::role(doc.text(id, "apiVersion"), doc.text(id, "kind")).0 != Role::Other {
        return;
    }
    let span = doc.span(value);
    let found = read.findings.quoted(span);
    read.findings.push_at(span, || {
        Diagnostic::new(code, format!("{key} is not text"))
            .found(found, "text")
            .help(format!("write the {key} as a word"))
    });
}

fn missing_words(read: &mut Reading<'_>, doc: Doc<'_>, id: NodeId, api_version: &str) {
    let keys: Vec<String> = doc
        .entries(id)
        .iter()
        .take(6)
        .map(|entry| quote(doc.tree.key(entry)))
        .collect();
    let found = if keys.is_empty() {
        "an empty map".to_owned()
    } else {
        format!("the keys {}", keys.join(", "))
    };
    let (what, help) = if api_version.is_empty() {
        (
            "apiVersion and kind are",
            "for a DaemonSet write `apiVersion: apps/v1` and `kind: DaemonSet` at the top",
        )
    } else {
        (
            "kind is",
            "write which kind of object it is, such as `kind: DaemonSet`",
        )
    };
    read.findings.push_at(top_of(doc, id), || {
        Diagnostic::new(
            Code::MissingField,
            format!("{what} missing, so the object cannot be read"),
        )
        .found(found, "`apiVersion` and `kind`")
        .help(help)
    });
}

fn missing_version(read: &mut Reading<'_>, top: Span, role: Role, kind: &str) {
    let help = match role.api_version() {
        "" => format!("write the apiVersion of {}", quote(kind)),
        version => format!("write `apiVersion: {version}`"),
    };
    read.findings.push_at(top, || {
        Diagnostic::new(
            Code::MissingField,
            format!("apiVersion of the {} is missing", quote(kind)),
        )
        .found("", "apiVersion")
        .help(help)
    });
}

fn missing_items(read: &mut Reading<'_>, top: Span) {
    read.findings.push_at(top, || {
        Diagnostic::new(Code::MissingField, "the List has no items")
            .found("", "items")
            .help("write the objects below `items:`, each beginning with `- `")
    });
}

/// Whether the object can be named; says so where it has no name of its own.
fn name_is_there(read: &mut Reading<'_>, named: &Named<'_>, kind: &str, top: Span) -> bool {
    match named {
        Named::Name(_) => true,
        Named::Generated(name) => {
            let name = quote(name);
            read.findings.push_at(top, || {
                Diagnostic::new(
                    Code::MissingField,
                    format!("metadata.name of the {kind} is missing; the server would make one from generateName"),
                )
                .severity(Severity::Warning)
                .found("generateName", "metadata.name")
                .help(format!("it is called {name} here; `kubectl apply` needs a name of its own"))
            });
            true
        }
        Named::Nameless => {
            read.findings.push_at(top, || {
                Diagnostic::new(
                    Code::MissingField,
                    format!("metadata.name of the {kind} is missing, so it is left out"),
                )
                .found("", "metadata.name")
                .help("write `name: …` below `metadata:`")
            });
            false
        }
    }
}
