//! `tidemill lineage`: where a column comes from and where it goes.

use insta::assert_snapshot;

use crate::project::TestProject;

/// Clients a day, their countries through a view, and a share by a window.
fn project() -> TestProject {
    TestProject::with(&[
        (
            "datasets/clients.yaml",
            "
            dataset: tide_derived.clients_v1
            description: Clients per day.
            start: 2026-11-20
            expires: 775 days
            deletion: by client_id
            sql: |
              SELECT
                @submission_date AS submission_date,
                client_info.client_id,
                TO_HEX(SHA256(client_info.client_id)) AS hashed,
                STRUCT(metadata.geo.country AS country, UPPER(client_info.os) AS os) AS place,
                COUNT(*) AS pings
              FROM tide_stable.baseline_v1
              WHERE DATE(submission_timestamp) = @submission_date
              GROUP BY ALL
            ",
        ),
        (
            "datasets/places.yaml",
            "
            view: tide.places
            description: Where clients are.
            sql: SELECT submission_date, client_id, place.country, pings FROM tide_derived.clients_v1
            ",
        ),
        (
            "datasets/countries.yaml",
            "
            dataset: tide_derived.countries_v1
            description: Clients per day and country.
            start: 2026-11-20
            sql: |
              SELECT submission_date, country, COUNT(DISTINCT client_id) AS clients, SUM(pings) AS pings
              FROM tide.places
              WHERE submission_date = @submission_date
              GROUP BY submission_date, country
            ",
        ),
    ])
}

