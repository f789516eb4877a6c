//! What is kept changes nothing but the time: after any edits a compilation with a memory of earlier ones is the
//! one without, and an edit costs no more than what it reaches.

#[allow(dead_code, reason = "of the generator only small projects are wanted here")]
#[path = "../benches/generator/mod.rs"]
mod generator;

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use tidemill::cache::{Folder, Memory};
use tidemill::compile::{Compilation, Examined, Judged, Outcome, TableLineage, examine};
use tidemill::definition::{ProjectFiles, read_project};
use tidemill::diagnostic::{Diagnostic, Position, Source};
use tidemill::lint::{Excepted, Facts, Reason};
use tidemill::sql::lineage::ColumnLineage;

/// Path → text.
type Texts = BTreeMap<String, String>;

/// The repository's own project, which has some of everything.
fn sample() -> Texts {
    let (files, _) =
        read_project(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|_| panic!("no project"));
    let ProjectFiles { config, definitions, beside, templates } = files;
    let all =
        definitions.into_iter().chain(beside.into_values()).chain(templates.into_values()).chain([config]);
    all.map(|source| (source.path.clone(), source.text.clone())).collect()
}

fn project(texts: &Texts) -> ProjectFiles {
    let mut files = generator::in_memory(texts);
    for (path, text) in texts {
        if let Some(name) = path.strip_prefix("templates/").and_then(|name| name.strip_suffix(".sql")) {
            files.templates.insert(name.to_owned(), Source::new(path.as_str(), text.as_str()));
        }
    }
    files.definitions.retain(|source| !source.path.ends_with(".metrics.yaml"));
    for (path, text) in texts.iter().filter(|(path, _)| path.ends_with(".metrics.yaml")) {
        files.beside.insert(path.clone(), Source::new(path.as_str(), text.as_str()));
    }
    files
}

fn finding(finding: &Diagnostic) -> String {
    let Diagnostic { code, severity, message, position, compiled, label, related, notes, hint } = finding;
    let place = |at: &Position| format!("{}+{}", at.display(), at.length);
    let related: Vec<String> = related.iter().map(|(at, label)| format!("{} {label}", place(at))).collect();
    format!(
        "{} {severity:?} {} {message} | {label} | {related:?} | {notes:?} | {hint:?} | {compiled:?}",
        code.as_str(),
        position.as_ref().map_or(String::new(), place)
    )
}

/// Everything that a compilation says.
fn told(compilation: &Compilation) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (name, one) in &compilation.datasets {
        told.push(format!("{name} {} {} {:?} {}", one.sql, one.duckdb, one.init, one.hash));
        told.push(format!("{:?} {:?} {:?} {}", one.columns, one.partition, one.inputs, one.start));
        told.push(format!("{:?} {} {:?}", one.reads_self, one.has_parameters, one.keys));
        told.push(format!("{:?} {} {}", one.joins, one.checks.duckdb, one.checks.hash));
        told.push(one.checks.checks.iter().map(|check| check.text.as_str()).collect::<Vec<_>>().join(" "));
        told.push(one.definition.description.clone());
        judgement(&one.judged, &one.lineage, &mut told);
    }
    for (name, one) in &compilation.views {
        told.push(format!("{name} {} {} {:?} {}", one.sql, one.duckdb, one.columns, one.hash));
        told.push(format!("{:?} {:?} {:?}", one.bases, one.partition_column, one.keys));
        told.push(one.definition.description.clone());
        judgement(&one.judged, &one.lineage, &mut told);
    }
    told.extend(compilation.order.iter().cloned());
    told.extend(compilation.generated.iter().map(|(path, content)| format!("{path} {content}")));
    told
}

fn judgement(judged: &Judged, table: &TableLineage, told: &mut Vec<String>) {
    let Facts { identifiers, expires, is_view, of_log, determinism } = &judged.facts;
    told.push(format!("{identifiers:?} {expires:?} {is_view} {of_log}"));
    for Reason { rule, message, certain, position, view } in &determinism.reasons {
        let position = position.as_ref().map(Position::display);
        told.push(format!("{rule} {message} {certain} {position:?} {view:?}"));
    }
    for Excepted { exception, finding: excepted } in &judged.excepted {
        told.push(format!("{} {}", exception.rule.text, exception.until));
        told.push(finding(excepted));
    }
    told.push(format!("{:?} {:?}", table.tables, table.lineage.rows));
    table.lineage.columns.iter().for_each(|column| column_lineage(column, told));
}

