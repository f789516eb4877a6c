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
    assert_snapshot!(project.refused("format --check"), @"");
    assert_snapshot!(project.run("format"), @"");
    assert_snapshot!(project.read("datasets/days.yaml"), @"");
    assert_snapshot!(project.read("templates/own.sql"), @"");
    assert_eq!(project.read("elsewhere.sql"), "select   1\n");
    assert_snapshot!(project.refused("format --check"), @"");
    assert_snapshot!(project.refused("format --check --json"), @"");
}

#[test]
fn files_and_folders_may_be_anywhere() {
    let project = TestProject::empty();
    project.file("a/one.sql", "select 1\n");
    project.file("a/b/two.sql", "set x=1;\nif x>1 then select 2; end if\n");
    project.file("a/other.txt", "select 1\n");
    project.file("three.bq", "SELECT   3\n");
    assert_snapshot!(project.run("format a three.bq"), @"");
    assert_eq!(project.read("a/b/two.sql"), "SET x = 1;\nIF x > 1 THEN\n  SELECT 2;\nEND IF\n");
    assert_eq!(project.read("three.bq"), "SELECT 3\n");
    assert_snapshot!(project.refused("format nowhere.sql"), @"");
    assert_snapshot!(project.refused("format"), @"");
}

#[test]
fn what_is_no_sql_is_said_and_stays() {
    let project = TestProject::with(&[
        ("datasets/days.yaml", "dataset: tide_derived.days_v1\nsql: |\n  select (1\n"),
        ("datasets/good.sql", "select 1\n"),
    ]);
    assert_snapshot!(project.run("format"), @"");
    assert_eq!(project.read("datasets/days.yaml"), "dataset: tide_derived.days_v1\nsql: |\n  select (1\n");
    assert_eq!(project.read("datasets/good.sql"), "SELECT 1\n");
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
    assert_snapshot!(project.run_reading("format -", "select 1 as a from t"), @"");
    assert_snapshot!(project.run_reading("format -", "select (1"), @"");
    assert_snapshot!(project.run_reading("format --check -", "SELECT 1\n"), @"");
    assert_snapshot!(project.run_reading("format --check -", "select 1\n"), @"");
    assert_snapshot!(project.run_reading("format - x.sql", ""), @"");
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
    assert_snapshot!(project.run("format all.sql"), @"");
    assert_snapshot!(project.read("all.sql"), @"");
    assert_snapshot!(project.refused("format --check all.sql"), @"");
}
