//! Transfer of command (NIMS, five steps; check 2: no gaps, no overlap except a signed handover).

use jiff::{SignedDuration, Timestamp};

use super::Town;
use crate::domain::incident::{ChangeStatus, Status};
use crate::domain::resource::{self, AdoptDefinitions, Advance, Commit, definition};
use crate::domain::resource_request::{Content, Draft, Send, Submit};
use crate::domain::structure::briefing::Due;
use crate::domain::structure::transfer::Tell;
use crate::domain::structure::{
    AcceptTransfer, CarryOutTransfer, DeclineTransfer, Delegate, JoinCommand, LeaveCommand, Power,
    ProposeTransfer, Stage, Transfer, WithdrawTransfer,
};
use crate::domain::testing::aid::{content, engine};
use crate::domain::testing::{Story, assert_lawful, refusals};
use crate::domain::{Command, Id, period, person};

fn propose(town: &Town) -> ProposeTransfer {
    ProposeTransfer {
        structure: town.structure(),
        from: town.fire,
        to: town.sam,
        organization: town.fire,
        reason: "end of shift".to_owned(),
        remarks: Some("the wind turns at dusk".to_owned()),
        waiver: None,
    }
}

fn newest(town: &Town) -> &Transfer {
    let structure = town.story.world.structure(town.structure()).unwrap();
    structure.transfers.iter().rfind(|transfer| !transfer.joins).unwrap()
}

/// Each step that can be asked for, at a transfer.
fn steps(
    town: &Town,
    transfer: Id<Transfer>,
    effective: Option<Timestamp>,
) -> [(Stage, Command); 4] {
    let structure = town.structure();
    let reason = || "because".to_owned();
    [
        (Stage::Accepted, AcceptTransfer { structure, transfer, effective }.into()),
        (Stage::Declined, DeclineTransfer { structure, transfer, reason: reason() }.into()),
        (Stage::Withdrawn, WithdrawTransfer { structure, transfer, reason: reason() }.into()),
        (Stage::CarriedOut, CarryOutTransfer { structure, transfer }.into()),
    ]
}

