//! Asks the judge, a program that `make test-oracle` builds from `analyser/`.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::cases::{Case, Verdict};

/// The verdict on each case, in the same order.
pub fn verdicts(cases: &[Case]) -> Vec<Verdict> {
    let program =
        std::env::var("TIDEMILL_ORACLE").expect("TIDEMILL_ORACLE names the judge: make test-oracle");
    let mut judge = Command::new(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let requests: String = cases.iter().map(|case| format!("{}\n", case.request())).collect();
    let mut input = judge.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(requests.as_bytes()).unwrap());
    let output = judge.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{program} ended with {}", output.status);
    let answers: Vec<Json> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), cases.len(), "the judge did not answer all");
    cases.iter().zip(&answers).map(|(case, answer)| verdict(case, answer)).collect()
}

fn verdict(case: &Case, answer: &Json) -> Verdict {
    assert_eq!(answer["id"], case.name.as_str(), "the judge answered something else");
    assert!(answer["fault"].is_null(), "{}: the request is wrong: {}", case.name, answer["fault"]);
    if answer["accepted"] != true {
        return Err(answer["error"].as_str().unwrap().to_owned());
    }
    let none = Vec::new();
    let columns = answer["columns"].as_array().unwrap_or(&none);
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    Ok(columns.iter().map(|column| (text(&column["name"]), text(&column["type"]))).collect())
}
