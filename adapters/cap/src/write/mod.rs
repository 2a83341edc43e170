//! Alerts as CAP 1.2: every element in the order of the schema, every time in its strict form.

mod area;
mod sheet;

use muster_contract::alert::{MsgType, Named, Scope};
use muster_contract::{Alert, AlertKey, Info, Resource};

use crate::NAMESPACES;
use crate::read::is_blank;
use sheet::Sheet;

/// Why an alert cannot be written as valid CAP 1.2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The standard requires something that the alert lacks.
    #[error("`{place}` is missing; CAP 1.2 section {section} requires it")]
    Missing {
        /// Path of the element, such as `alert/info[1]/category`.
        place: String,
        /// The section of the standard.
        section: &'static str,
    },
    /// The alert holds something that the standard has no way to say.
    #[error("`{place}` cannot be written: {rule}")]
    Unwritable {
        /// Path of the element.
        place: String,
        /// The rule, in a sentence.
        rule: &'static str,
    },
}

/// Writes an alert as a CAP 1.2 document.
///
/// What the standard has no place for is left out: elements kept as unknown, and the mark that the
/// received document was signed, for the signature does not cover what is written here. Optional
/// texts that are empty are left out too. Reading the result gives the same alert, but for these
/// and for blanks around texts.
///
/// # Errors
/// An alert that cannot be valid CAP 1.2 is refused: a mandatory element is missing, a name has
/// blanks or commas in it, a time has a fraction of a second, a polygon has holes.
pub fn encode(alert: &Alert) -> Result<String, EncodeError> {
    let mut sheet = Sheet::new("alert");
    let [.., namespace] = NAMESPACES;
    sheet.root(namespace);
    name(&mut sheet, "identifier", &alert.key.identifier)?;
    name(&mut sheet, "sender", &alert.key.sender)?;
    sheet.time("sent", Some(alert.key.sent))?;
    sheet.text("status", alert.status.as_str())?;
    sheet.text("msgType", alert.msg_type.as_str())?;
    sheet.optional("source", alert.source.as_deref())?;
    sheet.text("scope", alert.scope.as_str())?;
    if alert.scope == Scope::Restricted && alert.restriction.is_none() {
        return Err(sheet.missing("restriction", "3.2.1"));
    }
    sheet.optional("restriction", alert.restriction.as_deref())?;
    if alert.scope == Scope::Private && alert.addresses.is_empty() {
        return Err(sheet.missing("addresses", "3.2.1"));
    }
    list(&mut sheet, "addresses", &alert.addresses)?;
    alert.codes.iter().try_for_each(|code| sheet.text("code", code))?;
    sheet.optional("note", alert.note.as_deref())?;
    if alert.msg_type != MsgType::Alert && alert.references.is_empty() {
        return Err(sheet.missing("references", "3.2.1"));
    }
    references(&mut sheet, &alert.references)?;
    list(&mut sheet, "incidents", &alert.incidents)?;
    for (index, info) in alert.infos.iter().enumerate() {
        sheet.open("info", index);
        self::info(&mut sheet, info)?;
        sheet.close("info");
    }
    Ok(sheet.finish())
}

fn info(sheet: &mut Sheet, info: &Info) -> Result<(), EncodeError> {
    if !is_language(&info.language) {
        return Err(sheet.unwritable("language", "it is no RFC 3066 language tag"));
    }
    sheet.text("language", &info.language)?;
    if info.categories.is_empty() {
        return Err(sheet.missing("category", "3.2.2"));
    }
    info.categories.iter().try_for_each(|one| sheet.text("category", one.as_str()))?;
    sheet.text("event", &info.event)?;
    info.response_types.iter().try_for_each(|one| sheet.text("responseType", one.as_str()))?;
    sheet.text("urgency", info.urgency.as_str())?;
    sheet.text("severity", info.severity.as_str())?;
    sheet.text("certainty", info.certainty.as_str())?;
    sheet.optional("audience", info.audience.as_deref())?;
    pairs(sheet, "eventCode", &info.event_codes)?;
    sheet.time("effective", info.effective)?;
    sheet.time("onset", info.onset)?;
    sheet.time("expires", info.expires)?;
    sheet.optional("senderName", info.sender_name.as_deref())?;
    sheet.optional("headline", info.headline.as_deref())?;
    sheet.optional("description", info.description.as_deref())?;
    sheet.optional("instruction", info.instruction.as_deref())?;
    sheet.optional("web", info.web.as_deref())?;
    sheet.optional("contact", info.contact.as_deref())?;
    pairs(sheet, "parameter", &info.parameters)?;
    for (index, resource) in info.resources.iter().enumerate() {
        sheet.open("resource", index);
        self::resource(sheet, resource)?;
        sheet.close("resource");
    }
    for (index, area) in info.areas.iter().enumerate() {
        sheet.open("area", index);
        area::write(sheet, area)?;
        sheet.close("area");
    }
    Ok(())
}

