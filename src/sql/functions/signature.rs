//! Signatures as they are written in the table, such as `(ARRAY<T>, [STRING]) -> T`, and their reading. It
//! must never know a function by name.
//!
//! A parameter is a type; `[…]` is optional, `…...` may be repeated, `{…, …}...` is a group that may be, and
//! `name => TYPE` is given by name. `T`, `U`, `Ordered` and `Groupable` stand for one type each wherever they are
//! written; `Number`, `Real`, `Exact`, `Text` and `Moment` for each of a few types in turn. `Any` fits anything and
//! `Printable` what has a text; `!` before a type asks for a literal or a query parameter, which has to lie within
//! the bounds of `!INT64(10..24)`; `=` asks for the type itself. Names such as `DatePart` are sets of date parts, `T -> U` is a lambda. Signatures of
//! one function are separated by `|`.

use std::fmt;

use super::parts::{self, Parts};
use crate::schema::Type;

/// What fits a parameter, or what a result is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    Exact(Type),
    Variable(Variable),
    Array(Box<Pattern>),
    Range(Box<Pattern>),
    Struct(Vec<(String, Pattern)>),
    Any,
    /// What CAST makes a STRING of.
    Printable,
    Part(&'static Parts),
    Interval(&'static Parts),
    Keyword(&'static [&'static str]),
    /// A literal text that is one of these words.
    Word(&'static [&'static str]),
    Lambda(Vec<Pattern>, Box<Pattern>),
    /// The same for all rows: a literal or a query parameter.
    Constant(Box<Pattern>),
    /// A number; a literal one lies within the bounds.
    Within(Box<Pattern>, Bounds),
    /// Only what is of the type, without coercion.
    Itself(Box<Pattern>),
}

impl Pattern {
    pub fn is_variable(&self, variable: Variable) -> bool {
        matches!(self, Pattern::Variable(own) if *own == variable)
    }
}

/// The least and the greatest number that a literal may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    least: f64,
    greatest: f64,
}

impl Bounds {
    pub fn hold(self, number: f64) -> bool {
        self.least <= number && number <= self.greatest
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self.greatest.is_finite() {
            true => write!(formatter, "between {} and {}", self.least, self.greatest),
            false => write!(formatter, "at least {}", self.least),
        }
    }
}

/// Stands for one type throughout a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    T,
    U,
    /// A type whose values have an order.
    Ordered,
    /// A type whose values can be told apart.
    Groupable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Required,
    Optional,
    /// Once or more.
    Repeated,
    /// Any number of times, or not at all.
    Any,
}

#[derive(Clone, Debug)]
pub struct Parameter {
    /// One pattern, or those of a group that is repeated together.
    pub patterns: Vec<Pattern>,
    pub presence: Presence,
    /// The name that it is given by.
    pub name: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Signature {
    pub parameters: Vec<Parameter>,
    pub result: Pattern,
    /// As written, with classes replaced by types.
    pub text: String,
}

/// Words that stand for several types, one after the other.
const CLASSES: &[(&str, &[&str])] = &[
    ("Number", &["INT64", "NUMERIC", "BIGNUMERIC", "FLOAT64"]),
    ("Real", &["FLOAT64", "NUMERIC", "BIGNUMERIC"]),
    ("Exact", &["INT64", "NUMERIC", "BIGNUMERIC"]),
    ("Text", &["STRING", "BYTES"]),
    ("Moment", &["DATE", "DATETIME", "TIMESTAMP"]),
];

const NORMAL_FORMS: &[&str] = &["NFC", "NFKC", "NFD", "NFKD"];
const ROUNDING_MODES: &[&str] = &["ROUND_HALF_AWAY_FROM_ZERO", "ROUND_HALF_EVEN"];

/// Reads the signatures of a row.
///
/// # Errors
/// What is not understood, for the test of the table.
pub fn parse(text: &str) -> Result<Vec<Signature>, String> {
    let mut signatures = Vec::new();
    for written in text.split('|') {
        let class = CLASSES.iter().find(|(class, _)| words(written).any(|word| word == *class));
        match class {
            None => signatures.push(one(written)?),
            Some((class, types)) => {
                for ty in *types {
                    signatures.push(one(&replace_word(written, class, ty))?);
                }
            }
        }
    }
    Ok(signatures)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
}

fn replace_word(text: &str, word: &str, by: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let alone = !before.ends_with(|letter: char| letter.is_ascii_alphanumeric())
            && !after.starts_with(|letter: char| letter.is_ascii_alphanumeric());
        replaced.push_str(before);
        replaced.push_str(if alone { by } else { word });
        rest = after;
    }
    replaced + rest
}

