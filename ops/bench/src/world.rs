//! The reference world: what a region is like in the middle of a bad month.
//!
//! 50 organizations with 200 agreements between them, 1,000 incidents and 10,000 signals, the forces
//! that work on them ([`super::force`]), then daily work: notes, changes of status, place, name,
//! complexity and lead. All of it follows from a seed. It is made of commands, so that it can go
//! through a running hub or straight into a log; the ids that the hub gives come back through
//! [`Generator::learn`].

use std::sync::Arc;

use muster::domain::agreement::{Agreement, Sign};
use muster::domain::incident::{
    Amend, AssessComplexity, ChangeLead, ChangeStatus, Incident, Locate, Open, Status,
};
use muster::domain::organization::{self, Organization, Profile};
use muster::domain::place::Location;
use muster::domain::signal::{Attach, Receive, Signal};
use muster::domain::{Command, Id, RecordRef, hazard, journal};
use muster_cap::sample;
use muster_contract::{Alert, MultiPolygon, Polygon, Position};

use super::agreements::{AGREEMENTS, propose};
use super::force::Force;

/// How large the reference world is.
pub(crate) const ORGANIZATIONS: usize = 50;
/// Incidents in it.
pub(crate) const INCIDENTS: usize = 1_000;
/// Signals in it.
pub(crate) const SIGNALS: usize = 10_000;

/// A command with the code of the organization that asks it.
pub(crate) struct Asked {
    /// The organization, by its code; the hub itself when absent.
    pub(crate) organization: Option<String>,
    /// What is asked.
    pub(crate) command: Command,
}

/// Makes the reference world and then work on it without end.
pub(crate) struct Generator {
    chance: Chance,
    alerts: Box<dyn Iterator<Item = Alert> + Send>,
    signals_left: usize,
    /// Agreements and their signatures follow from chance of their own.
    pens: Chance,
    /// Who has yet to sign the agreement that is being proposed.
    parties: Vec<usize>,
    to_sign: Vec<(Id<Agreement>, usize)>,
    /// The forces follow from chance of their own, too; none where they are not wanted.
    force: Option<(Force, Chance)>,
    /// Who asked last.
    asking: usize,
    known: Known,
}

/// The records that the hub has made so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) organizations: Vec<Id<Organization>>,
    pub(crate) agreements: Vec<Id<Agreement>>,
    pub(crate) incidents: Vec<Id<Incident>>,
    /// The number of the organization that opened each of them, and so owns it.
    owners: Vec<usize>,
    pub(crate) signals: Vec<Id<Signal>>,
}

impl Generator {
    /// The generator of the whole reference world.
    pub(crate) fn new(seed: u64) -> Self {
        let forces = Some((Force::default(), Chance(seed ^ 1 << 32)));
        Self::with(seed, SIGNALS, forces)
    }

    /// The same without signals and forces, where what is measured has nothing to do with them.
    pub(crate) fn of_incidents(seed: u64) -> Self {
        Self::with(seed, 0, None)
    }

    fn with(seed: u64, signals: usize, force: Option<(Force, Chance)>) -> Self {
        Self {
            chance: Chance(seed),
            alerts: Box::new(sample::alerts(signals)),
            signals_left: signals,
            pens: Chance(!seed),
            parties: Vec::new(),
            to_sign: Vec::new(),
            force,
            asking: 0,
            known: Known::default(),
        }
    }

    /// Whether the reference world stands, so that only work on it comes.
    pub(crate) fn is_founded(&self) -> bool {
        self.known.organizations.len() == ORGANIZATIONS
            && self.known.incidents.len() >= INCIDENTS
            && self.signals_left == 0
            && self.force.as_ref().is_none_or(|(force, _)| force.is_complete())
    }

    /// The records that the hub has made so far.
    pub(crate) const fn known(&self) -> &Known {
        &self.known
    }

