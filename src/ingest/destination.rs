//! The source that a file is for, where its lines do not say it themselves: all but pings.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::compile::{Compilation, CompiledSource};
use crate::definition::SourceKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::json_schema::PayloadValidator;
use crate::schema::{Field, Type};

use super::envelope::ADDITIONAL_PROPERTIES;
use super::shard;

/// What becomes of a file's rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filling {
    /// They are added; the identifier of a line keeps repeated ones out.
    Log { id: Option<String> },
    /// They replace their day.
    Shard,
    /// They are added.
    Append,
}

/// The table that files are loaded into.
#[derive(Clone, Debug)]
pub struct Destination {
    pub table: String,
    pub columns: Vec<Field>,
    /// The column that says the day of a row; none where the table is one whole.
    pub day: Option<String>,
    pub(super) filling: Filling,
    /// The columns that stand in a line.
    pub(super) own: Vec<Field>,
    /// Judges lines, where the source has a JSON Schema.
    pub(super) validator: Option<Arc<PayloadValidator>>,
    /// The type of the column for what a line holds beyond the schema.
    pub(super) additional: Option<Type>,
}

impl Destination {
    /// Whether files can be loaded by one command: of two shards of a day only one could stay.
    ///
    /// # Errors
    /// Two files that are shards of one day.
    pub fn check(&self, files: &[PathBuf]) -> Result<(), Diagnostic> {
        let mut days: BTreeMap<Date, &PathBuf> = BTreeMap::new();
        for file in files.iter().filter(|_| matches!(self.filling, Filling::Shard)) {
            // A file with another name is reported when its turn comes.
            let Ok(day) = shard::day(file) else { continue };
            if let Some(other) = days.insert(day, file) {
                let message = format!("{} and {} are both shards of {day}", other.display(), file.display());
                return Err(Diagnostic::error(Code::WrongShard, message)
                    .hint("a shard replaces its day: give the one that holds; nothing was loaded"));
            }
        }
        Ok(())
    }

    /// The source of a name.
    ///
    /// # Errors
    /// There is none, or it takes pings, which say themselves where they belong.
    pub fn find(compilation: &Compilation, name: &str) -> Result<Self, Diagnostic> {
        let Some(source) = compilation.sources.get(name) else {
            let known = compilation.sources.values().filter(|source| !is_ping(source));
            let known: Vec<&str> = known.map(|source| source.table.as_str()).collect();
            let finding = Diagnostic::error(Code::UnknownSelection, format!("no source `{name}`"));
            return Err(match known.as_slice() {
                [] => finding.hint("the project has no source of kind `log`, `web` or `table`"),
                known => finding
                    .hint(format!("sources that files are loaded into: {}", known.join(", ")))
                    .suggest(name, known.iter().copied()),
            });
        };
        let filling = match &source.definition.kind {
            SourceKind::Ping { .. } => {
                let message = format!("`{name}` takes pings, which say themselves where they belong");
                return Err(Diagnostic::error(Code::UnknownSelection, message)
                    .hint("ingest submissions without `--source`"));
            }
            SourceKind::Log { id, .. } => Filling::Log { id: id.clone() },
            SourceKind::Web => Filling::Shard,
            SourceKind::Table { .. } => Filling::Append,
        };
        let is_additional = |field: &&Field| {
            field.name == ADDITIONAL_PROPERTIES && matches!(field.ty, Type::String | Type::Json)
        };
        let day = source.definition.partition_column();
        let is_given = |field: &&Field| filling == Filling::Shard && Some(field.name.as_str()) == day;
        let additional = source.columns.iter().find(is_additional);
        let own = source.columns.iter().filter(|field| !is_additional(field) && !is_given(field));
        let own = own.cloned().collect();
        Ok(Self {
            table: source.table.clone(),
            columns: source.columns.to_vec(),
            day: day.map(str::to_owned),
            own,
            validator: source.definition.validator.clone(),
            additional: additional.map(|field| field.ty.clone()),
            filling,
        })
    }
}

fn is_ping(source: &CompiledSource) -> bool {
    matches!(source.definition.kind, SourceKind::Ping { .. })
}
