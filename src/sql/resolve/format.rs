//! FORMAT: whether the elements of a literal format go with the values. It must never translate one.

use super::Resolver;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Call, Kind, Span};

/// What an element of a format takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Number,
    Text,
    Json,
    Any,
}

impl Wanted {
    fn takes(self, ty: &Type) -> bool {
        match (self, ty) {
            (_, Type::Unknown) | (Self::Any, _) => true,
            // A bare NULL is an INT64.
            (Self::Whole, ty) => matches!(ty, Type::Int64 | Type::Null),
            (Self::Number, ty) => matches!(ty, Type::Float64 | Type::Numeric | Type::BigNumeric),
            (Self::Text, ty) => *ty == Type::String,
            (Self::Json, ty) => *ty == Type::Json,
        }
    }

    fn named(self) -> &'static str {
        match self {
            Self::Whole => "an INT64",
            Self::Number => "a FLOAT64, NUMERIC or BIGNUMERIC",
            Self::Text => "a STRING",
            Self::Json => "a JSON",
            Self::Any => "any value",
        }
    }
}

impl Resolver<'_> {
    pub(super) fn format(&mut self, call: &Call, span: Span) {
        let Some((format, values)) = call.arguments.split_first() else { return };
        let Kind::Text(text) = &format.kind else { return };
        let elements = match elements(text) {
            Ok(elements) => elements,
            Err(message) => return self.problem(Code::TypeMismatch, format.span, message),
        };
        if elements.len() != values.len() {
            let message = format!("FORMAT: `{text}` takes {} values, not {}", elements.len(), values.len());
            return self.problem(Code::TypeMismatch, span, message);
        }
        for ((element, wanted), value) in elements.iter().zip(values) {
            if !wanted.takes(&value.ty) {
                let message = format!("FORMAT: `%{element}` takes {}, not {}", wanted.named(), value.ty);
                self.problem(Code::TypeMismatch, value.span, message);
            }
        }
    }
}

/// The elements of a format, each with what it takes; `*` takes a value of its own.
fn elements(format: &str) -> Result<Vec<(char, Wanted)>, String> {
    let mut elements = Vec::new();
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            continue;
        }
        while letters.next_if(|letter| "-+ #0'".contains(*letter)).is_some() {}
        let mut measure = |elements: &mut Vec<(char, Wanted)>| {
            if letters.next_if_eq(&'*').is_some() {
                elements.push(('*', Wanted::Whole));
            }
            while letters.next_if(char::is_ascii_digit).is_some() {}
            letters.next_if_eq(&'.').is_some()
        };
        if measure(&mut elements) {
            measure(&mut elements);
        }
        let wanted = match letters.next() {
            Some('%') => continue,
            Some(letter @ ('d' | 'i' | 'o' | 'x' | 'X')) => (letter, Wanted::Whole),
            Some(letter @ ('f' | 'F' | 'e' | 'E' | 'g' | 'G' | 'a' | 'A')) => (letter, Wanted::Number),
            Some('s') => ('s', Wanted::Text),
            Some(letter @ ('t' | 'T')) => (letter, Wanted::Any),
            Some(letter @ ('p' | 'P')) => (letter, Wanted::Json),
            Some(letter) => return Err(format!("FORMAT knows no element `%{letter}`")),
            None => return Err("FORMAT: the format ends in a lone `%`".to_owned()),
        };
        elements.push(wanted);
    }
    Ok(elements)
}
