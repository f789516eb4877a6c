//! The query of a test: the dataset's or view's own text, analysed with the test's parameters and clock, translated, and
//! views put in front of it, those aside whose rows the test gives. It must never change the text itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::catalogue::Tables;
use crate::compile::Compilation;
use crate::query::Translated;
use crate::schema::Field;
use crate::sql::tree::Expression;
use crate::sql::{self, Parsed, Problem};

/// What is asked of a query.
pub struct Asked<'a> {
    pub compilation: &'a Compilation,
    /// Its text.
    pub sql: &'a str,
    pub parameters: BTreeMap<String, Expression>,
    pub now: Option<Timestamp>,
    /// The common table whose rows are asked for.
    pub of: Option<&'a str>,
    /// The tables and views that the test gives rows to.
    pub given: &'a BTreeSet<String>,
}

/// A query that can be run once its tables stand.
#[derive(Debug)]
pub struct Query {
    pub translated: Translated,
    /// The tables that it reads in the end, itself and through views.
    pub tables: BTreeSet<String>,
    /// Every name that the test can give rows to.
    pub reaches: BTreeSet<String>,
}

/// Why there is no query.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such common table; those that there are.
    NoCommonTable(Vec<String>),
    /// DuckDB cannot run it.
    Untranslatable(Vec<Problem>),
}

/// Makes the query.
///
/// # Errors
/// See [`Refusal`].
pub fn make(asked: &Asked) -> Result<Query, Refusal> {
    let tables =
        Tables { compilation: asked.compilation, parameters: asked.parameters.clone(), now: asked.now };
    let mut parsed = Parsed::new(asked.sql).map_err(Refusal::Untranslatable)?;
    if let Some(of) = asked.of {
        let known = parsed.common_tables().map(str::to_owned).collect();
        parsed = parsed.rows_of(of).ok_or(Refusal::NoCommonTable(known))?;
    }
    let mut translated = translated(parsed, &tables).map_err(Refusal::Untranslatable)?;
    let reaches = Reached::from(&translated.reads, asked, &tables)?;
    let own = |name: &str| reaches.views.get(name).map(String::as_str);
    translated.duckdb = sql::duckdb::with_views(&translated.duckdb, &own);
    translated.keys.extend(reaches.keys);
    Ok(Query { translated, tables: reaches.tables, reaches: reaches.names })
}

fn translated(parsed: Parsed, tables: &Tables) -> Result<Translated, Vec<Problem>> {
    let analysis = parsed.with_named_columns().analyse(tables)?;
    let duckdb = sql::duckdb::translate(&analysis)?;
    // What is only ever NULL is an INT64, as a column of a table.
    let columns = analysis.columns.iter().map(|field| Field { ty: field.ty.settled(), ..field.clone() });
    Ok(Translated {
        columns: columns.collect(),
        duckdb,
        // Their values are written into the text.
        parameters: Vec::new(),
        first_of_partition: None,
        is_ordered: !analysis.query.order_by.is_empty(),
        keys: analysis.keys.clone(),
        reads: analysis.uses.iter().map(|one| one.name.clone()).collect(),
    })
}

/// What a query reads, views followed until tables or given rows are met.
#[derive(Default)]
struct Reached {
    names: BTreeSet<String>,
    tables: BTreeSet<String>,
    /// Translated queries of views.
    views: BTreeMap<String, String>,
    keys: BTreeSet<String>,
}

impl Reached {
    fn from(reads: &BTreeSet<String>, asked: &Asked, tables: &Tables) -> Result<Self, Refusal> {
        let mut reached = Self::default();
        let mut ahead: Vec<String> = reads.iter().cloned().collect();
        while let Some(name) = ahead.pop() {
            if !reached.names.insert(name.clone()) {
                continue;
            }
            let view = asked.compilation.views.get(&name).filter(|_| !asked.given.contains(&name));
            let Some(view) = view else {
                reached.tables.insert(name);
                continue;
            };
            let read = Parsed::new(&view.sql)
                .and_then(|parsed| translated(parsed, tables))
                .map_err(Refusal::Untranslatable)?;
            ahead.extend(read.reads);
            reached.keys.extend(read.keys);
            reached.views.insert(name, read.duckdb);
        }
        Ok(reached)
    }
}
