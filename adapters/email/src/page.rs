//! The HTML part: the text, then the answers as large buttons, then the address of the page.
//!
//! No pictures, no scripts, no styles from elsewhere: it reads the same with them blocked, by a
//! screen reader and in the dark. Every answer leads to the page, where a button is pressed; no
//! link answers by itself, for scanners of mail follow links.

use std::fmt::Write;

use muster_contract::channel::Content;

/// The longest language tag that is passed on (RFC 5646 section 4.4.1).
const LANGUAGE_MAX: usize = 35;

const BUTTON: &str = "display:inline-block;margin:0 12px 12px 0;padding:16px 24px;\
    border-radius:8px;background:#0b4f9e;color:#ffffff;font-size:18px;font-weight:bold;\
    text-decoration:none";

/// The whole page.
pub(crate) fn page(content: &Content) -> String {
    let mut page = String::from("<!DOCTYPE html>\n<html");
    if is_language(&content.language) {
        let _ = write!(page, " lang=\"{}\"", content.language);
    }
    let _ = write!(
        page,
        " dir=\"auto\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body style=\"font-family:sans-serif;font-size:18px;line-height:1.5;max-width:40em\">\n",
        Escaped(&content.subject)
    );
    paragraphs(&mut page, &content.text);
    if let Some(link) = content.link.as_deref().filter(|link| is_web(link)) {
        answers(&mut page, content, link);
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Whether a text has the form of a language tag.
pub(crate) fn is_language(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    !text.is_empty() && text.len() <= LANGUAGE_MAX && text.bytes().all(allowed)
}

/// Paragraphs where there is an empty line, line breaks where there is a break.
fn paragraphs(page: &mut String, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        page.push_str("<p>");
        for (index, line) in paragraph.lines().enumerate() {
            if index > 0 {
                page.push_str("<br>\n");
            }
            let _ = write!(page, "{}", Escaped(line));
        }
        page.push_str("</p>\n");
    }
}

/// A button for each answer, and the address to copy. The page learns from the fragment, which no
/// server sees, which answer was meant.
fn answers(page: &mut String, content: &Content, link: &str) {
    if !content.choices.is_empty() {
        page.push_str("<p>\n");
        for choice in &content.choices {
            let fragment = if link.contains('#') { String::new() } else { fragment(&choice.key) };
            let _ = writeln!(
                page,
                "<a style=\"{BUTTON}\" href=\"{}{fragment}\">{}</a>",
                Escaped(link),
                Escaped(&choice.label)
            );
        }
        page.push_str("</p>\n");
    }
    let _ = writeln!(page, "<p><a href=\"{0}\">{0}</a></p>", Escaped(link));
}

fn fragment(key: &str) -> String {
    if key.bytes().all(|b| b.is_ascii_alphanumeric()) {
        format!("#answer={key}")
    } else {
        String::new()
    }
}

fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

/// A text that means itself in HTML, in attributes too. Control characters are left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' => f.write_char(' ')?,
                c if c.is_control() => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
