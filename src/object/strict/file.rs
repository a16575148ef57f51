//! The client's way through a file: document by document, lists taken apart (R-1523, R-1527).
//!
//! Source: cli-runtime `pkg/resource`, visitor.go and mapper.go; apimachinery's unstructured decoder.

use std::collections::BTreeSet;

use super::kinds::{Kind, NO_OBJECT, kind_of};
use super::walk::{Start, Writer, walk};
use super::{DecodedFile, FileError, Sent, Verdict, metadata, openapi};
use crate::object::schema;
use crate::object::value::{Value as Typed, decode};
use crate::selector::quote::quote;
use crate::text::{NodeId, TextError, TextErrorKind, Tree, Value, stream};

/// Reads a file as a client that is told to create what is in it. `file` is the name that its errors tell.
///
/// Cost: O(bytes); every object is walked twice.
///
/// ```
/// use daemonset_planner::object::strict::decode_file;
///
/// let file = decode_file("node.yaml", b"apiVersion: v1\nkind: Node\nspec: {taint: []}\n");
/// assert_eq!(
///     file.terminal(),
///     "Error from server (BadRequest): error when creating \"node.yaml\": Node in version \"v1\" cannot be \
///      handled as a Node: strict decoding error: unknown field \"spec.taint\""
/// );
/// ```
pub fn decode_file(file: &str, bytes: &[u8]) -> DecodedFile {
    let mut client = Client {
        name: quote(file),
        made: DecodedFile {
            file: file.to_owned(),
            ..DecodedFile::default()
        },
    };
    let decoded = stream::decode(bytes);
    let text = decoded.as_deref().map_or(bytes, str::as_bytes);
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    for part in stream::read_bytes(text).parts {
        let goes_on = match part {
            Ok(document) => client.document(&document.tree),
            Err(error) => {
                client.fail(not_parsed(file, &error));
                false
            }
        };
        if !goes_on {
            break;
        }
    }
    client.made
}

/// The errors of one value in the form of an aggregate: a single one as it is, several in brackets, equal
/// ones once.
pub(super) fn together(errors: &[String]) -> String {
    let mut seen = BTreeSet::new();
    let distinct = errors.iter().map(String::as_str);
    let distinct: Vec<&str> = distinct.filter(|error| seen.insert(*error)).collect();
    match distinct.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("[{}]", many.join(", ")),
    }
}

fn not_parsed(file: &str, error: &TextError) -> String {
    if error.kind == TextErrorKind::Separator {
        return format!("error parsing {file}: {}", error.message);
    }
    let message = error.go_message();
    format!("error parsing {file}: error converting YAML to JSON: {message}")
}

struct Client {
    /// The file's name, quoted.
    name: String,
    made: DecodedFile,
}

impl Client {
    fn fail(&mut self, message: String) {
        self.made.errors.push(FileError {
            messages: vec![message],
            is_gathered: false,
        });
    }

    fn invalid(&mut self, errors: &[String]) {
        let (name, errors) = (&self.name, together(errors));
        let message = format!(
            "error validating {name}: error validating data: {errors}; if you choose to ignore these errors, \
             turn validation off with --validate=false"
        );
        self.fail(message);
    }

    /// Reads one document; `false` ends the file.
    fn document(&mut self, tree: &Tree<'_>) -> bool {
        let root = tree.root();
        let kind = match kind_of(tree, root) {
            Ok(kind) => kind,
            Err(errors) => {
                self.invalid(&errors);
                return false;
            }
        };
        let errors = openapi::list_errors(tree, root, kind);
        if !errors.is_empty() {
            self.invalid(&errors);
            return false;
        }
        let items = tree.get(root, "items");
        let undecodable = if kind.kind.is_empty() {
            Some(format!(
                "Object 'Kind' is missing in '{}'",
                tree.to_json(root)
            ))
        } else {
            items
                .and_then(|items| not_items(tree, items))
                .or_else(|| metadata::error(tree, root))
        };
        if let Some(error) = undecodable {
            self.fail(format!("unable to decode {}: {error}", self.name));
        } else if !kind.is_list_of_something() && kind.resource().is_none() {
            let (name, namespace) = (
                quote(meta(tree, root, "name")),
                quote(meta(tree, root, "namespace")),
            );
            self.fail(format!(
                "resource mapping not found for name: {name} namespace: {namespace} from {}: {}\nensure CRDs are \
                 installed first",
                self.name,
                kind.no_match()
            ));
        } else if let Some(items) = items {
            self.list(tree, items, kind);
        } else {
            self.send(tree, root, kind);
        }
        true
    }

