//! Which of a function's signatures a call means: the one that its arguments are nearest to. It must never
//! change an expression; what has to be coerced is handed back.

use std::fmt;

use super::conversion::{self, Distance};
use super::signature::{Pattern, Presence, Signature, Variable};
use crate::schema::{Field, Type};
use crate::sql::tree::{DatePart, Expression, Kind, Unary};

/// A signature that fits.
#[derive(Debug)]
pub struct Match {
    /// What each argument is to become, by place; none where it stays.
    pub targets: Vec<Option<Type>>,
    pub result: Type,
    distance: Distance,
    wrong_part: Option<Mismatch>,
}

/// Why no signature fits.
#[derive(Debug)]
pub struct Mismatch {
    /// The argument, by place, where only one is at fault.
    pub argument: Option<usize>,
    pub reason: Reason,
}

#[derive(Debug)]
pub enum Reason {
    /// The argument is of another type than those that the signatures take there.
    Type {
        given: String,
        wanted: Vec<String>,
    },
    /// A date part that does not go with the types: the signature is meant all the same.
    Part(String),
    Other(String),
}

impl Reason {
    fn of_type(value: &Expression, wanted: impl ToString) -> Self {
        Self::Type { given: described(value), wanted: vec![wanted.to_string()] }
    }

    /// Takes in what another signature wants at the same place.
    fn join(&mut self, other: Self) {
        if let (Self::Type { wanted, .. }, Self::Type { wanted: more, .. }) = (self, other) {
            for one in more {
                if !wanted.contains(&one) {
                    wanted.push(one);
                }
            }
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Type { given, wanted } => match wanted.as_slice() {
                [first @ .., last] if !first.is_empty() => {
                    write!(formatter, "is {given}, not {} or {last}", first.join(", "))
                }
                wanted => write!(formatter, "is {given}, not {}", wanted.join(", ")),
            },
            Self::Part(text) | Self::Other(text) => formatter.write_str(text),
        }
    }
}

/// The types that variables stand for.
#[derive(Clone, Default)]
pub struct Bindings(Vec<(Variable, Type)>);

/// The best of the signatures.
///
/// # Errors
/// What the one that came furthest does not take.
pub fn best(signatures: &[Signature], arguments: &[&Expression]) -> Result<Match, Mismatch> {
    let mut found: Option<Match> = None;
    let mut nearest: Option<Mismatch> = None;
    // Where something is unknown, a result is known only if all signatures agree on it.
    let mut unclear = false;
    let is_known = !arguments.iter().any(|argument| holds_unknown(&argument.ty));
    for signature in signatures {
        match fit(signature, arguments) {
            Ok(one) => {
                if let Some(known) = &found
                    && known.result != one.result
                    && known.distance == one.distance
                {
                    unclear = true;
                }
                if found.as_ref().is_none_or(|known| one.distance < known.distance) {
                    unclear = false;
                    let is_nearest = is_known && one.distance == Distance::default();
                    found = Some(one);
                    if is_nearest {
                        // No other signature can be nearer.
                        break;
                    }
                }
            }
            Err(mismatch) => match &mut nearest {
                Some(known) if known.argument > mismatch.argument => {}
                Some(known) if known.argument == mismatch.argument => known.reason.join(mismatch.reason),
                _ => nearest = Some(mismatch),
            },
        }
    }
    match (found, nearest) {
        (Some(Match { wrong_part: Some(mismatch), .. }), _) => Err(mismatch),
        (Some(mut found), _) => {
            if unclear && !is_known {
                found.result = Type::Unknown;
                found.targets.iter_mut().for_each(|target| *target = None);
            }
            Ok(found)
        }
        (None, Some(mismatch)) => Err(mismatch),
        (None, None) => {
            Err(Mismatch { argument: None, reason: Reason::Other("it takes nothing".to_owned()) })
        }
    }
}

fn holds_unknown(ty: &Type) -> bool {
    match ty {
        Type::Unknown => true,
        Type::Array(element) | Type::Range(element) => holds_unknown(element),
        _ => false,
    }
}

