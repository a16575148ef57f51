//! Quantities and numbers that may be percentages.

use std::cmp::Ordering;

use daemonset_planner::object::{IntOrString, Quantity, Rounding};
use serde_json::{Map, Value, json};

use super::compare;
use super::objects::text;

pub(crate) fn run(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let answer = match input["mode"].as_str() {
        Some("quantity") => quantity(text(input, "/text")),
        Some("compare") => comparison(text(input, "/a"), text(input, "/b")),
        Some("scaled") => scaled(&input["value"]),
        other => return Err(format!("unknown mode {other:?}")),
    };
    compare(case, &answer)
}

fn quantity(text: &str) -> Value {
    let quantity: Quantity = match text.parse() {
        Ok(quantity) => quantity,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let mut answer = json!({
        "canonical": quantity.canonical(),
        "text": quantity.to_string(),
        "sign": quantity.sign(),
        "format": quantity.format().name(),
    });
    let numbers = [
        ("value", quantity.value()),
        ("milliValue", quantity.milli_value()),
    ];
    for (name, number) in numbers {
        if let Some(number) = number {
            answer[name] = number.to_string().into();
        }
    }
    answer
}

fn comparison(a: &str, b: &str) -> Value {
    let (a, b): (Quantity, Quantity) = (a.parse().unwrap(), b.parse().unwrap());
    let order = match a.cmp(&b) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    };
    json!({
        "cmp": order,
        "sum": a.checked_add(&b).unwrap().to_string(),
        "difference": a.checked_sub(&b).unwrap().to_string(),
    })
}

fn scaled(value: &Value) -> Value {
    let value = match value {
        Value::Number(number) => IntOrString::Int(i32::try_from(number.as_i64().unwrap()).unwrap()),
        other => IntOrString::Text(other.as_str().unwrap().to_owned()),
    };
    let mut answer = Map::new();
    for (name, rounding) in [("roundUp", Rounding::Up), ("roundDown", Rounding::Down)] {
        let numbers: Result<Vec<i64>, String> = (0..=10)
            .map(|total| value.scaled(total, rounding))
            .collect();
        match numbers {
            Ok(numbers) => answer.insert(name.to_owned(), json!(numbers)),
            Err(error) => answer.insert("error".to_owned(), json!(error)),
        };
    }
    Value::Object(answer)
}
