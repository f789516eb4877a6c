//! Which words are keywords wherever they stand, and which ones only beside others. Words that are not
//! told here are names, and keep the author's letters.

pub use crate::sql::is_reserved;

/// Types that have a name and are not reserved.
const TYPES: &[&str] = &[
    "BIGDECIMAL",
    "BIGINT",
    "BIGNUMERIC",
    "BOOL",
    "BOOLEAN",
    "BYTEINT",
    "BYTES",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "FLOAT64",
    "GEOGRAPHY",
    "INT",
    "INT64",
    "INTEGER",
    "JSON",
    "NUMERIC",
    "SMALLINT",
    "STRING",
    "TIME",
    "TIMESTAMP",
    "TINYINT",
    "UUID",
];

/// Words that are keywords behind another one.
const BEHIND: &[(&str, &str)] = &[
    ("ANY", "TYPE"),
    ("AT", "TIME"),
    ("CURRENT", "ROW"),
    ("FOR", "SYSTEM_TIME"),
    ("FOREIGN", "KEY"),
    ("GROUPING", "SETS"),
    ("NULLS", "FIRST"),
    ("NULLS", "LAST"),
    ("PRIMARY", "KEY"),
    ("TABLESAMPLE", "RESERVOIR"),
    ("TABLESAMPLE", "SYSTEM"),
    ("USING", "MESSAGE"),
    ("WITH", "OFFSET"),
];

/// The parts of a moment that an interval counts.
const PARTS: &[&str] = &[
    "DAY",
    "HOUR",
    "MICROSECOND",
    "MILLISECOND",
    "MINUTE",
    "MONTH",
    "NANOSECOND",
    "QUARTER",
    "SECOND",
    "WEEK",
    "YEAR",
];

/// Reserved words that are also called like functions.
const CALLED: &[&str] = &[
    "ARRAY", "CAST", "COLLATE", "CONTAINS", "CUBE", "EXISTS", "EXTRACT", "GROUPING", "HASH", "IF", "LEFT",
    "RANGE", "RIGHT", "ROLLUP", "STRUCT", "TREAT", "UNNEST",
];

/// Words of statements that define and change things, where no name stands.
const DEFINING: &[&str] = &[
    "ACCESS",
    "ADD",
    "AGGREGATE",
    "ALTER",
    "APPEND",
    "ASSERT",
    "BEGIN",
    "BREAK",
    "CALL",
    "CASCADE",
    "CLONE",
    "CLUSTER",
    "COLUMN",
    "COLUMNS",
    "COMMIT",
    "CONNECTION",
    "CONSTRAINT",
    "CONTINUE",
    "COPY",
    "DATA",
    "DECLARE",
    "DELETE",
    "DETERMINISTIC",
    "DO",
    "DROP",
    "EXECUTE",
    "EXPORT",
    "EXTERNAL",
    "FILES",
    "FILTER",
    "FOREIGN",
    "FUNCTION",
    "GRANT",
    "IMMEDIATE",
    "INDEX",
    "INSERT",
    "ITERATE",
    "KEY",
    "LANGUAGE",
    "LEAVE",
    "LOAD",
    "LOOP",
    "MATERIALIZED",
    "MODEL",
    "OPTIONS",
    "OVERWRITE",
    "POLICY",
    "PRIMARY",
    "PROCEDURE",
    "RAISE",
    "REFERENCES",
    "REMOTE",
    "RENAME",
    "REPEAT",
    "REPLACE",
    "RESTRICT",
    "RETURN",
    "RETURNS",
    "REVOKE",
    "ROLLBACK",
    "ROW",
    "SCHEMA",
    "SEARCH",
    "SNAPSHOT",
    "TABLE",
    "TEMP",
    "TEMPORARY",
    "TRANSACTION",
    "TRUNCATE",
    "TYPE",
    "UNDROP",
    "UPDATE",
    "VALUES",
    "VECTOR",
    "VIEW",
    "WHILE",
];

fn listed(words: &[&str], word: &str) -> bool {
    words.iter().any(|one| one.eq_ignore_ascii_case(word))
}

pub fn is_type(word: &str) -> bool {
    listed(TYPES, word)
}

pub fn is_part(word: &str) -> bool {
    listed(PARTS, word)
}

pub fn is_called(word: &str) -> bool {
    listed(CALLED, word)
}

pub fn is_defining(word: &str) -> bool {
    listed(DEFINING, word)
}

/// Whether a word is a keyword because of the one before it.
pub fn is_keyword_behind(before: &str, word: &str) -> bool {
    BEHIND
        .iter()
        .any(|(first, second)| first.eq_ignore_ascii_case(before) && second.eq_ignore_ascii_case(word))
}
