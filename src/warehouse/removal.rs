//! Removing what Tidemill made in a target, and nothing else: tables that others filled stay.

use std::collections::BTreeSet;

use anyhow::Context;

use super::DuckDb;
use crate::sql::duckdb::identifier;

/// What Tidemill made in a file, by logical names.
#[derive(Debug, Default, PartialEq)]
pub struct Made {
    pub tables: Vec<String>,
    pub views: Vec<String>,
    pub markers: i64,
    /// Tables and views of the file that are somebody else's, by physical names.
    pub others: Vec<String>,
}

impl DuckDb {
    /// Looks at what Tidemill made here.
    pub fn made(&self) -> anyhow::Result<Made> {
        let session = self.session()?;
        let names = |sql: &str| -> anyhow::Result<Vec<String>> {
            let mut statement = session.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<duckdb::Result<_>>()?)
        };
        // What was only looked at has markers of its own kind.
        let mut tables = names(
            "SELECT name FROM partitioning UNION SELECT dataset FROM marker WHERE attempt <> 'observed' ORDER BY 1",
        )?;
        let mut views = names("SELECT name FROM \"view\" ORDER BY 1")?;
        let standing: BTreeSet<String> = names(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables()
             WHERE database_name = current_database() AND NOT internal AND NOT temporary
             UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views()
             WHERE database_name = current_database() AND NOT internal AND NOT temporary",
        )?
        .into_iter()
        .collect();
        let physical = |name: &String| match name.split_once('.') {
            Some((schema, table)) => format!("{}.{table}", self.names.schema(schema)),
            None => name.clone(),
        };
        tables.retain(|name| standing.contains(&physical(name)));
        views.retain(|name| standing.contains(&physical(name)));
        let ours: BTreeSet<String> = tables.iter().chain(&views).map(physical).collect();
        let own_schema = format!("{}.", self.names.own_schema());
        let others = standing
            .into_iter()
            .filter(|name| !ours.contains(name) && !name.starts_with(&own_schema))
            .collect();
        let markers = session.query_row("SELECT count(*) FROM marker", [], |row| row.get(0))?;
        Ok(Made { tables, views, markers, others })
    }

    /// Removes what Tidemill made here, its own tables included.
    pub fn remove(&self, made: &Made) -> anyhow::Result<()> {
        let session = self.session()?;
        let mut statements = String::new();
        for view in &made.views {
            statements.push_str(&format!("DROP VIEW IF EXISTS {};", self.names.table(view)));
        }
        for table in &made.tables {
            statements.push_str(&format!("DROP TABLE IF EXISTS {};", self.names.table(table)));
        }
        let schemas: BTreeSet<String> = made
            .tables
            .iter()
            .chain(&made.views)
            .filter_map(|name| name.split('.').next())
            .map(|schema| self.names.schema(schema))
            .collect();
        for schema in schemas {
            let prefix = format!("{schema}.");
            if !made.others.iter().any(|other| other.starts_with(&prefix)) {
                statements.push_str(&format!("DROP SCHEMA IF EXISTS {} CASCADE;", identifier(&schema)));
            }
        }
        statements.push_str(&format!("DROP SCHEMA {} CASCADE;", identifier(&self.names.own_schema())));
        session
            .execute_batch(&format!("SET schema = 'main'; BEGIN; {statements} COMMIT; CHECKPOINT;"))
            .inspect_err(|_| {
                let _ = session.execute_batch("ROLLBACK");
            })
            .with_context(|| format!("removing tables from {}", self.path.display()))
    }
}
