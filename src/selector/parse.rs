//! Kubernetes' selector text, as after `kubectl get -l` (R-210 to R-219).

use std::collections::BTreeSet;

use super::field_error::{FieldPath, invalid};
use super::label_name::check_key;
use super::lexer::{Lexer, Symbols, Token};
use super::quote::quote;
use super::{Operator, Requirement, Selector};

const SYMBOLS: Symbols = Symbols {
    single: b"=!(),><",
    double: &["==", "!="],
};

/// Reads selector text. An empty text matches everything. The error is Kubernetes' own, word for word.
///
/// Linear in the text, no recursion. Source: `labels.Parse`, apimachinery `pkg/labels/selector.go`.
///
/// ```
/// use daemonset_planner::selector::parse;
///
/// let selector = parse("disk in (ssd, nvme), !retired").unwrap();
/// assert!(selector.matches(&[("disk", "ssd")]));
/// assert_eq!(selector.to_string(), "disk in (nvme,ssd),!retired");
/// assert_eq!(parse("a=1 b=2").unwrap_err(), "found 'b', expected: ',' or 'end of string'");
/// ```
pub fn parse(text: &str) -> Result<Selector, String> {
    let mut lexer = Lexer::new(text, SYMBOLS);
    let mut requirements = vec![];
    loop {
        let next = lexer.peek();
        if next == Token::END {
            return Ok(Selector::from_requirements(requirements));
        }
        if !next.word && !next.is("!") {
            let found = next.text;
            return Err(format!(
                "found '{found}', expected: !, identifier, or 'end of string'"
            ));
        }
        let requirement = parse_requirement(&mut lexer)
            .map_err(|error| format!("unable to parse requirement: {error}"))?;
        requirements.push(requirement);
        let end = lexer.take();
        if end == Token::END {
            return Ok(Selector::from_requirements(requirements));
        }
        if !end.is(",") {
            let found = end.text;
            return Err(format!("found '{found}', expected: ',' or 'end of string'"));
        }
        let next = lexer.peek();
        if !next.word && !next.is("!") {
            // R-217
            let found = next.text;
            return Err(format!("found '{found}', expected: identifier after ','"));
        }
    }
}

fn parse_requirement(lexer: &mut Lexer<'_>) -> Result<Requirement, String> {
    let mut key = lexer.take();
    let absent = key.is("!");
    if absent {
        key = lexer.take();
    }
    if !key.word {
        return Err(format!("found '{}', expected: identifier", key.text));
    }
    let key = key.text;
    if let Err(complaint) = check_key(key) {
        return Err(invalid(&FieldPath::NIL, &quote(key), &complaint));
    }
    if absent {
        // What follows, the caller refuses unless it is a comma (R-214).
        return Requirement::new(key, Operator::DoesNotExist, vec![]);
    }
    if ends_requirement(lexer.peek()) {
        return Requirement::new(key, Operator::Exists, vec![]);
    }
    // `in` and `notin` are operators here and words everywhere else (R-213).
    let operator = lexer.take();
    let operator = match operator.text {
        "=" => Operator::Equals,
        "==" => Operator::DoubleEquals,
        "!=" => Operator::NotEquals,
        ">" => Operator::Gt,
        "<" => Operator::Lt,
        "in" => Operator::In,
        "notin" => Operator::NotIn,
        found => {
            return Err(format!(
                "found '{found}', expected: in, notin, =, ==, !=, gt, lt"
            ));
        }
    };
    let values = match operator {
        Operator::In | Operator::NotIn => parse_values(lexer)?,
        _ => vec![parse_exact_value(lexer)?],
    };
    Requirement::new(key, operator, values)
}

/// A value may be missing where the requirement ends (R-215).
fn parse_exact_value(lexer: &mut Lexer<'_>) -> Result<String, String> {
    if ends_requirement(lexer.peek()) {
        return Ok(String::new());
    }
    let value = lexer.take();
    if value.word {
        Ok(value.text.to_owned())
    } else {
        Err(format!("found '{}', expected: identifier", value.text))
    }
}

