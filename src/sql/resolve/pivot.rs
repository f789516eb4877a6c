//! PIVOT and UNPIVOT: which columns a turned table has. Rules of naming are those of GoogleSQL's query syntax.

use super::Resolver;
use super::columns::{Columns, ScopeColumn};
use super::scope::{Scope, ScopeRelation};
use super::select::is_aggregate;
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::tree::{
    Expression, Kind, Name, Pivot, PivotAggregate, PivotColumn, Span, Unpivot, UnpivotColumn,
};

impl Resolver<'_> {
    /// The columns of a pivoted table: those that PIVOT does not name, then one per value and aggregate.
    pub(super) fn pivot(&mut self, input: ScopeRelation, pivot: &mut Pivot, span: Span) -> Columns {
        let columns: Vec<Field> = input.shown().cloned().collect();
        let scope = Scope { relations: vec![input], ..Scope::default() };
        let is_alone = pivot.aggregates.len() == 1;
        for aggregate in &mut pivot.aggregates {
            if aggregate.alias.is_none() && !is_alone {
                let message = "of several aggregates of PIVOT each needs an alias";
                let problem = Problem::new(Code::UnnamedColumn, aggregate.expression.span, message);
                self.problems.push(problem.hint("write `SUM(x) AS total`: it goes before each value"));
            }
            self.expression(&mut aggregate.expression, &scope);
            if !is_aggregate(&aggregate.expression) {
                let place = aggregate.expression.span;
                self.problem(Code::SqlSyntax, place, "PIVOT takes an aggregate: `PIVOT(SUM(x) FOR …)`");
            }
        }
        self.expression(&mut pivot.input, &scope);
        for column in &mut pivot.columns {
            self.expression(&mut column.value, &scope);
            self.compare(&mut pivot.input, &mut column.value, span);
        }
        let mut used = Vec::new();
        let named = pivot.aggregates.iter().map(|aggregate| &aggregate.expression).chain([&pivot.input]);
        named.for_each(|expression| columns_of(expression, &mut used));
        let stays = |field: &Field| !used.contains(&field.name);
        pivot.keys = scope.relations[0].all(span);
        pivot.keys.retain(|key| !used.contains(&key.name));
        for key in pivot.keys.iter().filter(|key| key.name != "*") {
            self.expect_groupable(&key.expression.ty, span, "PIVOT, which groups by what it does not name,");
        }
        let mut turned: Vec<ScopeColumn> = columns.into_iter().filter(stays).map(computed).collect();
        for column in &pivot.columns {
            for aggregate in &pivot.aggregates {
                let Some(name) = column_name(column, aggregate) else {
                    let message = "this value of PIVOT has no name";
                    let problem = Problem::new(Code::UnnamedColumn, column.value.span, message);
                    self.problems.push(problem.hint("give it an alias: `… AS name`"));
                    break;
                };
                turned.push(computed(Field::new(name, aggregate.expression.ty.clone())));
            }
        }
        Columns::of_query(turned)
    }

    /// The columns of an unpivoted table: those that UNPIVOT does not name, the values, the names.
    pub(super) fn unpivot(&mut self, input: &ScopeRelation, unpivot: &mut Unpivot) -> Columns {
        let columns: Vec<Field> = input.shown().cloned().collect();
        let mut types = vec![Type::Null; unpivot.values.len()];
        let mut used: Vec<String> = Vec::new();
        for set in &unpivot.columns {
            for (index, name) in set.columns.iter().enumerate() {
                let Some(ty) = self.unpivoted(&columns, name) else { continue };
                if used.contains(&name.text.to_lowercase()) {
                    let message = format!("UNPIVOT names `{}` twice", name.text);
                    self.problem(Code::AmbiguousName, name.span, message);
                }
                used.push(name.text.to_lowercase());
                match types.get_mut(index) {
                    Some(known @ Type::Null) => *known = ty,
                    Some(known) if *known == ty => {}
                    Some(known) => {
                        let message = format!("UNPIVOT of `{}`, which is {ty} and not {known}", name.text);
                        self.problem(Code::TypeMismatch, name.span, message);
                    }
                    None => {
                        let message =
                            format!("UNPIVOT into {} columns of more than that", unpivot.values.len());
                        self.problem(Code::TypeMismatch, name.span, message);
                    }
                }
            }
        }
        let label = match unpivot.columns.first().and_then(|set| set.label.as_ref()).map(|label| &label.kind)
        {
            Some(Kind::Integer(_)) => Type::Int64,
            _ => Type::String,
        };
        let fits = |set: &UnpivotColumn| match set.label.as_ref().map(|label| &label.kind) {
            Some(Kind::Integer(_)) => label == Type::Int64,
            _ => label == Type::String,
        };
        if !unpivot.columns.iter().all(fits) {
            let message = "the labels of UNPIVOT are all texts, or all of them whole numbers";
            self.problem(Code::TypeMismatch, unpivot.name.span, message);
        }
        let all = input.all(unpivot.name.span);
        for set in &mut unpivot.columns {
            let column = |name: &Name| all.iter().find(|one| one.name.eq_ignore_ascii_case(&name.text));
            let found = set.columns.iter().filter_map(column);
            set.inputs = found.map(|output| output.expression.clone()).collect();
            set.label.iter_mut().for_each(|label| self.expression(label, &Scope::default()));
        }
        unpivot.keys = all.into_iter().filter(|one| !used.contains(&one.name.to_lowercase())).collect();
        let kept = columns.into_iter().filter(|field| !used.contains(&field.name.to_lowercase()));
        let values = unpivot.values.iter().zip(types).map(|(name, ty)| Field::new(name.text.clone(), ty));
        let name = Field::new(unpivot.name.text.clone(), label);
        Columns::of_query(kept.chain(values).chain([name]).map(computed).collect())
    }

    fn unpivoted(&mut self, columns: &[Field], name: &Name) -> Option<Type> {
        let found = columns.iter().find(|field| field.name.eq_ignore_ascii_case(&name.text));
        if found.is_none() {
            let message = format!("UNPIVOT of `{}`, which is no column", name.text);
            let problem = Problem::new(Code::UnknownColumn, name.span, message);
            self.problems.push(problem.suggest(&name.text, columns.iter().map(|field| field.name.as_str())));
        }
        found.map(|field| field.ty.clone())
    }
}

