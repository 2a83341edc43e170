mod accounting;
mod departure;
mod groups;
mod staying;

use std::collections::BTreeMap;

use muster_contract::Position;

use super::fit::{Offered, fit_type};
use super::standing::Cause;
use super::{
    AdjustSupply, AdoptDefinitions, Advance, Assign, Cancel, Capability, ChangeStatus, CheckIn,
    CheckInDetails, Commit, DefinitionRef, Grouping, Profile, Register, Release, ReportPosition,
    Retire, SignBox, SignDemobilization, Stage, StartDemobilization, Status, Tactical, definition,
};
use crate::domain::command::Command;
use crate::domain::incident::{self, Merge, Open};
use crate::domain::organization::{
    Kind, Profile as OrganizationProfile, Register as NewOrganization,
};
use crate::domain::place::Location;
use crate::domain::testing::{Story, assert_lawful, given, id, incident};

/// The numbers of the commands in [`harbor`], which are the numbers of what they make.
const FIRE: u64 = 6;
const MILL_STREET: u64 = 7;
const RIVER: u64 = 8;
const DRILL: u64 = 9;
const ENGINE_7: u64 = 10;
const ENGINE_8: u64 = 11;
const BAGS: u64 = 12;
const DRILL_ENGINE: u64 = 13;
/// What the first command after [`harbor`] makes.
const TEAM: u64 = 14;

fn profile(name: &str, kind: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        definition: DefinitionRef { id: kind.to_owned(), version: 1 },
        level: None,
        grouping: Grouping::SingleResource,
        members: Vec::new(),
        leader: None,
        home: None,
        crew: None,
        capabilities: BTreeMap::new(),
        rates: Vec::new(),
    }
}

fn register(name: &str, kind: &str, held: Option<u32>, exercise: bool) -> Command {
    let (owner, profile) = (Some(id(FIRE)), profile(name, kind));
    Register { owner, profile, held, exercise }.into()
}

/// Harbor Fire with two engines, 500 sandbags and an engine for exercises; two incidents, a drill.
fn harbor() -> Story {
    let mut commands: Vec<Command> = definition::BUILT_IN
        .iter()
        .map(|source| AdoptDefinitions { source: (*source).to_owned() }.into())
        .collect();
    let (code, name, kind) = ("HFD".to_owned(), "Harbor Fire".to_owned(), Kind::Fire);
    let (jurisdiction, parents) = (None, Vec::new());
    let of = OrganizationProfile { code, name, kind, jurisdiction, parents };
    let opened = |name| Open { lead: Some(id(FIRE)), ..incident(name) };
    commands.extend([
        NewOrganization { profile: of }.into(),
        opened("Mill Street").into(),
        opened("Mill River").into(),
        Open { exercise: true, ..opened("Drill") }.into(),
        register("Engine 7", "fire-engine", None, false),
        register("Engine 8", "fire-engine", None, false),
        register("Bags", "sandbags", Some(500), false),
        register("Drill engine", "fire-engine", None, true),
    ]);
    given(commands)
}

fn commit(resource: u64, incident: u64, quantity: u32) -> Commit {
    Commit { resource: id(resource), incident: id(incident), quantity }
}

fn check_in(resource: u64) -> CheckIn {
    let (resource, incident, place) = (id(resource), id(MILL_STREET), "Staging East".to_owned());
    let leader = Some("Captain Ito".to_owned());
    CheckIn {
        resource,
        incident,
        commitment: None,
        place,
        people: 4,
        leader,
        details: CheckInDetails::default(),
    }
}

fn assign(resource: u64, name: &str) -> Assign {
    let to = Tactical { post: None, name: name.to_owned() };
    let (resource, incident) = (id(resource), id(MILL_STREET));
    Assign { resource, incident, commitment: None, to, reason: None }
}

fn demobilize(ticked: &[SignBox]) -> StartDemobilization {
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    let (ticked, departure) = (ticked.to_vec(), None);
    StartDemobilization { resource, incident, commitment: None, ticked, departure }
}