    /// Sends the items of a list. What is wrong with them is gathered and told as one.
    fn list(&mut self, tree: &Tree<'_>, items: NodeId, list: Kind<'_>) {
        let Value::Seq(items) = tree.value(items) else {
            return;
        };
        let is_list = |&item: &NodeId| {
            let inner = tree.get(item, "items").map(|items| tree.value(items));
            matches!(inner, Some(Value::Seq(_)))
        };
        if items.iter().any(is_list) {
            let message = "*unstructured.Unstructured is not a list: no Items field in this object";
            self.fail(message.to_owned());
            return;
        }
        let mut errors = vec![];
        for &item in items {
            let text = |key| tree.get(item, key).and_then(|node| tree.str(node));
            let (api_version, kind) = (
                text("apiVersion").unwrap_or_default(),
                text("kind").unwrap_or_default(),
            );
            let own = Kind { api_version, kind };
            let kind = if api_version.is_empty() && kind.is_empty() {
                list.of_items()
            } else {
                own
            };
            if kind.resource().is_some() {
                self.send(tree, item, kind);
            } else {
                errors.push(format!(
                    "unable to recognize {}: {}",
                    self.name,
                    kind.no_match()
                ));
            }
        }
        if !errors.is_empty() {
            self.made.errors.push(FileError {
                messages: errors,
                is_gathered: true,
            });
        }
    }

    fn send(&mut self, tree: &Tree<'_>, object: NodeId, kind: Kind<'_>) {
        let resource = kind.resource();
        let is_namespaced = resource.is_some_and(|resource| resource.served.namespaced);
        let mut namespace = meta(tree, object, "namespace");
        let is_given = is_namespaced && namespace.is_empty();
        if is_given {
            namespace = "default";
        }
        // There is no place to write it in a `metadata` that is no map (R-1523).
        let metadata = tree.get(object, "metadata").map(|node| tree.value(node));
        let is_written = is_given && matches!(metadata, None | Some(Value::Map(_)));
        let is_spelled = resource.is_some_and(|resource| resource.is_spelled);
        let verdict = if is_spelled {
            verdict(tree, object, kind, is_written.then_some(namespace))
        } else {
            Verdict::Unserved
        };
        self.made.objects.push(Sent {
            api_version: kind.api_version.to_owned(),
            kind: kind.kind.to_owned(),
            name: meta(tree, object, "name").to_owned(),
            namespace: namespace.to_owned(),
            verdict,
        });
    }
}

/// A text in `metadata`; empty where there is none.
fn meta<'t>(tree: &'t Tree<'_>, object: NodeId, key: &str) -> &'t str {
    let node = tree.at_path(object, &["metadata", key]);
    node.and_then(|node| tree.str(node)).unwrap_or_default()
}

/// What the client says of `items` that are no list of maps.
fn not_items(tree: &Tree<'_>, items: NodeId) -> Option<String> {
    let items = match tree.value(items) {
        Value::Null => &[],
        Value::Seq(items) => items,
        other => {
            let what = other.kind();
            return Some(format!(
                "json: cannot unmarshal {what} into Go struct field decodeList.items of type []json.RawMessage"
            ));
        }
    };
    items.iter().find_map(|&item| match tree.value(item) {
        Value::Map(_) => None,
        Value::Null => Some(NO_OBJECT.to_owned()),
        other => Some(format!(
            "json: cannot unmarshal {} into Go value of type map[string]interface {{}}",
            other.kind()
        )),
    })
}

/// What the server makes of an object; `namespace` is what the client wrote into it.
fn verdict(tree: &Tree<'_>, object: NodeId, kind: Kind<'_>, namespace: Option<&str>) -> Verdict {
    let Some(of) = schema::kind(kind.api_version, kind.kind) else {
        return Verdict::NotModelled;
    };
    let start = Start {
        namespace_is_written: namespace.is_some(),
        ..Start::default()
    };
    let found = walk(tree, object, of, Writer::Client, start);
    if let Some(error) = found.refused {
        let (_, version) = schema::group_version(kind.api_version);
        let (kind, version) = (kind.kind, quote(version));
        return Verdict::Refused(format!(
            "{kind} in version {version} cannot be handled as a {kind}: {error}"
        ));
    }
    let (mut object, _) = decode(tree, object, of);
    object.set("apiVersion", Typed::text(kind.api_version));
    object.set("kind", Typed::text(kind.kind));
    if let (Some(namespace), Some(metadata)) = (namespace, object.struct_mut("metadata")) {
        metadata.set("namespace", Typed::text(namespace));
    }
    Verdict::Decoded {
        object: Box::new(object),
        strict: found.strict,
    }
}
