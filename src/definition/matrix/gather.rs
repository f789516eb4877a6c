//! One mistake of a matrix is a mistake of all its members. It is told once.

use std::collections::{BTreeMap, BTreeSet};

use super::MatrixMember;
use crate::diagnostic::{Diagnostic, Position};

/// Files with `for:` → the words that their axes put into texts.
pub type Matrices = BTreeMap<String, BTreeSet<String>>;

/// What makes findings the same: code, place, the definition that they are about, and the message without the
/// words of the matrix.
type Key = (&'static str, String, u32, u32, Option<(String, u32)>, String);

/// The words that tell the members of a matrix apart.
pub fn words(members: &[MatrixMember]) -> BTreeSet<String> {
    let axes = members.iter().flat_map(|member| &member.axes);
    let values = axes.flat_map(|axis| std::iter::once(&axis.value).chain(axis.attributes.values()));
    values.flat_map(|value| value.split(|one: char| !one.is_alphanumeric())).map(str::to_owned).collect()
}

/// Makes one of the findings that differ in nothing but the member of a matrix. The findings are sorted.
pub fn gather(found: Vec<Diagnostic>, matrices: &Matrices) -> Vec<Diagnostic> {
    if matrices.is_empty() {
        return found;
    }
    let mut gathered: Vec<Diagnostic> = Vec::new();
    let mut first: BTreeMap<Key, (usize, usize)> = BTreeMap::new();
    for finding in found {
        match key(&finding, matrices) {
            None => gathered.push(finding),
            Some(key) => match first.get_mut(&key) {
                Some((_, others)) => *others += 1,
                None => {
                    first.insert(key, (gathered.len(), 0));
                    gathered.push(finding);
                }
            },
        }
    }
    for (index, others) in first.into_values().filter(|(_, others)| *others > 0) {
        let members = if others == 1 { "member" } else { "members" };
        gathered[index].notes.push(format!("the same holds for {others} other {members} of the matrix"));
    }
    gathered
}

fn key(finding: &Diagnostic, matrices: &Matrices) -> Option<Key> {
    let at = finding.position.as_ref()?;
    let about = finding.related.first().map(|(position, _)| position);
    let of = |position: &Position| matrices.get(&position.source.path);
    let words = of(at).or_else(|| about.and_then(of))?;
    let about = about.map(|position| (position.source.path.clone(), position.line));
    let message = without(&finding.message, words);
    Some((finding.code.as_str(), at.source.path.clone(), at.line, at.column, about, message))
}

/// A message with a star in place of the words of the matrix, however many stand in a row.
fn without(message: &str, words: &BTreeSet<String>) -> String {
    let mut shown = String::new();
    let mut ends_with_word = false;
    for part in message.split_inclusive(|one: char| !one.is_alphanumeric()) {
        let word = part.trim_end_matches(|one: char| !one.is_alphanumeric());
        if !word.is_empty() && words.contains(word) {
            if ends_with_word {
                // `org_focus` and `org_focus_beta` are values of one axis.
                shown.truncate(shown.rfind('*').unwrap_or(shown.len()));
            }
            shown.push('*');
            shown.push_str(&part[word.len()..]);
            ends_with_word = true;
        } else {
            shown.push_str(part);
            ends_with_word = false;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_compared_without_the_words_of_the_matrix() {
        let words: BTreeSet<String> = ["org", "focus", "beta", "de"].map(str::to_owned).into();
        assert_eq!(without("no table `org_focus_beta_derived.x_v1`", &words), "no table `*_derived.x_v1`");
        assert_eq!(without("no table `org_focus_derived.x_v1`", &words), "no table `*_derived.x_v1`");
        assert_eq!(without("a dataset needs `description`", &words), "a dataset needs `description`");
    }
}
