//! One table with a column of every type.

use tidemill::schema::{Field, Type};
use tidemill::sql::{Catalogue, Table};

pub struct Tables;

fn columns() -> Vec<Field> {
    let pair = Type::structure(vec![Field::new("x", Type::Int64), Field::new("y", Type::String)]);
    [
        ("i", Type::Int64),
        ("f", Type::Float64),
        ("n", Type::Numeric),
        ("bn", Type::BigNumeric),
        ("b", Type::Bool),
        ("s", Type::String),
        ("y", Type::Bytes),
        ("d", Type::Date),
        ("dt", Type::Datetime),
        ("ts", Type::Timestamp),
        ("iv", Type::Interval),
        ("j", Type::Json),
        ("g", Type::Geography),
        ("rd", Type::range(Type::Date)),
        ("rt", Type::range(Type::Timestamp)),
        ("ai", Type::array(Type::Int64)),
        ("af", Type::array(Type::Float64)),
        ("as_", Type::array(Type::String)),
        ("ad", Type::array(Type::Date)),
        ("st", pair.clone()),
        ("ast", Type::array(pair)),
    ]
    .into_iter()
    .map(|(name, ty)| Field::new(name, ty))
    .collect()
}

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        (name == "d.all").then(|| Table { name: name.to_owned(), columns: columns().into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.all".to_owned()]
    }
}
