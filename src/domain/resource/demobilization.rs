//! Demobilization check-out (ICS 221): what is ticked is signed before the resource is let go.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::departure::Departure;
use super::standing::{Standing, Status};
use super::{Resource, ResourceRefusal, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits;
use crate::domain::mutual_aid::Offer;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// A box of the check-out that somebody signs (ICS 221 block 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignBox {
    /// Logistics: what was lent is back.
    Supply,
    /// Logistics: radios are back.
    Communications,
    /// Logistics: rooms and tents are left in order.
    Facilities,
    /// Logistics: vehicles are checked and fuelled.
    GroundSupport,
    /// Logistics: passes and keys are back.
    Security,
    /// Finance: hours are written down.
    Time,
    /// Planning: papers are handed in.
    Documentation,
    /// Planning: the demobilization unit lets it go.
    Demobilization,
    /// Somebody else.
    Other,
}

/// The check-out of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demobilization {
    /// Since when.
    pub started: Timestamp,
    /// The boxes that were ticked.
    pub ticked: Vec<SignBox>,
    /// Those that were signed.
    pub signed: Vec<SignOff>,
}

/// That a box was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// The box.
    pub sign_off: SignBox,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl SignBox {
    /// Every box, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Supply,
        Self::Communications,
        Self::Facilities,
        Self::GroundSupport,
        Self::Security,
        Self::Time,
        Self::Documentation,
        Self::Demobilization,
        Self::Other,
    ];

    /// The words for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::Communications => "communications",
            Self::Facilities => "facilities",
            Self::GroundSupport => "ground support",
            Self::Security => "security",
            Self::Time => "time",
            Self::Documentation => "documentation",
            Self::Demobilization => "demobilization",
            Self::Other => "other",
        }
    }
}

impl Demobilization {
    /// The ticked boxes that nobody signed.
    pub fn missing(&self) -> impl Iterator<Item = SignBox> {
        let signed = |ticked: &SignBox| self.signed.iter().any(|s| s.sign_off == *ticked);
        self.ticked.iter().copied().filter(move |ticked| !signed(ticked))
    }
}

/// Begins the check-out of a resource.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartDemobilization {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// The boxes to be signed.
    pub ticked: Vec<SignBox>,
    /// How it leaves; as was planned before when absent.
    pub departure: Option<Departure>,
}

/// Signs one box.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignDemobilization {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// The box.
    pub sign_off: SignBox,
}

/// Lets a resource go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Release {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// How much of a supply comes back; all when absent. The rest was used up.
    pub returned: Option<u32>,
}

/// A check-out began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemobilizationStarted {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// The boxes to be signed.
    pub ticked: Vec<SignBox>,
    /// How it leaves; as was planned before when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Departure>,
}

/// A box was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemobilizationSigned {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// The box.
    pub sign_off: SignBox,
}

/// A resource was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// The offer that it followed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<Offer>>,
    /// How much was used up.
    #[serde(default)]
    pub used_up: u32,
}

impl Decide for StartDemobilization {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        if !commitment.stage.can_become(Stage::Demobilizing) {
            return Err(world.no_step(self.resource, commitment.stage, Stage::Demobilizing));
        }
        let mut ticked = self.ticked.clone();
        ticked.sort_unstable();
        ticked.dedup();
        let departure = self.departure.as_ref().map(Departure::checked).transpose()?;
        let (resource, incident, commitment) = (self.resource, self.incident, commitment.number);
        let event = DemobilizationStarted { resource, incident, commitment, ticked, departure };
        Ok(Decision::one(RecordRef::Resource(self.resource), event))
    }
}

impl Decide for SignDemobilization {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        let Some(demobilization) = &commitment.demobilization else {
            return Err(world.no_step(self.resource, commitment.stage, Stage::Released));
        };
        let signed = demobilization.signed.iter().any(|s| s.sign_off == self.sign_off);
        let problem = match (demobilization.ticked.contains(&self.sign_off), signed) {
            (true, false) => None,
            (true, true) => Some("is signed already"),
            (false, _) => Some("was not ticked"),
        };
        if let Some(problem) = problem {
            let (name, sign_off) = (world.name_of_resource(self.resource), self.sign_off.as_str());
            return Err(ResourceRefusal::BoxUnfit { name, sign_off, problem }.into());
        }
        let Self { resource, incident, sign_off, .. } = *self;
        let commitment = commitment.number;
        let event = DemobilizationSigned { resource, incident, commitment, sign_off };
        Ok(Decision::one(RecordRef::Resource(self.resource), event))
    }
}

impl Decide for Release {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        if !commitment.stage.can_become(Stage::Released) {
            return Err(world.no_step(self.resource, commitment.stage, Stage::Released));
        }
        let name = world.name_of_resource(self.resource);
        let missing = commitment.demobilization.iter().flat_map(Demobilization::missing);
        let missing: Vec<_> = missing.map(SignBox::as_str).collect();
        if !missing.is_empty() {
            let boxes = missing.join(", ");
            return Err(ResourceRefusal::SignaturesMissing { name, boxes }.into());
        }
        let returned = self.returned.unwrap_or(commitment.quantity);
        let single = world.resource(self.resource).is_some_and(|r| r.supply.is_none());
        limits::number("returned", returned, single.into(), commitment.quantity)?;
        let used_up = commitment.quantity - returned;
        let offer = commitment.offer;
        let (resource, incident, commitment) = (self.resource, self.incident, commitment.number);
        let event = Released { resource, incident, commitment, offer, used_up };
        Ok(Decision::one(RecordRef::Resource(self.resource), event))
    }
}

impl Apply for DemobilizationStarted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, standing| {
            commitment.unassign(stamp);
            commitment.stage = Stage::Demobilizing;
            commitment.demobilization = Some(Demobilization {
                started: stamp.at,
                ticked: self.ticked.clone(),
                signed: Vec::new(),
            });
            if self.departure.is_some() {
                commitment.departure.clone_from(&self.departure);
            }
            if standing.status == Status::Assigned {
                *standing = Standing::available(stamp.at);
            }
        });
        let name = world.name_of_resource(self.resource);
        let said =
            sentence!("RESOURCE_DEMOBILIZING", "{resource} is being demobilized", resource = name,);
        world.tell_of(self.resource, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}

impl Apply for DemobilizationSigned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, _| {
            let by = stamp.by.principal.clone();
            let signature = SignOff { sign_off: self.sign_off, by, at: stamp.at };
            if let Some(demobilization) = &mut commitment.demobilization {
                demobilization.signed.push(signature);
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource)]
    }
}

impl Apply for Released {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, _| {
            commitment.stage = Stage::Released;
            commitment.ended = Some(stamp.at);
        });
        world.change_resource(self.resource, stamp, |resource| {
            if let Some(supply) = &mut resource.supply {
                supply.held = supply.held.saturating_sub(self.used_up);
            }
        });
        let name = world.name_of_resource(self.resource);
        let said = match self.used_up {
            0 => sentence!("RESOURCE_RELEASED", "{resource} is released", resource = name),
            used => sentence!(
                "RESOURCE_RELEASED",
                "{resource} is released, {used} used up",
                resource = name,
                used = used,
            ),
        };
        world.tell_of(self.resource, self.incident, stamp, said);
        world.leave_pars(self.resource, self.incident, stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}
