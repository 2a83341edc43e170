//! Commands about resource requests and mutual aid, mostly the next step of something that goes on.

use jiff::{SignedDuration, Timestamp};

use super::asks::organizations;
use super::dice::Dice;
use crate::domain::command::Command;
use crate::domain::ids::Id;
use crate::domain::incident::Open;
use crate::domain::mutual_aid::{
    Accept, Amend, Cancel, Claim, Cost, Counter, Decline, IssueMissionOrder, Make, Offer, Pay,
    ReturnClaim, Sign, Stage, Swap, Wish, Withdraw,
};
use crate::domain::organization::Organization;
use crate::domain::resource::{self, DefinitionRef, Need, Resource};
use crate::domain::resource_request::{
    self as request, ApprovalPolicy, Approver, Content, Priority, ResourceRequest, Status,
};
use crate::domain::testing::aid::{HFD, engine};
use crate::domain::testing::incident;
use crate::domain::world::World;

const ENGINES_MIN: usize = 6;

pub(super) fn aid(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    // It takes two to help each other, something to help with, and something that happened.
    if world.organizations().count() < 2 {
        return organizations(dice, world, now);
    }
    if world.incidents().all(|incident| !incident.is_live()) {
        return Open { exercise: dice.one_in(4), ..incident("smoke") }.into();
    }
    if world.definitions().next().is_none() {
        return resource::AdoptDefinitions { source: resource::definition::BUILT_IN[0].to_owned() }
            .into();
    }
    if world.resources().count() < ENGINES_MIN {
        let owner = Some(dice.organization(world));
        let engine = engine(HFD, dice.pick(&[3, 1, 4]));
        return resource::Register { owner, exercise: dice.one_in(4), ..engine }.into();
    }
    match dice.roll(4) {
        0 | 1 => of_request(dice, world, now),
        _ if world.offers().any(|offer| offer.is_live()) => of_offer(dice, world, now),
        _ => of_request(dice, world, now),
    }
}

/// The organization that would ask for this; none for what anybody may.
pub(super) fn actor(command: &Command, world: &World) -> Option<Id<Organization>> {
    let asking = |id| world.resource_request(id).map(|request| request.asked_by);
    let by = |id| world.offer(id).map(|offer| offer.by);
    let to = |id| world.offer(id).map(|offer| offer.to);
    match command {
        Command::DraftRequest(c) => world.incident(c.incident)?.owner(),
        Command::DraftMessage(_) | Command::KeepTemplate(_) => {
            world.organizations().next().map(|first| first.id)
        }
        Command::SignAgreement(c) => {
            let agreement = world.agreement(c.agreement)?;
            let signed = |party| agreement.signatures.iter().any(|s| s.organization == party);
            agreement.text.parties.iter().copied().find(|party| !signed(*party))
        }
        Command::SetApprovalPolicy(_) => {
            world.resource_requests().next_back().map(|request| request.asked_by)
        }
        Command::DeclineRequest(c) => {
            world.resource_request(c.request)?.receivers.last().map(|r| r.organization)
        }
        Command::FillFromOwn(c) => asking(c.request),
        Command::MakeOffer(c) => world.resource(c.items.first()?.resource).map(|r| r.owner),
        Command::CounterOffer(Counter { offer, .. })
        | Command::AcceptOffer(Accept { offer, .. }) => world.offer(*offer)?.answers(),
        Command::SignAid(c) => world.offer(c.offer)?.signatures_missing().next(),
        Command::DeclineOffer(c) => to(c.offer),
        Command::ReturnClaim(c) => to(c.offer),
        Command::PayClaim(c) => to(c.offer),
        Command::WithdrawOffer(c) => by(c.offer),
        Command::IssueMissionOrder(c) => by(c.offer),
        Command::SwapResource(c) => by(c.offer),
        Command::AmendAid(c) => by(c.offer),
        Command::CancelAid(c) => to(c.offer),
        Command::ClaimReimbursement(c) => by(c.offer),
        Command::AssumeCommand(c) => Some(c.organization),
        Command::LeaveCommand(c) => Some(c.organization),
        Command::JoinCommand(c) => {
            world.commanding(world.structure(c.structure)?).first().map(|c| c.organization)
        }
        Command::AcceptTransfer(c) => {
            let structure = world.structure(c.structure)?;
            Some(structure.transfer(c.transfer)?.to.organization)
        }
        Command::MakeGroup(_) | Command::MakeSchedule(_) => {
            world.organizations().next().map(|organization| organization.id)
        }
        _ => None,
    }
}

