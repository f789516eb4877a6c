//! Tables with nested data, and a DuckDB that holds them.

use std::sync::Arc;

use duckdb::Connection;
use tidemill::schema::{Field, Type};
use tidemill::sql::{Catalogue, PARAMETERS, Routine, Table, analyse, duckdb as translation};
use tidemill::warehouse::native::Installed;
use tidemill::warehouse::{KeyRing, Secret};

fn pings() -> Vec<Field> {
    vec![
        Field::new("id", Type::Int64),
        Field::new("country", Type::String),
        Field::new("score", Type::Float64),
        Field::new("day", Type::Date),
        Field::new("moment", Type::Timestamp),
        Field::new("civil", Type::Datetime),
        Field::new("tags", Type::array(Type::String)),
        Field::new("kv", Type::key_value(Type::Int64)),
        Field::new(
            "info",
            Type::structure(vec![Field::new("os", Type::String), Field::new("version", Type::Int64)]),
        ),
        Field::new("ok", Type::Bool),
        Field::new("amount", Type::Numeric),
        Field::new("payload", Type::Json),
        Field::new("raw", Type::Bytes),
    ]
}

fn names() -> Vec<Field> {
    vec![
        Field::new("country", Type::String),
        Field::new("label", Type::String),
        Field::new("key", Type::Int64),
    ]
}

const ROWS: &str = r#"
INSERT INTO d.names VALUES ('DE', 'Germany', 1), ('FR', 'France', 2), ('XX', NULL, NULL);
INSERT INTO d.pings VALUES
  (1, 'DE', 1.5, '2026-11-22', '2026-11-22 13:45:10.123456', '2026-11-22 13:45:10', ['a', 'b'],
   [{'key': 'a', 'value': 1}, {'key': 'b', 'value': 2}], {'os': 'Linux', 'version': 3}, true, 12.5,
   '{"a": {"b": "x"}, "n": 1, "z": null}', 'abc'::BLOB),
  (2, 'FR', 2.5, '2026-11-21', '2026-11-21 00:00:00', '2026-11-21 00:00:00', [], [],
   {'os': 'Mac', 'version': NULL}, false, 0.1, '[1,2]', '\xFF'::BLOB),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 'DE', -2.5, '2026-11-15', '2026-11-15 23:59:59.999', '2026-11-15 23:59:59', ['c'],
   [{'key': 'a', 'value': 10}, {'key': NULL, 'value': NULL}], {'os': NULL, 'version': 5}, true, -3, '"t"', ''::BLOB);
"#;

/// The day that the parameters stand for, in the order of [`PARAMETERS`].
const PARTITION: [&str; 3] = ["2026-11-22", "2026-11-22 00:00:00", "2026-11-23 00:00:00"];

pub struct Tables;

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = match name {
            "d.pings" => pings(),
            "d.names" => names(),
            _ => return None,
        };
        Some(Table { name: name.to_owned(), columns: columns.into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.names".to_owned(), "d.pings".to_owned()]
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        super::functions::routine(name)
    }
}

/// What a query gave: `name TYPE, …` and per row the values between bars.
pub struct Answer {
    pub columns: String,
    pub rows: Vec<String>,
}

pub struct Warehouse {
    connection: Connection,
    natives: Installed,
}

impl Warehouse {
    pub fn open() -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET threads = 1")
            .unwrap();
        // Without the extension for time zones there is no such setting, and all times are UTC.
        let _ = connection.execute_batch("SET TimeZone = 'UTC'");
        let tables = format!(
            "CREATE SCHEMA d; CREATE TABLE d.pings ({}); CREATE TABLE d.names ({}); {ROWS}",
            translation::column_definitions(&pings()),
            translation::column_definitions(&names())
        );
        connection.execute_batch(&tables).unwrap();
        let keys = KeyRing::default();
        keys.put("client", Secret::new(b"0123456789abcdef0123456789abcdef".to_vec()));
        keys.put("other", Secret::new((200..232).collect()));
        keys.register(&connection).unwrap();
        Self { connection, natives: Installed::default() }
    }

    /// Translates a query and runs it. DuckDB's types must be those that the inferred types map to.
    pub fn run(&self, query: &str) -> Result<Answer, String> {
        let messages = |problems: Vec<tidemill::sql::Problem>| {
            problems
                .iter()
                .map(|problem| format!("{} {}", problem.code.as_str(), problem.message))
                .collect::<Vec<_>>()
                .join("; ")
        };
        let analysis = analyse(query, &Tables).map_err(messages)?;
        let mut sql = translation::translate(&analysis).map_err(messages)?;
        for (index, value) in PARTITION.iter().enumerate().take(PARAMETERS.len()) {
            sql = sql.replace(&format!("${}", index + 1), &format!("'{value}'"));
        }
        self.natives.install(&self.connection, &sql).map_err(|error| error.to_string())?;
        for column in &analysis.columns {
            let name = translation::identifier(&column.name);
            let wanted =
                self.texts(&format!("SELECT typeof(CAST(NULL AS {}))", translation::data_type(&column.ty)))?;
            for found in
                self.texts(&format!("SELECT DISTINCT typeof({name}) FROM ({sql}) WHERE {name} IS NOT NULL"))?
            {
                if column.ty != Type::Null && !found.contains("\"NULL\"") && found != wanted[0] {
                    return Err(format!("`{}` is {found} in DuckDB, not {}\n{sql}", column.name, wanted[0]));
                }
            }
        }
        let columns: Vec<String> =
            analysis.columns.iter().map(|column| format!("{} {}", column.name, column.ty)).collect();
        let rows =
            self.texts(&format!("SELECT CAST(to_json(the_row) AS VARCHAR) FROM ({sql}) AS the_row"))?;
        Ok(Answer { columns: columns.join(", "), rows: rows.iter().map(|row| values(row)).collect() })
    }

    fn texts(&self, sql: &str) -> Result<Vec<String>, String> {
        let failed = |error: duckdb::Error| format!("{error}\n{sql}");
        self.natives.install(&self.connection, sql).map_err(|error| format!("{error:#}\n{sql}"))?;
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        rows.collect::<Result<_, _>>().map_err(failed)
    }
}

fn values(row: &str) -> String {
    let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(row).unwrap();
    let values: Vec<String> = row
        .values()
        .map(|value| match value {
            serde_json::Value::Null => "NULL".to_owned(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        })
        .collect();
    values.join(" | ")
}
