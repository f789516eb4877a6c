//! One node: its rendered SQL parsed, analysed and bound to partitions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::expand::Nodes;
use super::judge::Bench;
use super::known::{Partial, Ready, Soundness, WithSelf};
use super::nodes::Draft;
use super::{
    CompiledDataset, CompiledView, Partition, TableLineage, bind, checks, contract, generated, hash, inputs,
    judge, positions, query_parameters, render, untyped,
};
use crate::definition::{Dataset, ProjectFiles, QuerySource, View};
use crate::diagnostic::{Code, Diagnostic, Position, Severity};
use crate::lint;
use crate::period::Cadence;
use crate::schema::{Field, find_field, is_wildcard};
use crate::sql::{self, Parsed, Problem, TableUse, Undeclared};
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
    let (mut rendered, mut init) = match nodes.datasets.get(name) {
        Some(dataset) => render::dataset(dataset, nodes, ready, library, files, found)?,
        None => (render::view(nodes.views.get(name)?, nodes, ready, library, files, found)?, None),
    };
    let is_dataset = nodes.datasets.contains_key(name);
    rendered.file = generated::path(name, if is_dataset { "query.sql" } else { "view.sql" });
    if let Some(init) = &mut init {
        init.file = generated::path(name, "init.sql");
    }
    let before = found.len();
    let parsed = parse(&rendered, init.as_ref(), found);
    if let Some(defined_at) = defined_at(name, nodes) {
        with_dataset(&mut found[before..], name, defined_at);
    }
    let queries = parsed?;
    let mut uses: Vec<TableUse> = Vec::new();
    let mut by_pattern = false;
    for table_use in
        queries.main.references().into_iter().chain(queries.init.iter().flat_map(Parsed::references))
    {
        let meant = ready.meant(&table_use.name);
        let is_exact = ready.is_named(ready.declared(&table_use.name));
        by_pattern |= !is_exact && (is_wildcard(&table_use.name) || meant != [table_use.name.as_str()]);
        let before = found.len();
        found.extend(meant.iter().filter(|name| !is_exact && nodes.views.contains_key(*name)).map(|view| {
            let message = format!(
                "`{}` matches the view `{view}`, and BigQuery reads no views by a star",
                table_use.name
            );
            let problem = Problem::new(Code::Unsupported, table_use.span, message);
            locate(problem.hint("read the tables by their names, and unite them"), &rendered)
        }));
        if found.len() > before {
            return None;
        }
        for name in meant {
            if !uses.iter().any(|known| known.name == name) {
                uses.push(TableUse { name, ..table_use.clone() });
            }
        }
    }
    let header = match nodes.datasets.get(name).map(|dataset| &dataset.query) {
        Some(QuerySource::Template(template)) => library.header(&template.text),
        _ => None,
    };
    let partition_by = header.and_then(|header| header.partition_by.clone());
    let reads_self = header.and_then(|header| header.reads_self);
    let draft = Draft { rendered, init, uses, by_pattern, partition_by, reads_self };
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
    finding.compiled = positions::in_sql(&rendered.file, problem.span);
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
///
/// # Errors
/// What is known of it although it, or something that it reads, has mistakes. Its own are all in `found`.
pub fn dataset(
    definition: &Arc<Dataset>,
    draft: &Draft,
    queries: Queries,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Result<CompiledDataset, Partial> {
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
) -> Result<CompiledDataset, Partial> {
    let name = definition.name.full();
    let before = found.len();
    let reads = || draft.uses.iter().map(|table_use| table_use.name.as_str());
    let soundness = ready.soundness(reads().filter(|read| *read != name));
    let examine = |query: Parsed, columns: Option<Arc<[Field]>>| {
        query.examine(&WithSelf { ready, name: &name, columns, parameters: &definition.parameters })
    };
    let Queries { main, init } = queries;
    let canonical = main.canonical.clone();
    // A first pass infers the columns with the dataset's own past open; the second one has them.
    let (analysis, problems) = match reads().any(|read| read == name) {
        true => match examine(main.clone(), None) {
            (Some(first), problems) if problems.is_empty() => examine(main, Some(first.columns.into())),
            first => first,
        },
        false => examine(main, None),
    };
    found.extend(problems.iter().map(|problem| locate(problem.clone(), &draft.rendered)));
    let Some(analysis) = analysis else { return Err(Partial::default()) };
    let is_clean = problems.is_empty() && analysis.undeclared.is_empty();
    let mut undeclared = untyped::warn(&analysis.undeclared, &draft.rendered, found);
    undeclared.extend(ready.undeclared(reads().filter(|read| *read != name)));
    let is_sound = is_clean && soundness == Soundness::Sound;
    let columns = described(&analysis.columns, definition, is_sound, found);
    let inherited = || inputs::partition_column(definition, &columns, ready);
    let partition_by = draft.partition_by.clone().or_else(inherited);
    let partition = bind::partition(definition, partition_by.as_deref(), &columns, found);
    let partial = |partition: &Option<Partition>| Partial {
        columns: Arc::clone(&columns),
        partition_column: match partition {
            Some(partition) => partition.column_name().map(str::to_owned),
            None => Some(bind::partition_column(definition, partition_by.as_deref()).to_owned()),
        },
        cadence: definition.cadence(),
        bases: None,
        soundness: if partition.is_some() { Soundness::Partitions } else { Soundness::Columns },
        undeclared: BTreeSet::new(),
        sql: None,
    };
    let knows_reads = is_clean && soundness != Soundness::Columns;
    let mut bench = Bench::new(lint::Definition::Dataset(definition), ready);
    let bound = partition
        .as_ref()
        .filter(|_| knows_reads)
        .and_then(|partition| bind::reads(definition, draft, &analysis, partition, ready, &mut bench, found));
    found.append(&mut bench.found);
    let around = checks::Surroundings {
        ready,
        uses: reads().collect(),
        inputs: bound.as_ref().map(|bound| bound.inputs.as_slice()),
        partition: partition.as_ref(),
    };
    let checks = checks::compile(definition, &columns, &around, found);
    bind::check_names(definition, &columns, found);
    contract::check(definition, &columns, found);
    let init = match draft.init.as_ref().zip(init) {
        Some((rendered, query)) => {
            let (analysis, problems) = examine(query, Some(Arc::clone(&columns)));
            found.extend(problems.iter().map(|problem| locate(problem.clone(), rendered)));
            let unknown = analysis.as_ref().map_or(&[][..], |analysis| &analysis.undeclared);
            let others: Vec<Undeclared> =
                unknown.iter().filter(|table| !undeclared.contains(&table.name)).cloned().collect();
            let is_clean = problems.is_empty() && unknown.is_empty();
            undeclared.extend(untyped::warn(&others, rendered, found));
            analysis.filter(|_| is_clean).map(|analysis| (rendered, analysis))
        }
        None => None,
    };
    if !is_sound || !undeclared.is_empty() {
        return Err(Partial { undeclared, sql: Some(draft.rendered.sql.clone()), ..partial(&partition) });
    }
    let start = bound.as_ref().and_then(|bound| bind::start(definition, &bound.inputs, ready, found));
    let joins = inputs::checks(definition, ready, found);
    let mut keys = ready.keys(&analysis);
    let mut parameters = analysis.parameters.clone();
    let duckdb = translated(&analysis, &draft.rendered, found);
    let mut of_init = None;
    let init = match (init, &partition) {
        (Some((rendered, analysis)), Some(partition)) => {
            keys.extend(ready.keys(&analysis));
            parameters.extend(analysis.parameters.iter().cloned());
            bind::check_init(definition, partition, &analysis, &columns, found);
            let duckdb = ready.through_views(translated(&analysis, rendered, found), &analysis);
            of_init = Some((rendered, analysis));
            Some((rendered.sql.clone(), duckdb))
        }
        _ => None,
    };
    query_parameters::unused(definition, &parameters, found);
    let of_init = of_init.as_ref().map(|(rendered, analysis)| (*rendered, analysis));
    let lineage = TableLineage::of(&analysis);
    contract::check_promises(definition, &columns, &lineage.required, found);
    let resolved = (&draft.rendered, &analysis, &lineage.lineage);
    let judged = judge::judge(&name, resolved, of_init, bench, ready, found);
    let has_errors = found[before..].iter().any(is_mistake);
    let (Some(partition), Some(bound), Some(start), Some(checks), false) =
        (partition.clone(), bound, start, checks, has_errors)
    else {
        return Err(partial(&partition));
    };
    let duckdb = ready.through_views(duckdb, &analysis);
    let hash = hash::dataset(&canonical, &analysis.meanings, &columns, &partition, draft, ready);
    Ok(CompiledDataset {
        definition: Arc::clone(definition),
        sql: draft.rendered.sql.clone(),
        init,
        columns,
        partition,
        inputs: bound.inputs,
        reads_self: bound.reads_self,
        start,
        has_parameters: analysis.first_parameter.is_some(),
        duckdb,
        keys,
        checks,
        joins,
        judged,
        lineage,
        hash,
    })
}

/// What a rule finds fault with can be read all the same, and its readers are judged too.
fn is_mistake(finding: &Diagnostic) -> bool {
    finding.is_error() && lint::rule_of(finding.code).is_none()
}

/// Columns with the descriptions that the definition adds; the others are inherited. Where all is sound, a
/// column that is only ever NULL is one of numbers; elsewhere its type is not known.
fn described(
    columns: &[Field],
    definition: &Dataset,
    is_sound: bool,
    found: &mut Vec<Diagnostic>,
) -> Arc<[Field]> {
    for (name, _) in &definition.columns {
        if !columns.iter().any(|column| column.name == name.text || column.is_rest()) {
            found.push(bind::no_column("columns", name, columns));
        }
    }
    columns
        .iter()
        .map(|column| {
            let own = definition.columns.iter().find(|(name, _)| name.text == column.name);
            let ty = if is_sound { column.ty.settled() } else { column.ty.clone() };
            let field = Field { ty, ..column.clone() };
            let declared =
                definition.contract.as_ref().and_then(|one| find_field(&one.columns, &column.name));
            let declared = declared.and_then(|declared| declared.description.as_deref());
            match own.map(|(_, description)| description.as_str()).or(declared) {
                Some(description) => field.described(description),
                None => field,
            }
        })
        .collect()
}

/// A query for DuckDB. What DuckDB cannot run is said, and runs elsewhere all the same; here it fails with the
/// reason.
fn translated(analysis: &sql::Analysis, rendered: &Rendered, found: &mut Vec<Diagnostic>) -> String {
    let problems = match sql::duckdb::translate(analysis) {
        Ok(duckdb) => return duckdb,
        Err(problems) => problems,
    };
    let told = |problem: &Problem| match problem.message.contains("DuckDB") {
        true => problem.message.clone(),
        false => format!("DuckDB cannot run this: {}", problem.message),
    };
    let reason = problems.first().map_or_else(|| "DuckDB cannot run this".to_owned(), told);
    let failing = sql::duckdb::failing(&analysis.columns, &reason);
    found.extend(problems.into_iter().map(|problem| {
        let message = told(&problem);
        let finding = locate(problem, rendered);
        Diagnostic { severity: Severity::Warning, code: Code::NotOnDuckDb, message, ..finding }
    }));
    failing
}

/// Analyses a view.
///
/// # Errors
/// What is known of it, as of a [`dataset`].
pub fn view(
    definition: &Arc<View>,
    draft: &Draft,
    queries: Queries,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Result<CompiledView, Partial> {
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
) -> Result<CompiledView, Partial> {
    let rendered = &draft.rendered;
    let name = definition.name.full();
    let before = found.len();
    if let Some(own) = draft.uses.iter().find(|table_use| table_use.name == name) {
        let problem = Problem::new(Code::Cycle, own.span, format!("a cycle: {name} reads {name}"))
            .hint("a view stands for a query over other tables");
        found.push(locate(problem, rendered));
        return Err(Partial::default());
    }
    let soundness = ready.soundness(draft.uses.iter().map(|table_use| table_use.name.as_str()));
    let canonical = queries.main.canonical.clone();
    let (analysis, problems) = queries.main.examine(ready);
    found.extend(problems.iter().map(|problem| locate(problem.clone(), rendered)));
    let Some(analysis) = analysis else { return Err(Partial::default()) };
    let is_clean = problems.is_empty() && analysis.undeclared.is_empty();
    let mut undeclared = untyped::warn(&analysis.undeclared, rendered, found);
    undeclared.extend(ready.undeclared(draft.uses.iter().map(|table_use| table_use.name.as_str())));
    let (bases, partition_column) = bind::view_bases(&analysis, ready);
    let duckdb = (is_clean && soundness == Soundness::Sound).then(|| translated(&analysis, rendered, found));
    let lineage = TableLineage::of(&analysis);
    let bench = Bench::new(lint::Definition::View(definition), ready);
    let judged = judge::judge(&name, (rendered, &analysis, &lineage.lineage), None, bench, ready, found);
    if let Some(span) = analysis.first_parameter {
        let problem = Problem::new(
            Code::UnknownQueryParameter,
            span,
            "a view has no query parameters; its readers bring the dates",
        )
        .hint("a template that reads one partition makes datasets; views take `tidemill/union` or SQL without parameters");
        found.push(locate(problem, rendered));
    }
    let columns: Arc<[Field]> = analysis.columns.clone().into();
    let has_errors = found[before..].iter().any(is_mistake);
    let Some(duckdb) = duckdb.filter(|_| !has_errors) else {
        let cadence = bases.keys().filter_map(|base| ready.tables.get(base)).map(|base| base.cadence);
        return Err(Partial {
            columns,
            partition_column,
            cadence: cadence.filter(|cadence| *cadence != Cadence::Whole).max().unwrap_or(Cadence::Whole),
            bases: Some(bases),
            // Without the condition that is wrong nobody knows which days the view shows.
            soundness: if is_clean { soundness.max(Soundness::Partitions) } else { Soundness::Columns },
            undeclared,
            sql: Some(rendered.sql.clone()),
        });
    };
    let hash = hash::view(&canonical, &analysis.meanings, draft, ready);
    let keys = ready.keys(&analysis);
    Ok(CompiledView {
        definition: Arc::clone(definition),
        sql: rendered.sql.clone(),
        duckdb,
        columns,
        bases,
        partition_column,
        keys,
        judged,
        lineage,
        hash,
    })
}