/// `(a,b,…)`, sorted and each once (R-219). A member may be missing; it is the empty value (R-216).
fn parse_values(lexer: &mut Lexer<'_>) -> Result<Vec<String>, String> {
    let open = lexer.take();
    if !open.is("(") {
        return Err(format!("found '{}' expected: '('", open.text));
    }
    let first = lexer.peek();
    if !first.word && !first.is(",") && !first.is(")") {
        return Err(format!(
            "found '{}', expected: ',', ')' or identifier",
            first.text
        ));
    }
    let mut values = BTreeSet::new();
    let mut member_is_due = true;
    loop {
        let token = lexer.take();
        if token.word && member_is_due {
            values.insert(token.text.to_owned());
            member_is_due = false;
            let next = lexer.peek();
            if !next.is(",") && !next.is(")") {
                return Err(format!("found '{}', expected: ',' or ')'", next.text));
            }
        } else if token.is(",") || token.is(")") {
            if member_is_due {
                values.insert(String::new());
            }
            if token.is(")") {
                return Ok(values.into_iter().collect());
            }
            member_is_due = true;
        } else {
            return Err(format!(
                "found '{}', expected: ',', or identifier",
                token.text
            ));
        }
    }
}

fn ends_requirement(token: Token<'_>) -> bool {
    token == Token::END || token.is(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_printed_back() {
        for (text, normal) in [
            ("", ""),
            (" \t\r\n", ""),
            ("a", "a"),
            ("! a", "!a"),
            ("b=1,a==2 , c!=3", "a==2,b=1,c!=3"),
            ("n>5,m<06", "m<06,n>5"),
            ("a in (y,x,y)", "a in (x,y)"),
            (
                "in in (in), notin notin (notin)",
                "in in (in),notin notin (notin)",
            ), // R-213
            ("a=", "a="), // R-215
            ("a!=,b==", "a!=,b=="),
            ("a in ()", "a in ()"), // R-216
            ("a in (x,)", "a in (,x)"),
            ("a in (,x)", "a in (,x)"),
            ("a in (x,,y)", "a in (,x,y)"),
            ("a in (,)", "a in ()"),
            ("a=in", "a=in"),
            ("a\0=1", "a=1"), // R-211
            ("a \0=1", "a"),
        ] {
            assert_eq!(
                parse(text).map(|s| s.to_string()).as_deref(),
                Ok(normal),
                "{text}"
            );
        }
    }

    #[test]
    fn errors_are_worded_as_the_real_ones() {
        // R-218
        for (text, wanted) in [
            (
                "=a",
                "found '=', expected: !, identifier, or 'end of string'",
            ),
            ("a,", "found '', expected: identifier after ','"), // R-217
            ("a,,b", "found ',', expected: identifier after ','"),
            ("!a=b", "found '=', expected: ',' or 'end of string'"), // R-214
            ("a=1=2", "found '=', expected: ',' or 'end of string'"),
            (
                "!",
                "unable to parse requirement: found '', expected: identifier",
            ),
            (
                "!=a",
                "found '!=', expected: !, identifier, or 'end of string'",
            ),
            (
                "a b",
                "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
            ),
            (
                "a!b",
                "unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt",
            ),
            (
                "a in",
                "unable to parse requirement: found '' expected: '('",
            ),
            (
                "a in (",
                "unable to parse requirement: found '', expected: ',', ')' or identifier",
            ),
            (
                "a in (x",
                "unable to parse requirement: found '', expected: ',' or ')'",
            ),
            (
                "a in (x y)",
                "unable to parse requirement: found 'y', expected: ',' or ')'",
            ),
            (
                "a in (x,=)",
                "unable to parse requirement: found '=', expected: ',', or identifier",
            ),
            (
                "a in (x,",
                "unable to parse requirement: found '', expected: ',', or identifier",
            ),
            (
                "a>=1",
                "unable to parse requirement: found '=', expected: identifier",
            ), // R-212
            (
                "a>",
                "unable to parse requirement: values[0]: Invalid value: \"\": for 'Gt', 'Lt' operators, the value must be an integer",
            ),
        ] {
            assert_eq!(parse(text), Err(wanted.to_owned()), "{text}");
        }
        let key = parse("-=1").unwrap_err();
        assert!(
            key.starts_with("unable to parse requirement: <nil>: Invalid value: \"-\": name part"),
            "{key}"
        );
        let value = parse("k in (b,-a)").unwrap_err();
        assert!(
            value.starts_with("unable to parse requirement: values[0][k]: Invalid value: \"-a\": "),
            "{value}" // the list is sorted first: R-219
        );
    }
}
