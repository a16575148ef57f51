//! Files with any number of documents, as `kubectl` reads them (R-1500 to R-1508).

use std::borrow::Cow;

use super::error::{TextError, TextErrorKind};
use super::limits::{MAX_DOCUMENTS, MAX_JSON_DEPTH, MAX_JSON_GUESS_BYTES, MAX_TEXT_BYTES};
use super::tree::Tree;
use super::{Span, json, yaml};

/// One document of a text.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    /// What it holds; spans are those of the whole text handed in.
    pub tree: Tree<'t>,
    /// Where it stands.
    pub span: Span,
    /// What a strict reading refuses: keys that stand twice in a map, each with the span of the later one.
    pub duplicates: Vec<TextError>,
}

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub struct Stream<'t> {
    /// Documents and what could not be read, in the order of the text; empty and `null` documents are left out.
    ///
    /// `kubectl` stops at the first error (R-1506): what it acts on stands before that. So an error that makes
    /// it lose the document before (a bad separator line) stands before that document.
    pub parts: Vec<Result<Document<'t>, TextError>>,
}

impl<'t> Stream<'t> {
    /// The documents that could be read.
    pub fn documents(&self) -> impl Iterator<Item = &Document<'t>> {
        self.parts.iter().filter_map(|part| part.as_ref().ok())
    }

    /// What could not be read.
    pub fn errors(&self) -> impl Iterator<Item = &TextError> {
        self.parts.iter().filter_map(|part| part.as_ref().err())
    }
}

/// Reads every document; a broken one does not hide those after it.
pub fn read(text: &str) -> Stream<'_> {
    read_valid(text.as_bytes(), Some(text))
}

/// Reads every document of bytes in any encoding, exactly as `kubectl` would.
///
/// What Kubernetes does not look at makes no difference: bytes that are no UTF-8 behind the end of a document,
/// for instance. A tree of such a text keeps its own copy of all strings; its [`Tree::text`] is empty.
pub fn read_bytes(bytes: &[u8]) -> Stream<'_> {
    read_valid(bytes, std::str::from_utf8(bytes).ok())
}

/// Bytes to text, for showing it and for [`read`]: UTF-8 as it is, UTF-16 by its mark.
///
/// # Errors
///
/// Where the bytes are neither.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, TextError> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => {
            return std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|error| {
                    let at = error.valid_up_to();
                    let byte = bytes.get(at).copied().unwrap_or_default();
                    not_text(format!("the byte 0x{byte:02X}"), Span::new(at, at + 1))
                });
        }
    };
    let pairs = bytes.get(2..).unwrap_or_default().chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => return Err(not_text("half a character of UTF-16".into(), Span::at(0))),
        }
    }
    if odd {
        return Err(not_text(
            "half a unit of UTF-16 at the end".into(),
            Span::new(bytes.len() - 1, bytes.len()),
        ));
    }
    Ok(Cow::Owned(text))
}

fn not_text(found: String, span: Span) -> TextError {
    TextError::new(TextErrorKind::Encoding, "the text is not UTF-8", span).explained(
        found,
        "UTF-8 text",
        "Save the file as UTF-8.",
    )
}

/// Where the line reader cuts a text into documents, comment-only ones included, line by line and whatever
/// YAML says (R-1502). Each range ends before the separator line that follows; one at the front is kept.
pub fn chunks(bytes: &[u8]) -> Vec<Result<Span, TextError>> {
    let mut parts = vec![];
    let mut cutter = Cutter { bytes, at: 0 };
    while let Some(cut) = cutter.next_cut() {
        parts.extend(cut.error.map(Err));
        parts.extend(cut.chunk.map(Ok));
    }
    parts
}

fn read_valid<'t>(bytes: &'t [u8], text: Option<&'t str>) -> Stream<'t> {
    let mut reader = Reader {
        bytes,
        text,
        parts: vec![],
    };
    if bytes.len() > MAX_TEXT_BYTES {
        reader.parts.push(Err(yaml::too_long(bytes.len())));
    } else if looks_like_json(bytes) {
        reader.json(0);
    } else {
        reader.yaml(0, None);
    }
    Stream {
        parts: reader.parts,
    }
}