/// The name of an argument that is given by one, and its value.
fn split(argument: &Expression) -> (Option<&str>, &Expression) {
    match &argument.kind {
        Kind::Named { name, value } => (Some(&name.text), value),
        _ => (None, argument),
    }
}

/// The types of a lambda's parameters, from the other arguments: the lambda stands at a place and has so many.
pub fn lambda_types(
    signatures: &[Signature],
    arguments: &[Expression],
    place: usize,
    count: usize,
) -> Option<Vec<Type>> {
    signatures.iter().find_map(|signature| {
        let patterns = signature.patterns(arguments.len())?;
        let Pattern::Lambda(parameters, _) = patterns.get(place)? else { return None };
        if parameters.len() != count {
            return None;
        }
        let pairs: Vec<(&Pattern, &Expression)> = patterns
            .iter()
            .copied()
            .zip(arguments)
            .filter(|(pattern, _)| !matches!(pattern, Pattern::Lambda(..)))
            .collect();
        let bindings = bind(&pairs).ok()?;
        Some(parameters.iter().map(|parameter| bindings.build(parameter)).collect())
    })
}

fn fit(signature: &Signature, arguments: &[&Expression]) -> Result<Match, Mismatch> {
    let positional = arguments.iter().filter(|argument| split(argument).0.is_none()).count();
    let Some(patterns) = signature.patterns(positional) else {
        return Err(Mismatch { argument: None, reason: Reason::Other(count(signature, positional)) });
    };
    let mut pairs = Vec::with_capacity(arguments.len());
    let mut patterns = patterns.into_iter();
    for (index, argument) in arguments.iter().copied().enumerate() {
        let (name, value) = split(argument);
        let pattern = match name {
            None => patterns.next(),
            Some(name) => signature.named(name),
        };
        match pattern {
            Some(pattern) => pairs.push((pattern, value)),
            None => {
                let reason = Reason::Other(format!("it has no argument `{}`", name.unwrap_or_default()));
                return Err(Mismatch { argument: Some(index), reason });
            }
        }
    }
    let bindings = bind(&pairs)?;
    let mut distance = Distance::default();
    let mut wrong_part = None;
    let mut targets = Vec::with_capacity(pairs.len());
    for (index, (pattern, value)) in pairs.iter().enumerate() {
        match judge(pattern, value, &bindings) {
            Ok((step, target)) => {
                distance.add(step);
                targets.push(target);
            }
            Err(reason @ Reason::Part(_)) => {
                wrong_part.get_or_insert(Mismatch { argument: Some(index), reason });
                targets.push(None);
            }
            Err(reason) => return Err(Mismatch { argument: Some(index), reason }),
        }
    }
    Ok(Match { targets, result: bindings.build(&signature.result), distance, wrong_part })
}

fn count(signature: &Signature, given: usize) -> String {
    let (least, most) = signature.counts();
    let expected = match most {
        None => format!("at least {least}"),
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
    };
    let word = if expected == "1" { "argument" } else { "arguments" };
    format!("it takes {expected} {word}, not {given}")
}

