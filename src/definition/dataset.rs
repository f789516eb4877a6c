//! `dataset:` a table that Tidemill fills. The table of header keys stands in `docs/definitions.md`.

use jiff::civil::Date;

use super::checks::{self, Check};
use super::contract::{self, Contract};
use super::inputs::{self, Inputs};
use super::matrix::Axis;
use super::values::{self, TableName, days, optional_date, optional_days, table_name};
use super::versions::{self, Deprecated, Serves};
use super::{Context, Defaults, Exception, QueryParameter, query_parameters, rules};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::period::{Bounds, Cadence};
use crate::yaml::{MapReader, Node, Text, Value};

/// A dataset's definition.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    pub from: Option<Inputs>,
    pub query: QuerySource,
    /// Template parameters, as they were written.
    pub with: Option<Node>,
    pub partition_by: Option<PartitionBy>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub paused: bool,
    /// Whether each partition copies a state that moves on, and cannot be built later.
    pub is_snapshot: bool,
    pub reads: Vec<ReadsDeclaration>,
    pub reads_self: Option<(SelfReads, Position)>,
    /// Values that the query names `@name`.
    pub parameters: Vec<QueryParameter>,
    pub lookback: u32,
    pub on_change: OnChange,
    /// A query that fills all partitions up to a date at once.
    pub init: Option<QuerySource>,
    pub cluster_by: Vec<Text>,
    /// Days that a partition is kept.
    pub expires: Option<u32>,
    /// The columns that it promises to give.
    pub contract: Option<Contract>,
    /// Descriptions of columns that the dataset adds.
    pub columns: Vec<(Text, String)>,
    pub labels: Vec<(String, String)>,
    pub tags: Vec<String>,
    pub checks: Vec<Check>,
    /// An empty partition may take the place of a full one.
    pub allow_empty: bool,
    /// The column by which a client's rows are deleted on request.
    pub deletion: Option<Text>,
    /// Whether anybody may read it, so that it must not tell people apart.
    pub public: bool,
    /// Rules that it may break.
    pub exceptions: Vec<Exception>,
    /// What users read.
    pub view: Option<TableName>,
    /// Which version the view shows, where several have it.
    pub serves: Option<Serves>,
    pub deprecated: Option<Deprecated>,
    /// Of the matrix that the dataset is a member of: names at hand in its own SQL.
    pub axes: Vec<Axis>,
}

/// Where a dataset's SQL comes from.
#[derive(Clone, Debug)]
pub enum QuerySource {
    Template(Text),
    /// SQL in the definition itself.
    Inline(Text),
    /// A `.sql` file beside the definition.
    File(Text),
}

/// `partition_by`: how the table is cut.
#[derive(Clone, Debug)]
pub struct PartitionBy {
    /// The template's without it.
    pub column: Option<Text>,
    pub every: Cadence,
    pub position: Position,
}

/// Which days of an upstream table a partition reads, as stated.
#[derive(Clone, Debug)]
pub struct ReadsDeclaration {
    pub table: Text,
    pub bounds: Bounds,
}

/// How far back a dataset reads itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfReads {
    Last { days: u32 },
    AllBefore,
}

impl SelfReads {
    pub fn bounds(self) -> Bounds {
        match self {
            SelfReads::Last { days } => Bounds::days(Some(-(days as i32)), -1),
            SelfReads::AllBefore => Bounds::days(None, -1),
        }
    }
}

/// What a changed definition does to partitions that stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnChange {
    /// They are reported as stale and rebuilt only by `backfill`.
    Forward,
    /// Those of the last days are due.
    Rebuild { days: u32 },
}

/// Reads a dataset's file.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<Dataset> {
    read_as("dataset", node, context, found)
}

