//! Checks that did not pass, with some of the rows that do not, on the terminal and for machines.

use serde_json::{Value, json};

use super::report;
use crate::run::Failing;
use crate::warehouse::CheckResult;

/// Shows what the checks of partitions found, below the lines that tell of them.
pub fn print(failing: &[Failing]) {
    for one in failing {
        report::note(&format!("rows that fail {}, {} {}:", one.check.text, one.dataset, one.period));
        for line in lines(&one.check) {
            report::note(&format!("  {line}"));
        }
    }
}

/// Some of the rows, and the query for all of them.
pub fn lines(check: &CheckResult) -> Vec<String> {
    let mut lines = check.failing.clone();
    if !check.finds.is_empty() {
        let query: Vec<&str> = check.finds.split_whitespace().collect();
        lines.push(format!("all of them, where `this` is the partition: {}", query.join(" ")));
    }
    lines
}

/// The machine form of a check that did not pass.
pub fn to_json(dataset: &str, partition: &str, check: &CheckResult) -> Value {
    let rows: Vec<Value> = check
        .failing
        .iter()
        .map(|row| serde_json::from_str(row).unwrap_or_else(|_| Value::String(row.clone())))
        .collect();
    json!({
        "dataset": dataset, "partition": partition, "check": check.text,
        "verdict": check.verdict().as_str(), "violations": check.violations, "rows": check.rows,
        "warn": check.thresholds.warn.map(|one| one.to_string()),
        "fail": check.thresholds.fail.map(|one| one.to_string()),
        "failing_rows": rows, "finds": check.finds,
    })
}
