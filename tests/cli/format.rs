//! `tidemill format`: which files it takes, what it changes in them, what it leaves alone, what `--check` says.

use insta::assert_snapshot;

use crate::project::TestProject;

/// A dataset with SQL of its own between keys that nobody touches.
const DATASET: (&str, &str) = (
    "datasets/days.yaml",
    "
    dataset:   tide_derived.days_v1   # not ours to change
    description: Pings per day.
    sql: |
      select @submission_date as submission_date, count(*) as pings   -- all of them
      from `tide_stable.baseline_v1`

      where date(submission_timestamp)=@submission_date
    tags:   [x]
    ",
);

#[test]
fn the_sql_of_a_project_gets_one_style() {
    let project = TestProject::with(&[
        DATASET,
        ("datasets/more/beside.sql", "select 1 as a,2 as b from t\n"),
        ("datasets/schema.yaml", "sql: text that is no block\n"),
        (
            "templates/own.sql",
            "{#---\ndescription: Rows.\n---#}\nselect *\nfrom {{ from }}\n{%- if x %}\nwhere a=1\n{%- endif %}\n",
        ),
        ("templates/cut.sql", "{#---\ndescription: Rows.\n---#}\nselect 1{% if x %},\n2\n{% endif %}\n"),
        ("elsewhere.sql", "select   1\n"),
    ]);
    assert_snapshot!(project.refused("format --check"), @r#"
    exit code: 1
    ----- stdout -----
    --- datasets/days.yaml
    +++ formatted/datasets/days.yaml
    @@ -1,8 +1,12 @@
     dataset:   tide_derived.days_v1   # not ours to change
     description: Pings per day.
     sql: |
    -  select @submission_date as submission_date, count(*) as pings   -- all of them
    -  from `tide_stable.baseline_v1`
    +  SELECT
    +    @submission_date AS submission_date,
    +    count(*) AS pings -- all of them
    +  FROM
    +    `tide_stable.baseline_v1`
     
    -  where date(submission_timestamp)=@submission_date
    +  WHERE
    +    date(submission_timestamp) = @submission_date
     tags:   [x]
    --- datasets/more/beside.sql
    +++ formatted/datasets/more/beside.sql
    @@ -1 +1,5 @@
    -select 1 as a,2 as b from t
    +SELECT
    +  1 AS a,
    +  2 AS b
    +FROM
    +  t
    --- templates/own.sql
    +++ formatted/templates/own.sql
    @@ -1,8 +1,11 @@
     {#---
     description: Rows.
     ---#}
    -select *
    -from {{ from }}
    +SELECT
    +  *
    +FROM
    +  {{ from }}
     {%- if x %}
    -where a=1
    +WHERE
    +  a = 1
     {%- endif %}
    3 files not formatted, 0 formatted, 1 left alone
    ----- stderr -----
    left alone: templates/cut.sql:4:9, a tag of the template stands within a line
    error[TM0741]: datasets/days.yaml is not formatted
     --> datasets/days.yaml:4:3
      |
    4 |   select @submission_date as submission_date, count(*) as pings   -- all of them
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: run `tidemill format`

    error[TM0741]: datasets/more/beside.sql is not formatted
     --> datasets/more/beside.sql:1:1
      |
    1 | select 1 as a,2 as b from t
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: run `tidemill format`

    error[TM0741]: templates/own.sql is not formatted
     --> templates/own.sql:4:1
      |
    4 | select *
      | ^^^^^^^^
      |
      = hint: run `tidemill format`

    3 errors; `tidemill explain TM0741` says more
    "#);
    assert_snapshot!(project.run("format"), @r#"
    exit code: 0
    ----- stdout -----
    formatted datasets/days.yaml
    formatted datasets/more/beside.sql
    formatted templates/own.sql
    3 files formatted, 0 unchanged, 1 left alone
    ----- stderr -----
    left alone: templates/cut.sql:4:9, a tag of the template stands within a line
    "#);
    assert_snapshot!(project.read("datasets/days.yaml"), @r#"
    dataset:   tide_derived.days_v1   # not ours to change
    description: Pings per day.
    sql: |
      SELECT
        @submission_date AS submission_date,
        count(*) AS pings -- all of them
      FROM
        `tide_stable.baseline_v1`

      WHERE
        date(submission_timestamp) = @submission_date
    tags:   [x]
    "#);
    assert_snapshot!(project.read("templates/own.sql"), @r#"
    {#---
    description: Rows.
    ---#}
    SELECT
      *
    FROM
      {{ from }}
    {%- if x %}
    WHERE
      a = 1
    {%- endif %}
    "#);
    assert_eq!(project.read("elsewhere.sql"), "select   1\n");
    assert_snapshot!(project.refused("format --check"), @r#"
    exit code: 0
    ----- stdout -----
    3 files formatted, 1 left alone
    ----- stderr -----
    left alone: templates/cut.sql:4:9, a tag of the template stands within a line
    "#);
    assert_snapshot!(project.refused("format --check --json"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "formatted": [],
      "not_formatted": [],
      "unchanged": 3,
      "left_alone": [
        {
          "path": "templates/cut.sql",
          "line": 4,
          "column": 9,
          "reason": "a tag of the template stands within a line"
        }
      ],
      "diagnostics": []
    }
    ----- stderr -----
    "#);
}

#[test]
fn files_and_folders_may_be_anywhere() {
    let project = TestProject::empty();
    project.file("a/one.sql", "select 1\n");
    project.file("a/b/two.sql", "set x=1;\nif x>1 then select 2; end if\n");
    project.file("a/other.txt", "select 1\n");
    project.file("three.bq", "SELECT   3\n");
    assert_snapshot!(project.run("format a three.bq"), @r#"
    exit code: 0
    ----- stdout -----
    formatted a/b/two.sql
    formatted a/one.sql
    formatted three.bq
    3 files formatted, 0 unchanged
    ----- stderr -----
    "#);
    assert_eq!(project.read("a/b/two.sql"), "SET x = 1;\nIF x > 1 THEN\n  SELECT 2;\nEND IF\n");
    assert_eq!(project.read("three.bq"), "SELECT 3\n");
    assert_snapshot!(project.refused("format nowhere.sql"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no file or folder nowhere.sql
    "#);
    assert_snapshot!(project.refused("format"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0101]: there is no tidemill.yaml here, nor in a folder above
      = hint: name files or folders, or give the project's folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
}

#[test]
fn what_is_no_sql_is_said_and_stays() {
    let project = TestProject::with(&[
        ("datasets/days.yaml", "dataset: tide_derived.days_v1\nsql: |\n  select (1\n"),
        ("datasets/good.sql", "select 1\n"),
    ]);
    assert_snapshot!(project.run("format"), @r#"
    exit code: 1
    ----- stdout -----
    formatted datasets/good.sql
    1 file formatted, 0 unchanged
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `)`, but the text ends here
     --> datasets/days.yaml:3:11
      |
    3 |   select (1
      |           ^
      |
      = hint: `(` is not closed

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_eq!(project.read("datasets/days.yaml"), "dataset: tide_derived.days_v1\nsql: |\n  select (1\n");
    assert_eq!(project.read("datasets/good.sql"), "SELECT 1\n");
}

#[test]
fn a_query_has_to_parse_and_a_statement_of_another_kind_need_not() {
    let project = TestProject::empty();
    assert_snapshot!(project.run_reading("format -", "select a b c from t"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `;` or the end of the text, found `c`
     --> standard input:1:12
      |
    1 | select a b c from t
      |            ^
      |
      = hint: a comma or an operator may be missing in front of `c`

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(project.run_reading("format -", "show all of them;select 1"), @r#"
    exit code: 0
    ----- stdout -----
    show ALL OF them;
    SELECT 1
    ----- stderr -----
    "#);
}

#[test]
fn line_ends_and_marks_stay() {
    let project = TestProject::empty();
    project.bytes("dos.sql", "\u{feff}select 1,\r\n'''a\r\nb'''\r\n".as_bytes());
    project.bytes("bare.sql", b"select 1");
    project.bytes("dos.yaml", b"dataset: a.b\r\nsql: |\r\n  select 1,\r\n    2\r\nview: c\r\n");
    project.run("format dos.sql bare.sql dos.yaml");
    assert_eq!(project.read("dos.sql"), "\u{feff}SELECT 1, '''a\r\nb'''\r\n");
    assert_eq!(project.read("bare.sql"), "SELECT 1\n");
    assert_eq!(project.read("dos.yaml"), "dataset: a.b\r\nsql: |\r\n  SELECT 1, 2\r\nview: c\r\n");
}

#[cfg(unix)]
#[test]
fn rights_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let project = TestProject::empty();
    project.bytes("real.sql", b"select 1");
    std::fs::set_permissions(project.path("real.sql"), std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.sql", project.path("link.sql")).unwrap();
    project.run("format link.sql");
    assert!(project.path("link.sql").is_symlink());
    assert_eq!(project.read("real.sql"), "SELECT 1\n");
    let mode = std::fs::metadata(project.path("real.sql")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let project = TestProject::empty();
    assert_snapshot!(project.run_reading("format -", "select 1 as a from t"), @r#"
    exit code: 0
    ----- stdout -----
    SELECT
      1 AS a
    FROM
      t
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_reading("format -", "select (1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `)`, but the text ends here
     --> standard input:1:9
      |
    1 | select (1
      |         ^
      |
      = hint: `(` is not closed

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(project.run_reading("format --check -", "SELECT 1\n"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_reading("format --check -", "select 1\n"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0741]: standard input is not formatted
     --> standard input:1:1
      |
    1 | select 1
      | ^^^^^^^^
      |
      = hint: run `tidemill format`

    1 error; `tidemill explain TM0741` says more
    "#);
    assert_snapshot!(project.run_reading("format - x.sql", ""), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `-` stands alone: standard input is the only thing to format
    "#);
}

#[test]
fn statements_of_all_kinds_have_the_style() {
    let project = TestProject::empty();
    project.file(
        "all.sql",
        r#"
        create or replace table ds.t (day date not null, tags array<struct<k string, v int64>> options(description='x')) partition by day cluster by a,b options(x=1) as select 1 as day;
        create temp function f(x int64, y any type) returns int64 as (x+y);
        create function ds.g(x string) returns string deterministic language js options(library=['a']) as r'''  return x<1 ; ''';
        insert into ds.t(a,b) values (1,2),(3,4);
        update ds.t set a=1, b=b+1 where true;
        delete from my-project.ds.t where a in (select a from u);
        merge into ds.t t using ds.s s on t.a=s.a and t.b=s.b when matched and s.x is null then delete when matched then update set a=s.a,b=-1 when not matched by target then insert(a,b) values(s.a,s.b);
        declare x, y int64 default 1;
        begin declare z string; set z=''; exception when error then select @@error.message; end;
        while x<3 do set x=x+1; if x=2 then break; elseif x=9 then continue; else select x; end if; end while;
        for r in (select 1 as a) do select r.a; end for;
        from ds.t |> where a>1 |> aggregate count(*) as n group by b |> order by n desc |> limit 3;
        select * except(a) replace(b as c), sum(x) over (partition by a order by b rows between unbounded preceding and current row) as running from p pivot(sum(s) for q in ('a','b')), unnest([1,2]) as u with offset as o qualify row_number() over w = 1 window w as (partition by a);
        select @{hint=1} case when a then 1 else 2 end, case x when 1 then 'a long text that takes some room' when 2 then 'another long text that takes room' end from a left join b using(x) union all select 1, 2
        "#,
    );
    assert_snapshot!(project.run("format all.sql"), @r#"
    exit code: 0
    ----- stdout -----
    formatted all.sql
    1 file formatted, 0 unchanged
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("all.sql"), @r#"
    CREATE OR REPLACE TABLE ds.t (
      day DATE NOT NULL,
      tags ARRAY<STRUCT<k STRING, v INT64>> OPTIONS (description = 'x')
    )
    PARTITION BY day
    CLUSTER BY a, b
    OPTIONS (x = 1)
    AS
    SELECT 1 AS day;
    CREATE TEMP FUNCTION f(x INT64, y ANY TYPE)
    RETURNS INT64
    AS (x + y);
    CREATE FUNCTION ds.g(x STRING)
    RETURNS STRING
    DETERMINISTIC
    LANGUAGE js
    OPTIONS (library = ['a'])
    AS r'''  return x<1 ; ''';
    INSERT INTO ds.t (a, b)
    VALUES
      (1, 2),
      (3, 4);
    UPDATE ds.t
    SET
      a = 1,
      b = b + 1
    WHERE
      TRUE;
    DELETE FROM my-project.ds.t
    WHERE
      a IN (SELECT a FROM u);
    MERGE INTO ds.t t
    USING
      ds.s s
      ON t.a = s.a
      AND t.b = s.b
    WHEN MATCHED AND s.x IS NULL THEN
      DELETE
    WHEN MATCHED THEN
      UPDATE SET
        a = s.a,
        b = -1
    WHEN NOT MATCHED BY TARGET THEN
      INSERT (a, b)
      VALUES (s.a, s.b);
    DECLARE x, y INT64 DEFAULT 1;
    BEGIN
      DECLARE z STRING;
      SET z = '';
    EXCEPTION WHEN ERROR THEN
      SELECT @@error.message;
    END;
    WHILE x < 3 DO
      SET x = x + 1;
      IF x = 2 THEN
        BREAK;
      ELSEIF x = 9 THEN
        CONTINUE;
      ELSE
        SELECT x;
      END IF;
    END WHILE;
    FOR r IN (SELECT 1 AS a) DO
      SELECT r.a;
    END FOR;
    FROM
      ds.t
    |> WHERE a > 1
    |> AGGREGATE count(*) AS n GROUP BY b
    |> ORDER BY n DESC
    |> LIMIT 3;
    SELECT
      * EXCEPT (a) REPLACE (b AS c),
      sum(x) OVER (
        PARTITION BY a
        ORDER BY b
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS running
    FROM
      p
      PIVOT(sum(s) FOR q IN ('a', 'b')),
      UNNEST([1, 2]) AS u WITH OFFSET AS o
    QUALIFY
      row_number() OVER w = 1
    WINDOW
      w AS (PARTITION BY a);
    SELECT @{hint = 1}
      CASE WHEN a THEN 1 ELSE 2 END,
      CASE x
        WHEN 1 THEN 'a long text that takes some room'
        WHEN 2 THEN 'another long text that takes room'
      END
    FROM
      a
    LEFT JOIN
      b
      USING (x)
    UNION ALL
    SELECT 1, 2
    "#);
    assert_snapshot!(project.refused("format --check all.sql"), @r#"
    exit code: 0
    ----- stdout -----
    1 file formatted
    ----- stderr -----
    "#);
}
