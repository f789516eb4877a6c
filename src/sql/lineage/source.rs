//! One way by which a value goes back to a table's column, and sets of them. Knows nothing of queries.

use std::sync::Arc;

/// A column, and then the fields of structs within it; of an array, those of its elements. Empty for the whole row.
pub type Path = Arc<[Arc<str>]>;

/// A way from an output back to a column of a table, or to a field of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Index into [`crate::sql::Analysis::uses`].
    pub table_use: usize,
    pub path: Path,
    pub how: How,
    /// Every way of the value passes a function that sanitises: COUNT, SUM, AVG, keyed_hash.
    pub sanitised: bool,
    /// A way of the value passes a hash without a key.
    pub hashed: bool,
    /// The output has the shape of the path, so that a field of the one comes from the same field of the other.
    pub shaped: bool,
}

/// What an output has of a source, the most direct first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The value stands there as it stood in the source.
    Copied,
    /// The value is made of the source's value in the same row, or is one of several that might stand there.
    Computed,
    /// The value is made of the source's values in several rows.
    Aggregated,
    /// The source decides which rows there are, how they are grouped or ordered, or which of several values is
    /// taken, and no more.
    Influences,
}

impl Source {
    /// A column of a table, as it stands there.
    pub fn column(table_use: usize, name: &str) -> Self {
        Self::path(table_use, [Arc::from(name)].into())
    }

    /// The whole row of a table.
    pub fn row(table_use: usize) -> Self {
        Self::path(table_use, [].into())
    }

    fn path(table_use: usize, path: Path) -> Self {
        Self { table_use, path, how: How::Copied, sanitised: false, hashed: false, shaped: true }
    }

    /// The way to a field of the value.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        if !self.shaped {
            return self.clone();
        }
        let path = self.path.iter().cloned().chain([Arc::from(name)]).collect();
        Self { path, ..self.clone() }
    }

    /// The same way, led through something more.
    #[must_use]
    pub fn through(&self, through: Through) -> Self {
        Self {
            table_use: self.table_use,
            path: Arc::clone(&self.path),
            how: through.after(self.how),
            sanitised: self.sanitised || through.sanitises,
            hashed: self.hashed || through.hashes,
            shaped: self.shaped && through.keeps_shape,
        }
    }

    /// Takes in another way to the same place.
    fn join(&mut self, other: &Source) {
        // Filters carry no values, so they neither sanitise nor leak.
        self.sanitised = match (self.how, other.how) {
            (How::Influences, how) if how != How::Influences => other.sanitised,
            (how, How::Influences) if how != How::Influences => self.sanitised,
            _ => self.sanitised && other.sanitised,
        };
        self.hashed |= other.hashed;
        self.how = self.how.min(other.how);
        self.shaped |= other.shaped;
    }

    fn place(&self) -> (usize, &Path) {
        (self.table_use, &self.path)
    }
}

/// What lies between a value and what it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Through {
    pub how: How,
    pub sanitises: bool,
    pub hashes: bool,
    pub keeps_shape: bool,
}

impl Through {
    /// Nothing: the value itself.
    pub const NOTHING: Through =
        Through { how: How::Copied, sanitises: false, hashes: false, keeps_shape: true };
    /// A part of something that is built of several.
    pub const WHOLE: Through = Through { keeps_shape: false, ..Self::NOTHING };
    /// Something is computed of the value.
    pub const COMPUTED: Through = Through { how: How::Computed, keeps_shape: false, ..Self::NOTHING };
    /// Whether something holds of the value: too little to tell people apart by.
    pub const TESTED: Through = Through { sanitises: true, ..Self::COMPUTED };
    /// The value is one of several, or a part of an array.
    pub const PICKED: Through = Through { how: How::Computed, ..Self::NOTHING };
    /// The value decides about rows, or which other value is taken.
    pub const ROWS: Through = Through { how: How::Influences, keeps_shape: false, ..Self::NOTHING };

    fn after(self, how: How) -> How {
        self.how.max(how)
    }

    /// First this, then the other.
    #[must_use]
    pub fn then(self, outer: Through) -> Through {
        Through {
            how: self.how.max(outer.how),
            sanitises: self.sanitises || outer.sanitises,
            hashes: self.hashes || outer.hashes,
            keeps_shape: self.keeps_shape && outer.keeps_shape,
        }
    }
}

/// A set of ways, one a place, in the order of places.
#[derive(Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    /// When so many have gathered, doubles are taken out.
    full: usize,
}

impl Sources {
    pub fn push(&mut self, source: Source) {
        self.list.push(source);
        if self.list.len() > self.full.max(LEAST) {
            self.tidy();
            self.full = self.list.len() * 2;
        }
    }

    pub fn extend<'a>(&mut self, sources: impl IntoIterator<Item = &'a Source>, through: Through) {
        sources.into_iter().for_each(|source| self.push(source.through(through)));
    }

    pub fn finish(mut self) -> Arc<[Source]> {
        self.tidy();
        self.list.into()
    }

    fn tidy(&mut self) {
        if self.list.len() < 2 {
            return;
        }
        self.list.sort_by(|one, two| one.place().cmp(&two.place()));
        self.list.dedup_by(|next, kept| {
            let same = next.place() == kept.place();
            if same {
                kept.join(next);
            }
            same
        });
    }
}

/// Fewer ways than this are not looked through for doubles while they gather.
const LEAST: usize = 64;
