//! What one may not see does not change what one sees.
//!
//! Two runs of the same commands, one of them with further commands in between whose records the
//! viewer may not see, look the same to the viewer, to the last field and refusal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::SignedDuration;
use muster_contract::alert::{self, MsgType};
use muster_contract::{BoundingBox, Position};
use proptest::prelude::*;

use super::fields::fields;
use super::story::{Story, chief, message, open};
use crate::domain::agreement::{Group, Incidents, PlacePrecision, Term, TimePrecision};
use crate::domain::break_glass::Break;
use crate::domain::incident::{
    Amend, ChangeStatus, Incident, Locate, Merge, Open, SetParent, Status,
};
use crate::domain::journal::Write;
use crate::domain::marking::{Mark, Tlp};
use crate::domain::organization::Organization;
use crate::domain::period;
use crate::domain::person;
use crate::domain::place::Location;
use crate::domain::resource::{self, Commit, DefinitionRef, Need, definition};
use crate::domain::resource_request::{Content, Draft, Priority};
use crate::domain::signal::{Attach, Detach, Receive, Signal};
use crate::domain::structure::AssumeCommand;
use crate::domain::{Command, Id, Principal, RecordRef, World, hazard, rules};
use crate::sharing::{CopFilter, CopRecord, View};

/// Where the ids of hidden commands begin.
const HIDDEN: u64 = 100_000;

/// One step of both runs, and what happens unseen before it in one of them.
pub(crate) type Step = ([u8; 4], Vec<[u8; 4]>);

/// Who is told of everything that happens, and writes down what they see of it.
pub(crate) trait Looks {
    /// A step was taken, or time went by.
    fn follows(&mut self, view: &View, touched: &[RecordRef]);
    /// What they read when they ask.
    fn reads(&mut self, view: &View, seen: &Made) -> String;
}

