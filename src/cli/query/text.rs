//! The text of a query: an argument, a file, or what comes on standard input.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;

use crate::cli::context::Problem;
use crate::diagnostic::Source;

/// A query of the command line.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Text {
    /// The query, or `-` for standard input
    #[arg(value_name = "SQL")]
    sql: Option<String>,
    /// Read the query from a file, such as one of generated/
    #[arg(long, short, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Text {
    pub fn read(&self) -> Result<Arc<Source>, Problem> {
        match (&self.file, self.sql.as_deref()) {
            (Some(file), _) => {
                let path = file.display().to_string();
                let text = std::fs::read_to_string(file).with_context(|| format!("reading {path}"))?;
                Ok(Source::new(&path, text))
            }
            (None, Some("-")) => {
                let mut text = String::new();
                std::io::stdin().lock().read_to_string(&mut text).context("reading standard input")?;
                Ok(Source::new("query", text))
            }
            (None, sql) => Ok(Source::new("query", sql.unwrap_or_default())),
        }
    }
}
