//! One node: its SQL rendered, analysed and bound to partitions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::expand::Nodes;
use super::functions::Routines;
use super::nodes::Draft;
use super::{CompiledDataset, CompiledView, bind, checks, hash, inputs, query_parameters};
use crate::definition::{
    Dataset, Inputs, ProjectFiles, QueryParameter, QuerySource, SourceKind, View, ViewSql,
};
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::period::Cadence;
use crate::schema::glean::Metric;
use crate::schema::{Field, Type, shortcuts};
use crate::sql::{self, Analysis, Catalogue, Parsed, Problem, Routine, Table, tree::Expression, tree::Span};
use crate::template::{Input, Library, Part, RenderRequest, Rendered, RowTime, TemplateText};
use crate::yaml;

/// Tables whose columns are known: sources, and what was compiled so far.
pub struct Ready {
    pub tables: BTreeMap<String, Known>,
    names: Vec<String>,
    /// Translated queries of views.
    views: BTreeMap<String, String>,
    pub routines: Routines,
    target: String,
}

/// What is known of a table.
#[derive(Clone)]
pub struct Known {
    pub columns: Arc<[Field]>,
    pub partition_column: Option<String>,
    pub start: Option<Date>,
    /// For views: the tables behind, and whether conditions move to them.
    pub bases: Option<BTreeMap<String, bool>>,
    /// What of it decides a reader's data: empty for tables, the hash for views and static tables.
    pub hash: String,
    /// The version of a static table.
    pub given: Option<i64>,
    /// The keys that a view hashes with.
    pub keys: BTreeSet<String>,
    pub glean: Option<(String, Arc<Vec<Metric>>)>,
}

impl Ready {
    pub fn new(nodes: &Nodes) -> Self {
        let mut names: Vec<String> = nodes.sources.keys().cloned().collect();
        names.extend(nodes.datasets.keys().cloned());
        names.extend(nodes.views.keys().cloned());
        names.extend(nodes.static_tables.keys().cloned());
        let glean_of = |table: &str| match &nodes.sources.get(table)?.definition.kind {
            SourceKind::Ping { ping, glean: Some(metrics), .. } => Some((ping.clone(), Arc::clone(metrics))),
            _ => None,
        };
        let tables = nodes.sources.iter().map(|(name, source)| {
            let known = Known {
                columns: Arc::clone(&source.columns),
                partition_column: source.definition.partition_column().map(str::to_owned),
                start: Some(source.definition.start),
                bases: None,
                hash: String::new(),
                given: None,
                keys: BTreeSet::new(),
                glean: glean_of(name),
            };
            (name.clone(), known)
        });
        let given = nodes.static_tables.iter().map(|(name, table)| (name.clone(), table.known()));
        Self {
            tables: tables.chain(given).collect(),
            names,
            views: BTreeMap::new(),
            routines: nodes.routines.clone(),
            target: nodes.target.clone(),
        }
    }

    /// The keys that a query hashes with, and those of the views that it reads.
    fn keys(&self, analysis: &Analysis) -> BTreeSet<String> {
        let views = analysis.uses.iter().filter_map(|table_use| self.tables.get(&table_use.name));
        views.flat_map(|known| known.keys.iter()).chain(&analysis.keys).cloned().collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }

    /// The day of a table's row, as an expression.
    pub fn row_time(&self, name: &str) -> Option<RowTime> {
        let known = self.tables.get(name)?;
        let column = known.partition_column.as_ref()?;
        let is_date = known.columns.iter().any(|field| field.name == *column && field.ty == Type::Date);
        Some(RowTime::new(column, is_date))
    }

    pub fn add_dataset(&mut self, name: &str, dataset: &CompiledDataset) {
        let known = Known {
            columns: Arc::clone(&dataset.columns),
            partition_column: dataset.partition.column_name().map(str::to_owned),
            start: Some(dataset.start),
            bases: None,
            hash: String::new(),
            given: None,
            keys: BTreeSet::new(),
            glean: None,
        };
        self.tables.insert(name.to_owned(), known);
    }

