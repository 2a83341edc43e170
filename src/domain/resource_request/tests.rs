//! Requests (ICS 213RR; NIMS resource management, order and acquire), told as stories.

use super::{
    Amend, ApprovalPolicy, Approve, Approver, Cancel, Close, Content, Decline, Draft, Priority,
    Question, Return, Send, SetPolicy, Status, Submit, questions::open_questions,
};
use crate::domain::command::Command;
use crate::domain::ids::Id;
use crate::domain::incident::{Merge, Unmerge};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::testing::aid::{
    CTY, FIRE, HFD, LAK, REQUEST, acting, asked, at, content, draft, engines, neighbours,
    neighbours_in,
};
use crate::domain::testing::{Story, assert_lawful, id, incident};

fn status(story: &Story) -> Status {
    story.world.resource_request(id(REQUEST)).unwrap().status()
}

fn submit() -> Submit {
    Submit { request: id(REQUEST) }
}

fn approve(approver: Approver) -> Approve {
    Approve { request: id(REQUEST), approver, comment: None }
}

fn send(to: &[u64]) -> Send {
    Send { request: id(REQUEST), to: to.iter().map(|n| id(*n)).collect() }
}

fn close() -> Close {
    Close { request: id(REQUEST), reason: "nobody has any".to_owned() }
}

fn cancel() -> Cancel {
    Cancel { request: id(REQUEST), reason: "the fire is out".to_owned() }
}

/// What the policy of Harbor Fire wants for what is urgent.
fn policy(urgent: &[Approver]) -> SetPolicy {
    SetPolicy { policy: ApprovalPolicy { urgent: urgent.to_vec(), ..ApprovalPolicy::default() } }
}

#[test]
fn a_request_has_a_number_of_its_organization_and_year_213rr_block_3() {
    let mut story = neighbours();
    story.must(draft());
    story.must(draft());
    let mut story = story.after(60 * 24 * 300);
    story.must(draft());
    let numbers: Vec<_> = story.world.resource_requests().map(|r| r.number.as_str()).collect();
    assert_eq!(numbers, ["HFD-RR-2026-0001", "HFD-RR-2026-0002", "HFD-RR-2027-0001"]);
    assert_lawful(&story);
}

#[test]
fn a_request_is_of_an_exercise_when_its_incident_is_check_18() {
    for exercise in [false, true] {
        let mut story = neighbours_in(exercise);
        story.must(draft());
        assert_eq!(story.world.resource_request(id(REQUEST)).unwrap().exercise, exercise);
    }
}

#[test]
fn where_the_policy_needs_nobody_a_request_is_approved_when_it_is_submitted() {
    let mut story = neighbours();
    story.must(draft());
    assert_eq!(status(&story), Status::Draft);
    story.must(submit());
    assert_eq!(status(&story), Status::Approved);
    assert_lawful(&story);
}

#[test]
fn every_level_that_the_policy_names_has_to_approve_213rr_blocks_9_14_and_17() {
    let mut story = neighbours();
    story.must(draft());
    // The next command is the policy; the request keeps its number.
    story.must(policy(&[Approver::Finance, Approver::SectionChief, Approver::Finance]));
    story.must(submit());
    assert_eq!(status(&story), Status::AwaitingApprovals);
    let story = story
        .when(approve(Approver::Logistics))
        .refused(|r| assert_eq!(r.code(), "APPROVAL_NOT_AWAITED"));
    let mut story = story.when(approve(Approver::Finance)).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"request HFD-RR-2026-0001 waits for the approval of section chief first, and then of finance");
    });
    story.must(approve(Approver::SectionChief));
    let mut story = story
        .when(approve(Approver::SectionChief))
        .refused(|r| assert_eq!(r.code(), "APPROVAL_NOT_AWAITED"));
    assert_eq!(status(&story), Status::AwaitingApprovals);
    let story_returned = story.clone();
    story.must(approve(Approver::Finance));
    assert_eq!(status(&story), Status::Approved);
    let request = story.world.resource_request(id(REQUEST)).unwrap();
    let approvals: Vec<_> = request.approvals.iter().map(|a| (a.approver, &*a.by)).collect();
    assert_eq!(approvals, [(Approver::SectionChief, "dana"), (Approver::Finance, "dana")]);
    assert_lawful(&story);

    // A refusal with a reason returns it, and what was approved does not count for the next text.
    let mut story = story_returned;
    let reason = "over the budget of the day".to_owned();
    story.must(Return { request: id(REQUEST), approver: Approver::Finance, reason });
    assert_eq!(status(&story), Status::Draft);
    let request = story.world.resource_request(id(REQUEST)).unwrap();
    assert_eq!(request.returned.as_ref().unwrap().reason, "over the budget of the day");
    assert!(request.approvals.is_empty());
    story.must(Amend { request: id(REQUEST), content: Content { need: engines(3), ..content() } });
    story.must(submit());
    let missing: Vec<_> =
        story.world.resource_request(id(REQUEST)).unwrap().approvals_missing().collect();
    assert_eq!(missing, [Approver::SectionChief, Approver::Finance]);
    assert_lawful(&story);
}