/// Whether `{` comes first, after white space that is not too long (R-1500).
fn looks_like_json(bytes: &[u8]) -> bool {
    let front = bytes.get(..MAX_JSON_GUESS_BYTES).unwrap_or(bytes);
    let text = front.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    text.trim_start().starts_with('{')
}

struct Reader<'t> {
    bytes: &'t [u8],
    text: Option<&'t str>,
    parts: Vec<Result<Document<'t>, TextError>>,
}

impl<'t> Reader<'t> {
    /// Adds a part; `false` once there are too many.
    fn push(&mut self, part: Result<Document<'t>, TextError>) -> bool {
        if matches!(&part, Ok(document) if document.tree.is_empty()) {
            return true;
        }
        if self.parts.len() >= MAX_DOCUMENTS {
            let span = part
                .as_ref()
                .map_or_else(|error| error.span, |document| document.span);
            self.parts.push(Err(TextError::new(
                TextErrorKind::Limit,
                format!("more than {MAX_DOCUMENTS} documents"),
                Span::at(span.start as usize),
            )
            .explained(
                format!("document {}", MAX_DOCUMENTS + 1),
                format!("at most {MAX_DOCUMENTS} documents"),
                "Put the objects into a List, or give fewer of them.",
            )));
            return false;
        }
        self.parts.push(part);
        true
    }

    /// JSON values from `at` on, and YAML where they end (R-1501).
    fn json(&mut self, mut at: usize) {
        let mut objects = 0;
        loop {
            match json::value(self.bytes, self.text, at) {
                Ok(None) => return,
                Ok(Some((document, end))) => {
                    objects += 1;
                    at = end;
                    if !self.push(document) {
                        return;
                    }
                }
                Err(error) => {
                    let yaml_from = if objects > 1 {
                        None
                    } else {
                        after_blank(self.bytes, at)
                    };
                    if let Some(from) = yaml_from {
                        self.yaml(from, Some(error));
                        return;
                    }
                    if !self.push(Err(error)) {
                        return;
                    }
                    // kubectl stops here; what begins on a line of its own further down is read all the same.
                    match self.next_beginning(at) {
                        Some(next) if self.bytes.get(next) == Some(&b'{') => at = next,
                        Some(next) => {
                            self.yaml(next, None);
                            return;
                        }
                        None => return,
                    }
                }
            }
        }
    }

    /// The next line after `at` that begins with `{` or `---`.
    fn next_beginning(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..)?;
        // What failed begins behind the blanks.
        let blank = rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let (at, rest) = (at + blank, rest.get(blank..)?);
        let breaks = rest.iter().enumerate().filter(|&(_, &byte)| byte == b'\n');
        breaks.map(|(offset, _)| at + offset + 1).find(|&line| {
            let line = self.bytes.get(line..).unwrap_or_default();
            line.starts_with(b"{") || line.starts_with(b"---")
        })
    }

    /// YAML documents from `at` on. The first error, if it is of the first document, is told as `json_error`.
    fn yaml(&mut self, at: usize, mut json_error: Option<TextError>) {
        let mut cutter = Cutter {
            bytes: self.bytes,
            at,
        };
        while let Some(cut) = cutter.next_cut() {
            if let Some(error) = cut.error
                && !self.push(Err(as_json(error, &mut json_error, self.bytes)))
            {
                return;
            }
            let Some(span) = cut.chunk else { continue };
            let part = self
                .chunk(span)
                .map_err(|error| as_json(error, &mut json_error, self.bytes));
            json_error = None;
            if !self.push(part) {
                return;
            }
        }
    }

    fn chunk(&self, span: Span) -> Result<Document<'t>, TextError> {
        let document = yaml::chunk(self.bytes, self.text, span)?;
        if document.tree.depth_exceeds(MAX_JSON_DEPTH) {
            let span = document.tree.span(document.tree.root());
            return Err(TextError::new(
                TextErrorKind::Limit,
                "exceeded max depth",
                Span::at(span.start as usize),
            )
            .explained(
                format!("more than {MAX_JSON_DEPTH} levels"),
                format!("at most {MAX_JSON_DEPTH} levels"),
                "Nest less: no Kubernetes object is so deep.",
            ));
        }
        Ok(document)
    }
}

