//! Names of columns from keys of JSON, and names shown in messages.

use std::borrow::Cow;

/// The column name of a key: dots, dashes and spaces become underscores, `clientId` becomes `client_id`.
/// Most keys are column names already, and cost nothing.
pub(super) fn snake_case(key: &str) -> Cow<'_, str> {
    if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return Cow::Borrowed(key);
    }
    let characters: Vec<char> = key.chars().collect();
    let mut name = String::with_capacity(key.len() + 4);
    for (index, &character) in characters.iter().enumerate() {
        if matches!(character, '.' | '-' | ' ') {
            name.push('_');
            continue;
        }
        if character.is_ascii_uppercase() && index > 0 {
            let before = characters[index - 1];
            let after = characters.get(index + 1);
            let begins_word = before.is_ascii_lowercase() || before.is_ascii_digit();
            let ends_acronym = before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase);
            if begins_word || ends_acronym {
                name.push('_');
            }
        }
        name.push(character.to_ascii_lowercase());
    }
    Cow::Owned(name)
}

/// A name as messages show it: without control characters, and cut where it is very long.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 80;
    let mut text: String = name
        .chars()
        .take(LONGEST)
        .map(|character| if character.is_control() { '\u{fffd}' } else { character })
        .collect();
    if name.chars().nth(LONGEST).is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{shown, snake_case};

    #[test]
    fn keys_become_column_names() {
        for (key, name) in [
            ("client_id", "client_id"),
            ("browser.tab_count", "browser_tab_count"),
            ("X-Source-Tags", "x_source_tags"),
            ("clientId", "client_id"),
            ("OSVersion", "os_version"),
            ("isWow64Os", "is_wow64_os"),
            ("GC_MS", "gc_ms"),
            ("a.B", "a_b"),
            ("größe", "größe"),
            ("", ""),
        ] {
            assert_eq!(snake_case(key), name, "{key}");
        }
    }

    #[test]
    fn messages_show_no_control_characters_and_no_endless_names() {
        assert_eq!(shown("a\nb"), "a\u{fffd}b");
        assert_eq!(shown(&"x".repeat(500)).chars().count(), 81);
    }
}
