//! A tree as YAML, laid out as kubectl prints it: blocks, lists at the height of their key, texts without quotes
//! where YAML takes them for texts.
//!
//! The layout is here; how one text is written so that every reader takes it back as that text is left to the
//! writer of the library.

use super::tree::{NodeId, Tree, Value};
use crate::text::to_json::put_string;

/// What is said of fields behind their lines, by their paths: `spec.tolerations[2]`.
pub trait Marks {
    /// Whether anything is said; if not, no paths are made.
    fn any(&self) -> bool;
    /// The comment behind the field, without its `#`.
    fn of(&self, path: &str) -> Option<String>;
}

/// Nothing is said.
#[derive(Clone, Copy, Debug)]
pub struct NoMarks;

impl Marks for NoMarks {
    fn any(&self) -> bool {
        false
    }
    fn of(&self, _: &str) -> Option<String> {
        None
    }
}

impl Tree<'_> {
    /// The value as YAML, in the order of the tree. Goes as deep as the tree does, which its reader limits.
    pub fn to_yaml(&self, id: NodeId, marks: &dyn Marks) -> String {
        let mut writer = Writer {
            out: String::new(),
            tree: self,
            marks,
        };
        match self.value(id) {
            Value::Map(entries) if !entries.is_empty() => writer.fields(id, "", 0),
            Value::Seq(items) if !items.is_empty() => writer.items(items, "", 0),
            Value::Str(text) => {
                writer.text(text);
                writer.out.push('\n');
            }
            _ => {
                writer.leaf(id, 0);
                writer.out.push('\n');
            }
        }
        writer.out
    }
}

struct Writer<'t> {
    out: String,
    tree: &'t Tree<'t>,
    marks: &'t dyn Marks,
}

