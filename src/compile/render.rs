//! A node's SQL: its own, or its template's, rendered with what it reads at hand.

use std::sync::Arc;

use super::expand::Nodes;
use super::known::Ready;
use super::{bind, inputs};
use crate::definition::{Dataset, Inputs, ProjectFiles, QuerySource, View, ViewSql};
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::period::Cadence;
use crate::schema::shortcuts;
use crate::template::{Input, Library, Part, RenderRequest, Rendered, TemplateText};
use crate::yaml;

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

/// The SQL of a dataset, and of its `init`.
pub fn dataset(
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

/// The SQL of a view.
pub fn view(
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
