//! A file as a client sends it and as the API server decodes it: what the client refuses, which objects it
//! sends, what the server says of each, in Kubernetes' own words and order (R-1520 to R-1528).
//!
//! The reading in [`crate::object::input`] is kinder: it goes on after errors, explains, and says where. This one
//! answers "what would `kubectl create -f FILE --validate=strict` print?". It knows no defaults and validates
//! nothing: an object that is decoded here may still be refused.
//!
//! May use `text`, `selector`'s plain functions, the schema and values; must not know a single kind.

mod body;
mod file;
mod kinds;
mod metadata;
mod openapi;
mod terminal;
#[cfg(test)]
mod tests;
mod walk;

pub use body::decode_body;
pub use file::decode_file;

use crate::object::value::Struct;

/// What a client makes of a file.
#[derive(Clone, Debug, Default)]
pub struct DecodedFile {
    /// The file's name, as it is told in errors.
    pub file: String,
    /// What the client refuses by itself, in the order of the file.
    pub errors: Vec<FileError>,
    /// The objects that it sends, lists taken apart, in the order of the file.
    pub objects: Vec<Sent>,
}

/// What the client tells of one document that it does not send, or not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The errors; there are several only for the items of one list.
    pub messages: Vec<String>,
    /// They were gathered from a list: `kubectl` then tells even a single one without `error: ` before it.
    pub is_gathered: bool,
}

/// An object that the client sends.
#[derive(Clone, Debug)]
pub struct Sent {
    /// `apiVersion`; items of a typed list that have none take the list's.
    pub api_version: String,
    /// `kind`, as `api_version`.
    pub kind: String,
    /// `metadata.name`, empty where there is none.
    pub name: String,
    /// `metadata.namespace`; `default` for an object of a namespaced kind that has none (R-1523).
    pub namespace: String,
    /// What the server makes of it.
    pub verdict: Verdict,
}

/// What the server makes of an object.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It can be decoded.
    Decoded {
        /// The object after lenient decoding, before defaults.
        object: Box<Struct>,
        /// What field validation `Strict` lists, in order; if there is anything, a strict request is refused.
        strict: Vec<String>,
    },
    /// It cannot be decoded: the server's message.
    Refused(String),
    /// The client finds a resource for the kind, but the server decodes no such kind (`kind: daemonset`).
    Unserved,
    /// The server serves the kind, but the schema here does not hold its type.
    NotModelled,
}
