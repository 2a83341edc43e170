//! Accountability reports: who is there, who is missing, and who has gone meanwhile.

use super::{
    ENGINE_7, ENGINE_8, MILL_STREET, assign, at, check_in, commit, demobilize, release, says,
};
use crate::domain::resource::{CallPar, ReportPar, Stage, Tactical};
use crate::domain::testing::{Story, assert_lawful, id};

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
    let of_par = items.iter().filter(|item| item.code == "PAR_INCOMPLETE");
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
    story.must(report(ENGINE_7, 4));
    assert_eq!(missing(&story), 0);
    let story = story.when(report(ENGINE_7, 4)).unchanged();
    assert_lawful(&story);
}

/// Check 14: who was let go is not called again; their check-out (ICS 221) accounts for them.
#[test]
fn who_goes_without_an_answer_is_told_of_and_missed_no_more() {
    let mut story = at(Stage::CheckedIn);
    story.must(commit(ENGINE_8, MILL_STREET, 1));
    story.must(check_in(ENGINE_8));
    story.must(call(None));
    let mut story = story.after(60).until_due(0);
    insta::assert_snapshot!(alarms(&story), @"2 resources have not answered for all their people; call them again, and treat who does not answer as missing");
    story.must(demobilize(&[]));
    story.must(release());
    assert_eq!(missing(&story), 1);
    let mut story = story.until_due(0);
    insta::assert_snapshot!(alarms(&story), @"1 resources have not answered for all their people; call them again, and treat who does not answer as missing");
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
