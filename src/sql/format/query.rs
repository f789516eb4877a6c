//! Queries: common tables, clauses each on a line of its own, joins, set operators, and pipe syntax.

use super::clause::{Body, Clause};
use super::document::Document;
use super::layout::{Documents, Layout, Letters};
use super::tokens::Kind;

impl<'a> Layout<'a> {
    /// A query up to the end of its statement or bracket. Its lines are those of the group around it.
    pub fn query(&mut self, out: &mut Documents<'a>) {
        let mut first = true;
        while !self.at_end() && !self.is_block_word() {
            if !first {
                out.push(Document::Part);
            }
            let before = self.at;
            if first && self.current().is("WITH") {
                self.common_tables(out);
            } else if let Some(clause) = self.clause() {
                self.clause_with_body(out, clause);
            } else if self.current().kind == Kind::Open && self.is_query(0) {
                self.bracket(out);
            } else {
                self.list(out, &Self::ends_clause, Document::Line(" "));
            }
            if self.at == before {
                self.token(out, Letters::Judged);
            }
            first = false;
        }
    }

    /// Whether a clause ends here.
    pub fn ends_clause(&self) -> bool {
        self.clause().is_some() || self.is_block_word() || (self.merges && self.ends_merge_action())
    }

    /// Whether a word of a script stands here that no query holds: `FOR row IN (…) DO`.
    fn is_block_word(&self) -> bool {
        self.depth > 0 && self.current().is_any(&["THEN", "DO"]) && !self.is_field()
    }

    /// `WITH name AS (…), …`
    fn common_tables(&mut self, out: &mut Documents<'a>) {
        let words = if self.peek(1).is("RECURSIVE") { 2 } else { 1 };
        self.keywords(out, words);
        let mut first = true;
        while !self.at_end() && !self.ends_clause() {
            out.push(if first { Document::Text(" ") } else { Document::Part });
            first = false;
            let before = self.at;
            // The name, perhaps with columns, and how it is to be computed.
            while !self.at_end() && self.current().kind != Kind::Comma && !self.ends_clause() {
                if self.at > before {
                    out.push(Document::Text(" "));
                }
                if self.current().kind == Kind::Open {
                    let mut table = Vec::new();
                    self.bracket(&mut table);
                    if let Some(Document::Group(inner, _) | Document::Solid(inner)) = table.pop() {
                        out.push(Document::Group(inner, true));
                    }
                } else {
                    self.token(out, Letters::Judged);
                }
            }
            if self.current().kind != Kind::Comma {
                break;
            }
            self.token(out, Letters::Judged);
        }
        if self.current().kind == Kind::Open {
            out.push(Document::Part);
            self.bracket(out);
        }
    }

    /// A clause's words and what belongs to it.
    pub fn clause_with_body(&mut self, out: &mut Documents<'a>, clause: Clause) {
        match clause.body {
            Body::Select => self.select(out),
            Body::Pipe => self.pipe(out),
            Body::Nothing => self.keywords(out, clause.words),
            Body::When => self.when(out, clause.words),
            Body::Inline => {
                self.keywords(out, clause.words);
                out.push(Document::Text(" "));
                self.list(out, &Self::ends_clause, Document::Line(" "));
            }
            Body::List => {
                self.keywords(out, clause.words);
                let mut body = vec![Document::Line(" ")];
                self.list(&mut body, &Self::ends_clause, Document::Part);
                out.push(Document::Indent(body));
            }
            Body::Tables => {
                self.keywords(out, clause.words);
                let mut body = vec![Document::Line(" ")];
                self.tables(&mut body);
                out.push(Document::Indent(body));
            }
            Body::Condition => {
                self.keywords(out, clause.words);
                let mut body = vec![Document::Line(" ")];
                self.condition(&mut body, &Self::ends_clause);
                out.push(Document::Indent(body));
            }
        }
    }

    /// SELECT stays on one line with its items where nothing follows and they fit; otherwise each has a line of its own.
    fn select(&mut self, out: &mut Documents<'a>) {
        let mut whole = Vec::new();
        self.keywords(&mut whole, 1);
        loop {
            let token = self.current();
            let words = if token.is_any(&["ALL", "DISTINCT"]) {
                1
            } else if token.is("AS") {
                2
            } else if token.is("WITH") {
                while !self.at_end() && self.current().kind != Kind::Open {
                    whole.push(Document::Text(" "));
                    self.token(&mut whole, Letters::Upper);
                }
                0
            } else if token.text == "@{" {
                0
            } else {
                break;
            };
            whole.push(Document::Text(" "));
            if words > 0 {
                self.keywords(&mut whole, words);
            } else if self.current().kind == Kind::Open {
                self.bracket(&mut whole);
            }
        }
        let mut items = vec![Document::Line(" ")];
        self.list(&mut items, &Self::ends_clause, Document::Part);
        whole.push(Document::Indent(items));
        let alone = self.at_end() || self.clause().is_some_and(|clause| clause.body == Body::Nothing);
        if alone {
            out.push(Document::Group(whole, false));
        } else {
            out.append(&mut whole);
        }
    }

