//! A request is written and amended.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Content, IncidentTag, Refused, ResourceRequest, Status};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    self, LABEL_CHARS_MAX, NAME_CHARS_MAX, QUANTITY_MAX, REASON_CHARS_MAX, REQUESTS_OF_INCIDENT_MAX,
};
use crate::domain::organization::Organization;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Writes a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// The incident that it is for.
    pub incident: Id<Incident>,
    /// What is asked for.
    pub content: Content,
}

/// Replaces what a draft asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Amend {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// All of it as it should be.
    pub content: Content,
}

/// A request was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drafted {
    /// The new request.
    pub request: Id<ResourceRequest>,
    /// Its number.
    pub number: String,
    /// The incident that it is for.
    pub incident: Id<Incident>,
    /// The organization that asks.
    pub asked_by: Id<Organization>,
    /// What is asked for.
    pub content: Content,
    /// Whether it is for an exercise.
    pub exercise: bool,
}

/// A draft was amended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// All of it as it is now.
    pub content: Content,
}

impl Decide for Draft {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let asked_by = context.by.organization.ok_or(Refused::NoOrganization)?;
        let content = self.content.checked(world, context.now)?;
        let count = world.requests_of(self.incident).count() + 1;
        limits::count("requests", count, REQUESTS_OF_INCIDENT_MAX)?;
        let request = context.ids.next();
        let drafted = Drafted {
            request,
            number: world.next_request_number(asked_by, context.now),
            incident: self.incident,
            asked_by,
            content,
            exercise: incident.exercise,
        };
        Ok(Decision::one(RecordRef::ResourceRequest(request), drafted))
    }
}

impl Decide for Amend {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        if request.status() != Status::Draft {
            return Err(request.not_now("a draft"));
        }
        let content = self.content.checked(world, request.revision.created_at)?;
        let subject = RecordRef::ResourceRequest(self.request);
        if content == request.content {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Amended { request: self.request, content }))
    }
}

impl Apply for Drafted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_request(Arc::new(ResourceRequest {
            id: self.request,
            incident: self.incident,
            incident_tag: IncidentTag::of(world, self.incident),
            number: self.number.clone(),
            asked_by: self.asked_by,
            content: self.content.clone(),
            exercise: self.exercise,
            submission: None,
            approvals: Vec::new(),
            returned: None,
            receivers: Vec::new(),
            fills: Vec::new(),
            ending: None,
            revision: Revision::new(stamp),
        }));
        *world.request_counts.entry((self.asked_by, year(stamp.at))).or_default() += 1;
        world.change_incident(self.incident, stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request), RecordRef::Incident(self.incident)]
    }
}

impl Apply for Amended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        request.content = self.content.clone();
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request)]
    }
}

impl Content {
    /// The same with its words trimmed, if it can be asked for in a request that was written then.
    fn checked(&self, world: &World, written: Timestamp) -> Result<Self, Refusal> {
        let optional = |field, text: &Option<String>, chars_max| {
            limits::said(field, text.as_deref(), chars_max)
        };
        let (quantity, quantity_max) = (self.need.quantity, QUANTITY_MAX);
        if !(1..=quantity_max).contains(&quantity) {
            return Err(Refused::QuantityUnusable { quantity, quantity_max }.into());
        }
        world.known_definition(&self.need.definition)?.check_type(self.need.level)?;
        limits::to_come("wantedBy", self.wanted_by, written)?;
        Ok(Self {
            special_support: optional("specialSupport", &self.special_support, REASON_CHARS_MAX)?,
            deliver_to: self.deliver_to.checked()?,
            purpose: limits::text("purpose", &self.purpose, REASON_CHARS_MAX)?,
            funding_code: optional("fundingCode", &self.funding_code, LABEL_CHARS_MAX)?,
            contact: limits::text("contact", &self.contact, NAME_CHARS_MAX)?,
            ..self.clone()
        })
    }
}

impl World {
    /// The number that the next request of an organization gets. Each organization counts for
    /// itself, so that a number does not tell how much goes on elsewhere.
    fn next_request_number(&self, of: Id<Organization>, now: Timestamp) -> String {
        let year = year(now);
        let before = self.request_counts.get(&(of, year)).copied().unwrap_or(0);
        let code = self.organization(of).map_or("", |o| o.profile.code.as_str());
        format!("{code}-RR-{year}-{:04}", before + 1)
    }
}

fn year(at: Timestamp) -> i16 {
    at.to_zoned(jiff::tz::TimeZone::UTC).year()
}
