//! Rendering, under limits.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, OutputSpanKind, UndefinedBehavior};

use super::axes;
use super::builtin::{BUILT_IN, find as find_built_in};
use super::expand::{Input, Part, expand};
use super::failure::{Bounded, FUEL, LONGEST_OUTPUT, describe, innermost};
use super::header::{self, Header};
use super::macros;
use super::parameters::{Reader, Sql};
use super::sourcemap::{NUMBER_END, OutputPart, Rendered, Text, VALUE_END, VALUE_START, has_marks};
use crate::definition::Axis;
use crate::diagnostic::{Code, Diagnostic, Position, Source, did_you_mean};
use crate::period::Cadence;
use crate::sql::written;
use crate::yaml::Node;

/// Longest template, in bytes.
const LONGEST_TEMPLATE: usize = 64 << 10;

/// All templates that a project can use, with what they declare.
pub struct Library {
    environment: Environment<'static>,
    /// The same with marks in the macros; see [`macros`].
    marked: Environment<'static>,
    /// The files of macros, by the number that their marks carry.
    macro_files: Vec<String>,
    templates: BTreeMap<String, Loaded>,
}

struct Loaded {
    text: Text,
    header: Header,
    /// Whether it was reported; what it renders to is then not asked for.
    broken: bool,
}

/// One rendering.
pub struct RenderRequest<'a> {
    /// The dataset's own table.
    pub this: &'a str,
    /// The dataset's definition, named when the template fails.
    pub defined_at: &'a Position,
    /// Where the template is asked for.
    pub used_at: &'a Position,
    pub with: Option<&'a Node>,
    /// The dataset's partition column, and how often there is a partition; none for a whole table or a view.
    pub partition: Option<(&'a str, Cadence)>,
    pub input: Option<&'a Input>,
    /// Of a member of a matrix: names at hand in SQL of its own.
    pub axes: &'a [Axis],
    /// A view has no partitions.
    pub is_view: bool,
}

impl Library {
    /// Loads the built-in templates and a project's own.
    pub fn new(project: &BTreeMap<String, Arc<Source>>) -> (Self, Vec<Diagnostic>) {
        let environment = Self::environment();
        let macro_files = project.keys().filter(|name| name.starts_with(macros::FOLDER)).cloned().collect();
        let marked = environment.clone();
        let mut library = Self { environment, marked, macro_files, templates: BTreeMap::new() };
        let mut found = Vec::new();
        for template in BUILT_IN {
            library.add(template.name, &Source::new(template.name, template.text), &mut found);
            if let Some(init) = template.init {
                let name = format!("{}.init", template.name);
                library.add(&name, &Source::new(name.clone(), init), &mut found);
            }
        }
        for (name, source) in project {
            library.add(name, source, &mut found);
        }
        let imports = library.templates.values().flat_map(|loaded| library.check_imports(&loaded.text));
        let wrong: Vec<Diagnostic> = imports.collect();
        for loaded in library.templates.values_mut() {
            let path = loaded.text.line(1).source;
            loaded.broken = loaded.broken
                || wrong
                    .iter()
                    .filter_map(|one| one.position.as_ref())
                    .any(|at| Arc::ptr_eq(&at.source, &path));
        }
        found.extend(wrong);
        (library, found)
    }

