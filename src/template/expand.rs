//! Expressions that authors write in YAML → plain GoogleSQL: shortcuts, `metric('…')`,
//! `labeled_total('…')` and `histogram_sum('…')` are replaced by what they stand for.

use super::histogram;
use crate::diagnostic::Code;
use crate::period::Cadence;
use crate::schema::glean::{self, Metric, MetricKind};
use crate::schema::{Field, SUFFIX_FORMAT, Shortcut, Type, find_field};
use crate::sql::{Piece, PieceKind, Problem, pieces, tree::Span};

/// The table that a dataset reads, as its expressions see it.
#[derive(Clone, Debug)]
pub struct Input {
    /// The table's name; of several the first one's.
    pub table: String,
    /// How many tables there are beside it.
    pub others: usize,
    /// What stands behind FROM: the table, or a query in brackets.
    pub relation: String,
    /// The tables one by one, for a template that unites them itself.
    pub parts: Vec<Part>,
    pub columns: std::sync::Arc<[Field]>,
    pub time: Option<RowTime>,
    pub shortcuts: Vec<Shortcut>,
    /// The Glean ping behind the table, and the metrics that its application declares.
    pub glean: Option<(String, std::sync::Arc<Vec<Metric>>)>,
}

/// One table of a union, in the shape of the whole.
#[derive(Clone, Debug)]
pub struct Part {
    /// `SELECT … FROM …`, without conditions.
    pub select: String,
    pub time: Option<RowTime>,
}

/// When the rows of a table are from, as expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowTime {
    /// `DATE(submission_timestamp)` or `submission_date`.
    pub day: String,
    /// The instant, where the table has one: `submission_timestamp`.
    instant: Option<String>,
    /// The suffix, where the table is one for each day.
    suffix: Option<String>,
}

impl RowTime {
    /// The time that a partition column tells.
    pub fn new(column: &str, is_date: bool) -> Self {
        match is_date {
            true => Self { day: column.to_owned(), instant: None, suffix: None },
            false => Self { day: format!("DATE({column})"), instant: Some(column.to_owned()), suffix: None },
        }
    }

    /// The time that the suffix of a table's name tells. One that is no day, as of a shard that is still written, tells none.
    pub fn of_suffix(column: &str) -> Self {
        let day = format!("SAFE.PARSE_DATE('{SUFFIX_FORMAT}', {column})");
        Self { day, instant: None, suffix: Some(column.to_owned()) }
    }

    /// The condition that a row is of the partition that is built. None for hours where only days are known.
    pub fn within(&self, every: Cadence) -> Option<String> {
        let day = &self.day;
        Some(match every {
            Cadence::Hour => {
                let instant = self.instant.as_ref()?;
                format!("{instant} >= @partition_start AND {instant} < @partition_end")
            }
            Cadence::Day => match &self.suffix {
                Some(suffix) => format!("{suffix} = FORMAT_DATE('{SUFFIX_FORMAT}', @submission_date)"),
                None => format!("{day} = @submission_date"),
            },
            Cadence::Week | Cadence::Month => {
                format!("{day} >= @submission_date AND {day} < DATE(@partition_end)")
            }
            Cadence::Whole => "TRUE".to_owned(),
        })
    }
}

impl Input {
    /// The input in a message.
    pub fn shown(&self) -> String {
        match self.others {
            0 => format!("`{}`", self.table),
            1 => format!("`{}` and the other table of `from`", self.table),
            others => format!("`{}` and {others} other tables of `from`", self.table),
        }
    }

    pub fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// Whether a dotted path leads to a column or field.
    pub fn has_path(&self, path: &str) -> bool {
        self.type_at(path).is_some()
    }

    /// The type of a column or of a field in one, by its dotted path.
    pub(super) fn type_at(&self, path: &str) -> Option<&Type> {
        let mut parts = path.split('.');
        let Some(column) = find_field(&self.columns, parts.next()?) else {
            // Of a table that is known in part any name may be a column.
            return self.columns.iter().any(Field::is_rest).then_some(&Type::Unknown);
        };
        parts.try_fold(&column.ty, |ty, part| match ty {
            Type::Null | Type::Unknown => Some(ty),
            known => Some(&known.field(part)?.ty),
        })
    }

