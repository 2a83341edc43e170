//! What kind of hazard a message is about.

use muster_contract::alert::Info;

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
