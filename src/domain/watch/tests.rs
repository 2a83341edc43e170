//! Watchdogs, told as stories.

use super::{SetThresholds, Thresholds};
use crate::domain::incident::{AssessComplexity, ChangeStatus, SetParent, Status};
use crate::domain::journal::Write;
use crate::domain::organization::{Kind, Profile, Register};
use crate::domain::resource::{AdoptDefinitions, CheckIn, CheckInDetails, Commit, definition};
use crate::domain::structure::{
    AssignPost, AssumeCommand, Capacity, JoinCommand, OpenPost, ProposeJointly, SignJointly,
};
use crate::domain::testing::aid::engine;
use crate::domain::testing::{Story, assert_lawful, given, id, incident, nth};
use crate::domain::{Apply as _, Command, Id, RecordRef, person};

/// Harbor Fire (1), Dana (2) and Sam (3) of it, the fire that Harbor Fire opened (6), and Dana in
/// command of it (7).
fn commanded() -> Story {
    let profile = Profile {
        code: "HFD".to_owned(),
        name: "Harbor Fire".to_owned(),
        kind: Kind::Fire,
        jurisdiction: None,
        parents: Vec::new(),
    };
    let register = |name: &str| person::Register { name: name.to_owned() };
    let join = |person| person::Join { person, organization: id(1), title: "Captain".to_owned() };
    let mut story = given([Command::from(Register { profile })]);
    story.by.organization = Some(id(1));
    story.must(register("Dana Reyes"));
    story.must(register("Sam Okafor"));
    story.must(join(id(2)));
    story.must(join(id(3)));
    story.must(incident("Mill Street fire"));
    story.must(AssumeCommand {
        incident: id(6),
        person: id(2),
        organization: id(1),
        area: false,
        waiver: None,
    });
    story
}

/// Opens a post and puts somebody to it. Gives the story, in which the post is that of the first
/// of the two commands.
fn filled(mut story: Story, position: &str, name: &str, person: u64) -> Story {
    let events = story.must(OpenPost {
        structure: nth(7, 0),
        position: position.to_owned(),
        name: Some(name.to_owned()),
        reports_to: None,
    });
    let post = match &events[0].touches()[0] {
        RecordRef::Post(post) => *post,
        other => panic!("{other:?} is not a post"),
    };
    story.must(AssignPost {
        post,
        person: id(person),
        organization: id(1),
        capacity: Capacity::Primary,
        reason: None,
        waiver: None,
    });
    story
}

/// What stands out on the fire, a line each.
fn standing(story: &Story) -> String {
    assert_lawful(story);
    let items = story.world.watch(id(6)).map_or(&[][..], |watch| &watch.items);
    let line = |item: &std::sync::Arc<super::Item>| {
        format!("{:?} {} since {}: {}\n", item.level, item.code, item.since, item.sentence)
    };
    items.iter().map(line).collect()
}

fn assess(level: u8) -> AssessComplexity {
    AssessComplexity { incident: id(6), level, reason: "it grows".to_owned() }
}

fn note(text: &str) -> Write {
    Write { incident: id(6), text: text.to_owned(), log_of: None, corrects: None, tlp: None }
}

#[test]
fn a_type_3_incident_without_a_safety_officer_stands_out_until_there_is_one() {
    // NIMS check 6.
    let story = commanded().until_due(0);
    insta::assert_snapshot!(standing(&story), @"");
    let mut story = story.after(5);
    story.must(assess(3));
    let story = story.until_due(0);
    insta::assert_snapshot!(standing(&story), @"Alarm SAFETY_OFFICER_VACANT since 2026-05-01T12:05:00Z: nobody is Safety Officer, and the incident is of Type 3; assign one, or the commander answers for safety in person");
    let values = story.world.watch(id(6)).map(|watch| watch.items[0].values.clone());
    assert_eq!(values, Some([("level".to_owned(), "3".to_owned())].into()));
    let story = filled(story.after(10), "SOFR", "Safety Officer", 3).until_due(0);
    insta::assert_snapshot!(standing(&story), @"");
    let lines = story.world.timeline_of(id(6)).map(|line| format!("{}\n", line.what));
    insta::assert_snapshot!(lines.collect::<String>(), @r#"
    opened as active
    Dana Reyes (HFD) assumes command
    assessed as type 3: it grows
    nobody is Safety Officer, and the incident is of Type 3; assign one, or the commander answers for safety in person
    opened Safety Officer
    Sam Okafor (HFD) takes Safety Officer
    settled: nobody is Safety Officer, and the incident is of Type 3; assign one, or the commander answers for safety in person
    "#);
}

#[test]
fn what_was_recorded_before_there_were_values_is_read_and_written_as_it_was() {
    let text = r#"{"code":"PAR_INCOMPLETE","level":"alarm","record":{"record":"incident","id":"00000000-0000-0000-0000-000000000006"},"sentence":"2 resources","since":"2026-05-01T12:00:00Z"}"#;
    let item: super::Item = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&item).unwrap(), text);
}

