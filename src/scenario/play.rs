//! A scenario against the clock: which command falls due when, and for whom.
//!
//! Pure: the time comes in, commands go out, and what became of them comes back in. The caller
//! submits each command, waits for its answer, and gives that back before it asks for the next.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use muster_contract::{Alert, MultiPolygon};

use super::ask::Meaning;
use super::cap::{self, MARK, Span};
use super::cast::Cue;
use super::file::{Action, AlertText, Offset, Opening, Participant, Place, Scenario, Step};
use crate::domain::ids::Id;
use crate::domain::incident::{self, Incident};
use crate::domain::organization::{self, Organization, Profile};
use crate::domain::place::Location;
use crate::domain::signal::{self, Signal};
use crate::domain::{Command, Principal, RecordRef, Scope, World, journal};

/// How many times faster than in reality a scenario plays.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Speed(f64);

impl Speed {
    /// The slowest.
    pub const MIN: f64 = 0.1;
    /// The fastest: an hour a second.
    pub const MAX: f64 = 3_600.0;

    /// The stretch of real time that a stretch of the scenario takes.
    fn real(self, scenario: SignedDuration) -> SignedDuration {
        SignedDuration::from_secs_f64(scenario.as_secs_f64() / self.0)
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self(1.0)
    }
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let speed = text.parse().ok().filter(|speed| (Self::MIN..=Self::MAX).contains(speed));
        speed.map(Self).ok_or_else(|| {
            format!("`{text}` is not a speed; write a number from {} to {}", Self::MIN, Self::MAX)
        })
    }
}

/// Who acts in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The log-in.
    pub principal: String,
    /// The organization that it acts for.
    pub organization: Id<Organization>,
}

/// A step that has fallen due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its place in the order of all steps, which also makes a good idempotency key.
    pub step: usize,
    /// The line of the file that it stands in.
    pub line: u64,
    /// Who acts.
    pub actor: Actor,
    /// What is asked of the hub.
    pub command: Command,
}

/// A scenario that is being played.
#[derive(Clone, Debug)]
pub struct Player {
    scenario: Arc<Scenario>,
    organizations: BTreeMap<String, Id<Organization>>,
    began: Timestamp,
    speed: Speed,
    cues: Vec<Cue>,
    next: usize,
    records: BTreeMap<String, RecordRef>,
    /// What each id stands for in commands.
    ids: BTreeMap<String, String>,
}

impl Scenario {
    /// Who logs in, in the order of the file: of each organization one who acts and one who signs
    /// agreements and decides for it. Those that send alerts may hand them in.
    #[must_use]
    pub fn principals(&self) -> Vec<Principal> {
        let of = |participant: &Participant| {
            let code = participant.code.clone();
            let is_alert =
                |step: &Step| step.by == code && matches!(step.action, Some(Action::Alert(_)));
            let sends = self.timeline.iter().any(|spanned| is_alert(&spanned.value));
            let ingest = sends.then_some(Scope::Ingest);
            let works = [Scope::Read, Scope::Write].into_iter().chain(ingest).collect();
            let signs = vec![Scope::Read, Scope::Administer];
            let logins = [(participant.login.clone(), works), (participant.administrator(), signs)];
            let organization = Some(code);
            logins.map(|(name, scopes)| Principal::new(name, organization.clone(), scopes))
        };
        self.organizations.iter().flat_map(|spanned| of(&spanned.value)).collect()
    }

    /// What to register before the play begins, in the order of the file.
    pub fn registrations(&self) -> impl Iterator<Item = organization::Register> {
        self.organizations.iter().map(|spanned| {
            let participant = &spanned.value;
            let jurisdiction = participant.jurisdiction.as_ref();
            organization::Register {
                profile: Profile {
                    code: participant.code.clone(),
                    name: participant.name.clone(),
                    kind: participant.kind,
                    jurisdiction: jurisdiction.map(area),
                    parents: Vec::new(),
                },
            }
        })
    }
}

impl Participant {
    /// The principal that signs agreements for it.
    #[must_use]
    pub fn administrator(&self) -> String {
        format!("administrator.{}", self.code.to_lowercase())
    }
}

impl Player {
    /// Begins to play at the given time. `organizations` are the registered ones by code; a step of
    /// one that is not among them is left out.
    #[must_use]
    pub fn new(
        scenario: Arc<Scenario>,
        organizations: BTreeMap<String, Id<Organization>>,
        began: Timestamp,
        speed: Speed,
    ) -> Self {
        let cues = scenario.cues();
        let (records, ids) = (BTreeMap::new(), BTreeMap::new());
        Self { scenario, organizations, began, speed, cues, next: 0, records, ids }
    }

