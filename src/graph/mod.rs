//! The graph of what reads what: order, cycles, and the selection of parts of it.

mod select;

pub use select::Selection;

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, Reversed};

/// Names as nodes, an edge from what is read to what reads it. Reads of a dataset's own table are no edges.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    graph: DiGraph<String, ()>,
    nodes: BTreeMap<String, NodeIndex>,
}

impl Graph {
    /// Builds the graph from what each name reads, each given once; names that are only read become nodes too.
    pub fn new<'a>(reads: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Self {
        let mut graph = Self::default();
        for (reader, upstreams) in reads {
            let to = graph.node(reader);
            let upstreams: BTreeSet<&str> = upstreams.into_iter().filter(|one| *one != reader).collect();
            for upstream in upstreams {
                let from = graph.node(upstream);
                // Looking for an edge that is there already would go through all readers of what is read.
                graph.graph.add_edge(from, to, ());
            }
        }
        graph
    }

    fn node(&mut self, name: &str) -> NodeIndex {
        match self.nodes.get(name) {
            Some(index) => *index,
            None => {
                let index = self.graph.add_node(name.to_owned());
                self.nodes.insert(name.to_owned(), index);
                index
            }
        }
    }

    /// All names, each after everything that it reads; names that do not depend on each other by name.
    /// Names on cycles are left out.
    pub fn order(&self) -> Vec<String> {
        let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ready: BTreeSet<&str> = BTreeSet::new();
        for (name, index) in &self.nodes {
            match self.graph.neighbors_directed(*index, petgraph::Incoming).count() {
                0 => {
                    ready.insert(name);
                }
                count => {
                    waiting.insert(name, count);
                }
            }
        }
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some(name) = ready.pop_first() {
            order.push(name.to_owned());
            for reader in self.graph.neighbors(self.nodes[name]) {
                let reader = self.graph[reader].as_str();
                if let Some(count) = waiting.get_mut(reader) {
                    *count -= 1;
                    if *count == 0 {
                        ready.insert(reader);
                    }
                }
            }
        }
        order
    }

    /// Every cycle as a path that ends where it began, starting at its smallest name.
    pub fn cycles(&self) -> Vec<Vec<String>> {
        let mut cycles: Vec<Vec<String>> = tarjan_scc(&self.graph)
            .into_iter()
            .filter(|component| component.len() > 1)
            .map(|component| self.path_around(&component))
            .collect();
        cycles.sort();
        cycles
    }

    /// A shortest way around a strongly connected component from its smallest name.
    fn path_around(&self, component: &[NodeIndex]) -> Vec<String> {
        let members: BTreeSet<NodeIndex> = component.iter().copied().collect();
        let start = component.iter().copied().min_by_key(|index| &self.graph[*index]);
        let Some(start) = start else { return Vec::new() };
        let mut before: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(current) = queue.pop_front() {
            let mut readers: Vec<NodeIndex> =
                self.graph.neighbors(current).filter(|one| members.contains(one)).collect();
            readers.sort_by_key(|index| &self.graph[*index]);
            for reader in readers {
                if reader == start {
                    let mut path = vec![start, current];
                    let mut at = current;
                    while at != start {
                        at = before[&at];
                        path.push(at);
                    }
                    path.reverse();
                    return path.into_iter().map(|index| self.graph[index].clone()).collect();
                }
                if let std::collections::btree_map::Entry::Vacant(entry) = before.entry(reader) {
                    entry.insert(current);
                    queue.push_back(reader);
                }
            }
        }
        Vec::new()
    }

    /// Everything that a name reads, directly or not, without itself.
    pub fn upstream(&self, name: &str) -> BTreeSet<String> {
        let Some(start) = self.nodes.get(name) else { return BTreeSet::new() };
        let reversed = Reversed(&self.graph);
        let mut search = Bfs::new(&reversed, *start);
        let mut found = BTreeSet::new();
        while let Some(index) = search.next(&reversed) {
            found.insert(self.graph[index].clone());
        }
        found.remove(name);
        found
    }

    /// Everything that reads a name, directly or not, without itself.
    pub fn downstream(&self, name: &str) -> BTreeSet<String> {
        let Some(start) = self.nodes.get(name) else { return BTreeSet::new() };
        let mut search = Bfs::new(&self.graph, *start);
        let mut found = BTreeSet::new();
        while let Some(index) = search.next(&self.graph) {
            found.insert(self.graph[index].clone());
        }
        found.remove(name);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(reads: &[(&str, &[&str])]) -> Graph {
        Graph::new(reads.iter().map(|(name, upstreams)| (*name, upstreams.to_vec())))
    }

    #[test]
    fn what_is_read_comes_first() {
        let graph = graph(&[("c", &["b", "a"]), ("b", &["a"]), ("d", &["d"])]);
        assert_eq!(graph.order(), ["a", "b", "c", "d"]);
        assert_eq!(graph.upstream("c"), BTreeSet::from(["a".to_owned(), "b".to_owned()]));
        assert_eq!(graph.downstream("a"), BTreeSet::from(["b".to_owned(), "c".to_owned()]));
    }

    #[test]
    fn cycles_are_paths() {
        let graph = graph(&[("a", &["c"]), ("b", &["a"]), ("c", &["b", "x"])]);
        assert_eq!(graph.cycles(), [["a", "b", "c", "a"]]);
        assert_eq!(graph.order(), ["x"]);
    }
}
