use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{generated_files, report};
use crate::definition::{self, Dataset, Definitions, ProjectFiles, QuerySource};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::yaml::{self, Limits, Node, Text};

/// Copy a dataset's definition to its next version
///
/// The copy stands beside the definition, with the SQL file that it names; the old version goes on serving
/// the view. What is there already is never written over.
#[derive(Args)]
pub struct Arguments {
    /// The dataset, such as app_derived.clients_daily_v1
    dataset: String,
}

/// One version and the next one.
struct Step<'a> {
    dataset: &'a Dataset,
    from: u32,
    old: String,
    new: String,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let (root, files, _) = context::read(globals)?;
    let (_, definitions, found) = definition::read(&files);
    let step = step(&arguments.dataset, &definitions, found)?;
    let (written, serves) = copies(&step, &definitions, &files)?;
    for (path, _) in &written {
        if root.join(path).exists() {
            return Err(exists(format!("{path} is there already")));
        }
    }
    for (path, text) in &written {
        generated_files::write_file(&root.join(path), text.as_bytes())?;
    }
    if globals.json {
        let files: Vec<&String> = written.iter().map(|(path, _)| path).collect();
        report::json(&json!({"dataset": step.new, "copied_from": step.old, "files": files}));
    } else if !globals.quiet {
        told(&step, &written, &serves);
    }
    Ok(ExitCode::SUCCESS)
}

fn exists(message: String) -> Problem {
    Diagnostic::error(Code::DuplicateName, message).hint("edit it, or move it away to copy again").into()
}

fn step<'a>(name: &str, definitions: &'a Definitions, found: Vec<Diagnostic>) -> Result<Step<'a>, Problem> {
    let datasets = &definitions.datasets;
    let Some(dataset) = datasets.iter().find(|dataset| dataset.name.full() == name) else {
        if definitions.unreadable.contains(name) {
            return Err(Problem::Findings(found));
        }
        let names: Vec<String> = datasets.iter().map(|dataset| dataset.name.full()).collect();
        return Err(Diagnostic::error(
            Code::UnknownSelection,
            format!("no definition of a dataset `{name}`"),
        )
        .hint("stable datasets come with their source, whose version they share")
        .suggest(name, names.iter().map(String::as_str))
        .into());
    };
    let (family, from) = dataset.name.version().unwrap_or((&dataset.name.table, 1));
    let new = format!("{}.{family}_v{}", dataset.name.schema, from.saturating_add(1));
    if datasets.iter().any(|other| other.name.full() == new) || definitions.unreadable.contains(&new) {
        return Err(exists(format!("`{new}` is defined already")));
    }
    Ok(Step { dataset, from, old: name.to_owned(), new })
}

/// Where it is said which version serves the view, and which one.
type Serving = (Option<String>, u32);

/// The files to write, and which version serves the view as they stand.
fn copies(
    step: &Step,
    definitions: &Definitions,
    files: &ProjectFiles,
) -> Result<(Vec<(String, String)>, Serving), Problem> {
    let dataset = step.dataset;
    let source = &dataset.name.position.source;
    let mut lines: Vec<String> = source.text.lines().map(str::to_owned).collect();
    let mut written = Vec::new();
    for query in [Some(&dataset.query), dataset.init.as_ref()].into_iter().flatten() {
        let QuerySource::File(file) = query else { continue };
        if let Ok(sql) = files.beside(source, file.text.trim()) {
            let own = next_path(file.text.trim(), step.from);
            edit_line(&mut lines, file, &own);
            written.push((next_path(&sql.path, step.from), renamed(&sql.text, step)));
        }
    }
    let serves = keep_serving(&mut lines, step, definitions);
    let mut text = renamed(&lines.join("\n"), step);
    text.push('\n');
    let path = next_path(&source.path, step.from);
    // A copy that does not say what was meant would be worse than none.
    let is_sound = yaml::parse(&Source::new(path.clone(), text.clone()), Limits::DEFINITION)
        .is_ok_and(|node| node.get("dataset").and_then(Node::as_text) == Some(step.new.as_str()));
    if !is_sound {
        let message = format!("the definition of `{}` is not written in a way that can be copied", step.old);
        return Err(Diagnostic::error(Code::UnclearKind, message)
            .at(&dataset.name.position)
            .hint("copy it by hand, with its name changed")
            .into());
    }
    written.insert(0, (path, text));
    Ok((written, serves))
}

