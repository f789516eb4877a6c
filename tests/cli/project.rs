//! The one way in which these tests run the program: in a folder of their own, at a fixed time, far from
//! UTC, with nothing of the environment that they were started from.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use tempfile::TempDir;

/// A ping source and a dataset over it: the smallest project that does something.
pub const STANDARD: &[(&str, &str)] = &[
    (
        "tidemill.yaml",
        "
        project: tide
        targets:
          dev: {engine: duckdb, path: .tidemill/dev.duckdb}
        defaults: {owners: [data@example.com]}
        ",
    ),
    (
        "datasets/baseline.yaml",
        "
        source: tide.baseline_v1
        kind: ping
        description: Pings of a browser in use.
        start: 2026-11-20
        schema: {glean: []}
        ",
    ),
    (
        "datasets/pings.yaml",
        "
        dataset: tide_derived.pings_v1
        description: Pings per day and country.
        from: tide_stable.baseline_v1
        template: tidemill/aggregate
        with:
          dimensions: [country]
          measures: {pings: count(*)}
        ",
    ),
];

/// A run that takes longer hangs.
const LONGEST_RUN: Duration = Duration::from_secs(180);

/// A folder with a project in it, gone with the test.
pub struct TestProject {
    folder: TempDir,
}

impl TestProject {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// The standard project.
    pub fn standard() -> Self {
        let project = Self::empty();
        STANDARD.iter().for_each(|(path, text)| project.file(path, text));
        project
    }

    /// The standard project with more files, or others in place of its own.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let project = Self::standard();
        files.iter().for_each(|(path, text)| project.file(path, text));
        project
    }

    /// The full path of a file in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a text without the indentation that it has in the test.
    pub fn file(&self, path: &str, text: &str) {
        self.bytes(path, dedent(text).as_bytes());
    }

    /// Writes bytes as they are.
    pub fn bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.path(path)).unwrap();
    }

    /// Every file in the folder with its bytes, and every folder.
    pub fn tree(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut tree = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(entry.path());
                }
                let bytes = kind.is_file().then(|| std::fs::read(entry.path()).unwrap());
                tree.insert(entry.path(), bytes);
            }
        }
        tree
    }

    /// Runs the program with arguments that hold no blanks, and gives what it said.
    pub fn run(&self, arguments: &str) -> String {
        self.run_with(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the program with these arguments.
    pub fn run_with(&self, arguments: &[&str]) -> String {
        let said = self.finish(self.command(env!("CARGO_BIN_EXE_tidemill")).args(arguments));
        if said.starts_with("exit code: 0") && arguments.first() == Some(&"compile") {
            self.fits_the_editors_schema();
        }
        said
    }

    /// What compiles is right for editors too.
    fn fits_the_editors_schema(&self) {
        for (path, bytes) in self.tree() {
            let relative = path.strip_prefix(self.folder.path()).unwrap().to_string_lossy().into_owned();
            let is_definition = relative == "tidemill.yaml" || relative.starts_with("datasets/");
            let is_yaml = relative.ends_with(".yaml") && !relative.ends_with("metrics.yaml");
            let Some(bytes) = bytes.filter(|_| is_definition && is_yaml) else { continue };
            let text = String::from_utf8(bytes).unwrap();
            let problems = crate::schema::problems(&text);
            assert!(problems.is_empty(), "{relative}: {problems:?}\n{text}");
        }
    }

    /// Runs the program with a text as its standard input.
    pub fn run_reading(&self, arguments: &str, input: &str) -> String {
        let mut command = self.command(env!("CARGO_BIN_EXE_tidemill"));
        self.finish(command.args(arguments.split_whitespace()).write_stdin(input))
    }

    /// Runs the program, which must leave every file as it was.
    pub fn refused(&self, arguments: &str) -> String {
        let before = self.tree();
        let said = self.run(arguments);
        assert!(self.tree() == before, "files were written or removed:\n{said}");
        said
    }

    /// Like [`TestProject::run`], with at most so many MiB of memory.
    pub fn run_within(&self, mebibytes: u32, arguments: &str) -> String {
        let script = format!("ulimit -v {} && exec \"$0\" \"$@\"", mebibytes * 1024);
        let mut shell = self.command("/bin/sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_tidemill")]).args(arguments.split_whitespace());
        self.finish(&mut shell)
    }

    /// Runs the program, which is sent SIGTERM after some seconds unless it has ended.
    pub fn run_until_stopped(&self, seconds: u32, arguments: &str) -> String {
        let mut command = self.command("timeout");
        let seconds = seconds.to_string();
        command.args(["--preserve-status", "-s", "TERM", &seconds, env!("CARGO_BIN_EXE_tidemill")]);
        self.finish(command.args(arguments.split_whitespace()))
    }

    /// Like [`TestProject::refused`], with at most so many MiB of memory.
    pub fn refused_within(&self, mebibytes: u32, arguments: &str) -> String {
        let before = self.tree();
        let said = self.run_within(mebibytes, arguments);
        assert!(self.tree() == before, "files were written or removed:\n{said}");
        said
    }

    fn command(&self, program: &str) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(program);
        command.current_dir(self.folder.path()).timeout(LONGEST_RUN).env_clear();
        for kept in ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command
            .env("TIDEMILL_NOW", "2026-11-22T12:00:00Z")
            .env("TZ", "Pacific/Kiritimati")
            .env("LC_ALL", "tr_TR.UTF-8");
        command
    }

    fn finish(&self, command: &mut assert_cmd::Command) -> String {
        let output = command.output().unwrap();
        self.shown(&output)
    }

    /// Exit code and both streams, with what differs from run to run taken out.
    fn shown(&self, output: &Output) -> String {
        let code = output.status.code().map_or("none, it was ended".to_owned(), |code| code.to_string());
        let stream = |name: &str, bytes: &[u8]| {
            let text = self.filtered(&String::from_utf8_lossy(bytes));
            if text.is_empty() {
                format!("----- {name} -----")
            } else {
                format!("----- {name} -----\n{text}")
            }
        };
        format!(
            "exit code: {code}\n{}\n{}",
            stream("stdout", &output.stdout),
            stream("stderr", &output.stderr)
        )
    }

    fn filtered(&self, text: &str) -> String {
        let mut text = text.replace(&*self.folder.path().to_string_lossy(), "[folder]");
        if let Ok(real) = self.folder.path().canonicalize() {
            text = text.replace(&*real.to_string_lossy(), "[folder]");
        }
        text.trim_end().to_owned()
    }
}

/// Compiles the standard project with other or more files; nothing may be written.
pub fn refused_with(files: &[(&str, &str)]) -> String {
    TestProject::with(files).refused("compile")
}

/// A text of a test without its indentation.
pub fn dedented(text: &str) -> String {
    dedent(text)
}

/// Takes the indentation of the first line with text off every line, and the blank lines around.
fn dedent(text: &str) -> String {
    let indent = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
    let lines: Vec<&str> = text
        .lines()
        .map(|line| {
            line.get(indent..).filter(|_| line[..indent].trim().is_empty()).unwrap_or(line.trim_start())
        })
        .collect();
    format!("{}\n", lines.join("\n").trim_matches('\n').trim_end())
}
