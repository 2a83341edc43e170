//! Elements that hold lists: words between blanks, those with blanks inside in double quotes.

/// Splits a list at its blanks. An unclosed quote runs to the end.
pub(super) fn words(text: &str, is_blank: fn(char) -> bool) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(is_blank).unwrap_or((rest, "")),
        };
        if !word.is_empty() {
            words.push(word);
        }
        rest = after.trim_start_matches(is_blank);
    }
    words
}

/// The words as strings of their own. Only the blanks that XML knows divide them: one of another
/// script belongs to a name.
pub(super) fn owned(text: &str) -> Vec<String> {
    words(text, |c| c.is_ascii_whitespace()).into_iter().map(str::to_owned).collect()
}
