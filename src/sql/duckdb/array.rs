//! Queries over one array, as functions of the array: DuckDB would join the whole row with the unnested
//! elements, which costs wide ping tables more than everything else, and keeps no order.

use super::once::Operand;
use super::operator::can_be_odd;
use super::types::unique_names;
use super::{Printer, data_type, identifier};
use crate::schema::Type;
use crate::sql::resolve;
use crate::sql::tree::{Body, Call, Expression, GroupBy, Kind, Output, Query, RelationKind, Select, Shape};

/// A query that reads one array, filters its elements, and takes the first ones.
struct OneArray<'a> {
    select: &'a Select,
    alias: &'a str,
    array: &'a Expression,
    offset: Option<&'a str>,
    /// From which place, and how many.
    first: i64,
    most: Option<i64>,
}

impl Printer {
    /// `(SELECT SUM(e.value) FROM UNNEST(array) AS e)`; `None` where a query is anything else.
    pub(super) fn array_aggregate(&mut self, query: &Query) -> Option<String> {
        let found = self.list_of(query).filter(|found| found.most.is_none() && found.first == 0)?;
        let [output] = found.select.outputs.as_slice() else { return None };
        let Kind::Call(call) = &output.expression.kind else { return None };
        let argument = call.arguments.first()?;
        if !call.is_plain() || found.select.shape == Shape::Struct || looks_beyond(argument) {
            return None;
        }
        let ty = data_type(&output.expression.ty);
        if call.name == "COUNT" && matches!(argument.kind, Kind::Star) {
            let (kept, ()) = self.kept(&found, |_| ());
            return Some(format!("coalesce(len({kept}), 0)"));
        }
        let function = aggregate(call)?;
        let (kept, value) = self.kept(&found, |printer| printer.expression(argument));
        let values = format!("list_transform({kept}, lambda {}: {value})", found.holder());
        Some(match call.name.as_str() {
            "COUNT" => format!("coalesce({function}({values}), 0)"),
            "COUNTIF" => format!("coalesce(len(list_filter({values}, lambda one: one)), 0)"),
            _ => format!("CAST({function}({values}) AS {ty})"),
        })
    }

    /// The one array that a query reads. In a query in a query, what is done to elements may name nothing else: DuckDB
    /// binds a lambda on columns of the outer one there, where it finds none of the inner one.
    fn list_of<'a>(&self, query: &'a Query) -> Option<OneArray<'a>> {
        one_array(query).filter(|found| self.visible < 2 || !found.looks_around())
    }

    /// `EXISTS(SELECT … FROM UNNEST(array) WHERE …)`
    pub(super) fn any_element(&mut self, query: &Query) -> Option<String> {
        let found = self.list_of(query).filter(|found| found.most.is_none() && found.first == 0)?;
        if found.select.outputs.iter().any(|output| output.expression.any(&resolve::is_aggregate)) {
            return None;
        }
        let (kept, ()) = self.kept(&found, |_| ());
        Some(format!("coalesce(len({kept}), 0) > 0"))
    }

    /// `ARRAY(SELECT … FROM UNNEST(array) WHERE …)`
    pub(super) fn elements(&mut self, query: &Query) -> Option<String> {
        let found = self.list_of(query).filter(OneArray::is_of_rows)?;
        let (kept, value) = self.kept(&found, |printer| printer.row_of(found.select));
        Some(format!("coalesce(list_transform({kept}, lambda {}: {value}), [])", found.holder()))
    }

    /// `(SELECT … FROM UNNEST(array) WHERE …)`, which gives no more than one element.
    pub(super) fn one_element(&mut self, query: &Query) -> Option<String> {
        let found = self.list_of(query).filter(OneArray::is_of_rows)?;
        let (kept, value) = self.kept(&found, |printer| printer.row_of(found.select));
        let (holder, path) = (found.holder(), found.path());
        let first = |list: &str| match &path {
            Some(path) => path
                .iter()
                .fold(format!("({list})[1]"), |base, name| format!("({base}).{}", identifier(name))),
            None => format!("list_transform({list}, lambda {holder}: {value})[1]"),
        };
        if found.most.is_some_and(|most| most <= 1) {
            return Some(first(&kept));
        }
        let kept = Operand { sql: kept, is_plain: false, is_count: false };
        Some(self.once(vec![kept], |_, kept| {
            format!(
                "CASE WHEN len({0}) > 1 THEN error('a query that is a value gave more than one row') ELSE {1} END",
                kept[0],
                first(&kept[0])
            )
        }))
    }

    /// The elements that a query keeps, and what `inner` makes of each.
    fn kept<T>(&mut self, found: &OneArray, inner: impl FnOnce(&mut Self) -> T) -> (String, T) {
        let holder = found.holder();
        let mut list = self.expression(found.array);
        let outer = self.bound.len();
        let alias = found.alias.to_owned();
        match found.offset {
            None => self.bound.push((alias.clone(), alias, holder.clone())),
            Some(offset) => {
                list = format!(
                    "list_transform({list}, lambda element, place: struct_pack(element := element, place := place - 1))"
                );
                let part = |name: &str| format!("struct_extract({holder}, '{name}')");
                self.bound.push((alias.clone(), alias.clone(), part("element")));
                self.bound.push((alias, offset.to_owned(), part("place")));
            }
        }
        if let Some(filter) = &found.select.filter {
            list = format!("list_filter({list}, lambda {holder}: {})", self.expression(filter));
        }
        let value = inner(self);
        self.bound.truncate(outer);
        match (found.first, found.most) {
            (0, None) => {}
            (first, None) => list = format!("({list})[{}:]", first + 1),
            (first, Some(most)) => {
                list = format!("({list})[{}:{}]", first + 1, first.saturating_add(most));
            }
        }
        (list, value)
    }

    /// `(SELECT value)`, which is the value.
    pub(super) fn bare_value(&mut self, query: &Query) -> Option<String> {
        let select = bare(query)?;
        Some(self.row_of(select))
    }

    fn row_of(&mut self, select: &Select) -> String {
        let values: Vec<String> =
            select.outputs.iter().map(|output| self.expression(&output.expression)).collect();
        if select.shape != Shape::Struct {
            return values.into_iter().next().unwrap_or_default();
        }
        let names = unique_names(select.outputs.iter().map(|output| output.name.as_str()));
        let fields = names.iter().zip(values).map(|(name, value)| format!("{} := {value}", identifier(name)));
        format!("struct_pack({})", fields.collect::<Vec<_>>().join(", "))
    }
}

