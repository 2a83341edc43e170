//! Elements that hold lists: words between blanks, those with blanks inside in double quotes.

use muster_contract::AlertKey;

use super::time;

/// Splits a list at its blanks. An unclosed quote runs to the end.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_ascii_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((rest, "")),
        };
        if !word.is_empty() {
            words.push(word);
        }
        rest = after.trim_ascii_start();
    }
    words
}

/// Reads `sender,identifier,sent`. The parts should hold no commas; if the identifier does all the
/// same, it is what lies between the first and the last.
pub(super) fn reference(word: &str) -> Option<AlertKey> {
    let (sender, rest) = word.split_once(',')?;
    let (identifier, sent) = rest.rsplit_once(',')?;
    let sent = time::parse(sent)?.at;
    let is_named = !sender.is_empty() && !identifier.is_empty();
    is_named.then(|| AlertKey {
        sender: sender.to_owned(),
        identifier: identifier.to_owned(),
        sent,
    })
}

/// The words as strings of their own.
pub(super) fn owned(text: &str) -> Vec<String> {
    words(text).into_iter().map(str::to_owned).collect()
}
