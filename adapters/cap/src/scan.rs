//! From text to trees in one pass: bounds, DOCTYPEs, well-formedness, and where each root ends.
//!
//! A stream of concatenated documents (NAADS sends one `<alert>` after another) is readable: each
//! root element gives a tree of its own or the reason why not, and the declarations and comments
//! around it do not matter. Every bound is checked before memory is spent on what exceeds it.
//!
//! This is not a general XML reader: it refuses DOCTYPEs, and drops attributes, which CAP does not
//! have, after checking them. It exists because the general one took two thirds of the time of
//! reading a warning; a test holds it against that one.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};
use muster_contract::Rejection;

use crate::lines::Lines;
use crate::tree::{Item, Kind, Tree};
use crate::{Cap, markup};

/// A root element, or why there is none.
pub(crate) type Root<'t> = Result<Tree<'t>, Rejection>;

/// Reads the root elements of a text and checks its bounds.
pub(crate) fn roots(text: &str) -> Vec<Root<'_>> {
    let mut scan = Scan {
        text,
        lines: Lines::new(text),
        at: 0,
        depth: 0,
        start: 0,
        open: Vec::new(),
        scope: Vec::new(),
        nodes: Vec::new(),
        broken: None,
        stray: false,
        roots: Vec::new(),
    };
    if let Err(rejection) = scan.run() {
        scan.roots.push(Err(scan.broken.take().unwrap_or(rejection)));
    }
    scan.roots
}

struct Scan<'t> {
    text: &'t str,
    lines: Lines<'t>,
    /// How far the text was looked at.
    at: usize,
    /// How many elements are open.
    depth: usize,
    /// Where the open root element began.
    start: usize,
    /// The open elements: number, name with prefix, and namespaces in scope before it.
    open: Vec<(usize, &'t str, usize)>,
    /// The namespaces in scope: prefix and name.
    scope: Vec<(&'t str, Cow<'t, str>)>,
    nodes: Vec<Item<'t>>,
    /// What is wrong with the open root; the pass goes on to find its end.
    broken: Option<Rejection>,
    /// Whether text outside any element was met; it is reported once.
    stray: bool,
    roots: Vec<Root<'t>>,
}

