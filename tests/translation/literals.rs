//! Literals and their escapes.

use super::Case;

#[rustfmt::skip]
pub const CASES: &[Case] = &[
    ("-9223372036854775808", "-9223372036854775808", "INT64"),
    ("0xFF", "255", "INT64"),
    ("1e3", "1000.0", "FLOAT64"),
    (".5", "0.5", "FLOAT64"),
    (r"'it\'s'", "it's", "STRING"),
    (r#""dq \"x\"""#, r#"dq "x""#, "STRING"),
    (r"r'\d+'", r"\d+", "STRING"),
    (r"'a\nb'", "a\nb", "STRING"),
    (r"'\x41\u00e9\101'", "AéA", "STRING"),
    ("'''tri'ple'''", "tri'ple", "STRING"),
    (r#""""x""""#, "x", "STRING"),
    (r"b'\x00\xff'", r"\x00\xFF", "BYTES"),
    (r"'back\\slash'", r"back\slash", "STRING"),
    (r"'\`'", "`", "STRING"),
    ("'a' || 'b'", "ab", "STRING"),
    (r"r'\x41'", r"\x41", "STRING"),
    ("'a' < 'B'", "false", "BOOL"),
    ("b'a' < b'b'", "true", "BOOL"),
];
