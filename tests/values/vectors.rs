//! Native functions over rows against the same over constants. DuckDB hands values over in vectors of many shapes: constant,
//! cut by a filter or a join, in lists and structs. Whatever the shape, a row has the value that its constants have alone.

use std::collections::{BTreeMap, BTreeSet};

use duckdb::Connection;
use tidemill::query::{NoTables, translate};
use tidemill::schema::{Field, Type};
use tidemill::sql::duckdb::{column_definitions, data_type, literal, native_calls};
use tidemill::value::{I256, bytes_of_units};
use tidemill::warehouse::native::Installed;

use crate::written;

/// Combinations of arguments that each function is called with; no divisor of a vector's length.
const COMBINATIONS: usize = 11;
/// Rows of a table: more than one vector, and no multiple of one.
const ROWS: usize = 2_100;
/// More rows than one row group has.
const MANY: usize = 130_000;

/// Where the arguments come from, with `{f}` for the call on `x`'s columns. Each gives `got` and `wanted`, a row each.
const SHAPES: &[(&str, &str)] = &[
    ("a table", "SELECT {f} AS got, x.wanted FROM given AS x"),
    ("a filter", "SELECT {f} AS got, x.wanted FROM given AS x WHERE x.id % 13 = 1 AND x.id % 7 <> 2"),
    ("a join", "SELECT {f} AS got, x.wanted FROM combinations AS x JOIN range(100) AS r(n) ON r.n % 11 = x.id"),
    ("one constant row", "SELECT {f} AS got, x.wanted FROM (SELECT * FROM combinations WHERE id = 4) AS x, range(100)"),
    (
        "structs in lists",
        "SELECT {f} AS got, x.wanted FROM (SELECT unnest(list(c)) AS x FROM combinations AS c GROUP BY id % 2)",
    ),
    (
        "lists that are cut and turned",
        "SELECT unnest(list_transform(list_reverse(list_filter(list_slice(xs, 2, 9), lambda x: x.id <> 5)), lambda x: struct_pack(got := {f}, wanted := x.wanted)), recursive := true)
         FROM (SELECT list(c ORDER BY id) AS xs FROM combinations AS c), range(10)",
    ),
    (
        "a row before",
        "SELECT {f} AS got, x.wanted FROM (SELECT lag(c) OVER (ORDER BY id) AS x FROM combinations AS c) WHERE x IS NOT NULL",
    ),
];

