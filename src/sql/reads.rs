//! Which days of a partitioned table a query reads, from the conditions on its partition column.
//!
//! Understood are comparisons of the column (or of its DATE) with expressions of the partition
//! parameters: equality, BETWEEN, half-open ranges. Whatever is not understood bounds nothing.

use std::collections::BTreeMap;

use super::Analysis;
use super::stack;
use super::tree::{
    Binary, Body, Constraint, DatePart, Expression, FromItem, InSet, JoinKind, Kind, Origin, Query,
    RelationKind, Select, Unary,
};
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
        let mut reader = Reader { analysis, partition_columns, cadence, narrowed };
        reader.query(&analysis.query);
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
}

/// Longest interval that counts as a bound, in days, as in definitions: what reaches further bounds nothing.
const LONGEST_INTERVAL: i32 = 36_500;

/// A bound value: the instant in which the partition begins or ends, or the midnight before it, so many days
/// later.
#[derive(Clone, Copy)]
struct Moment {
    anchor: Anchor,
    days: i32,
    /// A day, or its first instant.
    at_midnight: bool,
}

impl Moment {
    /// The day of it. A partition ends with the first instant of the day after its last one.
    fn day(self) -> Moment {
        let ends = i32::from(self.anchor == Anchor::Last && !self.at_midnight);
        Moment { days: self.days + ends, at_midnight: true, ..self }
    }

