//! The JSON Schema for editors: current where it is committed, kind to every definition that there is, and strict
//! with slips.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::{Value, json};
use tidemill::diagnostic::Source;
use tidemill::yaml::{self, Limits, Node};

use crate::project::{TestProject, dedented};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const COMMITTED: &str = include_str!("../../docs/tidemill.schema.json");

fn as_json(node: &Node) -> Value {
    match &node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(value) => json!(value),
        yaml::Value::Integer(value) => json!(value),
        yaml::Value::Float(value) => json!(value),
        yaml::Value::Text(text) => json!(text),
        yaml::Value::List(items) => items.iter().map(as_json).collect(),
        // `key: null` counts as absent, but for the values of examples and parameters.
        yaml::Value::Map(entries) => {
            let entries = entries.iter().filter_map(|(key, value)| {
                let name = key.as_text()?;
                let is_absent = value.value == yaml::Value::Null && !["gives", "value"].contains(&name);
                (!is_absent).then(|| (name.to_owned(), as_json(value)))
            });
            Value::Object(entries.collect())
        }
    }
}

/// What the committed schema says of a file.
pub fn problems(text: &str) -> Vec<String> {
    static VALIDATOR: OnceLock<jsonschema::Validator> = OnceLock::new();
    let validator = VALIDATOR
        .get_or_init(|| jsonschema::validator_for(&serde_json::from_str(COMMITTED).unwrap()).unwrap());
    problems_by(validator, text)
}

fn problems_by(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    let node = yaml::parse(&Source::new("x.yaml", text), Limits::DEFINITION).unwrap();
    validator.iter_errors(&as_json(&node)).map(|error| error.to_string()).collect()
}

/// The schema that the program prints.
fn printed(project: &TestProject, arguments: &str) -> Value {
    let said = project.refused(arguments);
    let body = said.split("----- stdout -----\n").nth(1).unwrap().split("\n----- stderr").next().unwrap();
    serde_json::from_str(body).unwrap()
}

#[test]
fn the_committed_schema_is_current() {
    let plain = printed(&TestProject::empty(), "schema");
    assert_eq!(plain, printed(&TestProject::standard(), "schema --plain"));
    let current = format!("{plain:#}\n");
    assert!(current == COMMITTED, "run `tidemill schema --plain --write docs/tidemill.schema.json`");
}

#[test]
fn every_definition_of_the_sample_project_and_of_init_fits() {
    let mut checked = 0;
    let mut check = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        let problems = problems(&text);
        assert!(problems.is_empty(), "{}: {problems:?}", path.display());
        checked += 1;
    };
    check(&Path::new(ROOT).join("tidemill.yaml"));
    for folder in ["datasets", "src/cli/init", "tests/datasets", "tests/fixtures"] {
        for entry in ignore::WalkBuilder::new(Path::new(ROOT).join(folder)).build() {
            let path = entry.unwrap().into_path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".yaml") && !name.ends_with("metrics.yaml") {
                check(&path);
            }
        }
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn every_definition_in_the_docs_fits() {
    let mut checked = 0;
    for document in ["README.md", "docs/definitions.md", "docs/authoring.md", "docs/editors.md"] {
        let text = std::fs::read_to_string(Path::new(ROOT).join(document)).unwrap();
        for block in text.split("```").skip(1).step_by(2) {
            let Some((head, body)) = block.split_once('\n') else { continue };
            if !head.starts_with("yaml") || head.contains("metrics.yaml") {
                continue;
            }
            let problems = problems(body);
            assert!(problems.is_empty(), "{document}: {problems:?}\n{body}");
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn slips_do_not_fit() {
    let right = "
        dataset: tide_derived.x_v1
        description: Pings.
        from: tide_stable.baseline_v1
        template: tidemill/aggregate
        with: {dimensions: [country]}
        start: 2026-11-20
        on_change: {rebuild: 30 days}
        ";
    assert_eq!(problems(&dedented(right)), Vec::<String>::new());
    let slips = [
        ("description: Pings.", "descriptoin: Pings."),
        ("description: Pings.", "labels: {a: b}"),
        ("dataset:", "datasets:"),
        ("template: tidemill/aggregate", "tags: [a]"),
        ("start: 2026-11-20", "start: soon"),
        ("start: 2026-11-20", "paused: yes"),
        ("start: 2026-11-20", "expires: 30"),
        ("start: 2026-11-20", "tags: core"),
        ("start: 2026-11-20", "view: x\n        static: tide.x"),
        ("{rebuild: 30 days}", "{rebuilt: 30 days}"),
        ("{rebuild: 30 days}", "backward"),
        ("from: tide_stable.baseline_v1", "from: [a, {table: b, join: {on: [x]}}]"),
        ("with: {dimensions: [country]}", "with: [country]"),
    ];
    for (from, to) in slips {
        let text = dedented(&right.replace(from, to));
        assert!(!problems(&text).is_empty(), "{text}");
    }
}

#[test]
fn a_project_offers_its_own_templates_and_tables() {
    let project = TestProject::with(&[(
        "templates/own.sql",
        "
        {#---
        description: Rows that hold.
        parameters:
          condition: {type: expression, required: true, description: What holds.}
          note: {type: text, default: x, description: A note.}
        ---#}
        SELECT @submission_date AS submission_date FROM {{ from }} WHERE {{ in_partition }} AND {{ condition }}
        ",
    )]);
    let schema = printed(&project, "schema");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let definition = |template: &str, with: &str| {
        let text = format!(
            "dataset: a.x_v1\ndescription: X.\nfrom: tide_stable.baseline_v1\ntemplate: {template}\nwith: {with}\n"
        );
        problems_by(&validator, &text).is_empty()
    };
    assert!(definition("own", "{condition: a > 1}"));
    assert!(!definition("own", "{note: x}"), "`condition` is required");
    assert!(!definition("own", "{condition: a, more: b}"));
    assert!(!definition("own", "{condition: a, note: [b]}"));
    assert!(!definition("nobodys", "{}"));
    assert!(definition("tidemill/aggregate", "{dimensions: [country], measures: {n: count(*)}}"));
    assert!(schema.to_string().contains("\"tide_stable.baseline_v1\""));
    // Written to a file it is the same.
    project.run("schema --write .vscode/tidemill.json");
    assert_eq!(serde_json::from_str::<Value>(&project.read(".vscode/tidemill.json")).unwrap(), schema);
}

#[test]
fn readers_of_definitions_go_by_the_tables_of_keys() {
    for entry in ignore::WalkBuilder::new(Path::new(ROOT).join("src/definition")).build() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("MapReader::new("), "{} reads keys without a table", path.display());
        }
    }
}
