mod block;
mod files;

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use serde_json::json;
use similar::TextDiff;

use self::block::Block;
use self::files::File;
use super::context::{Globals, Problem};
use super::report;
use crate::diagnostic::{Code, Diagnostic, Position, Source, to_json};
use crate::sql::format::{self, Mixed, Refused, WIDTH};
use crate::sql::tree::Span;

/// Most lines of differences that are printed.
const LONGEST_DIFF: usize = 400;

/// Bring SQL into one style
///
/// Formats the SQL files of the project and the SQL within its definitions (`sql: |`), or the files and
/// folders given, which may be any GoogleSQL: scripts and functions too. Tokens and comments stay as they
/// are, and a text is written only after that was proved. Templates are formatted where their logic
/// allows it; others are left alone. docs/formatting.md describes the style.
#[derive(Args)]
pub struct Arguments {
    /// Write nothing; fail with a diff when something is not formatted
    #[arg(long)]
    check: bool,
    /// Files and folders; `-` formats standard input to standard output
    paths: Vec<PathBuf>,
}

/// What became of a file.
enum Outcome {
    Changed,
    Unchanged,
    /// There is none in it.
    WithoutSql,
    /// The logic of a template does not allow it; where and why.
    LeftAlone(Position, String),
    Wrong(Diagnostic),
}

/// A file with the text that it has once it is formatted.
struct Formatted {
    file: File,
    source: Arc<Source>,
    text: String,
    outcome: Outcome,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return standard_input(arguments, globals);
    }
    let files = if arguments.paths.is_empty() {
        files::of_project(globals)?
    } else {
        files::under(&arguments.paths)?
    };
    let mut found = Vec::new();
    let results: Vec<Result<Formatted, Diagnostic>> = files.into_par_iter().map(format_file).collect();
    let (mut formatted, mut left_alone) = (Vec::new(), Vec::new());
    let (mut unchanged, mut differences) = (0, String::new());
    for result in results {
        let result = match result {
            Ok(result) => result,
            Err(finding) => {
                found.push(finding);
                continue;
            }
        };
        match result.outcome {
            Outcome::Unchanged => unchanged += 1,
            Outcome::WithoutSql => {}
            Outcome::Wrong(finding) => found.push(finding),
            Outcome::LeftAlone(position, reason) => left_alone.push((position, reason)),
            Outcome::Changed => {
                if arguments.check {
                    differences.push_str(&difference(&result.source, &result.text));
                    found.push(not_formatted(&result.source, &result.text));
                } else {
                    result.file.write(&result.text)?;
                }
                formatted.push(result.file.shown);
            }
        }
    }
    crate::diagnostic::sort(&mut found);
    let failed = found.iter().any(Diagnostic::is_error);
    let exit = ExitCode::from(u8::from(failed));
    if globals.json {
        let left_alone = left_alone.iter().map(|(position, reason)| {
            json!({"path": position.source.path, "line": position.line, "column": position.column, "reason": reason})
        });
        report::json(&json!({
            "formatted": if arguments.check { Vec::new() } else { formatted.clone() },
            "not_formatted": if arguments.check { formatted } else { Vec::new() },
            "unchanged": unchanged,
            "left_alone": left_alone.collect::<Vec<_>>(),
            "diagnostics": found.iter().map(to_json).collect::<Vec<_>>(),
        }));
        return Ok(exit);
    }
    if !globals.quiet {
        for (position, reason) in &left_alone {
            report::note(&format!("left alone: {}, {reason}", position.display()));
        }
        if arguments.check && !differences.is_empty() {
            report::line(&shortened(&differences));
        }
    }
    report::findings(&found, globals);
    if !globals.quiet {
        if !arguments.check {
            formatted.iter().for_each(|path| report::line(&format!("formatted {path}")));
        }
        report::line(&summary(arguments.check, formatted.len(), unchanged, left_alone.len()));
    }
    Ok(exit)
}

fn summary(check: bool, formatted: usize, unchanged: usize, left_alone: usize) -> String {
    let mut parts = vec![match (check, formatted) {
        (_, 0) if unchanged + left_alone == 0 => "no SQL to format".to_owned(),
        (true, 0) => format!("{} formatted", report::count(unchanged, "file")),
        (true, _) => format!("{} not formatted, {unchanged} formatted", report::count(formatted, "file")),
        (false, _) => format!("{} formatted, {unchanged} unchanged", report::count(formatted, "file")),
    }];
    if left_alone > 0 {
        parts.push(format!("{left_alone} left alone"));
    }
    parts.join(", ")
}