fn column_lineage(column: &ColumnLineage, told: &mut Vec<String>) {
    let fields = column.built_fields();
    told.push(format!("{:?} {fields:?}", column.sources));
    fields.iter().for_each(|field| column_lineage(&column.field(field), told));
}

/// Compiles with and without a memory and holds one against the other; gives how much was added to the memory.
fn compare(files: &ProjectFiles, folder: &Folder, target: Option<&str>) -> (usize, bool) {
    let memory = Memory::open(folder);
    let Examined { compilation: with, found: found_with, .. } = examine(files, target, &memory);
    let Examined { compilation: without, found: found_without, .. } = examine(files, target, &Memory::none());
    let listed = |found: &[Diagnostic]| found.iter().map(finding).collect::<Vec<_>>();
    assert_eq!(listed(&found_with), listed(&found_without));
    assert_eq!(with.as_ref().map(told), without.as_ref().map(told));
    if let Some(compilation) = &with {
        let outcome = Outcome::new(compilation, &found_with);
        let read = Outcome::from_bytes(&outcome.to_bytes(), files).unwrap();
        assert_eq!((read.counts, read.files), (outcome.counts, outcome.files));
        assert_eq!(read.holds_until, outcome.holds_until);
        assert_eq!(listed(&read.warnings), listed(&found_with));
    }
    let added = memory.added();
    memory.save();
    (added, with.is_some())
}

/// A change to a file; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Edit {
    Comment(usize),
    /// A line goes.
    Remove(usize, usize),
    /// A line stands twice.
    Repeat(usize, usize),
    /// A word of the file takes the place of another.
    Word(usize, usize, usize),
    /// Everything is as it was in the beginning.
    Restore,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let any = any::<usize>;
    let edit = prop_oneof![
        any().prop_map(Edit::Comment),
        (any(), any()).prop_map(|(file, line)| Edit::Remove(file, line)),
        (any(), any()).prop_map(|(file, line)| Edit::Repeat(file, line)),
        (any(), any(), any()).prop_map(|(file, from, to)| Edit::Word(file, from, to)),
        Just(Edit::Restore),
    ];
    proptest::collection::vec(edit, 1..8)
}

fn apply(edit: &Edit, texts: &mut Texts, original: &Texts) {
    let (Edit::Comment(file) | Edit::Remove(file, _) | Edit::Repeat(file, _) | Edit::Word(file, ..)) = edit
    else {
        texts.clone_from(original);
        return;
    };
    let file = file % texts.len();
    let Some((path, text)) = texts.iter_mut().nth(file) else { return };
    let mut lines: Vec<&str> = text.lines().collect();
    *text = match edit {
        Edit::Remove(_, line) if !lines.is_empty() => {
            lines.remove(line % lines.len());
            lines.join("\n") + "\n"
        }
        Edit::Repeat(_, line) if !lines.is_empty() => {
            let line = line % lines.len();
            lines.insert(line, lines[line]);
            lines.join("\n") + "\n"
        }
        Edit::Word(_, from, to) => {
            let words: Vec<&str> = text.split(|one: char| !one.is_alphanumeric() && one != '_').collect();
            text.replacen(words[from % words.len()], words[to % words.len()], 1)
        }
        _ => format!("{text}{} a remark\n", if path.ends_with(".sql") { "--" } else { "#" }),
    };
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6,
        max_shrink_iters: 20,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_edits_a_compilation_is_the_one_without_a_memory(edits in edits()) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        let original = sample();
        let mut texts = original.clone();
        compare(&project(&texts), &folder, None);
        for edit in edits {
            apply(&edit, &mut texts, &original);
            compare(&project(&texts), &folder, None);
        }
    }
}

