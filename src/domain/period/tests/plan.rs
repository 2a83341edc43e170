//! Assignments, sections, and the plan that is signed.

use super::{acting, adjust, first_period, hours, objective, plan, work};
use crate::domain::incident::{AssessComplexity, ChangeLead};
use crate::domain::period::assignments::Work;
use crate::domain::period::{
    ApprovePlan, AssignWork, Channel, CloseObjective, Communications, DraftPlan, DropWork, Outcome,
    Period, Priority, Section, Situation, WriteSection, digest_of,
};
use crate::domain::person;
use crate::domain::resource::{AdoptDefinitions, Cancel, Commit, definition};
use crate::domain::structure::{AssumeCommand, JoinCommand, LeaveCommand, OpenPost};
use crate::domain::testing::aid::engine;
use crate::domain::testing::{Story, assert_lawful, id, refusals};

fn period(story: &Story) -> &Period {
    story.world.period(id(4)).unwrap()
}

fn channels(names: &[&str]) -> WriteSection {
    let channel = |name: &&str| Channel {
        name: (*name).to_owned(),
        function: "tactical".to_owned(),
        receive: Some("155.340 156.7".to_owned()),
        ..Channel::default()
    };
    let channels = names.iter().map(channel).collect();
    let section = Section::Communications(Communications { channels, instructions: None });
    WriteSection { period: id(4), over: None, section }
}

fn emphasis(text: &str) -> WriteSection {
    let situation = Situation { emphasis: Some(text.to_owned()), ..Situation::default() };
    WriteSection { period: id(4), over: None, section: Section::Situation(situation) }
}

const DRAFT: fn() -> DraftPlan = || DraftPlan { period: id(4), oral: false };

fn approve(revision: u32) -> ApprovePlan {
    ApprovePlan { period: id(4), revision }
}

