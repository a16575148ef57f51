//! Tokens → events: the grammar, as a machine of states without recursion.

use super::fault::{Fault, Part, Scan};
use super::scanner::{Mark, Scanner, Text, Token, TokenKind};
use super::tag::{Handles, Tag};
use crate::text::limits::MAX_TAG_DIRECTIVES;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
    StreamStart,
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias,
    Scalar,
    SequenceStart,
    SequenceEnd,
    MappingStart,
    MappingEnd,
}

/// One step of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    /// Where it begins, with its tag and anchor.
    pub(super) start: Mark,
    /// Where its content begins and ends.
    pub(super) content: Mark,
    pub(super) end: Mark,
    /// The anchor's name; of an alias the one it means.
    pub(super) anchor: Text,
    pub(super) tag: Tag,
    pub(super) text: Text,
    /// Plain text without a tag, or with the tag `!`.
    pub(super) plain: bool,
}

impl Event {
    fn new(kind: EventKind, start: Mark, end: Mark) -> Self {
        Self {
            kind,
            start,
            content: start,
            end,
            anchor: Text::default(),
            tag: Tag::None,
            text: Text::default(),
            plain: false,
        }
    }

    /// Nothing, where a value could stand.
    fn empty(at: Mark) -> Self {
        Self {
            plain: true,
            ..Self::new(EventKind::Scalar, at, at)
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    StreamStart,
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirst,
    BlockSequence,
    IndentlessSequence,
    BlockMappingFirst,
    BlockMapping,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequence,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMapping,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

pub(super) struct Parser<'s> {
    pub(super) scanner: Scanner<'s>,
    state: State,
    /// What follows once the node that is open is complete.
    states: Vec<State>,
    /// Where the open collections began.
    marks: Vec<Mark>,
    handles: Handles,
}

impl<'s> Parser<'s> {
    pub(super) fn new(scanner: Scanner<'s>) -> Self {
        Self {
            scanner,
            state: State::StreamStart,
            states: vec![],
            marks: vec![],
            handles: Handles::default(),
        }
    }

    /// The next event.
    #[inline]
    pub(super) fn next_event(&mut self) -> Scan<Event> {
        match self.state {
            State::StreamStart => self.stream_start(),
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceFirst => self.block_sequence(true),
            State::BlockSequence => self.block_sequence(false),
            State::IndentlessSequence => self.indentless_sequence(),
            State::BlockMappingFirst => self.block_mapping_key(true),
            State::BlockMapping => self.block_mapping_key(false),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirst => self.flow_sequence(true),
            State::FlowSequence => self.flow_sequence(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => self.flow_pair_end(),
            State::FlowMappingFirst => self.flow_mapping_key(true),
            State::FlowMapping => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.flow_mapping_value(true),
            State::End => Ok(Event::new(
                EventKind::StreamEnd,
                Mark::default(),
                Mark::default(),
            )),
        }
    }

    fn error<T>(message: &str, problem: Mark, context: Option<Mark>) -> Scan<T> {
        Err(Fault::at(Part::Parser, message, problem, context))
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// Takes the token that opens a collection.
    fn open(&mut self) -> Scan<()> {
        let token = self.scanner.peek()?;
        self.marks.push(token.start);
        self.scanner.take();
        Ok(())
    }

    /// Takes the token that closes a collection.
    fn close(&mut self, kind: EventKind, token: Token) -> Event {
        self.pop_state();
        self.marks.pop();
        self.scanner.take();
        Event::new(kind, token.start, token.end)
    }

    fn stream_start(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        self.scanner.take();
        self.state = State::ImplicitDocumentStart;
        Ok(Event::new(EventKind::StreamStart, token.start, token.end))
    }

    fn document_start(&mut self, implicit: bool) -> Scan<Event> {
        let mut token = self.scanner.peek()?;
        while !implicit && token.kind == TokenKind::DocumentEnd {
            self.scanner.take();
            token = self.scanner.peek()?;
        }
        match token.kind {
            TokenKind::StreamEnd => {
                self.state = State::End;
                self.scanner.take();
                Ok(Event::new(EventKind::StreamEnd, token.start, token.end))
            }
            TokenKind::Version | TokenKind::TagDirective | TokenKind::DocumentStart => {
                self.explicit_document(token)
            }
            _ if !implicit => self.explicit_document(token),
            _ => {
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                Ok(Event::new(EventKind::DocumentStart, token.start, token.end))
            }
        }
    }

    fn explicit_document(&mut self, first: Token) -> Scan<Event> {
        self.directives()?;
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::DocumentStart {
            return Self::error("did not find expected <document start>", token.start, None);
        }
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        self.scanner.take();
        Ok(Event::new(EventKind::DocumentStart, first.start, token.end))
    }

    fn directives(&mut self) -> Scan<()> {
        let mut versioned = false;
        loop {
            let token = self.scanner.peek()?;
            match token.kind {
                TokenKind::Version => {
                    if versioned {
                        return Self::error("found duplicate %YAML directive", token.start, None);
                    }
                    if (token.text.start, token.text.end) != (1, 1) {
                        return Self::error("found incompatible YAML document", token.start, None);
                    }
                    versioned = true;
                }
                TokenKind::TagDirective => {
                    let (handle, prefix) =
                        (self.scanner.str(token.text), self.scanner.str(token.more));
                    if !self.handles.declare(handle, prefix) {
                        return Self::error("found duplicate %TAG directive", token.start, None);
                    }
                    if self.handles.len() > MAX_TAG_DIRECTIVES {
                        let message = format!("more than {MAX_TAG_DIRECTIVES} %TAG directives");
                        return Self::error(&message, token.start, None);
                    }
                }
                _ => return Ok(()),
            }
            self.scanner.take();
        }
    }

    fn document_content(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Version
            | TokenKind::TagDirective
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop_state();
                Ok(Event::empty(token.start))
            }
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::DocumentEnd {
            self.scanner.take();
        }
        self.handles = Handles::default();
        self.state = State::DocumentStart;
        Ok(Event::new(EventKind::DocumentEnd, token.start, token.end))
    }

    /// A value with its tag and anchor, in either order.
    fn node(&mut self, block: bool, indentless: bool) -> Scan<Event> {
        let mut token = self.scanner.peek()?;
        let start = token.start;
        if token.kind == TokenKind::Alias {
            self.pop_state();
            self.scanner.take();
            return Ok(Event {
                anchor: token.text,
                ..Event::new(EventKind::Alias, start, token.end)
            });
        }

        let mut anchor = Text::default();
        let mut tag_token = None;
        let mut end = start;
        for _ in 0..2 {
            match token.kind {
                TokenKind::Anchor if anchor.is_empty() => anchor = token.text,
                TokenKind::Tag if tag_token.is_none() => tag_token = Some(token),
                _ => break,
            }
            end = token.end;
            self.scanner.take();
            token = self.scanner.peek()?;
        }
        let tag = match tag_token {
            None => Tag::None,
            Some(written) => {
                let (handle, suffix) = (
                    self.scanner.str(written.text),
                    self.scanner.str(written.more),
                );
                match self.handles.resolve(handle, suffix) {
                    Some(tag) => tag,
                    None => {
                        return Self::error(
                            "found undefined tag handle",
                            written.start,
                            Some(start),
                        );
                    }
                }
            }
        };

        let mut event = Event {
            start,
            content: token.start,
            anchor,
            tag,
            ..Event::new(EventKind::SequenceStart, start, token.end)
        };
        match token.kind {
            TokenKind::BlockEntry if indentless => self.state = State::IndentlessSequence,
            TokenKind::Plain | TokenKind::Quoted => {
                self.pop_state();
                self.scanner.take();
                event.kind = EventKind::Scalar;
                event.text = token.text;
                let untagged = tag == Tag::None && token.kind == TokenKind::Plain;
                event.plain = untagged || tag == Tag::NonSpecific;
            }
            TokenKind::FlowSequenceStart => self.state = State::FlowSequenceFirst,
            TokenKind::FlowMappingStart => {
                self.state = State::FlowMappingFirst;
                event.kind = EventKind::MappingStart;
            }
            TokenKind::BlockSequenceStart if block => self.state = State::BlockSequenceFirst,
            TokenKind::BlockMappingStart if block => {
                self.state = State::BlockMappingFirst;
                event.kind = EventKind::MappingStart;
            }
            _ if !anchor.is_empty() || tag != Tag::None => {
                self.pop_state();
                event.kind = EventKind::Scalar;
                event.content = end;
                event.end = end;
                event.plain = tag == Tag::None;
            }
            _ => {
                let message = "did not find expected node content";
                let fault = Fault::at(Part::Parser, message, token.start, Some(start));
                let bracket = if block {
                    None
                } else {
                    self.marks.last().copied()
                };
                return Err(fault.within(bracket));
            }
        }
        Ok(event)
    }

    fn block_sequence(&mut self, first: bool) -> Scan<Event> {
        if first {
            self.open()?;
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                self.scanner.take();
                let next = self.scanner.peek()?;
                if matches!(next.kind, TokenKind::BlockEntry | TokenKind::BlockEnd) {
                    self.state = State::BlockSequence;
                    return Ok(Event::empty(token.end));
                }
                self.states.push(State::BlockSequence);
                self.node(true, false)
            }
            TokenKind::BlockEnd => Ok(self.close(EventKind::SequenceEnd, token)),
            _ => {
                let context = self.marks.pop();
                Self::error("did not find expected '-' indicator", token.start, context)
            }
        }
    }

    fn indentless_sequence(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            self.pop_state();
            return Ok(Event::new(EventKind::SequenceEnd, token.start, token.start));
        }
        self.scanner.take();
        let next = self.scanner.peek()?;
        if let TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd =
            next.kind
        {
            self.state = State::IndentlessSequence;
            return Ok(Event::empty(token.end));
        }
        self.states.push(State::IndentlessSequence);
        self.node(true, false)
    }

    fn block_mapping_key(&mut self, first: bool) -> Scan<Event> {
        if first {
            self.open()?;
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                self.scanner.take();
                let next = self.scanner.peek()?;
                if let TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd = next.kind {
                    self.state = State::BlockMappingValue;
                    return Ok(Event::empty(token.end));
                }
                self.states.push(State::BlockMappingValue);
                self.node(true, true)
            }
            TokenKind::BlockEnd => Ok(self.close(EventKind::MappingEnd, token)),
            _ => {
                let context = self.marks.pop();
                Self::error("did not find expected key", token.start, context)
            }
        }
    }

