//! Column names from keys of JSON: `clientId`, `client-id` and `client.id` are all `client_id`.
//!
//! The boundaries of words are those of Mozilla's tables, so that their payloads find their columns.

use std::borrow::Cow;

/// The column name of a key. Most keys are column names already, and cost nothing.
///
/// Whatever is neither letter nor digit parts words, and several of it count as one. A capital begins a
/// word after a small letter or before one; a digit is as large as the letter before it.
pub fn snake_case(key: &str) -> Cow<'_, str> {
    if is_snake_case(key) {
        return Cow::Borrowed(key);
    }
    let characters: Vec<char> = key.chars().collect();
    let mut name = String::with_capacity(key.len() + 4);
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            continue;
        }
        let (before, rest) = characters.split_at(index);
        let begins = before.last().is_none_or(|last| !last.is_alphanumeric()) || begins_word(before, rest);
        if begins && !name.is_empty() {
            name.push('_');
        }
        name.extend(character.to_lowercase());
    }
    Cow::Owned(name)
}

/// The column name of a key, where it has one: letters, digits and underscores of ASCII, no digit first.
pub fn column_name(key: &str) -> Option<String> {
    let mut name = snake_case(key).into_owned();
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, '_');
    }
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        .then_some(name)
}

fn is_snake_case(key: &str) -> bool {
    key.split('_').all(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Whether a new word begins within letters and digits, at the first character of `rest`.
fn begins_word(before: &[char], rest: &[char]) -> bool {
    if !rest.first().is_some_and(char::is_ascii_uppercase) {
        return false;
    }
    let letter = before.iter().rev().find(|character| !character.is_ascii_digit());
    match letter {
        Some(letter) if letter.is_ascii_lowercase() => true,
        // Within capitals only the last one begins a word, that of the small letter after it.
        Some(letter) if letter.is_ascii_uppercase() => rest.get(1).is_some_and(char::is_ascii_lowercase),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{column_name, snake_case};

    #[test]
    fn keys_become_column_names() {
        for (key, name) in [
            ("client_id", "client_id"),
            ("browser.tab_count", "browser_tab_count"),
            ("X-Source-Tags", "x_source_tags"),
            ("clientId", "client_id"),
            ("OSVersion", "os_version"),
            ("GC_MS", "gc_ms"),
            ("a.B", "a_b"),
            ("größe", "größe"),
            ("", ""),
            // The published cases of Mozilla's transpiler, and columns of its tables.
            ("Aa", "aa"),
            ("aA", "a_a"),
            ("_a__a_", "a_a"),
            ("RAM", "ram"),
            ("a7aAa", "a7a_aa"),
            ("A7AAa", "a7a_aa"),
            ("isWow64", "is_wow64"),
            ("isWowARM64", "is_wow_arm64"),
            ("speedMHz", "speed_m_hz"),
            ("l2cacheKB", "l2cache_kb"),
            ("D2DEnabled", "d2d_enabled"),
            ("DWriteEnabled", "d_write_enabled"),
            ("virtualMaxMB", "virtual_max_mb"),
            ("windowsUBR", "windows_ubr"),
        ] {
            assert_eq!(snake_case(key), name, "{key}");
        }
    }

    #[test]
    fn a_column_begins_with_no_digit() {
        assert_eq!(column_name("64bitOS").as_deref(), Some("_64bit_os"));
        assert_eq!(column_name("größe"), None);
        assert_eq!(column_name("--"), None);
    }
}
