//! The document: its sections, and in each the files to write and the commands to run, in order.

use std::path::Path;

/// What the reader is told to do.
#[derive(Debug)]
pub enum Step {
    Write { file: String, text: String },
    Run { command: String },
}

/// The steps under the heading that begins with these words.
pub fn section(heading: &str) -> Vec<Step> {
    let text = text();
    let begin = format!("\n## {heading}");
    let (_, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("no heading begins with {heading}"));
    steps(rest.split("\n## ").next().unwrap_or_default())
}

/// The steps of the whole document.
pub fn all() -> Vec<Step> {
    steps(&text())
}

fn text() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md")).unwrap()
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for block in text.split("```").skip(1).step_by(2) {
        let (info, body) = block.split_once('\n').unwrap();
        match info.split_once(" file=") {
            Some((_, file)) => steps.push(Step::Write { file: file.to_owned(), text: body.to_owned() }),
            None => {
                assert_eq!(info, "sh", "a block is a file or commands: {info}");
                steps.extend(body.lines().map(|line| Step::Run { command: line.to_owned() }));
            }
        }
    }
    steps
}

#[test]
fn no_definition_is_longer_than_fifteen_lines() {
    let mut definitions = 0;
    for step in all() {
        if let Step::Write { file, text } = step
            && file.ends_with(".yaml")
        {
            definitions += 1;
            let lines = text.lines().count();
            assert!(lines <= 15, "{file} has {lines} lines");
        }
    }
    assert!(definitions >= 20, "the document shows {definitions} definitions");
}

#[test]
fn there_are_twelve_things_to_do() {
    for number in 1..=12 {
        let steps = section(&format!("{number}. "));
        assert!(steps.iter().any(|step| matches!(step, Step::Write { .. })), "{number} writes nothing");
        assert!(steps.iter().any(|step| matches!(step, Step::Run { .. })), "{number} runs nothing");
    }
}