/// The records that commands of one kind made, in both runs the same.
#[derive(Default)]
pub(crate) struct Made {
    /// Each with the code of its owner; everybody's with none.
    incidents: Vec<(Id<Incident>, &'static str)>,
    signals: Vec<(Id<Signal>, &'static str)>,
    periods: Vec<(Id<period::Period>, &'static str)>,
    pub(crate) all: Vec<RecordRef>,
}

impl Made {
    /// Keeps the incidents that a World has and one before it did not.
    fn keep_opened(&mut self, before: &World, after: &World) {
        for incident in after.incidents().filter(|i| before.incident(i.id).is_none()) {
            let owner = incident.owner().and_then(|id| after.organization(id));
            let code = owner.map_or("", |owner| &owner.profile.code);
            let code = ["ANN", "BOB", "CY"].into_iter().find(|known| *known == code);
            let record = RecordRef::Incident(incident.id);
            if !self.all.contains(&record) {
                self.keep(record, code.unwrap_or_default());
            }
        }
    }

    /// One of everybody's incidents.
    fn everybodys(&self, n: u8) -> Option<Id<Incident>> {
        let all: Vec<_> = self.incidents.iter().filter(|(_, owner)| owner.is_empty()).collect();
        all.get(usize::from(n).checked_rem(all.len())?).map(|(id, _)| *id)
    }

    fn keep(&mut self, record: RecordRef, by: &'static str) {
        match record {
            RecordRef::Incident(id) => self.incidents.push((id, by)),
            RecordRef::Signal(id) => self.signals.push((id, by)),
            RecordRef::Period(id) => self.periods.push((id, by)),
            _ => {}
        }
        self.all.push(record);
    }

    fn incident(&self, n: u8) -> Option<(Id<Incident>, &'static str)> {
        let n = usize::from(n).checked_rem(self.incidents.len())?;
        self.incidents.get(n).copied()
    }

    fn period(&self, n: u8) -> Option<(Id<period::Period>, &'static str)> {
        self.periods.get(usize::from(n).checked_rem(self.periods.len())?).copied()
    }

    fn resource(
        &self,
        n: u8,
        owner: Id<Organization>,
        story: &Story,
    ) -> Option<Id<resource::Resource>> {
        let known = self.all.iter().filter_map(|record| match record {
            RecordRef::Resource(id) => story.world.resource(*id),
            _ => None,
        });
        let own: Vec<_> = known.filter(|resource| resource.owner == owner).collect();
        own.get(usize::from(n).checked_rem(own.len())?).map(|resource| resource.id)
    }

    fn signal(&self, n: u8) -> Option<(Id<Signal>, &'static str)> {
        self.signals.get(usize::from(n).checked_rem(self.signals.len())?).copied()
    }
}

/// The rules that are in force, one set for each value of two bits.
const RULES: [&str; 4] = [
    "rules: [{name: none, when: 'false', then: open}]",
    "rules: [{name: all, when: 'true', then: open}]",
    "rules: [{name: all, when: 'true', then: suggest}]",
    "rules: [{name: all, when: 'true', then: open, incident: {lead: BOB}}]",
];

/// Ann looks. Bob shows her some of his; Cy shows her nothing.
fn begin(agreed: u8) -> Story {
    let mut story = Story::new();
    story.organization("COUNTY", &[]);
    story.organization("ANN", if agreed & 1 == 0 { &[] } else { &["COUNTY"] });
    story.organization("BOB", &[]);
    story.organization("CY", &[]);
    let receiver = if agreed & 3 == 3 { "COUNTY" } else { "ANN" };
    let mut term = Term { tells_withheld: agreed & 4 != 0, ..story.term("BOB", receiver) };
    if agreed & 8 != 0 {
        term.groups.retain(|group| !matches!(group, Group::Links | Group::Status));
        term.place = PlacePrecision::Kilometre;
        term.time = TimePrecision::Minute;
    }
    if agreed & 16 != 0 {
        term.incidents = Incidents::Kinds(hazard::Kind::from_code("flood").into_iter().collect());
    }
    story.agree(None, vec![term]);
    let source = definition::BUILT_IN[0].to_owned();
    story.must(&Principal::hub(), resource::AdoptDefinitions { source });
    let source = RULES[usize::from(agreed >> 5)].to_owned();
    story.must(&Principal::hub(), rules::Adopt { source });
    story
}

/// A command of whoever may be seen.
fn seen_command(
    [what, which, other, how]: [u8; 4],
    made: &Made,
    story: &Story,
) -> Option<(&'static str, Command)> {
    let by = if which & 64 == 0 { "ANN" } else { "BOB" };
    let kind = if how & 1 == 0 { "flood" } else { "wildland-fire" };
    let opens: Open = open("seen", kind);
    let (incident, owner) = made.incident(which).unzip();
    // Whoever may write works on what is everybody's.
    let owner = owner.map(|owner| if owner.is_empty() { by } else { owner });
    let scope = if how & 2 == 0 { alert::Scope::Public } else { alert::Scope::Private };
    let command = match what % 12 {
        0 => return Some((by, opens.into())),
        1 | 2 => return Some((by, message(&format!("seen-{other}"), scope, story.now).into())),
        10 | 11 => {
            // A message that replaces or withdraws one that may have come before.
            let mut later = message(&format!("seen-{which}-{other}"), scope, story.now);
            let alert = Arc::make_mut(&mut later.alert);
            let (signal, _) = made.signal(other)?;
            alert.references = vec![story.world.signal(signal)?.alert.key.clone()];
            alert.msg_type = if what % 12 == 10 { MsgType::Update } else { MsgType::Cancel };
            return Some((by, later.into()));
        }
        3 => Write {
            incident: incident?,
            text: "seen".into(),
            log_of: None,
            corrects: None,
            tlp: None,
        }
        .into(),
        4 => Amend { incident: incident?, name: Some(format!("seen {how}")), kind: None }.into(),
        5 => Locate { incident: incident?, location: opens.location }.into(),
        6 => {
            let to = if how & 1 == 0 { Status::Contained } else { Status::Active };
            ChangeStatus { incident: incident?, to, reason: Some("seen".into()) }.into()
        }
        7 => {
            let (signal, _) = made.signal(other)?;
            Attach { signal, incident: incident?, reason: "seen".into() }.into()
        }
        8 => {
            SetParent { incident: incident?, parent: made.incident(other).map(|(id, _)| id) }.into()
        }
        _ => {
            let (signal, _) = made.signal(other)?;
            Detach { signal, incident: incident?, reason: "seen".into() }.into()
        }
    };
    Some((owner?, command))
}

/// Something whose records the viewer is not shown; what is hidden by a marking is hidden before
/// anybody looks.
fn unseen(bytes: [u8; 4], number: u64, story: &mut Story, seen: &Made, hidden: &mut Made) {
    let [what, .., how] = bytes;
    let by = if how & 1 == 0 { "BOB" } else { "CY" };
    if what % 18 == 9 {
        let term = story.term("CY", "BOB");
        story.agree(None, vec![term]);
        return;
    }
    let command = unseen_command(bytes, by, number, story, seen, hidden);
    let before = story.world.clone();
    let Some((who, command)) = command else { return };
    let Ok(record) = story.ask(&chief(who), number, command) else { return };
    if hidden.all.contains(&record) || seen.all.contains(&record) {
        return;
    }
    // What rules opened for whoever handed in a message, and what Bob makes, would be shown to Ann
    // if it were not marked.
    let opened = story.world.incidents().filter(|i| before.incident(i.id).is_none());
    let mut made: Vec<_> = opened.map(|incident| RecordRef::Incident(incident.id)).collect();
    if matches!(record, RecordRef::Signal(_)) {
        made.push(record);
    }
    for record in made {
        story.must(&chief(by), Mark { record, tlp: Tlp::AmberStrict, reason: "unseen".into() });
    }
    let by = if matches!(record, RecordRef::Period(_)) { who } else { by };
    hidden.keep(record, by);
    hidden.keep_opened(&before, &story.world);
}

/// A command of somebody who does not show the viewer what comes of it, and who that is.
fn unseen_command(
    [what, which, other, how]: [u8; 4],
    by: &'static str,
    number: u64,
    story: &Story,
    seen: &Made,
    hidden: &Made,
) -> Option<(&'static str, Command)> {
    let reason = "unseen".to_owned();
    let (opens, hands_in) = unseen_records(by, number, how, story);
    let by_hand = |id: &Id<Incident>| {
        story.world.incident(*id).is_some_and(|incident| incident.opened_by_rule.is_none())
    };
    // What a rule makes of Bob's own messages by what Bob himself does is Bob's to show.
    let own = seen.incident(which).filter(|(_, owner)| *owner == by).map(|(id, _)| id);
    let own = own.filter(by_hand);
    // Anybody may work on what is everybody's.
    let known = own.or_else(|| seen.everybodys(which).filter(|_| how & 8 == 0));
    let mine = hidden.incident(other);
    let incident = known.or(mine.map(|(id, _)| id));
    let owner = if known.is_some() { by } else { mine.map_or(by, |(_, owner)| owner) };
    let commanded = mine.filter(|(_, owner)| *owner == "CY").map(|(id, _)| id);
    Some(match what % 18 {
        0 | 10 | 11 => (by, opens.into()),
        1 => (by, hands_in.into()),
        2 | 3 => {
            let tlp = Some(if how & 4 == 0 { Tlp::AmberStrict } else { Tlp::Red });
            (
                owner,
                Write { incident: incident?, text: reason, log_of: None, corrects: None, tlp }
                    .into(),
            )
        }
        4 => {
            // A part or a duplicate that is hidden, of an incident that may be seen.
            let (part, owner) = mine?;
            (owner, SetParent { incident: part, parent: Some(incident?) }.into())
        }
        5 => {
            let (duplicate, owner) = mine?;
            (owner, Merge { incident: duplicate, into: incident?, reason }.into())
        }
        6 => {
            let (signal, _) = hidden.signal(other).or_else(|| seen.signal(other))?;
            // A public signal that is put to an incident which is seen would be seen, and a message
            // of Bob's makes his incident the one that changed last.
            let public = seen.signals.iter().any(|(id, _)| *id == signal);
            if own.is_some() || known.is_some() && public {
                return None;
            }
            (owner, Attach { signal, incident: incident?, reason }.into())
        }
        // Persons carry no marking, and Bob shows his.
        7 => ("CY", person::Register { name: reason }.into()),
        12 => unseen_period(own.map(|incident| (incident, by)).or(mine), story)?,
        13 => unseen_objective(hidden.period(other)?, reason),
        // Bob shows neither his engines nor what he asks for, on his incidents that are seen too.
        14 => (by, engine(reason).into()),
        15 => {
            let resource = hidden.resource(which, story.id(by), story)?;
            (by, Commit { resource, incident: own.or(mine.map(|(id, _)| id))?, quantity: 1 }.into())
        }
        16 => {
            let (incident, owner) = own.map(|incident| (incident, by)).or(mine)?;
            (owner, Draft { incident, content: content(reason) }.into())
        }
        17 => ("CY", commanding(commanded?, hidden, story)?),
        _ => ("BOB", Break { owner: story.id("CY"), reason, minutes: 60 }.into()),
    })
}

/// Bob shows his incidents, and no plans for them; plans for what is everybody's are shown too.
fn unseen_period(
    incident: Option<(Id<Incident>, &'static str)>,
    story: &Story,
) -> Option<(&'static str, Command)> {
    let (incident, owner) = incident.filter(|(_, owner)| !owner.is_empty())?;
    let end = story.now + SignedDuration::from_hours(12);
    Some((owner, period::Plan { incident, start: None, end }.into()))
}

fn unseen_objective(
    (period, owner): (Id<period::Period>, &'static str),
    reason: String,
) -> (&'static str, Command) {
    let (priority, objective, deadline) = (period::Priority::LifeSafety, None, None);
    let (text, measure) = (reason.clone(), reason);
    let set = period::SetObjective { period, objective, priority, text, measure, deadline };
    (owner, set.into())
}

/// Somebody whom Cy has registered joins, and assumes command.
fn commanding(incident: Id<Incident>, hidden: &Made, story: &Story) -> Option<Command> {
    let persons = hidden.all.iter().filter_map(|record| match record {
        RecordRef::Person(id) => story.world.person(*id),
        _ => None,
    });
    let (person, organization) = (persons.last()?, story.id("CY"));
    if person.membership(organization).is_none() {
        let (person, title) = (person.id, "unseen".to_owned());
        return Some(person::Join { person, organization, title }.into());
    }
    let (person, area, waiver) = (person.id, false, Some("unseen".to_owned()));
    Some(AssumeCommand { incident, person, organization, area, waiver }.into())
}

fn engine(name: String) -> resource::Register {
    let profile = resource::Profile {
        name,
        definition: kind(),
        level: Some(3),
        grouping: resource::Grouping::SingleResource,
        members: Vec::new(),
        leader: None,
        home: None,
        crew: None,
        capabilities: BTreeMap::new(),
        rates: Vec::new(),
    };
    resource::Register { owner: None, profile, held: None, exercise: false }
}

fn content(purpose: String) -> Content {
    Content {
        need: Need { definition: kind(), level: Some(3), quantity: 2 },
        substitutes: false,
        special_support: None,
        deliver_to: Location::default(),
        wanted_by: None,
        priority: Priority::Urgent,
        contact: purpose.clone(),
        purpose,
        funding_code: None,
    }
}

fn kind() -> DefinitionRef {
    DefinitionRef { id: "fire-engine".to_owned(), version: 1 }
}

/// An incident and a message that are hidden: where the messages are that are seen, but for Bob's,
/// who decides himself what shows of what the rules make of his messages by his incidents.
fn unseen_records(by: &str, number: u64, how: u8, story: &Story) -> (Open, Receive) {
    let mut opens = open("unseen", if how & 2 == 0 { "flood" } else { "wildland-fire" });
    let mut hands_in = message(&format!("{number}"), alert::Scope::Private, story.now);
    if by == "BOB" {
        opens.location.point = Some(Position { lon: 10.0, lat: 50.0 });
        let alert = Arc::make_mut(&mut hands_in.alert);
        alert.infos[0].areas[0].polygons[0].rings[0].iter_mut().for_each(|at| at.lat -= 60.0);
    }
    (opens, hands_in)
}

/// What the viewer gets to read: the picture, its counts, every record, and why.
pub(crate) fn read(view: &View, seen: &Made) -> String {
    let mut text = String::new();
    let cop = view.cop(&CopFilter::default());
    writeln!(text, "{:?}", cop.counts).unwrap();
    for filter in filters() {
        let part = view.cop(&filter);
        let records: Vec<_> = part.records.iter().map(CopRecord::reference).collect();
        // What is chosen by where it lies is what each record is judged to be on.
        let all = cop.records.iter().map(CopRecord::reference);
        let judged: Vec<_> = all.filter(|record| view.on_cop(*record, &filter).is_some()).collect();
        assert_eq!(records, judged, "{filter:?}");
        writeln!(text, "{:?} {records:?}", part.counts).unwrap();
    }
    let on_cop = cop.records.iter().map(CopRecord::reference);
    let incidents = view.incidents().map(|incident| RecordRef::Incident(incident.id()));
    let signals = view.signals().map(|signal| RecordRef::Signal(signal.id()));
    let persons = view.persons().map(|person| RecordRef::Person(person.id()));
    let agreements = view.agreements().map(|agreement| RecordRef::Agreement(agreement.id()));
    let broken = view.break_glasses().map(|broken| RecordRef::BreakGlass(broken.id()));
    let resources = view.resources().map(|resource| RecordRef::Resource(resource.id()));
    let requests = view.resource_requests().map(|r| RecordRef::ResourceRequest(r.id()));
    let structures = view.structures().map(|structure| RecordRef::Structure(structure.id()));
    let aid = resources.chain(requests).chain(structures);
    for concern in view.attention() {
        writeln!(text, "{:?} {:?}", concern.place(), concern.sentence()).unwrap();
    }
    let listed = on_cop.chain(incidents).chain(signals).chain(persons).chain(agreements);
    let listed = listed.chain(aid);
    for record in listed.chain(broken).chain(seen.all.iter().copied()) {
        writeln!(text, "{record:?} {:?}", fields(view, record)).unwrap();
        if view.sees(record) {
            writeln!(text, "{:?}", view.explain(record)).unwrap();
        }
    }
    uncounted(&text)
}

/// Parts of the picture that somebody may ask for, to find out what is withheld.
pub(crate) fn filters() -> Vec<CopFilter> {
    let all = CopFilter::default;
    let mill_river = BoundingBox { west: -71.053, south: 42.36, east: -71.05, north: 42.362 };
    vec![
        CopFilter { bounding_box: Some(mill_river), ..all() },
        CopFilter { statuses: Some(vec![Status::Contained]), ..all() },
        CopFilter { severities: Some(vec![alert::Severity::Severe]), ..all() },
        CopFilter { kinds: Some(hazard::Kind::from_code("flood").into_iter().collect()), ..all() },
    ]
}

/// What the viewer is told who tries things on a record.
fn tried(story: &Story, record: RecordRef) -> String {
    let commands: Vec<Command> = match record {
        RecordRef::Incident(incident) => vec![
            Write { incident, text: "x".into(), log_of: None, corrects: None, tlp: None }.into(),
            Amend { incident, name: Some("x".into()), kind: None }.into(),
            ChangeStatus { incident, to: Status::Closed, reason: None }.into(),
            SetParent { incident, parent: Some(incident) }.into(),
            Open { parent: Some(incident), ..open("x", "flood") }.into(),
            Mark { record, tlp: Tlp::Red, reason: "x".into() }.into(),
        ],
        RecordRef::Signal(signal) => {
            let opens = Open { signal: Some(signal), ..open("x", "flood") };
            vec![opens.into(), Mark { record, tlp: Tlp::Red, reason: "x".into() }.into()]
        }
        RecordRef::Note(_) => vec![Mark { record, tlp: Tlp::Red, reason: "x".into() }.into()],
        RecordRef::Period(period) => {
            vec![period::Start { period }.into(), period::DraftPlan { period, oral: true }.into()]
        }
        RecordRef::Person(person) => {
            let organization = story.id("ANN");
            vec![person::Join { person, organization, title: "x".into() }.into()]
        }
        _ => Vec::new(),
    };
    let ann = chief("ANN");
    let sharing = crate::sharing::Sharing::default();
    let mut said = String::new();
    for command in commands {
        let told = sharing.authorise(&ann, &command, &story.world, story.now).err();
        // What is permitted is refused by the command itself, if the record is not there.
        let told = told.map_or_else(|| refusal_of(story, &ann, &command), |r| r.to_string());
        writeln!(said, "{told}").unwrap();
    }
    said
}

fn refusal_of(story: &Story, who: &Principal, command: &Command) -> String {
    use crate::domain::{Context, Decide as _, Ids};
    let (by, ids) = (who.attribution(&story.world), Ids::from_seed(uuid::Uuid::nil()));
    let decided = command.decide(&story.world, &Context { now: story.now, ids, by: &by });
    decided.map_or_else(|refusal| uncounted(&refusal.to_string()), |_| "carried out".into())
}

/// A refusal without the counters of incident numbers, which count hidden incidents of the same
/// organization too.
pub(crate) fn uncounted(refusal: &str) -> String {
    let words = refusal.split(' ').map(|word| match word.find("-2026-") {
        Some(year) => &word[..year],
        None => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What the viewer reads after each step, with and without what is hidden, and of hidden ids.
pub(crate) fn run(
    agreed: u8,
    steps: &[Step],
    with_hidden: bool,
    eyes: &mut impl Looks,
) -> (Vec<String>, Story, Made) {
    let mut story = begin(agreed);
    let (mut seen, mut hidden) = (Made::default(), Made::default());
    let mut read_so_far = Vec::new();
    let ann = chief("ANN");
    let follow = |story: &mut Story, eyes: &mut dyn Looks| {
        let touched = std::mem::take(&mut story.touched);
        eyes.follows(&story.view(&ann), &touched);
    };
    for (number, (step, unseen_steps)) in steps.iter().enumerate() {
        let number = number as u64;
        for (n, bytes) in unseen_steps.iter().enumerate().filter(|_| with_hidden) {
            let id = HIDDEN + 100 * number + n as u64;
            unseen(*bytes, id, &mut story, &seen, &mut hidden);
            follow(&mut story, eyes);
        }
        story.now += SignedDuration::from_mins(7);
        follow(&mut story, eyes);
        let mut said = String::new();
        let before = story.world.clone();
        if let Some((by, command)) = seen_command(*step, &seen, &story) {
            match story.ask(&chief(by), number, command) {
                Ok(record) if seen.all.contains(&record) => {}
                Ok(record) => seen.keep(record, by),
                Err(refusal) => said = uncounted(&refusal.to_string()),
            }
            seen.keep_opened(&before, &story.world);
        }
        follow(&mut story, eyes);
        // Only what Ann asks herself is answered to her.
        read_so_far.push(eyes.reads(&story.view(&ann), &seen) + &said);
    }
    (read_so_far, story, hidden)
}

/// The first line in which two runs differ, after which step.
pub(crate) fn difference<'a>(
    without: &'a [String],
    with: &'a [String],
) -> Option<(usize, &'a str, &'a str)> {
    let lines = |(step, (a, b)): (usize, (&'a String, &'a String))| {
        let ends = std::iter::once("(nothing more)");
        let (a, b) = (a.lines().chain(ends.clone()), b.lines().chain(ends));
        a.zip(b).map(move |(a, b)| (step, a, b)).find(|(_, a, b)| a != b)
    };
    without.iter().zip(with).enumerate().find_map(lines)
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let unseen = proptest::collection::vec(any::<[u8; 4]>(), 0..4);
    proptest::collection::vec((any::<[u8; 4]>(), unseen), 1..10)
}

/// One who asks after each step and does not follow.
struct Asks;

impl Looks for Asks {
    fn follows(&mut self, _: &View, _: &[RecordRef]) {}

    fn reads(&mut self, view: &View, seen: &Made) -> String {
        read(view, seen)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_hidden_changes_nothing_that_is_seen(agreed in 0u8..128, steps in steps()) {
        let (without, bare, _) = run(agreed, &steps, false, &mut Asks);
        let (with, full, hidden) = run(agreed, &steps, true, &mut Asks);
        prop_assert_eq!(difference(&without, &with), None);
        for record in hidden.all {
            prop_assert!(!full.view(&chief("ANN")).sees(record), "{:?} is seen", record);
            prop_assert_eq!(tried(&bare, record), tried(&full, record));
        }
    }
}
