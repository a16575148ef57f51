//! What the readers of text find, as findings.

use super::{Code, Diagnostic};
use crate::text::{TextError, TextErrorKind};

impl From<&TextError> for Diagnostic {
    /// The finding about an error of a reader; its place is added by who knows the input.
    fn from(error: &TextError) -> Self {
        let code = match error.kind {
            TextErrorKind::Syntax
            | TextErrorKind::Separator
            | TextErrorKind::Value
            | TextErrorKind::Anchor => Code::Syntax,
            TextErrorKind::Encoding => Code::Encoding,
            TextErrorKind::DuplicateKey => Code::DuplicateKey,
            TextErrorKind::Limit => Code::Limit,
        };
        Diagnostic::new(code, error.message.clone())
            .found(error.found.clone(), error.expected.clone())
            .help(error.help.clone())
    }
}
