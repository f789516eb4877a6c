//! Regular expressions with RE2's meaning, on STRING and BYTES. Each thread keeps those that it met last. What this
//! finds must be what RE2 finds; where the documentation leaves open what that is, it is an error.

mod class;
mod functions;
mod syntax;

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

pub use functions::ROWS;
use regex::bytes::{CaptureLocations, Regex, RegexBuilder};

use super::text::Units;
use crate::value::Value;

/// How many a thread keeps.
const KEPT: usize = 32;
/// The memory that one may take.
const SIZE: usize = 1 << 23;

/// A regular expression, ready to be used.
pub struct Pattern {
    regex: Regex,
    /// How many groups capture.
    pub groups: usize,
    pub is_empty: bool,
}

struct Kept {
    written: Vec<u8>,
    wide: bool,
    pattern: Rc<Pattern>,
}

thread_local! {
    /// The last one first.
    static PATTERNS: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// The pattern of a regular expression, which is a STRING or BYTES.
pub fn pattern(written: &Value) -> Result<Rc<Pattern>, String> {
    let units = Units::of(written).ok_or_else(|| super::unexpected(std::slice::from_ref(written)))?;
    PATTERNS.with(|patterns| {
        let mut patterns = patterns.borrow_mut();
        let is_it = |kept: &Kept| kept.wide == units.characters && kept.written == units.bytes;
        match patterns.iter().position(is_it) {
            Some(index) => patterns[..=index].rotate_right(1),
            None => {
                let pattern = Rc::new(compiled(units)?);
                patterns.truncate(KEPT - 1);
                patterns.insert(0, Kept { written: units.bytes.to_vec(), wide: units.characters, pattern });
            }
        }
        patterns.first().map(|kept| Rc::clone(&kept.pattern)).ok_or_else(String::new)
    })
}

fn compiled(written: Units) -> Result<Pattern, String> {
    let text: Cow<str> = match written.characters {
        true => String::from_utf8_lossy(written.bytes),
        false => written.bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let wrong = |reason: String| format!("`{text}` is no regular expression: {reason}");
    let translated = syntax::translate(&text, written.characters).map_err(wrong)?;
    if let Some(lacking) = translated.lacking {
        return Err(format!("`{text}`: `{lacking}` is not known here"));
    }
    let regex = RegexBuilder::new(&translated.pattern).unicode(written.characters).size_limit(SIZE).build();
    let regex = regex.map_err(|problem| wrong(reason(&problem)))?;
    Ok(Pattern { regex, groups: translated.groups, is_empty: text.is_empty() })
}

/// How many groups of a regular expression on STRING capture.
///
/// # Errors
/// Why RE2 refuses it.
pub fn groups(written: &str) -> Result<usize, String> {
    let translated = syntax::translate(written, true)?;
    // Only the syntax is asked for: a program of no size is never built.
    match RegexBuilder::new(&translated.pattern).size_limit(0).build() {
        Err(problem @ regex::Error::Syntax(_)) => Err(reason(&problem)),
        _ => Ok(translated.groups),
    }
}

/// What the library says, in one line.
fn reason(problem: &regex::Error) -> String {
    let message = problem.to_string();
    let reason = message.lines().rev().find_map(|line| line.strip_prefix("error: "));
    reason.unwrap_or("it is too large").to_owned()
}

/// Where something matched, in bytes: from, to.
pub type Place = (usize, usize);

/// Matches one after the other, none within another one.
pub struct Matches<'p> {
    pattern: &'p Pattern,
    within: Units<'p>,
    /// The groups of the last match, where there are any.
    groups: Option<CaptureLocations>,
    last: Option<Place>,
    from: usize,
    /// Where the last match ended that was not empty.
    ended: Option<usize>,
}

impl<'p> Matches<'p> {
    pub fn new(pattern: &'p Pattern, within: Units<'p>, from: usize) -> Self {
        let groups = (pattern.groups > 0).then(|| pattern.regex.capture_locations());
        Self { pattern, within, groups, last: None, from, ended: None }
    }

    /// The whole of the next match.
    pub fn find_next(&mut self) -> Option<Place> {
        self.last = None;
        if self.from > self.within.bytes.len() {
            return None;
        }
        let found = match &mut self.groups {
            Some(groups) => self.pattern.regex.captures_read_at(groups, self.within.bytes, self.from),
            None => self.pattern.regex.find_at(self.within.bytes, self.from),
        };
        self.last = found.map(|found| (found.start(), found.end()));
        self.from = match self.last {
            Some((start, end)) if start == end => self.within.next(end),
            Some((_, end)) => end,
            None => self.within.bytes.len() + 1,
        };
        self.last
    }

    /// The whole of the next match; an error where it is empty and right behind another one, which some engines
    /// count and others do not.
    pub fn certain(&mut self) -> Result<Option<Place>, String> {
        let found = self.find_next();
        if let Some((start, end)) = found {
            if start == end && self.ended == Some(start) {
                return Err(
                    "the regular expression matches nothing right behind a match, and whether that counts is not defined: let it match at least one character, `+` instead of `*`"
                        .to_owned(),
                );
            }
            self.ended = (start != end).then_some(end);
        }
        Ok(found)
    }

    /// A group of the last match.
    pub fn group(&self, index: usize) -> Option<Place> {
        match &self.groups {
            _ if index == 0 => self.last,
            Some(groups) => groups.get(index),
            None => None,
        }
    }

    /// What an extraction gives: the one group, or the whole.
    pub fn wanted(&self) -> Option<Place> {
        self.group(self.pattern.groups.min(1))
    }
}

/// Whether there is a match anywhere.
pub fn is_match(pattern: &Pattern, within: Units) -> bool {
    pattern.regex.is_match(within.bytes)
}

#[cfg(test)]
mod tests;
