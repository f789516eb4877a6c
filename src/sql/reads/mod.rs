//! Which days of a partitioned table a query reads, from the conditions on its partition column.
//!
//! Understood are comparisons of the column (or of its DATE, of some days more, or of the day that a shard's suffix
//! says) with expressions of the partition parameters: equality, IN, BETWEEN, half-open ranges, DATE_DIFF, one OR the
//! other. Whatever is not understood bounds nothing: too many days may be read, a day that is read must never be left out.

mod moment;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use self::moment::{Moment, Stretch, integer, interval_days, rises, stretch};
use super::Analysis;
use super::tree::{
    Binary, Body, Constraint, DatePart, Expression, FromItem, InSet, JoinKind, Kind, Origin, Query,
    RelationKind, Select,
};
use super::{stack, suffix};
use crate::period::{Anchor, Bounds, Cadence, Edge, Narrowing};
use crate::schema::Type;

/// The days that a query reads of each table in `partition_columns` (table → partition column), hulled
/// over all places that name it; `None` where a place is not bounded. `cadence` is that of the partition
/// which the query builds.
pub fn infer_reads(
    analysis: &Analysis,
    partition_columns: &BTreeMap<String, String>,
    cadence: Cadence,
) -> BTreeMap<String, Option<Bounds>> {
    let narrowed = stack::roomy(analysis.query.depth, || {
        let narrowed = vec![Narrowing::default(); analysis.uses.len()];
        let (equal, alternatives) = (Vec::new(), 0);
        let mut reader = Reader {
            analysis,
            partition_columns,
            cadence,
            narrowed,
            sides: Sides::Both,
            equal,
            alternatives,
        };
        reader.query(&analysis.query);
        reader.carry_over();
        reader.narrowed
    });
    // Without a thread for it nothing is known to be bounded.
    let narrowed = narrowed.unwrap_or_else(|| vec![Narrowing::default(); analysis.uses.len()]);
    let mut reads: BTreeMap<String, Option<Bounds>> = BTreeMap::new();
    for (table_use, narrowed) in analysis.uses.iter().zip(&narrowed) {
        if !partition_columns.contains_key(&table_use.name) {
            continue;
        }
        let bounds = narrowed.bounds();
        reads
            .entry(table_use.name.clone())
            .and_modify(|known| *known = known.zip(bounds).map(|(one, two)| one.hull(two)))
            .or_insert(bounds);
    }
    reads
}

struct Reader<'a> {
    analysis: &'a Analysis,
    partition_columns: &'a BTreeMap<String, String>,
    cadence: Cadence,
    narrowed: Vec<Narrowing>,
    /// Of which sides of a join a condition leaves rows out.
    sides: Sides,
    /// Tables whose rows count only with rows of another one of the same day: the other one, and the table.
    equal: Vec<(usize, usize)>,
    /// How many conditions stand around of which one need not hold.
    alternatives: usize,
}

/// Bounds go from table to table so often at most.
const MOST_STEPS: usize = 8;

enum Sides {
    Both,
    Only(String),
    AllBut(String),
}

impl Sides {
    fn holds(&self, relation: Option<&str>) -> bool {
        let is = |name: &String| relation.is_some_and(|relation| relation.eq_ignore_ascii_case(name));
        match self {
            Sides::Both => true,
            Sides::Only(name) => is(name),
            Sides::AllBut(name) => relation.is_some() && !name.is_empty() && !is(name),
        }
    }
}

/// A partition column in a comparison: whether whole days are compared, and how many are added to it.
struct Place<'e> {
    origin: &'e Origin,
    by_day: bool,
    days: i32,
}