#[test]
fn command_changes_hands_when_the_moment_has_come_and_not_before() {
    // Section 4.4: the incoming sets the effective time; the outgoing holds command until then.
    let mut town = Town::commanded();
    town.open("OSC", None);
    let safety = town.open("SOFR", None);
    town.story.must(town.assigning(safety, town.lee));
    town.story = town.story.after(60);
    town.story.must(propose(&town));
    let briefing = &newest(&town).briefing;
    let situation = briefing.situation.as_ref().unwrap();
    assert_eq!((situation.complexity, situation.lines), (Some(3), 5));
    assert_eq!(briefing.remarks.as_deref(), Some("the wind turns at dusk"));
    let posts = briefing.posts.iter().map(|post| (post.name.as_str(), post.holders.len()));
    let expected =
        [("Incident Commander", 1), ("Operations Section Chief", 0), ("Safety Officer", 1)];
    assert_eq!(posts.collect::<Vec<_>>(), expected);

    let transfer = newest(&town).id;
    let effective = Some(town.story.now + SignedDuration::from_hours(2));
    town.story.must(AcceptTransfer { structure: town.structure(), transfer, effective });
    let tells = &newest(&town).tells;
    let staff = tells.iter().filter(|tell| matches!(tell, Tell::Staff { .. })).count();
    assert_eq!((tells.len(), staff), (3, 2));
    town.story = town.story.until_due(119);
    assert_eq!(town.commanders(), ["Dana Reyes"]);
    town.story = town.story.until_due(1);
    assert_eq!(town.commanders(), ["Sam Ortiz"]);
    assert_eq!(newest(&town).stage, Stage::CarriedOut);
    let top = town.story.world.post(town.top()).unwrap();
    let ended = top.assignments[0].ended.as_ref().unwrap();
    assert_eq!(ended.at, top.assignments[1].from);
    insta::assert_snapshot!(town.told(), @r#"
    Dana Reyes (HFD) assumes command
    opened Operations Section Chief
    opened Safety Officer
    Lee Chan (CPD) takes Safety Officer
    Dana Reyes (HFD) proposes to hand command to Sam Ortiz (HFD): end of shift
    Sam Ortiz (HFD) accepts command as of 2026-05-01 15:00 UTC
    no word from the commander for HFD for 120 minutes; call them, and write down what they say
    Sam Ortiz (HFD) takes command from Dana Reyes (HFD)
    "#);
    assert_lawful(&town.story);
}

#[test]
fn the_incoming_is_told_what_is_asked_for_what_is_there_and_what_falls_due() {
    // Section 4.4, ICS 201 blocks 8 and 9; the briefing names open orders and deadlines.
    let mut town = Town::commanded();
    let (incident, now) = (town.incident(), town.story.now);
    let hours = |hours| now + SignedDuration::from_hours(hours);
    town.story.must(AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() });
    town.story.must(engine(1, 3));
    let resource = town.story.world.resources().next().unwrap().id;
    town.story.must(Commit { resource, incident, quantity: 1 });
    let (commitment, to, expected) = (None, resource::Stage::EnRoute, Some(hours(1)));
    town.story.must(Advance { resource, incident, commitment, to, expected });
    let wanted_by = Some(hours(6));
    town.story.must(Draft { incident, content: Content { wanted_by, ..content() } });
    let request = town.story.world.resource_requests().next().unwrap().id;
    town.story.must(Submit { request });
    town.story.must(Send { request, to: vec![town.police] });
    let (start, end) = (None, hours(12));
    town.story.must(period::Plan { incident, start, end });
    let of = town.story.world.periods().next().unwrap().id;
    town.story.must(period::Start { period: of });
    let hazard = period::Hazard {
        area: "Division A".to_owned(),
        hazard: "wires down".to_owned(),
        mitigation: "100 m off".to_owned(),
    };
    let safety = period::Safety { message: None, hazards: vec![hazard] };
    let section = period::Section::Safety(safety);
    town.story.must(period::WriteSection { period: of, over: None, section });
    let (structure, power, to) = (town.structure(), Power::Tactics, town.police);
    let reason = "the county center sends the engines".to_owned();
    town.story.must(Delegate { structure, power, to, reason, until: None });
    town.story.must(propose(&town));

    let briefing = &newest(&town).briefing;
    assert_eq!(briefing.plan.as_ref().unwrap().hazards, ["Division A: wires down: 100 m off"]);
    assert_eq!(briefing.delegations[0].to, town.police);
    let request = &briefing.requests[0];
    assert_eq!((request.status.as_str(), request.outstanding), ("sent", 5));
    assert_eq!(briefing.resources[0].stage, resource::Stage::EnRoute);
    let due = briefing.deadlines.iter().map(|deadline| (deadline.due, deadline.at));
    let expected =
        [(Due::Arrival, hours(1)), (Due::Request, hours(6)), (Due::PeriodEnds, hours(12))];
    assert_eq!(due.collect::<Vec<_>>(), expected);
    assert_lawful(&town.story);
}