#[test]
fn a_column_is_followed_both_ways() {
    assert_snapshot!(project().run("lineage tide_derived.countries_v1.clients"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.countries_v1.clients INT64, never NULL

    comes from
    └ aggregated from tide.places.client_id (sanitised)
      └ copied from tide_derived.clients_v1.client_id
        └ copied from tide_stable.baseline_v1.client_info.client_id
          └ copied from tide_live.baseline_v1.client_info.client_id

    its rows are decided by
      tide.places.country
      tide.places.submission_date

    goes into
      nothing: no dataset or view reads it
    ----- stderr -----
    "#);
    assert_snapshot!(project().run("lineage tide_stable.baseline_v1.client_info.client_id --downstream"), @r#"
    exit code: 0
    ----- stdout -----
    tide_stable.baseline_v1.client_info.client_id STRING

    goes into
    ├ copied into tide.baseline.client_info.client_id
    ├ copied into tide_derived.clients_v1.client_id
    │ └ copied into tide.places.client_id
    │   └ aggregated into tide_derived.countries_v1.clients (sanitised)
    ├ computed into tide_derived.clients_v1.hashed (hashed without a key)
    └ influences the rows of tide_derived.clients_v1
    ----- stderr -----
    "#);
}

#[test]
fn a_field_has_a_lineage_of_its_own() {
    assert_snapshot!(project().run("lineage tide_derived.clients_v1.place.country"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.clients_v1.place.country STRING

    comes from
    └ copied from tide_stable.baseline_v1.metadata.geo.country
      └ copied from tide_live.baseline_v1.metadata.geo.country

    its rows are decided by
      tide_stable.baseline_v1.client_info.client_id
      tide_stable.baseline_v1.client_info.os
      tide_stable.baseline_v1.metadata.geo.country
      tide_stable.baseline_v1.submission_timestamp

    goes into
    └ copied into tide.places.country
      ├ copied into tide_derived.countries_v1.country
      └ influences the rows of tide_derived.countries_v1
    ----- stderr -----
    "#);
}

#[test]
fn what_only_decides_about_rows_is_followed_when_asked() {
    assert_snapshot!(project().run("lineage countries_v1.pings --upstream --influences"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.countries_v1.pings INT64

    comes from
    ├ aggregated from tide.places.pings (sanitised)
    │ └ copied from tide_derived.clients_v1.pings
    │   ├ influenced by tide_stable.baseline_v1.client_info.client_id
    │   │ ├ copied from tide_live.baseline_v1.client_info.client_id
    │   │ ├ influenced by tide_live.baseline_v1.additional_properties
    │   │ ├ influenced by tide_live.baseline_v1.document_id
    │   │ ├ influenced by tide_live.baseline_v1.metadata.header.date
    │   │ ├ influenced by tide_live.baseline_v1.metadata.header.x_source_tags
    │   │ ├ influenced by tide_live.baseline_v1.ping_info.end_time
    │   │ ├ influenced by tide_live.baseline_v1.ping_info.seq
    │   │ └ influenced by tide_live.baseline_v1.submission_timestamp
    │   ├ influenced by tide_stable.baseline_v1.client_info.os
    │   │ └ copied from tide_live.baseline_v1.client_info.os
    │   ├ influenced by tide_stable.baseline_v1.metadata.geo.country
    │   │ └ copied from tide_live.baseline_v1.metadata.geo.country
    │   └ influenced by tide_stable.baseline_v1.submission_timestamp
    │     └ copied from tide_live.baseline_v1.submission_timestamp
    ├ influenced by tide.places.country
    │ └ copied from tide_derived.clients_v1.place.country
    │   └ copied from tide_stable.baseline_v1.metadata.geo.country (see above)
    └ influenced by tide.places.submission_date
      └ copied from tide_derived.clients_v1.submission_date
    ----- stderr -----
    "#);
    assert_snapshot!(project().run("lineage countries_v1.clients --upstream --depth 1"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.countries_v1.clients INT64, never NULL

    comes from
    └ aggregated from tide.places.client_id (sanitised)
      └ … 1 more column

    its rows are decided by
      tide.places.country
      tide.places.submission_date
    ----- stderr -----
    "#);
}

#[test]
fn a_table_shows_one_step_for_each_column() {
    assert_snapshot!(project().run("lineage tide_derived.clients_v1"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.clients_v1

    comes from
      submission_date  no column: its query makes it
      client_id        copied from tide_stable.baseline_v1.client_info.client_id
      hashed           computed from tide_stable.baseline_v1.client_info.client_id (hashed without a key)
      place            copied from tide_stable.baseline_v1.metadata.geo.country
                       computed from tide_stable.baseline_v1.client_info.os
      pings            no column: its query makes it

    its rows are decided by
      tide_stable.baseline_v1.client_info.client_id
      tide_stable.baseline_v1.client_info.os
      tide_stable.baseline_v1.metadata.geo.country
      tide_stable.baseline_v1.submission_timestamp

    goes into
      submission_date  copied into tide.places.submission_date
      client_id        copied into tide.places.client_id
      place            copied into tide.places.country
      pings            copied into tide.places.pings
    ----- stderr -----
    "#);
    assert_snapshot!(project().run("lineage tide.places --downstream"), @r#"
    exit code: 0
    ----- stdout -----
    tide.places

    goes into
      submission_date  copied into tide_derived.countries_v1.submission_date
                       influences the rows of tide_derived.countries_v1
      client_id        aggregated into tide_derived.countries_v1.clients (sanitised)
      country          copied into tide_derived.countries_v1.country
                       influences the rows of tide_derived.countries_v1
      pings            aggregated into tide_derived.countries_v1.pings (sanitised)
    ----- stderr -----
    "#);
}

#[test]
fn machines_get_the_closure_and_its_steps() {
    assert_snapshot!(project().run("lineage tide_derived.countries_v1.clients --upstream --json"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "column": "tide_derived.countries_v1.clients",
      "type": "INT64",
      "required": true,
      "upstream": {
        "columns": [
          {
            "column": "tide.places.client_id",
            "how": "aggregated",
            "sanitised": true,
            "hashed": false,
            "steps": 1
          },
          {
            "column": "tide_derived.clients_v1.client_id",
            "how": "aggregated",
            "sanitised": true,
            "hashed": false,
            "steps": 2
          },
          {
            "column": "tide_live.baseline_v1.client_info.client_id",
            "how": "aggregated",
            "sanitised": true,
            "hashed": false,
            "steps": 4
          },
          {
            "column": "tide_stable.baseline_v1.client_info.client_id",
            "how": "aggregated",
            "sanitised": true,
            "hashed": false,
            "steps": 3
          }
        ],
        "edges": [
          {
            "from": "tide.places.client_id",
            "to": "tide_derived.countries_v1.clients",
            "how": "aggregated",
            "sanitised": true,
            "hashed": false
          },
          {
            "from": "tide_derived.clients_v1.client_id",
            "to": "tide.places.client_id",
            "how": "copied",
            "sanitised": false,
            "hashed": false
          },
          {
            "from": "tide_stable.baseline_v1.client_info.client_id",
            "to": "tide_derived.clients_v1.client_id",
            "how": "copied",
            "sanitised": false,
            "hashed": false
          },
          {
            "from": "tide_live.baseline_v1.client_info.client_id",
            "to": "tide_stable.baseline_v1.client_info.client_id",
            "how": "copied",
            "sanitised": false,
            "hashed": false
          }
        ]
      },
      "rows": [
        {
          "column": "tide.places.country",
          "how": "influences",
          "sanitised": false,
          "hashed": false
        },
        {
          "column": "tide.places.submission_date",
          "how": "influences",
          "sanitised": false,
          "hashed": false
        }
      ]
    }
    ----- stderr -----
    "#);
    assert_snapshot!(project().run("lineage tide.places --downstream --json"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "table": "tide.places",
      "columns": [
        {
          "column": "submission_date",
          "type": "DATE",
          "required": false,
          "downstream": [
            {
              "column": "tide_derived.countries_v1",
              "how": "influences",
              "sanitised": false,
              "hashed": false
            },
            {
              "column": "tide_derived.countries_v1.submission_date",
              "how": "copied",
              "sanitised": false,
              "hashed": false
            }
          ]
        },
        {
          "column": "client_id",
          "type": "STRING",
          "required": false,
          "downstream": [
            {
              "column": "tide_derived.countries_v1.clients",
              "how": "aggregated",
              "sanitised": true,
              "hashed": false
            }
          ]
        },
        {
          "column": "country",
          "type": "STRING",
          "required": false,
          "downstream": [
            {
              "column": "tide_derived.countries_v1",
              "how": "influences",
              "sanitised": false,
              "hashed": false
            },
            {
              "column": "tide_derived.countries_v1.country",
              "how": "copied",
              "sanitised": false,
              "hashed": false
            }
          ]
        },
        {
          "column": "pings",
          "type": "INT64",
          "required": false,
          "downstream": [
            {
              "column": "tide_derived.countries_v1.pings",
              "how": "aggregated",
              "sanitised": true,
              "hashed": false
            }
          ]
        }
      ]
    }
    ----- stderr -----
    "#);
}

#[test]
fn a_name_that_is_not_there() {
    assert_snapshot!(project().refused("lineage tide_derived.cuontries_v1"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: nothing here is named `tide_derived.cuontries_v1`
      = hint: did you mean `tide_derived.countries_v1`?

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project().refused("lineage tide_derived.countries_v1.client"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `tide_derived.countries_v1` has no `client`
      = hint: did you mean `clients`?

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project().refused("lineage tide_derived.clients_v1.place.city"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `tide_derived.clients_v1.place` has no `city`
      = hint: `tidemill lineage` with the table alone lists its columns

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project().refused("lineage baseline_v1.document_id"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `baseline_v1` may be `tide_live.baseline_v1` or `tide_stable.baseline_v1`
      = hint: name the schema too

    1 error; `tidemill explain TM0601` says more
    "#);
}

#[test]
fn a_script_names_the_tables_that_it_reads_and_writes() {
    let project = TestProject::with(&[(
        "scripts/merge.sql",
        "DECLARE day DATE DEFAULT '2026-11-22';
CREATE TEMP TABLE late AS SELECT * FROM app.events AS e, e.tags;
MERGE INTO app.clients AS c
USING (WITH fresh AS (SELECT * FROM late JOIN app.countries USING (id)) SELECT * FROM fresh) AS n
ON n.id = c.id
WHEN NOT MATCHED THEN INSERT ROW;
EXECUTE IMMEDIATE CONCAT('DROP', ' TABLE x');
CALL app.tidy(1);
",
    )]);
    assert_snapshot!(project.run("lineage scripts/merge.sql"), @r#"
    exit code: 0
    ----- stdout -----
    scripts/merge.sql

    reads
      app.events (line 2)
      app.countries (line 4)

    writes
      app.clients (line 3)

    calls
      app.tidy (line 8)

    unknown: line 7 runs a text that is made when the script runs
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("lineage scripts/none.sql"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: reading scripts/none.sql: No such file or directory (os error 2)
    "#);
}
