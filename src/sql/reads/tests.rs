//! Which days conditions let in, worked out by hand.

use std::collections::BTreeMap;

use super::infer_reads;
use crate::period::{Anchor, Bounds, Cadence, Edge};
use crate::schema::{Field, TABLE_SUFFIX, Type};
use crate::sql::{Catalogue, Table, analyse};

struct Days;

impl Catalogue for Days {
    fn table(&self, name: &str) -> Option<Table> {
        matches!(name, "d.t" | "d.u").then(|| Table {
            name: name.to_owned(),
            columns: vec![Field::new("day", Type::Date), Field::new("moment", Type::Timestamp)].into(),
            open: false,
        })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.t".to_owned()]
    }
}

fn reads_every(cadence: Cadence, column: &str, sql: &str) -> Option<Bounds> {
    let analysis = analyse(sql, &Days).unwrap();
    infer_reads(&analysis, &BTreeMap::from([("d.t".to_owned(), column.to_owned())]), cadence)["d.t"]
}

/// The days that a day's partition reads.
fn reads(column: &str, sql: &str) -> Option<Bounds> {
    reads_every(Cadence::Day, column, sql)
}

fn days(from: i32, to: i32) -> Option<Bounds> {
    Some(Bounds::days(Some(from), to))
}

#[test]
fn hours_weeks_and_months_are_bounded_by_their_ends() {
    let own =
        Some(Bounds { from: Some(Edge::instant(Anchor::First, 0)), to: Edge::instant(Anchor::Last, 0) });
    let first = |from: Option<i32>, to: i32| {
        let edge = |days| Edge::day(Anchor::First, days);
        Some(Bounds { from: from.map(edge), to: edge(to) })
    };
    let to_last = |from: i32, to: i32| Some(Bounds::days(Some(from), to));
    use Cadence::{Hour, Month, Week};
    for (cadence, column, condition, expected) in [
        (Hour, "moment", "moment >= @partition_start AND moment < @partition_end", own),
        (Hour, "moment", "TIMESTAMP_TRUNC(moment, HOUR) = @partition_start", own),
        (Hour, "moment", "moment = @partition_start", own),
        (
            Hour,
            "moment",
            "moment < @partition_start",
            Some(Bounds { from: None, to: Edge::instant(Anchor::First, 0) }),
        ),
        (
            Hour,
            "moment",
            "moment >= @partition_start AND moment <= @partition_end",
            Some(Bounds { from: Some(Edge::instant(Anchor::First, 0)), to: Edge::day(Anchor::Last, 1) }),
        ),
        (Hour, "moment", "DATE(moment) = @submission_date", first(Some(0), 0)),
        // The hours before it are of the day too, however the day is written.
        (
            Hour,
            "moment",
            "moment >= TIMESTAMP(@submission_date) AND moment < @partition_end",
            Some(Bounds { from: Some(Edge::day(Anchor::First, 0)), to: Edge::instant(Anchor::Last, 0) }),
        ),
        (Hour, "moment", "TIMESTAMP_TRUNC(moment, HOUR) = TIMESTAMP(@submission_date)", None),
        (
            Hour,
            "moment",
            "DATE(moment) >= DATE(@partition_end) AND DATE(moment) <= @submission_date",
            Some(Bounds { from: Some(Edge::day(Anchor::Last, 0)), to: Edge::day(Anchor::First, 0) }),
        ),
        (Month, "day", "day >= @submission_date AND day < DATE(@partition_end)", to_last(0, 0)),
        (Month, "day", "day = @submission_date", first(Some(0), 0)),
        (Month, "day", "DATE_TRUNC(day, MONTH) = @submission_date", to_last(0, 0)),
        (Month, "day", "DATE_TRUNC(day, YEAR) = @submission_date", None),
        (Month, "day", "day BETWEEN @submission_date - 28 AND @submission_date", first(Some(-28), 0)),
        (Week, "day", "day BETWEEN @submission_date AND @submission_date + 6", first(Some(0), 6)),
        (Week, "day", "DATE_TRUNC(day, ISOWEEK) = @submission_date", to_last(0, 0)),
        (Week, "day", "DATE_TRUNC(day, WEEK(MONDAY)) = @submission_date", to_last(0, 0)),
        // Weeks begin on Monday here, and on Sunday there.
        (Week, "day", "DATE_TRUNC(day, WEEK) = @submission_date", None),
    ] {
        let sql = format!("SELECT day FROM d.t WHERE {condition}");
        assert_eq!(reads_every(cadence, column, &sql), expected, "{condition}");
    }
}

