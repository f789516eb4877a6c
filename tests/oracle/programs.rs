//! The programs that `make test-oracle` builds from the folders beside this file: they read a request a line and give
//! an answer a line.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// What a program answers to each request, in the same order.
pub fn answers(program: &str, requests: &[Json]) -> Vec<Json> {
    let folder = std::env::var("TIDEMILL_ORACLE")
        .expect("TIDEMILL_ORACLE names the programs' folder: make test-oracle");
    let mut child = Command::new(Path::new(&folder).join(program))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{folder}/{program}: {error}"));
    let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "the {program} ended with {}", output.status);
    let answers: Vec<Json> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), requests.len(), "the {program} did not answer all");
    for (request, answer) in requests.iter().zip(&answers) {
        assert_eq!(answer["id"], request["id"], "the {program} answered something else");
    }
    answers
}
