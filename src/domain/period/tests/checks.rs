//! What watchdogs find.

use jiff::SignedDuration;

use super::{first_period, mill_street, objective, plan, work};
use crate::domain::Event;
use crate::domain::incident::{AssessComplexity, ChangeStatus, Status};
use crate::domain::period::checks::planning_checks;
use crate::domain::period::{
    ApprovePlan, Casualties, CriticalNeed, Damage, DraftPlan, Horizon, Hospital, Medical, Need,
    Priority, RiskNote, Section, SetObjective, Structures, Summary, WriteSection,
};
use crate::domain::testing::{Story, id};

pub(super) fn found(story: &Story) -> String {
    let due = SignedDuration::from_hours(2);
    let findings = planning_checks(&story.world, id(3), due);
    let findings = findings.iter().filter(|f| f.from.is_none_or(|from| from <= story.now));
    let line = |f: &crate::domain::period::Finding| {
        let since = f.from.map_or_else(String::new, |from| format!(" since {from}"));
        format!("{}{since}: {}", f.sentence.code, f.sentence.text)
    };
    findings.map(line).collect::<Vec<_>>().join("\n")
}

fn need(required: u32, request: Option<&str>, risk: Option<&str>) -> WriteSection {
    let need = Need {
        place: "Division A".to_owned(),
        kind: "engine".to_owned(),
        level: Some(3),
        required,
        have: 1,
        reporting: None,
        arrival: None,
        overhead: None,
        equipment: None,
        request: request.map(ToOwned::to_owned),
        since: "2026-01-01T00:00:00Z".parse().unwrap(),
        risk: risk.map(|text| RiskNote { text: text.to_owned(), by: String::new() }),
    };
    WriteSection { period: id(4), over: None, section: Section::Needs(vec![need]) }
}

#[test]
fn a_period_that_ends_without_a_plan_for_the_next_is_found_two_hours_before_check_7() {
    let story = first_period();
    let early = story.clone().after(10 * 60 - 1);
    assert_eq!(found(&early), "");
    let mut late = story.after(10 * 60);
    insta::assert_snapshot!(found(&late), @"NEXT_PLAN_MISSING since 2026-05-01T22:00:00Z: period 1 ends at 2026-05-02 00:00 UTC, and no next period is planned; plan it");
    late.must(plan(&late, 14));
    insta::assert_snapshot!(found(&late), @"NEXT_PLAN_MISSING since 2026-05-01T22:00:00Z: period 1 ends at 2026-05-02 00:00 UTC, and the plan of period 2 is not approved; have it drafted and signed");
    let next = late.world.draft_period(id(3)).unwrap().id;
    late.must(DraftPlan { period: next, oral: false });
    late.must(ApprovePlan { period: next, revision: 1 });
    assert_eq!(found(&late), "");
}

/// Check 7, and section 5: an incident of Type 3 is worked by a written plan.
#[test]
fn a_second_period_that_runs_without_a_plan_is_found_where_one_is_wanted() {
    let mut story = first_period();
    story.must(plan(&story, 24));
    let mut story = story.until_due(12 * 60 - 1).until_due(2);
    assert_eq!(story.world.current_period(id(3)).map(|period| period.number), Some(2));
    assert_eq!(found(&story), "");
    let reason = "two divisions".to_owned();
    story.must(AssessComplexity { incident: id(3), level: 3, reason });
    insta::assert_snapshot!(found(&story), @"PERIOD_WITHOUT_PLAN since 2026-05-02T00:00:00Z: period 2 runs without an approved plan; have it drafted and signed");
    let runs = story.world.current_period(id(3)).unwrap().id;
    story.must(DraftPlan { period: runs, oral: false });
    story.must(ApprovePlan { period: runs, revision: 1 });
    assert_eq!(found(&story), "");
}

#[test]
fn a_period_that_nobody_followed_is_found_until_the_incident_is_over() {
    let mut story = first_period().after(13 * 60);
    insta::assert_snapshot!(found(&story), @"NEXT_PLAN_MISSING since 2026-05-01T22:00:00Z: period 1 ends at 2026-05-02 00:00 UTC, and no next period is planned; plan it");
    let (to, reason) = (Status::Closed, Some("out".to_owned()));
    story.must(ChangeStatus { incident: id(3), to, reason });
    assert_eq!(found(&story), "");
    assert_eq!(found(&mill_street()), "", "nothing is asked of an incident without periods");
}

