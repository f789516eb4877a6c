//! Calls of built-in functions: the signature that is meant, what the arguments become, and what may stand
//! in the brackets.

use super::Resolver;
use super::scope::Scope;
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::functions::{self, Function, Mismatch, Reason, Role, Signature};
use crate::sql::tree::{Call, DatePart, Expression, Kind, Over, Span};
use crate::sql::{self, Problem};

impl Resolver<'_> {
    pub(super) fn call(&mut self, call: &mut Call, span: Span, scope: &Scope) -> Type {
        let function = functions::find(&call.name);
        let before = self.problems.len();
        for (index, argument) in call.arguments.iter_mut().enumerate() {
            if function.is_some() {
                special(&call.name, index, argument);
            }
            match &mut argument.kind {
                Kind::Interval { value, part, to } if function.is_some_and(|one| one.takes_parts(index)) => {
                    self.count_of_parts(value, *part, *to, scope);
                    argument.ty = Type::Interval;
                }
                _ => self.argument(argument, scope),
            }
        }
        self.lambdas(function, call, scope);
        for order in &mut call.order_by {
            self.expression(&mut order.expression, scope);
            self.expect_ordered(&order.expression.ty, order.expression.span);
            self.collated_order(order, &order.expression.ty);
        }
        if let Some(limit) = &mut call.limit {
            self.expression(limit, scope);
        }
        if let Some(condition) = &mut call.filter {
            self.expression(condition, scope);
            self.expect_bool(condition, "WHERE");
        }
        if let Some((_, value)) = &mut call.having {
            self.expression(value, scope);
            self.expect_ordered(&value.ty, value.span);
        }
        if let Some(Over::Window(window)) = &mut call.over {
            self.window(window, scope);
        }
        let Some(function) = function else {
            self.unknown_function(&call.name, span);
            return Type::Unknown;
        };
        self.clauses(function, call, span);
        self.distinct(call);
        if function.role != Role::Scalar {
            self.refuse_nested(call, span);
        }
        let views: Vec<&Expression> = call.arguments.iter().collect();
        let (result, targets) = match functions::best(function.signatures(), &views) {
            Ok(found) => (found.result, found.targets),
            Err(mismatch) => {
                // What is wrong in an argument was said there.
                let silent = self.problems.len() > before && views.iter().any(|one| one.ty == Type::Unknown);
                if !silent {
                    self.mismatch(function, call, &mismatch, span);
                }
                return Type::Unknown;
            }
        };
        for (argument, target) in call.arguments.iter_mut().zip(targets) {
            if let Some(target) = target {
                match &mut argument.kind {
                    Kind::Named { value, .. } => self.bring(value, &target),
                    _ => self.bring(argument, &target),
                }
            }
        }
        if call.name == "FORMAT" {
            self.format(call, span);
        }
        self.pattern(call);
        self.collate(call);
        if call.name == "KEYED_HASH" {
            self.keyed_hash(call);
        }
        match result {
            Type::Array(element) if matches!(*element, Type::Array(_)) => {
                let message = format!("{}: an array cannot hold arrays; wrap it in a STRUCT", call.name);
                self.problem(Code::TypeMismatch, span, message);
                Type::Unknown
            }
            result => result,
        }
    }

    /// A lambda waits until what the others are is known.
    fn argument(&mut self, argument: &mut Expression, scope: &Scope) {
        match &mut argument.kind {
            Kind::Lambda { .. } => {}
            Kind::Named { value, .. } => {
                self.expression(value, scope);
                argument.ty = value.ty.clone();
            }
            _ => self.expression(argument, scope),
        }
    }

    /// The type of a lambda is that of its body.
    fn lambdas(&mut self, function: Option<&Function>, call: &mut Call, scope: &Scope) {
        for place in 0..call.arguments.len() {
            let Kind::Lambda { parameters, .. } = &call.arguments[place].kind else { continue };
            let signatures = function.map_or(&[][..], Function::signatures);
            let types = functions::lambda_types(signatures, &call.arguments, place, parameters.len())
                .unwrap_or_else(|| vec![Type::Unknown; parameters.len()]);
            let argument = &mut call.arguments[place];
            let Kind::Lambda { parameters, body } = &mut argument.kind else { continue };
            let values = parameters.iter().zip(types);
            let values = values.map(|(name, ty)| Field::new(name.text.clone(), ty)).collect();
            self.expression(body, &Scope::of_values(values, scope));
            argument.ty = body.ty.clone();
        }
    }

    /// What may stand in and behind the brackets.
    fn clauses(&mut self, function: &Function, call: &Call, span: Span) {
        let name = function.name;
        let mut refused = |message: String| self.problem(Code::SqlSyntax, span, message);
        match (function.role, &call.over) {
            (Role::Window, None) => return refused(format!("{name} needs a window: `{name}(…) OVER (…)`")),
            (Role::Scalar, Some(_)) => return refused(format!("{name} takes no OVER")),
            (Role::Aggregate, Some(_)) if !function.clauses.over => {
                return refused(format!("{name} takes no OVER"));
            }
            _ => {}
        }
        let ordered = !call.order_by.is_empty() || call.limit.is_some();
        if call.filter.is_some() && !function.clauses.having {
            refused(format!("{name} takes no WHERE in its brackets"));
        }
        if call.having.is_some() && !function.clauses.having {
            refused(format!("{name} takes no HAVING in its brackets"));
        } else if call.having.is_some() && call.over.is_some() {
            refused(format!("{name} over a window takes no HAVING in its brackets"));
        }
        if function.role == Role::Scalar {
            if call.distinct || call.nulls.is_some() || ordered {
                refused(format!("{name} takes no DISTINCT, NULLS, ORDER BY or LIMIT"));
            }
            return;
        }
        if call.distinct && !function.clauses.distinct {
            refused(format!("{name} takes no DISTINCT"));
        }
        if ordered && !function.clauses.order {
            refused(format!("{name} takes no ORDER BY or LIMIT in its brackets"));
        }
        if call.nulls.is_some() && !function.clauses.nulls {
            refused(format!("{name} takes no IGNORE NULLS or RESPECT NULLS"));
        }
    }

    /// With DISTINCT, values are told apart, and put in order by nothing but themselves.
    fn distinct(&mut self, call: &Call) {
        if !call.distinct {
            return;
        }
        for argument in &call.arguments {
            self.expect_groupable(&argument.ty, argument.span, "DISTINCT");
        }
        for order in &call.order_by {
            if !call.arguments.iter().any(|argument| sql::same(argument, &order.expression)) {
                let message = format!("{} with DISTINCT is put in order by its arguments only", call.name);
                self.problem(Code::SqlSyntax, order.expression.span, message);
            }
        }
    }

    fn mismatch(&mut self, function: &Function, call: &Call, mismatch: &Mismatch, span: Span) {
        let signatures = function.signatures();
        let given = call.arguments.iter().filter(|argument| !argument.is_named()).count();
        let counts = || signatures.iter().map(Signature::counts);
        let least = counts().map(|(least, _)| least).min().unwrap_or_default();
        let most = counts().map(|(_, most)| most.unwrap_or(usize::MAX)).max().unwrap_or_default();
        if given < least || given > most {
            let expected = match (least, most) {
                (least, usize::MAX) => format!("at least {least}"),
                (least, most) if least == most => least.to_string(),
                (least, most) => format!("{least} to {most}"),
            };
            let word = if expected == "1" { "argument" } else { "arguments" };
            let message = format!("{} takes {expected} {word}, not {given}", call.name);
            self.problems.push(Problem::new(Code::TypeMismatch, span, message).hint(known(function)));
            return;
        }
        let place = match mismatch.argument {
            Some(index) if signatures.len() == 1 => call.arguments.get(index).map_or(span, |one| one.span),
            _ => span,
        };
        let message = match (mismatch.argument, &mismatch.reason) {
            (Some(index), reason @ Reason::Type { .. }) => {
                format!("{}: argument {} {reason}", call.name, index + 1)
            }
            (_, reason) => format!("{}: {reason}", call.name),
        };
        self.problems.push(Problem::new(Code::TypeMismatch, place, message).hint(known(function)));
    }
}

