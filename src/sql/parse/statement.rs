//! Statements and scripts: queries, changes of rows, and what steers a script.

use super::cursor::{Parsed, Parser};
use super::tokens::TokenKind;
use crate::sql::tree::{
    Block, CreateFunction, Expression, Merge, MergeAction, MergeBranch, MergeMatch, Name, Object, Statement,
    StatementKind,
};

/// Words at which a block of a script ends.
const ENDS: &[&str] = &["END", "ELSE", "ELSEIF", "EXCEPTION", "UNTIL", "WHEN"];

impl Parser<'_> {
    /// Statements up to the end of the text.
    pub(super) fn script(&mut self) -> Parsed<Block> {
        let mut statements = Vec::new();
        loop {
            while self.eat_symbol(";") {}
            if self.is_at_end() {
                return Ok(statements);
            }
            statements.push(self.statement()?);
            if !self.is_at_end() && !self.is_symbol(";") {
                return Err(self.unexpected("`;` or the end of the text"));
            }
        }
    }

    /// Statements up to a word that ends a block.
    fn block(&mut self) -> Parsed<Block> {
        self.nested(|parser| {
            let mut statements = Vec::new();
            while !ENDS.iter().any(|word| parser.is_word(word)) {
                if parser.is_at_end() {
                    let hint = "a block ends in `END`, an IF in `END IF` and so on; `ELSEIF` is one word";
                    return Err(parser.unexpected("`END`").hint(hint));
                }
                statements.push(parser.statement()?);
                if !parser.eat_symbol(";") {
                    return Err(parser.unexpected("`;`").hint("every statement of a block ends in `;`"));
                }
            }
            Ok(statements)
        })
    }

    /// The functions that are made before a query.
    pub(super) fn leading_functions(&mut self) -> Parsed<Vec<CreateFunction>> {
        let mut functions = Vec::new();
        while self.starts_function() {
            let StatementKind::CreateFunction(function) = self.create()? else { break };
            functions.push(*function);
            self.expect_symbol(";")?;
            while self.eat_symbol(";") {}
        }
        Ok(functions)
    }

    fn starts_function(&self) -> bool {
        let mut places = 1;
        for word in ["OR", "REPLACE", "TEMP", "TEMPORARY", "AGGREGATE", "TABLE"] {
            places += usize::from(self.is_word_ahead(places, word));
        }
        self.is_word("CREATE") && self.is_word_ahead(places, "FUNCTION")
    }

    pub(super) fn statement(&mut self) -> Parsed<Statement> {
        let span = self.here();
        let kind = self.statement_kind()?;
        Ok(Statement { kind, span })
    }

    fn statement_kind(&mut self) -> Parsed<StatementKind> {
        // A label may stand before a block or a loop.
        if self.is_name() && self.is_symbol_ahead(1, ":") {
            self.advance();
            self.advance();
        }
        self.skip_hint()?;
        let Some(token) = self.peek() else { return Err(self.unexpected("a statement")) };
        if self.is_symbol("(") || self.starts_bare_query() {
            return Ok(StatementKind::Query(Box::new(self.query()?)));
        }
        match token.text.to_ascii_uppercase().as_str() {
            "CREATE" => self.create(),
            "INSERT" => self.insert(),
            "UPDATE" => self.update(),
            "DELETE" => self.delete(),
            "MERGE" => self.merge(),
            "TRUNCATE" => {
                self.advance();
                self.eat_word("TABLE");
                let table = self.table_path()?;
                if self.eat_word("WHERE") {
                    self.expression()?;
                }
                Ok(StatementKind::Truncate { table })
            }
            "DROP" | "ALTER" | "UNDROP" | "GRANT" | "REVOKE" | "RENAME" | "ANALYZE" => self.change(),
            "EXPORT" => self.export(),
            "LOAD" => {
                self.advance();
                self.expect_word("DATA")?;
                self.eat_any_word(&["INTO", "OVERWRITE"]);
                self.eat_any_word(&["TEMP", "TEMPORARY"]);
                self.eat_word("TABLE");
                let table = self.table_path()?;
                self.skip_statement();
                Ok(StatementKind::Load { table })
            }
            "DECLARE" => self.declare(),
            "SET" => self.set(),
            "IF" => self.if_statement(),
            "CASE" => self.case_statement(),
            "LOOP" => {
                self.advance();
                let body = self.block()?;
                self.end_of("LOOP")?;
                Ok(StatementKind::Loop { condition: None, body })
            }
            "WHILE" => {
                self.advance();
                let condition = Some(self.expression()?);
                self.expect_word("DO")?;
                let body = self.block()?;
                self.end_of("WHILE")?;
                Ok(StatementKind::Loop { condition, body })
            }
            "REPEAT" => {
                self.advance();
                let body = self.block()?;
                self.expect_word("UNTIL")?;
                let condition = Some(self.expression()?);
                self.end_of("REPEAT")?;
                Ok(StatementKind::Loop { condition, body })
            }
            "FOR" => {
                self.advance();
                let variable = self.name("a variable")?;
                self.expect_word("IN")?;
                let query = Box::new(self.bracketed_query()?);
                self.expect_word("DO")?;
                let body = self.block()?;
                self.end_of("FOR")?;
                Ok(StatementKind::For { variable, query, body })
            }
            "BEGIN" => self.begin(),
            "CALL" => {
                self.advance();
                let name = self.table_path()?;
                let arguments = self.bracketed(Self::expression)?;
                Ok(StatementKind::Call { name, arguments })
            }
            "EXECUTE" => self.execute_immediate(),
            "ASSERT" => {
                self.advance();
                let condition = self.expression()?;
                if self.eat_word("AS") {
                    self.text("a description")?;
                }
                Ok(StatementKind::Assert { condition })
            }
            "RAISE" => {
                self.advance();
                let mut message = None;
                if self.eat_words(&["USING", "MESSAGE"]) {
                    self.expect_symbol("=")?;
                    message = Some(self.expression()?);
                }
                Ok(StatementKind::Raise { message })
            }
            "RETURN" | "BREAK" | "LEAVE" | "CONTINUE" | "ITERATE" | "COMMIT" | "ROLLBACK" => {
                self.advance();
                self.skip_statement();
                Ok(StatementKind::Control)
            }
            _ => Err(self.unexpected("a statement")),
        }
    }

    fn insert(&mut self) -> Parsed<StatementKind> {
        self.expect_word("INSERT")?;
        self.eat_word("INTO");
        let table = self.table_path()?;
        let mut columns = Vec::new();
        if self.is_symbol("(") && !self.starts_query(0) {
            columns = self.bracketed(|parser| parser.name("a column"))?;
        }
        if self.eat_word("VALUES") {
            let rows = self.list(|parser| parser.bracketed(Self::expression))?;
            return Ok(StatementKind::Insert { table, columns, query: None, rows });
        }
        if !self.starts_bare_query() && !self.is_symbol("(") {
            return Err(self.unexpected("`VALUES` or a query"));
        }
        let query = Some(Box::new(self.query()?));
        Ok(StatementKind::Insert { table, columns, query, rows: Vec::new() })
    }

    fn update(&mut self) -> Parsed<StatementKind> {
        self.expect_word("UPDATE")?;
        let table = self.relation()?;
        self.expect_word("SET")?;
        let set = self.assignments()?;
        let from = if self.eat_word("FROM") { self.tables_and_joins()? } else { Vec::new() };
        let filter = if self.eat_word("WHERE") { Some(self.expression()?) } else { None };
        Ok(StatementKind::Update { table, set, from, filter })
    }

    fn delete(&mut self) -> Parsed<StatementKind> {
        self.expect_word("DELETE")?;
        self.eat_word("FROM");
        let table = self.relation()?;
        let filter = if self.eat_word("WHERE") { Some(self.expression()?) } else { None };
        Ok(StatementKind::Delete { table, filter })
    }

    fn assignments(&mut self) -> Parsed<Vec<(Vec<Name>, Expression)>> {
        self.list(|parser| {
            let mut path = vec![parser.name("a column")?];
            while parser.eat_symbol(".") {
                path.push(parser.any_name("a field")?);
            }
            parser.expect_symbol("=")?;
            Ok((path, parser.expression()?))
        })
    }

    fn merge(&mut self) -> Parsed<StatementKind> {
        self.expect_word("MERGE")?;
        self.eat_word("INTO");
        let target = self.relation()?;
        self.expect_word("USING")?;
        let source = self.relation()?;
        self.expect_word("ON")?;
        let condition = self.expression()?;
        let mut branches = Vec::new();
        while self.eat_word("WHEN") {
            let missing = self.eat_word("NOT");
            self.expect_word("MATCHED")?;
            let mut when = if missing { MergeMatch::NotMatchedByTarget } else { MergeMatch::Matched };
            if missing && self.eat_word("BY") {
                match self.eat_any_word(&["TARGET", "SOURCE"]) {
                    Some("TARGET") => {}
                    Some(_) => when = MergeMatch::NotMatchedBySource,
                    None => return Err(self.unexpected("`TARGET` or `SOURCE`")),
                }
            }
            let condition = if self.eat_word("AND") { Some(self.expression()?) } else { None };
            self.expect_word("THEN")?;
            let action = self.merge_action()?;
            branches.push(MergeBranch { when, condition, action });
        }
        Ok(StatementKind::Merge(Box::new(Merge { target, source, condition, branches })))
    }

    fn merge_action(&mut self) -> Parsed<MergeAction> {
        if self.eat_word("DELETE") {
            return Ok(MergeAction::Delete);
        }
        if self.eat_word("UPDATE") {
            self.expect_word("SET")?;
            return Ok(MergeAction::Update(self.assignments()?));
        }
        if !self.eat_word("INSERT") {
            return Err(self.unexpected("`INSERT`, `UPDATE` or `DELETE`"));
        }
        let columns = match self.is_symbol("(") {
            true => self.bracketed(|parser| parser.name("a column"))?,
            false => Vec::new(),
        };
        if self.eat_word("ROW") {
            return Ok(MergeAction::Insert { columns, values: Vec::new() });
        }
        self.expect_word("VALUES")?;
        let values = self.bracketed(Self::expression)?;
        Ok(MergeAction::Insert { columns, values })
    }

    /// DROP, ALTER and their like.
    fn change(&mut self) -> Parsed<StatementKind> {
        self.advance();
        while self
            .eat_any_word(&["MATERIALIZED", "EXTERNAL", "SNAPSHOT", "SEARCH", "VECTOR", "AGGREGATE"])
            .is_some()
        {}
        let object = match self.eat_any_word(&["TABLE", "VIEW", "FUNCTION", "PROCEDURE", "SCHEMA", "MODEL"]) {
            Some("TABLE") if self.eat_word("FUNCTION") => Object::Function,
            Some("TABLE") => Object::Table,
            Some("VIEW") => Object::View,
            Some("FUNCTION") => Object::Function,
            _ => Object::Other,
        };
        let mut name = Vec::new();
        if object != Object::Other {
            self.eat_words(&["IF", "EXISTS"]);
            name = self.table_path()?;
        }
        self.skip_statement();
        Ok(StatementKind::Change { object, name })
    }

    fn export(&mut self) -> Parsed<StatementKind> {
        self.advance();
        while !self.is_word("AS") && !self.is_at_end() && !self.is_symbol(";") {
            match self.is_symbol("(") {
                true => self.skip_brackets()?,
                false => self.skip_one(),
            }
        }
        let query = if self.eat_word("AS") { Some(Box::new(self.query()?)) } else { None };
        Ok(StatementKind::Export { query })
    }

    fn declare(&mut self) -> Parsed<StatementKind> {
        self.expect_word("DECLARE")?;
        let names = self.list(|parser| parser.name("a variable"))?;
        let ty = if self.is_word("DEFAULT") { None } else { Some(self.data_type()?) };
        if self.is_symbol("=") {
            return Err(self.unexpected("`DEFAULT`"));
        }
        let default = if self.eat_word("DEFAULT") { Some(self.expression()?) } else { None };
        Ok(StatementKind::Declare { names, ty, default })
    }

    fn set(&mut self) -> Parsed<StatementKind> {
        self.expect_word("SET")?;
        let variable = |parser: &mut Self| {
            let span = parser.here();
            let name = match parser.peek().filter(|token| token.text.starts_with("@@")) {
                Some(token) => {
                    parser.advance();
                    Name { text: token.text.to_owned(), span }
                }
                None => parser.name("a variable")?,
            };
            let mut path = vec![name];
            while parser.eat_symbol(".") {
                path.push(parser.any_name("a field")?);
            }
            Ok(path)
        };
        let names = match self.is_symbol("(") {
            true => self.bracketed(variable)?,
            false => vec![variable(self)?],
        };
        self.expect_symbol("=")?;
        Ok(StatementKind::Set { names, value: self.expression()? })
    }

    fn if_statement(&mut self) -> Parsed<StatementKind> {
        let mut branches = Vec::new();
        self.expect_word("IF")?;
        loop {
            let condition = self.expression()?;
            self.expect_word("THEN")?;
            branches.push((Some(condition), self.block()?));
            if self.eat_word("ELSEIF") {
                continue;
            }
            if self.eat_word("ELSE") {
                branches.push((None, self.block()?));
            }
            self.end_of("IF")?;
            return Ok(StatementKind::If(branches));
        }
    }

    fn case_statement(&mut self) -> Parsed<StatementKind> {
        self.expect_word("CASE")?;
        let operand = if self.is_word("WHEN") { None } else { Some(self.expression()?) };
        let mut branches = Vec::new();
        while self.eat_word("WHEN") {
            let condition = self.expression()?;
            self.expect_word("THEN")?;
            branches.push((Some(condition), self.block()?));
        }
        if self.eat_word("ELSE") {
            branches.push((None, self.block()?));
        }
        self.end_of("CASE")?;
        Ok(StatementKind::Case { operand, branches })
    }

    fn begin(&mut self) -> Parsed<StatementKind> {
        self.expect_word("BEGIN")?;
        if self.eat_word("TRANSACTION") || self.is_at_end() || self.is_symbol(";") {
            return Ok(StatementKind::Control);
        }
        let body = self.block()?;
        let exception = match self.eat_words(&["EXCEPTION", "WHEN", "ERROR", "THEN"]) {
            true => Some(self.block()?),
            false => None,
        };
        self.expect_word("END")?;
        if self.is_name() {
            self.advance();
        }
        Ok(StatementKind::Begin { body, exception })
    }

    fn execute_immediate(&mut self) -> Parsed<StatementKind> {
        self.expect_words(&["EXECUTE", "IMMEDIATE"])?;
        let sql = self.expression()?;
        let into = match self.eat_word("INTO") {
            true => self.list(|parser| parser.name("a variable"))?,
            false => Vec::new(),
        };
        let mut using = Vec::new();
        if self.eat_word("USING") {
            using = self.list(|parser| {
                let value = parser.expression()?;
                parser.alias()?;
                Ok(value)
            })?;
        }
        Ok(StatementKind::ExecuteImmediate { sql, into, using })
    }

    /// `END IF` and its like, with a label behind it perhaps.
    fn end_of(&mut self, word: &str) -> Parsed<()> {
        self.expect_words(&["END", word])?;
        if self.is_name() {
            self.advance();
        }
        Ok(())
    }

    /// Passes over the rest of a statement.
    pub(super) fn skip_statement(&mut self) {
        while let Some(token) = self.peek() {
            if token.kind == TokenKind::Symbol && token.text == ";" {
                return;
            }
            let places = self.closes(0).unwrap_or(0);
            for _ in 0..=places {
                self.advance();
            }
        }
    }
}
