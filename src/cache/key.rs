//! The hash of everything that decides a result.

use std::fmt;

/// Of this program's own source: another one may compile to something else.
const BUILD: &str = env!("TIDEMILL_BUILD");

/// Under which a result is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; Key::LENGTH]);

impl Key {
    pub const LENGTH: usize = 32;

    /// The hash of a content.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    pub fn as_bytes(&self) -> &[u8; Key::LENGTH] {
        &self.0
    }

    /// Reads what [`Key::as_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Key({self})")
    }
}

/// Takes in what decides a result, one after the other, so that no two lists of texts have one key.
pub struct KeyWriter(blake3::Hasher);

impl KeyWriter {
    /// Begins with what kind of result it is, and which program made it.
    pub fn new(kind: &str) -> Self {
        let mut writer = Self(blake3::Hasher::new());
        writer.text(BUILD);
        writer.text(kind);
        writer
    }

    /// Its length goes before a text.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.update(text.as_bytes());
    }

    /// Nothing at all is told apart from the empty text.
    pub fn optional(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    pub fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    pub fn key(&mut self, key: &Key) {
        self.0.update(&key.0);
    }

    pub fn finish(&self) -> Key {
        Key(*self.0.finalize().as_bytes())
    }
}
