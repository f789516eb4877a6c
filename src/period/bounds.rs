//! What a partition reads of another table: a stretch of time between two edges that move with the
//! partition's own period.

use jiff::Span;
use jiff::civil::{Date, DateTime};

use super::{Cadence, Period};

/// Which end of the reader's period an edge is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    First,
    Last,
}

/// One edge of what is read: the day so many after the period's first or last one, or so many times 24
/// hours after the instant in which the period begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub anchor: Anchor,
    pub days: i32,
    pub instant: bool,
}

impl Edge {
    pub const fn day(anchor: Anchor, days: i32) -> Self {
        Self { anchor, days, instant: false }
    }

    pub const fn instant(anchor: Anchor, days: i32) -> Self {
        Self { anchor, days, instant: true }
    }

    /// Where a read begins that begins with this edge.
    pub fn begin(self, period: Period) -> DateTime {
        match self.instant {
            true => self.moment(period),
            false => self.of_day(period).at(0, 0, 0, 0),
        }
    }

    /// Where a read has ended that ends with this edge, the day included and the instant not.
    pub fn end(self, period: Period) -> DateTime {
        match self.instant {
            true => self.moment(period),
            false => shifted(self.of_day(period), 1).at(0, 0, 0, 0),
        }
    }

    fn of_day(self, period: Period) -> Date {
        shifted(
            match self.anchor {
                Anchor::First => period.first_day(),
                Anchor::Last => period.last_day(),
            },
            self.days,
        )
    }

    fn moment(self, period: Period) -> DateTime {
        let at = match self.anchor {
            Anchor::First => period.start(),
            Anchor::Last => period.end(),
        };
        shifted(at.date(), self.days).to_datetime(at.time())
    }

    /// The number by which edges of one anchor are compared: an instant lies before its day has ended.
    fn rank(self) -> (i32, bool) {
        (self.days, !self.instant)
    }
}

/// What a partition reads; `from` is `None` when it reaches back to the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub from: Option<Edge>,
    pub to: Edge,
}

impl Bounds {
    /// The days of the period itself.
    pub const SAME_DAY: Bounds = Bounds::days(Some(0), 0);

    /// The period itself, to the instant.
    pub const OWN_TIME: Bounds =
        Bounds { from: Some(Edge::instant(Anchor::First, 0)), to: Edge::instant(Anchor::Last, 0) };

    /// Days from so many after the period's first one to so many after its last one.
    pub const fn days(from: Option<i32>, to: i32) -> Self {
        let from = match from {
            Some(days) => Some(Edge::day(Anchor::First, days)),
            None => None,
        };
        Self { from, to: Edge::day(Anchor::Last, to) }
    }

    /// A range that holds both, the smallest where their edges have the same anchors.
    #[must_use]
    pub fn hull(self, other: Bounds) -> Bounds {
        let from = match (self.from, other.from) {
            (Some(one), Some(two)) if one.anchor == two.anchor && one.instant == two.instant => {
                Some(if one.days <= two.days { one } else { two })
            }
            // The first day is never after the last one, and a day never begins after its instants.
            (Some(one), Some(two)) => {
                let anchor = if one.anchor == two.anchor { one.anchor } else { Anchor::First };
                Some(Edge::day(anchor, one.days.min(two.days)))
            }
            _ => None,
        };
        let (one, two) = (self.to, other.to);
        let to = match one.anchor == two.anchor && one.instant == two.instant {
            true if one.days >= two.days => one,
            true => two,
            false => {
                let anchor = if one.anchor == two.anchor { one.anchor } else { Anchor::Last };
                Edge::day(anchor, one.days.max(two.days))
            }
        };
        Bounds { from, to }
    }

    /// Whether the read ends before a partition of a cadence begins.
    pub fn is_past(self, cadence: Cadence) -> bool {
        match (self.to.anchor, self.to.instant) {
            (Anchor::First, false) => self.to.days < 0,
            (Anchor::Last, false) => self.to.days.saturating_add(longest(cadence)) < 0,
            (Anchor::First, true) => self.to.days <= 0,
            (Anchor::Last, true) => self.to.days < 0,
        }
    }

    /// Whether all that `other` holds is within, for partitions of a cadence.
    pub fn covers(self, other: Bounds, cadence: Cadence) -> bool {
        let from = match (self.from, other.from) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => match (own.anchor, other.anchor) {
                (Anchor::Last, Anchor::First) => own.days + longest(cadence) <= other.days,
                _ => own.days <= other.days,
            },
        };
        let to = match (self.to.anchor, other.to.anchor) {
            (Anchor::Last, Anchor::First) => other.to.days - shortest(cadence) <= self.to.days,
            (Anchor::First, Anchor::Last) => other.to.days + longest(cadence) <= self.to.days,
            _ => other.to.days <= self.to.days,
        };
        from && to
    }
}

