//! Three organizations that help each other: what their stories about mutual aid begin with.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{START, Story, given, id, incident};
use crate::domain::incident::Open;
use crate::domain::mutual_aid::{Cost, Make, Wish};
use crate::domain::organization::{self, Kind};
use crate::domain::place::Location;
use crate::domain::resource::{
    AdoptDefinitions, DefinitionRef, Grouping, Need, Profile, Register, definition,
};
use crate::domain::resource_request::{Content, Draft, Priority, Send, Submit};

/// Harbor Fire, County Fire and Lakeside Fire, which are 1, 2 and 3.
pub(in crate::domain) const HFD: u64 = 1;
pub(in crate::domain) const CTY: u64 = 2;
pub(in crate::domain) const LAK: u64 = 3;
/// Harbor Fire's incident.
pub(in crate::domain) const FIRE: u64 = 4;
/// Harbor Fire's request, where there is one.
pub(in crate::domain) const REQUEST: u64 = 6;

/// The three, and the fire that Harbor Fire leads, by somebody of Harbor Fire.
pub(in crate::domain) fn neighbours() -> Story {
    neighbours_in(false)
}

/// The same in an exercise or not.
pub(in crate::domain) fn neighbours_in(exercise: bool) -> Story {
    let register = |code: &str| {
        let (code, name) = (code.to_owned(), code.to_owned());
        organization::Register {
            profile: organization::Profile {
                code,
                name,
                kind: Kind::Fire,
                jurisdiction: None,
                parents: vec![],
            },
        }
    };
    let story = given(["HFD", "CTY", "LAK"].map(register));
    let mut story = acting(story, HFD);
    story.must(Open { exercise, ..incident("Mill Street") });
    story.must(AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() });
    story
}

/// The story with so many more Type 3 engines of an organization, each by one command.
pub(in crate::domain) fn with_engines(mut story: Story, owner: u64, count: u64) -> Story {
    for _ in 0..count {
        story.must(engine(owner, 3));
    }
    story
}

/// What registers an engine.
pub(in crate::domain) fn engine(owner: u64, level: u8) -> Register {
    Register {
        owner: Some(id(owner)),
        profile: Profile {
            name: format!("Engine of {owner}, Type {level}"),
            definition: engines(1).definition,
            level: Some(level),
            grouping: Grouping::SingleResource,
            members: Vec::new(),
            leader: None,
            home: None,
            crew: None,
            capabilities: BTreeMap::new(),
            rates: Vec::new(),
        },
        held: None,
        exercise: false,
    }
}

/// The story, gone on with by somebody of an organization.
pub(in crate::domain) fn acting(mut story: Story, organization: u64) -> Story {
    story.by.organization = Some(id(organization));
    story
}

/// Five engines, urgently.
pub(in crate::domain) fn content() -> Content {
    Content {
        need: engines(5),
        substitutes: false,
        special_support: None,
        deliver_to: Location {
            name: Some("Staging, Mill Street".to_owned()),
            ..Location::default()
        },
        wanted_by: None,
        priority: Priority::Urgent,
        purpose: "Protect the warehouses".to_owned(),
        funding_code: Some("H-42".to_owned()),
        contact: "Ordering Manager, ICP".to_owned(),
    }
}

/// Some Type 3 engines.
pub(in crate::domain) fn engines(quantity: u32) -> Need {
    let definition = DefinitionRef { id: "fire-engine".to_owned(), version: 1 };
    Need { definition, level: Some(3), quantity }
}

/// The draft of what Harbor Fire needs.
pub(in crate::domain) fn draft() -> Draft {
    Draft { incident: id(FIRE), content: content() }
}

/// The request of five engines, sent to County Fire and Lakeside Fire, by three more commands.
pub(in crate::domain) fn asked() -> Story {
    asked_of(neighbours(), &[CTY, LAK])
}

/// The same by a story of one's own, whose next command makes the request.
pub(in crate::domain) fn asked_of(mut story: Story, to: &[u64]) -> Story {
    let events = story.must(draft());
    let request = events.iter().find_map(|event| match event {
        crate::domain::Event::RequestDrafted(drafted) => Some(drafted.request),
        _ => None,
    });
    let request = request.unwrap();
    story.must(Submit { request });
    story.must(Send { request, to: to.iter().map(|n| id(*n)).collect() });
    story
}

/// So many minutes after the beginning.
pub(in crate::domain) fn at(minutes: i64) -> Timestamp {
    START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

/// What it costs, in cents.
pub(in crate::domain) fn cost() -> Cost {
    Cost { currency: "USD".to_owned(), personnel: 120_000, ..Cost::default() }
}

/// An offer of these resources to a request, good for an hour.
pub(in crate::domain) fn offer(request: u64, resources: &[u64]) -> Make {
    let wish = |n: &u64| Wish { resource: id(*n), quantity: 1 };
    Make {
        request: id(request),
        items: resources.iter().map(wish).collect(),
        conditions: Some("Meals and fuel".to_owned()),
        cost: cost(),
        available_from: at(0),
        available_until: at(2_880),
        expires: at(60),
    }
}
