//! What is offered, on which terms, for which cost.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::Id;
use crate::domain::limits::{self, COST_MAX, OFFER_ITEMS_MAX, QUANTITY_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::resource::Resource;
use crate::domain::resource::fit::{Offered, fit_type};
use crate::domain::resource_request::{Refused, ResourceRequest};
use crate::domain::world::World;

/// What is on the table (RSA: resource description, deployment dates, itemized cost, conditions).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// What is offered.
    pub items: Vec<Item>,
    /// Lodging, meals, protective equipment and the like, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<String>,
    /// What it is expected to cost.
    pub cost: Cost,
    /// From when on it can be had.
    pub available_from: Timestamp,
    /// Until when.
    pub available_until: Timestamp,
}

/// One resource, or some units of a supply, in an offer. It says in words what is offered, as it was
/// then: whoever asked need not see the record of the resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The resource.
    pub resource: Id<Resource>,
    /// How many units of a supply; 1 for anything else.
    pub quantity: u32,
    /// What its owner calls it.
    pub name: String,
    /// Its kind and type.
    pub kind: String,
    /// How it differs from what is wanted; it does not when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitution: Option<String>,
}

/// What somebody wants to put into an offer, or take out of it: a resource, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The resource.
    pub resource: Id<Resource>,
    /// How many units of a supply; 1 for anything else.
    pub quantity: u32,
}

/// A cost item by item (EMAC), in the smallest unit of its currency, such as cents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// The currency (ISO 4217), such as `USD`.
    pub currency: String,
    /// Travel.
    pub travel: u64,
    /// Personnel.
    pub personnel: u64,
    /// Equipment.
    pub equipment: u64,
    /// Commodities.
    pub commodity: u64,
    /// Anything else.
    pub other: u64,
}

impl Cost {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> u64 {
        let items = [self.travel, self.personnel, self.equipment, self.commodity, self.other];
        items.into_iter().fold(0, u64::saturating_add)
    }

    /// The same, if it can be meant.
    ///
    /// # Errors
    /// [`Refused::CostUnusable`].
    pub fn checked(&self) -> Result<Self, Refusal> {
        let code = self.currency.as_bytes();
        if code.len() != 3 || !code.iter().all(u8::is_ascii_uppercase) {
            let problem = "give the currency as three capital letters, such as USD";
            return Err(Refused::CostUnusable(problem).into());
        }
        let items = [self.travel, self.personnel, self.equipment, self.commodity, self.other];
        if items.into_iter().any(|item| item > COST_MAX) {
            return Err(Refused::CostUnusable("an item is too large; is it in cents?").into());
        }
        Ok(self.clone())
    }
}

impl Terms {
    /// How much they fill of a request.
    #[must_use]
    pub fn quantity(&self) -> u32 {
        self.items.iter().fold(0, |sum, item| sum.saturating_add(item.quantity))
    }

    /// The terms for a part of the items; all of them when nothing is wished.
    ///
    /// # Errors
    /// [`Refused::NotInOffer`] for what is not in them, or not so much of it.
    pub fn narrowed(&self, to: &[Wish]) -> Result<Self, Refusal> {
        if to.is_empty() {
            return Ok(self.clone());
        }
        check_wishes(to)?;
        let items = to.iter().map(|wish| {
            let item = self.items.iter().find(|item| item.resource == wish.resource);
            let item = item.filter(|item| wish.quantity <= item.quantity);
            let item = item.ok_or(Refused::NotInOffer)?;
            Ok(Item { quantity: wish.quantity, ..item.clone() })
        });
        Ok(Self { items: items.collect::<Result<_, Refused>>()?, ..self.clone() })
    }

    /// The same with other words, cost and dates, if they can be meant.
    pub(in crate::domain) fn reworded(
        &self,
        conditions: Option<&str>,
        cost: &Cost,
        (available_from, available_until): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if available_until <= available_from || available_until <= now {
            return Err(Refused::DatesUnusable.into());
        }
        let conditions = limits::said("conditions", conditions, REASON_CHARS_MAX)?;
        let cost = cost.checked()?;
        Ok(Self { items: self.items.clone(), conditions, cost, available_from, available_until })
    }
}

/// The items of an offer, each as it is now.
pub(in crate::domain) fn items(
    world: &World,
    request: &ResourceRequest,
    owner: Id<Organization>,
    wishes: &[Wish],
) -> Result<Vec<Item>, Refusal> {
    check_wishes(wishes)?;
    wishes.iter().map(|wish| item(world, request, owner, *wish)).collect()
}

/// One item of an offer: the owner's own, exercise with exercise, what was asked for or an explained
/// substitute where substitutes are welcome.
pub(super) fn item(
    world: &World,
    request: &ResourceRequest,
    owner: Id<Organization>,
    wish: Wish,
) -> Result<Item, Refusal> {
    let resource = world.usable_resource(wish.resource)?;
    if resource.owner != owner {
        return Err(Refused::ResourceOfAnother.into());
    }
    if resource.exercise != request.exercise {
        return Err(Refusal::ExerciseMixed);
    }
    let (profile, need) = (&resource.profile, &request.content.need);
    let (name, free) = (profile.name.clone(), resource.free());
    if wish.quantity > free {
        return Err(Refused::NotFree { name, free, wanted: wish.quantity }.into());
    }
    let wanted = world.known_definition(&need.definition)?;
    let fit = fit_type(wanted, Offered::of(profile), need.level);
    if !fit.fits && !request.content.substitutes {
        return Err(Refused::NotWanted { name, why: fit.sentence }.into());
    }
    let own = world.known_definition(&profile.definition)?;
    let kind = profile
        .level
        .map_or_else(|| own.name.clone(), |level| format!("{}, Type {level}", own.name));
    let substitution = (!fit.fits).then_some(fit.sentence);
    Ok(Item { resource: wish.resource, quantity: wish.quantity, name, kind, substitution })
}

fn check_wishes(wishes: &[Wish]) -> Result<(), Refusal> {
    limits::count_from(1, "items", wishes.len(), OFFER_ITEMS_MAX)?;
    for (n, wish) in wishes.iter().enumerate() {
        if !(1..=QUANTITY_MAX).contains(&wish.quantity) {
            let (quantity, quantity_max) = (wish.quantity, QUANTITY_MAX);
            return Err(Refused::QuantityUnusable { quantity, quantity_max }.into());
        }
        if wishes.iter().take(n).any(|other| other.resource == wish.resource) {
            return Err(Refused::NamedTwice.into());
        }
    }
    Ok(())
}
