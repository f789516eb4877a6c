//! Where a world's texts go: files by name, opened one after another.
//!
//! The simulation writes to whatever it is given and must never touch the world's files itself.

use super::calendar::add_days;
use anyhow::Context;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

/// Makes the files of a world; each name is asked for once.
pub trait Files {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write>>;
}

/// Files that stay in memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Text>,
}

/// A file in memory and its writer have the same bytes.
#[derive(Clone, Debug, Default)]
struct Text(Rc<RefCell<Vec<u8>>>);

impl Memory {
    /// The texts by name.
    pub fn texts(self) -> BTreeMap<String, String> {
        let text = |bytes: Text| String::from_utf8_lossy(&bytes.0.borrow()).into_owned();
        self.files.into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
    }
}

impl Files for Memory {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write>> {
        Ok(Box::new(self.files.entry(name.to_owned()).or_default().clone()))
    }
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One file a day, `prefix_YYYYMMDD.ndjson`, also for a day without lines.
pub(super) struct Shards {
    prefix: &'static str,
    next: Date,
    current: Option<Box<dyn Write>>,
}

impl Shards {
    pub(super) fn new(prefix: &'static str, first_day: Date) -> Self {
        Self { prefix, next: first_day, current: None }
    }

    /// The file of a day, which must not be before that of the last call.
    pub(super) fn of(
        &mut self,
        day: Date,
        files: &mut dyn Files,
    ) -> anyhow::Result<&mut (dyn Write + 'static)> {
        let after = add_days(day, 1);
        while self.current.is_none() || self.next < after {
            self.finish()?;
            let day = self.next;
            let name = format!("{}_{:04}{:02}{:02}.ndjson", self.prefix, day.year(), day.month(), day.day());
            self.current = Some(files.create(&name)?);
            self.next = add_days(day, 1);
        }
        self.current.as_deref_mut().context("a file for each day")
    }

    /// Writes out what is left of the last file.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.current.as_mut().map_or(Ok(()), |file| file.flush())
    }
}
