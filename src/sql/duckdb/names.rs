//! Tables in translated SQL: each carries a mark, so that its name can be replaced by another one, or by a
//! query, without touching what only looks like it.

use std::collections::BTreeSet;

use super::{identifier, text};

/// Replaces the marked tables of a translated query by what `rename` gives for their dotted names; where it
/// gives nothing, the name stays. The marks of the others stay too.
pub fn map_tables(sql: &str, rename: &mut dyn FnMut(&str) -> Option<String>) -> String {
    text::replace(sql, &mut |part| match part {
        text::Part::Table(name) => rename(name),
        text::Part::Parameter(_) => None,
    })
}

/// Puts the queries of views, `query` by name, in front of a query that reads them, each once, so that it
/// reads what the definitions say and not what stands in the warehouse.
pub fn with_views<'a>(sql: &str, query: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let mut seen = BTreeSet::new();
    let mut tables = Vec::new();
    let body = through_views(sql, query, &mut seen, &mut tables);
    if tables.is_empty() { body } else { format!("WITH {} ({body})", tables.join(", ")) }
}

fn through_views<'a>(
    sql: &str,
    query: &dyn Fn(&str) -> Option<&'a str>,
    seen: &mut BTreeSet<String>,
    tables: &mut Vec<String>,
) -> String {
    map_tables(sql, &mut |name| {
        let text = query(name)?;
        // No name of GoogleSQL looks like this.
        let own = identifier(&format!("(view {name})"));
        if seen.insert(name.to_owned()) {
            let text = through_views(text, query, seen, tables);
            tables.push(format!("{own} AS NOT MATERIALIZED ({text})"));
        }
        Some(own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marked_tables_are_renamed() {
        let sql =
            r#"SELECT '/*table*/"a"."b" it''s', "x"."y" / 2 FROM /*table*/"a"."b" AS "a", /*table*/"_stage""#;
        let mapped = map_tables(sql, &mut |name| (name == "a.b").then(|| "\"c\".\"d\"".to_owned()));
        assert_eq!(
            mapped,
            r#"SELECT '/*table*/"a"."b" it''s', "x"."y" / 2 FROM "c"."d" AS "a", /*table*/"_stage""#
        );
    }

    #[test]
    fn views_stand_in_front_each_once_and_after_what_they_read() {
        let views = |name: &str| match name {
            "v.two" => Some(r#"SELECT 2 FROM /*table*/"v"."one", /*table*/"v"."one""#),
            "v.one" => Some(r#"SELECT 1 FROM /*table*/"t"."x""#),
            _ => None,
        };
        let sql =
            with_views(r#"SELECT 3 FROM /*table*/"v"."two", /*table*/"v"."one", /*table*/"t"."x""#, &views);
        let one = r#""(view v.one)" AS NOT MATERIALIZED (SELECT 1 FROM /*table*/"t"."x")"#;
        let two = r#""(view v.two)" AS NOT MATERIALIZED (SELECT 2 FROM "(view v.one)", "(view v.one)")"#;
        assert_eq!(
            sql,
            format!(r#"WITH {one}, {two} (SELECT 3 FROM "(view v.two)", "(view v.one)", /*table*/"t"."x")"#)
        );
    }
}