impl<'t> Scan<'t> {
    fn run(&mut self) -> Result<(), Rejection> {
        while let Some(found) = memchr(b'<', self.rest().as_bytes()) {
            let text = self.rest().get(..found).unwrap_or_default();
            self.take_text(text)?;
            self.at += found;
            match self.rest().as_bytes() {
                [b'<', b'!', b'-', b'-', ..] => self.skip("<!--", "-->", "comment")?,
                [b'<', b'!', b'[', b'C', ..] => self.cdata()?,
                [b'<', b'!', ..] => return Err(self.doctype()),
                [b'<', b'?', ..] => self.skip("<?", "?>", "processing instruction")?,
                [b'<', b'/', ..] => self.close()?,
                _ => self.open()?,
            }
        }
        self.take_text(self.rest())?;
        if self.depth > 0 {
            let name = self.open.first().map_or("the root element", |(_, name, _)| name);
            let message =
                format!("the document ends before `{name}` is closed: it was cut off on the way");
            return Err(self.fault_at(self.text.len(), message));
        }
        Ok(())
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes the text in front of the next markup. Blanks between elements are let go.
    fn take_text(&mut self, text: &'t str) -> Result<(), Rejection> {
        let is_blank = text.bytes().all(|b| b.is_ascii_whitespace());
        if self.depth == 0 {
            if !is_blank && !self.stray {
                self.stray = true;
                let at = self.at + text.len() - text.trim_ascii_start().len();
                let message = "there is text outside any element; send the XML document alone";
                let fault = self.fault_at(at, message);
                self.roots.push(Err(fault));
            }
            return Ok(());
        }
        self.check_text(text)?;
        let after_text = self.nodes.last().zip(self.open.last()).is_some_and(|(node, open)| {
            matches!(node.kind, Kind::Text(_)) && node.parent == open.0
        });
        if is_blank && !after_text {
            return Ok(());
        }
        match markup::resolve(text) {
            Ok(resolved) => self.push(self.at, Kind::Text(resolved)),
            Err(reference) => {
                let shown = reference.split(|c: char| !c.is_alphanumeric() && c != '#').next();
                let shown = crate::read::shorten(shown.unwrap_or_default());
                let at = self.at + (reference.as_ptr().addr() - text.as_ptr().addr());
                self.break_root(
                    at,
                    format!(
                        "`&{shown};` is neither one of the five entities of XML nor a character's \
                     number; write `&amp;` for an ampersand (XML 1.0 section 4.1)"
                    ),
                );
                Ok(())
            }
        }
    }

    fn check_text(&mut self, text: &str) -> Result<(), Rejection> {
        let (length, limit) = (text.len(), Cap::MAX_TEXT_BYTES);
        if length > limit {
            return Err(self.fault(format!(
                "one piece of text has {length} bytes, more than the {limit} that are read"
            )));
        }
        Ok(())
    }

    /// Puts an item into the tree, unless the root is already known to be broken.
    fn push(&mut self, start: usize, kind: Kind<'t>) -> Result<(), Rejection> {
        if self.nodes.len() >= Cap::MAX_NODES {
            return Err(self.too_many("elements and texts", Cap::MAX_NODES));
        }
        if self.broken.is_none() {
            let at = self.nodes.len();
            let parent = self.open.last().map_or(at, |(parent, ..)| *parent);
            self.nodes.push(Item { parent, end: at + 1, start, kind });
        }
        Ok(())
    }

    /// Goes past the end mark of a comment or the like, which shares no character with the one at
    /// which it begins: `<!-->` is not closed yet.
    fn skip(&mut self, begin: &str, end: &str, what: &str) -> Result<(), Rejection> {
        let inside = self.rest().as_bytes().get(begin.len()..).unwrap_or_default();
        let Some(found) = memmem::find(inside, end.as_bytes()) else {
            return Err(self.fault(format!("a {what} begins here and never ends")));
        };
        self.at += begin.len() + found + end.len();
        Ok(())
    }

    fn cdata(&mut self) -> Result<(), Rejection> {
        let from = self.at;
        self.skip("<![CDATA[", "]]>", "CDATA section")?;
        let text = self.text.get(from + "<![CDATA[".len()..self.at - 3).unwrap_or_default();
        self.check_text(text)?;
        if self.depth == 0 {
            return Err(self.fault_at(from, "there is text outside any element"));
        }
        self.push(from, Kind::Text(markup::lines(text)))
    }

    fn close(&mut self) -> Result<(), Rejection> {
        let Some(found) = memchr(b'>', self.rest().as_bytes()) else {
            return Err(self.fault("a closing tag begins here and never ends"));
        };
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(self.fault("a closing tag without an opening one"));
        };
        if self.broken.is_none() {
            let name = self.rest().get(2..found).unwrap_or_default().trim_ascii_end();
            match self.open.pop() {
                Some((number, expected, scope)) if expected == name => {
                    self.end_element(number, scope);
                }
                other => {
                    let expected = other.map_or("", |(_, expected, _)| expected);
                    let name = crate::read::shorten(name);
                    let message = format!("`{expected}` is open here, but `{name}` is closed");
                    self.break_root(self.at, message);
                }
            }
        }
        self.at += found + 1;
        self.depth = depth;
        if depth == 0 { self.end_root() } else { Ok(()) }
    }

    fn end_element(&mut self, number: usize, scope: usize) {
        let end = self.nodes.len();
        if let Some(item) = self.nodes.get_mut(number) {
            item.end = end;
        }
        self.scope.truncate(scope);
    }

    fn open(&mut self) -> Result<(), Rejection> {
        if self.depth == 0 {
            self.start = self.at;
        }
        let length = self.tag_length()?;
        let inside = self.rest().get(1..length - 1).unwrap_or_default();
        let is_empty = inside.ends_with('/');
        if self.broken.is_none() {
            let start = self.at;
            match markup::name(inside) {
                Some((name, _)) if name.len() > Cap::MAX_NAME_BYTES => {
                    return Err(self.too_many("bytes in a name", Cap::MAX_NAME_BYTES));
                }
                Some((name, attributes)) => self.begin_element(name, attributes, is_empty)?,
                None => self.break_root(start, "`<` begins no tag here; write `&lt;` for the sign"),
            }
        }
        self.at += length;
        self.depth += usize::from(!is_empty);
        if self.depth > Cap::MAX_DEPTH {
            return Err(self.too_many("elements inside each other", Cap::MAX_DEPTH));
        }
        if self.depth == 0 { self.end_root() } else { Ok(()) }
    }

    /// The bytes of the opening tag here; its attributes' values may hold a `>`.
    fn tag_length(&mut self) -> Result<usize, Rejection> {
        let rest = self.rest().as_bytes();
        let (mut length, mut values) = (1, 0);
        loop {
            let ahead = rest.get(length..).unwrap_or_default();
            let Some(found) = memchr3(b'>', b'"', b'\'', ahead) else {
                return Err(self.fault("an opening tag begins here and never ends"));
            };
            length += found + 1;
            let Some(quote) = ahead.get(found).filter(|mark| **mark != b'>') else { break };
            values += 1;
            let Some(value) = memchr(*quote, rest.get(length..).unwrap_or_default()) else {
                return Err(self.fault("an attribute's value begins here and never ends"));
            };
            length += value + 1;
        }
        if values > Cap::MAX_ATTRIBUTES {
            return Err(self.too_many("attributes on an element", Cap::MAX_ATTRIBUTES));
        }
        Ok(length)
    }

