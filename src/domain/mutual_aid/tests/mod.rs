//! Mutual aid (EMAC steps 3 to 5; NIMS order and acquire to reimburse), told as stories.

mod later;
mod money;
mod signing;

use super::{
    Accept, Amend, Cancel, Claim, Cost, Counter, Decline, IssueMissionOrder, Make, Offer, Pay,
    ReturnClaim, Sign, Stage, Swap, Wish, Withdraw,
};
use crate::domain::command::Command;
use crate::domain::resource::{
    self, Advance, CheckIn, CheckInDetails, Release, StartDemobilization,
};
use crate::domain::resource_request::{
    self as request, FillFromOwn, Question, Status, questions::open_questions,
};
use crate::domain::testing::aid::{
    CTY, FIRE, HFD, LAK, REQUEST, acting, asked, asked_of, at, content, cost, engine, neighbours,
    neighbours_in, offer, with_engines,
};
use crate::domain::testing::{Story, assert_lawful, id};

/// County Fire's two engines, and Lakeside Fire's one.
const FIRST: u64 = 9;
const SECOND: u64 = 10;
const LAKESIDE: u64 = 11;
/// County Fire's offer of its two.
const OFFER: u64 = 12;

/// County Fire has offered two engines for the five that Harbor Fire asked for.
fn offered() -> Story {
    let story = with_engines(with_engines(asked(), CTY, 2), LAK, 1);
    let mut story = acting(story, CTY);
    story.must(offer(REQUEST, &[FIRST, SECOND]));
    story
}

fn accept() -> Accept {
    Accept { offer: id(OFFER), items: Vec::new() }
}

/// The signature under the first terms.
fn sign() -> Sign {
    sign_version(1)
}

fn sign_version(version: u32) -> Sign {
    Sign { offer: id(OFFER), version }
}

fn order() -> IssueMissionOrder {
    IssueMissionOrder {
        offer: id(OFFER),
        report_to: "Staging Area Manager, Mill Street".to_owned(),
        assignment: "Structure protection".to_owned(),
        departs: at(30),
        arrives: at(90),
    }
}

fn swap(out: u64, with: u64) -> Swap {
    let reason = "it has a flat tyre".to_owned();
    Swap { offer: id(OFFER), out: id(out), with: id(with), reason }
}

fn claim() -> Claim {
    Claim { offer: id(OFFER), cost: cost(), evidence: "Receipts 1 to 4".to_owned() }
}

fn counter(personnel: u64) -> Counter {
    Counter {
        offer: id(OFFER),
        items: Vec::new(),
        conditions: None,
        cost: Cost { personnel, ..cost() },
        available_from: at(0),
        available_until: at(2_880),
    }
}

fn amend() -> Amend {
    Amend {
        offer: id(OFFER),
        conditions: None,
        cost: cost(),
        available_from: at(0),
        available_until: at(5_760),
    }
}

fn cancel() -> Cancel {
    Cancel { offer: id(OFFER), reason: "the fire is out".to_owned() }
}

fn decline() -> Decline {
    Decline { offer: id(OFFER), reason: "nearer ones came".to_owned() }
}

fn withdraw() -> Withdraw {
    Withdraw { offer: id(OFFER), reason: "we have a fire ourselves".to_owned() }
}

fn after(story: &Story, by: u64, command: impl Into<Command>) -> Story {
    let mut story = acting(story.clone(), by);
    story.must(command);
    story
}

/// Both have accepted and signed.
fn binding() -> Story {
    let story = after(&offered(), HFD, accept());
    after(&after(&story, HFD, sign()), CTY, sign())
}

fn known(story: &Story) -> &Offer {
    story.world.offer(id(OFFER)).unwrap()
}

fn status(story: &Story) -> (Status, u32, u32) {
    let request = story.world.resource_request(id(REQUEST)).unwrap();
    (request.status(), request.filled(), request.outstanding())
}

fn is_committed(story: &Story, resource: u64) -> bool {
    story.world.resource(id(resource)).unwrap().live_commitments().next().is_some()
}

