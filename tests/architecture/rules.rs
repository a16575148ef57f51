//! The rules themselves: what each room may use and what none may do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path as FilePath, PathBuf};

use super::lexer::{Kind, tokens};
use super::paths::{Path, paths};

/// The rooms in import order: a room may use those before it and itself.
pub(crate) const ROOMS: &[&str] = &[
    "text",
    "diagnostic",
    "selector",
    "object",
    "cluster",
    "admission",
    "controller",
    "scheduler",
    "simulation",
    "plan",
    "command",
    "lint",
    "policy",
    "report",
    "wasm",
];

/// The room at the edge, which alone may speak to JavaScript.
const EDGE: &str = "wasm";

/// Modules of the standard library that look outside.
const OUTSIDE: &[&str] = &["env", "fs", "io", "net", "os", "process", "thread", "time"];

/// Types among them that are plain data.
const DATA: &[&str] = &["IpAddr", "Ipv4Addr", "Ipv6Addr"];

/// Macros of the standard library that print.
const PRINTS: &[&str] = &["dbg!", "eprint!", "eprintln!", "print!", "println!"];

/// Crates that speak to JavaScript. `tsify` is none of them: it only describes types.
const JAVASCRIPT: &[&str] = &[
    "js_sys",
    "serde_wasm_bindgen",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// Everything that is wrong in the tree below `source`, as `FILE:LINE: what`, in the order of the files.
pub(crate) fn violations(source: &FilePath) -> Vec<String> {
    let mut files = vec![];
    rust_files(source, &mut files);
    files.sort();
    let mut all = vec![];
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file that can be read");
        let below = file.strip_prefix(source).expect("a file below the folder");
        all.extend(check(below, &text));
    }
    all
}

fn rust_files(folder: &FilePath, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

/// The module that a file holds: `plan/session.rs` gives `["plan", "session"]`, `lib.rs` nothing.
fn module_of(file: &FilePath) -> Vec<String> {
    let mut parts: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

fn check(file: &FilePath, text: &str) -> Vec<String> {
    let module = module_of(file);
    let tokens = tokens(text);
    let mut found = BTreeSet::new();
    for token in &tokens {
        if token.kind == Kind::Word("unsafe".to_owned()) {
            found.insert((token.line, "`unsafe`".to_owned()));
        }
    }
    let room = module.first().map(String::as_str);
    if let Some(room) = room {
        if rank(room).is_none() {
            found.insert((1, format!("`{room}` is no room")));
        }
        if module.len() == 1 && !text.starts_with("//! ") {
            found.insert((1, "the room does not say what it is for".to_owned()));
        }
    }
    for path in paths(&tokens, &module) {
        let problem = match room {
            Some(room) => problem(room, &path),
            // The root names the rooms and passes on what they hold.
            None => outside(&path),
        };
        found.extend(problem.map(|problem| (path.line, problem)));
    }
    let name = file.display().to_string().replace('\\', "/");
    found
        .into_iter()
        .map(|(line, what)| format!("{name}:{line}: {what}"))
        .collect()
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room)
}

fn problem(room: &str, path: &Path) -> Option<String> {
    let first = path.parts.first().map(String::as_str);
    if first == Some("crate") {
        let Some(used) = path.parts.get(1) else {
            return Some(format!("`{room}` takes all of the crate"));
        };
        return match (rank(used), rank(room)) {
            (None, _) => Some(format!("`crate::{used}` is no room")),
            (Some(used_rank), Some(own)) if used_rank > own => {
                Some(format!("`{room}` uses `{used}`, which comes after it"))
            }
            _ => None,
        };
    }
    if room == EDGE {
        return None;
    }
    if let Some(name) = first.filter(|name| JAVASCRIPT.contains(name)) {
        return Some(format!("`{room}` speaks to JavaScript with `{name}`"));
    }
    outside(path)
}

/// What looks outside or prints, anywhere but at the edge.
fn outside(path: &Path) -> Option<String> {
    let parts: Vec<&str> = path.parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["std" | "core", "net", name, ..] if DATA.contains(name) => None,
        ["std" | "core", module, ..] if OUTSIDE.contains(module) => {
            Some(format!("`{}::{module}` looks outside", parts[0]))
        }
        ["std" | "core", .., name] | [name] if PRINTS.contains(name) => {
            Some(format!("`{name}` prints"))
        }
        _ => None,
    }
}
