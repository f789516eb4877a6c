//! Texts that nobody means well: deep, long, cut off. Test threads have 2 MB of stack, and what is quadratic shows
//! in the time.

use std::time::{Duration, Instant};

use super::{query, script};

/// Far more than any of these takes without optimisation, far less than one that is quadratic.
const LONGEST: Duration = Duration::from_secs(20);

fn repeated(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

/// Parses and says what came of it; a crash ends the test.
fn outcome(text: &str) -> String {
    let start = Instant::now();
    let outcome = match script(text) {
        Ok(statements) => format!("{} statements", statements.len()),
        Err(problem) => problem.message,
    };
    assert!(start.elapsed() < LONGEST, "{:.60} took {:?}", text, start.elapsed());
    outcome
}

#[test]
fn deep_nesting_is_refused_and_does_not_crash() {
    let bodies = [
        repeated("(", "1", ")", 5_000),
        repeated("(", "SELECT 1", ")", 5_000),
        repeated("[", "1", "]", 5_000),
        repeated("f(", "1", ")", 5_000),
        repeated("f(a => ", "1", ")", 5_000),
        repeated("STRUCT(", "1", ")", 5_000),
        repeated("CASE WHEN TRUE THEN ", "1", " END", 5_000),
        repeated("CASE ", "1", " WHEN 1 THEN 1 END", 5_000),
        repeated("a IN (", "1", ")", 5_000),
        repeated("a[", "1", "]", 5_000),
        repeated("NOT ", "TRUE", "", 5_000),
        repeated("- ", "a", "", 5_000),
        repeated("INTERVAL ", "1", " DAY", 5_000),
        repeated("ARRAY(SELECT ", "1", ")", 5_000),
        repeated("WITH(a AS ", "1", ", 1)", 5_000),
        format!("f({} 1)", "a => ".repeat(5_000)),
        format!("CAST(1 AS {}INT64{})", "ARRAY<STRUCT<a ".repeat(5_000), ">>".repeat(5_000)),
        format!("a{}", ".b".repeat(200_000)) + "[0]" + &".b".repeat(5_000),
        format!("1{}", " + 1".repeat(5_000)),
        format!("a{}", "[0]".repeat(5_000)),
    ];
    for body in bodies {
        let found = outcome(&format!("SELECT {body}"));
        assert!(found.contains("levels deep") || found == "1 statements", "{body:.40}: {found}");
    }
    let statements = [
        repeated("SELECT * FROM (", "SELECT 1", ")", 5_000),
        repeated("SELECT * FROM (", "a JOIN b", ") JOIN c", 5_000),
        repeated("WITH a AS (", "SELECT 1", ") SELECT 1", 5_000),
        repeated("BEGIN ", "SELECT 1;", " END;", 5_000),
        repeated("IF TRUE THEN ", "SELECT 1;", " END IF;", 5_000),
        repeated("LOOP ", "SELECT 1;", " END LOOP;", 5_000),
        repeated("WHILE TRUE DO ", "SELECT 1;", " END WHILE;", 5_000),
        repeated("REPEAT ", "SELECT 1;", " UNTIL TRUE END REPEAT;", 5_000),
        repeated("CREATE PROCEDURE p() BEGIN ", "SELECT 1;", " END;", 5_000),
        format!("SELECT 1 GROUP BY {}", repeated("GROUPING SETS (", "a", ")", 5_000)),
        format!("SELECT 1{}", " EXCEPT DISTINCT SELECT 1".repeat(5_000)),
        format!("FROM a{}", " |> EXTEND 1".repeat(5_000)),
    ];
    for text in statements {
        let found = outcome(&text);
        assert!(found.contains("levels deep"), "{text:.40}: {found}");
    }
}

#[test]
fn long_texts_are_parsed_in_time_that_grows_with_them() {
    let texts = [
        format!("SELECT {} FROM t", vec!["a + 1 AS b"; 60_000].join(", ")),
        format!("SELECT 1 FROM t WHERE {}", vec!["a = 1"; 100_000].join(" AND ")),
        format!("SELECT 1 FROM t WHERE {}", vec!["a = 1"; 100_000].join(" OR ")),
        format!("SELECT a IN ({}) FROM t", vec!["'x'"; 150_000].join(", ")),
        format!("SELECT {}", vec!["'x'"; 100_000].join(" || ")),
        vec!["SELECT 1"; 20_000].join(" UNION ALL "),
        format!("FROM t |> UNION ALL {}", vec!["(SELECT 1)"; 20_000].join(", ")),
        "SELECT 1;\n".repeat(50_000),
        format!("SELECT {}", vec![r"r'\''"; 100_000].join(", ")),
        format!("SELECT {} 1", "@{a=1} ".repeat(60_000)),
        format!("SELECT {}1", "/* a */ -- b\n".repeat(60_000)),
        format!("SELECT [{}]", vec!["((1))"; 60_000].join(", ")),
        format!("CREATE TABLE t ({})", vec!["a STRUCT<b ARRAY<INT64>>"; 30_000].join(", ")),
        format!("SELECT @@a{}", ".b".repeat(200_000)),
        format!("SELECT '{}'", "ü".repeat(500_000)),
    ];
    for text in texts {
        let found = outcome(&text);
        assert!(found.ends_with(" statements"), "{text:.40}: {found}");
    }
}

#[test]
fn a_long_text_with_a_mistake_is_refused_in_time() {
    for text in ["(".repeat(300_000), ")".repeat(300_000), "SELECT (".repeat(60_000), "'".repeat(300_001)] {
        outcome(&text);
    }
    outcome(&format!("SELECT {} b c", vec!["(1)"; 100_000].join(", ")));
    outcome(&format!("SELECT ({} b c", vec!["(1)"; 100_000].join(", ")));
}

#[test]
fn a_text_that_is_cut_off_anywhere_is_no_crash() {
    let text = "CREATE TEMP FUNCTION f(a ARRAY<STRUCT<b INT64>>) AS ((SELECT r'x' FROM UNNEST(a))); \
                WITH a AS (SELECT * EXCEPT (b), f(c)[OFFSET(0)].d AS `ü` FROM d.t-1, UNNEST([1]) WITH OFFSET) \
                SELECT CASE WHEN x BETWEEN 1 AND 2 THEN CAST(y AS STRING FORMAT 'a') END FROM a \
                PIVOT(SUM(a) FOR b IN ('x')) WHERE @p = INTERVAL 1 DAY |> AGGREGATE COUNT(*) GROUP BY a; \
                MERGE t USING u ON TRUE WHEN NOT MATCHED THEN INSERT ROW; IF a THEN SELECT 1; END IF";
    assert_eq!(outcome(text), "4 statements");
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let _ = script(&text[..end]);
        let _ = query(&text[end..]);
    }
}

#[test]
fn functions_may_stand_before_a_query() {
    let text = "CREATE TEMP FUNCTION f(a INT64) AS (d.g(a)); CREATE OR REPLACE FUNCTION h() AS ((SELECT 1 FROM d.t)); SELECT f(1)";
    let ((query, _), _) = query(text).unwrap();
    let names: Vec<_> = query.functions.iter().map(|function| function.name[0].text.as_str()).collect();
    assert_eq!(names, ["f", "h"]);
    assert_eq!(query.calls[0].0, "d.g");
    assert_eq!(super::references(&query)[0].name, "d.t");
}

#[test]
fn variables_before_a_query_are_refused() {
    let problem = query("DECLARE a INT64 DEFAULT 1; SELECT a").unwrap_err();
    assert_eq!(problem.message, "a query has no variables");
    assert!(problem.hint.unwrap().contains("WITH"));
}

#[test]
fn a_word_of_a_million_letters_is_compared_with_none() {
    let word = "a".repeat(1 << 20);
    for text in [
        word.clone(),
        format!("FROM a |> {word}"),
        format!("SELECT EXTRACT({word} FROM a)"),
        format!("SELECT a {word} b c"),
    ] {
        outcome(&text);
    }
}
