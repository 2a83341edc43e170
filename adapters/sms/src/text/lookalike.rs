//! Typographic characters and what a typewriter had for them.

/// Replaces typographic characters, and says how many it replaced.
pub(super) fn replace(text: &str) -> (String, usize) {
    let mut plain = String::with_capacity(text.len());
    let mut replaced = 0;
    for c in text.chars() {
        match look_alike(c) {
            Some(other) => {
                plain.push_str(other);
                replaced += 1;
            }
            None => plain.push(c),
        }
    }
    (plain, replaced)
}

/// Only signs: a letter without its accent is another letter, and may be another word.
fn look_alike(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‹' => "<",
        '›' => ">",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        '•' | '‣' | '●' => "*",
        '·' => ".",
        '×' => "x",
        '→' => "->",
        '←' => "<-",
        '⁄' => "/",
        // Spaces of every width, and the tab.
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\u{2028}' | '\u{2029}' => "\n",
        // What has no width: soft hyphen, zero-width space, word joiner, byte order mark.
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => "",
        _ => return None,
    })
}
