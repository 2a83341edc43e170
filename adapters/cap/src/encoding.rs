//! From bytes to text: byte order marks, declared encodings, and bytes that belie them.

use std::borrow::Cow;

use muster_contract::{Rejection, Warning};

/// How far into a document its XML declaration is looked for.
const DECLARATION_WINDOW: usize = 256;

/// How archives begin, in which some services hand out their alerts.
const ARCHIVES: [(&[u8], &str); 2] =
    [(b"PK\x03\x04", "ZIP archive"), (b"\x1F\x8B", "gzip archive")];

/// The text of a document, and what was unusual about its encoding.
pub(crate) struct Text<'a> {
    /// The document without its byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// Set when the bytes fit the declaration but look like something else.
    pub(crate) warning: Option<Warning>,
}

/// Reads the bytes in the encoding that their byte order mark or XML declaration names.
///
/// The declaration is believed, as XML 1.0 section 4.3.3 wants. Bytes that cannot be what it says
/// are reported: guessing would put wrong letters into a warning.
pub(crate) fn decode(bytes: &[u8]) -> Result<Text<'_>, Rejection> {
    if let Some((_, archive)) = ARCHIVES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let message = format!("this is a {archive}; unpack it and send the XML documents");
        return Err(rejection(None, message));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return utf8(rest);
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        [b'<', 0, ..] => return utf16(bytes, u16::from_le_bytes),
        [0, b'<', ..] => return utf16(bytes, u16::from_be_bytes),
        _ => {}
    }
    let Some(name) = declared(bytes) else { return utf8(bytes) };
    match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => utf8(bytes),
        "us-ascii" | "ascii" => ascii(bytes),
        "iso-8859-1" | "latin1" | "latin-1" => {
            Ok(single_byte(bytes, &name, encoding_rs::mem::decode_latin1))
        }
        "windows-1252" | "cp1252" => Ok(single_byte(bytes, &name, windows_1252)),
        other if other.starts_with("utf-16") => Err(rejection(
            None,
            format!(
                "the XML declaration says `{name}`, but the bytes are not UTF-16; declare the \
                 encoding in which the document is really saved, best UTF-8"
            ),
        )),
        _ => Err(rejection(
            None,
            format!(
                "the encoding `{name}` is not supported; send UTF-8 (also read: UTF-16, \
                 US-ASCII, ISO-8859-1, windows-1252)"
            ),
        )),
    }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(DECLARATION_WINDOW))?;
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(head, b"?>")?;
    let declaration = std::str::from_utf8(head.get(..end)?).ok()?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}

fn utf8(bytes: &[u8]) -> Result<Text<'_>, Rejection> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Text { text: Cow::Borrowed(text), warning: None }),
        Err(fault) => Err(mismatch(bytes, fault.valid_up_to(), "UTF-8")),
    }
}

fn ascii(bytes: &[u8]) -> Result<Text<'_>, Rejection> {
    match bytes.iter().position(|b| !b.is_ascii()) {
        None => utf8(bytes),
        Some(at) => Err(mismatch(bytes, at, "US-ASCII")),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Text<'static>, Rejection> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().copied().map(unit)).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(Text { text: Cow::Owned(text), warning: None }),
        _ => Err(rejection(
            None,
            "the document begins as UTF-16 but is not valid UTF-16 to its end; it may have been \
             cut off or changed on the way"
                .to_owned(),
        )),
    }
}

fn single_byte<'b>(bytes: &'b [u8], name: &str, read: fn(&'b [u8]) -> Cow<'b, str>) -> Text<'b> {
    let looks_like_utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    let warning = looks_like_utf8.then(|| Warning {
        place: "document".to_owned(),
        message: format!(
            "declares `{name}`, but its bytes also make valid UTF-8, which is hardly chance; read \
             as declared, so check its letters"
        ),
    });
    Text { text: read(bytes), warning }
}

fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
}

fn mismatch(bytes: &[u8], at: usize, encoding: &str) -> Rejection {
    let line = bytes.iter().take(at).filter(|b| **b == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    rejection(
        u32::try_from(line).ok(),
        format!(
            "the byte 0x{byte:02X} is not {encoding}, in which the document claims to be written \
             (UTF-8 unless it declares another); declare the encoding in which it is really saved"
        ),
    )
}

fn rejection(line: Option<u32>, message: String) -> Rejection {
    Rejection { place: "document".to_owned(), line, message }
}
