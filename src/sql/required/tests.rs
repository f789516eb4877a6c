//! What is known never to be NULL, and what is not: one query a line, with `!` for columns that are, `?` for others.

use super::required;
use crate::schema::{Field, Type};
use crate::sql::{Catalogue, Table, analyse};

struct Tables;

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        let must = |name: &str, ty: Type| Field { required: true, ..Field::new(name, ty) };
        let may = Field::new;
        let columns = match name {
            "d.t" => vec![
                must("id", Type::Int64),
                must("day", Type::Date),
                may("n", Type::Int64),
                may("name", Type::String),
                may("flag", Type::Bool),
                may("pair", Type::structure(vec![must("a", Type::Int64)])),
                may("tags", Type::array(Type::String)),
                may("document", Type::Json),
            ],
            "d.u" => vec![must("id", Type::Int64), may("m", Type::Int64), must("label", Type::String)],
            _ => return None,
        };
        Some(Table { name: name.to_owned(), columns: columns.into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.t".to_owned(), "d.u".to_owned()]
    }
}

fn check(cases: &[(&str, &str)]) {
    for (expected, sql) in cases {
        let analysis = analyse(sql, &Tables).unwrap_or_else(|problems| panic!("{sql}: {problems:?}"));
        let told: String =
            required(&analysis).iter().map(|required| if *required { '!' } else { '?' }).collect();
        assert_eq!(told, *expected, "{sql}");
    }
}

#[test]
fn values() {
    check(&[
        ("!!!!", "SELECT 1 AS a, 'x' AS b, DATE '2026-11-20' AS c, @submission_date AS d"),
        ("??", "SELECT NULL AS a, CAST(NULL AS STRING) AS b"),
        ("!?!?", "SELECT id, n, id + 1 AS b, id + n AS c FROM d.t"),
        ("!?!", "SELECT id / 2 AS a, SAFE_CAST(name AS INT64) AS b, CAST(id AS STRING) AS c FROM d.t"),
        ("?", "SELECT SAFE_CAST('x' AS INT64) AS a"),
        ("?!", "SELECT SAFE.DATE_ADD(day, INTERVAL 1 DAY) AS a, DATE_ADD(day, INTERVAL 1 DAY) AS b FROM d.t"),
        ("!?!", "SELECT COALESCE(n, 0) AS a, COALESCE(n, NULL) AS b, IFNULL(name, 'x') AS c FROM d.t"),
        ("!?", "SELECT IF(flag, 1, 2) AS a, IF(flag, id, n) AS b FROM d.t"),
        ("!?", "SELECT CASE WHEN flag THEN 1 ELSE 2 END AS a, CASE WHEN flag THEN 1 END AS b FROM d.t"),
        ("?", "SELECT NULLIF(id, 1) AS a FROM d.t"),
        ("!!!", "SELECT n IS NULL AS a, flag IS TRUE AS b, EXISTS (SELECT 1 FROM d.u) AS c FROM d.t"),
        ("!!!", "SELECT STRUCT(n AS x) AS a, [n] AS b, ARRAY(SELECT m FROM d.u) AS c FROM d.t"),
        ("?!", "SELECT flag AND id = 1 AS a, NOT id = 1 AND id > 2 AS b FROM d.t"),
        ("!??", "SELECT id IN (1, 2) AS a, id IN (1, NULL) AS b, id IN (SELECT m FROM d.u) AS c FROM d.t"),
        ("!?", "SELECT id BETWEEN 1 AND 2 AS a, id BETWEEN 1 AND n AS b FROM d.t"),
        // Within structs there may be NULL though they are none.
        ("?", "SELECT (1, NULL) = (1, 2) AS a"),
        ("??", "SELECT pair.a AS a, tags[SAFE_OFFSET(0)] AS b FROM d.t"),
        ("??", "SELECT REGEXP_EXTRACT('a', 'b') AS a, JSON_VALUE('{}', '$.a') AS b"),
        ("?", "SELECT CAST(STRING(document) AS INT64) AS a FROM d.t"),
    ]);
}

