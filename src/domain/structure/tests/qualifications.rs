//! Who is fit for a post (NQS; checks 5 and 13).

use jiff::SignedDuration;

use super::Town;
use crate::domain::Id;
use crate::domain::incident::Open;
use crate::domain::person::Person;
use crate::domain::qualification::{
    OnShortfall, RecordQualification, RevokeQualification, SetQualificationPolicy, Status,
};
use crate::domain::structure::{AssignPost, AssumeCommand, Capacity, Fitness, Post, RelievePost};
use crate::domain::testing::{assert_lawful, incident, refusals};

fn qualified(town: &Town, person: Id<Person>, level: u8) -> RecordQualification {
    RecordQualification {
        person,
        position: "OSC".to_owned(),
        level: Some(level),
        status: Status::Certified,
        issued: town.story.now,
        expires: Some(town.story.now + SignedDuration::from_hours(48)),
    }
}

/// What the last assignment of a post says of whoever got it.
fn fitness(town: &Town, post: Id<Post>) -> String {
    let world = &town.story.world;
    match &world.post(post).unwrap().assignments.last().unwrap().fitness {
        Fitness::Fit => "fit".to_owned(),
        Fitness::Trainee { coach } => format!("trainee of {}", world.person(*coach).unwrap().name),
        Fitness::Short { reasons } => {
            reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
    }
}

fn relieve(town: &mut Town, post: Id<Post>) {
    let held = town.story.world.post(post).unwrap().held().last().unwrap().id;
    town.story.must(RelievePost { post, assignment: held, reason: None });
}

#[test]
fn the_type_of_the_incident_says_what_the_general_staff_needs() {
    // Sections 5 and 9: command and general staff types follow incident complexity.
    let mut town = Town::commanded();
    let post = town.open("OSC", None);
    let mut told = Vec::new();
    let mut assign = |town: &mut Town| {
        town.story.must(town.assigning(post, town.sam));
        told.push(fitness(town, post));
        relieve(town, post);
    };
    assign(&mut town);
    town.story
        .must(RecordQualification { status: Status::Trainee, ..qualified(&town, town.sam, 3) });
    assign(&mut town);
    town.story.must(qualified(&town, town.sam, 4));
    assign(&mut town);
    town.story.must(qualified(&town, town.sam, 3));
    assign(&mut town);
    town.story = town.story.after(60 * 48);
    assign(&mut town);
    let known: Vec<_> = town.story.world.qualifications_of(town.sam).map(|q| q.id).collect();
    for qualification in known {
        town.story.must(RevokeQualification { qualification, reason: "lapsed".to_owned() });
    }
    assign(&mut town);
    insta::assert_snapshot!(told.join("\n"), @"
    no qualification as OSC is recorded
    a trainee as OSC, who cannot hold it alone
    qualified as OSC type 4, and type 3 is needed
    fit
    the qualification as OSC has expired
    the qualification as OSC was revoked
    ");
    assert_lawful(&town.story);
}

#[test]
fn a_trainee_has_a_coach_and_a_deputy_is_as_qualified_as_whom_they_back_up() {
    // Section 9; check 5.
    let mut town = Town::commanded();
    let post = town.open("OSC", None);
    let capacity =
        |town: &Town, person, capacity| AssignPost { capacity, ..town.assigning(post, person) };
    let mut told = Vec::new();
    town.story.must(capacity(&town, town.sam, Capacity::Trainee));
    told.push(fitness(&town, post));
    relieve(&mut town, post);
    town.story.must(qualified(&town, town.lee, 2));
    town.story.must(qualified(&town, town.sam, 3));
    town.story.must(capacity(&town, town.lee, Capacity::Primary));
    town.story.must(capacity(&town, town.dana, Capacity::Trainee));
    told.push(fitness(&town, post));
    town.story.must(capacity(&town, town.sam, Capacity::Deputy));
    told.push(fitness(&town, post));
    relieve(&mut town, post);
    town.story.must(qualified(&town, town.sam, 1));
    town.story.must(capacity(&town, town.sam, Capacity::Deputy));
    told.push(fitness(&town, post));
    insta::assert_snapshot!(told.join("\n"), @"
    no qualified OSC holds the post to coach a trainee
    trainee of Lee Chan
    qualified as OSC type 3, and whom they back up is type 2
    fit
    ");
    assert_lawful(&town.story);
}

#[test]
fn the_authority_decides_whether_a_shortfall_needs_a_waiver() {
    // Section 9: the authority having jurisdiction owns the decision.
    let mut town = Town::commanded();
    let post = town.open("OSC", None);
    let (organization, on_shortfall) = (town.fire, OnShortfall::Block);
    town.story.must(SetQualificationPolicy { organization, on_shortfall });
    let assign = town.assigning(post, town.sam);
    let said = refusals(&town.story, [assign.clone().into()]);
    let waiver = Some("nobody else for an hour".to_owned());
    town.story.must(AssignPost { waiver, ..assign });
    let assignment = &town.story.world.post(post).unwrap().assignments[0];
    let waiver = assignment.waiver.as_ref().unwrap();
    assert_eq!((waiver.by.as_str(), waiver.elsewhere), ("dana", false));
    insta::assert_snapshot!(said, @"WAIVER_NEEDED: Sam Ortiz falls short: no qualification as OSC is recorded; choose somebody else, or give a reason to waive it");
    assert_lawful(&town.story);
}

#[test]
fn who_holds_a_post_elsewhere_needs_a_waiver() {
    // Check 13: a person in two incidents needs a waiver.
    let mut town = Town::commanded();
    town.story.must(Open { lead: Some(town.fire), ..incident("Mill River") });
    let flood = town.story.world.incidents().next_back().unwrap().id;
    let assume = AssumeCommand { incident: flood, ..town.assume(town.dana, town.fire) };
    let said = refusals(&town.story, [assume.clone().into()]);
    insta::assert_snapshot!(said, @"HOLDS_ELSEWHERE: Dana Reyes holds a post on another incident (HFD-2026-00001); relieve them there, or give a reason to waive it");
    let waiver = Some("nobody else for an hour".to_owned());
    town.story.must(AssumeCommand { waiver, ..assume });
    let structure = town.story.world.structure_of(flood).unwrap();
    let assignment = &town.story.world.post(structure.command).unwrap().assignments[0];
    assert!(assignment.waiver.as_ref().unwrap().elsewhere);
    assert_lawful(&town.story);
}
