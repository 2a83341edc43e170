//! A dry run: who would gain or lose sight of what, if something were agreed or ended.
//!
//! The change is carried out on a copy of the World that nobody else sees, as if every party had
//! signed, and every organization's sight of the asker's records is compared before and after.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::class::Classified;
use super::clearance::Clearance;
use super::policies::Policies;
use super::{Decision, Sharing, View, Viewer};
use crate::domain::agreement::{self, Agreement, Group, PlacePrecision, TimePrecision};
use crate::domain::organization::Organization;
use crate::domain::{
    Apply as _, Attribution, Command, Context, Decide as _, Event, Id, Ids, Principal, RecordRef,
    Refusal, Stamp, World, policies,
};

/// Differences that are told one by one; all of them are counted.
pub const SIGHTS_MAX: usize = 200;

/// What is to be tried; all of it together.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// An agreement that is proposed, and signed by every party.
    pub propose: Option<agreement::Text>,
    /// An agreement that is ended.
    pub end: Option<Id<Agreement>>,
    /// Policies that are adopted for the acting organization's records.
    pub adopt: Option<String>,
}

/// What came of a dry run.
#[derive(Clone, Debug, Default)]
pub struct Simulation {
    /// The differences, at most [`SIGHTS_MAX`] of them.
    pub sights: Vec<Sight>,
    /// How many there are.
    pub totals: Totals,
}

/// How many pairs of an organization and a record differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Pairs in which the organization would be shown more.
    pub gains: usize,
    /// Pairs in which it would be shown less.
    pub losses: usize,
}

/// What an organization would be shown of a record, and what it is shown now.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The organization.
    pub organization: Id<Organization>,
    /// The record.
    pub record: RecordRef,
    before: Decision,
    after: Decision,
}

impl Sight {
    /// The groups of fields that it would be shown and is not now.
    #[must_use]
    pub fn gained(&self) -> Vec<Group> {
        groups(self.after, self.before)
    }

    /// The groups of fields that it is shown now and would not be.
    #[must_use]
    pub fn lost(&self) -> Vec<Group> {
        groups(self.before, self.after)
    }

    /// How exactly the place is shown now and would be.
    #[must_use]
    pub fn place(&self) -> [Option<PlacePrecision>; 2] {
        [self.before.place(), self.after.place()]
    }

    /// How exactly times are shown now and would be.
    #[must_use]
    pub fn time(&self) -> [Option<TimePrecision>; 2] {
        [self.before.time(), self.after.time()]
    }

    fn gains(&self) -> bool {
        shows_more(self.after, self.before)
    }

    fn loses(&self) -> bool {
        shows_more(self.before, self.after)
    }
}

impl Sharing {
    /// Tries a change for whoever a View belongs to.
    ///
    /// # Errors
    /// The refusal that the change itself would get.
    pub fn simulate(
        &self,
        asker: &View,
        principal: &Principal,
        change: &Change,
        now: Timestamp,
        seed: Uuid,
    ) -> Result<Simulation, Refusal> {
        let before = asker.world();
        let mut after = before.clone();
        let ids = Ids::from_seed(seed);
        for command in change.commands() {
            let by = if asker.is_auditors() {
                on_behalf_of(&after, principal, &command)
            } else {
                self.authorise(principal, &command, before, now)?;
                principal.attribution(before)
            };
            let ids = Ids::from_seed(ids.next::<()>().uuid());
            let events = command.decide(&after, &Context { now, ids, by: &by })?.events;
            events.iter().for_each(|event| carry_out(&mut after, event, now, &by));
        }
        // An agreement that begins later is judged by the moment at which it does.
        let starts = change.propose.as_ref().and_then(|text| text.starts);
        Ok(compare(asker, &after, starts.unwrap_or(now).max(now)))
    }
}

impl Change {
    /// Whether nothing is to be tried.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.propose.is_none() && self.end.is_none() && self.adopt.is_none()
    }

    fn commands(&self) -> impl Iterator<Item = Command> {
        let end = self.end.map(|agreement| agreement::End { agreement, reason: "-".to_owned() });
        let propose = self.propose.clone().map(|text| agreement::Propose { text });
        let adopt = self.adopt.clone().map(|source| policies::Adopt { source });
        let end = end.map(Into::into).into_iter();
        end.chain(propose.map(Into::into)).chain(adopt.map(Into::into))
    }
}

/// An auditor is no party; what they try is tried for the first that is one.
fn on_behalf_of(world: &World, principal: &Principal, command: &Command) -> Attribution {
    let mut by = principal.attribution(world);
    let party = match command {
        Command::ProposeAgreement(c) => c.text.parties.first().copied(),
        Command::EndAgreement(c) => {
            world.agreement(c.agreement).and_then(|a| a.text.parties.first().copied())
        }
        _ => None,
    };
    by.organization = party.or(by.organization);
    by
}

