//! Operational periods, told as stories; each refusal once.

mod checks;
mod cycle;
mod ordered;
mod outlook;
mod over;
mod plan;
mod sections;

use jiff::{SignedDuration, Timestamp};

use super::assignments::Work;
use super::{Adjust, AssignWork, Place, Plan, Priority, SetObjective};
use crate::domain::organization::{Kind, Profile, Register};
use crate::domain::testing::{Story, given, id, incident};

/// Harbor Fire is 1, the police are 2; the Mill Street fire is 3, which Harbor Fire opened.
fn mill_street() -> Story {
    let register = |code: &str| {
        let (code, name) = (code.to_owned(), code.to_owned());
        Register {
            profile: Profile { code, name, kind: Kind::Fire, jurisdiction: None, parents: vec![] },
        }
    };
    let mut story = acting(given(["HFD", "PD"].map(register)), 1);
    story.must(incident("Mill Street"));
    story
}

/// The same with period 1 running from noon to midnight, which is 4, and one objective, 6.
fn first_period() -> Story {
    let mut story = mill_street();
    story.must(plan(&story, 12));
    let mut story = story.until_due(0);
    story.must(objective(4, Priority::LifeSafety, "Clear the east wing"));
    story
}

/// The story, gone on with by somebody of an organization.
fn acting(mut story: Story, organization: u64) -> Story {
    story.by.organization = Some(id(organization));
    story
}

/// So many hours after the story's now.
fn hours(story: &Story, hours: i64) -> Timestamp {
    story.now + SignedDuration::from_hours(hours)
}

fn plan(story: &Story, hours_long: i64) -> Plan {
    Plan { incident: id(3), start: None, end: hours(story, hours_long) }
}

fn adjust(n: u64, start: Option<Timestamp>, end: Option<Timestamp>) -> Adjust {
    Adjust { period: id(n), start, end }
}

fn objective(n: u64, priority: Priority, text: &str) -> SetObjective {
    SetObjective {
        period: id(n),
        objective: None,
        priority,
        text: text.to_owned(),
        measure: "nobody inside".to_owned(),
        deadline: None,
    }
}

fn work(n: u64, place: &str, channels: &[&str]) -> AssignWork {
    let work = Work {
        place: Place { post: None, name: place.to_owned() },
        supervisor: Some("Lee".to_owned()),
        resources: vec![],
        reporting: None,
        tasks: "Primary search".to_owned(),
        special_instructions: None,
        channels: channels.iter().map(|channel| (*channel).to_owned()).collect(),
    };
    AssignWork { period: id(n), assignment: None, over: None, work }
}