#[test]
fn every_step_is_allowed_or_refused_as_the_table_says() {
    let steps: [(&str, Command); 8] = [
        ("amend", Amend { request: id(REQUEST), content: content() }.into()),
        ("submit", submit().into()),
        ("approve", approve(Approver::Logistics).into()),
        (
            "return",
            Return {
                request: id(REQUEST),
                approver: Approver::Logistics,
                reason: "too many".to_owned(),
            }
            .into(),
        ),
        ("send", send(&[CTY]).into()),
        ("close", close().into()),
        ("cancel", cancel().into()),
        ("decline", Decline { request: id(REQUEST), reason: "none free".to_owned() }.into()),
    ];
    let mut story = neighbours();
    story.must(draft());
    let mut states = vec![story.clone()];
    let mut awaiting = story.clone();
    awaiting.must(policy(&[Approver::Logistics]));
    awaiting.must(submit());
    states.push(awaiting);
    story.must(submit());
    states.push(story.clone());
    story.must(send(&[CTY]));
    states.push(story.clone());
    let mut over = story.clone();
    over.must(close());
    states.push(over);
    story.must(cancel());
    states.push(story);
    let mut table = String::new();
    for story in states {
        table += &format!("{}:", status(&story).as_str());
        for (name, step) in &steps {
            let story = if *name == "decline" { acting(story.clone(), CTY) } else { story.clone() };
            match story.when(step.clone()).result {
                Ok(decision) if decision.events.is_empty() => table += &format!(" ={name}"),
                Ok(_) => table += &format!(" {name}"),
                Err(_) => {}
            }
        }
        table += "\n";
    }
    insta::assert_snapshot!(table, @r#"
    a draft: =amend submit cancel
    awaiting approvals: approve return cancel
    approved: send cancel
    sent: =send close cancel decline
    closed as unfilled:
    cancelled:
    "#);
}

#[test]
fn a_request_goes_to_each_organization_once_and_never_to_oneself() {
    let mut story = neighbours();
    story.must(draft());
    story.must(submit());
    story.clone().when(send(&[])).refused(|r| assert_eq!(r.code(), "COUNT_OUT_OF_RANGE"));
    story.clone().when(send(&[HFD])).refused(|r| assert_eq!(r.code(), "SENT_TO_ONESELF"));
    story.clone().when(send(&[99])).refused(|r| assert_eq!(r.code(), "ORGANIZATION_UNKNOWN"));
    story.must(send(&[CTY, CTY]));
    let mut story = story.when(send(&[CTY])).unchanged();
    story.must(send(&[CTY, LAK]));
    let request = story.world.resource_request(id(REQUEST)).unwrap();
    let asked: Vec<Id<Organization>> = request.receivers.iter().map(|r| r.organization).collect();
    assert_eq!(asked, [id(CTY), id(LAK)]);
    // Whoever was asked first is not told by the timeline that others were asked later.
    let lines = story.world.timeline_of(id(FIRE)).filter(|line| line.what.contains("sent"));
    assert_eq!(lines.count(), 1);
    assert_lawful(&story);
}

#[test]
fn whoever_was_asked_declines_with_a_reason_and_nobody_else_does() {
    let decline = || Decline { request: id(REQUEST), reason: "all are out".to_owned() };
    let story = asked();
    story.clone().when(decline()).refused(|r| assert_eq!(r.code(), "NOT_ASKED"));
    let mut story = acting(story, CTY);
    story.must(decline());
    let story = story.when(decline()).unchanged();
    let mut story = acting(story, HFD);
    story.must(cancel());
    let story = acting(story, LAK);
    let story = story.when(decline()).refused(|r| assert_eq!(r.code(), "NO_ANSWER_WANTED"));
    assert_lawful(&story);
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let story = neighbours();
    let asks = |change: fn(&mut Content)| {
        let mut content = content();
        change(&mut content);
        let refusal = story.clone().when(Draft { incident: id(FIRE), content }).result.unwrap_err();
        refusal.to_string()
    };
    let said = [
        asks(|c| c.need.quantity = 0),
        asks(|c| c.need.level = Some(0)),
        asks(|c| c.need.level = Some(99)),
        asks(|c| c.wanted_by = Some(at(-61))),
        asks(|c| c.purpose = " ".to_owned()),
        asks(|c| c.contact = String::new()),
        asks(|c| c.deliver_to.name = None),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
    a quantity of 0 cannot be asked for or offered; give 1 to 1000000
    Engine, fire has no Type 0; it has Type 1, Type 2, Type 3, Type 4
    Engine, fire has no Type 99; it has Type 1, Type 2, Type 3, Type 4
    `wantedBy` is long over; write a moment that is to come, or leave it out
    `purpose` is empty; write at least one word
    `contact` is empty; write at least one word
    `location` is not a usable place: give a point, a perimeter or a name
    "#);
}

#[test]
fn every_question_has_an_owner_and_an_age_on_both_sides() {
    let story = asked().after(10);
    let questions = |story: &Story, of: u64| {
        let questions = open_questions(&story.world, id(of));
        questions.iter().map(|q| (q.what, q.owner, q.waits, q.since)).collect::<Vec<_>>()
    };
    let to = |owner| (Question::Answer, id(owner), id(HFD), at(0));
    assert_eq!(questions(&story, HFD), [to(CTY), to(LAK)]);
    assert_eq!(questions(&story, CTY), [to(CTY)]);
    let mut story = acting(story, CTY);
    story.must(Decline { request: id(REQUEST), reason: "all are out".to_owned() });
    assert_eq!(questions(&story, HFD), [to(LAK)]);
    assert_eq!(questions(&story, CTY), []);
    let mut story = acting(story, HFD);
    story.must(policy(&[Approver::Logistics]));
    story.must(draft());
    story.must(Submit { request: id(11) });
    let own = (Question::Approval, id(HFD), id(HFD), at(10));
    assert_eq!(questions(&story, HFD), [to(LAK), own]);
    story.must(cancel());
    assert_eq!(questions(&story, HFD), [own]);
    assert_eq!(questions(&story, LAK), []);
}

#[test]
fn an_approval_that_nobody_gives_stands_out_though_nothing_else_happens_on_the_incident() {
    let mut story = neighbours();
    story.must(draft());
    story.must(policy(&[Approver::Logistics]));
    story.must(submit());
    let story = story.until_due(60);
    let items = story.world.watch(id(FIRE)).map_or(&[][..], |watch| &watch.items);
    let about: Vec<_> = items.iter().map(|item| (&*item.code, item.record)).collect();
    assert_eq!(about, [("QUESTION_UNANSWERED", RecordRef::ResourceRequest(id(REQUEST)))]);
    assert_lawful(&story);
}

#[test]
fn priorities_have_their_own_approvers() {
    let policy = ApprovalPolicy {
        urgent: vec![],
        routine: vec![Approver::Logistics],
        low: vec![Approver::Finance, Approver::Logistics],
    };
    let needed = [Priority::Urgent, Priority::Routine, Priority::Low].map(|p| policy.needed(p));
    assert_eq!(
        needed,
        [vec![], vec![Approver::Logistics], vec![Approver::Logistics, Approver::Finance]]
    );
}

#[test]
fn the_requests_of_a_duplicate_are_answered_with_the_incident_that_stands_for_both() {
    // Requests and their answers outlive the discovery that two incidents are one.
    let mut story = asked();
    story.must(incident("Mill Str."));
    let other = story.world.incidents().next_back().unwrap().id;
    let reason = || "one fire".to_owned();
    story.must(Merge { incident: id(FIRE), into: other, reason: reason() });
    let of = |story: &Story, incident| {
        let all = story.world.requests_standing_for(incident);
        all.iter().map(|request| request.number.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&story, other), ["HFD-RR-2026-0001"]);
    story.must(close());
    let told = story.world.timeline_of(other).next_back().unwrap().what.clone();
    assert!(told.contains("HFD-RR-2026-0001"), "{told}");
    story.must(Unmerge { incident: id(FIRE), reason: "two fires".to_owned() });
    assert_eq!(of(&story, other), [""; 0]);
    assert_eq!(of(&story, id(FIRE)), ["HFD-RR-2026-0001"]);
    assert_lawful(&story);
}
