//! The floor: the least that any compiler of such a project has to do, on one thread and with none of this
//! project's code. Each file is read and parsed as YAML, each query is rendered, and its syntax parsed.

use std::fs;
use std::path::{Path, PathBuf};

use minijinja::{Environment, Value, context};
use serde_json::Value as Yaml;
use sqlparser::dialect::BigQueryDialect;
use sqlparser::parser::Parser;

const TEMPLATES: [(&str, &str); 3] = [
    ("tidemill/stable", include_str!("../../src/template/builtin/stable.sql")),
    ("tidemill/clients_daily", include_str!("../../src/template/builtin/clients_daily.sql")),
    ("tidemill/aggregate", include_str!("../../src/template/builtin/aggregate.sql")),
];

/// Does all of it, and gives the number of queries that were parsed.
pub fn run(root: &Path) -> usize {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_function("has", |_path: String| true);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).expect("a built-in template is readable");
    }
    let mut parsed = 0;
    for path in files_below(&root.join("datasets")) {
        let text = fs::read_to_string(&path).expect("a file that was listed is there");
        let definition: Yaml = serde_yaml::from_str(&text).expect("the generator writes YAML");
        if let Some(sql) = rendered(&definition, &environment) {
            let statements = Parser::parse_sql(&BigQueryDialect {}, &sql);
            parsed += statements.unwrap_or_else(|error| panic!("{}: {error}\n{sql}", path.display())).len();
        }
    }
    parsed
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder was written") {
        let entry = entry.expect("the folder is readable");
        match entry.file_type().expect("an entry has a kind").is_dir() {
            true => files.extend(files_below(&entry.path())),
            false => files.push(entry.path()),
        }
    }
    files
}

/// The SQL of a definition: its own, its template's, or that of a ping source's stable dataset.
fn rendered(definition: &Yaml, environment: &Environment) -> Option<String> {
    let text = |key: &str| definition.get(key).and_then(Yaml::as_str);
    let sql = if let Some(sql) = text("sql") {
        environment.render_str(sql, context! {})
    } else {
        let template = match text("kind") {
            Some("ping") => "tidemill/stable",
            _ => text("template")?,
        };
        let with = |key: &str| definition.get("with").and_then(|with| with.get(key));
        let values = context! {
            from => format!("`{}`", text("from").or(text("source")).unwrap_or_default()),
            from_day => "DATE(submission_timestamp)",
            in_partition => "submission_date = @submission_date",
            partition => context! { column => "submission_date", value => "@submission_date" },
            client => "client_id",
            order => "submission_timestamp",
            tie => "document_id",
            attributes => columns(with("attributes")),
            dimensions => columns(with("dimensions")),
            measures => columns(with("measures")),
        };
        let condition = with("where").and_then(Yaml::as_str).map(Value::from);
        let values = condition.map_or(values.clone(), |condition| context! { where => condition, ..values });
        environment.get_template(template).and_then(|template| template.render(values))
    };
    Some(sql.expect("the generator writes templates that render"))
}

/// Columns as templates take them: names, and names with expressions, in a list or a map.
fn columns(given: Option<&Yaml>) -> Vec<Value> {
    let column = |name: &str, expression: &str| {
        context! { name, expression, select => format!("{expression} AS {name}") }
    };
    let of_map = |map: &serde_json::Map<String, Yaml>| -> Vec<Value> {
        map.iter().map(|(name, expression)| column(name, expression.as_str().unwrap_or_default())).collect()
    };
    match given {
        Some(Yaml::Object(map)) => of_map(map),
        Some(Yaml::Array(list)) => list
            .iter()
            .flat_map(|one| match one {
                Yaml::Object(map) => of_map(map),
                one => vec![column(one.as_str().unwrap_or_default(), one.as_str().unwrap_or_default())],
            })
            .collect(),
        _ => Vec::new(),
    }
}
