mod report;
mod repository;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use self::report::{Checked, Generated, Skipped};
use super::context::{self, Globals, Problem};
use super::examples::{self, Outcome};
use super::{exceptions, generated_files, report as output, work};
use crate::compile::{Compilation, Summary};
use crate::definition::ProjectFiles;
use crate::diagnostic::{self, Code, Diagnostic, Position, Source};
use crate::graph::Selection;
use crate::lint;
use crate::unit_test;

/// All that CI needs, offline: generated/ is current, types, contracts, rules, examples
///
/// Judges the whole project without network, credentials or a warehouse, writes nothing, and says what was
/// checked and what was not. Exit code 0: nothing at the level of an error; 1: findings; 2: the tool could
/// not do its work.
#[derive(Args)]
pub struct Arguments {
    /// How findings are printed; --json is the same as --format json
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// End with exit code 1 for warnings too
    #[arg(long)]
    deny_warnings: bool,
    /// Report only what concerns these: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
}

/// For people, for programs, as annotations of GitHub Actions, for code scanning.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
    Github,
    Sarif,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let format = match (arguments.format, globals.json) {
        (Some(format), _) => format,
        (None, true) => Format::Json,
        (None, false) => Format::Human,
    };
    let checked = match check(arguments, globals) {
        Ok(checked) => checked,
        // A file of findings is written also where the project cannot be read.
        Err(Problem::Findings(found)) => Checked { found, ..Checked::default() },
        Err(internal) => return Err(internal),
    };
    let prefix = context::find_project(globals).map(|root| repository::prefix(&root)).unwrap_or_default();
    let errors = checked.errors();
    let warnings = checked.found.len() - errors;
    let code = match checked.found.iter().any(output::is_tool) {
        true => 2,
        false => u8::from(errors > 0 || (arguments.deny_warnings && warnings > 0)),
    };
    match format {
        Format::Human => checked.print(arguments.deny_warnings, globals),
        Format::Json => output::json(&checked.to_json(code == 0)),
        Format::Github => {
            checked.found.iter().for_each(|one| output::line(&diagnostic::to_github(one, &prefix)));
            checked.print_summary(arguments.deny_warnings, globals);
        }
        Format::Sarif => {
            let mut summary = checked.to_json(code == 0);
            if let Some(summary) = summary.as_object_mut() {
                summary.remove("diagnostics");
            }
            output::json(&diagnostic::to_sarif(
                &checked.found,
                &prefix,
                code != 2,
                json!({"check": summary}),
            ));
        }
    }
    Ok(ExitCode::from(code))
}

/// Looks at everything. Findings of the project are no error here.
fn check(arguments: &Arguments, globals: &Globals) -> Result<Checked, Problem> {
    let (root, files, mut found) = context::read(globals)?;
    let examined = context::examine(&files, globals);
    found.extend(examined.found);
    if let Some(target) = &globals.target
        && let Some(compilation) = &examined.compilation
    {
        found.extend(context::target_of(&compilation.project, target).err());
    }
    let picked = picked(&arguments.select, &examined.summary)?;
    let is_picked = |name: &str| picked.as_ref().is_none_or(|picked| picked.contains(name));
    let mut checked = Checked { rules: lint::RULES.len(), ..Checked::default() };
    match &examined.compilation {
        Some(compilation) => {
            let (state, finding) = generated(&root, compilation, &is_picked)?;
            checked.generated = Some(state);
            found.extend(finding);
            found.extend(exceptions::expired(compilation, work::today()?));
            let functions = compilation.functions.iter().filter(|(name, _)| is_picked(name));
            for tried in examples::run(functions)? {
                match &tried.outcome {
                    Outcome::Right => checked.examples.0 += 1,
                    Outcome::Wrong { .. } | Outcome::Failed(_) => {
                        checked.examples.1 += 1;
                        found.extend(wrong_example(&tried));
                    }
                    Outcome::Skipped(reason) => checked
                        .skipped
                        .push(Skipped::new(format!("the example {}", tried.example.call), reason.clone())),
                }
            }
            tests(&root, compilation, globals, &is_picked, &mut checked, &mut found)?;
        }
        None => {
            let why = "the project has errors";
            checked.skipped.push(Skipped::new("whether generated/ is current", why));
            checked.skipped.push(Skipped::new("examples of functions", why));
            checked.skipped.push(Skipped::new("dataset unit tests", why));
        }
    }
    diagnostic::sort(&mut found);
    if let Some(picked) = &picked {
        let all = found.len();
        let names = &examined.summary.names;
        let files: BTreeSet<&str> =
            picked.iter().filter_map(|name| names.get(name)).map(|one| one.file.as_str()).collect();
        found.retain(|finding| concerns(finding, picked, &files));
        if found.len() < all {
            let what = output::count(all - found.len(), "finding");
            checked.skipped.push(Skipped::new(what, "outside of what was selected"));
        }
    }
    checked.found = found;
    checked.skipped.extend(untyped(&examined.summary, &is_picked));
    checked.skipped.extend(never_looked_at(&files, &examined.summary));
    checked.summary = Some(examined.summary);
    Ok(checked)
}