    pub fn add_view(&mut self, name: &str, view: &CompiledView) {
        self.views.insert(name.to_owned(), view.duckdb.clone());
        let known = Known {
            columns: Arc::clone(&view.columns),
            partition_column: view.partition_column.clone(),
            start: view.bases.keys().filter_map(|base| self.tables.get(base)?.start).max(),
            bases: Some(view.bases.clone()),
            hash: view.hash.clone(),
            given: None,
            keys: view.keys.clone(),
            glean: None,
        };
        self.tables.insert(name.to_owned(), known);
    }
}

impl Ready {
    /// A dataset's translated query with the views that it reads in front: it is built from what the
    /// definitions say, whichever version a view in the warehouse shows.
    pub fn through_views(&self, duckdb: &str) -> String {
        sql::duckdb::with_views(duckdb, &|name| self.views.get(name).map(String::as_str))
    }
}

impl Catalogue for Ready {
    fn table(&self, name: &str) -> Option<Table> {
        let known = self.tables.get(name)?;
        Some(Table { name: name.to_owned(), columns: Arc::clone(&known.columns), open: false })
    }

    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.routines.get(name).cloned()
    }

    fn routine_names(&self) -> Vec<String> {
        self.routines.keys().cloned().collect()
    }
}

/// A catalogue in which the dataset itself has these columns, or is still open.
pub struct WithSelf<'a> {
    pub ready: &'a Ready,
    pub name: &'a str,
    pub columns: Option<Arc<[Field]>>,
    pub parameters: &'a [QueryParameter],
}

impl Catalogue for WithSelf<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        if name != self.name {
            return self.ready.table(name);
        }
        let open = self.columns.is_none();
        Some(Table {
            name: name.to_owned(),
            columns: self.columns.clone().unwrap_or_else(|| Vec::new().into()),
            open,
        })
    }

    fn names(&self) -> Vec<String> {
        self.ready.names()
    }

    fn parameter(&self, name: &str) -> Option<Expression> {
        let parameter = self.parameters.iter().find(|parameter| parameter.name.text == name)?;
        Some(query_parameters::value(parameter, &self.ready.target))
    }

    fn parameter_names(&self) -> Vec<String> {
        self.parameters.iter().map(|parameter| parameter.name.text.clone()).collect()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.ready.routine(name)
    }

    fn routine_names(&self) -> Vec<String> {
        self.ready.routine_names()
    }
}

/// The tables that a dataset or view names with `from:`.
pub fn input_names<'a>(name: &str, nodes: &'a Nodes) -> Vec<&'a yaml::Text> {
    let dataset = nodes.datasets.get(name).and_then(|dataset| dataset.from.as_ref());
    let from = dataset.or_else(|| nodes.views.get(name)?.from.as_ref());
    from.map_or(Vec::new(), Inputs::tables)
}

