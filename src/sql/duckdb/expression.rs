//! Expressions as DuckDB SQL. Every operator is put in parentheses, so that precedence never matters.

use super::cast::{convert, field_name};
use super::native::{is_native, native_call};
use super::{Printer, data_type, identifier, literal, member, moment};
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::functions::{self, Form, Role, Translated};
use crate::sql::tree::{
    Binary, Bound, Call, Expression, Extreme, FrameUnit, InSet, IsTest, Kind, Nulls, Over, Span,
    SubscriptKind, Unary, Window,
};
use crate::sql::{PARAMETERS, Problem};

/// Columns that BigQuery makes up.
const MADE_UP: &[&str] = &["_TABLE_SUFFIX", "_PARTITIONTIME", "_PARTITIONDATE", "_FILE_NAME"];

impl Printer {
    pub(super) fn expression(&mut self, expression: &Expression) -> String {
        let span = expression.span;
        match &expression.kind {
            Kind::Null => "NULL".to_owned(),
            Kind::Bool(value) => value.to_string().to_ascii_uppercase(),
            // A bare number would be an INT32, and its arithmetic would overflow there.
            Kind::Integer(value) if *value < 0 => format!("CAST({value} AS BIGINT)"),
            Kind::Integer(value) => format!("{value}::BIGINT"),
            Kind::Float(digits) => format!("CAST({digits} AS DOUBLE)"),
            Kind::Text(text) => literal(text),
            Kind::Bytes(bytes) => {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("unhex('{hex}')")
            }
            Kind::Typed { ty: Type::Range(element), text } => match moment::range_literal(text, element) {
                Some(range) => range,
                None => self.untranslatable(span, "this RANGE"),
            },
            Kind::Typed { ty, text } => format!("CAST({} AS {})", literal(text), data_type(ty)),
            Kind::Parameter(name) => {
                let position = PARAMETERS.iter().position(|(known, _)| known == name).unwrap_or_default();
                format!("CAST(${} AS {})", position + 1, data_type(&expression.ty))
            }
            Kind::Positional(number) => {
                let (place, ty) = (PARAMETERS.len() + number, data_type(&expression.ty));
                match expression.ty {
                    // DuckDB takes the values of these as text only.
                    Type::Array(_) | Type::Struct(_) => format!("CAST(CAST(${place} AS JSON) AS {ty})"),
                    _ => format!("CAST(${place} AS {ty})"),
                }
            }
            Kind::Path(path) => {
                let written = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
                self.untranslatable(span, format!("`{written}` was not resolved"))
            }
            Kind::Column { name, .. } if MADE_UP.contains(&name.as_str()) => {
                self.untranslatable(span, format!("DuckDB has no column `{name}`"))
            }
            Kind::Column { relation: Some(relation), name, .. }
                if relation == name && self.lambdas.contains(relation) =>
            {
                identifier(name)
            }
            Kind::Column { relation: Some(relation), name, .. } => {
                if let Some(value) = self.bound_value(relation, name) {
                    return value;
                }
                member(relation, name)
            }
            Kind::Column { relation: None, name, .. } => identifier(name),
            Kind::Row { relation } => row(relation, &expression.ty),
            Kind::Field { base, field } if base.ty == Type::Json => {
                let path = literal(&format!("$.{}", identifier(&field.text)));
                format!("json_extract({}, {path})", self.expression(base))
            }
            Kind::Field { base, field } => format!("({}).{}", self.expression(base), identifier(&field.text)),
            Kind::Unary { operator, operand } => {
                if operand.ty == Type::Bytes {
                    return self.untranslatable(span, format!("this operator on {}", operand.ty));
                }
                if operand.ty == Type::Interval {
                    let value = self.expression(operand);
                    return native_call(
                        "interval_negate",
                        &[value],
                        &[Type::Interval],
                        &Type::Interval,
                        false,
                    )
                    .unwrap_or_else(|problem| self.untranslatable(span, problem));
                }
                let operand = self.expression(operand);
                match operator {
                    Unary::Not => format!("(NOT {operand})"),
                    Unary::Minus => format!("(-{operand})"),
                    Unary::Plus => operand,
                    Unary::BitNot => format!("(~{operand})"),
                }
            }
            Kind::Binary { operator, left, right } => self.binary(*operator, left, right, &expression.ty),
            Kind::Call(call) => self.call(call, expression),
            Kind::Inlined(call) => self.inlined(call, span),
            Kind::Cast { operand, to, safe } => {
                let sql = self.expression(operand);
                convert(&sql, &operand.ty, to, *safe)
            }
            Kind::Case { operand, branches, otherwise } => {
                let mut sql = "CASE".to_owned();
                if let Some(operand) = operand {
                    sql.push_str(&format!(" {}", self.expression(operand)));
                }
                for (condition, result) in branches {
                    sql.push_str(&format!(
                        " WHEN {} THEN {}",
                        self.expression(condition),
                        self.expression(result)
                    ));
                }
                if let Some(otherwise) = otherwise {
                    sql.push_str(&format!(" ELSE {}", self.expression(otherwise)));
                }
                format!("{sql} END")
            }
            Kind::In { operand, set, negated } => {
                let not = if *negated { "NOT " } else { "" };
                let set = match set {
                    InSet::List(items) => {
                        let items: Vec<String> = items.iter().map(|item| self.expression(item)).collect();
                        items.join(", ")
                    }
                    InSet::Query(query) => self.query(query),
                    InSet::Unnest(array) => return self.in_array(operand, array, *negated),
                };
                format!("({} {not}IN ({set}))", self.expression(operand))
            }
            Kind::Between { operand, low, high, negated } => {
                let not = if *negated { "NOT " } else { "" };
                let (operand, low, high) =
                    (self.expression(operand), self.expression(low), self.expression(high));
                format!("({operand} {not}BETWEEN {low} AND {high})")
            }
            Kind::Like { operand, pattern, negated } => {
                let not = if *negated { "NOT " } else { "" };
                let (operand, pattern) = (self.expression(operand), self.expression(pattern));
                format!("({operand} {not}LIKE {pattern} ESCAPE '\\')")
            }
            Kind::Is { operand, test, negated } => {
                let operand = self.expression(operand);
                let not = if *negated { " NOT" } else { "" };
                match test {
                    IsTest::Null => format!("({operand} IS{not} NULL)"),
                    IsTest::True => format!("({operand} IS{not} TRUE)"),
                    IsTest::False => format!("({operand} IS{not} FALSE)"),
                    IsTest::DistinctFrom(other) => {
                        format!("({operand} IS{not} DISTINCT FROM {})", self.expression(other))
                    }
                }
            }
            Kind::Exists { query, negated } => {
                let not = if *negated { "NOT " } else { "" };
                format!("({not}EXISTS ({}))", self.query(query))
            }
            Kind::Scalar(query) => match self.array_aggregate(query) {
                Some(sql) => sql,
                None => format!("({})", self.query(query)),
            },
            Kind::ArrayQuery(query) => format!("ARRAY({})", self.query(query)),
            Kind::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.expression(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Kind::Struct(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .enumerate()
                    .map(|(index, (name, value))| {
                        let name = field_name(index, name.as_ref().map_or("", |name| &name.text));
                        format!("{} := {}", identifier(&name), self.expression(value))
                    })
                    .collect();
                format!("struct_pack({})", fields.join(", "))
            }
            Kind::Subscript { base, index, kind } => self.subscript(base, index, *kind),
            Kind::Interval { value, part, to } => self.interval(value, *part, *to),
            Kind::Extract { part, operand, zone } => {
                self.extract(*part, operand, zone.as_deref(), expression)
            }
            Kind::Part(_) => String::new(),
            Kind::FormattedCast(cast) => match self.formatted_moment(cast, span) {
                Some(sql) => sql,
                None => self.formatted_cast(cast, span),
            },
            Kind::Star => "*".to_owned(),
            other => {
                let what = construct(other);
                self.untranslatable(span, format!("DuckDB cannot run {what} yet"))
            }
        }
    }

    /// An expression where DuckDB wants a bare number: ordinals, LIMIT and OFFSET.
    pub(super) fn whole(&mut self, expression: &Expression) -> String {
        match expression.kind {
            Kind::Integer(value) => value.to_string(),
            _ => self.expression(expression),
        }
    }

    fn binary(&mut self, operator: Binary, left: &Expression, right: &Expression, ty: &Type) -> String {
        if let Some(sql) = self.moment_binary(operator, left, right, ty) {
            return sql;
        }
        let (left_sql, right_sql) = (self.expression(left), self.expression(right));
        let bytes = left.ty == Type::Bytes && !is_comparison(operator) && operator != Binary::Concatenate;
        if bytes {
            let what = format!("`{}` of {} and {}", symbol(operator), left.ty, right.ty);
            return self.untranslatable(left.span, what);
        }
        match operator {
            Binary::Divide => {
                let divided = format!(
                    "CASE WHEN {right_sql} = 0 THEN error('division by zero') ELSE {left_sql} / {right_sql} END"
                );
                if *ty == Type::Float64 { divided } else { format!("CAST({divided} AS {})", data_type(ty)) }
            }
            Binary::Multiply if matches!(ty, Type::Numeric | Type::BigNumeric) => {
                format!("CAST({left_sql} * {right_sql} AS {})", data_type(ty))
            }
            Binary::BitXor => format!("xor({left_sql}, {right_sql})"),
            Binary::ShiftLeft => shift_left(&left_sql, right, &right_sql),
            Binary::ShiftRight => shift_right(&left_sql, right, &right_sql),
            _ => format!("({left_sql} {} {right_sql})", symbol(operator)),
        }
    }

    fn subscript(&mut self, base: &Expression, index: &Expression, kind: SubscriptKind) -> String {
        if matches!(base.ty, Type::Struct(_)) {
            return self.untranslatable(index.span, "a subscript of a struct");
        }
        let array = self.expression(base);
        if base.ty == Type::Json {
            return match (&index.kind, &index.ty) {
                (Kind::Text(name), _) => {
                    format!("json_extract({array}, {})", literal(&format!("$.{}", identifier(name))))
                }
                (Kind::Integer(at @ 0..), _) => format!("json_extract({array}, '$[{at}]')"),
                _ => self.untranslatable(index.span, "a JSON subscript that is not a literal"),
            };
        }
        let position = self.expression(index);
        let (position, safe) = match kind {
            SubscriptKind::Offset => (format!("({position}) + 1"), false),
            SubscriptKind::SafeOffset => (format!("({position}) + 1"), true),
            SubscriptKind::Ordinal => (position, false),
            SubscriptKind::SafeOrdinal => (position, true),
        };
        // DuckDB counts negative positions from the end; GoogleSQL has none.
        let value = format!("({array})[{position}]");
        if safe {
            match index.kind {
                Kind::Integer(offset) if offset >= 0 => value,
                _ => format!("CASE WHEN {position} >= 1 THEN {value} END"),
            }
        } else {
            format!(
                "CASE WHEN {position} BETWEEN 1 AND len({array}) THEN {value} WHEN {array} IS NULL THEN NULL ELSE error('array index out of bounds') END"
            )
        }
    }

    fn call(&mut self, call: &Call, expression: &Expression) -> String {
        if let Some(script) = &call.script {
            return self.script(script, call, expression);
        }
        let Some(function) = functions::find(&call.name) else {
            return self.untranslatable(expression.span, format!("{} has no DuckDB form", call.name));
        };
        let arguments: Vec<String> = call
            .arguments
            .iter()
            .enumerate()
            .map(|(index, argument)| self.argument(function, index, argument))
            .collect();
        if let Some(what) = unsupported(call, function) {
            return self.untranslatable(expression.span, what);
        }
        if function.role != Role::Scalar {
            return self.aggregate(call, function, &arguments, expression);
        }
        let translated = Translated {
            sql: &arguments,
            arguments: &call.arguments,
            result: &expression.ty,
            safe: call.safe,
        };
        let sql = match &function.duckdb {
            Form::Name(name) => Ok(format!("{name}({})", arguments.join(", "))),
            Form::Text(text) => Ok(fill(text, &arguments)),
            Form::Missing | Form::Gathered(_) => Ok(self.missing(function, expression.span)),
            Form::With(form) => form(&translated),
            Form::Native(name) => translated.native(name),
        };
        let sql = match sql {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(expression.span, format!("{}: {problem}", call.name)),
        };
        if call.safe && is_native(&sql) {
            return sql;
        }
        // DuckDB's decimals change their scale, or become floats, on the way.
        let sql = match expression.ty {
            Type::Numeric | Type::BigNumeric => format!("CAST({sql} AS {})", data_type(&expression.ty)),
            _ => sql,
        };
        if call.safe { format!("TRY({sql})") } else { sql }
    }

    /// An argument of a function. An `INTERVAL count part` that stands for itself is its count alone.
    fn argument(&mut self, function: &functions::Function, index: usize, argument: &Expression) -> String {
        match &argument.kind {
            Kind::Interval { value, to: None, .. } if function.takes_parts(index) => match &value.kind {
                Kind::Text(text) => match text.parse::<i64>() {
                    Ok(count) => self.expression(&Expression::new(Kind::Integer(count), argument.span)),
                    Err(_) => self.untranslatable(argument.span, "a count that is no whole number"),
                },
                _ => self.expression(value),
            },
            Kind::Named { value, .. } if function.takes_names() => self.expression(value),
            _ => self.expression(argument),
        }
    }

    /// A function that is known and typed only.
    fn missing(&mut self, function: &functions::Function, span: Span) -> String {
        let problem = Problem::new(
            Code::Unsupported,
            span,
            format!("{} is known, and DuckDB cannot run it yet", function.name),
        );
        self.problems.push(match function.determinism {
            functions::Determinism::Session => {
                problem.hint("a rerun must give the same rows: use @submission_date instead of the clock")
            }
            functions::Determinism::Volatile => problem.hint("a rerun must give the same rows"),
            _ => problem,
        });
        "NULL".to_owned()
    }

    /// `ANY_VALUE(x HAVING MAX y)`
    fn extreme(&mut self, call: &Call, arguments: &[String]) -> String {
        let (Some((extreme, by)), Some(value)) = (&call.having, arguments.first()) else {
            return String::new();
        };
        let name = match extreme {
            Extreme::Max => "arg_max_null",
            Extreme::Min => "arg_min_null",
        };
        format!("{name}({value}, {})", self.expression(by))
    }

    fn aggregate(
        &mut self,
        call: &Call,
        function: &functions::Function,
        arguments: &[String],
        expression: &Expression,
    ) -> String {
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        let order = if call.order_by.is_empty() {
            String::new()
        } else {
            format!(" ORDER BY {}", self.orders(&call.order_by))
        };
        let is_window = function.role == Role::Window;
        let ignores = call.nulls == Some(Nulls::Ignore);
        let window_nulls = if is_window && ignores { " IGNORE NULLS" } else { "" };
        if let (Some(limit), "STRING_AGG") = (&call.limit, call.name.as_str()) {
            // DuckDB has no LIMIT there: cut the list of texts, then join it.
            let separator = arguments.get(1).map_or("','", String::as_str);
            let limit = self.whole(limit);
            let text = &arguments[0];
            return format!(
                "array_to_string((list({distinct}{text}{order}) FILTER (WHERE {text} IS NOT NULL))[1:{limit}], {separator})"
            );
        }
        if !matches!(function.duckdb, Form::Name(_)) && (call.distinct || !call.order_by.is_empty()) {
            return self.untranslatable(expression.span, format!("DISTINCT or ORDER BY in {}", call.name));
        }
        if let ("SUM" | "AVG", [value]) = (call.name.as_str(), call.arguments.as_slice())
            && value.ty == Type::Interval
        {
            let native = if call.name == "SUM" { "interval_sum" } else { "interval_average" };
            return self.gathered(native, call, arguments, expression);
        }
        if let Form::Gathered(name) = &function.duckdb {
            return self.gathered(name, call, arguments, expression);
        }
        let translated = Translated {
            sql: arguments,
            arguments: &call.arguments,
            result: &expression.ty,
            safe: call.safe,
        };
        let head = match &function.duckdb {
            _ if call.having.is_some() => self.extreme(call, arguments),
            Form::Name(name) => format!("{name}({distinct}{}{window_nulls}{order})", arguments.join(", ")),
            Form::Text(text) => fill(text, arguments),
            Form::Missing | Form::Native(_) | Form::Gathered(_) => self.missing(function, expression.span),
            Form::With(form) => match form(&translated) {
                Ok(sql) => sql,
                Err(problem) => self.untranslatable(expression.span, format!("{}: {problem}", call.name)),
            },
        };
        let mut sql = head;
        let drops_nulls = call.name == "ARRAY_AGG" && ignores;
        if drops_nulls && !is_window {
            sql.push_str(&format!(" FILTER (WHERE {} IS NOT NULL)", arguments[0]));
        }
        if let Some(over) = &call.over {
            let window = match over {
                Over::Named(name) => identifier(&name.text),
                Over::Window(window) => format!("({})", self.window(window)),
            };
            sql.push_str(&format!(" OVER {window}"));
        }
        if let Some(limit) = &call.limit {
            let limit = self.whole(limit);
            if call.name != "ARRAY_AGG" {
                return self.untranslatable(expression.span, format!("LIMIT in {}", call.name));
            }
            sql = format!("({sql})[1:{limit}]");
        }
        // DuckDB widens sums of integers, and averages of decimals are floats.
        match expression.ty {
            Type::Int64 | Type::Numeric | Type::BigNumeric => {
                format!("CAST({sql} AS {})", data_type(&expression.ty))
            }
            _ => format!("({sql})"),
        }
    }

    /// An aggregate as a native function of the list of its rows' values.
    fn gathered(
        &mut self,
        native: &str,
        call: &Call,
        arguments: &[String],
        expression: &Expression,
    ) -> String {
        let [value, others @ ..] = arguments else {
            return self.untranslatable(expression.span, format!("{} without arguments", call.name));
        };
        if call.having.is_some() || call.limit.is_some() {
            return self.untranslatable(expression.span, format!("HAVING or LIMIT in {}", call.name));
        }
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        let order = match call.order_by.is_empty() {
            true => String::new(),
            false => format!(" ORDER BY {}", self.orders(&call.order_by)),
        };
        let over = match &call.over {
            None => String::new(),
            Some(Over::Named(name)) => format!(" OVER {}", identifier(&name.text)),
            Some(Over::Window(window)) => format!(" OVER ({})", self.window(window)),
        };
        let mut sql = vec![format!("list({distinct}{value}{order}){over}")];
        sql.extend(others.iter().cloned());
        let mut types: Vec<Type> = call.arguments.iter().map(|argument| argument.ty.clone()).collect();
        types[0] = Type::array(types[0].settled());
        match native_call(native, &sql, &types, &expression.ty, call.safe) {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(expression.span, problem),
        }
    }

    pub(super) fn window(&mut self, window: &Window) -> String {
        let mut parts = Vec::new();
        if let Some(base) = &window.base {
            parts.push(identifier(&base.text));
        }
        if !window.partition_by.is_empty() {
            let keys: Vec<String> = window.partition_by.iter().map(|key| self.expression(key)).collect();
            parts.push(format!("PARTITION BY {}", keys.join(", ")));
        }
        if !window.order_by.is_empty() {
            parts.push(format!("ORDER BY {}", self.orders(&window.order_by)));
        }
        if let Some(frame) = &window.frame {
            let units = match frame.unit {
                FrameUnit::Rows => "ROWS",
                FrameUnit::Range => "RANGE",
            };
            let start = self.bound(&frame.start);
            parts.push(match &frame.end {
                Some(end) => format!("{units} BETWEEN {start} AND {}", self.bound(end)),
                None => format!("{units} {start}"),
            });
        }
        parts.join(" ")
    }

    fn bound(&mut self, bound: &Bound) -> String {
        match bound {
            Bound::CurrentRow => "CURRENT ROW".to_owned(),
            Bound::Preceding(None) => "UNBOUNDED PRECEDING".to_owned(),
            Bound::Following(None) => "UNBOUNDED FOLLOWING".to_owned(),
            Bound::Preceding(Some(rows)) => format!("{} PRECEDING", self.expression(rows)),
            Bound::Following(Some(rows)) => format!("{} FOLLOWING", self.expression(rows)),
        }
    }
}

/// What of a call that is typed has no translation.
fn unsupported(call: &Call, function: &functions::Function) -> Option<String> {
    let given = call.arguments.len();
    if matches!(function.duckdb, Form::Missing) {
        return None;
    }
    if call.having.is_some() && call.name != "ANY_VALUE" {
        return Some(format!("HAVING MAX or HAVING MIN in {}", call.name));
    }
    if given > function.most_run {
        return Some(format!("{} with {given} arguments is not understood yet", call.name));
    }
    let bits = call.name.starts_with("BIT_")
        && call.name != "BIT_COUNT"
        && call.arguments.iter().any(|one| one.ty == Type::Bytes);
    bits.then(|| format!("{} of BYTES is not understood yet", call.name))
}

/// A relation's row as a struct. Where a column is called like the relation, GoogleSQL's name is the row and DuckDB's the column.
fn row(relation: &str, ty: &Type) -> String {
    if ty.field(relation).is_none() {
        return identifier(relation);
    }
    let fields = ty.fields().unwrap_or_default().iter().enumerate().map(|(index, field)| {
        let name = identifier(&field_name(index, &field.name));
        format!("{name} := {}.{name}", identifier(relation))
    });
    format!("struct_pack({})", fields.collect::<Vec<_>>().join(", "))
}

fn is_comparison(operator: Binary) -> bool {
    use Binary::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
}

/// The name of a construct that has no DuckDB form.
fn construct(kind: &Kind) -> &'static str {
    match kind {
        Kind::System(_) => "system variables",
        Kind::With(_) => "WITH expressions",
        Kind::Named { .. } => "named arguments",
        Kind::Lambda { .. } => "lambdas",
        Kind::LikeSet { .. } => "LIKE ANY and LIKE ALL",
        _ => "this expression",
    }
}

