//! The operational planning worksheet.

use async_graphql::{InputObject, SimpleObject};
use jiff::Timestamp;

use crate::domain::period;

/// What an assignment needs (ICS 215).
#[derive(SimpleObject)]
pub(crate) struct Need {
    /// The branch, division, group or staging area.
    place: String,
    /// The kind of resource, such as `engine`.
    kind: String,
    /// The type wanted; 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How many are required.
    required: u32,
    /// How many there are.
    have: u32,
    /// How many are lacking.
    need: u32,
    /// Where they report.
    reporting: Option<String>,
    /// When they should be there.
    arrival: Option<Timestamp>,
    /// The overhead positions that come with them, such as a strike team leader.
    overhead: Option<String>,
    /// Special equipment and supplies.
    equipment: Option<String>,
    /// The number of the request by which the rest was ordered (213RR).
    request: Option<String>,
    /// That going without is accepted: why, and what is done instead.
    risk_accepted: Option<String>,
    /// Who accepted that.
    risk_accepted_by: Option<String>,
    /// Since when it stands there.
    since: Timestamp,
}

/// What an assignment needs.
#[derive(InputObject)]
pub(crate) struct NeedInput {
    /// The branch, division, group or staging area.
    place: String,
    /// The kind of resource, such as `engine`.
    kind: String,
    /// The type wanted; 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How many are required.
    required: u32,
    /// How many there are.
    have: u32,
    /// Where they report.
    reporting: Option<String>,
    /// When they should be there.
    arrival: Option<Timestamp>,
    /// The overhead positions that come with them, such as a strike team leader.
    overhead: Option<String>,
    /// Special equipment and supplies.
    equipment: Option<String>,
    /// The number of the request by which the rest was ordered (213RR).
    request: Option<String>,
    /// Why it is acceptable to go without, and what is done instead.
    risk_accepted: Option<String>,
}

impl Need {
    pub(super) fn of(need: &period::Need) -> Self {
        let lacking = need.lacking();
        let need = need.clone();
        let (risk_accepted, risk_accepted_by) = need.risk.map(|risk| (risk.text, risk.by)).unzip();
        Self {
            place: need.place,
            kind: need.kind,
            level: need.level,
            required: need.required,
            have: need.have,
            need: lacking,
            reporting: need.reporting,
            arrival: need.arrival,
            overhead: need.overhead,
            equipment: need.equipment,
            request: need.request,
            risk_accepted,
            risk_accepted_by,
            since: need.since,
        }
    }
}

impl From<NeedInput> for period::Need {
    /// Since when the row stands there and who accepts the risk is for the hub to say.
    fn from(input: NeedInput) -> Self {
        let risk = input.risk_accepted.map(|text| period::RiskNote { text, by: String::new() });
        Self {
            place: input.place,
            kind: input.kind,
            level: input.level,
            required: input.required,
            have: input.have,
            reporting: input.reporting,
            arrival: input.arrival,
            overhead: input.overhead,
            equipment: input.equipment,
            request: input.request,
            since: Timestamp::UNIX_EPOCH,
            risk,
        }
    }
}
