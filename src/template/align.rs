//! Columns in a text whose `{axis}` was replaced by a value → columns in the line that its author wrote.

/// The column in `written` of the character at `column` of `text`, both counted from 1. Where the two lines do not
/// go together, the column itself.
pub fn align(written: &str, text: &str, column: u32) -> u32 {
    if !written.contains('{') {
        return column;
    }
    let (written, text): (Vec<char>, Vec<char>) = (written.chars().collect(), text.chars().collect());
    let wanted = (column as usize).saturating_sub(1).min(text.len());
    let (mut from, mut to) = (0, 0);
    while to < wanted {
        if written.get(from) == text.get(to) {
            (from, to) = (from + 1, to + 1);
        } else if written.get(from) == Some(&'\\') {
            from += 1;
        } else if let Some(length) = placeholder(&written[from.min(written.len())..]) {
            // The value ends where the text behind the placeholder goes on.
            let rest = &written[from + length..];
            let anchor = &rest[..rest.iter().position(|one| *one == '{').unwrap_or(rest.len()).min(8)];
            let end = match anchor {
                [] => text.len(),
                anchor => (to..text.len()).find(|at| text[*at..].starts_with(anchor)).unwrap_or(text.len()),
            };
            if end > wanted {
                break;
            }
            (from, to) = (from + length, end);
        } else {
            return column;
        }
    }
    from as u32 + 1
}

/// The length of the `{name}` that a text begins with.
fn placeholder(text: &[char]) -> Option<usize> {
    let close = text.iter().position(|one| *one == '}')?;
    (text.first() == Some(&'{')).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn columns_lead_back_to_what_was_written() {
        let (written, text) = ("'{country}' AS c, {channel.id}.x + y", "'de' AS c, org_focus.x + y");
        // At the value the placeholder, behind it the same character.
        for (found, expected) in [
            ("de", "{country}"),
            ("AS", "AS"),
            ("org", "{channel"),
            ("focus", "{channel"),
            ("x +", "x +"),
            ("y", "y"),
        ] {
            let column = text.find(found).unwrap() as u32 + 1;
            let wanted = written.rfind(expected).unwrap() as u32 + 1;
            assert_eq!(align(written, text, column), wanted, "{found}");
        }
        assert_eq!(align("no braces", "no braces", 4), 4);
        assert_eq!(align("\\{x} AND y", "{x} AND y", 9), 10);
        assert_eq!(align("{", "", 7), 1);
        assert_eq!(align("{{ from }} {a}", "{{ from }} long", 4), 4);
    }
}