/// Reads the file of a snapshot: a dataset whose query is given.
pub fn read_snapshot(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<Dataset> {
    read_as("snapshot", node, context, found)
}

fn read_as(
    kind: &'static str,
    node: &Node,
    context: &Context,
    found: &mut Vec<Diagnostic>,
) -> Option<Dataset> {
    let is_snapshot = kind == "snapshot";
    let shape = if is_snapshot { &shapes::SNAPSHOT } else { &shapes::DATASET };
    let reader = MapReader::of(node, format!("a {kind}"), shape);
    let written = reader.required_text(kind, "name the table");
    let name = written.as_ref().and_then(|text| table_name(&reader, kind, text, true));
    let description = reader.required_text("description", "say what one row is");
    let owners = values::owners(&reader, &context.defaults.owners);
    let (query, init, from) = if is_snapshot {
        let template =
            written.map(|text| QuerySource::Template(Text::new("tidemill/snapshot", &text.position)));
        let state = reader.required_text("from", "the table that holds the state");
        (template, None, state.map(Inputs::Table))
    } else {
        let query = query_source(&reader, ["template", "sql"], Some("a dataset"), context);
        (query, query_source(&reader, ["", "init"], None, context), inputs::inputs(&reader))
    };
    let with = if is_snapshot { None } else { parameters(&reader, query.as_ref(), "this dataset") };
    if let (Some(Inputs::Joined { .. }), Some(QuerySource::Inline(text) | QuerySource::File(text))) =
        (&from, &init)
    {
        reader.report(
            Diagnostic::error(
                Code::InvalidJoin,
                "`init` does not go with a join, which is checked one partition at a time",
            )
            .at(&text.position)
            .hint("take `init` out; the partitions are built one by one"),
        );
    }
    versions::access(&reader);
    let dataset = Dataset {
        name: name.clone().unwrap_or_else(|| TableName::new("", "", reader.position())),
        description: description.as_ref().map_or(String::new(), |text| text.text.clone()),
        owners,
        from,
        query: query.clone().unwrap_or(QuerySource::Inline(Text::new("", reader.position()))),
        with,
        partition_by: if is_snapshot { None } else { partition_by(&reader) },
        start: optional_date(&reader, "start"),
        end: optional_date(&reader, "end"),
        paused: reader.optional_bool("paused").unwrap_or(false),
        is_snapshot,
        reads: if is_snapshot { Vec::new() } else { reads(&reader) },
        reads_self: if is_snapshot { None } else { reads_self(&reader) },
        parameters: if is_snapshot { Vec::new() } else { query_parameters::read(&reader) },
        lookback: optional_days(&reader, "lookback").unwrap_or(context.defaults.lookback),
        on_change: on_change(&reader).unwrap_or(context.defaults.on_change),
        init,
        cluster_by: reader.optional_texts("cluster_by"),
        expires: optional_days(&reader, "expires"),
        contract: contract::read(&reader, context),
        columns: columns(&reader),
        labels: values::labels(&reader),
        tags: reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect(),
        checks: checks::read(&reader, context),
        allow_empty: reader.optional_bool("allow_empty").unwrap_or(false),
        deletion: deletion(&reader),
        public: reader.optional_bool("public").unwrap_or(false),
        exceptions: rules::exceptions(&reader),
        view: reader.optional_text("view").and_then(|text| table_name(&reader, "view", &text, false)),
        serves: versions::serves(&reader, node.get("view").is_some()),
        deprecated: versions::deprecated(&reader),
        axes: Vec::new(),
    };
    if let (Some(start), Some(end)) = (dataset.start, dataset.end)
        && end < start
        && let Some(node) = reader.optional("end")
    {
        let message = format!("`end` {end} lies before `start` {start}");
        let hint = "a dataset runs from `start` to `end`; `paused: true` stops it without a day";
        reader.report(Diagnostic::error(Code::ImpossibleDate, message).at(&node.position).hint(hint));
    }
    // Without what it reads nothing can be said of a query.
    let reads_nothing = dataset.from.is_none() && reader.optional("from").is_some();
    found.extend(reader.finish());
    name?;
    query.filter(|_| !reads_nothing).map(|_| dataset)
}

/// What stands under `with:`, which only a template takes.
pub(super) fn parameters(reader: &MapReader, query: Option<&QuerySource>, what: &str) -> Option<Node> {
    let with = reader.optional("with")?;
    if let Some(QuerySource::Inline(_) | QuerySource::File(_)) = query {
        let message = format!("`with` holds parameters of a template; {what} has `sql` of its own");
        reader.report(
            Diagnostic::error(Code::WrongParameter, message)
                .at(&with.position)
                .hint("write the values into the SQL, or move it to a template that declares them"),
        );
        return None;
    }
    Some(with.clone())
}

/// One of `template` and `sql`; `sql` ending in `.sql` is a file beside the definition.
pub(super) fn query_source(
    reader: &MapReader,
    [template_key, sql_key]: [&'static str; 2],
    required: Option<&str>,
    context: &Context,
) -> Option<QuerySource> {
    let template = if template_key.is_empty() { None } else { reader.optional_text(template_key) };
    let sql = reader.optional_text(sql_key);
    match (template, sql) {
        (Some(template), None) => Some(QuerySource::Template(template)),
        (None, Some(sql))
            if sql.text.trim().ends_with(".sql") && !sql.text.trim().contains(char::is_whitespace) =>
        {
            match context.files.beside(&sql.position.source, sql.text.trim()) {
                Ok(_) => Some(QuerySource::File(sql)),
                Err(problem) => {
                    reader.report(Diagnostic::error(Code::UnreadableFile, problem).at(&sql.position));
                    None
                }
            }
        }
        (None, Some(sql)) => Some(QuerySource::Inline(sql)),
        (Some(_), Some(sql)) => {
            reader.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    "a query comes from a `template` or is `sql` of its own, not both",
                )
                .at(&sql.position)
                .hint("keep one of them"),
            );
            None
        }
        (None, None) => {
            let what = required?;
            reader.report(
                Diagnostic::error(Code::MissingKey, format!("{what} needs `template` or `sql`"))
                    .at(reader.position())
                    .hint("`tidemill template` lists the built-in templates"),
            );
            None
        }
    }
}

