//! Command is assumed, shared and left (NIMS, establishment of command; Unified Command).

use super::{Town, town};
use crate::domain::incident::{ChangeStatus, Merge, Status, Unmerge};
use crate::domain::marking::{Mark, Tlp};
use crate::domain::person;
use crate::domain::record::RecordRef;
use crate::domain::resource::{Assign, Tactical};
use crate::domain::structure::{
    AcceptTransfer, ActivateEoc, AssumeCommand, DeclineTransfer, Delegate, JoinCommand, Kind,
    LeaveCommand, Model, Power, ProposeJointly, RelievePost, SignJointly, Stage, WithdrawTransfer,
};
use crate::domain::testing::{assert_lawful, incident, refusals};

fn join(town: &Town) -> JoinCommand {
    JoinCommand {
        structure: town.structure(),
        person: town.lee,
        organization: town.police,
        reason: "an evacuation".to_owned(),
        waiver: None,
    }
}

fn leave(
    town: &Town,
    organization: crate::domain::Id<crate::domain::organization::Organization>,
) -> LeaveCommand {
    LeaveCommand { structure: town.structure(), organization, reason: "done".to_owned() }
}

#[test]
fn the_first_on_the_scene_assumes_command_and_others_join_one_each_agency() {
    // Section 3 and check 1: a single commander; Unified Command of two agencies or more.
    let mut town = Town::commanded();
    assert_eq!(town.commanders(), ["Dana Reyes"]);
    let kind = |town: &Town| {
        let world = &town.story.world;
        world.kind_of(world.structure_of(town.incident()).unwrap())
    };
    assert_eq!(kind(&town), Kind::IncidentCommand);
    let asks = join(&town);
    town.story.joined_by(asks);
    assert_eq!(
        (town.commanders(), kind(&town)),
        (vec!["Dana Reyes", "Lee Chan"], Kind::UnifiedCommand)
    );
    town.story.must(leave(&town, town.fire));
    assert_eq!((town.commanders(), kind(&town)), (vec!["Lee Chan"], Kind::IncidentCommand));
    insta::assert_snapshot!(town.told(), @"
    Dana Reyes (HFD) assumes command
    Dana Reyes (HFD) asks Lee Chan (CPD) to join command: an evacuation
    Lee Chan (CPD) joins command as of 2026-05-01 12:00 UTC
    Lee Chan (CPD) joins command
    Dana Reyes (HFD) leaves command: done
    ");
    assert_lawful(&town.story);
}

#[test]
fn command_never_lapses() {
    // Section 4.1: only the commander's post is always staffed.
    let town = Town::commanded();
    let top = town.story.world.post(town.top()).unwrap();
    let relieve = RelievePost { post: town.top(), assignment: top.assignments[0].id, reason: None };
    let leaves = person::Leave { person: town.dana, organization: town.fire };
    let mut again = town.assume(town.sam, town.fire);
    again.waiver = Some("again".to_owned());
    let twice = JoinCommand { person: town.sam, organization: town.fire, ..join(&town) };
    let said = refusals(
        &town.story,
        [
            relieve.into(),
            leave(&town, town.fire).into(),
            leave(&town, town.police).into(),
            leaves.into(),
            again.into(),
            twice.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    COMMAND_WOULD_LAPSE: command never lapses: a commander is not relieved; transfer command, or leave Unified Command (`leaveCommand`) while another commander stays
    COMMAND_WOULD_LAPSE: command never lapses: a commander is not relieved; transfer command, or leave Unified Command (`leaveCommand`) while another commander stays
    AGENCY_DOES_NOT_COMMAND: this agency holds no command here
    PERSON_COMMANDS: Dana Reyes holds command for this organization; transfer command first
    COMMAND_HELD: incident HFD-2026-00001 has a commander; take command over by a transfer, or join
    AGENCY_COMMANDS: this agency has a commander already; Unified Command has one each agency
    ");
}

#[test]
fn an_agency_is_in_command_by_its_own_word_alone() {
    // NIMS: no agency gives up authority; nobody puts another into Unified Command.
    let mut town = Town::commanded();
    let asked = |town: &Town| {
        let structure = town.story.world.structure(town.structure()).unwrap();
        structure.transfers.iter().map(|t| (t.joins, t.stage)).collect::<Vec<_>>()
    };
    town.story.must(join(&town));
    assert_eq!(
        (town.commanders(), asked(&town)),
        (vec!["Dana Reyes"], vec![(true, Stage::Proposed)])
    );
    let transfer = town.story.world.structure(town.structure()).unwrap().transfers[0].id;
    let structure = town.structure();
    let accept = AcceptTransfer { structure, transfer, effective: None };
    let mut said = refusals(&town.story, [join(&town).into(), accept.clone().into()]);
    let fire = town.story.by.organization.replace(town.police);
    town.story.must(DeclineTransfer { structure, transfer, reason: "no crews".to_owned() });
    // Nor does an agency join unasked.
    said += &refusals(&town.story, [join(&town).into(), accept.into()]);
    town.story.by.organization = fire;
    town.story.must(join(&town));
    let transfer = town.story.world.structure(structure).unwrap().transfers[1].id;
    town.story.must(WithdrawTransfer { structure, transfer, reason: "not needed".to_owned() });
    assert_eq!(town.commanders(), ["Dana Reyes"]);
    assert_eq!(asked(&town), [(true, Stage::Declined), (true, Stage::Withdrawn)]);
    insta::assert_snapshot!(said + &town.told(), @"
    AGENCY_ASKED: this agency was asked to join command already; wait for its answer, or withdraw the question
    NOT_THE_SIDE: only the incoming commander or their organization may do this
    NOT_THE_SIDE: only a commander or their organization may do this
    TRANSFER_STAGE: this transfer is declined and cannot be accepted
    Dana Reyes (HFD) assumes command
    Dana Reyes (HFD) asks Lee Chan (CPD) to join command: an evacuation
    Lee Chan (CPD) does not join command: no crews
    Dana Reyes (HFD) asks Lee Chan (CPD) to join command: an evacuation
    Lee Chan (CPD) is not to join command any more: not needed
    ");
    assert_lawful(&town.story);
}

#[test]
fn an_agency_takes_and_leaves_command_by_its_own_word() {
    // Section 3: no agency gives up its authority, and none is given another's.
    let mut town = town();
    let said = refusals(&town.story, [town.assume(town.lee, town.police).into()]);
    insta::assert_snapshot!(said, @"NOT_THE_SIDE: only whoever assumes command or their organization may do this");
    town.story.must(town.assume(town.dana, town.fire));
    let asks =
        JoinCommand { structure: town.story.world.structures().next().unwrap().id, ..join(&town) };
    let structure = asks.structure;
    town.story.joined_by(asks);
    let leave = |organization| LeaveCommand { structure, organization, reason: "done".to_owned() };
    let said = refusals(&town.story, [leave(town.police).into()]);
    insta::assert_snapshot!(said, @"NOT_THE_SIDE: only the commander who leaves or their organization may do this");
    assert_lawful(&town.story);
}

#[test]
fn nobody_commands_what_is_hidden_from_them() {
    let mut town = Town::commanded();
    let asks = join(&town);
    town.story.joined_by(asks);
    let (record, reason) = (RecordRef::Incident(town.incident()), "arson".to_owned());
    let mark = Mark { record, tlp: Tlp::AmberStrict, reason };
    let mut said = refusals(&town.story, [mark.clone().into()]);
    town.story.by.organization = Some(town.police);
    town.story.must(leave(&town, town.police));
    town.story.by.organization = Some(town.fire);
    town.story.must(mark);
    said += &refusals(&town.story, [join(&town).into()]);
    insta::assert_snapshot!(said, @"
    HIDDEN_FROM_COMMAND: TLP:AMBER+STRICT hides incident HFD-2026-00001 from every agency but the one it belongs to, so no other can be in command; mark it AMBER, or let the others leave command
    HIDDEN_FROM_COMMAND: TLP:AMBER+STRICT hides incident HFD-2026-00001 from every agency but the one it belongs to, so no other can be in command; mark it AMBER, or let the others leave command
    ");
    assert_lawful(&town.story);
}

#[test]
fn who_leaves_command_takes_back_what_they_delegated_and_is_not_waited_for() {
    // Check 16: those in command sign, and nobody else has to.
    let mut town = Town::commanded();
    let asks = join(&town);
    town.story.joined_by(asks);
    let (structure, what) = (town.structure(), "evacuate the east bank".to_owned());
    let (power, to, reason) = (Power::Signature, town.fire, "night shift".to_owned());
    town.story.must(ProposeJointly { structure, what: what.clone() });
    town.story.by.organization = Some(town.police);
    town.story.must(Delegate { structure, power, to, reason, until: None });
    let command = |town: &Town| town.story.world.structure(structure).unwrap().as_ref().clone();
    assert_eq!(command(&town).decisions[0].agreed, None);
    town.story.must(leave(&town, town.police));
    assert!(command(&town).decisions[0].agreed.is_some(), "all who stay have signed it");
    assert!(command(&town).delegations[0].ended.is_some());
    // Whoever comes back gives their word anew.
    town.story.by.organization = Some(town.fire);
    let asks = join(&town);
    town.story.joined_by(asks);
    town.story.must(ProposeJointly { structure, what });
    assert_eq!(command(&town).decisions[1].approvals.missing(), [town.police]);
    assert_lawful(&town.story);
}

#[test]
fn command_is_over_with_its_incident_and_goes_on_when_that_is_taken_up_again() {
    let mut town = Town::commanded();
    assert!(town.story.world.holds(town.dana, town.incident()));
    let reason = Some("out".to_owned());
    town.story.must(ChangeStatus { incident: town.incident(), to: Status::Closed, reason });
    assert!(!town.story.world.holds(town.dana, town.incident()));
    let reason = "smoke again".to_owned();
    town.story.must(crate::domain::incident::Reopen { incident: town.incident(), reason });
    assert!(town.story.world.holds(town.dana, town.incident()));
    assert_eq!(town.commanders(), ["Dana Reyes"]);
    assert_lawful(&town.story);
}

#[test]
fn what_all_commanders_sign_is_agreed_when_all_have_signed_or_delegated_it() {
    // Check 16: all agencies' signatures, or recorded delegation.
    let mut town = Town::commanded();
    let asks = join(&town);
    town.story.joined_by(asks);
    let what = "evacuate the east bank".to_owned();
    town.story.must(ProposeJointly { structure: town.structure(), what: what.clone() });
    let structure = town.story.world.structure(town.structure()).unwrap();
    let decision = structure.decisions[0].id;
    assert_eq!(structure.decisions[0].approvals.missing(), [town.police]);
    let sign = SignJointly { structure: town.structure(), decision };
    town.story = town.story.when(sign.clone()).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"this organization has nothing to sign: it holds no command here, or signed already");
    });
    town.story.by.organization = Some(town.police);
    town.story.must(sign);
    let agreed = |town: &Town, n: usize| {
        town.story.world.structure(town.structure()).unwrap().decisions[n].agreed.is_some()
    };
    assert!(agreed(&town, 0));

    // The police let Harbor Fire sign for them: then one signature is enough, and it is recorded.
    town.story.must(Delegate {
        structure: town.structure(),
        power: Power::Signature,
        to: town.fire,
        reason: "night shift".to_owned(),
        until: None,
    });
    town.story.by.organization = Some(town.fire);
    town.story.must(ProposeJointly { structure: town.structure(), what });
    assert!(agreed(&town, 1));
    let structure = town.story.world.structure(town.structure()).unwrap();
    let delegated = structure.decisions[1].approvals.given.iter().filter(|s| s.is_delegated());
    assert_eq!(delegated.map(|s| s.agency).collect::<Vec<_>>(), [town.police]);
    assert_lawful(&town.story);
}

#[test]
fn a_center_supports_and_does_not_direct_tactics_where_somebody_commands_unless_they_let_it() {
    // Section 3, EOC; check 17.
    let mut town = town();
    let center = ActivateEoc {
        organization: town.police,
        name: "County EOC".to_owned(),
        model: Model::EocIncidentSupport,
        level: 2,
        director: town.lee,
        supports: vec![town.incident()],
        exercise: false,
        waiver: None,
    };
    let said = refusals(
        &town.story,
        [
            ActivateEoc { level: 4, ..center.clone() }.into(),
            ActivateEoc { model: Model::Incident, ..center.clone() }.into(),
            ActivateEoc { exercise: true, ..center.clone() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    EOC_LEVEL_UNKNOWN: activation level 4 does not exist; 3 is normal operations, 1 full activation
    ONLY_FOR_EOC: this is for emergency operations centers only
    EXERCISE_MIXED: an exercise and a real event cannot be joined; open a separate incident for the exercise
    ");
    town.story.must(center);
    let may = |town: &Town| {
        let world = &town.story.world;
        let (_, eoc) = world.eocs_of(town.incident()).next().unwrap();
        world.may_direct_tactics(eoc, town.incident(), town.story.now)
    };
    assert!(may(&town));
    town.story.must(town.assume(town.dana, town.fire));
    assert!(!may(&town));
    let structure = town.story.world.structure_of(town.incident()).unwrap().id;
    let reason = "we are leaving the scene".to_owned();
    let (power, to) = (Power::Tactics, town.police);
    town.story.must(Delegate { structure, power, to, reason, until: None });
    assert!(may(&town));
    assert_lawful(&town.story);
}

#[test]
fn a_center_assigns_resources_only_where_nobody_commands_or_tactics_were_delegated() {
    // Check 17, for the command itself; Lee directs the center and holds no post on the fire.
    let mut town = town();
    let (resource, incident) = (town.checked_in(), town.incident());
    town.story.must(ActivateEoc {
        organization: town.police,
        name: "County EOC".to_owned(),
        model: Model::EocIncidentSupport,
        level: 2,
        director: town.lee,
        supports: vec![incident],
        exercise: false,
        waiver: None,
    });
    let to = |name: &str| {
        let to = Tactical { post: None, name: name.to_owned() };
        Assign { resource, incident, commitment: None, to, reason: None }
    };
    town.story.by.organization = Some(town.police);
    // Nobody commands: the center may.
    town.story.must(to("Division A"));
    town.story.by.organization = Some(town.fire);
    town.story.must(town.assume(town.dana, town.fire));
    town.story.by.organization = Some(town.police);
    let said = refusals(&town.story, [to("Division B").into()]);
    insta::assert_snapshot!(said, @"TACTICS_NOT_DELEGATED: County EOC supports and does not assign resources while somebody commands on the scene; ask the commander to assign it, or to delegate tactical assignments to CPD");
    // Those on the scene may always.
    town.story.by.organization = Some(town.fire);
    town.story.must(to("Division B"));
    let structure = town.story.world.structure_of(incident).unwrap().id;
    let reason = "we are leaving the scene".to_owned();
    let (power, to_police) = (Power::Tactics, town.police);
    let until = Some(town.story.now);
    let over = Delegate { structure, power, to: to_police, reason: reason.clone(), until };
    let said = refusals(&town.story, [over.into()]);
    insta::assert_snapshot!(said, @"DELEGATION_OVER: this delegation would be over already; let it end later, or leave `until` out");
    town.story.must(Delegate { structure, power, to: to_police, reason, until: None });
    town.story.by.organization = Some(town.police);
    town.story.must(to("Division C"));
    assert_lawful(&town.story);
}

#[test]
fn a_commanded_incident_becomes_no_duplicate_of_one_that_nobody_commands() {
    // Check 2: command has no gaps, neither by merging.
    let mut town = Town::commanded();
    town.story.must(incident("Mill Str."));
    let other = town.story.world.incidents().next_back().unwrap().id;
    let reason = "one fire".to_owned();
    let merge = |incident, into| Merge { incident, into, reason: reason.clone() };
    let said = refusals(&town.story, [merge(town.incident(), other).into()]);
    insta::assert_snapshot!(said, @"COMMAND_WOULD_LAPSE_BY_MERGING: incident HFD-2026-00001 has a commander and HFD-2026-00002 has none; merge HFD-2026-00002 into HFD-2026-00001, or assume command of HFD-2026-00002 first");
    let undo = Unmerge { incident: other, reason: "two fires".to_owned() };
    town.story.must(merge(other, town.incident()));
    town.story.must(undo);
    // With a commander on both, the command of the duplicate rests until it is un-merged.
    let assume = AssumeCommand { incident: other, ..town.assume(town.sam, town.fire) };
    town.story.must(assume);
    town.story.must(merge(other, town.incident()));
    let world = &town.story.world;
    assert!(!world.is_live(world.structure_of(other).unwrap()));
    town.story.must(Unmerge { incident: other, reason: "two fires".to_owned() });
    let world = &town.story.world;
    assert!(world.is_live(world.structure_of(other).unwrap()));
    assert_eq!(world.commanders(other).len(), 1);
    // Nor does one agency merge away the command of another (check 1).
    town.story.must(incident("Mill Lane"));
    let theirs = town.story.world.incidents().next_back().unwrap().id;
    let fire = town.story.by.organization.replace(town.police);
    town.story.must(AssumeCommand { incident: theirs, ..town.assume(town.lee, town.police) });
    town.story.by.organization = fire;
    let said = refusals(&town.story, [merge(theirs, town.incident()).into()]);
    insta::assert_snapshot!(said, @"AGENCY_WOULD_LOSE_COMMAND: an agency that is in command of HFD-2026-00003 is not in command of HFD-2026-00001; let it join command there, or leave command of HFD-2026-00003, before they are merged");
    assert_lawful(&town.story);
}

#[test]
fn an_area_command_is_over_a_complex_and_has_no_operations_section() {
    // Section 3 and check 3.
    let mut town = town();
    let mut area = town.assume(town.dana, town.fire);
    area.area = true;
    let mut said = refusals(&town.story, [area.clone().into()]);
    let parent = Some(town.incident());
    town.story.must(crate::domain::incident::Open { parent, ..incident("Mill River") });
    town.story.must(area);
    let world = &town.story.world;
    let structure = world.structure_of(town.incident()).unwrap();
    assert_eq!(world.kind_of(structure), Kind::AreaCommand);
    let structure = structure.id;
    said += &refusals(
        &town.story,
        [crate::domain::structure::OpenPost { structure, ..town.opening("OSC", None) }.into()],
    );
    town.story.must(crate::domain::structure::OpenPost { structure, ..town.opening("ACPC", None) });
    let (resource, incident) = (town.checked_in(), town.incident());
    let to = Tactical { post: None, name: "Division A".to_owned() };
    let assign = Assign { resource, incident, commitment: None, to, reason: None };
    said += &refusals(&town.story, [assign.into()]);
    insta::assert_snapshot!(said, @"
    AREA_WITHOUT_PARTS: incident HFD-2026-00001 has no parts; an Area Command is over a complex of incidents
    POSITION_NOT_IN_MODEL: Operations Section Chief is no part of an Area Command
    AREA_DIRECTS_NO_TACTICS: an Area Command assigns no resources to tactics; commit it to one of its incidents, and have it assigned there
    ");
    assert_lawful(&town.story);
}
