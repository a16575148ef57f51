//! JSON as Go's `encoding/json` reads it, into the same tree, without recursion.
//!
//! Values follow each other in a stream with or without white space (R-1501). Numbers become what the API server
//! makes of them: 64-bit integers where they fit, else floats. Of equal keys the last one wins.

mod string;

use super::Span;
use super::error::{TextError, TextErrorKind};
use super::limits::MAX_JSON_DEPTH;
use super::pairs::{self, Duplicate, KeyKind, Pair};
use super::stream::Document;
use super::strict;
use super::tree::{Entry, NodeId, Piece, Tree};
use crate::text::order::sort_by;

/// A value, or why it can't be taken though it is JSON, and the place after it.
pub(super) type Next<'t> = Option<(Result<Document<'t>, TextError>, usize)>;

/// Reads the next value of `bytes` from `at` on; nothing where only white space follows.
///
/// `text` is the same bytes, if they are UTF-8 all along.
///
/// # Errors
///
/// Where the text is no JSON; the message is Go's.
pub(super) fn value<'t>(
    bytes: &[u8],
    text: Option<&'t str>,
    at: usize,
) -> Result<Next<'t>, TextError> {
    let mut reader = Reader {
        bytes,
        verbatim: text.is_some(),
        at,
        tree: Tree::new(text.unwrap_or_default()),
        frames: vec![],
        items: vec![],
        pairs: vec![],
        entries: vec![],
        duplicates: vec![],
        scratch: String::new(),
        unfit: None,
    };
    reader.skip_blank();
    let start = reader.at;
    if reader.byte().is_none() {
        return Ok(None);
    }
    let root = reader.read()?;
    if let Some(unfit) = reader.unfit {
        return Ok(Some((Err(unfit), reader.at)));
    }
    reader.tree.set_root(root);
    sort_by(&mut reader.duplicates, |a, b| a.done.cmp(&b.done));
    let duplicates = strict::errors(&reader.tree, &reader.duplicates);
    let document = Document {
        tree: reader.tree,
        span: Span::new(start, reader.at),
        duplicates,
    };
    Ok(Some((Ok(document), reader.at)))
}

/// Reads a text that is one JSON value and nothing else.
///
/// # Errors
///
/// Where the text is no JSON, or something follows the value.
pub fn document(text: &str) -> Result<Document<'_>, TextError> {
    let Some((document, end)) = value(text.as_bytes(), Some(text), 0)? else {
        return Err(end_error(Span::at(text.len())));
    };
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let blank = rest.iter().take_while(|&&byte| is_blank(byte)).count();
    if blank < rest.len() {
        let at = end + blank;
        let character = text
            .get(at..)
            .and_then(|text| text.chars().next())
            .unwrap_or_default();
        let span = Span::new(at, at + character.len_utf8());
        return Err(TextError::new(
            TextErrorKind::Syntax,
            format!(
                "invalid character {} after top-level value",
                shown(character)
            ),
            span,
        )
        .explained(
            format!("`{character}`"),
            "the end of the text",
            "Take out what follows the value.",
        ));
    }
    document
}

struct Reader<'b, 't> {
    bytes: &'b [u8],
    verbatim: bool,
    at: usize,
    tree: Tree<'t>,
    frames: Vec<Frame>,
    items: Vec<NodeId>,
    pairs: Vec<Pair>,
    entries: Vec<Entry>,
    duplicates: Vec<Duplicate>,
    scratch: String,
    /// The first number that is too large.
    unfit: Option<TextError>,
}

/// A list or an object that is open.
struct Frame {
    start: usize,
    base: usize,
    /// The key that waits for its value; `None` in a list.
    key: Option<(Piece, Span)>,
}

#[inline(always)]
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

