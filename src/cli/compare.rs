use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Compiled, Globals, Problem};
use super::{arguments, report, status, work};
use crate::compile::CompiledDataset;
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{Snapshot, State};
use crate::period::Period;
use crate::schema::Type;
use crate::warehouse::{Compared, Figure, PeriodFigures};

/// Hold two datasets of the target against each other, day by day
///
/// Counts rows, and per column that both have the NULLs, the sum of numbers and the distinct texts, on the
/// days that both have. Differences end with exit code 1.
#[derive(Args)]
pub struct Arguments {
    /// A dataset, such as app_derived.clients_daily_v1
    first: String,
    /// The other one
    second: String,
    /// First day, YYYY-MM-DD; without it the first one that is built
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Last day, YYYY-MM-DD; without it the last one that is built
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

/// One figure of a day on which the two differ.
struct Difference {
    /// Empty for the number of rows.
    column: String,
    what: &'static str,
    values: [Option<String>; 2],
}

/// One day that both have.
struct PeriodResult {
    period: Period,
    rows: [i64; 2],
    differences: Vec<Difference>,
}

#[derive(Default)]
struct Comparison {
    periods: Vec<PeriodResult>,
    only_periods: [Vec<Period>; 2],
    only_columns: [Vec<String>; 2],
    /// Columns that both have, of different types.
    retyped: Vec<(String, String, String)>,
}

impl Comparison {
    fn differs(&self) -> bool {
        let only = |lists: &[Vec<String>; 2]| lists.iter().any(|list| !list.is_empty());
        self.periods.iter().any(|day| !day.differences.is_empty())
            || self.only_periods.iter().any(|days| !days.is_empty())
            || only(&self.only_columns)
            || !self.retyped.is_empty()
    }
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let from = arguments.from.as_deref().map(|text| arguments::date("--from", text)).transpose()?;
    let to = arguments.to.as_deref().map(|text| arguments::date("--to", text)).transpose()?;
    if let (Some(from), Some(to)) = (&arguments.from, &arguments.to) {
        arguments::range(from, to)?;
    }
    let compiled = context::compile(globals)?;
    let sides = [find(&compiled, &arguments.first)?, find(&compiled, &arguments.second)?];
    let names = sides.map(CompiledDataset::name);
    let snapshot = work::open_ledger(&compiled, globals)?.snapshot()?;
    let within = |period: &Period| {
        from.is_none_or(|from| period.last_day() >= from) && to.is_none_or(|to| period.first_day() <= to)
    };
    let days = [0, 1].map(|side| built(&snapshot, &names[side], &within));
    let only_periods = [0, 1].map(|side| days[side].difference(&days[1 - side]).copied().collect());
    let mut comparison = Comparison { only_periods, ..Comparison::default() };
    let columns = common_columns(sides, &mut comparison);
    let both: Vec<Period> = days[0].intersection(&days[1]).copied().collect();
    let (Some(first), Some(last)) = (both.first(), both.last()) else {
        return Err(Diagnostic::error(
            Code::NotBuilt,
            format!("no day of `{}` and `{}` is built in both", names[0], names[1]),
        )
        .hint(format!("`tidemill backfill --from DAY --to DAY {} {}` builds them", names[0], names[1]))
        .into());
    };
    let opened = work::open(&compiled, globals)?;
    let mut figures = Vec::new();
    for (side, name) in sides.iter().zip(&names) {
        figures.push(opened.warehouse.figures(name, &side.partition, (*first, *last), &columns)?);
    }
    comparison.periods = both.into_iter().map(|period| compare_period(period, &columns, &figures)).collect();
    if globals.json {
        report::json(&to_json(&names, &comparison));
    } else {
        print(&names, &comparison, globals);
    }
    Ok(ExitCode::from(u8::from(comparison.differs())))
}

fn find<'a>(compiled: &'a Compiled, name: &str) -> Result<&'a CompiledDataset, Problem> {
    let datasets = &compiled.compilation.datasets;
    datasets.get(name).ok_or_else(|| {
        Diagnostic::error(Code::UnknownSelection, format!("no dataset `{name}`"))
            .hint("name two datasets, such as app_derived.clients_daily_v1 and app_derived.clients_daily_v2")
            .suggest(name, datasets.keys().map(String::as_str))
            .into()
    })
}

fn built(snapshot: &Snapshot, name: &str, within: &dyn Fn(&Period) -> bool) -> BTreeSet<Period> {
    let days = snapshot.partitions.get(name).into_iter().flatten();
    days.filter(|(day, record)| record.state != State::Lost && within(day)).map(|(day, _)| *day).collect()
}

/// The columns that both have, with what is counted of them.
fn common_columns(sides: [&CompiledDataset; 2], comparison: &mut Comparison) -> Vec<Compared> {
    let mut compared = Vec::new();
    for field in sides[0].columns.iter() {
        let Some(other) = sides[1].columns.iter().find(|other| other.name == field.name) else {
            comparison.only_columns[0].push(field.name.clone());
            continue;
        };
        if other.ty != field.ty {
            comparison.retyped.push((field.name.clone(), field.ty.to_string(), other.ty.to_string()));
        }
        let figure = match (figure(&field.ty), figure(&other.ty)) {
            (one, other) if one == other => one,
            (Figure::Sum, Figure::FloatSum) | (Figure::FloatSum, Figure::Sum) => Figure::FloatSum,
            _ => Figure::Nulls,
        };
        compared.push(Compared { name: field.name.clone(), figure });
    }
    let has = |name: &String| sides[0].columns.iter().any(|field| field.name == *name);
    let others = sides[1].columns.iter().map(|field| field.name.clone());
    comparison.only_columns[1] = others.filter(|name| !has(name)).collect();
    compared
}