/// One table as a template's input.
pub fn input(
    name: &str,
    from: &yaml::Text,
    nodes: &Nodes,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<Input> {
    if from.text == name {
        found.push(
            Diagnostic::error(Code::UndeclaredSelfRead, format!("`{name}` reads itself with `from`"))
                .at(&from.position)
                .hint("name the table that it is made of; its own past is `{{ this }}`, with `reads_self`"),
        );
        return None;
    }
    let Some(known) = ready.tables.get(&from.text) else {
        found.push(
            Diagnostic::error(Code::UnknownTable, format!("nothing declares the table `{}`", from.text))
                .at(&from.position)
                .hint("declare what others fill as a source (`kind: table`) with its schema")
                .suggest(&from.text, ready.names.iter().map(String::as_str)),
        );
        return None;
    };
    let time = ready.row_time(&from.text);
    let source = nodes.ping_tables.get(&from.text);
    let glean = source.and_then(|source| ready.tables.get(source)?.glean.clone());
    let mut input = Input {
        table: from.text.clone(),
        others: 0,
        relation: format!("`{}`", from.text),
        parts: vec![Part { select: format!("SELECT\n  *\nFROM\n  `{}`", from.text), time: time.clone() }],
        columns: Arc::clone(&known.columns),
        time,
        shortcuts: Vec::new(),
        glean,
    };
    if source.is_some() {
        input.shortcuts = shortcuts(|path| input.has_path(path));
    }
    Some(input)
}

/// A draft's SQL, parsed and not yet analysed.
pub struct Queries {
    main: Parsed,
    init: Option<Parsed>,
}

/// Renders a node's SQL and finds what it reads.
pub fn render(
    name: &str,
    nodes: &Nodes,
    ready: &Ready,
    library: &Library,
    files: &ProjectFiles,
    found: &mut Vec<Diagnostic>,
) -> Option<(Draft, Queries)> {
    let (rendered, init) = match nodes.datasets.get(name) {
        Some(dataset) => render_dataset(dataset, nodes, ready, library, files, found)?,
        None => (render_view(nodes.views.get(name)?, nodes, ready, library, files, found)?, None),
    };
    let before = found.len();
    let parsed = parse(&rendered, init.as_ref(), found);
    if let Some(defined_at) = defined_at(name, nodes) {
        with_dataset(&mut found[before..], name, defined_at);
    }
    let queries = parsed?;
    let mut uses = queries.main.references();
    for table_use in queries.init.iter().flat_map(Parsed::references) {
        if !uses.iter().any(|known| known.name == table_use.name) {
            uses.push(table_use);
        }
    }
    let header = match nodes.datasets.get(name).map(|dataset| &dataset.query) {
        Some(QuerySource::Template(template)) => library.header(&template.text),
        _ => None,
    };
    let partition_by = header.and_then(|header| header.partition_by.clone());
    let reads_self = header.and_then(|header| header.reads_self);
    let draft = Draft { rendered, init, uses, partition_by, reads_self };
    Some((draft, queries))
}

fn defined_at<'a>(name: &str, nodes: &'a Nodes) -> Option<&'a Position> {
    let dataset = nodes.datasets.get(name).map(|dataset| &dataset.name.position);
    dataset.or_else(|| nodes.views.get(name).map(|view| &view.name.position))
}

fn parse(rendered: &Rendered, init: Option<&Rendered>, found: &mut Vec<Diagnostic>) -> Option<Queries> {
    let main = collect(Parsed::new(&rendered.sql), rendered, found)?;
    let init = match init {
        Some(init) => Some(collect(Parsed::new(&init.sql), init, found)?),
        None => None,
    };
    Some(Queries { main, init })
}

fn render_dataset(
    dataset: &Dataset,
    nodes: &Nodes,
    ready: &Ready,
    library: &Library,
    files: &ProjectFiles,
    found: &mut Vec<Diagnostic>,
) -> Option<(Rendered, Option<Rendered>)> {
    let name = dataset.name.full();
    let input = match &dataset.from {
        Some(from) => Some(inputs::input(&name, from, dataset.cadence(), nodes, ready, found)?),
        None => None,
    };
    let position = match &dataset.query {
        QuerySource::Template(text) | QuerySource::Inline(text) | QuerySource::File(text) => &text.position,
    };
    let header = match &dataset.query {
        QuerySource::Template(template) => library.header(&template.text),
        _ => None,
    };
    let of_template = header.and_then(|header| header.partition_by.as_deref());
    if let Some(header) = header
        && !header.every.is_empty()
        && !header.every.contains(&dataset.cadence())
    {
        let stated = dataset.partition_by.as_ref().map(|partition_by| &partition_by.position);
        found.push(wrong_cadence(&header.every, stated.unwrap_or(position)));
        return None;
    }
    let request = RenderRequest {
        this: &name,
        defined_at: &dataset.name.position,
        used_at: position,
        // Own SQL takes no parameters; that was reported with the definition.
        with: dataset.with.as_ref().filter(|_| matches!(dataset.query, QuerySource::Template(_))),
        partition: (dataset.cadence() != Cadence::Whole)
            .then(|| (bind::partition_column(dataset, of_template), dataset.cadence())),
        input: input.as_ref(),
        axes: &dataset.axes,
        is_view: false,
    };
    let rendered = render_query(&dataset.query, &request, library, files, found)?;
    let init = match (&dataset.init, &dataset.query) {
        // A join is checked and read partition by partition.
        (None, _) if matches!(dataset.from, Some(Inputs::Joined { .. })) => None,
        (Some(init), _) => {
            let text = own_text(init, files, found)?;
            Some(collect_rendered(library.render_own(&text, &request), found)?)
        }
        (None, QuerySource::Template(template)) if library.has_init(&template.text) => {
            let name = format!("{}.init", template.text);
            Some(collect_rendered(library.render(&name, &request), found)?)
        }
        (None, _) => None,
    };
    Some((rendered, init))
}