#[test]
fn there_is_one_assignment_for_each_place() {
    let mut story = first_period();
    story.must(work(4, " Division A ", &["TAC 1"]));
    let mut story = story
        .when(AssignWork { assignment: Some(id(7)), ..work(4, "Division A", &["TAC 1"]) })
        .unchanged();
    story.must(AssignWork { assignment: Some(id(7)), ..work(4, "Division A", &["TAC 2"]) });
    story.must(work(4, "Staging", &[]));
    let unknown = AssignWork { assignment: Some(id(99)), ..work(4, "Division C", &[]) };
    let idle = work(4, "Division C", &[]);
    let idle = AssignWork { work: Work { tasks: " ".to_owned(), ..idle.work.clone() }, ..idle };
    let said = refusals(
        &story,
        [
            work(4, "division a", &[]).into(),
            work(4, "Division C", &["TAC 1", "TAC 1"]).into(),
            unknown.into(),
            idle.into(),
            DropWork { period: id(4), assignment: id(99), over: None }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    PLACE_TAKEN: `division a` has a work assignment already; change that one
    NAMED_TWICE: `channels` names `TAC 1` twice; name it once
    WORK_UNKNOWN: there is no work assignment 01968f00-0063-7000-8000-000000630000 in this period; check the id
    TEXT_EMPTY: `tasks` is empty; write at least one word
    WORK_UNKNOWN: there is no work assignment 01968f00-0063-7000-8000-000000630000 in this period; check the id
    ");
    // What somebody changed since it was read is not taken out unread.
    let over = Some("0".repeat(64));
    let (period_id, assignment) = (id(4), id(7));
    let unread = DropWork { period: period_id, assignment, over };
    insta::assert_snapshot!(refusals(&story, [unread.into()]), @"PART_OVERTAKEN: the work assignment (ICS 204) was changed since you read it; read it again and put your changes to that");
    let read = digest_of(period(&story).assignments.iter().find(|a| a.id == assignment).unwrap());
    story.must(DropWork { period: period_id, assignment, over: Some(read) });
    assert_eq!(period(&story).assignments.len(), 1);
    assert_lawful(&story);
}

#[test]
fn a_resource_stands_on_exactly_one_assignment_check_8() {
    let with = |place, resources: &[u64]| {
        let plain = work(4, place, &[]);
        let resources = resources.iter().map(|n| id(*n)).collect();
        AssignWork { work: Work { resources, ..plain.work }, ..plain }
    };
    let mut story = first_period();
    story.must(AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() });
    for _ in 8..11 {
        story.must(engine(1, 3));
    }
    for resource in [id(8), id(9)] {
        story.must(Commit { resource, incident: id(3), quantity: 1 });
    }
    story.must(with("Division A", &[8, 9]));
    let said = refusals(
        &story,
        [
            with("Division B", &[8]).into(),
            with("Division B", &[8, 8]).into(),
            with("Division B", &[10]).into(),
            with("Division B", &[52]).into(),
        ],
    );
    insta::assert_snapshot!(said, @r#"
    RESOURCE_TAKEN: Engine of 1, Type 3 is on the work assignment of `Division A`; take it off there first
    NAMED_TWICE: `resources` names `01968f00-0008-7000-8000-000000080000` twice; name it once
    RESOURCE_NOT_HERE: `Engine of 1, Type 3` is not committed to this incident; commit it or request it first
    RESOURCE_UNKNOWN: there is no resource 01968f00-0034-7000-8000-000000340000; check the id
    "#);
    story.must(AssignWork { assignment: Some(id(13)), ..with("Division A", &[8]) });
    story.must(with("Division B", &[9]));
    let places = [8, 9].map(|n| &period(&story).assignment_of(id(n)).unwrap().work.place.name);
    assert_eq!(places, ["Division A", "Division B"]);
    // One that is no longer on its way stays until somebody takes it off, and hinders no change.
    let reason = "not needed".to_owned();
    story.must(Cancel { resource: id(8), incident: id(3), commitment: None, reason });
    let mut changed = AssignWork { assignment: Some(id(13)), ..with("Division A", &[8]) };
    changed.work.tasks = "Hold the line".to_owned();
    story.must(changed);
    assert_lawful(&story);
}

#[test]
fn a_plan_is_drafted_only_when_it_holds_together_check_10() {
    let mut story = first_period();
    story.must(work(4, "Division A", &["TAC 1"]));
    let mut said = refusals(&story, [DRAFT().into()]);
    story.must(channels(&["TAC 1", "COMMAND"]));
    said += &refusals(&story, [channels(&["TAC 1", "TAC 1"]).into()]);
    let level = |level| {
        let reason = "spreading".to_owned();
        AssessComplexity { incident: id(3), level, reason }
    };
    story.must(level(3));
    let oral = DraftPlan { oral: true, ..DRAFT() };
    said += &refusals(&story, [oral.clone().into()]);
    story.must(level(4));
    story.must(oral);
    assert!(period(&story).plan[0].oral);
    story.must(DRAFT());
    let mut story = story.when(DRAFT()).unchanged();
    let (outcome, reason) = (Outcome::Dropped, "nobody there".to_owned());
    story.must(plan(&story, 24));
    let next = story.world.draft_period(id(3)).unwrap().id;
    story.must(CloseObjective { period: id(4), objective: id(6), outcome, reason });
    said += &refusals(&story, [DraftPlan { period: next, oral: false }.into()]);
    insta::assert_snapshot!(said, @"
    CHANNEL_UNKNOWN: channel `TAC 1` of `Division A` is not in the communications plan; add it there or take it off the assignment (ICS 204, 205)
    NAMED_TWICE: `channels` names `TAC 1` twice; name it once
    ORAL_NOT_ENOUGH: a Type 3 incident needs a written plan; an oral one does for Type 5 and 4
    NO_OBJECTIVES: period 2 has no objective; set at least one before drafting its plan (ICS 202)
    ");
    assert_lawful(&story);
}

#[test]
fn a_change_after_approval_takes_another_revision_and_a_signature_for_it() {
    let mut story = first_period();
    story.must(emphasis("Nobody goes in alone"));
    story.must(DRAFT());
    story.must(approve(1));
    let in_force = |story: &Story| period(story).plan_in_force().map(|revision| revision.number);
    assert_eq!((in_force(&story), period(&story).plan_is_changed()), (Some(1), false));
    let mut story = story.when(approve(1)).unchanged();

    story.must(emphasis("Two in, two out"));
    assert_eq!((in_force(&story), period(&story).plan_is_changed()), (Some(1), true));
    let said = refusals(&story, [approve(1).into(), approve(2).into()]);
    story.must(DRAFT());
    assert_eq!(in_force(&story), Some(1), "until the next one is signed");
    let said = said + &refusals(&story, [approve(1).into(), approve(0).into()]);
    story.must(approve(2));
    assert_eq!((in_force(&story), period(&story).plan_is_changed()), (Some(2), false));

    // What was signed is kept as it was.
    let frozen = &period(&story).plan[0];
    assert_eq!(frozen.content.situation.emphasis.as_deref(), Some("Nobody goes in alone"));
    assert_eq!(frozen.content.digest(), frozen.digest);
    insta::assert_snapshot!(said, @"
    PLAN_CHANGED: the plan of period 1 was changed after revision 1 was drafted; draft revision 2 and sign that
    REVISION_UNKNOWN: the plan of period 1 has no revision 2; draft one, or check the number
    REVISION_OLD: revision 1 was replaced; sign revision 2
    REVISION_UNKNOWN: the plan of period 1 has no revision 0; draft one, or check the number
    ");
    assert_lawful(&story);
}

#[test]
fn what_happens_while_a_period_runs_is_no_change_of_its_plan() {
    let mut story = first_period();
    story.must(DRAFT());
    story.must(approve(1));
    let (outcome, reason) = (Outcome::Met, "all out".to_owned());
    story.must(CloseObjective { period: id(4), objective: id(6), outcome, reason });
    story.must(adjust(4, None, Some(hours(&story, 14))));
    assert!(!period(&story).plan_is_changed());
    story.must(objective(4, Priority::LifeSafety, "Find the janitor"));
    assert!(period(&story).plan_is_changed());
    assert_lawful(&story);
}

#[test]
fn who_holds_command_signs_and_nobody_else_check_16() {
    let mut story = first_period();
    story.must(DRAFT());
    let story = acting(story, 2);
    let said = refusals(&story, [approve(1).into()]);
    insta::assert_snapshot!(said, @"NOT_COMMANDER: only those who hold command sign the plan: HFD");
    let mut story = acting(story, 1);
    let lead = ChangeLead { incident: id(3), lead: id(2), reason: "theirs".to_owned() };
    story.must(lead);
    story.clone().when(approve(1)).refused(|r| assert_eq!(r.code(), "NOT_COMMANDER"));
    let mut story = acting(story, 2);
    story.must(approve(1));
    assert!(period(&story).plan_in_force().is_some());
    assert_lawful(&story);
}

/// Period 1 under the command of Harbor Fire, and that it asks the police to join.
fn commanded() -> (Story, JoinCommand) {
    let mut story = first_period();
    let mut commander = |name: &str, organization: u64| {
        story.must(person::Register { name: name.to_owned() });
        let person = story.world.persons().next_back().unwrap().id;
        let (organization, title) = (id(organization), "Chief".to_owned());
        story.must(person::Join { person, organization, title });
        person
    };
    let (dana, sam) = (commander("Dana", 1), commander("Sam", 2));
    story.must(AssumeCommand {
        incident: id(3),
        person: dana,
        organization: id(1),
        area: false,
        waiver: None,
    });
    let structure = story.world.structure_of(id(3)).unwrap().id;
    let reason = "arson".to_owned();
    let (organization, waiver) = (id(2), None);
    (story, JoinCommand { structure, person: sam, organization, reason, waiver })
}

/// Period 1 under the unified command of Harbor Fire and the police.
fn unified() -> Story {
    let (mut story, joins) = commanded();
    story.joined_by(joins);
    story
}

#[test]
fn who_comes_into_command_later_signs_the_next_revision() {
    let (mut story, joins) = commanded();
    story.must(DRAFT());
    story.must(approve(1));
    story.joined_by(joins);
    let mut story = acting(story, 2);
    let said = refusals(&story, [approve(1).into()]);
    insta::assert_snapshot!(said, @"PLAN_IN_FORCE: revision 1 of the plan of period 1 is in force without your signature; to sign the plan, have the next revision drafted");
    story.must(emphasis("Two in, two out"));
    story.must(DRAFT());
    story.must(approve(2));
    assert_eq!(period(&story).plan[1].approvals.missing(), [id(1)]);
    // Nobody waits for an agency that left.
    let structure = story.world.structures().next().unwrap().id;
    let mut story = acting(story, 1);
    story.must(LeaveCommand { structure, organization: id(1), reason: "done".to_owned() });
    assert_eq!(period(&story).plan_in_force().map(|revision| revision.number), Some(2));
    assert_lawful(&story);
}

#[test]
fn under_unified_command_every_commander_signs_check_16() {
    let mut story = unified();
    story.must(DRAFT());
    story.must(approve(1));
    let mut story = story.when(approve(1)).unchanged();
    assert_eq!(period(&story).plan_in_force(), None, "one of two is not enough");
    assert_eq!(period(&story).plan[0].approvals.missing(), [id(2)]);
    // A change in between takes a new revision, and the first signature does not count for it.
    story.must(emphasis("Two in, two out"));
    story.must(DRAFT());
    let mut story = acting(story, 2);
    story.must(approve(2));
    assert_eq!(period(&story).plan_in_force(), None);
    let mut story = acting(story, 1);
    story.must(approve(2));
    assert_eq!(period(&story).plan_in_force().unwrap().number, 2);
    let lines = story.world.timeline_of(id(3)).map(|item| item.what.clone());
    let lines: Vec<_> = lines.filter(|line| line.contains("plan of")).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    plan of period 1 drafted, revision 1
    plan of period 1 signed, revision 1
    plan of period 1 drafted, revision 2
    plan of period 1 signed, revision 2
    plan of period 1 approved, revision 2
    ");
    assert_lawful(&story);
}

#[test]
fn who_left_command_need_not_sign_any_more() {
    let mut story = unified();
    story.must(DRAFT());
    story.must(approve(1));
    let structure = story.world.structure_of(id(3)).unwrap().id;
    let reason = "no arson".to_owned();
    assert_eq!(period(&story).plan_in_force(), None);
    let mut story = acting(story, 2);
    story.must(LeaveCommand { structure, organization: id(2), reason });
    assert_eq!(period(&story).plan_in_force().unwrap().number, 1);
    assert_lawful(&story);
}

#[test]
fn an_assignment_is_for_an_open_post_of_the_same_incident() {
    let mut story = unified();
    let structure = story.world.structure_of(id(3)).unwrap().id;
    let open = |position: &str, name: Option<&str>| OpenPost {
        structure,
        position: position.to_owned(),
        name: name.map(ToOwned::to_owned),
        reports_to: None,
    };
    story.must(open("OSC", None));
    story.must(open("DIVS", Some("Division A")));
    let post = story.world.posts().next_back().unwrap().id;
    let at = |post, name| {
        let plain = work(4, name, &[]);
        let place = crate::domain::period::Place { post: Some(post), name: name.to_owned() };
        AssignWork { work: Work { place, ..plain.work }, ..plain }
    };
    story.must(at(post, "Division A"));
    let said = refusals(&story, [at(post, "East wing").into(), at(id(99), "Roof").into()]);
    insta::assert_snapshot!(said, @"
    PLACE_TAKEN: `East wing` has a work assignment already; change that one
    POST_UNKNOWN: there is no open post 01968f00-0063-7000-8000-000000630000 in this structure; check the id
    ");
    assert_lawful(&story);
}