    /// When the next step falls due; none when the scenario is over.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let cue = self.cues.get(self.next)?;
        Some(self.time_of(cue.step.at.0))
    }

    /// The next step, if its time has come. A step that refers to one that the hub refused, and that
    /// therefore made nothing, is passed over.
    pub fn next(&mut self, now: Timestamp) -> Option<Due> {
        while self.due().is_some_and(|due| due <= now) {
            let index = self.next;
            self.next += 1;
            let Cue { line, step } = self.cues.get(index)?;
            if let Some(command) = self.command(step)
                && let Some(actor) = self.actor(&step.by, &command)
            {
                return Some(Due { step: index, line: *line, actor, command });
            }
        }
        None
    }

    /// Takes the record that a step made or changed, and the World in which it did. A refused step
    /// has none and is not told here.
    pub fn answered(&mut self, step: usize, subject: RecordRef, world: &World) {
        let Some(step) = self.cues.get(step).map(|cue| &cue.step) else { return };
        let Some(id) = &step.id else { return };
        let made = made(step, subject, world);
        self.ids.extend(made.map(|made| (id.clone(), made)));
        self.records.insert(id.clone(), subject);
    }

    /// What the file calls the ids that were made so far.
    pub(super) fn names(&self) -> BTreeMap<String, String> {
        self.ids.iter().map(|(name, id)| (id.clone(), name.clone())).collect()
    }

    /// Who asks: whoever acts for the organization, but what only an administrator may ask, its
    /// administrator.
    fn actor(&self, code: &str, command: &Command) -> Option<Actor> {
        let participant = self.scenario.participant(code)?;
        let decides = matches!(
            command,
            Command::RecordQualification(_)
                | Command::SetQualificationPolicy(_)
                | Command::DefinePosition(_)
                | Command::SetThresholds(_)
                | Command::SetMeetingTemplate(_)
                | Command::SetApprovalPolicy(_)
                | Command::SignAid(_)
                | Command::AmendAid(_)
                | Command::CancelAid(_)
        );
        let principal =
            if decides { participant.administrator() } else { participant.login.clone() };
        Some(Actor { principal, organization: *self.organizations.get(code)? })
    }

    /// The command of a step; none when something that it refers to does not exist.
    fn command(&self, step: &Step) -> Option<Command> {
        match (&step.action, &step.ask) {
            (Some(action), _) => self.command_of(step, action.clone()),
            (None, Some(ask)) => ask.command(&AsPlayed { player: self, step }).ok(),
            (None, None) => None,
        }
    }

    fn command_of(&self, step: &Step, action: Action) -> Option<Command> {
        Some(match action {
            Action::Alert(text) => self.receive(step, &text)?.into(),
            Action::OpenIncident(opening) => self.open(&opening)?.into(),
            Action::ChangeStatus { incident, to, reason } => {
                incident::ChangeStatus { incident: self.incident(&incident)?, to, reason }.into()
            }
            Action::Reopen { incident, reason } => {
                incident::Reopen { incident: self.incident(&incident)?, reason }.into()
            }
            Action::AssessComplexity { incident, level, reason } => {
                let incident = self.incident(&incident)?;
                incident::AssessComplexity { incident, level, reason }.into()
            }
            Action::Locate { incident, place } => {
                let incident = self.incident(&incident)?;
                incident::Locate { incident, location: location(&place) }.into()
            }
            Action::ChangeLead { incident, lead, reason } => {
                let lead = *self.organizations.get(&lead)?;
                incident::ChangeLead { incident: self.incident(&incident)?, lead, reason }.into()
            }
            Action::Note { incident, text } => journal::Write {
                incident: self.incident(&incident)?,
                text,
                log_of: None,
                corrects: None,
                tlp: None,
            }
            .into(),
            Action::Merge { incident, into, reason } => {
                let (incident, into) = (self.incident(&incident)?, self.incident(&into)?);
                incident::Merge { incident, into, reason }.into()
            }
            Action::SetParent { incident, parent } => {
                let parent = self.optional(parent.as_ref(), Self::incident)?;
                incident::SetParent { incident: self.incident(&incident)?, parent }.into()
            }
            Action::Attach { alert, incident, reason } => {
                let (signal, incident) = (self.signal(&alert)?, self.incident(&incident)?);
                signal::Attach { signal, incident, reason }.into()
            }
            Action::Detach { alert, incident, reason } => {
                let (signal, incident) = (self.signal(&alert)?, self.incident(&incident)?);
                signal::Detach { signal, incident, reason }.into()
            }
        })
    }

    fn receive(&self, step: &Step, text: &AlertText) -> Option<signal::Receive> {
        let alert = Arc::new(self.alert(step, text)?);
        Some(signal::Receive {
            alert,
            via: "scenario".to_owned(),
            // There is no document: the message was never on a wire.
            digest: String::new(),
            resolved: None,
            warnings: Vec::new(),
        })
    }

    fn alert(&self, step: &Step, text: &AlertText) -> Option<Alert> {
        let references = text.references.iter().map(|id| {
            let mut steps = self.cues.iter().map(|cue| &cue.step);
            self.key(steps.find(|step| step.id.as_ref() == Some(id))?)
        });
        let references = references.collect::<Option<Vec<_>>>()?;
        let key = self.key(step)?;
        let expires = key.sent.saturating_add(self.speed.real(text.expires_in)).ok()?;
        let span = Span { sent: key.sent, expires };
        let from = self.scenario.participant(&step.by)?;
        Some(cap::message(text, key, references, from, &self.scenario.title, span))
    }

    fn key(&self, step: &Step) -> Option<muster_contract::AlertKey> {
        let from = self.scenario.participant(&step.by)?;
        // CAP has no fractions of a second, and a key must survive being written and read.
        let sent = Timestamp::from_second(self.time_of(step.at.0).as_second()).ok()?;
        Some(cap::key(from, step.id.as_deref()?, self.began, sent))
    }

    fn open(&self, opening: &Opening) -> Option<incident::Open> {
        Some(incident::Open {
            name: format!("{MARK}{}", opening.name),
            kind: opening.kind,
            confirmed: opening.confirmed,
            location: location(&opening.place),
            complexity: None,
            lead: None,
            parent: self.optional(opening.parent.as_ref(), Self::incident)?,
            signal: self.optional(opening.alert.as_ref(), Self::signal)?,
            exercise: true,
        })
    }

    fn time_of(&self, offset: SignedDuration) -> Timestamp {
        self.began.saturating_add(self.speed.real(offset)).unwrap_or(Timestamp::MAX)
    }

    /// Nothing asked for is found; something asked for may be missing.
    #[expect(clippy::option_option, reason = "the outer says whether the step can be played")]
    fn optional<T>(
        &self,
        id: Option<&String>,
        find: fn(&Self, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        id.map_or(Some(None), |id| find(self, id).map(Some))
    }

    fn incident(&self, id: &str) -> Option<Id<Incident>> {
        match self.records.get(id) {
            Some(RecordRef::Incident(id)) => Some(*id),
            _ => None,
        }
    }

    fn signal(&self, id: &str) -> Option<Id<Signal>> {
        match self.records.get(id) {
            Some(RecordRef::Signal(id)) => Some(*id),
            _ => None,
        }
    }
}

