//! What the demo prints: users of every product, the synchronisation server, the website, and how all of it
//! agrees with the simulator's own count.

use jiff::civil::Date;

use super::comparison::{All, Comparison};
use crate::cli::context::{Compiled, Problem};
use crate::cli::{report, work};
use crate::value::text;

/// The days that tables show.
const LAST_DAYS: usize = 5;

/// The last days of each kind of data.
pub fn results(all: &All, last_day: Date) {
    let days: Vec<Date> = all.website.days().collect();
    let first_day = days.first().copied().unwrap_or(last_day);
    report::line(&format!("\nActive users on {last_day}"));
    report::line(&format!(
        "  {:<14}{:>7}{:>8}{:>9}   daily since {first_day}",
        "", "daily", "weekly", "monthly"
    ));
    for product in &all.products {
        let users = match product.found.contains_key(&last_day) {
            true => product.sums(last_day).map(|number| number.to_string()),
            false => std::array::from_fn(|_| "waits".to_owned()),
        };
        let [daily, weekly, monthly, _] = users;
        let history: Vec<u64> = days.iter().map(|day| product.sums(*day)[0]).collect();
        report::line(&format!(
            "  {:<14}{daily:>7}{weekly:>8}{monthly:>9}   {}",
            product.what,
            bars(&history)
        ));
    }
    report::line(&format!("\n  {:<17}{:<35}{}", "", "synchronisation server", "website"));
    report::line(&format!(
        "  {:<14}{:>7}{:>10}{:>8}{:>11}{:>11}{:>13}",
        "day", "users", "requests", "errors", "visits", "downloads", "new clients"
    ));
    for day in days.iter().rev().take(LAST_DAYS).rev() {
        let [users, requests, errors] = all.sync.sums(*day);
        let [downloads, new_clients] = all.acquisition.sums(*day);
        let visits = match all.website.found.get(day) {
            Some(_) => all.website.sums(*day)[0].to_string(),
            None => "waits".to_owned(),
        };
        report::line(&format!(
            "  {:<14}{users:>7}{requests:>10}{errors:>8}{visits:>11}{downloads:>11}{new_clients:>13}",
            day.strftime("%Y-%m-%d %a").to_string()
        ));
    }
}

/// Downloads beside new clients of the browser by what had led people to the website, in the last three weeks:
/// in the first days of the period, clients from before it are new too.
pub fn sources(compiled: &Compiled, opened: &work::Opened, last_day: Date) -> Result<(), Problem> {
    let sql = format!(
        "SELECT source, medium, SUM(downloads) AS downloads, SUM(new_clients) AS new_clients
      FROM `acquisition.downloads_and_new_clients` WHERE product = 'tide-browser' AND source IS NOT NULL
        AND submission_date > DATE_SUB(DATE '{last_day}', INTERVAL 21 DAY)
      GROUP BY source, medium ORDER BY downloads DESC, source, medium"
    );
    let result = work::ask(compiled, opened, &sql)?;
    report::line(&format!(
        "\n  {:<34}{:>10}{:>13}",
        "Tide Browser in three weeks, by", "downloads", "new clients"
    ));
    for row in &result.rows {
        let cell = |column: usize| row.get(column).map(text).unwrap_or_default();
        report::line(&format!("  {:<34}{:>10}{:>13}", format!("{}, {}", cell(0), cell(1)), cell(2), cell(3)));
    }
    Ok(())
}

/// On how many days the tables say what the simulator counted.
pub fn agreement(all: &All) {
    report::line("\nDays that agree with the simulator's own count");
    all.products.iter().for_each(told);
    told(&all.sync);
    told(&all.website);
    told(&all.acquisition);
    let waiting = all.website.days().next_back().filter(|day| !all.website.found.contains_key(day));
    if let Some(day) = waiting {
        report::line(&format!(
            "  Visits of {day} wait for the next day's export: some go on after midnight."
        ));
    }
}

fn told<const N: usize>(comparison: &Comparison<N>) {
    let (agree, all) = comparison.agreement();
    report::line(&format!("  {:<16}{agree:>3} of {all}  {}", comparison.what, comparison.numbers));
}

/// Numbers as a line of bars.
fn bars(numbers: &[u64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (least, most) =
        (numbers.iter().min().copied().unwrap_or(0), numbers.iter().max().copied().unwrap_or(0));
    let span = (most - least).max(1);
    numbers.iter().map(|number| BARS[((number - least) * 7 / span) as usize]).collect()
}