    /// The next command. The record that it is about has to be given to [`Generator::learn`].
    pub(crate) fn next(&mut self) -> Asked {
        let registered = self.known.organizations.len();
        if registered < ORGANIZATIONS {
            let profile = profile(registered, &mut self.chance);
            return asked(0, organization::Register { profile });
        }
        if let Some((agreement, party)) = self.to_sign.pop() {
            return asked(party, Sign { agreement });
        }
        let agreed = self.known.agreements.len();
        if agreed < AGREEMENTS {
            let (parties, command) = propose(agreed, &self.known.organizations, &mut self.pens);
            let by = parties.first().copied().unwrap_or(0);
            self.parties = parties;
            return asked(by, command);
        }
        let by = self.chance.below(ORGANIZATIONS);
        self.asking = by;
        if self.known.incidents.len() < INCIDENTS {
            return asked(by, open(&mut self.chance, self.known.incidents.len()));
        }
        if let Some(alert) = self.alerts.next() {
            self.signals_left = self.signals_left.saturating_sub(1);
            return asked(by, receive(alert));
        }
        if let Some((force, chance)) = &mut self.force
            && let Some(asked) = force.next(&self.known, chance)
        {
            return asked;
        }
        asked(by, self.known.work(&mut self.chance))
    }

    /// Takes note of the record that a command was about.
    pub(crate) fn learn(&mut self, subject: RecordRef) {
        if let Some((force, _)) = &mut self.force {
            force.learn(subject);
        }
        match subject {
            RecordRef::Organization(id) => self.known.organizations.push(id),
            RecordRef::Incident(id) if self.known.incidents.len() < INCIDENTS => {
                self.known.incidents.push(id);
                self.known.owners.push(self.asking);
            }
            RecordRef::Agreement(id) if self.known.agreements.last() != Some(&id) => {
                self.known.agreements.push(id);
                self.to_sign = self.parties.drain(..).skip(1).map(|party| (id, party)).collect();
            }
            RecordRef::Signal(id) if self.known.signals.len() < SIGNALS => {
                self.known.signals.push(id);
            }
            _ => {}
        }
    }
}

impl Known {
    /// An incident by its number, with the number of the organization that owns it.
    pub(crate) fn owned(&self, number: usize) -> Option<(Id<Incident>, usize)> {
        self.incidents.get(number).copied().zip(self.owners.get(number).copied())
    }

    /// What people do all day.
    fn work(&self, chance: &mut Chance) -> Command {
        let Some(incident) = chance.pick(&self.incidents) else { return write(chance, None) };
        match chance.below(100) {
            0..45 => write(chance, Some(incident)),
            45..65 => change_status(chance, incident),
            65..80 => Locate { incident, location: point(chance) }.into(),
            80..90 => Amend { incident, name: Some(name(chance)), kind: None }.into(),
            90..95 => assess(chance, incident),
            95..98 => match chance.pick(&self.signals) {
                Some(signal) => Attach { signal, incident, reason: sentence(chance, 8) }.into(),
                None => write(chance, Some(incident)),
            },
            _ => match chance.pick(&self.organizations) {
                Some(lead) => ChangeLead { incident, lead, reason: sentence(chance, 8) }.into(),
                None => write(chance, Some(incident)),
            },
        }
    }

    /// The mix by which commands per second are measured: one incident is opened for every two
    /// changes of status and five notes. Whoever owns an incident works on it.
    pub(crate) fn rush(&self, by: usize, chance: &mut Chance) -> Asked {
        let owned = self.owned(chance.below(self.incidents.len().max(1)));
        match (chance.below(8), owned) {
            (0, _) | (_, None) => asked(by, open(chance, 0)),
            (1 | 2, Some((incident, owner))) => asked(owner, change_status(chance, incident)),
            (_, Some((incident, owner))) => asked(owner, write(chance, Some(incident))),
        }
    }
}

/// The code of an organization.
pub(crate) fn code(number: usize) -> String {
    format!("ORG{number:02}")
}

/// A command that an organization asks, by its number.
pub(crate) fn asked(by: usize, command: impl Into<Command>) -> Asked {
    Asked { organization: Some(code(by)), command: command.into() }
}

/// A command that is the hub's own.
pub(crate) fn asked_by_hub(command: impl Into<Command>) -> Asked {
    Asked { organization: None, command: command.into() }
}

