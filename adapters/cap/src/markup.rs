//! What stands inside a tag or a text: names, attributes and references to characters.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// The name in front of an opening tag's inside, and what follows it.
pub(crate) fn name(inside: &str) -> Option<(&str, &str)> {
    let is_end = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
    let length = inside.bytes().position(|b| is_end(&b)).unwrap_or(inside.len());
    let (name, rest) = inside.split_at_checked(length)?;
    is_name(name).then_some((name, rest))
}

/// Whether a text is a name of XML, as far as ASCII goes: names beyond it are left to the sender.
fn is_name(text: &str) -> bool {
    let is_start = |b: u8| b.is_ascii_alphabetic() || matches!(b, b'_' | b':') || !b.is_ascii();
    let is_inner = |b: u8| is_start(b) || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    text.bytes().next().is_some_and(is_start) && text.bytes().all(is_inner)
}

/// The names and values of a tag's attributes, each with the sentence that says what is wrong.
pub(crate) fn attributes(
    mut rest: &str,
) -> impl Iterator<Item = Result<(&str, &str), &'static str>> {
    let mut next = move || {
        let after_blank = rest.trim_ascii_start();
        if matches!(after_blank, "" | "/") {
            return Ok(None);
        }
        if after_blank.len() == rest.len() {
            return Err("attributes must be set apart by blanks");
        }
        let (name, value) = after_blank.split_once('=').ok_or("an attribute has no value")?;
        let name = name.trim_ascii_end();
        if !is_name(name) {
            return Err("an attribute has no proper name");
        }
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.ok_or("an attribute's value is not in quotes")?;
        let inside = value.get(1..).and_then(|inside| inside.split_once(quote));
        let (value, after) = inside.ok_or("an attribute's value has no end")?;
        if value.contains('<') {
            return Err("an attribute's value holds a `<`");
        }
        rest = after;
        Ok(Some((name, value)))
    };
    let mut failed = false;
    std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let step = next();
        failed = step.is_err();
        step.transpose()
    })
}

/// The name that occurs twice among attributes, if one does. Sorting keeps an element with many
/// attributes from costing the square of them.
pub(crate) fn repeated(mut names: Vec<&str>) -> Option<&str> {
    names.sort_unstable();
    names.windows(2).find_map(|pair| match pair {
        [first, second] if first == second => Some(*first),
        _ => None,
    })
}

/// The text with references resolved and line ends made `\n` (XML 1.0 sections 2.11 and 4.1).
///
/// # Errors
/// A reference that is not to a character, as the text that follows the `&`.
pub(crate) fn resolve(text: &str) -> Result<Cow<'_, str>, &str> {
    if memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let normal = lines(text);
    if memchr(b'&', text.as_bytes()).is_none() {
        return Ok(normal);
    }
    let mut resolved = String::with_capacity(normal.len());
    let mut parts = normal.split('&');
    resolved.push_str(parts.next().unwrap_or_default());
    for (number, part) in parts.enumerate() {
        let reference =
            part.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        let Some((character, after)) = reference else {
            // The same part of the text as it came, for the message.
            return Err(text.split('&').nth(number + 1).unwrap_or_default());
        };
        resolved.push(character);
        resolved.push_str(after);
    }
    Ok(Cow::Owned(resolved))
}

/// The text with every line end made `\n` (XML 1.0 section 2.11).
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The character of a reference: one of the five names, or a number that XML allows.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| is_allowed(*c))
        }
    }
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a text holds a control character that XML does not allow even as it is.
pub(crate) fn has_controls(text: &str) -> bool {
    let is_control = |b: &u8| *b < b' ' && !matches!(*b, b'\t' | b'\n' | b'\r');
    // No early end, so that the compiler can look at many bytes at once.
    text.as_bytes().iter().fold(false, |found, b| found | is_control(b))
}
