//! The form in which compiled nodes are kept. Definitions are read anew each time; all else of a node is here,
//! and a field that is forgotten does not compile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::inputs::JoinCheck;
use super::kept_judgement::KeptJudged;
use super::nodes::Built;
use super::{
    CompiledChecks, CompiledDataset, CompiledView, Input, Partition, PartitionColumn, Reads, TableLineage,
    checks,
};
use crate::cache::{Form, Key, Memory, Reader, Writer, form};
use crate::definition::{Cardinality, Dataset, ProjectFiles, View};
use crate::diagnostic::{Code, CompiledPlace, Diagnostic, Position, Severity, Source};
use crate::period::{Anchor, Bounds, Cadence, Edge};
use crate::schema::{Field, Type};
use crate::template::find_built_in;

form!(struct Field { name, ty, description, required });
form!(enum Type {
    0 => Int64, 1 => Float64, 2 => Numeric, 3 => BigNumeric, 4 => Bool, 5 => String, 6 => Bytes, 7 => Date,
    8 => Datetime, 9 => Time, 10 => Timestamp, 11 => Interval, 12 => Json, 13 => Geography,
    14 => Array(element), 15 => Struct(fields), 16 => Null, 17 => Range(element), 18 => Unknown,
});
form!(enum Cadence { 0 => Hour, 1 => Day, 2 => Week, 3 => Month, 4 => Whole });
form!(enum Anchor { 0 => First, 1 => Last });
form!(struct Edge { anchor, days, instant });
form!(struct Bounds { from, to });
form!(enum Reads { 0 => Days(bounds), 1 => All, 2 => Whole });
form!(struct Input { table, reads, given });
form!(struct PartitionColumn { name, is_timestamp });
form!(struct Partition { cadence, column });
form!(enum Severity { 0 => Error, 1 => Warning });
form!(struct TableLineage { lineage, tables, required });
form!(struct CompiledPlace { path, line, column });

impl Form for Date {
    fn write(&self, writer: &mut Writer) {
        self.year().write(writer);
        self.month().write(writer);
        self.day().write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Date::new(i16::read(reader)?, i8::read(reader)?, i8::read(reader)?).ok()
    }
}

impl Form for Code {
    fn write(&self, writer: &mut Writer) {
        writer.text(self.as_str());
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Code::parse(reader.text()?)
    }
}

impl Form for JoinCheck {
    fn write(&self, writer: &mut Writer) {
        let Self { table, cardinality, on, duckdb } = self;
        table.write(writer);
        writer.text(cardinality);
        on.write(writer);
        duckdb.write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let table = Form::read(reader)?;
        let stated = reader.text()?;
        let known = [Cardinality::OneToOne, Cardinality::ManyToOne].map(Cardinality::as_str);
        let cardinality = known.into_iter().find(|known| *known == stated)?;
        Some(Self { table, cardinality, on: Form::read(reader)?, duckdb: Form::read(reader)? })
    }
}

/// A node as it is kept, with the names that it reads and what was found about it.
pub struct Kept<T> {
    node: T,
    read_names: Vec<String>,
    found: Vec<KeptFinding>,
}

impl<T: Form> Form for Kept<T> {
    fn write(&self, writer: &mut Writer) {
        let Self { node, read_names, found } = self;
        node.write(writer);
        read_names.write(writer);
        found.write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Some(Self { node: Form::read(reader)?, read_names: Form::read(reader)?, found: Form::read(reader)? })
    }
}

/// A dataset without its definition; its columns stand for themselves, so that those of a wide table are kept once.
pub struct KeptDataset {
    sql: String,
    duckdb: String,
    init: Option<(String, String)>,
    columns: Key,
    partition: Partition,
    inputs: Vec<Input>,
    reads_self: Option<Bounds>,
    start: Date,
    has_parameters: bool,
    keys: BTreeSet<String>,
    /// DuckDB's query, what finds the rows that fail, and the hash; the checks themselves stand in the definition.
    checks: (String, (Vec<(String, String)>, String)),
    joins: Vec<JoinCheck>,
    judged: KeptJudged,
    lineage: TableLineage,
    hash: String,
}
form!(struct KeptDataset {
    sql, duckdb, init, columns, partition, inputs, reads_self, start, has_parameters, keys, checks, joins, judged,
    lineage, hash,
});

