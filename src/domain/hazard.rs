//! The kinds of hazard, a small tree, mapped to the categories of CAP and to the event codes that
//! warning systems use (SAME, 47 CFR 11.31; the Canadian CAP-CP event list).
//!
//! The tree is data: a kind is added by adding a line. Codes stay what they are over releases,
//! because they stand in the log.

use std::sync::LazyLock;

use muster_contract::alert::Category;
use serde::{Deserialize, Serialize};

/// A kind of hazard, by its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(u8);

struct Row {
    code: &'static str,
    name: &'static str,
    parent: Option<&'static str>,
    category: Category,
    event_codes: &'static [&'static str],
}

const fn row(
    code: &'static str,
    name: &'static str,
    parent: &'static str,
    category: Category,
    event_codes: &'static [&'static str],
) -> Row {
    let parent = if parent.is_empty() { None } else { Some(parent) };
    Row { code, name, parent, category, event_codes }
}

#[rustfmt::skip]
const TREE: &[Row] = &[
    row("fire", "Fire", "", Category::Fire, &["FRW"]),
    row("wildland-fire", "Wildland fire", "fire", Category::Fire, &["wildFire", "FWW", "bushFire"]),
    row("structure-fire", "Structure fire", "fire", Category::Fire, &["IFW", "industryFire", "urbanFire"]),
    row("weather", "Severe weather", "", Category::Met, &["SVR", "SVA", "SVS", "SPS", "SMW", "thunderstorm", "weather"]),
    row("flood", "Flood", "weather", Category::Met, &["FLW", "FLA", "FLS", "flood"]),
    row("flash-flood", "Flash flood", "flood", Category::Met, &["FFW", "FFA", "FFS", "flashFlood"]),
    row("coastal-flood", "Coastal flood and storm surge", "flood", Category::Met, &["CFW", "CFA", "SSW", "SSA", "stormSurge"]),
    row("tornado", "Tornado", "weather", Category::Met, &["TOR", "TOA", "tornado"]),
    row("tropical-cyclone", "Tropical cyclone", "weather", Category::Met, &["HUW", "HUA", "HLS", "TRW", "TRA", "EWW", "TYW", "TYA", "hurricane", "typhoon"]),
    row("winter-storm", "Winter storm", "weather", Category::Met, &["WSW", "WSA", "BZW", "blizzard", "snowfall", "winterStorm"]),
    row("high-wind", "High wind", "weather", Category::Met, &["HWW", "HWA", "wind"]),
    row("dust-storm", "Dust storm", "weather", Category::Met, &["DSW"]),
    row("heat", "Extreme heat", "weather", Category::Met, &["heat"]),
    row("cold", "Extreme cold", "weather", Category::Met, &["coldWave", "windchill"]),
    row("geological", "Geological hazard", "", Category::Geo, &["geophysical"]),
    row("earthquake", "Earthquake", "geological", Category::Geo, &["EQW", "earthquake"]),
    row("tsunami", "Tsunami", "geological", Category::Geo, &["TSW", "TSA", "tsunami"]),
    row("volcano", "Volcanic eruption", "geological", Category::Geo, &["VOW", "volcano"]),
    row("landslide", "Landslide", "geological", Category::Geo, &["landslide"]),
    row("avalanche", "Avalanche", "geological", Category::Geo, &["AVW", "AVA", "avalanche"]),
    row("hazmat", "Hazardous materials", "", Category::Cbrne, &["HMW", "chemical", "pipelineRupture"]),
    row("radiological", "Radiological release", "hazmat", Category::Cbrne, &["RHW", "NUW", "nuclear", "radiological"]),
    row("biological", "Biological hazard", "hazmat", Category::Cbrne, &["biological"]),
    row("health", "Public health emergency", "", Category::Health, &["health", "drinkingWate"]),
    row("mass-casualty", "Mass casualty incident", "health", Category::Health, &["ambulance"]),
    row("civil-emergency", "Civil emergency", "", Category::Safety, &["CEM", "CDW", "LAE", "civil"]),
    row("evacuation", "Hospital or community evacuation", "", Category::Safety, &["EVI"]),
    row("security", "Threat to public safety", "", Category::Security, &["LEW", "SPW", "terrorism"]),
    row("active-threat", "Active threat", "security", Category::Security, &["BLU", "bombThreat"]),
    row("missing-person", "Missing person", "security", Category::Rescue, &["CAE", "MEP", "amber", "missingPer"]),
    row("infrastructure", "Infrastructure failure", "", Category::Infra, &["TOE", "utility"]),
    row("water-supply", "Water supply failure", "infrastructure", Category::Infra, &["waterMain"]),
    row("power-outage", "Power outage", "infrastructure", Category::Infra, &["POS", "utilityPower"]),
    row("communications-outage", "Communications outage", "infrastructure", Category::Infra, &["telephone", "911Service"]),
    row("cyber", "Cyber incident", "", Category::Infra, &["cyber"]),
    row("dam-failure", "Dam failure", "infrastructure", Category::Infra, &["DBW", "DBA", "damOverflow"]),
    row("transport", "Transport accident", "", Category::Transport, &["transport"]),
    row("aircraft-accident", "Aircraft accident", "transport", Category::Transport, &["aircraftCras", "airport"]),
    row("rail-accident", "Rail accident", "transport", Category::Transport, &["railway"]),
    row("road-accident", "Road accident", "transport", Category::Transport, &["roadClose", "traffic"]),
    row("marine-accident", "Marine accident", "transport", Category::Transport, &["marineAccident"]),
    row("search-and-rescue", "Search and rescue", "", Category::Rescue, &["rescue"]),
    row("planned-event", "Planned event", "", Category::Safety, &[]),
    row("other", "Other", "", Category::Other, &["OTH"]),
];