impl Reader<'_> {
    fn query(&mut self, query: &Query) {
        for table in &query.with {
            self.query(&table.query);
        }
        self.body(&query.body);
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Select(select) => self.select(select),
            Body::Query(query) => self.query(query),
            Body::Set { left, right, .. } => {
                self.body(left);
                self.body(right);
            }
        }
    }

    fn select(&mut self, select: &Select) {
        for item in &select.from {
            self.joined(item);
        }
        if let Some(filter) = &select.filter {
            self.conjuncts(filter);
            self.inside(filter);
        }
        for output in &select.outputs {
            self.inside(&output.expression);
        }
        for condition in select.having.iter().chain(&select.qualify) {
            self.inside(condition);
        }
    }

    fn joined(&mut self, item: &FromItem) {
        self.relation(&item.relation.kind);
        for join in &item.joins {
            self.relation(&join.relation.kind);
            if let Constraint::On(condition) = &join.constraint {
                // Of the side whose rows all stay, a condition here leaves out none.
                let joined =
                    || join.relation.alias.as_ref().map_or(String::new(), |alias| alias.text.clone());
                self.sides = match join.kind {
                    JoinKind::Inner | JoinKind::Cross => Sides::Both,
                    JoinKind::Left => Sides::Only(joined()),
                    JoinKind::Right => Sides::AllBut(joined()),
                    JoinKind::Full => Sides::Only(String::new()),
                };
                self.conjuncts(condition);
                self.sides = Sides::Both;
                self.inside(condition);
            }
        }
    }

    fn relation(&mut self, kind: &RelationKind) {
        match kind {
            RelationKind::Subquery(query) => self.query(query),
            RelationKind::Nested(item) => self.joined(item),
            RelationKind::Unnest { array, .. } => self.inside(array),
            RelationKind::Sample { input, .. }
            | RelationKind::Pivot { input, .. }
            | RelationKind::Unpivot { input, .. } => self.relation(&input.kind),
            RelationKind::Call { .. } | RelationKind::Table { .. } => {}
        }
    }

    /// Queries inside an expression have conditions of their own.
    fn inside(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Scalar(query) | Kind::ArrayQuery(query) | Kind::Exists { query, .. } => self.query(query),
            Kind::In { set: InSet::Query(query), .. } => self.query(query),
            _ => {}
        }
        let mut children = Vec::new();
        expression.children(&mut |child| children.push(child));
        for child in children {
            self.inside(child);
        }
    }

    fn conjuncts(&mut self, condition: &Expression) {
        match &condition.kind {
            Kind::Binary { operator: Binary::And, left, right } => {
                self.conjuncts(left);
                self.conjuncts(right);
            }
            Kind::Binary { operator: Binary::Or, left, right } => {
                self.either(&[left, right], &mut |reader, side| reader.conjuncts(side));
            }
            Kind::Binary { operator, left, right } => {
                if *operator == Binary::Equal
                    && let Some(stretch) = suffix::still_written(right).and_then(stretch)
                {
                    self.compare_with(left, *operator, stretch);
                } else if let Some(stretch) = stretch(right) {
                    for origin in self.truncated_columns(left) {
                        self.compare_truncated(origin, *operator, stretch);
                    }
                    self.compare_with(left, *operator, stretch);
                } else if let Some(stretch) = stretch(left) {
                    self.compare_with(right, mirrored(*operator), stretch);
                } else if let Some(days) = integer(right) {
                    self.compare_difference(left, *operator, days);
                } else if let Some(days) = integer(left) {
                    self.compare_difference(right, mirrored(*operator), days);
                } else if *operator == Binary::Equal && self.alternatives == 0 {
                    self.meet(left, right);
                    self.meet(right, left);
                }
            }
            Kind::Between { operand, low, high, negated: false } => {
                self.between(operand, low, high);
            }
            Kind::In { operand, set, negated: false } => match set {
                InSet::List(items) => self.one_of(operand, items),
                InSet::Unnest(array) => match &array.kind {
                    Kind::Array(items) => self.one_of(operand, items),
                    Kind::Call(call) if call.name == "GENERATE_DATE_ARRAY" && rises(call) => {
                        self.between(operand, &call.arguments[0], &call.arguments[1]);
                    }
                    _ => {}
                },
                InSet::Query(_) => {}
            },
            _ => {}
        }
    }

    fn between(&mut self, operand: &Expression, low: &Expression, high: &Expression) {
        match (stretch(low), stretch(high)) {
            (Some(low), Some(high)) => {
                self.compare_with(operand, Binary::GreaterOrEqual, low);
                self.compare_with(operand, Binary::LessOrEqual, high);
            }
            _ => match (integer(low), integer(high)) {
                (Some(low), Some(high)) => {
                    self.compare_difference(operand, Binary::GreaterOrEqual, low);
                    self.compare_difference(operand, Binary::LessOrEqual, high);
                }
                // `@submission_date BETWEEN day AND DATE_ADD(day, INTERVAL 6 DAY)`
                _ => {
                    if let Some(stretch) = stretch(operand) {
                        self.compare_with(low, Binary::LessOrEqual, stretch);
                        self.compare_with(high, Binary::GreaterOrEqual, stretch);
                    }
                }
            },
        }
    }

    fn one_of(&mut self, operand: &Expression, items: &[Expression]) {
        let items: Vec<&Expression> = items.iter().collect();
        self.either(&items, &mut |reader, item| {
            if let Some(stretch) = stretch(item).or_else(|| suffix::still_written(item).and_then(stretch)) {
                reader.compare_with(operand, Binary::Equal, stretch);
            }
        });
    }

    /// One of several conditions holds: what all of them bound is bounded by the widest.
    fn either(&mut self, conditions: &[&Expression], narrow: &mut dyn FnMut(&mut Self, &Expression)) {
        let outer = std::mem::take(&mut self.narrowed);
        self.alternatives += 1;
        let mut hulls: Option<Vec<Option<Bounds>>> = None;
        for condition in conditions {
            self.narrowed = vec![Narrowing::default(); outer.len()];
            narrow(self, condition);
            let bounds = self.narrowed.iter().map(|one| one.bounds());
            hulls = Some(match hulls {
                None => bounds.collect(),
                Some(hulls) => {
                    let pairs = hulls.into_iter().zip(bounds);
                    pairs.map(|(one, two)| one.zip(two).map(|(one, two)| one.hull(two))).collect()
                }
            });
        }
        self.alternatives -= 1;
        self.narrowed = outer;
        for (narrowed, bounds) in self.narrowed.iter_mut().zip(hulls.unwrap_or_default()) {
            if let Some(Bounds { from, to }) = bounds {
                narrowed.narrow(from, Some(to));
            }
        }
    }

    /// `a.day = b.day`: rows of the one count only with rows of the other that are of the same day.
    fn meet(&mut self, from: &Expression, to: &Expression) {
        let is_time = |value: &Expression| matches!(value.ty, Type::Date | Type::Datetime | Type::Timestamp);
        if !is_time(from) || !is_time(to) {
            return;
        }
        // Where the value comes from does not have to be where conditions hold: what bounds that table bounds the value.
        let sources = self.places_of(from, true);
        let [Place { origin: source, by_day, days: 0 }] = sources.as_slice() else { return };
        let exact = self.cadence != Cadence::Hour;
        let targets = self.places(to).into_iter().filter(|place| place.days == 0);
        let targets = targets.filter(|place| exact || !(place.by_day || *by_day));
        let pairs: Vec<(usize, usize)> =
            targets.map(|place| (source.table_use, place.origin.table_use)).collect();
        self.equal.extend(pairs.into_iter().filter(|(source, target)| source != target));
    }

    /// Bounds every table by those that its rows have to meet.
    fn carry_over(&mut self) {
        for _ in 0..self.equal.len().min(MOST_STEPS) {
            for (source, target) in &self.equal {
                if let Some(Bounds { from, to }) = self.narrowed[*source].bounds() {
                    self.narrowed[*target].narrow(from, Some(to));
                }
            }
        }
    }

    /// A comparison of a column, or of a column and some days, with a stretch of time.
    fn compare_with(&mut self, expression: &Expression, operator: Binary, stretch: Stretch) {
        for Place { origin, by_day, days } in self.places(expression) {
            let Some(stretch) = days.checked_neg().and_then(|days| stretch.shifted(days, days)) else {
                continue;
            };
            self.compare(origin, by_day, operator, stretch);
        }
    }

    /// `DATE_DIFF(@submission_date, day, DAY) < 28`, and the other way round.
    fn compare_difference(&mut self, expression: &Expression, operator: Binary, days: i32) {
        let Kind::Call(call) = &expression.kind else { return };
        let ("DATE_DIFF", [one, two, part]) = (call.name.as_str(), &call.arguments[..]) else { return };
        if !matches!(part.kind, Kind::Part(DatePart::Day)) {
            return;
        }
        let is_day = |expression: &Expression| expression.ty == Type::Date;
        if let (Some(stretch), true) = (stretch(one), is_day(two)) {
            if let Some(stretch) = days.checked_neg().and_then(|days| stretch.shifted(days, days)) {
                self.compare_with(two, mirrored(operator), stretch);
            }
        } else if let (Some(stretch), true) = (stretch(two), is_day(one))
            && let Some(stretch) = stretch.shifted(days, days)
        {
            self.compare_with(one, operator, stretch);
        }
    }

    /// The partition columns behind an expression, a condition on which leaves rows out.
    fn places<'e>(&self, expression: &'e Expression) -> Vec<Place<'e>> {
        self.places_of(expression, false)
    }

    /// The partition columns behind an expression, wherever it stands if `anywhere` is true.
    fn places_of<'e>(&self, expression: &'e Expression, anywhere: bool) -> Vec<Place<'e>> {
        let (column, by_day, days) = match &expression.kind {
            Kind::Call(call) => match (call.name.as_str(), &call.arguments[..]) {
                ("DATE", [column]) => (column, true, 0),
                ("DATE_TRUNC" | "TIMESTAMP_TRUNC", [column, part])
                    if matches!(part.kind, Kind::Part(DatePart::Day)) =>
                {
                    (column, true, 0)
                }
                // The suffix of a table's name that is a day, by itself or behind `intraday_`.
                ("PARSE_DATE" | "REGEXP_EXTRACT" | "REPLACE", _) => {
                    match suffix::day_of(expression).or_else(|| suffix::text_of(expression)) {
                        Some(column) => (column, true, 0),
                        None => return Vec::new(),
                    }
                }
                ("DATE_ADD", [column, interval]) => match interval_days(interval) {
                    Some((low, high)) if low == high => (column, true, low),
                    _ => return Vec::new(),
                },
                ("DATE_SUB", [column, interval]) => match interval_days(interval) {
                    Some((low, high)) if low == high => (column, true, -low),
                    _ => return Vec::new(),
                },
                _ => return Vec::new(),
            },
            Kind::Cast { operand, to: Type::Date, .. } => (&**operand, true, 0),
            Kind::Extract { part: DatePart::Date, operand, zone: None } => (&**operand, true, 0),
            Kind::Binary { operator: Binary::Add, left, right } if left.ty == Type::Date => {
                let Some(days) = integer(right) else { return Vec::new() };
                (&**left, true, days)
            }
            Kind::Binary { operator: Binary::Subtract, left, right } if left.ty == Type::Date => {
                let Some(days) = integer(right).and_then(i32::checked_neg) else { return Vec::new() };
                (&**left, true, days)
            }
            _ => (expression, matches!(expression.ty, Type::Date | Type::String), 0),
        };
        // `DATE_ADD(DATE(at), INTERVAL 1 DAY)`
        if days != 0 && !matches!(column.kind, Kind::Column { .. }) {
            let inner =
                self.places_of(column, anywhere).into_iter().filter(|place| place.days == 0 && place.by_day);
            return inner.map(|place| Place { days, ..place }).collect();
        }
        let Kind::Column { origins, relation, .. } = &column.kind else { return Vec::new() };
        if !anywhere && !self.sides.holds(relation.as_deref()) {
            return Vec::new();
        }
        let is_partition_column = |origin: &&Origin| {
            let table_use = self.analysis.uses.get(origin.table_use);
            table_use
                .and_then(|table_use| self.partition_columns.get(&table_use.name))
                .is_some_and(|partition_column| partition_column.eq_ignore_ascii_case(&origin.column))
                && (anywhere || self.analysis.conditions_move(origin))
        };
        origins.iter().filter(is_partition_column).map(|origin| Place { origin, by_day, days }).collect()
    }

    /// The partition columns behind a truncation to the period that is built: `DATE_TRUNC(day, MONTH)`.
    fn truncated_columns<'e>(&self, expression: &'e Expression) -> Vec<&'e Origin> {
        let Kind::Call(call) = &expression.kind else { return Vec::new() };
        let ("DATE_TRUNC" | "TIMESTAMP_TRUNC", [column, part]) = (call.name.as_str(), &call.arguments[..])
        else {
            return Vec::new();
        };
        let Kind::Part(part) = part.kind else { return Vec::new() };
        let fits = match self.cadence {
            Cadence::Hour => part == DatePart::Hour,
            Cadence::Day => part == DatePart::Day,
            Cadence::Week => matches!(part, DatePart::IsoWeek | DatePart::Week(1)),
            Cadence::Month => part == DatePart::Month,
            Cadence::Whole => false,
        };
        match fits {
            true => self
                .places(column)
                .into_iter()
                .filter(|place| place.days == 0)
                .map(|place| place.origin)
                .collect(),
            false => Vec::new(),
        }
    }

    /// The partition's own time, where a truncation is compared with the partition's beginning.
    fn compare_truncated(&mut self, origin: &Origin, operator: Binary, stretch: Stretch) {
        let Some(moment) = stretch.exact() else { return };
        let is_start = moment.days == 0 && moment.anchor == Anchor::First;
        // The midnight before an hour is not where it begins.
        let is_start = is_start && (self.cadence != Cadence::Hour || !moment.at_midnight);
        if operator == Binary::Equal && is_start {
            let (from, to) = match self.cadence {
                Cadence::Hour => (Edge::instant(Anchor::First, 0), Edge::instant(Anchor::Last, 0)),
                _ => (Edge::day(Anchor::First, 0), Edge::day(Anchor::Last, 0)),
            };
            self.narrowed[origin.table_use].narrow(Some(from), Some(to));
        }
    }

    fn compare(&mut self, origin: &Origin, by_day: bool, operator: Binary, stretch: Stretch) {
        match (operator, stretch.exact()) {
            (Binary::Equal, None) => {
                self.compare_moment(origin, by_day, Binary::GreaterOrEqual, stretch.low);
                self.compare_moment(origin, by_day, Binary::LessOrEqual, stretch.high);
            }
            (Binary::Greater | Binary::GreaterOrEqual, _) => {
                self.compare_moment(origin, by_day, operator, stretch.low);
            }
            _ => self.compare_moment(origin, by_day, operator, stretch.high),
        }
    }

    fn compare_moment(&mut self, origin: &Origin, by_day: bool, operator: Binary, moment: Moment) {
        let (from, to) = match self.cadence {
            Cadence::Hour if by_day || moment.at_midnight => hour_by_day(by_day, operator, moment),
            Cadence::Hour => hour_by_instant(operator, moment),
            cadence => by_whole_days(cadence, by_day, operator, moment),
        };
        self.narrowed[origin.table_use].narrow(from, to);
    }
}

