//! Every rule's examples, compiled within one small project with only that rule switched on.

use std::collections::BTreeMap;

use super::{Look, RULES, Verdict};
use crate::compile::{Compilation, compile};
use crate::definition::ProjectFiles;
use crate::diagnostic::{Diagnostic, Source, render_all};

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
        definitions: definitions.map(|(number, text)| Source::new(format!("datasets/{number}.yaml"), *text)).collect(),
        beside: BTreeMap::new(),
        templates: BTreeMap::new(),
    };
    compile(&files)
}

#[test]
fn every_rule_refuses_its_bad_examples_and_nothing_else() {
    for rule in RULES {
        assert!(!rule.examples.refused.is_empty(), "{} shows nothing that it refuses", rule.name);
        assert!(!rule.examples.fine.is_empty(), "{} shows nothing that is fine", rule.name);
        for example in rule.examples.refused {
            let (compilation, found) = compiled(rule.name, example);
            assert!(compilation.is_none(), "{}: {example}\nwas not refused", rule.name);
            let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
            assert!(
                found.iter().all(|finding| finding.code == rule.code && finding.position.is_some()),
                "{}: {example}\n{codes:?}\n{}",
                rule.name,
                render_all(&found)
            );
        }
        for example in rule.examples.fine {
            let (compilation, found) = compiled(rule.name, example);
            assert!(found.is_empty(), "{}: {example}\n{}", rule.name, render_all(&found));
            assert!(compilation.is_some());
        }
    }
}

#[test]
fn a_dataset_is_deterministic_when_no_rule_about_reruns_finds_anything() {
    let verdict = |example: &str| {
        let (compilation, found) = compiled("", example);
        let found = render_all(&found);
        let compilation = compilation.unwrap_or_else(|| panic!("{example}\n{found}"));
        compilation.datasets["example_derived.example_v1"].judged.facts.determinism.verdict()
    };
    for rule in RULES.iter().filter(|rule| matches!(rule.look, Look::Rerun(_))) {
        let expected = if rule.name == "tied_order" { Verdict::Unproven } else { Verdict::Nondeterministic };
        for example in rule.examples.refused {
            assert_eq!(verdict(example), expected, "{}: {example}", rule.name);
        }
        for example in rule.examples.fine {
            assert_eq!(verdict(example), Verdict::Deterministic, "{}: {example}", rule.name);
        }
    }
}

#[test]
fn rules_are_sorted_and_told_apart() {
    for pair in RULES.windows(2) {
        assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
    }
    let codes: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
}
