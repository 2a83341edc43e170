//! The forces of the reference world: who is in command of the largest incidents, what there is to
//! send, and what is asked for.

use std::collections::VecDeque;

use muster::domain::incident::Incident;
use muster::domain::organization::Organization;
use muster::domain::person::{self, Join, Person};
use muster::domain::resource::{
    AdoptDefinitions, Commit, DefinitionRef, Grouping, Need, Profile, Register, ReportPosition,
    definition,
};
use muster::domain::resource_request::{Content, Draft, Priority, Send, Submit};
use muster::domain::structure::{AssignPost, AssumeCommand, Capacity, OpenPost, Structure};
use muster::domain::{Command, Id, RecordRef};
use muster_contract::Position;

use super::world::{
    Asked, Chance, Known, asked, asked_by_hub, code, is_exercise, point, position, sentence,
};

/// Incidents with a command structure of 30 posts, all of them filled.
pub(crate) const COMMANDED: usize = 50;
/// Resources.
pub(crate) const RESOURCES: usize = 10_000;
/// Resources that are committed to an incident, and so on the picture.
pub(crate) const COMMITTED: usize = RESOURCES / 10 * COMMITTED_OF_TEN;
/// Open requests.
pub(crate) const REQUESTS: usize = 2_000;

const COMMITTED_OF_TEN: usize = 7;
/// Each after the one that it reports to.
const BELOW_COMMAND: [&str; 29] = [
    "PIO", "SOFR", "LOFR", "OSC", "STAM", "OPBD", "DIVS", "DIVS", "GRPS", "STL", "TFLD", "AOBD",
    "PSC", "RESL", "SITL", "DOCL", "DMOB", "LSC", "SPUL", "FACL", "GSUL", "COML", "MEDL", "FDUL",
    "FSC", "TIME", "PROC", "COMP", "COST",
];
/// As often as there are such.
const KINDS: [&str; 8] = [
    "fire-engine",
    "fire-engine",
    "fire-engine",
    "fire-engine",
    "water-tender",
    "hand-crew",
    "bulldozer",
    "hazmat-team",
];
/// The least capable type that all of these kinds have.
const LEAST_TYPE: usize = 3;

/// Makes the forces, one command after the other.
#[derive(Default)]
pub(crate) struct Force {
    next: VecDeque<Step>,
    /// What follows from the command that was given last.
    then: Option<Then>,
    definitions: usize,
    resources: usize,
    requests: usize,
    structures: usize,
}

/// A command, and what follows when it is known which record it was about.
struct Step(Asked, Option<Then>);

type Then = Box<dyn FnOnce(RecordRef) -> Vec<Step> + std::marker::Send>;

impl From<Asked> for Step {
    fn from(asked: Asked) -> Self {
        Self(asked, None)
    }
}

impl Asked {
    fn then(
        self,
        follows: impl FnOnce(RecordRef) -> Vec<Step> + std::marker::Send + 'static,
    ) -> Step {
        Step(self, Some(Box::new(follows)))
    }
}

impl Force {
    /// Whether all of it stands.
    pub(crate) fn is_complete(&self) -> bool {
        self.structures == COMMANDED && self.next.is_empty() && self.then.is_none()
    }

    /// The next command; none when all of it stands.
    pub(crate) fn next(&mut self, known: &Known, chance: &mut Chance) -> Option<Asked> {
        let Step(asked, then) = match self.next.pop_front() {
            Some(step) => step,
            None => self.begin(known, chance)?,
        };
        self.then = then;
        Some(asked)
    }

    /// Takes note of the record that the last command was about.
    pub(crate) fn learn(&mut self, subject: RecordRef) {
        if let Some(then) = self.then.take() {
            self.next.extend(then(subject));
        }
    }

    /// The first step of something new.
    fn begin(&mut self, known: &Known, chance: &mut Chance) -> Option<Step> {
        if let Some(source) = definition::BUILT_IN.get(self.definitions) {
            self.definitions += 1;
            return Some(asked_by_hub(AdoptDefinitions { source: (*source).to_owned() }).into());
        }
        if self.resources < RESOURCES {
            self.resources += 1;
            return register(self.resources, known, chance);
        }
        if self.requests < REQUESTS {
            self.requests += 1;
            return draft(known, chance);
        }
        if self.structures < COMMANDED {
            let (incident, owner) = known.owned(self.structures)?;
            let organization = *known.organizations.get(owner)?;
            self.structures += 1;
            return Some(assume_command(owner, organization, incident));
        }
        None
    }
}