/// Folds an event in, and signs a proposal for every party.
fn carry_out(world: &mut World, event: &Event, now: Timestamp, by: &Attribution) {
    let mut fold = |event: &Event| {
        let stamp = Stamp { seq: world.seq() + 1, at: now, by };
        event.apply(world, &stamp);
    };
    fold(event);
    if let Event::AgreementProposed(proposed) = event {
        let agreement = proposed.agreement;
        for by in proposed.text.parties.iter().filter(|party| **party != proposed.by) {
            fold(&agreement::Signed { agreement, by: *by }.into());
        }
    }
}

fn compare(asker: &View, after: &World, at: Timestamp) -> Simulation {
    let mut simulation = Simulation::default();
    let before = asker.world();
    let now_in_force = Arc::new(Policies::of(before, None));
    let then_in_force = Arc::new(Policies::of(after, Some(&now_in_force)));
    let records = records_of(asker);
    for organization in before.organizations().map(|organization| organization.id) {
        let viewer = Arc::new(Viewer::of_organization(organization));
        let clearance = |policies, known: Option<&Clearance>| {
            Clearance::new(Arc::clone(&viewer), Arc::clone(policies), at, known)
        };
        let now = clearance(&now_in_force, None);
        records.keys().for_each(|owner| now.prepare(*owner));
        let then = clearance(&then_in_force, Some(&now));
        // Most owners show this organization the same before and after.
        let changed = records.keys().copied().filter(|owner| !now.is_like(&then, *owner));
        for owner in changed {
            for record in records.get(&owner).into_iter().flatten().copied() {
                let before = decision_on(&now, before, owner, record);
                let after = decision_on(&then, after, owner, record);
                simulation.take(Sight { organization, record, before, after });
            }
        }
    }
    simulation
}

impl Simulation {
    fn take(&mut self, sight: Sight) {
        let (gains, loses) = (sight.gains(), sight.loses());
        self.totals.gains += usize::from(gains);
        self.totals.losses += usize::from(loses);
        if (gains || loses) && self.sights.len() < SIGHTS_MAX {
            self.sights.push(sight);
        }
    }
}

/// The records that the asker may ask about and can see, by owner: their own organization's; an
/// auditor's are all.
fn records_of(asker: &View) -> BTreeMap<Option<Id<Organization>>, Vec<RecordRef>> {
    let world = asker.world();
    let incidents = world.incidents().map(|record| RecordRef::Incident(record.id));
    let signals = world.signals().filter(|signal| !signal.is_public());
    let signals = signals.map(|record| RecordRef::Signal(record.id));
    let notes = world.notes().map(|record| RecordRef::Note(record.id));
    let persons = world.persons().map(|record| RecordRef::Person(record.id));
    let requests = world.resource_requests().map(|record| RecordRef::ResourceRequest(record.id));
    let own = asker.viewer().organization();
    let mut records = BTreeMap::<_, Vec<_>>::new();
    let periods = world.periods().map(|record| RecordRef::Period(record.id));
    let of_incidents = periods.chain(requests);
    for record in incidents.chain(signals).chain(notes).chain(persons).chain(of_incidents) {
        let owners = world.owners_of(record);
        let counted = owners.iter().filter(|owner| asker.is_auditors() || Some(**owner) == own);
        let owners: Vec<_> = counted.copied().collect();
        if owners.is_empty() || !asker.sees(record) {
            continue;
        }
        owners.into_iter().for_each(|owner| records.entry(Some(owner)).or_default().push(record));
    }
    records
}

/// What is shown of a record for this owner's part; where another owner shows it too, that is not
/// for this one to learn.
fn decision_on(
    clearance: &Clearance,
    world: &World,
    owner: Option<Id<Organization>>,
    record: RecordRef,
) -> Decision {
    fn decide<T: Classified>(
        clearance: &Clearance,
        world: &World,
        owner: Option<Id<Organization>>,
        record: Option<&Arc<T>>,
    ) -> Decision {
        record.map_or(Decision::NOTHING, |record| {
            clearance.decision_by(record.as_ref(), world, |class| class.owner == owner)
        })
    }
    match record {
        RecordRef::Incident(id) => decide(clearance, world, owner, world.incident(id)),
        RecordRef::Signal(id) => decide(clearance, world, owner, world.signal(id)),
        RecordRef::Note(id) => decide(clearance, world, owner, world.note(id)),
        RecordRef::Person(id) => decide(clearance, world, owner, world.person(id)),
        RecordRef::Period(id) => decide(clearance, world, owner, world.period(id)),
        RecordRef::ResourceRequest(id) => {
            decide(clearance, world, owner, world.resource_request(id))
        }
        _ => Decision::NOTHING,
    }
}

fn groups(more: Decision, less: Decision) -> Vec<Group> {
    let shows = |decision: Decision, group| decision.is_shown() && decision.shows(group);
    Group::ALL.into_iter().filter(|g| shows(more, *g) && !shows(less, *g)).collect()
}

fn shows_more(a: Decision, b: Decision) -> bool {
    let place = a.place().is_some() && b.place().is_some() && a.place() < b.place();
    let time = a.time().is_some() && b.time().is_some() && a.time() < b.time();
    place || time || !groups(a, b).is_empty()
}
