//! A pod as YAML, with a comment behind each field that is not as in the template.

use crate::object::value::Struct;
use crate::plan::answer::{PodChange, PodChangeKind};
use crate::text::json;
use crate::text::to_yaml::Marks;

/// Longer values of the template are not repeated in a comment.
const MOST_REPEATED: usize = 100;

/// The pod with `apiVersion` and `kind`, keys sorted as kubectl prints them.
pub(crate) fn marked(pod: &Struct, changes: &[PodChange]) -> String {
    // A pod that is made has no status yet.
    let json = pod.to_json();
    let text = match json.strip_suffix(",\"status\":{}}") {
        Some(rest) => [rest, "}"].concat(),
        None => json,
    };
    // What the crate itself wrote is read.
    let body = json::document(&text).map(|document| {
        let tree = &document.tree;
        tree.to_yaml(tree.root(), &Changes(changes))
    });
    "apiVersion: v1\nkind: Pod\n".to_owned() + &body.unwrap_or_default()
}

struct Changes<'c>(&'c [PodChange]);

impl Marks for Changes<'_> {
    fn any(&self) -> bool {
        true
    }

    fn of(&self, path: &str) -> Option<String> {
        let change = self.0.iter().find(|change| change.path == path)?;
        let word = match change.kind {
            PodChangeKind::Added => "added",
            PodChangeKind::Replaced | PodChangeKind::Dropped => "replaced",
        };
        let old = change.template.as_deref();
        let old = old.filter(|old| old.len() <= MOST_REPEATED);
        let old = old.map_or(String::new(), |old| format!("; the template has {old}"));
        Some(format!(" {word} ({}){old}", change.rule))
    }
}