/// Has the view go on with the version that it shows: a new version says so, unless another definition does.
fn keep_serving(lines: &mut Vec<String>, step: &Step, definitions: &Definitions) -> Serving {
    let Some(view) = &step.dataset.view else { return (None, step.from) };
    let own = step.dataset.serves.as_ref();
    if let Some(serves) = own {
        // The definition that is copied says it already; said in one place, one edit changes it.
        lines.remove((serves.position.line as usize).saturating_sub(1).min(lines.len().saturating_sub(1)));
    }
    let names_it = |other: &&Dataset| other.view.as_ref().is_some_and(|one| one.full() == view.full());
    let others = definitions.datasets.iter().filter(names_it);
    let stated = own.or_else(|| others.filter_map(|other| other.serves.as_ref()).next());
    let Some(stated) = stated else {
        let after = (view.position.line as usize).min(lines.len());
        lines.insert(after, format!("serves: v{}", step.from));
        return (None, step.from);
    };
    (Some(stated.position.source.path.clone()), stated.version)
}

/// Changes a value on its line.
fn edit_line(lines: &mut [String], value: &Text, new: &str) {
    let line = lines.get_mut((value.position.line as usize).saturating_sub(1));
    if let Some(line) = line {
        *line = line.replacen(value.text.trim(), new, 1);
    }
}

/// `daily.yaml`, `daily_v1.yaml` → `daily_v2.yaml`.
fn next_path(path: &str, from: u32) -> String {
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let stem = stem.strip_suffix(&format!("_v{from}")).unwrap_or(stem);
    format!("{stem}_v{}.{ending}", from.saturating_add(1))
}

/// A text with the dataset's full name changed wherever it stands as a word: a dataset that reads itself
/// goes on reading itself.
fn renamed(text: &str, step: &Step) -> String {
    let is_part = |one: char| one.is_alphanumeric() || one == '_';
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&step.old) {
        let (before, after) = (&rest[..at], &rest[at + step.old.len()..]);
        let alone = !before.chars().next_back().or(new.chars().next_back()).is_some_and(is_part)
            && !after.chars().next().is_some_and(is_part);
        new.push_str(before);
        new.push_str(if alone { &step.new } else { &step.old });
        rest = after;
    }
    new.push_str(rest);
    new
}

fn told(step: &Step, written: &[(String, String)], (place, serving): &Serving) {
    let Step { old, new, from, .. } = step;
    let file = written.first().map_or("", |(path, _)| path.as_str());
    report::line(&format!("{new} is a copy of {old}:"));
    for (path, _) in written {
        report::line(&format!("  {path}"));
    }
    let mut next = vec![
        format!("edit {file}, then tidemill compile"),
        format!("tidemill backfill --from DAY --to DAY {new}"),
        format!("tidemill compare {old} {new}"),
    ];
    if let Some(view) = &step.dataset.view {
        let place = place.as_deref().unwrap_or(file);
        next.push(format!(
            "`serves: v{}` in {place} and tidemill run: the view {} goes over; until then v{serving} serves it as before",
            from + 1,
            view.full()
        ));
    }
    next.push(format!("`deprecated: {{since: DAY, use: {new}}}` in {old}: its readers are told"));
    report::line("\nNext:");
    for (number, what) in next.iter().enumerate() {
        report::line(&format!("  {}. {what}", number + 1));
    }
}
