//! Regular expressions that stand as literals: what RE2 refuses is told before anything runs. It must never decide what a
//! pattern matches.

use super::Resolver;
use crate::diagnostic::Code;
use crate::native::regular::groups;
use crate::sql::Problem;
use crate::sql::tree::{Call, Kind};

/// The functions that take a pattern as their second argument.
const FUNCTIONS: &[&str] = &[
    "REGEXP_CONTAINS",
    "REGEXP_EXTRACT",
    "REGEXP_EXTRACT_ALL",
    "REGEXP_INSTR",
    "REGEXP_REPLACE",
    "REGEXP_SUBSTR",
];

impl Resolver<'_> {
    /// Looks at the literal pattern of a call, and at the literal that replaces what it matches.
    pub(super) fn pattern(&mut self, call: &Call) {
        if !FUNCTIONS.contains(&call.name.as_str()) || call.safe {
            return;
        }
        let Some((span, text)) = call.arguments.get(1).and_then(|one| match &one.kind {
            Kind::Text(text) => Some((one.span, text)),
            _ => None,
        }) else {
            return;
        };
        let groups = match groups(text) {
            Ok(groups) => groups,
            Err(reason) => {
                let message = format!("{}: `{text}` is no regular expression: {reason}", call.name);
                let hint = "patterns are those of RE2: no look-around, no references back";
                return self.problems.push(Problem::new(Code::WrongPattern, span, message).hint(hint));
            }
        };
        if groups > 1 && !matches!(call.name.as_str(), "REGEXP_CONTAINS" | "REGEXP_REPLACE") {
            let message = format!("{} takes a pattern with one group at most, not {groups}", call.name);
            let hint = "make the others groups that capture nothing: `(?:…)`";
            self.problems.push(Problem::new(Code::WrongPattern, span, message).hint(hint));
        }
        if call.name == "REGEXP_REPLACE"
            && let Some(replacement) = call.arguments.get(2)
            && let Kind::Text(text) = &replacement.kind
            && let Some(message) = bad_replacement(text, groups)
        {
            let problem = Problem::new(Code::WrongPattern, replacement.span, message);
            self.problems.push(problem.hint(r"`\\1` to `\\9` stand for groups, `\\0` for all of it, `\\\\` for a backslash; a raw text r'\1' needs no doubling"));
        }
    }
}

/// Why a text cannot replace what a pattern with so many groups matches.
fn bad_replacement(text: &str, groups: usize) -> Option<String> {
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            continue;
        }
        match letters.next() {
            Some('\\') => {}
            Some(digit) if digit.is_ascii_digit() => {
                let group = digit as usize - '0' as usize;
                if group > groups {
                    return Some(format!(
                        r"REGEXP_REPLACE: `\{group}` names a group that the pattern does not have"
                    ));
                }
            }
            Some(other) => {
                return Some(format!(r"REGEXP_REPLACE: `\{other}` means nothing in what replaces"));
            }
            None => return Some("REGEXP_REPLACE: what replaces ends with a backslash".to_owned()),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{bad_replacement, groups};

    #[test]
    fn patterns_that_re2_takes() {
        for (pattern, count) in [
            (r"^(a|b)+\d{2,5}?$", 1),
            (r"\Qa(b*\E(c)", 1),
            (r"\C\x{263A}\pL\p{Greek}\012\07", 0),
            (r"[[a]&&-~]", 0),
            (r"[]a][^]b][+--]", 0),
            ("a{,5}{x}{", 0),
            (r"(?P<name>x)(?i:y)(?:z)", 1),
            (r"a*?b+?c??", 0),
            (r"\bfoo\b|\Afoo\z|[[:alpha:]_-]", 0),
            (r"https?://[^/]+\/(.*)", 1),
            (r"\<b\>", 0),
        ] {
            assert_eq!(groups(pattern), Ok(count), "{pattern}");
        }
    }

    #[test]
    fn patterns_that_re2_refuses() {
        for pattern in [
            "(",
            ")",
            "[a",
            "*a",
            r"a\",
            "(?=a)",
            "(?!a)",
            "(?<=a)b",
            r"(a)\1",
            "a**",
            "a*{2}",
            "a{2}{3}",
            "a++",
            "a{1001}",
            "a{2,1}",
            "(?x)a",
            r"\u0041",
            r"\Z",
            "(?>a)",
            "[z-a]",
            r"\p{Nothing}",
        ] {
            assert!(groups(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn what_replaces() {
        assert_eq!(bad_replacement(r"\1-\\-\0", 1), None);
        for (text, count) in [(r"\2", 1), (r"\n", 1), ("a\\", 0)] {
            assert!(bad_replacement(text, count).is_some(), "{text}");
        }
    }
}
