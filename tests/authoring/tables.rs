//! Datasets over the shop's tables.

use crate::orders::shop;

#[test]
fn daily_aggregate_with_a_filter() {
    let author = shop();
    author.follow("1. ");
    assert_eq!(
        author.query("SELECT submission_date, country, orders, CAST(amount AS FLOAT64) FROM shop.orders_daily ORDER BY 1, 2"),
        [
            "2026-10-31 DE 1 7.0",
            "2026-11-20 DE 2 13.0",
            "2026-11-20 FR 1 20.0",
            "2026-11-21 DE 1 4.5",
            "2026-11-21 JP 1 1.0",
            "2026-11-21 US 1 120.25",
        ]
    );
}

#[test]
fn join_of_two_sources() {
    let author = shop();
    author.follow("2. ");
    // Nobody knows customer 3, whose order counts all the same.
    assert_eq!(
        author.query("SELECT submission_date, plan, orders, CAST(amount AS FLOAT64) FROM shop_derived.orders_by_plan_v1 ORDER BY 1, 2"),
        [
            "2026-10-31 basic 1 7.0",
            "2026-11-20 basic 1 10.5",
            "2026-11-20 pro 2 22.5",
            "2026-11-21 NULL 1 120.25",
            "2026-11-21 basic 2 5.5",
        ]
    );
}

#[test]
fn lookup_in_a_csv_file() {
    let author = shop();
    author.copy("1. ");
    author.follow("5. ");
    let query = "SELECT submission_date, region, orders, CAST(amount AS FLOAT64) FROM shop_derived.orders_by_region_v1 ORDER BY 1, 2";
    assert_eq!(
        author.query(query),
        [
            "2026-10-31 Europe 1 7.0",
            "2026-11-20 Europe 3 33.0",
            "2026-11-21 America 1 120.25",
            "2026-11-21 Europe 1 4.5",
            "2026-11-21 elsewhere 1 1.0",
        ]
    );
    author.write(
        "datasets/reference/countries.csv",
        "code,region\nDE,Europe\nFR,Europe\nJP,Asia\nUS,America\n",
    );
    let plan = author.run("tidemill plan --date 2026-11-21");
    assert!(plan.contains("30 stale, not due: shop_derived.orders_by_region_v1"), "{plan}");
    author.run("tidemill backfill --from 2026-11-21 --to 2026-11-21 shop_derived.orders_by_region_v1");
    assert_eq!(
        author.query(query)[2..],
        ["2026-11-21 America 1 120.25", "2026-11-21 Asia 1 1.0", "2026-11-21 Europe 1 4.5"]
    );
}

#[test]
fn table_without_partitions() {
    let author = shop();
    author.follow("6. ");
    assert_eq!(
        author.query("SELECT customer_id, orders, CAST(amount AS FLOAT64), FORMAT_TIMESTAMP('%d %H:%M', last_order) FROM shop_derived.customer_totals_v1 ORDER BY 1"),
        ["1 4 23.0 21 13:00", "2 2 22.5 20 23:59", "3 1 120.25 21 00:00"]
    );
}

#[test]
fn snapshot_its_latest_view_and_its_history() {
    let author = shop();
    author.copy("2. ");
    author.run("rm datasets/shop/orders_by_plan.yaml");
    author.run("tidemill ingest --source shop.customers customers.ndjson");
    author.follow("7. ");
    let latest = "SELECT snapshot_date, customer_id, plan FROM shop.customers_latest ORDER BY 2";
    assert_eq!(author.query(latest), ["2026-11-21 1 basic", "2026-11-21 2 pro"]);
    // The shop writes its table anew: the first customer has another plan, the second one is gone.
    let shop = duckdb::Connection::open(author.path(".tidemill/dev.duckdb")).unwrap();
    shop.execute_batch(
        "DELETE FROM shop.customers; INSERT INTO shop.customers BY NAME
         SELECT UNNEST([1, 3]) AS customer_id, UNNEST(['pro', 'basic']) AS plan, 'DE' AS country",
    )
    .unwrap();
    drop(shop);
    author.run("tidemill run --date 2026-11-22");
    assert_eq!(author.query(latest), ["2026-11-22 1 pro", "2026-11-22 3 basic"]);
    assert_eq!(
        author.query("SELECT customer_id, plan, valid_from, valid_to, is_current FROM shop_derived.customers_history_v1 ORDER BY 1, 3"),
        [
            "1 basic 2026-11-21 2026-11-22 false",
            "1 pro 2026-11-22 NULL true",
            "2 pro 2026-11-21 2026-11-22 false",
            "3 basic 2026-11-22 NULL true",
        ]
    );
}

#[test]
fn by_the_hour_and_by_the_month() {
    let author = shop();
    author.write(
        "more.ndjson",
        r#"{"order_id": "b1", "ordered_at": "2026-11-30T08:00:00Z", "customer_id": 2, "country": "FR", "status": "paid", "amount": 5}"#,
    );
    author.copy("1. ");
    author.copy("8. ");
    author.run("tidemill run --date 2026-11-21");
    let months = "SELECT ordered_month, country, orders, CAST(amount AS FLOAT64) FROM shop_derived.orders_monthly_v1 WHERE ordered_month >= '2026-11-01' ORDER BY 1, 2";
    assert!(author.query(months).is_empty(), "November is not over");
    author.run("tidemill ingest --source shop.orders_v1 more.ndjson");
    author.follow("8. ");
    assert_eq!(
        author.query("SELECT FORMAT_TIMESTAMP('%d %H', ordered_hour), orders FROM shop_derived.orders_hourly_v1 WHERE orders > 0 ORDER BY ordered_hour"),
        ["20 09 2", "20 10 1", "20 23 1", "21 00 1", "21 12 1", "21 13 1", "30 08 1"]
    );
    assert_eq!(
        author.query(months),
        ["2026-11-01 DE 3 17.5", "2026-11-01 FR 2 25.0", "2026-11-01 JP 1 1.0", "2026-11-01 US 1 120.25"]
    );
}

#[test]
fn function() {
    let author = shop();
    let said = author.follow("12. ");
    assert!(said[0].contains("3 examples passed"), "{}", said[0]);
    assert_eq!(
        author
            .query("SELECT submission_date, size, orders FROM shop_derived.orders_by_size_v1 ORDER BY 1, 2"),
        [
            "2026-10-31 small 1",
            "2026-11-20 middling 1",
            "2026-11-20 small 2",
            "2026-11-21 large 1",
            "2026-11-21 small 2",
        ]
    );
}

#[test]
fn sql_of_ones_own() {
    let author = shop();
    author.copy("With SQL");
    author.run("tidemill run --date 2026-11-21");
    assert_eq!(
        author.query("SELECT submission_date, customers FROM shop_derived.first_orders_v1 WHERE customers > 0 ORDER BY 1"),
        ["2026-10-31 1", "2026-11-20 1", "2026-11-21 1"]
    );
}
