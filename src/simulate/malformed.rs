//! The kinds of damage that submissions arrive with.
//!
//! A kind is a row of the table; a damaged submission must never be one that could be accepted.

use super::delivery::Parts;
use super::random::Stream;
use anyhow::Context;
use serde_json::{Value, json};

/// A kind of damage.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Whether a submission has what this kind damages.
    applies: fn(&Parts) -> bool,
    apply: fn(&mut Parts, &mut Stream) -> anyhow::Result<()>,
}

/// The kinds with their weights. A wrong type needs a metric to be wrong, which fewer pings have.
pub(super) const KINDS: &[(u32, Kind)] = &[
    (150, Kind { name: "truncated", applies: any, apply: truncate }),
    (120, Kind { name: "unknown-ping-type", applies: any, apply: unknown_ping_type }),
    (120, Kind { name: "unknown-namespace", applies: any, apply: unknown_namespace }),
    (120, Kind { name: "document-id", applies: any, apply: no_document_id }),
    (120, Kind { name: "body-not-an-object", applies: any, apply: body_not_an_object }),
    (250, Kind { name: "wrong-type", applies: has_counter, apply: wrong_type }),
    (120, Kind { name: "missing-body", applies: any, apply: missing_body }),
];

/// A whole number that the schema of an application knows: what holds it in a body, and its name there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counter {
    pub(super) place: &'static str,
    pub(super) name: &'static str,
}

/// Damages a submission in one of the ways; leaves it whole where the drawn way does not apply.
/// Returns the name of the kind.
pub(super) fn damage(parts: &mut Parts, stream: &mut Stream) -> anyhow::Result<Option<&'static str>> {
    let kind = stream.pick(KINDS);
    if !(kind.applies)(parts) {
        return Ok(None);
    }
    (kind.apply)(parts, stream)?;
    Ok(Some(kind.name))
}

fn any(_: &Parts) -> bool {
    true
}

fn has_counter(parts: &Parts) -> bool {
    parts.body.as_ref().is_some_and(|body| body.contains(parts.counter.name))
}

fn truncate(parts: &mut Parts, stream: &mut Stream) -> anyhow::Result<()> {
    let length = parts.body.as_ref().map_or(0, String::len);
    // At least the last brace is lost, so that the line can never be valid JSON.
    parts.lost = 1 + stream.below(u32::try_from(length).unwrap_or_default()) as usize;
    Ok(())
}

fn unknown_ping_type(parts: &mut Parts, _: &mut Stream) -> anyhow::Result<()> {
    parts.ping_type = "bookmarks".to_owned();
    Ok(())
}

fn unknown_namespace(parts: &mut Parts, _: &mut Stream) -> anyhow::Result<()> {
    parts.namespace.push_str("-fork");
    Ok(())
}

fn no_document_id(parts: &mut Parts, _: &mut Stream) -> anyhow::Result<()> {
    parts.document_id.truncate(23);
    Ok(())
}

fn body_not_an_object(parts: &mut Parts, _: &mut Stream) -> anyhow::Result<()> {
    parts.body = parts.body.take().map(|body| format!("[{body}]"));
    Ok(())
}

fn wrong_type(parts: &mut Parts, _: &mut Stream) -> anyhow::Result<()> {
    let text = parts.body.take().unwrap_or_default();
    let mut body: Value = serde_json::from_str(&text).context("a body of the simulation")?;
    if let Some(counters) = body.pointer_mut(parts.counter.place) {
        counters[parts.counter.name] = json!("several");
    }
    parts.body = Some(body.to_string());
    Ok(())
}

fn missing_body(parts: &mut Parts, _: &mut Stream) -> anyhow::Result<()> {
    parts.body = None;
    Ok(())
}
