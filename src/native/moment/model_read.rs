//! Texts read by a format model: `CAST(text AS DATE FORMAT model)`. Format elements, "Format string as date and time". A year or
//! month that the text does not have is the current one, so the last argument is the current time.

use super::element::MONTHS;
use super::model::{Piece, pieces};
use super::parse::{name, number};
use super::{Outcome, date, datetime, timestamp, zone};
use crate::native::unexpected;
use crate::value::calendar::{DAY, checked_days, civil, days_of};
use crate::value::{Value, Zone};

pub(super) fn date_by_model<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let found = read(arguments, true, false, false)?;
    date(found.days()?)
}

pub(super) fn datetime_by_model<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let found = read(arguments, true, true, false)?;
    datetime(found.days()? * DAY + found.clock())
}

pub(super) fn time_by_model<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    Ok(Value::Time(read(arguments, false, true, false)?.clock() % DAY))
}

pub(super) fn timestamp_by_model<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let found = read(arguments, true, true, true)?;
    let local = found.days()? * DAY + found.clock();
    timestamp(found.zone.instant(local))
}

/// What the text said.
struct Found {
    year: i64,
    month: i64,
    day: i64,
    day_of_year: Option<i64>,
    hour: i64,
    of_twelve: bool,
    afternoon: bool,
    minute: i64,
    second: i64,
    second_of_day: Option<i64>,
    micros: i64,
    zone: Zone,
}

impl Found {
    fn days(&self) -> Result<i64, String> {
        let days = match self.day_of_year {
            Some(day) => Some(days_of(self.year, 1, day)).filter(|days| civil(*days).0 == self.year),
            None => checked_days(self.year, self.month, self.day).map(i64::from),
        };
        days.ok_or_else(|| "the text names no day of the calendar".to_owned())
    }

    fn clock(&self) -> i64 {
        let hour = match (self.of_twelve, self.afternoon) {
            (true, true) => self.hour % 12 + 12,
            (true, false) => self.hour % 12,
            (false, _) => self.hour,
        };
        let seconds = self.second_of_day.unwrap_or(hour * 3600 + self.minute * 60 + self.second);
        seconds * 1_000_000 + self.micros
    }
}

/// Text, model, current time, and a zone for what names none.
fn read(arguments: &[Value], of_day: bool, of_clock: bool, of_zone: bool) -> Result<Found, String> {
    let [Value::String(text), Value::String(model), Value::Timestamp(now), rest @ ..] = arguments else {
        return Err(unexpected(arguments));
    };
    let zone = zone(rest.first())?;
    let pieces = pieces(model)?;
    check(&pieces, of_day, of_clock, of_zone)?;
    let (year, month, _) = civil(zone.local(*now).div_euclid(DAY));
    let mut found = Found {
        year,
        month,
        day: 1,
        day_of_year: None,
        hour: 0,
        of_twelve: false,
        afternoon: false,
        minute: 0,
        second: 0,
        second_of_day: None,
        micros: 0,
        zone,
    };
    let unfit = || format!("`{text}` does not fit the format `{model}`");
    let mut left = text.trim();
    let (mut hours_east, mut minutes_east) = (None, 0);
    let mut places = pieces.iter().peekable();
    while let Some(piece) = places.next() {
        left = match piece {
            Piece::Text(literal) => left.strip_prefix(literal.as_str()).ok_or_else(unfit)?,
            Piece::Space => {
                while places.next_if_eq(&&Piece::Space).is_some() {}
                let rest = left.trim_start();
                if rest.len() == left.len() {
                    return Err(unfit());
                }
                rest
            }
            Piece::Element("TZH", _) => {
                let rest = left.strip_prefix(['+', '-', ' ']).ok_or_else(unfit)?;
                let (hours, rest) = exactly(rest, 2).ok_or_else(unfit)?;
                hours_east = Some(if left.starts_with('-') { (-1, hours) } else { (1, hours) });
                rest
            }
            Piece::Element("TZM", _) => {
                let (minutes, rest) = exactly(left, 2).ok_or_else(unfit)?;
                minutes_east = minutes;
                rest
            }
            Piece::Element(element, _) => {
                let is_delimited = !matches!(places.peek(), Some(Piece::Element(..)));
                found.element(element, left, is_delimited, year).ok_or_else(unfit)?
            }
        };
    }
    if !left.is_empty() {
        return Err(unfit());
    }
    if let Some((sign, hours)) = hours_east {
        let text = format!("{}{hours:02}:{minutes_east:02}", if sign < 0 { '-' } else { '+' });
        found.zone = Zone::named(&text)?;
    }
    Ok(found)
}

