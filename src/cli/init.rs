use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::context::{Globals, Problem};
use super::{generated_files, report};
use crate::diagnostic::{Code, Diagnostic};

/// Write a small project that runs
///
/// One ping source, one dataset with a test and a few sample pings, in this folder or in the one that is given.
/// Files that are there already are never overwritten.
#[derive(Args)]
pub struct Arguments {
    /// Folder for the project; this one without it
    folder: Option<PathBuf>,
}

/// The files of the project, by their path in it.
const FILES: &[(&str, &str)] = &[
    ("tidemill.yaml", include_str!("init/tidemill.yaml")),
    ("datasets/my_app/baseline.yaml", include_str!("init/baseline.yaml")),
    ("datasets/my_app/clients_daily.yaml", include_str!("init/clients_daily.yaml")),
    ("tests/datasets/my_app/clients_daily.yaml", include_str!("init/clients_daily_test.yaml")),
    ("sample-pings.ndjson", include_str!("init/sample-pings.ndjson")),
];

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let folder = arguments
        .folder
        .clone()
        .or_else(|| globals.project_dir.clone())
        .unwrap_or_else(|| PathBuf::from("."));
    write(&folder, FILES)?;
    if globals.quiet {
        return Ok(ExitCode::SUCCESS);
    }
    for (path, _) in FILES {
        report::line(&format!("written  {}", folder.join(path).display()));
    }
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", folder.display()) };
    report::line(&format!(
        "\nNext:\n{enter}  tidemill compile                      check it, write generated/\n  tidemill test                         run the tests of tests/, in memory\n  tidemill ingest sample-pings.ndjson   load the sample pings\n  tidemill run --date 2026-11-22        build everything that is due\n  tidemill query 'SELECT * FROM my_app.clients_daily ORDER BY submission_date, client_id'\n\nThen add a dataset of your own beside datasets/my_app/clients_daily.yaml: docs/authoring.md in\nTidemill's repository shows how, task by task, and `tidemill template` lists what there is."
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes files into a folder, unless one of them is there already.
pub fn write<P: AsRef<str>, T: AsRef<[u8]>>(folder: &Path, files: &[(P, T)]) -> Result<(), Problem> {
    for (path, _) in files {
        let file = folder.join(path.as_ref());
        if file.exists() {
            return Err(Diagnostic::error(Code::Unwritable, format!("{} is there already", file.display()))
                .hint("give an empty folder: `tidemill init FOLDER`")
                .into());
        }
    }
    for (path, text) in files {
        generated_files::write_file(&folder.join(path.as_ref()), text.as_ref())?;
    }
    Ok(())
}