fn figure(ty: &Type) -> Figure {
    match ty {
        Type::Int64 | Type::Numeric => Figure::Sum,
        Type::Float64 => Figure::FloatSum,
        Type::String => Figure::Distinct,
        _ => Figure::Nulls,
    }
}

fn compare_period(
    period: Period,
    columns: &[Compared],
    figures: &[BTreeMap<String, PeriodFigures>],
) -> PeriodResult {
    let empty =
        PeriodFigures { rows: 0, columns: columns.iter().map(|one| (0, none_of(one.figure))).collect() };
    let of = |side: usize| figures[side].get(&period.to_string()).unwrap_or(&empty);
    let (left, right) = (of(0), of(1));
    let mut differences = Vec::new();
    if left.rows != right.rows {
        let values = [left.rows, right.rows].map(|rows| Some(rows.to_string()));
        differences.push(Difference { column: String::new(), what: "rows", values });
    }
    for (column, (left, right)) in columns.iter().zip(left.columns.iter().zip(&right.columns)) {
        if left.0 != right.0 {
            let values = [left.0, right.0].map(|nulls| Some(nulls.to_string()));
            differences.push(Difference { column: column.name.clone(), what: "nulls", values });
        }
        if !column.figure.agrees(left.1.as_deref(), right.1.as_deref()) {
            let values = [left.1.clone(), right.1.clone()];
            let what = column.figure.name();
            differences.push(Difference { column: column.name.clone(), what, values });
        }
    }
    PeriodResult { period, rows: [left.rows, right.rows], differences }
}

/// The figure of a day without rows.
fn none_of(figure: Figure) -> Option<String> {
    (figure == Figure::Distinct).then(|| "0".to_owned())
}

/// So many differences of a day are shown without `--verbose`.
const SHOWN: usize = 4;

fn print(names: &[String; 2], comparison: &Comparison, globals: &Globals) {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    let short = [0, 1].map(|side| names[side].rsplit('.').next().unwrap_or_default());
    let heads = if short[0] == short[1] { [names[0].as_str(), names[1].as_str()] } else { short };
    table.set_header(["day", &format!("rows of {}", heads[0]), &format!("of {}", heads[1]), "differs in"]);
    for day in &comparison.periods {
        let all: Vec<String> = day.differences.iter().filter(|one| one.what != "rows").map(told).collect();
        let shown = if globals.verbose { all.len() } else { SHOWN.min(all.len()) };
        let mut text = all[..shown].join("; ");
        if all.len() > shown {
            text.push_str(&format!("; {} more", all.len() - shown));
        }
        table.add_row([day.period.to_string(), day.rows[0].to_string(), day.rows[1].to_string(), text]);
    }
    report::line(&format!("{} and {}\n", names[0], names[1]));
    report::line(&status::trimmed(&table));
    report::line("");
    for side in [0, 1] {
        match comparison.only_periods[side].as_slice() {
            [] => {}
            [day] => report::line(&format!("only {} has {day}", names[side])),
            [first, .., last] => {
                let days = report::count(comparison.only_periods[side].len(), "day");
                report::line(&format!("only {} has {days}, {first} to {last}", names[side]));
            }
        }
        if !comparison.only_columns[side].is_empty() {
            let columns = comparison.only_columns[side].join(", ");
            let plural = if comparison.only_columns[side].len() == 1 { "" } else { "s" };
            report::line(&format!("only {} has the column{plural} {columns}", names[side]));
        }
    }
    for (column, one, other) in &comparison.retyped {
        report::line(&format!("{column} is {one} and {other}"));
    }
    let differing = comparison.periods.iter().filter(|day| !day.differences.is_empty()).count();
    report::line(&match differing {
        0 => format!("{} compared, all equal", report::count(comparison.periods.len(), "day")),
        _ => format!("{} compared, {differing} unequal", report::count(comparison.periods.len(), "day")),
    });
}

fn told(difference: &Difference) -> String {
    let value = |side: usize| difference.values[side].as_deref().unwrap_or("NULL");
    format!("{}: {} {} and {}", difference.column, difference.what, value(0), value(1))
}

fn to_json(names: &[String; 2], comparison: &Comparison) -> serde_json::Value {
    let texts = |days: &[Period]| days.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "datasets": names,
        "equal": !comparison.differs(),
        "days": comparison.periods.iter().map(|day| json!({
            "day": day.period.to_string(), "rows": day.rows,
            "differences": day.differences.iter().map(|one| json!({
                "column": if one.column.is_empty() { None } else { Some(&one.column) },
                "what": one.what, "values": one.values,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "only_periods": comparison.only_periods.iter().map(|days| texts(days)).collect::<Vec<_>>(),
        "only_columns": comparison.only_columns,
        "retyped": comparison.retyped.iter().map(|(column, one, other)| json!({
            "column": column, "types": [one, other],
        })).collect::<Vec<_>>(),
    })
}
