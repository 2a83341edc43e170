//! What an incident is called, what kind it is, how complex, where, and who leads.

use serde::{Deserialize, Serialize};

use super::{Complexity, Incident};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::limits::{self, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Changes what an incident is called or what kind it is; what is absent stays.
#[derive(Clone, Debug, Serialize)]
pub struct Amend {
    /// The incident.
    pub incident: Id<Incident>,
    /// The new name.
    pub name: Option<String>,
    /// The new kind.
    pub kind: Option<hazard::Kind>,
}

/// An incident's name or kind changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// The incident.
    pub incident: Id<Incident>,
    /// Its name now.
    pub name: String,
    /// Its kind now.
    pub kind: hazard::Kind,
}

/// Records how complex an incident is.
#[derive(Clone, Debug, Serialize)]
pub struct AssessComplexity {
    /// The incident.
    pub incident: Id<Incident>,
    /// The NIMS type, 5 to 1.
    pub level: u8,
    /// Why.
    pub reason: String,
}

/// An incident's complexity was assessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComplexityAssessed {
    /// The incident.
    pub incident: Id<Incident>,
    /// The judgement.
    pub complexity: Complexity,
}

/// Records where an incident is.
#[derive(Clone, Debug, Serialize)]
pub struct Locate {
    /// The incident.
    pub incident: Id<Incident>,
    /// The whole place as it is known now.
    pub location: Location,
}

/// An incident's place changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Located {
    /// The incident.
    pub incident: Id<Incident>,
    /// The whole place as it is known now.
    pub location: Location,
    /// Why, when a signal and not a person moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Hands the lead to another organization.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLead {
    /// The incident.
    pub incident: Id<Incident>,
    /// The organization that takes the lead.
    pub lead: Id<Organization>,
    /// Why.
    pub reason: String,
}

/// The lead changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeadChanged {
    /// The incident.
    pub incident: Id<Incident>,
    /// The organization in the lead now.
    pub lead: Id<Organization>,
    /// Why.
    pub reason: String,
}

impl Decide for Amend {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let subject = RecordRef::Incident(self.incident);
        let name = self.name.as_deref().unwrap_or(&incident.name);
        let name = limits::text("name", name, NAME_CHARS_MAX)?;
        let kind = self.kind.unwrap_or(incident.kind);
        if name == incident.name && kind == incident.kind {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Amended { incident: self.incident, name, kind }))
    }
}

impl Decide for AssessComplexity {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        world.open_incident(self.incident)?;
        let complexity = Complexity {
            level: Complexity::check_level(self.level)?,
            by: context.by.principal.clone(),
            reason: limits::text("reason", &self.reason, REASON_CHARS_MAX)?,
        };
        let event = ComplexityAssessed { incident: self.incident, complexity };
        Ok(Decision::one(RecordRef::Incident(self.incident), event))
    }
}

impl Decide for Locate {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let subject = RecordRef::Incident(self.incident);
        let location = self.location.checked()?;
        if location == incident.location {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Located { incident: self.incident, location, reason: None }))
    }
}

impl Decide for ChangeLead {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let subject = RecordRef::Incident(self.incident);
        world.known_organization(self.lead)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if incident.lead == Some(self.lead) {
            return Ok(Decision::unchanged(subject));
        }
        let event = LeadChanged { incident: self.incident, lead: self.lead, reason };
        Ok(Decision::one(subject, event))
    }
}

impl Apply for Amended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.name.clone_from(&self.name);
        incident.kind = self.kind;
        let said = sentence!(
            "INCIDENT_NAMED",
            "named “{name}”, kind {kind}",
            name = self.name,
            kind = self.kind.name(),
        );
        world.chronicle(self.incident, stamp, said, &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

impl Apply for ComplexityAssessed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.complexity = Some(self.complexity.clone());
        let Complexity { level, reason, .. } = &self.complexity;
        let said = sentence!("INCIDENT_ASSESSED", "assessed as type {level}", level = level);
        world.chronicle(self.incident, stamp, said.because(Some(reason)), &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

impl Apply for Located {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.bounding_box = self.location.bounding_box();
        incident.location = self.location.clone();
        let said = sentence!("INCIDENT_LOCATED", "place updated");
        world.chronicle(self.incident, stamp, said.because(self.reason.as_deref()), &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

impl Apply for LeadChanged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let lead = world.organization(self.lead);
        let code = lead.map_or_else(|| self.lead.to_string(), |o| o.profile.code.clone());
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.lead = Some(self.lead);
        let said = sentence!("LEAD_CHANGED", "lead goes to {lead}", lead = code);
        world.chronicle(self.incident, stamp, said.because(Some(&self.reason)), &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}
