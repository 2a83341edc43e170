//! Periods come and go; objectives and meetings in them.

use jiff::Timestamp;

use super::{acting, adjust, first_period, hours, mill_street, objective, plan};
use crate::domain::command::Command;
use crate::domain::incident::{ChangeStatus, Reopen, Status};
use crate::domain::limits::OBJECTIVES_MAX;
use crate::domain::period::{
    CloseObjective, HoldMeeting, MeetingKind, Outcome, Plan, Priority, RankObjectives,
    SetMeetingTemplate, SetObjective, Slot, Start, State,
};
use crate::domain::testing::{Story, assert_lawful, id, refusals};

fn times(story: &Story, n: u64) -> (State, Timestamp, Timestamp) {
    let period = story.world.period(id(n)).unwrap();
    (period.state, period.start, period.end)
}

fn close(n: u64, objective: u64) -> CloseObjective {
    let (outcome, reason) = (Outcome::Met, "all out".to_owned());
    CloseObjective { period: id(n), objective: id(objective), outcome, reason }
}

#[test]
fn periods_follow_each_other_without_a_gap_by_the_clock() {
    let mut story = mill_street();
    let noon = story.now;
    let midnight = hours(&story, 12);
    story.must(plan(&story, 12));
    assert_eq!(times(&story, 4), (State::Draft, noon, midnight));
    let mut story = story.until_due(0);
    assert_eq!(times(&story, 4), (State::Current, noon, midnight));
    let morning = hours(&story, 24);
    story.must(plan(&story, 24));
    assert_eq!(times(&story, 6), (State::Draft, midnight, morning));
    let story = story.until_due(12 * 60);
    assert_eq!(times(&story, 4), (State::Over, noon, midnight));
    assert_eq!(times(&story, 6), (State::Current, midnight, morning));
    let lines = story.world.timeline_of(id(3)).map(|item| item.what.clone());
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
    opened as active
    operational period 1 planned, from 2026-05-01 12:00 UTC to 2026-05-02 00:00 UTC
    operational period 1 began
    operational period 2 planned, from 2026-05-02 00:00 UTC to 2026-05-02 12:00 UTC
    period 1 ends at 2026-05-02 00:00 UTC, and the plan of period 2 is not approved; have it drafted and signed
    operational period 2 began
    "#);
    assert_lawful(&story);
}

#[test]
fn whoever_starts_or_moves_one_period_moves_its_neighbour() {
    let mut story = first_period();
    story.must(plan(&story, 24));
    let longer = hours(&story, 14);
    story.must(adjust(4, None, Some(longer)));
    assert_eq!(times(&story, 4).2, longer);
    assert_eq!(times(&story, 7).1, longer);
    let mut story = story.after(10 * 60);
    story.must(Start { period: id(7) });
    assert_eq!(times(&story, 4), (State::Over, times(&story, 4).1, story.now));
    assert_eq!(times(&story, 7), (State::Current, story.now, hours(&story, 14)));
    let story = story.when(Start { period: id(7) }).unchanged();
    assert_lawful(&story);
}

#[test]
fn a_period_goes_on_past_its_end_while_nobody_planned_the_next() {
    let story = first_period().until_due(15 * 60);
    // The watchdog has barked, which took a command.
    assert_eq!(times(&story, 4).0, State::Current);
    let mut story = story;
    // Planned late, it begins where the other should have ended, which is at once.
    story.must(plan(&story, 9));
    let story = story.until_due(0);
    assert_eq!(times(&story, 4).2, times(&story, 8).1);
    assert_eq!(times(&story, 8).0, State::Current);
    assert_lawful(&story);
}

