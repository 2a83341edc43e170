//! The `alert` element (CAP 1.2 section 3.2.1).

use muster_contract::alert::{MsgType, Scope, Status};
use muster_contract::{Alert, AlertKey};

use super::context::{Context, Fault, fault, members};
use super::reference::{self, Reference};
use super::{Element, info, list, shorten};
use crate::Cap;

const SECTION: &str = "3.2.1";

/// Where an XML signature lives.
const SIGNATURE_NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The elements that occur once, by name.
#[derive(Default)]
struct Parts<'a> {
    identifier: Option<Element<'a>>,
    sender: Option<Element<'a>>,
    sent: Option<Element<'a>>,
    status: Option<Element<'a>>,
    msg_type: Option<Element<'a>>,
    source: Option<Element<'a>>,
    scope: Option<Element<'a>>,
    restriction: Option<Element<'a>>,
    addresses: Option<Element<'a>>,
    note: Option<Element<'a>>,
    references: Option<Element<'a>>,
    incidents: Option<Element<'a>>,
    codes: Vec<String>,
    infos: Vec<Element<'a>>,
    signed: bool,
}

/// Reads an alert; what it does not understand goes to the context.
pub(super) fn read<'a>(context: &mut Context<'a>, node: Element<'a>) -> Result<Alert, Fault> {
    let parts = gather(context, node);
    if parts.infos.len() > Cap::MAX_INFOS {
        let limit = Cap::MAX_INFOS;
        return Err(fault(node, format!("more than {limit} info blocks, the most that is read")));
    }
    let sender = name(context, node, parts.sender, "sender")?;
    let identifier = name(context, node, parts.identifier, "identifier")?;
    let sent = Context::required(node, parts.sent, "sent", SECTION)?;
    let sent = context.required_time(sent)?;
    let code = |context: &mut Context<'a>, place, what| {
        let node = Context::required(node, place, what, SECTION)?;
        Ok((node, context.text(node)))
    };
    let (at, text) = code(context, parts.status, "status")?;
    let status = context.code(at, &text, Status::ALL, Status::from_wire);
    let status = status.ok_or_else(|| no_member(at, &text, Status::ALL))?;
    let (at, text) = code(context, parts.msg_type, "msgType")?;
    let msg_type = context.code(at, &text, MsgType::ALL, MsgType::from_wire);
    let msg_type = msg_type.ok_or_else(|| no_member(at, &text, MsgType::ALL))?;
    let scope = if parts.scope.is_none() && context.is_version_1_0() {
        context.warn_of_missing(node, "scope", "CAP 1.0 lets it be left out; read as Public");
        Scope::Public
    } else {
        let (at, text) = code(context, parts.scope, "scope")?;
        let scope = context.code(at, &text, Scope::ALL, Scope::from_wire);
        scope.ok_or_else(|| no_member(at, &text, Scope::ALL))?
    };
    let addresses = parts.addresses.map(|node| context.text(node));
    let incidents = parts.incidents.map(|node| context.text(node));
    let infos: Result<Vec<_>, _> =
        parts.infos.iter().map(|node| info::read(context, *node)).collect();
    let alert = Alert {
        key: AlertKey { sender, identifier, sent },
        status,
        msg_type,
        scope,
        source: context.optional(parts.source),
        restriction: context.optional(parts.restriction),
        addresses: addresses.as_deref().map(list::owned).unwrap_or_default(),
        codes: parts.codes,
        note: context.optional(parts.note),
        references: references(context, parts.references)?,
        incidents: incidents.as_deref().map(list::owned).unwrap_or_default(),
        infos: infos?,
        signed: parts.signed,
        unknown: Vec::new(),
    };
    check(context, node, &alert);
    Ok(alert)
}

fn gather<'a>(context: &mut Context<'a>, node: Element<'a>) -> Parts<'a> {
    let mut parts = Parts::default();
    for child in node.children() {
        let place = match context.name(child) {
            "identifier" => &mut parts.identifier,
            "sender" => &mut parts.sender,
            "sent" => &mut parts.sent,
            "status" => &mut parts.status,
            "msgType" => &mut parts.msg_type,
            "source" => &mut parts.source,
            "scope" => &mut parts.scope,
            "restriction" => &mut parts.restriction,
            "addresses" => &mut parts.addresses,
            "note" => &mut parts.note,
            "references" => &mut parts.references,
            "incidents" => &mut parts.incidents,
            other => {
                match other {
                    "info" => parts.infos.push(child),
                    "code" => parts.codes.extend(context.optional(Some(child))),
                    "password" => context.warn(child, "CAP 1.0 had passwords; it was not kept"),
                    _ if is_signature(child) => parts.signed = true,
                    _ => context.keep_unknown(child),
                }
                continue;
            }
        };
        context.once(place, child);
    }
    parts
}