/// Values of a type as DuckDB writes them, NULL among them.
fn values(ty: &Type, depth: usize) -> Vec<String> {
    let cast = |texts: &[&str]| -> Vec<String> {
        texts.iter().map(|text| format!("CAST({} AS {})", literal(text), data_type(ty))).collect()
    };
    let mut values = match ty {
        Type::Int64 | Type::Null | Type::Unknown => {
            cast(&["2", "0", "-1", "1", "7", "9223372036854775807", "-9223372036854775808"])
        }
        Type::Float64 => cast(&["1.5", "0", "-2", "nan", "inf", "-inf", "1e300"]),
        Type::Numeric => cast(&["1.5", "0", "-2.000000001", "99999999999999999999999999999.999999999"]),
        Type::BigNumeric => {
            let units = [0, 1, -5].map(|units| bytes_of_units(I256::from(units) * I256::from(10).pow(38)));
            let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            units.map(|bytes| format!("unhex('{}')", hex(bytes))).to_vec()
        }
        Type::Bool => cast(&["true", "false"]),
        Type::String | Type::Geography => cast(&[
            "a,b;c",
            "",
            "twelve bytes",
            "thirteen bytes",
            "2026-11-22 10:00:00",
            "{\"a\": [1, {\"b\": null}]}",
            "é🌊x",
            "%Y",
            "UTC",
            "a longer text than any that stands within its vector, é",
            "12",
        ]),
        Type::Bytes => ["00ff", "", "61626364656667686a6b6c6d", "61626364656667686a6b6c6d6e6f70", "c3a9"]
            .map(|hex| format!("unhex('{hex}')"))
            .to_vec(),
        Type::Date => cast(&["2026-11-22", "0001-01-01", "9999-12-31", "2024-02-29"]),
        Type::Datetime | Type::Timestamp => {
            cast(&["2026-11-22 10:11:12.131415", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"])
        }
        Type::Time => cast(&["10:11:12.131415", "00:00:00", "23:59:59.999999"]),
        Type::Interval => cast(&["1 month 2 days 3 microseconds", "0 days", "-14 months"]),
        Type::Json => cast(&[
            "{\"a\":[1,\"two\",null],\"b\":{\"c\":1.5}}",
            "null",
            "[1,2,3]",
            "\"a longer text in JSON\"",
        ]),
        Type::Range(element) => {
            let bounds = self::values(element, depth + 1);
            let at = |place: usize| bounds[place % bounds.len()].clone();
            let of = |from: usize, to: usize| {
                format!(
                    "CAST(struct_pack(\"start\" := {}, \"end\" := {}) AS {})",
                    at(from),
                    at(to),
                    data_type(ty)
                )
            };
            vec![of(1, 0), of(bounds.len() - 1, 2), of(0, bounds.len() - 1)]
        }
        Type::Array(element) => {
            let elements = self::values(element, depth + 1);
            let list = |places: &[usize]| {
                let chosen: Vec<&str> =
                    places.iter().map(|at| elements[at % elements.len()].as_str()).collect();
                format!("CAST([{}] AS {})", chosen.join(", "), data_type(ty))
            };
            vec![
                list(&[0, 1, 2]),
                list(&[]),
                list(&[elements.len() - 1, 0]),
                list(&[3]),
                list(&[4, 4, 5, 6, 7, 0, 1]),
            ]
        }
        Type::Struct(fields) => (0..4).map(|place| structure(fields, place, depth)).collect(),
    };
    values.push(format!("CAST(NULL AS {})", data_type(ty)));
    values
}

fn structure(fields: &[Field], place: usize, depth: usize) -> String {
    let parts: Vec<String> = fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let values = values(&field.ty, depth + 1);
            values[(place * 3 + at * (2 * place + 1)) % values.len()].clone()
        })
        .collect();
    format!("CAST(row({}) AS STRUCT({}))", parts.join(", "), column_definitions(fields))
}

/// The name of a function without what it takes: a safe one, so that a row that fails gives NULL.
fn safe(spelled: &str) -> String {
    let rest = spelled.trim_start_matches("tidemill ").trim_start_matches("SAFE.");
    format!("\"tidemill SAFE.{}\"", rest.replace('"', "\"\""))
}

/// Of the native functions that cases call, one for each list of arguments and result: what hands values over looks at nothing else.
fn functions() -> BTreeMap<String, Vec<Type>> {
    let expressions = written::files("txt", "").into_iter().flat_map(|(_, text)| written::expressions(&text));
    let queries = written::files("sql", "").into_iter().flat_map(|(_, text)| written::queries(&text));
    let texts = expressions.chain(queries).filter_map(Result::ok).map(|case| case.sql);
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for translated in texts.filter_map(|text| translate(&text, &NoTables).ok()) {
        for call in native_calls(&translated.duckdb) {
            // Roots and powers of wide decimals take long, and hand over what sums do.
            let is_fast = !call.native.name.starts_with("decimal_");
            let is_new = is_fast && !call.native.volatile && !call.arguments.is_empty();
            if is_new && seen.insert((format!("{:?}", call.held()), call.result.to_string())) {
                found.insert(safe(&call.spelled), call.held());
            }
        }
    }
    found
}

struct Bench {
    connection: Connection,
    natives: Installed,
}