#[test]
fn a_safety_officer_who_holds_another_post_stands_out() {
    let story = filled(commanded(), "SOFR", "Safety Officer", 3);
    let story = filled(story, "OSC", "Operations", 3).until_due(0);
    insta::assert_snapshot!(standing(&story), @"Alarm POSTS_INCOMPATIBLE since 2026-05-01T12:00:00Z: one person holds Safety Officer and Operations at once; a Safety Officer has no other post");
}

#[test]
fn a_span_of_control_stands_out_at_the_organizations_own_threshold() {
    // NIMS, manageable span of control.
    let mut story = commanded();
    let thresholds = Thresholds { span_notice: 2, span_warning: 3, ..Thresholds::default() };
    story.must(SetThresholds { organization: id(1), thresholds });
    let story = filled(story, "PIO", "Information", 3);
    let story = filled(story, "LOFR", "Liaison", 3).until_due(0);
    insta::assert_snapshot!(standing(&story), @"Notice SPAN_OF_CONTROL since 2026-05-01T12:00:00Z: 2 report to Incident Commander; about five is best: open a branch, division or group between");
    let story = filled(story, "PSC", "Planning", 3).until_due(0);
    insta::assert_snapshot!(standing(&story), @"Warning SPAN_OF_CONTROL since 2026-05-01T12:00:00Z: 3 report to Incident Commander; about five is best: open a branch, division or group between");
    let story = filled(story, "FSC", "Finance", 2).until_due(0);
    // It is told when it begins and when it presses more, not at each that is added.
    let lines = story.world.timeline_of(id(6)).filter(|line| line.code == "SPAN_OF_CONTROL");
    insta::assert_snapshot!(lines.map(|line| format!("{}\n", line.what)).collect::<String>(), @r#"
    2 report to Incident Commander; about five is best: open a branch, division or group between
    3 report to Incident Commander; about five is best: open a branch, division or group between
    "#);
}

#[test]
fn a_commander_of_whom_nothing_is_heard_stands_out_until_somebody_writes() {
    let story = commanded().until_due(119);
    insta::assert_snapshot!(standing(&story), @"");
    let mut story = story.until_due(1);
    insta::assert_snapshot!(standing(&story), @"Warning COMMANDER_SILENT since 2026-05-01T14:00:00Z: no word from the commander for HFD for 120 minutes; call them, and write down what they say");
    story.must(note("Dana: roof is open, two lines inside"));
    let story = story.until_due(0);
    insta::assert_snapshot!(standing(&story), @"");
}

#[test]
fn a_post_that_one_person_holds_for_too_long_stands_out() {
    let mut story = commanded().until_due(15 * 60);
    story.must(note("Dana: all quiet"));
    let story = story.until_due(59);
    insta::assert_snapshot!(standing(&story), @"");
    let story = story.until_due(1);
    insta::assert_snapshot!(standing(&story), @"Warning ON_DUTY_TOO_LONG since 2026-05-02T04:00:00Z: Incident Commander is held by the same person for 16 hours; relieve them");
}

#[test]
fn all_that_one_look_finds_is_told() {
    let mut story = filled(commanded(), "PSC", "Planning", 3).until_due(15 * 60);
    story.must(note("Dana: all quiet"));
    let story = story.until_due(60);
    let lines = story.world.timeline_of(id(6)).filter(|line| line.code == "ON_DUTY_TOO_LONG");
    let told = lines.map(|line| format!("{} {:?}\n", line.what, line.values)).collect::<String>();
    insta::assert_snapshot!(told, @r#"
    Incident Commander is held by the same person for 16 hours; relieve them [("hours", "16"), ("post", "Incident Commander")]
    Planning is held by the same person for 16 hours; relieve them [("hours", "16"), ("post", "Planning")]
    "#);
}

#[test]
fn a_person_on_two_incidents_stands_out_on_both_until_one_is_over() {
    // NIMS check 13.
    let mut story = filled(commanded(), "PSC", "Planning", 3).until_due(0);
    story.must(incident("Pier 4"));
    let pier = story.world.incidents().next_back().map(|incident| incident.id).unwrap();
    story.must(AssumeCommand {
        incident: pier,
        person: id(3),
        organization: id(1),
        area: false,
        waiver: Some("nobody else is near".to_owned()),
    });
    let mut story = story.until_due(0);
    insta::assert_snapshot!(standing(&story), @"Notice PERSON_ON_TWO_INCIDENTS since 2026-05-01T12:00:00Z: whoever holds Planning holds a post on another incident too; relieve them of one");
    let items = |story: &Story, of: Id<_>| story.world.watch(of).map_or(0, |w| w.items.len());
    assert_eq!(items(&story, pier), 1);
    story.must(ChangeStatus {
        incident: pier,
        to: Status::Closed,
        reason: Some("nothing found".to_owned()),
    });
    let story = story.until_due(0);
    assert_eq!(items(&story, pier), 0);
    insta::assert_snapshot!(standing(&story), @"");
}

#[test]
fn thresholds_that_make_no_sense_are_refused() {
    let story = commanded();
    let set = |thresholds| SetThresholds { organization: id(1), thresholds };
    let thresholds = Thresholds { span_warning: 3, ..Thresholds::default() };
    story.clone().when(set(thresholds)).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"`spanWarning` is 3 and must be from 6 to 100");
    });
    story.when(set(Thresholds::default())).unchanged();
}