/// `partition_by: none`, `partition_by: submission_date` or `{column: submission_hour, every: hour}`.
fn partition_by(reader: &MapReader) -> Option<PartitionBy> {
    let node = reader.optional("partition_by")?;
    let (column, every) = match &node.value {
        Value::Text(text) if text == "none" => (None, Cadence::Whole),
        Value::Text(every) if matches!(every.as_str(), "hour" | "week" | "month") => {
            reader.report(
                Diagnostic::error(Code::InvalidValue, format!("`partition_by: {every}` names a column"))
                    .at(&node.position)
                    .hint(format!("write `partition_by: {{column: submission_{every}, every: {every}}}`")),
            );
            return None;
        }
        Value::Text(text) => (Some(Text::new(text.as_str(), &node.position)), Cadence::Day),
        _ => {
            let inner = MapReader::of(node, "`partition_by`", &shapes::PARTITION);
            let every = values::every(&inner);
            let column = match every {
                Some(Cadence::Hour) => {
                    inner.required_text("column", "name the TIMESTAMP column, for example `submission_hour`")
                }
                _ => inner.optional_text("column"),
            };
            reader.report_all(inner.finish());
            (column, every?)
        }
    };
    Some(PartitionBy { column, every, position: node.position.clone() })
}

fn reads(reader: &MapReader) -> Vec<ReadsDeclaration> {
    let Some(node) = reader.optional("reads") else { return Vec::new() };
    reader
        .entries("reads", node)
        .into_iter()
        .filter_map(|(table, value)| bounds(reader, value).map(|bounds| ReadsDeclaration { table, bounds }))
        .collect()
}

/// `same_day`, `all_before` or `{last: 28 days, ahead: 1 day}`; the last 28 days end with the day itself.
fn bounds(reader: &MapReader, node: &Node) -> Option<Bounds> {
    match node.as_text() {
        Some("same_day") => return Some(Bounds::SAME_DAY),
        Some("all_before") => return Some(Bounds::days(None, 0)),
        Some(_) => {
            let text = reader.text("reads", node)?;
            return reader.parsed("reads", &text, |_| {
                Err("write `same_day`, `all_before` or `{last: 28 days}`".to_owned())
            });
        }
        None => {}
    }
    let inner = MapReader::of(node, "`reads`", &shapes::READS);
    let last = optional_days(&inner, "last");
    let ahead = optional_days(&inner, "ahead").unwrap_or(0);
    reader.report_all(inner.finish());
    Some(Bounds::days(Some(1 - last.unwrap_or(1).max(1) as i32), ahead as i32))
}

