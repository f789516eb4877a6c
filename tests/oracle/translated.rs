//! The expressions and queries that `tests/translation/` runs, and those that it sees refused.

use serde_json::{Map, Value as Json};
use tidemill::schema::bigquery;
use tidemill::sql::Catalogue;

use crate::cases::{Case as Judged, ours};

#[path = "../translation/catalogue.rs"]
#[expect(dead_code, reason = "nothing is run here")]
mod catalogue;
#[path = "../translation/conditions.rs"]
mod conditions;
#[path = "../translation/conversions.rs"]
mod conversions;
#[path = "../translation/functions.rs"]
mod functions;
#[path = "../translation/json.rs"]
mod json;
#[path = "../translation/literals.rs"]
mod literals;
#[path = "../translation/moments.rs"]
mod moments;
#[path = "../translation/nested.rs"]
mod nested;
#[path = "../translation/numbers.rs"]
mod numbers;
#[path = "../translation/queries.rs"]
mod queries;
#[path = "../translation/refusals.rs"]
mod refusals;
#[path = "../translation/texts.rs"]
mod texts;

type Case = (&'static str, &'static str, &'static str);
type QueryCase = (&'static str, &'static str, &'static [&'static str]);

pub fn cases() -> Vec<Judged> {
    let tables: Map<String, Json> = catalogue::Tables
        .names()
        .into_iter()
        .map(|name| {
            let columns = catalogue::Tables.table(&name).unwrap().columns;
            (name, serde_json::to_value(bigquery::write(&columns)).unwrap())
        })
        .collect();
    let before: Vec<String> =
        std::iter::once(crate::generated::OWN_FUNCTION.to_owned()).chain(functions::statements()).collect();
    let run = [
        numbers::CASES,
        texts::CASES,
        moments::CASES,
        json::CASES,
        nested::CASES,
        conditions::CASES,
        conversions::CASES,
        literals::CASES,
    ];
    let expressions = run.into_iter().flatten().map(|(expression, ..)| *expression);
    let refused =
        refusals::UNTRANSLATABLE.iter().chain(refusals::FAILURES).map(|(expression, _)| *expression);
    let expressions = expressions.chain(refused).map(|expression| format!("SELECT {expression} AS result"));
    let queries = queries::CASES.iter().chain(functions::CASES).map(|(query, ..)| (*query).to_owned());
    expressions
        .chain(queries)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|sql| Judged {
            name: format!("translation: {}", sql.split_whitespace().collect::<Vec<_>>().join(" ")),
            ours: ours(&sql, &catalogue::Tables),
            sql,
            tables: tables.clone(),
            before: before.clone(),
        })
        .collect()
}
