//! Every rule's examples, compiled within one small project with only that rule switched on.

use std::collections::BTreeMap;

use super::{Look, RULES, Rule, Verdict};
use crate::compile::{Compilation, compile};
use crate::definition::ProjectFiles;
use crate::diagnostic::{Code, Diagnostic, Source, render_all};

const ORDERS: &str = "
source: shop.orders
kind: table
description: Orders of a shop.
partition_by: {column: submission_date, every: day}
schema:
  columns:
    submission_date: DATE
    account_id: STRING
    email: STRING
    country: STRING
    items: INT64
    amount: FLOAT64
identifiers: {account_id: account_id, email: email}
start: 2026-11-01
expires: 400 days
";

const PLANS: &str = "
source: shop.plans
kind: table
description: What can be bought.
partition_by: none
schema: {columns: {plan: STRING, seats: INT64}}
start: 2026-11-01
";

const SOME_ORDERS: &str = "
view: shop.some_orders
description: Some of the orders.
sql: SELECT submission_date, country FROM shop.orders LIMIT 10
";

const REQUESTS: &str = "
source: sync.requests_v1
kind: log
description: Requests to a server.
partition_by: {column: timestamp, every: day}
schema: {columns: {timestamp: TIMESTAMP, user: STRING, ip: STRING, country: STRING, status: INT64}}
identifiers: {user: account_id, ip: ip}
start: 2026-11-01
";

/// With one rule switched on, by its name, or with none.
fn compiled(on: &str, example: &str) -> (Option<Compilation>, Vec<Diagnostic>) {
    let levels = RULES.iter().map(|rule| {
        let level = if rule.name == on { "error" } else { "off" };
        format!("{}: {level}", rule.name)
    });
    let config = format!(
        "project: examples\ntargets: {{dev: {{engine: duckdb}}}}\ndefaults: {{owners: [data@example.com]}}\nrules: {{{}}}\n",
        levels.collect::<Vec<_>>().join(", ")
    );
    let example = format!("dataset: example_derived.example_v1\ndescription: An example.\n{example}\n");
    let definitions = [ORDERS, PLANS, SOME_ORDERS, REQUESTS, &example];
    let definitions = definitions.iter().enumerate();
    let files = ProjectFiles {
        config: Source::new("tidemill.yaml", config),
        definitions: definitions
            .map(|(number, text)| Source::new(format!("datasets/{number}.yaml"), *text))
            .collect(),
        beside: BTreeMap::new(),
        templates: BTreeMap::new(),
    };
    compile(&files)
}

#[test]
fn every_rule_refuses_its_bad_examples_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let examples = &rule.examples;
        assert!(!examples.refused.is_empty(), "{} shows nothing that it refuses", rule.name);
        assert!(!examples.fine.is_empty(), "{} shows nothing that is fine", rule.name);
        for (is_fine, example) in both(rule) {
            let (compilation, found) = compiled(rule.name, example);
            // DuckDB need not have a form for what the rule warns of.
            let its_own = |one: &Diagnostic| one.code == rule.code && one.position.is_some();
            let only_its_own = found.iter().all(|one| its_own(one) || one.code == Code::NotOnDuckDb)
                && found.iter().any(its_own);
            let right = match is_fine {
                true => compilation.is_some() && found.is_empty(),
                false => compilation.is_none() && only_its_own,
            };
            if !right {
                wrong.push(format!("{}, fine: {is_fine}\n{example}\n{}", rule.name, render_all(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_dataset_is_deterministic_when_no_rule_about_reruns_finds_anything() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| matches!(rule.look, Look::Rerun(_))) {
        for (is_fine, example) in both(rule) {
            let expected = match (is_fine, rule.name) {
                (true, _) => Verdict::Deterministic,
                (false, "tied_order") => Verdict::Unproven,
                (false, _) => Verdict::Nondeterministic,
            };
            // With every rule off: the verdict does not depend on what a project wants to hear.
            let (compilation, found) = compiled("", example);
            let dataset = compilation.as_ref().map(|one| &one.datasets["example_derived.example_v1"]);
            let verdict = dataset.map(|dataset| dataset.judged.facts.determinism.verdict());
            if verdict != Some(expected) {
                wrong.push(format!("{}: {verdict:?}\n{example}\n{}", rule.name, render_all(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The examples of a rule, and whether they are fine.
fn both(rule: &Rule) -> impl Iterator<Item = (bool, &'static str)> {
    let refused = rule.examples.refused.iter().map(|example| (false, *example));
    refused.chain(rule.examples.fine.iter().map(|example| (true, *example)))
}

#[test]
fn rules_are_sorted_and_told_apart() {
    for pair in RULES.windows(2) {
        assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
    }
    let codes: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
}

#[test]
fn the_page_of_rules_has_a_row_for_each() {
    let page = include_str!("../../docs/rules.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let starts = RULES.iter().map(|rule| format!("| `{}` | `{}` |", rule.name, rule.level.as_str()));
    for (row, start) in rows.iter().zip(starts) {
        assert!(row.starts_with(&start), "{row} is not the row of {start}");
    }
    assert_eq!(rows.len(), RULES.len());
}