fn of_request(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let request = dice.one_of(world.resource_requests().map(|request| request.id));
    let (approver, reason) = (dice.pick(&Approver::ALL), dice.text());
    let Some(known) = world.resource_request(request).filter(|r| r.is_live()) else {
        return draft(dice, world).into();
    };
    // Now and then something that does not come next.
    match (dice.roll(16), known.status()) {
        (0, _) => request::Cancel { request, reason }.into(),
        (1, _) => request::Close { request, reason }.into(),
        (2, _) if dice.one_in(2) => draft(dice, world).into(),
        (2 | 3, _) => {
            let levels = |dice: &mut Dice<'_>| dice.maybe(|d| d.pick(&Approver::ALL));
            let policy = ApprovalPolicy {
                urgent: levels(dice).into_iter().collect(),
                routine: levels(dice).into_iter().collect(),
                low: vec![],
            };
            request::SetPolicy { policy }.into()
        }
        (4, _) => request::Return { request, approver, reason }.into(),
        (5, _) | (6..9, Status::Draft) if dice.one_in(2) => {
            let content = content(dice, world);
            request::Amend { request, content }.into()
        }
        (_, Status::Draft) => request::Submit { request }.into(),
        (_, Status::AwaitingApprovals) => {
            let approver = known.approvals_missing().next().unwrap_or(approver);
            let comment = dice.maybe(Dice::text);
            match dice.one_in(6) {
                true => request::Return { request, approver, reason }.into(),
                false => request::Approve { request, approver, comment }.into(),
            }
        }
        (9 | 10, Status::Approved | Status::Sent | Status::PartlyFilled) => {
            let own = engine_of(dice, world, Some(known.asked_by), known.exercise);
            request::FillFromOwn { request, items: vec![own] }.into()
        }
        (11, Status::Sent | Status::PartlyFilled) => request::Decline { request, reason }.into(),
        (12..16, Status::Approved | Status::PartlyFilled) | (_, Status::Approved) => {
            let others = world.organizations().map(|o| o.id).filter(|id| *id != known.asked_by);
            request::Send { request, to: others.take(3).collect() }.into()
        }
        _ => make(dice, world, known, now).into(),
    }
}

fn of_offer(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let live = world.offers().filter(|offer| offer.is_live()).map(|offer| offer.id);
    let offer = dice.one_of(live);
    let reason = dice.text();
    let Some(known) = world.offer(offer) else { return Sign { offer, version: 1 }.into() };
    // Now and then terms that somebody has read and that are others by now.
    let amended = known.amendment.as_ref().map_or(known.version, |amendment| amendment.version);
    let version = if dice.one_in(8) { known.version } else { amended };
    let (from, until) = (now, now + SignedDuration::from_hours(48));
    let first = || known.terms.items.first().map(|i| Wish { resource: i.resource, quantity: 1 });
    let counter = |conditions| Counter {
        offer,
        items: Vec::new(),
        conditions,
        cost: cost(),
        available_from: from,
        available_until: until,
    };
    match (dice.roll(16), known.stage) {
        (0, _) => Decline { offer, reason }.into(),
        (1, _) => Withdraw { offer, reason }.into(),
        (2, _) => Cancel { offer, reason }.into(),
        (3, _) => known.expiry_timer().command(),
        (4 | 5, Stage::Offered | Stage::Countered) => counter(dice.maybe(Dice::text)).into(),
        (_, Stage::Offered | Stage::Countered) => {
            Accept { offer, items: first().filter(|_| dice.one_in(2)).into_iter().collect() }.into()
        }
        (4 | 5, Stage::Binding | Stage::Ordered) => {
            let with = engine_of(dice, world, Some(known.by), known.exercise).resource;
            let out = first().map_or(Id::new(uuid::Uuid::nil()), |wish| wish.resource);
            Swap { offer, out, with, reason }.into()
        }
        (6, Stage::Binding | Stage::Ordered) => Amend {
            offer,
            conditions: Some(reason),
            cost: cost(),
            available_from: from,
            available_until: until,
        }
        .into(),
        (_, Stage::Binding) if known.amendment.is_none() => IssueMissionOrder {
            offer,
            report_to: "Staging".to_owned(),
            assignment: "Structure protection".to_owned(),
            departs: from,
            arrives: until,
        }
        .into(),
        (7..13, Stage::Ordered) => home(dice, world, known),
        (_, Stage::Ordered) if known.amendment.is_none() => {
            Claim { offer, cost: cost(), evidence: "Receipts 1 to 4".to_owned() }.into()
        }
        (4..7, Stage::Claimed) => ReturnClaim { offer, reason }.into(),
        (_, Stage::Claimed) => Pay { offer, reference: "Transfer 7".to_owned() }.into(),
        _ => Sign { offer, version }.into(),
    }
}

