//! What one compilation can look up, and what it adds.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::folder;
use super::pack::{self, Pack};
use super::{Folder, Form, Key, Reader, Writer};

/// Results by key. Looking up has no effect but speed, so that a compilation stays a function of its files.
#[derive(Default)]
pub struct Memory {
    /// Nothing is kept without one.
    folder: Option<Folder>,
    packs: Vec<Opened>,
    fresh: Mutex<BTreeMap<Key, Vec<u8>>>,
}

struct Opened {
    path: PathBuf,
    pack: Pack,
    was_of_use: AtomicBool,
}

impl Memory {
    /// Keeps nothing and knows nothing.
    pub fn none() -> Self {
        Self::default()
    }

    pub fn open(folder: &Folder) -> Self {
        let packs = folder.packs().into_iter().filter_map(|path| {
            Some(Opened { pack: Pack::open(&path)?, path, was_of_use: AtomicBool::new(false) })
        });
        Self { packs: packs.collect(), folder: Some(folder.clone()), fresh: Mutex::default() }
    }

    /// Whether it is worth working out a key.
    pub fn is_any(&self) -> bool {
        self.folder.is_some()
    }

    /// What was kept under a key.
    pub fn get<T: Form>(&self, key: &Key) -> Option<T> {
        self.packs.iter().find_map(|opened| {
            let value = Reader::whole(&opened.pack.get(key)?)?;
            opened.was_of_use.store(true, Ordering::Relaxed);
            Some(value)
        })
    }

    /// Keeps a value.
    pub fn put<T: Form>(&self, key: Key, value: &T) {
        if self.is_any() {
            self.put_bytes(key, Writer::bytes_of(value));
        }
    }

    /// Keeps a value under its own hash.
    pub fn put_content<T: Form>(&self, value: &T) -> Key {
        let bytes = Writer::bytes_of(value);
        let key = Key::of(&bytes);
        if self.is_any() && !self.packs.iter().any(|opened| opened.pack.get(&key).is_some()) {
            self.put_bytes(key, bytes);
        }
        key
    }

    fn put_bytes(&self, key: Key, bytes: Vec<u8>) {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(key, bytes);
    }

    /// How many values were added.
    pub fn added(&self) -> usize {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Writes what was added.
    pub fn save(self) {
        let Self { folder: Some(folder), packs, fresh } = self else { return };
        let fresh = fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
        let used = packs.iter().filter(|opened| opened.was_of_use.load(Ordering::Relaxed));
        used.for_each(|opened| folder::touch(&opened.path));
        if !fresh.is_empty() {
            let (name, index) = pack::index(&fresh);
            // Written as they are: all results once more would be a good part of what a compilation holds.
            let parts: Vec<&[u8]> = fresh.values().chain([&index]).map(Vec::as_slice).collect();
            folder.keep_pack(&name, &parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(memory: &Memory, key: &Key) -> Option<String> {
        memory.get(key)
    }

    #[test]
    fn several_share_a_folder_and_harm_does_no_harm() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        let keys = [Key::of(b"one"), Key::of(b"two")];
        let (first, second) = (Memory::open(&folder), Memory::open(&folder));
        first.put(keys[0], &"first".to_owned());
        second.put(keys[1], &"second".to_owned());
        first.save();
        second.save();
        let both = Memory::open(&folder);
        assert_eq!(text(&both, &keys[0]).as_deref(), Some("first"));
        assert_eq!(text(&both, &keys[1]).as_deref(), Some("second"));
        for path in folder.packs() {
            let whole = std::fs::read(&path).unwrap();
            for place in 0..whole.len() {
                let mut harmed = whole.clone();
                harmed[place] ^= 1;
                std::fs::write(&path, &harmed).unwrap();
                let memory = Memory::open(&folder);
                let read = keys.map(|key| text(&memory, &key));
                assert_eq!(read.iter().flatten().count(), 1, "byte {place} is another one");
                std::fs::write(&path, &whole[..place]).unwrap();
                let memory = Memory::open(&folder);
                assert_eq!(keys.iter().filter_map(|key| text(&memory, key)).count(), 1);
            }
            std::fs::write(&path, &whole).unwrap();
        }
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let memory = Memory::none();
        let key = Key::of(b"one");
        memory.put(key, &"first".to_owned());
        assert_eq!((text(&memory, &key), memory.added()), (None, 0));
        memory.save();
    }
}