fn render_query(
    query: &QuerySource,
    request: &RenderRequest,
    library: &Library,
    files: &ProjectFiles,
    found: &mut Vec<Diagnostic>,
) -> Option<Rendered> {
    match query {
        QuerySource::Template(template) => {
            if library.header(&template.text).is_none() {
                let hint = match library.nearest(&template.text) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`tidemill template` lists the built-in ones; your own stand in templates/ without `.sql`".to_owned(),
                };
                found.push(
                    Diagnostic::error(Code::UnknownTemplate, format!("no template `{}`", template.text))
                        .at(&template.position)
                        .hint(hint),
                );
                return None;
            }
            collect_rendered(library.render(&template.text, request), found)
        }
        own => own_text(own, files, found)
            .and_then(|text| collect_rendered(library.render_own(&text, request), found)),
    }
}

/// A finding about partitions that a template does not build.
fn wrong_cadence(every: &[Cadence], position: &Position) -> Diagnostic {
    if every == [Cadence::Whole] {
        return Diagnostic::error(Code::WrongPartitionColumn, "this template builds whole tables only")
            .at(position)
            .hint("write `partition_by: none`");
    }
    let names: Vec<&str> = every.iter().map(|cadence| cadence.as_str()).collect();
    let message = format!("this template builds partitions by {} only", names.join(", "));
    Diagnostic::error(Code::WrongPartitionColumn, message)
        .at(position)
        .hint("take `every` out, or aggregate what it builds in a dataset of its own")
}

fn own_text(query: &QuerySource, files: &ProjectFiles, found: &mut Vec<Diagnostic>) -> Option<TemplateText> {
    match query {
        QuerySource::Inline(text) => Some(TemplateText::value(&text.position.source.path, text)),
        QuerySource::File(file) => match files.beside(&file.position.source, file.text.trim()) {
            Ok(source) => Some(TemplateText::file(&source.path, source)),
            Err(problem) => {
                found.push(Diagnostic::error(Code::UnreadableFile, problem).at(&file.position));
                None
            }
        },
        QuerySource::Template(_) => None,
    }
}

fn render_view(
    view: &View,
    nodes: &Nodes,
    ready: &Ready,
    library: &Library,
    files: &ProjectFiles,
    found: &mut Vec<Diagnostic>,
) -> Option<Rendered> {
    let name = view.name.full();
    let input = match &view.from {
        Some(from) => Some(inputs::input(&name, from, Cadence::Whole, nodes, ready, found)?),
        None => None,
    };
    let position = match &view.sql {
        ViewSql::Query(QuerySource::Template(text) | QuerySource::Inline(text) | QuerySource::File(text)) => {
            &text.position
        }
        ViewSql::AllOf(_) | ViewSql::Latest(_) => &view.name.position,
    };
    let request = RenderRequest {
        this: &name,
        defined_at: &view.name.position,
        used_at: position,
        with: view.with.as_ref(),
        partition: None,
        input: input.as_ref(),
        axes: &view.axes,
        is_view: true,
    };
    match &view.sql {
        ViewSql::Query(query) => render_query(query, &request, library, files, found),
        ViewSql::AllOf(table) => {
            let text = format!("SELECT\n  *\nFROM\n  `{table}`\n");
            let text = TemplateText::file(&name, &Source::new(name.clone(), text));
            collect_rendered(library.render_own(&text, &request), found)
        }
        ViewSql::Latest(table) => {
            let text = format!(
                "SELECT\n  *\nFROM\n  `{table}`\nWHERE\n  snapshot_date = (SELECT MAX(snapshot_date) FROM `{table}`)\n"
            );
            let text = TemplateText::file(&name, &Source::new(name.clone(), text));
            collect_rendered(library.render_own(&text, &request), found)
        }
    }
}

