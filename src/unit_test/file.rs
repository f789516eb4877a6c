//! The files of `tests/` → tests and fixtures as they are written. Strict: every mistake of every file is reported with
//! its place. What values mean depends on the tables, which this must not look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::definition::{Example, example_types, shapes};
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::yaml::{self, Limits, MapReader, Node, Text};

/// The tests of one file.
pub struct TestFile {
    pub kind: Kind,
    pub subject: Text,
    pub tests: Vec<Test>,
}

/// What is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Dataset,
    View,
    Function,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Dataset, Kind::View, Kind::Function];

    /// The key that names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Dataset => "dataset",
            Kind::View => "view",
            Kind::Function => "function",
        }
    }
}

/// A test as it is written.
pub struct Test {
    pub name: Text,
    pub body: Body,
}

pub enum Body {
    /// Of a dataset or a view: one step, or the days in their order.
    Rows(Vec<Step>),
    /// Of a function: a call and what it gives.
    Call(Example),
    /// Of a function: a query that gives TRUE only, or these rows.
    Query { sql: Text, step: Step },
}

/// What is given and what is expected.
pub struct Step {
    pub position: Position,
    pub parameters: Vec<(Text, Node)>,
    /// The days that the `init` query fills, where that is what runs.
    pub init: Option<Init>,
    pub now: Option<Timestamp>,
    pub given: Vec<(Text, Node)>,
    pub expect: Option<Expect>,
}

/// The first and the last day of an `init` query.
#[derive(Clone)]
pub struct Init {
    pub position: Position,
    pub from: Date,
    pub to: Date,
}

/// The rows that a query must give.
pub struct Expect {
    pub rows: Node,
    pub of: Option<Text>,
    /// Other rows may be there, and only the fields that are written are compared.
    pub subset: bool,
    pub ordered: bool,
    pub columns: Vec<Text>,
}

/// Rows under a name.
pub type Fixtures = BTreeMap<String, Node>;

/// Reads all files of `tests/`.
pub fn read(sources: &[Arc<Source>], found: &mut Vec<Diagnostic>) -> (Vec<TestFile>, Fixtures) {
    let mut files = Vec::new();
    let mut fixtures: BTreeMap<String, (Position, Node)> = BTreeMap::new();
    for source in sources {
        let node = match yaml::parse(source, Limits::SCHEMA) {
            Ok(node) => node,
            Err(error) => {
                found.push(error);
                continue;
            }
        };
        if node.get("fixture").is_none() {
            files.extend(test_file(&node, found));
            continue;
        }
        let Some((name, rows)) = fixture(&node, found) else { continue };
        match fixtures.get(&name.text) {
            Some((first, _)) => found.push(
                Diagnostic::error(Code::DuplicateName, format!("two fixtures are named `{}`", name.text))
                    .at(&name.position)
                    .related(first, "the other one")
                    .hint("give one of them another name"),
            ),
            None => {
                fixtures.insert(name.text, (name.position, rows));
            }
        }
    }
    (files, fixtures.into_iter().map(|(name, (_, rows))| (name, rows)).collect())
}

fn fixture(node: &Node, found: &mut Vec<Diagnostic>) -> Option<(Text, Node)> {
    let reader = MapReader::of(node, "a fixture", &shapes::FIXTURE);
    let name = reader.required_text("fixture", "name it: `fixture: two_clients`");
    let _ = reader.optional_text("description");
    let rows = reader.required("rows", "a list of rows: `rows: [{client_id: one}]`").cloned();
    found.extend(reader.finish());
    name.zip(rows)
}

fn test_file(node: &Node, found: &mut Vec<Diagnostic>) -> Option<TestFile> {
    let reader = MapReader::of(node, "a file of tests", &shapes::TESTS);
    let subjects: Vec<(Kind, Text)> = Kind::ALL
        .into_iter()
        .filter_map(|kind| reader.optional_text(kind.as_str()).map(|name| (kind, name)))
        .collect();
    let hint = "start the file with `dataset: some_derived.name_v1`, `view:` or `function:`";
    let subject = match subjects.as_slice() {
        [one] => Some(one.clone()),
        [] => {
            if node.as_map().is_some() {
                let message = "a file of tests says what it tests";
                reader.report(Diagnostic::error(Code::MissingKey, message).at(reader.position()).hint(hint));
            }
            None
        }
        [_, (_, second), ..] => {
            let message = "a file of tests has one of `dataset`, `view` and `function`";
            let finding = Diagnostic::error(Code::UnclearKind, message).at(&second.position);
            reader.report(finding.hint("give each of them a file of its own"));
            None
        }
    };
    let kind = subject.as_ref().map_or(Kind::Dataset, |(kind, _)| *kind);
    let mut tests: Vec<Test> = Vec::new();
    let items = reader.required("tests", "a list of tests: `tests: [{name: …, given: …, expect: …}]`");
    for item in list(&reader, "tests", items) {
        let Some(test) = test(item, kind, &reader) else { continue };
        if let Some(first) = tests.iter().find(|known| known.name.text == test.name.text) {
            let message = format!("two tests are named `{}`", test.name.text);
            let finding = Diagnostic::error(Code::DuplicateName, message).at(&test.name.position);
            reader.report(
                finding.related(&first.name.position, "the other one").hint("say what each of them states"),
            );
            continue;
        }
        tests.push(test);
    }
    found.extend(reader.finish());
    let (kind, subject) = subject?;
    Some(TestFile { kind, subject, tests })
}