/// A resource is registered by whoever owns an incident, and says where it is.
fn register(number: usize, known: &Known, chance: &mut Chance) -> Option<Step> {
    let (incident, owner) = known.owned(number % known.incidents.len())?;
    let definition = DefinitionRef { id: chance.pick(&KINDS)?.to_owned(), version: 1 };
    let profile = Profile {
        name: format!("{} {number}", code(owner)),
        definition,
        level: u8::try_from(chance.below(LEAST_TYPE) + 1).ok(),
        grouping: Grouping::SingleResource,
        members: Vec::new(),
        leader: None,
        home: None,
        crew: None,
        capabilities: std::collections::BTreeMap::new(),
        rates: Vec::new(),
    };
    let exercise = is_exercise(number % known.incidents.len());
    let position = position(chance);
    let commits = number % 10 < COMMITTED_OF_TEN;
    let register = Register { owner: None, profile, held: None, exercise };
    Some(asked(owner, register).then(move |made| {
        let RecordRef::Resource(resource) = made else { return Vec::new() };
        let mut steps = vec![asked(owner, moves(resource, position)).into()];
        if commits {
            steps.push(asked(owner, Commit { resource, incident, quantity: 1 }).into());
        }
        steps
    }))
}

/// A resource says where it is. It was asked: else one position a minute would be kept.
pub(crate) fn moves(
    resource: Id<muster::domain::resource::Resource>,
    position: Position,
) -> Command {
    let source = "AVL".to_owned();
    ReportPosition { resource, position, at: None, source, asked: true }.into()
}

/// A request is written for an incident and goes to one organization.
fn draft(known: &Known, chance: &mut Chance) -> Option<Step> {
    let (incident, owner) = known.owned(chance.below(known.incidents.len()))?;
    let others = known.organizations.iter().enumerate().filter(|(number, _)| *number != owner);
    let others: Vec<_> = others.map(|(_, organization)| *organization).collect();
    let to = vec![chance.pick(&others)?];
    let content = content(chance)?;
    Some(asked(owner, Draft { incident, content }).then(move |made| {
        let RecordRef::ResourceRequest(request) = made else { return Vec::new() };
        vec![asked(owner, Submit { request }).into(), asked(owner, Send { request, to }).into()]
    }))
}

/// What is asked for.
pub(crate) fn content(chance: &mut Chance) -> Option<Content> {
    let definition = DefinitionRef { id: chance.pick(&KINDS)?.to_owned(), version: 1 };
    Some(Content {
        need: Need { definition, level: Some(2), quantity: 2 },
        substitutes: true,
        special_support: None,
        deliver_to: point(chance),
        wanted_by: None,
        priority: Priority::Routine,
        purpose: sentence(chance, 8),
        funding_code: None,
        contact: "Ordering Manager".to_owned(),
    })
}

/// Somebody assumes command of an incident, and all posts are opened and filled.
fn assume_command(owner: usize, organization: Id<Organization>, incident: Id<Incident>) -> Step {
    join(owner, organization, move |person| {
        let assume = AssumeCommand { incident, person, organization, area: false, waiver: None };
        asked(owner, assume).then(move |made| {
            let RecordRef::Structure(structure) = made else { return Vec::new() };
            let fill = |(number, position)| fill(owner, organization, structure, number, position);
            BELOW_COMMAND.into_iter().enumerate().map(fill).collect()
        })
    })
}

/// Somebody joins an organization, and does something there.
fn join(
    owner: usize,
    organization: Id<Organization>,
    then: impl FnOnce(Id<Person>) -> Step + std::marker::Send + 'static,
) -> Step {
    asked(owner, person::Register { name: "Sam Doe".to_owned() }).then(move |made| {
        let RecordRef::Person(person) = made else { return Vec::new() };
        let join = Join { person, organization, title: "Member".to_owned() };
        vec![asked(owner, join).into(), then(person)]
    })
}

/// A post is opened, and somebody assigned to it.
fn fill(
    owner: usize,
    organization: Id<Organization>,
    structure: Id<Structure>,
    number: usize,
    position: &str,
) -> Step {
    let (position, name) = (position.to_owned(), Some(format!("{position} {number}")));
    join(owner, organization, move |person| {
        let open = OpenPost { structure, position, name, reports_to: None };
        asked(owner, open).then(move |made| {
            let RecordRef::Post(post) = made else { return Vec::new() };
            let capacity = Capacity::Primary;
            let assign =
                AssignPost { post, person, organization, capacity, reason: None, waiver: None };
            vec![asked(owner, assign).into()]
        })
    })
}
