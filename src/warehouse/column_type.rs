//! DuckDB's names of column types, read back, to tell an added field from a retyped one.

/// A column's type as DuckDB prints it.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnType {
    Scalar(String),
    List(Box<ColumnType>),
    Struct(Vec<(String, ColumnType)>),
}

/// How a wanted type relates to the one that stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    Equal,
    /// Only fields were added.
    Widened,
    /// A field was removed or retyped, or the type is another; with the path to it.
    Incompatible(String),
}

impl ColumnType {
    /// Parses `STRUCT(a BIGINT, "key" VARCHAR[])` and its like.
    pub fn parse(text: &str) -> Self {
        let mut rest = text;
        let parsed = parse(&mut rest);
        if rest.trim().is_empty() { parsed } else { ColumnType::Scalar(text.to_owned()) }
    }

    /// What changing a column from `self` to `wanted` means.
    pub fn relation(&self, wanted: &ColumnType) -> Relation {
        match (self, wanted) {
            (own, wanted) if own == wanted => Relation::Equal,
            (ColumnType::List(own), ColumnType::List(wanted)) => own.relation(wanted),
            (ColumnType::Struct(own), ColumnType::Struct(wanted)) => {
                for (name, ty) in own {
                    match wanted.iter().find(|(other, _)| other == name) {
                        None => return Relation::Incompatible(format!("{name} is gone")),
                        Some((_, wanted)) => {
                            if let Relation::Incompatible(inner) = ty.relation(wanted) {
                                return Relation::Incompatible(format!("{name}: {inner}"));
                            }
                        }
                    }
                }
                Relation::Widened
            }
            (own, wanted) => Relation::Incompatible(format!("{} became {}", own.display(), wanted.display())),
        }
    }

    /// The type as DuckDB prints it, structs shortened.
    pub fn display(&self) -> String {
        match self {
            ColumnType::Scalar(name) => name.clone(),
            ColumnType::List(element) => format!("{}[]", element.display()),
            ColumnType::Struct(_) => "STRUCT(…)".to_owned(),
        }
    }
}

fn parse(rest: &mut &str) -> ColumnType {
    *rest = rest.trim_start();
    let mut ty = if let Some(inside) = rest.strip_prefix("STRUCT(") {
        *rest = inside;
        let mut fields = Vec::new();
        loop {
            let name = name(rest);
            let ty = parse(rest);
            fields.push((name, ty));
            *rest = rest.trim_start();
            match rest.strip_prefix(',') {
                Some(after) => *rest = after,
                None => break,
            }
        }
        *rest = rest.strip_prefix(')').unwrap_or(rest);
        ColumnType::Struct(fields)
    } else {
        let mut depth = 0;
        let end = rest
            .char_indices()
            .find(|(_, one)| match one {
                '(' => {
                    depth += 1;
                    false
                }
                ')' if depth > 0 => {
                    depth -= 1;
                    false
                }
                ')' | ',' | '[' => depth == 0,
                _ => false,
            })
            .map_or(rest.len(), |(index, _)| index);
        let (scalar, after) = rest.split_at(end);
        *rest = after;
        ColumnType::Scalar(scalar.trim().to_owned())
    };
    while let Some(after) = rest.strip_prefix("[]") {
        *rest = after;
        ty = ColumnType::List(Box::new(ty));
    }
    ty
}

fn name(rest: &mut &str) -> String {
    *rest = rest.trim_start();
    if let Some(quoted) = rest.strip_prefix('"') {
        let mut name = String::new();
        let mut characters = quoted.char_indices().peekable();
        while let Some((index, one)) = characters.next() {
            if one != '"' {
                name.push(one);
            } else if characters.peek().is_some_and(|(_, next)| *next == '"') {
                name.push('"');
                characters.next();
            } else {
                *rest = &quoted[index + 1..];
                return name;
            }
        }
        *rest = "";
        return name;
    }
    let end = rest.find(' ').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    *rest = after;
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(own: &str, wanted: &str) -> Relation {
        ColumnType::parse(own).relation(&ColumnType::parse(wanted))
    }

    #[test]
    fn an_added_field_is_told_from_a_retyped_one() {
        assert_eq!(relation("BIGINT", "BIGINT"), Relation::Equal);
        assert_eq!(relation("DECIMAL(38,9)", "DECIMAL(38,9)"), Relation::Equal);
        assert_eq!(
            relation("STRUCT(a STRUCT(x BIGINT)[])", "STRUCT(a STRUCT(w VARCHAR, x BIGINT)[], \"b c\" JSON)"),
            Relation::Widened
        );
        assert_eq!(
            relation("STRUCT(a STRUCT(x BIGINT)[])", "STRUCT(a STRUCT(x VARCHAR)[])"),
            Relation::Incompatible("a: x: BIGINT became VARCHAR".to_owned())
        );
        assert_eq!(
            relation("STRUCT(a BIGINT, b DATE)", "STRUCT(a BIGINT)"),
            Relation::Incompatible("b is gone".to_owned())
        );
    }
}
