//! The messages that an alert refers to: `sender,identifier,sent`, with blanks between them.
//!
//! Who writes blanks after the commas, or commas between the triples, still means a message, and
//! its warning stays up if the Cancel is not understood. Each triple ends with a time, so that is
//! where a list which does not keep the form is taken apart.

use jiff::Timestamp;
use muster_contract::AlertKey;

use super::{list, time};

/// A piece of the list.
pub(super) enum Reference {
    /// A triple, and whether it was written as the standard wants it.
    Read { key: AlertKey, is_strict: bool },
    /// What names no message that could be found.
    Unread(String),
}

/// Reads the list.
pub(super) fn all(text: &str) -> Vec<Reference> {
    let mut read = Vec::new();
    for group in groups(text) {
        match strict(&group.text) {
            Some(key) => read.push(Reference::Read { key, is_strict: !group.is_mended }),
            None => read.extend(loose(&group.text)),
        }
    }
    read
}

/// Words of the list that belong together.
struct Group {
    text: String,
    /// Whether it was in pieces.
    is_mended: bool,
}

/// The words of the list, those put together again that were torn apart at a comma.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for word in list::words(text, super::is_blank) {
        match groups.last_mut() {
            Some(last) if last.text.ends_with(',') || word.starts_with(is_separator) => {
                last.text.push_str(word);
                last.is_mended = true;
            }
            _ => groups.push(Group { text: word.to_owned(), is_mended: false }),
        }
    }
    groups
}

/// Reads a triple of exactly three parts.
fn strict(group: &str) -> Option<AlertKey> {
    let (sender, rest) = group.split_once(',')?;
    let (identifier, sent) = rest.split_once(',')?;
    key(sender, identifier, sent)
}

/// Reads the triples of a group, whatever stands between them.
fn loose(group: &str) -> Vec<Reference> {
    let (mut read, mut begin) = (Vec::new(), 0);
    for (at, sent) in times(group) {
        let names = group.get(begin..at).unwrap_or_default();
        let names = names.trim_matches(is_separator).split_once(',');
        // The identifier may hold commas, or a time: then the triple ends with a later one.
        if let Some(key) = names.and_then(|(sender, identifier)| key(sender, identifier, sent)) {
            read.push(Reference::Read { key, is_strict: false });
            begin = at + sent.len();
        }
    }
    let rest = group.get(begin..).unwrap_or_default();
    if rest.contains(|c| !is_separator(c)) || read.is_empty() {
        read.push(Reference::Unread(rest.to_owned()));
    }
    read
}

/// The parts of a group that are times, each with the byte at which it begins.
fn times(group: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = group.split(is_separator);
    let placed = parts.map(|part| (part.as_ptr().addr() - group.as_ptr().addr(), part));
    placed.filter(|(_, part)| instant(part).is_some())
}

fn key(sender: &str, identifier: &str, sent: &str) -> Option<AlertKey> {
    let sent = instant(sent)?;
    let is_named = !sender.is_empty() && !identifier.is_empty();
    is_named.then(|| AlertKey {
        sender: sender.to_owned(),
        identifier: identifier.to_owned(),
        sent,
    })
}

fn instant(text: &str) -> Option<Timestamp> {
    time::parse(text).filter(|time| !time.is_clamped).map(|time| time.at)
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';')
}
