//! Translated SQL read again, token by token, so that what stands in a literal, a quoted name or another comment is never
//! taken for a table or a parameter. It knows DuckDB's lexical structure and no grammar; it must never read GoogleSQL.

use super::literal;

/// The comment that stands before every table of a translated query. The text runs with it, too.
const TABLE: &str = "/*table*/";

/// A table's name with the mark by which it is found again.
pub(super) fn marked(name: &str) -> String {
    format!("{TABLE}{name}")
}

/// A part of a translated query that something else may take the place of.
pub(super) enum Part<'a> {
    /// A marked table, by its dotted name.
    Table(&'a str),
    /// `$1`, by its number.
    Parameter(usize),
}

/// Puts what `other` gives into the places of tables and parameters; where it gives nothing, the part stays with its mark.
pub(super) fn replace(sql: &str, other: &mut dyn FnMut(Part) -> Option<String>) -> String {
    let mut replaced = String::with_capacity(sql.len());
    let (mut copied, mut at) = (0, 0);
    while at < sql.len() {
        let Some(length) = token(&sql.as_bytes()[at..]) else {
            // Run as it is, it could read other tables than those that are meant.
            let reason = "the translated query cannot be read: a literal, name or comment in it does not end";
            return format!("SELECT error({})", literal(reason));
        };
        let (start, written) = (at, &sql[at..at + length]);
        at += length;
        let found = if written == TABLE {
            let (length, name) = path(&sql[at..]);
            at += length;
            other(Part::Table(&name))
        } else {
            let number = written.strip_prefix('$').and_then(|digits| digits.parse().ok());
            number.and_then(|number| other(Part::Parameter(number)))
        };
        if let Some(found) = found {
            replaced.push_str(&sql[copied..start]);
            replaced.push_str(&found);
            copied = at;
        }
    }
    replaced.push_str(&sql[copied..]);
    replaced
}

/// The length of the token that a text begins with; none where it does not end. What stands for itself is cut into single
/// characters.
fn token(sql: &[u8]) -> Option<usize> {
    match sql {
        [b'e' | b'E', b'\'', ..] => escaped(sql),
        [quote @ (b'\'' | b'"'), ..] => quoted(sql, *quote),
        [b'-', b'-', ..] => Some(run(sql, |byte| byte != b'\n')),
        [b'/', b'*', ..] => comment(sql),
        [b'$', rest @ ..] => match run(rest, is_word) {
            length if rest.get(length) == Some(&b'$') && !rest[0].is_ascii_digit() => {
                let tag = &sql[..length + 2];
                let end = sql[tag.len()..].windows(tag.len()).position(|bytes| bytes == tag)?;
                Some(end + 2 * tag.len())
            }
            length => Some(1 + length),
        },
        [first, ..] if is_word(*first) => Some(run(sql, |byte| is_word(byte) || byte == b'$')),
        _ => Some(1),
    }
}

/// Letters of other alphabets are parts of words, so that no token ends within a character.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn run(sql: &[u8], goes_on: impl Fn(u8) -> bool) -> usize {
    sql.iter().position(|byte| !goes_on(*byte)).unwrap_or(sql.len())
}

/// `'…'` or `"…"`, in which a doubled quote stands for one.
fn quoted(sql: &[u8], quote: u8) -> Option<usize> {
    let mut end = 1;
    loop {
        end += run(&sql[end..], |byte| byte != quote) + 1;
        match sql.get(end) {
            _ if end > sql.len() => return None,
            Some(next) if *next == quote => end += 1,
            _ => return Some(end),
        }
    }
}

/// `E'…'`, in which a backslash takes the next character with it.
fn escaped(sql: &[u8]) -> Option<usize> {
    let mut end = 2;
    loop {
        match sql.get(end..)? {
            [b'\\', _, ..] | [b'\'', b'\'', ..] => end += 2,
            [b'\'', ..] => return Some(end + 1),
            [_, ..] => end += 1,
            [] => return None,
        }
    }
}

