//! What is known of a value on its way: where it comes from as a whole, and field by field where a query built it.
//! Structs are shared and what they went through is kept beside them, so that a wide row costs nothing to pass on.

use foldhash::HashMap;
use std::sync::{Arc, OnceLock};

use super::source::{Source, Sources, Through};

/// The sources of a value; nothing for a constant. An array is what its elements are.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// Of the value as a whole, and so of each of its fields.
    pub(super) whole: Option<Arc<[Source]>>,
    /// Structs that it may be, and what they went through since they were made.
    pub(super) structs: Vec<(Arc<Fields>, Through)>,
}

/// The fields of a struct that a query built, or the columns of a relation.
#[derive(Debug, Default)]
pub struct Fields {
    list: Vec<(Arc<str>, Value)>,
    all: OnceLock<Arc<[Source]>>,
    /// Where there are many: places by name in lower case.
    places: OnceLock<HashMap<String, usize>>,
}

/// So many fields are looked through one by one.
const FEW: usize = 16;

impl Fields {
    pub fn new(list: Vec<(Arc<str>, Value)>) -> Arc<Self> {
        Arc::new(Self { list, ..Self::default() })
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(Arc<str>, Value)> {
        self.list.iter()
    }

    /// A field by name, letter case aside.
    pub fn get(&self, name: &str) -> Option<&Value> {
        if self.list.len() > FEW {
            let places = self.places.get_or_init(|| {
                // The first of a name counts.
                let fields = self.list.iter().enumerate().rev();
                fields.map(|(index, (name, _))| (name.to_ascii_lowercase(), index)).collect()
            });
            return self.at(*places.get(&name.to_ascii_lowercase())?);
        }
        self.list.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn at(&self, index: usize) -> Option<&Value> {
        self.list.get(index).map(|(_, value)| value)
    }

    /// Everything that goes into any of them.
    pub fn all(&self) -> &Arc<[Source]> {
        self.all.get_or_init(|| {
            let mut into = Sources::default();
            self.list.iter().for_each(|(_, value)| value.flow(Through::WHOLE, &mut into));
            into.finish()
        })
    }
}

impl Value {
    /// A value that stands in a table.
    pub fn stored(source: Source) -> Self {
        Self { whole: Some([source].into()), structs: Vec::new() }
    }

    /// A value of which no part is known apart from the others.
    pub fn of(sources: Sources) -> Self {
        let sources = sources.finish();
        Self { whole: (!sources.is_empty()).then_some(sources), structs: Vec::new() }
    }

    /// A struct of values.
    pub fn structure(fields: Arc<Fields>) -> Self {
        Self { whole: None, structs: vec![(fields, Through::NOTHING)] }
    }

    /// A value that is one of several.
    pub fn either(values: impl IntoIterator<Item = Value>) -> Self {
        let mut values = values.into_iter();
        let Some(mut either) = values.next() else { return Self::default() };
        for value in values {
            either = either.or(value);
        }
        either
    }

    fn or(mut self, other: Value) -> Self {
        self.whole = match (self.whole, other.whole) {
            (Some(one), Some(two)) if !Arc::ptr_eq(&one, &two) => {
                let mut both = Sources::default();
                both.extend(one.iter().chain(two.iter()), Through::NOTHING);
                Some(both.finish())
            }
            (one, two) => one.or(two),
        };
        for (fields, through) in other.structs {
            let known = |(one, by): &(Arc<Fields>, Through)| Arc::ptr_eq(one, &fields) && *by == through;
            if !self.structs.iter().any(known) {
                self.structs.push((fields, through));
            }
        }
        self
    }

    /// The same value with more that goes into all of it.
    #[must_use]
    pub fn and(self, more: Sources) -> Self {
        self.or(Value::of(more))
    }

    /// The value after it went through something.
    #[must_use]
    pub fn through(&self, through: Through) -> Self {
        if !through.keeps_shape {
            let mut into = Sources::default();
            self.flow(through, &mut into);
            return Value::of(into);
        }
        Self {
            whole: self
                .whole
                .as_ref()
                .map(|whole| whole.iter().map(|source| source.through(through)).collect()),
            structs: self
                .structs
                .iter()
                .map(|(fields, before)| (Arc::clone(fields), before.then(through)))
                .collect(),
        }
    }

    /// A field of the value.
    pub fn field(&self, name: &str) -> Self {
        self.part(name, |fields| fields.get(name))
    }

    /// A field of the value by its place, for fields without names.
    pub fn nth(&self, index: usize, name: &str) -> Self {
        self.part(name, |fields| fields.at(index))
    }

    fn part<'a>(&'a self, name: &str, find: impl Fn(&'a Fields) -> Option<&'a Value>) -> Self {
        let whole = self.whole.as_ref().map(|whole| whole.iter().map(|source| source.field(name)).collect());
        let mut part = Self { whole, structs: Vec::new() };
        for (fields, through) in &self.structs {
            part = part.or(match find(fields) {
                Some(value) => value.through(*through),
                None => Self::structure(Arc::clone(fields)).through(through.then(Through::COMPUTED)),
            });
        }
        part
    }

    /// Adds all sources of the value to others.
    pub fn flow(&self, through: Through, into: &mut Sources) {
        into.extend(self.whole.iter().flat_map(|whole| whole.iter()), through);
        for (fields, before) in &self.structs {
            into.extend(fields.all().iter(), before.then(through));
        }
    }

    /// All sources of the value.
    pub fn sources(&self) -> Arc<[Source]> {
        match (&self.whole, self.structs.is_empty()) {
            (Some(whole), true) => Arc::clone(whole),
            _ => {
                let mut into = Sources::default();
                self.flow(Through::NOTHING, &mut into);
                into.finish()
            }
        }
    }

    /// Whether nothing goes into the value.
    pub fn is_constant(&self) -> bool {
        self.whole.as_ref().is_none_or(|whole| whole.is_empty())
            && self.structs.iter().all(|(fields, _)| fields.all().is_empty())
    }

    /// Whether two values have the same sources, and so do their fields.
    pub fn is_same(&self, other: &Value, depth: usize) -> bool {
        let names = self.field_names();
        self.sources() == other.sources()
            && (depth == 0
                || names == other.field_names()
                    && names.iter().all(|name| self.field(name).is_same(&other.field(name), depth - 1)))
    }

    /// The names of the fields that have sources of their own.
    pub fn field_names(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        for (fields, _) in &self.structs {
            for (name, _) in fields.iter() {
                if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    names.push(Arc::clone(name));
                }
            }
        }
        names
    }
}
