//! Accountability reports: who is there, who is missing, and who has gone meanwhile.

use super::{
    ENGINE_7, ENGINE_8, MILL_STREET, assign, at, check_in, commit, demobilize, release, says,
};
use jiff::SignedDuration;

use crate::domain::period::assignments::Work;
use crate::domain::period::checks::planning_checks;
use crate::domain::period::{AssignWork, DraftPlan, Place, Plan, Priority, SetObjective};
use crate::domain::resource::{CallPar, CheckIn, ReportPar, Stage, Tactical};
use crate::domain::testing::{Story, assert_lawful, id};

const HALF_A_DAY: SignedDuration = SignedDuration::from_hours(12);

fn call(of: Option<Tactical>) -> CallPar {
    CallPar { incident: id(MILL_STREET), of }
}

fn report(resource: u64, present: u32) -> ReportPar {
    ReportPar { incident: id(MILL_STREET), par: None, resource: id(resource), present }
}

fn missing(story: &Story) -> usize {
    story.world.pars_of(id(MILL_STREET)).next_back().unwrap().missing().count()
}

/// The watchdogs over the incident that speak of the accountability report.
fn alarms(story: &Story) -> String {
    let items = story.world.watch(id(MILL_STREET)).map_or(&[][..], |watch| &watch.items);
    let of_par = items.iter().filter(|item| item.code.starts_with("PAR_"));
    of_par.map(|item| format!("{}\n", item.sentence)).collect()
}

/// Check 14 of section 14: an accountability report is due from each division.
#[test]
fn an_accountability_report_names_who_has_not_answered() {
    let mut story = at(Stage::CheckedIn);
    story.must(commit(ENGINE_8, MILL_STREET, 1));
    let of = |name: &str| Some(Tactical { post: None, name: name.to_owned() });
    insta::assert_snapshot!(says(&story, [call(of("Division A")).into()]), @"PAR_NOBODY: no resource is checked in there, so there is nobody to account for");
    story.must(assign(ENGINE_7, "Division A"));
    story.must(call(of("division a")));
    assert_eq!(missing(&story), 1);
    let said = says(&story, [report(ENGINE_8, 3).into(), report(ENGINE_7, 9).into()]);
    insta::assert_snapshot!(said, @"
    PAR_NOT_CALLED: Engine 8 was not called in this accountability check; it was not checked in there then
    PAR_TOO_MANY: Engine 7 checked in with 4 people, so there cannot be 9 of them; count again without those of other resources
    ");
    story.must(report(ENGINE_7, 3));
    assert_eq!(missing(&story), 1, "one of four is not there");
    let mut story = story.until_due(0);
    insta::assert_snapshot!(alarms(&story), @"3 of 4 people of a resource are accounted for; treat it as a Mayday until the others are found");
    story.must(report(ENGINE_7, 4));
    assert_eq!(missing(&story), 0);
    let story = story.when(report(ENGINE_7, 4)).unchanged();
    assert_lawful(&story);
}

/// ICS 211: a crew that was counted wrongly, or changed, is written down again.
#[test]
fn whoever_has_checked_in_corrects_it_by_checking_in_again() {
    let mut story = at(Stage::CheckedIn).after(30);
    story.must(assign(ENGINE_7, "Division A"));
    story.must(CheckIn { people: 3, ..check_in(ENGINE_7) });
    let commitment = story.world.resource(id(ENGINE_7)).unwrap().live_commitments().next().unwrap();
    let arrival = commitment.check_in.as_ref().unwrap();
    assert_eq!(
        (arrival.people, story.now.duration_since(arrival.at)),
        (3, SignedDuration::from_mins(30))
    );
    assert!(commitment.assigned_to.is_some());
    let last = story.world.timeline_of(id(MILL_STREET)).next_back().unwrap();
    insta::assert_snapshot!(last.what, @"the check-in of Engine 7 now says Staging East with 3 people");
    story.must(call(None));
    story.must(report(ENGINE_7, 3));
    assert_eq!(missing(&story), 0);
    assert_lawful(&story);
}

/// Check 8: each assigned resource stands on exactly one work assignment.
#[test]
fn a_resource_that_works_elsewhere_than_the_plan_says_is_found_until_both_say_the_same() {
    let mut story = at(Stage::CheckedIn);
    story.must(Plan { incident: id(MILL_STREET), start: None, end: story.now + HALF_A_DAY });
    let mut story = story.until_due(0);
    let period = story.world.current_period(id(MILL_STREET)).unwrap().id;
    let codes = |story: &Story| {
        let found = planning_checks(&story.world, id(MILL_STREET), SignedDuration::ZERO);
        let about = found.into_iter().map(|finding| finding.sentence.code);
        about.filter(|code| code.starts_with("RESOURCES_")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(codes(&story), "", "nothing is written yet");
    let (text, measure) = ("Hold the wall".to_owned(), "no fire past it".to_owned());
    let (objective, priority, deadline) = (None, Priority::IncidentStabilization, None);
    story.must(SetObjective { period, objective, priority, text, measure, deadline });
    story.must(DraftPlan { period, oral: false });
    assert_eq!(codes(&story), "RESOURCES_NOT_ASSIGNED");
    let work = Work {
        place: Place { post: None, name: "Division A".to_owned() },
        supervisor: None,
        resources: vec![id(ENGINE_7)],
        reporting: None,
        tasks: "Hold the wall".to_owned(),
        special_instructions: None,
        channels: Vec::new(),
    };
    story.must(AssignWork { period, assignment: None, over: None, work });
    assert_eq!(codes(&story), "");
    story.must(assign(ENGINE_7, "Division B"));
    assert_eq!(codes(&story), "RESOURCES_ELSEWHERE");
    story.must(assign(ENGINE_7, "division a"));
    assert_eq!(codes(&story), "");
}

/// Check 14: who was let go is not called again; their check-out (ICS 221) accounts for them.
#[test]
fn who_goes_without_an_answer_is_told_of_and_missed_no_more() {
    let mut story = at(Stage::CheckedIn);
    story.must(commit(ENGINE_8, MILL_STREET, 1));
    story.must(check_in(ENGINE_8));
    story.must(call(None));
    let mut story = story.after(60).until_due(0);
    insta::assert_snapshot!(alarms(&story), @"resources that have not answered for their people: 2; call them again, and treat who does not answer as missing");
    story.must(demobilize(&[]));
    story.must(release());
    assert_eq!(missing(&story), 1);
    let mut story = story.until_due(0);
    insta::assert_snapshot!(alarms(&story), @"resources that have not answered for their people: 1; call them again, and treat who does not answer as missing");
    let told: Vec<_> = story.world.timeline_of(id(MILL_STREET)).map(|line| &line.what).collect();
    let went = "Engine 7 went without an answer to the accountability report; its check-out \
                accounts for its people";
    assert!(told.iter().any(|line| *line == went), "{told:?}");
    story.must(report(ENGINE_8, 4));
    assert_eq!(missing(&story), 0);
    let story = story.until_due(0);
    insta::assert_snapshot!(alarms(&story), @"");
    assert_lawful(&story);
}

/// Check 14: whom a resource missed is missing, wherever the others of it go.
#[test]
fn who_is_missing_stays_so_when_the_others_go() {
    let mut story = at(Stage::CheckedIn);
    story.must(call(None));
    story.must(report(ENGINE_7, 3));
    story.must(demobilize(&[]));
    story.must(release());
    assert_eq!(missing(&story), 1);
    story.must(report(ENGINE_7, 4));
    assert_eq!(missing(&story), 0);
    assert_lawful(&story);
}
