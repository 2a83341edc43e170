//! Terms are signed by both sides, in the version that each has read.

use serde::{Deserialize, Serialize};

use super::bind::{committed, told};
use super::{Amendment, Offer, Stage, Terms};
use crate::domain::agreement::Signature;
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::resource_request::{Refused, ResourceRequest};
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Signs an accepted offer for the acting organization, or the other side's amendment of a binding
/// one. With the second signature the offer is binding and its resources are committed.
///
/// Whoever signs names the version of the terms that they have read. Terms change between reading
/// and signing, and nobody is bound by what they did not read; nor does a signature that is sent
/// again become one of terms that were proposed since.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sign {
    /// The offer.
    pub offer: Id<Offer>,
    /// The version of the terms that is signed.
    pub version: u32,
}

/// A side signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signed {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The incident of the request.
    pub incident: Id<Incident>,
    /// The side.
    pub by: Id<Organization>,
    /// What the signature brought about.
    pub brings: Brings,
}

/// What a signature brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Brings {
    /// Nothing yet: the other side has to sign.
    Nothing,
    /// The offer is binding.
    Binding,
    /// The amended terms are in force.
    Amendment,
}

impl Decide for Sign {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        let by = offer.side(context)?;
        let request = world.known_request(offer.request)?;
        let subject = RecordRef::Offer(self.offer);
        let signed = |brings| {
            let incident = world.incident_of_request(request);
            let (offer, request) = (self.offer, request.id);
            Decision::one(subject, Signed { offer, request, incident, by, brings })
        };
        if offer.is_live() && offer.has_signed(by, self.version) {
            return Ok(Decision::unchanged(subject));
        }
        if let Some(amendment) = offer.amendment_to_sign() {
            self.names(amendment.version)?;
            return Ok(signed(Brings::Amendment));
        }
        if offer.stage != Stage::Accepted {
            return Err(offer.not_now("accepted"));
        }
        self.names(offer.version)?;
        world.check_wanted(request)?;
        offer.check_available(context.now)?;
        if offer.signatures.is_empty() {
            return Ok(signed(Brings::Nothing));
        }
        // With the second signature the resources are committed, all of them or none.
        let mut decision = signed(Brings::Binding);
        for item in &offer.terms.items {
            decision.events.push(committed(world, offer, request, item)?);
        }
        Ok(decision)
    }
}

impl Sign {
    /// Checks that it signs this version of the terms, which is the one that can be signed.
    fn names(&self, version: u32) -> Result<(), Refused> {
        if self.version == version { Ok(()) } else { Err(Refused::TermsOvertaken { version }) }
    }
}

impl Offer {
    /// Whether a side has signed this version of the terms.
    fn has_signed(&self, side: Id<Organization>, version: u32) -> bool {
        let in_force = version == self.version
            && self.signatures.iter().any(|signature| signature.organization == side);
        let proposed = |amendment: &Amendment| (amendment.version, amendment.by) == (version, side);
        in_force || self.amendment.as_ref().is_some_and(proposed)
    }
}

impl World {
    /// Checks that what is offered to a request is wanted still: an incident that is over needs
    /// nothing more. It may be hidden from whoever sends, so the refusal speaks of the request.
    pub(super) fn check_wanted(&self, request: &ResourceRequest) -> Result<(), Refusal> {
        let open = self.open_incident(self.incident_of_request(request)).is_ok();
        let over = || Refused::NoAnswerWanted { number: request.number.clone() }.into();
        open.then_some(()).ok_or_else(over)
    }
}

impl Apply for Signed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let code = |id| world.organization(id).map(|o| o.profile.code.clone()).unwrap_or_default();
        let codes = world.offer(self.offer).map(|offer| (code(offer.by), code(offer.to)));
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        let signature =
            Signature { organization: self.by, by: stamp.by.principal.clone(), at: stamp.at };
        match self.brings {
            Brings::Nothing => offer.signatures.push(signature),
            Brings::Amendment => {
                if let Some(amendment) = offer.amendment.take() {
                    // The items may have been swapped since.
                    let items = std::mem::take(&mut offer.terms.items);
                    offer.terms = Terms { items, ..amendment.terms };
                    offer.version = amendment.version;
                    let Amendment { by: organization, signed_by: by, since: at, .. } = amendment;
                    offer.signatures = vec![Signature { organization, by, at }, signature];
                }
            }
            Brings::Binding => {
                offer.signatures.push(signature);
                offer.reach(Stage::Binding, stamp);
                let (timer, offer) = (offer.expiry_timer(), Some(self.offer));
                world.timers.remove(&timer);
                let Some(request) = world.change_request(self.request, stamp) else { return };
                for fill in request.fills.iter_mut().filter(|fill| fill.offer == offer) {
                    fill.binding = true;
                    fill.since = stamp.at;
                }
                let (by, to) = codes.unwrap_or_default();
                let said = sentence!(
                    "OFFER_BINDING",
                    "{by} and {to} signed the agreement on {request}",
                    by = by,
                    to = to,
                    request = request.number,
                );
                world.tell_of_offer(self.offer, self.incident, stamp, said);
            }
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        match self.brings {
            Brings::Binding => told(self.offer, self.request, self.incident),
            Brings::Nothing | Brings::Amendment => {
                vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
            }
        }
    }
}
