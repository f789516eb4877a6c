//! RE2's regular expressions written as those of the `regex` crate: both match alike, but RE2's `\d`, `\w`, `\s` and `\b`
//! know ASCII only, it takes braces that count nothing for themselves, and it refuses what the other takes.
//! It must let nothing through that RE2 refuses or reads in another way.

use super::class::Class;

/// How often RE2 lets anything be repeated at most.
const MOST_REPEATED: u32 = 1000;

/// A regular expression for the `regex` crate.
#[derive(Debug)]
pub struct Translated {
    pub pattern: String,
    /// How many groups capture.
    pub groups: usize,
    /// What of it the crate does not find as RE2 does.
    pub lacking: Option<&'static str>,
}

/// Reads a regular expression; `wide` says whether it is for characters or for single bytes, each one a `char` here.
///
/// # Errors
/// Why RE2 refuses it.
pub fn translate(written: &str, wide: bool) -> Result<Translated, String> {
    let mut reader =
        Reader { rest: written, wide, pattern: String::new(), groups: 0, names: Vec::new(), lacking: None };
    reader.read()?;
    Ok(Translated { pattern: reader.pattern, groups: reader.groups, lacking: reader.lacking })
}

pub(super) struct Reader<'p> {
    pub(super) rest: &'p str,
    pub(super) wide: bool,
    pub(super) pattern: String,
    groups: usize,
    names: Vec<&'p str>,
    lacking: Option<&'static str>,
}

/// What the last thing read was: something that may be repeated, something repeated, or neither.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Operand,
    Repeated,
}

impl<'p> Reader<'p> {
    pub(super) fn next(&mut self) -> Option<char> {
        let found = self.rest.chars().next()?;
        self.rest = &self.rest[found.len_utf8()..];
        Some(found)
    }

    pub(super) fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn read(&mut self) -> Result<(), String> {
        let mut last = Last::Nothing;
        let mut depth = 0_usize;
        while let Some(found) = self.next() {
            last = match found {
                '(' => {
                    let opens = self.group()?;
                    depth += usize::from(opens);
                    Last::Nothing
                }
                ')' => {
                    depth = depth.checked_sub(1).ok_or("there is a `)` too many")?;
                    self.pattern.push(')');
                    Last::Operand
                }
                '|' => {
                    self.pattern.push('|');
                    Last::Nothing
                }
                '*' | '+' | '?' => {
                    self.pattern.push(found);
                    self.repeated(last, found.to_string())?
                }
                '{' => match self.counted()? {
                    Some(count) => {
                        self.pattern.push_str(&count);
                        self.repeated(last, count)?
                    }
                    None => self.literal('{'),
                },
                '[' => {
                    let class = Class::read(self)?;
                    self.pattern.push_str(&class);
                    Last::Operand
                }
                '\\' => self.escape()?,
                '.' | '^' | '$' => {
                    self.pattern.push(found);
                    Last::Operand
                }
                literal => self.literal(literal),
            };
        }
        if depth > 0 {
            return Err("a `)` is missing".to_owned());
        }
        Ok(())
    }

    fn literal(&mut self, found: char) -> Last {
        self.pattern.push_str(&escaped(found, self.wide));
        Last::Operand
    }

    fn repeated(&mut self, last: Last, operator: String) -> Result<Last, String> {
        match last {
            Last::Nothing => Err(format!("`{operator}` has nothing to repeat")),
            Last::Repeated => Err(format!("`{operator}` repeats what is repeated already")),
            Last::Operand => {
                if self.take("?") {
                    self.pattern.push('?');
                }
                Ok(Last::Repeated)
            }
        }
    }

    /// `{2}`, `{2,}` or `{2,3}` after its brace; anything else is a brace and what follows it.
    fn counted(&mut self) -> Result<Option<String>, String> {
        let Some((count, rest)) = self.rest.split_once('}') else { return Ok(None) };
        let (low, high) = count.split_once(',').unwrap_or((count, count));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(low) || !(high.is_empty() || is_number(high)) {
            return Ok(None);
        }
        let bound = |text: &str| match text.parse::<u32>() {
            Ok(number) if number <= MOST_REPEATED => Ok(number),
            _ => Err(format!("`{{{count}}}` repeats more than {MOST_REPEATED} times")),
        };
        if !high.is_empty() && bound(low)? > bound(high)? {
            return Err(format!("`{{{count}}}` ends before it begins"));
        }
        bound(low)?;
        self.rest = rest;
        Ok(Some(format!("{{{count}}}")))
    }

