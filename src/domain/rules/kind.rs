//! What kind of hazard a message is about, and which of its infos says so.

use muster_contract::Alert;
use muster_contract::alert::{Info, ResponseType, Urgency};

use crate::domain::hazard::Kind;

/// The awareness types of MeteoAlarm (parameter `awareness_type`, such as `10; Rain`).
const AWARENESS_TYPES: [(&str, &str); 13] = [
    ("1", "high-wind"),
    ("2", "winter-storm"),
    ("3", "weather"),
    ("4", "weather"),
    ("5", "heat"),
    ("6", "cold"),
    ("7", "coastal-flood"),
    ("8", "wildland-fire"),
    ("9", "avalanche"),
    ("10", "weather"),
    ("11", "flood"),
    ("12", "flood"),
    ("13", "flood"),
];

/// The info that decides for the whole message: the most severe one that is not over, then the
/// most urgent, then the surest, then the one in English. An info in another language says the
/// same once more, and one message must not open two incidents.
pub(super) fn deciding_info(alert: &Alert) -> Option<&Info> {
    let over = |info: &&Info| {
        info.urgency == Urgency::Past || info.response_types.contains(&ResponseType::AllClear)
    };
    alert.infos.iter().filter(|info| !over(info)).min_by_key(|info| {
        let foreign = !info.language.to_ascii_lowercase().starts_with("en");
        (info.severity, info.urgency, info.certainty, foreign)
    })
}

/// The kind of hazard: by event code, else by MeteoAlarm's awareness type, else by category.
pub(super) fn kind_of(info: &Info) -> Kind {
    let by_code = || info.event_codes.iter().find_map(|code| Kind::from_event_code(&code.value));
    let by_category = || info.categories.first().map(|category| Kind::from_category(*category));
    by_code().or_else(|| awareness_kind(info)).or_else(by_category).unwrap_or(Kind::OTHER)
}

fn awareness_kind(info: &Info) -> Option<Kind> {
    let parameter = info.parameters.iter().find(|named| named.name == "awareness_type")?;
    let number = parameter.value.split(';').next()?.trim();
    let (_, code) = AWARENESS_TYPES.iter().find(|(known, _)| *known == number)?;
    Kind::from_code(code)
}