    fn begin_element(
        &mut self,
        name: &'t str,
        attributes: &'t str,
        is_empty: bool,
    ) -> Result<(), Rejection> {
        let outer_scope = self.scope.len();
        let mut names = Vec::new();
        for attribute in markup::attributes(attributes) {
            match attribute {
                Ok((attribute, value)) => {
                    names.push(attribute);
                    self.declare(attribute, value)?;
                }
                Err(message) => self.break_root(self.at, message),
            }
        }
        if let Some(twice) = markup::repeated(names) {
            let (twice, name) = (crate::read::shorten(twice), crate::read::shorten(name));
            let message = format!(
                "`{name}` has the attribute `{twice}` twice, so nobody can say which one counts \
                 (XML 1.0 section 3.1)"
            );
            self.break_root(self.at, message);
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        // Comparing two empty texts by their bytes may touch unmapped memory, which costs the
        // processor as much as a fault although none is raised; nearly all prefixes are empty.
        let is_bound = |(bound, _): &&(&str, Cow<'_, str>)| {
            bound.len() == prefix.len() && (prefix.is_empty() || *bound == prefix)
        };
        let bound = self.scope.iter().rev().find(is_bound);
        let namespace = match bound {
            Some((_, namespace)) => namespace.clone(),
            None if prefix.is_empty() => Cow::Borrowed(""),
            None => {
                let prefix = crate::read::shorten(prefix);
                let message =
                    format!("the prefix `{prefix}` is not declared with `xmlns:{prefix}`");
                self.break_root(self.at, message);
                return Ok(());
            }
        };
        let number = self.nodes.len();
        self.push(self.at, Kind::Element(local, namespace))?;
        if is_empty {
            self.end_element(number, outer_scope);
        } else {
            self.open.push((number, name, outer_scope));
        }
        Ok(())
    }

    /// Brings a namespace into scope if the attribute declares one.
    fn declare(&mut self, attribute: &'t str, value: &'t str) -> Result<(), Rejection> {
        let prefix = match attribute.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) if rest.starts_with(':') => rest.get(1..).unwrap_or_default(),
            _ => return Ok(()),
        };
        if self.scope.len() >= Cap::MAX_NAMESPACES {
            return Err(self.too_many("namespaces declared at one place", Cap::MAX_NAMESPACES));
        }
        match markup::resolve(value) {
            // Blanks of all kinds are spaces in attributes (XML 1.0 section 3.3.3).
            Ok(name) if name.contains(['\n', '\t']) => {
                self.scope.push((prefix, Cow::Owned(name.replace(['\n', '\t'], " "))));
            }
            Ok(name) => self.scope.push((prefix, name)),
            Err(_) => {
                self.break_root(self.at, "a namespace holds an entity that XML does not have");
            }
        }
        Ok(())
    }

    /// Ends a root: its tree is whole, or the reason why not is known.
    fn end_root(&mut self) -> Result<(), Rejection> {
        let text = self.text.get(self.start..self.at).unwrap_or_default();
        if self.broken.is_none() && markup::has_controls(text) {
            let is_control = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
            let at = self.start + text.find(is_control).unwrap_or(0);
            self.break_root(at, "there is a control character here, which XML does not allow");
        }
        let nodes = std::mem::take(&mut self.nodes);
        self.open.clear();
        self.scope.clear();
        self.roots.push(self.broken.take().map_or(Ok(Tree { nodes }), Err));
        if self.roots.len() > Cap::MAX_ALERTS {
            return Err(self.too_many("root elements in one document", Cap::MAX_ALERTS));
        }
        Ok(())
    }

    /// Notes what is wrong with the open root, if nothing is known yet.
    fn break_root(&mut self, at: usize, message: impl Into<String>) {
        if self.broken.is_none() {
            self.broken = Some(self.fault_at(at, message));
        }
    }

    fn doctype(&mut self) -> Rejection {
        self.fault(
            "document type declarations (`<!DOCTYPE`) and the entities in them are not read: CAP \
             needs none, and they can be used to attack the reader; remove the declaration",
        )
    }

    fn too_many(&mut self, what: &str, limit: usize) -> Rejection {
        self.fault(format!("there are more than {limit} {what}, which is the most that is read"))
    }

    fn fault(&mut self, message: impl Into<String>) -> Rejection {
        self.fault_at(self.at, message)
    }

    fn fault_at(&mut self, at: usize, message: impl Into<String>) -> Rejection {
        let line = Some(self.lines.of(at));
        Rejection { place: "document".to_owned(), line, message: message.into() }
    }
}

#[cfg(test)]
mod tests;
