//! Whether an image is the latest one: what the pull policy hangs on (R-1403).
//!
//! Source: `github.com/distribution/reference`, as `pkg/util/parsers` of Kubernetes uses it. A reference that
//! this grammar refuses counts as one with a tag.

/// The longest path of a repository, the registry not counted.
const PATH_LENGTH: usize = 255;

/// The longest tag.
const TAG_LENGTH: usize = 128;

/// Hexadecimal digits of an image's bare identifier, which is no reference.
const IDENTIFIER: usize = 64;

/// The registry of names without one; names of one part stand below `library/` there.
const HUB: [&str; 2] = ["docker.io", "index.docker.io"];

/// Digests that the server knows, with the number of their digits.
const DIGESTS: [(&str, usize); 3] = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

/// Whether a reference is valid and its tag is `latest`, or it has neither tag nor digest.
pub(super) fn is_latest(image: &str) -> bool {
    if image.len() == IDENTIFIER && is_lower_hex(image) {
        return false;
    }
    let (rest, digest) = split(image, image.find('@'));
    let slash = rest.rfind('/').unwrap_or(0);
    let colon = rest
        .get(slash..)
        .and_then(|last| last.find(':'))
        .map(|at| slash + at);
    let (name, tag) = split(rest, colon);
    if !digest.is_none_or(is_digest) || !tag.is_none_or(is_tag) || !is_name(name) {
        return false;
    }
    tag.map_or(digest.is_none(), |tag| tag == "latest")
}

/// The text before a separator of one byte, and the one after it.
fn split(text: &str, at: Option<usize>) -> (&str, Option<&str>) {
    match at {
        Some(at) => (
            text.get(..at).unwrap_or_default(),
            Some(text.get(at + 1..).unwrap_or_default()),
        ),
        None => (text, None),
    }
}

fn is_lower_hex(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_digest(digest: &str) -> bool {
    let (algorithm, digits) = split(digest, digest.find(':'));
    let known = DIGESTS.iter().find(|(name, _)| *name == algorithm);
    let digits = digits.unwrap_or_default();
    known.is_some_and(|(_, length)| digits.len() == *length && is_lower_hex(digits))
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut bytes = tag.bytes();
    tag.len() <= TAG_LENGTH
        && bytes.next().is_some_and(is_word)
        && bytes.all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

/// A registry may stand before the first slash; what looks like none is part of the path.
fn is_name(name: &str) -> bool {
    let (first, rest) = split(name, name.find('/'));
    let is_registry =
        first == "localhost" || first.contains(['.', ':']) || first.chars().any(char::is_uppercase);
    let Some(rest) = rest else {
        return is_path(&format!("library/{name}"), name);
    };
    if !is_registry {
        return is_path(name, name);
    }
    if HUB.contains(&first) && !rest.contains('/') {
        return is_path(&format!("library/{rest}"), rest);
    }
    // Some names with dots are no registries, but fine as paths.
    let path = if is_domain(first) { rest } else { name };
    is_path(path, rest)
}

/// Whether `path` is one of a repository; what the person wrote of it must be in lower case, also where a
/// registry allows capitals.
fn is_path(path: &str, written: &str) -> bool {
    !written.chars().any(char::is_uppercase)
        && path.len() <= PATH_LENGTH
        && path.split('/').all(is_path_component)
}

/// Lower letters and digits, with single `.`, `_`, `__` or any number of `-` between them.
fn is_path_component(component: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut separators = component.split(is_letter).skip(1);
    component.starts_with(is_letter)
        && component.ends_with(is_letter)
        && separators.all(|separator| {
            matches!(separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
        })
}

fn is_domain(domain: &str) -> bool {
    let is_address = |host: &str| {
        host.strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .is_some_and(|digits| {
                !digits.is_empty()
                    && digits
                        .bytes()
                        .all(|byte| byte.is_ascii_hexdigit() || byte == b':')
            })
    };
    let is_host = |host: &str| {
        is_address(host)
            || host.split('.').all(|part| {
                let ends = |c: char| c.is_ascii_alphanumeric();
                part.starts_with(ends)
                    && part.ends_with(ends)
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
    };
    match domain.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
            is_host(host) || is_address(domain)
        }
        _ => is_host(domain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_without_tag_or_with_the_tag_latest_is_the_latest() {
        for image in [
            "agent",
            "agent:latest",
            "team/agent",
            "registry.example.com/team/agent",
            "registry:5000/agent",
            "localhost/agent",
            "[2001:db8::1]:5000/agent",
            "[::1]/agent",
            "Registry/agent",
            "a_b.c/agent",
            "a--b__c.d/agent",
            "docker.io/agent",
        ] {
            assert!(is_latest(image), "{image}");
        }
    }

    #[test]
    fn an_image_with_another_tag_or_a_digest_is_not() {
        let digest = "0123456789abcdef".repeat(4);
        for image in [
            "agent:1",
            "registry:5000/agent:1.0",
            &format!("agent@sha256:{digest}"),
            &format!("team/agent:1@sha256:{digest}"),
        ] {
            assert!(!is_latest(image), "{image}");
        }
        assert!(is_latest(&format!("agent:latest@sha256:{digest}")));
    }

    #[test]
    fn what_is_no_reference_is_not_the_latest() {
        let identifier = "0123456789abcdef".repeat(4);
        let long = format!("docker.io/{}", "a".repeat(248));
        for image in [
            "",
            "Agent",
            "team/Agent",
            "Registry/team/Agent",
            "agent ",
            "agent:",
            "agent:-",
            "agent@sha256:abc",
            "agent@md5:0123456789abcdef0123456789abcdef",
            "a...b",
            "-a",
            "team//agent",
            "/agent",
            "registry:port/agent",
            "$(IMAGE)",
            "{{ image }}",
            &identifier,
            &long,
        ] {
            assert!(!is_latest(image), "{image}");
        }
    }
}
