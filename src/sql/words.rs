//! Words that are looked up for every word of a query. It knows nothing of what they mean.

/// Words by a hash of their letters, so that a look-up compares with one or two of them, or with none.
pub struct Words<T> {
    /// As many as a power of two, and more than there are words.
    buckets: Vec<Vec<(&'static str, T)>>,
}

impl<T> Words<T> {
    pub fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        let mut buckets: Vec<Vec<(&'static str, T)>> = Vec::new();
        buckets.resize_with((words.len() * 2).next_power_of_two(), Vec::new);
        let mut all = Self { buckets };
        for (word, value) in words {
            let bucket = all.bucket(word);
            all.buckets[bucket].push((word, value));
        }
        all
    }

    /// What stands under a word, letter case aside.
    pub fn get(&self, word: &str) -> Option<&T> {
        let alike = self.buckets.get(self.bucket(word))?;
        alike.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, value)| value)
    }

    pub fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// FNV-1a over the letters, of which the bit that tells capitals is left out.
    fn bucket(&self, word: &str) -> usize {
        let hash = word
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte & !0x20)).wrapping_mul(0x0100_0193));
        (hash ^ (hash >> 16)) as usize & (self.buckets.len() - 1)
    }
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
        assert!(!words.has(&"S".repeat(1_000)));
        assert!(!Words::<()>::new([]).has("SUM"));
    }
}