fn sign(sign_off: SignBox) -> SignDemobilization {
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    SignDemobilization { resource, incident, commitment: None, sign_off }
}

fn release() -> Release {
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    Release { resource, incident, commitment: None, returned: None }
}

fn cancel() -> Cancel {
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    Cancel { resource, incident, commitment: None, reason: "not needed".to_owned() }
}

fn out_of_service(resource: u64, cause: Cause) -> ChangeStatus {
    ChangeStatus {
        resource: id(resource),
        to: Status::OutOfService(cause),
        reason: Some("flat tyre".to_owned()),
        place: None,
        expected_return: None,
    }
}

fn close() -> incident::ChangeStatus {
    let (incident, to) = (id(MILL_STREET), incident::Status::Closed);
    incident::ChangeStatus { incident, to, reason: Some("cold".to_owned()) }
}

fn says(story: &Story, commands: impl IntoIterator<Item = Command>) -> String {
    let mut said = String::new();
    for command in commands {
        story.clone().when(command).refused(|r| said += &format!("{}: {r}\n", r.code()));
    }
    said
}

fn stage(story: &Story) -> Stage {
    story.world.resource(id(ENGINE_7)).unwrap().commitments.last().unwrap().stage
}

/// A story in which Engine 7 stands at a stage.
fn at(stage: Stage) -> Story {
    let mut story = harbor();
    story.must(commit(ENGINE_7, MILL_STREET, 1));
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    let advance = |to| Advance { resource, incident, commitment: None, to, expected: None };
    match stage {
        Stage::Committed => {}
        Stage::Mobilizing | Stage::EnRoute => drop(story.must(advance(stage))),
        Stage::Cancelled => drop(story.must(cancel())),
        Stage::CheckedIn => drop(story.must(check_in(ENGINE_7))),
        Stage::Demobilizing | Stage::Released => {
            story.must(check_in(ENGINE_7));
            story.must(demobilize(&[]));
            if stage == Stage::Released {
                story.must(release());
            }
        }
    }
    assert_eq!(self::stage(&story), stage);
    story
}

