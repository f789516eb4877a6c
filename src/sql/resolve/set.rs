//! Set operations: columns meet by their places, or by their names. Those by name are rewritten, so that what comes
//! after resolving sees sides that meet by place.

use super::columns::ScopeColumn;
use super::partial::{has_rest, united_in_part};
use super::scope::Merged;
use super::{Resolver, Rows, coerce, output_reference};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::functions::supertype;
use crate::sql::tree::{
    Body, ByName, Expression, FromItem, Kind, Name, NameMatch, Query, Relation, RelationKind, Select,
    SelectItem, SetOperator, Span,
};

/// Most tables that a column of a union is known to come from; beyond that no condition moves to them. Common tables
/// that unite with themselves double them each time.
const MOST_ORIGINS: usize = 1_000;

impl Resolver<'_> {
    /// Two resolved sides and the operator between them.
    pub(super) fn set_operation(
        &mut self,
        operator: SetOperator,
        (left, left_rows): (&mut Body, Rows),
        (right, right_rows): (&mut Body, Rows),
        span: Span,
    ) -> Rows {
        let (mut left_columns, mut right_columns) = (left_rows.columns, right_rows.columns);
        let is_value = left_rows.is_value && right_rows.is_value;
        self.adapt_columns(left, &mut left_columns, &right_columns);
        self.adapt_columns(right, &mut right_columns, &left_columns);
        let columns = self.united(operator, left_columns, &right_columns, span);
        let types: Vec<Type> = columns.iter().map(|column| column.field.ty.clone()).collect();
        coerce::coerce_columns(left, &types);
        coerce::coerce_columns(right, &types);
        Rows { columns, is_value }
    }

    fn united(
        &mut self,
        operator: SetOperator,
        left: Vec<ScopeColumn>,
        right: &[ScopeColumn],
        span: Span,
    ) -> Vec<ScopeColumn> {
        if has_rest(&left) || has_rest(right) {
            return united_in_part(left, right);
        }
        let what = word(operator);
        if left.len() != right.len() {
            let message = format!("{what} of {} and {} columns", left.len(), right.len());
            self.problem(Code::TypeMismatch, span, message);
            return left;
        }
        left.into_iter()
            .zip(right)
            .map(|(left, right)| {
                let ty = supertype(&left.field.ty, &right.field.ty).unwrap_or_else(|| {
                    let message = format!(
                        "{what} of column `{}` {} with {}",
                        left.field.name, left.field.ty, right.field.ty
                    );
                    self.problem(Code::TypeMismatch, span, message);
                    Type::Unknown
                });
                // A condition on a column of a union holds for the tables of both sides.
                let origins = match operator == SetOperator::Union && left.field.ty == right.field.ty {
                    true if left.origins.len() + right.origins.len() > MOST_ORIGINS => Vec::new(),
                    true => left.origins.into_iter().chain(right.origins.iter().cloned()).collect(),
                    false => Vec::new(),
                };
                ScopeColumn { field: Field { ty, ..left.field }, origins }
            })
            .collect()
    }

    /// Gives both sides the same columns in the same order, by their names.
    pub(super) fn match_names(
        &mut self,
        by_name: &ByName,
        left: (&mut Body, &mut Rows),
        right: (&mut Body, &mut Rows),
        span: Span,
    ) {
        if has_rest(&left.1.columns) || has_rest(&right.1.columns) {
            return;
        }
        let names = self.matched_names(by_name, &left.1.columns, &right.1.columns, span);
        if names.is_empty() {
            self.problem(Code::UnknownColumn, span, "the two sides have no column in common");
        }
        for (body, rows) in [left, right] {
            self.arrange(body, rows, &names, span);
        }
    }

    fn matched_names(
        &mut self,
        by_name: &ByName,
        left: &[ScopeColumn],
        right: &[ScopeColumn],
        span: Span,
    ) -> Vec<String> {
        let has = |columns: &[ScopeColumn], name: &str| {
            columns.iter().any(|column| column.field.name.eq_ignore_ascii_case(name))
        };
        self.check_named(by_name, left, right, span);
        if let Some(only) = &by_name.only {
            for name in only.iter().filter(|name| !has(left, &name.text) && !has(right, &name.text)) {
                let candidates = left.iter().chain(right).map(|column| column.field.name.as_str());
                let message = format!("neither side has a column `{}`", name.text);
                let problem = Problem::new(Code::UnknownColumn, name.span, message);
                self.problems.push(problem.suggest(&name.text, candidates));
            }
            return only.iter().map(|name| name.text.clone()).collect();
        }
        let names = |columns: &[ScopeColumn]| -> Vec<String> {
            columns.iter().map(|column| column.field.name.clone()).collect()
        };
        if by_name.columns == NameMatch::Same {
            for (one, other, side) in [(left, right, "right"), (right, left, "left")] {
                for column in one.iter().filter(|column| !has(other, &column.field.name)) {
                    let message = format!("the {side} side has no column `{}`", column.field.name);
                    let problem = Problem::new(Code::UnknownColumn, span, message)
                        .hint("write `FULL UNION ALL BY NAME` where NULL may stand for it");
                    self.problems.push(problem);
                }
            }
        }
        match by_name.columns {
            NameMatch::Same | NameMatch::Left => names(left),
            NameMatch::Inner => names(left).into_iter().filter(|name| has(right, name)).collect(),
            NameMatch::Full => {
                let more = names(right).into_iter().filter(|name| !has(left, name));
                names(left).into_iter().chain(more).collect()
            }
        }
    }

    /// Columns that meet by name have one each; those that are listed stand on the sides that they have to.
    fn check_named(&mut self, by_name: &ByName, left: &[ScopeColumn], right: &[ScopeColumn], span: Span) {
        let is = |column: &&ScopeColumn, name: &str| column.field.name.eq_ignore_ascii_case(name);
        for columns in [left, right] {
            for (place, column) in columns.iter().enumerate().filter(|_| by_name.only.is_none()) {
                let name = &column.field.name;
                let (code, message) = match () {
                    () if name.is_empty() => {
                        (Code::UnnamedColumn, format!("column {} has no name to meet another by", place + 1))
                    }
                    () if columns[..place].iter().any(|one| is(&one, name)) => (
                        Code::AmbiguousName,
                        format!("two columns are named `{name}`, and columns meet by name"),
                    ),
                    () => continue,
                };
                self.problem(code, span, message);
            }
        }
        let Some(only) = &by_name.only else { return };
        let sides: &[(&str, &[ScopeColumn])] = match by_name.columns {
            NameMatch::Full => &[],
            NameMatch::Left => &[("left", left)],
            NameMatch::Same | NameMatch::Inner => &[("left", left), ("right", right)],
        };
        for (place, name) in only.iter().enumerate() {
            if only[..place].iter().any(|one| one.text.eq_ignore_ascii_case(&name.text)) {
                self.problem(Code::AmbiguousName, name.span, format!("`{}` is listed twice", name.text));
            }
            for (side, columns) in sides {
                if !columns.iter().any(|column| is(&column, &name.text)) {
                    let message = format!("the {side} side has no column `{}`", name.text);
                    self.problem(Code::UnknownColumn, name.span, message);
                }
            }
        }
        if by_name.columns != NameMatch::Same {
            return;
        }
        for column in left.iter().chain(right) {
            if !only.iter().any(|name| is(&column, &name.text)) {
                let message = format!("the column `{}` is not listed, and all have to be", column.field.name);
                let problem = Problem::new(Code::UnknownColumn, span, message);
                self.problems
                    .push(problem.hint("write `INNER UNION ALL BY NAME ON (…)` to leave columns out"));
            }
        }
    }

    /// Makes a body select these columns of what it selected; NULL where it lacks one.
    fn arrange(&mut self, body: &mut Body, rows: &mut Rows, names: &[String], span: Span) {
        let same = rows.columns.len() == names.len()
            && rows
                .columns
                .iter()
                .zip(names)
                .all(|(column, name)| column.field.name.eq_ignore_ascii_case(name));
        if same {
            return;
        }
        let alias = Name { text: self.fresh("side"), span };
        let find =
            |name: &String| rows.columns.iter().find(|column| column.field.name.eq_ignore_ascii_case(name));
        let output = |name: &String| {
            let (expression, description) = match find(name) {
                Some(column) => {
                    let kind = Kind::Column {
                        relation: Some(alias.text.clone()),
                        name: column.field.name.clone(),
                        origins: column.origins.clone(),
                    };
                    let value = Expression::typed(kind, span, column.field.ty.clone());
                    (value, column.field.description.clone())
                }
                None => (Expression::new(Kind::Null, span), None),
            };
            crate::sql::tree::Output { name: name.clone(), expression, description }
        };
        let outputs: Vec<_> = names.iter().map(output).collect();
        let columns = outputs
            .iter()
            .map(|output| ScopeColumn {
                field: Field {
                    name: output.name.clone(),
                    ty: output.expression.ty.clone(),
                    description: output.description.clone(),
                    required: false,
                },
                origins: match &output.expression.kind {
                    Kind::Column { origins, .. } => origins.clone(),
                    _ => Vec::new(),
                },
            })
            .collect();
        let inner = std::mem::replace(body, Body::Select(Box::default()));
        let relation = Relation {
            kind: RelationKind::Subquery(Box::new(Query::of(inner, span, 0))),
            alias: Some(alias.clone()),
            span,
        };
        let from = vec![FromItem { relation, joins: Vec::new() }];
        let items = outputs
            .iter()
            .map(|output| SelectItem::Expression {
                expression: output.expression.clone(),
                alias: Some(Name { text: output.name.clone(), span }),
            })
            .collect();
        *body = Body::Select(Box::new(Select { items, from, outputs, span, ..Select::default() }));
        rows.columns = columns;
    }

    /// ORDER BY of a set operation sees output columns only.
    pub(super) fn order_by_outputs(
        &mut self,
        order_by: &mut [crate::sql::tree::Order],
        columns: &[ScopeColumn],
    ) {
        for order in order_by {
            let span = order.expression.span;
            match &order.expression.kind {
                Kind::Integer(position) => {
                    let fits = usize::try_from(*position)
                        .is_ok_and(|position| (1..=columns.len()).contains(&position));
                    let place = usize::try_from(*position).ok().and_then(|place| place.checked_sub(1));
                    if let Some(column) = place.and_then(|place| columns.get(place)) {
                        self.expect_ordered(&column.field.ty, span);
                    }
                    if !fits && !has_rest(columns) {
                        let message = format!("ORDER BY {position}: there is no such column");
                        self.problem(Code::SqlSyntax, span, message);
                    }
                }
                Kind::Path(path) if path.len() == 1 => {
                    let name = &path[0].text;
                    self.expect_one_named(columns.iter().map(|column| column.field.name.as_str()), &path[0]);
                    match columns.iter().find(|column| column.field.name.eq_ignore_ascii_case(name)) {
                        Some(column) => {
                            self.expect_ordered(&column.field.ty, span);
                            order.expression = output_reference(&column.field, span);
                        }
                        None if has_rest(columns) => {}
                        None => {
                            let problem = Problem::new(
                                Code::UnknownColumn,
                                span,
                                format!("no column `{name}` to order by"),
                            )
                            .suggest(name, columns.iter().map(|column| column.field.name.as_str()));
                            self.problems.push(problem);
                        }
                    }
                }
                _ => {
                    let merged = columns
                        .iter()
                        .map(|column| Merged {
                            name: column.field.name.clone(),
                            value: output_reference(&column.field, span),
                            origins: Vec::new(),
                            relations: Vec::new(),
                            first: 0,
                        })
                        .collect();
                    let scope = super::Scope { merged, ..super::Scope::default() };
                    self.expression(&mut order.expression, &scope);
                }
            }
        }
    }
}

fn word(operator: SetOperator) -> &'static str {
    match operator {
        SetOperator::Union => "UNION",
        SetOperator::Intersect => "INTERSECT",
        SetOperator::Except => "EXCEPT",
    }
}
