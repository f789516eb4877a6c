//! One mistake of a matrix is a mistake of all its members. It is told once.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Position};

/// Where a finding stands, and which definition it is about.
type Place = (String, u32, u32, Option<(String, u32)>);

/// Findings of one code at one place are one finding, where the definition that they are about is a matrix.
/// `matrices` holds the paths of files with `for:`; the findings are sorted.
pub fn gather(found: Vec<Diagnostic>, matrices: &[String]) -> Vec<Diagnostic> {
    if matrices.is_empty() {
        return found;
    }
    let mut gathered: Vec<Diagnostic> = Vec::new();
    let mut first: BTreeMap<(&'static str, Place), (usize, usize)> = BTreeMap::new();
    for finding in found {
        let about = finding.related.first().map(|(position, _)| position);
        let place = finding.position.as_ref().filter(|at| {
            let is_matrix = |position: &Position| matrices.contains(&position.source.path);
            is_matrix(at) || about.is_some_and(is_matrix)
        });
        let Some(at) = place else {
            gathered.push(finding);
            continue;
        };
        let about = about.map(|position| (position.source.path.clone(), position.line));
        let key = (finding.code.as_str(), (at.source.path.clone(), at.line, at.column, about));
        match first.get_mut(&key) {
            Some((_, others)) => *others += 1,
            None => {
                first.insert(key, (gathered.len(), 0));
                gathered.push(finding);
            }
        }
    }
    for (index, others) in first.into_values().filter(|(_, others)| *others > 0) {
        let members = if others == 1 { "member" } else { "members" };
        gathered[index].notes.push(format!("the same holds for {others} other {members} of the matrix"));
    }
    gathered
}
