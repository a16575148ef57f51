//! Refusals in words for people: where to look, what stands there, what could, how to mend it.

mod place;

use super::fault::{Fault, Part};
use super::source::{BadByte, Source};
use crate::text::error::{TextError, TextErrorKind};
use crate::text::{Span, limits};
use place::Place;

pub(super) fn error(fault: &Fault, source: &Source<'_>) -> TextError {
    match fault {
        Fault::Byte(bad) => byte_error(bad),
        Fault::At {
            part,
            message,
            problem,
            context,
            opened,
        } => {
            let place = Place {
                source,
                problem: *problem,
                context: *context,
                opened: *opened,
            };
            let words = words(*part, message, &place);
            let mut error = TextError::new(words.kind, message.as_str(), words.span);
            error.go_line = fault.go_line();
            error.explained(words.found, words.expected, words.help)
        }
    }
}

fn byte_error(bad: &BadByte) -> TextError {
    let help = if bad.message.contains("UTF-16") || bad.message.contains("surrogate") {
        "Save the file as UTF-8: kubectl splits files by bytes and breaks UTF-16."
    } else if bad.message.starts_with("control") {
        "Delete the character; inside double quotes it can be written as an escape such as \\x07."
    } else {
        "Save the file as UTF-8."
    };
    TextError::new(TextErrorKind::Encoding, bad.message, bad.span).explained(
        bad.found.as_str(),
        "UTF-8 text without control characters",
        help,
    )
}

struct Words {
    kind: TextErrorKind,
    span: Span,
    found: String,
    expected: String,
    help: String,
}

