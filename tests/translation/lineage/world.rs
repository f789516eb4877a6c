//! Two small tables with random rows, once as they are and once for each change of one column or field.

use duckdb::Connection;
use serde_json::Value as Json;
use tidemill::schema::{Field, Type};
use tidemill::sql::{Catalogue, Table, duckdb as translation};

use super::generator::Random;

pub struct Tables;

fn columns(table: &str) -> Option<Vec<Field>> {
    let pair = vec![Field::new("key", Type::String), Field::new("value", Type::Int64)];
    let info = vec![Field::new("p", Type::Int64), Field::new("q", Type::String)];
    Some(match table {
        "d.a" => vec![
            Field::new("k", Type::Int64),
            Field::new("x", Type::Int64),
            Field::new("y", Type::Int64),
            Field::new("s", Type::String),
            Field::new("info", Type::structure(info)),
            Field::new("items", Type::array(Type::structure(pair))),
            Field::new("nums", Type::array(Type::Int64)),
        ],
        "d.b" => {
            let z = Field { required: true, ..Field::new("z", Type::Int64) };
            vec![Field::new("k", Type::Int64), z, Field::new("t", Type::String)]
        }
        _ => return None,
    })
}

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        Some(Table { name: name.to_owned(), columns: columns(name)?.into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.a".to_owned(), "d.b".to_owned()]
    }
}

/// What is changed: a column or a field in all rows.
#[derive(Debug)]
pub struct Place {
    pub table: &'static str,
    pub path: &'static [&'static str],
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.table, self.path.join("."))
    }
}

pub static PLACES: &[Place] = &[
    Place { table: "d.a", path: &["k"] },
    Place { table: "d.a", path: &["x"] },
    Place { table: "d.a", path: &["y"] },
    Place { table: "d.a", path: &["s"] },
    Place { table: "d.a", path: &["info", "p"] },
    Place { table: "d.a", path: &["info", "q"] },
    Place { table: "d.a", path: &["items"] },
    Place { table: "d.a", path: &["items", "key"] },
    Place { table: "d.a", path: &["items", "value"] },
    Place { table: "d.a", path: &["nums"] },
    Place { table: "d.b", path: &["k"] },
    Place { table: "d.b", path: &["z"] },
    Place { table: "d.b", path: &["t"] },
];

/// Other values of the same few, and values that are nowhere else.
const CHANGES: usize = 2;

/// One state of the tables: which place was changed, and how.
#[derive(Clone, Copy)]
pub struct Change {
    place: usize,
    fresh: bool,
}

pub struct World {
    connection: Connection,
}

const ROWS: usize = 6;

impl World {
    pub fn new(seed: u64) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET threads = 1")
            .unwrap();
        let world = Self { connection };
        world.fill("w", seed, None);
        for place in 0..PLACES.len() {
            for fresh in [false, true] {
                let change = Change { place, fresh };
                world.fill(&name(Some(change)), seed, Some(change));
            }
        }
        world
    }

    /// The states in which a place is changed.
    pub fn changes(&self, place: &Place) -> impl Iterator<Item = Change> {
        let place = PLACES.iter().position(|one| std::ptr::eq(one, place)).unwrap();
        [false, true].into_iter().take(CHANGES).map(move |fresh| Change { place, fresh })
    }

    fn fill(&self, name: &str, seed: u64, change: Option<Change>) {
        let mut sql = format!("ATTACH ':memory:' AS {name}; USE {name}; CREATE SCHEMA d;");
        for (table, rows) in [("d.a", rows_of_a(seed, change)), ("d.b", rows_of_b(seed, change))] {
            let columns = translation::column_definitions(&columns(table).unwrap());
            sql.push_str(&format!("CREATE TABLE {table} ({columns}); INSERT INTO {table} VALUES {rows};"));
        }
        self.connection.execute_batch(&sql).unwrap();
    }

    /// The rows that a query gives in a state of the tables.
    pub fn rows(&self, change: Option<Change>, sql: &str) -> Result<Vec<Json>, String> {
        self.connection.execute_batch(&format!("USE {}", name(change))).unwrap();
        let sql = format!("SELECT CAST(to_json(the_row) AS VARCHAR) FROM ({sql}) AS the_row");
        let failed = |error: duckdb::Error| format!("{error}\n{sql}");
        let mut statement = self.connection.prepare(&sql).map_err(failed)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        rows.map(|row| Ok(serde_json::from_str(&row.map_err(failed)?).unwrap())).collect()
    }
}