    /// After a `(`. Whether a group opens, rather than flags being set.
    fn group(&mut self) -> Result<bool, String> {
        if !self.take("?") {
            self.groups += 1;
            self.pattern.push('(');
            return Ok(true);
        }
        if self.take("P<") || !self.rest.starts_with("<=") && !self.rest.starts_with("<!") && self.take("<") {
            let (name, rest) = self.rest.split_once('>').ok_or("a group's name has no end")?;
            if name.is_empty() || !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
                return Err(format!("`{name}` is no name of a group"));
            }
            if self.names.contains(&name) {
                return Err(format!("two groups are called `{name}`"));
            }
            self.names.push(name);
            self.rest = rest;
            self.groups += 1;
            // Nobody asks for groups by name.
            self.pattern.push('(');
            return Ok(true);
        }
        self.flags()
    }

    fn flags(&mut self) -> Result<bool, String> {
        let (mut written, mut negative, mut any) = (String::new(), false, false);
        loop {
            match self.next() {
                Some(flag @ ('i' | 'm' | 's' | 'U')) => {
                    any = true;
                    written.push(flag);
                }
                Some('-') if !negative => {
                    (negative, any) = (true, false);
                    written.push('-');
                }
                Some(end @ (':' | ')')) if any || !negative && end == ':' => {
                    self.pattern.push_str(&format!("(?{written}{end}"));
                    return Ok(end == ':');
                }
                _ => return Err("`(?` begins nothing that RE2 knows; it has no lookaround".to_owned()),
            }
        }
    }

    fn escape(&mut self) -> Result<Last, String> {
        let found = self.next().ok_or("it ends in a `\\`")?;
        match found {
            'Q' => {
                let (text, rest) = self.rest.split_once("\\E").unwrap_or((self.rest, ""));
                self.rest = rest;
                for literal in text.chars() {
                    self.literal(literal);
                }
                return Ok(Last::Operand);
            }
            'A' | 'z' => self.pattern.push_str(&format!("\\{found}")),
            'b' => self.pattern.push_str("(?-u:\\b)"),
            'B' => {
                self.pattern.push_str("(?-u:\\B)");
                // It holds within a character as well.
                self.lacking = self.lacking.or(self.wide.then_some("\\B"));
            }
            'C' => {
                self.pattern.push_str("(?s-u:.)");
                self.lacking = self.lacking.or(self.wide.then_some("\\C"));
            }
            _ => match self.set(found)? {
                Some(set) => self.pattern.push_str(&format!("[{set}]")),
                None => {
                    let literal = self.escaped_literal(found)?;
                    return Ok(self.literal(literal));
                }
            },
        }
        Ok(Last::Operand)
    }

    /// `\d` and its kin, as what stands between the brackets of a class.
    pub(super) fn set(&mut self, found: char) -> Result<Option<String>, String> {
        Ok(Some(match found {
            'd' => "0-9".to_owned(),
            'D' => "^0-9".to_owned(),
            's' => "\\t\\n\\x0C\\r\\x20".to_owned(),
            'S' => "^\\t\\n\\x0C\\r\\x20".to_owned(),
            'w' => "0-9A-Za-z_".to_owned(),
            'W' => "^0-9A-Za-z_".to_owned(),
            'p' | 'P' => return self.property(found == 'P').map(Some),
            _ => return Ok(None),
        }))
    }

    /// `\pL`, `\p{Greek}`, `\p{^Greek}`: what RE2 knows has a name that begins with a capital.
    fn property(&mut self, negated: bool) -> Result<String, String> {
        let mut name = match self.next() {
            Some('{') => {
                let (name, rest) = self.rest.split_once('}').ok_or("a property's name has no end")?;
                self.rest = rest;
                name.to_owned()
            }
            Some(letter) => letter.to_string(),
            None => return Err("a property's name is missing".to_owned()),
        };
        let mut negated = negated;
        if let Some(rest) = name.strip_prefix('^') {
            negated = !negated;
            name = rest.to_owned();
        }
        let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_');
        // Of the categories RE2 knows the short names only: `Lu`, and not `Uppercase_Letter`.
        let is_long = ["Letter", "Number", "Punctuation", "Symbol", "Separator", "Mark", "Other"]
            .iter()
            .any(|category| name.ends_with(category));
        if !is_name || is_long || !self.wide {
            return Err(format!("`{name}` is no property that is known here"));
        }
        Ok(format!("\\{}{{{name}}}", if negated { 'P' } else { 'p' }))
    }

    /// What an escape stands for, after its backslash and first letter.
    pub(super) fn escaped_literal(&mut self, found: char) -> Result<char, String> {
        let number = match found {
            'a' => 7,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            'x' if self.take("{") => {
                let (digits, rest) = self.rest.split_once('}').ok_or("`\\x{` has no end")?;
                self.rest = rest;
                u32::from_str_radix(digits, 16).map_err(|_| format!("`\\x{{{digits}}}` is no character"))?
            }
            'x' => {
                let digits = self.rest.get(..2).ok_or("`\\x` wants two digits")?;
                self.rest = &self.rest[2..];
                u32::from_str_radix(digits, 16).map_err(|_| format!("`\\x{digits}` is no character"))?
            }
            // A digit alone would be what a group matched, which RE2 cannot.
            '1'..='7' if !self.rest.starts_with(|next| matches!(next, '0'..='7')) => {
                return Err(format!("`\\{found}` refers to a group, which RE2 cannot do"));
            }
            '0'..='7' => {
                let mut number = found.to_digit(8).unwrap_or_default();
                for _ in 0..2 {
                    match self.rest.chars().next().and_then(|digit| digit.to_digit(8)) {
                        Some(digit) => number = number * 8 + digit,
                        None => break,
                    }
                    self.rest = &self.rest[1..];
                }
                number
            }
            literal if literal == '_' || literal.is_ascii_punctuation() || literal.is_ascii_whitespace() => {
                return Ok(literal);
            }
            other => return Err(format!("`\\{other}` is no escape of RE2's")),
        };
        let largest = if self.wide { 0x10_FFFF } else { 0xFF };
        let character = char::from_u32(number).filter(|_| number <= largest);
        character.ok_or_else(|| format!("there is no character {number:#x}"))
    }
}

/// A character that stands for itself, within a class or out of one.
pub(super) fn escaped(found: char, wide: bool) -> String {
    match found {
        _ if !wide && !found.is_ascii() => format!("\\x{:02X}", u32::from(found) & 0xFF),
        _ if found.is_alphanumeric() || found == '_' || !found.is_ascii() => found.to_string(),
        _ => format!("\\x{:02X}", u32::from(found)),
    }
}
