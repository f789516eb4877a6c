//! `identifiers:` which columns of a source tell one person, client or account from another. What a kind of
//! source is known to carry need not be declared.

use super::SourceKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type};
use crate::yaml::{MapReader, Text};

/// A kind of identifier.
#[derive(Debug, PartialEq, Eq)]
pub struct IdentifierKind {
    pub name: &'static str,
    /// Whether somebody could go through all values there are: a hash without a key then hides nothing.
    pub guessable: bool,
}

const fn random(name: &'static str) -> IdentifierKind {
    IdentifierKind { name, guessable: false }
}

const fn guessable(name: &'static str) -> IdentifierKind {
    IdentifierKind { name, guessable: true }
}

/// All kinds, by name.
pub static IDENTIFIER_KINDS: &[IdentifierKind] = &[
    random("account_id"),
    random("advertising_id"),
    random("client_id"),
    random("cookie_id"),
    random("device_id"),
    guessable("email"),
    guessable("ip"),
    guessable("name"),
    guessable("phone"),
    random("profile_id"),
    guessable("serial_number"),
    guessable("user_number"),
];

/// A kind by its name.
pub fn identifier_kind(name: &str) -> Option<&'static IdentifierKind> {
    IDENTIFIER_KINDS.iter().find(|kind| kind.name == name)
}

/// A column, or a field within structs and arrays of it, that identifies.
#[derive(Clone, Debug, PartialEq)]
pub struct Identifier {
    /// Names joined by dots, as the schema spells them.
    pub path: String,
    pub kind: &'static IdentifierKind,
}

/// What sources of a kind carry where their schema has it: (path, kind).
fn known(kind: &SourceKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        SourceKind::Ping { .. } => &[
            ("client_id", "client_id"),
            ("client_info.client_id", "client_id"),
            ("profile_group_id", "profile_id"),
            ("metrics.uuid.legacy_telemetry_client_id", "client_id"),
            ("metrics.uuid.legacy_telemetry_profile_group_id", "profile_id"),
            ("metrics.uuid.glean_health_recovered_client_id", "client_id"),
            ("metrics.string.client_association_uid", "account_id"),
        ],
        SourceKind::Web => &[("user_pseudo_id", "cookie_id"), ("user_id", "account_id")],
        SourceKind::Log { .. } | SourceKind::Table { .. } => &[],
    }
}

/// Reads `identifiers: {fields.email: email}`.
pub(super) fn read(reader: &MapReader) -> Vec<(Text, &'static IdentifierKind)> {
    let Some(node) = reader.optional("identifiers") else { return Vec::new() };
    let mut read = Vec::new();
    for (path, kind) in reader.entries("identifiers", node) {
        let Some(text) = reader.text("identifiers", kind) else { continue };
        match identifier_kind(&text.text) {
            Some(kind) => read.push((path, kind)),
            None => {
                let names: Vec<&str> = IDENTIFIER_KINDS.iter().map(|kind| kind.name).collect();
                reader.report(
                    Diagnostic::error(Code::InvalidValue, format!("no kind of identifier `{}`", text.text))
                        .at(&text.position)
                        .hint(format!("the kinds are: {}", names.join(", ")))
                        .suggest(&text.text, names.iter().copied()),
                );
            }
        }
    }
    read
}

/// The identifiers of a source: those declared, whose columns there must be, and those of its kind.
pub(super) fn resolve(
    declared: Vec<(Text, &'static IdentifierKind)>,
    kind: &SourceKind,
    columns: &[Field],
    found: &mut Vec<Diagnostic>,
) -> Vec<Identifier> {
    let mut identifiers: Vec<Identifier> = Vec::new();
    for (path, kind) in declared {
        match spelled(columns, &path.text) {
            Ok(path) => identifiers.push(Identifier { path, kind }),
            Err(near) => {
                let message = format!("`identifiers` names `{}`, which the schema does not have", path.text);
                found.push(
                    Diagnostic::error(Code::InvalidSchema, message)
                        .at(&path.position)
                        .hint("name a column, or a field of one with dots: `fields.email`")
                        .suggest(&path.text, near.iter().map(String::as_str)),
                );
            }
        }
    }
    for (path, name) in known(kind) {
        let is_declared = identifiers.iter().any(|one| one.path.eq_ignore_ascii_case(path));
        if let (false, Ok(path)) = (is_declared, spelled(columns, path)) {
            identifiers.extend(identifier_kind(name).map(|kind| Identifier { path, kind }));
        }
    }
    identifiers
}

/// A path with the schema's own spelling, arrays seen through; or the paths that stand where it leaves the schema.
fn spelled(columns: &[Field], path: &str) -> Result<String, Vec<String>> {
    let mut fields = columns;
    let mut spelled: Vec<&str> = Vec::new();
    for name in path.split('.') {
        let Some(field) = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)) else {
            let beside = fields.iter().map(|field| [&spelled[..], &[field.name.as_str()]].concat().join("."));
            return Err(beside.collect());
        };
        spelled.push(&field.name);
        let mut ty = &field.ty;
        while let Type::Array(element) = ty {
            ty = element;
        }
        fields = ty.fields().unwrap_or_default();
    }
    Ok(spelled.join("."))
}
