//! What a script reads and writes: the tables, functions and procedures that its statements name. It must not guess:
//! a text that is put together at run time is named as unknown.

use super::parse::{self, References};
use super::tree::{
    Block, Expression, Kind, Merge, MergeAction, Name, Object, Relation, RelationKind, Span, Statement,
    StatementKind,
};
use super::{Problem, TableUse};

/// The names in a script, each once, with the place of its first use.
#[derive(Clone, Debug, Default)]
pub struct ScriptUses {
    /// Tables that are read. Common tables and temporary tables of the script are none.
    pub reads: Vec<TableUse>,
    /// Tables and views that are made, filled, changed or dropped; temporary ones are none.
    pub writes: Vec<TableUse>,
    /// Functions and procedures that the script makes, temporary ones too.
    pub makes: Vec<TableUse>,
    /// Functions with a dotted name that are called, in lower case, and procedures.
    pub calls: Vec<TableUse>,
    /// Where statements are run whose text is known at run time only.
    pub unknown: Vec<Span>,
}

/// What a script reads, writes, makes and calls.
///
/// # Errors
/// Syntax errors.
pub fn script_uses(text: &str) -> Result<ScriptUses, Problem> {
    let (statements, calls) = parse::script_and_calls(text)?;
    let mut walk = Walk::default();
    walk.block(&statements);
    let mut uses = walk.uses;
    uses.reads = walk.reads.uses;
    for (name, span) in calls {
        note(&mut uses.calls, name, span);
    }
    Ok(uses)
}

fn note(known: &mut Vec<TableUse>, name: String, span: Span) {
    if !known.iter().any(|one| one.name == name) {
        known.push(TableUse { name, span, columns: [].into() });
    }
}

/// `a.b.c` and its place.
fn dotted(path: &[Name]) -> (String, Span) {
    let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
    let span = match path {
        [first, .., last] => first.span.to(last.span),
        _ => path.first().map(|name| name.span).unwrap_or_default(),
    };
    (name, span)
}

#[derive(Default)]
struct Walk {
    /// Its common tables are the temporary tables made so far.
    reads: References,
    uses: ScriptUses,
}

impl Walk {
    fn block(&mut self, block: &Block) {
        block.iter().for_each(|statement| self.statement(statement));
    }

    fn writes(&mut self, path: &[Name]) {
        let (name, span) = dotted(path);
        if !self.reads.common.contains(&name.to_lowercase()) {
            note(&mut self.uses.writes, name, span);
        }
    }

    fn makes(&mut self, path: &[Name]) {
        let (name, span) = dotted(path);
        note(&mut self.uses.makes, name, span);
    }

