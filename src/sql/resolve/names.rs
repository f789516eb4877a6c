//! Query parameters, and functions that nobody knows.

use super::Resolver;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Expression, Span};
use crate::sql::{self, PARAMETERS, Problem, functions};

/// Functions of other databases, and what does the same in GoogleSQL.
const ELSEWHERE: &[(&str, &str)] = &[
    ("APPROX_PERCENTILE", "APPROX_QUANTILES(x, 100)[OFFSET(n)]"),
    ("ARRAY_CONTAINS", "`value IN UNNEST(array)`"),
    ("ARRAY_SIZE", "ARRAY_LENGTH"),
    ("BOOL_AND", "LOGICAL_AND"),
    ("BOOL_OR", "LOGICAL_OR"),
    ("CARDINALITY", "ARRAY_LENGTH"),
    ("CHARINDEX", "STRPOS, with the text first"),
    ("COLLECT_LIST", "ARRAY_AGG"),
    ("DATEADD", "DATE_ADD(date, INTERVAL n DAY)"),
    ("DATEDIFF", "DATE_DIFF(later, earlier, DAY)"),
    ("DATEPART", "EXTRACT(part FROM date)"),
    ("DATE_PART", "EXTRACT(part FROM date)"),
    ("EXPLODE", "UNNEST, in the FROM clause"),
    ("GETDATE", "CURRENT_TIMESTAMP()"),
    ("GROUP_CONCAT", "STRING_AGG"),
    ("IIF", "IF"),
    ("ISNULL", "`x IS NULL`, or IFNULL(x, y)"),
    ("LCASE", "LOWER"),
    ("LEN", "LENGTH"),
    ("LISTAGG", "STRING_AGG"),
    ("LOCATE", "STRPOS, with the text first"),
    ("MEDIAN", "PERCENTILE_CONT(x, 0.5) OVER (), or APPROX_QUANTILES(x, 2)[OFFSET(1)]"),
    ("NOW", "CURRENT_TIMESTAMP()"),
    ("NVL", "IFNULL"),
    ("NVL2", "IF(x IS NOT NULL, y, z)"),
    ("RANDOM", "RAND"),
    ("REGEXP_LIKE", "REGEXP_CONTAINS"),
    ("REGEXP_MATCH", "REGEXP_CONTAINS"),
    ("SPLIT_PART", "SPLIT(text, separator)[SAFE_OFFSET(n)]"),
    ("TO_CHAR", "FORMAT_DATE, FORMAT_TIMESTAMP or CAST(x AS STRING)"),
    ("TO_DATE", "PARSE_DATE(format, text)"),
    ("TO_TIMESTAMP", "PARSE_TIMESTAMP(format, text)"),
    ("UCASE", "UPPER"),
    ("UUID", "GENERATE_UUID"),
];

impl Resolver<'_> {
    /// The value of a parameter that the dataset declares. It decides the data like the query's own text.
    pub(super) fn declared_parameter(&mut self, name: &str) -> Option<Expression> {
        let value = self.catalogue.parameter(name).filter(|_| !self.in_routine)?;
        self.meanings.push(format!("@{name} {} {}", value.ty, sql::key(&value)));
        self.parameters.insert(name.to_owned());
        Some(value)
    }

    /// A parameter whose value is bound when the query runs.
    pub(super) fn bound_parameter(&mut self, name: &str) -> Option<(usize, Type)> {
        self.catalogue.bound(name).filter(|_| !self.in_routine)
    }

    pub(super) fn parameter(&mut self, name: &str, span: Span) -> Type {
        if self.in_routine {
            let message = format!("a function has no query parameter `@{name}`");
            let problem = Problem::new(Code::UnknownQueryParameter, span, message);
            self.problems.push(problem.hint("hand it the value as an argument"));
            return Type::Unknown;
        }
        match PARAMETERS.iter().find(|(known, _)| *known == name) {
            Some((_, ty)) => {
                let earlier = |one: Span| (one.line, one.column) <= (span.line, span.column);
                self.first_parameter = self.first_parameter.filter(|one| earlier(*one)).or(Some(span));
                ty.clone()
            }
            None => {
                let declared = self.catalogue.parameter_names();
                let known = PARAMETERS.iter().map(|(known, _)| *known);
                let problem =
                    Problem::new(Code::UnknownQueryParameter, span, format!("no query parameter `@{name}`"))
                        .hint("the parameters are @submission_date, @partition_start and @partition_end")
                        .suggest(name, known.chain(declared.iter().map(String::as_str)));
                self.problems.push(problem);
                Type::Unknown
            }
        }
    }

    pub(super) fn unknown_function(&mut self, name: &str, span: Span) {
        let own = self.catalogue.routine_names();
        let is_own = name.contains('.');
        let written = if is_own { name.to_lowercase() } else { name.to_owned() };
        let mut problem =
            Problem::new(Code::UnknownFunction, span, format!("no function `{written}` is known"));
        if is_own {
            problem = problem
                .hint("functions of the project are defined in datasets/: `function: schema.name`")
                .suggest(&written, own.iter().map(String::as_str));
        } else if let Some((_, instead)) = ELSEWHERE.iter().find(|(known, _)| *known == name) {
            problem = problem.hint(format!("GoogleSQL has {instead}"));
        } else {
            problem = problem.suggest(&written, functions::FUNCTIONS.iter().map(|function| function.name));
        }
        if matches!(name, "METRIC" | "LABELED_TOTAL") {
            let name = name.to_lowercase();
            problem = problem.hint(format!("in SQL of your own write `{{{{ {name}('category.name') }}}}`, with `from:` naming the ping table"));
        }
        self.problems.push(problem);
    }
}
