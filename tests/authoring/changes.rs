//! Definitions and rows that change after days are built.

use crate::orders::shop;

#[test]
fn added_measure_and_its_thirty_days() {
    let author = shop();
    author.follow("1. ");
    let said = author.follow("9. ");
    assert!(said[1].contains("30 stale, not due: shop_derived.orders_daily_v1"), "{}", said[1]);
    assert!(
        said[1].contains("tidemill backfill --from 2026-10-23 --to 2026-11-21"),
        "the plan names another way than the document: {}",
        said[1]
    );
    assert!(said[2].contains("30 partitions built"), "{}", said[2]);
    assert_eq!(
        author.query("SELECT submission_date, country, orders, CAST(largest AS FLOAT64) FROM shop.orders_daily WHERE submission_date <= '2026-11-20' ORDER BY 1, 2"),
        ["2026-10-31 DE 1 7.0", "2026-11-20 DE 2 10.5", "2026-11-20 FR 1 20.0"]
    );
}

#[test]
fn second_version_and_the_switch_to_it() {
    let author = shop();
    author.follow("1. ");
    author.follow("9. ");
    let view = "SELECT country, orders, CAST(amount AS FLOAT64) FROM shop.orders_daily WHERE submission_date = '2026-11-20' ORDER BY 1";
    let said = author.follow_with("10. ", |command| {
        // The old version serves the view, until the last run.
        assert_eq!(author.query(view), ["DE 2 13.0", "FR 1 20.0"], "before {command}");
    });
    let compared = &said[said.len() - 3];
    assert!(compared.contains("amount"), "{compared}");
    assert_eq!(author.query(view), ["DE 2 1300.0", "FR 1 2000.0"]);
}

#[test]
fn late_rows() {
    let author = shop();
    author.write(
        "late-orders.ndjson",
        "{\"order_id\": \"c1\", \"ordered_at\": \"2026-11-20T11:00:00Z\", \"customer_id\": 1, \"country\": \"DE\", \"status\": \"open\", \"amount\": 1}\n\
         {\"order_id\": \"c2\", \"ordered_at\": \"2026-11-01T11:00:00Z\", \"customer_id\": 1, \"country\": \"DE\", \"status\": \"open\", \"amount\": 1}\n",
    );
    let said = author.follow("11. ");
    assert!(said[2].contains("1 partition to build"), "{}", said[2]);
    let mend =
        "tidemill backfill --from 2026-11-01 --to 2026-11-21 --downstream shop_derived.orders_by_status_v1";
    assert!(said[2].contains(&format!("1 stale, not due: shop_derived.orders_by_status_v1 2026-11-01 (input changed: shop.orders_v1): {mend}")), "{}", said[2]);
    let query = "SELECT submission_date, status, orders FROM shop_derived.orders_by_status_v1 WHERE submission_date BETWEEN '2026-11-01' AND '2026-11-20' ORDER BY 1, 2";
    assert_eq!(author.query(query), ["2026-11-20 open 2", "2026-11-20 paid 3"]);
    author.run(mend);
    assert_eq!(author.query(query)[0], "2026-11-01 open 1");
}
