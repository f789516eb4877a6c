//! Expressions: operators by how strongly they bind, calls, literals, CASE, and brackets with lists in them. Only as much is read as
//! the places of line breaks need; whether an expression means anything is not asked.

use super::document::Document;
use super::keywords;
use super::layout::{Documents, Layout, Letters, parts_at_dot};
use super::tokens::{Comment, Kind, Place, Tag};

/// Cases within cases that are followed; deeper ones are printed as they come.
const DEEPEST: usize = 200;

/// A subscript of fewer tokens stays in one piece: `[SAFE_OFFSET(0)]`.
const SOLID: usize = 8;

/// Ends an expression or a list beside brackets and semicolons.
pub type Stop<'s, 'a> = &'s dyn Fn(&Layout<'a>) -> bool;

/// How strongly an operator binds; the weakest parts lines first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    As,
    Or,
    And,
    Comparison,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
}

/// Operands and the operators between them, one fewer.
struct Chain<'a> {
    operands: Vec<Documents<'a>>,
    operators: Vec<(Binding, Documents<'a>)>,
}

/// What stands before an operand's next token.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Start,
    /// A minus, a plus or a tilde that belongs to what follows.
    Sign,
    Other,
}

impl<'a> Layout<'a> {
    /// Items with commas between them. Behind each comma stands `between`, which is a line or a part.
    pub fn list(&mut self, out: &mut Documents<'a>, stop: Stop<'_, 'a>, between: Document<'a>) {
        let is_part = matches!(between, Document::Part);
        while !self.at_end() && !stop(self) {
            if self.current().kind != Kind::Comma {
                let before = self.at;
                out.push(self.expression(stop));
                if self.at == before {
                    return;
                }
            }
            if self.current().kind == Kind::Comma {
                self.token(out, Letters::Judged);
                if !self.at_end() && !stop(self) {
                    out.push(if is_part { Document::Part } else { Document::Line(" ") });
                }
            }
        }
    }