fn one(text: &str) -> Result<Signature, String> {
    let mut reader = Reader { rest: text };
    reader.expect("(")?;
    let mut parameters = Vec::new();
    while !reader.take(")") {
        if !parameters.is_empty() {
            reader.expect(",")?;
        }
        parameters.push(reader.parameter()?);
    }
    reader.expect("->")?;
    let result = reader.pattern()?;
    match reader.rest.trim() {
        "" => Ok(Signature { parameters, result, text: text.trim().to_owned() }),
        rest => Err(format!("`{rest}` is left over in `{text}`")),
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { Err(format!("`{token}` is missing before `{}`", self.rest)) }
    }

    fn word(&mut self) -> String {
        let rest = self.rest.trim_start();
        let end =
            rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        self.rest = &rest[end..];
        word
    }

    fn parameter(&mut self) -> Result<Parameter, String> {
        if self.take("{") {
            let mut patterns = vec![self.pattern()?];
            while self.take(",") {
                patterns.push(self.pattern()?);
            }
            self.expect("}")?;
            self.expect("...")?;
            return Ok(Parameter { patterns, presence: Presence::Any, name: None });
        }
        let optional = self.take("[");
        let before = self.rest;
        let name = self.word();
        let name = if self.take("=>") {
            Some(name)
        } else {
            self.rest = before;
            None
        };
        let pattern = self.pattern()?;
        let repeated = self.take("...");
        if optional {
            self.expect("]")?;
        }
        let presence = match (optional || name.is_some(), repeated) {
            (true, true) => Presence::Any,
            (true, false) => Presence::Optional,
            (false, true) => Presence::Repeated,
            (false, false) => Presence::Required,
        };
        Ok(Parameter { patterns: vec![pattern], presence, name })
    }

    fn pattern(&mut self) -> Result<Pattern, String> {
        if self.take("!") {
            let pattern = Box::new(self.pattern()?);
            return Ok(Pattern::Constant(match self.bounds()? {
                Some(bounds) => Box::new(Pattern::Within(pattern, bounds)),
                None => pattern,
            }));
        }
        if self.take("=") {
            return Ok(Pattern::Itself(Box::new(self.pattern()?)));
        }
        if self.take("(") {
            let mut parameters = vec![self.pattern()?];
            while self.take(",") {
                parameters.push(self.pattern()?);
            }
            self.expect(")")?;
            self.expect("->")?;
            return Ok(Pattern::Lambda(parameters, Box::new(self.pattern()?)));
        }
        let word = self.word();
        let pattern = match word.as_str() {
            "T" => Pattern::Variable(Variable::T),
            "U" => Pattern::Variable(Variable::U),
            "Ordered" => Pattern::Variable(Variable::Ordered),
            "Groupable" => Pattern::Variable(Variable::Groupable),
            "Any" => Pattern::Any,
            "Printable" => Pattern::Printable,
            "NormalForm" => Pattern::Keyword(NORMAL_FORMS),
            "RoundingMode" => Pattern::Word(ROUNDING_MODES),
            "NULL" => Pattern::Exact(Type::Null),
            "ARRAY" => Pattern::Array(Box::new(self.inner()?)),
            "RANGE" => Pattern::Range(Box::new(self.inner()?)),
            "STRUCT" => self.structure()?,
            name => match (parts::find(name), Type::parse_scalar(name)) {
                (Some((set, true)), _) => Pattern::Interval(set),
                (Some((set, false)), _) => Pattern::Part(set),
                (None, Some(ty)) => Pattern::Exact(ty),
                (None, None) => return Err(format!("`{name}` is no type")),
            },
        };
        if matches!(pattern, Pattern::Variable(_)) && self.take("->") {
            return Ok(Pattern::Lambda(vec![pattern], Box::new(self.pattern()?)));
        }
        Ok(pattern)
    }

    /// `(10..24)`, or `(1..)` where there is no greatest.
    fn bounds(&mut self) -> Result<Option<Bounds>, String> {
        if !self.take("(") {
            return Ok(None);
        }
        let number = |word: String| word.parse::<f64>().map_err(|_| format!("`{word}` is no bound"));
        let least = number(self.word())?;
        self.expect("..")?;
        let greatest = if self.take(")") { f64::INFINITY } else { number(self.word())? };
        if greatest.is_finite() {
            self.expect(")")?;
        }
        Ok(Some(Bounds { least, greatest }))
    }

    fn inner(&mut self) -> Result<Pattern, String> {
        self.expect("<")?;
        let pattern = self.pattern()?;
        self.expect(">")?;
        Ok(pattern)
    }

    fn structure(&mut self) -> Result<Pattern, String> {
        self.expect("<")?;
        let mut fields = Vec::new();
        while !self.take(">") {
            if !fields.is_empty() {
                self.expect(",")?;
            }
            let name = self.word();
            fields.push((name, self.pattern()?));
        }
        Ok(Pattern::Struct(fields))
    }
}