impl Bench {
    fn new(threads: usize) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(&format!("SET threads = {threads};")).unwrap();
        Self { connection, natives: Installed::default() }
    }

    fn execute(&self, sql: &str) -> Result<(), String> {
        self.natives.install(&self.connection, sql).map_err(|error| format!("{error:#}"))?;
        self.connection.execute_batch(sql).map_err(|error| error.to_string())
    }

    fn count(&self, sql: &str) -> Result<(i64, i64), String> {
        self.natives.install(&self.connection, sql).map_err(|error| format!("{error:#}"))?;
        self.connection
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|error| error.to_string())
    }

    /// The combinations, each with what the function gives for it alone; and the same many times over.
    fn fill(&self, function: &str, types: &[Type], rows: usize) -> Result<(), String> {
        let pools: Vec<Vec<String>> = types.iter().map(|ty| values(ty, 0)).collect();
        let mut rows_of_one = Vec::new();
        for id in 0..COMBINATIONS {
            let chosen =
                |(at, pool): (usize, &Vec<String>)| pool[(id * (2 * at + 1) + 3 * at) % pool.len()].clone();
            let arguments: Vec<String> = pools.iter().enumerate().map(chosen).collect();
            let columns: Vec<String> =
                arguments.iter().enumerate().map(|(at, argument)| format!("{argument} AS c{at}")).collect();
            rows_of_one.push(format!(
                "SELECT {id} AS id, {}, {function}({}) AS wanted",
                columns.join(", "),
                arguments.join(", ")
            ));
        }
        self.execute(&format!(
            "CREATE OR REPLACE TABLE combinations AS {};",
            rows_of_one.join(" UNION ALL ")
        ))?;
        self.execute(&format!(
            "CREATE OR REPLACE TABLE given AS SELECT r.n AS id, c.* EXCLUDE (id)
             FROM range({rows}) AS r(n) JOIN combinations AS c ON c.id = r.n % {COMBINATIONS} ORDER BY r.n;"
        ))
    }

    fn holds(&self, call: &str, query: &str) -> Result<(), String> {
        let rows = query.replace("{f}", call);
        // NaN is equal to itself here, and NULL too.
        let compared =
            format!("SELECT count(*), count(*) FILTER (WHERE got IS DISTINCT FROM wanted) FROM ({rows})");
        match self.count(&compared)? {
            (0, _) => Err("no rows".to_owned()),
            (_, 0) => Ok(()),
            (all, wrong) => Err(format!("{wrong} of {all} rows differ")),
        }
    }
}

fn call(function: &str, types: &[Type]) -> String {
    let columns: Vec<String> = (0..types.len()).map(|at| format!("x.c{at}")).collect();
    format!("{function}({})", columns.join(", "))
}

#[test]
#[ignore = "takes its time: cargo test --test values vectors -- --ignored"]
fn rows_have_the_values_of_constants_in_vectors_of_all_shapes() {
    let functions = functions();
    assert!(functions.len() > 100, "{} functions", functions.len());
    let functions: Vec<(String, Vec<Type>)> = functions.into_iter().collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let bench = Bench::new(1);
        let mut wrong = Vec::new();
        while let Some((function, types)) =
            functions.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        {
            if let Err(problem) = bench.fill(function, types, ROWS) {
                wrong.push(format!("{function}: {problem}"));
                continue;
            }
            for (shape, query) in SHAPES {
                if let Err(problem) = bench.holds(&call(function, types), query) {
                    wrong.push(format!("{function} in {shape}: {problem}"));
                }
            }
        }
        wrong
    };
    let wrong = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        [work(), other.join().unwrap()].concat()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
#[ignore = "takes its time: cargo test --test values vectors -- --ignored"]
fn many_threads_over_several_row_groups() {
    let functions = functions();
    let some = functions.iter().step_by(functions.len() / 3);
    let bench = Bench::new(8);
    for (function, types) in some {
        bench.fill(function, types, MANY).unwrap();
        let whole = "SELECT {f} AS got, x.wanted FROM given AS x";
        let part = "SELECT {f} AS got, x.wanted FROM given AS x WHERE hash(x.id) % 5 < 2";
        for query in [whole, part] {
            if let Err(problem) = bench.holds(&call(function, types), query) {
                panic!("{function}: {problem}");
            }
        }
    }
}