    /// What rendering is given: filters, limits, and nothing of the world.
    fn environment() -> Environment<'static> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(64);
        // Without a namespace a loop cannot grow a text without bound.
        environment.add_filter("literal", |text: String| written::literal(&text));
        environment.remove_global("namespace");
        environment.remove_global("debug");
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_formatter(|out, state, value| {
            if let Some(sql) = value.downcast_object_ref::<Sql>() {
                out.write_char(VALUE_START)?;
                write!(out, "{}", sql.number)?;
                out.write_char(NUMBER_END)?;
                out.write_str(&sql.text)?;
                out.write_char(VALUE_END)?;
                return Ok(());
            }
            if value.as_str().is_some_and(|text| text.len() > LONGEST_OUTPUT) {
                return Err(minijinja::Error::new(ErrorKind::OutOfFuel, "makes a text over 8 MiB"));
            }
            minijinja::escape_formatter(out, state, value)
        });
        // Files are named with their ending or without.
        environment.set_path_join_callback(|name, _| name.strip_suffix(".sql").unwrap_or(name).into());
        environment
    }

    fn add(&mut self, name: &str, source: &Arc<Source>, found: &mut Vec<Diagnostic>) {
        let text = Text::file(name, source);
        let loaded = self.load(name, source, &text);
        let (header, broken) = match loaded {
            Ok(header) => (header, false),
            Err(mistakes) => {
                found.extend(mistakes);
                (Header::default(), true)
            }
        };
        self.templates.insert(name.to_owned(), Loaded { text, header, broken });
    }

    fn load(&mut self, name: &str, source: &Arc<Source>, text: &Text) -> Result<Header, Vec<Diagnostic>> {
        let at_start = Position::new(source, 1, 1, 1);
        if source.text.len() > LONGEST_TEMPLATE {
            let message = format!(
                "the template has {} bytes, more than the {LONGEST_TEMPLATE} that are read",
                source.text.len()
            );
            return Err(vec![
                Diagnostic::error(Code::TemplateLimit, message)
                    .at(&at_start)
                    .hint("move what repeats into macros or templates that it includes"),
            ]);
        }
        if has_marks(&source.text) {
            let message = "the template holds characters U+E000 to U+E002, which rendering uses as marks";
            return Err(vec![Diagnostic::error(Code::TemplateFailed, message).at(&at_start)]);
        }
        let header = header::read(source)?;
        match self.environment.add_template_owned(name.to_owned(), source.text.clone()) {
            Ok(()) => self.load_marked(name, source, text).map(|()| header),
            Err(error) => Err(vec![describe(&error, &format!("template `{name}`"), text, &[])]),
        }
    }

    /// Loads the marked form of a template, and sees to it that macros name nothing but their arguments.
    fn load_marked(&mut self, name: &str, source: &Arc<Source>, text: &Text) -> Result<(), Vec<Diagnostic>> {
        let number = self.macro_files.iter().position(|file| file == name);
        let marked =
            number.map_or_else(|| source.text.clone(), |number| macros::marked(&source.text, number));
        // What cannot be read with marks is rendered without.
        let _ = self.marked.add_template_owned(name.to_owned(), marked);
        let Some(template) = number.and_then(|_| self.environment.get_template(name).ok()) else {
            return Ok(());
        };
        let globals: Vec<&str> = self.environment.globals().map(|(name, _)| name).collect();
        let mut names: Vec<String> = template.undeclared_variables(false).into_iter().collect();
        names.retain(|name| !globals.contains(&name.as_str()));
        names.sort_unstable();
        let found: Vec<Diagnostic> = names
            .iter()
            .map(|used| {
                let at = macros::place_of(&source.text, used).unwrap_or(0..1);
                let message = format!("the macros in `{name}` name `{used}`, which is no argument of theirs");
                Diagnostic::error(Code::InvalidMacro, message)
                    .at(&text.position(at.start, used.chars().count() as u32))
                    .hint("a macro sees nothing but what it is handed: make it an argument")
            })
            .collect();
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// Imports of files or macros that are not there.
    fn check_imports(&self, text: &Text) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for import in macros::imports(&text.text) {
            let place = |at: &std::ops::Range<usize>| {
                text.position(at.start, text.text[at.clone()].chars().count() as u32)
            };
            let name = import.file.strip_suffix(".sql").unwrap_or(import.file);
            let Some(file) = self.templates.get(name) else {
                let message = format!("no file of macros `{}`", import.file);
                let files: Vec<String> = self.macro_files.iter().map(|file| format!("{file}.sql")).collect();
                found.push(
                    Diagnostic::error(Code::InvalidMacro, message)
                        .at(&place(&import.file_at))
                        .hint("macros stand in templates/macros/: `{% from \"macros/names.sql\" import name %}`")
                        .suggest(import.file, files.iter().map(String::as_str)),
                );
                continue;
            };
            let known = macros::defined(&file.text.text);
            for (imported, at) in import.names.iter().filter(|(name, _)| !known.contains(name)) {
                let message = format!("`{}` has no macro `{imported}`", import.file);
                found.push(
                    Diagnostic::error(Code::InvalidMacro, message)
                        .at(&place(at))
                        .hint(format!("it has: {}", known.join(", ")))
                        .suggest(imported, known.iter().copied()),
                );
            }
        }
        found
    }

    /// What a template declares. Files of macros are none.
    pub fn header(&self, name: &str) -> Option<&Header> {
        if name.starts_with(macros::FOLDER) {
            return None;
        }
        self.templates.get(name).map(|loaded| &loaded.header)
    }

    /// Names of templates that a dataset can use.
    pub fn names(&self) -> Vec<&str> {
        self.templates.keys().map(String::as_str).filter(|name| is_template(name)).collect()
    }

    /// The template that a slip of the fingers meant, with or without its folder.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        let short = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
        did_you_mean(written, self.names()).or_else(|| {
            let shorts: Vec<String> = self.names().into_iter().map(short).collect();
            let near = did_you_mean(written, shorts.iter().map(String::as_str))?;
            self.names().into_iter().find(|name| short(name) == near)
        })
    }

    /// Whether a template comes with a query that fills all partitions at once.
    pub fn has_init(&self, name: &str) -> bool {
        find_built_in(name).is_some_and(|template| template.init.is_some())
            || self.templates.contains_key(&format!("{name}.init"))
    }

    /// Renders a template by name. An `.init` takes the parameters of the template it belongs to.
    ///
    /// # Errors
    /// All mistakes in the parameters, or what the template failed at.
    pub fn render(&self, name: &str, request: &RenderRequest) -> Result<Rendered, Vec<Diagnostic>> {
        let Some(loaded) = self.templates.get(name) else { return Err(Vec::new()) };
        let header = match name.strip_suffix(".init").and_then(|main| self.templates.get(main)) {
            Some(main) => &main.header,
            None => &loaded.header,
        };
        if loaded.broken || self.imported(&loaded.text).any(|imported| imported.broken) {
            return Err(Vec::new());
        }
        self.render_text(&loaded.text, header, &[], request)
    }

    /// Renders SQL of a dataset's own, with the same names at hand.
    ///
    /// # Errors
    /// What the text failed at.
    pub fn render_own(&self, text: &Text, request: &RenderRequest) -> Result<Rendered, Vec<Diagnostic>> {
        if text.text.len() > LONGEST_TEMPLATE * 16 || has_marks(&text.text) {
            let message = "the SQL is over 1 MiB, or holds characters U+E000 to U+E002";
            return Err(vec![Diagnostic::error(Code::TemplateLimit, message).at(request.used_at)]);
        }
        let wrong = self.check_imports(text);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        if self.imported(text).any(|loaded| loaded.broken) {
            return Err(Vec::new());
        }
        self.render_text(text, &Header::default(), request.axes, request)
    }

    fn render_text(
        &self,
        text: &Text,
        header: &Header,
        axes: &[Axis],
        request: &RenderRequest,
    ) -> Result<Rendered, Vec<Diagnostic>> {
        let mut reader =
            Reader { template: text, input: request.input, fragments: Vec::new(), found: Vec::new() };
        let mut values = reader.read(header, request.with, request.used_at);
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        for axis in axes {
            values.entry(axis.name.clone()).or_insert_with(|| axes::value(axis));
        }
        values.insert("this".to_owned(), Value::from(format!("`{}`", request.this)));
        values.insert("is_view".to_owned(), Value::from(request.is_view));
        if let Some(input) = request.input {
            values.insert("from".to_owned(), Value::from(input.relation.as_str()));
            let every = request.partition.map_or(Cadence::Whole, |(_, every)| every);
            let parts = input.parts.iter().map(|one| part(one, every));
            values.insert("inputs".to_owned(), Value::from_iter(parts));
            let columns = input.columns.iter().map(|column| column.name.clone());
            values.insert("from_columns".to_owned(), columns.collect());
            if let Some(time) = &input.time {
                values.insert("from_day".to_owned(), Value::from(time.day.as_str()));
            }
            if let Some(condition) = in_partition(input, request.partition) {
                values.insert("in_partition".to_owned(), Value::from(condition));
            }
        }
        let partition = request.partition.map(|(column, every)| {
            let value = if every == Cadence::Hour { "@partition_start" } else { "@submission_date" };
            Value::from(BTreeMap::from([("column", column.to_owned()), ("value", value.to_owned())]))
        });
        values.insert("partition".to_owned(), partition.unwrap_or_else(|| Value::from(())));
        let input = request.input.map(|input| Arc::new(input.clone()));
        let of_column = input.clone();
        // A template may call a parameter of its own like that.
        values
            .entry("column".to_owned())
            .or_insert_with(|| Value::from_function(move |name: String| column(&name, of_column.as_deref())));
        for function in ["metric", "labeled_total", "histogram_sum"] {
            let input = input.clone();
            let expanded = move |name: String| match &input {
                Some(input) => {
                    expand(&format!("{function}({})", written::literal(&name)), input).map_err(|problem| {
                        let hint = problem.hint.map_or(String::new(), |hint| format!("; {hint}"));
                        minijinja::Error::new(
                            ErrorKind::InvalidOperation,
                            format!("{}{hint}", problem.message),
                        )
                    })
                }
                None => Err(minijinja::Error::new(
                    ErrorKind::InvalidOperation,
                    "name the ping table that the dataset reads with `from:`",
                )),
            };
            values.insert(function.to_owned(), Value::from_function(expanded));
        }
        values.insert(
            "has".to_owned(),
            Value::from_function(move |path: String| {
                input.as_ref().is_some_and(|input| input.has_path(&path))
            }),
        );
        let names: Vec<String> = values.keys().cloned().collect();
        let context = Value::from(values);
        self.run(text, context, reader.fragments)
            .map_err(|error| vec![self.explain(&error, text, request, &names)])
    }

    /// The files that a text imports macros from.
    fn imported(&self, text: &Text) -> impl Iterator<Item = &Loaded> {
        let names = macros::imports(&text.text).into_iter();
        let names: Vec<String> =
            names.map(|import| import.file.strip_suffix(".sql").unwrap_or(import.file).to_owned()).collect();
        names.into_iter().filter_map(|name| self.templates.get(&name))
    }

    /// The output with marks where macros wrote it, if they change nothing else.
    fn run_marked(
        &self,
        text: &Text,
        context: Value,
        plain: &str,
    ) -> Option<(String, Vec<minijinja::OutputSpan>)> {
        macros::imports(&text.text).first()?;
        let template = match self.templates.get(&text.name) {
            Some(_) if text.is_file() => self.marked.get_template(&text.name).ok()?,
            _ => self.marked.template_from_named_str(&text.name, &text.text).ok()?,
        };
        let (output, spans) = template.render_with_spans(context).ok()?;
        (macros::unmarked(&output) == plain).then_some((output, spans))
    }

    fn run(
        &self,
        text: &Text,
        context: Value,
        fragments: Vec<super::sourcemap::Fragment>,
    ) -> Result<Rendered, minijinja::Error> {
        let template = match self.templates.get(&text.name) {
            Some(_) if text.is_file() => self.environment.get_template(&text.name)?,
            _ => self.environment.template_from_named_str(&text.name, &text.text)?,
        };
        // Text that stands in loops does not pass the formatter, so a bounded writer goes first where
        // there are loops that are not ours.
        if find_built_in(&text.name).is_none() && text.text.contains("{%") {
            template.render_captured_to(context.clone(), Bounded { left: LONGEST_OUTPUT })?;
        }
        let (output, spans) = template.render_with_spans(context.clone())?;
        let (output, spans) = self.run_marked(text, context, &output).unwrap_or((output, spans));
        let mut texts = vec![text.clone()];
        let macro_texts = self.macro_files.iter().filter_map(|name| self.templates.get(name));
        texts.extend(macro_texts.map(|loaded| loaded.text.clone()));
        let names = RefCell::new(BTreeMap::from([(text.name.clone(), 0)]));
        let parts: Vec<OutputPart> = spans
            .iter()
            .map(|span| {
                let known = names.borrow().get(span.name()).copied();
                let index = known.unwrap_or_else(|| match self.templates.get(span.name()) {
                    Some(loaded) => {
                        texts.push(loaded.text.clone());
                        names.borrow_mut().insert(span.name().to_owned(), texts.len() - 1);
                        texts.len() - 1
                    }
                    None => 0,
                });
                OutputPart {
                    output: span.output_range(),
                    text: index,
                    source: span.source_range(),
                    literal: span.kind() != OutputSpanKind::Expression,
                }
            })
            .collect();
        Ok(Rendered::new(&output, &parts, fragments, texts))
    }

    fn explain(
        &self,
        error: &minijinja::Error,
        text: &Text,
        request: &RenderRequest,
        names: &[String],
    ) -> Diagnostic {
        let error = innermost(error);
        let failed =
            error.name().and_then(|name| self.templates.get(name)).map_or(text, |loaded| &loaded.text);
        let what = match self.templates.contains_key(&failed.name) {
            true => format!("template `{}`", failed.name),
            false => "the SQL".to_owned(),
        };
        // Macros have none of these names.
        let names = if failed.name.starts_with(macros::FOLDER) { &[] } else { names };
        let mut finding = describe(error, &what, failed, names);
        let same_file =
            finding.position.as_ref().is_some_and(|at| at.source.path == request.defined_at.source.path);
        if !same_file {
            finding = finding.related(request.defined_at, format!("rendered for `{}`", request.this));
        }
        if error.detail().is_some_and(|detail| detail.contains("`in_partition`")) && request.input.is_some() {
            finding = finding.hint("the input knows days and no hours: read one with a TIMESTAMP column");
        }
        let asks_for_from = error.detail().is_some_and(|detail| detail.contains("`from"));
        if request.input.is_none() && error.kind() == ErrorKind::UndefinedError && asks_for_from {
            finding =
                finding.hint("the template reads `from`; name the table that the dataset reads with `from:`");
        }
        finding
    }
}

