//! Why a submission is rejected: one table of reasons, each with a code that stays the same.
//!
//! A detail must never hold a value that a client sent, only names, types and sizes: rejections are
//! kept longer and read more widely than pings.

use std::fmt;

use jiff::Timestamp;

use super::names::shown;

macro_rules! reasons {
    ($( $(#[doc = $doc:literal])+ $name:ident = $code:literal, )+) => {
        /// Why a submission was rejected.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $( $(#[doc = $doc])+ $name, )+ }

        impl Reason {
            pub const ALL: &[Reason] = &[$(Reason::$name),+];

            /// The stable name that reports and tables hold.
            pub fn code(self) -> &'static str {
                match self { $(Reason::$name => $code),+ }
            }
        }
    };
}

reasons! {
    /// The line is not JSON.
    NotJson = "not_json",
    /// The line is JSON, but not an object.
    NotAnObject = "not_an_object",
    /// The line has no `path`.
    MissingPath = "missing_path",
    /// The path is neither a structured ping's nor a legacy one's.
    BadPath = "bad_path",
    /// No source has the namespace.
    UnknownNamespace = "unknown_namespace",
    /// The namespace has no such ping.
    UnknownPing = "unknown_ping",
    /// A legacy payload does not say which version of the schema it follows.
    MissingVersion = "missing_version",
    /// The ping has no such version.
    UnknownVersion = "unknown_version",
    /// The document id is not a UUID.
    BadDocumentId = "bad_document_id",
    /// Neither the line, the command line nor a `Date` header says when the submission was received.
    NoReceiptTime = "no_receipt_time",
    /// The time of receipt cannot be read, or no server was there then.
    BadReceiptTime = "bad_receipt_time",
    /// The line has no `body`.
    MissingBody = "missing_body",
    /// The body is not a JSON object.
    BodyNotAnObject = "body_not_an_object",
    /// A value does not fit the type of its column, or a part of the line has the wrong form.
    WrongType = "wrong_type",
    /// The payload breaks the JSON Schema of its source.
    SchemaViolation = "schema_violation",
    /// Objects and lists nest too deeply.
    TooDeep = "too_deep",
    /// The line or the body is too long.
    TooLong = "too_long",
    /// The column that says the day of a line has no value, or one that no server had.
    NoDay = "no_day",
    /// The line has nothing that the table has a column for.
    NoColumn = "no_column",
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// A submission that did not become a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejection {
    pub reason: Reason,
    /// One sentence without a full stop.
    pub detail: String,
    /// The route, if it was found before the submission was rejected.
    pub route: Option<usize>,
    pub received_at: Option<Timestamp>,
}

impl Rejection {
    /// A rejection of which neither route nor time are known.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into(), route: None, received_at: None }
    }

    /// Adds the nearest known name to the detail, or all of them where they are few.
    pub(super) fn unknown(reason: Reason, what: &str, written: &str, known: &[&str]) -> Self {
        // Cut before it is compared: a distance costs the product of both lengths.
        let written = shown(written);
        let mut detail = format!("no source takes {what} `{written}`");
        match crate::diagnostic::did_you_mean(&written, known.iter().copied()) {
            Some(near) => detail.push_str(&format!("; did you mean `{near}`?")),
            None if (1..=5).contains(&known.len()) => {
                detail.push_str(&format!("; known: {}", known.join(", ")));
            }
            None => {}
        }
        Self::new(reason, detail)
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn codes_are_unique_and_snake_case() {
        let mut seen = std::collections::BTreeSet::new();
        for reason in Reason::ALL {
            assert!(seen.insert(reason.code()));
            assert!(
                reason.code().chars().all(|character| character.is_ascii_lowercase() || character == '_')
            );
        }
    }
}
