//! The reader beside Kubernetes' own, on many texts. Needs Go, so it is not part of the test run:
//! `make check-yaml SEED=1` builds `tests/check-yaml` and runs this with `CHECK_YAML` naming the program.
//! `COUNT` is the number of texts; differences go to the file that `FOUND` names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "check-yaml/compare.rs"]
mod compare;
#[path = "check-yaml/texts.rs"]
mod texts;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use compare::Answer;
use serde_json::Value;
use texts::Random;

/// A text and how it is read: as one document (`d`) or as a file (`s`).
struct Question {
    mode: u8,
    text: Vec<u8>,
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .map_or(otherwise, |value| value.parse().unwrap())
}

#[test]
#[ignore = "needs the program in tests/check-yaml, which needs Go"]
fn the_reader_agrees_with_kubernetes_on_mutated_and_random_texts() {
    let program =
        std::env::var("CHECK_YAML").expect("CHECK_YAML names the program made of tests/check-yaml");
    let seed = number("SEED", 1);
    let count = number("COUNT", 240_000);
    let began = std::time::Instant::now();
    let given = given();
    let given: Vec<&[u8]> = given.iter().map(Vec::as_slice).collect();
    let mut random = Random::new(u64::try_from(seed).unwrap());
    let mut asked = 0;
    let mut found = vec![];
    while asked < count {
        let size = 20_000.min(count - asked);
        let questions: Vec<Question> = (0..size).map(|_| question(&mut random, &given)).collect();
        asked += size;
        for (question, answer) in questions.iter().zip(ask(&program, &questions, 1)) {
            if difference(question, &answer).is_none() {
                continue;
            }
            // Where Go's maps decide, one of many readings may agree.
            let again = std::iter::repeat_with(|| Question {
                mode: question.mode,
                text: question.text.clone(),
            });
            let again: Vec<Question> = again.take(60).collect();
            let answers = ask(&program, &again, 1);
            if !answers
                .iter()
                .any(|answer| difference(question, answer).is_none())
            {
                let difference = difference(question, &answer).unwrap();
                found.push((again.into_iter().next().unwrap(), answer, difference));
            }
        }
    }
    println!(
        "check-yaml: seed {seed}, {asked} texts, {} differences, {:.1} s",
        found.len(),
        began.elapsed().as_secs_f32()
    );
    let mut file = std::env::var("FOUND")
        .ok()
        .map(|path| std::fs::File::create(path).unwrap());
    found.sort_by_key(|(question, _, _)| question.text.len());
    for (at, (question, answer, difference)) in found.iter().enumerate() {
        if at < 12 {
            println!(
                "{}: {:?}\n  wanted {answer:?}\n  got    {difference}",
                char::from(question.mode),
                String::from_utf8_lossy(&question.text)
            );
        }
        if let Some(file) = &mut file {
            let mut case = serde_json::to_value(answer).unwrap();
            case["mode"] = Value::from(char::from(question.mode).to_string());
            match std::str::from_utf8(&question.text) {
                Ok(text) => case["yaml"] = Value::from(text),
                Err(_) => case["bytes"] = Value::from(question.text.clone()),
            }
            writeln!(file, "{case}").unwrap();
        }
    }
    assert!(found.is_empty());
}

fn difference(question: &Question, answer: &Answer) -> Option<String> {
    match question.mode {
        b's' => compare::file_difference(&question.text, answer),
        _ => compare::document_difference(&question.text, answer),
    }
}

fn question(random: &mut Random, given: &[&[u8]]) -> Question {
    let text = match random.below(17) {
        0..=5 => texts::random(random),
        6 | 7 => texts::manifest(random),
        8..=11 => texts::mutated(random, given),
        12 | 13 => texts::bytes(random, given),
        14 => texts::long(random),
        _ => texts::json(random),
    };
    let mode = if random.below(4) == 0 { b's' } else { b'd' };
    Question { mode, text }
}

fn ask(program: &str, questions: &[Question], times: u8) -> Vec<Answer> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut bytes = vec![];
            for question in questions {
                bytes.extend([question.mode, times]);
                bytes.extend(u32::try_from(question.text.len()).unwrap().to_le_bytes());
                bytes.extend_from_slice(&question.text);
            }
            input.write_all(&bytes).unwrap();
        });
        let answers: Vec<Answer> = output
            .lines()
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect();
        assert_eq!(answers.len(), questions.len());
        child.wait().unwrap();
        answers
    })
}

/// The texts of all committed cases.
fn given() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut given = vec![];
    for file in [
        "conformance/scalars.jsonl",
        "yaml-suite.jsonl",
        "yaml-found.jsonl",
    ] {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            continue;
        };
        for line in text.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let yaml = case["yaml"].as_str().or(case["input"]["yaml"].as_str());
            given.extend(yaml.map(|yaml| yaml.as_bytes().to_vec()));
        }
    }
    given
}
