//! The template's hash: FNV-1a over its printed form, in letters that spell no words.
//!
//! Source: `ComputeHash`, `pkg/controller/controller_utils.go`; `SafeEncodeString`, apimachinery `pkg/util/rand`.

use super::dump::{NotPrinted, printed};
use crate::object::value::Struct;

/// The letters of the encoding, and of the names that the API server makes up: no vowels and nothing that
/// looks like one.
pub const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// FNV-1a of 32 bits.
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    bytes.into_iter().fold(2_166_136_261, fold)
}

/// A number in letters: each digit becomes the letter of its code modulo 27.
pub fn encode(number: u32) -> String {
    let digits = number.to_string();
    let letters = digits.bytes().filter_map(|digit| {
        let at = usize::from(digit) % LETTERS.len();
        LETTERS.get(at).copied().map(char::from)
    });
    letters.collect()
}

/// The hash of a `DaemonSet`'s template and collision count: the label `controller-revision-hash`. A count
/// of 0 is not the same as none.
///
/// # Errors
///
/// Where the template holds something whose printed form is not known.
pub fn template_hash(daemon_set: &Struct) -> Result<String, NotPrinted> {
    let status = daemon_set.at(&["status"]);
    let collisions = status.and_then(|status| status.int("collisionCount"));
    Ok(hash_printed(&printed(daemon_set)?, collisions))
}

/// The same of a template that is [`printed`] already.
pub fn hash_printed(printed: &str, collisions: Option<i64>) -> String {
    // Go writes a 32-bit number into eight bytes; the type has no more.
    let count = collisions.map(|count| (count & i64::from(u32::MAX)).to_le_bytes());
    encode(fnv1a(printed.bytes().chain(count.into_iter().flatten())))
}
