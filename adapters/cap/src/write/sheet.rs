//! The document being written: elements, escapes, and the path for messages.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::EncodeError;

/// A document under way.
pub(super) struct Sheet {
    xml: String,
    /// The elements that are open, as they would be named in a message.
    path: Vec<String>,
}

impl Sheet {
    pub(super) fn new(root: &str) -> Self {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        Self { xml, path: vec![root.to_owned()] }
    }

    /// Begins the root element.
    pub(super) fn root(&mut self, namespace: &str) {
        let name = self.path.first().map(String::as_str).unwrap_or_default();
        self.xml.push_str(&format!("<{name} xmlns=\"{namespace}\">\n"));
    }

    /// Ends the root element and gives the document.
    pub(super) fn finish(mut self) -> String {
        let name = self.path.pop().unwrap_or_default();
        self.xml.push_str(&format!("</{name}>\n"));
        self.xml
    }

    /// Begins the element that is the one after `index` others of its name.
    pub(super) fn open(&mut self, name: &str, index: usize) {
        self.indent();
        self.xml.push_str(&format!("<{name}>\n"));
        self.path.push(format!("{name}[{}]", index + 1));
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self, name: &str) {
        self.path.pop();
        self.indent();
        self.xml.push_str(&format!("</{name}>\n"));
    }

    /// Writes an element with text, even when it is empty.
    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), EncodeError> {
        if !text.chars().all(is_writable) {
            let rule = "the text holds a control character, which XML does not allow";
            return Err(self.unwritable(name, rule));
        }
        self.indent();
        self.xml.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
        Ok(())
    }

    /// Writes an element if there is a text for it.
    pub(super) fn optional(&mut self, name: &str, text: Option<&str>) -> Result<(), EncodeError> {
        match text {
            Some(text) if !text.is_empty() => self.text(name, text),
            _ => Ok(()),
        }
    }

    /// Writes a time if there is one.
    pub(super) fn time(&mut self, name: &str, at: Option<Timestamp>) -> Result<(), EncodeError> {
        let Some(at) = at else { return Ok(()) };
        let text = self.strict_time(name, at)?;
        self.text(name, &text)
    }

    /// The form of CAP 1.2 section 3.3.2: whole seconds, and `-00:00` for UTC.
    pub(super) fn strict_time(&self, name: &str, at: Timestamp) -> Result<String, EncodeError> {
        if at.subsec_nanosecond() != 0 {
            return Err(self.unwritable(name, "CAP has no fractions of a second; round it first"));
        }
        let civil = Offset::UTC.to_datetime(at);
        if !(0..=9999).contains(&civil.year()) {
            return Err(self.unwritable(name, "the year has not four digits"));
        }
        Ok(format!("{}-00:00", civil.strftime("%Y-%m-%dT%H:%M:%S")))
    }

    /// The error that an element is missing here.
    pub(super) fn missing(&self, name: &str, section: &'static str) -> EncodeError {
        EncodeError::Missing { place: self.place(name), section }
    }

    /// The error that an element cannot be written here.
    pub(super) fn unwritable(&self, name: &str, rule: &'static str) -> EncodeError {
        EncodeError::Unwritable { place: self.place(name), rule }
    }

    fn place(&self, name: &str) -> String {
        format!("{}/{name}", self.path.join("/"))
    }

    fn indent(&mut self) {
        self.path.iter().for_each(|_| self.xml.push_str("  "));
    }
}

/// Whether XML 1.0 allows the character and a reader will keep it.
fn is_writable(c: char) -> bool {
    !matches!(c, '\u{FFFE}' | '\u{FFFF}') && (!c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

/// The text with markup escaped; a carriage return too, which XML readers take for a line feed.
fn escape(text: &str) -> Cow<'_, str> {
    let escaped = quick_xml::escape::partial_escape(text);
    if escaped.contains('\r') { Cow::Owned(escaped.replace('\r', "&#13;")) } else { escaped }
}