/// Formats what comes in, for editors.
fn standard_input(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    if arguments.paths.len() > 1 {
        return Err(anyhow::anyhow!("`-` stands alone: standard input is the only thing to format").into());
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("reading standard input")?;
    let result = format_text(File::standard_input(), text);
    match result.outcome {
        Outcome::Wrong(finding) => {
            report::findings(&[finding], globals);
            return Ok(ExitCode::from(1));
        }
        Outcome::LeftAlone(position, reason) if !globals.quiet => {
            report::note(&format!("left alone: {}, {reason}", position.display()));
        }
        Outcome::Changed if arguments.check => {
            report::findings(&[not_formatted(&result.source, &result.text)], globals);
            return Ok(ExitCode::from(1));
        }
        _ => {}
    }
    if !arguments.check {
        report::text(&result.text);
    }
    Ok(ExitCode::SUCCESS)
}

fn format_file(file: File) -> Result<Formatted, Diagnostic> {
    let text = file.read()?;
    Ok(format_text(file, text))
}

/// Formats the text of a file: all of it, or the SQL block of a definition.
fn format_text(file: File, text: String) -> Formatted {
    let source = Source::new(file.shown.clone(), text);
    let block = if file.is_definition { Block::find(&source) } else { Some(Block::whole(&source)) };
    let unchanged =
        |file, outcome| Formatted { file, text: source.text.clone(), source: Arc::clone(&source), outcome };
    let Some(block) = block else { return unchanged(file, Outcome::WithoutSql) };
    let mixed = match (block.has_axes, block.is_template()) {
        (true, _) => Mixed::Matrix,
        (false, true) => Mixed::Template,
        (false, false) => Mixed::Plain,
    };
    let at = |span: Span| {
        Position::new(
            &source,
            span.line + block.first_line - 1,
            span.column + block.indent as u32,
            span.length,
        )
    };
    let formatted = match (mixed == Mixed::Plain).then(|| format::mistake(&block.sql)).flatten() {
        Some(problem) => Err(Refused::Syntax(problem)),
        None => format::format(&block.sql, mixed, WIDTH.saturating_sub(block.indent)),
    };
    match formatted {
        Ok(sql) if sql == block.sql => unchanged(file, Outcome::Unchanged),
        Ok(sql) => match block.put(&source, &sql) {
            Some(text) if text == source.text => unchanged(file, Outcome::Unchanged),
            Some(text) => Formatted { file, source, text, outcome: Outcome::Changed },
            None => {
                let position = at(Span { line: 1, column: 1, length: 1 });
                unchanged(
                    file,
                    Outcome::LeftAlone(position, "the block cannot hold the formatted text".to_owned()),
                )
            }
        },
        Err(Refused::LeftAlone { span, reason }) => unchanged(file, Outcome::LeftAlone(at(span), reason)),
        Err(Refused::Syntax(problem)) => {
            let mut finding = Diagnostic::error(problem.code, problem.message).at(&at(problem.span));
            finding.hint = problem.hint;
            unchanged(file, Outcome::Wrong(finding))
        }
    }
}

/// The finding of --check, at the first line that is another one.
fn not_formatted(source: &Arc<Source>, text: &str) -> Diagnostic {
    let same = source.text.lines().zip(text.lines()).take_while(|(one, other)| one == other).count();
    let line = (same + 1).min(source.text.lines().count().max(1));
    Diagnostic::error(Code::NotFormatted, format!("{} is not formatted", source.path))
        .at(&Position::whole_line(source, line as u32))
        .hint("run `tidemill format`")
}

fn difference(source: &Source, text: &str) -> String {
    TextDiff::from_lines(source.text.as_str(), text)
        .unified_diff()
        .context_radius(3)
        .header(&source.path, &format!("formatted/{}", source.path))
        .to_string()
}

fn shortened(diff: &str) -> String {
    let lines: Vec<&str> = diff.trim_end().lines().collect();
    match lines.len().checked_sub(LONGEST_DIFF) {
        None | Some(0) => lines.join("\n"),
        Some(more) => format!("{}\n… and {more} more lines", lines[..LONGEST_DIFF].join("\n")),
    }
}
