//! What the tables of the demo say day by day, beside what the simulator counted itself.

use std::collections::BTreeMap;

use anyhow::Context;
use jiff::civil::Date;

use crate::cli::context::{Compiled, Problem};
use crate::cli::work;
use crate::simulate::{Acquisition, DayTruth, Truth, WorldTruth};
use crate::value::{Value, text};

/// The numbers of a day by what they are about: a channel, a collection, where a download comes from.
pub type Numbers<const N: usize> = BTreeMap<String, [u64; N]>;
pub type Days<const N: usize> = BTreeMap<Date, Numbers<N>>;

/// What a view says and what is true. A number of nothing stands in neither.
pub struct Comparison<const N: usize> {
    pub what: &'static str,
    /// What is compared.
    pub numbers: &'static str,
    pub found: Days<N>,
    truth: Days<N>,
}

impl<const N: usize> Comparison<N> {
    fn new(
        (what, numbers): (&'static str, &'static str),
        sql: &str,
        truth: impl IntoIterator<Item = (Date, String, [u64; N])>,
        warehouse: &Warehouse,
    ) -> Result<Self, Problem> {
        Ok(Self { what, numbers, found: warehouse.days(sql)?, truth: days(truth) })
    }

    /// Days on which all numbers are those of the truth, and days in all.
    pub fn agreement(&self) -> (usize, usize) {
        let agrees = |(day, numbers): &(&Date, &Numbers<N>)| {
            self.found.get(*day).unwrap_or(&Numbers::new()) == *numbers
        };
        (self.truth.iter().filter(agrees).count(), self.truth.len())
    }

    /// All days of the truth.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Date> {
        self.truth.keys().copied()
    }

    /// The sum of each number of a day.
    pub fn sums(&self, day: Date) -> [u64; N] {
        let mut sums = [0; N];
        for numbers in self.found.get(&day).into_iter().flat_map(Numbers::values) {
            sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        }
        sums
    }
}

/// What the demo shows.
pub struct All {
    /// By product: daily, weekly and monthly active users, and new clients.
    pub products: Vec<Comparison<4>>,
    /// Users, requests and errors.
    pub sync: Comparison<3>,
    /// Visits.
    pub website: Comparison<1>,
    /// Downloads and new clients.
    pub acquisition: Comparison<2>,
}

/// Compares all that there is.
pub fn all(truth: &WorldTruth, compiled: &Compiled, opened: &work::Opened) -> Result<All, Problem> {
    let warehouse = Warehouse { compiled, opened };
    let of_channels = |prefix: &str| -> Vec<(String, &Truth)> {
        let namespaces = truth.phones.iter();
        namespaces
            .filter_map(|(name, truth)| Some((name.strip_prefix(prefix)?.trim_start_matches('-'), truth)))
            .map(|(channel, truth)| (if channel.is_empty() { "release" } else { channel }.to_owned(), truth))
            .collect()
    };
    let whole = |truth| vec![(String::new(), truth)];
    let products = [
        ("Tide Browser", users("tide_browser", None), whole(&truth.browser)),
        ("Tide Desktop", users("tide_desktop", None), whole(&truth.desktop)),
        ("Tide Focus", users("phones", Some("tide_focus")), of_channels("org-tide-focus")),
        ("Tide Reader", users("phones", Some("tide_reader")), of_channels("org-tide-reader")),
    ];
    let products = products.into_iter().map(|(what, sql, truths)| {
        let numbers = truths.into_iter().flat_map(|(channel, truth)| {
            let of_day = move |(day, one): (&Date, &DayTruth)| {
                let users = [one.daily_active, one.weekly_active, one.monthly_active, one.new_clients];
                (*day, channel.clone(), users)
            };
            truth.days.iter().map(of_day)
        });
        Comparison::new(
            (what, "daily, weekly and monthly active users, new clients"),
            &sql,
            numbers,
            &warehouse,
        )
    });
    let sync =
        truth.sync.days.iter().map(|(day, one)| (*day, String::new(), [one.users, one.requests, one.errors]));
    let website = truth.web.days.iter().map(|(day, one)| (*day, String::new(), [one.sessions]));
    Ok(All {
        products: products.collect::<Result<_, _>>()?,
        sync: Comparison::new(("Synchronisation", "users, requests and errors"), SYNC, sync, &warehouse)?,
        website: Comparison::new(("Website", "visits"), WEBSITE, website, &warehouse)?,
        acquisition: Comparison::new(
            ("Acquisition", "downloads and new clients by product, country and origin"),
            ACQUISITION,
            acquisition(truth),
            &warehouse,
        )?,
    })
}

