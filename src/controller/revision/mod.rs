//! The `ControllerRevision` of a template: its hash, its name, its data.
//!
//! Works on a `DaemonSet` as the controller reads it, from storage: see [`Struct::stored`]. Which of the revisions
//! that exist is current, and what is done with the others, is decided elsewhere.

mod dump;
mod hash;

pub use dump::{NotPrinted, printed};
pub use hash::{LETTERS, encode, fnv1a, hash_printed, template_hash};

use std::collections::BTreeMap;

use crate::controller::HASH_LABEL;
use crate::object::schema::TypeId;
use crate::object::value::{Numbers, Struct};

/// A revision as the controller posts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// `DaemonSet-HASH`.
    pub name: String,
    /// The hash, which its label holds too.
    pub hash: String,
    /// The number in the history.
    pub revision: i64,
    /// The template's labels and the hash.
    pub labels: BTreeMap<String, String>,
    /// All annotations of the `DaemonSet`.
    pub annotations: BTreeMap<String, String>,
    /// The patch that brings the template back, as JSON: bytes, by which revisions are compared.
    pub data: String,
}

/// The patch that is a revision's data: compact JSON with sorted keys. Large numbers lose digits,
/// since the controller reads its own JSON without types.
pub fn data(daemon_set: &Struct) -> String {
    let numbers = Numbers::AsFloats;
    let template = match daemon_set.at(&["spec", "template"]) {
        Some(template) => template.to_json_with(numbers),
        // Nothing set: the struct is there all the same.
        None => TypeId::named("v1.PodTemplateSpec")
            .map(|of| Struct::new(of).to_json_with(numbers))
            .unwrap_or_default(),
    };
    let fields = template.strip_prefix('{').unwrap_or_default();
    format!("{{\"spec\":{{\"template\":{{\"$patch\":\"replace\",{fields}}}}}")
}

/// The revision that the controller posts for the present template.
///
/// # Errors
///
/// Where the template holds something whose printed form is not known.
pub fn snapshot(daemon_set: &Struct, revision: i64) -> Result<Revision, NotPrinted> {
    let hash = template_hash(daemon_set)?;
    let meta = daemon_set.at(&["metadata"]);
    let template_meta = daemon_set.at(&["spec", "template", "metadata"]);
    let mut labels = texts(template_meta, "labels");
    labels.insert(HASH_LABEL.to_owned(), hash.clone());
    Ok(Revision {
        name: format!("{}-{hash}", meta.map_or("", |meta| meta.text("name"))),
        revision,
        labels,
        annotations: texts(meta, "annotations"),
        data: data(daemon_set),
        hash,
    })
}

/// The map of texts of a field.
fn texts(meta: Option<&Struct>, json: &str) -> BTreeMap<String, String> {
    let mut made = BTreeMap::new();
    if let Some(map) = meta.and_then(|meta| meta.map(json)) {
        for (key, value) in map.iter() {
            made.insert(
                key.to_owned(),
                value.as_text().unwrap_or_default().to_owned(),
            );
        }
    }
    made
}

#[cfg(test)]
mod tests;