#[test]
fn only_what_a_change_reaches_is_compiled_anew() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let mut texts = generator::chain(20);
    let (all, compiled) = compare(&project(&texts), &folder, None);
    assert!(compiled && all > 40);
    assert_eq!(compare(&project(&texts), &folder, None), (0, true));

    // A remark reaches nothing but its own file: the names that its query reads, and what it came to.
    let path = "datasets/chain/link_3.yaml";
    texts.get_mut(path).unwrap().push_str("# a remark\n");
    assert_eq!(compare(&project(&texts), &folder, None), (2, true));

    // A condition changes the rows of the table and none of its columns; a reader is the one that it was.
    let changed = texts[path].replace("submission_date = @", "searches > 0 AND submission_date = @");
    texts.insert(path.to_owned(), changed);
    assert_eq!(compare(&project(&texts), &folder, None), (2, true));

    // Another type reaches all that copy it: what links 3 to 19 came to, the names in the file that was edited,
    // and the columns, which all of them have and which are kept once.
    let changed = texts[path].replace("  searches\n", "  CAST(searches AS STRING) AS searches\n");
    texts.insert(path.to_owned(), changed.replace("searches > 0 AND ", ""));
    assert_eq!(compare(&project(&texts), &folder, None), (17 + 1 + 1, true));
}

#[test]
fn a_memory_is_not_taken_for_that_of_another_target() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let mut texts = sample();
    let config = texts["tidemill.yaml"].clone();
    assert!(compare(&project(&texts), &folder, None).1);
    texts.insert("tidemill.yaml".to_owned(), format!("{config}# a remark\n"));
    let (added, compiled) = compare(&project(&texts), &folder, None);
    assert!(added > 0 && compiled, "the project's file is part of every key");
}

/// What `tidemill` says when it is run in a project with a cache, and whether it was content.
fn tidemill(project: &Path, cache: &Path, arguments: &[&str]) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_tidemill"))
        .args(arguments)
        .current_dir(project)
        .env("TIDEMILL_CACHE_DIR", cache)
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).into_iter().flatten().count()
}

#[test]
fn the_program_says_the_same_of_what_it_knows() {
    let place = tempfile::tempdir().unwrap();
    let (project, cache) = (place.path().join("project"), place.path().join("cache"));
    let none = place.path().join("none");
    generator::write(&generator::chain(3), &project).unwrap();
    assert!(tidemill(&project, &none, &["compile", "--no-cache"]).1.contains("generated/ written"));
    assert!(!none.exists(), "--no-cache keeps nothing");
    let first = tidemill(&project, &cache, &["compile", "--check"]);
    assert!(first.0 && first.1.contains("generated/ is current"), "{}", first.1);
    assert_eq!((files_in(&cache.join("outcomes")), files_in(&cache.join("packs"))), (1, 1));
    assert_eq!(std::fs::read_to_string(cache.join(".gitignore")).unwrap(), "*\n");
    assert_eq!(tidemill(&project, &cache, &["compile", "--check"]), first);
    assert_eq!(tidemill(&project, &none, &["compile", "--check", "--no-cache"]), first);

    // What is known of the definitions says nothing of what stands in generated/.
    let file = project.join("generated/chain_derived/link_1_v1/query.sql");
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, written.replace("searches", "hits")).unwrap();
    let (is_current, said) = tidemill(&project, &cache, &["compile", "--check"]);
    assert!(!is_current && said.contains("+  searches"), "{said}");
    std::fs::remove_file(&file).unwrap();
    assert!(!tidemill(&project, &cache, &["compile", "--check"]).0);
    assert!(tidemill(&project, &cache, &["compile"]).1.contains("1 added, 0 changed, 0 removed"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    std::fs::write(project.join("generated/more.sql"), "SELECT 1").unwrap();
    assert!(tidemill(&project, &cache, &["compile"]).1.contains("0 added, 0 changed, 1 removed"));

    // A cache that is not there any more, or that is no folder, is no cache.
    std::fs::remove_dir_all(&cache).unwrap();
    assert_eq!(tidemill(&project, &cache, &["compile", "--check"]), first);
    std::fs::remove_dir_all(&cache).unwrap();
    std::fs::write(&cache, "a file").unwrap();
    assert_eq!(tidemill(&project, &cache, &["compile", "--check"]), first);
}
