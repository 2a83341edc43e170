//! Command structures, told as stories; each names the clause of NIMS that it holds.

mod command;
mod posts;
mod qualifications;
mod transfers;

use crate::domain::ids::Id;
use crate::domain::incident::Open;
use crate::domain::organization::{self, Organization, Profile, Register};
use crate::domain::person::{self, Person};
use crate::domain::resource::{
    AdoptDefinitions, CheckIn, CheckInDetails, Commit, Resource, definition,
};
use crate::domain::structure::{AssignPost, AssumeCommand, Capacity, OpenPost, Post, Structure};
use crate::domain::testing::aid::engine;
use crate::domain::testing::{Story, given, id, incident, nth};

/// Harbor Fire and the county's police, with two people each, and a fire on Mill Street.
pub(super) struct Town {
    pub(super) story: Story,
    pub(super) fire: Id<Organization>,
    pub(super) police: Id<Organization>,
    pub(super) dana: Id<Person>,
    pub(super) sam: Id<Person>,
    pub(super) lee: Id<Person>,
}

pub(super) fn town() -> Town {
    let register = |code: &str| Register {
        profile: Profile {
            code: code.to_owned(),
            name: code.to_owned(),
            kind: organization::Kind::Fire,
            jurisdiction: None,
            parents: Vec::new(),
        },
    };
    let person = |name: &str| person::Register { name: name.to_owned() };
    let mut story = given([register("HFD"), register("CPD")]);
    for name in ["Dana Reyes", "Sam Ortiz", "Lee Chan"] {
        story.must(person(name));
    }
    let (fire, police) = (id(1), id(2));
    let (dana, sam, lee) = (id(3), id(4), id(5));
    for (person, organization) in [(dana, fire), (sam, fire), (lee, police)] {
        story.must(person::Join { person, organization, title: "captain".to_owned() });
    }
    story.by.organization = Some(fire);
    let lead = Some(fire);
    story.must(Open {
        lead,
        complexity: Some((3, "spreading".to_owned())),
        ..incident("Mill Street")
    });
    Town { story, fire, police, dana, sam, lee }
}

impl Town {
    /// The fire on Mill Street.
    pub(super) fn incident(&self) -> Id<crate::domain::incident::Incident> {
        id(9)
    }

    /// The town after Dana assumed command, as its tenth command.
    pub(super) fn commanded() -> Self {
        let mut town = town();
        let command = town.assume(town.dana, town.fire);
        town.story.must(command);
        town
    }

    pub(super) fn assume(
        &self,
        person: Id<Person>,
        organization: Id<Organization>,
    ) -> AssumeCommand {
        AssumeCommand { incident: self.incident(), person, organization, area: false, waiver: None }
    }

    pub(super) fn structure(&self) -> Id<Structure> {
        id(10)
    }

    pub(super) fn top(&self) -> Id<Post> {
        nth(10, 1)
    }

    pub(super) fn open(&mut self, position: &str, name: Option<&str>) -> Id<Post> {
        self.story.must(self.opening(position, name));
        self.story.world.posts().next_back().unwrap().id
    }

    pub(super) fn opening(&self, position: &str, name: Option<&str>) -> OpenPost {
        OpenPost {
            structure: self.structure(),
            position: position.to_owned(),
            name: name.map(str::to_owned),
            reports_to: None,
        }
    }

    pub(super) fn assigning(&self, post: Id<Post>, person: Id<Person>) -> AssignPost {
        let known = self.story.world.person(person).unwrap();
        AssignPost {
            post,
            person,
            organization: known.memberships.last().unwrap().organization,
            capacity: Capacity::Primary,
            reason: None,
            waiver: None,
        }
    }

    /// An engine of Harbor Fire that has checked in with four people.
    pub(super) fn checked_in(&mut self) -> Id<Resource> {
        self.story.must(AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() });
        self.story.must(engine(1, 3));
        let resource = self.story.world.resources().next_back().unwrap().id;
        let (incident, commitment) = (self.incident(), None);
        self.story.must(Commit { resource, incident, quantity: 1 });
        let (place, people, leader) = ("Staging East".to_owned(), 4, None);
        self.story.must(CheckIn {
            resource,
            incident,
            commitment,
            place,
            people,
            leader,
            details: CheckInDetails::default(),
        });
        resource
    }

    /// The names of those who command.
    pub(super) fn commanders(&self) -> Vec<&str> {
        let world = &self.story.world;
        let commanders = world.commanders(self.incident());
        commanders.iter().map(|c| world.person(c.person).unwrap().name.as_str()).collect()
    }

    /// The lines of the timeline since the incident was opened.
    pub(super) fn told(&self) -> String {
        let lines = self.story.world.timeline_of(self.incident()).skip(1);
        lines.map(|line| format!("{}\n", line.what)).collect()
    }
}