fn computed(field: Field) -> ScopeColumn {
    ScopeColumn { field, origins: Vec::new() }
}

/// The names of the columns that an expression names.
fn columns_of(expression: &Expression, used: &mut Vec<String>) {
    if let Kind::Column { name, .. } = &expression.kind {
        used.push(name.clone());
    }
    expression.children(&mut |child| columns_of(child, used));
}

/// The name of the column for a value and an aggregate; none where the value needs an alias.
pub fn column_name(column: &PivotColumn, aggregate: &PivotAggregate) -> Option<String> {
    let value = match &column.alias {
        Some(alias) => alias.text.clone(),
        None => text_of(&column.value)?,
    };
    let is_text = column.alias.is_some() || matches!(column.value.kind, Kind::Text(_));
    Some(match &aggregate.alias {
        Some(alias) => format!("{}_{value}", alias.text),
        // What is no text makes a name, and names do not begin with a digit.
        None if !is_text && value.starts_with(|first: char| first.is_ascii_digit()) => format!("_{value}"),
        None => value,
    })
}

fn text_of(value: &Expression) -> Option<String> {
    let number = |text: &str| text.replacen('-', "minus_", 1).replace('.', "_point_");
    Some(match &value.kind {
        Kind::Text(text) if text.is_empty() => "_empty_string_value".to_owned(),
        Kind::Text(text) => text.clone(),
        Kind::Integer(value) => number(&value.to_string()),
        Kind::Bool(value) => value.to_string(),
        Kind::Null => "NULL".to_owned(),
        Kind::Typed { ty: Type::Date, text } => text.replace('-', "_"),
        Kind::Typed { ty: Type::Numeric | Type::BigNumeric, text } => number(text),
        _ => return None,
    })
}