fn words(part: Part, message: &str, place: &Place<'_>) -> Words {
    let make = |kind, span, found: String, expected: &str, help: &str| Words {
        kind,
        span,
        found,
        expected: expected.into(),
        help: help.into(),
    };
    let syntax = |span, found, expected: &str, help: &str| {
        make(TextErrorKind::Syntax, span, found, expected, help)
    };
    let tab_help = "YAML indents with blanks only: replace the tab by blanks.";
    match message {
        "found a tab character that violates indentation"
        | "found a tab character where an indentation space is expected" => {
            syntax(place.at_problem(), "a tab".into(), "blanks", tab_help)
        }
        "found character that cannot start any token" => match place.character() {
            Some('\t') => syntax(place.at_problem(), "a tab".into(), "blanks", tab_help),
            Some(character) => syntax(
                place.at_problem(),
                place.found(),
                "a key, a value or a list entry",
                &format!("A value can't begin with `{character}`: put the value in quotes."),
            ),
            None => syntax(
                place.at_problem(),
                place.found(),
                "a value",
                "Complete the last line.",
            ),
        },
        "could not find expected ':'" => {
            let span = place.line_from_context();
            let text = place.text(span);
            syntax(
                span,
                format!("`{text}` without a colon"),
                "`key: value`",
                "Put a colon and a blank after the key, or indent the line if it continues the one above.",
            )
        }
        "mapping values are not allowed in this context"
            if place.problem.column as usize > limits::MAX_SIMPLE_KEY_CHARS =>
        {
            syntax(
                place.at_problem(),
                "`:` too far from the beginning of a key".into(),
                &format!(
                    "at most {} characters before it",
                    limits::MAX_SIMPLE_KEY_CHARS
                ),
                "Shorten the key, or begin it with `? `; put a value that holds `: ` in quotes.",
            )
        }
        "mapping values are not allowed in this context" => syntax(
            place.at_problem(),
            "a second `:` in one line, or one where no key can be".into(),
            "one `key: value` in a line",
            "Put a value that holds `: ` in quotes, or begin a new line for the next key.",
        ),
        "mapping keys are not allowed in this context" => syntax(
            place.at_problem(),
            "`?`".into(),
            "a value",
            "Put a value that begins with `? ` in quotes.",
        ),
        "block sequence entries are not allowed in this context" => syntax(
            place.at_problem(),
            "`- ` where a value stands".into(),
            "a list entry on its own line",
            "Begin the list on the next line, or put the value in quotes.",
        ),
        "did not find expected key" => syntax(
            place.word(),
            place.found(),
            "a key in the column of the keys above, or less indentation",
            "Indent the line like the other keys of its map; quotes inside a value need other quotes around it.",
        ),
        "did not find expected '-' indicator" => syntax(
            place.word(),
            place.found(),
            "`- ` in the column of the entries above",
            "Indent the line like the list's other entries, or deeper if it belongs to the last one.",
        ),
        "did not find expected node content" if place.opened.is_some() && place.is_at_end() => {
            let bracket = Place {
                context: place.opened,
                ..*place
            };
            let open = bracket.context_character();
            let close = if open == '[' { ']' } else { '}' };
            unclosed(&bracket, open, close)
        }
        "did not find expected node content" => {
            let help = if place.character() == Some('-') {
                "Inside brackets a list has no `-`: write `[a, b]`."
            } else {
                "Write a value here, or take out the comma too many."
            };
            syntax(place.at_problem(), place.found(), "a value", help)
        }
        "did not find expected ',' or ']'" | "did not find expected ',' or '}'" => {
            let (open, close) = if message.ends_with("']'") {
                ('[', ']')
            } else {
                ('{', '}')
            };
            if place.is_at_end() {
                unclosed(place, open, close)
            } else {
                syntax(
                    place.word(),
                    place.found(),
                    &format!("`,` or `{close}`"),
                    &format!("Put a comma between two entries, or `{close}` after the last one."),
                )
            }
        }
        "found unexpected end of stream" => syntax(
            place.at_context(),
            "a quote that is never closed".into(),
            "a closing quote",
            "Close the quote; inside '…' write '' for a quote, inside \"…\" write \\\".",
        ),
        "found unexpected document indicator" => syntax(
            place.at_context(),
            "`---` or `...` at the front of a line within quotes".into(),
            "a closing quote",
            "Close the quote before the line that begins the next document.",
        ),
        "found unknown escape character" => syntax(
            place
                .source
                .span(place.problem.offset, place.problem.offset + 2),
            format!(
                "`\\{}`",
                place
                    .source
                    .text
                    .get(place.problem.offset + 1..)
                    .unwrap_or_default()
                    .chars()
                    .next()
                    .unwrap_or(' ')
            ),
            "an escape such as \\n, \\t, \\\\, \\\" or \\u00e9",
            "Write \\\\ for a backslash, or use single quotes, in which it means itself.",
        ),
        "did not find expected hexdecimal number" => syntax(
            place.at_problem(),
            place.found(),
            "hexadecimal digits: two after \\x, four after \\u, eight after \\U",
            "Complete the escape, or use single quotes.",
        ),
        "found invalid Unicode character escape code" => syntax(
            place.at_problem(),
            "the number of no character".into(),
            "a Unicode character",
            "YAML has no surrogate pairs: write the character itself or \\U and eight digits.",
        ),
        "found an indentation indicator equal to 0" => syntax(
            place.at_problem(),
            "`0`".into(),
            "a number from 1 to 9",
            "Leave the number out.",
        ),
        "did not find expected alphabetic or numeric character" => syntax(
            place.at_context(),
            "`&` or `*` without a name of letters, digits, `_` and `-`".into(),
            "an anchor's name",
            "Put a value that begins with `&` or `*` in quotes.",
        ),
        "found undefined tag handle" => syntax(
            place.word(),
            "a tag whose handle no %TAG line declares".into(),
            "`!name` or `!!name`",
            "Take the tag out, or put a value that begins with `!` in quotes.",
        ),
        "found incompatible YAML document" => syntax(
            place.line_of_problem(),
            "a %YAML line of another version".into(),
            "`%YAML 1.1`",
            "Take the line out: Kubernetes reads no other version.",
        ),
        "found unknown directive name" => syntax(
            place.line_from_context(),
            "a line that begins with `%`".into(),
            "%YAML or %TAG",
            "Put a value that begins with `%` in quotes.",
        ),
        "did not find expected <document start>" => syntax(
            place.word(),
            place.found(),
            "`---`",
            "Put a line `---` before the document.",
        ),
        "invalid map key" => make(
            TextErrorKind::Value,
            place.at_problem(),
            "a list or a map as a key".into(),
            "text, a number or a boolean as a key",
            "Put a value that begins with `{` or `[`, as templates do, in quotes.",
        ),
        "map merge requires map or sequence of maps as the value" => make(
            TextErrorKind::Value,
            place.at_problem(),
            "a merge `<<` of something that is no map".into(),
            "an alias of a map, a map, or a list of them",
            "Point the alias at a map.",
        ),
        "document contains excessive aliasing" => make(
            TextErrorKind::Limit,
            place.at_problem(),
            "aliases that unfold to too many values".into(),
            "a document that consists mostly of its own values",
            "Write the values out instead of nesting aliases.",
        ),
        "!!binary value contains invalid base64 data" => make(
            TextErrorKind::Value,
            place.at_problem(),
            "text that is no base64".into(),
            "base64 with its padding",
            "Correct the data, or take the tag out.",
        ),
        _ if message.starts_with("exceeded max depth") => make(
            TextErrorKind::Limit,
            place.at_problem(),
            format!("the level after {}", limits::MAX_FLOW_DEPTH),
            &format!("at most {} levels", limits::MAX_FLOW_DEPTH),
            "Nest less: no Kubernetes object is so deep.",
        ),
        _ if message.starts_with("more than") => make(
            TextErrorKind::Limit,
            place.at_problem(),
            "one more %TAG line".into(),
            &format!("at most {} of them", limits::MAX_TAG_DIRECTIVES),
            "Take the lines out: no Kubernetes object needs them.",
        ),
        _ if message.starts_with("unknown anchor") => make(
            TextErrorKind::Anchor,
            place.problem_to_context(),
            "an alias of a name that no `&` before it declares".into(),
            "an anchor before its alias, in the same document",
            "Declare the anchor with `&`, or put a value that begins with `*` in quotes.",
        ),
        _ if message.starts_with("anchor ") => make(
            TextErrorKind::Anchor,
            place.word(),
            "an alias within its own anchor".into(),
            "an alias of something complete",
            "Write the value out.",
        ),
        _ if message.starts_with("json: unsupported value") => make(
            TextErrorKind::Value,
            place.word(),
            "a number that JSON does not have".into(),
            "a finite number, or text",
            "Put it in quotes if text is meant.",
        ),
        _ if message.starts_with("unsupported map key") => make(
            TextErrorKind::Value,
            place.at_problem(),
            "a key that can't become text".into(),
            "text, a number or a boolean as a key",
            "Put the key in quotes.",
        ),
        _ if message.starts_with("cannot decode") => make(
            TextErrorKind::Value,
            place.word(),
            "a value of another kind than its tag says".into(),
            "a value that fits the tag",
            "Take the tag out, or correct the value.",
        ),
        _ if part == Part::Parser => syntax(
            place.word(),
            place.found(),
            "other YAML",
            "Compare with the lines above.",
        ),
        _ => syntax(
            place.at_problem(),
            place.found(),
            "other YAML",
            "Put the value in quotes if it is text.",
        ),
    }
}

/// A bracket that the text ends within.
fn unclosed(place: &Place<'_>, open: char, close: char) -> Words {
    Words {
        kind: TextErrorKind::Syntax,
        span: place.at_context(),
        found: format!("`{open}` that is never closed"),
        expected: format!("`{close}`"),
        help: format!("Put `{close}` where the brackets end."),
    }
}
