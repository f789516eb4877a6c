//! Bodies in JavaScript, as far as they can be judged without running them: whether a rerun may give something else. It must
//! never decide what a body gives.

/// What in a body differs from run to run: a clock, or a draw. Words in texts and comments count for nothing.
pub fn varies(body: &str) -> Option<Varies> {
    let code = code_of(body);
    let words = words(&code);
    let is = |place: usize, word: &str| words.get(place).is_some_and(|one| one == word);
    for (place, word) in words.iter().enumerate() {
        let member = |name: &str| is(place + 1, ".") && is(place + 2, name);
        match word.as_str() {
            "Math" if member("random") => return Some(Varies::Random("Math.random")),
            "crypto" if member("getRandomValues") || member("randomUUID") => {
                return Some(Varies::Random("crypto"));
            }
            "Date" if member("now") => return Some(Varies::Clock("Date.now")),
            // `new Date()` is now, and so is `Date()`; `new Date(x)` is what x says.
            "Date" if is(place + 1, "(") && is(place + 2, ")") => return Some(Varies::Clock("Date()")),
            "Date" if place > 0 && is(place - 1, "new") && !is(place + 1, "(") => {
                return Some(Varies::Clock("new Date"));
            }
            "performance" if member("now") => return Some(Varies::Clock("performance.now")),
            _ => {}
        }
    }
    None
}

/// What makes a function give something else at each run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varies {
    Random(&'static str),
    Clock(&'static str),
}

/// A body without its comments and texts. A template text keeps what stands in `${…}`.
fn code_of(body: &str) -> String {
    let mut code = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            '\'' | '"' => text(rest, first),
            other => {
                code.push(if other == '`' { ' ' } else { other });
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    code
}

/// How long a text in quotes is, which ends with its line at the latest.
fn text(rest: &str, quote: char) -> usize {
    let mut letters = rest.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '\n' => return place,
            letter if letter == quote => return place + 1,
            _ => {}
        }
    }
    rest.len()
}

fn words(code: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut within = false;
    for letter in code.chars() {
        let is_part = letter.is_alphanumeric() || letter == '_' || letter == '$';
        match words.last_mut() {
            Some(word) if is_part && within => word.push(letter),
            _ if !letter.is_whitespace() => words.push(letter.to_string()),
            _ => {}
        }
        within = is_part;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Varies, varies};

    #[test]
    fn clocks_and_draws_are_seen_and_nothing_else() {
        for (body, expected) in [
            ("return Math.random();", Some(Varies::Random("Math.random"))),
            ("return Math . random() * x", Some(Varies::Random("Math.random"))),
            ("return Date.now() - x;", Some(Varies::Clock("Date.now"))),
            ("const now = new Date();", Some(Varies::Clock("Date()"))),
            ("const now = new Date;", Some(Varies::Clock("new Date"))),
            ("return `${Math.random()}`", Some(Varies::Random("Math.random"))),
            ("return new Date(x).toISOString();", None),
            ("return Date.UTC(2026, 10, 22);", None),
            ("// Math.random()\nreturn 'Math.random()' + \"new Date()\"; /* Date.now() */", None),
            ("return myMath.random2(); // ok", None),
            ("return \"it\\\"s\" + Math.random()", Some(Varies::Random("Math.random"))),
        ] {
            assert_eq!(varies(body), expected, "{body}");
        }
    }
}