/// One engine goes there and comes home.
fn there_and_home(mut story: Story, resource: u64) -> Story {
    let (resource, incident, commitment) = (id(resource), id(FIRE), None);
    let (place, leader) = ("Staging".to_owned(), None);
    story.must(CheckIn {
        resource,
        incident,
        commitment,
        place,
        people: 4,
        leader,
        details: CheckInDetails::default(),
    });
    let (ticked, departure) = (Vec::new(), None);
    story.must(StartDemobilization { resource, incident, commitment, ticked, departure });
    story.must(Release { resource, incident, commitment, returned: None });
    story
}

#[test]
fn an_offer_becomes_an_agreement_a_mission_and_a_payment() {
    let mut story = offered();
    assert_eq!(known(&story).stage, Stage::Offered);
    story = after(&story, HFD, accept());
    assert_eq!((known(&story).stage, status(&story)), (Stage::Accepted, (Status::Sent, 0, 3)));
    story = after(&story, HFD, sign());
    assert_eq!(known(&story).stage, Stage::Accepted);
    assert!(!is_committed(&story, FIRST), "one signature binds nobody");
    let mut story = acting(story, HFD).when(sign()).unchanged();
    story = after(&story, CTY, sign());
    assert_eq!(
        (known(&story).stage, status(&story)),
        (Stage::Binding, (Status::PartlyFilled, 2, 3))
    );
    assert!(is_committed(&story, FIRST) && is_committed(&story, SECOND));
    assert_lawful(&story);
    story = after(&story, CTY, order());
    assert_eq!(known(&story).mission.as_ref().unwrap().number, "HFD-RR-2026-0001/CTY-1");
    let story = acting(story, CTY).when(claim()).refused(|r| assert_eq!(r.code(), "STILL_OUT"));
    let story = there_and_home(there_and_home(story, FIRST), SECOND);
    let mut story = after(&story, CTY, claim());
    let reason = "receipt 3 is of another fire".to_owned();
    story = after(&story, HFD, ReturnClaim { offer: id(OFFER), reason });
    assert_eq!(known(&story).stage, Stage::Ordered);
    story = after(&story, CTY, claim());
    let reference = "Transfer 7".to_owned();
    story = after(&story, HFD, Pay { offer: id(OFFER), reference });
    assert_eq!(known(&story).stage, Stage::Reimbursed);
    // What was filled stays filled when it has gone home.
    assert_eq!(status(&story), (Status::PartlyFilled, 2, 3));
    assert_lawful(&story);
}