/// "Format model rules": what may stand together.
fn check(pieces: &[Piece], of_day: bool, of_clock: bool, of_zone: bool) -> Result<(), String> {
    let names: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| if let Piece::Element(name, _) = piece { Some(*name) } else { None })
        .collect();
    let count = |of: &[&str]| names.iter().filter(|name| of.contains(name)).count();
    let years = count(&["YYYY", "YYY", "YY", "Y", "Y,YYY", "RRRR", "RR"]);
    let (months, days) = (count(&["MM", "MON", "MONTH"]), count(&["DD", "DDD"]));
    let (twelve, hour, half) =
        (count(&["HH", "HH12"]), count(&["HH24"]), count(&["AM", "PM", "A.M.", "P.M."]));
    let minutes = count(&["MI"]);
    let (seconds, of_the_day) = (count(&["SS"]), count(&["SSSSS"]));
    let fractions = names.iter().filter(|name| name.starts_with("FF")).count();
    let (zone_hours, zone_minutes) = (count(&["TZH"]), count(&["TZM"]));
    let wrong = if [
        years,
        months,
        days,
        twelve + hour,
        half,
        minutes,
        seconds,
        of_the_day,
        fractions,
        zone_hours,
        zone_minutes,
    ]
    .iter()
    .any(|count| *count > 1)
    {
        "it names a part twice"
    } else if count(&["DAY", "DY", "D"]) > 0 {
        "weekdays cannot be read"
    } else if count(&["DDD"]) > 0 && months > 0 {
        "DDD says the month already"
    } else if twelve != half {
        "HH12 goes with A.M. or P.M., and HH24 without"
    } else if of_the_day > 0 && twelve + hour + half + minutes + seconds > 0 {
        "SSSSS says the time already"
    } else if !of_day && years + months + days > 0
        || !of_clock && twelve + hour + minutes + seconds + of_the_day + fractions > 0
    {
        "it names a part that the type does not have"
    } else if !of_zone && zone_hours + zone_minutes > 0 {
        "only a TIMESTAMP has a time zone"
    } else if zone_minutes > zone_hours {
        "TZM goes with TZH"
    } else {
        return Ok(());
    };
    Err(format!("the format cannot be read by: {wrong}"))
}

fn exactly(text: &str, digits: usize) -> Option<(i64, &str)> {
    number(text, digits, 0, i64::MAX).filter(|(_, rest)| text.len() - rest.len() == digits)
}

impl Found {
    fn element<'t>(
        &mut self,
        name_of: &str,
        text: &'t str,
        is_delimited: bool,
        current: i64,
    ) -> Option<&'t str> {
        let within = |digits: usize, least: i64, most: i64| {
            exactly(text, digits).filter(|(number, _)| (least..=most).contains(number))
        };
        let (target, (value, rest)) = match name_of {
            "YYYY" | "RRRR" => {
                let found = if is_delimited { number(text, 5, 0, 99_999)? } else { exactly(text, 4)? };
                (&mut self.year, found)
            }
            "Y,YYY" => {
                let (thousands, rest) = number(text, 2, 0, 99)?;
                let (rest_of_year, rest) = exactly(rest.strip_prefix(',')?, 3)?;
                (&mut self.year, (thousands * 1000 + rest_of_year, rest))
            }
            "YYY" | "YY" | "Y" => {
                let (digits, rest) = exactly(text, name_of.len())?;
                let cycle = 10_i64.pow(name_of.len() as u32);
                (&mut self.year, (current / cycle * cycle + digits, rest))
            }
            "RR" => {
                let (digits, rest) = exactly(text, 2)?;
                let century = match (digits < 50, current % 100 < 50) {
                    (true, false) => current / 100 + 1,
                    (false, true) => current / 100 - 1,
                    _ => current / 100,
                };
                (&mut self.year, (century * 100 + digits, rest))
            }
            "MM" => (&mut self.month, within(2, 1, 12)?),
            "MON" | "MONTH" => {
                let (place, rest) = name(text, &MONTHS)?;
                let length = text.len() - rest.len();
                // MAY is both.
                if (name_of == "MON") && length != 3
                    || (name_of == "MONTH") && length != MONTHS[place as usize].len()
                {
                    return None;
                }
                (&mut self.month, (place + 1, rest))
            }
            "DD" => (&mut self.day, within(2, 1, 31)?),
            "DDD" => {
                let (day, rest) = within(3, 1, 366)?;
                self.day_of_year = Some(day);
                return Some(rest);
            }
            "HH" | "HH12" => {
                self.of_twelve = true;
                (&mut self.hour, within(2, 1, 12)?)
            }
            "HH24" => (&mut self.hour, within(2, 0, 23)?),
            "MI" => (&mut self.minute, within(2, 0, 59)?),
            "SS" => (&mut self.second, within(2, 0, 59)?),
            "SSSSS" => {
                let (second, rest) = within(5, 0, 86_399)?;
                self.second_of_day = Some(second);
                return Some(rest);
            }
            "AM" | "PM" | "A.M." | "P.M." => {
                let (half, rest) = text.split_at_checked(name_of.len())?;
                let half = half.to_ascii_uppercase();
                self.afternoon = half.starts_with('P');
                let same = half.get(1..) == name_of.get(1..) && half.starts_with(['A', 'P']);
                return same.then_some(rest);
            }
            fraction => {
                let digits: usize = fraction.strip_prefix("FF")?.parse().ok()?;
                let (number, rest) = exactly(text, digits)?;
                let micros = if digits <= 6 {
                    number * 10_i64.pow(6 - digits as u32)
                } else {
                    number / 10_i64.pow(digits as u32 - 6)
                };
                (&mut self.micros, (micros, rest))
            }
        };
        *target = value;
        Some(rest)
    }
}