/// The life of a commitment (NIMS resource management, mobilize to demobilize).
#[test]
fn every_step_of_a_commitment_is_allowed_or_refused_as_the_table_says() {
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    let advance = |to| Advance { resource, incident, commitment: None, to, expected: None };
    let mut table = String::new();
    for from in Stage::ALL {
        let story = at(from);
        table += &format!("{from}:");
        let steps: [(Stage, Command); 6] = [
            (Stage::Mobilizing, advance(Stage::Mobilizing).into()),
            (Stage::EnRoute, advance(Stage::EnRoute).into()),
            (Stage::CheckedIn, check_in(ENGINE_7).into()),
            (Stage::Demobilizing, demobilize(&[]).into()),
            (Stage::Released, release().into()),
            (Stage::Cancelled, cancel().into()),
        ];
        for (to, command) in steps {
            let outcome = story.clone().when(command);
            table += match &outcome.result {
                Ok(decision) if decision.events.is_empty() => " same",
                Ok(_) => {
                    assert!(from.can_become(to) && stage(&outcome.story) == to);
                    " yes"
                }
                Err(_) => {
                    assert!(!from.can_become(to));
                    " no"
                }
            };
        }
        table += "\n";
    }
    insta::assert_snapshot!(table, @"
    committed: yes yes yes no no yes
    mobilizing: same yes yes no no yes
    en route: no same yes no no yes
    checked in: no no same yes no no
    demobilizing: no no no no yes no
    released: no no no no no no
    cancelled: no no no no no no
    ");
}

/// NIMS: one live commitment per resource instance; check 18: exercise and reality stay apart.
#[test]
fn a_single_resource_is_committed_once_and_never_to_the_other_world() {
    let mut story = harbor();
    story.must(commit(ENGINE_7, MILL_STREET, 1));
    story.must(out_of_service(ENGINE_8, Cause::Mechanical));
    let retire = Retire { resource: id(ENGINE_7), reason: "sold".to_owned() };
    let said = says(
        &story,
        [
            commit(ENGINE_7, MILL_STREET, 1).into(),
            commit(ENGINE_7, RIVER, 1).into(),
            commit(ENGINE_8, RIVER, 1).into(),
            commit(DRILL_ENGINE, RIVER, 2).into(),
            commit(DRILL_ENGINE, DRILL, 2).into(),
            commit(BAGS, DRILL, 5).into(),
            commit(99, RIVER, 1).into(),
            commit(BAGS, 99, 1).into(),
            retire.into(),
            close().into(),
            Merge { incident: id(MILL_STREET), into: id(RIVER), reason: "one".to_owned() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    RESOURCE_NOT_FREE: Engine 7 is committed already; choose another, or wait for its release
    RESOURCE_NOT_FREE: Engine 7 is committed already; choose another, or wait for its release
    RESOURCE_OUT_OF_SERVICE: Engine 8 is out of service (mechanical); choose another, or set it to available first
    RESOURCE_EXERCISE_MIXED: Drill engine is for exercises and the incident is real; what belongs to an exercise and what is real stay apart
    NUMBER_OUT_OF_RANGE: `quantity` is 2 and must be from 1 to 1
    RESOURCE_EXERCISE_MIXED: Bags is real and the incident is an exercise; what belongs to an exercise and what is real stay apart
    RESOURCE_UNKNOWN: there is no resource 01968f00-0063-7000-8000-000000630000; check the id
    INCIDENT_UNKNOWN: there is no incident 01968f00-0063-7000-8000-000000630000; check the id
    RESOURCE_IN_USE: Engine 7 is committed to an incident; release it there or cancel that first
    RESOURCES_COMMITTED: incident HFD-2026-00001 still has resources: Engine 7; release or cancel them first
    RESOURCES_COMMITTED: incident HFD-2026-00001 still has resources: Engine 7; release or cancel them first
    ");
    story.must(commit(DRILL_ENGINE, DRILL, 1));
    assert!(story.world.assists(id(MILL_STREET), id(FIRE)));
    story.must(cancel());
    assert!(!story.world.assists(id(MILL_STREET), id(FIRE)));
    story.must(close());
    assert_lawful(&story);
}

/// NIMS: the sum of what is committed never exceeds what is held.
#[test]
fn of_a_supply_no_more_is_committed_than_is_held_and_what_is_used_up_is_gone() {
    let mut story = harbor();
    story.must(commit(BAGS, MILL_STREET, 300));
    story.must(commit(BAGS, RIVER, 150));
    let adjust = |held| AdjustSupply { resource: id(BAGS), held, reason: "counted".to_owned() };
    let said = says(
        &story,
        [
            commit(BAGS, RIVER, 51).into(),
            commit(BAGS, RIVER, 0).into(),
            adjust(449).into(),
            AdjustSupply { resource: id(ENGINE_7), held: 2, reason: "x".to_owned() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    SUPPLY_SHORT: of Bags 50 bags are free and 51 were asked for; ask for fewer
    NUMBER_OUT_OF_RANGE: `quantity` is 0 and must be from 1 to 500
    SUPPLY_BELOW_COMMITTED: of Bags 450 bags are committed, so at least these are held; release some first
    SUPPLY_UNFIT: Engine 7 is not counted; register each one by itself
    ");
    story.must(commit(BAGS, RIVER, 50));
    assert_eq!(story.world.resource(id(BAGS)).unwrap().free(), 0);
    let (resource, incident) = (id(BAGS), id(RIVER));
    let place = "Levee".to_owned();
    let arrive = |commitment| CheckIn {
        resource,
        incident,
        commitment,
        place: place.clone(),
        people: 0,
        leader: None,
        details: CheckInDetails::default(),
    };
    insta::assert_snapshot!(says(&story, [arrive(None).into()]), @"COMMITMENT_AMBIGUOUS: Bags is committed to incident HFD-2026-00002 2 times; say which by `commitment`");
    story.must(arrive(Some(2)));
    let ticked = Vec::new();
    story.must(StartDemobilization {
        resource,
        incident,
        commitment: Some(2),
        ticked,
        departure: None,
    });
    let back = |returned| Release { resource, incident, commitment: Some(2), returned };
    insta::assert_snapshot!(says(&story, [back(Some(151)).into()]), @"NUMBER_OUT_OF_RANGE: `returned` is 151 and must be from 0 to 150");
    story.must(back(Some(30)));
    let bags = story.world.resource(id(BAGS)).unwrap();
    assert_eq!((bags.supply.as_ref().unwrap().held, bags.free()), (380, 30));
    assert_lawful(&story);
}

/// Check 13 of section 14: check-in before assignment, check-out (ICS 221) before release.
#[test]
fn nobody_is_assigned_before_checking_in_or_released_before_every_box_is_signed() {
    let mut story = at(Stage::EnRoute);
    insta::assert_snapshot!(says(&story, [assign(ENGINE_7, "Division A").into()]), @"RESOURCE_NOT_CHECKED_IN: Engine 7 is en route; only what is checked in can be assigned");
    story.must(check_in(ENGINE_7));
    story.must(assign(ENGINE_7, "Division A"));
    story.must(assign(ENGINE_7, "Division B"));
    let mut story = story.when(assign(ENGINE_7, "Division B")).unchanged();
    let status = |story: &Story| story.world.resource(id(ENGINE_7)).unwrap().standing.status;
    assert_eq!(status(&story), Status::Assigned);
    story.must(out_of_service(ENGINE_7, Cause::Rest));
    insta::assert_snapshot!(says(&story, [assign(ENGINE_7, "Division C").into()]), @"RESOURCE_OUT_OF_SERVICE: Engine 7 is out of service (rest); choose another, or set it to available first");
    story.must(ChangeStatus {
        to: Status::Assigned,
        reason: None,
        ..out_of_service(ENGINE_7, Cause::Rest)
    });
    story.must(demobilize(&[SignBox::Time, SignBox::GroundSupport]));
    assert_eq!(status(&story), Status::Available, "nothing holds it on the line any more");
    story.must(sign(SignBox::Time));
    let said = says(
        &story,
        [
            sign(SignBox::Time).into(),
            sign(SignBox::Security).into(),
            release().into(),
            assign(ENGINE_7, "Division A").into(),
            out_of_service(99, Cause::Rest).into(),
            ChangeStatus { to: Status::Assigned, ..out_of_service(ENGINE_8, Cause::Rest) }.into(),
            ChangeStatus { reason: None, ..out_of_service(ENGINE_8, Cause::Rest) }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    SIGN_OFF_UNFIT: “time” is signed already on the check-out of Engine 7
    SIGN_OFF_UNFIT: “security” was not ticked on the check-out of Engine 7
    SIGNATURES_MISSING: Engine 7 cannot be released yet; still to be signed: ground support
    RESOURCE_DEMOBILIZING: Engine 7 is being demobilized; say by `reason` why it stays, or choose another
    RESOURCE_UNKNOWN: there is no resource 01968f00-0063-7000-8000-000000630000; check the id
    RESOURCE_NOT_ASSIGNED: Engine 8 is not assigned to anything; assign it to a division, group or staging area
    TEXT_EMPTY: `reason` is empty; write at least one word
    ");
    story.must(sign(SignBox::GroundSupport));
    story.must(release());
    let engine = story.world.resource(id(ENGINE_7)).unwrap();
    assert_eq!(engine.free(), 1);
    let worked: Vec<_> = engine.commitments[0].assignments.iter().map(|a| a.to.clone()).collect();
    assert_eq!(worked.len(), 3, "Division A, Division B, and off the line: {worked:?}");
    let lines: Vec<_> =
        story.world.timeline_of(id(MILL_STREET)).map(|item| item.what.clone()).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    opened as active
    Engine 7 is committed
    Engine 7 is en route
    Engine 7 checked in at Staging East with 4 people
    Engine 7 is assigned to Division A
    Engine 7 is assigned to Division B
    Engine 7 is out of service (rest): flat tyre
    Engine 7 is assigned
    Engine 7 is being demobilized
    Engine 7 is released
    ");
    assert_lawful(&story);
}

#[test]
fn a_profile_is_refused_with_what_to_do_about_it() {
    let story = harbor();
    let new = |profile: Profile, held| {
        Command::from(Register { owner: Some(id(FIRE)), profile, held, exercise: false })
    };
    let engine = || profile("Engine 9", "fire-engine");
    let with = |metric: &str, value| {
        let capabilities = BTreeMap::from([(metric.to_owned(), value)]);
        Profile { capabilities, ..engine() }
    };
    let known = AdoptDefinitions {
        source: definition::BUILT_IN[0].replace("types: { 1: 3785", "types: { 1: 3786"),
    };
    let said = says(
        &story,
        [
            new(profile(" ", "fire-engine"), None),
            new(profile("Engine 9", "fire-truck"), None),
            new(Profile { level: Some(5), ..engine() }, None),
            new(with("wings", Capability::Flag(true)), None),
            new(with("people", Capability::Flag(true)), None),
            new(with("people", Capability::Number(f64::NAN)), None),
            new(engine(), Some(3)),
            new(profile("Cots", "cots"), None),
            known.into(),
            AdoptDefinitions { source: "- { id: x }".to_owned() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `name` is empty; write at least one word
    RESOURCE_DEFINITION_UNKNOWN: no definition of `fire-truck` version 1 is known; choose one from the list of resource definitions
    RESOURCE_TYPE_UNKNOWN: Engine, fire has no Type 5; it has Type 1, Type 2, Type 3, Type 4
    CAPABILITY_UNUSABLE: `capabilities.wings` cannot be used: its definition has no such metric
    CAPABILITY_UNUSABLE: `capabilities.people` cannot be used: write a number from 0
    CAPABILITY_UNUSABLE: `capabilities.people` cannot be used: write a number from 0
    SUPPLY_UNFIT: Engine, fire is not counted; leave `held` out and register each one
    SUPPLY_UNFIT: Cots is counted; say in `held` how much there is
    RESOURCE_DEFINITION_KNOWN: `fire-engine` version 1 is known with another content; give the new content a higher version
    RESOURCE_DEFINITIONS_UNUSABLE: the resource definitions cannot be used: missing field `version` at line 1, column 5
    ");
}

/// RTLT: the minimum in every metric, Type 1 the most capable.
#[test]
fn a_resource_is_of_the_best_type_that_it_reaches_in_every_metric() {
    let story = harbor();
    let engine = story.world.newest_definition("fire-engine").unwrap();
    let value = |code: &str, n| (code.to_owned(), Capability::Number(n));
    let mut has = BTreeMap::from([
        value("pump-lpm", 4_000.0),
        value("tank-litres", 2_000.0),
        value("people", 3.0),
        value("hose-65mm-m", 400.0),
    ]);
    let fit = |has: &BTreeMap<_, _>, claimed, wanted| {
        let capabilities = Some(has);
        fit_type(engine, Offered { kind: "fire-engine", claimed, capabilities }, wanted)
    };
    let told = fit(&has, Some(1), Some(1));
    let lines: Vec<_> = told.metrics.iter().map(|metric| metric.sentence.clone()).collect();
    insta::assert_snapshot!(format!("{}\n{}", told.sentence, lines.join("\n")), @"
    it is Type 2 of “Engine, fire”, and Type 1 is wanted; short of it in: Crew
    Pump capacity: 4000 L/min where Type 1 needs at least 3785 L/min, enough
    Water tank: 2000 L where Type 1 needs at least 1500 L, enough
    Crew: 3 people where Type 1 needs at least 4 people, not enough
    Hose 65 mm: 400 m where Type 1 needs at least 365 m, enough
    ");
    assert!(!told.fits && told.level == Some(2));
    for (wanted, fits) in [(Some(1), false), (Some(2), true), (Some(3), true), (None, true)] {
        assert_eq!(fit(&has, None, wanted).fits, fits, "{wanted:?}");
        let offered = Offered { kind: "fire-engine", claimed: None, capabilities: Some(&has) };
        assert_eq!(super::fit::fits(engine, offered, wanted), fits, "{wanted:?}");
    }
    // What nobody recorded counts as the claimed type has it.
    has.clear();
    assert!(fit(&has, Some(2), Some(3)).fits && !fit(&has, Some(2), Some(1)).fits);
    assert!(!fit(&has, None, Some(3)).fits);
    let other = Offered { kind: "bulldozer", claimed: Some(1), capabilities: None };
    insta::assert_snapshot!(fit_type(engine, other, None).sentence, @"it is of the kind `bulldozer`, not `fire-engine`");
}

#[test]
fn positions_are_kept_once_a_minute_and_older_ones_tell_nothing() {
    let story = harbor();
    let position = Position { lon: -71.0, lat: 42.0 };
    let report = |asked, at| ReportPosition {
        resource: id(ENGINE_7),
        position,
        at,
        source: "AVL".to_owned(),
        asked,
    };
    let now = story.now;
    let mut story = story;
    story.must(report(false, None));
    let later = |seconds| Some(now + jiff::SignedDuration::from_secs(seconds));
    let story = story.when(report(false, later(59))).unchanged();
    let mut story = story.when(report(true, later(-1))).unchanged();
    story.must(report(true, later(59)));
    let off =
        ReportPosition { position: Position { lon: 42.0, lat: -171.0 }, ..report(true, None) };
    insta::assert_snapshot!(says(&story, [report(true, later(3_600)).into(), off.into()]), @"
    TIME_IN_FUTURE: `at` lies in the future; check the clock of whatever reported it
    POSITION_NOT_ON_GLOBE: `position` is not on the globe; are longitude and latitude swapped?
    ");
    assert_lawful(&story);
}

#[test]
fn the_nearest_are_found_by_where_they_are_shown_to_be() {
    let mut story = harbor();
    let home =
        |lon| Some(Location { point: Some(Position { lon, lat: 42.0 }), ..Location::default() });
    for (n, lon) in [(0, -71.4), (1, -71.1), (2, -71.2), (3, -71.3)] {
        let profile = Profile { home: home(lon), ..profile(&format!("E{n}"), "fire-engine") };
        story.must(Register { owner: Some(id(FIRE)), profile, held: None, exercise: false });
    }
    let from = Position { lon: -71.0, lat: 42.0 };
    let names = |slack, shown: &dyn Fn(&super::Resource) -> Option<Position>| {
        let found = story.world.nearest(("fire-engine", false), from, 2, slack, shown);
        let name = |id| story.world.resource(id).unwrap().profile.name.clone();
        found
            .into_iter()
            .map(|(id, metres)| format!("{} {metres:.0}", name(id)))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(0.0, &|r| r.whereabouts()), ["E1 8263", "E2 16527"]);
    // One of them is hidden, another is shown to be where it is not.
    let shown = |r: &super::Resource| match r.profile.name.as_str() {
        "E1" => None,
        "E0" => Some(Position { lon: -71.05, lat: 42.0 }),
        _ => r.whereabouts(),
    };
    assert_eq!(names(50_000.0, &shown), ["E0 4132", "E2 16527"]);
    assert_lawful(&story);
}