#[test]
fn every_step_of_an_agreement_is_allowed_or_refused_as_the_table_says() {
    let reason = || "why".to_owned();
    let steps: Vec<(&str, Command)> = vec![
        ("counter", counter(1).into()),
        ("accept", accept().into()),
        ("decline", decline().into()),
        ("withdraw", withdraw().into()),
        ("sign", sign().into()),
        ("sign-other-terms", sign_version(2).into()),
        ("order", order().into()),
        ("swap", swap(FIRST, OFFER + 1).into()),
        ("amend", amend().into()),
        ("cancel", cancel().into()),
        ("claim", claim().into()),
        ("return", ReturnClaim { offer: id(OFFER), reason: reason() }.into()),
        ("pay", Pay { offer: id(OFFER), reference: reason() }.into()),
    ];
    let mut stages = vec![with_engines(offered(), CTY, 1)];
    let mut go = |from: usize, by, command: Command| stages.push(after(&stages[from], by, command));
    go(0, HFD, counter(1).into());
    go(0, HFD, accept().into());
    go(2, HFD, sign().into());
    go(3, CTY, sign().into());
    go(4, HFD, amend().into());
    go(4, CTY, order().into());
    let home = there_and_home(there_and_home(stages[6].clone(), FIRST), SECOND);
    stages.push(home);
    let mut go = |from: usize, by, command: Command| stages.push(after(&stages[from], by, command));
    go(7, CTY, claim().into());
    go(8, HFD, Pay { offer: id(OFFER), reference: reason() }.into());
    go(0, HFD, decline().into());
    go(0, CTY, withdraw().into());
    go(4, HFD, cancel().into());
    stages.push(stages[0].clone().until_due(60));
    let mut table = String::new();
    for story in stages {
        table += &format!("{}:", known(&story).stage.as_str());
        for (side, by) in [("asks", HFD), ("offers", CTY)] {
            table += &format!(" [{side}]");
            for (name, step) in &steps {
                match acting(story.clone(), by).when(step.clone()).result {
                    Ok(decision) if decision.events.is_empty() => table += &format!(" ={name}"),
                    Ok(_) => table += &format!(" {name}"),
                    Err(_) => {}
                }
            }
        }
        table += "\n";
    }
    insta::assert_snapshot!(table, @r#"
    offered: [asks] counter accept decline [offers] withdraw
    countered: [asks] decline [offers] counter accept withdraw
    accepted and not signed by both: [asks] decline sign [offers] withdraw sign
    accepted and not signed by both: [asks] decline =sign [offers] withdraw sign
    binding: [asks] =sign amend cancel [offers] =sign order swap amend cancel
    binding: [asks] =sign =sign-other-terms amend cancel [offers] =sign sign-other-terms order swap amend cancel
    binding, with its mission order issued: [asks] =sign amend cancel [offers] =sign swap amend cancel
    binding, with its mission order issued: [asks] =sign amend [offers] =sign amend claim
    claimed: [asks] =sign return pay [offers] =sign
    reimbursed: [asks] [offers]
    declined: [asks] [offers]
    withdrawn: [asks] [offers]
    cancelled: [asks] [offers]
    expired: [asks] [offers]
    "#);
}

#[test]
fn who_is_no_side_of_an_offer_finds_that_there_is_none() {
    for command in [Command::from(accept()), sign().into(), decline().into(), cancel().into()] {
        acting(offered(), LAK).when(command).refused(|r| assert_eq!(r.code(), "OFFER_UNKNOWN"));
    }
}

#[test]
fn of_two_agreements_on_one_engine_the_second_is_told_that_it_is_gone_and_not_to_whom() {
    // Lakeside Fire asks for engines too, and County Fire offers it the same one.
    let mut story = acting(offered(), LAK);
    story.must(crate::domain::incident::Open { ..crate::domain::testing::incident("Pier") });
    let pier = OFFER + 1;
    story.must(request::Draft { incident: id(pier), content: content() });
    let other = pier + 1;
    story.must(request::Submit { request: id(other) });
    story.must(request::Send { request: id(other), to: vec![id(CTY)] });
    let story = after(&story, CTY, offer(other, &[FIRST]));
    let second: u64 = other + 3;
    // A live offer holds nothing: both can be accepted.
    let story = after(&story, HFD, accept());
    let story = after(&story, LAK, Accept { offer: id(second), items: Vec::new() });
    let story = after(&story, LAK, Sign { offer: id(second), version: 1 });
    let story = after(&story, HFD, sign());
    let story = after(&story, CTY, sign());
    let story = acting(story, CTY).when(Sign { offer: id(second), version: 1 }).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"`Engine of 2, Type 3` cannot be committed any more: an offer does not hold a resource, and it was committed, changed or taken out of service since; ask for another offer");
    });
    assert_eq!(story.world.offer(id(second)).unwrap().stage, Stage::Accepted);
    assert_eq!(story.world.resource(id(FIRST)).unwrap().live_commitments().count(), 1);
    assert_lawful(&story);
}

