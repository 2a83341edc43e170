//! A signature is one of the terms that the signer has read, and of no others.

use super::{
    FIRST, OFFER, SECOND, after, amend, at, binding, claim, counter, known, offered, order, sign,
    sign_version, swap, there_and_home,
};
use crate::domain::mutual_aid::{Accept, Amend, Pay, Stage};
use crate::domain::resource_request::{Question, questions::open_questions};
use crate::domain::testing::aid::{CTY, HFD, acting, with_engines};
use crate::domain::testing::{Story, assert_lawful, id};

fn refused_as_overtaken(story: &Story, by: u64, version: u32) {
    let story = acting(story.clone(), by);
    story.when(sign_version(version)).refused(|r| assert_eq!(r.code(), "AID_TERMS_OVERTAKEN"));
}

#[test]
fn terms_that_came_in_between_are_not_signed() {
    let story = after(&offered(), HFD, counter(90_000));
    let story = after(&story, CTY, Accept { offer: id(OFFER), items: Vec::new() });
    refused_as_overtaken(&story, CTY, 1);
    refused_as_overtaken(&story, CTY, 3);
    let story = after(&after(&story, CTY, sign_version(2)), HFD, sign_version(2));
    assert_eq!(known(&story).stage, Stage::Binding);
    assert_lawful(&story);
}

#[test]
fn a_signature_that_is_sent_again_does_not_become_one_of_other_terms() {
    let story = after(&binding(), HFD, amend());
    let story = acting(story, CTY).when(sign()).unchanged();
    assert!(known(&story).amendment.is_some());
    let story = after(&story, CTY, sign_version(2));
    let story = acting(story, CTY).when(sign_version(2)).unchanged();
    assert_eq!((known(&story).version, known(&story).amendment.is_none()), (2, true));
    assert_lawful(&story);
}

#[test]
fn of_amendments_that_cross_each_has_its_own_version() {
    let story = after(&binding(), HFD, amend());
    let other = Amend { available_until: at(9_000), ..amend() };
    let story = after(&story, CTY, other);
    // Harbor Fire's own terms are off the table, and County Fire has not read what replaced them.
    refused_as_overtaken(&story, HFD, 2);
    let story = after(&story, HFD, sign_version(3));
    assert_eq!((known(&story).version, known(&story).terms.available_until), (3, at(9_000)));
    assert_lawful(&story);
}

#[test]
fn a_swap_under_an_amendment_is_read_before_it_is_signed() {
    let story = with_engines(after(&binding(), CTY, amend()), CTY, 1);
    let third = OFFER + 5;
    let story = after(&story, CTY, swap(FIRST, third));
    refused_as_overtaken(&story, HFD, 2);
    let story = after(&story, HFD, sign_version(3));
    assert!(known(&story).terms.items.iter().any(|item| item.resource == id(third)));
    assert_lawful(&story);
}

#[test]
fn the_signatures_are_those_of_the_terms_in_force() {
    let times = |story: &Story| {
        let signatures = known(story).signatures.iter();
        signatures.map(|signature| (signature.organization, signature.at)).collect::<Vec<_>>()
    };
    let story = binding();
    assert_eq!(times(&story), [(id(HFD), at(0)), (id(CTY), at(0))]);
    let story = after(&story.after(5), CTY, amend());
    assert_eq!(times(&story), [(id(HFD), at(0)), (id(CTY), at(0))]);
    let story = after(&story.after(5), HFD, sign_version(2));
    assert_eq!(times(&story), [(id(CTY), at(5)), (id(HFD), at(10))]);
}

#[test]
fn other_terms_wait_while_the_cost_is_claimed_and_are_gone_when_it_is_paid() {
    let story = there_and_home(there_and_home(after(&binding(), CTY, order()), FIRST), SECOND);
    let story = after(&after(&story, HFD, amend()), CTY, claim());
    let signatures = |story: &Story| {
        let asked = open_questions(&story.world, id(CTY));
        asked.iter().filter(|question| question.what == Question::Signature).count()
    };
    assert_eq!(signatures(&story), 0, "nobody is asked for what cannot be done");
    let story = acting(story, CTY)
        .when(sign_version(2))
        .refused(|r| assert_eq!(r.code(), "OFFER_STEP_MISSING"));
    let reference = "Transfer 7".to_owned();
    let story = after(&story, HFD, Pay { offer: id(OFFER), reference });
    let story = acting(story, CTY)
        .when(sign_version(2))
        .refused(|r| assert_eq!(r.code(), "OFFER_STEP_MISSING"));
    assert_eq!((known(&story).stage, known(&story).version), (Stage::Reimbursed, 1));
    assert!(known(&story).amendment.is_none());
    assert_lawful(&story);
}
