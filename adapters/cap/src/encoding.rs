//! From bytes to text: byte order marks, declared encodings, and bytes that belie them.

use std::borrow::Cow;

use encoding_rs::Encoding;
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
        // Browsers take these for windows-1252; XML readers do not.
        "iso-8859-1" | "latin1" | "latin-1" => {
            Ok(as_declared(bytes, &name, encoding_rs::mem::decode_latin1(bytes)))
        }
        other if other.starts_with("utf-16") => Err(rejection(
            None,
            format!(
                "the XML declaration says `{name}`, but the bytes are not UTF-16; declare the \
                 encoding in which the document is really saved, best UTF-8"
            ),
        )),
        _ => labelled(bytes, &name),
    }
}

/// Reads the encodings that browsers know: those that were in use when UTF-8 was not yet.
fn labelled<'b>(bytes: &'b [u8], name: &str) -> Result<Text<'b>, Rejection> {
    let encoding = Encoding::for_label_no_replacement(name.as_bytes());
    // Neither can be what the bytes are: the first is no one's, the others were looked for above.
    let unfit = [encoding_rs::X_USER_DEFINED, encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    let Some(encoding) = encoding.filter(|encoding| !unfit.contains(encoding)) else {
        let message = format!(
            "the encoding `{name}` is not supported; send UTF-8 (also read: UTF-16, US-ASCII, \
             ISO-8859-1 to -16, windows-1250 to -1258, KOI8-R, Shift_JIS, EUC-JP, EUC-KR, Big5, \
             GB2312, GBK, GB18030)"
        );
        return Err(rejection(None, message));
    };
    if encoding == encoding_rs::UTF_8 {
        return utf8(bytes);
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or_else(|| {
        let message = format!(
            "the document declares `{name}`, but some of its bytes are no letters in it; declare \
             the encoding in which it is really saved, best UTF-8"
        );
        rejection(None, message)
    })?;
    Ok(as_declared(bytes, name, text))
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

fn as_declared<'b>(bytes: &[u8], name: &str, text: Cow<'b, str>) -> Text<'b> {
    let looks_like_utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    let warning = looks_like_utf8.then(|| Warning {
        place: "document".to_owned(),
        message: format!(
            "declares `{name}`, but its bytes also make valid UTF-8, which is hardly chance; read \
             as declared, so check its letters"
        ),
    });
    Text { text, warning }
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