    fn expressions<'a>(&mut self, expressions: impl IntoIterator<Item = &'a Expression>) {
        expressions.into_iter().for_each(|expression| self.reads.expression(expression));
    }

    /// Conditions with their blocks.
    fn branches(&mut self, branches: &[(Option<Expression>, Block)]) {
        for (condition, block) in branches {
            self.expressions(condition);
            self.block(block);
        }
    }

    /// Writes the target of an UPDATE, DELETE or MERGE, and gives its names to what follows.
    fn target(&mut self, target: &Relation) {
        if let RelationKind::Table { path, .. } = &target.kind {
            self.writes(path);
            self.reads.aliases.extend(path.last().map(|last| last.text.to_lowercase()));
        }
        self.reads.aliases.extend(target.alias.iter().map(|alias| alias.text.to_lowercase()));
    }

    fn statement(&mut self, statement: &Statement) {
        let outer = self.reads.aliases.len();
        self.kind(&statement.kind, statement.span);
        self.reads.aliases.truncate(outer);
    }

    fn kind(&mut self, kind: &StatementKind, span: Span) {
        match kind {
            StatementKind::Query(query) => self.reads.query(query),
            StatementKind::CreateTable(table) => {
                if let Some(like) = &table.like {
                    let (name, span) = dotted(like);
                    note(&mut self.reads.uses, name, span);
                }
                if let Some(query) = &table.query {
                    self.reads.query(query);
                }
                match table.temporary {
                    true => self.reads.common.push(dotted(&table.name).0.to_lowercase()),
                    false => self.writes(&table.name),
                }
            }
            StatementKind::CreateView { name, query, .. } => {
                self.reads.query(query);
                self.writes(name);
            }
            StatementKind::CreateFunction(function) => {
                self.makes(&function.name);
                self.reads.function(function);
            }
            StatementKind::CreateProcedure { name, body, .. } => {
                self.makes(name);
                // What it makes for a while is gone when it ends.
                let outer = self.reads.common.len();
                self.block(body);
                self.reads.common.truncate(outer);
            }
            StatementKind::Insert { table, query, rows, .. } => {
                self.writes(table);
                if let Some(query) = query {
                    self.reads.query(query);
                }
                self.expressions(rows.iter().flatten());
            }
            StatementKind::Update { table, set, from, filter } => {
                self.target(table);
                from.iter().for_each(|item| self.reads.from(item));
                self.expressions(set.iter().map(|(_, value)| value));
                self.expressions(filter);
            }
            StatementKind::Delete { table, filter } => {
                self.target(table);
                self.expressions(filter);
            }
            StatementKind::Merge(merge) => self.merge(merge),
            StatementKind::Truncate { table } | StatementKind::Load { table } => self.writes(table),
            StatementKind::Change { object: Object::Table | Object::View, name } => self.writes(name),
            StatementKind::Change { .. } | StatementKind::Control => {}
            StatementKind::Export { query } => {
                if let Some(query) = query {
                    self.reads.query(query);
                }
            }
            StatementKind::Declare { default, .. } => self.expressions(default),
            StatementKind::Set { value, .. } => self.expressions([value]),
            StatementKind::If(branches) => self.branches(branches),
            StatementKind::Case { operand, branches } => {
                self.expressions(operand);
                self.branches(branches);
            }
            StatementKind::Loop { condition, body } => {
                self.expressions(condition);
                self.block(body);
            }
            StatementKind::For { variable, query, body } => {
                self.reads.query(query);
                self.reads.aliases.push(variable.text.to_lowercase());
                self.block(body);
            }
            StatementKind::Begin { body, exception } => {
                self.block(body);
                exception.iter().for_each(|block| self.block(block));
            }
            StatementKind::Call { name, arguments } => {
                let (name, span) = dotted(name);
                note(&mut self.uses.calls, name.to_lowercase(), span);
                self.expressions(arguments);
            }
            StatementKind::ExecuteImmediate { sql, using, .. } => {
                self.expressions(using);
                self.expressions([sql]);
                self.executed(sql, span);
            }
            StatementKind::Assert { condition } => self.expressions([condition]),
            StatementKind::Raise { message } => self.expressions(message),
        }
    }

    fn merge(&mut self, merge: &Merge) {
        self.target(&merge.target);
        self.reads.relation(&merge.source);
        self.expressions([&merge.condition]);
        for branch in &merge.branches {
            self.expressions(&branch.condition);
            match &branch.action {
                MergeAction::Insert { values, .. } => self.expressions(values),
                MergeAction::Update(set) => self.expressions(set.iter().map(|(_, value)| value)),
                MergeAction::Delete => {}
            }
        }
    }

    /// A text that is run: known where it is one literal, and then its uses are at the statement's place.
    fn executed(&mut self, sql: &Expression, span: Span) {
        let Kind::Text(text) = &sql.kind else { return self.uses.unknown.push(span) };
        let Ok((statements, calls)) = parse::script_and_calls(text) else {
            return self.uses.unknown.push(span);
        };
        let mut inner = Walk::default();
        inner.reads.common.clone_from(&self.reads.common);
        inner.block(&statements);
        self.reads.common = inner.reads.common;
        inner.uses.reads = inner.reads.uses;
        inner.uses.calls.extend(calls.into_iter().map(|(name, span)| TableUse {
            name,
            span,
            columns: [].into(),
        }));
        for (from, to) in [
            (inner.uses.reads, &mut self.reads.uses),
            (inner.uses.writes, &mut self.uses.writes),
            (inner.uses.makes, &mut self.uses.makes),
            (inner.uses.calls, &mut self.uses.calls),
        ] {
            from.into_iter().for_each(|one| note(to, one.name, span));
        }
        self.uses.unknown.extend(inner.uses.unknown.iter().map(|_| span));
    }
}

#[cfg(test)]
mod tests {
    use super::{ScriptUses, TableUse, script_uses};

