//! The grammar that picks parts of a project: names, globs, `tag:`, `+up`, `down+`; a blank means
//! union, a comma intersection.

use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use crate::diagnostic::{Code, Diagnostic};

/// What can be picked: names with their tags, and the graph between them.
pub struct Selection<'a> {
    pub tags: BTreeMap<&'a str, &'a [String]>,
    pub graph: &'a Graph,
}

impl Selection<'_> {
    /// The names that a selection picks; an empty one picks all.
    ///
    /// # Errors
    /// A part that matches nothing.
    pub fn pick(&self, terms: &[String]) -> Result<BTreeSet<String>, Diagnostic> {
        if terms.is_empty() {
            return Ok(self.tags.keys().map(|name| (*name).to_owned()).collect());
        }
        let mut picked = BTreeSet::new();
        for term in terms.iter().flat_map(|term| term.split_whitespace()) {
            let mut parts = term.split(',');
            let mut both = self.atom(parts.next().unwrap_or_default())?;
            for part in parts {
                let other = self.atom(part)?;
                both.retain(|name| other.contains(name));
            }
            picked.extend(both);
        }
        Ok(picked)
    }

    fn atom(&self, atom: &str) -> Result<BTreeSet<String>, Diagnostic> {
        let (with_upstream, rest) = match atom.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, atom),
        };
        let (with_downstream, pattern) = match rest.strip_suffix('+') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let matches: BTreeSet<String> = match pattern.strip_prefix("tag:") {
            Some(tag) => self
                .tags
                .iter()
                .filter(|(_, tags)| tags.iter().any(|one| one == tag))
                .map(|(name, _)| (*name).to_owned())
                .collect(),
            None => self
                .tags
                .keys()
                .filter(|name| {
                    matches(pattern, name)
                        || name.split_once('.').is_some_and(|(_, table)| matches(pattern, table))
                })
                .map(|name| (*name).to_owned())
                .collect(),
        };
        if matches.is_empty() {
            let names = self
                .tags
                .keys()
                .flat_map(|name| [*name, name.split_once('.').map_or("", |(_, table)| table)]);
            return Err(Diagnostic::error(Code::UnknownSelection, format!("`{atom}` matches no dataset"))
                .hint("select by name, glob (`*_daily_v1`), `tag:name`, `+name` or `name+`")
                .suggest(pattern, names));
        }
        let mut picked = matches.clone();
        for name in &matches {
            if with_upstream {
                picked.extend(self.graph.upstream(name));
            }
            if with_downstream {
                picked.extend(self.graph.downstream(name));
            }
        }
        picked.retain(|name| self.tags.contains_key(name.as_str()));
        Ok(picked)
    }
}

/// Glob matching: `*` stands for any run of characters.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_picks_names_tags_and_neighbours() {
        let graph = Graph::new([("d.b_v1", vec!["d.a_v1"]), ("d.c_v1", vec!["d.b_v1"])]);
        let none: &[String] = &[];
        let core = ["core".to_owned()];
        let tags = BTreeMap::from([("d.a_v1", none), ("d.b_v1", &core[..]), ("d.c_v1", none)]);
        let selection = Selection { tags, graph: &graph };
        let pick = |terms: &str| {
            let picked = selection.pick(&[terms.to_owned()]).unwrap();
            picked.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(pick("d.a_v1"), "d.a_v1");
        assert_eq!(pick("b_v1"), "d.b_v1");
        assert_eq!(pick("+b_v1"), "d.a_v1 d.b_v1");
        assert_eq!(pick("tag:core+"), "d.b_v1 d.c_v1");
        assert_eq!(pick("d.*,+b_v1"), "d.a_v1 d.b_v1");
        assert_eq!(pick("a_v1 c_v1"), "d.a_v1 d.c_v1");
        assert!(selection.pick(&["bb_v1".to_owned()]).unwrap_err().hint.unwrap().contains("b_v1"));
    }
}