#[test]
fn a_need_that_is_neither_ordered_nor_accepted_is_found_check_9() {
    let mut story = first_period();
    story.must(need(3, None, None));
    let mut story = story.after(30);
    story.must(need(4, None, None));
    insta::assert_snapshot!(found(&story), @"NEED_NOT_ORDERED since 2026-05-01T12:00:00Z: Division A lacks 3 of 4 engine Type 3 in period 1; order them (213RR) or accept the risk");
    for settled in [need(4, None, Some("one line only")), need(1, None, None)] {
        let mut story = story.clone();
        story.must(settled);
        assert_eq!(found(&story), "");
    }
    story.must(need(4, None, Some("one line only")));
    let risk = story.world.period(id(4)).unwrap().needs[0].risk.clone().unwrap();
    assert_eq!(risk.by, "dana");
}

#[test]
fn an_objective_past_its_deadline_is_found_until_it_is_met_dropped_or_put_off() {
    let mut story = first_period();
    let at = |story: &Story| Some(story.now + SignedDuration::from_hours(1));
    let due = SetObjective {
        deadline: at(&story),
        ..objective(4, Priority::LifeSafety, "Search the cellar")
    };
    let set = story.must(due.clone());
    let Event::ObjectiveSet(set) = &set[0] else { panic!("{set:?}") };
    let known = Some(set.objective.id);
    assert_eq!(found(&story.clone().after(59)), "");
    let mut late = story.after(60);
    insta::assert_snapshot!(found(&late), @"OBJECTIVE_OVERDUE since 2026-05-01T13:00:00Z: the objective “Search the cellar” of period 1 was due at 2026-05-01 13:00 UTC; say that it is met, drop it, or give it another deadline");
    late.must(SetObjective { objective: known, deadline: at(&late), ..due.clone() });
    assert_eq!(found(&late), "");
    // Typed a little late, it is what was said; a day off, it is a slip.
    let minutes_ago = |minutes| Some(late.now - SignedDuration::from_mins(minutes));
    let text = "Search the attic".to_owned();
    let wrong = SetObjective { text, deadline: minutes_ago(61), ..due };
    let late = late.clone().when(wrong.clone()).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"`deadline` is long over; write a moment that is to come, or leave it out");
    });
    late.when(SetObjective { deadline: minutes_ago(60), ..wrong }).then(|_, _| ());
}

#[test]
fn a_channel_that_the_communications_plan_lacks_is_found_check_10() {
    let mut story = first_period();
    story.must(work(4, "Division A", &["TAC 9"]));
    insta::assert_snapshot!(found(&story), @"CHANNEL_UNKNOWN: Division A uses channel `TAC 9` in period 1, which is not in the communications plan; add it there or take it off the assignment");
}

#[test]
fn hospital_data_older_than_a_period_is_found_check_11() {
    let hospital = Hospital {
        name: "Memorial".to_owned(),
        contact: "555-0100".to_owned(),
        ground_minutes: Some(12),
        air_minutes: None,
        trauma_level: Some(1),
        burn_center: true,
        helipad: true,
    };
    let medical = Medical { hospitals: vec![hospital], ..Medical::default() };
    let write =
        |n| WriteSection { period: id(n), over: None, section: Section::Medical(medical.clone()) };
    let mut story = first_period();
    story.must(write(4));
    story.must(plan(&story, 24));
    let next = story.world.draft_period(id(3)).unwrap().id;
    story.must(DraftPlan { period: next, oral: false });
    story.must(ApprovePlan { period: next, revision: 1 });
    let story = story.until_due(12 * 60 - 1);
    assert_eq!(found(&story), "");
    let mut story = story.until_due(60);
    insta::assert_snapshot!(found(&story), @"MEDICAL_PLAN_STALE since 2026-05-02T00:00:00Z: the hospitals in the medical plan of period 2 were confirmed at 2026-05-01 12:00 UTC; call them and write the medical plan again");
    story.must(WriteSection {
        period: next,
        over: None,
        section: Section::Medical(medical.clone()),
    });
    assert!(!found(&story).contains("MEDICAL_PLAN_STALE"));
}