    pub fn shortcut(&self, name: &str) -> Option<&'static str> {
        self.shortcuts.iter().find(|shortcut| shortcut.name == name).map(|shortcut| shortcut.path)
    }

    /// Names that may stand in a list of columns, for "did you mean".
    pub fn names(&self) -> Vec<&str> {
        self.columns
            .iter()
            .map(|column| column.name.as_str())
            .chain(self.shortcuts.iter().map(|shortcut| shortcut.name))
            .collect()
    }
}

/// Expands an expression. A problem's span counts from the start of the expression.
///
/// # Errors
/// Text that does not tokenise, unknown metrics, metrics of the wrong kind.
pub fn expand(expression: &str, input: &Input) -> Result<String, Problem> {
    let pieces = pieces(expression).map_err(|message| {
        Problem::new(Code::SqlSyntax, whole(expression), format!("SQL syntax: {message}"))
    })?;
    let significant: Vec<&Piece> = pieces.iter().filter(|piece| piece.kind != PieceKind::Space).collect();
    let mut expanded = String::new();
    let mut copied = 0;
    let mut index = 0;
    while index < significant.len() {
        let piece = significant[index];
        let symbol = |offset: usize, wanted: &str| {
            significant.get(index + offset).is_some_and(|piece| piece.text == wanted)
        };
        let after_dot = index > 0 && significant[index - 1].text == ".";
        let (replacement, used) = match &piece.kind {
            PieceKind::Word if !after_dot && symbol(1, "(") => {
                let argument = significant.get(index + 2).and_then(|piece| match &piece.kind {
                    PieceKind::Text(text) => Some((text.as_str(), piece)),
                    _ => None,
                });
                match (piece.text.to_ascii_lowercase().as_str(), argument) {
                    ("metric", Some((name, place))) if symbol(3, ")") => {
                        (Some(metric(name, place, expression, input)?), 4)
                    }
                    ("labeled_total", Some((name, place))) if symbol(3, ")") => {
                        (Some(labeled_total(name, place, expression, input)?), 4)
                    }
                    ("histogram_sum", Some((name, place))) if symbol(3, ")") => {
                        (Some(histogram::sum(name, span_of(place, expression), input)?), 4)
                    }
                    _ => (None, 1),
                }
            }
            PieceKind::Word if !after_dot && !symbol(1, ".") && !input.has_column(&piece.text) => {
                let after_as = index > 0 && significant[index - 1].text.eq_ignore_ascii_case("as");
                match input.shortcut(&piece.text) {
                    Some(path) if !after_as => (Some(path.to_owned()), 1),
                    _ => (None, 1),
                }
            }
            _ => (None, 1),
        };
        if let Some(replacement) = replacement {
            expanded.push_str(&expression[copied..piece.range.start]);
            expanded.push_str(&replacement);
            copied = significant[index + used - 1].range.end;
        }
        index += used;
    }
    expanded.push_str(&expression[copied..]);
    Ok(expanded)
}

