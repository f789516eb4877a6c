//! BYTES written as text and back: base 16, 32 and 64, UTF-8, and what CAST's FORMAT names. String functions,
//! "FROM_BASE32" …; Format elements, "Format bytes as string".

use data_encoding::{BASE32, BASE64, Encoding, Specification};
use std::sync::LazyLock;

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("bytes_as_text", bytes_as_text),
    strict("from_base32", |arguments| decoded(arguments, "BASE32")),
    strict("from_base64", |arguments| decoded(arguments, "BASE64")),
    strict("from_hex", |arguments| decoded(arguments, "HEX")),
    strict("safe_convert_bytes_to_string", safe_convert),
    strict("text_as_bytes", text_as_bytes),
    strict("to_base32", |arguments| encoded(arguments, "BASE32")),
];

/// Base 64 without its padding, and whatever its last bits are.
static LENIENT_BASE64: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    specification.check_trailing_bits = false;
    // The symbols are fixed, and so is what comes of them.
    specification.encoding().unwrap_or(data_encoding::BASE64_NOPAD)
});

fn encoded<'a>(arguments: &[Value<'a>], format: &str) -> Result<Value<'a>, String> {
    let [Value::Bytes(bytes)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::string(written(bytes, format)?))
}

fn decoded<'a>(arguments: &[Value<'a>], format: &str) -> Result<Value<'a>, String> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bytes(read(text, format)?.into()))
}

/// `CAST(bytes AS STRING FORMAT format)`
fn bytes_as_text<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(bytes), Value::String(format)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::string(written(bytes, &format.to_ascii_uppercase())?))
}

/// `CAST(text AS BYTES FORMAT format)`
fn text_as_bytes<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text), Value::String(format)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bytes(read(text, &format.to_ascii_uppercase())?.into()))
}

fn safe_convert<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(bytes)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::string(String::from_utf8_lossy(bytes).into_owned()))
}

/// Bytes in a format. Base 2 and 8 have as many digits as the bits need.
fn written(bytes: &[u8], format: &str) -> Result<String, String> {
    Ok(match format {
        "HEX" | "BASE16" => data_encoding::HEXLOWER.encode(bytes),
        "BASE32" => BASE32.encode(bytes),
        "BASE64" => BASE64.encode(bytes),
        "BASE64M" => {
            let lines = BASE64.encode(bytes);
            let lines: Vec<&str> = lines.as_bytes().chunks(MIME_LINE).filter_map(line).collect();
            lines.join("\n")
        }
        "BASE2" => bytes.iter().map(|byte| format!("{byte:08b}")).collect(),
        "BASE8" => octal(bytes)?,
        "ASCII" if bytes.is_ascii() => String::from_utf8_lossy(bytes).into_owned(),
        "ASCII" => return Err("the bytes are not all ASCII".to_owned()),
        "UTF-8" | "UTF8" => {
            std::str::from_utf8(bytes).map_err(|_| "the bytes are no valid UTF-8".to_owned())?.to_owned()
        }
        other => return Err(unknown(other)),
    })
}

fn read(text: &str, format: &str) -> Result<Vec<u8>, String> {
    let bad = |what: &str| format!("`{}` is no text in {what}", text.chars().take(100).collect::<String>());
    Ok(match format {
        "HEX" | "BASE16" => {
            let even = if text.len().is_multiple_of(2) { text.to_owned() } else { format!("0{text}") };
            data_encoding::HEXLOWER_PERMISSIVE.decode(even.as_bytes()).map_err(|_| bad("base 16"))?
        }
        "BASE32" => BASE32.decode(text.as_bytes()).map_err(|_| bad("base 32"))?,
        "BASE64" | "BASE64M" => base64(text).ok_or_else(|| bad("base 64"))?,
        "BASE2" => digits(text, 1).ok_or_else(|| bad("base 2, with eight digits a byte"))?,
        "BASE8" => digits(text, 3).ok_or_else(|| bad("base 8, with eight digits for three bytes"))?,
        "ASCII" if text.is_ascii() => text.as_bytes().to_vec(),
        "ASCII" => return Err("the text is not all ASCII".to_owned()),
        "UTF-8" | "UTF8" => text.as_bytes().to_vec(),
        other => return Err(unknown(other)),
    })
}

fn unknown(format: &str) -> String {
    format!("`{format}` is no format of bytes: HEX, BASE64, BASE64M, BASE32, BASE8, BASE2, ASCII, UTF-8 are")
}

/// How long lines of MIME's base 64 are.
const MIME_LINE: usize = 76;

fn line(symbols: &[u8]) -> Option<&str> {
    std::str::from_utf8(symbols).ok()
}

/// White space is passed over, and padding may be missing.
fn base64(text: &str) -> Option<Vec<u8>> {
    let symbols: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let bare = symbols.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let padding = symbols.len() - bare;
    if padding != 0 && (padding > 2 || !symbols.len().is_multiple_of(4)) {
        return None;
    }
    LENIENT_BASE64.decode(&symbols[..bare]).ok()
}

/// Eight digits for each three bytes, which only whole threes of bytes can be.
fn octal(bytes: &[u8]) -> Result<String, String> {
    if !bytes.len().is_multiple_of(3) {
        return Err("base 8 of bytes that are no multiple of three".to_owned());
    }
    let three = |three: &[u8]| three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
    Ok(bytes.chunks(3).map(|bytes| format!("{:08o}", three(bytes))).collect())
}

/// Digits of one or three bits, eight at a time.
fn digits(text: &str, bits: u32) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(8) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 8 * bits as usize);
    for eight in text.as_bytes().chunks(8) {
        let mut all = 0_u32;
        for digit in eight {
            let value = char::from(*digit).to_digit(1 << bits)?;
            all = all << bits | value;
        }
        bytes.extend(&all.to_be_bytes()[4 - bits as usize..]);
    }
    Some(bytes)
}
