//! CREATE: tables, views, functions, procedures. Options and keys are read and not kept.

use super::cursor::{Parsed, Parser};
use super::tokens::TokenKind;
use crate::sql::tree::{
    Argument, ArgumentType, CreateFunction, CreateTable, FunctionBody, Kind, Name, Object, StatementKind,
};

/// Functions that run elsewhere say in what language.
const ELSEWHERE: &[&str] = &["PYTHON", "JAVA", "SCALA", "REMOTE"];

impl Parser<'_> {
    pub(super) fn create(&mut self) -> Parsed<StatementKind> {
        self.expect_word("CREATE")?;
        self.eat_words(&["OR", "REPLACE"]);
        let temporary = self.eat_any_word(&["TEMP", "TEMPORARY"]).is_some();
        if self.are_words(&["TABLE", "FUNCTION"]) {
            self.advance();
            self.advance();
            return self.create_function(temporary, false, true);
        }
        if self.eat_words(&["AGGREGATE", "FUNCTION"]) {
            return self.create_function(temporary, true, false);
        }
        if self.eat_word("FUNCTION") {
            return self.create_function(temporary, false, false);
        }
        if self.eat_word("PROCEDURE") {
            return self.create_procedure();
        }
        let external = self.eat_any_word(&["EXTERNAL", "SNAPSHOT"]).is_some();
        if self.eat_word("TABLE") {
            return self.create_table(temporary, external);
        }
        self.eat_any_word(&["MATERIALIZED", "RECURSIVE"]);
        if self.eat_word("VIEW") {
            return self.create_view();
        }
        self.skip_statement();
        Ok(StatementKind::Change { object: Object::Other, name: Vec::new() })
    }

    fn create_table(&mut self, temporary: bool, external: bool) -> Parsed<StatementKind> {
        self.eat_words(&["IF", "NOT", "EXISTS"]);
        let name = self.table_path()?;
        let mut table = CreateTable { name, temporary, columns: Vec::new(), like: None, query: None };
        if external {
            self.skip_statement();
            return Ok(StatementKind::CreateTable(Box::new(table)));
        }
        if self.is_symbol("(") {
            table.columns = self.table_columns()?;
        }
        loop {
            if self.eat_any_word(&["LIKE", "COPY", "CLONE"]).is_some() {
                table.like = Some(self.table_path()?);
                if self.eat_words(&["FOR", "SYSTEM_TIME", "AS", "OF"]) {
                    self.expression()?;
                }
            } else if self.eat_words(&["PARTITION", "BY"]) {
                self.expression()?;
            } else if self.eat_words(&["CLUSTER", "BY"]) {
                self.list(Self::expression)?;
            } else if self.is_word("OPTIONS") {
                self.options()?;
            } else if self.eat_words(&["DEFAULT", "COLLATE"]) {
                self.text("a collation")?;
            } else if self.eat_word("AS") {
                table.query = Some(Box::new(self.query()?));
            } else {
                return Ok(StatementKind::CreateTable(Box::new(table)));
            }
        }
    }

    fn table_columns(&mut self) -> Parsed<Vec<(Name, crate::schema::Type)>> {
        self.expect_symbol("(")?;
        let mut columns = Vec::new();
        while !self.is_symbol(")") {
            let is_key = ["PRIMARY", "FOREIGN", "CONSTRAINT"].iter().any(|word| self.is_word(word));
            if is_key && !self.is_symbol_ahead(1, ",") {
                while !self.is_symbol(",") && !self.is_symbol(")") && !self.is_at_end() {
                    match self.is_symbol("(") {
                        true => self.skip_brackets()?,
                        false => self.skip_one(),
                    }
                }
            } else {
                columns.push(self.column_definition()?);
            }
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.expect_symbol(")")?;
        Ok(columns)
    }

    fn create_view(&mut self) -> Parsed<StatementKind> {
        self.eat_words(&["IF", "NOT", "EXISTS"]);
        let name = self.table_path()?;
        let mut columns = Vec::new();
        if self.is_symbol("(") {
            columns = self.bracketed(|parser| {
                let column = parser.name("a column")?;
                parser.column_options()?;
                Ok(column)
            })?;
        }
        loop {
            if self.eat_words(&["PARTITION", "BY"]) {
                self.expression()?;
            } else if self.eat_words(&["CLUSTER", "BY"]) {
                self.list(Self::expression)?;
            } else if self.is_word("OPTIONS") {
                self.options()?;
            } else {
                break;
            }
        }
        self.expect_word("AS")?;
        if self.eat_words(&["REPLICA", "OF"]) {
            let like = Some(self.table_path()?);
            let table = CreateTable { name, temporary: false, columns: Vec::new(), like, query: None };
            return Ok(StatementKind::CreateTable(Box::new(table)));
        }
        let query = Box::new(self.query()?);
        Ok(StatementKind::CreateView { name, columns, query })
    }

    fn create_function(&mut self, temporary: bool, aggregate: bool, of_table: bool) -> Parsed<StatementKind> {
        self.eat_words(&["IF", "NOT", "EXISTS"]);
        let name = self.table_path()?;
        let arguments = self.bracketed(Self::argument_definition)?;
        let mut returns = None;
        let mut table = None;
        let mut language = None;
        let mut body = None;
        let mut library = false;
        loop {
            if self.eat_word("RETURNS") {
                if self.is_word("TABLE") && self.is_symbol_ahead(1, "<") {
                    self.advance();
                    table = Some(self.table_type()?);
                } else {
                    returns = Some(self.plain_type()?);
                }
            } else if self.eat_word("LANGUAGE") {
                language = Some(self.any_name("a language")?.text.to_ascii_uppercase());
            } else if self.is_word("OPTIONS") {
                let within = 1..self.closes(1).unwrap_or_default();
                library = library || within.into_iter().any(|places| self.is_word_ahead(places, "LIBRARY"));
                self.options()?;
            } else if self.eat_word("AS") && body.is_none() {
                body = Some(self.function_body(of_table)?);
            } else if self.eat_words(&["REMOTE", "WITH", "CONNECTION"]) {
                self.table_path()?;
                language = Some("REMOTE".to_owned());
            } else if self.eat_words(&["WITH", "CONNECTION"]) {
                self.table_path()?;
            } else if self.eat_any_word(&["DETERMINISTIC", "IMMUTABLE", "VOLATILE", "STABLE"]).is_none()
                && !self.eat_words(&["NOT", "DETERMINISTIC"])
                && !self.eat_words(&["NOT", "AGGREGATE"])
            {
                break;
            }
        }
        let is_elsewhere = language.as_deref().is_some_and(|language| ELSEWHERE.contains(&language));
        let body = match (body, language) {
            _ if is_elsewhere => FunctionBody::Elsewhere,
            (Some(FunctionBody::Sql(text)), Some(_)) => match text.kind {
                // What is loaded from elsewhere is not at hand here.
                Kind::Text(_) if library => FunctionBody::Elsewhere,
                Kind::Text(text) => FunctionBody::JavaScript(text),
                _ => {
                    return Err(
                        self.problem(text.span, "the body of a JavaScript function is a literal text")
                    );
                }
            },
            (Some(body), _) => body,
            (None, _) => return Err(self.unexpected("`AS` and the function's body")),
        };
        let function = CreateFunction { name, temporary, aggregate, arguments, returns, table, body };
        Ok(StatementKind::CreateFunction(Box::new(function)))
    }

    /// `(expression)`, a literal text, or the query of a table function.
    fn function_body(&mut self, of_table: bool) -> Parsed<FunctionBody> {
        if of_table {
            return Ok(FunctionBody::Query(Box::new(self.query()?)));
        }
        if self.peek().is_some_and(|token| token.kind == TokenKind::Text) {
            return Ok(FunctionBody::Sql(self.text_literal()?));
        }
        if !self.eat_symbol("(") {
            let hint = "an expression stands in brackets, a query in two pairs of them";
            return Err(self.unexpected("`(`").hint(hint));
        }
        let span = self.here();
        let body = match self.starts_bare_query() {
            true => {
                let query = Box::new(self.query()?);
                self.node(Kind::Scalar(query), span)?
            }
            false => self.expression()?,
        };
        self.expect_symbol(")")?;
        Ok(FunctionBody::Sql(body))
    }

    fn table_type(&mut self) -> Parsed<Vec<(Name, crate::schema::Type)>> {
        self.expect_symbol("<")?;
        let columns = self.list(Self::column_definition)?;
        self.expect_type_end()?;
        Ok(columns)
    }

    fn argument_definition(&mut self) -> Parsed<Argument> {
        self.eat_any_word(&["IN", "OUT", "INOUT"]);
        let name = self.name("an argument")?;
        let ty = if self.eat_words(&["ANY", "TYPE"]) {
            ArgumentType::Any
        } else if self.eat_words(&["ANY", "TABLE"]) {
            ArgumentType::Table(None)
        } else if self.is_word("TABLE") && self.is_symbol_ahead(1, "<") {
            self.advance();
            ArgumentType::Table(Some(self.table_type()?))
        } else {
            ArgumentType::Type(self.plain_type()?)
        };
        if self.eat_word("DEFAULT") {
            self.expression()?;
        }
        self.eat_words(&["NOT", "AGGREGATE"]);
        Ok(Argument { name, ty })
    }

    fn create_procedure(&mut self) -> Parsed<StatementKind> {
        self.eat_words(&["IF", "NOT", "EXISTS"]);
        let name = self.table_path()?;
        let arguments = self.bracketed(Self::argument_definition)?;
        while self.is_word("OPTIONS") || self.is_word("WITH") || self.is_word("LANGUAGE") {
            if self.is_word("OPTIONS") {
                self.options()?;
            } else {
                self.skip_statement();
                return Ok(StatementKind::CreateProcedure { name, arguments, body: Vec::new() });
            }
        }
        if !self.is_word("BEGIN") {
            return Err(self.unexpected("`BEGIN`"));
        }
        let body = vec![self.statement()?];
        Ok(StatementKind::CreateProcedure { name, arguments, body })
    }
}
