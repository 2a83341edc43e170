//! Who answers for a resource on the incident of somebody else, and what stays after all.

use super::{ENGINE_7, MILL_STREET, assign, at, demobilize, release, says, stage};
use crate::domain::resource::{
    Assign, CallPar, CheckIn, CheckInDetails, Commit, ReportPar, SignBox, Stage,
};
use crate::domain::testing::aid::{CTY, FIRE, HFD, LAK, acting, neighbours, with_engines};
use crate::domain::testing::{assert_lawful, id, refusals};

/// Check 13 (check-in) and check 14 (PAR): an assisting organization speaks for its own alone.
#[test]
fn who_helps_checks_in_and_answers_for_what_is_theirs_and_the_staff_for_all() {
    // The sixth command makes County's engine, the seventh Lakeside's.
    let (county, lakeside) = (6, 7);
    let mut story = with_engines(with_engines(neighbours(), CTY, 1), LAK, 1);
    for resource in [county, lakeside] {
        story.must(Commit { resource: id(resource), incident: id(FIRE), quantity: 1 });
    }
    let arrived = |resource| CheckIn {
        resource: id(resource),
        incident: id(FIRE),
        commitment: None,
        place: "Staging East".to_owned(),
        people: 4,
        leader: None,
        details: CheckInDetails::default(),
    };
    let there =
        |resource| ReportPar { incident: id(FIRE), par: None, resource: id(resource), present: 4 };
    let mut story = acting(story, CTY);
    let mut said = refusals(&story, [arrived(lakeside).into()]);
    story.must(arrived(county));
    let mut story = acting(story, HFD);
    story.must(arrived(lakeside));
    story.must(CallPar { incident: id(FIRE), of: None });
    let mut story = acting(story, LAK);
    said += &refusals(&story, [there(county).into()]);
    story.must(there(lakeside));
    let mut story = acting(story, HFD);
    story.must(there(county));
    insta::assert_snapshot!(said, @"
    RESOURCE_NOT_YOURS: Engine of 3, Type 3 is not yours; whoever has it, or works on the incident, checks it in and answers for it
    RESOURCE_NOT_YOURS: Engine of 2, Type 3 is not yours; whoever has it, or works on the incident, checks it in and answers for it
    ");
    assert_lawful(&story);
}

/// ICS 221: whoever is checking out stays after all when they are needed; they check out anew.
#[test]
fn what_is_being_demobilized_stays_for_a_reason_and_checks_out_anew() {
    let mut story = at(Stage::CheckedIn);
    story.must(demobilize(&[SignBox::Time]));
    let back = assign(ENGINE_7, "Division A");
    let mut said = says(&story, [back.clone().into()]);
    story.must(Assign { reason: Some("the wind has turned".to_owned()), ..back });
    assert_eq!(stage(&story), Stage::CheckedIn);
    said += &says(&story, [release().into()]);
    story.must(demobilize(&[]));
    story.must(release());
    insta::assert_snapshot!(said, @"
    RESOURCE_DEMOBILIZING: Engine 7 is being demobilized; say by `reason` why it stays, or choose another
    COMMITMENT_STEP_MISSING: Engine 7 is checked in and cannot become released; from there it can become demobilizing
    ");
    let told: Vec<_> = story.world.timeline_of(id(MILL_STREET)).map(|line| &line.what).collect();
    let stays = "Engine 7 is assigned to Division A: the wind has turned";
    assert!(told.iter().any(|line| *line == stays), "{told:?}");
    assert_lawful(&story);
}