    fn block_mapping_value(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::Value {
            self.state = State::BlockMapping;
            return Ok(Event::empty(token.start));
        }
        self.scanner.take();
        let next = self.scanner.peek()?;
        if let TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd = next.kind {
            self.state = State::BlockMapping;
            return Ok(Event::empty(token.end));
        }
        self.states.push(State::BlockMapping);
        self.node(true, true)
    }

    fn flow_sequence(&mut self, first: bool) -> Scan<Event> {
        if first {
            self.open()?;
        }
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowSequenceEnd {
            if !first {
                if token.kind != TokenKind::FlowEntry {
                    let context = self.marks.pop();
                    return Self::error("did not find expected ',' or ']'", token.start, context);
                }
                self.scanner.take();
                token = self.scanner.peek()?;
            }
            if token.kind == TokenKind::Key {
                self.state = State::FlowPairKey;
                self.scanner.take();
                return Ok(Event::new(EventKind::MappingStart, token.start, token.end));
            }
            if token.kind != TokenKind::FlowSequenceEnd {
                self.states.push(State::FlowSequence);
                return self.node(false, false);
            }
        }
        Ok(self.close(EventKind::SequenceEnd, token))
    }

    /// A map of one pair, written in a sequence without braces.
    fn flow_pair_key(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        if let TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd = token.kind {
            self.scanner.take();
            self.state = State::FlowPairValue;
            return Ok(Event::empty(token.end));
        }
        self.states.push(State::FlowPairValue);
        self.node(false, false)
    }

