//! One alert, element by element, in whatever order the elements come.
//!
//! The standard's schema fixes an order, but one alert in ten seen in the wild does not keep it,
//! and nothing is lost by reading any order.

mod alert;
mod area;
mod context;
mod geometry;
mod info;
mod list;
mod reference;
mod resource;
mod time;

use muster_contract::{Decoded, Rejection};

use crate::NAMESPACES;
use crate::tree::Node;
use context::Context;

/// An element of the tree.
type Element<'a> = Node<'a>;

/// Reads one `alert` element; `line` tells the line of a byte in the document.
pub(crate) fn alert(
    node: Element<'_>,
    line: &mut dyn FnMut(usize) -> u32,
) -> Result<Decoded, Rejection> {
    if !is_alert(node) {
        return Err(wrong_namespace(node, line));
    }
    let mut context = Context::new(node);
    let read = alert::read(&mut context, node);
    read.map(|alert| context.finish(alert)).map_err(|fault| Rejection {
        place: fault.place,
        line: Some(line(fault.at)),
        message: fault.message,
    })
}

/// Whether the element is an alert of a version that is read. The prefix does not matter.
pub(crate) fn is_alert(node: Element<'_>) -> bool {
    node.name() == "alert" && NAMESPACES.contains(&node.namespace())
}

/// Refuses an `alert` that is in none of CAP's namespaces.
pub(crate) fn wrong_namespace(node: Element<'_>, line: &mut dyn FnMut(usize) -> u32) -> Rejection {
    let found = match node.namespace() {
        "" => "is in no namespace".to_owned(),
        uri => format!("is in the namespace `{}`", shorten(uri)),
    };
    let [v10, v11, v12] = NAMESPACES;
    Rejection {
        place: "alert".to_owned(),
        line: Some(line(node.start())),
        message: format!(
            "the element {found}, so it is not known to be CAP; write xmlns=\"{v12}\" (older \
             versions are `{v11}` and `{v10}`)"
        ),
    }
}

/// A piece of the sender's text that is short enough for a message.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Whether a character shows as nothing, in any script: XML has only four blanks, but senders
/// paste others, such as the one that does not break, round codes and names.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}