impl OneArray<'_> {
    /// Whether what is done to elements names other columns.
    fn looks_around(&self) -> bool {
        let is_other = |part: &Expression| match &part.kind {
            Kind::Column { relation: Some(relation), .. } => !relation.eq_ignore_ascii_case(self.alias),
            _ => false,
        };
        let outputs = self.select.outputs.iter().map(|output| &output.expression);
        outputs.chain(&self.select.filter).any(|part| part.any(&is_other))
    }

    fn holder(&self) -> String {
        identifier(self.alias)
    }

    /// The fields that lead from an element to the value, where it is no more than that: of no element it is NULL.
    fn path(&self) -> Option<Vec<&str>> {
        let [output] = self.select.outputs.as_slice() else { return None };
        let (mut value, mut names) = (&output.expression, Vec::new());
        while let Kind::Field { base, field } = &value.kind {
            names.insert(0, field.text.as_str());
            value = base.as_ref();
        }
        let is_element = match &value.kind {
            Kind::Column { relation: Some(relation), name, .. } => {
                relation == self.alias && name == self.alias
            }
            _ => false,
        };
        let is_plain = self.offset.is_none() && self.select.shape != Shape::Struct && value.ty != Type::Json;
        (is_element && is_plain).then_some(names)
    }

    /// Whether a row is made of each element.
    fn is_of_rows(&self) -> bool {
        let is_one = self.select.shape == Shape::Struct || self.select.outputs.len() == 1;
        is_one && !self.select.outputs.iter().any(|output: &Output| looks_beyond(&output.expression))
    }
}

/// The SELECT of a query that reads one array and does nothing else with it but filter.
fn one_array(query: &Query) -> Option<OneArray<'_>> {
    let Body::Select(select) = &query.body else { return None };
    let plain = query.with.is_empty()
        && query.order_by.is_empty()
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.windows.is_empty()
        && !select.distinct;
    let count = |bound: Option<&Expression>| match bound.map(|bound| &bound.kind) {
        None => Some(None),
        Some(Kind::Integer(count @ 0..)) => Some(Some(*count)),
        Some(_) => None,
    };
    let (most, first) = (count(query.limit.as_ref())?, count(query.offset.as_ref())?.unwrap_or(0));
    let [item] = select.from.as_slice() else { return None };
    let RelationKind::Unnest { array, offset } = &item.relation.kind else { return None };
    let alias = item.relation.alias.as_ref()?.text.as_str();
    let offset = offset.as_ref().map(|offset| offset.text.as_str());
    let found = plain && item.joins.is_empty() && matches!(array.ty, Type::Array(_));
    let filtered = select.filter.as_ref().is_some_and(looks_beyond);
    (found && !filtered).then_some(OneArray { select, alias, array, offset, first, most })
}

/// The SELECT of a query that reads nothing and gives one value.
fn bare(query: &Query) -> Option<&Select> {
    let select = match &query.body {
        Body::Select(select) => select,
        Body::Query(inner) if query.with.is_empty() && query.order_by.is_empty() => {
            return bare(inner).filter(|_| query.limit.is_none() && query.offset.is_none());
        }
        _ => return None,
    };
    let is_bare = query.with.is_empty()
        && query.order_by.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && select.from.is_empty()
        && select.filter.is_none()
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.windows.is_empty()
        && (select.shape == Shape::Struct || select.outputs.len() == 1);
    let of_rows = |output: &Output| output.expression.any(&resolve::is_of_rows);
    (is_bare && !select.outputs.iter().any(of_rows)).then_some(select)
}

/// Whether an expression holds what no lambda may: a query, an aggregate, a window.
fn looks_beyond(expression: &Expression) -> bool {
    expression.holds_query() || expression.any(&resolve::is_of_rows)
}

/// The list function of an aggregate that skips NULLs and gives NULL for nothing, as GoogleSQL's does.
fn aggregate(call: &Call) -> Option<&'static str> {
    let [argument] = call.arguments.as_slice() else { return None };
    if argument.ty == Type::Interval {
        return None;
    }
    Some(match call.name.as_str() {
        "SUM" if argument.ty == Type::Int64 => "list_sum",
        "MAX" => "list_max",
        "MIN" if !can_be_odd(argument) => "list_min",
        "COUNT" => "list_count",
        "COUNTIF" => "len",
        "LOGICAL_AND" => "list_bool_and",
        "LOGICAL_OR" => "list_bool_or",
        _ => return None,
    })
}
