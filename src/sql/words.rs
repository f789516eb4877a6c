//! Words that are looked up for every word of a query. It knows nothing of what they mean.

/// Words by first letter and length, so that a look-up compares with few of them or none.
pub struct Words<T> {
    by_shape: Vec<Vec<(&'static str, T)>>,
}

/// No longer word is among them.
const LONGEST: usize = 48;
/// Letters, and one for all else that a word begins with.
const FIRSTS: usize = 27;

impl<T> Words<T> {
    pub fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_shape: Vec<Vec<(&'static str, T)>> = Vec::new();
        by_shape.resize_with(FIRSTS * (LONGEST + 1), Vec::new);
        for (word, value) in words {
            if let Some(alike) = shape(word).and_then(|shape| by_shape.get_mut(shape)) {
                alike.push((word, value));
            }
        }
        Self { by_shape }
    }

    /// What stands under a word, letter case aside.
    pub fn get(&self, word: &str) -> Option<&T> {
        let alike = self.by_shape.get(shape(word)?)?;
        alike.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, value)| value)
    }

    pub fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

fn shape(word: &str) -> Option<usize> {
    let first = word.bytes().next()?.to_ascii_uppercase();
    let first = if first.is_ascii_uppercase() { usize::from(first - b'A') } else { FIRSTS - 1 };
    (word.len() <= LONGEST).then_some(first * (LONGEST + 1) + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case() {
        let words = Words::new([("SUM", 1), ("SUB", 2), ("NET.HOST", 3), ("_X", 4)]);
        assert_eq!(words.get("Sum"), Some(&1));
        assert_eq!(words.get("sub"), Some(&2));
        assert_eq!(words.get("net.host"), Some(&3));
        assert_eq!(words.get("_x"), Some(&4));
        assert_eq!([words.get(""), words.get("SU"), words.get("SUMS"), words.get("ÄB")], [None; 4]);
        assert!(!words.has(&"S".repeat(LONGEST + 1)));
    }
}