/// The error of a document that was read as JSON first: Kubernetes tells what was wrong with the JSON. Where the
/// text is not meant to be JSON, place and help are those of the YAML.
fn as_json(error: TextError, json_error: &mut Option<TextError>, bytes: &[u8]) -> TextError {
    let Some(json) = json_error.take() else {
        return error;
    };
    let from = bytes.get(json.span.start as usize..).unwrap_or_default();
    let is_yaml = from
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'#'));
    if is_yaml {
        TextError {
            message: json.message,
            go_line: None,
            ..error
        }
    } else {
        json
    }
}

/// The place after white space up to the next line end; `None` where Go's reader, which takes four bytes at a
/// time, comes to the end first, or to a byte that is no UTF-8.
fn after_blank(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let four = bytes.get(at..at + 4)?;
        let text = four.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let character = text
            .chars()
            .next()
            .filter(|&character| character != '\u{fffd}')?;
        if !character.is_whitespace() {
            return Some(at);
        }
        at += character.len_utf8();
        if character == '\n' {
            return Some(at);
        }
    }
}

/// Cuts a text into documents by lines.
struct Cutter<'b> {
    bytes: &'b [u8],
    at: usize,
}

struct Cut {
    /// A bad separator line behind the chunk: Kubernetes loses the chunk with it.
    error: Option<TextError>,
    chunk: Option<Span>,
}

/// The size of Go's line buffer.
const LINE_BUFFER: usize = 4096;

impl Cutter<'_> {
    fn next_cut(&mut self) -> Option<Cut> {
        let start = self.at;
        if start >= self.bytes.len() {
            return None;
        }
        loop {
            let line_start = self.at;
            let rest = self.bytes.get(line_start..).unwrap_or_default();
            if rest.is_empty() {
                return Some(Cut {
                    error: None,
                    chunk: Some(Span::new(start, line_start)),
                });
            }
            let len = rest
                .iter()
                .position(|&byte| byte == b'\n')
                .map_or(rest.len(), |at| at + 1);
            let line = rest.get(..len).unwrap_or_default();
            self.at += len;
            let before = (line_start > start).then(|| Span::new(start, line_start));
            if line.starts_with(b"---") {
                if let Some(error) = separator_error(line, line_start) {
                    return Some(Cut {
                        error: Some(error),
                        chunk: before,
                    });
                }
                if before.is_some() {
                    return Some(Cut {
                        error: None,
                        chunk: before,
                    });
                }
            }
            if is_lost(line) {
                return before.map(|chunk| Cut {
                    error: None,
                    chunk: Some(chunk),
                });
            }
        }
    }
}

/// What is wrong with a separator line: only blanks and a comment may follow the `---`.
fn separator_error(line: &[u8], start: usize) -> Option<TextError> {
    let rest = String::from_utf8_lossy(line.get(3..).unwrap_or_default());
    let rest = rest.trim();
    if rest.is_empty() || rest.starts_with('#') {
        return None;
    }
    let end = line.len()
        - line
            .iter()
            .rev()
            .take_while(|&&byte| matches!(byte, b'\n' | b'\r'))
            .count();
    let shown: String = rest.chars().take(40).collect();
    Some(
        TextError::new(
            TextErrorKind::Separator,
            format!("invalid Yaml document separator: {rest}"),
            Span::new(start, start + end),
        )
        .explained(
            format!("`---` with `{shown}` behind it"),
            "a line of `---` alone, or with a comment",
            "Put what follows on a line of its own.",
        ),
    )
}

/// Whether Go loses a line: the last one, if it has no line end and fills the line buffer without a rest.
fn is_lost(line: &[u8]) -> bool {
    if line.last() == Some(&b'\n') || line.len() < LINE_BUFFER {
        return false;
    }
    let mut rest = line;
    while let Some(full) = rest.get(..LINE_BUFFER) {
        // A carriage return at the end of the buffer is put back, as its line feed may follow.
        let taken = if full.last() == Some(&b'\r') {
            LINE_BUFFER - 1
        } else {
            LINE_BUFFER
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    rest.is_empty()
}