impl Signature {
    /// Fewest and most arguments without a name; none where there is no most.
    pub fn counts(&self) -> (usize, Option<usize>) {
        let positional = self.parameters.iter().filter(|parameter| parameter.name.is_none());
        let mut least = 0;
        let mut most = Some(0);
        for parameter in positional {
            let size = parameter.patterns.len();
            if matches!(parameter.presence, Presence::Required | Presence::Repeated) {
                least += size;
            }
            most = match parameter.presence {
                Presence::Repeated | Presence::Any => None,
                _ => most.map(|most| most + size),
            };
        }
        (least, most)
    }

    /// The patterns of so many arguments without a name, by place.
    pub fn patterns(&self, count: usize) -> Option<Vec<&Pattern>> {
        let (least, most) = self.counts();
        if count < least || most.is_some_and(|most| count > most) {
            return None;
        }
        let mut patterns = Vec::with_capacity(count);
        for parameter in self.parameters.iter().filter(|parameter| parameter.name.is_none()) {
            let times = match parameter.presence {
                Presence::Required => 1,
                Presence::Optional => usize::from(patterns.len() < count),
                Presence::Repeated | Presence::Any => (count - patterns.len()) / parameter.patterns.len(),
            };
            for _ in 0..times {
                patterns.extend(&parameter.patterns);
            }
        }
        (patterns.len() == count).then_some(patterns)
    }

    /// What fits the argument that is given by a name.
    pub fn named(&self, name: &str) -> Option<&Pattern> {
        let parameter = self.parameters.iter().find(|parameter| {
            parameter.name.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name))
        })?;
        parameter.patterns.first()
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn classes_become_a_signature_for_each_type() {
        let texts: Vec<String> =
            parse("(Text, [INT64]) -> ARRAY<Text>").unwrap().into_iter().map(|one| one.text).collect();
        assert_eq!(texts, ["(STRING, [INT64]) -> ARRAY<STRING>", "(BYTES, [INT64]) -> ARRAY<BYTES>"]);
    }

    #[test]
    fn arguments_are_counted() {
        let counts = |text: &str| parse(text).unwrap()[0].counts();
        assert_eq!(counts("() -> INT64"), (0, Some(0)));
        assert_eq!(counts("(T, [STRING]) -> T"), (1, Some(2)));
        assert_eq!(counts("(T...) -> T"), (1, None));
        assert_eq!(counts("(JSON, {STRING, Any}...) -> JSON"), (1, None));
        assert_eq!(counts("(STRING, wide => STRING) -> JSON"), (1, Some(1)));
        let pairs = &parse("(JSON, {STRING, Any}...) -> JSON").unwrap()[0];
        assert!(pairs.patterns(2).is_none() && pairs.patterns(5).is_some());
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for text in [
            "",
            "(!INT64(a..)) -> INT64",
            "(!INT64(1..2) -> INT64",
            "(INT64",
            "(INT64) INT64",
            "(Nothing) -> INT64",
            "() -> INT64 INT64",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
