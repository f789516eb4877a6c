//! Sources: Glean pings of a few products, each product with metrics of its own, and tables.

use std::fmt::Write as _;

use super::Files;

/// Products, each with a `baseline` and a `metrics` ping.
const PRODUCTS: usize = 4;
/// Tables that something else fills.
const TABLES: usize = 6;
/// Metrics that a product declares, of each kind.
const METRICS: usize = 12;

/// What the lowest datasets read.
pub struct Sources {
    pub products: Vec<String>,
    pub tables: Vec<String>,
}

/// Adds all sources to the files.
pub fn all(files: &mut Files) -> Sources {
    let products: Vec<String> = (0..PRODUCTS).map(|number| format!("product_{number}")).collect();
    for product in &products {
        files.insert(format!("datasets/{product}/metrics.yaml"), metrics());
        for ping in ["baseline", "metrics"] {
            let text = format!(
                "source: {product}.{ping}_v1\n\
                 kind: ping\n\
                 description: The {ping} pings of {product}.\n\
                 schema: {{glean: metrics.yaml}}\n\
                 start: 2026-01-01\n\
                 expires: 30 days\n\
                 stable: {{expires: 775 days}}\n"
            );
            files.insert(format!("datasets/{product}/{ping}_ping.yaml"), text);
        }
    }
    let tables: Vec<String> = (0..TABLES).map(|number| format!("imported.feed_{number}")).collect();
    for (number, table) in tables.iter().enumerate() {
        let text = format!(
            "source: {table}\n\
             kind: table\n\
             description: Rows of feed {number}, imported each night.\n\
             partition_by: {{column: submission_date, every: day}}\n\
             start: 2026-01-01\n\
             schema:\n  \
             columns:\n    \
             submission_date: DATE\n    \
             client_id: STRING\n    \
             country: {{type: STRING, description: Country as two letters.}}\n    \
             channel: STRING\n    \
             searches: INT64\n    \
             duration_seconds: INT64\n    \
             items: ARRAY<STRUCT<name STRING, amount INT64, tags ARRAY<STRING>>>\n"
        );
        files.insert(format!("datasets/imported/feed_{number}.yaml"), text);
    }
    Sources { products, tables }
}

fn metrics() -> String {
    let mut text = "$schema: moz://mozilla.org/schemas/glean/metrics/2-0-0\n\nusage:\n".to_owned();
    for (kind, rest) in [
        ("counter", ""),
        ("labeled_counter", ""),
        ("string", ""),
        ("boolean", ""),
        ("timing_distribution", "    time_unit: millisecond\n"),
    ] {
        for number in 0..METRICS {
            write!(
                text,
                "  {kind}_{number}:\n    type: {kind}\n{rest}    \
                 description: The {kind} of number {number}.\n    \
                 send_in_pings: [metrics, baseline]\n    \
                 bugs: [https://bugs.example.com/1]\n    \
                 data_reviews: [https://bugs.example.com/1]\n    \
                 notification_emails: [data@example.com]\n    \
                 expires: never\n"
            )
            .expect("a text takes all writing");
        }
    }
    text
}

/// Adds a ping source with a wide schema and one dataset on its stable table.
pub fn wide(leaves: usize, nested: bool, files: &mut Files) {
    let leaf = |number: usize| {
        let kind = ["STRING", "INTEGER", "FLOAT", "BOOLEAN"][number % 4];
        format!(
            "{{\"name\": \"leaf_{number}\", \"type\": \"{kind}\", \"mode\": \"NULLABLE\", \
             \"description\": \"What the probe of number {number} saw.\"}}"
        )
    };
    let record = |name: &str, fields: Vec<String>| {
        let fields = fields.join(",\n");
        format!(
            "{{\"name\": \"{name}\", \"type\": \"RECORD\", \"mode\": \"NULLABLE\", \"fields\": [\n{fields}\n]}}"
        )
    };
    let mut columns = vec![
        "{\"name\": \"submission_timestamp\", \"type\": \"TIMESTAMP\", \"mode\": \"REQUIRED\"}".to_owned(),
        "{\"name\": \"document_id\", \"type\": \"STRING\", \"mode\": \"REQUIRED\"}".to_owned(),
    ];
    let (first, second, last) = if nested {
        let share = leaves / 100;
        columns.extend((0..10).map(|outer| {
            let groups = (0..10).map(|inner| {
                let start = (outer * 10 + inner) * share;
                record(&format!("group_{inner}"), (start..start + share).map(leaf).collect())
            });
            record(&format!("section_{outer}"), groups.collect())
        }));
        let path = |number: usize| {
            format!("section_{}.group_{}.leaf_{number}", number / share / 10, number / share % 10)
        };
        (path(0), path(leaves / 2), path(leaves - 1))
    } else {
        columns.extend((0..leaves).map(leaf));
        ("leaf_0".to_owned(), format!("leaf_{}", leaves / 2), format!("leaf_{}", leaves - 1))
    };
    files.insert("datasets/wide/wide.bq".to_owned(), format!("[\n{}\n]\n", columns.join(",\n")));
    let source = "source: wide.ping_v1\n\
        kind: ping\n\
        description: Pings with a wide schema.\n\
        schema: {bigquery: wide.bq}\n\
        start: 2026-01-01\n";
    files.insert("datasets/wide/ping.yaml".to_owned(), source.to_owned());
    let reader = format!(
        "dataset: wide_derived.few_v1\n\
         description: A few leaves of many.\n\
         sql: |\n  \
         SELECT\n    \
         @submission_date AS submission_date,\n    \
         {first} AS first,\n    \
         COUNTIF({last}) AS last,\n    \
         COUNT({second}) AS second\n  \
         FROM\n    \
         `wide_stable.ping_v1`\n  \
         WHERE\n    \
         DATE(submission_timestamp) = @submission_date\n  \
         GROUP BY\n    \
         first\n"
    );
    files.insert("datasets/wide/few.yaml".to_owned(), reader);
}
