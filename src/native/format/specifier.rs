//! What a format says, `%-8.2f`: read into what writes values.

/// A stretch of a format.
#[derive(Debug, PartialEq)]
pub enum Piece<'f> {
    Plain(&'f str),
    Specifier(Specifier),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Specifier {
    pub flags: Flags,
    pub width: Option<Measure>,
    pub precision: Option<Measure>,
    pub letter: char,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    pub space: bool,
    /// `#`
    pub alternate: bool,
    pub zero: bool,
    /// `'`
    pub grouped: bool,
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    Number(i64),
    /// `*`: the value before the one that is written.
    Argument,
}

/// The letters that are known.
const LETTERS: &str = "diouxXfFeEgGstTpP";

/// Cuts a format into plain text and specifiers.
///
/// # Errors
/// A specifier that does not end, or a letter that is none.
pub fn pieces(format: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some((plain, after)) = rest.split_once('%') {
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        if let Some(after) = after.strip_prefix('%') {
            pieces.push(Piece::Plain("%"));
            rest = after;
            continue;
        }
        let (specifier, after) =
            specifier(after).ok_or_else(|| format!("the format `{format}` ends in a `%`"))?;
        if !LETTERS.contains(specifier.letter) {
            return Err(format!("`%{}` is no element of a format", specifier.letter));
        }
        pieces.push(Piece::Specifier(specifier));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    Ok(pieces)
}

fn specifier(text: &str) -> Option<(Specifier, &str)> {
    let mut flags = Flags::default();
    let mut rest = text;
    loop {
        let flag = match rest.chars().next()? {
            '-' => &mut flags.left,
            '+' => &mut flags.plus,
            ' ' => &mut flags.space,
            '#' => &mut flags.alternate,
            '0' => &mut flags.zero,
            '\'' => &mut flags.grouped,
            _ => break,
        };
        *flag = true;
        rest = &rest[1..];
    }
    let (width, rest) = measure(rest);
    let (precision, rest) = match rest.strip_prefix('.') {
        None => (None, rest),
        // A point alone is a precision of 0.
        Some(rest) => {
            let (precision, rest) = measure(rest);
            (Some(precision.unwrap_or(Measure::Number(0))), rest)
        }
    };
    let letter = rest.chars().next()?;
    Some((Specifier { flags, width, precision, letter }, &rest[letter.len_utf8()..]))
}

fn measure(text: &str) -> (Option<Measure>, &str) {
    if let Some(rest) = text.strip_prefix('*') {
        return (Some(Measure::Argument), rest);
    }
    let end = text.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(text.len());
    match end {
        0 => (None, text),
        // What is too large for a number is too large for a width.
        end => (Some(Measure::Number(text[..end].parse().unwrap_or(i64::MAX))), &text[end..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_cut_into_its_pieces() {
        let flags = Flags { left: true, plus: true, ..Flags::default() };
        let full = Specifier {
            flags,
            width: Some(Measure::Argument),
            precision: Some(Measure::Number(2)),
            letter: 'f',
        };
        assert_eq!(
            pieces("a %-+*.2f%%b").unwrap(),
            [Piece::Plain("a "), Piece::Specifier(full), Piece::Plain("%"), Piece::Plain("b")]
        );
        for wrong in ["%", "%5", "a%-", "%k", "%.", "% "] {
            assert!(pieces(wrong).is_err(), "{wrong}");
        }
    }
}
