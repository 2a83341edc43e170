//! Data-sharing agreements.

use async_graphql::{Context, ID, Object, SimpleObject};
use jiff::Timestamp;

use super::codes::{
    AgreementStanding, FieldGroup, Marking, PlacePrecision, ShareableRecord, TimePrecision,
};
use super::hazard::HazardKind;
use super::organization::Organization;
use crate::domain::agreement::{self, Incidents};
use crate::domain::{Id, organization};
use crate::graphql::asked::{Asked, id};
use crate::graphql::rows::Row;
use crate::graphql::scalars::MultiPolygon;
use crate::sharing::{Seen, View};

/// A data-sharing agreement: which organization shows what to which other, how exactly, how long.
/// It is in force when every party has signed, and any party ends it at once. What was signed
/// never changes: propose a new one to change it.
pub(crate) struct Agreement(pub(in crate::graphql) Seen<agreement::Agreement>);

/// One thing that parties show to others. What it does not name is not shown.
pub(crate) struct Term {
    view: View,
    term: agreement::Term,
}

/// That a party signed an agreement.
#[derive(SimpleObject)]
pub(crate) struct Signature {
    /// The party.
    organization: Option<Organization>,
    /// Who signed for it.
    by: String,
    /// When.
    at: Timestamp,
}

/// That a party ended an agreement.
#[derive(SimpleObject)]
pub(crate) struct AgreementEnding {
    /// The party.
    organization: Option<Organization>,
    /// Who ended it for the party.
    by: String,
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
}

impl Signature {
    pub(super) fn of(view: &View, signature: &agreement::Signature) -> Self {
        Self {
            organization: view.organization(signature.organization).map(Organization),
            by: signature.by.clone(),
            at: signature.at,
        }
    }
}

impl Row for Agreement {}

#[Object]
impl Agreement {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What people call it.
    async fn title(&self) -> &str {
        &self.0.text().title
    }

    /// What the facts may be used for, in the parties' words.
    async fn purpose(&self) -> &str {
        &self.0.text().purpose
    }

    /// The organizations that have to sign.
    async fn parties(&self) -> Vec<Organization> {
        organizations(self.0.view(), &self.0.text().parties)
    }

    /// What is shown to whom.
    async fn terms(&self) -> Vec<Term> {
        let terms = self.0.text().terms.iter();
        terms.map(|term| Term { view: self.0.view().clone(), term: term.clone() }).collect()
    }

    /// The terms in plain language, a sentence each.
    async fn in_words(&self) -> Vec<String> {
        self.0.in_words()
    }

    /// The terms in Cedar, which is what decides.
    async fn cedar(&self) -> String {
        self.0.cedar()
    }

    /// From when on; from the last signature on when null.
    async fn starts(&self) -> Option<Timestamp> {
        self.0.text().starts
    }

    /// Until when; until it is ended when null.
    async fn ends(&self) -> Option<Timestamp> {
        self.0.text().ends
    }

    /// Where it stands, by the clock of the hub at the moment of the question.
    async fn standing(&self, context: &Context<'_>) -> AgreementStanding {
        self.0.standing(Asked::from(context).hub.clock().now()).into()
    }

    /// The party that proposed it.
    async fn proposed_by(&self) -> Option<Organization> {
        self.0.proposed_by().map(Organization)
    }

    /// Who signed, in order.
    async fn signatures(&self) -> Vec<Signature> {
        let signatures = self.0.signatures().iter();
        signatures.map(|signature| Signature::of(self.0.view(), signature)).collect()
    }

    /// That a party ended it; null while none has.
    async fn ended(&self) -> Option<AgreementEnding> {
        self.0.ended().map(|ending| AgreementEnding {
            organization: self.0.view().organization(ending.organization).map(Organization),
            by: ending.by.clone(),
            at: ending.at,
            reason: ending.reason.clone(),
        })
    }

    /// When it was proposed, signed or ended last.
    async fn changed_at(&self) -> Timestamp {
        self.0.changed_at()
    }
}

#[Object]
impl Term {
    /// The parties whose own records are shown.
    async fn gives(&self) -> Vec<Organization> {
        organizations(&self.view, &self.term.gives)
    }

    /// The parties that they are shown to, with the organizations that belong to those.
    async fn receives(&self) -> Vec<Organization> {
        organizations(&self.view, &self.term.receives)
    }

    /// The kinds of record.
    async fn records(&self) -> Vec<ShareableRecord> {
        self.term.records.iter().copied().map(Into::into).collect()
    }

    /// Only incidents of these kinds of hazard and of the kinds below them, and what belongs to
    /// those; not limited by kind when null.
    async fn kinds(&self) -> Option<Vec<HazardKind>> {
        match &self.term.incidents {
            Incidents::Kinds(kinds) => Some(kinds.iter().copied().map(HazardKind).collect()),
            Incidents::All | Incidents::These(_) => None,
        }
    }

    /// Only the incidents with these ids, and what belongs to those; not limited so when null.
    async fn these(&self) -> Option<Vec<ID>> {
        match &self.term.incidents {
            Incidents::These(ids) => Some(ids.iter().copied().map(id).collect()),
            Incidents::All | Incidents::Kinds(_) => None,
        }
    }

    /// Only what reaches into this area; anywhere when null.
    async fn area(&self) -> Option<MultiPolygon> {
        self.term.area.clone().map(MultiPolygon)
    }

    /// Only exercises, or only real events; both when null.
    async fn exercise(&self) -> Option<bool> {
        self.term.exercise
    }

    /// The narrowest marking that is still shown.
    async fn up_to(&self) -> Marking {
        self.term.up_to.into()
    }

    /// The groups of fields that are shown.
    async fn groups(&self) -> Vec<FieldGroup> {
        self.term.groups.iter().copied().map(Into::into).collect()
    }

    /// How exactly places are shown, where the groups name the place.
    async fn place(&self) -> PlacePrecision {
        self.term.place.into()
    }

    /// How exactly times are shown, where the groups name the history.
    async fn time(&self) -> TimePrecision {
        self.term.time.into()
    }

    /// Whether the receivers are told that there is more which they are not shown.
    async fn tells_withheld(&self) -> bool {
        self.term.tells_withheld
    }

    /// Whether the receivers may pass it on, by terms of theirs that say so.
    async fn onward(&self) -> bool {
        self.term.onward
    }

    /// Whether the givers also pass on what others gave them and allowed to be passed on.
    async fn passes_on(&self) -> bool {
        self.term.passes_on
    }
}

fn organizations(view: &View, ids: &[Id<organization::Organization>]) -> Vec<Organization> {
    ids.iter().filter_map(|id| view.organization(*id)).map(Organization).collect()
}