impl Reader<'_, '_> {
    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline(always)]
    fn skip_blank(&mut self) {
        while self.byte().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// Reads one value, however deep.
    fn read(&mut self) -> Result<NodeId, TextError> {
        loop {
            // A value begins.
            self.skip_blank();
            let mut node = match self.byte() {
                Some(b'{') => {
                    self.open(true)?;
                    if self.byte() == Some(b'}') {
                        self.close_map()
                    } else {
                        self.key()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.open(false)?;
                    if self.byte() == Some(b']') {
                        self.close_list()
                    } else {
                        continue;
                    }
                }
                Some(b'"') => {
                    let (piece, span) = self.string()?;
                    self.tree.push_str(span, piece)
                }
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.word("true", Some(true))?,
                Some(b'f') => self.word("false", Some(false))?,
                Some(b'n') => self.word("null", None)?,
                _ => return Err(self.refused("looking for beginning of value", "a value")),
            };
            // A value is complete: close what it completes.
            loop {
                let Some(frame) = self.frames.last_mut() else {
                    return Ok(node);
                };
                if let Some((key, key_span)) = frame.key {
                    let done = self.tree.len();
                    self.pairs.push(Pair {
                        key,
                        kind: KeyKind::Text,
                        key_span,
                        value: node,
                        line: None,
                        done,
                    });
                    self.skip_blank();
                    match self.byte() {
                        Some(b',') => {
                            self.at += 1;
                            self.key()?;
                            break;
                        }
                        Some(b'}') => node = self.close_map(),
                        _ => return Err(self.refused("after object key:value pair", "`,` or `}`")),
                    }
                } else {
                    self.items.push(node);
                    self.skip_blank();
                    match self.byte() {
                        Some(b',') => {
                            self.at += 1;
                            break;
                        }
                        Some(b']') => node = self.close_list(),
                        _ => return Err(self.refused("after array element", "`,` or `]`")),
                    }
                }
            }
        }
    }

    fn open(&mut self, is_map: bool) -> Result<(), TextError> {
        let base = if is_map {
            self.pairs.len()
        } else {
            self.items.len()
        };
        // An empty piece stands for the key until it is read.
        let key = is_map.then(|| (self.tree.source_piece(Span::at(0)), Span::at(0)));
        self.frames.push(Frame {
            start: self.at,
            base,
            key,
        });
        if self.frames.len() > MAX_JSON_DEPTH {
            let mut error = self.refused("exceeded max depth", "less nesting");
            error.kind = TextErrorKind::Limit;
            "Nest less: no Kubernetes object is so deep.".clone_into(&mut error.help);
            return Err(error);
        }
        self.at += 1;
        self.skip_blank();
        Ok(())
    }

    fn close_map(&mut self) -> NodeId {
        self.at += 1;
        let Some(frame) = self.frames.pop() else {
            return self.tree.root();
        };
        let pairs = self.pairs.get(frame.base..).unwrap_or_default();
        pairs::unique(
            pairs,
            self.tree.text(),
            self.tree.store(),
            &mut self.entries,
            &mut self.duplicates,
        );
        self.pairs.truncate(frame.base);
        self.tree
            .push_map(Span::new(frame.start, self.at), &self.entries)
    }

    fn close_list(&mut self) -> NodeId {
        self.at += 1;
        let Some(frame) = self.frames.pop() else {
            return self.tree.root();
        };
        let items = self.items.get(frame.base..).unwrap_or_default();
        let node = self.tree.push_seq(Span::new(frame.start, self.at), items);
        self.items.truncate(frame.base);
        node
    }

    /// Reads a key and its colon.
    fn key(&mut self) -> Result<(), TextError> {
        self.skip_blank();
        if self.byte() != Some(b'"') {
            return Err(self.refused(
                "looking for beginning of object key string",
                "a key in double quotes",
            ));
        }
        let key = self.string()?;
        self.skip_blank();
        if self.byte() != Some(b':') {
            return Err(self.refused("after object key", "`:`"));
        }
        self.at += 1;
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some(key);
        }
        Ok(())
    }

    fn word(&mut self, word: &str, value: Option<bool>) -> Result<NodeId, TextError> {
        let start = self.at;
        for expected in word.bytes() {
            if self.byte() != Some(expected) {
                let context = format!(
                    "in literal {word} (expecting {})",
                    shown(char::from(expected))
                );
                return Err(self.refused(&context, "`true`, `false` or `null`"));
            }
            self.at += 1;
        }
        let span = Span::new(start, self.at);
        Ok(match value {
            Some(value) => self.tree.push_bool(span, value),
            None => self.tree.push_null(span),
        })
    }

    fn digits(&mut self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        digits
    }

    fn number(&mut self) -> Result<NodeId, TextError> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else if self.digits() == 0 {
            return Err(self.refused("in numeric literal", "a digit"));
        }
        let mut whole = true;
        if self.byte() == Some(b'.') {
            self.at += 1;
            whole = false;
            if self.digits() == 0 {
                return Err(self.refused("after decimal point in numeric literal", "a digit"));
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            whole = false;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(self.refused("in exponent of numeric literal", "a digit"));
            }
        }
        let span = Span::new(start, self.at);
        let text = std::str::from_utf8(span.of(self.bytes)).unwrap_or_default();
        if whole {
            if let Ok(value) = text.parse() {
                return Ok(self.tree.push_int(span, value));
            }
            if let Ok(value) = text.parse() {
                return Ok(self.tree.push_uint(span, value));
            }
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(self.tree.push_float(span, value)),
            _ => {
                // It is JSON all the same: only the document is lost, not what follows it.
                let message =
                    format!("json: cannot unmarshal number {text} into Go value of type float64");
                self.unfit.get_or_insert_with(|| {
                    TextError::new(TextErrorKind::Value, message, span).explained(
                        "a number that is too large",
                        "a number below 1.8e308",
                        "Put it in quotes if text is meant.",
                    )
                });
                Ok(self.tree.push_null(span))
            }
        }
    }

    /// Go's error for what stands here.
    fn refused(&self, context: &str, expected: &str) -> TextError {
        let Some(&byte) = self.bytes.get(self.at) else {
            // Nothing more comes: a person looks for what was opened last.
            let open = self
                .frames
                .last()
                .map(|frame| (frame.start, frame.key.is_some()));
            return match open {
                Some((start, is_map)) => {
                    let (open, close) = if is_map { ('{', '}') } else { ('[', ']') };
                    end_error(Span::new(start, start + 1)).explained(
                        format!("`{open}` that is never closed"),
                        format!("`{close}`"),
                        format!("Put `{close}` where it ends."),
                    )
                }
                None => end_error(Span::at(self.at)),
            };
        };
        let near = self
            .bytes
            .get(self.at..(self.at + 4).min(self.bytes.len()))
            .unwrap_or_default();
        let character = near
            .utf8_chunks()
            .next()
            .and_then(|chunk| chunk.valid().chars().next());
        let len = character.map_or(1, char::len_utf8);
        // Go looks at single bytes.
        let message = format!("invalid character {} {context}", shown(char::from(byte)));
        let found = character.map_or_else(
            || format!("the byte 0x{byte:02X}"),
            |character| format!("`{character}`"),
        );
        let help = match byte {
            b'\'' => "JSON has double quotes only.",
            b'}' | b']' => "Take out the comma before it, or complete the entry.",
            b'#' | b'/' => "JSON has no comments.",
            _ => "Compare with the lines above: a quote, a comma or a bracket is missing.",
        };
        TextError::new(
            TextErrorKind::Syntax,
            message,
            Span::new(self.at, self.at + len),
        )
        .explained(found, expected, help)
    }
}

fn end_error(span: Span) -> TextError {
    TextError::new(TextErrorKind::Syntax, "unexpected EOF", span).explained(
        "the end of the text",
        "the rest of the value",
        "Complete the text: something is cut off.",
    )
}

/// A character as Go's JSON errors show it.
fn shown(character: char) -> String {
    match character {
        '\'' => r"'\''".into(),
        '"' => "'\"'".into(),
        '\\' => r"'\\'".into(),
        '\n' => r"'\n'".into(),
        '\r' => r"'\r'".into(),
        '\t' => r"'\t'".into(),
        control if (control as u32) < 0x20 || control == '\u{7f}' => {
            format!("'\\x{:02x}'", control as u32)
        }
        control if ('\u{80}'..'\u{a1}').contains(&control) || control == '\u{ad}' => {
            format!("'\\u{:04x}'", control as u32)
        }
        other => format!("'{other}'"),
    }
}