/// A view without its definition.
pub struct KeptView {
    sql: String,
    duckdb: String,
    columns: Key,
    bases: BTreeMap<String, bool>,
    partition_column: Option<String>,
    keys: BTreeSet<String>,
    judged: KeptJudged,
    lineage: TableLineage,
    hash: String,
}
form!(struct KeptView { sql, duckdb, columns, bases, partition_column, keys, judged, lineage, hash });

/// What is kept of a node: itself, or with its definition the whole of it again.
pub trait Keep: Sized {
    type Definition;
    type Kept: Form;

    fn kept(&self, memory: &Memory) -> Self::Kept;
    fn restored(
        kept: Self::Kept,
        definition: &Arc<Self::Definition>,
        columns: &dyn Fn(&Key) -> Option<Arc<[Field]>>,
        source: &dyn Fn(&str) -> Option<Arc<Source>>,
    ) -> Option<Self>;
}

impl Keep for CompiledDataset {
    type Definition = Dataset;
    type Kept = KeptDataset;

    fn kept(&self, memory: &Memory) -> KeptDataset {
        let Self {
            definition,
            sql,
            duckdb,
            init,
            columns,
            partition,
            inputs,
            reads_self,
            start,
            has_parameters,
            keys,
            checks,
            joins,
            judged,
            lineage,
            hash,
        } = self;
        let CompiledChecks { checks: _, duckdb: checked, finds, hash: hash_of_checks } = checks;
        KeptDataset {
            sql: sql.clone(),
            duckdb: duckdb.clone(),
            init: init.clone(),
            columns: memory.put_content(columns),
            partition: partition.clone(),
            inputs: inputs.clone(),
            reads_self: *reads_self,
            start: *start,
            has_parameters: *has_parameters,
            keys: keys.clone(),
            checks: (checked.clone(), (finds.clone(), hash_of_checks.clone())),
            joins: joins.clone(),
            judged: KeptJudged::new(judged, &definition.exceptions),
            lineage: lineage.clone(),
            hash: hash.clone(),
        }
    }

    fn restored(
        kept: KeptDataset,
        definition: &Arc<Dataset>,
        columns: &dyn Fn(&Key) -> Option<Arc<[Field]>>,
        source: &dyn Fn(&str) -> Option<Arc<Source>>,
    ) -> Option<Self> {
        let (duckdb, (finds, hash)) = kept.checks;
        let columns = columns(&kept.columns)?;
        let checks = checks::all(definition, &columns);
        Some(Self {
            definition: Arc::clone(definition),
            sql: kept.sql,
            duckdb: kept.duckdb,
            init: kept.init,
            columns,
            partition: kept.partition,
            inputs: kept.inputs,
            reads_self: kept.reads_self,
            start: kept.start,
            has_parameters: kept.has_parameters,
            keys: kept.keys,
            checks: CompiledChecks { checks, duckdb, finds, hash },
            joins: kept.joins,
            judged: kept.judged.restored(&definition.exceptions, source)?,
            lineage: kept.lineage,
            hash: kept.hash,
        })
    }
}

impl Keep for CompiledView {
    type Definition = View;
    type Kept = KeptView;

    fn kept(&self, memory: &Memory) -> KeptView {
        let Self { definition, sql, duckdb, columns, bases, partition_column, keys, judged, lineage, hash } =
            self;
        KeptView {
            sql: sql.clone(),
            duckdb: duckdb.clone(),
            columns: memory.put_content(columns),
            bases: bases.clone(),
            partition_column: partition_column.clone(),
            keys: keys.clone(),
            judged: KeptJudged::new(judged, &definition.exceptions),
            lineage: lineage.clone(),
            hash: hash.clone(),
        }
    }

    fn restored(
        kept: KeptView,
        definition: &Arc<View>,
        columns: &dyn Fn(&Key) -> Option<Arc<[Field]>>,
        source: &dyn Fn(&str) -> Option<Arc<Source>>,
    ) -> Option<Self> {
        Some(Self {
            definition: Arc::clone(definition),
            sql: kept.sql,
            duckdb: kept.duckdb,
            columns: columns(&kept.columns)?,
            bases: kept.bases,
            partition_column: kept.partition_column,
            keys: kept.keys,
            judged: kept.judged.restored(&definition.exceptions, source)?,
            lineage: kept.lineage,
            hash: kept.hash,
        })
    }
}