    /// One expression, with what names it.
    pub fn expression(&mut self, stop: Stop<'_, 'a>) -> Document<'a> {
        let mut branches = vec![Document::Group(fold(self.chain(stop), true), false)];
        while self.is_next_branch(stop) {
            branches.push(Document::Group(fold(self.chain(stop), true), false));
        }
        match branches.len() {
            1 => branches.remove(0),
            _ => Document::Group(branches, false),
        }
    }

    /// Whether a tag of a template ended an expression that goes on behind it.
    fn is_next_branch(&self, stop: Stop<'_, 'a>) -> bool {
        self.is_behind_tag() && !self.at_end() && self.current().kind != Kind::Comma && !stop(self)
    }

    fn is_behind_tag(&self) -> bool {
        let tag = |comment: &Comment<'_>| comment.tag.is_some_and(|tag| tag != Tag::Alone);
        self.current().before.iter().any(tag)
            || self.previous().is_some_and(|last| last.after.iter().any(tag))
    }

    /// A condition whose parts, joined by AND or OR, stand on lines of the group around it.
    pub fn condition(&mut self, out: &mut Documents<'a>, stop: Stop<'_, 'a>) {
        self.branch_of_condition(out, stop);
        while self.is_next_branch(stop) {
            self.branch_of_condition(out, stop);
        }
    }

    fn branch_of_condition(&mut self, out: &mut Documents<'a>, stop: Stop<'_, 'a>) {
        let Chain { operands, operators } = self.chain(stop);
        let weakest = operators.iter().map(|(binding, _)| *binding).min();
        if !matches!(weakest, Some(Binding::Or | Binding::And)) {
            out.push(Document::Group(fold(Chain { operands, operators }, true), false));
            return;
        }
        out.append(&mut fold(Chain { operands, operators }, false));
    }

    fn chain(&mut self, stop: Stop<'_, 'a>) -> Chain<'a> {
        let mut chain = Chain { operands: Vec::new(), operators: Vec::new() };
        // ANDs that belong to a BETWEEN.
        let mut between = 0;
        let mut operand = Vec::new();
        let mut before = Before::Start;
        let mut interval = false;
        let start = self.at;
        while !self.at_end() && self.current().kind != Kind::Comma && !stop(self) {
            if self.at > start && self.is_behind_tag() {
                break;
            }
            if before == Before::Other
                && let Some((binding, words)) = self.operator(&mut between)
            {
                let mut operator = Vec::new();
                self.keywords(&mut operator, words);
                chain.operands.push(std::mem::take(&mut operand));
                chain.operators.push((binding, operator));
                before = Before::Start;
                continue;
            }
            if self.current().is("BETWEEN") {
                // A window's frame starts with it.
                between += 1;
            }
            before = self.part(&mut operand, before, stop, &mut interval);
        }
        chain.operands.push(operand);
        chain
    }

    /// The operator between two operands, and of how many words it is.
    fn operator(&self, between: &mut usize) -> Option<(Binding, usize)> {
        let token = self.current();
        if token.kind == Kind::Symbol && !self.is_field() {
            let binding = match token.text {
                "=" | "<" | ">" | "<=" | ">=" | "!=" | "<>" | "+=" | "-=" | "==" => Binding::Comparison,
                "|" => Binding::BitOr,
                "^" => Binding::BitXor,
                "&" => Binding::BitAnd,
                "<<" | ">>" => Binding::Shift,
                "+" | "-" => Binding::Sum,
                "*" | "/" | "||" => Binding::Product,
                _ => return None,
            };
            return Some((binding, 1));
        }
        if token.kind != Kind::Word || self.is_field() {
            return None;
        }
        let words = |binding, count| Some((binding, count));
        if token.is("AND") {
            if *between > 0 {
                *between -= 1;
                return words(Binding::Comparison, 1);
            }
            return words(Binding::And, 1);
        }
        if token.is("OR") {
            return words(Binding::Or, 1);
        }
        if token.is("AS") {
            return words(Binding::As, 1);
        }
        let negated = usize::from(token.is("NOT"));
        let next = self.peek(negated);
        if next.is("BETWEEN") {
            *between += 1;
            return words(Binding::Comparison, negated + 1);
        }
        if next.is_any(&["LIKE", "IN"]) {
            return words(Binding::Comparison, negated + 1);
        }
        if token.is("IS") {
            let negated = usize::from(self.peek(1).is("NOT"));
            if self.peek(1 + negated).is("DISTINCT") {
                return words(Binding::Comparison, 3 + negated);
            }
        }
        None
    }

    /// One token, bracket or CASE of an operand.
    fn part(
        &mut self,
        out: &mut Documents<'a>,
        before: Before,
        stop: Stop<'_, 'a>,
        interval: &mut bool,
    ) -> Before {
        let token = self.current();
        if before != Before::Start && self.has_blank(before) {
            out.push(Document::Text(" "));
        }
        let is_field = self.is_field();
        match token.kind {
            Kind::Open => {
                self.bracket(out);
                Before::Other
            }
            Kind::Word if token.is("CASE") && !is_field && self.cases < DEEPEST => {
                self.cases += 1;
                self.case(out);
                self.cases -= 1;
                Before::Other
            }
            Kind::Word => {
                let is_part = *interval && keywords::is_part(token.text);
                *interval = !is_field && (token.is("INTERVAL") || (*interval && !is_part));
                // What a keyword precedes is the start of an operand, where a minus is a sign.
                let starts = !is_field && self.precedes_operand();
                self.token(out, if is_part { Letters::Upper } else { Letters::Judged });
                if starts && !self.at_end() && self.current().kind != Kind::Comma && !stop(self) {
                    if self.has_blank(Before::Other) {
                        out.push(Document::Text(" "));
                    }
                    return Before::Start;
                }
                Before::Other
            }
            Kind::Symbol if before != Before::Other && matches!(token.text, "-" | "+" | "~" | "!") => {
                self.token(out, Letters::Judged);
                Before::Sign
            }
            Kind::Symbol if matches!(token.text, "->" | "=>") => {
                self.token(out, Letters::Judged);
                out.push(Document::Text(" "));
                Before::Start
            }
            _ => {
                self.token(out, Letters::Judged);
                Before::Other
            }
        }
    }

    /// Whether an operand follows the word where the walk stands, so that a sign behind it belongs to that.
    fn precedes_operand(&self) -> bool {
        let word = self.current();
        word.is_any(&[
            "NOT", "INTERVAL", "DISTINCT", "ALL", "DEFAULT", "WHEN", "THEN", "ELSE", "ON", "IN", "ANY",
            "FROM", "RETURN", "LIMIT", "OFFSET", "BY", "SET", "VALUES", "USING", "SELECT", "FOR", "ORDINAL",
            "HAVING",
        ]) && self.peek(1).kind != Kind::Open
            && self.peek(1).text != "*"
            && (keywords::is_reserved(word.text) || self.peek(1).kind != Kind::Symbol)
    }

    /// Whether a blank stands before the token where the walk stands, within an operand.
    fn has_blank(&self, before: Before) -> bool {
        let token = self.current();
        let Some(last) = self.previous() else { return false };
        if before == Before::Sign {
            // Two minuses in a row would be a comment, and so might be what a template puts there.
            return token.kind == Kind::Symbol || (token.text.starts_with("{{") && !token.glued);
        }
        if token.kind == Kind::Dot || last.kind == Kind::Dot {
            return parts_at_dot(last, token)
                || last.kind == Kind::Word
                    && !token.glued
                    && keywords::is_reserved(last.text)
                    && !self.is_field_at(1);
        }
        let is_field = self.is_field_at(1);
        match token.kind {
            Kind::Open if token.text == "<" => false,
            Kind::Open if token.text == "@{" => true,
            Kind::Open => match last.kind {
                Kind::Word if is_field => false,
                Kind::Word if last.is("REPLACE") => {
                    self.at >= 2 && self.replaces_columns(&self.tokens[self.at - 2])
                }
                Kind::Word if last.is("WITH") => !token.glued,
                Kind::Word if keywords::is_reserved(last.text) => {
                    !keywords::is_called(last.text) || (token.text == "[" && !last.is("ARRAY"))
                }
                Kind::Word if self.previous_is_keyword() => true,
                Kind::Word | Kind::Name | Kind::Close | Kind::Text | Kind::Number => false,
                _ => true,
            },
            Kind::Symbol if token.text == ":" => last.kind != Kind::Word,
            _ => true,
        }
    }

    /// Whether the word before is a keyword that is followed by a bracket of its own and is no call.
    fn previous_is_keyword(&self) -> bool {
        let Some(last) = self.previous() else { return false };
        let before = self.at.checked_sub(2).map(|at| &self.tokens[at]);
        before.is_some_and(|before| keywords::is_keyword_behind(before.text, last.text))
            || (last.is("OPTIONS")
                && before.is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Name | Kind::Close)))
    }

    fn is_field_at(&self, back: usize) -> bool {
        self.at.checked_sub(back + 1).is_some_and(|at| self.tokens[at].kind == Kind::Dot)
    }

    /// `CASE … END`, on one line or with a line for each case.
    fn case(&mut self, out: &mut Documents<'a>) {
        let stop = |layout: &Layout<'a>| {
            layout.current().is_any(&["WHEN", "THEN", "ELSE", "END"]) && !layout.is_field()
        };
        let mut whole = Vec::new();
        self.token(&mut whole, Letters::Upper);
        if !stop(self) && !self.at_end() {
            whole.push(Document::Text(" "));
            whole.push(self.expression(&stop));
        }
        let mut cases = Vec::new();
        while self.current().is_any(&["WHEN", "ELSE"]) {
            cases.push(Document::Line(" "));
            let mut case = Vec::new();
            self.token(&mut case, Letters::Upper);
            self.value(&mut case, &stop);
            if self.current().is("THEN") {
                let mut result = vec![Document::Line(" ")];
                self.token(&mut result, Letters::Upper);
                self.value(&mut result, &stop);
                case.push(Document::Indent(result));
            }
            cases.push(Document::Group(case, false));
        }
        whole.push(Document::Indent(cases));
        if self.current().is("END") {
            whole.push(Document::Line(" "));
            self.token(&mut whole, Letters::Upper);
        }
        out.push(Document::Group(whole, false));
    }

    /// What follows a word of CASE, on its line or behind comments that stand between.
    fn value(&mut self, out: &mut Documents<'a>, stop: Stop<'_, 'a>) {
        if self.current().before.iter().any(|comment| comment.place == Place::Own) {
            let value = vec![Document::Hard, self.expression(stop)];
            out.push(Document::Indent(value));
        } else {
            out.push(Document::Text(" "));
            out.push(self.expression(stop));
        }
    }

    /// A bracket and what it holds: a query, or items with commas, and behind them what orders and limits.
    pub fn bracket(&mut self, out: &mut Documents<'a>) {
        let is_type = self.current().text == "<";
        self.bracket_with(out, self.types && is_type);
    }

    /// A bracket, and whether what it holds are names with their types.
    pub fn bracket_with(&mut self, out: &mut Documents<'a>, holds_types: bool) {
        let subscript = self.current().text == "["
            && self.previous().is_some_and(|last| {
                matches!(last.kind, Kind::Close | Kind::Name)
                    || (last.kind == Kind::Word && !keywords::is_reserved(last.text))
            });
        let edge = || if subscript { Document::Text("") } else { Document::Line("") };
        let holds_query = self.current().text == "(" && self.is_query(1);
        let (open, close) = (self.at, self.current().partner);
        let types = std::mem::replace(&mut self.types, holds_types);
        let merges = std::mem::replace(&mut self.merges, false);
        let mut whole = Vec::new();
        self.token(&mut whole, Letters::Judged);
        if self.at < close {
            let mut inside = vec![edge()];
            if holds_query {
                self.query(&mut inside);
            } else {
                self.items(&mut inside);
            }
            while self.at < close {
                inside.push(Document::Text(" "));
                self.token(&mut inside, Letters::Judged);
            }
            whole.push(Document::Indent(inside));
            whole.push(edge());
        }
        self.token(&mut whole, Letters::Judged);
        self.types = types;
        self.merges = merges;
        let short = subscript && close - open < SOLID;
        out.push(if short { Document::Solid(whole) } else { Document::Group(whole, false) });
    }

    /// What a bracket holds that is no query.
    fn items(&mut self, out: &mut Documents<'a>) {
        let stop = |layout: &Layout<'a>| layout.window_clause() > 0;
        let mut first = true;
        while !self.at_end() {
            let words = self.window_clause();
            if !first {
                out.push(Document::Line(" "));
            }
            first = false;
            let before = self.at;
            if words > 0 {
                let mut clause = Vec::new();
                self.keywords(&mut clause, words);
                let mut list = vec![Document::Line(" ")];
                self.list(&mut list, &stop, Document::Line(" "));
                clause.push(Document::Indent(list));
                out.push(Document::Group(clause, false));
            } else if self.has_one_item() {
                self.condition(out, &stop);
                if self.current().kind == Kind::Comma {
                    self.token(out, Letters::Judged);
                }
            } else {
                self.list(out, &stop, Document::Part);
            }
            if self.at == before {
                self.token(out, Letters::Judged);
            }
        }
    }

    /// Whether no comma stands between here and the end of the bracket, but for one at the end.
    fn has_one_item(&self) -> bool {
        let mut at = self.at;
        while let Some(token) = self.tokens.get(at) {
            match token.kind {
                Kind::Open => at = token.partner,
                Kind::Comma => return self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Close),
                Kind::Close | Kind::End => return true,
                _ => {}
            }
            at += 1;
        }
        true
    }

    /// How many words start a clause of a window or of an aggregate's arguments here; 0 for none.
    fn window_clause(&self) -> usize {
        if self.current().kind != Kind::Word || self.is_field() {
            return 0;
        }
        if self.words(&["PARTITION", "BY"]) || self.words(&["ORDER", "BY"]) || self.words(&["GROUP", "BY"]) {
            return 2;
        }
        let token = self.current();
        let opens = self.peek(1).kind == Kind::Open;
        let starts = self.previous().is_some_and(|last| last.kind == Kind::Open);
        let frame = token.is_any(&["ROWS", "RANGE"]) && !opens;
        let limits = token.is_any(&["LIMIT", "HAVING", "WHERE"]) && !starts;
        usize::from(frame || limits)
    }
}

