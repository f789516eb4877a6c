//! Many kept results in one file: the results one after the other, then where each of them stands. A pack is
//! written once, whole, and never changed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{Form, Key, Reader, Writer};

/// How a pack ends: it was written to its end, in this form.
const MARK: &[u8] = b"tidemill pack 1\n";

/// Where a result stands, and what it must hash to.
#[derive(Clone, Debug)]
struct Place {
    start: u64,
    length: u64,
    hash: Key,
}
super::form!(struct Place { start, length, hash });

/// A pack on disk.
pub struct Pack {
    file: Mutex<File>,
    places: BTreeMap<Key, Place>,
}

/// What stands behind the results of a pack, one after the other in the order of their keys: where each of them is. With a
/// hash that tells the pack from all others.
pub fn index(results: &BTreeMap<Key, Vec<u8>>) -> (Key, Vec<u8>) {
    let mut places = BTreeMap::new();
    let mut start = 0;
    for (key, result) in results {
        let length = result.len() as u64;
        places.insert(*key, Place { start, length, hash: Key::of(result) });
        start += length;
    }
    let mut writer = Writer::default();
    places.write(&mut writer);
    let mut index = writer.finish();
    let hash = Key::of(&index);
    let mut tail = Writer::default();
    hash.write(&mut tail);
    (index.len() as u64).write(&mut tail);
    tail.bytes(MARK);
    index.extend(tail.finish());
    (hash, index)
}

impl Pack {
    /// Opens a pack; nothing where it is not one, or not all of one.
    pub fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let size = file.metadata().ok()?.len();
        let tail_length = Key::LENGTH as u64 + 8 + MARK.len() as u64;
        let tail = read_at(&mut file, size.checked_sub(tail_length)?, tail_length)?;
        let mut tail = Reader::new(&tail);
        let hash = Key::read(&mut tail)?;
        let length = u64::read(&mut tail)?;
        if tail.bytes(MARK.len())? != MARK {
            return None;
        }
        let index = read_at(&mut file, size.checked_sub(tail_length)?.checked_sub(length)?, length)?;
        if Key::of(&index) != hash {
            return None;
        }
        Some(Self { file: Mutex::new(file), places: Reader::whole(&index)? })
    }

    /// A result, if it stands there unharmed.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let place = self.places.get(key)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let result = read_at(&mut file, place.start, place.length)?;
        drop(file);
        (Key::of(&result) == place.hash).then_some(result)
    }
}

/// Reserves memory only for what is there.
fn read_at(file: &mut File, start: u64, length: u64) -> Option<Vec<u8>> {
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    file.by_ref().take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}
