//! The picture, and records one by one and in lists.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use crate::domain::{RecordRef, hazard};
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::fault::{fault, of_history};
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::scalars::Sequence;
use crate::graphql::types::codes::{IncidentStatus, Severity};
use crate::graphql::types::cop::{Cop, CopFilterInput, Moment};
use crate::graphql::types::hazard::{HazardKind, parse_kinds};
use crate::graphql::types::hub::{HubState, Me, Rules};
use crate::graphql::types::incident::Incident;
use crate::graphql::types::journal::{Note, log_of, notes_of};
use crate::graphql::types::organization::Organization;
use crate::graphql::types::period::Period;
use crate::graphql::types::person::Person;
use crate::graphql::types::place::BoundingBox;
use crate::graphql::types::signal::Signal;
use crate::hub::AsOf;
use crate::sharing::View;

#[derive(Default)]
pub(super) struct RecordQueries;

/// A moment in the past: exactly one of the two.
#[derive(InputObject)]
pub(crate) struct AsOfInput {
    /// The moment that the hub gave this sequence for.
    sequence: Option<Sequence>,
    /// At this time.
    time: Option<Timestamp>,
}

/// Which incidents are asked for. What is null does not narrow the list.
#[derive(InputObject, Default)]
pub(crate) struct IncidentFilterInput {
    /// Only those that lie in or reach into this box.
    #[graphql(name = "box")]
    bounding_box: Option<BoundingBox>,
    /// Only these kinds of hazard, by code, and kinds below them.
    kinds: Option<Vec<String>>,
    /// Only these statuses.
    statuses: Option<Vec<IncidentStatus>>,
    /// Only those that this organization leads.
    lead: Option<ID>,
    /// Only those that show on the picture, or only those that do not.
    live: Option<bool>,
    /// Only exercises, or only real events.
    exercise: Option<bool>,
}

/// Which signals are asked for. What is null does not narrow the list.
#[derive(InputObject, Default)]
pub(crate) struct SignalFilterInput {
    /// Only those that reach into this box.
    #[graphql(name = "box")]
    bounding_box: Option<BoundingBox>,
    /// Only these severities.
    severities: Option<Vec<Severity>>,
    /// Only those of this sender.
    sender: Option<String>,
    /// Only those that count, or only those that do not.
    live: Option<bool>,
    /// Only those that a rule left to a person, or only the others.
    suggested: Option<bool>,
    /// Only exercises, or only real events.
    exercise: Option<bool>,
}

#[Object]
impl RecordQueries {
    /// The common operating picture: every incident that goes on and every signal that counts.
    /// That you looked back at records of others is recorded.
    async fn cop(
        &self,
        context: &Context<'_>,
        #[graphql(name = "box", desc = "Only what lies in or reaches into this box.")]
        bounding_box: Option<BoundingBox>,
        #[graphql(desc = "Which part of the picture.")] filter: Option<CopFilterInput>,
        #[graphql(desc = "The picture of a past moment; of now when null.")] as_of: Option<
            AsOfInput,
        >,
    ) -> Result<Cop> {
        let filter = CopFilterInput::filter(filter, bounding_box)?;
        let asked = Asked::from(context);
        let (view, moment) = AsOfInput::view(as_of, asked).await?;
        let cop = Cop::new(&view, moment, &filter);
        cop.note_looking_back(asked, &view);
        Ok(cop)
    }

    /// One incident; null when there is none with this id.
    async fn incident(&self, context: &Context<'_>, id: ID) -> Option<Incident> {
        let asked = Asked::from(context);
        let incident = asked.view.incident(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Incident(incident.id()));
        Some(Incident(incident))
    }

    /// Incidents, closed ones and duplicates included, oldest first.
    async fn incidents(
        &self,
        context: &Context<'_>,
        filter: Option<IncidentFilterInput>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Incident>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let filter = filter.unwrap_or_default().checked()?;
        let incidents = Asked::from(context).view.incidents().map(Incident);
        let list = incidents.filter(|incident| filter.holds(incident));
        Ok(paging.page(list, |incident| Cursor::of_id(incident.0.id().uuid()), |i| i))
    }

    /// One signal; null when there is none with this id.
    async fn signal(&self, context: &Context<'_>, id: ID) -> Option<Signal> {
        let asked = Asked::from(context);
        let signal = asked.view.signal(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Signal(signal.id()));
        Some(Signal(signal))
    }

    /// Signals, those that do not count any more included, oldest first.
    async fn signals(
        &self,
        context: &Context<'_>,
        filter: Option<SignalFilterInput>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Signal>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let filter = filter.unwrap_or_default();
        let bounding_box = filter.bounding_box.map(BoundingBox::checked).transpose()?;
        let signals = Asked::from(context).view.signals().map(Signal);
        let list = signals.filter(|signal| filter.holds(bounding_box, signal));
        Ok(paging.page(list, |signal| Cursor::of_id(signal.0.id().uuid()), |s| s))
    }

    /// One organization; null when there is none with this id.
    async fn organization(&self, context: &Context<'_>, id: ID) -> Option<Organization> {
        Asked::from(context).view.organization(id.parse().ok()?).map(Organization)
    }

