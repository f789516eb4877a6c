//! Each construct with the sources that it must have, and no others.

use std::sync::Arc;

use super::{How, Source, lineage};
use crate::schema::{Field, Type};
use crate::sql::{Analysis, Catalogue, Table, analyse};

struct Tables;

fn field(name: &str, ty: Type) -> Field {
    Field::new(name, ty)
}

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = match name {
            "d.t" => vec![
                field("id", Type::Int64),
                field("day", Type::Date),
                field("name", Type::String),
                field("n", Type::Int64),
                field("tags", Type::array(Type::String)),
                field("info", Type::structure(vec![field("os", Type::String), field("size", Type::Int64)])),
                field(
                    "items",
                    Type::array(Type::structure(vec![
                        field("key", Type::String),
                        field("value", Type::Int64),
                    ])),
                ),
                field("json", Type::Json),
            ],
            "d.u" => vec![field("id", Type::Int64), field("label", Type::String), field("m", Type::Int64)],
            _ => return None,
        };
        Some(Table { name: name.to_owned(), columns: columns.into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.t".to_owned(), "d.u".to_owned()]
    }
}

fn analysed(sql: &str) -> Analysis {
    analyse(sql, &Tables).unwrap_or_else(|problems| panic!("{sql}: {problems:?}"))
}

