//! What one may not see does not change what one sees.
//!
//! Two runs of the same commands, one of them with further commands in between whose records the
//! viewer may not see, look the same to the viewer, to the last field and refusal.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use muster_contract::alert;
use proptest::prelude::*;

use super::fields::fields;
use super::story::{Story, chief, message, open};
use crate::domain::agreement::{Group, Incidents, PlacePrecision, Term, TimePrecision};
use crate::domain::break_glass::Break;
use crate::domain::incident::{Amend, ChangeStatus, Locate, Merge, Open, SetParent, Status};
use crate::domain::journal::Write;
use crate::domain::marking::{Mark, Tlp};
use crate::domain::period;
use crate::domain::person;
use crate::domain::signal::{Attach, Detach};
use crate::domain::{Command, Id, Principal, RecordRef, hazard};
use crate::sharing::{CopFilter, View};

/// Where the ids of hidden commands begin.
const HIDDEN: u64 = 100_000;

/// One step of both runs, and what happens unseen before it in one of them.
type Step = ([u8; 4], Vec<[u8; 4]>);

/// The records that commands of one kind made, in both runs the same.
#[derive(Default)]
struct Made {
    incidents: Vec<(Id<crate::domain::incident::Incident>, &'static str)>,
    signals: Vec<(Id<crate::domain::signal::Signal>, &'static str)>,
    periods: Vec<(Id<period::Period>, &'static str)>,
    all: Vec<RecordRef>,
}

impl Made {
    fn keep(&mut self, record: RecordRef, by: &'static str) {
        match record {
            RecordRef::Incident(id) => self.incidents.push((id, by)),
            RecordRef::Signal(id) => self.signals.push((id, by)),
            RecordRef::Period(id) => self.periods.push((id, by)),
            _ => {}
        }
        self.all.push(record);
    }

    fn incident(&self, n: u8) -> Option<(Id<crate::domain::incident::Incident>, &'static str)> {
        let n = usize::from(n).checked_rem(self.incidents.len())?;
        self.incidents.get(n).copied()
    }

    fn period(&self, n: u8) -> Option<(Id<period::Period>, &'static str)> {
        self.periods.get(usize::from(n).checked_rem(self.periods.len())?).copied()
    }

    fn signal(&self, n: u8) -> Option<(Id<crate::domain::signal::Signal>, &'static str)> {
        self.signals.get(usize::from(n).checked_rem(self.signals.len())?).copied()
    }
}

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
    let scope = if how & 2 == 0 { alert::Scope::Public } else { alert::Scope::Private };
    let command = match what % 10 {
        0 | 1 => return Some((by, opens.into())),
        2 => return Some((by, message(&format!("seen-{other}"), scope, story.now).into())),
        3 => Write { incident: incident?, text: "seen".into(), corrects: None, tlp: None }.into(),
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

/// Commands whose records the viewer is not shown; what is hidden by a marking is hidden before
/// anybody looks.
fn unseen(
    [what, which, other, how]: [u8; 4],
    number: u64,
    story: &mut Story,
    seen: &Made,
    hidden: &mut Made,
) {
    let by = if how & 1 == 0 { "BOB" } else { "CY" };
    let (who, now) = (chief(by), story.now);
    let mark = |record| Mark { record, tlp: Tlp::AmberStrict, reason: "unseen".into() };
    let opens = open("unseen", if how & 2 == 0 { "flood" } else { "wildland-fire" });
    let theirs = seen.incident(which).filter(|(_, owner)| *owner == by).map(|(id, _)| id);
    let mine = hidden.incident(other);
    let incident = theirs.or(mine.map(|(id, _)| id));
    let owner = if theirs.is_some() { by } else { mine.map_or(by, |(_, owner)| owner) };
    let reason = "unseen".to_owned();
    let made = match what % 12 {
        0 => story.ask(&who, number, opens),
        1 => story.ask(&who, number, message(&format!("{number}"), alert::Scope::Private, now)),
        2 | 3 => {
            let Some(incident) = incident else { return };
            let tlp = Some(if how & 4 == 0 { Tlp::AmberStrict } else { Tlp::Red });
            let note = Write { incident, text: reason, corrects: None, tlp };
            story.ask(&chief(owner), number, note)
        }
        4 => {
            // A part or a duplicate that is hidden, of an incident that may be seen.
            let (Some(incident), Some((part, owner))) = (incident, mine) else { return };
            let parts = SetParent { incident: part, parent: Some(incident) };
            story.ask(&chief(owner), number, parts)
        }
        5 => {
            let (Some(into), Some((incident, owner))) = (incident, mine) else { return };
            story.ask(&chief(owner), number, Merge { incident, into, reason })
        }
        6 => {
            let signal = hidden.signal(other).or_else(|| seen.signal(other));
            let (Some(incident), Some((signal, _))) = (incident, signal) else { return };
            // A public signal that is put to an incident which is seen would be seen.
            if theirs.is_some() && seen.signals.iter().any(|(id, _)| *id == signal) {
                return;
            }
            story.ask(&chief(owner), number, Attach { signal, incident, reason })
        }
        // Persons carry no marking, and Bob shows his.
        7 => story.ask(&chief("CY"), number, person::Register { name: reason }),
        10 | 11 => {
            let period = hidden.period(other).filter(|_| what % 12 == 11);
            let plan = unseen_plan(period, incident.zip(Some(owner)), now);
            let Some((owner, command)) = plan else { return };
            story.ask(&chief(owner), number, command)
        }
        8 => {
            let owner = story.id("CY");
            story.ask(&chief("BOB"), number, Break { owner, reason, minutes: 60 })
        }
        _ => {
            let term = story.term("CY", "BOB");
            story.agree(None, vec![term]);
            return;
        }
    };
    let known = |record: &RecordRef| hidden.all.contains(record) || seen.all.contains(record);
    let Some(record) = made.ok().filter(|record| !known(record)) else { return };
    // What Bob makes would be shown to Ann if he did not mark it.
    if matches!(record, RecordRef::Incident(_) | RecordRef::Signal(_)) {
        story.must(&who, mark(record));
    }
    hidden.keep(record, if matches!(record, RecordRef::Period(_)) { owner } else { by });
}

/// Bob shows his incidents, and no plans for them: a period is planned, or written to.
fn unseen_plan(
    period: Option<(Id<period::Period>, &'static str)>,
    incident: Option<(Id<crate::domain::incident::Incident>, &'static str)>,
    now: Timestamp,
) -> Option<(&'static str, Command)> {
    if let Some((period, owner)) = period {
        let (priority, objective, deadline) = (period::Priority::LifeSafety, None, None);
        let (text, measure) = ("unseen".to_owned(), "unseen".to_owned());
        let set = period::SetObjective { period, objective, priority, text, measure, deadline };
        return Some((owner, set.into()));
    }
    let (incident, owner) = incident?;
    let end = now + SignedDuration::from_hours(12);
    Some((owner, period::Plan { incident, start: None, end }.into()))
}

/// What the viewer gets to read: the picture, its counts, every record, and why.
fn read(view: &View, seen: &Made) -> String {
    let mut text = String::new();
    let cop = view.cop(&CopFilter::default());
    writeln!(text, "{:?}", cop.counts).unwrap();
    let on_cop = cop.records.iter().map(crate::sharing::CopRecord::reference);
    let incidents = view.incidents().map(|incident| RecordRef::Incident(incident.id()));
    let signals = view.signals().map(|signal| RecordRef::Signal(signal.id()));
    let persons = view.persons().map(|person| RecordRef::Person(person.id()));
    let agreements = view.agreements().map(|agreement| RecordRef::Agreement(agreement.id()));
    let broken = view.break_glasses().map(|broken| RecordRef::BreakGlass(broken.id()));
    let listed = on_cop.chain(incidents).chain(signals).chain(persons).chain(agreements);
    for record in listed.chain(broken).chain(seen.all.iter().copied()) {
        writeln!(text, "{record:?} {:?}", fields(view, record)).unwrap();
        if view.sees(record) {
            writeln!(text, "{:?}", view.explain(record)).unwrap();
        }
    }
    text
}

/// What the viewer is told who tries things on a record.
fn tried(story: &Story, record: RecordRef) -> String {
    let commands: Vec<Command> = match record {
        RecordRef::Incident(incident) => vec![
            Write { incident, text: "x".into(), corrects: None, tlp: None }.into(),
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
fn uncounted(refusal: &str) -> String {
    let words = refusal.split(' ').map(|word| match word.find("-2026-") {
        Some(year) => &word[..year],
        None => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What the viewer reads after each step, with and without what is hidden, and of hidden ids.
fn run(agreed: u8, steps: &[Step], with_hidden: bool) -> (Vec<String>, Story, Made) {
    let mut story = begin(agreed);
    let (mut seen, mut hidden) = (Made::default(), Made::default());
    let mut read_so_far = Vec::new();
    for (number, (step, unseen_steps)) in steps.iter().enumerate() {
        let number = number as u64;
        for (n, bytes) in unseen_steps.iter().enumerate().filter(|_| with_hidden) {
            let id = HIDDEN + 100 * number + n as u64;
            unseen(*bytes, id, &mut story, &seen, &mut hidden);
        }
        story.now += SignedDuration::from_mins(7);
        let mut said = String::new();
        if let Some((by, command)) = seen_command(*step, &seen, &story) {
            match story.ask(&chief(by), number, command) {
                Ok(record) if seen.all.contains(&record) => {}
                Ok(record) => seen.keep(record, by),
                Err(refusal) => said = uncounted(&refusal.to_string()),
            }
        }
        // Only what Ann asks herself is answered to her.
        read_so_far.push(read(&story.view(&chief("ANN")), &seen) + &said);
    }
    (read_so_far, story, hidden)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let unseen = proptest::collection::vec(any::<[u8; 4]>(), 0..4);
    proptest::collection::vec((any::<[u8; 4]>(), unseen), 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_hidden_changes_nothing_that_is_seen(agreed in 0u8..32, steps in steps()) {
        let (without, bare, _) = run(agreed, &steps, false);
        let (with, full, hidden) = run(agreed, &steps, true);
        for (step, (without, with)) in without.iter().zip(&with).enumerate() {
            prop_assert_eq!(without, with, "after step {}", step);
        }
        for record in hidden.all {
            prop_assert!(!full.view(&chief("ANN")).sees(record), "{:?} is seen", record);
            prop_assert_eq!(tried(&bare, record), tried(&full, record));
        }
    }
}