    fn shifted(self, days: i32) -> Option<Moment> {
        let days = self.days.checked_add(days)?;
        (-LONGEST_INTERVAL..=LONGEST_INTERVAL).contains(&days).then_some(Moment { days, ..self })
    }
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
                if join.kind == JoinKind::Inner {
                    self.conjuncts(condition);
                }
                self.inside(condition);
            }
        }
    }

    fn relation(&mut self, kind: &RelationKind) {
        match kind {
            RelationKind::Subquery(query) => self.query(query),
            RelationKind::Nested(item) => self.joined(item),
            RelationKind::Unnest { array, .. } => self.inside(array),
            RelationKind::Sample { input, .. } => self.relation(&input.kind),
            RelationKind::Call { .. }
            | RelationKind::Pivot { .. }
            | RelationKind::Unpivot { .. }
            | RelationKind::Table { .. } => {}
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
            Kind::Binary { operator, left, right } => {
                if let Some(moment) = moment(right) {
                    for origin in self.truncated_columns(left) {
                        self.compare_truncated(origin, *operator, moment);
                    }
                    for (origin, by_day) in self.partition_columns(left) {
                        self.compare(origin, by_day, *operator, moment);
                    }
                } else if let Some(moment) = moment(left) {
                    for (origin, by_day) in self.partition_columns(right) {
                        self.compare(origin, by_day, mirrored(*operator), moment);
                    }
                }
            }
            Kind::Between { operand, low, high, negated: false } => {
                if let (Some(low), Some(high)) = (moment(low), moment(high)) {
                    for (origin, by_day) in self.partition_columns(operand) {
                        self.compare(origin, by_day, Binary::GreaterOrEqual, low);
                        self.compare(origin, by_day, Binary::LessOrEqual, high);
                    }
                }
            }
            _ => {}
        }
    }

    /// The partition columns behind an expression, and whether they are compared by whole days.
    fn partition_columns<'e>(&self, expression: &'e Expression) -> Vec<(&'e Origin, bool)> {
        let (column, by_day) = match &expression.kind {
            Kind::Call(call) if call.name == "DATE" && call.arguments.len() == 1 => {
                (&call.arguments[0], true)
            }
            Kind::Cast { operand, to: Type::Date, .. } => (&**operand, true),
            Kind::Extract { part: DatePart::Date, operand, zone: None } => (&**operand, true),
            _ => (expression, expression.ty == Type::Date),
        };
        let Kind::Column { origins, .. } = &column.kind else { return Vec::new() };
        let is_partition_column = |origin: &&Origin| {
            let table_use = self.analysis.uses.get(origin.table_use);
            table_use
                .and_then(|table_use| self.partition_columns.get(&table_use.name))
                .is_some_and(|partition_column| partition_column.eq_ignore_ascii_case(&origin.column))
                && self.analysis.conditions_move(origin)
        };
        origins.iter().filter(is_partition_column).map(|origin| (origin, by_day)).collect()
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
            true => self.partition_columns(column).into_iter().map(|(origin, _)| origin).collect(),
            false => Vec::new(),
        }
    }

    /// The partition's own time, where a truncation is compared with the partition's beginning.
    fn compare_truncated(&mut self, origin: &Origin, operator: Binary, moment: Moment) {
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

    fn compare(&mut self, origin: &Origin, by_day: bool, operator: Binary, moment: Moment) {
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

/// The start of a day that an expression of the parameters stands for.
fn moment(expression: &Expression) -> Option<Moment> {
    let instant = Moment { anchor: Anchor::First, days: 0, at_midnight: false };
    match &expression.kind {
        Kind::Parameter(name) => match name.as_str() {
            "submission_date" => Some(Moment { anchor: Anchor::First, days: 0, at_midnight: true }),
            "partition_start" => Some(Moment { anchor: Anchor::First, ..instant }),
            "partition_end" => Some(Moment { anchor: Anchor::Last, ..instant }),
            _ => None,
        },
        Kind::Call(call) => {
            let first = call.arguments.first().and_then(moment);
            match (call.name.as_str(), call.arguments.len()) {
                ("DATE", 1) => first.map(Moment::day),
                ("TIMESTAMP" | "DATETIME", 1) => first,
                ("DATE_ADD" | "TIMESTAMP_ADD", 2) => shifted(first?, &call.arguments[1], 1),
                ("DATE_SUB" | "TIMESTAMP_SUB", 2) => shifted(first?, &call.arguments[1], -1),
                _ => None,
            }
        }
        Kind::Cast { operand, to, .. } => moment(operand).map(|inner| match to {
            Type::Date => inner.day(),
            _ => inner,
        }),
        Kind::Binary { operator, left, right } if left.ty == Type::Date && right.ty == Type::Int64 => {
            let days = integer(right)?;
            let sign = match operator {
                Binary::Add => 1,
                Binary::Subtract => -1,
                _ => return None,
            };
            moment(left)?.shifted(days.checked_mul(sign)?)
        }
        _ => None,
    }
}

fn shifted(start: Moment, interval: &Expression, sign: i32) -> Option<Moment> {
    let Kind::Interval { value, part, to: None } = &interval.kind else { return None };
    let count = integer(value)?;
    let days = match part {
        DatePart::Day => count,
        DatePart::Week(0) => count.checked_mul(7)?,
        DatePart::Hour if count % 24 == 0 => count / 24,
        _ => return None,
    };
    start.shifted(days.checked_mul(sign)?)
}

fn integer(expression: &Expression) -> Option<i32> {
    match &expression.kind {
        Kind::Integer(value) => i32::try_from(*value).ok(),
        Kind::Text(text) => text.parse().ok(),
        Kind::Unary { operator: Unary::Minus, operand } => integer(operand)?.checked_neg(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Field;
    use crate::sql::{Catalogue, Table, analyse};

    struct Days;

    impl Catalogue for Days {
        fn table(&self, name: &str) -> Option<Table> {
            matches!(name, "d.t" | "d.u").then(|| Table {
                name: name.to_owned(),
                columns: vec![Field::new("day", Type::Date), Field::new("moment", Type::Timestamp)].into(),
                open: false,
            })
        }

        fn names(&self) -> Vec<String> {
            vec!["d.t".to_owned()]
        }
    }

    fn reads_every(cadence: Cadence, column: &str, sql: &str) -> Option<Bounds> {
        let analysis = analyse(sql, &Days).unwrap();
        infer_reads(&analysis, &BTreeMap::from([("d.t".to_owned(), column.to_owned())]), cadence)["d.t"]
    }

    /// The days that a day's partition reads.
    fn reads(column: &str, sql: &str) -> Option<Bounds> {
        reads_every(Cadence::Day, column, sql)
    }

    fn days(from: i32, to: i32) -> Option<Bounds> {
        Some(Bounds::days(Some(from), to))
    }

    #[test]
    fn hours_weeks_and_months_are_bounded_by_their_ends() {
        let own =
            Some(Bounds { from: Some(Edge::instant(Anchor::First, 0)), to: Edge::instant(Anchor::Last, 0) });
        let first = |from: Option<i32>, to: i32| {
            let edge = |days| Edge::day(Anchor::First, days);
            Some(Bounds { from: from.map(edge), to: edge(to) })
        };
        let to_last = |from: i32, to: i32| Some(Bounds::days(Some(from), to));
        use Cadence::{Hour, Month, Week};
        for (cadence, column, condition, expected) in [
            (Hour, "moment", "moment >= @partition_start AND moment < @partition_end", own),
            (Hour, "moment", "TIMESTAMP_TRUNC(moment, HOUR) = @partition_start", own),
            (Hour, "moment", "moment = @partition_start", own),
            (
                Hour,
                "moment",
                "moment < @partition_start",
                Some(Bounds { from: None, to: Edge::instant(Anchor::First, 0) }),
            ),
            (
                Hour,
                "moment",
                "moment >= @partition_start AND moment <= @partition_end",
                Some(Bounds { from: Some(Edge::instant(Anchor::First, 0)), to: Edge::day(Anchor::Last, 1) }),
            ),
            (Hour, "moment", "DATE(moment) = @submission_date", first(Some(0), 0)),
            // The hours before it are of the day too, however the day is written.
            (
                Hour,
                "moment",
                "moment >= TIMESTAMP(@submission_date) AND moment < @partition_end",
                Some(Bounds { from: Some(Edge::day(Anchor::First, 0)), to: Edge::instant(Anchor::Last, 0) }),
            ),
            (Hour, "moment", "TIMESTAMP_TRUNC(moment, HOUR) = TIMESTAMP(@submission_date)", None),
            (
                Hour,
                "moment",
                "DATE(moment) >= DATE(@partition_end) AND DATE(moment) <= @submission_date",
                Some(Bounds { from: Some(Edge::day(Anchor::Last, 0)), to: Edge::day(Anchor::First, 0) }),
            ),
            (Month, "day", "day >= @submission_date AND day < DATE(@partition_end)", to_last(0, 0)),
            (Month, "day", "day = @submission_date", first(Some(0), 0)),
            (Month, "day", "DATE_TRUNC(day, MONTH) = @submission_date", to_last(0, 0)),
            (Month, "day", "DATE_TRUNC(day, YEAR) = @submission_date", None),
            (Month, "day", "day BETWEEN @submission_date - 28 AND @submission_date", first(Some(-28), 0)),
            (Week, "day", "day BETWEEN @submission_date AND @submission_date + 6", first(Some(0), 6)),
            (Week, "day", "DATE_TRUNC(day, ISOWEEK) = @submission_date", to_last(0, 0)),
            (Week, "day", "DATE_TRUNC(day, WEEK(MONDAY)) = @submission_date", to_last(0, 0)),
            // Weeks begin on Monday here, and on Sunday there.
            (Week, "day", "DATE_TRUNC(day, WEEK) = @submission_date", None),
        ] {
            let sql = format!("SELECT day FROM d.t WHERE {condition}");
            assert_eq!(reads_every(cadence, column, &sql), expected, "{condition}");
        }
    }

    #[test]
    fn comparisons_with_the_parameters_bound_the_days() {
        for (condition, expected) in [
            ("day = @submission_date", days(0, 0)),
            ("@submission_date = day", days(0, 0)),
            ("day = DATE_SUB(@submission_date, INTERVAL 1 DAY)", days(-1, -1)),
            ("day BETWEEN DATE_SUB(@submission_date, INTERVAL 27 DAY) AND @submission_date", days(-27, 0)),
            ("day > DATE_SUB(@submission_date, INTERVAL 1 WEEK) AND day <= @submission_date", days(-6, 0)),
            ("day BETWEEN @submission_date - 6 AND @submission_date + 1", days(-6, 1)),
            ("day < @submission_date", Some(Bounds::days(None, -1))),
            ("day >= @submission_date", None),
            ("day = @submission_date OR day IS NULL", None),
            ("day IS NOT NULL", None),
        ] {
            assert_eq!(
                reads("day", &format!("SELECT day FROM d.t WHERE {condition}")),
                expected,
                "{condition}"
            );
        }
        for (condition, expected) in [
            ("DATE(moment) = @submission_date", days(0, 0)),
            ("moment >= @partition_start AND moment < @partition_end", days(0, 0)),
            (
                "moment >= TIMESTAMP_SUB(@partition_start, INTERVAL 24 HOUR) AND moment < @partition_end",
                days(-1, 0),
            ),
            ("moment < @partition_start", Some(Bounds::days(None, -1))),
        ] {
            assert_eq!(
                reads("moment", &format!("SELECT moment FROM d.t WHERE {condition}")),
                expected,
                "{condition}"
            );
        }
    }

    #[test]
    fn intervals_beyond_all_days_bound_nothing() {
        for condition in [
            "day > @submission_date + 2147483647 AND day <= @submission_date",
            "day >= DATE_SUB(@submission_date, INTERVAL '-2147483648' DAY) AND day <= @submission_date",
            "day > @submission_date - 36501 AND day <= @submission_date",
        ] {
            let sql = format!("SELECT day FROM d.t WHERE {condition}");
            assert_eq!(reads("day", &sql), Some(Bounds::days(None, 0)), "{condition}");
        }
        assert_eq!(reads("day", "SELECT day FROM d.t WHERE day <= @submission_date + 2147483647"), None);
        assert_eq!(reads("day", "SELECT day FROM d.t WHERE day = @submission_date - 36501"), None);
    }

    #[test]
    fn conditions_move_through_plain_queries_only() {
        assert_eq!(
            reads("day", "WITH a AS (SELECT * FROM d.t) SELECT day FROM a WHERE day = @submission_date"),
            days(0, 0)
        );
        // Two uses of one common table: neither condition holds for all of it.
        assert_eq!(
            reads(
                "day",
                "WITH a AS (SELECT * FROM d.t) SELECT x.day FROM a AS x JOIN a AS y ON x.moment = y.moment WHERE x.day = @submission_date"
            ),
            None
        );
        // A window sees the rows that the outer condition drops.
        assert_eq!(
            reads(
                "day",
                "SELECT day FROM (SELECT day, LAG(moment) OVER (ORDER BY day) AS before FROM d.t) WHERE day = @submission_date"
            ),
            None
        );
    }

    #[test]
    fn conditions_of_a_subquery_do_not_bound_the_table_around_it() {
        for sql in [
            "SELECT a.day FROM d.t a WHERE NOT EXISTS (SELECT 1 FROM d.u WHERE a.day = @submission_date)",
            "SELECT (SELECT COUNT(*) FROM d.u WHERE a.day = @submission_date) AS n FROM d.t a",
            "SELECT a.day FROM d.t a WHERE a.moment IS NULL OR EXISTS (SELECT 1 FROM d.u WHERE a.day = @submission_date)",
            "SELECT a.day FROM d.t a WHERE a.moment NOT IN (SELECT u.moment FROM d.u JOIN d.u v ON a.day = @submission_date)",
            "SELECT a.day FROM d.t a WHERE NOT EXISTS (SELECT 1 FROM (SELECT a.day AS today FROM d.u) WHERE today = @submission_date)",
            "WITH c AS (SELECT * FROM d.t) SELECT day FROM c WHERE NOT EXISTS (SELECT 1 FROM d.u WHERE c.day = @submission_date)",
        ] {
            assert_eq!(reads("day", sql), None, "{sql}");
        }
        for sql in [
            "SELECT u.moment FROM d.u WHERE EXISTS (SELECT 1 FROM d.t WHERE t.moment = u.moment AND t.day = @submission_date)",
            "WITH c AS (SELECT * FROM d.t) SELECT u.moment FROM d.u WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.moment = u.moment AND c.day = @submission_date)",
        ] {
            assert_eq!(reads("day", sql), days(0, 0), "{sql}");
        }
    }

    #[test]
    fn conditions_move_into_every_side_of_a_union() {
        let union = |sides: &str| format!("SELECT day FROM ({sides}) WHERE day = @submission_date");
        let all = "SELECT day FROM d.t UNION ALL SELECT day FROM d.t UNION ALL SELECT day FROM d.t";
        assert_eq!(reads("day", &union(all)), days(0, 0));
        // A side that computes its day bounds nothing for itself and hinders no other side.
        assert_eq!(
            reads("day", &union("SELECT DATE '2026-01-01' AS day UNION ALL SELECT day FROM d.t")),
            days(0, 0)
        );
        for sides in [
            "SELECT day FROM d.t UNION ALL SELECT DATE_ADD(day, INTERVAL 1 DAY) AS day FROM d.t",
            "SELECT day FROM d.t UNION ALL SELECT day FROM (SELECT day FROM d.t LIMIT 5)",
            "SELECT day FROM d.u EXCEPT DISTINCT SELECT day FROM d.t",
        ] {
            assert_eq!(reads("day", &union(sides)), None, "{sides}");
        }
        // Each place of a common table that is named twice sees all of its rows.
        assert_eq!(
            reads(
                "day",
                "WITH a AS (SELECT day FROM d.t), b AS (SELECT day FROM a UNION ALL SELECT day FROM a) SELECT day FROM b WHERE day = @submission_date"
            ),
            None
        );
    }

    #[test]
    fn several_places_are_hulled() {
        assert_eq!(
            reads(
                "day",
                "SELECT day FROM d.t WHERE day = @submission_date UNION ALL SELECT day FROM d.t WHERE day = @submission_date - 2"
            ),
            days(-2, 0)
        );
    }
}