/// What the texts of a step stand for in the course of the play.
struct AsPlayed<'a> {
    player: &'a Player,
    step: &'a Step,
}

impl Meaning for AsPlayed<'_> {
    fn id(&self, name: &str) -> Option<String> {
        let Player { ids, organizations, .. } = self.player;
        let made = ids.get(name).cloned();
        made.or_else(|| organizations.get(name).map(ToString::to_string))
    }

    fn moment(&self, offset: Offset) -> Timestamp {
        self.player.time_of(offset.0)
    }

    fn now(&self) -> Timestamp {
        self.player.time_of(self.step.at.0)
    }
}

/// The id of what a step made: that of its record, or of the newest part of it where the command
/// made one.
fn made(step: &Step, subject: RecordRef, world: &World) -> Option<String> {
    let asked = step.ask.as_ref().map(|ask| ask.name.as_str());
    let part = match (asked, subject) {
        (Some("propose-transfer" | "join-command"), RecordRef::Structure(id)) => {
            world.structure(id)?.transfers.iter().map(|transfer| transfer.id.uuid()).max()
        }
        (Some("propose-jointly"), RecordRef::Structure(id)) => {
            world.structure(id)?.decisions.iter().map(|decision| decision.id.uuid()).max()
        }
        (Some("delegate"), RecordRef::Structure(id)) => {
            world.structure(id)?.delegations.iter().map(|delegation| delegation.id.uuid()).max()
        }
        (Some("assign-post"), RecordRef::Post(id)) => {
            world.post(id)?.assignments.iter().map(|assignment| assignment.id.uuid()).max()
        }
        (Some("set-objective"), RecordRef::Period(id)) => {
            world.period(id)?.objectives.iter().map(|objective| objective.id.uuid()).max()
        }
        (Some("assign-work"), RecordRef::Period(id)) => {
            world.period(id)?.assignments.iter().map(|assignment| assignment.id.uuid()).max()
        }
        (Some("call-par"), RecordRef::Incident(id)) => {
            world.pars_of(id).map(|par| par.id.uuid()).max()
        }
        _ => None,
    };
    let own = || Some(serde_json::to_value(subject).ok()?.get("id")?.as_str()?.to_owned());
    part.map(|id| id.to_string()).or_else(own)
}

fn location(place: &Place) -> Location {
    Location {
        point: place.point,
        perimeter: place.outline.as_ref().map(area),
        name: place.name.clone(),
    }
}

fn area(outline: &super::file::Outline) -> MultiPolygon {
    MultiPolygon { polygons: vec![outline.to_polygon()] }
}

#[cfg(test)]
mod tests;
