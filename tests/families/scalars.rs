//! YAML and JSON texts → the JSON that Kubernetes makes of them.

use daemonset_planner::text::{Document, TextError, stream, yaml};
use serde_json::Value;

pub(crate) fn run(case: &Value) -> Result<(), String> {
    check(case).map_err(|difference| {
        let (name, input, expect) = (&case["name"], &case["input"], &case["expect"]);
        format!("{name}\n  input:    {input}\n  expected: {expect}\n  found:    {difference}")
    })
}

/// Any of the answers in `oneOf` is right.
fn check(case: &Value) -> Result<(), String> {
    let bytes = input(&case["input"]);
    let got = match case["input"]["mode"].as_str() {
        Some("document") => document(&bytes),
        Some("stream") => documents(&bytes),
        other => return Err(format!("unknown mode {other:?}")),
    };
    let answers = match case["expect"]["oneOf"].as_array() {
        Some(answers) => answers.iter().collect(),
        None => vec![&case["expect"]],
    };
    let mut outcome = Err("no answer to compare with".to_owned());
    for answer in answers {
        if let Some(wanted) = answer.get("chunks") {
            let cut = Value::from(chunks(&bytes));
            if *wanted != cut {
                return Err(format!("chunks {cut}"));
            }
        }
        outcome = compare(&got, answer);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// What the reader made of a text.
struct Got {
    documents: Vec<Value>,
    error: Option<String>,
    strict_error: Option<String>,
}

fn input(input: &Value) -> Vec<u8> {
    match (input["yaml"].as_str(), input["yamlBase64"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(text)) => base64(text),
        (None, None) => panic!("a case without a text"),
    }
}

fn base64(text: &str) -> Vec<u8> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0u32;
    let mut held = 0;
    let mut made = vec![];
    for character in text.trim_end_matches('=').chars() {
        bits = bits << 6 | u32::try_from(digits.find(character).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            made.push(u8::try_from(bits >> held & 0xFF).unwrap());
        }
    }
    made
}

fn json(document: &Document<'_>) -> Value {
    serde_json::from_str(&document.tree.to_json(document.tree.root())).unwrap()
}

fn strict_error(duplicates: &[TextError]) -> Option<String> {
    if duplicates.is_empty() {
        return None;
    }
    let lines = duplicates.iter().map(|error| {
        format!(
            "\n  line {}: {}",
            error.go_line.unwrap_or_default(),
            error.message
        )
    });
    Some(format!(
        "yaml: unmarshal errors:{}",
        lines.collect::<String>()
    ))
}

fn document(bytes: &[u8]) -> Got {
    match yaml::document(bytes) {
        Ok(document) => Got {
            documents: vec![json(&document)],
            error: None,
            strict_error: strict_error(&document.duplicates),
        },
        Err(error) => {
            let message = error.go_message();
            Got {
                documents: vec![],
                error: Some(message.clone()),
                strict_error: Some(message),
            }
        }
    }
}

fn documents(bytes: &[u8]) -> Got {
    let mut got = Got {
        documents: vec![],
        error: None,
        strict_error: None,
    };
    for part in stream::read_bytes(bytes).parts {
        match part {
            Ok(document) => got.documents.push(json(&document)),
            Err(error) => {
                got.error = Some(error.go_message());
                break;
            }
        }
    }
    got
}

/// The documents as the line reader hands them on, up to the first bad separator.
fn chunks(bytes: &[u8]) -> Vec<String> {
    let cut = stream::chunks(bytes).into_iter().map_while(Result::ok);
    cut.map(|span| {
        let mut text = String::from_utf8_lossy(span.of(bytes)).replace("\r\n", "\n");
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    })
    .collect()
}

/// The lines that an error names.
fn lines(message: &str) -> Vec<&str> {
    let message = message
        .strip_prefix("error converting YAML to JSON: ")
        .unwrap_or(message);
    let message = message.strip_prefix("yaml: ").unwrap_or(message);
    let named = message
        .split("\n  ")
        .filter_map(|text| text.strip_prefix("line "));
    named.filter_map(|text| text.split(':').next()).collect()
}

fn compare(got: &Got, answer: &Value) -> Result<(), String> {
    let same_error = |what: &str, got: Option<&str>, wanted: Option<&str>| match (got, wanted) {
        (None, None) => Ok(()),
        (Some(got), Some(wanted)) if lines(got) == lines(wanted) => Ok(()),
        _ => Err(format!("{what}: got {got:?}")),
    };
    same_error("error", got.error.as_deref(), answer["error"].as_str())?;
    if let Some(documents) = answer.get("documents") {
        let wanted = documents.as_array().unwrap();
        let same = wanted.len() == got.documents.len()
            && wanted
                .iter()
                .zip(&got.documents)
                .all(|(wanted, got)| is_same(wanted, got));
        return if same {
            Ok(())
        } else {
            Err(format!(
                "documents: got {}",
                Value::from(got.documents.clone())
            ))
        };
    }
    if answer.get("error").is_some() {
        return Ok(());
    }
    same_error(
        "strict error",
        got.strict_error.as_deref(),
        answer["strictError"].as_str(),
    )?;
    match (answer.get("json"), got.documents.first()) {
        (Some(wanted), Some(got)) if is_same(wanted, got) => Ok(()),
        (_, got) => Err(format!("json: got {got:?}")),
    }
}

/// Equal by value: numbers as numbers, the order of keys free.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || a.as_f64() == b.as_f64() && a.as_i64() == b.as_i64()
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        (a, b) => a == b,
    }
}