/// Puts a chain together: the weakest operators part lines first. A chain that stands in a list is indented
/// behind its first line.
fn fold(chain: Chain<'_>, indented: bool) -> Documents<'_> {
    let Chain { operands, operators } = chain;
    let Some(weakest) = operators.iter().map(|(binding, _)| *binding).min() else {
        return operands.into_iter().flatten().collect();
    };
    let mut sides: Vec<(Documents<'_>, Chain<'_>)> = Vec::new();
    let mut side = Chain { operands: Vec::new(), operators: Vec::new() };
    let mut sign = Vec::new();
    let mut operators = operators.into_iter();
    for operand in operands {
        side.operands.push(operand);
        match operators.next() {
            Some((binding, operator)) if binding == weakest => {
                let done =
                    std::mem::replace(&mut side, Chain { operands: Vec::new(), operators: Vec::new() });
                sides.push((std::mem::replace(&mut sign, operator), done));
            }
            Some(operator) => side.operators.push(operator),
            None => {}
        }
    }
    sides.push((sign, side));
    let single = sides.len() == 2;
    let mut whole = Vec::new();
    let mut behind = Vec::new();
    for (index, (mut operator, side)) in sides.into_iter().enumerate() {
        let is_chain = !side.operators.is_empty();
        let folded = fold(side, true);
        let folded = if is_chain { vec![Document::Group(folded, false)] } else { folded };
        if index == 0 {
            whole = folded;
            continue;
        }
        operator.push(Document::Text(" "));
        operator.extend(folded);
        match weakest {
            Binding::As => behind.push(Document::Text(" ")),
            // With one operator the line may go on where the other side breaks itself.
            _ if single && weakest > Binding::And => {
                behind.push(Document::Hug(operator));
                continue;
            }
            _ => behind.push(Document::Line(" ")),
        }
        behind.append(&mut operator);
    }
    // What hugs indents itself where it gets a line of its own.
    let hugs = single && weakest > Binding::And;
    if indented && !hugs && weakest != Binding::As {
        whole.push(Document::Indent(behind));
    } else {
        whole.append(&mut behind);
    }
    whole
}