/// `t.info.os computed`, one after the other; the letters of tables alone, `#` where sanitised, `h` where hashed.
fn told(analysis: &Analysis, sources: &[Source]) -> String {
    let one = |source: &Source| {
        let mut place = vec![analysis.uses[source.table_use].name.trim_start_matches("d.")];
        place.extend(source.path.iter().map(|part| &**part));
        let how = match source.how {
            How::Copied => "copied",
            How::Computed => "computed",
            How::Aggregated => "aggregated",
            How::Influences => "influences",
        };
        let is_value = source.how != How::Influences;
        let marks = [(source.sanitised && is_value, "#"), (source.hashed && is_value, "h")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        format!("{} {how}{marks}", place.join("."))
    };
    let mut told: Vec<String> = sources.iter().map(one).collect();
    told.sort();
    told.dedup();
    told.join(", ")
}

/// The sources of each column and, after a bar, of the rows.
fn traced(sql: &str) -> String {
    let analysis = analysed(sql);
    let found = lineage(&analysis);
    let columns: Vec<String> = analysis
        .columns
        .iter()
        .zip(&found.columns)
        .map(|(column, lineage)| format!("{}: {}", column.name, told(&analysis, &lineage.sources)))
        .collect();
    let rows = told(&analysis, &found.rows);
    format!("{} | {rows}", columns.join("; ")).trim_end_matches([' ', '|']).to_owned()
}

#[track_caller]
fn check(sql: &str, expected: &str) {
    assert_eq!(traced(sql), expected, "{sql}");
}

#[test]
fn columns_are_copied_or_computed() {
    check("SELECT id, n + 1 AS more FROM d.t", "id: t.id copied; more: t.n computed");
    check("SELECT id AS one, id AS two FROM d.t", "one: t.id copied; two: t.id copied");
    check("SELECT 1 AS one, @submission_date AS day", "one: ; day:");
    check("SELECT UPPER(name) AS x FROM d.t", "x: t.name computed");
    check("SELECT n + id AS x FROM d.t WHERE id > 3", "x: t.id computed, t.n computed | t.id influences");
    check(
        "SELECT * EXCEPT (label) REPLACE (m + id AS m) FROM d.u",
        "id: u.id copied; m: u.id computed, u.m computed",
    );
    check("SELECT CAST(n AS STRING) AS x FROM d.t", "x: t.n computed");
}

#[test]
fn of_several_values_one_is_picked() {
    check(
        "SELECT CASE WHEN id = 1 THEN name ELSE 'x' END AS x FROM d.t",
        "x: t.id influences, t.name computed",
    );
    // Results that are constants say nothing but what the condition says.
    check(
        "SELECT CASE WHEN id = 1 THEN 'one' WHEN n = 2 THEN 'two' END AS x FROM d.t",
        "x: t.id computed#, t.n computed#",
    );
    check("SELECT IF(id = 1, 'a', 'b') AS x FROM d.t", "x: t.id computed#");
    check("SELECT NULLIF(n, id) AS x FROM d.t", "x: t.id influences, t.n computed");
    check("SELECT COALESCE(n, id) AS x FROM d.t", "x: t.id computed, t.n computed");
    check("SELECT IF(id = 1, info, NULL).os AS x FROM d.t", "x: t.id influences, t.info.os computed");
    check("SELECT name IN ('a', 'b') AS x FROM d.t", "x: t.name computed#");
}

#[test]
fn structs_are_followed_field_by_field() {
    check("SELECT info.os FROM d.t", "os: t.info.os copied");
    check("SELECT t.info.os AS x FROM d.t AS t", "x: t.info.os copied");
    check("SELECT s.a AS x FROM (SELECT STRUCT(id AS a, n AS b) AS s FROM d.t)", "x: t.id copied");
    check("SELECT STRUCT(id AS a, info AS b).b.size AS x FROM d.t", "x: t.info.size copied");
    check("SELECT STRUCT(id AS a, info AS b) AS x FROM d.t", "x: t.id copied, t.info copied");
    check("SELECT info.* FROM d.t", "os: t.info.os copied; size: t.info.size copied");
    check("SELECT (SELECT AS STRUCT id, name).name AS x FROM d.t", "x: t.name computed");
    check("SELECT JSON_VALUE(json.a.b) AS x FROM d.t", "x: t.json computed");
}

#[test]
fn rows_are_values_too() {
    check("SELECT TO_JSON_STRING(t) AS x FROM d.t AS t", "x: t computed");
    check("SELECT r.info.os AS x FROM (SELECT t AS r FROM d.t AS t)", "x: t.info.os copied");
    check("WITH c AS (SELECT id, n FROM d.t) SELECT ANY_VALUE(c).n AS x FROM c", "x: t.n aggregated");
}

#[test]
fn arrays_count_as_their_elements() {
    check(
        "SELECT item.value AS x FROM d.t, UNNEST(items) AS item",
        "x: t.items.value copied | t.items influences",
    );
    check("SELECT tag FROM d.t CROSS JOIN t.tags AS tag", "tag: t.tags copied | t.tags influences");
    check(
        "SELECT place FROM d.t, UNNEST(tags) AS tag WITH OFFSET AS place WHERE tag = 'x'",
        "place: t.tags computed | t.tags influences",
    );
    check("SELECT items[SAFE_OFFSET(n)].key AS x FROM d.t", "x: t.items.key computed, t.n computed");
    check(
        "SELECT ARRAY(SELECT i.value FROM UNNEST(items) AS i WHERE i.key = name) AS x FROM d.t",
        "x: t.items influences, t.items.key influences, t.items.value computed, t.name influences",
    );
    check(
        "SELECT (SELECT value FROM UNNEST(items) WHERE key = 'a') AS x FROM d.t",
        "x: t.items influences, t.items.key influences, t.items.value computed",
    );
    check("SELECT ARRAY_LENGTH(tags) AS x FROM d.t", "x: t.tags computed");
    check("SELECT x FROM d.u, UNNEST([id, m]) AS x", "x: u.id computed, u.m computed");
    check(
        "SELECT ARRAY_AGG(STRUCT(id, name) ORDER BY day LIMIT 1)[OFFSET(0)].name AS x FROM d.t GROUP BY n",
        "x: t.day influences, t.name aggregated | t.n influences",
    );
}

#[test]
fn aggregates_and_groups() {
    check(
        "SELECT name, COUNT(*) AS a, SUM(n) AS b, MAX(n) AS c FROM d.t GROUP BY name",
        "name: t.name copied; a: ; b: t.n aggregated#; c: t.n aggregated | t.name influences",
    );
    check("SELECT COUNT(DISTINCT id) AS x FROM d.t WHERE n > 1", "x: t.id aggregated#, t.n influences");
    check("SELECT MAX_BY(name, n) AS x FROM d.t", "x: t.n influences, t.name aggregated");
    check("SELECT COUNTIF(n > id) AS x FROM d.t", "x: t.id aggregated#, t.n aggregated#");
    check(
        "SELECT n FROM d.t GROUP BY ALL HAVING MAX(id) > 3",
        "n: t.n copied | t.id influences, t.n influences",
    );
    check(
        "SELECT DISTINCT id, n FROM d.t",
        "id: t.id copied; n: t.n copied | t.id influences, t.n influences",
    );
    check("SELECT SUM(n) + MAX(n) AS x FROM d.t", "x: t.n aggregated");
}

#[test]
fn sanitising_and_hashing() {
    check("SELECT TO_HEX(SHA256(name)) AS x FROM d.t", "x: t.name computedh");
    check("SELECT COUNT(DISTINCT MD5(name)) AS x FROM d.t", "x: t.name aggregated#h");
    // A filter carries no value, so it leaves what is sanitised as it is.
    check("SELECT (SELECT COUNT(m) FROM d.u WHERE m > 1) AS x FROM d.t", "x: u.m aggregated#");
    check(
        "SELECT CONCAT(CAST(SUM(n) AS STRING), ANY_VALUE(name)) AS x FROM d.t",
        "x: t.n aggregated#, t.name aggregated",
    );
}

#[test]
fn the_keys_of_windows_influence() {
    check(
        "SELECT ROW_NUMBER() OVER (PARTITION BY id ORDER BY day) AS x FROM d.t",
        "x: t.day influences, t.id influences",
    );
    check(
        "SELECT LAG(info) OVER w AS x FROM d.t WINDOW w AS (PARTITION BY id ORDER BY day)",
        "x: t.day influences, t.id influences, t.info computed",
    );
    check("SELECT SUM(n) OVER (PARTITION BY id) AS x FROM d.t", "x: t.id influences, t.n aggregated#");
    check(
        "SELECT name FROM d.t QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY day DESC) = 1",
        "name: t.name copied | t.day influences, t.id influences",
    );
}

#[test]
fn joins_decide_about_rows() {
    check(
        "SELECT name, label FROM d.t AS t JOIN d.u AS u ON t.id = u.id",
        "name: t.name copied; label: u.label copied | t.id influences, u.id influences",
    );
    let using = |kind: &str| traced(&format!("SELECT id FROM d.t {kind} JOIN d.u USING (id)"));
    assert_eq!(using("INNER"), "id: t.id copied | t.id influences, u.id influences");
    assert_eq!(using("LEFT"), "id: t.id copied | t.id influences, u.id influences");
    assert_eq!(using("RIGHT"), "id: u.id copied | t.id influences, u.id influences");
    assert_eq!(using("FULL"), "id: t.id computed, u.id computed | t.id influences, u.id influences");
    // The column of a table that has it, not of the first one.
    check(
        "SELECT c.label AS x, id FROM (SELECT day FROM d.t) AS a CROSS JOIN d.t AS b JOIN d.u AS c USING (id)",
        "x: u.label copied; id: t.id copied | t.id influences, u.id influences",
    );
    check(
        "SELECT a.m AS x FROM d.u AS a, d.u AS b WHERE a.id = b.m",
        "x: u.m copied | u.id influences, u.m influences",
    );
}

#[test]
fn uses_of_one_table_are_apart() {
    let analysis = analysed("SELECT a.m AS x, b.m AS y FROM d.u AS a, d.u AS b");
    let found = lineage(&analysis);
    let places: Vec<usize> = found.columns.iter().map(|column| column.sources[0].table_use).collect();
    assert_eq!(places, [0, 1]);
}

#[test]
fn set_operations() {
    check(
        "SELECT id FROM d.t UNION ALL SELECT m FROM d.u WHERE label = 'x'",
        "id: t.id copied, u.m copied | u.label influences",
    );
    check(
        "SELECT id FROM d.t UNION DISTINCT SELECT m FROM d.u",
        "id: t.id copied, u.m copied | t.id influences, u.m influences",
    );
    check(
        "SELECT id, n FROM d.t EXCEPT DISTINCT SELECT id, m FROM d.u",
        "id: t.id copied; n: t.n copied | t.id influences, t.n influences, u.id influences, u.m influences",
    );
    check(
        "SELECT s.a AS x FROM (SELECT STRUCT(id AS a, n AS b) AS s FROM d.t UNION ALL SELECT STRUCT(m AS a, id AS b) FROM d.u)",
        "x: t.id copied, u.m copied",
    );
}

#[test]
fn columns_are_matched_by_name() {
    check(
        "SELECT id, n FROM d.t UNION ALL BY NAME SELECT m AS n, id FROM d.u",
        "id: t.id copied, u.id copied; n: t.n copied, u.m copied",
    );
}

#[test]
fn common_tables_and_queries_within() {
    check(
        "WITH a AS (SELECT id, n * 2 AS twice FROM d.t WHERE name = 'x'), b AS (SELECT * FROM a)
         SELECT twice FROM b WHERE id > 1",
        "twice: t.n computed | t.id influences, t.name influences",
    );
    check(
        "SELECT id, (SELECT MAX(m) FROM d.u AS u WHERE u.id = t.id) AS most FROM d.t AS t",
        "id: t.id copied; most: t.id influences, u.id influences, u.m aggregated",
    );
    check(
        "SELECT EXISTS (SELECT 1 FROM d.u AS u WHERE u.id = t.id) AS x FROM d.t AS t",
        "x: t.id computed#, u.id computed#",
    );
    check(
        "SELECT n IN (SELECT m FROM d.u WHERE label = 'x') AS x FROM d.t",
        "x: t.n computed#, u.label influences, u.m computed#",
    );
    check(
        "SELECT n FROM d.t WHERE id IN (SELECT id FROM d.u)",
        "n: t.n copied | t.id influences, u.id influences",
    );
    check("SELECT id FROM (SELECT id FROM d.t ORDER BY day LIMIT 3)", "id: t.id copied | t.day influences");
    check("SELECT id FROM d.t ORDER BY day", "id: t.id copied");
    // A total is one row, whatever it was made of.
    check(
        "WITH total AS (SELECT SUM(m) AS all_of_it FROM d.u WHERE label = 'x')
         SELECT n, n / all_of_it AS share FROM d.t, total",
        "n: t.n copied; share: t.n computed, u.label influences, u.m aggregated#",
    );
}

#[test]
fn a_name_within_may_hide_one_around() {
    check(
        "SELECT (SELECT MAX(x.m) FROM d.u AS x) AS one, x.n AS two FROM d.t AS x",
        "one: u.m aggregated; two: t.n copied",
    );
    check(
        "SELECT (SELECT MAX(x.m + day_of) FROM d.u AS x) AS one FROM (SELECT n AS day_of FROM d.t) AS x",
        "one: t.n aggregated, u.m aggregated",
    );
    check(
        "WITH a AS (SELECT id FROM d.t), b AS (WITH a AS (SELECT m AS id FROM d.u) SELECT id FROM a)
         SELECT a.id AS one, b.id AS two FROM a, b",
        "one: t.id copied; two: u.m copied",
    );
}

#[test]
fn fields_have_a_lineage_of_their_own() {
    let analysis = analysed("SELECT STRUCT(id AS a, info AS b) AS s, info FROM d.t");
    let found = lineage(&analysis);
    let names: Vec<String> = found.columns[0].built_fields().iter().map(|name| name.to_string()).collect();
    assert_eq!(names, ["a", "b"]);
    let field = |column: usize, path: &[&str]| {
        let lineage = path.iter().fold(found.columns[column].clone(), |lineage, name| lineage.field(name));
        told(&analysis, &lineage.sources)
    };
    assert_eq!(field(0, &["a"]), "t.id copied");
    assert_eq!(field(0, &["b", "size"]), "t.info.size copied");
    assert_eq!(field(1, &["os"]), "t.info.os copied");
}

#[test]
fn a_wide_row_is_one_path() {
    struct Wide;
    impl Catalogue for Wide {
        fn table(&self, name: &str) -> Option<Table> {
            let columns: Vec<Field> =
                (0..20_000).map(|index| field(&format!("c{index}"), Type::Int64)).collect();
            Some(Table { name: name.to_owned(), columns: columns.into(), open: false })
        }
        fn names(&self) -> Vec<String> {
            Vec::new()
        }
    }
    let analysis = analyse("WITH c AS (SELECT t AS r FROM d.wide AS t) SELECT r FROM c", &Wide).unwrap();
    let found = lineage(&analysis);
    assert_eq!(found.columns[0].sources.len(), 1);
    assert_eq!(found.columns[0].field("c7").sources[0].path, [Arc::from("c7")].into());
}

#[test]
fn structs_within_structs_are_told_apart() {
    // Each level holds the one below twice.
    let levels: Vec<String> = (1..10)
        .map(|level| format!("c{level} AS (SELECT STRUCT(s AS a, s AS b) AS s FROM c{})", level - 1))
        .collect();
    let path = ".a".repeat(10);
    let sql = format!(
        "WITH c0 AS (SELECT STRUCT(id AS a, n AS b) AS s FROM d.t), {}
         SELECT s{path} AS x, TO_JSON_STRING(s) AS y, s.b AS z FROM c9",
        levels.join(", ")
    );
    let analysis = analysed(&sql);
    let found = lineage(&analysis);
    let columns: Vec<String> = found.columns.iter().map(|column| told(&analysis, &column.sources)).collect();
    assert_eq!(columns, ["t.id copied", "t.id computed, t.n computed", "t.id copied, t.n copied"]);
}

#[test]
fn recursion_is_followed_until_nothing_is_new() {
    check(
        "WITH RECURSIVE r AS (SELECT id, n FROM d.t UNION ALL SELECT u.id, r.id FROM r JOIN d.u AS u ON u.m = r.n)
         SELECT n FROM r",
        "n: t.id copied, t.n copied, u.id copied | t.id influences, t.n influences, u.id influences, u.m influences",
    );
    // Three fields that change places: what each comes from is known after as many rounds.
    check(
        "WITH RECURSIVE r AS (
           SELECT STRUCT(id AS a, n AS b, 1 AS c) AS s FROM d.t
           UNION ALL SELECT STRUCT(s.b AS a, s.c AS b, s.a AS c) FROM r WHERE s.a < 10)
         SELECT s.c AS x FROM r",
        "x: t.id copied, t.n copied | t.id influences, t.n influences",
    );
}