#[test]
fn a_joint_decision_that_a_commander_does_not_sign_stands_out_until_they_do() {
    // NIMS check 16.
    let mut story = commanded();
    let profile = Profile {
        code: "CFD".to_owned(),
        name: "County Fire".to_owned(),
        kind: Kind::Fire,
        jurisdiction: None,
        parents: Vec::new(),
    };
    let county = story.must(Register { profile });
    let RecordRef::Organization(county) = county[0].touches()[0] else { panic!("none") };
    let structure = nth(7, 0);
    let joins = person::Join { person: id(3), organization: county, title: "Chief".to_owned() };
    story.must(joins);
    story.joined_by(JoinCommand {
        structure,
        person: id(3),
        organization: county,
        reason: "both sides of the river".to_owned(),
        waiver: None,
    });
    story.must(ProposeJointly { structure, what: "evacuate the east bank".to_owned() });
    let story = story.until_due(14);
    insta::assert_snapshot!(standing(&story), @"");
    let mut story = story.until_due(1);
    insta::assert_snapshot!(standing(&story), @"Warning JOINT_DECISION_UNSIGNED since 2026-05-01T12:15:00Z: a joint decision waits for signatures for more than 15 minutes; all commanders sign it");
    let decision = story.world.structure(structure).unwrap().decisions[0].id;
    story.by.organization = Some(county);
    story.must(SignJointly { structure, decision });
    let story = story.until_due(0);
    insta::assert_snapshot!(standing(&story), @"");
}

#[test]
fn what_nobody_sees_is_left_out_of_a_text() {
    let mut story = commanded();
    story.must(note("\u{feff}Dana:\u{200b} roof\u{202e} is\u{1b} open\r\nall out"));
    let written = story.world.notes().next_back().unwrap();
    assert_eq!(written.text, "Dana: roof is open\nall out");
    story.when(note("\u{0}\u{200b}")).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"`text` is empty; write at least one word");
    });
}

#[test]
fn resources_without_a_commander_stand_out_until_somebody_assumes_command() {
    // NIMS check 1.
    let mut story = commanded();
    story.must(AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() });
    story.must(engine(1, 3));
    let resource = story.world.resources().next_back().unwrap().id;
    story.must(incident("Pier 4"));
    let pier = story.world.incidents().next_back().map(|incident| incident.id).unwrap();
    story.must(Commit { resource, incident: pier, quantity: 1 });
    let (place, commitment, leader) = ("Pier".to_owned(), None, None);
    let arrived = CheckIn {
        resource,
        incident: pier,
        commitment,
        place,
        people: 4,
        leader,
        details: CheckInDetails::default(),
    };
    story.must(arrived);
    let alarms = |story: &Story| {
        let items = story.world.watch(pier).map_or(&[][..], |watch| &watch.items);
        items.iter().map(|item| format!("{:?} {}\n", item.level, item.sentence)).collect::<String>()
    };
    let story = story.until_due(1);
    insta::assert_snapshot!(alarms(&story), @"");
    let story = story.until_due(1);
    insta::assert_snapshot!(alarms(&story), @"Alarm nobody is in command while resources (1) are at work; whoever is there assumes command");
    // Command of the complex that it becomes part of is command of it.
    let mut complex = story.clone();
    complex.must(SetParent { incident: pier, parent: Some(id(6)) });
    let complex = complex.until_due(0);
    insta::assert_snapshot!(alarms(&complex), @"");
    let mut story = story;
    story.must(AssumeCommand {
        incident: pier,
        person: id(3),
        organization: id(1),
        area: false,
        waiver: None,
    });
    let story = story.until_due(0);
    insta::assert_snapshot!(alarms(&story), @"");
    assert_lawful(&story);
}
