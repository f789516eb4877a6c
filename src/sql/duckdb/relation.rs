//! FROM clauses: tables, arrays, joins, PIVOT and UNPIVOT.

use super::anchor::name_of;
use super::elements::own_arrays;
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
        let (mut written, mut rest) = (Vec::new(), items);
        while let Some((item, others)) = rest.split_first() {
            let (sql, behind) = self.joined(item, others);
            written.push(sql);
            rest = &others[behind..];
        }
        written.join(" CROSS JOIN ")
    }

    /// A relation and its joins, and how many arrays of it, which stand behind commas, are in there.
    fn joined(&mut self, item: &FromItem, others: &[FromItem]) -> (String, usize) {
        let (arrays, done, behind) = own_arrays(item, others);
        let first = self.relation(&item.relation, true);
        let (sql, done, behind) = match &item.relation.alias {
            Some(alias) if !arrays.is_empty() => {
                (self.with_elements(first, &alias.text, &arrays), done, behind)
            }
            _ => (first, 0, 0),
        };
        let mut rows = Rows { sql, meant: None };
        for join in &item.joins[done..] {
            rows = self.join(rows, join);
        }
        self.meant.extend(rows.meant);
        (rows.sql, behind)
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
        let (relation, condition) = match (join.kind, &join.relation) {
            (JoinKind::Left, Relation { kind: RelationKind::Unnest { .. }, alias: Some(alias), .. }) => {
                elements_that_meet(&relation, &identifier(&alias.text), condition)
            }
            _ => (relation, condition),
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
        left.sql.extend([" ", kind, " ", &relation, " ON ", &condition]);
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
        let sql = self.rows_of(relation, lateral);
        relation.alias.iter().for_each(|alias| self.hides_elements(&alias.text));
        sql
    }

    fn rows_of(&mut self, relation: &Relation, lateral: bool) -> String {
        let alias = relation.alias.as_ref().map_or(String::new(), |alias| identifier(&alias.text));
        match &relation.kind {
            RelationKind::Table { path, common, as_of } if as_of.as_deref().is_none_or(is_now) => {
                let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
                let name = if *common { self.common_table(&name) } else { marked(&table_name(&name)) };
                [&name, " AS ", &alias].concat()
            }
            RelationKind::Subquery(query) => {
                // It sees nothing of the SELECT that it stands in.
                let around = std::mem::take(&mut self.visible);
                self.visible = around.saturating_sub(1);
                self.guard = self.branch.clone();
                let rows = self.query(query);
                self.visible = around;
                ["(", &rows, ") AS ", &alias].concat()
            }
            RelationKind::Unnest { array, offset } => {
                let offset = offset.as_ref().map(|offset| identifier(&offset.text));
                self.unnest(array, &alias, offset, lateral)
            }
            RelationKind::Nested(item) => {
                let meant = self.meant.len();
                let sql = self.joined(item, &[]).0;
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
            RelationKind::Sample { input, amount, of_rows } => {
                let sample = match (&amount.kind, of_rows) {
                    (Kind::Integer(rows), true) => format!("reservoir({rows} ROWS)"),
                    (Kind::Integer(percent), false) => format!("BERNOULLI ({percent} PERCENT)"),
                    (Kind::Float(digits), false) => format!("BERNOULLI ({digits} PERCENT)"),
                    _ => return self.untranslatable(amount.span, "TABLESAMPLE of what is not a literal"),
                };
                format!("{} TABLESAMPLE {sample}", self.relation(input, lateral))
            }
            RelationKind::Table { .. } => self.untranslatable(
                relation.span,
                "FOR SYSTEM_TIME AS OF: DuckDB keeps no past states of a table; only `CURRENT_TIMESTAMP()` is one that it has",
            ),
            RelationKind::Call { .. } => {
                self.untranslatable(relation.span, "DuckDB cannot run table functions yet")
            }
        }
    }

    fn common_table(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        let known = self.tables.iter().rev().find(|(known, _)| *known == lower);
        known.map_or_else(|| identifier(name), |(_, own)| own.clone())
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
        let mut own = Vec::new();
        name_of(input, &mut own);
        self.relations.push(own);
        let pivoted = self.pivoted(pivot, &from, alias);
        self.relations.pop();
        pivoted
    }

    fn pivoted(&mut self, pivot: &Pivot, from: &str, alias: &str) -> String {
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

/// The elements that a LEFT JOIN meets, and what is left of its condition: DuckDB takes none but comparisons of both sides
/// for a relation that depends on the row. Which of the elements meet can as well be said within it.
fn elements_that_meet(elements: &str, alias: &str, condition: String) -> (String, String) {
    match elements.strip_prefix("LATERAL ") {
        Some(rows) if condition != "TRUE" => {
            (format!("LATERAL (SELECT * FROM {rows} WHERE {condition}) AS {alias}"), "TRUE".to_owned())
        }
        _ => (elements.to_owned(), condition),
    }
}

/// Whether a moment is that of the query itself.
fn is_now(moment: &Expression) -> bool {
    matches!(&moment.kind, Kind::Call(call) if call.name == "CURRENT_TIMESTAMP" && call.arguments.is_empty())
}

/// The elements of a list, each with its place.
pub(super) fn numbered(list: &str) -> String {
    format!(
        "list_transform({list}, lambda element, place: struct_pack(element := element, place := place - 1))"
    )
}
