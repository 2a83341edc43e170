//! A resource as a viewer sees it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use muster_contract::{BoundingBox, Position};

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::{Group, PlacePrecision, TimePrecision};
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::resource::fit::{self, Offered};
use crate::domain::resource::{
    Assignment, Capability, CheckInDetails, Commitment, Crew, Definition, DefinitionRef,
    Demobilization, Departure, Fit, Fix, Grouping, Par, Rate, Resource, Stage, Standing, Status,
    Supply, Tactical, par,
};
use crate::sharing::{View, precision};

/// A commitment of a resource, to an incident that the viewer sees, or of one's own resource.
#[derive(Clone)]
pub struct SeenCommitment {
    resource: Seen<Resource>,
    /// The incident, if it is seen.
    pub incident: Option<Seen<Incident>>,
    commitment: Commitment,
}

/// An accountability check, with the resources that the viewer sees.
pub struct SeenPar {
    /// What was called when.
    pub par: std::sync::Arc<Par>,
    /// Who answered what.
    pub lines: Vec<(Seen<Resource>, par::Line)>,
}

impl SeenPar {
    /// Whether everybody is accounted for. Who is not shown all that were called and have not gone
    /// cannot know, and is not told that all is well.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let is_seen =
            |line: &par::Line| self.lines.iter().any(|(_, l)| l.resource == line.resource);
        let is_known = self.par.lines.iter().all(|line| line.left.is_some() || is_seen(line));
        is_known && self.par.is_complete()
    }
}

