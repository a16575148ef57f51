//! Scalars as values and as keys.

use super::{Composer, Event, Fault, KeyKind, NodeId, Part, Piece, Slot, Tag, Text};
use crate::text::Span;
use crate::text::yaml::resolve::{self, Scalar};
use crate::text::{go_text, number};

impl Composer<'_, '_> {
    pub(super) fn scalar(&mut self, event: &Event) {
        if !event.text.is_empty() || event.end.offset > event.content.offset {
            self.last_end = event.end.offset;
        }
        let is_key = self
            .frames
            .last()
            .is_some_and(|frame| frame.is_map && matches!(frame.slot, Slot::Key));
        if is_key
            && (event.plain || event.tag == Tag::Merge)
            && self.parser.scanner.str(event.text) == "<<"
        {
            // A merge is not decoded, so it does not count; yet its anchor holds.
            if let Some(anchor) = self.declare_anchor(event) {
                let text = self.piece(event.text);
                let node = self
                    .tree
                    .push_str(self.span(event.content, event.end.offset), text);
                self.anchors.complete(anchor, node, 1);
                self.anchors.set_key(anchor, text, KeyKind::Text);
            }
            let span = self.span(event.content, event.end.offset);
            self.wait_for(Slot::Merge { span });
            return;
        }
        self.visit(event.start);
        let span = self.span(event.content, event.end.offset);
        let (scalar, text) = self.resolve(event);
        let anchor = self.declare_anchor(event);
        if is_key {
            let (key, kind) = self.key(scalar, text);
            if let Some(anchor) = anchor {
                let node = self.value(scalar, text, span, event);
                self.anchors.complete(anchor, node, 1);
                self.anchors.set_key(anchor, key, kind);
            }
            self.take_key(key, kind, span, event.content);
            return;
        }
        let node = self.value(scalar, text, span, event);
        if let Some(anchor) = anchor {
            let (key, kind) = self.key(scalar, text);
            self.anchors.complete(anchor, node, 1);
            self.anchors.set_key(anchor, key, kind);
        }
        self.place(node, event.content, event.start.line);
    }

    /// What the scalar means, and its text (that of `!!binary` decoded).
    fn resolve(&mut self, event: &Event) -> (Scalar, Text) {
        let text = self.parser.scanner.str(event.text);
        match event.tag {
            Tag::None if event.plain => (resolve::resolve_plain(text), event.text),
            Tag::None => (Scalar::Str, event.text),
            Tag::Binary => {
                let Some(bytes) = resolve::decode_base64(text) else {
                    self.refuse("!!binary value contains invalid base64 data", event.content);
                    return (Scalar::Str, event.text);
                };
                let text = self.parser.scanner.put(&go_text(&bytes));
                (Scalar::Str, text)
            }
            tag => match resolve::resolve_tagged(tag, text) {
                Ok(scalar) => (scalar, event.text),
                Err(message) => {
                    self.refuse(message, event.content);
                    (Scalar::Str, event.text)
                }
            },
        }
    }

    /// A scalar as a value. Numbers become what they are in JSON: integral ones have no fraction (R-1513).
    fn value(&mut self, scalar: Scalar, text: Text, span: Span, event: &Event) -> NodeId {
        match scalar {
            Scalar::Null => self.tree.push_null(span),
            Scalar::Bool(value) => self.tree.push_bool(span, value),
            Scalar::Int(value) => self.tree.push_int(span, value),
            Scalar::UInt(value) => self.tree.push_uint(span, value),
            Scalar::Float(value) if value.is_finite() => match number::as_integer(value) {
                Some(value) => self.tree.push_int(span, value),
                None => self.tree.push_float(span, value),
            },
            Scalar::Float(value) => {
                let name = if value.is_nan() {
                    "NaN"
                } else if value > 0.0 {
                    "+Inf"
                } else {
                    "-Inf"
                };
                let node = self.tree.push_null(span);
                let message = format!("json: unsupported value: {name}");
                self.unfit.push((
                    node,
                    Fault::at(Part::Composer, message, event.content, None),
                ));
                node
            }
            Scalar::Str | Scalar::Timestamp => {
                let piece = self.piece(text);
                self.tree.push_str(span, piece)
            }
        }
    }

    /// A scalar as a key: text (R-1512).
    fn key(&mut self, scalar: Scalar, text: Text) -> (Piece, KeyKind) {
        match scalar {
            Scalar::Str | Scalar::Timestamp => (self.piece(text), KeyKind::Text),
            Scalar::Null => (self.stored("null"), KeyKind::Null),
            Scalar::Bool(value) => (
                self.stored(if value { "true" } else { "false" }),
                KeyKind::Bool,
            ),
            Scalar::Int(value) => {
                let made = value.to_string();
                let as_written = self.parser.scanner.str(text) == made;
                (
                    if as_written {
                        self.piece(text)
                    } else {
                        self.stored(&made)
                    },
                    KeyKind::Int,
                )
            }
            Scalar::UInt(value) => (self.stored(&value.to_string()), KeyKind::UInt),
            Scalar::Float(value) => (
                self.stored(&number::key_float(value)),
                KeyKind::Float(value),
            ),
        }
    }
}