/// Finds what each variable stands for.
fn bind(pairs: &[(&Pattern, &Expression)]) -> Result<Bindings, Mismatch> {
    let mut bindings = Bindings::default();
    for variable in [Variable::T, Variable::U, Variable::Ordered, Variable::Groupable] {
        let whole: Vec<&Expression> = pairs
            .iter()
            .filter(|(pattern, _)| pattern.is_variable(variable))
            .map(|(_, value)| *value)
            .collect();
        let inner = |make: fn(&Pattern) -> Option<&Pattern>| {
            pairs
                .iter()
                .filter(move |(pattern, _)| make(pattern).is_some_and(|inner| inner.is_variable(variable)))
                .map(|(_, value)| *value)
                .collect::<Vec<_>>()
        };
        let arrays = inner(|pattern| match pattern {
            Pattern::Array(inner) => Some(inner),
            Pattern::Itself(pattern) => match &**pattern {
                Pattern::Array(inner) => Some(inner),
                _ => None,
            },
            _ => None,
        });
        let mut lambdas = pairs.iter().filter_map(|(pattern, value)| match pattern {
            Pattern::Lambda(_, result) if result.is_variable(variable) => Some(&value.ty),
            _ => None,
        });
        let mixed = |(left, right): (Type, Type)| Mismatch {
            argument: None,
            reason: Reason::Other(format!("{left} and {right} do not mix")),
        };
        let mut found = None;
        if !arrays.is_empty() {
            // The elements of an array stay what they are, except in a literal.
            let of_arrays = conversion::common(&arrays).map_err(mixed)?;
            found = Some(match of_arrays {
                Type::Array(element) => (*element).clone(),
                Type::Unknown => Type::Unknown,
                _ => Type::Null,
            });
        }
        if !whole.is_empty() {
            let of_values = conversion::common(&whole).map_err(mixed)?;
            found = Some(match found {
                None | Some(Type::Null) => of_values,
                Some(element)
                    if whole.iter().all(|value| conversion::distance(value, &element).is_some()) =>
                {
                    element
                }
                Some(element) => {
                    conversion::supertype(&element, &of_values).ok_or_else(|| mixed((element, of_values)))?
                }
            });
        }
        if let Some(result) = lambdas.next_back() {
            found = Some(result.clone());
        }
        if let Some(ty) = found {
            bindings.0.push((variable, ty));
        }
    }
    Ok(bindings)
}

impl Bindings {
    fn of(&self, variable: Variable) -> Option<&Type> {
        self.0.iter().find(|(known, _)| *known == variable).map(|(_, ty)| ty)
    }

    /// A pattern's type. What only NULL was given for is an INT64.
    pub fn build(&self, pattern: &Pattern) -> Type {
        match pattern {
            Pattern::Exact(ty) => ty.clone(),
            Pattern::Variable(variable) => match self.of(*variable) {
                None | Some(Type::Null) => Type::Int64,
                Some(ty) => ty.clone(),
            },
            Pattern::Array(element) => match self.build(element) {
                Type::Unknown => Type::Unknown,
                element => Type::array(element),
            },
            Pattern::Range(element) => Type::range(self.build(element)),
            Pattern::Struct(fields) => Type::structure(
                fields.iter().map(|(name, pattern)| Field::new(name.clone(), self.build(pattern))).collect(),
            ),
            Pattern::Printable | Pattern::Keyword(_) | Pattern::Word(_) => Type::String,
            Pattern::Constant(pattern) | Pattern::Itself(pattern) | Pattern::Within(pattern, _) => {
                self.build(pattern)
            }
            Pattern::Any | Pattern::Part(_) | Pattern::Interval(_) | Pattern::Lambda(..) => Type::Unknown,
        }
    }
}