    /// Organizations, oldest first.
    async fn organizations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Organization>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = Asked::from(context).view.organizations();
        Ok(paging.page(list, |o| Cursor::of_id(o.id().uuid()), Organization))
    }

    /// One person; null when there is none with this id.
    async fn person(&self, context: &Context<'_>, id: ID) -> Option<Person> {
        let asked = Asked::from(context);
        let person = asked.view.person(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Person(person.id()));
        Some(Person(person))
    }

    /// One journal note; null when there is none with this id.
    async fn note(&self, context: &Context<'_>, id: ID) -> Option<Note> {
        let asked = Asked::from(context);
        let note = asked.view.note(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Note(note.id()));
        Some(Note(note))
    }

    /// One operational period; null when there is none with this id.
    async fn period(&self, context: &Context<'_>, id: ID) -> Option<Period> {
        let asked = Asked::from(context);
        let period = asked.view.period(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Period(period.id()));
        Some(Period(period))
    }

    /// Persons, oldest first.
    async fn persons(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Person>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = Asked::from(context).view.persons();
        Ok(paging.page(list, |p| Cursor::of_id(p.id().uuid()), Person))
    }

    /// The journal of an incident, oldest note first, in one log alone where one is named (ICS 214);
    /// null when there is no such incident.
    async fn journal(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the incident.")] incident: ID,
        #[graphql(desc = "The position in whose log they stand.")] post: Option<ID>,
        #[graphql(desc = "The resource in whose log they stand.")] resource: Option<ID>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Option<Page<Note>>> {
        let log_of = log_of(post.as_ref(), resource.as_ref())?;
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let asked = Asked::from(context);
        let view = &asked.view;
        let incident = view.incident(parse_id("incident", &incident)?);
        Ok(incident.map(|incident| {
            asked.note_opening(RecordRef::Incident(incident.id()));
            let notes = notes_of(&incident, log_of);
            paging.page(notes, |note| Cursor::of_id(note.id().uuid()), Note)
        }))
    }

    /// The tree of hazard kinds, parents before children.
    async fn hazard_kinds(&self) -> Vec<HazardKind> {
        hazard::Kind::all().map(HazardKind).collect()
    }

    /// Who asks.
    async fn me(&self, context: &Context<'_>) -> Me {
        Me::of(Asked::from(context))
    }

    /// The state of the hub.
    async fn hub<'a>(&self, context: &Context<'a>) -> HubState<'a> {
        HubState(Asked::from(context))
    }

    /// The rules from signals to incidents that are in force.
    async fn rules<'a>(&self, context: &Context<'a>) -> Option<Rules<'a>> {
        Asked::from(context).view.rules_source().map(|source| Rules { source })
    }
}

impl AsOfInput {
    /// What whoever asks may see of a moment; of now when none is given.
    pub(super) async fn view(as_of: Option<Self>, asked: &Asked) -> Result<(View, Moment)> {
        let Some(Self { sequence, time }) = as_of else {
            return Ok((asked.view.clone(), Moment::Now));
        };
        let (as_of, moment) = match (sequence, time) {
            (Some(sequence), None) => {
                (AsOf::Seq(sequence.entry(asked)?), Moment::Sequence(sequence))
            }
            (None, Some(time)) => (AsOf::Time(time), Moment::Time),
            (None, None) | (Some(_), Some(_)) => {
                let message = "`asOf` wants exactly one of `sequence` and `time`";
                return Err(fault("BAD_MOMENT", message));
            }
        };
        let view = asked.hub.view_at(asked.view.viewer(), as_of).await;
        Ok((view.map_err(|error| of_history(&error))?, moment))
    }
}

/// A filter whose parts were checked.
struct IncidentFilter {
    bounding_box: Option<muster_contract::BoundingBox>,
    kinds: Option<Vec<hazard::Kind>>,
    statuses: Option<Vec<IncidentStatus>>,
    lead: Option<crate::domain::Id<crate::domain::organization::Organization>>,
    live: Option<bool>,
    exercise: Option<bool>,
}

impl IncidentFilterInput {
    fn checked(self) -> Result<IncidentFilter> {
        Ok(IncidentFilter {
            bounding_box: self.bounding_box.map(BoundingBox::checked).transpose()?,
            kinds: parse_kinds(self.kinds.as_deref())?,
            statuses: self.statuses,
            lead: parse_id_option("lead", self.lead.as_ref())?,
            live: self.live,
            exercise: self.exercise,
        })
    }
}

impl IncidentFilter {
    fn holds(&self, Incident(incident): &Incident) -> bool {
        let kind = incident.kind();
        let status = incident.status().map(IncidentStatus::from);
        let reaches = |wanted: &muster_contract::BoundingBox| {
            incident.bounding_box().is_some_and(|b| wanted.intersects(&b))
        };
        self.live.is_none_or(|live| live == incident.is_live())
            && self.exercise.is_none_or(|exercise| exercise == incident.exercise())
            && self
                .statuses
                .as_ref()
                .is_none_or(|wanted| status.is_some_and(|s| wanted.contains(&s)))
            && self.kinds.as_ref().is_none_or(|wanted| wanted.iter().any(|k| kind.is_within(*k)))
            && self.lead.is_none_or(|lead| incident.lead().is_some_and(|o| o.id() == lead))
            && self.bounding_box.as_ref().is_none_or(reaches)
    }
}

impl SignalFilterInput {
    fn holds(
        &self,
        bounding_box: Option<muster_contract::BoundingBox>,
        Signal(signal): &Signal,
    ) -> bool {
        let severity = signal.severity().map(Severity::from);
        self.live.is_none_or(|live| live == signal.is_live())
            && self.exercise.is_none_or(|exercise| exercise == signal.exercise())
            && self.suggested.is_none_or(|wanted| wanted == signal.suggestion().is_some())
            && self
                .severities
                .as_ref()
                .is_none_or(|wanted| severity.is_some_and(|s| wanted.contains(&s)))
            && self
                .sender
                .as_ref()
                .is_none_or(|sender| signal.key().is_some_and(|key| key.sender == *sender))
            && bounding_box
                .is_none_or(|wanted| signal.bounding_box().is_some_and(|b| wanted.intersects(&b)))
    }
}
