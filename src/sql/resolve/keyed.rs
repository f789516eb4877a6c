//! `keyed_hash(text, 'name')`: which keys a query needs.

use super::Resolver;
use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::tree::{Call, Kind};

impl Resolver<'_> {
    /// Notes the key that a call of KEYED_HASH names. It is the name of a file, so it is known beforehand.
    pub(super) fn keyed_hash(&mut self, call: &Call) {
        let [_, name] = call.arguments.as_slice() else { return };
        let is_name = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_lowercase())
                && text
                    .chars()
                    .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || "_-".contains(one))
        };
        match &name.kind {
            Kind::Text(text) if is_name(text) => {
                self.keys.insert(text.clone());
            }
            _ => {
                let message = "the key of keyed_hash is a literal name";
                let problem = Problem::new(Code::InvalidKeyName, name.span, message);
                self.problems.push(problem.hint(
                    "write `keyed_hash(client_id, 'client')`, in lower-case letters, digits, `-` and `_`; the key's value stands in a file",
                ));
            }
        }
    }
}