const SYNC: &str = "SELECT submission_date, '', SUM(users), SUM(requests), SUM(errors) FROM `sync.usage_by_country` GROUP BY submission_date";
const WEBSITE: &str = "SELECT session_date, '', COUNT(*) FROM `website.sessions` GROUP BY session_date";
const ACQUISITION: &str = "SELECT submission_date, ARRAY_TO_STRING([product, country, source, medium, campaign], ' '), downloads, new_clients FROM `acquisition.downloads_and_new_clients`";

/// The query of a product's users. Applications for phones share a table, and are told by channel.
fn users(schema: &str, phone: Option<&str>) -> String {
    let (new_in, channel) = phone.map_or((schema, "''"), |application| (application, "channel"));
    let only = phone.map_or(String::new(), |application| format!("WHERE app = '{application}'"));
    format!(
        "SELECT day, channel, SUM(daily), SUM(weekly), SUM(monthly), SUM(newcomers)
         FROM (
           SELECT submission_date AS day, {channel} AS channel, daily_active_users AS daily,
             weekly_active_users AS weekly, monthly_active_users AS monthly, 0 AS newcomers
           FROM `{schema}.active_users` {only}
           UNION ALL
           SELECT first_seen_date, {channel}, 0, 0, 0, 1 FROM `{new_in}.clients_first_seen`
         )
         GROUP BY day, channel"
    )
}

/// What the website's downloads and the new clients of both editions are by the simulator's count.
fn acquisition(truth: &WorldTruth) -> Vec<(Date, String, [u64; 2])> {
    let mut counted: BTreeMap<(Date, String), [u64; 2]> = BTreeMap::new();
    let mut add = |day: &Date, product: &str, origins: &BTreeMap<Acquisition, u64>, place: usize| {
        for (Acquisition { country, attribution }, count) in origins {
            let mut about = vec![product, country];
            about.extend(attribution.iter().flat_map(|one| [one.source, one.medium, one.campaign]));
            counted.entry((*day, about.join(" "))).or_default()[place] += count;
        }
    };
    for (day, web) in &truth.web.days {
        web.downloads.iter().for_each(|(product, origins)| add(day, product, origins, 0));
    }
    for (product, truth) in [("tide-browser", &truth.browser), ("tide-desktop", &truth.desktop)] {
        truth.days.iter().for_each(|(day, one)| add(day, product, &one.new_by_origin, 1));
    }
    let of_period = truth.web.days.keys().map(|day| (*day, String::new(), [0, 0]));
    of_period.chain(counted.into_iter().map(|((day, about), numbers)| (day, about, numbers))).collect()
}

struct Warehouse<'a> {
    compiled: &'a Compiled,
    opened: &'a work::Opened,
}

impl Warehouse<'_> {
    /// The rows of a query that gives a day, a text and numbers.
    fn days<const N: usize>(&self, sql: &str) -> Result<Days<N>, Problem> {
        let result = work::ask(self.compiled, self.opened, sql)?;
        let row = |row: Vec<Value>| -> Option<(Date, String, [u64; N])> {
            let mut values = row.into_iter();
            let day = text(&values.next()?).parse().ok()?;
            let about = match values.next()? {
                Value::Null => String::new(),
                about => text(&about),
            };
            let numbers: Vec<u64> = values.map(|value| text(&value).parse().ok()).collect::<Option<_>>()?;
            Some((day, about, numbers.try_into().ok()?))
        };
        let rows: Option<Vec<_>> = result.rows.into_iter().map(row).collect();
        Ok(days(rows.with_context(|| format!("no days and numbers: {sql}"))?))
    }
}

fn days<const N: usize>(rows: impl IntoIterator<Item = (Date, String, [u64; N])>) -> Days<N> {
    let mut days = Days::new();
    for (day, about, numbers) in rows {
        let of_day = days.entry(day).or_insert_with(Numbers::new);
        if numbers.iter().any(|number| *number > 0) {
            of_day.insert(about, numbers);
        }
    }
    days
}
