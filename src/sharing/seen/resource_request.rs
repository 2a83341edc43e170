//! A resource request as a viewer sees it.
//!
//! Whoever was asked sees what is needed, where, when and by whom, and the own answer; neither how
//! much of it is filled, nor who else was asked, nor what others offer.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::Timestamp;
use muster_contract::BoundingBox;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::{Group, PlacePrecision};
use crate::domain::incident::Incident;
use crate::domain::mutual_aid::Offer;
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::resource::Need;
use crate::domain::resource::nearest::metres_between;
use crate::domain::resource_request::{
    Approval, Ending, IncidentTag, Priority, Receiver, ResourceRequest, ReturnedFor, Status,
    Submission,
};
use crate::sharing::{View, precision};

/// What the viewer's own organization was asked, and where its answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnQuestion {
    /// Since when it is asked.
    pub since: Timestamp,
    /// Where the answer stands.
    pub state: AnswerState,
    /// Why it declined.
    pub reason: Option<String>,
}

/// Where the answer of an organization that was asked stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerState {
    /// It has not answered.
    Awaited,
    /// It made an offer.
    Offered,
    /// It declined.
    Declined,
    /// No answer is wanted any more.
    Closed,
}

/// What a request says in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// What the incident is called.
    pub incident: Option<&'a IncidentTag>,
    /// What it is for.
    pub purpose: &'a str,
    /// What has to come with it.
    pub special_support: Option<&'a str>,
    /// The role that answers questions about it.
    pub contact: &'a str,
}

