//! What is promised for which price, and what cannot be promised any more.

use super::{FIRST, OFFER, SECOND, accept, after, binding, claim, counter, known, offered, order};
use super::{sign, there_and_home};
use crate::domain::mutual_aid::{Accept, Claim, Cost, Make, Stage, Wish};
use crate::domain::resource;
use crate::domain::testing::aid::{
    CTY, FIRE, HFD, REQUEST, acting, asked, at, cost, offer, with_engines,
};
use crate::domain::testing::{Story, assert_lawful, id};

fn accepting(resources: &[u64]) -> Accept {
    let wish = |n: &u64| Wish { resource: id(*n), quantity: 1 };
    Accept { offer: id(OFFER), items: resources.iter().map(wish).collect() }
}

#[test]
fn whoever_sends_accepts_a_counter_for_all_of_what_it_asks_for() {
    let story = acting(after(&offered(), HFD, counter(90_000)), CTY);
    let story = story.when(accepting(&[FIRST])).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"the other side named a price for all of it; accept all, or counter with a part");
    });
    let story = after(&story, CTY, accepting(&[SECOND, FIRST]));
    assert_eq!((known(&story).stage, known(&story).terms.quantity()), (Stage::Accepted, 2));
    assert_lawful(&story);
}

#[test]
fn what_was_committed_since_is_not_accepted() {
    let (resource, incident) = (id(FIRST), id(FIRE));
    let story = after(&offered(), CTY, resource::Commit { resource, incident, quantity: 1 });
    let story = acting(story, HFD).when(accept()).refused(|r| assert_eq!(r.code(), "ITEM_GONE"));
    let story = after(&story, HFD, accepting(&[SECOND]));
    assert_lawful(&story);
}

#[test]
fn what_was_to_be_had_until_then_is_not_agreed_on_later() {
    let until_half_past = || {
        let mut story = acting(with_engines(asked(), CTY, 3), CTY);
        story.must(Make { available_until: at(30), ..offer(REQUEST, &[FIRST]) });
        story
    };
    let refused = |story: Story, by: u64, command: crate::domain::Command| {
        let story = acting(story.after(30), by);
        story.when(command).refused(|r| assert_eq!(r.code(), "AVAILABILITY_OVER"));
    };
    let story = until_half_past();
    refused(story.clone(), HFD, accept().into());
    let story = after(&story, HFD, accept());
    refused(story.clone(), HFD, sign().into());
    refused(after(&story, HFD, sign()), CTY, sign().into());
}

#[test]
fn a_cost_is_claimed_in_the_currency_that_was_agreed_on() {
    let story = there_and_home(there_and_home(after(&binding(), CTY, order()), FIRST), SECOND);
    let cost = Cost { currency: "EUR".to_owned(), ..cost() };
    let story = acting(story, CTY).when(Claim { cost, ..claim() }).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"the cost is claimed in EUR and was agreed on in USD; claim it in USD");
    });
    after(&story, CTY, claim());
}