#[test]
fn a_closed_incident_has_no_running_period_and_a_reopened_one_begins_anew() {
    let mut story = first_period();
    story.must(plan(&story, 24));
    let (to, reason) = (Status::Closed, Some("out".to_owned()));
    let mut story = story.after(60);
    story.must(ChangeStatus { incident: id(3), to, reason });
    assert_eq!(times(&story, 4), (State::Over, times(&story, 4).1, story.now));
    assert_eq!(times(&story, 7).0, State::CalledOff);
    let said = refusals(&story, [plan(&story, 12).into(), Start { period: id(7) }.into()]);
    insta::assert_snapshot!(said, @"
    INCIDENT_CLOSED: incident HFD-2026-00001 is closed; reopen it first, with a reason
    INCIDENT_CLOSED: incident HFD-2026-00001 is closed; reopen it first, with a reason
    ");
    let mut story = story.after(60);
    story.must(Reopen { incident: id(3), reason: "smoke again".to_owned() });
    story.must(plan(&story, 12));
    let period = story.world.periods_of(id(3)).next_back().unwrap();
    assert_eq!((period.number, period.start), (3, story.now));
    assert_eq!(period.objectives.len(), 1, "what was open goes on");
    assert_lawful(&story);
}

#[test]
fn a_period_is_refused_with_what_to_do_about_it() {
    let story = mill_street();
    let start = |start| Plan { start: Some(hours(&story, start)), ..plan(&story, start + 12) };
    let said = refusals(
        &story,
        [
            Plan { end: hours(&story, 0), ..plan(&story, 0) }.into(),
            plan(&story, 73).into(),
            start(-13).into(),
            start(24 * 31).into(),
            Plan { incident: id(9), ..plan(&story, 12) }.into(),
        ],
    );
    let mut story = first_period();
    let begin = |start| Plan { start: Some(hours(&story, start)), ..plan(&story, start + 12) };
    let said = said
        + &refusals(&story, [begin(11).into(), adjust(4, Some(hours(&story, 1)), None).into()]);
    story.must(plan(&story, 24));
    let mut story = story.after(30);
    let said = said
        + &refusals(
            &story,
            [
                plan(&story, 24).into(),
                adjust(7, Some(hours(&story, 1)), None).into(),
                adjust(4, None, Some(hours(&story, -1))).into(),
                adjust(4, None, Some(story.now)).into(),
                adjust(4, None, Some(hours(&story, 24))).into(),
                Start { period: id(7) }.into(),
                Start { period: id(9) }.into(),
            ],
        );
    story = story.until_due(12 * 60);
    let said = said + &refusals(&story, [objective(4, Priority::LifeSafety, "x").into()]);
    insta::assert_snapshot!(said, @"
    PERIOD_END_PAST: period 1 would end at 2026-05-01T12:00:00Z, which is past; choose a later end
    PERIOD_LENGTH: period 1 would last 4380 minutes; a period takes 1 to 72 hours
    PERIOD_END_PAST: period 1 would end at 2026-05-01T11:00:00Z, which is past; choose a later end
    PERIOD_TOO_FAR: a period is planned at most 30 days ahead; choose an earlier start
    INCIDENT_UNKNOWN: there is no incident 01968f00-0009-7000-8000-000000090000; check the id
    PERIOD_NOT_CONTIGUOUS: the next period begins when period 1 ends, at 2026-05-02T00:00:00Z; leave out `start`, or adjust the end of period 1
    PERIOD_HAS_STARTED: period 1 has started, so its start stays; adjust its end
    PERIOD_PLANNED: period 2 is planned already; adjust it, or start it before planning another
    PERIOD_NOT_CONTIGUOUS: the next period begins when period 1 ends, at 2026-05-02T00:00:00Z; leave out `start`, or adjust the end of period 1
    PERIOD_END_PAST: period 1 would end at 2026-05-01T11:30:00Z, which is past; choose a later end
    PERIOD_END_PAST: period 1 would end at 2026-05-01T12:30:00Z, which is past; choose a later end
    PERIOD_LENGTH: period 2 would last 0 minutes; a period takes 1 to 72 hours
    PERIOD_LENGTH: period 1 would last 30 minutes; a period takes 1 to 72 hours
    PERIOD_UNKNOWN: there is no operational period 01968f00-0009-7000-8000-000000090000; check the id
    PERIOD_OVER: period 1 is over and stays as it was; work on the current one or the next
    ");
}

#[test]
fn life_safety_comes_first_then_the_order_that_command_gives() {
    let mut story = first_period();
    story.must(objective(4, Priority::PropertyAndEnvironment, "Keep foam out of the river"));
    story.must(objective(4, Priority::IncidentStabilization, "Hold the fire at the wall"));
    story.must(objective(4, Priority::IncidentStabilization, "Cut the gas"));
    let order = [7, 9, 8, 6].map(id).to_vec();
    story.must(RankObjectives { period: id(4), order });
    let texts = |story: &Story| {
        let period = story.world.period(id(4)).unwrap();
        period.objectives.iter().map(|o| o.text.clone()).collect::<Vec<_>>().join("; ")
    };
    insta::assert_snapshot!(texts(&story), @"Clear the east wing; Cut the gas; Hold the fire at the wall; Keep foam out of the river");
    let order = [9, 8, 6].map(id).to_vec();
    let twice = [6, 7, 8, 9, 9].map(id).to_vec();
    let rank = |order| RankObjectives { period: id(4), order };
    let said = refusals(&story, [rank(order).into(), rank(twice).into()]);
    insta::assert_snapshot!(said, @"
    ORDER_INCOMPLETE: `order` must name each of the 4 open objectives once; “Keep foam out of the river” is missing
    ORDER_INCOMPLETE: `order` must name each of the 4 open objectives once; it names 5
    ");
    assert_lawful(&story);
}

#[test]
fn what_is_open_goes_over_into_the_next_period() {
    let mut story = first_period();
    story.must(objective(4, Priority::IncidentStabilization, "Cut the gas"));
    story.must(close(4, 7));
    story.must(plan(&story, 24));
    let texts = |story: &Story| {
        let period = story.world.period(id(9)).unwrap();
        let open = period.objectives.iter().filter(|o| o.closed.is_none());
        open.map(|o| o.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&story), ["Clear the east wing"]);
    // What is set and closed now is set and closed for the next period too.
    story.must(objective(4, Priority::LifeSafety, "Find the janitor"));
    assert_eq!(texts(&story), ["Clear the east wing", "Find the janitor"]);
    story.must(close(4, 6));
    assert_eq!(texts(&story), ["Find the janitor"]);
    let change = SetObjective { objective: Some(id(6)), ..objective(4, Priority::LifeSafety, "x") };
    let unknown = SetObjective { objective: Some(id(99)), ..change.clone() };
    let mut commands: Vec<Command> = vec![change.into(), unknown.into(), close(4, 7).into()];
    let vague = SetObjective { measure: " ".to_owned(), ..objective(4, Priority::LifeSafety, "x") };
    commands.push(vague.into());
    insta::assert_snapshot!(refusals(&story, commands), @"
    OBJECTIVE_CLOSED: this objective was met; set a new one
    OBJECTIVE_UNKNOWN: there is no objective 01968f00-0063-7000-8000-000000630000 in this period; check the id
    OBJECTIVE_CLOSED: this objective was met; set a new one
    TEXT_EMPTY: `measure` is empty; write at least one word
    ");
    for _ in story.world.period(id(4)).unwrap().objectives.len()..OBJECTIVES_MAX {
        story.must(objective(4, Priority::LifeSafety, "x"));
    }
    let many = objective(4, Priority::LifeSafety, "x");
    story.clone().when(many).refused(|r| assert_eq!(r.code(), "COUNT_OUT_OF_RANGE"));
    assert_lawful(&story);
}

fn schedule(story: &Story, n: u64) -> String {
    let period = story.world.period(id(n)).unwrap();
    let line = |m: &crate::domain::period::Meeting| {
        format!("{} {} led by {}", m.due, m.slot.meeting.name(), m.slot.meeting.leads())
    };
    period.meetings.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn meetings_are_scheduled_backward_from_the_start_of_the_period() {
    let mut story = first_period();
    assert_eq!(schedule(&story, 4), "", "the first period is not planned ahead");
    story.must(plan(&story, 24));
    insta::assert_snapshot!(schedule(&story, 7), @"
    2026-05-01T16:00:00Z objectives meeting led by Incident Commander
    2026-05-01T16:30:00Z command and general staff meeting led by Incident Commander
    2026-05-01T17:00:00Z preparation of the tactics meeting led by Operations Section Chief
    2026-05-01T17:30:00Z tactics meeting led by Operations Section Chief
    2026-05-01T18:30:00Z preparation of the planning meeting led by Planning Section Chief
    2026-05-01T19:30:00Z planning meeting led by Planning Section Chief
    2026-05-01T22:00:00Z preparation and approval of the plan led by Planning Section Chief
    2026-05-01T23:00:00Z operational period briefing led by Planning Section Chief
    ");
    let held = |meeting| HoldMeeting { period: id(7), meeting, outcome: "agreed".to_owned() };
    story.must(held(MeetingKind::Objectives));
    story.must(held(MeetingKind::InitialUnifiedCommand));
    let said = refusals(&story, [held(MeetingKind::Objectives).into()]);
    insta::assert_snapshot!(said, @"MEETING_HELD: the objectives meeting was held already; write what was added as a note");
    // What was held stays where it was; the others move with the start.
    story.must(adjust(4, None, Some(hours(&story, 14))));
    insta::assert_snapshot!(schedule(&story, 7), @"
    2026-05-01T12:00:00Z initial unified command meeting led by a member of the Unified Command
    2026-05-01T16:00:00Z objectives meeting led by Incident Commander
    2026-05-01T18:30:00Z command and general staff meeting led by Incident Commander
    2026-05-01T19:00:00Z preparation of the tactics meeting led by Operations Section Chief
    2026-05-01T19:30:00Z tactics meeting led by Operations Section Chief
    2026-05-01T20:30:00Z preparation of the planning meeting led by Planning Section Chief
    2026-05-01T21:30:00Z planning meeting led by Planning Section Chief
    2026-05-02T00:00:00Z preparation and approval of the plan led by Planning Section Chief
    2026-05-02T01:00:00Z operational period briefing led by Planning Section Chief
    ");
    assert_lawful(&story);
}

#[test]
fn an_organization_has_its_own_template_of_meetings() {
    let slot = |meeting, minutes_before| Slot { meeting, minutes_before };
    let set = |slots: &[Slot]| SetMeetingTemplate { organization: id(1), slots: slots.to_vec() };
    let briefing = slot(MeetingKind::OperationsBriefing, 30);
    let mut story = first_period();
    story.must(set(&[briefing, slot(MeetingKind::Planning, 13 * 60)]));
    let mut story = story.when(set(&[briefing, slot(MeetingKind::Planning, 13 * 60)])).unchanged();
    story.must(plan(&story, 24));
    // What should have been held before the period was planned is due at once.
    let period = story.world.periods_of(id(3)).next_back().unwrap();
    let dues: Vec<_> = period.meetings.iter().map(|meeting| meeting.due.to_string()).collect();
    assert_eq!(dues, ["2026-05-01T12:00:00Z", "2026-05-01T23:30:00Z"]);
    let early = slot(MeetingKind::Planning, 73 * 60);
    let said = refusals(&story, [set(&[briefing, briefing]).into(), set(&[early]).into()]);
    insta::assert_snapshot!(said, @"
    MEETING_TWICE: the template names the operational period briefing twice; name it once
    MEETING_TOO_EARLY: the planning meeting would be 4380 minutes before the period; give at most 72 hours
    ");
    story.must(set(&[]));
    assert_eq!(story.world.meeting_template(Some(id(1))).organization, None);
    assert_lawful(&acting(story, 2));
}
