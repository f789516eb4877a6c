//! "Did you mean": the closest of some names to what was written.

/// The candidate nearest to `written`, if it is near enough to be a slip of the fingers:
/// a Damerau-Levenshtein distance of at most a third of the longer name, letter case aside.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let longest = written.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let length = candidate.chars().count();
            let limit = (longest.max(length) / 3).max(usize::from(length > 1));
            // The distance is no less than what one is longer, and takes long to find for a long word.
            if longest.abs_diff(length) > limit {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&written, &candidate.to_lowercase());
            (distance <= limit).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn finds_a_swapped_letter_and_ignores_what_is_far() {
        assert_eq!(did_you_mean("contry", ["country", "client_id"]), Some("country"));
        assert_eq!(did_you_mean("Descripton", ["description"]), Some("description"));
        assert_eq!(did_you_mean("zebra", ["country", "client_id"]), None);
        assert_eq!(did_you_mean("nothing", ["string"]), None);
    }
}