fn resource(sheet: &mut Sheet, resource: &Resource) -> Result<(), EncodeError> {
    sheet.text("resourceDesc", &resource.description)?;
    let Some(mime_type) = &resource.mime_type else {
        return Err(sheet.missing("mimeType", "3.2.3"));
    };
    sheet.text("mimeType", mime_type)?;
    sheet.optional("size", resource.size_bytes.map(|size| size.to_string()).as_deref())?;
    sheet.optional("uri", resource.uri.as_deref())?;
    sheet.optional("derefUri", resource.deref_uri.as_deref())?;
    sheet.optional("digest", resource.digest.as_deref())
}

/// Writes a sender or an identifier, which may not hold what separates them in references.
fn name(sheet: &mut Sheet, element: &str, value: &str) -> Result<(), EncodeError> {
    if value.is_empty() {
        return Err(sheet.missing(element, "3.2.1"));
    }
    check_name(sheet, element, value)?;
    sheet.text(element, value)
}

fn check_name(sheet: &Sheet, element: &str, value: &str) -> Result<(), EncodeError> {
    if value.contains(|c| is_blank(c) || matches!(c, ',' | '<' | '&' | '"')) {
        let rule = "CAP 1.2 section 3.2.1 allows no blanks, commas, quotes, `<` or `&` here";
        return Err(sheet.unwritable(element, rule));
    }
    Ok(())
}

fn references(sheet: &mut Sheet, keys: &[AlertKey]) -> Result<(), EncodeError> {
    let mut words = Vec::with_capacity(keys.len());
    for key in keys {
        if key.sender.is_empty() || key.identifier.is_empty() {
            return Err(sheet.unwritable("references", "a reference lacks a name"));
        }
        check_name(sheet, "references", &key.sender)?;
        check_name(sheet, "references", &key.identifier)?;
        let sent = sheet.strict_time("references", key.sent)?;
        words.push(format!("{},{},{sent}", key.sender, key.identifier));
    }
    if words.is_empty() { Ok(()) } else { sheet.text("references", &words.join(" ")) }
}

/// Writes words between blanks; those that hold blanks in double quotes.
fn list(sheet: &mut Sheet, element: &str, words: &[String]) -> Result<(), EncodeError> {
    if words.iter().any(|word| word.is_empty() || word.contains('"')) {
        return Err(sheet.unwritable(element, "a word in it is empty or holds a double quote"));
    }
    let quoted = words.iter().map(|word| {
        let has_blanks = word.contains(is_blank);
        if has_blanks { format!("\"{word}\"") } else { word.clone() }
    });
    let text = quoted.collect::<Vec<_>>().join(" ");
    if text.is_empty() { Ok(()) } else { sheet.text(element, &text) }
}

/// Writes pairs of `valueName` and `value`.
fn pairs(sheet: &mut Sheet, element: &str, pairs: &[Named]) -> Result<(), EncodeError> {
    for (index, pair) in pairs.iter().enumerate() {
        sheet.open(element, index);
        sheet.text("valueName", &pair.name)?;
        sheet.text("value", &pair.value)?;
        sheet.close(element);
    }
    Ok(())
}

/// Whether the text has the form that XML Schema wants of a language.
fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(index, part)| {
        let allowed = |c: char| c.is_ascii_alphabetic() || (index > 0 && c.is_ascii_digit());
        (1..=8).contains(&part.len()) && part.chars().all(allowed)
    })
}