/// Reads the sender or the identifier, the halves of the message's name.
fn name<'a>(
    context: &mut Context<'a>,
    alert: Element<'a>,
    place: Option<Element<'a>>,
    what: &str,
) -> Result<String, Fault> {
    let node = Context::required(alert, place, what, SECTION)?;
    let text = context.text(node);
    if text.is_empty() {
        return Err(fault(node, "the element is empty; CAP 1.2 section 3.2.1 requires a name"));
    }
    if text.contains(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '<' | '&')) {
        context.warn(
            node,
            "CAP 1.2 section 3.2.1 allows no blanks, commas, `<` or `&` here; references to this \
             message may not be understood",
        );
    }
    Ok(text.into_owned())
}

fn no_member<T: std::fmt::Display>(node: Element<'_>, text: &str, all: &[T]) -> Fault {
    let (text, members) = (shorten(text), members(all));
    fault(node, format!("`{text}` is not in the list of CAP 1.2 section 3.2.1: {members}"))
}

/// Reads the triples; what is none is kept aside, because it names no message that could be found.
fn references<'a>(
    context: &mut Context<'a>,
    place: Option<Element<'a>>,
) -> Result<Vec<AlertKey>, Fault> {
    let Some(node) = place else { return Ok(Vec::new()) };
    let text = context.text(node);
    let read = reference::all(&text);
    if read.len() > Cap::MAX_REFERENCES {
        let limit = Cap::MAX_REFERENCES;
        return Err(fault(node, format!("more than {limit} references, the most that is read")));
    }
    let mut keys = Vec::with_capacity(read.len());
    for reference in read {
        match reference {
            Reference::Read { key, is_strict } => {
                if !is_strict {
                    context.warn(node, read_loosely(&key));
                }
                keys.push(key);
            }
            Reference::Unread(word) => {
                let why = unread(&word, context.is_version_1_0());
                context.warn(node, why);
                context.keep(node, &word);
            }
        }
    }
    Ok(keys)
}

fn read_loosely(key: &AlertKey) -> String {
    let (sender, identifier) = (shorten(&key.sender), shorten(&key.identifier));
    let sent = key.sent;
    format!(
        "not written as `sender,identifier,sent` with blanks only between the triples (CAP 1.2 \
         section 3.2.1); read as the message `{identifier}` that `{sender}` sent at {sent}"
    )
}

/// Why a word of the list names no message. That of CAP 1.0 has no time in it, without which
/// another message of the same name could be taken for the one that is meant.
fn unread(word: &str, is_version_1_0: bool) -> String {
    let shown = shorten(word);
    match word.split_once('/') {
        Some((identifier, sender)) if is_version_1_0 => {
            let (identifier, sender) = (shorten(identifier), shorten(sender));
            format!(
                "`{shown}` names the message `{identifier}` of `{sender}` as CAP 1.0 does, without \
                 the time at which it was sent, so it is not looked for; kept as unknown"
            )
        }
        _ => format!(
            "`{shown}` is not `sender,identifier,sent` (CAP 1.2 section 3.2.1), so it names no \
             message; kept as unknown"
        ),
    }
}

/// Rules between elements. They are warnings: the message can be shown and acted upon without what
/// is missing, and real Cancels and restricted messages lack it.
fn check<'a>(context: &mut Context<'a>, node: Element<'a>, alert: &Alert) {
    if alert.msg_type != MsgType::Alert && alert.references.is_empty() {
        let kind = alert.msg_type;
        context.warn(
            node,
            format!(
                "a message of type {kind} names the messages it concerns in `references` (CAP 1.2 \
                 section 3.2.1); this one names none, so it changes no earlier message"
            ),
        );
    }
    if alert.scope == Scope::Restricted && alert.restriction.is_none() {
        context.warn(
            node,
            "scope Restricted without the `restriction` that CAP 1.2 section 3.2.1 wants",
        );
    }
    if alert.scope == Scope::Private && alert.addresses.is_empty() {
        context
            .warn(node, "scope Private without the `addresses` that CAP 1.2 section 3.2.1 wants");
    }
}

fn is_signature(node: Element<'_>) -> bool {
    node.name() == "Signature" && node.namespace() == SIGNATURE_NAMESPACE
}