#[test]
fn a_plan_that_was_changed_after_it_was_signed_is_found_while_it_is_worked_by() {
    let mut story = first_period();
    story.must(DraftPlan { period: id(4), oral: false });
    story.must(ApprovePlan { period: id(4), revision: 1 });
    story.must(objective(4, Priority::LifeSafety, "Find the janitor"));
    insta::assert_snapshot!(found(&story), @"PLAN_CHANGED: the plan of period 1 was changed after revision 1 was approved; draft and sign the next revision");
}

fn refused(story: &Story, write: WriteSection) -> String {
    story.clone().when(write).result.expect_err("this should be refused").to_string()
}

fn critical(quantity: u32, request: Option<u64>) -> CriticalNeed {
    CriticalNeed {
        within: Horizon::Hours12,
        kind: "engine".to_owned(),
        level: Some(3),
        quantity,
        request: request.map(id),
        since: "2026-01-01T00:00:00Z".parse().unwrap(),
    }
}

fn summary(summary: Summary) -> WriteSection {
    WriteSection { period: id(4), over: None, section: Section::Summary(summary) }
}

#[test]
fn a_critical_need_that_no_request_orders_is_found_check_12() {
    let mut story = first_period();
    let needs = |need| summary(Summary { needs: vec![need], ..Summary::default() });
    story.must(needs(critical(2, None)));
    let mut story = story.after(30);
    story.must(needs(critical(4, None)));
    insta::assert_snapshot!(found(&story), @"CRITICAL_NEED_NOT_ORDERED since 2026-05-01T12:00:00Z: the status summary of period 1 needs 4 engine Type 3 that no request orders; order them (213RR) and name the request there");
    insta::assert_snapshot!(refused(&story, needs(critical(4, Some(77)))), @"there is no resource request 01968f00-004d-7000-8000-0000004d0000; check the id");
}

#[test]
fn numbers_from_the_beginning_only_grow_unless_a_reason_says_why_not_check_15() {
    let mut story = first_period();
    let hurt = |injured, missing, correction: Option<&str>| {
        let public = Casualties { injured, missing, ..Casualties::default() };
        let correction = correction.map(ToOwned::to_owned);
        summary(Summary { public, correction, ..Summary::default() })
    };
    story.must(hurt(2, 3, None));
    // Whoever was missing is found; whoever was hurt stays so.
    story.must(hurt(2, 0, None));
    insta::assert_snapshot!(refused(&story, hurt(1, 0, None)), @"injured was reported as 2 and would now be 1; such numbers only rise, so say in `correction` why it is less");
    story.must(hurt(1, 0, Some("one was counted twice")));
    // The next period goes on from there.
    let next = plan(&story, 24);
    story.must(next);
    let next = story.world.draft_period(id(3)).unwrap().id;
    let of_next = |write: WriteSection| WriteSection { period: next, ..write };
    insta::assert_snapshot!(refused(&story, of_next(hurt(0, 0, None))), @"injured was reported as 1 and would now be 0; such numbers only rise, so say in `correction` why it is less");
    story.must(of_next(hurt(1, 0, None)));
    let burnt = |destroyed| {
        let damage =
            Damage { of: Structures::SingleResidence, threatened: 9, damaged: 0, destroyed };
        let public = Casualties { injured: 1, ..Casualties::default() };
        of_next(summary(Summary { damage: vec![damage], public, ..Summary::default() }))
    };
    story.must(burnt(2));
    insta::assert_snapshot!(refused(&story, burnt(1)), @"destroyed was reported as 2 and would now be 1; such numbers only rise, so say in `correction` why it is less");
}

#[test]
fn the_dead_are_reported_with_the_authority_that_confirmed_them_check_15() {
    let mut story = first_period();
    let dead = |confirmed_by: Option<&str>| {
        let responders = Casualties { fatalities: 1, ..Casualties::default() };
        let confirmed_by = confirmed_by.map(ToOwned::to_owned);
        summary(Summary { responders, confirmed_by, ..Summary::default() })
    };
    insta::assert_snapshot!(refused(&story, dead(None)), @"fatalities are never estimated; name in `confirmedBy` the authority that confirmed them, such as the medical examiner");
    insta::assert_snapshot!(refused(&story, dead(Some(" "))), @"fatalities are never estimated; name in `confirmedBy` the authority that confirmed them, such as the medical examiner");
    story.must(dead(Some("County medical examiner")));
}
