//! `histogram_sum('NAME')`: the sum of a legacy histogram, whose column holds its JSON.

use super::expand::Input;
use crate::diagnostic::Code;
use crate::schema::{Field, Type, snake_case};
use crate::sql::{Problem, tree::Span, written};

/// Where pings have histograms; those of the parent process stand outside of `processes`.
const PLACES: [&str; 4] = [
    "payload.histograms",
    "payload.processes.parent.histograms",
    "payload.keyed_histograms",
    "payload.processes.parent.keyed_histograms",
];

/// The sum of a histogram as GoogleSQL; of a keyed one the total over its keys.
///
/// # Errors
/// The table has no histogram of the name.
pub(super) fn sum(name: &str, span: Span, input: &Input) -> Result<String, Problem> {
    let mut known: Vec<&str> = Vec::new();
    for place in PLACES {
        match input.type_at(place) {
            Some(Type::Struct(histograms)) => {
                let column = snake_case(name);
                if let Some(histogram) = histograms.iter().find(|field| field.name == column)
                    && let Some(sum) = sum_of(&format!("{place}.{}", histogram.name), &histogram.ty)
                {
                    return Ok(sum);
                }
                known.extend(histograms.iter().map(|field| field.name.as_str()));
            }
            // Any name may be a key.
            Some(Type::Array(entry)) => {
                if let Some(sum) = entry.field("value").and_then(|value| total(place, value, Some(name))) {
                    return Ok(sum);
                }
            }
            _ => {}
        }
    }
    Err(Problem::new(Code::UnknownColumn, span, format!("`{}` has no histogram `{name}`", input.table))
        .hint("histograms are found under `payload` in tables of legacy pings")
        .suggest(&snake_case(name), known))
}

fn sum_of(path: &str, ty: &Type) -> Option<String> {
    match ty {
        Type::String => Some(json_sum(path)),
        Type::Array(entry) => total(path, entry.field("value")?, None),
        _ => None,
    }
}

/// The total over a list of keys and histograms, or over those of one key.
fn total(path: &str, value: &Field, key: Option<&str>) -> Option<String> {
    let sum = match &value.ty {
        Type::String => json_sum("histogram.value"),
        Type::Struct(_) if value.ty.field("sum")?.ty.is_numeric() => "histogram.value.sum".to_owned(),
        _ => return None,
    };
    let condition = match key {
        Some(key) => format!(" WHERE histogram.key = {}", written::literal(key)),
        None => String::new(),
    };
    Some(format!("(SELECT SUM({sum}) FROM UNNEST({path}) AS histogram{condition})"))
}

fn json_sum(path: &str) -> String {
    format!("SAFE_CAST(JSON_VALUE({path}, '$.sum') AS INT64)")
}

#[cfg(test)]
mod tests {
    use crate::schema::{Field, Type};
    use crate::template::{Input, expand};

    fn input(payload: Type) -> Input {
        Input {
            table: "telemetry_stable.main_v5".to_owned(),
            columns: vec![Field::new("payload", payload)].into(),
            time: None,
            others: 0,
            relation: "`telemetry_stable.main_v5`".to_owned(),
            parts: Vec::new(),
            shortcuts: Vec::new(),
            glean: None,
        }
    }

    fn record(name: &str, ty: Type) -> Type {
        Type::structure(vec![Field::new(name, ty)])
    }

    #[test]
    fn histograms_are_summed_in_every_form_that_tables_have() {
        let text = record("histograms", record("gc_ms", Type::String));
        let keyed = Type::key_value(Type::String);
        let any_name = Type::key_value(record("sum", Type::Int64));
        for (payload, expression, sql) in [
            (
                text.clone(),
                "max(histogram_sum('GC_MS'))",
                "max(SAFE_CAST(JSON_VALUE(payload.histograms.gc_ms, '$.sum') AS INT64))",
            ),
            (
                record("keyed_histograms", record("search_counts", keyed)),
                "histogram_sum('SEARCH_COUNTS')",
                "(SELECT SUM(SAFE_CAST(JSON_VALUE(histogram.value, '$.sum') AS INT64)) \
                 FROM UNNEST(payload.keyed_histograms.search_counts) AS histogram)",
            ),
            (
                record("histograms", any_name),
                "histogram_sum('GC_MS')",
                "(SELECT SUM(histogram.value.sum) FROM UNNEST(payload.histograms) AS histogram \
                 WHERE histogram.key = 'GC_MS')",
            ),
        ] {
            assert_eq!(expand(expression, &input(payload)).unwrap(), sql);
        }
        let problem = expand("histogram_sum('GC_M')", &input(text)).unwrap_err();
        assert_eq!(problem.message, "`telemetry_stable.main_v5` has no histogram `GC_M`");
        assert_eq!(problem.hint.as_deref(), Some("did you mean `gc_ms`?"));
        let number = record("histograms", record("gc_ms", Type::Int64));
        assert!(expand("histogram_sum('GC_MS')", &input(number)).is_err());
    }
}