/// Runs the files of `tests/`.
fn tests(
    root: &Path,
    compilation: &Compilation,
    globals: &Globals,
    is_picked: &(dyn Fn(&str) -> bool + Sync),
    checked: &mut Checked,
    found: &mut Vec<Diagnostic>,
) -> Result<(), Problem> {
    let tests = unit_test::read(root, found);
    if tests.files.is_empty() {
        checked.skipped.push(Skipped::new("dataset unit tests", "there are none"));
        return Ok(());
    }
    let target = globals.target.as_ref().unwrap_or(&compilation.project.default_target);
    let (prepared, mistakes) = unit_test::prepare(&tests, compilation, target, is_picked);
    found.extend(mistakes);
    for tested in unit_test::run(prepared)? {
        match &tested.outcome {
            unit_test::Outcome::Passed => checked.tests.0 += 1,
            unit_test::Outcome::Failed(failures) => {
                checked.tests.1 += 1;
                found.push(failed_test(&tested, failures));
            }
            unit_test::Outcome::Skipped(reason) => {
                let what = format!("the test `{}` of {}", tested.name, tested.subject);
                checked.skipped.push(Skipped::new(what, reason.clone()));
            }
        }
    }
    Ok(())
}

fn failed_test(tested: &unit_test::Tested, failures: &[unit_test::Failure]) -> Diagnostic {
    let finding = Diagnostic::error(Code::FailedTest, format!("a test of `{}` fails", tested.subject));
    let mut finding = finding.at(&tested.position).hint(
        "mend the query, or the test where it states what is no longer meant; `tidemill test` shows the rows",
    );
    finding.notes = failures.iter().map(unit_test::Failure::summary).collect();
    finding
}

/// The columns that have no types, and why: nothing of them was held against contracts and rules.
fn untyped(summary: &Summary, is_picked: &dyn Fn(&str) -> bool) -> Vec<Skipped> {
    let behind = summary.untyped.iter().filter(|(name, _)| is_picked(name));
    behind
        .map(|(name, one)| {
            let what = match one.columns.as_deref() {
                None => format!("columns of `{name}`"),
                Some([]) => format!("rules on `{name}`"),
                Some([column]) => format!("the column {column} of `{name}`"),
                Some(columns) => format!("the columns {} of `{name}`", columns.join(", ")),
            };
            Skipped::new(what, one.reason())
        })
        .collect()
}

/// What no offline check can see, or what this project has none of.
fn never_looked_at(files: &ProjectFiles, summary: &Summary) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    if files.definitions.is_empty() {
        skipped.push(Skipped::new("definitions", "there are none in datasets/"));
    }
    if summary.javascript > 0 {
        let functions = output::count(summary.javascript, "function");
        skipped.push(Skipped::new("JavaScript bodies", format!("{functions}, held to declared types only")));
    }
    skipped.push(Skipped::new("BigQuery", "not asked, all is judged offline"));
    skipped
}

