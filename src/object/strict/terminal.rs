//! What `kubectl create -f FILE --validate=strict` writes to standard error (R-1739).
//!
//! Source: kubectl `pkg/cmd/util`, `checkErr` and `MultipleErrors`; cli-runtime's visitors, which tell what the
//! client found after what the server refused.

use std::fmt;

use super::file::together;
use super::{DecodedFile, FileError, Sent, Verdict};
use crate::selector::quote::quote;

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&together(&self.messages))
    }
}

impl Sent {
    /// What the server answers to a strict request to create the object; `None` where it can be decoded and
    /// nothing is unknown, or where that is not known here.
    pub fn refusal(&self) -> Option<String> {
        match &self.verdict {
            Verdict::Refused(error) => Some(error.clone()),
            Verdict::Decoded { strict, .. } if !strict.is_empty() => {
                let (_, version) = crate::object::schema::group_version(&self.api_version);
                let (kind, version) = (&self.kind, quote(version));
                Some(format!(
                    "{kind} in version {version} cannot be handled as a {kind}: strict decoding error: {}",
                    strict.join(", ")
                ))
            }
            _ => None,
        }
    }

    /// The line that `kubectl` writes for the refusal of this object of a file.
    pub fn terminal(&self, file: &str) -> Option<String> {
        let refusal = self.refusal()?;
        let file = quote(file);
        Some(format!(
            "Error from server (BadRequest): error when creating {file}: {refusal}"
        ))
    }
}

impl DecodedFile {
    /// All that `kubectl` writes to standard error, without the last line end; empty where nothing is wrong.
    pub fn terminal(&self) -> String {
        let refused = self
            .objects
            .iter()
            .filter_map(|sent| sent.terminal(&self.file));
        let mut lines: Vec<String> = refused.collect();
        match self.errors.as_slice() {
            [] => {}
            [one] if lines.is_empty() && one.is_gathered => {
                lines.extend(one.messages.iter().cloned());
            }
            [one] if lines.is_empty() => lines.push(format!("error: {one}")),
            all if lines.is_empty() => lines.extend(all.iter().map(FileError::to_string)),
            all => {
                let all: Vec<String> = all.iter().map(FileError::to_string).collect();
                lines.push(together(&all));
            }
        }
        lines.join("\n")
    }
}
