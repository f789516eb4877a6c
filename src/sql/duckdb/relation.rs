//! FROM clauses: tables, arrays, joins, PIVOT and UNPIVOT.

use super::outer::Rows;
use super::text::marked;
use super::types::unique_names;
use super::{Printer, cast, identifier, literal, table_name};
use crate::schema::Type;
use crate::sql::resolve;
use crate::sql::tree::{
    Binary, Constraint, Expression, FromItem, Join, JoinKind, Kind, Pivot, Relation, RelationKind, Unpivot,
    UnpivotColumn,
};

impl Printer {
    /// The items of a FROM clause.
    pub(super) fn from(&mut self, items: &[FromItem]) -> String {
        let Some((first, others)) = items.split_first() else { return String::new() };
        let of_first =
            |item: &&FromItem| item.joins.is_empty() && is_array_of(&first.relation, &item.relation);
        let arrays: Vec<&Relation> = match first.joins.is_empty() {
            true => others.iter().take_while(of_first).map(|item| &item.relation).collect(),
            false => Vec::new(),
        };
        let rest = &others[arrays.len()..];
        let mut written = vec![self.joined(first, arrays)];
        written.extend(rest.iter().map(|item| self.joined(item, Vec::new())));
        written.join(" CROSS JOIN ")
    }