/// `/* … */`, which may hold another.
fn comment(sql: &[u8]) -> Option<usize> {
    let (mut end, mut open) = (0, 0);
    loop {
        match sql.get(end..)? {
            [b'/', b'*', ..] => (end, open) = (end + 2, open + 1),
            [b'*', b'/', ..] if open == 1 => return Some(end + 2),
            [b'*', b'/', ..] => (end, open) = (end + 2, open - 1),
            [_, ..] => end += 1,
            [] => return None,
        }
    }
}

/// Quoted names joined by dots at the head of a text: their length, and the names without quotes.
fn path(sql: &str) -> (usize, String) {
    let mut length = 0;
    let mut path = String::new();
    while sql[length..].starts_with('"')
        && let Some(name) = quoted(&sql.as_bytes()[length..], b'"')
    {
        path.push_str(&sql[length + 1..length + name - 1].replace("\"\"", "\""));
        length += name;
        if !sql[length..].starts_with(".\"") {
            break;
        }
        path.push('.');
        length += 1;
    }
    (length, path)
}

/// Numbers the parameters that a query uses without gaps, since DuckDB takes no value that is not used. Gives the numbers that
/// they had, in their new order.
pub fn number_parameters(sql: &str) -> (String, Vec<usize>) {
    let mut used = Vec::new();
    let numbered = replace(sql, &mut |part| match part {
        Part::Table(_) => None,
        Part::Parameter(number) => {
            let known = used.iter().position(|one| *one == number);
            let position = known.unwrap_or_else(|| {
                used.push(number);
                used.len() - 1
            });
            Some(format!("${}", position + 1))
        }
    });
    (numbered, used)
}

/// Puts literals in the places of the parameters, `$1` the first one. One that has no value stays.
pub fn with_parameters(sql: &str, values: &[String]) -> String {
    replace(sql, &mut |part| match part {
        Part::Table(_) => None,
        Part::Parameter(number) => values.get(number.checked_sub(1)?).map(|value| literal(value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_and_literals_are_not_touched() {
        let sql = r#"SELECT 'CAST($1 AS', "a$1", CAST($3 AS TIMESTAMPTZ) - CAST($1 AS DATE), '日', $3 /* $2 */ FROM t"#;
        let (numbered, used) = number_parameters(sql);
        assert_eq!(
            numbered,
            r#"SELECT 'CAST($1 AS', "a$1", CAST($1 AS TIMESTAMPTZ) - CAST($2 AS DATE), '日', $1 /* $2 */ FROM t"#
        );
        assert_eq!(used, [3, 1]);
        assert_eq!(number_parameters("SELECT '$1'"), ("SELECT '$1'".to_owned(), vec![]));
    }

    #[test]
    fn quotes_within_quotes_do_not_end_them() {
        let mut seen = Vec::new();
        let sql = "SELECT 'it''s /*table*/\"a\"', E'\\n', \"q\"\"$1\"\nFROM /*table*/\"a\"\"b\".\"c\" AS \"d\" -- $1\n, [1]";
        let same = replace(sql, &mut |part| {
            seen.push(match part {
                Part::Table(name) => name.to_owned(),
                Part::Parameter(number) => number.to_string(),
            });
            None
        });
        assert_eq!(same, sql);
        assert_eq!(seen, ["a\"b.c"]);
    }

    #[test]
    fn nothing_is_looked_for_in_what_is_one_token() {
        for text in [
            r"SELECT e'it\'s $1', E'\\', $1",
            "SELECT /* /* $2 */ $3 */ $1",
            "SELECT $$ $2 ' $$, $tag$ $3 $$ $tag$, $1",
            "SELECT a$2, é$3, \"$2\"\"$3\", $1",
        ] {
            assert_eq!(number_parameters(text), (text.to_owned(), vec![1]), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_does_not_run() {
        for text in ["SELECT 'a", "SELECT \"a\"\"", "SELECT /* /* */", "SELECT $a$ $", "SELECT E'\\'"] {
            let (numbered, used) = number_parameters(text);
            assert!(numbered.starts_with("SELECT error('the translated query"), "{text}");
            assert!(used.is_empty());
        }
    }
}