fn name(change: Option<Change>) -> String {
    match change {
        None => "w".to_owned(),
        Some(Change { place, fresh }) => format!("w{place}_{}", u8::from(fresh)),
    }
}

/// The values of one column or field, from a stream of their own, so that a change leaves all others as they are.
struct Values {
    random: Random,
    fresh: bool,
}

impl Values {
    fn of(table: &str, path: &[&str], seed: u64, change: Option<Change>) -> Self {
        let index = PLACES.iter().position(|place| place.table == table && place.path == path).unwrap();
        let changed = change.filter(|change| change.place == index);
        let salt = changed.map_or(0, |change| 1 + u64::from(change.fresh));
        let random = Random::new(seed * 1_000 + index as u64 * 10 + salt);
        Self { random, fresh: changed.is_some_and(|change| change.fresh) }
    }

    fn integer(&mut self) -> String {
        match (self.random.below(8), self.fresh) {
            (0, false) => "NULL".to_owned(),
            (_, true) => (100 + self.random.below(1_000_000)).to_string(),
            (_, false) => self.random.below(4).to_string(),
        }
    }

    /// Of a column that is never NULL.
    fn required(&mut self) -> String {
        Some(self.integer()).filter(|value| value != "NULL").unwrap_or_else(|| "0".to_owned())
    }

    fn text(&mut self) -> String {
        match (self.random.below(8), self.fresh) {
            (0, false) => "NULL".to_owned(),
            (_, true) => format!("'n{}'", self.random.below(1_000_000)),
            (_, false) => format!("'{}'", ["u", "v", "w"][self.random.below(3) as usize]),
        }
    }
}

fn rows_of_a(seed: u64, change: Option<Change>) -> String {
    let of = |path: &[&str]| Values::of("d.a", path, seed, change);
    let (mut k, mut x, mut y, mut s) = (of(&["k"]), of(&["x"]), of(&["y"]), of(&["s"]));
    let (mut p, mut q) = (of(&["info", "p"]), of(&["info", "q"]));
    let (mut lengths, mut key, mut value) = (of(&["items"]), of(&["items", "key"]), of(&["items", "value"]));
    let mut nums = of(&["nums"]);
    let row = |_| {
        // A change of the whole array changes how long it is.
        let longer = if lengths.fresh { 3 } else { 0 };
        let items: Vec<String> = (0..lengths.random.below(3) + longer)
            .map(|_| format!("{{'key': {}, 'value': {}}}", key.text(), value.integer()))
            .collect();
        let numbers: Vec<String> = (0..nums.random.below(3)).map(|_| nums.integer()).collect();
        format!(
            "({}, {}, {}, {}, {{'p': {}, 'q': {}}}, [{}], [{}])",
            k.integer(),
            x.integer(),
            y.integer(),
            s.text(),
            p.integer(),
            q.text(),
            items.join(", "),
            numbers.join(", ")
        )
    };
    (0..ROWS).map(row).collect::<Vec<_>>().join(", ")
}

fn rows_of_b(seed: u64, change: Option<Change>) -> String {
    let of = |path: &[&str]| Values::of("d.b", path, seed, change);
    let (mut k, mut z, mut t) = (of(&["k"]), of(&["z"]), of(&["t"]));
    let row = |_| format!("({}, {}, {})", k.integer(), z.required(), t.text());
    (0..ROWS).map(row).collect::<Vec<_>>().join(", ")
}
