//! The `info` element (CAP 1.2 section 3.2.2).

use std::fmt::Display;

use muster_contract::Info;
use muster_contract::alert::{Category, Certainty, Named, ResponseType, Severity, Urgency};

use super::context::{Context, Fault, fault};
use super::{Element, area, is_blank, resource, shorten};
use crate::Cap;

const SECTION: &str = "3.2.2";

/// What `language` means when it is absent (CAP 1.2 section 3.2.2).
const DEFAULT_LANGUAGE: &str = "en-US";

/// The elements that occur once, by name.
#[derive(Default)]
struct Parts<'a> {
    language: Option<Element<'a>>,
    event: Option<Element<'a>>,
    urgency: Option<Element<'a>>,
    severity: Option<Element<'a>>,
    certainty: Option<Element<'a>>,
    audience: Option<Element<'a>>,
    effective: Option<Element<'a>>,
    onset: Option<Element<'a>>,
    expires: Option<Element<'a>>,
    sender_name: Option<Element<'a>>,
    headline: Option<Element<'a>>,
    description: Option<Element<'a>>,
    instruction: Option<Element<'a>>,
    web: Option<Element<'a>>,
    contact: Option<Element<'a>>,
    /// Elements that repeat, each with its name.
    repeated: Vec<(&'a str, Element<'a>)>,
}

/// Reads an info block.
pub(super) fn read<'a>(context: &mut Context<'a>, node: Element<'a>) -> Result<Info, Fault> {
    let parts = gather(context, node);
    let event = Context::required(node, parts.event, "event", SECTION)?;
    let mut info = Info {
        language: context.optional(parts.language).unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned()),
        categories: Vec::new(),
        event: context.text(event).into_owned(),
        response_types: Vec::new(),
        urgency: scale(context, node, parts.urgency, "urgency", Urgency::from_wire, Urgency::ALL)?,
        severity: scale(
            context,
            node,
            parts.severity,
            "severity",
            Severity::from_wire,
            Severity::ALL,
        )?,
        certainty: scale(context, node, parts.certainty, "certainty", certainty, Certainty::ALL)?,
        audience: context.optional(parts.audience),
        event_codes: Vec::new(),
        effective: context.time(parts.effective)?,
        onset: context.time(parts.onset)?,
        expires: context.time(parts.expires)?,
        sender_name: context.optional(parts.sender_name),
        headline: context.optional(parts.headline),
        description: context.optional(parts.description),
        instruction: context.optional(parts.instruction),
        web: context.optional(parts.web),
        contact: context.optional(parts.contact),
        parameters: Vec::new(),
        resources: Vec::new(),
        areas: Vec::new(),
    };
    if info.event.is_empty() {
        context.warn(event, "the element is empty, so nothing says what happens");
    }
    for (name, child) in parts.repeated {
        repeated(context, &mut info, name, child)?;
    }
    if info.categories.is_empty() {
        if !context.is_version_1_0() {
            Context::required(node, None, "category", SECTION)?;
        }
        context.warn_of_missing(node, "category", "CAP 1.0 lets it be left out; read as Other");
        info.categories.push(Category::Other);
    }
    if info.areas.len() > Cap::MAX_AREAS {
        let limit = Cap::MAX_AREAS;
        return Err(fault(node, format!("more than {limit} areas, the most that is read")));
    }
    Ok(info)
}

fn gather<'a>(context: &mut Context<'a>, node: Element<'a>) -> Parts<'a> {
    let mut parts = Parts::default();
    for child in node.children() {
        let place = match context.name(child) {
            "language" => &mut parts.language,
            "event" => &mut parts.event,
            "urgency" => &mut parts.urgency,
            "severity" => &mut parts.severity,
            "certainty" => &mut parts.certainty,
            "audience" => &mut parts.audience,
            "effective" => &mut parts.effective,
            "onset" => &mut parts.onset,
            "expires" => &mut parts.expires,
            "senderName" => &mut parts.sender_name,
            "headline" => &mut parts.headline,
            "description" => &mut parts.description,
            "instruction" => &mut parts.instruction,
            "web" => &mut parts.web,
            "contact" => &mut parts.contact,
            name => {
                parts.repeated.push((name, child));
                continue;
            }
        };
        context.once(place, child);
    }
    parts
}

