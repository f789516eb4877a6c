//! RE2's syntax, corner by corner: what it takes, what it means, what it refuses. From RE2's page of its syntax.

use super::*;

fn found(written: &str, within: &str) -> Result<Option<String>, String> {
    let pattern = pattern(&Value::string(written))?;
    let mut matches = Matches::new(&pattern, Units { bytes: within.as_bytes(), characters: true }, 0);
    Ok(matches.find_next().map(|(start, end)| within[start..end].to_owned()))
}

#[test]
fn classes_know_ascii_only() {
    for (written, within, expected) in [
        (r"\d+", "٣3", Some("3")),
        (r"\w+", "äb", Some("b")),
        (r"\W", "aä", Some("ä")),
        (r"\s", "a\u{b}\u{a0} ", Some(" ")),
        (r"[\s]", "\u{c}", Some("\u{c}")),
        (r"\bb", "äb", Some("b")),
        (r"[^\d]", "1٣", Some("٣")),
        (r"[\D1]+", "123a", Some("1")),
        (r"[[:alpha:]]+", "äab", Some("ab")),
        (r"[[:^alpha:]]+", "aä1", Some("ä1")),
        (r"\pL+", "1äb", Some("äb")),
        (r"\p{Greek}", "aα", Some("α")),
        (r"\p{^Greek}", "αa", Some("a")),
        (r"(?i)Ä", "ä", Some("ä")),
        (r"[^\S]", " ", Some(" ")),
    ] {
        assert_eq!(found(written, within).unwrap().as_deref(), expected, "{written}");
    }
}

#[test]
fn what_is_no_operator_stands_for_itself() {
    for (written, within, expected) in [
        ("a{,2}", "a{,2}", Some("a{,2}")),
        ("{", "{", Some("{")),
        ("a{1", "a{1", Some("a{1")),
        ("}", "}", Some("}")),
        ("]", "]", Some("]")),
        ("[]a]+", "]a", Some("]a")),
        ("[^]a]", "]b", Some("b")),
        ("[a-]+", "a-", Some("a-")),
        (r"[\w-.]+", "a-.", Some("a-.")),
        ("[a&&b]+", "&b", Some("&b")),
        ("[a[b]+", "[a", Some("[a")),
        ("[--/]+", "-./", Some("-./")),
        (r"\Qa.b\E+", "a.bb", Some("a.bb")),
        (r"\_\-\/\ ", "_-/ ", Some("_-/ ")),
        (r"\x41\x{42}\103", "ABC", Some("ABC")),
        (r"\.", "a.", Some(".")),
        ("#x y", "#x y", Some("#x y")),
        ("a$", "a\n", None),
        ("(?m)a$", "a\n", Some("a")),
        ("a.b", "a\nb", None),
        ("(?s)a.b", "a\nb", Some("a\nb")),
        ("(?U)a+", "aa", Some("a")),
        ("a+?", "aa", Some("a")),
        ("(?P<n>a)(?<m>b)", "ab", Some("ab")),
        ("(?i:A)b", "ab", Some("ab")),
        ("a|ab", "ab", Some("a")),
    ] {
        assert_eq!(found(written, within).unwrap().as_deref(), expected, "{written}");
    }
}

#[test]
fn what_re2_refuses_is_refused() {
    for written in [
        "(",
        ")",
        "a**",
        "a+*",
        "*a",
        "a{2}{3}",
        "a++",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?x)a",
        "(?u)a",
        r"\1",
        r"(a)\1",
        r"\8",
        r"\Z",
        r"\y",
        "[a",
        "[b-a]",
        r"[a-\d]",
        "[[:foo:]]",
        "a{1001}",
        "a{3,2}",
        r"\p{greek}",
        r"\p{Letter}",
        r"\",
        "(?P<a>x)(?P<a>y)",
        "(?P<>x)",
        r"\x{110000}",
        r"[\b]",
        "a|*",
        "(?i)*",
    ] {
        assert!(groups(written).is_err(), "{written}");
    }
}

#[test]
fn bytes_are_matched_one_by_one() {
    let pattern = pattern(&Value::Bytes(b"[\xe0-\xff].\\x80"[..].into())).unwrap();
    let bytes = b"a\xffb\x80";
    let mut matches = Matches::new(&pattern, Units { bytes, characters: false }, 0);
    assert_eq!(matches.find_next(), Some((1, 4)));
}

#[test]
fn what_is_not_found_alike_is_refused_but_known() {
    for written in [r"a\B", r"\C"] {
        assert_eq!(groups(written), Ok(0));
        assert!(found(written, "a").is_err(), "{written}");
    }
}
