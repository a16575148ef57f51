//! What may be a label's key and value, and the exact complaints where something may not.

const PREFIX_LIMIT: usize = 253;
const NAME_LIMIT: usize = 63;

const PREFIX_RULE: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const NAME_RULE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// Checks a label key: `Err` holds every complaint, joined by `; `, without path and value.
///
/// Source: `IsLabelKey`, apimachinery `pkg/api/validate/content`.
pub fn check_key(key: &str) -> Result<(), String> {
    let (prefix, name) = match key.split_once('/') {
        Some((_, rest)) if rest.contains('/') => {
            return Err(format!(
                "a valid label key {NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            ));
        }
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    let mut complaints = vec![];
    match prefix {
        None => {}
        Some("") => complaints.push("prefix part must be non-empty".to_owned()),
        Some(prefix) => {
            if prefix.len() > PREFIX_LIMIT {
                complaints.push(format!(
                    "prefix part must be no more than {PREFIX_LIMIT} bytes"
                ));
            }
            if !is_subdomain(prefix) {
                complaints.push(format!("prefix part {PREFIX_RULE}"));
            }
        }
    }
    if name.is_empty() {
        complaints.push("name part must be non-empty".to_owned());
    } else if name.len() > NAME_LIMIT {
        complaints.push(format!("name part must be no more than {NAME_LIMIT} bytes"));
    }
    if !is_name(name) {
        complaints.push(format!("name part {NAME_RULE}"));
    }
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints.join("; "))
    }
}

/// Checks a label value, complaints as in [`check_key`].
///
/// Source: `IsLabelValue`, apimachinery `pkg/api/validate/content`.
pub fn check_value(value: &str) -> Result<(), String> {
    let too_long = value.len() > NAME_LIMIT;
    let wrong = !value.is_empty() && !is_name(value);
    let limit = format!("must be no more than {NAME_LIMIT} bytes");
    match (too_long, wrong) {
        (false, false) => Ok(()),
        (true, false) => Err(limit),
        (false, true) => Err(VALUE_RULE.to_owned()),
        (true, true) => Err(format!("{limit}; {VALUE_RULE}")),
    }
}

/// Letters, digits, `-`, `_`, `.`, with a letter or digit at both ends; of any length but none.
fn is_name(text: &str) -> bool {
    is_framed(text, |b| b.is_ascii_alphanumeric(), b"-_.")
}

/// Labels of small letters, digits and `-`, joined by dots.
fn is_subdomain(text: &str) -> bool {
    text.split('.').all(|label| {
        is_framed(
            label,
            |b| b.is_ascii_lowercase() || b.is_ascii_digit(),
            b"-",
        )
    })
}

/// Whether `text` has `frame` bytes at both ends and nothing but these and `inner` ones between.
fn is_framed(text: &str, frame: fn(u8) -> bool, inner: &[u8]) -> bool {
    let bytes = text.as_bytes();
    bytes.first().copied().is_some_and(frame)
        && bytes.last().copied().is_some_and(frame)
        && bytes.iter().all(|b| frame(*b) || inner.contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_names_with_an_optional_domain_before_them() {
        for key in ["a", "A.b_c-9", "example.com/a", "a-b.c/9", &"a".repeat(63)] {
            assert_eq!(check_key(key), Ok(()), "{key}");
        }
        let prefix = format!("{}/x", "a".repeat(253));
        assert_eq!(check_key(&prefix), Ok(()));
    }

    #[test]
    fn every_complaint_about_a_key_is_told_in_order() {
        let name = format!("name part {NAME_RULE}");
        let prefix = format!("prefix part {PREFIX_RULE}");
        for (key, wanted) in [
            (
                String::new(),
                format!("name part must be non-empty; {name}"),
            ),
            ("-a".into(), name.clone()),
            ("a b".into(), name.clone()),
            ("é".into(), name.clone()),
            ("/a".into(), "prefix part must be non-empty".into()),
            ("A/b".into(), prefix.clone()),
            ("a..b/c".into(), prefix.clone()),
            (
                "a_b/".into(),
                format!("{prefix}; name part must be non-empty; {name}"),
            ),
            (
                "a".repeat(64),
                "name part must be no more than 63 bytes".into(),
            ),
            (
                format!("{}-/-{}", "a".repeat(253), "a".repeat(63)),
                format!(
                    "prefix part must be no more than 253 bytes; {prefix}; name part must be no more than 63 bytes; {name}"
                ),
            ),
        ] {
            assert_eq!(check_key(&key), Err(wanted), "{key}");
        }
        let slashes = check_key("a/b/c").unwrap_err();
        assert!(slashes.starts_with("a valid label key must consist of"));
        assert!(slashes.ends_with(
            "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
        ));
    }

    #[test]
    fn a_value_may_be_empty() {
        assert_eq!(check_value(""), Ok(()));
        assert_eq!(check_value("01.x_y-Z"), Ok(()));
        assert_eq!(check_value("-5"), Err(VALUE_RULE.into()));
        assert_eq!(
            check_value(&"v".repeat(64)),
            Err("must be no more than 63 bytes".into())
        );
        let both = format!("must be no more than 63 bytes; {VALUE_RULE}");
        assert_eq!(check_value(&"/".repeat(64)), Err(both));
    }
}
