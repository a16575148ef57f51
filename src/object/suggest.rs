//! "Did you mean": names at most two letters away (R-1529).

/// How many letters must be added, taken away or replaced to make `b` of `a`, if at most two.
pub(crate) fn letters_away(a: &str, b: &str) -> Option<usize> {
    const MOST: usize = 2;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > MOST {
        return None;
    }
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (row, from) in a.iter().enumerate() {
        let mut now = vec![row + 1];
        for ((to, &diagonal), &above) in b.iter().zip(&before).zip(before.iter().skip(1)) {
            let left = now.last().copied().unwrap_or_default();
            now.push((diagonal + usize::from(from != to)).min(above.min(left) + 1));
        }
        if now.iter().all(|&cost| cost > MOST) {
            return None;
        }
        before = now;
    }
    before.last().copied().filter(|&cost| cost <= MOST)
}

/// The one of `names` that is nearest to `word`, if it is at most two letters away, nearer than all others,
/// and shares at least one letter's place with it (a word of two letters is not "near" to all the others).
pub(crate) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for name in names {
        let Some(away) = letters_away(word, name) else {
            continue;
        };
        if away >= name.chars().count().min(word.chars().count()) {
            continue;
        }
        match best {
            Some((least, _)) if away > least => {}
            Some((least, _)) if away == least => tie = true,
            _ => {
                best = Some((away, name));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        for (a, b, away) in [
            ("nodeSelectors", "nodeSelector", Some(1)),
            ("NodeSelector", "nodeSelector", Some(1)),
            ("same", "same", Some(0)),
            ("", "ab", Some(2)),
            ("tolerations", "toleratoins", Some(2)),
            ("affinity", "nodeName", None),
            ("a", "abcd", None),
            ("é", "e", Some(1)),
        ] {
            assert_eq!(letters_away(a, b), away, "{a} {b}");
            assert_eq!(letters_away(b, a), away, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_name_is_suggested_only_when_it_is_the_only_one() {
        let names = ["hostIPC", "hostPID", "hostNetwork", "ip"];
        assert_eq!(nearest("hostIPc", names), Some("hostIPC"));
        assert_eq!(nearest("hostIID", names), Some("hostPID"));
        assert_eq!(nearest("abz", ["abx", "aby"]), None, "two are equally near");
        assert_eq!(nearest("xy", names), None);
        assert_eq!(nearest("network", names), None);
    }
}