impl Seen<Resource> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Resource> {
        self.record.id
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.profile.name
    }

    /// The organization that has it: an engine without its department is no answer.
    #[must_use]
    pub fn owner(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.owner)
    }

    /// The version of the definition of its kind.
    #[must_use]
    pub fn kind(&self) -> &DefinitionRef {
        &self.record.profile.definition
    }

    /// The definition of its kind.
    #[must_use]
    pub fn definition(&self) -> Option<&Definition> {
        self.view.world().definition(self.kind()).map(AsRef::as_ref)
    }

    /// The type that its owner claims for it.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        self.record.profile.level
    }

    /// How it is put together.
    #[must_use]
    pub fn grouping(&self) -> Grouping {
        self.record.profile.grouping
    }

    /// Whether it is for exercises alone.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// Whether its owner does not have it any more.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.record.retired.is_some()
    }

    /// Assigned, available or out of service.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.with(Group::Status, self.record.standing.status)
    }

    /// The same with reason, return and since when.
    #[must_use]
    pub fn standing(&self) -> Option<&Standing> {
        self.with(Group::Status, &self.record.standing)
    }

    /// Since when it is so.
    #[must_use]
    pub fn status_since(&self) -> Option<Timestamp> {
        self.standing().and_then(|standing| self.time(standing.since))
    }

    /// Where it is meanwhile, in words; with an exact place alone, for words are exact.
    #[must_use]
    pub fn status_place(&self) -> Option<&str> {
        let exact = self.decision.place() == Some(PlacePrecision::Exact);
        self.standing().filter(|_| exact)?.place.as_deref()
    }

    /// Whether it can be committed now.
    #[must_use]
    pub fn is_free(&self) -> Option<bool> {
        self.with(Group::Status, self.record.free() > 0)
    }

    /// How much there is of a supply, and how much of that is free.
    #[must_use]
    pub fn supply(&self) -> Option<(&Supply, u32)> {
        let supply = self.with(Group::Assessment, self.record.supply.as_ref()).flatten()?;
        Some((supply, self.record.free()))
    }

    /// Where it is at home, as exactly as it is shown.
    #[must_use]
    pub fn home(&self) -> Option<Location> {
        let exactness = self.decision.place()?;
        self.record.profile.home.as_ref().map(|home| precision::location(home, exactness))
    }

    /// Where it was last, as exactly as it is shown.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        let fix = self.record.position.as_ref()?;
        self.coarse(fix.position)
    }

    /// When it was there.
    #[must_use]
    pub fn position_at(&self) -> Option<Timestamp> {
        let fix = self.record.position.as_ref().filter(|_| self.decision.place().is_some())?;
        self.time(fix.at)
    }

    /// Where its position comes from.
    #[must_use]
    pub fn position_source(&self) -> Option<&str> {
        let fix = self.record.position.as_ref().filter(|_| self.decision.place().is_some());
        self.with(Group::Source, fix.map(|Fix { source, .. }| source.as_str())).flatten()
    }

    /// Where it counts to be: at its last position, or else at home.
    #[must_use]
    pub fn whereabouts(&self) -> Option<Position> {
        self.coarse(self.record.whereabouts()?)
    }

    /// The box around where it counts to be, as exactly as it is shown.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let exactness = self.decision.place()?;
        Some(precision::bounding_box(self.record.bounding_box()?, exactness))
    }

    /// How many people come with it.
    #[must_use]
    pub fn people(&self) -> Option<u32> {
        let crew = self.with(Group::Content, self.record.profile.crew.as_ref()).flatten();
        crew.map(|Crew { people, .. }| *people)
    }

    /// Who leads its people.
    #[must_use]
    pub fn crew_leader(&self) -> Option<&str> {
        let crew = self.with(Group::Command, self.record.profile.crew.as_ref()).flatten();
        crew.and_then(|crew| crew.leader.as_deref())
    }

    /// What it has, by the code of the metric.
    #[must_use]
    pub fn capabilities(&self) -> Option<&BTreeMap<String, Capability>> {
        self.with(Group::Content, &self.record.profile.capabilities)
    }

    /// What it costs.
    #[must_use]
    pub fn rates(&self) -> Option<&[Rate]> {
        self.with(Group::Source, self.record.profile.rates.as_slice())
    }

    /// The resources that it is made of, as far as they are seen.
    pub fn members(&self) -> impl Iterator<Item = Self> {
        let members = self.record.profile.members.iter().filter(|_| self.links());
        members.filter_map(|id| self.view.resource(*id))
    }

    /// The one among them that leads.
    #[must_use]
    pub fn leader(&self) -> Option<Self> {
        let leader = self.with(Group::Command, self.record.profile.leader).flatten();
        leader.and_then(|id| self.view.resource(id))
    }

    /// The group that it is a part of.
    #[must_use]
    pub fn member_of(&self) -> Option<Self> {
        let group = self.with(Group::Links, self.record.member_of).flatten();
        group.and_then(|id| self.view.resource(id))
    }

    /// Its commitments to incidents that are seen, the oldest first: the live ones, and with the
    /// history those that ended. A member of a group has those of the group. Who owns it is shown
    /// all of them: what it did is theirs to know and to bill.
    pub fn commitments(&self) -> impl Iterator<Item = SeenCommitment> {
        let committed = self.view.world().as_committed(&self.record);
        let history = self.decision.shows(Group::History);
        let shown = move |c: &&Commitment| self.links() && (c.is_live() || history);
        committed.commitments.iter().filter(shown).filter_map(|commitment| {
            let incident = self.view.incident(commitment.incident);
            if incident.is_none() && !self.is_own() {
                return None;
            }
            let (resource, commitment) = (self.clone(), commitment.clone());
            Some(SeenCommitment { resource, incident, commitment })
        })
    }

    /// Whether it is committed to an incident that is seen.
    #[must_use]
    pub fn is_committed(&self) -> bool {
        let committed = self.view.world().as_committed(&self.record);
        self.links()
            && committed.live_commitments().any(|live| self.view.incident(live.incident).is_some())
    }

    /// Whether it belongs to the viewer's organization.
    fn is_own(&self) -> bool {
        self.view.viewer().organization() == Some(self.record.owner)
    }

    /// How it fits a wanted type, by what is shown of it. What is withheld does not count, so that
    /// an answer tells nothing of it; the claimed type stands for it.
    #[must_use]
    pub fn fit(&self, definition: &Definition, wanted: Option<u8>) -> Fit {
        fit::fit_type(definition, self.offered(), wanted)
    }

    /// Whether it fits, without the reasons.
    #[must_use]
    pub fn fits(&self, definition: &Definition, wanted: Option<u8>) -> bool {
        fit::fits(definition, self.offered(), wanted)
    }

    /// When it changed last, as exactly as times are shown to whoever sees all of it; others would
    /// learn from it that something happened which they are not shown.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        let all = Group::ALL.into_iter().all(|group| self.decision.shows(group));
        self.time(self.record.revision.changed_at).filter(|_| all)
    }

    fn offered(&self) -> Offered<'_> {
        let Offered { kind, claimed, capabilities } = Offered::of(&self.record.profile);
        let capabilities = capabilities.filter(|_| self.decision.shows(Group::Content));
        Offered { kind, claimed, capabilities }
    }

    fn coarse(&self, position: Position) -> Option<Position> {
        match self.decision.place()? {
            PlacePrecision::Exact => Some(position),
            coarse => Some(precision::position(position, coarse)),
        }
    }

    fn links(&self) -> bool {
        self.decision.shows(Group::Links)
    }
}

impl SeenCommitment {
    /// All that is told of it, to be compared.
    pub(in crate::sharing) fn told(&self) -> String {
        format!(
            "{:?}",
            (
                (self.incident_id(), self.number(), self.quantity(), self.stage(), self.since()),
                (self.expected(), self.ended(), self.checked_in_at(), self.check_in_place()),
                (self.people(), self.leader(), self.assigned_to(), self.assignments()),
                (self.demobilization(), self.departure(), self.check_in_details()),
            )
        )
    }

    fn incident_id(&self) -> Option<Id<Incident>> {
        self.incident.as_ref().map(Seen::<Incident>::id)
    }

