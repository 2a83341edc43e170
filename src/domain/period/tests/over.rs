//! Two who write the same part of a plan at once.

use super::{first_period, work};
use crate::domain::period::{
    AssignWork, Digests, Safety, Section, Situation, WriteSection, digest_of,
};
use crate::domain::testing::{Story, id, refusals};

fn digests(story: &Story) -> Digests {
    Digests::of(story.world.period(id(4)).unwrap())
}

fn emphasis(text: &str, over: &str) -> WriteSection {
    let situation = Situation { emphasis: Some(text.to_owned()), ..Situation::default() };
    let section = Section::Situation(situation);
    WriteSection { period: id(4), over: Some(over.to_owned()), section }
}

#[test]
fn whoever_writes_a_part_takes_away_nothing_that_they_have_not_read() {
    let mut story = first_period();
    let read = digests(&story);
    story.must(emphasis("Evacuate Mill Road first", &read.situation));
    let said = refusals(&story, [emphasis("Mind the dam", &read.situation).into()]);
    insta::assert_snapshot!(said, @"PART_OVERTAKEN: the situation (ICS 202) was changed since you read it; read it again and put your changes to that");
    // What is there already needs no writing, whoever wrote it.
    let story = story.when(emphasis("Evacuate Mill Road first", &read.situation)).unchanged();
    // The other parts are as they were.
    let message = Some("Watch for wires".to_owned());
    let section = Section::Safety(Safety { message, hazards: Vec::new() });
    let mut story = story;
    story.must(WriteSection { period: id(4), over: Some(read.safety), section });
    let now = digests(&story);
    story.must(emphasis("Evacuate Mill Road first. Mind the dam", &now.situation));
}

#[test]
fn whoever_changes_an_assignment_takes_away_nothing_that_they_have_not_read() {
    let mut story = first_period();
    story.must(work(4, "Division A", &["TAC 1"]));
    let assignment = &story.world.period(id(4)).unwrap().assignments[0];
    let (assignment, read) = (assignment.id, digest_of(assignment));
    let change = |channels: &[&str]| {
        let over = Some(read.clone());
        AssignWork { assignment: Some(assignment), over, ..work(4, "Division A", channels) }
    };
    story.must(change(&["TAC 2"]));
    let said = refusals(&story, [change(&["TAC 3"]).into()]);
    insta::assert_snapshot!(said, @"PART_OVERTAKEN: the work assignment (ICS 204) was changed since you read it; read it again and put your changes to that");
}