impl Seen<ResourceRequest> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<ResourceRequest> {
        self.record.id
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.record.number
    }

    /// The kind and type that is needed.
    #[must_use]
    pub fn need(&self) -> &Need {
        &self.record.content.need
    }

    /// How many are needed in all.
    #[must_use]
    pub fn quantity(&self) -> u32 {
        self.record.content.need.quantity
    }

    /// Whether substitutes are welcome.
    #[must_use]
    pub fn substitutes(&self) -> bool {
        self.record.content.substitutes
    }

    /// How pressing it is.
    #[must_use]
    pub fn priority(&self) -> Priority {
        self.record.content.priority
    }

    /// Whether it is for an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// By when it is needed.
    #[must_use]
    pub fn wanted_by(&self) -> Option<Timestamp> {
        self.record.content.wanted_by.and_then(|at| self.time(at))
    }

    /// The organization that asks.
    #[must_use]
    pub fn asked_by(&self) -> Option<Seen<Organization>> {
        let asked_by = self.with(Group::Command, self.record.asked_by);
        asked_by.and_then(|id| self.view.organization(id))
    }

    /// The incident that it is for, where that is shown.
    #[must_use]
    pub fn incident(&self) -> Option<Seen<Incident>> {
        let incident = self.with(Group::Links, self.record.incident);
        incident.and_then(|id| self.view.incident(id))
    }

    /// What it says in words.
    #[must_use]
    pub fn words(&self) -> Option<Words<'_>> {
        let content = &self.record.content;
        self.with(
            Group::Content,
            Words {
                incident: self.record.incident_tag.as_ref(),
                purpose: &content.purpose,
                special_support: content.special_support.as_deref(),
                contact: &content.contact,
            },
        )
    }

    /// Where it is to report or to be delivered, as exactly as it is shown.
    #[must_use]
    pub fn deliver_to(&self) -> Option<Cow<'_, Location>> {
        let location = &self.record.content.deliver_to;
        Some(match self.decision.place()? {
            PlacePrecision::Exact => Cow::Borrowed(location),
            coarse => Cow::Owned(precision::location(location, coarse)),
        })
    }

    /// The box around that place, as exactly as it is shown.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let exactness = self.decision.place()?;
        let around = self.record.content.deliver_to.bounding_box();
        around.map(|around| precision::bounding_box(around, exactness))
    }

    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.with(Group::Status, self.record.status())
    }

    /// How much of it is filled.
    #[must_use]
    pub fn filled(&self) -> Option<u32> {
        self.with(Group::Status, self.record.filled())
    }

    /// How much of it is neither filled nor promised.
    #[must_use]
    pub fn outstanding(&self) -> Option<u32> {
        self.with(Group::Status, self.record.outstanding())
    }

    /// That it was closed before it was filled.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.with(Group::Status, self.record.ending.as_ref()).flatten()
    }

    /// Under which code it is paid.
    #[must_use]
    pub fn funding_code(&self) -> Option<&str> {
        self.with(Group::Source, self.record.content.funding_code.as_deref()).flatten()
    }

    /// That it was submitted for approval.
    #[must_use]
    pub fn submission(&self) -> Option<&Submission> {
        self.with(Group::Source, self.record.submission.as_ref()).flatten()
    }

    /// Who approved it.
    #[must_use]
    pub fn approvals(&self) -> &[Approval] {
        self.with(Group::Source, self.record.approvals.as_slice()).unwrap_or_default()
    }

    /// That it was returned to whoever wrote it.
    #[must_use]
    pub fn returned(&self) -> Option<&ReturnedFor> {
        self.with(Group::Source, self.record.returned.as_ref()).flatten()
    }

    /// The organizations that were asked, in order.
    pub fn receivers(&self) -> impl Iterator<Item = (Seen<Organization>, &Receiver)> {
        let shown = self.decision.shows(Group::Links);
        let receivers = self.record.receivers.iter().filter(move |_| shown);
        receivers.filter_map(|r| Some((self.view.organization(r.organization)?, r)))
    }

    /// The offers to it that the viewer sees, oldest first.
    pub fn offers(&self) -> impl Iterator<Item = Seen<Offer>> {
        let offers = self.view.world().offers_of(self.record.id);
        offers.filter_map(|offer| self.view.offer(offer.id))
    }

    /// What the viewer's own organization was asked.
    #[must_use]
    pub fn question(&self) -> Option<OwnQuestion> {
        let receiver = self.record.receiver(self.view.viewer().organization()?)?;
        let state = match receiver {
            Receiver { declined: Some(_), .. } => AnswerState::Declined,
            Receiver { offers: 1.., .. } => AnswerState::Offered,
            _ if self.record.takes_answers() => AnswerState::Awaited,
            _ => AnswerState::Closed,
        };
        let reason = receiver.declined.as_ref().map(|declined| declined.reason.clone());
        Some(OwnQuestion { since: receiver.since, state, reason })
    }

    /// When what is shown of it changed last, as exactly as times are shown. Whoever was asked is
    /// not told by it that others answer.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        let all = [Group::Status, Group::Source, Group::Links];
        if all.into_iter().all(|group| self.decision.shows(group)) {
            return self.time(self.record.revision.changed_at);
        }
        let organization = self.view.viewer().organization();
        let own = organization.and_then(|id| self.record.receiver(id));
        let own = own.map(|r| r.declined.as_ref().map_or(r.since, |declined| declined.at));
        let sent = self.record.receivers.first().map(|receiver| receiver.since);
        self.time(own.or(sent).unwrap_or(self.record.revision.created_at))
    }
}

impl View {
    /// The other organizations that have resources of the kind that a request wants, within some
    /// kilometres of where it is to be delivered. Only what the viewer is shown counts, at the place
    /// where it is shown.
    #[must_use]
    pub fn organizations_with(
        &self,
        request: Id<ResourceRequest>,
        kilometres: f64,
    ) -> Vec<Id<Organization>> {
        let Some(request) = self.resource_request(request) else { return Vec::new() };
        let place = request.deliver_to();
        let to = place.as_ref().and_then(|place| {
            place.point.or_else(|| place.bounding_box().map(|around| around.middle()))
        });
        let Some(to) = to else { return Vec::new() };
        let (wanted, own) = (&request.need().definition.id, self.viewer().organization());
        let near = self.resources().filter(|resource| {
            let kind = resource.kind().id == *wanted && resource.exercise() == request.exercise();
            let place = resource.whereabouts().filter(|_| kind && !resource.is_retired());
            place.is_some_and(|at| metres_between(at, to) <= kilometres * 1_000.0)
        });
        let owners = near.filter_map(|resource| Some(resource.owner()?.id()));
        let owners: BTreeSet<_> = owners.filter(|owner| Some(*owner) != own).collect();
        owners.into_iter().collect()
    }
}
