//! What the reading of one alert shares: its warnings, what it did not know, and where it is.

use std::borrow::Cow;
use std::fmt::Display;

use jiff::Timestamp;
use memchr::memchr2;
use muster_contract::alert::Named;
use muster_contract::{Alert, Decoded, Warning};

use super::{Element, is_blank, shorten, time};
use crate::{Cap, NAMESPACES};

/// Elements that may repeat, so that a path has to say which one it means.
const REPEATED: [&str; 12] = [
    "info",
    "area",
    "polygon",
    "circle",
    "geocode",
    "parameter",
    "eventCode",
    "resource",
    "category",
    "responseType",
    "code",
    "alert",
];

/// Why the alert is refused: the element, where it begins, and the rule.
pub(super) struct Fault {
    pub(super) place: String,
    /// Byte of the root element's text.
    pub(super) at: usize,
    pub(super) message: String,
}

/// The state of reading one alert.
pub(super) struct Context<'a> {
    /// The namespace of the alert element, which tells the version.
    namespace: &'a str,
    warnings: Vec<Warning>,
    suppressed: usize,
    unknown: Vec<Named>,
    unkept: usize,
    /// Whether an element outside the alert's namespace was already reported.
    foreign_reported: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(alert: Element<'a>) -> Self {
        Self {
            namespace: alert.namespace(),
            warnings: Vec::new(),
            suppressed: 0,
            unknown: Vec::new(),
            unkept: 0,
            foreign_reported: false,
        }
    }

    /// Puts the warnings beside the alert and what was not understood into it.
    pub(super) fn finish(mut self, mut alert: Alert) -> Decoded {
        let mut note = |message| self.warnings.push(Warning { place: "alert".to_owned(), message });
        if self.unkept > 0 {
            let (unkept, limit) = (self.unkept, Cap::MAX_UNKNOWN);
            note(format!("{unkept} elements unknown to CAP were dropped, after the first {limit}"));
        }
        if self.suppressed > 0 {
            note(format!("{} more departures of these kinds", self.suppressed));
        }
        alert.unknown = self.unknown;
        Decoded { alert, warnings: self.warnings }
    }

    /// Whether the alert is of version 1.2, the only one to require some elements.
    pub(super) fn is_version_1_2(&self) -> bool {
        NAMESPACES.last() == Some(&self.namespace)
    }

    /// Whether the alert is of version 1.0, which leaves more out.
    pub(super) fn is_version_1_0(&self) -> bool {
        NAMESPACES.first() == Some(&self.namespace)
    }

    /// The name of an element of the standard; empty for one of another vocabulary.
    ///
    /// Elements in no namespace or in that of another version are taken for the standard's own:
    /// senders forget the prefix, and feeds leave their own default on `valueName`.
    pub(super) fn name(&mut self, node: Element<'a>) -> &'a str {
        let namespace = node.namespace();
        // Nearly always both are the very same piece of the document.
        let is_same = std::ptr::eq(namespace, self.namespace) || namespace == self.namespace;
        if !is_same {
            if !namespace.is_empty() && !NAMESPACES.contains(&namespace) {
                return "";
            }
            if !self.foreign_reported {
                self.foreign_reported = true;
                self.warn(node, "not in the namespace of its alert; read as if it were");
            }
        }
        node.name()
    }

    /// Puts up with something.
    pub(super) fn warn(&mut self, node: Element<'a>, message: impl Into<String>) {
        self.warn_at(|| path(node), message);
    }

    /// Puts up with the lack of an element.
    pub(super) fn warn_of_missing(
        &mut self,
        parent: Element<'a>,
        name: &str,
        message: impl Into<String>,
    ) {
        self.warn_at(|| format!("{}/{name}", path(parent)), message);
    }

    fn warn_at(&mut self, place: impl FnOnce() -> String, message: impl Into<String>) {
        if self.warnings.len() < Cap::MAX_WARNINGS {
            self.warnings.push(Warning { place: place(), message: message.into() });
        } else {
            self.suppressed += 1;
        }
    }

    /// Keeps an element that the standard does not name, with the texts inside it.
    pub(super) fn keep_unknown(&mut self, node: Element<'a>) {
        for leaf in node.elements().filter(|inner| inner.children().next().is_none()) {
            self.keep(leaf, leaf.text().trim_matches(is_blank));
        }
    }

    /// Keeps a value that found no place in the alert under the path of its element.
    pub(super) fn keep(&mut self, node: Element<'a>, value: &str) {
        if self.unknown.len() < Cap::MAX_UNKNOWN {
            self.unknown.push(Named { name: path(node), value: value.to_owned() });
        } else {
            self.unkept += 1;
        }
    }

    /// Fills a place that holds one element. A second one is kept aside with a warning.
    pub(super) fn once(&mut self, place: &mut Option<Element<'a>>, node: Element<'a>) {
        if place.is_none() {
            *place = Some(node);
        } else {
            self.warn(node, "given more than once; the first one was read");
            self.keep_unknown(node);
        }
    }

    /// The text of an element without the blanks around it.
    pub(super) fn text(&mut self, node: Element<'a>) -> Cow<'a, str> {
        let text = node.text();
        if node.children().next().is_some() {
            self.warn(node, "holds elements where CAP has text; their text was read");
        }
        // DEL and the C1 controls (0xC2 0x80 to 0xC2 0x9F) are all that XML lets through.
        let may_have_controls = memchr2(0x7F, 0xC2, text.as_bytes()).is_some();
        let text = if may_have_controls && text.contains(char::is_control) {
            let is_text = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
            let clean: String = text.chars().filter(is_text).collect();
            if clean.len() < text.len() {
                self.warn(node, "control characters in the text were removed");
            }
            Cow::Owned(clean)
        } else {
            text
        };
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_blank)),
            Cow::Owned(text) => Cow::Owned(text.trim_matches(is_blank).to_owned()),
        }
    }

    /// The text of an optional element; nothing when it is absent or empty.
    pub(super) fn optional(&mut self, place: Option<Element<'a>>) -> Option<String> {
        let text = self.text(place?);
        (!text.is_empty()).then(|| text.into_owned())
    }

    /// An element that must be there.
    pub(super) fn required(
        parent: Element<'a>,
        place: Option<Element<'a>>,
        name: &str,
        section: &str,
    ) -> Result<Element<'a>, Fault> {
        place.ok_or_else(|| {
            let (place, at) = (format!("{}/{name}", path(parent)), parent.start());
            let message = format!("the element is missing; CAP 1.2 section {section} requires it");
            Fault { place, at, message }
        })
    }

    /// The time without which a message is not known from another.
    pub(super) fn required_time(&mut self, node: Element<'a>) -> Result<Timestamp, Fault> {
        let text = self.text(node);
        let shown = shorten(&text);
        if text.is_empty() {
            return Err(fault(node, "the element is empty; CAP 1.2 section 3.2.1 requires a time"));
        }
        match time::parse(&text) {
            Some(time) if !time.is_clamped => {
                self.note_departure(node, &text, &time);
                Ok(time.at)
            }
            Some(_) => Err(fault(node, format!("`{shown}` is later than any time that is read"))),
            None => Err(fault(node, format!("`{shown}` is no time; {}", time::FORM))),
        }
    }

    /// A time; nothing when the element is absent or empty. Senders who mean "never" write a later one
    /// than can be reckoned with.
    pub(super) fn time(&mut self, place: Option<Element<'a>>) -> Result<Option<Timestamp>, Fault> {
        let Some(node) = place else { return Ok(None) };
        let text = self.text(node);
        if text.is_empty() {
            return Ok(None);
        }
        let Some(time) = time::parse(&text) else {
            let message = format!("`{}` is no time; {}", shorten(&text), time::FORM);
            return Err(fault(node, message));
        };
        self.note_departure(node, &text, &time);
        Ok(Some(time.at))
    }

    fn note_departure(&mut self, node: Element<'a>, text: &str, time: &time::Time) {
        if let Some(departure) = time.departure {
            self.warn(node, format!("`{}` has {departure}", shorten(text)));
        }
    }

    /// A member of a code list. Another case of letters is read with a warning.
    pub(super) fn code<T: Copy + Display>(
        &mut self,
        node: Element<'a>,
        text: &str,
        all: &[T],
        exact: fn(&str) -> Option<T>,
    ) -> Option<T> {
        if let Some(member) = exact(text) {
            return Some(member);
        }
        let member = all.iter().find(|member| member.to_string().eq_ignore_ascii_case(text))?;
        self.warn(node, format!("`{text}` is spelt `{member}` in the standard; read as that"));
        Some(*member)
    }
}

/// Refuses the alert because of an element.
pub(super) fn fault(node: Element<'_>, message: impl Into<String>) -> Fault {
    Fault { place: path(node), at: node.start(), message: message.into() }
}

/// The members of a code list, for a message.
pub(super) fn members<T: Display>(all: &[T]) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

/// The path of an element from its alert, such as `alert/info[2]/severity`.
fn path(node: Element<'_>) -> String {
    let mut steps = Vec::new();
    for element in node.ancestors() {
        let name = element.name();
        if super::is_alert(element) {
            steps.push(name.to_owned());
            break;
        }
        steps.push(if REPEATED.contains(&name) {
            format!("{name}[{}]", element.same_before() + 1)
        } else {
            name.to_owned()
        });
    }
    steps.reverse();
    steps.join("/")
}
