//! Who and what a scenario has from the beginning: persons with their qualifications, and resources
//! that are for exercises alone. The players register them as the first thing that they do.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ask::Ask;
use super::file::{Offset, Scenario, Step};
use crate::domain::qualification;
use crate::domain::resource::{Capability, Grouping};

/// Somebody who can hold a post.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Person {
    /// The name by which the timeline refers to them.
    pub id: String,
    /// Their full name.
    pub name: String,
    /// The code of their organization.
    pub of: String,
    /// What they are there.
    pub title: String,
    /// What they are qualified for.
    #[serde(default)]
    pub qualified: Vec<Qualified>,
}

/// What somebody is qualified for.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Qualified {
    /// The code of the position.
    pub position: String,
    /// The most complex type of incident, 5 to 1, where the position has one.
    #[serde(default, rename = "type")]
    pub level: Option<u8>,
    /// How far they are.
    #[serde(default = "Qualified::usual")]
    pub status: qualification::Status,
    /// Since when.
    pub since: Timestamp,
}

/// Something that can be committed to an incident.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Resource {
    /// The name by which the timeline refers to it.
    pub id: String,
    /// What people call it on the radio.
    pub name: String,
    /// The code of the organization that has it.
    pub of: String,
    /// The id of the definition of its kind, such as `fire-engine`.
    pub kind: String,
    /// The NIMS type that its owner claims for it.
    #[serde(default, rename = "type")]
    pub level: Option<u8>,
    /// How it is put together.
    #[serde(default)]
    pub grouping: Grouping,
    /// The ids of the resources that it is made of, for a strike team or task force.
    #[serde(default)]
    pub members: Vec<String>,
    /// How many people come with it.
    #[serde(default)]
    pub people: Option<u32>,
    /// Who leads them.
    #[serde(default)]
    pub leader: Option<String>,
    /// How much there is, of what is counted.
    #[serde(default)]
    pub held: Option<u32>,
    /// Where it is at home, in words and as a position.
    pub home: Home,
    /// What it has, by the code of the metric.
    #[serde(default)]
    pub has: BTreeMap<String, Capability>,
}

/// Where a resource is at home.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// In words.
    pub name: String,
    /// Longitude and latitude.
    pub point: muster_contract::Position,
}

/// A step with the line of the file that it stands in.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The line, from 1.
    pub line: u64,
    /// What is done.
    pub step: Step,
}

impl Scenario {
    /// Everything that is done, in order: first who and what there is, then the timeline.
    #[must_use]
    pub fn cues(&self) -> Vec<Cue> {
        let persons = self.persons.iter().flat_map(|spanned| {
            let line = spanned.referenced.line();
            spanned.value.steps().into_iter().map(move |step| Cue { line, step })
        });
        let resources = self.resources.iter().map(|spanned| {
            let line = spanned.referenced.line();
            Cue { line, step: spanned.value.step() }
        });
        let timeline = self.timeline.iter().map(|spanned| {
            let line = spanned.referenced.line();
            Cue { line, step: spanned.value.clone() }
        });
        persons.chain(resources).chain(timeline).collect()
    }
}

impl Person {
    fn steps(&self) -> Vec<Step> {
        let (person, organization) = (format!("${}", self.id), format!("${}", self.of));
        let register = Step {
            id: Some(self.id.clone()),
            ..first(&self.of, "register-person", json!({ "name": self.name }))
        };
        let join = json!({ "person": person, "organization": organization, "title": self.title });
        let qualified = self.qualified.iter().map(|qualified| {
            let with = json!({
                "person": person,
                "position": qualified.position,
                "level": qualified.level,
                "status": qualified.status,
                "issued": qualified.since,
            });
            first(&self.of, "record-qualification", with)
        });
        [register, first(&self.of, "join-organization", join)]
            .into_iter()
            .chain(qualified)
            .collect()
    }
}

impl Qualified {
    const fn usual() -> qualification::Status {
        qualification::Status::Certified
    }
}

impl Resource {
    fn step(&self) -> Step {
        let crew = self.people.map(|people| json!({ "people": people, "leader": self.leader }));
        let members = self.members.iter().map(|id| format!("${id}"));
        let with = json!({
            "held": self.held,
            "exercise": true,
            "profile": {
                "name": self.name,
                "definition": { "id": self.kind, "version": 1 },
                "type": self.level,
                "grouping": self.grouping,
                "members": members.collect::<Vec<_>>(),
                "home": { "name": self.home.name, "point": self.home.point },
                "crew": crew,
                "capabilities": self.has,
            },
        });
        Step { id: Some(self.id.clone()), ..first(&self.of, "register-resource", with) }
    }
}

fn first(by: &str, name: &str, with: Value) -> Step {
    let ask = Some(Ask::new(name, with));
    Step { at: Offset(SignedDuration::ZERO), id: None, by: by.to_owned(), action: None, ask }
}