/// The items of a list; anything else is reported.
fn list<'a>(reader: &MapReader, key: &str, node: Option<&'a Node>) -> &'a [Node] {
    let Some(node) = node else { return &[] };
    node.as_list().unwrap_or_else(|| {
        let message = format!("`{key}` is a list, not {}", node.value.kind());
        let hint = format!("write each item in a line of its own behind `- ` under `{key}:`");
        reader.report(Diagnostic::error(Code::WrongType, message).at(&node.position).hint(hint));
        &[]
    })
}

fn test(item: &Node, kind: Kind, outer: &MapReader) -> Option<Test> {
    let reader = MapReader::of(item, "a test", &shapes::TEST);
    let name = reader.required_text("name", "say what it states: `name: a ping sent twice counts once`");
    let body = match kind {
        Kind::Dataset | Kind::View => rows(item, &reader),
        Kind::Function => of_function(item, &reader),
    };
    let mut found = reader.finish();
    let of_others: &[&str] = match kind {
        Kind::Function => &["days", "given", "init", "parameters"],
        Kind::Dataset | Kind::View => &["arguments", "gives", "sql", "types"],
    };
    for (key, _) in item.as_map().unwrap_or_default() {
        let Some(name) = key.as_text().filter(|name| of_others.contains(name)) else { continue };
        found.retain(|finding| finding.position.as_ref() != Some(&key.position));
        let message = format!("a test of a {} has no key `{name}`", kind.as_str());
        let hint = match kind {
            Kind::Function => "a function reads no tables: write `arguments` and `gives`, or `sql`",
            _ => "write the rows that are read under `given`, and those that come out under `expect`",
        };
        found.push(Diagnostic::error(Code::UnknownKey, message).at(&key.position).hint(hint));
    }
    let is_whole = !found.iter().any(Diagnostic::is_error);
    outer.report_all(found);
    // What may not say what its author means is not run.
    Some(Test { name: name?, body: body? }).filter(|_| is_whole)
}

fn rows(item: &Node, reader: &MapReader) -> Option<Body> {
    let first = step(item, reader);
    let Some(days) = reader.optional("days") else {
        if first.expect.is_none() && item.as_map().is_some() {
            reader.required("expect", "the rows that come out: `expect: [{client_id: one}]`, or `[]`");
        }
        return first.expect.is_some().then(|| Body::Rows(vec![first]));
    };
    if let Some(init) = &first.init {
        let message = "`init` stands with the first day where there are `days`";
        let finding = Diagnostic::error(Code::InvalidTest, message).at(&init.position);
        reader.report(finding.hint("move it into the first of them"));
    }
    if let Some(expect) = &first.expect {
        let message = "`expect` stands with each day where there are `days`";
        reader.report(
            Diagnostic::error(Code::InvalidTest, message)
                .at(&expect.rows.position)
                .hint("move it into the day after which it holds"),
        );
    }
    let mut steps = Vec::new();
    for day in list(reader, "days", Some(days)) {
        let of_day = MapReader::of(day, "a day", &shapes::TEST_DAY);
        let mut step = step(day, &of_day);
        reader.report_all(of_day.finish());
        // What the test says holds for all of its days, unless a day says otherwise.
        let is_said = |name: &Text| step.parameters.iter().any(|(own, _)| own.text == name.text);
        let others: Vec<(Text, Node)> =
            first.parameters.iter().filter(|(name, _)| !is_said(name)).cloned().collect();
        step.parameters.extend(others);
        step.now = step.now.or(first.now);
        steps.push(step);
    }
    if let Some(step) = steps.first_mut() {
        step.given.splice(0..0, first.given);
    }
    if steps.iter().all(|step| step.expect.is_none()) {
        let message = "the test expects nothing";
        let finding = Diagnostic::error(Code::InvalidTest, message).at(&days.position);
        reader.report(finding.hint("put `expect` into the last day at least"));
        return None;
    }
    Some(Body::Rows(steps))
}