/// The parent of each row, looked up once: rules ask for it of every open incident.
static PARENTS: LazyLock<Vec<Option<Kind>>> =
    LazyLock::new(|| TREE.iter().map(|row| row.parent.and_then(Kind::from_code)).collect());

impl Kind {
    /// The kind for everything that no other fits.
    pub const OTHER: Self = Self((TREE.len() - 1) as u8);

    /// Every kind, parents before children.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..TREE.len()).filter_map(|index| u8::try_from(index).ok().map(Self))
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.code() == code)
    }

    /// The code, such as `wildland-fire`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The kind above it.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        PARENTS.get(usize::from(self.0)).copied().flatten()
    }

    /// The category of CAP that it falls into.
    #[must_use]
    pub fn category(self) -> Category {
        self.row().category
    }

    /// The event codes by which warning systems name it.
    #[must_use]
    pub fn event_codes(self) -> &'static [&'static str] {
        self.row().event_codes
    }

    /// Whether it is `other` or a kind of it.
    #[must_use]
    pub fn is_within(self, other: Self) -> bool {
        self == other || self.parent().is_some_and(|parent| parent.is_within(other))
    }

    /// Whether one of the two is a kind of the other, as a flash flood is of a flood.
    #[must_use]
    pub fn is_related(self, other: Self) -> bool {
        self.is_within(other) || other.is_within(self)
    }

    /// The kind that an event code names, if any does.
    #[must_use]
    pub fn from_event_code(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.event_codes().contains(&code))
    }

    /// The top of the tree for a category of CAP.
    #[must_use]
    pub fn from_category(category: Category) -> Self {
        let top = |kind: &Self| kind.row().parent.is_none() && kind.category() == category;
        Self::all().find(top).unwrap_or(Self::OTHER)
    }

    fn row(self) -> &'static Row {
        #[expect(clippy::indexing_slicing, reason = "a Kind is only made from an index of TREE")]
        &TREE[usize::from(self.0)]
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_code(&code)
            .ok_or_else(|| serde::de::Error::custom(format!("`{code}` is not a kind of hazard")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parent_stands_before_its_children_and_codes_are_unique() {
        for kind in Kind::all() {
            if let Some(parent) = kind.row().parent {
                assert!(Kind::from_code(parent).unwrap() < kind, "{parent} before {}", kind.code());
            }
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            for code in kind.event_codes() {
                assert_eq!(Kind::from_event_code(code), Some(kind), "{code} stands twice");
            }
        }
        assert_eq!(Kind::OTHER.code(), "other");
    }

    #[test]
    fn a_flash_flood_is_a_flood_and_a_tornado_is_not() {
        let kind = |code| Kind::from_code(code).unwrap();
        assert!(kind("flash-flood").is_related(kind("flood")));
        assert!(kind("flood").is_related(kind("flash-flood")));
        assert!(!kind("tornado").is_related(kind("flood")));
    }
}
