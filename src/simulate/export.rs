//! Lines of the website's export, in the shape that an analytics service gives them: one event a line, its
//! parameters as keys and values of four types.
//!
//! It turns what a visitor did into JSON text and must never decide what is done.

use super::json::{Object, list};
use super::tables::{City, Country, Origin, PAGES, SITE};
use jiff::civil::Date;

/// Who visits, as far as a website can know.
#[derive(Debug)]
pub(super) struct Visitor {
    /// Which of all; the export does not tell.
    pub(super) number: u64,
    pub(super) pseudo_id: String,
    pub(super) category: &'static str,
    pub(super) system: &'static str,
    pub(super) browser: &'static str,
    pub(super) country: &'static Country,
    pub(super) city: &'static City,
    pub(super) locale: &'static str,
    /// What led them to their first visit.
    pub(super) origin: &'static Origin,
}

/// A visit.
#[derive(Debug)]
pub(super) struct Session {
    /// How many it is of its visitor's.
    pub(super) number: u32,
    /// In milliseconds.
    pub(super) start: i64,
    pub(super) origin: &'static Origin,
    /// What may be downloaded in it.
    pub(super) product: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventName {
    FirstVisit,
    SessionStart,
    PageView,
    Download,
}

impl EventName {
    fn text(self) -> &'static str {
        match self {
            Self::FirstVisit => "first_visit",
            Self::SessionStart => "session_start",
            Self::PageView => "page_view",
            Self::Download => "product_download",
        }
    }
}

/// Something that happens in a visit.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) name: EventName,
    /// Milliseconds after the visit's begin.
    pub(super) after: u32,
    /// Places in the table of pages.
    pub(super) page: usize,
    pub(super) previous: Option<usize>,
    /// Milliseconds since the step before.
    pub(super) engaged: u32,
}

/// The value of a parameter.
enum Value {
    Text(String),
    Number(i64),
    /// Thousandths.
    Double(u32),
}

/// The line of an event at an instant in microseconds, with its end.
pub(super) fn line(visitor: &Visitor, session: &Session, event: &Event, instant: i64, day: Date) -> String {
    let mut line = Object::write(1400, |line| {
        line.text("event_date", &format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()));
        line.number("event_timestamp", instant);
        line.text("event_name", event.name.text());
        line.raw("event_params", &parameters(session, event));
        line.text("user_pseudo_id", &visitor.pseudo_id);
        line.object("device", |device| {
            device.text("category", visitor.category);
            device.text("operating_system", visitor.system);
            device.text("language", &visitor.locale.to_ascii_lowercase());
            device.object("web_info", |web| web.text("browser", visitor.browser));
        });
        line.object("geo", |geo| {
            geo.text("country", visitor.country.name);
            geo.text("region", visitor.city.region);
            geo.text("city", visitor.city.name);
        });
        line.object("traffic_source", |source| {
            source.text("name", visitor.origin.campaign);
            source.text("medium", visitor.origin.medium);
            source.text("source", visitor.origin.source);
        });
        line.text("platform", "WEB");
        line.text("stream_id", "4711");
    });
    line.push('\n');
    line
}

/// The parameters as a list of keys and values, each value under the name of its type.
fn parameters(session: &Session, event: &Event) -> String {
    let (_, page) = &PAGES[event.page];
    let referrer = event.previous.map_or_else(|| session.origin.referrer.to_owned(), location);
    let mut parameters = vec![
        // Two visitors may begin in the same second: a session is known by both.
        ("ga_session_id", Value::Number(session.start.div_euclid(1000))),
        ("ga_session_number", Value::Number(i64::from(session.number))),
        ("page_location", Value::Text(location(event.page))),
        ("page_title", Value::Text(page.title.to_owned())),
        ("source", Value::Text(session.origin.source.to_owned())),
        ("medium", Value::Text(session.origin.medium.to_owned())),
        ("campaign", Value::Text(session.origin.campaign.to_owned())),
    ];
    if !referrer.is_empty() {
        parameters.push(("page_referrer", Value::Text(referrer)));
    }
    if event.engaged > 0 {
        parameters.push(("engagement_time_msec", Value::Number(i64::from(event.engaged))));
    }
    match event.name {
        EventName::Download => parameters.push(("product", Value::Text(session.product.to_owned()))),
        // Longer pages take longer, so much is known without a draw.
        EventName::PageView => parameters.push(("load_seconds", Value::Double(310 + 47 * event.page as u32))),
        EventName::FirstVisit | EventName::SessionStart => (),
    }
    list(&parameters, |parameter, (key, value)| {
        parameter.text("key", key);
        parameter.object("value", |object| match value {
            Value::Text(text) => object.text("string_value", text),
            Value::Number(number) => object.number("int_value", *number),
            Value::Double(thousandths) => {
                object.raw("double_value", &format!("{}.{:03}", thousandths / 1000, thousandths % 1000));
            }
        });
    })
}

/// The address of a page, by its place in the table.
fn location(page: usize) -> String {
    format!("{SITE}{}", PAGES[page].1.path)
}
