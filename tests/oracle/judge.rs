//! Asks the judge, GoogleSQL's own analyser.

use serde_json::Value as Json;

use crate::cases::{Case, Verdict};
use crate::programs::answers;

/// The verdict on each case, in the same order.
pub fn verdicts(cases: &[Case]) -> Vec<Verdict> {
    let requests: Vec<Json> = cases.iter().map(Case::request).collect();
    answers("judge", &requests).iter().map(verdict).collect()
}

fn verdict(answer: &Json) -> Verdict {
    assert!(answer["fault"].is_null(), "{}: the request is wrong: {}", answer["id"], answer["fault"]);
    if answer["accepted"] != true {
        return Err(answer["error"].as_str().unwrap().to_owned());
    }
    let none = Vec::new();
    let columns = answer["columns"].as_array().unwrap_or(&none);
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    Ok(columns.iter().map(|column| (text(&column["name"]), text(&column["type"]))).collect())
}
