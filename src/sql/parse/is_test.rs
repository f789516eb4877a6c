//! What may be asked of a value with IS. It must never say what the answer is.

use super::cursor::{Parsed, Parser};
use crate::sql::tree::{Expression, IsTest, Kind};

impl Parser<'_> {
    /// The input of a PIVOT: the IN behind it is no operator.
    pub(super) fn pivot_input(&mut self) -> Parsed<Expression> {
        let span = self.here();
        let operand = self.operand()?;
        if !self.eat_word("IS") {
            return Ok(operand);
        }
        let negated = self.eat_word("NOT");
        let test = self.is_test()?;
        self.node(Kind::Is { operand: Box::new(operand), test, negated }, span)
    }

    /// What stands behind IS and IS NOT.
    pub(super) fn is_test(&mut self) -> Parsed<IsTest> {
        Ok(if self.eat_word("NULL") || self.eat_word("UNKNOWN") {
            IsTest::Null
        } else if self.eat_word("TRUE") {
            IsTest::True
        } else if self.eat_word("FALSE") {
            IsTest::False
        } else if !self.are_words(&["DISTINCT", "FROM"]) {
            return Err(self.unexpected("`NULL`, `TRUE`, `FALSE` or `DISTINCT FROM`"));
        } else {
            self.expect_words(&["DISTINCT", "FROM"])?;
            IsTest::DistinctFrom(Box::new(self.operand()?))
        })
    }
}
