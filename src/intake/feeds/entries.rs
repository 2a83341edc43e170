//! The alerts that a feed document holds, and the links to those that it does not hold.
//!
//! An Atom entry or RSS item either embeds a whole CAP alert, as elements or as escaped text, or
//! links to one. Which of its links that is, senders tell in many ways; the surest comes first:
//! a media type of CAP, then one of XML or a path that ends like XML, then the plain link of the
//! entry, which is only a guess and may well be a page for people.

use muster_cap::{Cap, NAMESPACES};
use roxmltree::{Document, Node, ParsingOptions};
use url::Url;

/// Entries of one feed document that are looked at.
pub const ENTRIES_MAX: usize = 5_000;
/// Bytes of all embedded alerts of one feed document.
const EMBEDDED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Elements, texts and comments of one feed document.
const NODES_MAX: u32 = 300_000;
/// Attributes of one element: the reader compares each with each.
const ATTRIBUTES_MAX: usize = 256;
/// Bytes of one address.
const URL_BYTES_MAX: usize = 2_048;
/// Notes on entries that were skipped.
const SKIPPED_MAX: usize = 20;
/// Elements that may carry a whole alert as text.
const TEXT_CARRIERS: [&str; 4] = ["content", "description", "encoded", "summary"];
/// Elements that say when an entry changed.
const DATES: [&str; 5] = ["updated", "pubDate", "published", "date", "sent"];
/// What a link may be to its entry for the alert to be behind it.
const RELATIONS: [&str; 4] = ["alternate", "enclosure", "related", "item"];

/// What a document is, once it is looked at.
#[derive(Debug)]
pub enum Contents {
    /// An Atom or RSS feed.
    Feed(Feed),
    /// Something else that is XML, with the name of its root element.
    Other(String),
}

/// What a feed document holds.
#[derive(Debug, Default)]
pub struct Feed {
    /// The alerts and links, in the order of the entries.
    pub items: Vec<Item>,
    /// Why entries were skipped, each in a sentence.
    pub skipped: Vec<String>,
}

/// An alert of a feed.
#[derive(Debug, PartialEq, Eq)]
pub enum Item {
    /// It is in the feed itself, and stands here as a document of its own.
    Embedded(Vec<u8>),
    /// It is behind a link.
    Linked(Link),
}

/// A link to an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it is.
    pub url: Url,
    /// When the entry changed, as it says itself; empty when it does not say.
    pub updated: String,
    /// Whether the entry says that CAP or XML is behind it.
    pub sure: bool,
}

/// Reads a feed document that was fetched from an address.
///
/// # Errors
/// Says in a sentence why the document cannot be read as XML.
pub fn read(bytes: &[u8], base: &Url) -> Result<Contents, String> {
    let text = decode(bytes);
    check_bounds(&text)?;
    let options = ParsingOptions { nodes_limit: NODES_MAX, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options)
        .map_err(|error| format!("it is not well-formed XML: {error}"))?;
    let root = document.root_element();
    if !matches!(root.tag_name().name(), "feed" | "rss" | "RDF") {
        return Ok(Contents::Other(root.tag_name().name().to_owned()));
    }
    let entries = root.descendants().filter(|n| matches!(n.tag_name().name(), "entry" | "item"));
    let mut feed = Feed::default();
    let mut embedded_bytes = 0;
    for (entry, number) in entries.zip(1..) {
        if number > ENTRIES_MAX {
            feed.skip(format!("only the first {ENTRIES_MAX} entries are looked at"));
            break;
        }
        let pieces = embedded(entry);
        if pieces.is_empty() {
            match link(entry, base) {
                Some(link) => feed.items.push(Item::Linked(link)),
                None => {
                    feed.skip(format!("entry {number} neither holds an alert nor links to one"));
                }
            }
        }
        embedded_bytes += pieces.iter().map(Vec::len).sum::<usize>();
        if embedded_bytes > EMBEDDED_BYTES_MAX {
            feed.skip(format!("entry {number} and those after it hold too many bytes"));
            break;
        }
        feed.items.extend(pieces.into_iter().map(Item::Embedded));
    }
    Ok(Contents::Feed(feed))
}

/// Whether bytes may hold CAP: they name one of its namespaces, or are in UTF-16.
#[must_use]
pub fn may_hold_cap(bytes: &[u8]) -> bool {
    let utf16 = matches!(bytes, [0xfe, 0xff, ..] | [0xff, 0xfe, ..]);
    utf16
        || NAMESPACES.iter().any(|namespace| {
            bytes.windows(namespace.len()).any(|window| window == namespace.as_bytes())
        })
}

impl Feed {
    fn skip(&mut self, why: String) {
        if self.skipped.len() < SKIPPED_MAX {
            self.skipped.push(why);
        }
    }
}

/// Text of a feed. What is not UTF-8 is read as Latin-1, in which every byte means something.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// Refuses what the reader would spend minutes on: its time grows with the square of an element's
/// attributes and of the namespaces.
fn check_bounds(text: &str) -> Result<(), String> {
    if text.matches("xmlns").count() > Cap::MAX_NAMESPACES {
        return Err(format!("it declares more than {} namespaces", Cap::MAX_NAMESPACES));
    }
    let attributes = |tag: &str| {
        tag.split('=').skip(1).filter(|rest| rest.trim_start().starts_with(['"', '\''])).count()
    };
    if text.split('<').any(|tag| attributes(tag) > ATTRIBUTES_MAX) {
        return Err(format!("an element has more than {ATTRIBUTES_MAX} attributes"));
    }
    Ok(())
}