/// How far a value is from a pattern, and what it is to become.
fn judge(
    pattern: &Pattern,
    value: &Expression,
    bindings: &Bindings,
) -> Result<(Distance, Option<Type>), Reason> {
    let wrong = |wanted: String| Err(Reason::of_type(value, wanted));
    let other = |text: &str| Err(Reason::Other(text.to_owned()));
    if matches!(value.kind, Kind::Star) && *pattern != Pattern::Any {
        return other("`*` is no value");
    }
    match pattern {
        Pattern::Part(parts) => match &value.kind {
            Kind::Part(part) if parts.holds(*part) => Ok((Distance::default(), None)),
            Kind::Part(part) => Err(Reason::Part(format!(
                "{} does not go with these types; it takes {}",
                named(*part),
                parts.members.join(", ")
            ))),
            _ => wrong(format!("a date part such as {}", parts.members.join(", "))),
        },
        _ if matches!(value.kind, Kind::Part(_)) => other("a date part is no value"),
        Pattern::Interval(parts) => match &value.kind {
            Kind::Interval { part, .. } if parts.holds(*part) => Ok((Distance::default(), None)),
            Kind::Interval { part, .. } => Err(Reason::Part(format!(
                "{} does not go with this type; it takes an INTERVAL of {}",
                named(*part),
                parts.members.join(", ")
            ))),
            _ if value.ty == Type::Unknown => Ok((Distance::default(), None)),
            _ => wrong("an INTERVAL such as `INTERVAL 1 DAY`".to_owned()),
        },
        Pattern::Any => Ok((Distance::default(), None)),
        Pattern::Keyword(words) => match &value.kind {
            Kind::Text(word) if words.contains(&word.as_str()) => Ok((Distance::default(), None)),
            _ => Err(Reason::Other(format!("it takes one of {}", words.join(", ")))),
        },
        Pattern::Word(words) => match &value.kind {
            Kind::Null | Kind::Parameter(_) | Kind::Positional(_) => judge_word(value),
            Kind::Text(word) if words.contains(&word.as_str()) => Ok((Distance::default(), None)),
            _ => Err(Reason::Other(format!("it takes one of the literals '{}'", words.join("', '")))),
        },
        Pattern::Within(pattern, bounds) => match literal_number(value) {
            Some(number) if !bounds.hold(number) => {
                Err(Reason::Other(format!("the literal {number} is not {bounds}")))
            }
            _ => judge(pattern, value, bindings),
        },
        Pattern::Itself(pattern) => {
            let wanted = bindings.build(pattern);
            let fits = match (&**pattern, &value.ty) {
                (_, Type::Unknown) => true,
                (Pattern::Array(_), ty) => ty.element().is_some(),
                (_, ty) => *ty == wanted || *ty == Type::Null,
            };
            if fits { judge(pattern, value, bindings) } else { wrong(wanted.to_string()) }
        }
        Pattern::Constant(pattern) if is_null(value) && **pattern != Pattern::Exact(Type::String) => {
            wrong(format!("a literal {}", bindings.build(pattern)))
        }
        Pattern::Constant(pattern) => match is_constant(value) {
            true => judge(pattern, value, bindings),
            false => other("it takes a literal or a query parameter"),
        },
        Pattern::Printable => {
            let text = conversion::castable(&value.ty, &Type::String)
                && !matches!(value.ty, Type::Bytes | Type::Range(_));
            match text {
                true => {
                    Ok((Distance { values: 1, value_steps: 20, ..Distance::default() }, Some(Type::String)))
                }
                false => wrong("a type that has a text".to_owned()),
            }
        }
        Pattern::Lambda(wanted, result) => match &value.kind {
            Kind::Lambda { parameters, .. } if parameters.len() != wanted.len() => {
                Err(Reason::Other(format!("the lambda has {} parameters", parameters.len())))
            }
            Kind::Lambda { .. } => match (&value.ty, result.as_ref()) {
                (Type::Bool | Type::Unknown | Type::Null, Pattern::Exact(_)) | (_, Pattern::Variable(_)) => {
                    Ok((Distance::default(), None))
                }
                (given, _) => Err(Reason::Other(format!("the lambda gives {given}, not a BOOL"))),
            },
            _ => wrong("a lambda such as `e -> e > 1`".to_owned()),
        },
        _ if matches!(value.kind, Kind::Lambda { .. }) => other("a lambda is no value"),
        Pattern::Variable(variable) => {
            let ty = bindings.of(*variable).cloned().unwrap_or(Type::Unknown);
            constrained(*variable, &ty)?;
            match conversion::distance(value, &ty) {
                // Which type a variable stands for says nothing about which signature is meant.
                Some(_) => Ok((Distance::default(), Some(ty))),
                None => wrong(ty.to_string()),
            }
        }
        Pattern::Array(element) => {
            if let (Pattern::Variable(variable), Some(_)) = (element.as_ref(), value.ty.element()) {
                constrained(*variable, bindings.of(*variable).unwrap_or(&Type::Unknown))?;
            }
            match &value.ty {
                Type::Array(_) | Type::Null | Type::Unknown => toward(value, &bindings.build(pattern)),
                _ => match bindings.build(pattern) {
                    Type::Unknown => wrong("an ARRAY".to_owned()),
                    _ if !matches!(**element, Pattern::Exact(_)) => wrong("an ARRAY".to_owned()),
                    wanted => wrong(wanted.to_string()),
                },
            }
        }
        _ => toward(value, &bindings.build(pattern)),
    }
}