fn profile(number: usize, chance: &mut Chance) -> Profile {
    use organization::Kind;
    const KINDS: [Kind; 6] =
        [Kind::Fire, Kind::LawEnforcement, Kind::Ems, Kind::Hospital, Kind::Utility, Kind::Ngo];
    Profile {
        code: code(number),
        name: format!("Organization {number}"),
        kind: chance.pick(&KINDS).unwrap_or(Kind::Other),
        jurisdiction: Some(square(chance)),
        parents: Vec::new(),
    }
}

/// An area of a degree each way.
pub(crate) fn square(chance: &mut Chance) -> MultiPolygon {
    let corner = position(chance);
    let at = |east, north| Position { lon: corner.lon + east, lat: corner.lat + north };
    let ring = vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)];
    MultiPolygon { polygons: vec![Polygon::from_ring(ring)] }
}

fn open(chance: &mut Chance, number: usize) -> Command {
    let kind = kind(chance);
    Open {
        name: name(chance),
        kind,
        confirmed: true,
        location: point(chance),
        complexity: None,
        lead: None,
        parent: None,
        signal: None,
        exercise: is_exercise(number),
    }
    .into()
}

/// Whether an incident is an exercise, by its number.
pub(crate) const fn is_exercise(number: usize) -> bool {
    number % 10 == 9
}

/// The kind of an incident.
pub(crate) fn kind(chance: &mut Chance) -> hazard::Kind {
    let kinds = ["flood", "wildland-fire", "hazmat", "power-outage", "evacuation", "road-accident"];
    let kind = chance.pick(&kinds).and_then(hazard::Kind::from_code);
    kind.unwrap_or(hazard::Kind::OTHER)
}

/// A signal that stays live for as long as anybody may run this.
pub(crate) fn receive(mut alert: Alert) -> Command {
    let far = jiff::Timestamp::from_second(4_000_000_000).ok();
    alert.infos.iter_mut().for_each(|info| info.expires = far);
    Receive {
        digest: format!("{:064x}", 7),
        alert: Arc::new(alert),
        via: "feed:weather".to_owned(),
        resolved: None,
        warnings: Vec::new(),
    }
    .into()
}

pub(crate) fn write(chance: &mut Chance, incident: Option<Id<Incident>>) -> Command {
    let incident = incident.unwrap_or(Id::new(uuid::Uuid::nil()));
    journal::Write { incident, text: sentence(chance, 24), log_of: None, corrects: None, tlp: None }
        .into()
}

pub(crate) fn change_status(chance: &mut Chance, incident: Id<Incident>) -> Command {
    let steps = [Status::Active, Status::Contained, Status::Controlled, Status::Demobilizing];
    let to = chance.pick(&steps).unwrap_or(Status::Active);
    ChangeStatus { incident, to, reason: Some(sentence(chance, 8)) }.into()
}

fn assess(chance: &mut Chance, incident: Id<Incident>) -> Command {
    let level = chance.pick(&[5, 4, 3, 2, 1]).unwrap_or(5);
    AssessComplexity { incident, level, reason: sentence(chance, 8) }.into()
}

pub(crate) fn point(chance: &mut Chance) -> Location {
    Location { point: Some(position(chance)), perimeter: None, name: None }
}

/// Somewhere in the country of [`sample`]'s alerts.
pub(crate) fn position(chance: &mut Chance) -> Position {
    Position { lon: chance.fraction() * 10.0, lat: 42.0 + chance.fraction() * 10.0 }
}

pub(crate) fn name(chance: &mut Chance) -> String {
    format!("{} {}", sentence(chance, 2), chance.below(10_000))
}

pub(crate) fn sentence(chance: &mut Chance, words: usize) -> String {
    const WORDS: [&str; 16] = [
        "engine",
        "crew",
        "river",
        "bridge",
        "evacuated",
        "shelter",
        "north",
        "water",
        "hospital",
        "power",
        "line",
        "secured",
        "asks",
        "two",
        "ambulances",
        "Flöße",
    ];
    let words: Vec<&str> = (0..words).filter_map(|_| chance.pick(&WORDS)).collect();
    words.join(" ")
}

/// Numbers that look random and follow from a seed (`SplitMix64`).
#[derive(Clone, Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap_or(0) % end
    }

    #[expect(clippy::cast_precision_loss, reason = "24 bits fit")]
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 40) as f64 / (1_u64 << 24) as f64
    }

    /// One of these; none of none.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())).copied() }
    }
}