impl Writer<'_> {
    fn fields(&mut self, id: NodeId, path: &str, indent: usize) {
        let Value::Map(entries) = self.tree.value(id) else {
            return;
        };
        for (at, entry) in entries.iter().enumerate() {
            let key = self.tree.key(entry);
            let here = self.path(path, if path.is_empty() { "" } else { "." }, key, "");
            // The first entry of an item stands behind the dash.
            if at > 0 || !self.out.ends_with("- ") {
                self.indent(indent);
            }
            self.text(key);
            self.out.push(':');
            self.value(entry.value, &here, indent);
        }
    }

    /// A value behind a key that stands at `indent`.
    fn value(&mut self, id: NodeId, path: &str, indent: usize) {
        match self.tree.value(id) {
            Value::Map(entries) if !entries.is_empty() => {
                self.end_line(path);
                self.fields(id, path, indent + 2);
            }
            Value::Seq(items) if !items.is_empty() => {
                self.end_line(path);
                self.items(items, path, indent);
            }
            _ => {
                self.out.push(' ');
                self.leaf(id, indent + 2);
                self.end_line(path);
            }
        }
    }

    fn items(&mut self, items: &[NodeId], path: &str, indent: usize) {
        for (at, &item) in items.iter().enumerate() {
            let here = if self.marks.any() {
                format!("{path}[{at}]")
            } else {
                String::new()
            };
            // In front of the item, since its first line may have a mark of its own.
            if let Some(mark) = self.mark(&here) {
                self.indent(indent);
                self.out.extend(["#", &mark, "\n"]);
            }
            self.indent(indent);
            self.out.push_str("- ");
            match self.tree.value(item) {
                Value::Map(entries) if !entries.is_empty() => self.fields(item, &here, indent + 2),
                Value::Seq(inner) if !inner.is_empty() => {
                    // A list in a list begins on a line of its own.
                    self.out.pop();
                    self.out.push('\n');
                    self.items(inner, &here, indent + 2);
                }
                _ => {
                    self.leaf(item, indent + 2);
                    self.out.push('\n');
                }
            }
        }
    }

    fn leaf(&mut self, id: NodeId, indent: usize) {
        match self.tree.value(id) {
            Value::Str(text) if is_block(text) => self.block(text, indent),
            Value::Str(text) => self.text(text),
            // Numbers, booleans, null, empty lists and maps are written as in JSON.
            _ => self.out.push_str(&self.tree.to_json(id)),
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

    /// A text on one line, quoted where YAML would take it for something else.
    fn text(&mut self, text: &str) {
        let written = serde_yaml::to_string(&text).unwrap_or_default();
        let line = written.strip_suffix('\n').unwrap_or(&written);
        if line.is_empty() || line.contains('\n') {
            put_string(&mut self.out, text);
        } else {
            self.out.push_str(line);
        }
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn path(&self, path: &str, joint: &str, key: &str, end: &str) -> String {
        if self.marks.any() {
            [path, joint, key, end].concat()
        } else {
            // Only whether there is one counts then.
            String::new()
        }
    }

    fn mark(&self, path: &str) -> Option<String> {
        self.marks.any().then(|| self.marks.of(path)).flatten()
    }

    /// Ends the line, with its mark. Behind a block a comment would be text.
    fn end_line(&mut self, path: &str) {
        let last = self.out.rsplit('\n').next().unwrap_or_default();
        let in_block = !last.contains(':');
        if let Some(mark) = self.mark(path).filter(|_| !in_block) {
            self.out.extend(["  #", &mark]);
        }
        self.out.push('\n');
    }
}

/// Whether a text is best shown as a block: several lines, and nothing that a block would lose.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n', '\t'])
        && !text.lines().any(|line| line.ends_with([' ', '\t']))
        && text
            .chars()
            .all(|c| matches!(c, '\n' | '\t') || !c.is_control())
        && !text.contains(['\u{feff}', '\u{85}', '\u{2028}', '\u{2029}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{json, stream};

    fn written(json: &str) -> String {
        let document = json::document(json).unwrap();
        document.tree.to_yaml(document.tree.root(), &NoMarks)
    }

    #[test]
    fn the_layout_is_that_of_kubectl() {
        let yaml = written(
            r#"{"a":{"b":[{"c":1,"d":null},{"e":[]}],"f":{}},"g":[1,"x",[2,3]],"h":true,"i":""}"#,
        );
        let wanted = "a:\n  b:\n  - c: 1\n    d: null\n  - e: []\n  f: {}\ng:\n- 1\n- x\n-\n  - 2\n  - 3\nh: true\ni: \"\"\n";
        assert_eq!(yaml, wanted);
        assert_eq!(written("[]"), "[]\n");
        assert_eq!(written("[{\"a\":1}]"), "- a: 1\n");
    }

    #[test]
    fn every_text_comes_back_as_it_was() {
        let texts = [
            "",
            " ",
            "a",
            "yes",
            "012",
            "1e3",
            "null",
            "~",
            "a: b",
            "a #b",
            "- a",
            "#",
            "'",
            "\"",
            "\\",
            "a\nb",
            "a\nb\n",
            "a\nb\n\n",
            "\na",
            " a\nb",
            "a \nb",
            "a\tb\nc",
            "\u{7}",
            "\u{85}",
            "\u{feff}x",
            "é",
            "{}",
            "[a",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "2026-11-24",
            "=",
            "<<",
            ":",
            "a:",
            "0x1f",
            ".inf",
            "1_000",
            "12:30",
            "on",
            "N",
            "\r\n",
            "a\r\nb",
            "long words that go on and on and on and on and on and on and on and on and on and on and on",
        ];
        for text in texts {
            let mut quoted = String::new();
            put_string(&mut quoted, text);
            for shape in [
                format!("{{\"k\":{quoted}}}"),
                format!("[{quoted}]"),
                format!("{{{quoted}:[{{\"x\":{quoted}}}]}}"),
                quoted.clone(),
            ] {
                let yaml = written(&shape);
                let read = stream::read(&yaml).parts;
                let [Ok(document)] = read.as_slice() else {
                    panic!("{text:?}: {yaml}")
                };
                let tree = &document.tree;
                let before = json::document(&shape).unwrap();
                assert_eq!(
                    tree.to_json(tree.root()),
                    before.tree.to_json(before.tree.root()),
                    "{yaml}"
                );
            }
        }
    }

    struct Told;

    impl Marks for Told {
        fn any(&self) -> bool {
            true
        }
        fn of(&self, path: &str) -> Option<String> {
            let told = ["a", "a.b", "c[1]", "d"].contains(&path);
            told.then(|| format!(" {path}"))
        }
    }

    #[test]
    fn marks_stand_behind_fields_and_before_items() {
        let document = json::document(r#"{"a":{"b":1},"c":[1,{"x":2}],"d":"l1\nl2"}"#).unwrap();
        let yaml = document.tree.to_yaml(document.tree.root(), &Told);
        assert_eq!(
            yaml,
            "a:  # a\n  b: 1  # a.b\nc:\n- 1\n# c[1]\n- x: 2\nd: |-\n  l1\n  l2\n"
        );
    }
}