    /// The tables of FROM or of a join, with the condition of the join.
    fn tables(&mut self, out: &mut Documents<'a>) {
        let stop =
            |layout: &Layout<'a>| layout.ends_clause() || layout.is_join_condition() || layout.is_pivot();
        loop {
            let before = self.at;
            self.list(out, &stop, Document::Part);
            if self.at_end() || self.ends_clause() {
                return;
            }
            if self.is_join_condition() {
                out.push(Document::Line(" "));
                let using = self.current().is("USING");
                self.keywords(out, 1);
                out.push(Document::Text(" "));
                if using {
                    out.push(self.expression(&stop));
                } else {
                    self.condition(out, &stop);
                }
            } else if self.is_pivot() {
                // The line breaks only where what follows up to its bracket does not fit.
                out.push(Document::Line(" "));
                self.token(out, Letters::Upper);
                if self.current().kind == Kind::Word {
                    out.push(Document::Text(" "));
                    self.keywords(out, 2);
                    out.push(Document::Text(" "));
                }
                out.push(self.expression(&stop));
            }
            if self.at == before {
                return;
            }
        }
    }

    fn is_join_condition(&self) -> bool {
        self.current().is_any(&["ON", "USING"]) && !self.is_field()
    }

    /// What turns the rows of a table in FROM: a word that is no alias, since a bracket follows.
    fn is_pivot(&self) -> bool {
        let starts =
            self.previous().is_none_or(|last| last.is_any(&["FROM", "JOIN"]) || last.kind == Kind::Comma);
        let token = self.current();
        let nulls = self.peek(1).is_any(&["INCLUDE", "EXCLUDE"]) && self.peek(2).is("NULLS");
        !starts
            && !self.is_field()
            && token.is_any(&["PIVOT", "UNPIVOT", "MATCH_RECOGNIZE"])
            && (self.peek(1).kind == Kind::Open || nulls)
    }

    /// `|> OPERATOR …`, on one line where it fits.
    fn pipe(&mut self, out: &mut Documents<'a>) {
        let mut whole = Vec::new();
        self.token(&mut whole, Letters::Judged);
        whole.push(Document::Text(" "));
        let mut body = Vec::new();
        let mut first = true;
        while !self.at_end() && self.current().text != "|>" && !self.is_block_word() {
            if !first {
                body.push(Document::Line(" "));
            }
            let before = self.at;
            match self.clause() {
                Some(clause) => self.clause_with_body(&mut body, clause),
                None if first && self.current().kind == Kind::Word => {
                    let words = usize::from(self.words(&["SET"]) || self.peek(1).kind == Kind::Open);
                    self.keywords(&mut body, 1);
                    let mut list = vec![if words == 1 && self.current().kind == Kind::Open {
                        Document::Text("")
                    } else {
                        Document::Line(" ")
                    }];
                    self.list(&mut list, &Self::ends_clause, Document::Line(" "));
                    body.push(Document::Indent(list));
                }
                None if self.current().kind == Kind::Open => self.bracket(&mut body),
                None => self.list(&mut body, &Self::ends_clause, Document::Line(" ")),
            }
            if self.at == before {
                self.token(&mut body, Letters::Judged);
            }
            first = false;
        }
        whole.push(Document::Indent(body));
        out.push(Document::Group(whole, false));
    }

    /// `WHEN [NOT] MATCHED … THEN` with what is done.
    fn when(&mut self, out: &mut Documents<'a>, words: usize) {
        self.keywords(out, words);
        let stop = |layout: &Layout<'a>| layout.current().is("THEN");
        if self.current().is("AND") {
            let mut condition = Vec::new();
            condition.push(Document::Line(" "));
            self.keywords(&mut condition, 1);
            condition.push(Document::Text(" "));
            self.condition(&mut condition, &stop);
            out.push(Document::Group(vec![Document::Indent(condition)], false));
        }
        if self.current().is("THEN") {
            out.push(Document::Text(" "));
            self.keywords(out, 1);
        }
        let mut action = vec![Document::Line(" ")];
        if self.current().is("UPDATE") {
            let words = if self.peek(1).is("SET") { 2 } else { 1 };
            self.keywords(&mut action, words);
            let mut list = vec![Document::Line(" ")];
            self.list(&mut list, &Self::ends_merge_action, Document::Line(" "));
            action.push(Document::Indent(list));
        } else {
            self.keywords(&mut action, 1);
            while !self.at_end() && !self.ends_merge_action() {
                let values = self.current().is("VALUES");
                action.push(if values { Document::Line(" ") } else { Document::Text(" ") });
                let before = self.at;
                if values || self.current().is("ROW") {
                    self.keywords(&mut action, 1);
                } else {
                    action.push(self.expression(&Self::ends_merge_value));
                }
                if self.at == before {
                    self.token(&mut action, Letters::Judged);
                }
            }
        }
        out.push(Document::Indent(action));
    }

    fn ends_merge_action(&self) -> bool {
        self.current().is("WHEN") && !self.is_field()
    }

    fn ends_merge_value(&self) -> bool {
        self.ends_merge_action() || self.current().is("VALUES")
    }
}
