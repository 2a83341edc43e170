//! Who is shown what and why, and who looked.

use async_graphql::{Enum, Object, SimpleObject};
use jiff::Timestamp;

use super::alert::NamedValue;
use super::codes::{FieldGroup, PlacePrecision, TimePrecision};
use super::organization::Organization;
use super::record::Record;
use crate::domain::reading::{self, Way};
use crate::domain::sentence::Sentence;
use crate::graphql::mutation::Refusal;
use crate::graphql::rows::Row;
use crate::sharing::{self, SimulatedSight, View};

/// The policies that decide beside agreements, in Cedar.
#[derive(SimpleObject)]
pub(crate) struct Policies {
    /// What the acting organization adopted for its own records; empty when it adopted none.
    pub(in crate::graphql) own: String,
    /// What holds for every record of the hub.
    pub(in crate::graphql) default: &'static str,
    /// What policies can speak about; they are checked strictly against it.
    pub(in crate::graphql) schema: &'static str,
}

/// Why a group of fields of a record is shown or is not.
#[derive(SimpleObject)]
pub(crate) struct Explanation {
    /// The group.
    group: FieldGroup,
    /// Whether it is shown.
    shown: bool,
    /// Why, in a sentence.
    sentence: String,
    /// How exactly it is shown, where that is not as it is known: `to 100 m`.
    exactness: Option<&'static str>,
    /// The reasons that stand in the sentence, one at least.
    reasons: Vec<Reason>,
}

/// A reason in an explanation.
pub(crate) struct Reason(Sentence);

#[Object]
impl Reason {
    /// Which reason it is, for who tells it in another language: the id of a policy of the hub, or
    /// `AGREEMENT_TERM`, `AGREEMENT`, `GLASS_BROKEN`, `OWN_POLICY`, `PASSED_ON` or
    /// `NOTHING_SHOWS_IT`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The reason as a sentence.
    async fn sentence(&self) -> &str {
        &self.0.text
    }

    /// The values that stand in it, by their names.
    async fn values(&self) -> Vec<NamedValue<'_>> {
        self.0.values.iter().map(|(name, value)| NamedValue::of(name, value)).collect()
    }
}

/// What came of a dry run. Nothing was changed by it.
#[derive(SimpleObject)]
pub(crate) struct Simulation {
    /// Who would be shown more or less of what: at most 200.
    sights: Vec<Sight>,
    /// How many pairs of an organization and a record would be shown more.
    gains: usize,
    /// How many pairs of an organization and a record would be shown less.
    losses: usize,
    /// Why the change would be refused; null when it would be carried out.
    refusal: Option<Refusal>,
}

/// What an organization would be shown of a record, beside what it is shown now.
#[derive(SimpleObject)]
pub(crate) struct Sight {
    /// The organization.
    organization: Option<Organization>,
    /// The record.
    record: Option<Record>,
    /// The groups of fields that it would be shown and is not now.
    gained: Vec<FieldGroup>,
    /// The groups of fields that it is shown now and would not be.
    lost: Vec<FieldGroup>,
    /// How exactly the place is shown now; withheld when null.
    place_before: Option<PlacePrecision>,
    /// How exactly the place would be shown; withheld when null.
    place_after: Option<PlacePrecision>,
    /// How exactly times are shown now; withheld when null.
    time_before: Option<TimePrecision>,
    /// How exactly times would be shown; withheld when null.
    time_after: Option<TimePrecision>,
}

/// That somebody looked at a record of another organization.
#[derive(SimpleObject)]
pub(crate) struct Reading {
    /// Who looked.
    principal: String,
    /// The organization that they looked for.
    organization: Option<Organization>,
    /// What they looked at.
    record: Option<Record>,
    /// By which way.
    way: ReadingWay,
    /// When.
    at: Timestamp,
}

/// By which way somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Way")]
pub(crate) enum ReadingWay {
    /// They opened the record.
    Opened,
    /// They looked at the picture as the organization sees it.
    SeenAs,
    /// They asked why another is shown the record or not.
    Explained,
    /// They tried what a change of agreements or policies would show to whom.
    Simulated,
    /// They looked at the picture of a past moment, with records of the organization on it.
    LookedBack,
    /// They took a copy of the whole log.
    Exported,
}

impl Row for Reading {}

impl From<sharing::Explanation> for Explanation {
    fn from(explanation: sharing::Explanation) -> Self {
        let sentence = explanation.sentence();
        let sharing::Explanation { group, shown, exactness, reasons } = explanation;
        let reasons = reasons.into_iter().map(Reason).collect();
        Self { group: group.into(), shown, sentence, exactness, reasons }
    }
}

impl Simulation {
    pub(in crate::graphql) fn of(view: &View, simulation: &sharing::Simulation) -> Self {
        Self {
            sights: simulation.sights.iter().map(|sight| Sight::of(view, sight)).collect(),
            gains: simulation.totals.gains,
            losses: simulation.totals.losses,
            refusal: None,
        }
    }

    pub(in crate::graphql) fn refused(refusal: Refusal) -> Self {
        Self { sights: Vec::new(), gains: 0, losses: 0, refusal: Some(refusal) }
    }
}

impl Sight {
    fn of(view: &View, sight: &SimulatedSight) -> Self {
        let [place_before, place_after] = sight.place().map(|place| place.map(Into::into));
        let [time_before, time_after] = sight.time().map(|time| time.map(Into::into));
        Self {
            organization: view.organization(sight.organization).map(Organization),
            record: Record::named(view, sight.record),
            gained: sight.gained().into_iter().map(Into::into).collect(),
            lost: sight.lost().into_iter().map(Into::into).collect(),
            place_before,
            place_after,
            time_before,
            time_after,
        }
    }
}

impl Reading {
    pub(in crate::graphql) fn of(view: &View, reading: &reading::Reading) -> Self {
        let organization = reading.organization.and_then(|id| view.organization(id));
        Self {
            principal: reading.principal.clone(),
            organization: organization.map(Organization),
            record: Record::named(view, reading.record),
            way: reading.way.into(),
            at: reading.at,
        }
    }
}
