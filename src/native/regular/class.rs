//! Classes of characters in RE2's regular expressions, `[a-z]`, as the `regex` crate writes them. It must leave nothing
//! in them that the crate would take for an operator of its own.

use super::syntax::{Reader, escaped};

/// The classes that POSIX names, the same in both.
const NAMED: &[&str] = &[
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "word", "xdigit",
];

pub struct Class;

impl Class {
    /// After a `[`. The whole class, brackets and all.
    pub fn read(reader: &mut Reader) -> Result<String, String> {
        let mut written = String::from(if reader.take("^") { "[^" } else { "[" });
        let mut first = true;
        loop {
            if reader.rest.is_empty() {
                return Err("a class has no `]`".to_owned());
            }
            if !first && reader.take("]") {
                written.push(']');
                return Ok(written);
            }
            first = false;
            if reader.rest.starts_with("[:")
                && let Some((name, rest)) = reader.rest[2..].split_once(":]")
            {
                let bare = name.strip_prefix('^').unwrap_or(name);
                if !NAMED.contains(&bare) {
                    return Err(format!("`[:{name}:]` is no class"));
                }
                written.push_str(&format!("[:{name}:]"));
                reader.rest = rest;
                continue;
            }
            match member(reader)? {
                Member::Set(set) => written.push_str(&format!("[{set}]")),
                Member::One(low) => {
                    written.push_str(&escaped(low, reader.wide));
                    let is_range = reader.rest.starts_with('-') && !reader.rest.starts_with("-]");
                    if is_range && reader.rest.len() > 1 {
                        reader.next();
                        match member(reader)? {
                            Member::One(high) if low <= high => {
                                written.push_str(&format!("-{}", escaped(high, reader.wide)));
                            }
                            Member::One(high) => return Err(format!("the range `{low}-{high}` is empty")),
                            Member::Set(_) => return Err(format!("a range from `{low}` to a set")),
                        }
                    }
                }
            }
        }
    }
}

enum Member {
    One(char),
    Set(String),
}

fn member(reader: &mut Reader) -> Result<Member, String> {
    match reader.next() {
        Some('\\') => {
            let found = reader.next().ok_or("it ends in a `\\`")?;
            match reader.set(found)? {
                Some(set) => Ok(Member::Set(set)),
                None => Ok(Member::One(reader.escaped_literal(found)?)),
            }
        }
        Some(found) => Ok(Member::One(found)),
        None => Err("a class has no `]`".to_owned()),
    }
}
