//! What the cells of known columns look like.

/// Whether `text` could name an object: a DNS-1123 subdomain.
pub fn is_name(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|part| {
            let bytes = part.as_bytes();
            let alphanumeric = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
            bytes.first().is_some_and(alphanumeric)
                && bytes.last().is_some_and(alphanumeric)
                && bytes.iter().all(|b| alphanumeric(b) || *b == b'-')
        })
}

/// A name as a table shows it: alone, or behind its kind (`--show-kind`, R-1571).
pub(super) fn is_listed_name(text: &str) -> bool {
    is_name(text.rsplit_once('/').map_or(text, |(_, name)| name))
}

/// `Ready`, `NotReady` or `Unknown`, with `SchedulingDisabled` behind a comma (R-1572).
pub fn is_node_status(text: &str) -> bool {
    let mut parts = text.split(',');
    matches!(parts.next(), Some("Ready" | "NotReady" | "Unknown"))
        && parts.all(|part| part == "SchedulingDisabled")
}

/// `Active` or `Terminating` (R-1582).
pub(super) fn is_namespace_status(text: &str) -> bool {
    matches!(text, "Active" | "Terminating")
}

/// Containers that are ready: `1/2` (R-1577).
pub(super) fn is_ready(text: &str) -> bool {
    text.split_once('/')
        .is_some_and(|(ready, of)| is_number(ready) && is_number(of))
}

/// Digits.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Something without blanks.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains([' ', '\t'])
}

/// An age as R-1578 prints it: `5d`, `2m1s`, `<unknown>`, `<invalid>`.
pub fn is_age(text: &str) -> bool {
    if matches!(text, "<unknown>" | "<invalid>") {
        return true;
    }
    let mut digits = 0;
    let mut units = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b's' | b'm' | b'h' | b'd' | b'y' if digits > 0 => {
                digits = 0;
                units += 1;
            }
            _ => return false,
        }
    }
    units > 0 && digits == 0
}

/// The pairs of a column LABELS (R-1571); `None` where the cell is something else.
pub fn labels(cell: &str) -> Option<Vec<(&str, &str)>> {
    if cell == "<none>" {
        return Some(vec![]);
    }
    cell.split(',')
        .map(|pair| pair.split_once('=').filter(|(key, _)| is_label_key(key)))
        .collect()
}

fn is_label_key(key: &str) -> bool {
    let (prefix, name) = key
        .split_once('/')
        .map_or((None, key), |(prefix, name)| (Some(prefix), name));
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && prefix.is_none_or(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_those_that_the_printer_writes() {
        for age in [
            "0s",
            "119s",
            "2m1s",
            "7h59m",
            "2d2h",
            "2y40d",
            "10y",
            "<unknown>",
            "<invalid>",
        ] {
            assert!(is_age(age), "{age}");
        }
        for other in ["", "5", "d", "v1.37.2", "<none>", "5 d", "5d3"] {
            assert!(!is_age(other), "{other}");
        }
    }

    #[test]
    fn labels_are_pairs_or_none() {
        assert_eq!(labels("<none>"), Some(vec![]));
        assert_eq!(
            labels("a=,kubernetes.io/os=linux"),
            Some(vec![("a", ""), ("kubernetes.io/os", "linux")])
        );
        assert_eq!(labels(""), None);
        assert_eq!(labels("worker"), None);
        assert_eq!(labels("a=b,c"), None);
    }

    #[test]
    fn names_are_dns_subdomains() {
        for name in [
            "n1",
            "10.0.0.1",
            "ip-10-0-1-2.eu-central-1.compute.internal",
            "a",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in ["", "N1", "a_b", "-a", "a-", "a..b", "a:", "<none>"] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn a_nodes_status_is_one_of_three_words_and_the_cordon() {
        assert!(is_node_status("NotReady,SchedulingDisabled"));
        assert!(!is_node_status("Running"));
        assert!(!is_node_status("SchedulingDisabled"));
        assert!(!is_node_status("Ready,"));
    }
}