/// Sees to it that a text is one expression: it closes no bracket that it did not open, and ends nothing.
///
/// # Errors
/// The place at which it goes on beyond one expression.
pub fn one_expression(text: &str) -> Result<(), Problem> {
    let refuse = |span: Span, message: &str| {
        Err(Problem::new(Code::SqlSyntax, span, message).hint("write one expression; columns go one by one"))
    };
    let pieces = pieces(text)
        .map_err(|message| Problem::new(Code::SqlSyntax, whole(text), format!("SQL syntax: {message}")))?;
    let (mut depth, mut types) = (0_usize, 0_usize);
    let mut before = "";
    for piece in pieces.iter().filter(|piece| piece.kind != PieceKind::Space) {
        match piece.text.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" if depth == 0 => {
                return refuse(span_of(piece, text), "a bracket closes that the expression did not open");
            }
            ")" | "]" => depth -= 1,
            // Commas of `ARRAY<STRUCT<a INT64, b INT64>>` are its own.
            "<" if ["array", "struct"].iter().any(|name| before.eq_ignore_ascii_case(name)) => types += 1,
            ">" | ">>" => types = types.saturating_sub(piece.text.len()),
            "," if depth + types == 0 => {
                return refuse(span_of(piece, text), "an expression ends before this comma");
            }
            ";" => return refuse(span_of(piece, text), "an expression holds no `;`"),
            _ => {}
        }
        before = &piece.text;
    }
    if let Some(comment) =
        pieces.last().filter(|piece| piece.text.starts_with("--") || piece.text.starts_with('#'))
    {
        return refuse(span_of(comment, text), "a comment would swallow what stands behind the expression");
    }
    match depth {
        0 => Ok(()),
        _ => refuse(whole(text), "a bracket is not closed"),
    }
}

fn whole(expression: &str) -> Span {
    Span { line: 1, column: 1, length: expression.chars().count() as u32 }
}

fn span_of(piece: &Piece, expression: &str) -> Span {
    let before = &expression[..piece.range.start];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    Span { line, column, length: expression[piece.range.clone()].chars().count() as u32 }
}

fn find(name: &str, place: &Piece, expression: &str, input: &Input) -> Result<glean::MetricColumn, Problem> {
    let span = span_of(place, expression);
    let Some((ping, metrics)) = &input.glean else {
        if let Some(found) = find_in_columns(name, input) {
            return Ok(found);
        }
        return Err(Problem::new(
            Code::UnknownMetric,
            span,
            format!("`{}` is no Glean ping table", input.table),
        )
        .hint("metrics are found in the live table, the stable dataset and the view of a Glean source"));
    };
    glean::find_metric(ping, metrics, name).ok_or_else(|| {
        let names = glean::metric_names(ping, metrics);
        Problem::new(Code::UnknownMetric, span, format!("the `{ping}` ping carries no metric `{name}`"))
            .hint("metrics.yaml says under `send_in_pings` which pings carry a metric")
            .suggest(name, names.iter().map(String::as_str))
    })
}

/// A metric of a ping table whose schema came from elsewhere: its kind is the name of the struct it stands in.
fn find_in_columns(name: &str, input: &Input) -> Option<glean::MetricColumn> {
    let column = name.replace(['.', '-'], "_");
    let kinds = input.columns.iter().find(|column| column.name == "metrics")?.ty.fields()?;
    kinds.iter().find_map(|kind| {
        let field = kind.ty.field(&column)?;
        Some(glean::MetricColumn {
            path: format!("metrics.{}.{}", kind.name, field.name),
            kind: MetricKind::parse(&kind.name)?,
            ty: field.ty.clone(),
            time_unit: None,
            description: field.description.as_deref().map(str::to_owned),
        })
    })
}

/// A metric's value: for a timespan the length of time, in the unit that the metric declares.
fn metric(name: &str, place: &Piece, expression: &str, input: &Input) -> Result<String, Problem> {
    let column = find(name, place, expression, input)?;
    Ok(match column.kind {
        MetricKind::Timespan => format!("{}.value", column.path),
        _ => column.path,
    })
}

/// The total over all labels of a labeled counter.
fn labeled_total(name: &str, place: &Piece, expression: &str, input: &Input) -> Result<String, Problem> {
    let column = find(name, place, expression, input)?;
    match column.kind {
        MetricKind::LabeledCounter | MetricKind::LabeledQuantity => {
            Ok(format!("(SELECT SUM(label.value) FROM UNNEST({}) AS label)", column.path))
        }
        _ => Err(Problem::new(
            Code::UnknownMetric,
            span_of(place, expression),
            format!("`labeled_total` takes a labeled counter; `{name}` is {}", column.kind.as_str()),
        )
        .hint(format!("write `metric('{name}')`"))),
    }
}
