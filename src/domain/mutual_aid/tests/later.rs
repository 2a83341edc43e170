//! What holds of an agreement whatever happens later, to its resources or to its incident.

use super::{
    FIRST, OFFER, SECOND, after, binding, cancel, claim, known, order, swap, there_and_home,
};
use crate::domain::incident::Open;
use crate::domain::limits::COMMITMENTS_KEPT_MAX;
use crate::domain::mutual_aid::Stage;
use crate::domain::resource;
use crate::domain::testing::aid::{CTY, HFD, acting, with_engines};
use crate::domain::testing::{assert_lawful, id, incident};

#[test]
fn a_mission_that_was_there_is_paid_however_often_its_engine_goes_elsewhere_later() {
    // County Fire's engine was at the fire, is home, and is promised to County Fire's own incident
    // and taken back again and again.
    let story = with_engines(after(&binding(), CTY, order()), CTY, 1);
    let third = OFFER + 5;
    let mut story = acting(there_and_home(story, FIRST), CTY);
    story.must(Open { ..incident("Barn") });
    let barn = story.world.incidents().next_back().unwrap().id;
    let resource = id(FIRST);
    for _ in 0..=COMMITMENTS_KEPT_MAX {
        story.must(resource::Commit { resource, incident: barn, quantity: 1 });
        let reason = "nothing burns".to_owned();
        story.must(resource::Cancel { resource, incident: barn, commitment: None, reason });
    }
    let story = acting(story, HFD).when(cancel()).refused(|r| assert_eq!(r.code(), "ARRIVED"));
    let story =
        acting(story, CTY).when(swap(FIRST, third)).refused(|r| assert_eq!(r.code(), "ARRIVED"));
    let story = after(&there_and_home(story, SECOND), CTY, claim());
    assert_eq!(known(&story).stage, Stage::Claimed);
    assert_lawful(&story);
}
