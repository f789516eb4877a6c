//! Queries over the elements of arrays and the fields of structs.

use super::QueryCase;

pub const CASES: &[QueryCase] = &[
    (
        "SELECT n, COUNT(DISTINCT keyed_hash(CAST(MOD(i, 3) AS STRING), 'client')) AS hashes, COUNT(keyed_hash(IF(i < 10, NULL, 'x'), 'client')) AS filled FROM (SELECT 5000 AS n), UNNEST(GENERATE_ARRAY(1, 5000)) AS i GROUP BY n",
        "n INT64, hashes INT64, filled INT64",
        &["5000 | 3 | 4991"],
    ),
    ("SELECT id, value FROM d.pings, UNNEST(kv) WHERE key = 'b'", "id INT64, value INT64", &["1 | 2"]),
    (
        "SELECT id, x, o FROM d.pings, UNNEST(tags) AS x WITH OFFSET AS o ORDER BY id, o",
        "id INT64, x STRING, o INT64",
        &["1 | a | 0", "1 | b | 1", "4 | c | 0"],
    ),
    (
        "SELECT id, x, offset FROM d.pings, UNNEST(tags) AS x WITH OFFSET ORDER BY id, offset",
        "id INT64, x STRING, offset INT64",
        &["1 | a | 0", "1 | b | 1", "4 | c | 0"],
    ),
    (
        "SELECT id, x FROM d.pings LEFT JOIN UNNEST(tags) AS x ORDER BY id, x",
        "id INT64, x STRING",
        &["1 | a", "1 | b", "2 | NULL", "3 | NULL", "4 | c"],
    ),
    (
        "SELECT id, e.value, e.key FROM d.pings AS p LEFT JOIN UNNEST(p.kv) AS e ORDER BY id, key",
        "id INT64, value INT64, key STRING",
        &["1 | 1 | a", "1 | 2 | b", "2 | NULL | NULL", "3 | NULL | NULL", "4 | NULL | NULL", "4 | 10 | a"],
    ),
    (
        "SELECT id, e.value FROM d.pings AS p LEFT JOIN UNNEST(p.kv) AS e ON e.key = 'a' ORDER BY id",
        "id INT64, value INT64",
        &["1 | 1", "2 | NULL", "3 | NULL", "4 | 10"],
    ),
    (
        "SELECT p.id, kv.value FROM d.pings AS p, p.kv ORDER BY 1, 2",
        "id INT64, value INT64",
        &["1 | 1", "1 | 2", "4 | NULL", "4 | 10"],
    ),
    (
        "SELECT p.id, t FROM d.pings AS p, p.tags AS t ORDER BY 1, 2",
        "id INT64, t STRING",
        &["1 | a", "1 | b", "4 | c"],
    ),
    (
        "SELECT p.id, t FROM d.pings AS p CROSS JOIN UNNEST(tags) AS t ORDER BY 1, 2",
        "id INT64, t STRING",
        &["1 | a", "1 | b", "4 | c"],
    ),
    (
        "SELECT p.id, value FROM d.pings AS p INNER JOIN UNNEST(kv) ORDER BY 1, 2",
        "id INT64, value INT64",
        &["1 | 1", "1 | 2", "4 | NULL", "4 | 10"],
    ),
    (
        "SELECT id, (SELECT SUM(value) FROM UNNEST(kv)) AS s FROM d.pings ORDER BY id",
        "id INT64, s INT64",
        &["1 | 3", "2 | NULL", "3 | NULL", "4 | 10"],
    ),
    (
        "SELECT id, (SELECT value FROM UNNEST(kv) WHERE key = 'a') AS s FROM d.pings ORDER BY id",
        "id INT64, s INT64",
        &["1 | 1", "2 | NULL", "3 | NULL", "4 | 10"],
    ),
    (
        "SELECT country, SUM((SELECT SUM(value) FROM UNNEST(kv))) AS s FROM d.pings GROUP BY country ORDER BY country",
        "country STRING, s INT64",
        &["NULL | NULL", "DE | 13", "FR | NULL"],
    ),
    (
        "SELECT country, SUM((SELECT value FROM UNNEST(kv) WHERE key = 'a')) AS s FROM d.pings GROUP BY 1 ORDER BY 1",
        "country STRING, s INT64",
        &["NULL | NULL", "DE | 11", "FR | NULL"],
    ),
    (
        "SELECT id, EXISTS(SELECT 1 FROM UNNEST(kv) WHERE key='a') AS e FROM d.pings ORDER BY id",
        "id INT64, e BOOL",
        &["1 | true", "2 | false", "3 | false", "4 | true"],
    ),
    (
        "SELECT id, ARRAY(SELECT AS STRUCT key, value * 2 AS value FROM UNNEST(kv)) AS kv FROM d.pings ORDER BY id",
        "id INT64, kv ARRAY<STRUCT<key STRING, value INT64>>",
        &[
            r#"1 | [{"key":"a","value":2},{"key":"b","value":4}]"#,
            "2 | []",
            "3 | []",
            r#"4 | [{"key":"a","value":20},{"key":null,"value":null}]"#,
        ],
    ),
    (
        "SELECT id, ARRAY(SELECT AS STRUCT e.*, 5 AS w FROM UNNEST(kv) AS e ORDER BY e.key DESC) AS kv FROM d.pings ORDER BY id",
        "id INT64, kv ARRAY<STRUCT<key STRING, value INT64, w INT64>>",
        &[
            r#"1 | [{"key":"b","value":2,"w":5},{"key":"a","value":1,"w":5}]"#,
            "2 | []",
            "3 | []",
            r#"4 | [{"key":"a","value":10,"w":5},{"key":null,"value":null,"w":5}]"#,
        ],
    ),
    (
        "SELECT ARRAY(SELECT x FROM UNNEST(tags) AS x WITH OFFSET AS o ORDER BY o DESC LIMIT 1) AS l FROM d.pings ORDER BY id",
        "l ARRAY<STRING>",
        &[r#"["b"]"#, "[]", "[]", r#"["c"]"#],
    ),
    (
        "SELECT * EXCEPT (score, day, moment, civil, tags, kv, raw, payload, ok, info) FROM d.pings ORDER BY id",
        "id INT64, country STRING, amount NUMERIC",
        &["1 | DE | 12.5", "2 | FR | 0.1", "3 | NULL | NULL", "4 | DE | -3.0"],
    ),
    (
        "SELECT * EXCEPT (score, day, moment, civil, tags, kv, raw, payload, ok, info) REPLACE (id * 10 AS id, UPPER(country) AS country) FROM d.pings ORDER BY id",
        "id INT64, country STRING, amount NUMERIC",
        &["10 | DE | 12.5", "20 | FR | 0.1", "30 | NULL | NULL", "40 | DE | -3.0"],
    ),
    (
        "SELECT info.* FROM d.pings ORDER BY id",
        "os STRING, version INT64",
        &["Linux | 3", "Mac | NULL", "NULL | NULL", "NULL | 5"],
    ),
    (
        "SELECT p.info.* EXCEPT (os) FROM d.pings AS p ORDER BY id",
        "version INT64",
        &["3", "NULL", "NULL", "5"],
    ),
    (
        "SELECT (SELECT AS STRUCT p.info.*, id AS n) AS s FROM d.pings AS p ORDER BY id",
        "s STRUCT<os STRING, version INT64, n INT64>",
        &[
            r#"{"os":"Linux","version":3,"n":1}"#,
            r#"{"os":"Mac","version":null,"n":2}"#,
            r#"{"os":null,"version":null,"n":3}"#,
            r#"{"os":null,"version":5,"n":4}"#,
        ],
    ),
    (
        "SELECT p FROM (SELECT id, ok FROM d.pings) AS p ORDER BY p.id",
        "p STRUCT<id INT64, ok BOOL>",
        &[
            r#"{"id":1,"ok":true}"#,
            r#"{"id":2,"ok":false}"#,
            r#"{"id":3,"ok":null}"#,
            r#"{"id":4,"ok":true}"#,
        ],
    ),
    (
        "SELECT ARRAY_AGG(p ORDER BY id DESC LIMIT 1)[OFFSET(0)] AS r FROM (SELECT id, ok FROM d.pings) AS p",
        "r STRUCT<id INT64, ok BOOL>",
        &[r#"{"id":4,"ok":true}"#],
    ),
    (
        "SELECT ARRAY_AGG(NULLIF(LOWER(x), 'b') IGNORE NULLS ORDER BY x DESC) AS a FROM UNNEST(['A', 'B', 'C']) AS x",
        "a ARRAY<STRING>",
        &[r#"["c","a"]"#],
    ),
    (
        "SELECT * EXCEPT(score, day, moment, civil, tags, kv, raw, payload, ok, info, amount) FROM d.pings RIGHT JOIN d.names USING (country) ORDER BY country, id",
        "country STRING, id INT64, label STRING, key INT64",
        &["DE | 1 | Germany | 1", "DE | 4 | Germany | 1", "FR | 2 | France | 2", "XX | NULL | NULL | NULL"],
    ),
    (
        "SELECT STRUCT(id, ok AS good) AS s FROM d.pings ORDER BY id LIMIT 1",
        "s STRUCT<id INT64, good BOOL>",
        &[r#"{"id":1,"good":true}"#],
    ),
    (
        "SELECT info.version AS v, p.info.os FROM d.pings AS p ORDER BY id",
        "v INT64, os STRING",
        &["3 | Linux", "NULL | Mac", "NULL | NULL", "5 | NULL"],
    ),
    (
        "SELECT key, SUM(value) AS v FROM d.pings, UNNEST(kv) GROUP BY key ORDER BY key",
        "key STRING, v INT64",
        &["NULL | NULL", "a | 11", "b | 2"],
    ),
    (
        "SELECT key, SUM(value) AS v FROM d.pings CROSS JOIN UNNEST(kv) AS entry GROUP BY key HAVING SUM(value) > 2",
        "key STRING, v INT64",
        &["a | 11"],
    ),
    (
        "SELECT ARRAY_AGG(STRUCT(key, v) ORDER BY key) AS kv FROM (SELECT key, SUM(value) AS v FROM d.pings, UNNEST(kv) WHERE key IS NOT NULL GROUP BY key)",
        "kv ARRAY<STRUCT<key STRING, v INT64>>",
        &[r#"[{"key":"a","v":11},{"key":"b","v":2}]"#],
    ),
    (
        "SELECT t.id, s.x FROM (SELECT id, tags FROM d.pings) AS t LEFT JOIN UNNEST(t.tags) AS x WITH OFFSET AS o LEFT JOIN UNNEST([STRUCT(1 AS x)]) AS s ORDER BY 1",
        "id INT64, x INT64",
        &["1 | 1", "1 | 1", "2 | 1", "3 | 1", "4 | 1"],
    ),
    ("SELECT x FROM UNNEST([1, 2, NULL]) AS x ORDER BY x DESC", "x INT64", &["2", "1", "NULL"]),
    ("SELECT * FROM UNNEST([STRUCT(1 AS a, 'x' AS b), (2, 'y')])", "a INT64, b STRING", &["1 | x", "2 | y"]),
    (
        "SELECT * FROM UNNEST(['a', 'b']) AS letter WITH OFFSET AS position",
        "letter STRING, position INT64",
        &["a | 0", "b | 1"],
    ),
    (
        "SELECT d FROM UNNEST(GENERATE_DATE_ARRAY('2026-11-20', '2026-11-22')) AS d",
        "d DATE",
        &["2026-11-20", "2026-11-21", "2026-11-22"],
    ),
    (
        "SELECT STRUCT(1 AS a, 'x' AS b) AS s UNION ALL SELECT STRUCT(2 AS c, 'y' AS d)",
        "s STRUCT<a INT64, b STRING>",
        &[r#"{"a":1,"b":"x"}"#, r#"{"a":2,"b":"y"}"#],
    ),
    (
        "SELECT country, COUNT(*) AS n, ARRAY_AGG(STRUCT(id, score) ORDER BY id LIMIT 1)[OFFSET(0)].score AS s FROM d.pings GROUP BY 1 ORDER BY 1",
        "country STRING, n INT64, s FLOAT64",
        &["NULL | 1 | NULL", "DE | 2 | 1.5", "FR | 1 | 2.5"],
    ),
    (
        "SELECT * FROM d.names, UNNEST([1,2]) AS x ORDER BY key, x",
        "country STRING, label STRING, key INT64, x INT64",
        &[
            "XX | NULL | NULL | 1",
            "XX | NULL | NULL | 2",
            "DE | Germany | 1 | 1",
            "DE | Germany | 1 | 2",
            "FR | France | 2 | 1",
            "FR | France | 2 | 2",
        ],
    ),
    (
        "SELECT n.*, x FROM d.names AS n LEFT JOIN UNNEST([key]) AS x ON x = 1 ORDER BY country",
        "country STRING, label STRING, key INT64, x INT64",
        &["DE | Germany | 1 | 1", "FR | France | 2 | NULL", "XX | NULL | NULL | NULL"],
    ),
    (
        "SELECT id, (SELECT AS STRUCT key, value FROM UNNEST(kv) ORDER BY value DESC LIMIT 1).key AS k FROM d.pings ORDER BY id",
        "id INT64, k STRING",
        &["1 | b", "2 | NULL", "3 | NULL", "4 | a"],
    ),
    ("SELECT x.a FROM UNNEST([STRUCT(1 AS a)]) AS x WHERE x.a = 1", "a INT64", &["1"]),
    (
        "SELECT id, tag FROM d.pings JOIN UNNEST(tags) AS tag WITH OFFSET AS n ON n = 0 ORDER BY id",
        "id INT64, tag STRING",
        &["1 | a", "4 | c"],
    ),
    (
        "SELECT key, COUNTIF(value > 1) AS n FROM d.pings AS p, p.kv AS e GROUP BY 1 ORDER BY 1",
        "key STRING, n INT64",
        &["NULL | 0", "a | 1", "b | 1"],
    ),
    ("SELECT id FROM d.pings WHERE 'a' IN UNNEST(tags)", "id INT64", &["1"]),
    (
        "SELECT id, 'Linux' IN (SELECT info.os) AS x FROM d.pings",
        "id INT64, x BOOL",
        &["1 | true", "2 | false", "3 | NULL", "4 | NULL"],
    ),
    (
        "SELECT CASE WHEN id = 1 THEN STRUCT(1 AS a) ELSE STRUCT(2) END AS s FROM d.pings LIMIT 1",
        "s STRUCT<a INT64>",
        &[r#"{"a":1}"#],
    ),
    (
        "SELECT e.key, e FROM d.pings, UNNEST(kv) AS e WHERE id = 1 AND e.value = 1",
        "key STRING, e STRUCT<key STRING, value INT64>",
        &[r#"a | {"key":"a","value":1}"#],
    ),
    (
        "SELECT id, kv[SAFE_OFFSET(0)].value AS first, tags[SAFE_ORDINAL(1)] AS t, ARRAY_LENGTH(tags) AS n FROM d.pings ORDER BY id",
        "id INT64, first INT64, t STRING, n INT64",
        &["1 | 1 | a | 2", "2 | NULL | NULL | 0", "3 | NULL | NULL | NULL", "4 | 10 | c | 1"],
    ),
    (
        "SELECT DISTINCT info FROM d.pings ORDER BY info.os",
        "info STRUCT<os STRING, version INT64>",
        &[
            "NULL",
            r#"{"os":null,"version":5}"#,
            r#"{"os":"Linux","version":3}"#,
            r#"{"os":"Mac","version":null}"#,
        ],
    ),
    (
        "SELECT TO_JSON_STRING(kv) AS j FROM d.pings AS p WHERE id IN (1, 3) ORDER BY id",
        "j STRING",
        &[r#"[{"key":"a","value":1},{"key":"b","value":2}]"#, "[]"],
    ),
    (
        "SELECT (SELECT STRING_AGG(t, '+' ORDER BY t DESC) FROM UNNEST(tags) AS t) AS s FROM d.pings ORDER BY id",
        "s STRING",
        &["b+a", "NULL", "NULL", "c"],
    ),
    (
        "SELECT x, y FROM UNNEST([1,2]) AS x, UNNEST([10,20]) AS y WHERE x * 10 = y ORDER BY x",
        "x INT64, y INT64",
        &["1 | 10", "2 | 20"],
    ),
    ("SELECT one FROM UNNEST([1]) AS one WHERE TRUE", "one INT64", &["1"]),
    (
        "SELECT SUM(DISTINCT x) AS s, AVG(x) AS a, COUNT(x) AS c FROM UNNEST([1, 1, 2, NULL]) AS x",
        "s INT64, a FLOAT64, c INT64",
        &["3 | 1.3333333333333333 | 3"],
    ),
    ("SELECT LOGICAL_AND(x) AS a FROM UNNEST([TRUE, NULL]) AS x", "a BOOL", &["true"]),
    (
        "SELECT (SELECT MAX(value) FROM UNNEST(kv)) AS m, COUNT(*) AS n FROM d.pings GROUP BY m ORDER BY m",
        "m INT64, n INT64",
        &["NULL | 2", "2 | 1", "10 | 1"],
    ),
    (
        "SELECT info.os, COUNT(*) AS n FROM d.pings GROUP BY info.os ORDER BY os",
        "os STRING, n INT64",
        &["NULL | 2", "Linux | 1", "Mac | 1"],
    ),
    ("SELECT id FROM d.pings WHERE id NOT IN UNNEST([1, 2]) ORDER BY id", "id INT64", &["3", "4"]),
    ("SELECT id FROM d.pings WHERE id NOT IN UNNEST([1, NULL]) ORDER BY id", "id INT64", &[]),
    (
        "SELECT key FROM d.pings CROSS JOIN UNNEST(kv) AS key WHERE id = 1",
        "key STRUCT<key STRING, value INT64>",
        &[r#"{"key":"b","value":2}"#, r#"{"key":"a","value":1}"#],
    ),
    (
        "SELECT SUM((SELECT SUM(value) FROM UNNEST(kv))) AS t, MAX(ARRAY_LENGTH(kv)) AS m FROM d.pings",
        "t INT64, m INT64",
        &["13 | 2"],
    ),
    (
        "SELECT id, (SELECT AS STRUCT * FROM UNNEST(kv) LIMIT 1) AS s FROM d.pings WHERE id = 1",
        "id INT64, s STRUCT<key STRING, value INT64>",
        &[r#"1 | {"key":"a","value":1}"#],
    ),
    (
        "SELECT DISTINCT ARRAY_LENGTH(tags) AS n FROM d.pings ORDER BY n LIMIT 3",
        "n INT64",
        &["NULL", "0", "1"],
    ),
    (
        "SELECT COVAR_POP(e.a, e.b) AS p, COVAR_SAMP(e.a, e.b) AS s FROM UNNEST([STRUCT(1.0 AS a, 2.0 AS b), (3.0, 6.0)]) AS e",
        "p FLOAT64, s FLOAT64",
        &["2.0 | 4.0"],
    ),
];
