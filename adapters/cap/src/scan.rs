//! A pass over the text before any tree is built: bounds, DOCTYPEs, and where each root element is.
//!
//! The tree builder would spend memory on a hostile document before anybody could look at it. This
//! pass allocates nothing but the list of roots. It also makes a stream of concatenated documents
//! (NAADS sends one `<alert>` after another) readable: each root element stands alone, and the
//! declarations and comments around it do not matter.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3, memmem};
use muster_contract::Rejection;

use crate::Cap;

/// A root element's place in the text, or why there is none.
pub(crate) type Root = Result<Range<usize>, Rejection>;

/// Finds the root elements of a text and checks its bounds.
pub(crate) fn roots(text: &str) -> Vec<Root> {
    let lines = Lines::new(text);
    let mut scan =
        Scan { text, lines, at: 0, depth: 0, start: 0, namespaces: 0, stray: false, roots: vec![] };
    if let Err(rejection) = scan.run() {
        scan.roots.push(Err(rejection));
    }
    scan.roots
}

/// Counts lines forward, so that asking for many places in order reads the text only once.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of a byte in the text, from 1.
    pub(crate) fn of(&mut self, at: usize) -> u32 {
        if at < self.at {
            *self = Self::new(self.text);
        }
        let between = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += u32::try_from(memchr_iter(b'\n', between).count()).unwrap_or(0);
        self.at = at;
        self.line
    }
}

struct Scan<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// How far the text was looked at.
    at: usize,
    /// How many elements are open.
    depth: usize,
    /// Where the open root element began.
    start: usize,
    /// Namespace declarations met so far.
    namespaces: usize,
    /// Whether text outside any element was met; it is reported once.
    stray: bool,
    roots: Vec<Root>,
}

impl<'a> Scan<'a> {
    fn run(&mut self) -> Result<(), Rejection> {
        while let Some(found) = memchr(b'<', self.rest()) {
            self.text_before(found)?;
            self.at += found;
            let rest = self.rest();
            match rest {
                [b'<', b'!', b'-', b'-', ..] => self.skip(b"-->", "comment")?,
                [b'<', b'!', b'[', b'C', ..] => {
                    let from = self.at;
                    self.skip(b"]]>", "CDATA section")?;
                    self.check_text(self.at - from)?;
                }
                [b'<', b'!', ..] => return Err(self.doctype()),
                [b'<', b'?', ..] => self.skip(b"?>", "processing instruction")?,
                [b'<', b'/', ..] => self.close()?,
                _ => self.open()?,
            }
        }
        self.text_before(self.rest().len())?;
        if self.depth > 0 {
            let name = self.text.get(self.start + 1..).unwrap_or_default();
            let name = name.split(|c: char| !is_name(c)).next().unwrap_or_default();
            return Err(self.fault_at(
                self.text.len(),
                format!("the document ends before `{name}` is closed: it was cut off on the way"),
            ));
        }
        Ok(())
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Checks the text in front of the next markup: its length, and that it lies inside a root.
    fn text_before(&mut self, length: usize) -> Result<(), Rejection> {
        self.check_text(length)?;
        if self.depth == 0 {
            let stray = self.rest().get(..length).unwrap_or_default().trim_ascii_start();
            if !stray.is_empty() && !self.stray {
                self.stray = true;
                let message = "there is text outside any element; send the XML document alone";
                let fault = self.fault_at(self.at + length - stray.len(), message);
                self.roots.push(Err(fault));
            }
        }
        Ok(())
    }

    fn check_text(&mut self, length: usize) -> Result<(), Rejection> {
        if length > Cap::MAX_TEXT_BYTES {
            let limit = Cap::MAX_TEXT_BYTES;
            return Err(self.fault(format!(
                "one piece of text has {length} bytes, more than the {limit} that are read"
            )));
        }
        Ok(())
    }

    /// Goes past the end mark of a comment or the like.
    fn skip(&mut self, end: &[u8], what: &str) -> Result<(), Rejection> {
        let Some(found) = memmem::find(self.rest(), end) else {
            return Err(self.fault(format!("a {what} begins here and never ends")));
        };
        self.at += found + end.len();
        Ok(())
    }

    fn close(&mut self) -> Result<(), Rejection> {
        let Some(found) = memchr(b'>', self.rest()) else {
            return Err(self.fault("a closing tag begins here and never ends"));
        };
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(self.fault("a closing tag without an opening one"));
        };
        self.at += found + 1;
        self.depth = depth;
        if depth == 0 { self.end_root() } else { Ok(()) }
    }

    /// Goes past an opening tag, counting its attributes by their quoted values.
    fn open(&mut self) -> Result<(), Rejection> {
        if self.depth == 0 {
            self.start = self.at;
        }
        let rest = self.rest();
        let name = rest.iter().skip(1).take_while(|b| !b.is_ascii_whitespace() && **b != b'>');
        if name.take(Cap::MAX_NAME_BYTES + 1).count() > Cap::MAX_NAME_BYTES {
            return Err(self.too_many("bytes in a name", Cap::MAX_NAME_BYTES));
        }
        let (mut inside, mut attributes) = (1, 0);
        loop {
            let ahead = rest.get(inside..).unwrap_or_default();
            let Some(found) = memchr3(b'>', b'"', b'\'', ahead) else {
                return Err(self.fault("an opening tag begins here and never ends"));
            };
            let (before, mark) = (ahead.get(..found).unwrap_or_default(), ahead.get(found));
            inside += found + 1;
            let Some(quote) = mark.filter(|mark| **mark != b'>') else { break };
            attributes += 1;
            self.namespaces += usize::from(memmem::find(before, b"xmlns").is_some());
            let value = rest.get(inside..).unwrap_or_default();
            let Some(length) = memchr(*quote, value) else {
                return Err(self.fault("an attribute's value begins here and never ends"));
            };
            inside += length + 1;
        }
        if attributes > Cap::MAX_ATTRIBUTES {
            return Err(self.too_many("attributes on an element", Cap::MAX_ATTRIBUTES));
        }
        if self.namespaces > Cap::MAX_NAMESPACES {
            return Err(self.too_many("namespace declarations", Cap::MAX_NAMESPACES));
        }
        let is_empty = inside >= 2 && rest.get(inside - 2) == Some(&b'/');
        self.at += inside;
        self.depth += usize::from(!is_empty);
        if self.depth > Cap::MAX_DEPTH {
            return Err(self.too_many("elements inside each other", Cap::MAX_DEPTH));
        }
        if self.depth == 0 { self.end_root() } else { Ok(()) }
    }

    fn end_root(&mut self) -> Result<(), Rejection> {
        self.roots.push(Ok(self.start..self.at));
        if self.roots.len() > Cap::MAX_ALERTS {
            return Err(self.too_many("root elements in one document", Cap::MAX_ALERTS));
        }
        Ok(())
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

/// Whether the character may stand in a name, as far as a message needs to know.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')
}
