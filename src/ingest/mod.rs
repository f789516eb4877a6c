//! Ingestion: lines of submissions in, rows of declared columns or rejections out, and whole files of
//! them into the warehouse.
//!
//! [`accept`] is a pure function of a line, the routes and the given times; only `files` touches the
//! warehouse. Nothing that a client sent is dropped in silence, and no address of a client gets through.

mod address;
mod destination;
mod envelope;
mod export;
mod files;
mod forms;
mod leftover;
mod lines;
mod names;
mod normalize;
#[cfg(test)]
mod properties;
mod reason;
mod record;
mod reshape;
mod route;
mod scalar;
mod shard;
mod sorter;
mod source_files;
mod submission;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use crate::schema::Field;
use crate::schema::json_schema::PayloadValidator;

pub use destination::Destination;
pub use files::{INGEST_ERROR, IngestError, Summary, ingest_error_columns, ingest_file, routes};
pub use lines::{LINE_LIMIT, Line, ReadError, for_each_line};
pub use reason::{Reason, Rejection};
pub use reshape::{Fit, Reshaped, WrongType, reshape};
pub use route::{Route, Routes};
pub use source_files::{ingest_source_file, is_parquet};

use address::Address;
use submission::Submission;

/// How many ignored names a row tells of; a hostile line can have a million.
const IGNORED_LIMIT: usize = 32;

/// What holds where a line does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Defaults {
    /// The receipt time of lines without one.
    pub received_at: Option<Timestamp>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Accepted(Row),
    Rejected(Rejection),
}

/// A row for the table of a route.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which of the routes, in the order in which they were given.
    pub route: usize,
    pub received_at: Timestamp,
    /// Whether the receipt time is the client's own `Date` header, for want of a better one.
    pub received_from_date_header: bool,
    /// Exactly the declared columns in their order, ready for a JSON reader that is given their types.
    pub values: Map<String, Json>,
    /// Names of what the table has no place for, sorted: keys of the line, and of the body where the table
    /// has no `additional_properties`. Names only; the values are gone.
    pub ignored: Vec<String>,
}

/// Makes a row of a submission, or says why not.
pub fn accept(line: &[u8], routes: &Routes, defaults: &Defaults) -> Outcome {
    match Submission::read(line, defaults).and_then(|submission| row(submission, line.len(), routes)) {
        Ok(row) => Outcome::Accepted(row),
        Err(rejection) => Outcome::Rejected(rejection),
    }
}

fn row(mut submission: Submission, line_length: usize, routes: &Routes) -> Result<Row, Rejection> {
    // A rejection says as much as is known by then: the time, and the route once it is found.
    let known_time = submission.received_at.as_ref().ok().map(|(time, _)| *time);
    let timed = |rejection: Rejection| Rejection { received_at: known_time, ..rejection };
    let address = Address::parse(submission.path.as_deref()).map_err(timed)?;
    let body = submission::object(submission.body.take(), line_length);
    let version = address.version_with(body.as_ref().ok());
    let index = match (&body, version) {
        // Without a version nothing is known of the route, and a body that is none has none.
        (Err(rejection), None) => return Err(timed(rejection.clone())),
        _ => routes.find(&address, version).map_err(timed)?,
    };
    let routed = |rejection: Rejection| timed(Rejection { route: Some(index), ..rejection });

    let route = &routes.as_slice()[index];
    let document_id = address.document_id().map_err(routed)?;
    let (received_at, received_from_date_header) = submission.received_at.clone().map_err(routed)?;
    let body = judged(route.validator.as_deref(), body.map_err(routed)?).map_err(routed)?;
    let mut ignored = std::mem::take(&mut submission.ignored);
    let envelope = envelope::columns(&submission, &address, &body, &route.app_name, document_id, received_at);
    let values = merge(route, routes.body_columns(index), envelope, body, &mut ignored)
        .map_err(|wrong| routed(wrong.into()))?;
    ignored.sort();
    if ignored.len() > IGNORED_LIMIT {
        let more = ignored.len() - IGNORED_LIMIT;
        ignored.truncate(IGNORED_LIMIT);
        ignored.push(format!("… and {more} more"));
    }
    Ok(Row { route: index, received_at, received_from_date_header, values, ignored })
}

/// A payload, if it fits the schema of its source.
fn judged(
    validator: Option<&PayloadValidator>,
    payload: Map<String, Json>,
) -> Result<Map<String, Json>, Rejection> {
    let Some(validator) = validator else { return Ok(payload) };
    let payload = Json::Object(payload);
    if let Err(violation) = validator.check(&payload) {
        return Err(Rejection::new(Reason::SchemaViolation, violation.to_string()));
    }
    match payload {
        Json::Object(payload) => Ok(payload),
        _ => Ok(Map::new()),
    }
}

/// The declared columns: those of the envelope from what ingestion knows, the others from the body.
/// A body cannot set a column of the envelope; what it has under such a name is left over.
fn merge(
    route: &Route,
    body_columns: &[Field],
    mut envelope: Map<String, Json>,
    body: Map<String, Json>,
    ignored: &mut Vec<String>,
) -> Result<Map<String, Json>, WrongType> {
    let Reshaped { values: mut from_body, additional } = reshape(body_columns, body, "body", route.fit)?;
    let mut values = Map::new();
    for column in &route.columns {
        let name = column.name.as_str();
        let value = if !envelope::is_envelope(name) {
            from_body.remove(name).unwrap_or(Json::Null)
        } else if name == envelope::ADDITIONAL_PROPERTIES {
            leftover::to_text(&additional)
        } else {
            let value = envelope.remove(name).unwrap_or(Json::Null);
            let alone = Map::from_iter([(name.to_owned(), value)]);
            let reshaped = reshape(std::slice::from_ref(column), alone, "envelope", Fit::Exact)?;
            reshaped.values.into_iter().next().map_or(Json::Null, |(_, value)| value)
        };
        values.insert(column.name.clone(), value);
    }
    if !route.columns.iter().any(|column| column.name == envelope::ADDITIONAL_PROPERTIES) {
        ignored.extend(additional.keys().map(|key| names::shown(&format!("body.{key}"))));
    }
    Ok(values)
}
