//! Rules that give the same values, and why: no case can tell them apart.

/// A rule, what may stand in its place, and why. Both ways count.
pub const EQUAL: &[(&str, &str, &str)] = &[
    ("BYTE_LENGTH", "OCTET_LENGTH", "two names of one function"),
    ("CEIL", "CEILING", "two names of one function"),
    ("CHARACTER_LENGTH", "CHAR_LENGTH", "two names of one function"),
    ("POW", "POWER", "two names of one function"),
    ("REGEXP_EXTRACT", "REGEXP_SUBSTR", "two names of one function"),
    ("STDDEV", "STDDEV_SAMP", "two names of one function"),
    ("SUBSTR", "SUBSTRING", "two names of one function"),
    ("VARIANCE", "VAR_SAMP", "two names of one function"),
    ("CURRENT_DATE", "CURRENT_DATETIME", "the form goes by the type of the result"),
    ("CURRENT_DATETIME", "CURRENT_TIME", "the form goes by the type of the result"),
    ("FORMAT_DATE", "FORMAT_DATETIME", "the native function goes by the type of the value"),
    ("FORMAT_DATETIME", "FORMAT_TIME", "the native function goes by the type of the value"),
    ("GENERATE_DATE_ARRAY", "GENERATE_TIMESTAMP_ARRAY", "the native function goes by the type of the values"),
    ("NET.FORMAT_PACKED_IP", "NET.IP_TO_STRING", "the older name does the same"),
    ("NET.IP_FROM_STRING", "NET.PARSE_PACKED_IP", "the older name does the same"),
    ("KLL_QUANTILES.INIT_FLOAT64", "KLL_QUANTILES.INIT_INT64", "one native function gathers both"),
    ("Add of DATE and INT64", "Divide", "the translation knows minus, and all else beside a DATE is plus"),
    ("Add of DATE and INT64", "Multiply", "the translation knows minus, and all else beside a DATE is plus"),
    ("BitNot of BYTES", "Plus", "the translation knows one sign before BYTES"),
    ("SAFE_CAST of FLOAT64 as FLOAT64", "CAST", "no value fails to become what it is"),
    ("SAFE_CAST of STRING as STRING", "CAST", "no value fails to become what it is"),
    ("native strpos", "instr", "instr without a place and a count looks for the first one, too"),
];