    fn flow_pair_value(&mut self) -> Scan<Event> {
        let mut token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            let at = token.start;
            self.scanner.take();
            token = self.scanner.peek()?;
            if !matches!(
                token.kind,
                TokenKind::FlowEntry | TokenKind::FlowSequenceEnd
            ) {
                self.states.push(State::FlowPairEnd);
                return self.node(false, false);
            }
            token.start = at;
        }
        self.state = State::FlowPairEnd;
        Ok(Event::empty(token.start))
    }

    fn flow_pair_end(&mut self) -> Scan<Event> {
        let token = self.scanner.peek()?;
        self.state = State::FlowSequence;
        Ok(Event::new(EventKind::MappingEnd, token.start, token.start))
    }

    fn flow_mapping_key(&mut self, first: bool) -> Scan<Event> {
        if first {
            self.open()?;
        }
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowMappingEnd {
            if !first {
                if token.kind != TokenKind::FlowEntry {
                    let context = self.marks.pop();
                    return Self::error("did not find expected ',' or '}'", token.start, context);
                }
                self.scanner.take();
                token = self.scanner.peek()?;
            }
            if token.kind == TokenKind::Key {
                self.scanner.take();
                let next = self.scanner.peek()?;
                if let TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd =
                    next.kind
                {
                    self.state = State::FlowMappingValue;
                    return Ok(Event::empty(next.start));
                }
                self.states.push(State::FlowMappingValue);
                return self.node(false, false);
            }
            if token.kind != TokenKind::FlowMappingEnd {
                self.states.push(State::FlowMappingEmptyValue);
                return self.node(false, false);
            }
        }
        Ok(self.close(EventKind::MappingEnd, token))
    }

    fn flow_mapping_value(&mut self, empty: bool) -> Scan<Event> {
        let mut token = self.scanner.peek()?;
        if !empty && token.kind == TokenKind::Value {
            self.scanner.take();
            token = self.scanner.peek()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(State::FlowMapping);
                return self.node(false, false);
            }
        }
        self.state = State::FlowMapping;
        Ok(Event::empty(token.start))
    }
}
