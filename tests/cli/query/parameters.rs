//! Values for the parameters of a query.

use insta::assert_snapshot;

use super::ask;

#[test]
fn parameters_by_name() {
    assert_snapshot!(ask(&[
        "SELECT @n + 1 AS n, @Day AS day, @text AS text, @nothing AS nothing, @list AS list, @number AS number",
        "--param", "n:INT64:-2",
        "--param", "day:DATE:2026-11-22",
        "--param", "text::it's: 'quoted'); DROP",
        "--param", "nothing:FLOAT64",
        "--param", "list:ARRAY<STRUCT<at TIMESTAMP, raw BYTES>>:[{\"at\": \"2026-11-22 01:00:00+02\", \"raw\": \"a\\\"b\"}, {}]",
        "--param", "number:NUMERIC:0.1",
    ]), @r#"
    exit code: 0
    ----- stdout -----
     n      day         text                   nothing  list                                                          number
     INT64  DATE        STRING                 FLOAT64  ARRAY<STRUCT<at TIMESTAMP, raw BYTES>>                        NUMERIC
     -1     2026-11-22  it's: 'quoted'); DROP  NULL     [(TIMESTAMP "2026-11-21 23:00:00+00", b'a"b'), (NULL, NULL)]  0.1
    ----- stderr -----
    "#);
    // The days of a dataset's own query.
    assert_snapshot!(ask(&["SELECT @submission_date AS day", "--param", "submission_date:DATE:2026-11-22"]), @r#"
    exit code: 0
    ----- stdout -----
     day
     DATE
     2026-11-22
    ----- stderr -----
    "#);
}

#[test]
fn parameters_by_their_place() {
    assert_snapshot!(ask(&["SELECT ? AS a, ? AS b, CONCAT(?, 'x') AS c", "--param", ":INT64:1", "--param", ":BOOL:true", "--param", "::z"]), @r#"
    exit code: 0
    ----- stdout -----
     a      b     c
     INT64  BOOL  STRING
     1      true  zx
    ----- stderr -----
    "#);
}

#[test]
fn wrong_parameters() {
    assert_snapshot!(ask(&[
        "SELECT @a",
        "--param", "a:INT64:one",
        "--param", "b:INTEGRAL:1",
        "--param", "c",
        "--param", "d:BIGNUMERIC:1",
        "--param", "e:DATE:2026-02-29",
        "--param", "f:ARRAY<INT64>:[1, null]",
        "--param", "g:STRUCT<x INT64>:{\"y\": 1}",
        "--param", "h-i::x",
    ]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0411]: the value is no INT64: bad value: one
     --> --param:1:9
      |
    1 | a:INT64:one
      |         ^^^

    error[TM0411]: `INTEGRAL` is no type; scalars are STRING, INT64, FLOAT64, NUMERIC, BOOL, BYTES, DATE, DATETIME, TIME, TIMESTAMP, JSON
     --> --param:1:3
      |
    1 | b:INTEGRAL:1
      |   ^^^^^^^^

    error[TM0411]: a parameter is `name:TYPE:value`
     --> --param:1:1
      |
    1 | c
      | ^
      |
      = hint: `--param day:DATE:2026-11-22`; the name or the type may be left out, the colons not

    error[TM0411]: a parameter cannot be BIGNUMERIC
     --> --param:1:3
      |
    1 | d:BIGNUMERIC:1
      |   ^^^^^^^^^^
      |
      = hint: give it as STRING and convert it in the query: `CAST(@name AS …)`

    error[TM0411]: the value is no DATE: invalid DATE: `2026-02-29`
     --> --param:1:8
      |
    1 | e:DATE:2026-02-29
      |        ^^^^^^^^^^

    error[TM0411]: the value is no ARRAY<INT64>: an array that is handed over holds no NULL
     --> --param:1:16
      |
    1 | f:ARRAY<INT64>:[1, null]
      |                ^^^^^^^^^

    error[TM0411]: the value is no STRUCT<x INT64>: there is no field `y`
     --> --param:1:19
      |
    1 | g:STRUCT<x INT64>:{"y": 1}
      |                   ^^^^^^^^

    error[TM0411]: `h-i` is no name of a parameter
     --> --param:1:1
      |
    1 | h-i::x
      | ^^^

    8 errors; `tidemill explain TM0411` says more
    "#);
    assert_snapshot!(ask(&["SELECT @a", "--param", "a:INT64:1", "--param", "A:INT64:2", "--param", ":INT64:1"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0411]: `A` is given twice
     --> --param:1:1
      |
    1 | A:INT64:2
      | ^

    error[TM0411]: parameters have names, or none has: `@name` and `?` do not go together
     --> --param:1:1
      |
    1 | :INT64:1
      | ^

    2 errors; `tidemill explain TM0411` says more
    "#);
    assert_snapshot!(ask(&["SELECT @a, @b, @days", "--param", "a:INT64:1", "--param", "day:DATE:2026-11-22"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: no query parameter `@b`
     --> query:1:12
      |
    1 | SELECT @a, @b, @days
      |            ^^
      |
      = hint: give it its value: `--param name:TYPE:value`

    error[TM0409]: no query parameter `@days`
     --> query:1:16
      |
    1 | SELECT @a, @b, @days
      |                ^^^^^
      |
      = hint: did you mean `day`?

    2 errors; `tidemill explain TM0409` says more
    "#);
    assert_snapshot!(ask(&["SELECT @a", "--param", "a:INT64:1", "--param", "day:DATE:2026-11-22"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0411]: the query does not name `@day`
     --> --param:1:1
      |
    1 | day:DATE:2026-11-22
      | ^^^^^^^^^^^^^^^^^^^

    1 error; `tidemill explain TM0411` says more
    "#);
    assert_snapshot!(ask(&["SELECT ?, ?", "--param", ":INT64:1"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: no value is given for this parameter
     --> query:1:11
      |
    1 | SELECT ?, ?
      |           ^
      |
      = hint: give values in their order: `--param :TYPE:value`

    1 error; `tidemill explain TM0409` says more
    "#);
    assert_snapshot!(ask(&["SELECT @a, ?", "--param", "a:INT64:1"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: no value is given for this parameter
     --> query:1:12
      |
    1 | SELECT @a, ?
      |            ^
      |
      = hint: give values in their order: `--param :TYPE:value`

    1 error; `tidemill explain TM0409` says more
    "#);
    assert_snapshot!(ask(&["SELECT @submission_date, @partition_end"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: the query is for a partition, and none is given
     --> query:1:8
      |
    1 | SELECT @submission_date, @partition_end
      |        ^^^^^^^^^^^^^^^^
      |
      = hint: give its values: --param submission_date:DATE:… --param partition_end:TIMESTAMP:…

    1 error; `tidemill explain TM0409` says more
    "#);
}