#[test]
fn a_part_of_an_offer_can_be_accepted_and_no_more_than_is_outstanding() {
    let part = |resource, quantity| Accept {
        offer: id(OFFER),
        items: vec![Wish { resource: id(resource), quantity }],
    };
    let story = acting(offered(), HFD);
    story.clone().when(part(LAKESIDE, 1)).refused(|r| assert_eq!(r.code(), "NOT_IN_OFFER"));
    story.clone().when(part(FIRST, 2)).refused(|r| assert_eq!(r.code(), "NOT_IN_OFFER"));
    let story = after(&story, HFD, part(SECOND, 1));
    // What is left of the offer is other terms than its maker has read.
    let story = after(&story, HFD, sign_version(2));
    let story = acting(story, CTY).when(sign()).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"the terms changed since you read them; read version 2 and sign that");
    });
    let story = after(&story, CTY, sign_version(2));
    assert_eq!(status(&story), (Status::PartlyFilled, 1, 4));
    assert!(!is_committed(&story, FIRST) && is_committed(&story, SECOND));
    assert_lawful(&story);

    // One engine is asked for and two are offered.
    let mut story = acting(neighbours(), HFD);
    let mut one = content();
    one.need.quantity = 1;
    story.must(request::Draft { incident: id(FIRE), content: one });
    story.must(request::Submit { request: id(REQUEST) });
    story.must(request::Send { request: id(REQUEST), to: vec![id(CTY)] });
    let story = with_engines(story, CTY, 3);
    let story = after(&story, CTY, offer(REQUEST, &[FIRST, SECOND]));
    let story = acting(story, HFD)
        .when(accept())
        .refused(|r| assert_eq!(r.code(), "MORE_THAN_OUTSTANDING"));
    let story = after(&story, HFD, part(FIRST, 1));
    let story = after(&after(&story, HFD, sign_version(2)), CTY, sign_version(2));
    assert_eq!(status(&story), (Status::Filled, 1, 0));
    acting(story, CTY)
        .when(offer(REQUEST, &[SECOND]))
        .refused(|r| assert_eq!(r.code(), "NO_ANSWER_WANTED"));
}

#[test]
fn a_substitute_is_offered_where_it_is_welcome_with_what_is_different() {
    for substitutes in [false, true] {
        let mut story = neighbours();
        story.must(request::Draft {
            incident: id(FIRE),
            content: request::Content { substitutes, ..content() },
        });
        story.must(request::Submit { request: id(REQUEST) });
        story.must(request::Send { request: id(REQUEST), to: vec![id(CTY)] });
        // A Type 4 engine is less than a Type 3, and a Type 1 more.
        story.must(engine(CTY, 4));
        story.must(engine(CTY, 1));
        let story = acting(story, CTY);
        let outcome = story.when(offer(REQUEST, &[FIRST, SECOND]));
        if substitutes {
            outcome.then(|story, _| {
                let items = &story.world.offer(id(11)).unwrap().terms.items;
                let said = items.iter().map(|i| format!("{}: {:?}", i.kind, i.substitution));
                insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r#"
                Engine, fire, Type 4: Some("it is Type 4 of “Engine, fire”, and Type 3 is wanted; short of it in: Pump capacity, Water tank, Crew")
                Engine, fire, Type 1: None
                "#);
            });
        } else {
            outcome.refused(|refusal| insta::assert_snapshot!(refusal, @"`Engine of 2, Type 4` is not what is wanted, and substitutes are not: it is Type 4 of “Engine, fire”, and Type 3 is wanted; short of it in: Pump capacity, Water tank, Crew"));
        }
    }
}

#[test]
fn only_ones_own_free_resources_of_the_same_world_are_offered_check_18() {
    let story = with_engines(with_engines(asked(), CTY, 2), LAK, 1);
    let story = acting(story, CTY);
    let refused = |make: Make, code: &str| {
        story.clone().when(make).refused(|r| assert_eq!(r.code(), code));
    };
    refused(offer(REQUEST, &[LAKESIDE]), "RESOURCE_OF_ANOTHER");
    refused(offer(REQUEST, &[FIRST, FIRST]), "NAMED_TWICE");
    refused(offer(REQUEST, &[]), "COUNT_OUT_OF_RANGE");
    refused(offer(REQUEST, &[99]), "RESOURCE_UNKNOWN");
    refused(Make { expires: at(0), ..offer(REQUEST, &[FIRST]) }, "EXPIRY_UNUSABLE");
    refused(Make { available_until: at(0), ..offer(REQUEST, &[FIRST]) }, "DATES_UNUSABLE");
    let mut dollars = offer(REQUEST, &[FIRST]);
    dollars.cost.currency = "dollars".to_owned();
    refused(dollars, "COST_UNUSABLE");
    acting(story, HFD)
        .when(offer(REQUEST, &[FIRST]))
        .refused(|r| assert_eq!(r.code(), "NOT_ASKED"));

    // The request of an exercise takes no real engine.
    let story = with_engines(asked_of(neighbours_in(true), &[CTY]), CTY, 1);
    acting(story, CTY)
        .when(offer(REQUEST, &[FIRST]))
        .refused(|r| assert_eq!(r.code(), "EXERCISE_MIXED"));
}

