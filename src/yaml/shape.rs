//! Shapes: the keys that a mapping may have, what each takes and what it is for, as tables. Readers report what is
//! not in them, and the schema for editors is made of them, so that neither knows a key that the other does not.

/// The keys of one kind of mapping.
#[derive(Debug)]
pub struct Shape {
    /// What it is called in the schema for editors; two shapes have two names.
    pub name: &'static str,
    /// Tables of keys, so that kinds can share some.
    pub keys: &'static [&'static [Key]],
    /// Keys of which at least one must be there; empty where there is no such rule.
    pub one_of: &'static [&'static str],
}

/// A key.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub takes: Takes,
    pub required: bool,
    /// A sentence for whoever points at the key.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Debug)]
pub enum Takes {
    Text,
    Bool,
    Integer,
    /// Whatever YAML can say.
    Any,
    /// `2026-11-22`
    Date,
    /// `3 days`
    Days,
    Word(&'static [&'static str]),
    /// A text that names something, `template` or `table`, of which editors may offer those that there are.
    Name(&'static str),
    List(&'static Takes),
    /// Names of the author's choice, each with such a value.
    Map(&'static Takes),
    Of(&'static Shape),
    Either(&'static [Takes]),
}

impl Key {
    pub const fn new(name: &'static str, takes: Takes, about: &'static str) -> Self {
        Self { name, takes, required: false, about }
    }

    pub const fn required(name: &'static str, takes: Takes, about: &'static str) -> Self {
        Self { name, takes, required: true, about }
    }
}

impl Shape {
    pub const fn new(name: &'static str, keys: &'static [&'static [Key]]) -> Self {
        Self { name, keys, one_of: &[] }
    }

    pub fn all(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().flat_map(|table| table.iter())
    }

    pub fn has(&self, name: &str) -> bool {
        self.all().any(|key| key.name == name)
    }
}
