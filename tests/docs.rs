//! Every definition in the README and in docs/ compiles within the sample project, against its real
//! schemas; the example template renders.

use std::collections::BTreeMap;
use std::path::Path;

use tidemill::compile::compile;
use tidemill::definition::read_project;
use tidemill::diagnostic::{Source, render_all};
use tidemill::unit_test;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Fenced blocks of a language, with the document they stand in.
fn blocks(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for document in ["README.md", "docs/definitions.md", "docs/privacy.md"] {
        let text = std::fs::read_to_string(Path::new(ROOT).join(document)).unwrap();
        let mut parts = text.split("```");
        parts.next();
        while let Some(block) = parts.next() {
            if let Some(body) = block.strip_prefix(&format!("{language}\n")) {
                found.push((document.to_owned(), body.to_owned()));
            }
            parts.next();
        }
    }
    found
}

/// The name that a definition gives, without quotes.
fn name(definition: &str) -> &str {
    const KINDS: [&str; 8] =
        ["source", "dataset", "snapshot", "view", "application", "static", "function", "project"];
    let mut values = definition.lines().filter_map(|line| line.split_once(": "));
    let value = values.find(|(key, _)| KINDS.contains(key)).map_or("", |(_, value)| value);
    value.trim_matches('"')
}

/// The example templates and the example macros.
fn templates() -> (Vec<String>, Vec<String>) {
    let texts = blocks("jinja").into_iter().map(|(_, text)| text);
    texts.partition(|text| !text.contains("{% macro"))
}

#[test]
fn every_test_in_the_docs_passes() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("docs/testing.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("tests")).unwrap();
    let blocks = text.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap());
    for (number, block) in blocks.enumerate() {
        std::fs::write(folder.path().join(format!("tests/{number}.yaml")), block).unwrap();
    }
    let (files, _) = read_project(Path::new(ROOT)).unwrap();
    let compilation = compile(&files).0.unwrap();
    let mut found = Vec::new();
    let tests = unit_test::read(folder.path(), &mut found);
    let (prepared, mistakes) = unit_test::prepare(&tests, &compilation, "dev", &|_| true);
    found.extend(mistakes);
    assert!(found.is_empty(), "{}", render_all(&found));
    let tested = unit_test::run(prepared).unwrap();
    assert_eq!(tested.len(), 6);
    for one in tested {
        assert!(matches!(one.outcome, unit_test::Outcome::Passed), "{}", one.name);
    }
}

#[test]
fn every_definition_in_the_docs_compiles() {
    let mut of_document: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (document, definition) in blocks("yaml") {
        of_document.entry(document).or_default().push(definition);
    }
    assert!(of_document.len() >= 2, "{:?}", of_document.keys());
    for (document, definitions) in of_document {
        let (mut files, _) = read_project(Path::new(ROOT)).unwrap();
        let macros = Source::new("templates/macros/days.sql", templates().1.concat());
        files.templates.insert("macros/days".to_owned(), macros);
        let before = files.definitions.len();
        // An example takes the place of the sample project's definition of the same name.
        let names: Vec<&str> = definitions.iter().map(|definition| name(definition)).collect();
        files.definitions.retain(|known| !names.contains(&name(&known.text)));
        let replaces = files.definitions.len() < before;
        for (number, definition) in definitions.iter().enumerate() {
            let path = format!(
                "datasets/tide_browser/example_of_{}_{number}.yaml",
                document.replace(['/', '.'], "_")
            );
            files.definitions.push(Source::new(path, definition.clone()));
        }
        let (compilation, found) = compile(&files);
        // What the sample project derives from a replaced dataset may miss columns of the shown one.
        let own: Vec<_> = found
            .into_iter()
            .filter(|finding| {
                finding.position.as_ref().is_some_and(|at| at.source.path.contains("example_of"))
            })
            .collect();
        assert!(own.is_empty(), "{document}\n{}", render_all(&own));
        assert!(replaces || compilation.is_some(), "{document} does not compile");
    }
}

#[test]
fn the_example_template_renders() {
    let (templates, macros) = templates();
    assert_eq!((templates.len(), macros.len()), (1, 1));
    let (mut files, _) = read_project(Path::new(ROOT)).unwrap();
    files.templates.insert("pings".to_owned(), Source::new("templates/pings.sql", templates[0].clone()));
    files.definitions.push(Source::new(
        "datasets/pings.yaml",
        "dataset: tide_browser_derived.pings_v1\ndescription: Pings per day.\nfrom: tide_browser_stable.baseline_v1\ntemplate: pings\n",
    ));
    let (compilation, found) = compile(&files);
    assert!(found.is_empty(), "{}", render_all(&found));
    let sql = &compilation.unwrap().datasets["tide_browser_derived.pings_v1"].sql;
    assert!(sql.contains("AND TRUE"), "{sql}");
}

/// The parameters that a template's head declares, and whether they are required.
fn parameters(template: &str) -> Vec<(&str, bool)> {
    let head = template.split("---#}").next().unwrap_or_default();
    let Some((_, declared)) = head.split_once("\nparameters:\n") else { return Vec::new() };
    let own = declared.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    own.filter_map(|line| line.trim().split_once(':'))
        .map(|(name, rest)| (name, rest.contains("required: true")))
        .collect()
}

#[test]
fn every_key_and_template_stands_in_the_reference() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("docs/definitions.md")).unwrap();
    for template in tidemill::template::BUILT_IN {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{}`", template.name)));
        let row = row.unwrap_or_else(|| panic!("{} is not in docs/definitions.md", template.name));
        for (parameter, required) in parameters(template.text) {
            let shown = if required { format!("**`{parameter}`**") } else { format!(" `{parameter}`") };
            assert!(row.contains(&shown), "{shown} of {} is not in docs/definitions.md", template.name);
        }
    }
    for key in [
        "template",
        "sql",
        "from",
        "with",
        "partition_by",
        "start",
        "end",
        "paused",
        "reads",
        "reads_self",
        "lookback",
        "on_change",
        "init",
        "parameters",
        "checks",
        "columns",
        "view",
        "deletion",
        "expires",
        "cluster_by",
        "labels",
        "tags",
        "application",
        "channels",
        "pings",
        "join",
        "cardinality",
        "serves",
        "deprecated",
        "access",
        "for",
        "snapshot",
        "static",
        "file",
        "key",
        "function",
        "arguments",
        "body",
        "returns",
        "language",
        "examples",
        "ready",
        "description",
        "owners",
    ] {
        assert!(text.contains(&format!("`{key}`")), "`{key}` is not in docs/definitions.md");
    }
}