fn symbol(operator: Binary) -> &'static str {
    crate::sql::resolve::symbol(operator)
}

/// Puts arguments into a form's `{0}`, `{1}`; argument texts are not looked into.
fn fill(text: &str, arguments: &[String]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (index, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some(argument) = index.parse().ok().and_then(|index: usize| arguments.get(index)) {
            filled.push_str(argument);
        }
        rest = after;
    }
    filled + rest
}

/// A shift by a number that is known only when the query runs.
fn shift(native: &str, value: &str, by: &str) -> String {
    let arguments = [value.to_owned(), by.to_owned()];
    native_call(native, &arguments, &[Type::Int64, Type::Int64], &Type::Int64, false)
        .unwrap_or_else(|problem| format!("error({})", literal(&problem)))
}

/// GoogleSQL's `<<` drops the bits that leave the 64; DuckDB's fails.
fn shift_left(value: &str, by: &Expression, by_sql: &str) -> String {
    match by.kind {
        Kind::Integer(0) => value.to_owned(),
        Kind::Integer(63) => {
            format!(
                "CASE WHEN ({value} & 1) = 1 THEN CAST(-9223372036854775808 AS BIGINT) ELSE ({value} & 0) END"
            )
        }
        Kind::Integer(bits @ 1..=62) => {
            let kept = (1_i64 << (63 - bits)) - 1;
            let sign = 63 - bits;
            format!(
                "CAST(((({value} & {kept}) << {bits}) + CASE WHEN (({value} >> {sign}) & 1) = 1 THEN -9223372036854775808 ELSE 0 END) AS BIGINT)"
            )
        }
        Kind::Integer(64..) => format!("({value} & 0)"),
        _ => shift("shift_left", value, by_sql),
    }
}

/// GoogleSQL's `>>` fills with zeros; DuckDB's keeps the sign.
fn shift_right(value: &str, by: &Expression, by_sql: &str) -> String {
    match by.kind {
        Kind::Integer(0) => value.to_owned(),
        Kind::Integer(bits @ 1..=63) => {
            let kept = if bits == 1 { i64::MAX } else { (1_i64 << (64 - bits)) - 1 };
            format!("(({value} >> {bits}) & {kept})")
        }
        Kind::Integer(64..) => format!("({value} & 0)"),
        _ => shift("shift_right", value, by_sql),
    }
}