/// The whole alerts inside an entry, each as a document of its own.
fn embedded(entry: Node<'_, '_>) -> Vec<Vec<u8>> {
    let is_cap = |node: &Node<'_, '_>| {
        let name = node.tag_name();
        name.name() == "alert" && name.namespace().is_some_and(|n| NAMESPACES.contains(&n))
    };
    let elements: Vec<_> = entry.descendants().filter(is_cap).map(stand_alone).collect();
    if !elements.is_empty() {
        return elements;
    }
    let texts = entry.children().filter(|n| TEXT_CARRIERS.contains(&n.tag_name().name()));
    texts
        .filter_map(|node| node.text())
        .filter(|text| text.trim_ascii_start().starts_with('<') && may_hold_cap(text.as_bytes()))
        .map(|text| text.as_bytes().to_vec())
        .collect()
}

/// The source of an element, with the namespaces that it has from elements around it.
fn stand_alone(node: Node<'_, '_>) -> Vec<u8> {
    let source = node.document().input_text().get(node.range()).unwrap_or_default();
    let name_end = source.find([' ', '\t', '\r', '\n', '/', '>']).unwrap_or(source.len());
    let (start, rest) = source.split_at(name_end);
    // Where values hold a `>` this is too short, and then a namespace is declared twice and the
    // alert is quarantined; no sender is known to do so.
    let tag = rest.split('>').next().unwrap_or_default();
    let mut document = start.to_owned();
    for namespace in node.namespaces().filter(|namespace| namespace.name() != Some("xml")) {
        let name = namespace.name().map_or_else(|| "xmlns".to_owned(), |n| format!("xmlns:{n}"));
        if !declares(tag, &name) {
            let uri = namespace.uri().replace('&', "&amp;").replace('<', "&lt;");
            let uri = uri.replace('"', "&quot;");
            document.push_str(&format!(" {name}=\"{uri}\""));
        }
    }
    document.push_str(rest);
    document.into_bytes()
}

fn declares(tag: &str, name: &str) -> bool {
    tag.match_indices(name)
        .any(|(at, _)| tag.get(at + name.len()..).is_some_and(|r| r.trim_start().starts_with('=')))
}

/// The link of an entry that most surely leads to its alert.
fn link(entry: Node<'_, '_>, base: &Url) -> Option<Link> {
    let updated = DATES.iter().find_map(|date| {
        let node = entry.children().find(|node| node.tag_name().name() == *date)?;
        node.text().map(|text| text.trim().to_owned())
    });
    let found = entry.children().filter_map(candidate);
    let resolved = found.filter_map(|(surety, target)| {
        let url = base.join(target.trim()).ok()?;
        let usable =
            matches!(url.scheme(), "http" | "https") && url.as_str().len() <= URL_BYTES_MAX;
        usable.then_some((surety.max(surety_of_path(&url)), url))
    });
    // Of two that are equally sure the first counts.
    let (surety, url) = resolved.rev().max_by_key(|(surety, _)| *surety)?;
    Some(Link { url, updated: updated.unwrap_or_default(), sure: surety > Surety::Guess })
}

/// How surely an alert is behind a link.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Surety {
    /// Nothing speaks for it.
    Guess,
    /// The path ends like XML, or the media type is XML.
    Xml,
    /// The media type is that of CAP.
    Cap,
}

/// What a child of an entry links to.
fn candidate<'a>(node: Node<'a, 'a>) -> Option<(Surety, &'a str)> {
    let media = node.attribute("type");
    let text = || node.text().filter(|text| text.trim_start().starts_with("http"));
    match node.tag_name().name() {
        "link" => match node.attribute("href") {
            Some(target) => {
                let surety = surety_of_media(media)?;
                let relation = node.attribute("rel").unwrap_or("alternate");
                let usable = surety == Surety::Cap || RELATIONS.contains(&relation);
                usable.then_some((surety, target))
            }
            None => Some((Surety::Guess, text()?)),
        },
        "enclosure" => Some((surety_of_media(media)?, node.attribute("url")?)),
        "content" => Some((surety_of_media(media)?, node.attribute("src")?)),
        "id" | "guid" if node.attribute("isPermaLink") != Some("false") => {
            Some((Surety::Guess, text()?))
        }
        _ => None,
    }
}

/// What a media type says; none when it says that something else is behind the link.
fn surety_of_media(media: Option<&str>) -> Option<Surety> {
    let Some(media) = media else { return Some(Surety::Guess) };
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match media.as_str() {
        "application/cap+xml" | "application/common-alerting-protocol+xml" => Some(Surety::Cap),
        "text/xml" | "application/xml" => Some(Surety::Xml),
        _ => None,
    }
}

fn surety_of_path(url: &Url) -> Surety {
    let path = url.path().to_ascii_lowercase();
    let like_xml = path.ends_with(".xml") || path.ends_with(".cap");
    if like_xml { Surety::Xml } else { Surety::Guess }
}