/// The next step of what an agreement sent: there and home again.
fn home(dice: &mut Dice<'_>, world: &World, offer: &Offer) -> Command {
    let item = offer.terms.items.first();
    let resource = item.map_or(Id::new(uuid::Uuid::nil()), |item| item.resource);
    let known = world.resource(resource);
    let live = known.and_then(|r| r.live_commitments().find(|c| c.offer == Some(offer.id)));
    let Some(live) = live else {
        return Sign { offer: offer.id, version: offer.version }.into();
    };
    let (incident, commitment) = (live.incident, Some(live.number));
    match live.stage {
        resource::Stage::CheckedIn => resource::StartDemobilization {
            resource,
            incident,
            commitment,
            ticked: Vec::new(),
            departure: None,
        }
        .into(),
        resource::Stage::Demobilizing => {
            resource::Release { resource, incident, commitment, returned: None }.into()
        }
        _ => resource::CheckIn {
            resource,
            incident,
            commitment,
            place: "Staging".to_owned(),
            people: 4,
            leader: dice.maybe(Dice::text),
            details: resource::CheckInDetails::default(),
        }
        .into(),
    }
}

fn draft(dice: &mut Dice<'_>, world: &World) -> request::Draft {
    let live = world.incidents().filter(|incident| incident.is_live());
    request::Draft { incident: dice.one_of(live.map(|i| i.id)), content: content(dice, world) }
}

fn content(dice: &mut Dice<'_>, world: &World) -> Content {
    let kind = world.resources().next().map(|resource| resource.profile.definition.clone());
    let definition = kind.unwrap_or(DefinitionRef { id: "none".to_owned(), version: 1 });
    Content {
        need: Need { definition, level: None, quantity: dice.pick(&[2, 1, 3, 0]) },
        substitutes: dice.one_in(2),
        special_support: dice.maybe(Dice::text),
        deliver_to: dice.location(),
        wanted_by: None,
        priority: dice.pick(&[Priority::Urgent, Priority::Routine, Priority::Low]),
        purpose: "structure protection".to_owned(),
        funding_code: dice.maybe(|_| "H-42".to_owned()),
        contact: "Ordering Manager".to_owned(),
    }
}

fn make(dice: &mut Dice<'_>, world: &World, request: &ResourceRequest, now: Timestamp) -> Make {
    let asked: Vec<_> = request.receivers.iter().map(|receiver| receiver.organization).collect();
    let by = (!asked.is_empty()).then(|| dice.pick(&asked));
    let one = engine_of(dice, world, by, request.exercise);
    let hours = |hours| now + SignedDuration::from_hours(hours);
    Make {
        request: request.id,
        items: vec![one; dice.pick(&[1, 1, 1, 2])],
        conditions: None,
        cost: cost(),
        available_from: now,
        available_until: hours(48),
        expires: hours(dice.pick(&[24, 2, 24, -1])),
    }
}

/// One of an organization's resources, free ones first.
fn engine_of(
    dice: &mut Dice<'_>,
    world: &World,
    owner: Option<Id<Organization>>,
    exercise: bool,
) -> Wish {
    let own = |r: &&std::sync::Arc<Resource>| Some(r.owner) == owner && r.exercise == exercise;
    let any = dice.one_in(4);
    let resources = world.resources().filter(own).filter(|r| any || r.free() > 0);
    let resource = dice.one_of(resources.map(|r| r.id));
    Wish { resource, quantity: 1 }
}

fn cost() -> Cost {
    Cost { currency: "USD".to_owned(), travel: 100, ..Cost::default() }
}
