//! Static tables whose files do not fit their schema, each mistake at its cell.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const COUNTRIES: &str = "
    static: reference.countries
    description: Countries by their code.
    file: countries.csv
    key: [code]
    schema:
      columns: {code: STRING, name: STRING, people: INT64, joined: DATE}
    ";

/// The mistakes of a CSV file of countries.
fn refused(csv: &str) -> String {
    refused_with(&[("datasets/countries.yaml", COUNTRIES), ("datasets/countries.csv", csv)])
}

#[test]
fn cells_that_do_not_fit_their_types() {
    assert_snapshot!(refused("name,code,people,joined\nGermany,DE,84m,1958-01-01\n\n\"Lao, PDR\",LA,7,1997-02-30\n\"two\nlines\",XX,,yesterday"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0150]: `84m` does not fit the column `people` INT64
     --> datasets/countries.csv:2:12
      |
    2 | Germany,DE,84m,1958-01-01
      |            ^^^
      |
      = hint: an INT64 is a whole number of 64 bits, for example 42

    error[TM0150]: `1997-02-30` does not fit the column `joined` DATE
     --> datasets/countries.csv:4:17
      |
    4 | "Lao, PDR",LA,7,1997-02-30
      |                 ^^^^^^^^^^
      |
      = hint: a DATE is written YYYY-MM-DD and exists

    error[TM0150]: `yesterday` does not fit the column `joined` DATE
     --> datasets/countries.csv:6:12
      |
    6 | lines",XX,,yesterday
      |            ^^^^^^^^^
      |
      = hint: a DATE is written YYYY-MM-DD and exists

    3 errors; `tidemill explain TM0150` says more
    "#);
}

#[test]
fn rows_of_another_length_than_the_header() {
    assert_snapshot!(refused("code,name,people,joined\nDE,Germany,84\nLA,Lao, PDR,7,1997-07-23\nFR,France,68,1958-01-01"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0151]: the row has 3 cells, the header 4 cells
     --> datasets/countries.csv:2:12
      |
    2 | DE,Germany,84
      |            ^^
      |
      = hint: leave a cell empty where there is no value: `a,,b`

    error[TM0151]: the row has 5 cells, the header 4 cells
     --> datasets/countries.csv:3:15
      |
    3 | LA,Lao, PDR,7,1997-07-23
      |               ^^^^^^^^^^
      |
      = hint: put a cell that holds a comma in quotes: `"a, b"`

    2 errors; `tidemill explain TM0151` says more
    "#);
}

#[test]
fn a_header_that_misses_a_column_and_one_that_is_not_known() {
    assert_snapshot!(refused("code,nmae,people,code\nDE,Germany,84,DE"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0151]: the header misses the column `joined` of the schema
     --> datasets/countries.csv:1:1
      |
    1 | code,nmae,people,code
      | ^^^^^^^^^^^^^^^^^^^^^

    error[TM0151]: the header misses the column `name` of the schema
     --> datasets/countries.csv:1:1
      |
    1 | code,nmae,people,code
      | ^^^^^^^^^^^^^^^^^^^^^

    error[TM0151]: the schema has no column `nmae`
     --> datasets/countries.csv:1:6
      |
    1 | code,nmae,people,code
      |      ^^^^
      |
      = hint: did you mean `name`?

    error[TM0151]: the column `code` stands twice
     --> datasets/countries.csv:1:18
      |
    1 | code,nmae,people,code
      |                  ^^^^

    4 errors; `tidemill explain TM0151` says more
    "#);
}

#[test]
fn two_rows_of_one_key() {
    assert_snapshot!(refused("code,name,people,joined\nDE,Germany,84,\nFR,France,68,\nDE,Deutschland,84,"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0152]: two rows have the key (code) `DE`
     --> datasets/countries.csv:4:1
      |
    4 | DE,Deutschland,84,
      | ^^
      |
     ::: datasets/countries.csv:2:1
      |
    2 | DE,Germany,84,
      | -- the first one

    1 error; `tidemill explain TM0152` says more
    "#);
}

#[test]
fn a_quote_that_is_not_closed() {
    assert_snapshot!(refused("code,name,people,joined\nDE,\"Germany,84,\nFR,France,68,"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0151]: a quote is opened and not closed
     --> datasets/countries.csv:2:4
      |
    2 | DE,"Germany,84,
      |    ^^^^^^^^^^^^
      |
      = hint: a quote inside a cell is doubled: `"say ""hello"""`

    1 error; `tidemill explain TM0151` says more
    "#);
}

#[test]
fn an_empty_file() {
    assert_snapshot!(refused(""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0151]: the file is empty
     --> datasets/countries.csv:1:1
      |
    1 |
      | ^
      |
      = hint: its first line names the columns: `code,name,people,joined`

    1 error; `tidemill explain TM0151` says more
    "#);
}

#[test]
fn a_file_that_is_not_utf_8() {
    let project = TestProject::with(&[("datasets/countries.yaml", COUNTRIES)]);
    project.bytes("datasets/countries.csv", b"code,name,people,joined\nDE,Germany\xff,84,");
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: datasets/countries.csv is not UTF-8
     --> datasets/countries.csv:2:11
      |
    2 | DE,Germany�,84,
      |           ^
      |
      = hint: save the file as UTF-8

    error[TM0103]: there is no file datasets/countries.csv
     --> datasets/countries.yaml:3:7
      |
    3 | file: countries.csv
      |       ^^^^^^^^^^^^^

    2 errors; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn a_column_that_is_wrong_in_every_row_is_not_told_for_every_row() {
    let rows: String = (0..50).map(|number| format!("c{number},Country,many,\n")).collect();
    let said = refused(&format!("code,name,people,joined\n{rows}"));
    assert!(said.contains("and 30 more mistakes in this file"), "{said}");
    assert_eq!(said.matches("error[TM0150]").count(), 20);
}

#[test]
fn a_file_of_another_kind_and_one_that_is_not_there() {
    let table = "
        static: reference.countries
        description: Countries by their code.
        file: FILE
        key: [cod]
        schema:
          columns: {code: STRING, spoken: ARRAY<STRING>}
        ";
    let other = table.replace("FILE", "countries.tsv").replace("ARRAY<STRING>", "STRING");
    assert_snapshot!(
        refused_with(&[
            ("datasets/countries.yaml", &table.replace("FILE", "countries.csv")),
            ("datasets/other.yaml", &other.replace("countries\n", "others\n")),
            ("datasets/countries.csv", "code,spoken\nDE,de"),
        ]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: a static table has no columns of ARRAY<STRING>
     --> datasets/countries.yaml:6:35
      |
    6 |   columns: {code: STRING, spoken: ARRAY<STRING>}
      |                                   ^^^^^^^^^^^^^
      |
      = hint: its columns are plain values; write what nests as JSON, or fill a `kind: table` source

    error[TM0103]: there is no file datasets/countries.tsv; did you mean datasets/countries.csv?
     --> datasets/other.yaml:3:7
      |
    3 | file: countries.tsv
      |       ^^^^^^^^^^^^^

    2 errors; `tidemill explain TM0112` says more
    "#
    );
}

#[test]
fn a_json_file_whose_values_do_not_fit() {
    let table = COUNTRIES.replace("countries.csv", "countries.json");
    let json = r#"[
          {"code": "DE", "name": "Germany", "people": "84", "joined": "1958-01-01"},
          {"code": "FR", "name": 7, "people": 6.5},
          {"code": "LA", "nmae": "Lao", "code": "LB"},
          ["XX"],
          {"name": "Nowhere"}
        ]"#;
    assert_snapshot!(refused_with(&[("datasets/countries.yaml", &table), ("datasets/countries.json", json)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0150]: the value does not fit INT64
     --> datasets/countries.json:2:55
      |
    2 |           {"code": "DE", "name": "Germany", "people": "84", "joined": "1958-01-01"},
      |                                                       ^^^^
      |
      = hint: write it without quotes; INT64 is no text

    error[TM0150]: the value does not fit STRING
     --> datasets/countries.json:3:34
      |
    3 |           {"code": "FR", "name": 7, "people": 6.5},
      |                                  ^
      |
      = hint: put it in quotes; STRING is a text

    error[TM0150]: the value does not fit INT64
     --> datasets/countries.json:3:47
      |
    3 |           {"code": "FR", "name": 7, "people": 6.5},
      |                                               ^^^
      |
      = hint: a number is no INT64

    error[TM0151]: the schema has no column `nmae`
     --> datasets/countries.json:4:26
      |
    4 |           {"code": "LA", "nmae": "Lao", "code": "LB"},
      |                          ^^^^^^
      |
      = hint: did you mean `name`?

    error[TM0151]: the column `code` stands twice
     --> datasets/countries.json:4:41
      |
    4 |           {"code": "LA", "nmae": "Lao", "code": "LB"},
      |                                         ^^^^^^

    error[TM0151]: a row is an object of columns, not a list
     --> datasets/countries.json:5:11
      |
    5 |           ["XX"],
      |           ^

    6 errors; `tidemill explain TM0150` says more
    "#);
}

#[test]
fn a_lookup_join_compiles_and_reads_the_whole_table() {
    let dataset = "
        dataset: tide_derived.by_continent_v1
        description: Pings per day and country name.
        sql: |
          SELECT @submission_date AS submission_date, c.name, SUM(p.pings) AS pings
          FROM `tide_derived.pings_v1` AS p
          JOIN `reference.countries` AS c ON c.code = p.country
          WHERE p.submission_date = @submission_date
          GROUP BY c.name
        ";
    let project = TestProject::with(&[
        ("datasets/countries.yaml", COUNTRIES),
        ("datasets/countries.csv", "code,name,people,joined\nDE,Germany,84,1958-01-01"),
        ("datasets/by_continent.yaml", dataset),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view: generated/ written, 10 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide_derived/by_continent_v1/query.sql"), @r#"
    -- tide_derived.by_continent_v1
    --
    -- Pings per day and country name.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Reads: reference.countries, the whole table.
    -- Reads: tide_derived.pings_v1, the same day.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT @submission_date AS submission_date, c.name, SUM(p.pings) AS pings
    FROM `tide_derived.pings_v1` AS p
    JOIN `reference.countries` AS c ON c.code = p.country
    WHERE p.submission_date = @submission_date
    GROUP BY c.name
    "#);
    assert!(project.read("generated/reference/countries/schema.json").contains("joined"));
}