/// Words of signatures as people say them.
const PLAIN: &[(&str, &str)] = &[
    ("DateInterval", "INTERVAL"),
    ("ClockInterval", "INTERVAL"),
    ("StampInterval", "INTERVAL"),
    ("AnyInterval", "INTERVAL"),
    ("DatePart", "part"),
    ("PeriodPart", "part"),
    ("ClockPart", "part"),
    ("StampPart", "part"),
    ("AnyPart", "part"),
    ("Groupable", "T"),
    ("Ordered", "T"),
    ("Any", "any type"),
    ("Printable", "any type with a text"),
];

/// The signatures of a function, for a hint.
fn known(function: &Function) -> String {
    const MOST: usize = 4;
    let signatures = function.signatures();
    let written = |one: &Signature| {
        let mut text = one.text.clone();
        for (word, plain) in PLAIN {
            text = text.replace(word, plain);
        }
        format!("{}{text}", function.name)
    };
    let mut shown: Vec<String> = signatures.iter().take(MOST).map(written).collect();
    if signatures.len() > MOST {
        shown.push("…".to_owned());
    }
    format!("it is {}", shown.join(" or "))
}

/// Turns a name into a date part or a word of a fixed list, where the function has one at the place.
fn special(function: &str, index: usize, argument: &mut Expression) {
    let written = match &argument.kind {
        Kind::Path(path) if path.len() == 1 => path[0].text.clone(),
        Kind::Call(call) if call.name == "WEEK" => match call.arguments.as_slice() {
            [Expression { kind: Kind::Path(day), .. }] if day.len() == 1 => format!("WEEK({})", day[0].text),
            _ => return,
        },
        _ => return,
    };
    if functions::part_argument(function) == Some(index) {
        if let Some(part) = DatePart::parse(&written) {
            argument.kind = Kind::Part(part);
        }
        return;
    }
    let word = written.to_ascii_uppercase();
    if functions::keywords(function, index).contains(&word.as_str()) {
        argument.kind = Kind::Text(word);
    }
}