fn toward(value: &Expression, wanted: &Type) -> Result<(Distance, Option<Type>), Reason> {
    match conversion::distance(value, wanted) {
        Some(distance) => Ok((distance, Some(wanted.clone()))),
        None => Err(Reason::of_type(value, wanted)),
    }
}

/// Whether a value is the same for all rows, as it stands.
fn is_constant(value: &Expression) -> bool {
    match &value.kind {
        Kind::Typed { .. } | Kind::Parameter(_) | Kind::Positional(_) | Kind::System(_) => true,
        Kind::Cast { operand, .. } | Kind::Unary { operand, .. } => is_constant(operand),
        // A path of JSON may be put together from such.
        Kind::Call(call) if value.ty == Type::String => call.arguments.iter().all(is_constant),
        Kind::Binary { left, right, .. } if value.ty == Type::String => {
            is_constant(left) && is_constant(right)
        }
        // Arguments of a function of the project may be literals where it is called.
        Kind::Column { .. } => false,
        _ => conversion::is_literal(value) || value.ty == Type::Unknown,
    }
}

/// Whether a value is written as NULL, of whatever type.
fn is_null(value: &Expression) -> bool {
    match &value.kind {
        Kind::Null => true,
        Kind::Cast { operand, .. } => is_null(operand),
        _ => false,
    }
}

/// A query parameter of a text, or a bare NULL, where a word of a list is wanted.
fn judge_word(value: &Expression) -> Result<(Distance, Option<Type>), Reason> {
    match value.ty {
        Type::String | Type::Null | Type::Unknown => Ok((Distance::default(), None)),
        _ => Err(Reason::of_type(value, Type::String)),
    }
}

/// The number that a literal is, a cast or a sign before it included.
fn literal_number(value: &Expression) -> Option<f64> {
    match &value.kind {
        Kind::Integer(number) => Some(*number as f64),
        Kind::Float(digits) | Kind::Typed { text: digits, .. } => digits.parse().ok(),
        Kind::Cast { operand, .. } | Kind::Unary { operator: Unary::Plus, operand } => {
            literal_number(operand)
        }
        Kind::Unary { operator: Unary::Minus, operand } => literal_number(operand).map(|number| -number),
        _ => None,
    }
}

fn constrained(variable: Variable, ty: &Type) -> Result<(), Reason> {
    match variable {
        Variable::Ordered if !conversion::is_ordered(ty) => Err(Reason::Other(format!("{ty} has no order"))),
        Variable::Groupable if !conversion::has_equality(ty) => {
            Err(Reason::Other(format!("{ty} has no equality")))
        }
        _ => Ok(()),
    }
}

fn described(value: &Expression) -> String {
    match value.kind {
        Kind::Star => "`*`".to_owned(),
        _ => value.ty.to_string(),
    }
}

fn named(part: DatePart) -> String {
    format!("{part:?}").to_uppercase()
}

impl Signature {
    /// The names that arguments may be given by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter_map(|parameter| parameter.name.as_deref())
    }

    /// Whether an argument at the place is a date part or a word of a fixed list.
    pub fn special(&self, index: usize) -> Option<&Pattern> {
        self.pattern(index).filter(|pattern| matches!(pattern, Pattern::Part(_) | Pattern::Keyword(_)))
    }

    /// What an argument has to be, where that is known from its place.
    pub fn pattern(&self, index: usize) -> Option<&Pattern> {
        let mut places = self.parameters.iter().flat_map(|parameter| match parameter.presence {
            Presence::Any | Presence::Repeated => &[],
            _ => parameter.patterns.as_slice(),
        });
        places.nth(index)
    }
}
