//! The alerts inside a document: bare, one after another, in a list, in a feed, in an envelope.

use muster_contract::{Decoded, Rejection};

use crate::lines::Lines;
use crate::tree::{Node, Tree};
use crate::{Cap, NAMESPACES, encoding, read, scan};

/// What decoding a document gives: each alert or the reason why it was refused.
type Outcomes = Vec<Result<Decoded, Rejection>>;

/// Elements of feeds and envelopes that may carry a whole alert as escaped text.
const TEXT_CARRIERS: [&str; 4] = ["content", "description", "encoded", "embeddedXMLContent"];

/// Reads every alert of a document.
pub(crate) fn decode(bytes: &[u8]) -> Outcomes {
    if bytes.len() > Cap::MAX_BYTES {
        let (size, limit) = (bytes.len(), Cap::MAX_BYTES);
        return vec![Err(refuse(format!(
            "the document has {size} bytes, more than the {limit} that are read"
        )))];
    }
    let text = match encoding::decode(bytes) {
        Ok(text) => text,
        Err(rejection) => return vec![Err(rejection)],
    };
    let mut outcomes = match text.text.trim_ascii_start().as_bytes().first() {
        Some(b'{' | b'[') => json(&text.text),
        _ => xml(&text.text, Nesting::Outer),
    };
    if let Some(warning) = text.warning {
        for decoded in outcomes.iter_mut().flatten() {
            decoded.warnings.insert(0, warning.clone());
        }
    }
    outcomes
}

/// Whether alerts may still be looked for inside texts.
#[derive(Clone, Copy, PartialEq)]
enum Nesting {
    Outer,
    Inner,
}

fn xml(text: &str, nesting: Nesting) -> Outcomes {
    let roots = scan::roots(text);
    if roots.is_empty() {
        return vec![Err(refuse("the document is empty: there is no XML element in it"))];
    }
    let mut lines = Lines::new(text);
    let mut outcomes = Vec::with_capacity(roots.len());
    for root in roots {
        match root {
            Err(rejection) => outcomes.push(Err(rejection)),
            Ok(tree) => outcomes.extend(self::root(&tree, nesting, &mut |at| lines.of(at))),
        }
    }
    if nesting == Nesting::Inner {
        // Lines of a text inside another document would send the reader to the wrong place.
        let rejections = outcomes.iter_mut().filter_map(|outcome| outcome.as_mut().err());
        rejections.for_each(|rejection| rejection.line = None);
    }
    outcomes
}

/// Reads the alerts of one root element; `line` tells the line of a byte.
fn root(tree: &Tree<'_>, nesting: Nesting, line: &mut dyn FnMut(usize) -> u32) -> Outcomes {
    let root = tree.root();
    if read::is_alert(root) {
        return vec![read::alert(root, line)];
    }
    let mut outcomes: Outcomes = embedded(root).map(|node| read::alert(node, line)).collect();
    if outcomes.is_empty() && nesting == Nesting::Outer {
        outcomes = as_text(root);
    }
    if outcomes.is_empty() && !is_empty_feed(root) {
        outcomes.push(Err(without_alert(root, line)));
    }
    outcomes.truncate(Cap::MAX_ALERTS);
    outcomes
}

/// The alerts below a wrapper. An alert of an unknown namespace counts, so that it is reported.
fn embedded(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    root.elements().filter(|node| {
        let has_sent = || node.children().any(|child| child.name() == "sent");
        node.name() == "alert" && (read::is_alert(*node) || has_sent())
    })
}

/// Alerts that a feed or an envelope carries as escaped text or CDATA.
fn as_text(root: Node<'_>) -> Outcomes {
    root.elements()
        .filter(|node| TEXT_CARRIERS.contains(&node.name()))
        .map(Node::text)
        .filter(|text| looks_like_alert(text))
        .flat_map(|text| xml(&text, Nesting::Inner))
        .collect()
}

/// Whether a text is worth reading as a document of its own.
fn looks_like_alert(text: &str) -> bool {
    text.trim_ascii_start().starts_with('<')
        && NAMESPACES.iter().any(|namespace| text.contains(namespace))
}

/// Whether the root is an Atom or RSS feed that has no entries at the moment.
fn is_empty_feed(root: Node<'_>) -> bool {
    matches!(root.name(), "feed" | "rss" | "RDF")
        && !root.elements().any(|node| matches!(node.name(), "entry" | "item"))
}

/// JSON envelopes, such as those of Alertswiss: every string that is a CAP document counts.
fn json(text: &str) -> Outcomes {
    let value: serde_json::Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let line = u32::try_from(error.line()).ok();
            let message = format!("the document begins like JSON but is not valid: {error}");
            return vec![Err(Rejection { place: "document".to_owned(), line, message })];
        }
    };
    let mut outcomes = Vec::new();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Array(items) => waiting.extend(items.iter().rev()),
            serde_json::Value::Object(map) => {
                waiting.extend(map.values().collect::<Vec<_>>().into_iter().rev());
            }
            serde_json::Value::String(text) if looks_like_alert(text) => {
                outcomes.extend(xml(text, Nesting::Inner));
            }
            _ => {}
        }
    }
    if outcomes.is_empty() {
        outcomes.push(Err(refuse(
            "this is JSON without a CAP document in any of its strings; CAP is XML, and only XML \
             inside JSON is read here",
        )));
    }
    outcomes.truncate(Cap::MAX_ALERTS);
    outcomes
}

fn without_alert(root: Node<'_>, line: &mut dyn FnMut(usize) -> u32) -> Rejection {
    let (name, namespace) = (root.name(), root.namespace());
    let message = match name {
        "alert" => return read::wrong_namespace(root, line),
        "feed" | "rss" | "RDF" => "the feed only points to alerts and holds none itself; fetch \
             the documents that its entries link to"
            .to_owned(),
        _ => format!(
            "there is no CAP `alert` in this document; its root is in the namespace `{namespace}`"
        ),
    };
    Rejection { place: name.to_owned(), line: Some(line(root.start())), message }
}

fn refuse(message: impl Into<String>) -> Rejection {
    Rejection { place: "document".to_owned(), line: None, message: message.into() }
}
