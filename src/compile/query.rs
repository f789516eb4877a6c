//! One node: its rendered SQL parsed, analysed and bound to partitions.

use std::sync::Arc;

use super::expand::Nodes;
use super::known::{Ready, WithSelf};
use super::nodes::Draft;
use super::{CompiledDataset, CompiledView, bind, checks, hash, inputs, query_parameters, render};
use crate::definition::{Dataset, ProjectFiles, QuerySource, View};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::{Field, Type};
use crate::sql::{self, Parsed, Problem, tree::Span};
use crate::template::{Library, Rendered};

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
        Some(dataset) => render::dataset(dataset, nodes, ready, library, files, found)?,
        None => (render::view(nodes.views.get(name)?, nodes, ready, library, files, found)?, None),
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
        if elsewhere
            && finding.hint.is_none()
            && let Some(parameter) = finding.position.as_ref().and_then(of_default)
        {
            finding.hint =
                Some(format!("give `{parameter}` under `with`: the template's default does not fit"));
        }
    }
}

/// The parameter whose default stands at a place in a template's head.
fn of_default(at: &Position) -> Option<&str> {
    let head = at.source.text.split("---#}").next()?;
    let line = head.lines().nth((at.line as usize).checked_sub(1)?)?;
    let (name, rest) = line.trim().split_once(':')?;
    rest.contains("default:").then_some(name)
}

/// Analyses and binds a dataset.
pub fn dataset(
    definition: &Arc<Dataset>,
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
    definition: &Arc<Dataset>,
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
        definition: Arc::clone(definition),
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
    definition: &Arc<View>,
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
    definition: &Arc<View>,
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
        definition: Arc::clone(definition),
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