fn collect_rendered(
    result: Result<Rendered, Vec<Diagnostic>>,
    found: &mut Vec<Diagnostic>,
) -> Option<Rendered> {
    result.map_err(|mistakes| found.extend(mistakes)).ok()
}

fn collect<T>(
    result: Result<T, Vec<Problem>>,
    rendered: &Rendered,
    found: &mut Vec<Diagnostic>,
) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(problems) => {
            found.extend(problems.into_iter().map(|problem| locate(problem, rendered)));
            None
        }
    }
}

/// A problem in compiled SQL → a finding at the line that its author wrote.
pub fn locate(problem: Problem, rendered: &Rendered) -> Diagnostic {
    let mut finding = Diagnostic::error(problem.code, problem.message);
    finding.hint = problem.hint;
    finding.related.extend(problem.related);
    if let Some(origin) = rendered.origin(problem.span) {
        finding = finding.at(&origin.position);
        if let Some((template, line)) = origin.read_by
            && template != origin.position.source.path
        {
            finding = finding.label(format!("read by template `{template}`, line {line}"));
        }
    }
    finding
}

/// Adds which dataset asked for the template, where a finding stands in a template.
fn with_dataset(found: &mut [Diagnostic], name: &str, defined_at: &Position) {
    for finding in found {
        let elsewhere = finding.position.as_ref().is_none_or(|at| at.source.path != defined_at.source.path);
        if elsewhere && finding.related.is_empty() {
            finding.related.push((defined_at.clone(), format!("compiled for `{name}`")));
        }
    }
}

