//! JSONPath, as far as JSON functions take it. Each thread keeps the paths that it met last. JSON functions,
//! "JSONPath format".

use std::cell::RefCell;
use std::rc::Rc;

/// How many a thread keeps.
const KEPT: usize = 16;

/// How a function writes keys that are no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// `$."a.b"`
    Double,
    /// `$['a.b']`, and `$[word]`.
    Single,
}

#[derive(Debug, PartialEq)]
pub struct Step {
    pub name: String,
    /// The position that the name means in an array.
    pub index: Option<usize>,
    /// Whether it stands in brackets.
    pub is_position: bool,
}

impl Step {
    fn new(name: String, is_position: bool) -> Self {
        let index = name.trim().parse().ok();
        Self { name, index, is_position }
    }
}

struct Kept {
    written: String,
    quotes: Quotes,
    steps: Rc<[Step]>,
}

thread_local! {
    /// The last one first.
    static PATHS: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// The steps of a path.
pub fn path(written: &str, quotes: Quotes) -> Result<Rc<[Step]>, String> {
    PATHS.with_borrow_mut(|paths| {
        let is_it = |kept: &Kept| kept.quotes == quotes && kept.written == written;
        match paths.iter().position(is_it) {
            Some(index) => paths[..=index].rotate_right(1),
            None => {
                let steps = parse(written, quotes)?.into();
                paths.truncate(KEPT - 1);
                paths.insert(0, Kept { written: written.to_owned(), quotes, steps });
            }
        }
        paths.first().map(|kept| Rc::clone(&kept.steps)).ok_or_else(String::new)
    })
}

fn parse(written: &str, quotes: Quotes) -> Result<Vec<Step>, String> {
    let wrong = |rest: &str, hint: &str| {
        let hint = if hint.is_empty() { String::new() } else { format!("; {hint}") };
        match rest {
            "" => format!("the JSON path `{written}` ends too early{hint}"),
            rest => format!("the JSON path `{written}` is wrong at `{rest}`{hint}"),
        }
    };
    let Some(mut rest) = written.strip_prefix('$') else {
        return Err(wrong(written, "a path begins with `$`"));
    };
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let at = rest;
        let (name, after, is_position) = if let Some(quoted) = rest.strip_prefix(".\"") {
            match quoted_key(quoted, '"') {
                Some((name, after)) if quotes == Quotes::Double => (name, after, false),
                Some((name, _)) => return Err(wrong(at, &format!("this function writes it `['{name}']`"))),
                None => return Err(wrong(at, "the quotation mark is not closed")),
            }
        } else if let Some(quoted) = rest.strip_prefix("['") {
            match quoted_key(quoted, '\'').and_then(|(name, after)| Some((name, after.strip_prefix(']')?))) {
                Some((name, after)) if quotes == Quotes::Single => (name, after, false),
                Some((name, _)) => return Err(wrong(at, &format!("this function writes it `.\"{name}\"`"))),
                None => return Err(wrong(at, "the key is not closed by `']`")),
            }
        } else if let Some(plain) = rest.strip_prefix('.') {
            let (name, after) = plain.split_at(word(plain));
            (name.to_owned(), after, false)
        } else if let Some(plain) = rest.strip_prefix('[') {
            let (name, after) = plain.split_at(word(plain));
            let is_position = name
                .trim()
                .strip_prefix('-')
                .unwrap_or(name.trim())
                .bytes()
                .all(|digit| digit.is_ascii_digit());
            match after.strip_prefix(']') {
                Some(after) if is_position || quotes == Quotes::Single => {
                    (name.to_owned(), after, is_position)
                }
                _ => return Err(wrong(at, "a position is a number in brackets")),
            }
        } else {
            return Err(wrong(at, "what follows begins with `.` or `[`"));
        };
        if name.is_empty() && !at.starts_with(".\"") && !at.starts_with("['") {
            return Err(wrong(at, "other keys than words have to be quoted"));
        }
        steps.push(Step::new(name, is_position));
        rest = after;
    }
    Ok(steps)
}

/// How long the word is that a text begins with: letters, digits, `_`, `-`, `:` and spaces.
fn word(text: &str) -> usize {
    let is_part = |letter: char| letter.is_alphanumeric() || "_-: \t\n\r\u{c}".contains(letter);
    text.find(|letter| !is_part(letter)).unwrap_or(text.len())
}

/// A key up to the quotation mark that closes it, and what follows. Before that mark a backslash escapes it.
fn quoted_key(text: &str, quote: char) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return Some((name, &text[at + 1..]));
        }
        if letter == '\\' {
            let (_, escaped) = letters.next()?;
            if escaped != quote {
                name.push('\\');
            }
            name.push(escaped);
        } else {
            name.push(letter);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(written: &str, quotes: Quotes) -> Vec<String> {
        parse(written, quotes).unwrap().into_iter().map(|step| step.name).collect()
    }

    #[test]
    fn keys_and_positions() {
        assert!(names("$", Quotes::Double).is_empty());
        assert_eq!(names("$.a-b.c_d[0][12]", Quotes::Double), ["a-b", "c_d", "0", "12"]);
        assert_eq!(names(r#"$."a.b"."c\"d".é"#, Quotes::Double), ["a.b", "c\"d", "é"]);
        assert_eq!(names("$['a.b']['it\\'s'][x]", Quotes::Single), ["a.b", "it's", "x"]);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for written in [
            "", "a", "$a", "$.", "$..a", "$.a.", "$.a[", "$.a[]", "$[*]", "$.*", "$.a@b", "lax $.a", " $",
            "$.\"a", "$['a'",
        ] {
            assert!(parse(written, Quotes::Double).is_err(), "{written}");
            assert!(parse(written, Quotes::Single).is_err(), "{written}");
        }
        assert!(parse("$['a']", Quotes::Double).unwrap_err().contains(".\"a\""));
        assert!(parse("$.\"a\"", Quotes::Single).unwrap_err().contains("['a']"));
        assert!(parse("$[a]", Quotes::Double).is_err());
    }
}