#[test]
fn tables_of_values() {
    check("SELECT v.name AS x FROM (SELECT AS STRUCT id, name FROM d.t) AS v", "x: t.name copied");
    check(
        "SELECT v.os AS x, size FROM (SELECT AS VALUE info FROM d.t) AS v",
        "x: t.info.os copied; size: t.info.size copied",
    );
}

#[test]
fn grouping_sets_and_pivots() {
    check(
        "SELECT name, n, COUNT(id) AS c FROM d.t GROUP BY ROLLUP (name, n)",
        "name: t.name copied; n: t.n copied; c: t.id aggregated# | t.n influences, t.name influences",
    );
    check(
        "SELECT id, a_x, a_y FROM d.u PIVOT (SUM(m) AS a FOR label IN ('x', 'y'))",
        "id: u.id copied; a_x: u.label influences, u.m aggregated#; a_y: u.label influences, u.m aggregated# | u.id influences",
    );
    check(
        "SELECT label, v, k FROM d.u UNPIVOT (v FOR k IN (id, m))",
        "label: u.label copied; v: u.id copied, u.m copied; k:  | u.id influences, u.m influences",
    );
}

#[test]
fn pipes_and_columns_that_no_star_shows() {
    check(
        "FROM d.u |> WHERE m > 1 |> EXTEND m * 2 AS twice |> AGGREGATE SUM(twice) AS total GROUP BY label",
        "label: u.label copied; total: u.m aggregated# | u.label influences, u.m influences",
    );
    check("SELECT id FROM d.u WHERE _PARTITIONTIME IS NULL", "id: u.id copied | u._PARTITIONTIME influences");
}

#[test]
fn lambdas_and_bindings() {
    check(
        "SELECT ARRAY_FILTER(items, i -> i.key = name) AS x FROM d.t",
        "x: t.items computed, t.items.key influences, t.name influences",
    );
    check(
        "SELECT ARRAY_TRANSFORM(items, (i, place) -> i.value + n) AS x FROM d.t",
        "x: t.items influences, t.items.value computed, t.n computed",
    );
    check("SELECT WITH(a AS id + 1, b AS a * n, b + a) AS x FROM d.t", "x: t.id computed, t.n computed");
    check("SELECT WITH(a AS info, a.os) AS x FROM d.t", "x: t.info.os copied");
}
