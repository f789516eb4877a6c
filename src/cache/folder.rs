//! Where results are kept: `outcomes/` holds what whole projects came to, a file each, `packs/` what their
//! parts did. Files are written beside their place and moved there, so that readers see all of one or none.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Key;

/// How much is kept of each kind: what was not used for the longest time goes first.
const MOST_FILES: usize = 64;
const MOST_BYTES: u64 = 512 << 20;

/// A folder of kept results.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// A file in it.
struct Kept {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl Folder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// What a whole project came to.
    pub fn outcome(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.outcome_path(key);
        let bytes = fs::read(&path).ok()?;
        let (hash, outcome) = bytes.split_at_checked(Key::LENGTH)?;
        let is_whole = Key::from_bytes(hash)? == Key::of(outcome);
        touch(&path);
        is_whole.then(|| outcome.to_vec())
    }

    /// Keeps what a whole project came to.
    pub fn keep_outcome(&self, key: &Key, outcome: &[u8]) {
        self.write(&self.outcome_path(key), &[Key::of(outcome).as_bytes().as_slice(), outcome]);
        evict(&self.0.join("outcomes"));
    }

    fn outcome_path(&self, key: &Key) -> PathBuf {
        self.0.join("outcomes").join(key.to_string())
    }

    /// The packs that are there.
    pub(super) fn packs(&self) -> Vec<PathBuf> {
        kept(&self.0.join("packs")).into_iter().map(|one| one.path).collect()
    }

    /// Adds a pack.
    pub(super) fn keep_pack(&self, name: &Key, parts: &[&[u8]]) {
        self.write(&self.0.join("packs").join(name.to_string()), parts);
        evict(&self.0.join("packs"));
    }

    /// Writes a file whole or not at all. A cache that cannot be written is one that stays empty.
    fn write(&self, path: &Path, parts: &[&[u8]]) {
        let write = || -> std::io::Result<()> {
            let folder = path.parent().unwrap_or(&self.0);
            fs::create_dir_all(folder)?;
            let ignored = self.0.join(".gitignore");
            if !ignored.exists() {
                fs::write(ignored, "*\n")?;
            }
            let mut file = BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
            parts.iter().try_for_each(|part| file.write_all(part))?;
            file.into_inner()?.persist(path).map(drop).map_err(|error| error.error)
        };
        let _ = write();
    }
}

/// Notes that a file was of use.
pub(super) fn touch(path: &Path) {
    let _ = File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
}

fn kept(folder: &Path) -> Vec<Kept> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let kept = entries.filter_map(|entry| {
        let about = entry.metadata().ok()?;
        about.is_file().then_some(())?;
        Some(Kept { path: entry.path(), bytes: about.len(), used: about.modified().ok()? })
    });
    let mut kept: Vec<Kept> = kept.collect();
    kept.sort_by(|one, other| one.path.cmp(&other.path));
    kept
}

/// Removes what was not used for the longest time, as far as there is too much; of files used in the same
/// moment the small ones, which cost little to make again. Left behind by a writer that was killed, a
/// temporary file goes in the same way.
fn evict(folder: &Path) {
    let mut kept = kept(folder);
    // One run touches all that it used, within this time.
    const MOMENT: u64 = 60;
    let moment = |used: SystemTime| {
        used.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs() / MOMENT)
    };
    kept.sort_by_key(|one| (std::cmp::Reverse(moment(one.used)), std::cmp::Reverse(one.bytes)));
    let mut bytes = 0;
    for (index, one) in kept.iter().enumerate() {
        bytes += one.bytes;
        if index >= MOST_FILES || bytes > MOST_BYTES {
            let _ = fs::remove_file(&one.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_that_was_harmed_was_never_kept() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().join("cache"));
        let key = Key::of(b"a project");
        assert_eq!(folder.outcome(&key), None);
        folder.keep_outcome(&key, b"what it came to");
        assert_eq!(folder.outcome(&key).as_deref(), Some(b"what it came to".as_slice()));
        let path = folder.outcome_path(&key);
        let whole = fs::read(&path).unwrap();
        for place in 0..whole.len() {
            let mut harmed = whole.clone();
            harmed[place] ^= 1;
            fs::write(&path, &harmed).unwrap();
            assert_eq!(folder.outcome(&key), None, "byte {place} is another one");
            fs::write(&path, &whole[..place]).unwrap();
            assert_eq!(folder.outcome(&key), None, "{place} bytes are left");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_stays_empty() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("cache"), "a file").unwrap();
        let folder = Folder::new(place.path().join("cache"));
        folder.keep_outcome(&Key::of(b"a project"), b"what it came to");
        assert_eq!(folder.outcome(&Key::of(b"a project")), None);
    }

    #[test]
    fn what_was_not_used_for_long_goes_first() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        let keys: Vec<Key> = (0..=MOST_FILES as u64).map(|number| Key::of(&number.to_le_bytes())).collect();
        for (age, key) in keys.iter().enumerate() {
            folder.keep_outcome(key, b"same");
            let long_ago = SystemTime::now() - std::time::Duration::from_secs(100 * (200 - age as u64));
            let file = File::options().append(true).open(folder.outcome_path(key)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        // Reading the oldest makes it the newest, and the second oldest the next to go.
        assert!(folder.outcome(&keys[1]).is_some());
        folder.keep_outcome(&Key::of(b"one more"), b"same");
        assert_eq!(kept(&place.path().join("outcomes")).len(), MOST_FILES);
        assert!(folder.outcome(&keys[1]).is_some());
        assert!(folder.outcome(&keys[2]).is_none());
    }
}
