//! What organizations propose to agree on.

use async_graphql::{ID, InputObject, Result};
use jiff::Timestamp;

use super::codes::{FieldGroup, Marking, PlacePrecision, ShareableRecord, TimePrecision};
use super::hazard::parse_kinds;
use crate::domain::Id;
use crate::domain::agreement::{Incidents, Term, Text};
use crate::graphql::asked::parse_id;
use crate::graphql::fault::fault;
use crate::graphql::scalars::MultiPolygon;

/// What the parties of an agreement are to agree on.
#[derive(InputObject)]
pub(crate) struct AgreementInput {
    /// What people call it.
    title: String,
    /// What the facts may be used for, in the parties' words.
    purpose: String,
    /// The ids of the organizations that have to sign, the proposer among them.
    parties: Vec<ID>,
    /// What is shown to whom.
    terms: Vec<TermInput>,
    /// From when on; from the last signature on when null.
    starts: Option<Timestamp>,
    /// Until when; until it is ended when null.
    ends: Option<Timestamp>,
}

/// One thing that parties show to others. What it does not name is not shown.
#[derive(InputObject)]
pub(crate) struct TermInput {
    /// The parties whose own records are shown.
    gives: Vec<ID>,
    /// The parties that they are shown to, with the organizations that belong to those.
    receives: Vec<ID>,
    /// The kinds of record.
    records: Vec<ShareableRecord>,
    /// Only incidents of these kinds of hazard, by code, and of the kinds below them, and what
    /// belongs to those; not limited by kind when null.
    kinds: Option<Vec<String>>,
    /// Only the incidents with these ids, and what belongs to those; not limited so when null. A
    /// term has `kinds`, `these` or neither.
    these: Option<Vec<ID>>,
    /// Only what reaches into this area; anywhere when null.
    area: Option<MultiPolygon>,
    /// Only exercises, or only real events; both when null.
    exercise: Option<bool>,
    /// The narrowest marking that is still shown: `AMBER` at the most.
    #[graphql(default_with = "Marking::Green")]
    up_to: Marking,
    /// The groups of fields that are shown; `IDENTITY` has to be among them.
    groups: Vec<FieldGroup>,
    /// How exactly places are shown, where the groups name the place.
    #[graphql(default_with = "PlacePrecision::Exact")]
    place: PlacePrecision,
    /// How exactly times are shown, where the groups name the history.
    #[graphql(default_with = "TimePrecision::Exact")]
    time: TimePrecision,
    /// Whether the receivers are told that there is more which they are not shown.
    #[graphql(default)]
    tells_withheld: bool,
    /// Whether the receivers may pass it on, by terms of theirs that say so.
    #[graphql(default)]
    onward: bool,
    /// Whether the givers also pass on what others gave them and allowed to be passed on.
    #[graphql(default)]
    passes_on: bool,
}

impl AgreementInput {
    pub(in crate::graphql) fn text(self) -> Result<Text> {
        Ok(Text {
            title: self.title,
            purpose: self.purpose,
            parties: parse_ids("parties", &self.parties)?,
            terms: self.terms.into_iter().map(TermInput::term).collect::<Result<_>>()?,
            starts: self.starts,
            ends: self.ends,
        })
    }
}

impl TermInput {
    fn term(self) -> Result<Term> {
        let incidents = match (parse_kinds(self.kinds.as_deref())?, &self.these) {
            (None, None) => Incidents::All,
            (Some(kinds), None) => Incidents::Kinds(kinds),
            (None, Some(these)) => Incidents::These(parse_ids("these", these)?),
            (Some(_), Some(_)) => {
                let message = "a term has `kinds` or `these` and not both; make two terms of it";
                return Err(fault("BAD_TERM", message));
            }
        };
        Ok(Term {
            gives: parse_ids("gives", &self.gives)?,
            receives: parse_ids("receives", &self.receives)?,
            records: self.records.into_iter().map(Into::into).collect(),
            incidents,
            area: self.area.map(|area| area.0),
            exercise: self.exercise,
            up_to: self.up_to.into(),
            groups: self.groups.into_iter().map(Into::into).collect(),
            place: self.place.into(),
            time: self.time.into(),
            tells_withheld: self.tells_withheld,
            onward: self.onward,
            passes_on: self.passes_on,
        })
    }
}

fn parse_ids<T>(field: &str, ids: &[ID]) -> Result<Vec<Id<T>>> {
    ids.iter().map(|id| parse_id(field, id)).collect()
}
