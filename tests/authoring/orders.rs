//! What the shop sold: the rows that the tests' expected values are worked out from.

use crate::author::Author;

/// Orders up to 21 November.
const ORDERS: &str = r#"
{"order_id": "a1", "ordered_at": "2026-10-31T18:00:00Z", "customer_id": 1, "country": "DE", "status": "paid", "amount": 7}
{"order_id": "a2", "ordered_at": "2026-11-20T09:10:00Z", "customer_id": 1, "country": "DE", "status": "paid", "amount": 10.5}
{"order_id": "a3", "ordered_at": "2026-11-20T09:40:00Z", "customer_id": 2, "country": "DE", "status": "open", "amount": 99}
{"order_id": "a4", "ordered_at": "2026-11-20T10:00:00Z", "customer_id": 2, "country": "DE", "status": "paid", "amount": 2.5}
{"order_id": "a5", "ordered_at": "2026-11-20T23:59:59Z", "customer_id": 2, "country": "FR", "status": "paid", "amount": 20}
{"order_id": "a6", "ordered_at": "2026-11-21T00:00:00Z", "customer_id": 3, "country": "US", "status": "paid", "amount": 120.25}
{"order_id": "a7", "ordered_at": "2026-11-21T12:00:00Z", "customer_id": 1, "country": "DE", "status": "paid", "amount": 4.5}
{"order_id": "a8", "ordered_at": "2026-11-21T13:00:00Z", "customer_id": 1, "country": "JP", "status": "paid", "amount": 1}
"#;

const CUSTOMERS: &str = r#"
{"customer_id": 1, "plan": "basic", "country": "DE"}
{"customer_id": 2, "plan": "pro", "country": "FR"}
"#;

/// An author whose shop has these orders.
pub fn shop() -> Author {
    let author = Author::new();
    author.write("orders.ndjson", ORDERS.trim_start());
    author.write("customers.ndjson", CUSTOMERS.trim_start());
    author.follow("Where it starts");
    author
}