fn of_function(item: &Node, reader: &MapReader) -> Option<Body> {
    let sql = reader.optional_text("sql");
    let arguments = reader.optional("arguments");
    // NULL is a value here like any other, so the key is looked for as it was written.
    let _ = reader.optional("gives");
    let gives = item.get("gives");
    let types = example_types(reader);
    let step = Step {
        position: item.position.clone(),
        parameters: Vec::new(),
        init: None,
        now: now(reader),
        given: Vec::new(),
        expect: expect(reader),
    };
    match (sql, arguments, gives) {
        (Some(sql), None, None) => Some(Body::Query { sql, step }),
        (None, Some(arguments), Some(gives)) if step.expect.is_none() && step.now.is_none() => {
            Some(Body::Call(Example { arguments: arguments.clone(), gives: gives.clone(), types: types? }))
        }
        _ => {
            if item.as_map().is_some() {
                let message = "a test of a function has `arguments` and `gives`, or `sql`";
                let finding = Diagnostic::error(Code::InvalidTest, message).at(reader.position());
                reader.report(
                    finding.hint("`{name: …, arguments: ['x'], gives: 'X'}`, or `{name: …, sql: SELECT …}`"),
                );
            }
            None
        }
    }
}

fn step(node: &Node, reader: &MapReader) -> Step {
    let entries = |key: &'static str| -> Vec<(Text, Node)> {
        let Some(node) = reader.optional(key) else { return Vec::new() };
        reader.entries(key, node).into_iter().map(|(name, value)| (name, value.clone())).collect()
    };
    Step {
        position: match node.as_map() {
            Some(_) => reader.position().clone(),
            None => node.position.clone(),
        },
        parameters: entries("parameters"),
        init: reader.optional("init").and_then(|node| init(node, reader)),
        now: now(reader),
        given: entries("given"),
        expect: expect(reader),
    }
}

fn init(node: &Node, outer: &MapReader) -> Option<Init> {
    let reader = MapReader::of(node, "`init`", &shapes::TEST_INIT);
    let day = |key: &'static str, hint: &str| {
        let text = reader.required_text(key, hint)?;
        reader
            .parsed(key, &text, |text| text.parse::<Date>().map_err(|_| "write a day: 2026-11-22".to_owned()))
    };
    let from = day("from", "the first day that it fills: `from: 2026-11-20`");
    let to = day("to", "the last day that it fills: `to: 2026-11-22`");
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let finding = Diagnostic::error(Code::InvalidTest, format!("`init` ends on {to}, before {from}"));
        reader.report(finding.at(&node.position).hint("`from` is the first day, `to` the last"));
    }
    outer.report_all(reader.finish());
    Some(Init { position: node.position.clone(), from: from?, to: to? })
}

fn now(reader: &MapReader) -> Option<Timestamp> {
    let text = reader.optional_text("now")?;
    reader.parsed("now", &text, |text| {
        let ty = crate::schema::Type::Timestamp;
        let utc = crate::schema::value::scalar(text, &ty)?;
        let moment: jiff::civil::DateTime =
            utc.parse().map_err(|_| format!("there is no such time as {text}"))?;
        let zoned = moment.to_zoned(jiff::tz::TimeZone::UTC);
        zoned.map(|zoned| zoned.timestamp()).map_err(|_| format!("there is no such time as {text}"))
    })
}

fn expect(reader: &MapReader) -> Option<Expect> {
    let node = reader.optional("expect")?;
    if node.as_map().is_none() {
        let rows = node.clone();
        return Some(Expect { rows, of: None, subset: false, ordered: false, columns: Vec::new() });
    }
    let of_rows = MapReader::of(node, "`expect`", &shapes::EXPECT);
    let rows = of_rows.required("rows", "the rows that come out: `rows: [{client_id: one}]`").cloned();
    let of = of_rows.optional_text("of");
    let subset = of_rows.optional_text("match").and_then(|text| {
        of_rows.parsed("match", &text, |text| match text {
            "exact" => Ok(false),
            "subset" => Ok(true),
            _ => Err("write `exact` or `subset`".to_owned()),
        })
    });
    let ordered = of_rows.optional_bool("ordered").unwrap_or_default();
    let columns = of_rows.optional_texts("columns");
    reader.report_all(of_rows.finish());
    Some(Expect { rows: rows?, of, subset: subset.unwrap_or_default(), ordered, columns })
}