/// Analyses and binds a dataset.
pub fn dataset(
    definition: &Dataset,
    draft: &Draft,
    queries: Queries,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledDataset> {
    let before = found.len();
    let compiled = analyse_dataset(definition, draft, queries, ready, found);
    with_dataset(&mut found[before..], &definition.name.full(), &definition.name.position);
    compiled
}

fn analyse_dataset(
    definition: &Dataset,
    draft: &Draft,
    queries: Queries,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledDataset> {
    let name = definition.name.full();
    let reads_itself = draft.uses.iter().any(|table_use| table_use.name == name);
    let analyse =
        |query: Parsed, rendered: &Rendered, columns: Option<Arc<[Field]>>, found: &mut Vec<Diagnostic>| {
            let parameters = &definition.parameters;
            collect(query.analyse(&WithSelf { ready, name: &name, columns, parameters }), rendered, found)
        };
    let Queries { main, init } = queries;
    let canonical = main.canonical.clone();
    // A first pass infers the columns with the dataset's own past open; the second one has them.
    let own = match reads_itself {
        true => Some(analyse(main.clone(), &draft.rendered, None, found)?.columns.into()),
        false => None,
    };
    let analysis = analyse(main, &draft.rendered, own, found)?;
    let columns = described(&analysis.columns, definition, found);
    let inherited = || inputs::partition_column(definition, &columns, ready);
    let partition_by = draft.partition_by.clone().or_else(inherited);
    let partition = bind::partition(definition, partition_by.as_deref(), &columns, found)?;
    let bound = bind::reads(definition, draft, &analysis, &partition, ready, found)?;
    let start = bind::start(definition, &bound.inputs, ready, found)?;
    let checks = checks::compile(definition, &columns, &ready.routines, found)?;
    let joins = inputs::checks(definition, ready, found);
    bind::check_names(definition, &columns, found);
    let duckdb = ready.through_views(&collect(sql::duckdb::translate(&analysis), &draft.rendered, found)?);
    let mut keys = ready.keys(&analysis);
    let mut parameters = analysis.parameters.clone();
    let init = match draft.init.as_ref().zip(init) {
        Some((rendered, query)) => {
            let analysis = analyse(query, rendered, Some(columns.clone()), found)?;
            keys.extend(ready.keys(&analysis));
            parameters.extend(analysis.parameters.iter().cloned());
            bind::check_init(definition, &partition, &analysis, &columns, found);
            let duckdb = collect(sql::duckdb::translate(&analysis), rendered, found)?;
            Some((rendered.sql.clone(), ready.through_views(&duckdb)))
        }
        None => None,
    };
    query_parameters::unused(definition, &parameters, found);
    let hash = hash::dataset(&canonical, &analysis.meanings, &columns, &partition, draft, ready);
    Some(CompiledDataset {
        definition: definition.clone(),
        sql: draft.rendered.sql.clone(),
        init,
        columns,
        partition,
        inputs: bound.inputs,
        reads_self: bound.reads_self,
        start,
        has_parameters: duckdb.contains(PARAMETER),
        duckdb,
        keys,
        checks,
        joins,
        hash,
    })
}

/// Columns with the descriptions that the definition adds; the others are inherited.
fn described(columns: &[Field], definition: &Dataset, found: &mut Vec<Diagnostic>) -> Arc<[Field]> {
    for (name, _) in &definition.columns {
        if !columns.iter().any(|column| column.name == name.text) {
            found.push(bind::no_column("columns", name, columns));
        }
    }
    columns
        .iter()
        .map(|column| {
            let own = definition.columns.iter().find(|(name, _)| name.text == column.name);
            let ty = if column.ty == Type::Null { Type::Int64 } else { column.ty.clone() };
            let field = Field { ty, ..column.clone() };
            match own {
                Some((_, description)) => field.described(description),
                None => field,
            }
        })
        .collect()
}

/// How a query parameter begins in DuckDB's SQL.
const PARAMETER: &str = "CAST($";

/// Analyses a view.
pub fn view(
    definition: &View,
    draft: &Draft,
    queries: Queries,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledView> {
    let before = found.len();
    let compiled = analyse_view(definition, draft, queries, ready, found);
    with_dataset(&mut found[before..], &definition.name.full(), &definition.name.position);
    compiled
}

fn analyse_view(
    definition: &View,
    draft: &Draft,
    queries: Queries,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledView> {
    let rendered = &draft.rendered;
    let name = definition.name.full();
    if let Some(own) = draft.uses.iter().find(|table_use| table_use.name == name) {
        let problem = Problem::new(Code::Cycle, own.span, format!("a cycle: {name} reads {name}"))
            .hint("a view stands for a query over other tables");
        found.push(locate(problem, rendered));
        return None;
    }
    let canonical = queries.main.canonical.clone();
    let analysis = collect(queries.main.analyse(ready), rendered, found)?;
    let duckdb = collect(sql::duckdb::translate(&analysis), rendered, found)?;
    let (bases, partition_column) = bind::view_bases(&analysis, ready);
    if duckdb.contains(PARAMETER) {
        let problem = Problem::new(
            Code::UnknownQueryParameter,
            first_parameter(&rendered.sql),
            "a view has no query parameters; its readers bring the dates",
        )
        .hint("a template that reads one partition makes datasets; views take `tidemill/union` or SQL without parameters");
        found.push(locate(problem, rendered));
        return None;
    }
    let hash = hash::view(&canonical, &analysis.meanings, draft, ready);
    let keys = ready.keys(&analysis);
    Some(CompiledView {
        definition: definition.clone(),
        sql: rendered.sql.clone(),
        duckdb,
        columns: analysis.columns.into(),
        bases,
        partition_column,
        keys,
        hash,
    })
}

/// The first `@name` in a query, for a finding about it.
fn first_parameter(sql: &str) -> Span {
    let before = &sql[..sql.find('@').unwrap_or(0)];
    let name = sql[before.len()..].chars().skip(1).take_while(|one| one.is_alphanumeric() || *one == '_');
    Span {
        line: before.matches('\n').count() as u32 + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1,
        length: name.count() as u32 + 1,
    }
}