    /// A relation and its joins, with arrays of it that stand behind commas.
    fn joined<'a>(&mut self, item: &'a FromItem, mut arrays: Vec<&'a Relation>) -> String {
        let is_cross =
            |join: &&Join| join.kind == JoinKind::Cross && matches!(join.constraint, Constraint::None);
        let own = item.joins.iter().take_while(is_cross).map(|join| &join.relation);
        let own: Vec<&Relation> = own.take_while(|array| is_array_of(&item.relation, array)).collect();
        let done = own.len();
        arrays.splice(0..0, own);
        let first = self.relation(&item.relation, true);
        let (sql, done) = match &item.relation.alias {
            Some(alias) if !arrays.is_empty() && !self.keeps_places => {
                (self.with_elements(first, &identifier(&alias.text), &arrays), done)
            }
            _ => {
                let behind = &arrays[done..];
                let behind = behind.iter().map(|array| format!(" CROSS JOIN {}", self.relation(array, true)));
                (first + &behind.collect::<String>(), 0)
            }
        };
        let mut rows = Rows { sql, meant: None };
        for join in &item.joins[done..] {
            rows = self.join(rows, join);
        }
        self.meant.extend(rows.meant);
        rows.sql
    }

    /// A relation with the elements of arrays of its own. DuckDB joins an array that stands by itself by way of
    /// a copy of all rows; as a column of the relation it costs nothing but the elements.
    fn with_elements(&mut self, relation: String, alias: &str, arrays: &[&Relation]) -> String {
        let (mut relation, mut elements) = (relation, String::new());
        for array in arrays {
            let RelationKind::Unnest { array: list, offset } = &array.kind else { continue };
            let name = array.alias.as_ref().map_or("", |alias| alias.text.as_str());
            let (element, held) = (identifier(name), identifier(&format!("element: {name}")));
            let list = self.expression(list);
            let (list, columns) = match offset {
                None => (list, format!("{alias}.{held} AS {element}")),
                Some(offset) => (
                    numbered(&list),
                    format!(
                        "{alias}.{held}.element AS {element}, {alias}.{held}.place AS {}",
                        identifier(&offset.text)
                    ),
                ),
            };
            relation = format!("(SELECT {alias}.*, unnest({list}) AS {held} FROM {relation}) AS {alias}");
            elements.push_str(&format!(" CROSS JOIN LATERAL (SELECT {columns}) AS {element}"));
        }
        relation + &elements
    }

    fn join(&mut self, mut left: Rows, join: &Join) -> Rows {
        let lateral = !matches!(join.kind, JoinKind::Right | JoinKind::Full);
        let relation = self.relation(&join.relation, lateral);
        let condition = match &join.constraint {
            Constraint::On(condition) => self.condition(condition),
            Constraint::Using { names, sides } => {
                let mut equal = Vec::new();
                for (name, (left, right)) in names.iter().zip(sides) {
                    let (left_sql, right_sql) = (self.expression(left), self.expression(right));
                    let span = name.span;
                    let operands = (Box::new(left.clone()), Box::new(right.clone()));
                    let kind = Kind::Binary { operator: Binary::Equal, left: operands.0, right: operands.1 };
                    equal.push(self.condition(&Expression::typed(kind, span, Type::Bool)));
                    let merged = match join.kind {
                        JoinKind::Inner | JoinKind::Cross | JoinKind::Left => left_sql,
                        JoinKind::Right => right_sql,
                        JoinKind::Full => format!("coalesce({left_sql}, {right_sql})"),
                    };
                    let scope = self.merged.last_mut();
                    scope.into_iter().for_each(|scope| {
                        scope.retain(|(known, _)| !known.eq_ignore_ascii_case(&name.text));
                        scope.push((name.text.clone(), merged.clone()));
                    });
                }
                equal.join(" AND ")
            }
            Constraint::None if join.kind == JoinKind::Cross => {
                left.sql.push_str(&format!(" CROSS JOIN {relation}"));
                return left;
            }
            // GoogleSQL joins UNNEST without a condition.
            Constraint::None => "TRUE".to_owned(),
        };
        let kind = match join.kind {
            JoinKind::Inner | JoinKind::Cross => "JOIN",
            JoinKind::Left => "LEFT JOIN",
            JoinKind::Right => "RIGHT JOIN",
            JoinKind::Full => match &join.relation.alias {
                Some(alias) if self.names_outer => {
                    return self.full_join(left, &relation, &identifier(&alias.text), &condition);
                }
                _ => "FULL JOIN",
            },
        };
        // Rows of the left side that are not meant meet none.
        let condition = match join.kind {
            JoinKind::Right => left.condition(condition),
            _ => condition,
        };
        if join.kind == JoinKind::Right {
            left.meant = None;
        }
        left.sql.push_str(&format!(" {kind} {relation} ON {condition}"));
        left
    }

    /// What USING made of two columns.
    pub(super) fn merged_column(&self, name: &str) -> Option<&str> {
        let known = |scope: &Vec<(String, String)>| {
            scope.iter().position(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        self.merged.iter().rev().find_map(|scope| known(scope).map(|at| scope[at].1.as_str()))
    }

    fn relation(&mut self, relation: &Relation, lateral: bool) -> String {
        let alias = relation.alias.as_ref().map_or(String::new(), |alias| identifier(&alias.text));
        match &relation.kind {
            RelationKind::Table { path, common, as_of: None } => {
                let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
                let name = if *common { self.common_table(&name) } else { marked(&table_name(&name)) };
                format!("{name} AS {alias}")
            }
            RelationKind::Subquery(query) => format!("({}) AS {alias}", self.query(query)),
            RelationKind::Unnest { array, offset } => {
                let offset = offset.as_ref().map(|offset| identifier(&offset.text));
                self.unnest(array, &alias, offset, lateral)
            }
            RelationKind::Nested(item) => {
                let meant = self.meant.len();
                let sql = self.joined(item, Vec::new());
                if self.meant.len() > meant {
                    return self.untranslatable(
                        relation.span,
                        "FULL JOIN in parentheses in a query of the rows around it",
                    );
                }
                format!("({sql})")
            }
            RelationKind::Pivot { input, pivot } => self.pivot(input, pivot, &alias),
            RelationKind::Unpivot { input, unpivot } => self.unpivot(input, unpivot, &alias),
            RelationKind::Sample { input, .. } if matches!(input.kind, RelationKind::Unnest { .. }) => {
                self.untranslatable(relation.span, "TABLESAMPLE of an array")
            }
            RelationKind::Sample { input, percent } => {
                let percent_sql = match &percent.kind {
                    Kind::Integer(percent) => percent.to_string(),
                    Kind::Float(digits) => digits.clone(),
                    _ => return self.untranslatable(percent.span, "TABLESAMPLE of what is not a literal"),
                };
                format!("{} TABLESAMPLE BERNOULLI ({percent_sql} PERCENT)", self.relation(input, lateral))
            }
            RelationKind::Table { .. } => {
                self.untranslatable(relation.span, "DuckDB cannot run FOR SYSTEM_TIME AS OF yet")
            }
            RelationKind::Call { .. } => {
                self.untranslatable(relation.span, "DuckDB cannot run table functions yet")
            }
        }
    }

    fn common_table(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        let known = self.tables.iter().rev().find(|(known, _)| *known == lower);
        identifier(known.map_or(name, |(_, own)| own))
    }

    fn unnest(&mut self, array: &Expression, alias: &str, offset: Option<String>, lateral: bool) -> String {
        let lateral = if lateral { "LATERAL " } else { "" };
        let sql = match array.ty {
            Type::Null | Type::Unknown => "CAST(NULL AS BIGINT[])".to_owned(),
            _ => self.expression(array),
        };
        let offset = match offset {
            None if self.keeps_places => Some("\"place:\"".to_owned()),
            offset => offset,
        };
        let Some(offset) = offset else {
            return format!("{lateral}(SELECT unnest({sql}) AS {alias}) AS {alias}");
        };
        if self.keeps_places {
            self.places.push(format!("{alias}.{offset}"));
        }
        format!(
            "{lateral}(SELECT numbered.element AS {alias}, numbered.place AS {offset} FROM (SELECT unnest({}) AS numbered)) AS {alias}",
            numbered(&sql)
        )
    }

    /// Groups by the columns that PIVOT does not name; each aggregate looks at the rows of one value.
    fn pivot(&mut self, input: &Relation, pivot: &Pivot, alias: &str) -> String {
        let from = self.relation(input, true);
        let mut names: Vec<String> = pivot.keys.iter().map(|key| key.name.clone()).collect();
        let mut values: Vec<String> = pivot.keys.iter().map(|key| self.expression(&key.expression)).collect();
        let keys = values.clone();
        let turned = self.expression(&pivot.input);
        for column in &pivot.columns {
            let value = self.expression(&column.value);
            for aggregate in &pivot.aggregates {
                let only = match column.value.kind {
                    Kind::Null => format!("{turned} IS NULL"),
                    _ => format!("{turned} IS NOT DISTINCT FROM {value}"),
                };
                self.only = Some(only);
                values.push(self.expression(&aggregate.expression));
                if self.only.take().is_some() {
                    return self.untranslatable(aggregate.expression.span, "this aggregate in PIVOT");
                }
                names.push(resolve::pivot_column_name(column, aggregate).unwrap_or_default());
            }
        }
        let names = unique_names(names.iter().map(String::as_str));
        let columns: Vec<String> = names
            .iter()
            .zip(&values)
            .map(|(name, value)| format!("{value} AS {}", identifier(name)))
            .collect();
        let groups = if keys.is_empty() { String::new() } else { format!(" GROUP BY {}", keys.join(", ")) };
        format!("(SELECT {} FROM {from}{groups}) AS {alias}", columns.join(", "))
    }

    /// Every row becomes one for each set of columns.
    fn unpivot(&mut self, input: &Relation, unpivot: &Unpivot, alias: &str) -> String {
        let from = self.relation(input, true);
        let names = unpivot.keys.iter().map(|key| key.name.as_str());
        let names = names.chain(unpivot.values.iter().map(|name| name.text.as_str()));
        let names = unique_names(names.chain([unpivot.name.text.as_str()]));
        let kept: Vec<String> = names
            .iter()
            .zip(&unpivot.keys)
            .map(|(name, key)| format!("{} AS {}", self.expression(&key.expression), identifier(name)))
            .collect();
        let sets: Vec<String> = unpivot.columns.iter().map(|set| self.unpivoted(set)).collect();
        let mut inner = kept;
        inner.push(format!("unnest([{}]) AS \"turned:\"", sets.join(", ")));
        let first = unpivot.keys.len();
        let mut outer: Vec<String> = names[..first].iter().map(|name| identifier(name)).collect();
        for (at, name) in names[first..].iter().enumerate() {
            outer.push(format!("struct_extract(\"turned:\", 'f{at}_') AS {}", identifier(name)));
        }
        let filter = if unpivot.include_nulls {
            String::new()
        } else {
            let filled: Vec<String> = (0..unpivot.values.len())
                .map(|at| format!("struct_extract(\"turned:\", 'f{at}_') IS NOT NULL"))
                .collect();
            format!(" WHERE {}", filled.join(" OR "))
        };
        format!(
            "(SELECT {} FROM (SELECT {} FROM {from}){filter}) AS {alias}",
            outer.join(", "),
            inner.join(", ")
        )
    }

    fn unpivoted(&mut self, set: &UnpivotColumn) -> String {
        let mut fields: Vec<String> = set
            .inputs
            .iter()
            .enumerate()
            .map(|(at, value)| format!("{} := {}", cast::field_name(at, ""), self.expression(value)))
            .collect();
        let label = match &set.label {
            Some(label) => self.expression(label),
            None => {
                let names: Vec<&str> = set.columns.iter().map(|name| name.text.as_str()).collect();
                literal(&names.join("_"))
            }
        };
        fields.push(format!("{} := {label}", cast::field_name(fields.len(), "")));
        format!("struct_pack({})", fields.join(", "))
    }
}

/// The elements of a list, each with its place.
fn numbered(list: &str) -> String {
    format!(
        "list_transform({list}, lambda element, place: struct_pack(element := element, place := place - 1))"
    )
}

/// Whether one relation is an array that the other one's rows hold.
fn is_array_of(relation: &Relation, array: &Relation) -> bool {
    let has_rows = matches!(relation.kind, RelationKind::Table { .. } | RelationKind::Subquery(_));
    match (&relation.alias, &array.kind) {
        (Some(alias), RelationKind::Unnest { array, .. }) if has_rows => {
            matches!(array.ty, Type::Array(_)) && is_path_of(&alias.text, array)
        }
        _ => false,
    }
}

/// Whether an expression is a column of a relation, or a field of one.
fn is_path_of(relation: &str, path: &Expression) -> bool {
    match &path.kind {
        Kind::Column { relation: Some(own), .. } => own == relation,
        Kind::Field { base, .. } => base.ty != Type::Json && is_path_of(relation, base),
        _ => false,
    }
}
