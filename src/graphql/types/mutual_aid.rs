//! Offers of mutual aid, and the agreements that they become.

use async_graphql::{Enum, ID, InputObject, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::agreement::Signature;
use super::organization::Organization;
use super::resource_request::ResourceRequest;
use crate::domain::mutual_aid as domain;
use crate::graphql::asked::{id, parse_id};
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// An offer to a request, and the agreement that it becomes (EMAC's RSA as model). The two sides see
/// all of it, and nobody else that there is one. An offer holds nothing; a binding agreement does.
pub(crate) struct Offer(pub(in crate::graphql) Seen<domain::Offer>);

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Stage")]
pub(crate) enum OfferStage {
    /// Whoever asked has to answer.
    Offered,
    /// The other side of whoever changed the terms last has to answer.
    Countered,
    /// Both agree on the terms; signatures are missing.
    Accepted,
    /// Both have signed; the resources are committed.
    Binding,
    /// The mission order is issued; the resources may move.
    Ordered,
    /// The cost is claimed.
    Claimed,
    /// The cost is paid.
    Reimbursed,
    /// Whoever asked did not want it.
    Declined,
    /// Whoever offered took it back.
    Withdrawn,
    /// Its time was over.
    Expired,
    /// One side cancelled the agreement before anything had arrived.
    Cancelled,
}

/// A cost item by item, each in the smallest unit of the currency, such as cents.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "CostInput")]
pub(crate) struct Cost {
    /// The currency (ISO 4217), such as `USD`.
    currency: String,
    /// Travel.
    #[graphql(default = 0)]
    travel: u64,
    /// Personnel.
    #[graphql(default = 0)]
    personnel: u64,
    /// Equipment.
    #[graphql(default = 0)]
    equipment: u64,
    /// Commodities.
    #[graphql(default = 0)]
    commodity: u64,
    /// Anything else.
    #[graphql(default = 0)]
    other: u64,
}

/// One resource, or some units of a supply, in an offer, in the words of when it was offered.
#[derive(SimpleObject)]
pub(crate) struct OfferedItem {
    /// The resource, to be named in a part or a swap.
    resource: ID,
    /// How many units of a supply; 1 for anything else.
    quantity: u32,
    /// What its owner calls it.
    name: String,
    /// Its kind and type.
    kind: String,
    /// How it differs from what is wanted; null when it does not.
    substitution: Option<String>,
}

/// What is to be in an offer, or in a part of it.
#[derive(InputObject)]
pub(crate) struct OfferItemInput {
    /// The resource.
    resource: ID,
    /// How many units of a supply; 1 for anything else.
    #[graphql(default = 1)]
    quantity: u32,
}

/// What is on the table, or agreed.
#[derive(SimpleObject)]
pub(crate) struct OfferTerms {
    /// What is offered.
    items: Vec<OfferedItem>,
    /// Lodging, meals, protective equipment and the like, in words.
    conditions: Option<String>,
    /// What it is expected to cost.
    cost: Cost,
    /// From when on it can be had.
    available_from: Timestamp,
    /// Until when.
    available_until: Timestamp,
}

/// Other terms for a binding agreement, signed by one side.
#[derive(SimpleObject)]
pub(crate) struct AidAmendment {
    /// The version of these terms, to be named by whoever signs them.
    version: u32,
    /// The side that proposes and has signed them.
    by: Option<Organization>,
    /// Since when.
    since: Timestamp,
    /// The terms as they would be.
    terms: OfferTerms,
}

/// A mission order. Nothing moves before it.
#[derive(SimpleObject)]
pub(crate) struct MissionOrder {
    /// Its number.
    number: String,
    /// Whom or what to report to, and where.
    report_to: String,
    /// The assignment.
    assignment: String,
    /// When they leave.
    departs: Timestamp,
    /// When they are expected.
    arrives: Timestamp,
    /// Who issued it.
    by: String,
    /// When.
    at: Timestamp,
}

/// What is claimed for a finished mission.
#[derive(SimpleObject)]
pub(crate) struct ReimbursementClaim {
    /// The cost, item by item.
    cost: Cost,
    /// What it stands on.
    evidence: String,
    /// Who claimed it.
    by: String,
    /// When.
    at: Timestamp,
    /// Why it was returned the last time.
    returned: Option<String>,
    /// The reference of the payment; null while it is not paid.
    paid: Option<String>,
}

/// How an offer was over before it was done.
#[derive(SimpleObject)]
pub(crate) struct OfferEnding {
    /// The side that ended it; null when its time was over.
    organization: Option<Organization>,
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
}

impl Row for Offer {}

#[Object]
impl Offer {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// The request that it answers.
    async fn request(&self) -> Option<ResourceRequest> {
        self.0.request().map(ResourceRequest)
    }

    /// The organization that offers.
    async fn by(&self) -> Option<Organization> {
        self.0.by().map(Organization)
    }

    /// The organization that asked.
    async fn to(&self) -> Option<Organization> {
        self.0.to().map(Organization)
    }

    /// Whether it is for an exercise. This never changes.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// What is on the table, or agreed.
    async fn terms(&self) -> OfferTerms {
        OfferTerms::of(self.0.terms())
    }

    /// The version of the terms, to be named by whoever signs them: 1 for the first offer, and one
    /// more each time that they became others.
    async fn version(&self) -> u32 {
        self.0.version()
    }

    /// Where it stands.
    async fn stage(&self) -> OfferStage {
        self.0.stage().into()
    }

    /// Since when it stands there.
    async fn since(&self) -> Timestamp {
        self.0.since()
    }

    /// When it is over, unless it is binding by then.
    async fn expires(&self) -> Timestamp {
        self.0.expires()
    }

    /// The side whose answer to the terms is awaited; null when none is.
    async fn answers(&self) -> Option<Organization> {
        self.0.answers().map(Organization)
    }

    /// Who signed the terms, in order.
    async fn signatures(&self) -> Vec<Signature> {
        let signatures = self.0.signatures().iter();
        signatures.map(|signature| Signature::of(self.0.view(), signature)).collect()
    }

    /// Other terms that one side has signed and the other has not.
    async fn amendment(&self) -> Option<AidAmendment> {
        let amendment = self.0.amendment()?;
        let by = self.0.view().organization(amendment.by).map(Organization);
        let domain::Amendment { version, since, .. } = *amendment;
        Some(AidAmendment { version, by, since, terms: OfferTerms::of(&amendment.terms) })
    }

    /// The mission order; null while there is none.
    async fn mission_order(&self) -> Option<MissionOrder> {
        let mission = self.0.mission()?.clone();
        let domain::Mission { number, report_to, assignment, departs, arrives, by, at } = mission;
        Some(MissionOrder { number, report_to, assignment, departs, arrives, by, at })
    }

    /// What is claimed for it; null while nothing is.
    async fn claim(&self) -> Option<ReimbursementClaim> {
        let claim = self.0.claim()?.clone();
        let domain::ClaimMade { cost, evidence, by, at, returned, paid } = claim;
        Some(ReimbursementClaim { cost: Cost::of(&cost), evidence, by, at, returned, paid })
    }

    /// How it was over before it was done; null when it was not.
    async fn ending(&self) -> Option<OfferEnding> {
        let domain::Ending { organization, at, reason, .. } = self.0.ending()?.clone();
        let organization = organization.and_then(|id| self.0.view().organization(id));
        Some(OfferEnding { organization: organization.map(Organization), at, reason })
    }

    /// When it changed last.
    async fn changed_at(&self) -> Timestamp {
        self.0.changed_at()
    }
}

impl OfferTerms {
    fn of(terms: &domain::Terms) -> Self {
        let item = |item: &domain::Item| OfferedItem {
            resource: id(item.resource),
            quantity: item.quantity,
            name: item.name.clone(),
            kind: item.kind.clone(),
            substitution: item.substitution.clone(),
        };
        Self {
            items: terms.items.iter().map(item).collect(),
            conditions: terms.conditions.clone(),
            cost: Cost::of(&terms.cost),
            available_from: terms.available_from,
            available_until: terms.available_until,
        }
    }
}

impl Cost {
    fn of(cost: &domain::Cost) -> Self {
        let domain::Cost { currency, travel, personnel, equipment, commodity, other } =
            cost.clone();
        Self { currency, travel, personnel, equipment, commodity, other }
    }
}

impl From<Cost> for domain::Cost {
    fn from(cost: Cost) -> Self {
        let Cost { currency, travel, personnel, equipment, commodity, other } = cost;
        Self { currency, travel, personnel, equipment, commodity, other }
    }
}

impl OfferItemInput {
    /// What is wished, of a list that may be absent.
    pub(in crate::graphql) fn wishes(items: Option<&[Self]>) -> Result<Vec<domain::Wish>> {
        let items = items.unwrap_or_default().iter();
        let wish = |item: &Self| {
            let (resource, quantity) = (parse_id("resource", &item.resource)?, item.quantity);
            Ok(domain::Wish { resource, quantity })
        };
        items.map(wish).collect()
    }
}
