//! What an object says it is, and whether the server has a resource for it (R-1527).

use crate::object::schema::{self, Served};
use crate::selector::quote;
use crate::text::{NodeId, Tree, Value};

/// What an object says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind<'t> {
    /// `apiVersion`.
    pub(super) api_version: &'t str,
    /// `kind`.
    pub(super) kind: &'t str,
}

/// The words of the client's check for a value that is no object.
pub(super) const NO_OBJECT: &str = "invalid object to validate";

/// Reads `apiVersion` and `kind`. The errors are those of the client's check of its schema, told together.
///
/// Source: kubectl `pkg/validation` getObjectKind.
pub(super) fn kind_of<'t>(tree: &'t Tree<'_>, object: NodeId) -> Result<Kind<'t>, Vec<String>> {
    if !matches!(tree.value(object), Value::Map(_)) {
        return Err(vec![NO_OBJECT.to_owned()]);
    }
    let mut errors = vec![];
    let mut text = |key: &str| match tree.get(object, key).map(|node| tree.value(node)) {
        None | Some(Value::Null) => {
            errors.push(format!("{key} not set"));
            ""
        }
        Some(Value::Str(text)) if key == "apiVersion" && text.matches('/').count() > 1 => {
            errors.push(format!("unexpected GroupVersion string: {text}"));
            ""
        }
        Some(Value::Str(text)) => text,
        Some(_) => {
            errors.push(format!("{key} isn't string type"));
            ""
        }
    };
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    if errors.is_empty() {
        Ok(Kind { api_version, kind })
    } else {
        Err(errors)
    }
}

/// The resource that the client finds for a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) served: Served,
    /// The kind is spelled as the server spells it; the client also knows kinds in small letters.
    pub(super) is_spelled: bool,
}

impl<'t> Kind<'t> {
    fn served_in_its_version(self) -> impl Iterator<Item = Served> + use<'t> {
        let (group, version) = schema::group_version(self.api_version);
        schema::served().filter(move |served| served.group == group && served.version == version)
    }

    /// The resource of an object of this kind.
    pub(super) fn resource(self) -> Option<Resource> {
        let is_small = !self.kind.bytes().any(|byte| byte.is_ascii_uppercase());
        self.served_in_its_version().find_map(|served| {
            let is_spelled = served.kind == self.kind;
            (is_spelled || is_small && served.kind.eq_ignore_ascii_case(self.kind))
                .then_some(Resource { served, is_spelled })
        })
    }

    /// Whether a list of this kind is known: `List` in every version, and the list of each kind.
    pub(super) fn is_list_of_something(self) -> bool {
        self.kind.strip_suffix("List").is_some_and(|item| {
            self.served_in_its_version()
                .any(|served| item.is_empty() || served.kind == item)
        })
    }

    /// What the items of a list of this kind are, where they do not say it themselves.
    pub(super) fn of_items(self) -> Self {
        let kind = self.kind.strip_suffix("List").unwrap_or(self.kind);
        Kind { kind, ..self }
    }

    /// The client's words for a kind that the server does not serve.
    pub(super) fn no_match(self) -> String {
        let (kind, version) = (quote::quote(self.kind), quote::quote(self.api_version));
        format!("no matches for kind {kind} in version {version}")
    }
}
