//! The lines of a file of submissions: plain, gzip or xz, told apart by their first bytes.
//!
//! It streams: never more than one line is held, and a line that is too long not even that. Lines
//! that came before damage are still handed on; the damage is an error that says what it is.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

/// The longest line that is held, in bytes.
pub const LINE_LIMIT: usize = 16 << 20;
/// What an xz stream may ask for; the strongest usual setting takes 65 MiB.
const XZ_MEMORY: u64 = 256 << 20;
/// How much of a line that is too long is handed on.
const SHOWN: usize = 256;

const GZIP: &[u8] = &[0x1f, 0x8b];
const XZ: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// A line without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    Whole(&'a [u8]),
    /// The last line of a file that does not end in a line end: it may be half written.
    Unfinished(&'a [u8]),
    /// The first bytes of a line over the limit.
    TooLong(&'a [u8]),
}

/// Why a file could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is cut off: its {format} stream ends after line {lines} without its end mark", path.display())]
    Truncated { path: PathBuf, format: &'static str, lines: u64 },
    #[error("{} is compressed with zstd, which is not read", path.display())]
    Zstd { path: PathBuf },
    #[error("{} is damaged: its {format} stream cannot be read after line {lines}: {source}", path.display())]
    Damaged { path: PathBuf, format: &'static str, lines: u64, source: io::Error },
    /// What the caller's function said.
    #[error(transparent)]
    Handler(anyhow::Error),
}

/// Hands every line that is not blank to a function, with its number counted from 1.
///
/// # Errors
/// What is wrong with the file, after the lines before it; or the function's own error, at once.
pub fn for_each_line(
    path: &Path,
    handle: &mut dyn FnMut(u64, Line) -> anyhow::Result<()>,
) -> Result<(), ReadError> {
    for_each_line_within(path, LINE_LIMIT, handle)
}

/// Like [`for_each_line`], with another length of the longest line that is held.
///
/// # Errors
/// Those of [`for_each_line`].
pub fn for_each_line_within(
    path: &Path,
    limit: usize,
    handle: &mut dyn FnMut(u64, Line) -> anyhow::Result<()>,
) -> Result<(), ReadError> {
    let unreadable = |source| ReadError::Unreadable { path: path.to_owned(), source };
    // A pipe would wait for a writer, and can be read only once.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(unreadable(io::Error::other("it is no regular file")));
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    if file.fill_buf().map_err(unreadable)?.starts_with(ZSTD) {
        return Err(ReadError::Zstd { path: path.to_owned() });
    }
    let (format, mut reader) = open(&mut file).map_err(unreadable)?;
    let mut buffer = Vec::new();
    let mut lines = 0;
    loop {
        match next(&mut *reader, limit, &mut buffer) {
            Ok(Some(end)) => {
                lines += 1;
                let bytes = match lines {
                    1 => buffer.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&buffer),
                    _ => &buffer,
                };
                if !bytes.trim_ascii().is_empty() {
                    let line = match end {
                        End::Line => Line::Whole(bytes),
                        End::File => Line::Unfinished(bytes),
                        End::Limit => Line::TooLong(bytes),
                    };
                    handle(lines, line).map_err(ReadError::Handler)?;
                }
            }
            Ok(None) => return Ok(()),
            Err(source) => return Err(failure(path, format, lines, source)),
        }
    }
}

/// The format in words, and a reader of what it holds.
fn open(file: &mut BufReader<File>) -> io::Result<(Option<&'static str>, Box<dyn BufRead + '_>)> {
    let head = file.fill_buf()?;
    if head.starts_with(GZIP) {
        return Ok((Some("gzip"), Box::new(BufReader::new(MultiGzDecoder::new(file)))));
    }
    if head.starts_with(XZ) {
        let stream = Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED).map_err(io::Error::from)?;
        return Ok((Some("xz"), Box::new(BufReader::new(XzDecoder::new_stream(file, stream)))));
    }
    Ok((None, Box::new(file)))
}

fn failure(path: &Path, format: Option<&'static str>, lines: u64, source: io::Error) -> ReadError {
    let path = path.to_owned();
    match format {
        None => ReadError::Unreadable { path, source },
        Some(format) if source.kind() == ErrorKind::UnexpectedEof => {
            ReadError::Truncated { path, format, lines }
        }
        Some(format) => ReadError::Damaged { path, format, lines, source },
    }
}

/// Where a line ended.
enum End {
    Line,
    File,
    /// The line is too long; its head is in the buffer.
    Limit,
}