#[test]
fn rows_and_groups() {
    check(&[
        ("!!?", "SELECT COUNT(*) AS a, COUNTIF(flag) AS b, SUM(id) AS c FROM d.t"),
        ("!!?", "SELECT id, MAX(day) AS b, SUM(n) AS c FROM d.t GROUP BY id"),
        ("?", "SELECT MAX(day) AS a FROM d.t HAVING COUNT(*) > 0"),
        ("?!", "SELECT id, COUNT(*) AS n FROM d.t GROUP BY ROLLUP(id)"),
        ("?!", "SELECT id, COUNT(*) AS n FROM d.t GROUP BY GROUPING SETS ((id), ())"),
        ("!?", "SELECT ROW_NUMBER() OVER (ORDER BY id) AS a, LAG(id) OVER (ORDER BY id) AS b FROM d.t"),
        ("?", "SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS a FROM d.t"),
        ("!?", "SELECT (SELECT COUNT(*) FROM d.u) AS a, (SELECT id FROM d.u LIMIT 1) AS b"),
        ("?", "SELECT (SELECT COUNT(*) FROM d.u HAVING COUNT(*) > 5) AS a"),
        ("!", "SELECT COALESCE((SELECT MAX(m) FROM d.u), 0) AS a"),
        ("!?", "SELECT id, n FROM d.t UNION ALL SELECT id, 1 FROM d.u"),
        ("?", "SELECT id FROM d.t UNION ALL SELECT m FROM d.u"),
        ("!?", "SELECT id, label FROM d.u FULL UNION ALL BY NAME SELECT id FROM d.t"),
        ("!", "WITH c AS (SELECT COALESCE(n, 0) AS a FROM d.t) SELECT * FROM c"),
        (
            "!?",
            "WITH c AS (SELECT 1 AS a), t AS (SELECT a, NULL AS b FROM c) SELECT * FROM (SELECT * FROM t)",
        ),
        ("?", "WITH RECURSIVE c AS (SELECT 1 AS a UNION ALL SELECT NULL FROM c WHERE a = 1) SELECT a FROM c"),
        ("?", "WITH c AS (SELECT 1 AS a) SELECT * FROM (WITH c AS (SELECT NULL AS a) SELECT a FROM c)"),
        ("!", "CREATE TEMP FUNCTION f(x INT64) AS (IFNULL(x, 0)); SELECT f(n) AS a FROM d.t"),
        ("!?", "CREATE TEMP FUNCTION f(x INT64) AS (x + 1); SELECT f(id) AS a, f(n) AS b FROM d.t"),
        ("?", "SELECT m_x FROM (SELECT id AS a, id FROM d.t) PIVOT(MAX(id) AS m FOR a IN (1 AS x))"),
    ]);
}

#[test]
fn joins() {
    check(&[
        ("!!", "SELECT t.id, u.label FROM d.t AS t JOIN d.u AS u ON t.n = u.m"),
        ("!?", "SELECT t.id, u.label FROM d.t AS t LEFT JOIN d.u AS u ON t.id = u.id"),
        ("?!", "SELECT t.id, u.label FROM d.t AS t RIGHT JOIN d.u AS u ON t.id = u.id"),
        ("??", "SELECT t.id, u.label FROM d.t AS t FULL JOIN d.u AS u ON t.id = u.id"),
        ("!?", "SELECT id, label FROM d.t LEFT JOIN d.u USING (id)"),
        ("!!", "SELECT id, label FROM d.t RIGHT JOIN d.u USING (id)"),
        ("!?", "SELECT id, label FROM d.t FULL JOIN d.u USING (id)"),
        ("?", "SELECT u.m FROM d.t AS t FULL JOIN d.u AS u ON t.n = u.m"),
        ("!", "SELECT m FROM d.u JOIN (SELECT n AS m FROM d.t) USING (m)"),
        (
            "??",
            "SELECT t.id, v.id AS b FROM d.t AS t JOIN d.u AS u ON t.id = u.id FULL JOIN d.u AS v ON v.m = t.n",
        ),
        ("!!", "SELECT t.n, u.m FROM d.t AS t JOIN d.u AS u ON t.n = u.m"),
        ("?", "SELECT t.n FROM d.t AS t LEFT JOIN d.u AS u ON t.n = u.m"),
        ("!!", "SELECT item, place FROM UNNEST([1, 2]) AS item WITH OFFSET AS place"),
        ("?", "SELECT item FROM UNNEST([1, NULL]) AS item"),
        ("?", "SELECT tag FROM d.t, UNNEST(tags) AS tag"),
        ("??", "SELECT item, place FROM d.t LEFT JOIN UNNEST([1]) AS item WITH OFFSET AS place ON FALSE"),
        ("!", "SELECT day FROM UNNEST(GENERATE_DATE_ARRAY('2026-01-01', '2026-01-09')) AS day"),
    ]);
}

#[test]
fn conditions() {
    check(&[
        ("!?", "SELECT n, name FROM d.t WHERE n IS NOT NULL"),
        ("!!", "SELECT n, name FROM d.t WHERE n > 1 AND STARTS_WITH(name, 'x')"),
        ("??", "SELECT n, name FROM d.t WHERE n > 1 OR name = 'x'"),
        ("?", "SELECT n FROM d.t WHERE NOT n IS NOT NULL"),
        ("?", "SELECT n FROM d.t WHERE n IS DISTINCT FROM 1"),
        ("!", "SELECT flag FROM d.t WHERE flag"),
        ("!", "SELECT n FROM d.t WHERE n BETWEEN 1 AND 2"),
        ("!", "SELECT n FROM d.t WHERE n IN (1, 2)"),
        ("?", "SELECT n FROM d.t WHERE COALESCE(n, 0) = 0"),
        (
            "!",
            "SELECT m FROM d.t LEFT JOIN d.u USING (id) WHERE DATE_ADD(day, INTERVAL m DAY) > '2026-01-01'",
        ),
        ("!!", "SELECT n, MAX(n) AS b FROM d.t WHERE n IS NOT NULL GROUP BY n"),
        ("?", "SELECT n FROM d.t AS t WHERE EXISTS (SELECT 1 FROM d.u AS u WHERE u.m = t.n)"),
        // Within a query the nearest relation of a name is meant.
        ("?", "SELECT (SELECT MAX(t.m) FROM d.u AS t) AS a FROM d.t AS t WHERE t.n IS NOT NULL"),
        ("?", "SELECT (SELECT AS VALUE t.m FROM d.u AS t WHERE t.id = 1) AS a FROM d.t"),
    ]);
}
