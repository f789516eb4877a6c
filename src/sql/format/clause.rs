//! The clauses of queries and of statements that change rows: by which words each starts, and how its body is laid out.

use super::layout::Layout;
use super::tokens::Kind;

/// How what a clause holds is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Body {
    /// Select items: a list that may stay on the line of its keyword.
    Select,
    /// Items with commas, each on a line.
    List,
    /// Tables with commas, each on a line, which ON and USING may follow.
    Tables,
    /// Conditions, each on a line.
    Condition,
    /// On the line of its keyword.
    Inline,
    /// Nothing; a whole query follows.
    Nothing,
    /// An operator of pipe syntax.
    Pipe,
    /// What MERGE does with a kind of row.
    When,
}

/// A clause's words and body.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    pub words: usize,
    pub body: Body,
}

impl<'a> Layout<'a> {
    /// The clause that starts where the walk stands.
    pub fn clause(&self) -> Option<Clause> {
        let token = self.current();
        let clause = |words, body| Some(Clause { words, body });
        if token.text == "|>" {
            return clause(1, Body::Pipe);
        }
        if token.kind != Kind::Word || self.is_field() {
            return None;
        }
        let next = self.peek(1);
        match token.text.to_ascii_uppercase().as_str() {
            "SELECT" => clause(1, Body::Select),
            "FROM" => clause(1, Body::Tables),
            "WHERE" | "HAVING" | "QUALIFY" => clause(1, Body::Condition),
            "GROUP" if next.is("BY") => clause(2, Body::List),
            "GROUP" if self.words(&["GROUP", "AND", "ORDER", "BY"]) => clause(4, Body::List),
            "ORDER" if next.is("BY") => clause(2, Body::List),
            "WINDOW" => clause(1, Body::List),
            "LIMIT" => clause(1, Body::Inline),
            "FOR" if next.is("UPDATE") => clause(2, Body::Nothing),
            "UNION" | "INTERSECT" => self.set_operator(0),
            "EXCEPT" if next.kind != Kind::Open => self.set_operator(0),
            "JOIN" | "INNER" | "LEFT" | "RIGHT" | "FULL" | "CROSS" | "NATURAL" => self.join(),
            _ => None,
        }
    }

    /// `LEFT OUTER JOIN` and the like; and `FULL OUTER UNION ALL`, which starts alike.
    fn join(&self) -> Option<Clause> {
        for words in 1..=4 {
            let token = self.peek(words - 1);
            if token.is("JOIN") {
                return Some(Clause { words, body: Body::Tables });
            }
            if token.is_any(&["UNION", "INTERSECT"]) {
                return self.set_operator(words - 1);
            }
            if !token
                .is_any(&["NATURAL", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "OUTER", "HASH", "LOOKUP"])
            {
                return None;
            }
        }
        None
    }

    /// `UNION ALL BY NAME` and the like, whose first word is `start` words ahead.
    fn set_operator(&self, start: usize) -> Option<Clause> {
        let mut words = start + 1;
        for more in [&["ALL", "DISTINCT"][..], &["BY", "STRICT"], &["NAME"], &["CORRESPONDING"], &["BY"]] {
            if self.peek(words).is_any(more) {
                words += 1;
            }
        }
        Some(Clause { words, body: Body::Nothing })
    }

    /// Whether a query starts `ahead` of where the walk stands.
    pub fn is_query(&self, ahead: usize) -> bool {
        let mut ahead = ahead;
        loop {
            let (token, next) = (self.peek(ahead), self.peek(ahead + 1));
            if token.is_any(&["SELECT", "FROM"]) {
                return true;
            }
            if token.is("WITH") {
                return next.kind != Kind::Open && !next.is("OFFSET");
            }
            // A query in brackets, which others may be joined to.
            if token.text != "(" || token.kind != Kind::Open {
                return false;
            }
            let behind = self.tokens.get(token.partner + 1);
            let goes_on = behind.is_some_and(|behind| {
                behind.is_any(&["UNION", "INTERSECT", "ORDER", "LIMIT"])
                    || (behind.is("EXCEPT"))
                    || (behind.kind == Kind::Close && behind.text == ")")
                    || behind.kind == Kind::End
                    || behind.kind == Kind::Semicolon
                    || behind.text == "|>"
            });
            if !goes_on {
                return false;
            }
            ahead += 1;
        }
    }
}
