//! Keeps documents and source together: every rule that is cited is explained, every limit is listed.

#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder with one of these endings, in name order; none where the folder is not there.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut folders = vec![project(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("an entry that can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if !matches!(&*name, "node_modules" | "dist" | "target") {
                    folders.push(path);
                }
            } else if endings.iter().any(|end| name.ends_with(end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The numbers of all rules that a text names.
fn rules(text: &str) -> Vec<u32> {
    text.match_indices("R-")
        .filter(|&(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
        })
        .filter_map(|(at, _)| {
            let digits = text.get(at + 2..)?;
            let end = digits.find(|c: char| !c.is_ascii_digit());
            let digits = digits.get(..end.unwrap_or(digits.len()))?;
            digits.parse().ok()
        })
        .collect()
}

/// The numbers of the rules that `docs/behaviour.md` explains.
fn explained() -> BTreeSet<u32> {
    let text = read(&project("docs/behaviour.md"));
    let mut explained = BTreeSet::new();
    for line in text.lines() {
        let Some(rest) = line.strip_prefix("- **R-") else {
            continue;
        };
        let (number, sentence) = rest
            .split_once("** ")
            .expect("a sentence behind the number");
        let number = number.parse().expect("the number of a rule");
        assert!(sentence.len() > 20, "R-{number} says nothing");
        assert!(explained.insert(number), "R-{number} is explained twice");
    }
    explained
}

#[test]
fn every_rule_that_is_cited_is_explained() {
    let explained = explained();
    let mut unknown = vec![];
    let folders = ["src", "tests", "benches", "npm", "www", "docs", "examples"];
    for folder in folders {
        for file in files(folder, &[".rs", ".ts", ".mjs", ".md", ".html"]) {
            for (number, line) in read(&file).lines().enumerate() {
                let missing = rules(line)
                    .into_iter()
                    .filter(|rule| !explained.contains(rule));
                unknown.extend(
                    missing.map(|rule| format!("{}:{}: R-{rule}", file.display(), number + 1)),
                );
            }
        }
    }
    assert!(
        unknown.is_empty(),
        "not in docs/behaviour.md:\n{}",
        unknown.join("\n")
    );
}

#[test]
fn a_citation_is_found_wherever_it_stands() {
    assert_eq!(
        rules("(R-100, R-1515) `R-231`, xR-8, -R-9, R-, FOR-10"),
        [100, 1515, 231]
    );
}

/// The value of a constant: numbers, joined by `*` or `<<`.
fn value(expression: &str) -> Option<u64> {
    if let Some((left, right)) = expression.split_once("<<") {
        return value(left)?.checked_shl(u32::try_from(value(right)?).ok()?);
    }
    expression.split('*').try_fold(1u64, |product, factor| {
        let digits: String = factor.trim().chars().filter(|c| *c != '_').collect();
        product.checked_mul(digits.parse().ok()?)
    })
}

fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The limits of one file: name, value, and the comment above. In a file of limits that is every constant, in
/// others those whose name begins with `MAX_`.
fn limits(file: &Path) -> Vec<(String, u64, String)> {
    let only_limits = file.ends_with("limits.rs");
    let mut found = vec![];
    let mut comment: Vec<&str> = vec![];
    for line in read(file).lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            comment.push(text);
            continue;
        }
        let behind = line.split_once("const ").map_or("", |(_, behind)| behind);
        let name = behind.split(':').next().unwrap_or_default();
        if !name.is_empty() && (only_limits || name.starts_with("MAX_")) {
            let expression = behind.split_once('=').map_or("", |(_, behind)| behind);
            let value = value(expression.trim().trim_end_matches(';'));
            let value = value.unwrap_or_else(|| panic!("the value of {name}: {expression}"));
            let text = comment.join(" ");
            assert!(
                text.ends_with('.'),
                "{name} needs a sentence about what happens beyond it"
            );
            found.push((name.to_owned(), value, text));
        }
        if !line.starts_with("#[") {
            comment.clear();
        }
    }
    found
}

/// A comment as Markdown for a cell: links to other constants lose their brackets.
fn cell(comment: &str) -> String {
    let mut out = String::new();
    for (at, piece) in comment.split("[`").enumerate() {
        let link = piece.split_once("`]");
        let link =
            link.filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
        match link {
            Some((name, behind)) if at > 0 => out.push_str(&format!("`{name}`{behind}")),
            _ if at > 0 => out.push_str(&format!("[`{piece}")),
            _ => out.push_str(piece),
        }
    }
    out.replace('|', "\\|")
}

/// `docs/limits.md` as it should be.
fn limits_page() -> String {
    let mut page = String::from(
        "# Limits\n\n\
         No text makes the planner hang or run out of stack. Where that needs a limit, the limit is a named \
         constant. These\nare all of them, with what happens beyond each.\n\n\
         This page is made from the source: `UPDATE=1 cargo test --test documents`.\n",
    );
    for file in files("src", &[".rs"]) {
        let limits = limits(&file);
        if limits.is_empty() {
            continue;
        }
        let place = file
            .strip_prefix(project(""))
            .expect("a file of the project");
        let place = place.display().to_string().replace('\\', "/");
        page.push_str(&format!(
            "\n## `{place}`\n\n| limit | value | what it is, and what lies beyond |\n| --- | ---: | --- |\n"
        ));
        for (name, value, text) in limits {
            page.push_str(&format!(
                "| `{name}` | {} | {} |\n",
                with_commas(value),
                cell(&text)
            ));
        }
    }
    page
}

#[test]
fn the_page_of_limits_lists_every_constant() {
    let (path, page) = (project("docs/limits.md"), limits_page());
    assert!(page.contains("| `"), "no limit was found");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).expect("docs/limits.md can be written");
    }
    assert_eq!(
        read(&path),
        page,
        "run UPDATE=1 cargo test --test documents"
    );
}

#[test]
fn values_are_read_as_rust_reads_them() {
    assert_eq!(value("10_000"), Some(10_000));
    assert_eq!(value("64 * 1024 * 1024"), Some(67_108_864));
    assert_eq!(value("1 << 20"), Some(1_048_576));
    assert_eq!(value("usize::MAX"), None);
    assert_eq!(with_commas(268_435_456), "268,435,456");
    assert_eq!(with_commas(100), "100");
}