#[test]
fn terms_go_back_and_forth_and_each_side_answers_the_others() {
    let story = offered();
    let answers = |story: &Story| known(story).answers();
    assert_eq!(answers(&story), Some(id(HFD)));
    let story =
        acting(story, CTY).when(accept()).refused(|r| assert_eq!(r.code(), "ANSWER_OF_OTHER"));
    let story = after(&story.after(5), HFD, counter(90_000));
    assert_eq!((answers(&story), known(&story).since), (Some(id(CTY)), at(5)));
    let story = after(&story, CTY, counter(100_000));
    assert_eq!(known(&story).version, 3);
    let story = after(&story, HFD, accept());
    assert_eq!(known(&story).terms.cost.total(), 100_000);
    let story =
        acting(story, HFD).when(counter(1)).refused(|r| assert_eq!(r.code(), "OFFER_STEP_MISSING"));
    assert_lawful(&story);
}

#[test]
fn an_offer_that_is_not_binding_by_its_time_is_over() {
    let story = after(&after(&offered(), HFD, accept()), HFD, sign());
    let story = story.until_due(60);
    assert_eq!(known(&story).stage, Stage::Expired);
    assert_eq!(status(&story), (Status::Sent, 0, 5));
    let story =
        acting(story, CTY).when(sign()).refused(|r| assert_eq!(r.code(), "OFFER_STEP_MISSING"));
    assert_lawful(&story);
    // A binding one does not expire.
    let story = binding().until_due(60);
    assert_eq!(known(&story).stage, Stage::Binding);
}

#[test]
fn nothing_that_comes_by_an_agreement_moves_before_its_mission_order() {
    let advance = || Advance {
        resource: id(FIRST),
        incident: id(FIRE),
        commitment: None,
        to: resource::Stage::Mobilizing,
        expected: None,
    };
    let story = acting(binding(), CTY);
    let story = story.when(advance()).refused(|r| assert_eq!(r.code(), "MISSION_ORDER_MISSING"));
    let story = after(&story, CTY, order());
    let story = after(&story, CTY, advance());
    assert_lawful(&story);
}

#[test]
fn a_resource_is_swapped_and_the_agreement_holds_the_other_one() {
    let story = with_engines(binding(), CTY, 1);
    let third = OFFER + 4;
    acting(story.clone(), HFD)
        .when(swap(FIRST, third))
        .refused(|r| assert_eq!(r.code(), "STEP_OF_OTHER"));
    acting(story.clone(), CTY)
        .when(swap(FIRST, LAKESIDE))
        .refused(|r| assert_eq!(r.code(), "RESOURCE_OF_ANOTHER"));
    let story = after(&story, CTY, swap(FIRST, third));
    assert!(!is_committed(&story, FIRST) && is_committed(&story, third));
    assert_eq!(status(&story), (Status::PartlyFilled, 2, 3));
    let story = acting(story, CTY)
        .when(swap(FIRST, SECOND))
        .refused(|r| assert_eq!(r.code(), "NOT_IN_OFFER"));
    assert_lawful(&story);
}

#[test]
fn amended_terms_are_in_force_when_the_other_side_signs_them() {
    let story = after(&binding(), HFD, amend());
    let story = acting(story, HFD).when(sign_version(2)).unchanged();
    assert_eq!(known(&story).terms.available_until, at(2_880));
    let story = after(&story, CTY, sign_version(2));
    assert_eq!(known(&story).terms.available_until, at(5_760));
    assert_eq!((known(&story).stage, known(&story).amendment.is_none()), (Stage::Binding, true));
    assert_lawful(&story);
}

