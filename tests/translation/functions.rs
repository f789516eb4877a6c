//! Functions of a project, written out where they are called: arguments are values, not names.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use tidemill::schema::{Field, Type};
use tidemill::sql::{Catalogue, ParsedBody, Routine, RoutineBody, Table};

use super::QueryCase;

/// A function's name, its arguments, its body.
type Written = (&'static str, &'static [(&'static str, Type)], &'static str);

/// Name, arguments, body. Each may call those before it.
const FUNCTIONS: &[Written] = &[
    ("d.twice", &[("x", Type::Int64)], "x + x"),
    ("d.four_times", &[("x", Type::Int64)], "d.twice(d.twice(x))"),
    ("d.half", &[("x", Type::Float64)], "x / 2"),
    ("d.or_zero", &[("x", Type::Int64)], "IFNULL(x, 0)"),
    ("d.later", &[("day", Type::Date), ("id", Type::Int64)], "DATE_ADD(day, INTERVAL id DAY)"),
    ("d.shown", &[("id", Type::String), ("country", Type::String)], "CONCAT(country, ':', id, ':', country)"),
    ("d.label", &[], "'fixed'"),
    (
        "d.above",
        &[("least", Type::Int64), ("most", Type::Int64)],
        "(SELECT COUNT(*) FROM UNNEST([1, 2, 3, 4]) AS e WHERE e > least AND e <= most)",
    ),
    ("d.above_twice", &[("least", Type::Int64)], "d.above(d.twice(least), 4) + d.above(least, 4)"),
    ("d.total", &[("most", Type::Int64)], "(SELECT SUM(e) FROM UNNEST([1, 2, 3, 4]) AS e WHERE e <= most)"),
];

static ROUTINES: LazyLock<BTreeMap<String, Arc<Routine>>> = LazyLock::new(|| {
    let mut defined = Defined(BTreeMap::new());
    for (name, arguments, body) in FUNCTIONS {
        let arguments: Vec<Field> =
            arguments.iter().map(|(name, ty)| Field::new(*name, ty.clone())).collect();
        let parsed = ParsedBody::new(body).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        let resolved = parsed
            .resolve(name, &arguments, None, &defined)
            .unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        let routine = Routine {
            name: (*name).to_owned(),
            arguments,
            returns: resolved.returns,
            body: RoutineBody::Sql(resolved.body),
            hash: String::new(),
            aggregate: false,
            varies: None,
            defined_at: None,
        };
        defined.0.insert((*name).to_owned(), Arc::new(routine));
    }
    defined.0
});

struct Defined(BTreeMap<String, Arc<Routine>>);

impl Catalogue for Defined {
    fn table(&self, _name: &str) -> Option<Table> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.0.get(name).cloned()
    }
}

/// The same functions as GoogleSQL creates them.
#[allow(dead_code, reason = "only the comparison with GoogleSQL's own analyser asks for it")]
pub fn statements() -> impl Iterator<Item = String> {
    FUNCTIONS.iter().map(|(name, arguments, body)| {
        let arguments: Vec<String> = arguments.iter().map(|(name, ty)| format!("{name} {ty}")).collect();
        format!("CREATE FUNCTION {name}({}) AS ({body})", arguments.join(", "))
    })
}

pub fn routine(name: &str) -> Option<Arc<Routine>> {
    ROUTINES.get(name).cloned()
}

pub const CASES: &[QueryCase] = &[
    ("SELECT d.twice(3 + 4) AS r", "r INT64", &["14"]),
    ("SELECT `d.twice`(3) AS r, d.label() AS l", "r INT64, l STRING", &["6 | fixed"]),
    ("SELECT `d`.`TWICE`(3) AS r", "r INT64", &["6"]),
    ("SELECT d.four_times(ABS(-5)) AS r", "r INT64", &["20"]),
    ("SELECT d.twice(d.twice(d.twice(LENGTH('ab')))) AS r", "r INT64", &["16"]),
    ("SELECT d.half(3) AS r, d.half(-1.5) AS s", "r FLOAT64, s FLOAT64", &["1.5 | -0.75"]),
    ("SELECT d.or_zero(NULL) AS r, d.or_zero(LENGTH('abc')) AS s", "r INT64, s INT64", &["0 | 3"]),
    ("SELECT d.later('2026-11-22', 1 + 1) AS r", "r DATE", &["2026-11-24"]),
    // The caller's columns have the names of arguments, the other way round.
    (
        "SELECT d.shown(country, CAST(id AS STRING)) AS r FROM d.pings WHERE id < 3",
        "r STRING",
        &["1:DE:1", "2:FR:2"],
    ),
    ("SELECT d.later(day, id) AS r FROM d.pings WHERE id < 3", "r DATE", &["2026-11-23", "2026-11-23"]),
    // The caller's tables have the name that the body gives its own.
    (
        "SELECT e.id, d.above(e.id, 4) AS r FROM d.pings AS e",
        "id INT64, r INT64",
        &["1 | 3", "2 | 2", "3 | 1", "4 | 0"],
    ),
    (
        "SELECT e.id, d.total(e.id + 0) AS r FROM d.pings AS e",
        "id INT64, r INT64",
        &["1 | 1", "2 | 3", "3 | 6", "4 | 10"],
    ),
    (
        "SELECT id, d.above_twice(least) AS r FROM (SELECT id, id AS least FROM d.pings)",
        "id INT64, r INT64",
        &["1 | 5", "2 | 2", "3 | 1", "4 | 0"],
    ),
    (
        "SELECT d.twice(SUM(id)) AS r, SUM(d.twice(id + 0)) AS s FROM d.pings",
        "r INT64, s INT64",
        &["20 | 20"],
    ),
    ("SELECT d.above(SUM(id) - 8, MAX(id)) AS r FROM d.pings", "r INT64", &["2"]),
    (
        "SELECT d.shown(UPPER(country), 'x') AS k, COUNT(*) AS n FROM d.pings WHERE country IS NOT NULL GROUP BY d.shown(UPPER(country), 'x')",
        "k STRING, n INT64",
        &["x:DE:x | 2", "x:FR:x | 1"],
    ),
    (
        "SELECT d.twice(id + 0) AS k, COUNT(*) AS n FROM d.pings GROUP BY k HAVING d.twice(COUNT(*) + 0) = 2 AND d.twice(k) > 12",
        "k INT64, n INT64",
        &["8 | 1"],
    ),
    ("SELECT id FROM d.pings WHERE d.above(id, 4) = 2 OR d.twice(id) = 8", "id INT64", &["2", "4"]),
    (
        "SELECT id, SUM(d.twice(id + 0)) OVER (PARTITION BY d.shown(country, 'c')) AS s FROM d.pings WHERE country IS NOT NULL",
        "id INT64, s INT64",
        &["1 | 10", "2 | 4", "4 | 10"],
    ),
    // Elements of an array, where DuckDB is given a lambda, and where the body's query forbids one.
    (
        "SELECT id, (SELECT SUM(d.twice(kv.value + 0)) FROM UNNEST(kv) AS kv) AS s FROM d.pings WHERE id IN (1, 4)",
        "id INT64, s INT64",
        &["1 | 6", "4 | 20"],
    ),
    (
        "SELECT id, (SELECT SUM(d.above(kv.value, 4)) FROM UNNEST(kv) AS kv) AS s FROM d.pings WHERE id = 1",
        "id INT64, s INT64",
        &["1 | 5"],
    ),
    (
        "SELECT p.id, n.label FROM d.pings AS p JOIN d.names AS n ON d.above(p.id, 4) = d.twice(n.key) ORDER BY id",
        "id INT64, label STRING",
        &["2 | Germany"],
    ),
];
