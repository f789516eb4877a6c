//! Statements and scripts: what defines, changes or runs something, blocks with statements in them, and the empty lines between.

use super::clause::{Body, Clause};
use super::document::Document;
use super::keywords;
use super::layout::{Documents, Layout, Letters, parts_at_dot};
use super::tokens::Kind;

/// Blocks within blocks that are followed; deeper ones are printed as they come.
const DEEPEST: usize = 100;

impl<'a> Layout<'a> {
    /// The whole text.
    pub fn script(mut self) -> Documents<'a> {
        let mut out = Vec::new();
        while self.current().kind != Kind::End {
            let before = self.at;
            self.statements(&mut out, &[]);
            if self.at == before {
                self.token(&mut out, Letters::Judged);
                out.push(Document::Part);
            }
        }
        // Comments at the end stand with the token that ends the text.
        for comment in &self.current().before {
            out.push(Document::Own(comment));
        }
        out
    }

    /// Statements with their semicolons, up to one of the words.
    fn statements(&mut self, out: &mut Documents<'a>, until: &[&str]) {
        let mut first = true;
        while !matches!(self.current().kind, Kind::End | Kind::Close) && !self.current().is_any(until) {
            if !first {
                out.push(Document::Part);
            }
            first = false;
            let before = self.at;
            self.statement(out);
            if self.current().kind == Kind::Semicolon {
                self.token(out, Letters::Judged);
            }
            if self.at == before {
                self.token(out, Letters::Judged);
            }
        }
    }

    fn statement(&mut self, out: &mut Documents<'a>) {
        let mut whole = Vec::new();
        if self.current().kind == Kind::Word && self.peek(1).text == ":" {
            // The label of a loop or block.
            self.token(&mut whole, Letters::Judged);
            self.token(&mut whole, Letters::Judged);
            whole.push(Document::Text(" "));
        }
        if self.depth < DEEPEST && self.is_block() {
            self.depth += 1;
            self.block(&mut whole);
            self.depth -= 1;
        } else if self.is_query(0) || self.current().text.starts_with("{{") {
            self.query(&mut whole);
        } else {
            self.other(&mut whole);
        }
        out.push(Document::Group(whole, true));
    }

    fn is_block(&self) -> bool {
        let (token, next) = (self.current(), self.peek(1));
        match token.text.to_ascii_uppercase().as_str() {
            _ if token.kind != Kind::Word => false,
            "BEGIN" => !next.is("TRANSACTION") && !matches!(next.kind, Kind::Semicolon | Kind::End),
            "IF" | "LOOP" | "WHILE" | "REPEAT" | "FOR" | "CASE" => true,
            _ => false,
        }
    }

    /// A statement that holds statements, up to its END.
    fn block(&mut self, out: &mut Documents<'a>) {
        const PARTS: &[&str] = &["END", "ELSE", "ELSEIF", "WHEN", "UNTIL", "EXCEPTION"];
        loop {
            // The words that open this part, with a condition or rows before THEN or DO.
            let opens = self.current();
            if opens.is("EXCEPTION") {
                self.keywords(out, 4.min(self.words_to_then()));
            } else {
                self.token(out, Letters::Upper);
                let plain = opens.is_any(&["BEGIN", "LOOP", "REPEAT", "ELSE"]);
                if opens.is("UNTIL") || (opens.is("CASE") && !self.current().is("WHEN")) {
                    out.push(Document::Text(" "));
                    self.head(out);
                } else if !plain && !opens.is("CASE") {
                    out.push(Document::Text(" "));
                    self.head(out);
                    if self.current().is_any(&["THEN", "DO"]) {
                        out.push(Document::Text(" "));
                        self.token(out, Letters::Upper);
                    }
                }
            }
            let mut inside = vec![Document::Hard];
            let before = self.at;
            self.statements(&mut inside, PARTS);
            if self.at > before {
                out.push(Document::Indent(inside));
            }
            if !self.current().is_any(PARTS) {
                return;
            }
            out.push(Document::Hard);
            if self.current().is("END") {
                self.token(out, Letters::Upper);
                while !self.at_end() {
                    out.push(Document::Text(" "));
                    let kind = self.current().is_any(&["IF", "LOOP", "WHILE", "REPEAT", "FOR", "CASE"]);
                    self.token(out, if kind { Letters::Upper } else { Letters::Judged });
                }
                return;
            }
        }
    }

    fn words_to_then(&self) -> usize {
        (0..4).find(|ahead| self.peek(*ahead).is("THEN")).map_or(1, |ahead| ahead + 1)
    }

    /// A block's condition, or the rows that it goes through.
    fn head(&mut self, out: &mut Documents<'a>) {
        let stop = |layout: &Layout<'a>| {
            layout.current().is_any(&["THEN", "DO", "WHEN", "END"]) && !layout.is_field()
        };
        out.push(self.expression(&stop));
    }

    /// Statements that are no query and no block: clauses, where they are known, behind words.
    fn other(&mut self, out: &mut Documents<'a>) {
        let start = self.current();
        let types = std::mem::replace(&mut self.types, start.is_any(&["CREATE", "DECLARE", "ALTER"]));
        let merges = std::mem::replace(&mut self.merges, start.is("MERGE"));
        let changes = start.is_any(&["INSERT", "UPDATE", "DELETE", "MERGE"]);
        let mut first = true;
        while !self.at_end() {
            let before = self.at;
            if !first {
                out.push(Document::Part);
            }
            if !first && self.depth < DEEPEST && self.words(&["BEGIN"]) {
                self.depth += 1;
                self.block(out);
                self.depth -= 1;
            } else if changes && first {
                self.changed_table(out);
            } else if !first && self.words(&["AS"]) {
                self.defined_as(out);
            } else if !first && self.is_query(0) {
                self.query(out);
            } else if let Some(clause) = self.changing_clause().filter(|_| changes) {
                self.clause_with_body(out, clause);
            } else {
                self.definition(out);
            }
            if self.at == before {
                self.token(out, Letters::Judged);
            }
            first = false;
        }
        self.types = types;
        self.merges = merges;
    }

    /// `INSERT INTO table (columns)`, `UPDATE table`, `DELETE FROM table`, `MERGE INTO table`.
    fn changed_table(&mut self, out: &mut Documents<'a>) {
        let insert = self.current().is("INSERT");
        self.token(out, Letters::Upper);
        if self.current().is_any(&["INTO", "FROM"]) {
            out.push(Document::Text(" "));
            self.token(out, Letters::Upper);
        }
        let stop = |layout: &Layout<'a>| {
            layout.changing_clause().is_some()
                || layout.is_query(0)
                || (insert && layout.current().kind == Kind::Open && layout.current().text == "(")
        };
        let mut table = vec![Document::Text(" ")];
        table.push(self.expression(&stop));
        out.append(&mut table);
        if insert && self.current().kind == Kind::Open && !self.is_query(0) {
            out.push(Document::Text(" "));
            self.bracket(out);
        }
    }

    /// The clauses of statements that change rows.
    fn changing_clause(&self) -> Option<Clause> {
        let token = self.current();
        if self.is_field() {
            return None;
        }
        let clause = |words, body| Some(Clause { words, body });
        if token.is_any(&["SET", "VALUES"]) {
            return clause(1, Body::List);
        }
        if token.is("USING") {
            return clause(1, Body::Tables);
        }
        if token.is("WHEN") {
            let mut words = 1;
            for more in [&["NOT"][..], &["MATCHED"], &["BY"], &["SOURCE", "TARGET"]] {
                words += usize::from(self.peek(words).is_any(more));
            }
            return clause(words, Body::When);
        }
        self.clause().filter(|clause| matches!(clause.body, Body::Tables | Body::Condition | Body::Nothing))
    }

    /// `AS` with the text, expression or query that is defined.
    fn defined_as(&mut self, out: &mut Documents<'a>) {
        self.token(out, Letters::Upper);
        if self.is_query(0) {
            out.push(Document::Part);
            self.query(out);
        } else {
            out.push(Document::Text(" "));
            self.types = false;
            out.push(self.expression(&Self::no_stop));
        }
    }

    /// One clause of a definition on a line: words, names and brackets in their order.
    fn definition(&mut self, out: &mut Documents<'a>) {
        let start = self.at;
        let runs = self
            .current()
            .is_any(&["SET", "DECLARE", "CALL", "EXECUTE", "ASSERT", "RAISE", "RETURN", "EXPLAIN"]);
        while !self.at_end() {
            let starts_clause = self.at > start && !runs && self.is_defining_clause();
            if starts_clause
                || (self.at > start && !runs && self.is_query(0) && self.current().kind == Kind::Word)
            {
                return;
            }
            if self.at > start && self.has_gap() {
                out.push(Document::Text(" "));
            }
            let token = self.current();
            let before = self.at;
            let is_name = self.is_field() || self.peek(1).kind == Kind::Dot || self.follows_name_word();
            match token.kind {
                Kind::Word if !is_name && keywords::is_defining(token.text) => {
                    self.token(out, Letters::Upper)
                }
                Kind::Open => self.bracket_with(out, self.types),
                _ if self.at == start + 1 && self.tokens[start].is("SET") => {
                    let target = |layout: &Layout<'a>| layout.current().text == "=";
                    out.push(self.expression(&target));
                    if self.current().text == "=" {
                        out.push(Document::Text(" "));
                        self.token(out, Letters::Judged);
                        out.push(Document::Text(" "));
                        out.push(self.expression(&Self::no_stop));
                    }
                }
                _ if runs && self.at > start && !token.is_any(&["IMMEDIATE"]) => {
                    out.push(self.expression(&Self::ends_run));
                }
                _ => self.token(out, Letters::Judged),
            }
            if self.at == before {
                self.token(out, Letters::Judged);
            }
        }
    }

    /// Words of EXECUTE IMMEDIATE that follow an expression.
    fn ends_run(&self) -> bool {
        self.current().is_any(&["INTO", "USING", "DEFAULT"]) && !self.is_field()
    }

    /// Whether the word before is one that a name follows.
    fn follows_name_word(&self) -> bool {
        self.previous().is_some_and(|last| {
            last.is_any(&[
                "COLUMN",
                "CONSTRAINT",
                "EXISTS",
                "FUNCTION",
                "INDEX",
                "MODEL",
                "POLICY",
                "PROCEDURE",
                "SCHEMA",
                "TABLE",
                "ON",
                "TO",
                "VIEW",
                "CLONE",
                "COPY",
                "LIKE",
                "CALL",
                "INTO",
            ])
        }) && !(self.current().is("FUNCTION")
            || (self.previous().is_some_and(|last| last.is("TABLE")) && self.current().is_any(&["IF"])))
    }

    /// Whether a blank stands before the next token of a definition.
    fn has_gap(&self) -> bool {
        let (token, last) = (self.current(), self.previous());
        let Some(last) = last else { return false };
        match token.kind {
            Kind::Comma => false,
            _ if token.kind == Kind::Dot || last.kind == Kind::Dot => parts_at_dot(last, token),
            Kind::Open if token.text == "<" => false,
            Kind::Open if last.kind == Kind::Word || last.kind == Kind::Name => {
                // Parameters of a routine hug its name, columns of a table do not.
                !(self.is_routine_name() || last.is_any(&["STRUCT", "ARRAY"]) || keywords::is_type(last.text))
            }
            Kind::Open => last.text != ">",
            _ => true,
        }
    }

    /// Whether the name before a bracket is that of a function or procedure, or of one that is called.
    fn is_routine_name(&self) -> bool {
        let mut at = self.at;
        if self.previous().is_some_and(|last| keywords::is_reserved(last.text) || last.is("OPTIONS"))
            && !self.is_field_before_last()
        {
            return false;
        }
        // Back over the parts of the name.
        while let Some(before) = at.checked_sub(1) {
            let token = &self.tokens[before];
            let part = matches!(token.kind, Kind::Dot | Kind::Name)
                || (token.kind == Kind::Word && (at == self.at || self.tokens[at].kind == Kind::Dot));
            if !part {
                return token.is_any(&["FUNCTION", "PROCEDURE", "EXISTS", "CALL", "BY"])
                    && !self.is_table(before);
            }
            at = before;
        }
        false
    }

    fn is_field_before_last(&self) -> bool {
        self.at >= 2 && self.tokens[self.at - 2].kind == Kind::Dot
    }

    /// Whether `EXISTS` at a place belongs to `TABLE IF NOT EXISTS`.
    fn is_table(&self, at: usize) -> bool {
        self.tokens[at].is("EXISTS")
            && self.tokens[at.saturating_sub(4)..at]
                .iter()
                .any(|token| token.is_any(&["TABLE", "VIEW", "INDEX", "SCHEMA"]))
    }

    /// Words that start a line of a definition.
    fn is_defining_clause(&self) -> bool {
        if self.is_field() {
            return false;
        }
        let (token, next) = (self.current(), self.peek(1));
        match token.text.to_ascii_uppercase().as_str() {
            _ if token.kind != Kind::Word => false,
            "AS" => true,
            "RETURNS" => next.kind == Kind::Word,
            "LANGUAGE" => next.kind == Kind::Word,
            "DETERMINISTIC" => !self.previous().is_some_and(|last| last.is("NOT")),
            "NOT" => next.is("DETERMINISTIC"),
            "PARTITION" | "CLUSTER" => next.is("BY"),
            "OPTIONS" => next.kind == Kind::Open,
            "REMOTE" => next.is("WITH"),
            "DEFAULT" => next.is("COLLATE"),
            "CLONE" | "COPY" | "LIKE" => matches!(next.kind, Kind::Word | Kind::Name),
            "BEGIN" => true,
            "FROM" => next.is("FILES"),
            "ADD" | "DROP" | "ALTER" | "RENAME" => {
                self.tokens[..self.at].iter().rev().take(64).any(|one| one.is("ALTER"))
            }
            _ => false,
        }
    }
}