#[test]
fn comparisons_with_the_parameters_bound_the_days() {
    for (condition, expected) in [
        ("day = @submission_date", days(0, 0)),
        ("@submission_date = day", days(0, 0)),
        ("day = DATE_SUB(@submission_date, INTERVAL 1 DAY)", days(-1, -1)),
        ("day BETWEEN DATE_SUB(@submission_date, INTERVAL 27 DAY) AND @submission_date", days(-27, 0)),
        ("day > DATE_SUB(@submission_date, INTERVAL 1 WEEK) AND day <= @submission_date", days(-6, 0)),
        ("day BETWEEN @submission_date - 6 AND @submission_date + 1", days(-6, 1)),
        ("day < @submission_date", Some(Bounds::days(None, -1))),
        ("day >= @submission_date", None),
        ("day = @submission_date OR day IS NULL", None),
        ("day IS NOT NULL", None),
    ] {
        assert_eq!(reads("day", &format!("SELECT day FROM d.t WHERE {condition}")), expected, "{condition}");
    }
    for (condition, expected) in [
        ("DATE(moment) = @submission_date", days(0, 0)),
        ("moment >= @partition_start AND moment < @partition_end", days(0, 0)),
        (
            "moment >= TIMESTAMP_SUB(@partition_start, INTERVAL 24 HOUR) AND moment < @partition_end",
            days(-1, 0),
        ),
        ("moment < @partition_start", Some(Bounds::days(None, -1))),
    ] {
        assert_eq!(
            reads("moment", &format!("SELECT moment FROM d.t WHERE {condition}")),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn intervals_beyond_all_days_bound_nothing() {
    for condition in [
        "day > @submission_date + 2147483647 AND day <= @submission_date",
        "day >= DATE_SUB(@submission_date, INTERVAL '-2147483648' DAY) AND day <= @submission_date",
        "day > @submission_date - 36501 AND day <= @submission_date",
    ] {
        let sql = format!("SELECT day FROM d.t WHERE {condition}");
        assert_eq!(reads("day", &sql), Some(Bounds::days(None, 0)), "{condition}");
    }
    assert_eq!(reads("day", "SELECT day FROM d.t WHERE day <= @submission_date + 2147483647"), None);
    assert_eq!(reads("day", "SELECT day FROM d.t WHERE day = @submission_date - 36501"), None);
}

#[test]
fn conditions_move_through_plain_queries_only() {
    assert_eq!(
        reads("day", "WITH a AS (SELECT * FROM d.t) SELECT day FROM a WHERE day = @submission_date"),
        days(0, 0)
    );
    // Two uses of one common table: neither condition holds for all of it.
    assert_eq!(
        reads(
            "day",
            "WITH a AS (SELECT * FROM d.t) SELECT x.day FROM a AS x JOIN a AS y ON x.moment = y.moment WHERE x.day = @submission_date"
        ),
        None
    );
    // A window sees the rows that the outer condition drops.
    assert_eq!(
        reads(
            "day",
            "SELECT day FROM (SELECT day, LAG(moment) OVER (ORDER BY day) AS before FROM d.t) WHERE day = @submission_date"
        ),
        None
    );
}

#[test]
fn conditions_of_a_subquery_do_not_bound_the_table_around_it() {
    for sql in [
        "SELECT a.day FROM d.t a WHERE NOT EXISTS (SELECT 1 FROM d.u WHERE a.day = @submission_date)",
        "SELECT (SELECT COUNT(*) FROM d.u WHERE a.day = @submission_date) AS n FROM d.t a",
        "SELECT a.day FROM d.t a WHERE a.moment IS NULL OR EXISTS (SELECT 1 FROM d.u WHERE a.day = @submission_date)",
        "SELECT a.day FROM d.t a WHERE a.moment NOT IN (SELECT u.moment FROM d.u JOIN d.u v ON a.day = @submission_date)",
        "SELECT a.day FROM d.t a WHERE NOT EXISTS (SELECT 1 FROM (SELECT a.day AS today FROM d.u) WHERE today = @submission_date)",
        "WITH c AS (SELECT * FROM d.t) SELECT day FROM c WHERE NOT EXISTS (SELECT 1 FROM d.u WHERE c.day = @submission_date)",
    ] {
        assert_eq!(reads("day", sql), None, "{sql}");
    }
    for sql in [
        "SELECT u.moment FROM d.u WHERE EXISTS (SELECT 1 FROM d.t WHERE t.moment = u.moment AND t.day = @submission_date)",
        "WITH c AS (SELECT * FROM d.t) SELECT u.moment FROM d.u WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.moment = u.moment AND c.day = @submission_date)",
    ] {
        assert_eq!(reads("day", sql), days(0, 0), "{sql}");
    }
}

#[test]
fn conditions_move_into_every_side_of_a_union() {
    let union = |sides: &str| format!("SELECT day FROM ({sides}) WHERE day = @submission_date");
    let all = "SELECT day FROM d.t UNION ALL SELECT day FROM d.t UNION ALL SELECT day FROM d.t";
    assert_eq!(reads("day", &union(all)), days(0, 0));
    // A side that computes its day bounds nothing for itself and hinders no other side.
    assert_eq!(
        reads("day", &union("SELECT DATE '2026-01-01' AS day UNION ALL SELECT day FROM d.t")),
        days(0, 0)
    );
    for sides in [
        "SELECT day FROM d.t UNION ALL SELECT DATE_ADD(day, INTERVAL 1 DAY) AS day FROM d.t",
        "SELECT day FROM d.t UNION ALL SELECT day FROM (SELECT day FROM d.t LIMIT 5)",
        "SELECT day FROM d.u EXCEPT DISTINCT SELECT day FROM d.t",
    ] {
        assert_eq!(reads("day", &union(sides)), None, "{sides}");
    }
    // Each place of a common table that is named twice sees all of its rows.
    assert_eq!(
        reads(
            "day",
            "WITH a AS (SELECT day FROM d.t), b AS (SELECT day FROM a UNION ALL SELECT day FROM a) SELECT day FROM b WHERE day = @submission_date"
        ),
        None
    );
}

#[test]
fn several_places_are_hulled() {
    assert_eq!(
        reads(
            "day",
            "SELECT day FROM d.t WHERE day = @submission_date UNION ALL SELECT day FROM d.t WHERE day = @submission_date - 2"
        ),
        days(-2, 0)
    );
}

#[test]
fn several_days_intervals_of_months_and_differences() {
    for (condition, expected) in [
        ("day IN (@submission_date, DATE_SUB(@submission_date, INTERVAL 7 DAY))", days(-7, 0)),
        ("day IN UNNEST([@submission_date, @submission_date - 1])", days(-1, 0)),
        ("day IN (@submission_date, DATE '2026-01-01')", None),
        ("day NOT IN (@submission_date)", None),
        (
            "day IN UNNEST(GENERATE_DATE_ARRAY(DATE_SUB(@submission_date, INTERVAL 6 DAY), @submission_date))",
            days(-6, 0),
        ),
        ("(day = @submission_date OR day = @submission_date - 28)", days(-28, 0)),
        ("(day = @submission_date OR moment IS NULL)", None),
        // A month has 28 days at least and 31 at most.
        ("day = DATE_SUB(@submission_date, INTERVAL 1 MONTH)", days(-31, -28)),
        ("day > DATE_SUB(@submission_date, INTERVAL 2 MONTH) AND day <= @submission_date", days(-61, 0)),
        ("day BETWEEN DATE_SUB(@submission_date, INTERVAL 1 YEAR) AND @submission_date", days(-366, 0)),
        ("day BETWEEN DATE_TRUNC(@submission_date, MONTH) AND @submission_date", days(-30, 0)),
        (
            "day >= DATE_TRUNC(@submission_date, ISOWEEK) AND day <= LAST_DAY(@submission_date, ISOWEEK)",
            days(-6, 6),
        ),
        ("DATE_ADD(day, INTERVAL 7 DAY) = @submission_date", days(-7, -7)),
        ("day + 1 = @submission_date", days(-1, -1)),
        ("@submission_date BETWEEN day AND DATE_ADD(day, INTERVAL 6 DAY)", days(-6, 0)),
        ("DATE_DIFF(@submission_date, day, DAY) BETWEEN 0 AND 27", days(-27, 0)),
        ("DATE_DIFF(@submission_date, day, DAY) < 7 AND day <= @submission_date", days(-6, 0)),
        ("DATE_DIFF(day, @submission_date, DAY) = -1", days(-1, -1)),
        ("DATE_DIFF(@submission_date, day, MONTH) = 0", None),
    ] {
        let sql = format!("SELECT day FROM d.t WHERE {condition}");
        assert_eq!(reads("day", &sql), expected, "{condition}");
    }
    for (condition, expected) in [
        (
            "moment >= TIMESTAMP(@submission_date) AND moment < TIMESTAMP(DATE_ADD(@submission_date, INTERVAL 1 DAY))",
            days(0, 0),
        ),
        ("TIMESTAMP_TRUNC(moment, DAY) = TIMESTAMP(@submission_date)", days(0, 0)),
        (
            "TIMESTAMP_TRUNC(moment, DAY) BETWEEN TIMESTAMP(@submission_date - 1) AND @partition_start",
            days(-1, 0),
        ),
        ("EXTRACT(DATE FROM moment) = @submission_date", days(0, 0)),
        ("CAST(moment AS DATE) = @submission_date - 1", days(-1, -1)),
        ("DATE_SUB(DATE(moment), INTERVAL 1 DAY) = @submission_date", days(1, 1)),
    ] {
        let sql = format!("SELECT moment FROM d.t WHERE {condition}");
        assert_eq!(reads("moment", &sql), expected, "{condition}");
    }
}

#[test]
fn conditions_of_joins_bound_the_side_that_loses_rows() {
    let on = |kind: &str, table: &str| {
        format!(
            "SELECT u.moment FROM d.u {kind} JOIN d.t ON t.moment = u.moment AND {table}.day = @submission_date"
        )
    };
    assert_eq!(reads("day", &on("INNER", "t")), days(0, 0));
    assert_eq!(reads("day", &on("LEFT", "t")), days(0, 0));
    // Every row of the right side stays, and of a full join every row of both.
    assert_eq!(reads("day", &on("RIGHT", "t")), None);
    assert_eq!(reads("day", &on("FULL", "t")), None);
    let other = |kind: &str| {
        format!(
            "SELECT u.moment FROM d.t {kind} JOIN d.u ON t.moment = u.moment AND t.day = @submission_date"
        )
    };
    assert_eq!(reads("day", &other("RIGHT")), days(0, 0));
    assert_eq!(reads("day", &other("LEFT")), None);
    assert_eq!(reads("day", &other("FULL")), None);
}

#[test]
fn what_must_be_of_the_same_day_as_what_is_bounded_is_bounded_too() {
    let both = |sql: &str| {
        let analysis = analyse(sql, &Days).unwrap();
        let columns = BTreeMap::from(["d.t", "d.u"].map(|name| (name.to_owned(), "day".to_owned())));
        let reads = infer_reads(&analysis, &columns, Cadence::Day);
        (reads["d.t"], reads["d.u"])
    };
    let (one, week) = (days(0, 0), days(-6, 0));
    for (sql, expected) in [
        ("SELECT 1 AS x FROM d.t JOIN d.u ON t.day = u.day WHERE t.day = @submission_date", (one, one)),
        ("SELECT 1 AS x FROM d.t JOIN d.u ON u.day = t.day AND u.day = @submission_date", (one, one)),
        ("SELECT 1 AS x FROM d.t JOIN d.u USING (day) WHERE day = @submission_date", (one, one)),
        ("SELECT 1 AS x FROM d.t FULL JOIN d.u USING (day) WHERE day = @submission_date", (one, one)),
        (
            "SELECT 1 AS x FROM d.t, d.u WHERE t.day = u.day AND u.day BETWEEN DATE_SUB(@submission_date, INTERVAL 6 DAY) AND @submission_date",
            (week, week),
        ),
        // All rows of the left side stay.
        ("SELECT 1 AS x FROM d.t LEFT JOIN d.u ON t.day = u.day AND u.day = @submission_date", (None, one)),
        ("SELECT 1 AS x FROM d.t LEFT JOIN d.u ON t.day = u.day WHERE t.day = @submission_date", (one, one)),
        ("SELECT 1 AS x FROM d.t FULL JOIN d.u ON t.day = u.day AND u.day = @submission_date", (None, None)),
        // One of two conditions need not hold, and another day is another day.
        (
            "SELECT 1 AS x FROM d.t JOIN d.u ON t.day = u.day OR t.moment = u.moment WHERE t.day = @submission_date",
            (one, None),
        ),
        (
            "SELECT 1 AS x FROM d.t JOIN d.u ON t.day = DATE_ADD(u.day, INTERVAL 1 DAY) WHERE t.day = @submission_date",
            (one, None),
        ),
        ("SELECT 1 AS x FROM d.t JOIN d.u ON t.day <= u.day WHERE t.day = @submission_date", (one, None)),
        (
            "SELECT 1 AS x FROM d.t WHERE t.day = @submission_date AND EXISTS(SELECT 1 FROM d.u WHERE u.day = t.day)",
            (one, one),
        ),
    ] {
        assert_eq!(both(sql), expected, "{sql}");
    }
}

/// A table for each day, read together.
struct Shards;

impl Catalogue for Shards {
    fn table(&self, name: &str) -> Option<Table> {
        (name == "d.e_*").then(|| Table {
            name: name.to_owned(),
            columns: vec![Field::new(TABLE_SUFFIX, Type::String), Field::new("x", Type::Int64)].into(),
            open: false,
        })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.e_*".to_owned()]
    }
}

#[test]
fn suffixes_of_tables_are_days_in_one_format() {
    let today = "FORMAT_DATE('%Y%m%d', @submission_date)";
    for (condition, expected) in [
        (format!("_TABLE_SUFFIX = {today}"), days(0, 0)),
        (format!("{today} = e._table_suffix"), days(0, 0)),
        (
            format!("_TABLE_SUFFIX BETWEEN FORMAT_DATE('%Y%m%d', DATE_SUB(@submission_date, INTERVAL 6 DAY)) AND {today}"),
            days(-6, 0),
        ),
        (
            format!("_TABLE_SUFFIX > FORMAT_DATE('%Y%m%d', @submission_date - 7) AND _TABLE_SUFFIX < {today}"),
            days(-6, -1),
        ),
        (format!("_TABLE_SUFFIX <= {today}"), Some(Bounds::days(None, 0))),
        (format!("_TABLE_SUFFIX IN ({today}, FORMAT_DATE('%Y%m%d', @submission_date - 1))"), days(-1, 0)),
        (format!("_TABLE_SUFFIX IN ({today}, CONCAT('intraday_', {today}))"), days(0, 0)),
        (format!("_TABLE_SUFFIX = {today} OR _TABLE_SUFFIX = 'intraday_' || {today}"), days(0, 0)),
        (format!("REPLACE(_TABLE_SUFFIX, 'intraday_', '') = {today}"), days(0, 0)),
        (r"REGEXP_EXTRACT(_TABLE_SUFFIX, r'\d+') = FORMAT_TIMESTAMP('%Y%m%d', @partition_start)".to_owned(), days(0, 0)),
        ("PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) >= @submission_date - 1 AND PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) <= @submission_date".to_owned(), days(-1, 0)),
        (
            "_TABLE_SUFFIX >= FORMAT_DATE('%Y%m%d', @submission_date - 2) AND PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) < @submission_date".to_owned(),
            days(-2, -1),
        ),
        // What another format writes sorts among the suffixes in no way that says days.
        ("_TABLE_SUFFIX = FORMAT_DATE('%F', @submission_date)".to_owned(), None),
        ("_TABLE_SUFFIX <= CAST(@submission_date AS STRING)".to_owned(), None),
        ("_TABLE_SUFFIX <= FORMAT_DATE('%Y%m', @submission_date)".to_owned(), None),
        ("PARSE_DATE('%Y-%m-%d', _TABLE_SUFFIX) = @submission_date".to_owned(), None),
        // A text behind `intraday_` sorts behind all days.
        (format!("_TABLE_SUFFIX <= CONCAT('intraday_', {today})"), None),
        (format!("_TABLE_SUFFIX IN ({today}, 'intraday')"), None),
        (format!("REPLACE(_TABLE_SUFFIX, '2026', '') = {today}"), None),
        (r"REGEXP_EXTRACT(_TABLE_SUFFIX, r'\d') = '1'".to_owned(), None),
    ] {
        let analysis = analyse(&format!("SELECT x FROM `d.e_*` AS e WHERE {condition}"), &Shards).unwrap();
        let columns = BTreeMap::from([("d.e_*".to_owned(), TABLE_SUFFIX.to_owned())]);
        assert_eq!(infer_reads(&analysis, &columns, Cadence::Day)["d.e_*"], expected, "{condition}");
    }
}

#[test]
fn a_day_that_is_made_of_a_suffix_is_bounded_like_it() {
    for (query, expected) in [
        (
            "WITH e AS (SELECT PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) AS day, x FROM `d.e_*`) SELECT x FROM e WHERE day = @submission_date",
            days(0, 0),
        ),
        (
            "SELECT x FROM (SELECT SAFE.PARSE_DATE('%Y%m%d', REGEXP_EXTRACT(_TABLE_SUFFIX, r'[0-9]+$')) AS day, x FROM `d.e_*`) WHERE day BETWEEN @submission_date - 6 AND @submission_date",
            days(-6, 0),
        ),
        (
            "SELECT n FROM (SELECT PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) AS day, COUNT(*) AS n FROM `d.e_*` GROUP BY day) WHERE day = @submission_date",
            days(0, 0),
        ),
        (
            "SELECT x FROM (SELECT PARSE_DATE('%Y-%m-%d', _TABLE_SUFFIX) AS day, x FROM `d.e_*`) WHERE day = @submission_date",
            None,
        ),
        (
            "SELECT n FROM (SELECT MAX(PARSE_DATE('%Y%m%d', _TABLE_SUFFIX)) AS day, COUNT(*) AS n FROM `d.e_*`) WHERE day = @submission_date",
            None,
        ),
        (
            "SELECT x FROM (SELECT PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) AS day, x FROM `d.e_*` LIMIT 5) WHERE day = @submission_date",
            None,
        ),
    ] {
        let analysis = analyse(query, &Shards).unwrap();
        let columns = BTreeMap::from([("d.e_*".to_owned(), TABLE_SUFFIX.to_owned())]);
        assert_eq!(infer_reads(&analysis, &columns, Cadence::Day)["d.e_*"], expected, "{query}");
    }
}
