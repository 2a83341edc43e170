//! Content lines (RFC 5545 section 3.1): unfolded, decoded, and taken apart.

use crate::Warnings;
use crate::limits::LINE_BYTES_MAX;

/// One content line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The line of the file on which it begins, counted from 1.
    pub(crate) number: usize,
    /// The name of the property, in capitals.
    pub(crate) name: String,
    parameters: Vec<(String, String)>,
    /// The value as it stands there.
    pub(crate) value: String,
}

impl Line {
    /// The value of a parameter, by its name in capitals.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, without the backslashes of section 3.3.11.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(char) = chars.next() {
            match char {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                },
                other => text.push(other),
            }
        }
        text
    }
}

/// The lines of a file. Bytes are unfolded before they are decoded, because some programs fold
/// within a character.
pub(crate) fn lines(bytes: &[u8], warnings: &mut Warnings) -> Vec<Line> {
    let utf16 = decoded_utf16(bytes);
    let bytes = utf16.as_ref().map_or(bytes, String::as_bytes);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut lines = Vec::new();
    for (number, raw) in unfolded(bytes) {
        if raw.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if raw.len() > LINE_BYTES_MAX {
            warnings.add(number, "the line is too long and was passed over");
            continue;
        }
        let text = String::from_utf8(raw).unwrap_or_else(|error| {
            warnings.add(number, "the text is not UTF-8 and was read as Windows-1252");
            // What calendars that are not UTF-8 mostly are.
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned()
        });
        match parsed(number, &text) {
            Some(line) => lines.push(line),
            None => warnings.add(number, "the line has no `:` and was passed over"),
        }
    }
    lines
}

/// Puts two bytes together in one of the two orders.
type Unit = fn([u8; 2]) -> u16;

fn decoded_utf16(bytes: &[u8]) -> Option<String> {
    let (rest, unit): (&[u8], Unit) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let units = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    Some(
        char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
    )
}

/// Lines with those that go on in the next (a blank or tab at its beginning) put together; the end
/// of a line is CRLF, LF or CR.
fn unfolded(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut rest = bytes;
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.get(1..)).unwrap_or_default();
        match (line.split_first(), lines.last_mut()) {
            (Some((b' ' | b'\t', more)), Some((_, before))) => before.extend_from_slice(more),
            _ => lines.push((number, line.to_vec())),
        }
    }
    lines
}

/// `NAME;PARAM=VALUE;PARAM="VALUE":VALUE`. Parameter values may be escaped by RFC 6868.
fn parsed(number: usize, text: &str) -> Option<Line> {
    let name_end = text.find([';', ':'])?;
    let (name, mut rest) = text.split_at(name_end);
    let mut parameters = Vec::new();
    while let Some(parameter) = rest.strip_prefix(';') {
        let end = parameter_end(parameter, true).or_else(|| parameter_end(parameter, false))?;
        let (one, after) = parameter.split_at(end);
        if let Some((name, value)) = one.split_once('=') {
            parameters.push((name.trim().to_ascii_uppercase(), parameter_text(value)));
        }
        rest = after;
    }
    let value = rest.strip_prefix(':')?.to_owned();
    Some(Line { number, name: name.trim().to_ascii_uppercase(), parameters, value })
}

/// Where a parameter ends. What stands in quotes does not end it; nor, should `brackets` count, what
/// stands in brackets: `TZID=(UTC-05:00) Eastern Time` comes without the quotes that it needs.
fn parameter_end(parameter: &str, brackets: bool) -> Option<usize> {
    let (mut quoted, mut depth) = (false, 0_i32);
    parameter.find(|char| {
        quoted ^= char == '"';
        depth += match char {
            '(' if brackets => 1,
            ')' if brackets => -1,
            _ => 0,
        };
        !quoted && depth <= 0 && matches!(char, ';' | ':')
    })
}

/// The value of a parameter without quotes, and without the circumflexes of RFC 6868.
fn parameter_text(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars().filter(|char| *char != '"').peekable();
    while let Some(char) = chars.next() {
        let meant = match (char, chars.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('\'')) => '"',
            ('^', Some('^')) => '^',
            _ => {
                text.push(char);
                continue;
            }
        };
        chars.next();
        text.push(meant);
    }
    text
}