    /// Its number among those of the resource.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.commitment.number
    }

    /// How much is committed: 1 of what is single.
    #[must_use]
    pub const fn quantity(&self) -> u32 {
        self.commitment.quantity
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.resource.with(Group::Status, self.commitment.stage)
    }

    /// Since when.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.resource.time(self.commitment.since)
    }

    /// When it is expected to arrive.
    #[must_use]
    pub fn expected(&self) -> Option<Timestamp> {
        self.resource.with(Group::Status, self.commitment.expected).flatten()
    }

    /// When it was released or cancelled.
    #[must_use]
    pub fn ended(&self) -> Option<Timestamp> {
        self.commitment.ended.and_then(|at| self.resource.time(at))
    }

    /// When it checked in.
    #[must_use]
    pub fn checked_in_at(&self) -> Option<Timestamp> {
        self.commitment.check_in.as_ref().and_then(|arrival| self.resource.time(arrival.at))
    }

    /// Where it checked in, in words; with an exact place alone.
    #[must_use]
    pub fn check_in_place(&self) -> Option<&str> {
        let exact = self.resource.decision.place() == Some(PlacePrecision::Exact);
        self.commitment.check_in.as_ref().filter(|_| exact).map(|arrival| arrival.place.as_str())
    }

    /// How many people checked in.
    #[must_use]
    pub fn people(&self) -> Option<u32> {
        let arrival = self.commitment.check_in.as_ref()?;
        self.resource.with(Group::Content, arrival.people)
    }

    /// Who leads them.
    #[must_use]
    pub fn leader(&self) -> Option<&str> {
        let arrival = self.commitment.check_in.as_ref()?;
        self.resource.with(Group::Command, arrival.leader.as_deref()).flatten()
    }

    /// What else the check-in list says of them; with exact times alone, for it holds one.
    #[must_use]
    pub fn check_in_details(&self) -> Option<&CheckInDetails> {
        let exact = self.resource.decision.time() == Some(TimePrecision::Exact);
        let arrival = self.commitment.check_in.as_ref().filter(|_| exact)?;
        self.resource.with(Group::Content, &arrival.details)
    }

    /// What it works at.
    #[must_use]
    pub fn assigned_to(&self) -> Option<&Tactical> {
        self.incident.as_ref()?;
        self.resource.with(Group::Command, self.commitment.assigned_to.as_ref()).flatten()
    }

    /// What it worked at, the oldest first.
    #[must_use]
    pub fn assignments(&self) -> &[Assignment] {
        let decision = self.resource.decision;
        let shown = decision.shows(Group::Command) && decision.shows(Group::History);
        if shown && self.incident.is_some() { &self.commitment.assignments } else { &[] }
    }

    /// A time of this commitment, as exactly as it is shown.
    #[must_use]
    pub fn time(&self, at: Timestamp) -> Option<Timestamp> {
        self.resource.time(at)
    }

    /// Its check-out.
    #[must_use]
    pub fn demobilization(&self) -> Option<&Demobilization> {
        let decision = self.resource.decision;
        let shown = decision.shows(Group::Status) && decision.shows(Group::History);
        self.commitment.demobilization.as_ref().filter(|_| shown)
    }

    /// How it leaves; with exact times alone, for it holds some.
    #[must_use]
    pub fn departure(&self) -> Option<&Departure> {
        let exact = self.resource.decision.time() == Some(TimePrecision::Exact);
        let departure = self.commitment.departure.as_ref().filter(|_| exact);
        self.resource.with(Group::Status, departure).flatten()
    }
}

impl Seen<Incident> {
    /// The resources that are committed to it and seen, oldest first.
    pub fn resources(&self) -> impl Iterator<Item = Seen<Resource>> {
        let resources = self.view.world().resources_on(self.record.id);
        resources.filter_map(|resource| self.view.resource(resource.id))
    }

    /// Its accountability checks, the oldest first, with the resources that are seen. Whoever is
    /// shown only that they assist sees those for which their own were called, with these.
    pub fn pars(&self) -> impl Iterator<Item = SeenPar> {
        let shown = self.decision.shows(Group::Status) && self.decision.shows(Group::History);
        let own = self.view.viewer().organization();
        let pars = self.view.world().pars_of(self.record.id).map(move |par| {
            let lines = par.lines.iter().filter_map(|line| {
                let resource = self.view.resource(line.resource)?;
                let is_own = own.is_some_and(|own| resource.record.owner == own);
                (shown || is_own).then(|| (resource, line.clone()))
            });
            SeenPar { lines: lines.collect(), par: std::sync::Arc::clone(par) }
        });
        pars.filter(move |par| shown || !par.lines.is_empty())
    }
}

impl View {
    /// The resource typing definitions, every version, if the viewer may see them.
    pub fn definitions(&self) -> impl Iterator<Item = &Definition> {
        let shown = self.rules_source().is_some();
        self.world().definitions().filter(move |_| shown).map(AsRef::as_ref)
    }

    /// One version of a definition; the newest when no version is named.
    #[must_use]
    pub fn definition(&self, id: &str, version: Option<u16>) -> Option<&Definition> {
        self.rules_source()?;
        let world = self.world();
        let reference = |version| DefinitionRef { id: id.to_owned(), version };
        let definition = version
            .map_or_else(|| world.newest_definition(id), |v| world.definition(&reference(v)));
        definition.map(AsRef::as_ref)
    }
}