fn repeated<'a>(
    context: &mut Context<'a>,
    info: &mut Info,
    name: &str,
    node: Element<'a>,
) -> Result<(), Fault> {
    match name {
        "area" => info.areas.push(area::read(context, node)?),
        "resource" => info.resources.push(resource::read(context, node)?),
        "parameter" => info.parameters.extend(pair(context, node)),
        "eventCode" => info.event_codes.extend(pair(context, node)),
        "category" => {
            let text = context.text(node);
            let known = context.code(node, &text, Category::ALL, Category::from_wire);
            let category = known.unwrap_or_else(|| {
                aside(context, node, &text, "read as Other");
                Category::Other
            });
            info.categories.push(category);
        }
        "responseType" => {
            let text = context.text(node);
            let known = context.code(node, &text, ResponseType::ALL, ResponseType::from_wire);
            if known.is_none() && !text.is_empty() {
                aside(context, node, &text, "not read");
            }
            info.response_types.extend(known);
        }
        _ => context.keep_unknown(node),
    }
    Ok(())
}

/// Reads urgency, severity or certainty. A value outside the list is read as Unknown, which is the
/// list's own word for it; an absent element is a fault of the message.
fn scale<'a, T: Copy + Display>(
    context: &mut Context<'a>,
    info: Element<'a>,
    place: Option<Element<'a>>,
    name: &str,
    exact: fn(&str) -> Option<T>,
    all: &[T],
) -> Result<T, Fault> {
    let node = Context::required(info, place, name, SECTION)?;
    let text = context.text(node);
    if let Some(member) = context.code(node, &text, all, exact) {
        return Ok(member);
    }
    aside(context, node, &text, "read as Unknown");
    exact("Unknown").ok_or_else(|| fault(node, "no such value"))
}

/// CAP 1.0 said `Very Likely` where later versions say `Likely`.
fn certainty(text: &str) -> Option<Certainty> {
    Certainty::from_wire(if text == "Very Likely" { "Likely" } else { text })
}

/// Keeps a value that is in no list, with a warning that says how it was read.
fn aside<'a>(context: &mut Context<'a>, node: Element<'a>, text: &str, how: &str) {
    let shown = shorten(text);
    context.warn(node, format!("`{shown}` is not in the list of CAP 1.2 section 3.2.2; {how}"));
    context.keep(node, text);
}

/// Reads a `valueName` and `value` pair of a parameter, an event code or a geocode.
///
/// Some senders of CAP 1.0 wrote `name=value` as text instead.
pub(super) fn pair<'a>(context: &mut Context<'a>, node: Element<'a>) -> Option<Named> {
    let (mut name, mut value) = (None, None);
    for child in node.children() {
        // The namespace does not matter here: feeds leave their own default on these two.
        match child.name() {
            "valueName" => context.once(&mut name, child),
            "value" => context.once(&mut value, child),
            _ => context.keep_unknown(child),
        }
    }
    if name.is_none() && value.is_none() {
        let text = context.text(node);
        let parts =
            text.split_once('=').map(|(n, v)| (n.trim_matches(is_blank), v.trim_matches(is_blank)));
        if let Some((name, value)) = parts.filter(|(name, _)| !name.is_empty()) {
            return Some(Named { name: name.to_owned(), value: value.to_owned() });
        }
        context.warn(node, "holds no `valueName` and `value`; kept as unknown");
        context.keep(node, &text);
        return None;
    }
    if name.is_none() || value.is_none() {
        context
            .warn(node, "lacks its `valueName` or its `value`; the missing one was read as empty");
    }
    let mut text = |place: Option<Element<'a>>| {
        place.map(|node| context.text(node).into_owned()).unwrap_or_default()
    };
    Some(Named { name: text(name), value: text(value) })
}
