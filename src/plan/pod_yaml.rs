//! A pod as YAML, with a comment behind each line that is not as in the template.

use crate::object::value::Struct;
use crate::plan::answer::{PodChange, PodChangeKind};
use crate::text::{NodeId, Tree, Value, json};

/// Longer values of the template are not repeated in a comment.
const MOST_REPEATED: usize = 100;

/// The pod with `apiVersion` and `kind`, keys sorted as kubectl prints them.
pub(crate) fn marked(pod: &Struct, changes: &[PodChange]) -> String {
    let text = pod.to_json();
    let mut writer = Writer {
        out: "apiVersion: v1\nkind: Pod\n".to_owned(),
        changes,
    };
    // What the crate itself wrote is read.
    if let Ok(document) = json::document(&text) {
        let tree = &document.tree;
        writer.fields(tree, tree.root(), "", 0);
    }
    writer.out
}

struct Writer<'c> {
    out: String,
    changes: &'c [PodChange],
}

impl Writer<'_> {
    /// The entries of a map. How deep this goes is up to the schema of pods, and to what the reader lets through.
    fn fields(&mut self, tree: &Tree<'_>, id: NodeId, path: &str, indent: usize) {
        let Value::Map(entries) = tree.value(id) else {
            return;
        };
        for (at, entry) in entries.iter().enumerate() {
            let key = tree.key(entry);
            let here = match path {
                "" => key.to_owned(),
                _ => format!("{path}.{key}"),
            };
            // A pod that is made has no status yet.
            if here == "status" {
                continue;
            }
            // The first entry of an item of a list stands behind its dash.
            if at > 0 || !self.out.ends_with("- ") {
                self.indent(indent);
            }
            self.out.push_str(&scalar(key));
            self.out.push(':');
            self.value(tree, entry.value, &here, indent, indent + 2);
        }
    }

    /// A value behind a key or a dash that stands at `indent`.
    fn value(&mut self, tree: &Tree<'_>, id: NodeId, path: &str, indent: usize, below: usize) {
        match tree.value(id) {
            Value::Map(entries) if !entries.is_empty() => {
                self.mark(path);
                self.fields(tree, id, path, below);
            }
            Value::Seq(items) if !items.is_empty() => {
                self.mark(path);
                for (at, &item) in items.iter().enumerate() {
                    self.item(tree, item, &format!("{path}[{at}]"), indent);
                }
            }
            _ => {
                self.out.push(' ');
                self.leaf(tree, id, below);
                self.mark(path);
            }
        }
    }

    fn item(&mut self, tree: &Tree<'_>, id: NodeId, path: &str, indent: usize) {
        if self.change(path).is_some() {
            // In front of the item, since its first line may have a mark of its own.
            self.indent(indent);
            self.out.push('#');
            self.mark_words(path);
            self.out.push('\n');
        }
        self.indent(indent);
        self.out.push_str("- ");
        match tree.value(id) {
            Value::Map(entries) if !entries.is_empty() => self.fields(tree, id, path, indent + 2),
            _ => {
                self.leaf(tree, id, indent + 2);
                self.out.push('\n');
            }
        }
    }

    fn leaf(&mut self, tree: &Tree<'_>, id: NodeId, indent: usize) {
        match tree.value(id) {
            Value::Str(text) if is_block(text) => self.block(text, indent),
            Value::Str(text) => self.out.push_str(&scalar(text)),
            // Numbers, booleans, null, empty lists and maps are the same in JSON.
            _ => self.out.push_str(&tree.to_json(id)),
        }
    }

    /// A text of several lines, as it stands.
    fn block(&mut self, text: &str, indent: usize) {
        self.out
            .push_str(if text.ends_with('\n') { "|" } else { "|-" });
        for line in text.lines() {
            self.out.push('\n');
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
        }
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn change(&self, path: &str) -> Option<&PodChange> {
        self.changes.iter().find(|change| change.path == path)
    }

    /// Ends the line, with a comment if the field differs. Behind a block a comment would be text.
    fn mark(&mut self, path: &str) {
        let in_block = self
            .out
            .rsplit('\n')
            .next()
            .is_some_and(|line| self.change(path).is_some() && line.is_empty());
        if self.change(path).is_some() && !in_block {
            self.out.push_str("  #");
            self.mark_words(path);
        }
        self.out.push('\n');
    }

    fn mark_words(&mut self, path: &str) {
        let Some(change) = self.change(path) else {
            return;
        };
        let mut words = match change.kind {
            PodChangeKind::Added => " added",
            PodChangeKind::Replaced | PodChangeKind::Dropped => " replaced",
        }
        .to_owned();
        words.push_str(&format!(" ({})", change.rule));
        if let Some(old) = &change.template
            && old.len() <= MOST_REPEATED
        {
            words.push_str(&format!("; the template has {old}"));
        }
        self.out.push_str(&words);
    }
}

/// Whether a text is best shown as a block: several lines, nothing that a block would lose.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n', '\t'])
        && !text.lines().any(|line| line.ends_with([' ', '\t']))
        && text
            .chars()
            .all(|c| c == '\n' || c == '\t' || !c.is_control())
        && !text.contains(['\u{feff}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// A text on one line, quoted where YAML would take it for something else.
fn scalar(text: &str) -> String {
    let written = serde_yaml::to_string(&text).unwrap_or_default();
    let line = written.strip_suffix('\n').unwrap_or(&written);
    if line.contains('\n') {
        crate::selector::quote::json(text)
    } else {
        line.to_owned()
    }
}
