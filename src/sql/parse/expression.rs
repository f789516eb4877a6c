//! Expressions, by the strength with which operators bind. What operators stand between is for `primary`.

use super::cursor::{Parsed, Parser};
use super::tokens::{Token, TokenKind};
use crate::sql::tree::{Binary, Expression, InSet, Kind, Quantifier, Unary};

/// From how many operands on a chain of AND, OR or `||` becomes a balanced tree.
const LONG_CHAIN: usize = 32;

/// How strongly operators bind; from `docs/lexical.md` and `docs/operators.md` of GoogleSQL.
mod strength {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const NOT: u8 = 3;
    pub const COMPARISON: u8 = 4;
    pub const BIT_OR: u8 = 5;
    pub const BIT_XOR: u8 = 6;
    pub const BIT_AND: u8 = 7;
    pub const SHIFT: u8 = 8;
    pub const SUM: u8 = 9;
    pub const PRODUCT: u8 = 10;
    pub const SIGN: u8 = 11;
}

/// Operators of two operands that are symbols.
const OPERATORS: &[(&str, Binary, u8)] = &[
    ("=", Binary::Equal, strength::COMPARISON),
    ("!=", Binary::NotEqual, strength::COMPARISON),
    ("<>", Binary::NotEqual, strength::COMPARISON),
    ("<", Binary::Less, strength::COMPARISON),
    ("<=", Binary::LessOrEqual, strength::COMPARISON),
    (">", Binary::Greater, strength::COMPARISON),
    (">=", Binary::GreaterOrEqual, strength::COMPARISON),
    ("|", Binary::BitOr, strength::BIT_OR),
    ("^", Binary::BitXor, strength::BIT_XOR),
    ("&", Binary::BitAnd, strength::BIT_AND),
    ("<<", Binary::ShiftLeft, strength::SHIFT),
    (">>", Binary::ShiftRight, strength::SHIFT),
    ("+", Binary::Add, strength::SUM),
    ("-", Binary::Subtract, strength::SUM),
    ("*", Binary::Multiply, strength::PRODUCT),
    ("/", Binary::Divide, strength::PRODUCT),
    ("||", Binary::Concatenate, strength::PRODUCT),
];

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parsed<Expression> {
        self.nested(|parser| parser.binding(0))
    }

    /// An expression whose operators bind stronger than the given strength.
    pub(super) fn binding(&mut self, weakest: u8) -> Parsed<Expression> {
        let mut left = self.prefix()?;
        loop {
            let Some(token) = self.peek() else { return Ok(left) };
            match token.kind {
                TokenKind::Symbol => {
                    let known = OPERATORS.iter().find(|known| known.0 == token.text);
                    let Some((_, operator, binds)) = known.filter(|known| self.is_symbol(known.0)) else {
                        return Ok(left);
                    };
                    if *binds <= weakest {
                        return Ok(left);
                    }
                    self.advance();
                    left = match operator {
                        Binary::Concatenate => self.chain(left, "||", *operator, *binds)?,
                        _ => {
                            let right = self.nested(|parser| parser.binding(*binds))?;
                            self.two(*operator, left, right)?
                        }
                    };
                    if *binds == strength::COMPARISON {
                        self.expect_no_comparison()?;
                    }
                }
                TokenKind::Word { .. } => match self.word_operator(left, weakest)? {
                    (next, true) => left = next,
                    (same, false) => return Ok(same),
                },
                _ => return Ok(left),
            }
        }
    }

    /// Comparisons do not chain: `a = b = c` is a mistake.
    fn expect_no_comparison(&mut self) -> Parsed<()> {
        let places = usize::from(self.is_word("NOT"));
        let chained =
            OPERATORS.iter().any(|known| known.2 == strength::COMPARISON && self.is_symbol(known.0))
                || ["IN", "LIKE", "BETWEEN"].iter().any(|word| self.is_word_ahead(places, word))
                || self.is_word("IS");
        if chained {
            let problem = self.problem(self.here(), "comparisons do not chain");
            return Err(problem.hint("join them with AND, or put one of them in brackets"));
        }
        Ok(())
    }

    fn two(&mut self, operator: Binary, left: Expression, right: Expression) -> Parsed<Expression> {
        let span = left.span;
        self.node(Kind::Binary { operator, left: Box::new(left), right: Box::new(right) }, span)
    }

    /// Further operands of an operator that may be taken in any order; a long chain becomes a balanced tree,
    /// so that its depth stays small.
    fn chain(&mut self, first: Expression, operator: &str, binary: Binary, binds: u8) -> Parsed<Expression> {
        let mut operands = vec![first];
        loop {
            operands.push(self.nested(|parser| parser.binding(binds))?);
            let again = match binds {
                strength::PRODUCT => self.eat_symbol(operator),
                _ => self.eat_word(operator),
            };
            if !again {
                break;
            }
        }
        if operands.len() < LONG_CHAIN {
            let mut operands = operands.into_iter();
            let Some(mut left) = operands.next() else { return Err(self.unexpected("an expression")) };
            for right in operands {
                left = self.two(binary, left, right)?;
            }
            return Ok(left);
        }
        while operands.len() > 1 {
            let mut halved = Vec::with_capacity(operands.len() / 2 + 1);
            let mut rest = operands.into_iter();
            while let Some(left) = rest.next() {
                halved.push(match rest.next() {
                    Some(right) => self.two(binary, left, right)?,
                    None => left,
                });
            }
            operands = halved;
        }
        match operands.pop() {
            Some(whole) => Ok(whole),
            None => Err(self.unexpected("an expression")),
        }
    }

    /// AND, OR, IS, IN, BETWEEN, LIKE behind an operand; false where none of them comes.
    fn word_operator(&mut self, left: Expression, weakest: u8) -> Parsed<(Expression, bool)> {
        if weakest < strength::OR && self.eat_word("OR") {
            return Ok((self.chain(left, "OR", Binary::Or, strength::OR)?, true));
        }
        if weakest < strength::AND && self.eat_word("AND") {
            return Ok((self.chain(left, "AND", Binary::And, strength::AND)?, true));
        }
        if weakest >= strength::COMPARISON {
            return Ok((left, false));
        }
        let span = left.span;
        if self.eat_word("IS") {
            let negated = self.eat_word("NOT");
            let test = self.is_test()?;
            let operand = Box::new(left);
            self.expect_no_comparison()?;
            return Ok((self.node(Kind::Is { operand, test, negated }, span)?, true));
        }
        let negated =
            self.is_word("NOT") && ["IN", "BETWEEN", "LIKE"].iter().any(|word| self.is_word_ahead(1, word));
        if negated {
            self.advance();
        }
        let operand = Box::new(left);
        let kind = if self.eat_word("IN") {
            Kind::In { operand, set: self.in_set()?, negated }
        } else if self.eat_word("BETWEEN") {
            let low = Box::new(self.operand()?);
            self.expect_word("AND")?;
            let high = Box::new(self.operand()?);
            Kind::Between { operand, low, high, negated }
        } else if self.eat_word("LIKE") {
            match self.eat_any_word(&["ANY", "SOME", "ALL"]) {
                Some(word) => {
                    let quantifier = if word == "ALL" { Quantifier::All } else { Quantifier::Any };
                    Kind::LikeSet { operand, quantifier, set: self.in_set()?, negated }
                }
                None => Kind::Like { operand, pattern: Box::new(self.operand()?), negated },
            }
        } else {
            return Ok((*operand, false));
        };
        self.expect_no_comparison()?;
        Ok((self.node(kind, span)?, true))
    }

    /// An operand of a comparison.
    pub(super) fn operand(&mut self) -> Parsed<Expression> {
        self.nested(|parser| parser.binding(strength::COMPARISON))
    }

    fn in_set(&mut self) -> Parsed<InSet> {
        if self.eat_word("UNNEST") {
            self.expect_symbol("(")?;
            let array = self.expression()?;
            self.expect_symbol(")")?;
            return Ok(InSet::Unnest(Box::new(array)));
        }
        self.skip_hint()?;
        if self.is_symbol("(") && self.starts_query(0) {
            return Ok(InSet::Query(Box::new(self.bracketed_query()?)));
        }
        self.expect_symbol("(")?;
        let list = self.list(Self::expression)?;
        self.expect_symbol(")")?;
        Ok(InSet::List(list))
    }

    fn prefix(&mut self) -> Parsed<Expression> {
        let span = self.here();
        if self.is_word("NOT") {
            self.advance();
            let operand = Box::new(self.nested(|parser| parser.binding(strength::NOT))?);
            return self.node(Kind::Unary { operator: Unary::Not, operand }, span);
        }
        for (symbol, operator) in [("-", Unary::Minus), ("+", Unary::Plus), ("~", Unary::BitNot)] {
            if !self.eat_symbol(symbol) {
                continue;
            }
            if operator == Unary::Minus
                && let Some(token) = self.peek().filter(|token| is_whole(token))
            {
                self.advance();
                let number = self.number(&token, true, token.span)?;
                return self.suffixes(number);
            }
            let operand = Box::new(self.nested(|parser| parser.binding(strength::SIGN))?);
            return self.node(Kind::Unary { operator, operand }, span);
        }
        let primary = self.primary()?;
        self.suffixes(primary)
    }
}

/// Whether a token is a whole number: the smallest one is written with its sign.
fn is_whole(token: &Token) -> bool {
    token.kind == TokenKind::Number && !token.text.contains(['.', 'e', 'E'])
}
