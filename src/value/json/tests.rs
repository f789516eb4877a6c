//! Documents and their texts.

use super::{Document, Wide};

#[test]
fn texts_are_brought_to_one_form() {
    for (text, expected) in [
        (r#" {"b" : 1, "a": [ true , null ], "b": 2} "#, r#"{"a":[true,null],"b":1}"#),
        ("1e2", "100.0"),
        ("1e15", "1e+15"),
        ("123456789012345.0", "123456789012345.0"),
        ("1234567890123456.0", "1.234567890123456e+15"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("-0.0", "-0.0"),
        ("-0", "0"),
        ("1.50", "1.5"),
        ("5e-324", "5e-324"),
        ("18446744073709551615", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
        (r#""\u0041\/\ud83d\ude00\u001f\u007f\b""#, "\"A/😀\\u001f\u{7f}\\b\""),
    ] {
        assert_eq!(Document::parse(text, Wide::Exact).unwrap().compact(), expected, "{text}");
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        " ",
        "[1,]",
        "[1 2]",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "nan",
        "tru",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\ud83d\"",
        "\"\\udc00\"",
        "\"\n\"",
        "1 2",
        "[",
        "{\"a\":",
        "]",
        "\"\\",
    ] {
        assert!(Document::parse(text, Wide::Round).is_err(), "{text}");
    }
    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(Document::parse(&nested(500), Wide::Exact).is_ok());
    assert!(Document::parse(&nested(501), Wide::Exact).unwrap_err().contains("500 levels"));
    assert!(Document::parse(&nested(1_000_000), Wide::Exact).is_err());
}

#[test]
fn numbers_that_lose_digits_are_refused_or_rounded() {
    for (text, rounded) in [
        ("922337203685477580701", Some("9.223372036854776e+20")),
        ("18446744073709551616", Some("1.8446744073709552e+19")),
        ("0.1234567890123456789", Some("0.12345678901234568")),
        ("9007199254740993.0", Some("9007199254740992.0")),
        ("1e-400", Some("0.0")),
        ("1e400", None),
        ("1e23", Some("9.999999999999999e+22")),
        ("50000000000000000000000", Some("4.9999999999999995e+22")),
    ] {
        assert!(Document::parse(text, Wide::Exact).is_err(), "{text}");
        let document = Document::parse(text, Wide::Round).ok();
        let expected = rounded.map(|text| Document::parse(text, Wide::Round).unwrap());
        assert_eq!(document, expected, "{text}");
    }
}

#[test]
fn an_item_a_line_where_it_is_for_reading() {
    let document = Document::parse(r#"{"id":1,"none":[],"list":[10,{}]}"#, Wide::Exact).unwrap();
    let expected = "{\n  \"id\": 1,\n  \"list\": [\n    10,\n    {}\n  ],\n  \"none\": []\n}";
    assert_eq!(document.pretty(), expected);
}
