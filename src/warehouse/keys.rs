//! Keys of `keyed_hash`: files that nobody but their owner can read. Their values go into the function that
//! DuckDB calls and nowhere else: they have no printed form, and no message holds one.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context;
use duckdb::Connection;
use duckdb::arrow::array::{Array, AsArray, RecordBatch, StringArray};
use duckdb::arrow::datatypes::DataType;
use duckdb::vscalar::{ArrowFunctionSignature, VArrowScalar};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::diagnostic::{Code, Diagnostic};

/// The name of the function in DuckDB.
const FUNCTION: &str = "tidemill_keyed_hash";
/// Fewest and most bytes of a key.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=4096;
/// Bytes of a key of our making.
const FRESH: usize = 32;

/// A key's value. It cannot be printed, compared or written into a record.
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.fill(0);
        // Without a look at them the zeros might never be written.
        std::hint::black_box(&self.0);
    }
}

/// The keys at hand, by name. Clones share them.
#[derive(Clone, Default)]
pub struct KeyRing(Arc<RwLock<BTreeMap<String, Secret>>>);

impl KeyRing {
    /// Puts a key in, in place of one of the same name.
    pub fn put(&self, name: &str, secret: Secret) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret);
    }

    /// Gives a DuckDB the function that hashes with these keys.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn register(&self, connection: &Connection) -> anyhow::Result<()> {
        connection
            .register_scalar_function_with_state::<KeyedHash>(FUNCTION, self)
            .context("registering keyed_hash")
    }

    /// HMAC-SHA256 in hexadecimal digits, by a key.
    fn hasher(&self, name: &str) -> Result<Hmac<Sha256>, String> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.get(name).ok_or_else(|| format!("there is no key `{name}` at hand"))?;
        Hmac::new_from_slice(&key.0).map_err(|_| format!("the key `{name}` cannot be used"))
    }
}

/// `keyed_hash(text, 'name')`: the name is the same in all rows.
struct KeyedHash;

impl VArrowScalar for KeyedHash {
    type State = KeyRing;

    fn invoke(keys: &KeyRing, input: RecordBatch) -> Result<Arc<dyn Array>, Box<dyn std::error::Error>> {
        let texts = input.column(0).as_string_opt::<i32>().ok_or("keyed_hash takes texts")?;
        let names = input.column(1).as_string_opt::<i32>().ok_or("keyed_hash takes a key's name")?;
        let mut known: Option<(&str, Hmac<Sha256>)> = None;
        let mut hashed: Vec<Option<String>> = Vec::with_capacity(texts.len());
        for (text, name) in texts.iter().zip(names.iter()) {
            let (Some(text), Some(name)) = (text, name) else {
                hashed.push(None);
                continue;
            };
            let fresh = match &known {
                Some((last, hasher)) if *last == name => hasher.clone(),
                _ => {
                    let hasher = keys.hasher(name)?;
                    known = Some((name, hasher.clone()));
                    hasher
                }
            };
            let digest = fresh.chain_update(text.as_bytes()).finalize().into_bytes();
            hashed.push(Some(digest.iter().map(|byte| format!("{byte:02x}")).collect()));
        }
        Ok(Arc::new(StringArray::from(hashed)))
    }

    fn signatures() -> Vec<ArrowFunctionSignature> {
        vec![ArrowFunctionSignature::exact(vec![DataType::Utf8, DataType::Utf8], DataType::Utf8)]
    }
}

