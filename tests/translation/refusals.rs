//! What must not give a value.

/// Expressions that fail when they run, and a part of the message.
#[rustfmt::skip]
pub const FAILURES: &[(&str, &str)] = &[
    ("1 / 0", "Invalid Input Error: division by zero"),
    ("9223372036854775807 + 1", "Out of Range Error: Overflow in addition of INT64 (9223372036854775807 + 1)!"),
    ("CAST('1.5' AS INT64)", "Invalid Input Error: bad value: 1.5"),
    ("CAST('t' AS BOOL)", "Invalid Input Error: bad value: t"),
    ("[1,2,3][OFFSET(5)]", "Invalid Input Error: array index out of bounds"),
    ("MOD(5,0)", "Invalid Input Error: division by zero"),
    ("DIV(5,0)", "Invalid Input Error: division by zero"),
    ("IF(FALSE, 1, ERROR('no'))", "Invalid Input Error: no"),
    ("0 + (SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) AS x)", "Conversion Error: Type INT128 with value 9223372036854775808 can't be cast because the value is out of range for the destination type INT64"),
    ("CAST('' AS FLOAT64)", "Conversion Error: Could not convert string '' to DOUBLE"),
    ("LN(-1)", "Out of Range Error: cannot take logarithm of a negative number"),
    ("SQRT(-1)", "Out of Range Error: cannot take square root of a negative number"),
    ("POW(-8, 0.5)", "Invalid Input Error: floating point overflow"),
    ("EXP(1000)", "Invalid Input Error: floating point overflow"),
    ("LPAD('abc', 5, '')", "Invalid Input Error: Insufficient padding in LPAD."),
    ("MOD(-9223372036854775808, -1)", "Out of Range Error: Overflow in division of -9223372036854775808 / -1"),
    ("DIV(-9223372036854775808, -1)", "Out of Range Error: Overflow in division of -9223372036854775808 / -1"),
    ("ABS(-9223372036854775808)", "Out of Range Error: Overflow on abs(-9223372036854775808)"),
    ("- (-9223372036854775808)", "Out of Range Error: Overflow in negation of numeric value!"),
];

/// Expressions that are refused before they run, with code and message.
#[rustfmt::skip]
pub const UNTRANSLATABLE: &[(&str, &str)] = &[
    ("PARSE_TIMESTAMP('%s', '0')", "TM0403 PARSE_TIMESTAMP: the format element `%s` is not understood yet"),
    ("'it''s'", r"TM0401 SQL syntax: a quote within a literal is written `\'`"),
    ("DATE '2026-11-22' - DATE '2026-11-01'", "TM0404 `-` does not take DATE and DATE"),
    ("TIMESTAMP_ADD(TIMESTAMP '2026-11-22 10:00:00', INTERVAL 1 MONTH)", "TM0403 TIMESTAMP_ADD: a TIMESTAMP moves by MICROSECOND to DAY; use a DATE or DATETIME"),
    ("'a' || 1", "TM0404 `||` does not take STRING and INT64"),
    ("IF(1, 2, 3)", "TM0404 IF: argument 1 is INT64, not a BOOL"),
    ("SAFE.SUBSTR('abc', 1, -1)", "TM0403 SUBSTR: the count -1 is negative"),
    (r"'\d'", r"TM0401 SQL syntax: `\d` is no escape; write `\\` for a backslash, or r'…'"),
    ("9223372036854775808", "TM0401 SQL syntax: `9223372036854775808` does not fit an INT64; write NUMERIC '9223372036854775808' for a larger number"),
    ("DATE_ADD(DATE '2026-11-20', INTERVAL 1 HOUR)", "TM0403 DATE_ADD: a DATE moves by whole days; use a DATETIME"),
    ("TIMESTAMP_ADD(TIMESTAMP '2026-11-20 00:00:00', INTERVAL 1 MONTH)", "TM0403 TIMESTAMP_ADD: a TIMESTAMP moves by MICROSECOND to DAY; use a DATE or DATETIME"),
    ("DATE_DIFF(DATE '2026-11-20', DATE '2026-11-20', HOUR)", "TM0403 DATE_DIFF: DATEs differ by whole days; use TIMESTAMP_DIFF or DATETIME_DIFF"),
    ("LEFT('abc', -1)", "TM0403 LEFT: the count -1 is negative"),
    ("REGEXP_EXTRACT('k=v', '(.)=(.)')", "TM0403 REGEXP_EXTRACT: a regular expression takes at most one capture group here"),
    ("[[1]]", "TM0404 an array cannot hold arrays; wrap it in a STRUCT"),
    ("DATE '2026-01-01' = '2026-02-30'", "TM0404 `2026-02-30` is no DATE"),
    ("'2026-01-01' || '' = DATE '2026-01-01'", "TM0404 STRING cannot be compared with DATE"),
    ("DATE '2026-01-01' = TIMESTAMP '2026-01-01 00:00:00'", "TM0404 DATE cannot be compared with TIMESTAMP"),
    ("CAST(1 AS DATE)", "TM0404 INT64 cannot be cast to DATE"),
    ("CAST([1] AS STRING)", "TM0404 ARRAY<INT64> cannot be cast to STRING"),
    ("EXTRACT(HOUR FROM DATE '2026-01-01')", "TM0404 EXTRACT takes no such part of DATE"),
    ("EXTRACT(YEAR FROM '2026-01-01')", "TM0404 EXTRACT takes no such part of STRING"),
    ("UPPER(DISTINCT 'a')", "TM0401 UPPER takes no DISTINCT, NULLS, ORDER BY or LIMIT"),
    ("NTILE(0)", "TM0401 NTILE needs a window: `NTILE(…) OVER (…)`"),
    ("CONCAT('a', b'b')", "TM0404 CONCAT: STRING and BYTES do not mix"),
    ("CONCAT([1])", "TM0404 CONCAT: argument 1 is ARRAY<INT64>, not a STRING, nor has it a text"),
    ("[1,2] = [1,2]", "TM0404 ARRAY<INT64> has no equality"),
    ("JSON '1' = JSON '1'", "TM0404 JSON has no equality"),
];