#[test]
fn every_step_that_the_state_machine_does_not_have_is_refused() {
    let mut legal = Vec::new();
    for from in Stage::ALL {
        let mut town = Town::commanded();
        town.story.must(propose(&town));
        let transfer = newest(&town).id;
        let later = Some(town.story.now + SignedDuration::from_hours(1));
        let way: &[Stage] = match from {
            Stage::Proposed => &[],
            Stage::CarriedOut => &[Stage::Accepted, Stage::CarriedOut],
            Stage::Accepted | Stage::Declined | Stage::Withdrawn => &[from],
        };
        for stage in way {
            if *stage == Stage::CarriedOut {
                town.story = town.story.after(60);
            }
            let steps = steps(&town, transfer, later);
            let step = steps.into_iter().find(|(to, _)| to == stage).unwrap();
            town.story.must(step.1);
        }
        assert_eq!(newest(&town).stage, from);
        town.story = town.story.after(60);
        let effective = Some(town.story.now + SignedDuration::from_hours(1));
        for (to, command) in steps(&town, transfer, effective) {
            let outcome = town.story.clone().when(command);
            assert_eq!(outcome.result.is_ok(), from.can_become(to), "{from:?} {to:?}");
            match outcome.result {
                Ok(_) => legal.push(format!("{} -> {}", from.as_str(), to.as_str())),
                Err(refusal) => assert_eq!(refusal.code(), "TRANSFER_STAGE"),
            }
        }
    }
    insta::assert_snapshot!(legal.join("\n"), @"
    proposed -> accepted
    proposed -> declined
    proposed -> withdrawn
    accepted -> withdrawn
    accepted -> carried out
    ");
}

#[test]
fn only_the_two_sides_hand_command_over() {
    let mut town = Town::commanded();
    let mut asks: Vec<Command> = vec![
        ProposeTransfer { to: town.dana, ..propose(&town) }.into(),
        ProposeTransfer { from: town.police, ..propose(&town) }.into(),
        ProposeTransfer { organization: town.police, ..propose(&town) }.into(),
    ];
    let mut said = refusals(&town.story, asks.drain(..));
    town.story.by.organization = Some(town.police);
    said += &refusals(&town.story, [propose(&town).into()]);
    town.story.by.organization = Some(town.fire);
    let to_police = ProposeTransfer { to: town.lee, organization: town.police, ..propose(&town) };
    town.story.must(to_police);
    let transfer = newest(&town).id;
    let (now, structure) = (town.story.now, town.structure());
    let at = |hours: i64| {
        let effective = Some(now + SignedDuration::from_hours(hours));
        Command::from(AcceptTransfer { structure, transfer, effective })
    };
    said += &refusals(&town.story, [propose(&town).into(), at(1)]);
    town.story.by.organization = Some(town.police);
    said += &refusals(&town.story, [at(25), at(-2), steps(&town, transfer, None)[2].1.clone()]);
    insta::assert_snapshot!(said, @"
    TRANSFER_TO_HOLDER: command cannot be transferred to whoever holds it
    AGENCY_DOES_NOT_COMMAND: this agency holds no command here
    MEMBERSHIP_MISSING: person 01968f00-0004-7000-8000-000000040000 is not a member of organization 01968f00-0002-7000-8000-000000020000; give the one that they belong to
    NOT_THE_SIDE: only the outgoing commander or their organization may do this
    TRANSFER_OPEN: a transfer from this commander is open; wait for the answer, or withdraw it
    NOT_THE_SIDE: only the incoming commander or their organization may do this
    EFFECTIVE_UNUSABLE: give a moment from now on, at most 24 hours ahead
    TIME_IN_PAST: `effective` is long over; write a moment that is to come, or leave it out
    NOT_THE_SIDE: only the outgoing commander or their organization may do this
    ");
    // A few minutes late is at once.
    town.story.must(at(-1));
    assert_eq!(newest(&town).effective, Some(now));
    assert_eq!(town.commanders(), ["Lee Chan"]);
    assert_lawful(&town.story);
}

#[test]
fn command_stays_where_it_is_when_the_transfer_cannot_be_carried_out() {
    let accepted = || {
        let mut town = Town::commanded();
        town.story.must(propose(&town));
        let (structure, transfer) = (town.structure(), newest(&town).id);
        let effective = Some(town.story.now + SignedDuration::from_hours(1));
        town.story.must(AcceptTransfer { structure, transfer, effective });
        town
    };
    let last = |town: &Town| newest(town).steps.last().unwrap().reason.clone().unwrap();
    let due = |story: Story| story.until_due(60);

    let mut closed = accepted();
    let reason = Some("out".to_owned());
    let incident = closed.incident();
    closed.story.must(ChangeStatus { incident, to: Status::Closed, reason });
    closed.story = due(closed.story);

    let mut left = accepted();
    left.story.must(person::Leave { person: left.sam, organization: left.fire });
    left.story = due(left.story);

    let mut forgotten = accepted();
    forgotten.story.must(person::Forget { person: forgotten.sam });
    forgotten.story = due(forgotten.story);

    let mut out = accepted();
    let reason = "joint".to_owned();
    let (structure, person, organization) = (out.structure(), out.lee, out.police);
    out.story.joined_by(JoinCommand { structure, person, organization, reason, waiver: None });
    let reason = "the fire is out".to_owned();
    out.story.must(LeaveCommand { structure, organization: out.fire, reason });
    out.story = due(out.story);

    let mut told = String::new();
    for town in [&closed, &left, &forgotten, &out] {
        assert_eq!(newest(town).stage, Stage::Withdrawn);
        told += &format!("{:?}: {}\n", town.commanders(), last(town));
        assert_lawful(&town.story);
    }
    insta::assert_snapshot!(told, @r#"
    ["Dana Reyes"]: incident HFD-2026-00001 is closed; reopen it first, with a reason
    ["Dana Reyes"]: left the organization
    ["Dana Reyes"]: person 01968f00-0004-7000-8000-000000040000 was forgotten; their data cannot be changed or read any more
    ["Lee Chan"]: the fire is out
    "#);
}
