//! A case: a query, what it may read, and our verdict on it.

use serde_json::{Map, Value as Json};
use tidemill::schema::Field;
use tidemill::sql::{Catalogue, PARAMETERS, Parsed, Problem};

/// The columns, name and type each, or why there are none.
pub type Verdict = Result<Vec<(String, String)>, String>;

pub struct Case {
    pub name: String,
    pub sql: String,
    /// BigQuery schemas by table.
    pub tables: Map<String, Json>,
    /// Statements that stand before the query.
    pub before: Vec<String>,
    pub ours: Verdict,
}

impl Case {
    /// As the judge reads it.
    pub fn request(&self) -> Json {
        let parameters: Map<String, Json> =
            PARAMETERS.iter().map(|(name, ty)| ((*name).to_owned(), Json::from(ty.to_string()))).collect();
        serde_json::json!({
            "id": self.name,
            "sql": self.sql,
            "tables": self.tables,
            "before": self.before,
            "parameters": parameters,
        })
    }
}

/// Our own verdict.
pub fn ours(sql: &str, catalogue: &dyn Catalogue) -> Verdict {
    let message = |problem: &Problem| format!("{} {}", problem.code.as_str(), problem.message);
    match Parsed::new(sql).and_then(|parsed| parsed.with_named_columns().analyse(catalogue)) {
        Ok(analysis) => Ok(columns(&analysis.columns)),
        Err(problems) => Err(problems.iter().map(message).collect::<Vec<_>>().join("; ")),
    }
}

pub fn columns(fields: &[Field]) -> Vec<(String, String)> {
    fields.iter().map(|field| (field.name.clone(), field.ty.to_string())).collect()
}
