//! Reads of partitioned tables that nothing bounds. `compile` meets them while it binds a query to partitions, where it
//! knows which conditions move to which table; set to `warn` or excepted, all partitions are read.

use super::super::{Examples, Look, Rule};
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "unbounded_read",
    code: Code::UnboundedRead,
    level: Level::Error,
    look: Look::Binding,
    examples: Examples {
        refused: &[
            "sql: SELECT @submission_date AS submission_date, COUNT(*) AS orders FROM shop.orders",
            "sql: |
  SELECT @submission_date AS submission_date, COUNT(*) AS orders FROM shop.orders
  WHERE submission_date >= @submission_date",
        ],
        fine: &[
            "sql: |
  SELECT @submission_date AS submission_date, COUNT(*) AS orders FROM shop.orders
  WHERE submission_date BETWEEN DATE_SUB(@submission_date, INTERVAL 6 DAY) AND @submission_date",
            "sql: |
  SELECT @submission_date AS submission_date, COUNT(*) AS requests FROM sync.requests_v1
  WHERE timestamp >= @partition_start AND timestamp < @partition_end",
        ],
    },
};