/// The names that are reported on; `None` where all are.
pub fn picked(terms: &[String], summary: &Summary) -> Result<Option<BTreeSet<String>>, Diagnostic> {
    if terms.is_empty() {
        return Ok(None);
    }
    let tags = summary.names.iter().map(|(name, one)| (name.as_str(), one.tags.as_slice())).collect();
    Selection { tags, graph: &summary.graph }.pick(terms).map(Some)
}

/// Whether a finding is about one of these, or stands in their files, or is about the project as a whole.
fn concerns(finding: &Diagnostic, picked: &BTreeSet<String>, files: &BTreeSet<&str>) -> bool {
    if let Some(compiled) = &finding.compiled {
        let mut parts = compiled.path.split('/').skip(1);
        if let (Some(schema), Some(table)) = (parts.next(), parts.next()) {
            return picked.contains(&format!("{schema}.{table}"));
        }
    }
    let related = finding.related.iter().map(|(position, _)| position);
    let mut places = finding.position.iter().chain(related).peekable();
    places.peek().is_none()
        || places
            .any(|at| files.contains(at.source.path.as_str()) || !at.source.path.starts_with("datasets/"))
}

/// Most files that are named in a finding.
const MOST_FILES: usize = 10;

/// Holds `generated/` against the compilation.
fn generated(
    root: &Path,
    compilation: &Compilation,
    is_picked: &dyn Fn(&str) -> bool,
) -> Result<(Generated, Option<Diagnostic>), Problem> {
    let folder = root.join("generated");
    let mut difference = generated_files::compare(&folder, &compilation.generated)?;
    let of_picked = |path: &String| {
        let name = path.rsplit_once('/').map_or(path.as_str(), |(name, _)| name).replace('/', ".");
        is_picked(&name)
    };
    difference.added.retain(of_picked);
    difference.changed.retain(of_picked);
    difference.removed.retain(of_picked);
    let files = compilation.generated.keys().filter(|path| of_picked(path)).count();
    if difference.is_empty() {
        return Ok((Generated { files, current: true }, None));
    }
    let counts = difference.counts();
    let mut finding = Diagnostic::error(Code::GeneratedStale, format!("generated/ is not current: {counts}"))
        .hint(
            "run `tidemill compile` and commit the result; `tidemill compile --check` shows the difference",
        );
    if let Some(path) = difference.changed.first()
        && let Ok(text) = std::fs::read_to_string(folder.join(path))
    {
        let line = first_difference(&text, &compilation.generated[path]);
        let source = Source::new(format!("generated/{path}"), text);
        finding = finding.at(&Position::whole_line(&source, line)).label("here it differs first");
    }
    let lists =
        [("lacks", &difference.added), ("changed", &difference.changed), ("left over", &difference.removed)];
    let named: Vec<String> = lists
        .iter()
        .flat_map(|(word, paths)| paths.iter().map(move |path| format!("{word}: {path}")))
        .collect();
    for note in named.iter().take(MOST_FILES) {
        finding = finding.note(note.as_str());
    }
    if named.len() > MOST_FILES {
        finding = finding.note(format!("and {} more files", named.len() - MOST_FILES));
    }
    Ok((Generated { files, current: false }, Some(finding)))
}

/// The first line that two texts do not share, within the first one.
fn first_difference(text: &str, other: &str) -> u32 {
    let same = text.lines().zip(other.lines()).take_while(|(left, right)| left == right).count();
    (same + 1).min(text.lines().count().max(1)) as u32
}

fn wrong_example(tried: &examples::Tried) -> Option<Diagnostic> {
    let (message, notes) = match &tried.outcome {
        Outcome::Wrong { got, wanted } => (
            "does not give what its example says",
            vec![format!("it gives {got}"), format!("it must give {wanted}")],
        ),
        Outcome::Failed(problem) => ("fails on its example", vec![problem.clone()]),
        Outcome::Right | Outcome::Skipped(_) => return None,
    };
    let mut finding = Diagnostic::error(Code::WrongExample, format!("`{}` {message}", tried.function))
        .at(&tried.example.position)
        .label(tried.example.call.as_str())
        .hint("mend the body or the example");
    finding.notes = notes;
    Some(finding)
}