/// Reads a key's file.
///
/// # Errors
/// It is missing, is no regular file, is not the user's alone, or is too short. Nothing of its bytes is told.
pub fn read_key(name: &str, path: &Path, shown: &str) -> Result<Secret, Diagnostic> {
    let make = format!("head -c {FRESH} /dev/urandom > {shown}; chmod 600 {shown}");
    let missing = |problem: &str| {
        Diagnostic::error(Code::KeyMissing, format!("the key `{name}` is not at hand: {shown} {problem}"))
            .hint(format!("make one once and keep it: `{make}`"))
    };
    let unsafe_file = |problem: String, hint: &str| {
        let message = format!("the key `{name}` is not safe: {shown} {problem}");
        Diagnostic::error(Code::KeyUnsafe, message).hint(hint.to_owned())
    };
    let link = std::fs::symlink_metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => missing("is not there"),
        _ => missing("cannot be read"),
    })?;
    if !link.is_file() {
        return Err(unsafe_file("is no regular file".to_owned(), "put the key's own file there, not a link"));
    }
    // Without waiting: what was a file may have become a pipe.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
    let file = std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits() as i32)
        .open(path)
        .map_err(|_| missing("cannot be read"))?;
    // What was opened is what counts, whatever stands under the name by now.
    let metadata = file.metadata().map_err(|_| missing("cannot be read"))?;
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(unsafe_file("belongs to another user".to_owned(), "make the key a file of your own"));
    }
    if !metadata.is_file() || metadata.mode() & 0o077 != 0 {
        let problem = format!("has mode {:04o}, so that others can reach it", metadata.mode() & 0o7777);
        let hint =
            format!("make it yours alone: `chmod 600 {shown}`; if others may have read it, make a new one");
        return Err(unsafe_file(problem, &hint));
    }
    let mut secret = Secret::new(Vec::with_capacity(LENGTHS.end() + 1));
    let most = *LENGTHS.end() as u64 + 1;
    file.take(most).read_to_end(&mut secret.0).map_err(|_| missing("cannot be read"))?;
    if !LENGTHS.contains(&secret.0.len()) {
        let problem = format!("does not have {} to {} bytes", LENGTHS.start(), LENGTHS.end());
        return Err(unsafe_file(problem, &format!("make one of {FRESH} random bytes: `{make}`")));
    }
    Ok(secret)
}

/// Writes a key's file that is not there yet, readable for its owner alone; random without a value.
///
/// # Errors
/// The file stands already, or cannot be written.
pub fn write_key(path: &Path, secret: Option<Secret>) -> anyhow::Result<()> {
    let secret = match secret {
        Some(secret) => secret,
        None => {
            let mut secret = Secret::new(vec![0; FRESH]);
            let mut random = std::fs::File::open("/dev/urandom").context("opening /dev/urandom")?;
            random.read_exact(&mut secret.0).context("reading /dev/urandom")?;
            secret
        }
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("creating {}", path.display()))?;
    file.write_all(&secret.0).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_fresh_key_is_its_owners_alone_and_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("keys/one"), folder.path().join("keys/other"));
        write_key(&one, None).unwrap();
        write_key(&other, None).unwrap();
        assert_eq!(std::fs::metadata(&one).unwrap().permissions().mode() & 0o7777, 0o600);
        let bytes = std::fs::read(&one).unwrap();
        assert_eq!(bytes.len(), 32);
        assert_ne!(bytes, std::fs::read(&other).unwrap());
        assert!(write_key(&one, None).is_err());
        assert_eq!(read_key("one", &one, "keys/one").map_err(|one| one.message).unwrap().0, bytes);
    }

    #[test]
    fn what_others_can_reach_or_what_is_no_file_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let code = || read_key("key", &path, "key").err().map(|finding| finding.code);
        assert_eq!(code(), Some(Code::KeyMissing));
        write_key(&path, Some(Secret::new(vec![7; 32]))).unwrap();
        assert_eq!(code(), None);
        for mode in [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(code(), Some(Code::KeyUnsafe), "{mode:o}");
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
        assert_eq!(code(), None);
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(read_key("key", &link, "link").err().map(|one| one.code), Some(Code::KeyUnsafe));
        std::fs::remove_file(&path).unwrap();
        write_key(&path, Some(Secret::new(vec![7; 15]))).unwrap();
        assert_eq!(code(), Some(Code::KeyUnsafe));
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert_eq!(code(), Some(Code::KeyUnsafe));
    }
}