    fn names(uses: &[TableUse]) -> String {
        uses.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Reads, writes, makes and calls, parted by bars; `?` for each unknown statement.
    fn summary(text: &str) -> String {
        let ScriptUses { reads, writes, makes, calls, unknown } = script_uses(text).unwrap();
        let unknown = "?".repeat(unknown.len());
        [names(&reads), names(&writes), names(&makes), names(&calls), unknown]
            .join(" | ")
            .trim_end()
            .to_owned()
    }

    #[test]
    fn a_temporary_table_is_neither_read_nor_written() {
        let script = "CREATE TEMP TABLE t AS SELECT * FROM d.a; INSERT t SELECT * FROM d.b; \
                      INSERT d.c SELECT * FROM T; DROP TABLE t;";
        assert_eq!(summary(script), "d.a d.b | d.c |  |  |");
    }

    #[test]
    fn a_table_of_that_name_is_read_before_the_temporary_one_is_made() {
        assert_eq!(summary("SELECT * FROM t; CREATE TEMP TABLE t (a INT64)"), "t |  |  |  |");
    }

    #[test]
    fn targets_are_written_and_sources_are_read() {
        let merge = "MERGE d.t AS t USING (WITH x AS (SELECT * FROM d.a) SELECT * FROM x) s ON t.a = s.a \
                     WHEN MATCHED THEN UPDATE SET b = (SELECT MAX(b) FROM d.b) \
                     WHEN NOT MATCHED THEN INSERT (a) VALUES ((SELECT 1 FROM d.e))";
        assert_eq!(summary(merge), "d.a d.b d.e | d.t |  |  |");
        let update = "UPDATE d.t AS t SET a = 1 FROM d.u, u.items AS i WHERE EXISTS (SELECT 1 FROM t.parts)";
        assert_eq!(summary(update), "d.u | d.t |  |  |");
        assert_eq!(summary("DELETE FROM d.t WHERE a IN (SELECT a FROM d.u)"), "d.u | d.t |  |  |");
        assert_eq!(summary("TRUNCATE TABLE d.t; ALTER TABLE d.u DROP COLUMN a"), " | d.t d.u |  |  |");
        assert_eq!(
            summary("CREATE TABLE d.t CLONE d.u; CREATE VIEW d.v AS SELECT * FROM d.w"),
            "d.u d.w | d.t d.v |  |  |"
        );
    }

    #[test]
    fn blocks_and_conditions_are_looked_into() {
        let script = "DECLARE a INT64 DEFAULT (SELECT MAX(a) FROM d.a); \
                      IF EXISTS (SELECT 1 FROM d.b) THEN BEGIN INSERT d.c SELECT 1; EXCEPTION WHEN ERROR THEN SELECT * FROM d.d; END; \
                      ELSE LOOP DELETE d.e WHERE TRUE; LEAVE; END LOOP; END IF; \
                      FOR r IN (SELECT * FROM d.f) DO SELECT * FROM r.items; END FOR;";
        assert_eq!(summary(script), "d.a d.b d.d d.f | d.c d.e |  |  |");
    }

    #[test]
    fn functions_and_procedures_are_made_and_called() {
        let script = "CREATE TEMP FUNCTION f(a INT64) AS ((SELECT MAX(x) FROM d.a)); \
                      CREATE PROCEDURE d.p(a INT64) BEGIN CREATE TEMP TABLE t AS SELECT 1; SELECT * FROM t; END; \
                      CALL d.P(1); SELECT udf.g(f(1)) FROM t";
        assert_eq!(summary(script), "d.a t |  | f d.p | d.p udf.g |");
    }

    #[test]
    fn a_text_that_is_run_is_known_only_where_it_is_a_literal() {
        let script =
            "EXECUTE IMMEDIATE 'INSERT d.a SELECT * FROM d.b'; EXECUTE IMMEDIATE CONCAT('SELECT ', x)";
        assert_eq!(summary(script), "d.b | d.a |  |  | ?");
        assert_eq!(script_uses(script).unwrap().unknown[0].column, 51);
    }

    #[test]
    fn a_use_has_its_place() {
        let uses = script_uses("SELECT 1;\nINSERT INTO `p-1`.d.t SELECT * FROM\n  d.u").unwrap();
        let place = |one: &TableUse| (one.span.line, one.span.column, one.span.length);
        assert_eq!((place(&uses.writes[0]), place(&uses.reads[0])), ((2, 13, 9), (3, 3, 3)));
    }
}
