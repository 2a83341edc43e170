//! Posts are opened, moved, filled and dissolved (NIMS, modular organization; unity of command).

use super::Town;
use crate::domain::incident::Open;
use crate::domain::person;
use crate::domain::resource::{Assign, CallPar, Tactical};
use crate::domain::structure::{
    Capacity, DefinePosition, DissolvePost, MovePost, OpenPost, PlacePart, Post, RelievePost,
};
use crate::domain::testing::{assert_lawful, id, incident, refusals};
use crate::domain::{Command, Id};

fn dissolve(post: Id<Post>) -> Command {
    DissolvePost { post, reason: None }.into()
}

fn under(town: &Town, post: Id<Post>) -> String {
    let world = &town.story.world;
    let above = world.post(post).unwrap().reports_to.unwrap();
    world.post(above).unwrap().name.clone()
}

#[test]
fn a_structure_grows_and_shrinks_with_one_supervisor_each() {
    // Section 4.1: branches are inserted when divisions exceed the span; check 3: a tree.
    let mut town = Town::commanded();
    let early = town.open("DIVS", Some("Division A"));
    assert_eq!(under(&town, early), "Incident Commander");
    let operations = town.open("OSC", None);
    assert_eq!(under(&town, operations), "Incident Commander");
    town.story.must(MovePost { post: early, reports_to: operations, reason: None });
    let branch = town.open("OPBD", Some("Branch I"));
    let later = town.open("DIVS", Some("Division B"));
    assert_eq!(under(&town, later), "Branch I");
    town.story.must(MovePost {
        post: early,
        reports_to: branch,
        reason: Some("span of control".to_owned()),
    });
    let team = town.opening("STL", Some("Strike Team 1"));
    town.story.must(OpenPost { reports_to: Some(early), ..team });

    let back = MovePost { post: early, reports_to: town.top(), reason: None };
    let upside_down = MovePost { post: branch, reports_to: early, reason: None };
    let said = refusals(
        &town.story,
        [
            back.into(),
            upside_down.into(),
            town.opening("OSC", None).into(),
            town.opening("DIVS", Some("Division A")).into(),
            town.opening("IC", None).into(),
            town.opening("ACDR", None).into(),
            town.opening("XYZ", None).into(),
            OpenPost { reports_to: Some(early), ..town.opening("PSC", None) }.into(),
            dissolve(early),
            dissolve(town.top()),
        ],
    );
    insta::assert_snapshot!(said, @"
    LINE_SKIPPED: Division Supervisor does not report to Incident Commander while “Operations Section Chief” is open; put it there
    SUPERVISOR_IMPOSSIBLE: Operations Branch Director cannot report to Division Supervisor; it reports to OSC
    POSITION_TAKEN: there is one Operations Section Chief already; a structure has only one
    POST_NAME_TAKEN: there is a post “Division A” already; give this one another name
    COMMAND_POST: the command post cannot be opened, moved or dissolved
    COMMAND_POST: the command post cannot be opened, moved or dissolved
    POSITION_UNKNOWN: there is no position `XYZ`; choose one from the list of positions
    SUPERVISOR_IMPOSSIBLE: Planning Section Chief cannot report to Division Supervisor; it reports to IC, EOCD
    POST_HAS_SUBORDINATES: “Strike Team 1” reports to “Division A”; move or dissolve that first
    COMMAND_POST: the command post cannot be opened, moved or dissolved
    ");

    let team = town.story.world.posts().next_back().unwrap().id;
    for post in [team, early, later, branch, operations] {
        town.story.must(dissolve(post));
    }
    insta::assert_snapshot!(town.told(), @"
    Dana Reyes (HFD) assumes command
    opened Division A
    opened Operations Section Chief
    Division A now reports to Operations Section Chief
    opened Branch I
    opened Division B
    Division A now reports to Branch I: span of control
    opened Strike Team 1
    dissolved Strike Team 1
    dissolved Division A
    dissolved Division B
    dissolved Branch I
    dissolved Operations Section Chief
    ");
    assert_lawful(&town.story);
}

#[test]
fn what_nobody_fills_belongs_to_the_next_above() {
    // Section 4.1, vacancy rule; check 4.
    let mut town = Town::commanded();
    let operations = town.open("OSC", None);
    let division = town.open("DIVS", Some("Division A"));
    let held_by = |town: &Town| {
        let world = &town.story.world;
        let held = world.held_by(world.post(division).unwrap()).unwrap();
        let holder = world.person(held.holders[0].person).unwrap();
        format!("{}: {}", held.post.name, holder.name)
    };
    assert_eq!(held_by(&town), "Incident Commander: Dana Reyes");
    town.story.must(town.assigning(operations, town.sam));
    assert_eq!(held_by(&town), "Operations Section Chief: Sam Ortiz");
    town.story.must(town.assigning(division, town.lee));
    assert_eq!(held_by(&town), "Division A: Lee Chan");
    let said = refusals(&town.story, [dissolve(division)]);
    insta::assert_snapshot!(said, @"POST_FILLED: “Division A” is filled; relieve those who hold it first");
    let assignment = town.story.world.post(operations).unwrap().assignments[0].id;
    town.story.must(RelievePost { post: operations, assignment, reason: Some("rest".to_owned()) });
    // Who leaves the organization that they came for leaves their posts.
    town.story.must(person::Leave { person: town.lee, organization: town.police });
    assert_eq!(held_by(&town), "Incident Commander: Dana Reyes");
    insta::assert_snapshot!(town.told(), @"
    Dana Reyes (HFD) assumes command
    opened Operations Section Chief
    opened Division A
    Sam Ortiz (HFD) takes Operations Section Chief
    Lee Chan (CPD) takes Division A
    Sam Ortiz (HFD) leaves Operations Section Chief: rest
    Lee Chan (CPD) leaves Division A: left the organization
    ");
    assert_lawful(&town.story);
}

#[test]
fn no_post_is_dissolved_under_the_resources_that_work_at_it() {
    // Section 4.1 and check 3: whoever works has one supervisor; check 8: each assigned resource
    // stands in one division or group.
    let mut town = Town::commanded();
    let (east, west) = (town.open("DIVS", Some("East")), town.open("DIVS", Some("West")));
    let (resource, incident) = (town.checked_in(), town.incident());
    let to = |post, name: &str| {
        let to = Tactical { post: Some(post), name: name.to_owned() };
        Assign { resource, incident, commitment: None, to, reason: None }
    };
    town.story.must(to(east, "Division ZZZ"));
    let works_at = |town: &Town| {
        let engine = town.story.world.resource(resource).unwrap();
        engine.live_commitments().next().unwrap().assigned_to.clone().unwrap().name
    };
    assert_eq!(works_at(&town), "East", "it is called as the post is");
    let of = Some(Tactical { post: Some(east), name: "Division ZZZ".to_owned() });
    town.story.must(CallPar { incident, of });
    let nobody = Some(Tactical { post: Some(id(99)), name: "East".to_owned() });
    let call = CallPar { incident, of: nobody };
    let said = refusals(&town.story, [dissolve(east), to(id(99), "East").into(), call.into()]);
    insta::assert_snapshot!(said, @"
    POST_HAS_RESOURCES: “East” has resources assigned (1); assign them to something else first
    POST_UNKNOWN: there is no open post 01968f00-0063-7000-8000-000000630000 in this structure; check the id
    POST_UNKNOWN: there is no open post 01968f00-0063-7000-8000-000000630000 in this structure; check the id
    ");
    town.story.must(to(west, "West"));
    town.story.must(dissolve(east));
    assert_eq!(works_at(&town), "West");
    assert!(town.told().contains("accountability report called for East"));
    assert_lawful(&town.story);
}

#[test]
fn each_title_is_backed_up_in_its_own_way() {
    // Section 4.1: chiefs have deputies, officers assistants, division supervisors nobody.
    let mut town = Town::commanded();
    let (section, officer) = (town.open("OSC", None), town.open("SOFR", None));
    let division = town.open("DIVS", Some("Division A"));
    let with = |post, capacity| {
        Command::from(crate::domain::structure::AssignPost {
            capacity,
            ..town.assigning(post, town.sam)
        })
    };
    let said = refusals(
        &town.story,
        [
            with(section, Capacity::Assistant),
            with(officer, Capacity::Deputy),
            with(division, Capacity::Deputy),
            with(town.top(), Capacity::Primary),
            with(town.top(), Capacity::Assistant),
        ],
    );
    insta::assert_snapshot!(said, @"
    CAPACITY_MISSING: Operations Section Chief has no assistant
    CAPACITY_MISSING: Safety Officer has no deputy
    CAPACITY_MISSING: Division Supervisor has no deputy
    COMMAND_WOULD_LAPSE: command never lapses: a commander is not relieved; transfer command, or leave Unified Command (`leaveCommand`) while another commander stays
    CAPACITY_MISSING: Incident Commander has no assistant
    ");
    let deputy = with(town.top(), Capacity::Deputy);
    town.story.must(deputy.clone());
    let said = refusals(&town.story, [deputy]);
    insta::assert_snapshot!(said, @"PERSON_HOLDS: Sam Ortiz holds this post already");
    assert_lawful(&town.story);
}

#[test]
fn an_organization_uses_its_own_positions_in_its_incidents() {
    // Section 4.2: positions are data.
    let mut town = Town::commanded();
    let define = DefinePosition {
        organization: town.fire,
        code: "HARB".to_owned(),
        title: "Harbor Master".to_owned(),
        reports_to: vec!["OSC".to_owned()],
        many: false,
    };
    let said = refusals(
        &town.story,
        [
            town.opening("HARB", None).into(),
            DefinePosition { code: "OSC".to_owned(), ..define.clone() }.into(),
            DefinePosition { reports_to: vec!["HARB".to_owned()], ..define.clone() }.into(),
            DefinePosition { reports_to: Vec::new(), ..define.clone() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    POSITION_UNKNOWN: there is no position `HARB`; choose one from the list of positions
    POSITION_CODE_UNUSABLE: `OSC` cannot be a position of your own; use capitals and digits that NIMS has not
    POSITION_UNKNOWN: there is no position `HARB`; choose one from the list of positions
    COUNT_OUT_OF_RANGE: `reportsTo` has 0 entries and takes 1 to 8
    ");
    town.story.must(define.clone());
    town.story = town.story.when(define).unchanged();
    let post = town.open("HARB", None);
    assert_eq!(under(&town, post), "Incident Commander");
    assert_lawful(&town.story);
}

#[test]
fn a_part_of_a_complex_stands_under_a_branch() {
    // Section 3: an incident complex is two or more incidents under one command.
    let mut town = Town::commanded();
    let (section, branch) = (town.open("OSC", None), town.open("OPBD", Some("Branch I")));
    let parent = Some(town.incident());
    town.story.must(Open { parent, ..incident("Mill River") });
    let part = town.story.world.parts_of(town.incident()).next().unwrap().id;
    let said = refusals(
        &town.story,
        [
            PlacePart { post: section, incident: part }.into(),
            PlacePart { post: branch, incident: town.incident() }.into(),
        ],
    );
    town.story.must(PlacePart { post: branch, incident: part });
    let said = said + &refusals(&town.story, [dissolve(branch)]);
    insta::assert_snapshot!(said, @"
    SUPERVISOR_IMPOSSIBLE: Mill River cannot report to Operations Section Chief; it reports to a branch director, or the command
    NOT_A_PART: incident HFD-2026-00001 is no part of this complex
    POST_HAS_PARTS: a part of the complex is under “Branch I”; put that elsewhere first
    ");
    town.story.must(PlacePart { post: town.top(), incident: part });
    town.story.must(dissolve(branch));
    assert_lawful(&town.story);
}
