//! Somebody who follows the document, in a folder of their own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::document::{self, Step};

pub struct Author {
    folder: TempDir,
}

impl Author {
    /// In the project that `tidemill init` writes.
    pub fn new() -> Self {
        let author = Self { folder: TempDir::new().unwrap() };
        author.run("tidemill init");
        author
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Does all that the section says, and gives what each of its commands said.
    pub fn follow(&self, heading: &str) -> Vec<String> {
        self.follow_with(heading, |_| {})
    }

    /// Like [`Author::follow`]; `look` is called with each command before it runs.
    pub fn follow_with(&self, heading: &str, look: impl Fn(&str)) -> Vec<String> {
        let mut said = Vec::new();
        for step in document::section(heading) {
            match step {
                Step::Write { file, text } => self.write(&file, &text),
                Step::Run { command } => {
                    look(&command);
                    said.push(self.run(&command));
                }
            }
        }
        said
    }

    /// Writes the section's files and runs none of its commands.
    pub fn copy(&self, heading: &str) {
        for step in document::section(heading) {
            if let Step::Write { file, text } = step {
                self.write(&file, &text);
            }
        }
    }

    /// Runs a command that must succeed, or find differences where it compares.
    pub fn run(&self, command: &str) -> String {
        let output = self.output(command);
        let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        let said = String::from_utf8(both).unwrap();
        let expected = i32::from(command.starts_with("tidemill compare"));
        assert_eq!(output.status.code(), Some(expected), "{command}\n{said}");
        said
    }

    fn output(&self, command: &str) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_tidemill")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        Command::new("sh")
            .args(["-c", command])
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("TIDEMILL_CACHE_DIR", self.folder.path().join(".tidemill/cache"))
            .env("TIDEMILL_NOW", "2026-12-01T12:00:00Z")
            .output()
            .unwrap()
    }

    /// The rows that a query gives, values parted by blanks.
    pub fn query(&self, sql: &str) -> Vec<String> {
        let output = self.output(&format!("tidemill --json query '{}'", sql.replace('\'', "'\\''")));
        assert!(output.status.success(), "{sql}\n{}", String::from_utf8_lossy(&output.stderr));
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |value: &serde_json::Value| match value {
            serde_json::Value::Null => "NULL".to_owned(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let row = |row: &serde_json::Value| {
            row.as_object().unwrap().values().map(text).collect::<Vec<_>>().join(" ")
        };
        answer["rows"].as_array().unwrap().iter().map(row).collect()
    }
}

#[test]
fn the_whole_document_is_one_project() {
    let author = Author::new();
    author.write("datasets/podcast/metrics.yaml", crate::clients::METRICS);
    for step in document::all() {
        if let Step::Write { file, text } = step {
            author.write(&file, &text);
        }
    }
    assert!(author.run("tidemill compile").contains("static"), "the CSV file is not there");
}