/// Reads a line into the buffer; `None` at the end of the file.
fn next(reader: &mut dyn BufRead, limit: usize, buffer: &mut Vec<u8>) -> io::Result<Option<End>> {
    buffer.clear();
    // One byte more than a line may have, for its end.
    let mut bounded = reader.take(limit as u64 + 1);
    if bounded.read_until(b'\n', buffer)? == 0 {
        return Ok(None);
    }
    if buffer.last() == Some(&b'\n') {
        buffer.pop();
        return Ok(Some(End::Line));
    }
    if buffer.len() <= limit {
        return Ok(Some(End::File));
    }
    buffer.truncate(SHOWN);
    skip(bounded.into_inner())?;
    Ok(Some(End::Limit))
}

/// Passes over the rest of a line.
fn skip(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let (consumed, ended) = match reader.fill_buf() {
            Ok([]) => return Ok(()),
            Ok(bytes) => match bytes.iter().position(|byte| *byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (bytes.len(), false),
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        reader.consume(consumed);
        if ended {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn write(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn read(bytes: &[u8]) -> (Vec<(u64, String)>, Result<(), ReadError>) {
        let file = write(bytes);
        let mut lines = Vec::new();
        let outcome = for_each_line(file.path(), &mut |number, line| {
            let text = match line {
                Line::Whole(bytes) | Line::Unfinished(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Line::TooLong(head) => format!("{} bytes of a long line", head.len()),
            };
            lines.push((number, text));
            Ok(())
        });
        (lines, outcome)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 6);
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Lines that do not compress to nothing, so that a cut falls inside the data.
    fn many_lines() -> String {
        (0_u64..20_000).map(|number| format!("{}\n", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
    }

    fn numbered(lines: &[(u64, &str)]) -> Vec<(u64, String)> {
        lines.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
    }

    #[test]
    fn plain_gzip_and_xz_give_the_same_lines() {
        let text = b"\xef\xbb\xbf{\"a\": 1}\n\n  \nlast";
        let expected = numbered(&[(1, "{\"a\": 1}"), (4, "last")]);
        let doubled = [gzip(b"{\"a\": 1}\n\n"), gzip(b"\nlast")].concat();
        for bytes in [text.to_vec(), gzip(text), xz(text), doubled] {
            let (lines, outcome) = read(&bytes);
            outcome.unwrap();
            assert_eq!(lines, expected);
        }
        assert_eq!(read(b"").0, []);
    }

    #[test]
    fn a_truncated_stream_is_an_error_after_the_lines_before_it() {
        let text = many_lines();
        for (name, bytes) in [("gzip", gzip(text.as_bytes())), ("xz", xz(text.as_bytes()))] {
            for cut in [bytes.len() / 2, bytes.len() - 3] {
                let (lines, outcome) = read(&bytes[..cut]);
                match outcome {
                    Err(ReadError::Truncated { format, lines: count, .. }) => {
                        assert_eq!(format, name);
                        assert_eq!(count as usize, lines.len());
                    }
                    other => panic!("{name} cut at {cut}: {other:?}"),
                }
                assert!(lines.len() > 1_000, "{name}: {} lines", lines.len());
                assert!(lines.iter().zip(text.lines()).all(|((_, line), written)| line == written));
            }
        }
    }

    #[test]
    fn a_damaged_stream_is_an_error() {
        for bytes in [gzip(many_lines().as_bytes()), xz(many_lines().as_bytes())] {
            let mut bytes = bytes;
            let middle = bytes.len() / 2;
            bytes[middle..middle + 64].fill(0xff);
            assert!(matches!(read(&bytes).1, Err(ReadError::Damaged { .. } | ReadError::Truncated { .. })));
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut bytes = vec![b'x'; LINE_LIMIT + 5];
        bytes.extend(b"\nnext\n");
        let (lines, outcome) = read(&bytes);
        outcome.unwrap();
        assert_eq!(lines, numbered(&[(1, "256 bytes of a long line"), (2, "next")]));
        // The longest line that fits.
        let mut bytes = vec![b'x'; LINE_LIMIT];
        bytes.push(b'\n');
        assert_eq!(read(&bytes).0[0].1.len(), LINE_LIMIT);
    }

    #[test]
    fn a_missing_file_and_a_failing_function_are_told_apart() {
        let outcome = for_each_line(Path::new("/nowhere/at/all"), &mut |_, _| Ok(()));
        assert!(matches!(outcome, Err(ReadError::Unreadable { .. })));
        let file = write(b"a\nb\n");
        let outcome = for_each_line(file.path(), &mut |number, _| anyhow::bail!("stop at {number}"));
        assert_eq!(outcome.unwrap_err().to_string(), "stop at 1");
    }
}
