//! The client's check of lists with the published `OpenAPI` document, since a server is never asked to check one
//! (R-1528): types, unknown fields, required fields.
//!
//! Source: kubectl `pkg/validation`; kube-openapi `pkg/util/proto/validation`. Paths begin with the kind.

use super::kinds::{Kind, NO_OBJECT, kind_of};
use super::walk::sorted;
use crate::object::schema::{self, Field, Shape, TypeId};
use crate::selector::quote::quote;
use crate::text::{NodeId, Tree, Value};

/// What the client finds wrong with an object whose kind ends in `List`; nothing for all others.
pub(super) fn list_errors(tree: &Tree<'_>, root: NodeId, kind: Kind<'_>) -> Vec<String> {
    let mut check = Check {
        tree,
        errors: vec![],
    };
    if (kind.api_version, kind.kind) == ("v1", "List") {
        check.plain_list(root);
    } else if let Some(item) = kind.kind.strip_suffix("List")
        && let Some(of) = schema::kind(kind.api_version, item)
    {
        check.typed_list(root, kind.kind, of);
    }
    check.errors
}

/// The fields of `ListMeta`, and whether they hold a number.
const LIST_META: [(&str, bool); 4] = [
    ("continue", false),
    ("remainingItemCount", true),
    ("resourceVersion", false),
    ("selfLink", false),
];

struct Check<'a> {
    tree: &'a Tree<'a>,
    errors: Vec<String>,
}

