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
    assert_snapshot!(project().run("lineage tide_derived.countries_v1.clients"), @"");
    assert_snapshot!(project().run("lineage tide_stable.baseline_v1.client_info.client_id --downstream"), @"");
}

#[test]
fn a_field_has_a_lineage_of_its_own() {
    assert_snapshot!(project().run("lineage tide_derived.clients_v1.place.country"), @"");
}

#[test]
fn what_only_decides_about_rows_is_followed_when_asked() {
    assert_snapshot!(project().run("lineage countries_v1.pings --upstream --influences"), @"");
    assert_snapshot!(project().run("lineage countries_v1.clients --upstream --depth 1"), @"");
}

#[test]
fn a_table_shows_one_step_for_each_column() {
    assert_snapshot!(project().run("lineage tide_derived.clients_v1"), @"");
    assert_snapshot!(project().run("lineage tide.places --downstream"), @"");
}

#[test]
fn machines_get_the_closure_and_its_steps() {
    assert_snapshot!(project().run("lineage tide_derived.countries_v1.clients --upstream --json"), @"");
    assert_snapshot!(project().run("lineage tide.places --downstream --json"), @"");
}

#[test]
fn a_name_that_is_not_there() {
    assert_snapshot!(project().refused("lineage tide_derived.cuontries_v1"), @"");
    assert_snapshot!(project().refused("lineage tide_derived.countries_v1.client"), @"");
    assert_snapshot!(project().refused("lineage tide_derived.clients_v1.place.city"), @"");
}
