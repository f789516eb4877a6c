//! Every key of a dataset's header does something that can be seen, or is refused with its reason.

use crate::project::TestProject;

/// A key, lines that set it, and what shows that it was heard: a text in the head or the SQL of
/// `generated/`, in what `plan` says, or in the refusal.
const KEYS: &[(&str, &str, &str)] = &[
    (
        "from",
        "from: tide_stable.baseline_v1\nsql: SELECT @submission_date AS submission_date FROM {{ from }} WHERE {{ from_day }} = @submission_date",
        "`tide_stable.baseline_v1`",
    ),
    (
        "template",
        "from: tide_stable.baseline_v1\ntemplate: tidemill/aggregate\nwith: {measures: {pings: count(*)}}",
        "count(*) AS pings",
    ),
    (
        "with",
        "from: tide_stable.baseline_v1\ntemplate: tidemill/aggregate\nwith: {measures: {pings: count(*)}, dimensions: [country]}",
        "metadata.geo.country AS country",
    ),
    ("sql", "sql: SELECT @submission_date AS submission_date, 42 AS answer", "42 AS answer"),
    (
        "partition_by",
        "partition_by: {column: day, every: day}\nsql: SELECT @submission_date AS day",
        "Partitions: one a day by day",
    ),
    ("start", "start: 2026-11-05", "from 2026-11-05"),
    ("end", "end: 2026-11-20", "1 partition to build"),
    ("paused", "paused: true", "paused"),
    (
        "reads",
        "reads: {tide_stable.baseline_v1: {last: 3 days}}\nsql: SELECT @submission_date AS submission_date, COUNT(*) AS pings FROM `tide_stable.baseline_v1` WHERE DATE(submission_timestamp) = @submission_date",
        "2 days before to the day",
    ),
    (
        "reads_self",
        "reads_self: all_before\nsql: \"SELECT @submission_date AS submission_date, (SELECT COUNT(*) FROM {{ this }} WHERE submission_date < @submission_date) AS days\"",
        "reads itself, one after the other",
    ),
    ("lookback", "lookback: 5", "write `5 days`"),
    ("on_change", "on_change: {rebuild: 2}", "write `2 days`"),
    (
        "init",
        "init: SELECT day AS submission_date FROM UNNEST(GENERATE_DATE_ARRAY(DATE(@partition_start), DATE_SUB(DATE(@partition_end), INTERVAL 1 DAY))) AS day",
        "all at once by its init query",
    ),
    ("cluster_by", "cluster_by: [submission_date]", "Clustered by: submission_date"),
    ("expires", "expires: 30 days", "Expires: after 30 days"),
    ("columns", "columns: {submission_date: The day of it all.}", "The day of it all."),
    ("labels", "labels: {team: sea}", "Labels: team=sea."),
    ("access", "access: [analysts]", "TM0132"),
    ("checks", "checks: [min_rows(many)]", "TM0502"),
    ("deletion", "deletion: by submission_date", "Deletion: by submission_date"),
    ("view", "view: tide.x", "`tide_derived.x_v1`"),
    ("serves", "view: tide.x\nserves: v7", "TM0131"),
    (
        "deprecated",
        "deprecated: {since: 2026-11-01, use: tide_derived.pings_v1}",
        "Deprecated since 2026-11-01 in favour of tide_derived.pings_v1.",
    ),
    ("tags", "tags: [core]", "2 partitions to build"),
];

/// A dataset with these lines; start and SQL are added where they are not among them.
fn dataset(lines: &str) -> String {
    let has = |key: &str| lines.lines().any(|line| line.starts_with(key));
    let mut text = format!("dataset: tide_derived.x_v1\ndescription: One row.\n{lines}\n");
    if !has("start:") {
        text.push_str("start: 2026-11-20\n");
    }
    if !has("sql:") && !has("template:") {
        text.push_str("sql: SELECT @submission_date AS submission_date\n");
    }
    text
}

#[test]
fn every_key_is_heard() {
    let mut unheard = Vec::new();
    for (key, lines, sign) in KEYS {
        let project = TestProject::with(&[("datasets/x.yaml", &dataset(lines))]);
        let selection = if *key == "tags" { "tag:core" } else { "tide_derived.x_v1" };
        let mut said = project.run("compile");
        if said.starts_with("exit code: 0") {
            said.push_str(&project.run(&format!("plan --date 2026-11-21 {selection}")));
            for file in ["tide_derived/x_v1/query.sql", "tide_derived/x_v1/schema.json", "tide/x/view.sql"] {
                let path = project.path("generated").join(file);
                said.push_str(&std::fs::read_to_string(path).unwrap_or_default());
            }
        }
        if !said.contains(sign) || said.contains("TM0105") {
            unheard.push(format!("{key}: no {sign:?} in\n{said}"));
        }
    }
    assert!(unheard.is_empty(), "{}", unheard.join("\n\n"));
}

/// Each key of the header stands in the docs.
#[test]
fn every_key_is_in_the_docs() {
    let docs = include_str!("../../docs/definitions.md");
    let section = docs.split("\n## ").find(|section| section.starts_with("dataset:")).unwrap();
    for (key, ..) in KEYS {
        let is_row = |line: &str| line.starts_with('|') && line.contains(&format!("`{key}`"));
        assert!(section.lines().any(is_row), "docs/definitions.md has no row for `{key}`");
    }
}