type Edges = (Option<Edge>, Option<Edge>);

/// Days, weeks and months begin and end at midnight, so that every value is the start of a day.
fn by_whole_days(cadence: Cadence, by_day: bool, operator: Binary, moment: Moment) -> Edges {
    // The day after the last one is where the partition ends.
    let end = i32::from(moment.anchor == Anchor::Last && !moment.at_midnight);
    let day = moment.days + end;
    // A day is its own first and last one.
    let of = |anchor: Anchor, days: i32| match cadence {
        Cadence::Week | Cadence::Month => Edge::day(moment.anchor, days),
        _ => Edge::day(anchor, days),
    };
    let (from, to) = (|days| Some(of(Anchor::First, days)), |days| Some(of(Anchor::Last, days)));
    match operator {
        Binary::Equal => (from(day), to(day)),
        Binary::GreaterOrEqual => (from(day), None),
        Binary::Greater if by_day => (from(day + 1), None),
        Binary::Greater => (from(day), None),
        Binary::LessOrEqual => (None, to(day)),
        Binary::Less => (None, to(day - 1)),
        _ => (None, None),
    }
}

/// What an hour reads that is compared by days. The day in which an hour ends is its own, but for the last
/// hour of a day, so that a value counted from there is one of two days.
fn hour_by_day(by_day: bool, operator: Binary, moment: Moment) -> Edges {
    let low = moment.days - i32::from(moment.anchor == Anchor::Last && moment.at_midnight);
    let high = moment.days + i32::from(moment.anchor == Anchor::Last && !moment.at_midnight);
    let edge = |days| Some(Edge::day(moment.anchor, days));
    match operator {
        Binary::Equal => (edge(low), edge(high)),
        Binary::GreaterOrEqual => (edge(low), None),
        Binary::Greater if by_day => (edge(low + 1), None),
        Binary::Greater => (edge(low), None),
        Binary::LessOrEqual => (None, edge(high)),
        Binary::Less if moment.at_midnight => (None, edge(high - 1)),
        Binary::Less => (None, edge(high)),
        _ => (None, None),
    }
}

/// What an hour reads that is compared by instants.
fn hour_by_instant(operator: Binary, moment: Moment) -> Edges {
    let exact = Some(Edge::instant(moment.anchor, moment.days));
    // The instant itself is of the hour, or of the day, that begins with it.
    let including = match moment.anchor {
        Anchor::First => Edge::instant(Anchor::Last, moment.days),
        Anchor::Last => Edge::day(Anchor::Last, moment.days + 1),
    };
    match operator {
        Binary::Equal => (exact, Some(including)),
        Binary::GreaterOrEqual | Binary::Greater => (exact, None),
        Binary::LessOrEqual => (None, Some(including)),
        Binary::Less => (None, exact),
        _ => (None, None),
    }
}

fn mirrored(operator: Binary) -> Binary {
    match operator {
        Binary::Less => Binary::Greater,
        Binary::LessOrEqual => Binary::GreaterOrEqual,
        Binary::Greater => Binary::Less,
        Binary::GreaterOrEqual => Binary::LessOrEqual,
        other => other,
    }
}