impl Check<'_> {
    fn plain_list(&mut self, root: NodeId) {
        let items = self
            .tree
            .get(root, "items")
            .map(|items| self.tree.value(items));
        let Some(Value::Seq(items)) = items else {
            self.errors.push(NO_OBJECT.to_owned());
            return;
        };
        for &item in items {
            match kind_of(self.tree, item) {
                Err(errors) => self.errors.extend(errors),
                Ok(kind) => {
                    if let Some(of) = schema::kind(kind.api_version, kind.kind) {
                        self.value(item, Shape::Struct(of), kind.kind, "");
                    }
                }
            }
        }
    }

    fn typed_list(&mut self, root: NodeId, kind: &str, of: TypeId) {
        let definition = format!("{}List", definition(of));
        let mut has_items = false;
        for entry in sorted(self.tree, root) {
            let path = format!("{kind}.{}", self.tree.key(entry));
            match (self.tree.key(entry), self.tree.value(entry.value)) {
                (_, Value::Null) => {}
                ("apiVersion" | "kind", value) => {
                    self.primitive(&value, "string", &path, &format!("{definition}.kind"));
                }
                ("metadata", Value::Map(_)) => self.list_meta(entry.value, &path),
                ("metadata", value) => {
                    let meta = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";
                    self.wrong_type(&path, meta, found(&value), "map");
                }
                ("items", Value::Seq(items)) => {
                    has_items = true;
                    for (at, &item) in items.iter().enumerate() {
                        self.value(item, Shape::Struct(of), &format!("{path}[{at}]"), "");
                    }
                }
                ("items", value) => {
                    has_items = true;
                    let at = format!("{definition}.items");
                    self.wrong_type(&path, &at, found(&value), "array");
                }
                (key, _) => self.unknown(kind, key, &definition),
            }
        }
        if !has_items {
            self.missing(kind, "items", &definition);
        }
    }

    fn list_meta(&mut self, metadata: NodeId, path: &str) {
        let definition = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";
        for entry in sorted(self.tree, metadata) {
            let (key, value) = (self.tree.key(entry), self.tree.value(entry.value));
            match LIST_META.iter().find(|(name, _)| *name == key) {
                _ if matches!(value, Value::Null) => {}
                None => self.unknown(path, key, definition),
                Some((_, is_number)) => {
                    let wanted = if *is_number { "integer" } else { "string" };
                    let at = format!("{definition}.{key}");
                    self.primitive(&value, wanted, &format!("{path}.{key}"), &at);
                }
            }
        }
    }

    /// Checks a value; `place` is where the document declares it. The types end, and with them this recursion.
    fn value(&mut self, node: NodeId, shape: Shape, path: &str, place: &str) {
        let tree = self.tree;
        match (shape, tree.value(node)) {
            (_, Value::Null) => {
                // Go quotes the word and the path stands bare.
                self.errors
                    .push(format!("unknown object type \"nil\" in {path}"));
            }
            (Shape::Any, _) => {}
            (Shape::Struct(of), Value::Map(_)) => self.fields(node, of, path),
            (Shape::Struct(of), value) => {
                self.wrong_type(path, &definition(of), found(&value), "map");
            }
            (Shape::List(inner), Value::Seq(items)) => {
                for (at, &item) in items.iter().enumerate() {
                    self.value(item, inner.get(), &format!("{path}[{at}]"), place);
                }
            }
            (Shape::List(_), value) => self.wrong_type(path, place, found(&value), "array"),
            (Shape::Map(inner), Value::Map(_)) => {
                for entry in sorted(self.tree, node) {
                    let path = format!("{path}.{}", tree.key(entry));
                    self.value(entry.value, inner.get(), &path, place);
                }
            }
            (Shape::Map(_), value) => self.wrong_type(path, place, found(&value), "map"),
            (scalar, value) => {
                let (wanted, own) = match scalar {
                    Shape::Bool => ("boolean", ""),
                    Shape::Int32 | Shape::Int64 => ("integer", ""),
                    Shape::Quantity => ("string", "io.k8s.apimachinery.pkg.api.resource.Quantity"),
                    Shape::IntOrString => {
                        ("string", "io.k8s.apimachinery.pkg.util.intstr.IntOrString")
                    }
                    Shape::Time => ("string", "io.k8s.apimachinery.pkg.apis.meta.v1.Time"),
                    _ => ("string", ""),
                };
                self.primitive(
                    &value,
                    wanted,
                    path,
                    if own.is_empty() { place } else { own },
                );
            }
        }
    }

    fn fields(&mut self, node: NodeId, of: TypeId, path: &str) {
        let tree = self.tree;
        let definition = definition(of);
        for entry in sorted(self.tree, node) {
            let key = tree.key(entry);
            match of.field(key) {
                _ if matches!(tree.value(entry.value), Value::Null) => {}
                None => self.unknown(path, key, &definition),
                Some(field) => {
                    let place = format!("{definition}.{key}");
                    self.value(
                        entry.value,
                        field.shape().get(),
                        &format!("{path}.{key}"),
                        &place,
                    );
                }
            }
        }
        for required in of
            .declared()
            .filter(|field| field.is_required())
            .map(Field::json_name)
        {
            let value = tree.get(node, required).map(|node| tree.value(node));
            if matches!(value, None | Some(Value::Null)) {
                self.missing(path, required, &definition);
            }
        }
    }

    /// Text takes every scalar, a number every number.
    fn primitive(&mut self, value: &Value<'_>, wanted: &str, path: &str, place: &str) {
        let found = found(value);
        let fits = match wanted {
            "string" => !matches!(found, "map" | "array"),
            "integer" => found == "number",
            _ => found == wanted,
        };
        if !fits {
            self.wrong_type(path, place, found, wanted);
        }
    }

    fn wrong_type(&mut self, path: &str, place: &str, found: &str, wanted: &str) {
        self.push(
            path,
            &format!("invalid type for {place}: got {found:?}, expected {wanted:?}"),
        );
    }

    fn unknown(&mut self, path: &str, key: &str, definition: &str) {
        self.push(
            path,
            &format!("unknown field {} in {definition}", quote(key)),
        );
    }

    fn missing(&mut self, path: &str, key: &str, definition: &str) {
        self.push(
            path,
            &format!("missing required field {key:?} in {definition}"),
        );
    }

    fn push(&mut self, path: &str, error: &str) {
        self.errors
            .push(format!("ValidationError({path}): {error}"));
    }
}

/// What a value is called there.
fn found(value: &Value<'_>) -> &'static str {
    match value {
        Value::Map(_) => "map",
        Value::Seq(_) => "array",
        Value::Bool(_) => "boolean",
        Value::Int(_) | Value::UInt(_) | Value::Float(_) => "number",
        Value::Str(_) => "string",
        Value::Null => "nil",
    }
}

/// The name of a type in the published document.
fn definition(of: TypeId) -> String {
    let name = of.short_name();
    let package = match name {
        "ObjectMeta"
        | "LabelSelector"
        | "LabelSelectorRequirement"
        | "OwnerReference"
        | "ManagedFieldsEntry"
        | "TypeMeta" => "apimachinery.pkg.apis.meta.v1",
        "RollingUpdateDaemonSet" | "ControllerRevision" => "api.apps.v1",
        "AggregationRule" | "ClusterRole" | "ClusterRoleBinding" | "PolicyRule" | "Role"
        | "RoleBinding" | "RoleRef" | "Subject" => "api.rbac.v1",
        "PriorityClass" => "api.scheduling.v1",
        _ if name.starts_with("DaemonSet") => "api.apps.v1",
        _ => "api.core.v1",
    };
    format!("io.k8s.{package}.{name}")
}
