//! Offers as a viewer sees them: the two sides see all of one, and nobody else that there is one.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Signature;
use crate::domain::mutual_aid::{Amendment, ClaimMade, Ending, Mission, Offer, Stage, Terms};
use crate::domain::organization::Organization;
use crate::domain::resource_request::ResourceRequest;

impl Seen<Offer> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Offer> {
        self.record.id
    }

    /// The request that it answers.
    #[must_use]
    pub fn request(&self) -> Option<Seen<ResourceRequest>> {
        self.view.resource_request(self.record.request)
    }

    /// The organization that offers.
    #[must_use]
    pub fn by(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.by)
    }

    /// The organization that asked.
    #[must_use]
    pub fn to(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.to)
    }

    /// Whether it is for an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// What is on the table, or agreed.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.record.terms
    }

    /// How often terms were put on the table.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.record.version
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.record.stage
    }

    /// Since when it stands there.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.record.since
    }

    /// When it is over, unless it is binding by then.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        self.record.expires
    }

    /// The side whose answer to the terms is awaited.
    #[must_use]
    pub fn answers(&self) -> Option<Seen<Organization>> {
        self.record.answers().and_then(|side| self.view.organization(side))
    }

    /// Who signed.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.record.signatures
    }

    /// Other terms that one side has signed.
    #[must_use]
    pub fn amendment(&self) -> Option<&Amendment> {
        self.record.amendment.as_ref()
    }

    /// The mission order.
    #[must_use]
    pub fn mission(&self) -> Option<&Mission> {
        self.record.mission.as_ref()
    }

    /// What is claimed.
    #[must_use]
    pub fn claim(&self) -> Option<&ClaimMade> {
        self.record.claim.as_ref()
    }

    /// How it was over before it was done.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.record.ending.as_ref()
    }

    /// When it changed last.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        self.record.revision.changed_at
    }
}
