//! Lines that did not fit, on their way into the table of errors. They wait in a file: whoever names the
//! wrong source for a large file has all of it rejected, and that must not fill the memory.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use duckdb::{Connection, params};
use serde_json::json;
use tempfile::NamedTempFile;

use super::load::ReadFile;
use crate::sql::duckdb::literal;

/// A line that did not fit, with its original bytes.
pub struct Rejected {
    pub received_at: Option<String>,
    pub source: Option<String>,
    pub reason: String,
    pub detail: String,
    pub original: Vec<u8>,
    pub line: i64,
}

/// The rejected lines of one file.
pub struct Rejections {
    folder: PathBuf,
    file: Option<BufWriter<NamedTempFile>>,
    count: i64,
    longest: usize,
}

impl Rejections {
    /// None yet; they will be kept in a folder until they are loaded.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), file: None, count: 0, longest: 0 }
    }

    pub fn count(&self) -> i64 {
        self.count
    }

    pub fn push(&mut self, rejected: &Rejected) -> anyhow::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = NamedTempFile::new_in(&self.folder).context("writing beside the warehouse")?;
                none.insert(BufWriter::new(file))
            }
        };
        let mut line = serde_json::to_vec(&json!({
            "received_at": rejected.received_at, "source": rejected.source, "reason": rejected.reason,
            "detail": rejected.detail, "original": hexadecimal(&rejected.original), "line": rejected.line,
        }))?;
        line.push(b'\n');
        file.write_all(&line).context("writing beside the warehouse")?;
        self.count += 1;
        self.longest = self.longest.max(line.len());
        Ok(())
    }

    /// Adds the lines to the table of errors.
    pub(super) fn insert(self, session: &Connection, file: &ReadFile) -> anyhow::Result<()> {
        let Some(written) = self.file else { return Ok(()) };
        let written = written.into_inner().context("writing beside the warehouse")?;
        // The reader's buffers grow with this, so it is no larger than it must be.
        let longest = self.longest.max(1 << 20);
        let sql = format!(
            "INSERT INTO tidemill.ingest_error
             SELECT received_at, source, reason, detail, unhex(original), ?, line, CAST(? AS TIMESTAMP)
             FROM read_json({}, format = 'newline_delimited', maximum_object_size = {longest}, columns = {{
               received_at: 'TIMESTAMP', source: 'VARCHAR', reason: 'VARCHAR', detail: 'VARCHAR',
               original: 'VARCHAR', line: 'BIGINT'
             }})",
            literal(&written.path().to_string_lossy())
        );
        session.execute(&sql, params![file.name, file.at]).context("keeping the rejected lines")?;
        Ok(())
    }
}

/// Bytes as text; a line that is no JSON may be no UTF-8 either.
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

#[cfg(test)]
mod tests {
    use super::hexadecimal;

    #[test]
    fn bytes_are_written_high_digit_first() {
        assert_eq!(hexadecimal(&[0x00, 0x7f, 0xa5, 0xff]), "007fa5ff");
    }
}
