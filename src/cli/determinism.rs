//! Whether building a dataset again gives the same rows, as `compile` prints it.

use serde_json::{Value, json};

use crate::compile::Compilation;
use crate::lint::{Reason, Verdict};

/// The verdict on each dataset, with its reasons.
pub fn json(compilation: &Compilation) -> Value {
    let verdicts = compilation.datasets.iter().map(|(name, dataset)| {
        let determinism = &dataset.judged.facts.determinism;
        let reasons: Vec<Value> = determinism.reasons.iter().map(reason).collect();
        (name.clone(), json!({ "verdict": determinism.verdict(), "reasons": reasons }))
    });
    Value::Object(verdicts.collect())
}

fn reason(reason: &Reason) -> Value {
    json!({
        "rule": reason.rule,
        "message": reason.message,
        "certain": reason.certain,
        "at": reason.position.as_ref().map(|at| at.display()),
        "view": reason.view,
    })
}

/// How many datasets are deterministic, and which of the others are not, and why.
pub fn lines(compilation: &Compilation) -> Vec<String> {
    let mut counts = [0_usize; 3];
    let mut lines = Vec::new();
    for (name, dataset) in &compilation.datasets {
        let determinism = &dataset.judged.facts.determinism;
        let verdict = determinism.verdict();
        counts[verdict as usize] += 1;
        if verdict == Verdict::Nondeterministic {
            for reason in determinism.reasons.iter().filter(|reason| reason.certain) {
                let at = reason.position.as_ref().map_or(String::new(), |at| format!(", {}", at.display()));
                lines.push(format!("  {name}: {}{at}", reason.message));
            }
        }
    }
    let verdicts = [Verdict::Deterministic, Verdict::Unproven, Verdict::Nondeterministic];
    let counted =
        verdicts.iter().map(|verdict| format!("{} {}", counts[*verdict as usize], verdict.as_str()));
    lines.insert(0, format!("building again: {}", counted.collect::<Vec<_>>().join(", ")));
    lines
}