impl<T: Form> Kept<T> {
    pub fn new<B: Keep<Kept = T>>(built: &Built<B>, found: &[Diagnostic], memory: &Memory) -> Self {
        let Built { compiled, read_names } = built;
        Self {
            node: compiled.kept(memory),
            read_names: read_names.clone(),
            found: found.iter().map(KeptFinding::new).collect(),
        }
    }

    /// The node again, with what was found about it.
    pub fn restored<B: Keep<Kept = T>>(
        self,
        definition: &Arc<B::Definition>,
        columns: &dyn Fn(&Key) -> Option<Arc<[Field]>>,
        source: &dyn Fn(&str) -> Option<Arc<Source>>,
    ) -> Option<(Built<B>, Vec<Diagnostic>)> {
        let Self { node, read_names, found } = self;
        let found = found.into_iter().map(|finding| finding.restored(source)).collect::<Option<_>>()?;
        Some((Built { compiled: B::restored(node, definition, columns, source)?, read_names }, found))
    }
}

/// Finds the file that a finding was about: one of the project, or a built-in template.
pub fn source_of(files: &ProjectFiles) -> impl Fn(&str) -> Option<Arc<Source>> {
    let by_path: OnceLock<BTreeMap<&str, &Arc<Source>>> = OnceLock::new();
    move |path| {
        let by_path = by_path.get_or_init(|| {
            let ProjectFiles { config, definitions, beside, templates } = files;
            let all = definitions.iter().chain(beside.values()).chain(templates.values()).chain([config]);
            all.map(|source| (source.path.as_str(), source)).collect()
        });
        if let Some(source) = by_path.get(path) {
            return Some(Arc::clone(source));
        }
        let built_in = find_built_in(path.strip_suffix(".init").unwrap_or(path))?;
        let text = if path == built_in.name { built_in.text } else { built_in.init? };
        Some(Source::new(path, text))
    }
}

/// A place in a file of the project, by its path.
pub struct KeptPosition {
    path: String,
    line: u32,
    column: u32,
    length: u32,
}
form!(struct KeptPosition { path, line, column, length });

impl KeptPosition {
    pub fn new(position: &Position) -> Self {
        let Position { source, line, column, length } = position;
        Self { path: source.path.clone(), line: *line, column: *column, length: *length }
    }

    pub fn restored(self, source: &dyn Fn(&str) -> Option<Arc<Source>>) -> Option<Position> {
        let Self { path, line, column, length } = self;
        Some(Position { source: source(&path)?, line, column, length })
    }
}

/// A finding, with paths in place of texts.
pub struct KeptFinding {
    code: Code,
    severity: Severity,
    message: String,
    position: Option<KeptPosition>,
    label: String,
    related: Vec<(KeptPosition, String)>,
    notes: Vec<String>,
    hint: Option<String>,
    compiled: Option<CompiledPlace>,
}
form!(struct KeptFinding { code, severity, message, position, label, related, notes, hint, compiled });

impl KeptFinding {
    pub fn new(finding: &Diagnostic) -> Self {
        let Diagnostic { code, severity, message, position, compiled, label, related, notes, hint } = finding;
        Self {
            code: *code,
            severity: *severity,
            message: message.clone(),
            position: position.as_ref().map(KeptPosition::new),
            label: label.clone(),
            related: related.iter().map(|(at, label)| (KeptPosition::new(at), label.clone())).collect(),
            notes: notes.clone(),
            hint: hint.clone(),
            compiled: compiled.clone(),
        }
    }

    /// The finding again; nothing where one of its files is not at hand.
    pub fn restored(self, source: &dyn Fn(&str) -> Option<Arc<Source>>) -> Option<Diagnostic> {
        let Self { code, severity, message, position, label, related, notes, hint, compiled } = self;
        let position = match position {
            Some(position) => Some(position.restored(source)?),
            None => None,
        };
        let related = related.into_iter().map(|(at, label)| Some((at.restored(source)?, label)));
        let related = related.collect::<Option<_>>()?;
        Some(Diagnostic { code, severity, message, position, compiled, label, related, notes, hint })
    }
}
