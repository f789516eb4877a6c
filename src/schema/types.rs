//! GoogleSQL types as they stand in tables and expressions.

use std::fmt;
use std::sync::Arc;

/// A GoogleSQL type. Arrays and structs are shared, so that a wide source costs once, not per reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Int64,
    Float64,
    Numeric,
    BigNumeric,
    Bool,
    String,
    Bytes,
    Date,
    Datetime,
    Time,
    Timestamp,
    Interval,
    Json,
    Geography,
    /// `RANGE<DATE>`, `RANGE<DATETIME>` or `RANGE<TIMESTAMP>`.
    Range(Arc<Type>),
    Array(Arc<Type>),
    Struct(Arc<[Field]>),
    /// The type of a bare `NULL` (or of an empty array's elements) until its context gives one.
    Null,
    /// Of what has a problem that was reported, or is not known yet: it goes with everything.
    Unknown,
}

/// A column of a table or a field of a struct. What is said beside the type takes no part in equality.
#[derive(Clone, Debug)]
pub struct Field {
    /// Empty for an anonymous struct field.
    pub name: String,
    pub ty: Type,
    pub description: Option<Arc<str>>,
    /// Whether a table refuses rows with NULL there. Only of columns that were declared, never of what a query gives.
    pub required: bool,
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.ty == other.ty
    }
}

impl Eq for Field {}

impl std::hash::Hash for Field {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.ty.hash(state);
    }
}

impl Field {
    pub fn new(name: impl Into<String>, ty: Type) -> Self {
        Self { name: name.into(), ty, description: None, required: false }
    }

    /// Stands for the columns of a table that are not known after a mistake: any other name is one too, of a
    /// type that mixes with everything.
    pub fn unknown_rest() -> Self {
        Self::new("*", Type::Unknown)
    }

    /// Whether it is [`Field::unknown_rest`].
    pub fn is_rest(&self) -> bool {
        self.name == "*" && self.ty == Type::Unknown
    }

    #[must_use]
    pub fn described(mut self, description: &str) -> Self {
        self.description = Some(description.into());
        self
    }
}

/// Finds a field by name as GoogleSQL does: letter case aside.
pub fn find_field<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
}

/// The path to a field of this name within structs, the shallowest and first one.
pub fn path_to_field(fields: &[Field], name: &str) -> Option<String> {
    let mut structs = std::collections::VecDeque::from([(String::new(), fields)]);
    while let Some((path, fields)) = structs.pop_front() {
        if let Some(field) = find_field(fields, name) {
            return Some(path + &field.name);
        }
        structs.extend(fields.iter().filter_map(|field| match &field.ty {
            Type::Struct(inner) => Some((format!("{path}{}.", field.name), inner.as_ref())),
            _ => None,
        }));
    }
    None
}

impl Type {
    pub fn array(element: Type) -> Self {
        Type::Array(Arc::new(element))
    }

    pub fn structure(fields: Vec<Field>) -> Self {
        Type::Struct(fields.into())
    }

    pub fn range(element: Type) -> Self {
        Type::Range(Arc::new(element))
    }

    /// The key and value list that maps become in ping tables.
    pub fn key_value(value: Type) -> Self {
        Type::array(Type::structure(vec![Field::new("key", Type::String), Field::new("value", value)]))
    }

    /// The fields of a struct.
    pub fn fields(&self) -> Option<&[Field]> {
        match self {
            Type::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// The element type of an array.
    pub fn element(&self) -> Option<&Type> {
        match self {
            Type::Array(element) => Some(element),
            _ => None,
        }
    }

    /// A field of a struct, by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        find_field(self.fields()?, name)
    }

    /// Whether a struct has several fields of the name.
    pub fn has_twice(&self, name: &str) -> bool {
        let fields = self.fields().unwrap_or_default().iter();
        fields.filter(|field| field.name.eq_ignore_ascii_case(name)).count() > 1
    }

    /// The type as a column has it: what is only ever NULL is an INT64.
    #[must_use]
    pub fn settled(&self) -> Type {
        match self {
            Type::Null | Type::Unknown => Type::Int64,
            Type::Array(element) => Type::array(element.settled()),
            Type::Struct(fields) => Type::structure(
                fields.iter().map(|field| Field { ty: field.ty.settled(), ..field.clone() }).collect(),
            ),
            other => other.clone(),
        }
    }

    /// Whether the type is or holds a float, whose sums depend on their order.
    pub fn holds_float(&self) -> bool {
        match self {
            Type::Float64 => true,
            Type::Array(element) => element.holds_float(),
            Type::Struct(fields) => fields.iter().any(|field| field.ty.holds_float()),
            _ => false,
        }
    }

    /// The scalar type of a GoogleSQL or BigQuery schema name, letter case aside.
    pub fn parse_scalar(name: &str) -> Option<Type> {
        Some(match name.to_ascii_uppercase().as_str() {
            "INT64" | "INTEGER" | "INT" | "BIGINT" | "SMALLINT" | "TINYINT" | "BYTEINT" => Type::Int64,
            "FLOAT64" | "FLOAT" => Type::Float64,
            "NUMERIC" | "DECIMAL" => Type::Numeric,
            "BIGNUMERIC" | "BIGDECIMAL" => Type::BigNumeric,
            "BOOL" | "BOOLEAN" => Type::Bool,
            "STRING" => Type::String,
            "BYTES" => Type::Bytes,
            "DATE" => Type::Date,
            "DATETIME" => Type::Datetime,
            "TIME" => Type::Time,
            "TIMESTAMP" => Type::Timestamp,
            "INTERVAL" => Type::Interval,
            "JSON" => Type::Json,
            "GEOGRAPHY" => Type::Geography,
            _ => return None,
        })
    }

    /// Whether its numbers are exact and have a fraction.
    pub fn is_decimal(&self) -> bool {
        matches!(self, Type::Numeric | Type::BigNumeric)
    }

    pub fn is_numeric(&self) -> bool {
        matches!(self, Type::Int64 | Type::Float64 | Type::Numeric | Type::BigNumeric)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let name = match self {
            Type::Int64 => "INT64",
            Type::Float64 => "FLOAT64",
            Type::Numeric => "NUMERIC",
            Type::BigNumeric => "BIGNUMERIC",
            Type::Bool => "BOOL",
            Type::String => "STRING",
            Type::Bytes => "BYTES",
            Type::Date => "DATE",
            Type::Datetime => "DATETIME",
            Type::Time => "TIME",
            Type::Timestamp => "TIMESTAMP",
            Type::Interval => "INTERVAL",
            Type::Json => "JSON",
            Type::Geography => "GEOGRAPHY",
            Type::Null => "NULL",
            Type::Unknown => "unknown",
            Type::Range(element) => return write!(formatter, "RANGE<{element}>"),
            Type::Array(element) => return write!(formatter, "ARRAY<{element}>"),
            Type::Struct(fields) => {
                formatter.write_str("STRUCT<")?;
                for (index, field) in fields.iter().enumerate() {
                    if index > 0 {
                        formatter.write_str(", ")?;
                    }
                    if !field.name.is_empty() {
                        write!(formatter, "{} ", field.name)?;
                    }
                    write!(formatter, "{}", field.ty)?;
                }
                return formatter.write_str(">");
            }
        };
        formatter.write_str(name)
    }
}
