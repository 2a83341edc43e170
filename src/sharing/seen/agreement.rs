//! Agreements and broken glass as a viewer sees them. Whoever may see one sees all of it.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::{Agreement, Ending, Signature, Standing, Text};
use crate::domain::break_glass::BreakGlass;
use crate::domain::organization::Organization;
use crate::sharing::policies;

impl Seen<Agreement> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Agreement> {
        self.record.id
    }

    /// What the parties agree on.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.record.text
    }

    /// The party that proposed it.
    #[must_use]
    pub fn proposed_by(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.proposed_by)
    }

    /// Who signed, in order.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.record.signatures
    }

    /// That it was ended.
    #[must_use]
    pub fn ended(&self) -> Option<&Ending> {
        self.record.ended.as_ref()
    }

    /// Where it stands at a time.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        self.record.standing(now)
    }

    /// Its terms as Cedar, which is what decides.
    #[must_use]
    pub fn cedar(&self) -> String {
        policies::agreement_in_cedar(&self.record)
    }

    /// When it changed last.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        self.record.revision.changed_at
    }
}

impl Seen<BreakGlass> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<BreakGlass> {
        self.record.id
    }

    /// Who broke it.
    #[must_use]
    pub fn principal(&self) -> &str {
        &self.record.principal
    }

    /// The organization that they acted for.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization)
    }

    /// The organization whose records are seen.
    #[must_use]
    pub fn owner(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.owner)
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.record.reason
    }

    /// Until when.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.record.until
    }
}
