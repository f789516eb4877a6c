use std::process::ExitCode;

use clap::Args;

use super::context::Problem;
use super::report;
use crate::diagnostic::{Code, Diagnostic};

/// What a diagnostic means and how to mend it
#[derive(Args)]
pub struct Arguments {
    /// A code such as TM0203; without one all codes are listed
    code: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Problem> {
    let Some(written) = &arguments.code else {
        for code in Code::ALL {
            report::line(&format!("{}  {}", code.as_str(), code.page().lines().next().unwrap_or_default()));
        }
        return Ok(ExitCode::SUCCESS);
    };
    match Code::parse(written) {
        Some(code) => {
            report::line(&format!("{}: {}", code.as_str(), code.page()));
            Ok(ExitCode::SUCCESS)
        }
        None => Err(Diagnostic::error(Code::UnknownSelection, format!("no code `{written}`"))
            .hint("`tidemill explain` without a code lists all of them")
            .into()),
    }
}
