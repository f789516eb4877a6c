//! Regular expressions that stand as literals: what RE2 refuses is told before anything runs. It must never decide what a
//! pattern matches.

use regex::RegexBuilder;

use super::Resolver;
use crate::diagnostic::Code;
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

/// Most repetitions that RE2 takes.
const MOST_REPETITIONS: u32 = 1_000;

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

/// How many groups a pattern captures.
///
/// # Errors
/// Why RE2 refuses it.
fn groups(pattern: &str) -> Result<usize, String> {
    let mut translation = Translation::default();
    translation.all(pattern)?;
    // Only the syntax is asked for: a program of no size is never built.
    match RegexBuilder::new(&translation.rust).size_limit(0).build() {
        Err(regex::Error::Syntax(message)) => {
            let reason = message.lines().rev().find_map(|line| line.strip_prefix("error: "));
            Err(reason.unwrap_or("its syntax is wrong").to_owned())
        }
        _ => Ok(translation.groups),
    }
}

/// A pattern of RE2 on its way to the notation of the library that reads it here.
#[derive(Default)]
struct Translation {
    rust: String,
    groups: usize,
}

impl Translation {
    fn all(&mut self, pattern: &str) -> Result<(), String> {
        let mut rest = pattern;
        // Whether a repetition stands before, that nothing may repeat again.
        let mut repeated = false;
        while let Some(first) = rest.chars().next() {
            let taken = match first {
                '\\' => self.escape(rest)?,
                '[' => self.class(rest)?,
                '(' => self.group(rest)?,
                '*' | '+' | '?' => self.repetition(rest, 1, repeated)?,
                '{' => match repetition(rest) {
                    Some((taken, most)) if most > MOST_REPETITIONS => {
                        return Err(format!(
                            "`{}`: more than {MOST_REPETITIONS} repetitions",
                            &rest[..taken]
                        ));
                    }
                    Some((taken, _)) => self.repetition(rest, taken, repeated)?,
                    None => {
                        self.rust.push_str(r"\{");
                        1
                    }
                },
                other => self.keep(&rest[..other.len_utf8()]),
            };
            repeated = match first {
                '*' | '+' | '?' => true,
                '{' => repetition(rest).is_some(),
                _ => false,
            };
            rest = &rest[taken..];
        }
        Ok(())
    }

    /// A repetition of so many bytes, with the `?` behind it that makes it lazy.
    fn repetition(&mut self, rest: &str, length: usize, repeated: bool) -> Result<usize, String> {
        if repeated {
            return Err(format!("`{}` repeats a repetition", &rest[..length]));
        }
        let lazy = usize::from(rest[length..].starts_with('?'));
        Ok(self.keep(&rest[..length + lazy]))
    }

    fn keep(&mut self, text: &str) -> usize {
        self.rust.push_str(text);
        text.len()
    }

    /// What stands behind a backslash.
    fn escape(&mut self, rest: &str) -> Result<usize, String> {
        let behind = &rest[1..];
        let is_octal = |digit: char| ('0'..='7').contains(&digit);
        match behind.chars().next() {
            Some('Q') => {
                let quoted = &behind[1..];
                let (text, taken) = match quoted.find(r"\E") {
                    Some(end) => (&quoted[..end], end + 4),
                    None => (quoted, rest.len()),
                };
                self.rust.push_str(&regex::escape(text));
                Ok(taken)
            }
            Some('C') => {
                self.rust.push('.');
                Ok(2)
            }
            Some(escaped @ ('u' | 'U')) => {
                Err(format!(r"`\{escaped}` is no escape; a character by its number is `\x{{263A}}`"))
            }
            Some(escaped @ ('<' | '>')) => {
                self.rust.push(escaped);
                Ok(2)
            }
            Some(digit) if is_octal(digit) => {
                let digits = behind.chars().take(3).take_while(|one| is_octal(*one)).count();
                if digit != '0' && digits == 1 {
                    return Err(format!(r"references back such as `\{digit}` are not known"));
                }
                self.rust.push('0');
                Ok(1 + digits)
            }
            Some('x' | 'p' | 'P') if behind[1..].starts_with('{') => {
                let end = behind.find('}').ok_or("a `{` is not closed")?;
                Ok(self.keep(&rest[..end + 2]))
            }
            Some(other) => Ok(self.keep(&rest[..1 + other.len_utf8()])),
            None => Err("it ends with a backslash".to_owned()),
        }
    }

    /// A class in square brackets, in which a bracket and doubled signs mean themselves.
    fn class(&mut self, rest: &str) -> Result<usize, String> {
        let mut at = self.keep("[");
        if rest[at..].starts_with('^') {
            at += self.keep("^");
        }
        // The first one does not close.
        if rest[at..].starts_with(']') {
            self.rust.push_str(r"\]");
            at += 1;
        }
        while let Some(next) = rest[at..].chars().next() {
            match next {
                ']' => return Ok(at + self.keep("]")),
                '\\' => at += self.escape(&rest[at..])?,
                '[' => match rest[at..].strip_prefix("[:").and_then(|named| named.find(":]")) {
                    Some(end) => at += self.keep(&rest[at..at + end + 4]),
                    None => {
                        self.rust.push_str(r"\[");
                        at += 1;
                    }
                },
                '&' | '~' => {
                    self.rust.push('\\');
                    at += self.keep(&rest[at..=at]);
                }
                '-' if rest[at..].starts_with("--") => {
                    self.rust.push_str(r"\-\-");
                    at += 2;
                }
                other => at += self.keep(&rest[at..at + other.len_utf8()]),
            }
        }
        Err("a `[` is not closed".to_owned())
    }

    fn group(&mut self, rest: &str) -> Result<usize, String> {
        let Some(behind) = rest.strip_prefix("(?") else {
            self.groups += 1;
            return Ok(self.keep("("));
        };
        let is_named = behind.starts_with("P<")
            || (behind.starts_with('<') && !behind.starts_with("<=") && !behind.starts_with("<!"));
        if is_named {
            self.groups += 1;
        } else if let Some(flag) = behind
            .chars()
            .take_while(|one| one.is_alphabetic() || *one == '-')
            .find(|one| "xuR".contains(*one))
        {
            return Err(format!("there is no flag `{flag}`"));
        }
        Ok(self.keep("(?"))
    }
}

/// `{2}`, `{2,}` or `{2,5}`: how long it is, and the larger number. Other brackets mean themselves.
fn repetition(rest: &str) -> Option<(usize, u32)> {
    let end = rest.find('}')?;
    let (least, most) = match rest[1..end].split_once(',') {
        Some((least, "")) => (least, least),
        Some((least, most)) => (least, most),
        None => (&rest[1..end], &rest[1..end]),
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |text: &str| text.parse().unwrap_or(u32::MAX);
    (is_number(least) && is_number(most)).then(|| (end + 1, number(least).max(number(most))))
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