/// What is known of a read so far; every condition narrows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Narrowing {
    from: Option<Edge>,
    to: Option<Edge>,
}

impl Narrowing {
    /// A condition holds, too. Of two edges that cannot be compared either one bounds the read.
    pub fn narrow(&mut self, from: Option<Edge>, to: Option<Edge>) {
        self.from = match (self.from, from) {
            (Some(one), Some(two)) if one.anchor == two.anchor && one.rank() >= two.rank() => Some(one),
            (one, two) => two.or(one),
        };
        self.to = match (self.to, to) {
            (Some(one), Some(two)) if one.anchor == two.anchor && one.rank() <= two.rank() => Some(one),
            (one, two) => two.or(one),
        };
    }

    /// What is read, if it has an end.
    pub fn bounds(self) -> Option<Bounds> {
        self.to.map(|to| Bounds { from: self.from, to })
    }
}

/// Days from the first to the last one of the shortest period of a cadence.
fn shortest(cadence: Cadence) -> i32 {
    match cadence {
        Cadence::Week => 6,
        Cadence::Month => 27,
        Cadence::Hour | Cadence::Day | Cadence::Whole => 0,
    }
}

/// Days from the first to the last one of the longest period of a cadence.
fn longest(cadence: Cadence) -> i32 {
    match cadence {
        Cadence::Month => 30,
        other => shortest(other),
    }
}

fn shifted(day: Date, days: i32) -> Date {
    match Span::new().try_days(days) {
        Ok(span) => day.saturating_add(span),
        Err(_) if days < 0 => Date::MIN,
        Err(_) => Date::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(bounds: Bounds, period: &str) -> (String, String) {
        let period = period.parse().unwrap();
        let from = bounds.from.map_or(DateTime::MIN, |edge| edge.begin(period));
        (from.to_string(), bounds.to.end(period).to_string())
    }

    #[test]
    fn edges_move_with_the_period() {
        let at = |text: &str| format!("{text}:00");
        for (bounds, period, from, to) in [
            (Bounds::SAME_DAY, "2026-11-22", "2026-11-22T00:00", "2026-11-23T00:00"),
            (Bounds::SAME_DAY, "2026-11", "2026-11-01T00:00", "2026-12-01T00:00"),
            (Bounds::days(Some(-27), 1), "2026-W47", "2026-10-20T00:00", "2026-11-24T00:00"),
            (Bounds::SAME_DAY, "2026-11-22T23", "2026-11-22T00:00", "2026-11-23T00:00"),
            (
                Bounds { from: Some(Edge::instant(Anchor::First, -1)), to: Edge::instant(Anchor::Last, 0) },
                "2026-11-22T23",
                "2026-11-21T23:00",
                "2026-11-23T00:00",
            ),
        ] {
            assert_eq!(stretch(bounds, period), (at(from), at(to)), "{bounds:?} {period}");
        }
    }

    #[test]
    fn days_end_where_the_calendar_does() {
        let period = Period::day(Date::constant(2026, 11, 22));
        assert_eq!(Edge::day(Anchor::First, i32::MIN).begin(period).date(), Date::MIN);
        assert_eq!(Edge::day(Anchor::Last, i32::MAX).end(period).date(), Date::MAX);
    }

    #[test]
    fn a_hull_holds_both_whatever_they_are_counted_from() {
        let edges = [
            Edge::day(Anchor::First, -1),
            Edge::day(Anchor::First, 3),
            Edge::day(Anchor::Last, 0),
            Edge::instant(Anchor::First, 0),
            Edge::instant(Anchor::Last, 0),
            Edge::instant(Anchor::Last, 1),
        ];
        let all: Vec<Bounds> = edges
            .iter()
            .flat_map(|from| edges.iter().map(|to| Bounds { from: Some(*from), to: *to }))
            .collect();
        for period in ["2026-11-22T05", "2026-11-22T23", "2026-11-22", "2026-W47", "2026-02"] {
            let period = period.parse().unwrap();
            for one in &all {
                for two in &all {
                    let hull = one.hull(*two);
                    for part in [one, two] {
                        let begins = |bounds: &Bounds| bounds.from.unwrap().begin(period);
                        assert!(begins(&hull) <= begins(part), "{period} {one:?} {two:?}");
                        assert!(hull.to.end(period) >= part.to.end(period), "{period} {one:?} {two:?}");
                    }
                    if one.covers(*two, period.cadence()) && !one.to.instant && !one.from.unwrap().instant {
                        assert!(one.to.end(period) >= two.to.end(period), "{period} {one:?} {two:?}");
                    }
                }
            }
        }
    }
}