#[test]
fn a_cancelled_agreement_gives_back_what_it_held_unless_something_has_arrived() {
    let story = after(&binding(), HFD, cancel());
    assert!(!is_committed(&story, FIRST) && !is_committed(&story, SECOND));
    assert_eq!((known(&story).stage, status(&story)), (Stage::Cancelled, (Status::Sent, 0, 5)));
    assert_lawful(&story);

    let mut story = after(&binding(), CTY, order());
    let (resource, incident, commitment) = (id(FIRST), id(FIRE), None);
    let (place, leader) = ("Staging".to_owned(), None);
    story.must(CheckIn {
        resource,
        incident,
        commitment,
        place,
        people: 4,
        leader,
        details: CheckInDetails::default(),
    });
    acting(story, HFD).when(cancel()).refused(|r| assert_eq!(r.code(), "ARRIVED"));
}

#[test]
fn what_comes_by_an_agreement_is_not_taken_back_beside_it() {
    let (resource, incident, commitment) = (id(FIRST), id(FIRE), None);
    let reason = "we need it".to_owned();
    let story = acting(binding(), CTY);
    story
        .when(resource::Cancel { resource, incident, commitment, reason })
        .refused(|r| assert_eq!(r.code(), "BY_AGREEMENT"));
}

#[test]
fn ones_own_resources_fill_a_request_without_an_agreement() {
    let fill = |resource, quantity| FillFromOwn {
        request: id(REQUEST),
        items: vec![Wish { resource: id(resource), quantity }],
    };
    let story = with_engines(with_engines(asked(), HFD, 1), CTY, 1);
    let story = acting(story, HFD);
    story.clone().when(fill(SECOND, 1)).refused(|r| assert_eq!(r.code(), "RESOURCE_OF_ANOTHER"));
    let story = after(&story, HFD, fill(FIRST, 1));
    assert!(is_committed(&story, FIRST));
    assert_eq!(status(&story), (Status::PartlyFilled, 1, 4));
    let story = story.when(fill(FIRST, 1)).refused(|r| assert_eq!(r.code(), "NOT_FREE"));
    assert_lawful(&story);
}

#[test]
fn a_closed_request_ends_the_offers_that_bind_nobody() {
    let reason = "the fire is out".to_owned();
    let story = after(&offered(), HFD, request::Cancel { request: id(REQUEST), reason });
    assert_eq!(known(&story).stage, Stage::Declined);
    assert_lawful(&story);
    let reason = "no more to be had".to_owned();
    let story = after(&binding(), HFD, request::Close { request: id(REQUEST), reason });
    assert_eq!((known(&story).stage, status(&story).0), (Stage::Binding, Status::Unfilled));
    assert_lawful(&story);
}

#[test]
fn whoever_has_to_act_next_is_named_on_both_sides() {
    let mut said = String::new();
    let mut look = |what: &str, story: &Story| {
        let own = |of: u64| {
            let questions = open_questions(&story.world, id(of)).into_iter();
            let of_offers = questions.filter(|q| q.what != Question::Answer);
            of_offers.map(|q| (q.what, if q.owner == id(HFD) { "HFD" } else { "CTY" })).collect()
        };
        let (asks, offers): (Vec<_>, Vec<_>) = (own(HFD), own(CTY));
        assert_eq!(asks, offers);
        said += &format!("{what}: {asks:?}\n");
    };
    let story = offered();
    look("offered", &story);
    look("countered", &after(&story, HFD, counter(1)));
    let story = after(&story, HFD, accept());
    look("accepted", &story);
    let story = after(&story, HFD, sign());
    look("signed by one", &story);
    let story = after(&story, CTY, sign());
    look("binding", &story);
    look("amended", &after(&story, CTY, amend()));
    let story = after(&story, CTY, order());
    look("ordered", &story);
    let story = there_and_home(there_and_home(story, FIRST), SECOND);
    let story = after(&story, CTY, claim());
    look("claimed", &story);
    insta::assert_snapshot!(said, @r#"
    offered: [(Decision, "HFD")]
    countered: [(Decision, "CTY")]
    accepted: [(Signature, "HFD"), (Signature, "CTY")]
    signed by one: [(Signature, "CTY")]
    binding: [(MissionOrder, "CTY")]
    amended: [(Signature, "HFD"), (MissionOrder, "CTY")]
    ordered: []
    claimed: [(Payment, "HFD")]
    "#);
}