/// The condition that a row of the input belongs to the partition that is built. None where an hour is built
/// from a table that knows only days.
fn in_partition(input: &Input, partition: Option<(&str, Cadence)>) -> Option<String> {
    match (partition, &input.time) {
        (Some((_, every)), Some(time)) => time.within(every),
        _ => Some("TRUE".to_owned()),
    }
}

/// A table of a union, as templates see it.
fn part(part: &Part, every: Cadence) -> Value {
    let mut values = BTreeMap::from([("select", Value::from(part.select.as_str()))]);
    if let Some(time) = part.time.as_ref().filter(|_| every != Cadence::Whole) {
        values.insert("from_day", Value::from(time.day.as_str()));
        values.extend(time.within(every).map(|condition| ("in_partition", Value::from(condition))));
    }
    Value::from(values)
}

/// `column('country')` in SQL of one's own: a column as it is, a shortcut as what it stands for.
fn column(name: &str, input: Option<&Input>) -> Result<String, minijinja::Error> {
    let failed = |message: String| Err(minijinja::Error::new(ErrorKind::InvalidOperation, message));
    let Some(input) = input else { return failed("name the table that is read with `from:`".to_owned()) };
    if input.has_path(name) {
        return Ok(name.to_owned());
    }
    match (input.shortcut(name), did_you_mean(name, input.names())) {
        (Some(path), _) => Ok(path.to_owned()),
        (None, Some(near)) => {
            failed(format!("no column or shortcut `{name}` in {}; did you mean `{near}`?", input.shown()))
        }
        (None, None) => failed(format!("no column or shortcut `{name}` in {}", input.shown())),
    }
}

/// Whether a dataset can name the file as its template.
fn is_template(name: &str) -> bool {
    !name.ends_with(".init") && !name.starts_with(macros::FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Position;

    #[test]
    fn texts_become_literals_that_cannot_be_left() {
        let template =
            Source::new("templates/t.sql", "SELECT {{ \"it's a \\\\ \\n'; --\" | literal }} AS text");
        let (library, found) = Library::new(&BTreeMap::from([("t".to_owned(), Arc::clone(&template))]));
        assert!(found.is_empty());
        let here = Position::new(&template, 1, 1, 1);
        let request = RenderRequest {
            this: "d.t_v1",
            defined_at: &here,
            used_at: &here,
            with: None,
            partition: None,
            input: None,
            axes: &[],
            is_view: false,
        };
        let rendered =
            library.render("t", &request).map_err(|found| crate::diagnostic::render_all(&found)).unwrap();
        assert_eq!(rendered.sql, "SELECT 'it\\'s a \\\\ \\n\\'; --' AS text");
        assert!(crate::sql::Parsed::new(&rendered.sql).is_ok());
    }
}