/// `reads_self: all_before` or `reads_self: {last: 27 days}`, with its place.
pub fn reads_self(reader: &MapReader) -> Option<(SelfReads, Position)> {
    let node = reader.optional("reads_self")?;
    let position = node.position.clone();
    if let Some(text) = node.as_text() {
        let text = Text::new(text, &node.position);
        let parsed = reader.parsed("reads_self", &text, |text| match text {
            "all_before" => Ok(SelfReads::AllBefore),
            _ => Err("write `all_before` or `{last: 27 days}`".to_owned()),
        });
        return parsed.map(|reads| (reads, position));
    }
    let inner = MapReader::of(node, "`reads_self`", &shapes::READS_SELF);
    let last = inner
        .required("last", "how far back a partition reads its own past")
        .and_then(|node| days(&inner, "last", node));
    reader.report_all(inner.finish());
    last.map(|last| (SelfReads::Last { days: last.max(1) }, position))
}

/// `on_change: forward` or `on_change: {rebuild: 30 days}`.
pub fn on_change(reader: &MapReader) -> Option<OnChange> {
    let node = reader.optional("on_change")?;
    if node.as_text().is_some() {
        let text = reader.text("on_change", node)?;
        return reader.parsed("on_change", &text, |text| match text {
            "forward" => Ok(OnChange::Forward),
            _ => Err("write `forward` or `{rebuild: 30 days}`".to_owned()),
        });
    }
    let inner = MapReader::of(node, "`on_change`", &shapes::ON_CHANGE);
    let back = inner
        .required("rebuild", "how many days back are rebuilt")
        .and_then(|node| days(&inner, "rebuild", node));
    reader.report_all(inner.finish());
    back.map(|days| OnChange::Rebuild { days })
}

fn columns(reader: &MapReader) -> Vec<(Text, String)> {
    let Some(node) = reader.optional("columns") else { return Vec::new() };
    reader
        .entries("columns", node)
        .into_iter()
        .filter_map(|(name, value)| reader.text("columns", value).map(|description| (name, description.text)))
        .collect()
}

fn deletion(reader: &MapReader) -> Option<Text> {
    let text = reader.optional_text("deletion")?;
    let column = reader.parsed("deletion", &text, |text| {
        let column = text.strip_prefix("by ").map(str::trim).filter(|column| !column.is_empty());
        column.map(str::to_owned).ok_or_else(|| "write `by client_id`".to_owned())
    })?;
    Some(Text::new(column, &text.position))
}

impl Dataset {
    /// How often the dataset has a partition.
    pub fn cadence(&self) -> Cadence {
        self.partition_by.as_ref().map_or(Cadence::Day, |partition_by| partition_by.every)
    }

    /// The stable dataset that every ping source brings.
    pub fn stable(name: TableName, live: &TableName, source: &super::Source, defaults: &Defaults) -> Self {
        let position = &source.name.position;
        Self {
            name,
            description: format!("One row per document and day of {}.", live.full()),
            owners: source.owners.clone(),
            from: Some(Inputs::Table(Text::new(live.full(), position))),
            query: QuerySource::Template(Text::new("tidemill/stable", position)),
            with: None,
            partition_by: None,
            start: Some(source.start),
            end: None,
            paused: false,
            is_snapshot: false,
            reads: Vec::new(),
            reads_self: None,
            parameters: Vec::new(),
            lookback: source.lookback.unwrap_or(defaults.lookback),
            on_change: defaults.on_change,
            init: None,
            cluster_by: Vec::new(),
            expires: source.stable_expires,
            contract: None,
            columns: Vec::new(),
            labels: source.labels.clone(),
            tags: source.tags.clone(),
            checks: Vec::new(),
            allow_empty: false,
            deletion: None,
            public: false,
            exceptions: Vec::new(),
            view: None,
            serves: None,
            deprecated: None,
            axes: Vec::new(),
        }
    }
}
