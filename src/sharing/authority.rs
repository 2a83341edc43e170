//! Who may ask what: the same policies that say who sees what say who does what.
//!
//! A command names records. One that the asker may not see does not exist for them, so the answer
//! is the one for an id that nobody has; only what they see can be refused as not permitted.

use std::sync::Arc;

use jiff::Timestamp;

use super::class::{Class, Classified, Glass, Kind};
use super::clearance::Clearance;
use super::of_record::of_record;
use super::{Sharing, Viewer, telling};
use crate::domain::RecordRef::{
    Agreement, BreakGlass, Incident, Message, Note, Offer, Organization, Period, Person, Post,
    Qualification, Resource, ResourceRequest, Rules, Signal, Structure,
};
use crate::domain::journal::LogOf;
use crate::domain::resource::ResourceRefusal;
use crate::domain::resource_request::Refused;
use crate::domain::structure::{Power, StructureRefusal};
use crate::domain::{
    Command, Principal, RecordRef, Refusal, World, group, message, period, schedule,
};

/// What a command does to what.
struct Asks {
    /// The action of the policy schema, and the record; the acting organization when absent.
    actions: Vec<(&'static str, Option<RecordRef>)>,
    /// Records that it refers to without changing them.
    refers_to: Vec<RecordRef>,
    /// Whether it is about running the hub, for which one need not see the record.
    unseen: bool,
}

/// The acting organization where a record is to be made; the hub itself for who acts for none.
pub(super) struct Acting(pub(super) Class);

impl Classified for Acting {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        each(self.0);
    }
}

impl Sharing {
    /// Checks that the principal may ask for this command, in this World.
    ///
    /// # Errors
    /// The refusal that an unknown id gets, for a record that the principal may not see;
    /// [`Refusal::NotPermitted`] for what they see and may not do.
    pub fn authorise(
        &self,
        principal: &Principal,
        command: &Command,
        world: &World,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some(asks) = asks(command) else { return admit(principal, command) };
        let viewer = Arc::new(Viewer::of(principal, world));
        let clearance = self.clearance(world, &viewer, now);
        if !asks.unseen {
            let named = asks.actions.iter().filter_map(|(_, record)| *record);
            let mut named = named.chain(asks.refers_to.iter().copied());
            if let Some(hidden) = named.find(|record| is_hidden(&clearance, world, *record)) {
                return Err(unknown(hidden));
            }
        }
        telling::check(&clearance, world, command, now)?;
        for (action, record) in asks.actions {
            let delegated = || is_delegated(&clearance, world, action, record, now);
            if !is_permitted(&clearance, world, action, record) && !delegated() {
                let principal = principal.name.clone();
                return Err(Refusal::NotPermitted { principal, action });
            }
        }
        Ok(())
    }
}

/// Whether a record is hidden from the asker. One that is not there at all counts as hidden, so that
/// both are refused at the same point, before anything else about the command is looked at.
fn is_hidden(clearance: &Clearance, world: &World, record: RecordRef) -> bool {
    of_record!(world, record, |r| !clearance.decision(&**r, world).is_shown(), otherwise true)
}

/// Whether the asker may do something to a record, or for the acting organization.
pub(super) fn is_permitted(
    clearance: &Clearance,
    world: &World,
    action: &'static str,
    record: Option<RecordRef>,
) -> bool {
    let Some(record) = record else {
        let acting = match clearance.viewer.organization() {
            Some(id) => Acting(Class { owner: Some(id), ..Class::bare(Kind::Organization) }),
            None => Acting(Class::bare(Kind::Rules)),
        };
        return clearance.permits(action, &acting, world);
    };
    // Who may not do it to any record is told so of one that is not there, too.
    let nothing = || clearance.permits(action, &Acting(Class::bare(Kind::Rules)), world);
    of_record!(world, record, |r| clearance.permits(action, &**r, world), otherwise nothing())
}

/// A record as it is to those to whom those in command delegated what they ask.
struct Delegated<'a, T: ?Sized>(&'a T);

impl<T: Classified + ?Sized> Classified for Delegated<'_, T> {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        self.0.classes(glass, |class| each(Class { delegated: true, ..class }));
    }
}

/// Whether the asker may do something because those in command of an incident delegated it to their
/// organization, at this moment.
fn is_delegated(
    clearance: &Clearance,
    world: &World,
    action: &'static str,
    record: Option<RecordRef>,
    now: Timestamp,
) -> bool {
    let (Some(own), Some(record)) = (clearance.viewer.organization(), record) else { return false };
    let of = |incident| world.structure_of(incident);
    let (structure, power) = match (action, record) {
        ("assignResource", Incident(id)) => (world.structure_above(id), Power::Tactics),
        ("signJointly", Structure(id)) => (world.structure(id), Power::Signature),
        ("approvePlan", Period(id)) => {
            (world.period(id).and_then(|period| of(period.incident)), Power::Signature)
        }
        _ => return false,
    };
    let may = |record| {
        of_record!(
            world,
            record,
            |r| clearance.permits(action, &Delegated(&**r), world),
            otherwise false
        )
    };
    structure.is_some_and(|s| world.delegates(s, power, own, now)) && may(record)
}

/// Checks a command about who gets in. How far the asker reaches is decided with the command.
fn admit(principal: &Principal, command: &Command) -> Result<(), Refusal> {
    match command.admission_scope() {
        Some(scope) if !principal.may(scope) => {
            let principal = principal.name.clone();
            Err(Refusal::OutOfReach { principal, scope: scope.as_str() })
        }
        _ => Ok(()),
    }
}

/// What each command asks; none for those about who gets in. A command that stands
/// neither here nor in the functions that this one ends in is permitted to nobody.
fn asks(command: &Command) -> Option<Asks> {
    let on = |action, record| Asks::new(action, Some(record));
    let acting = |action| Asks::new(action, None);
    Some(match command {
        Command::OpenIncident(c) => acting("openIncident")
            .and("addPart", c.parent.map(Incident))
            .and("attachSignal", c.signal.map(Signal))
            .referring_to(c.lead.map(Organization)),
        Command::AmendIncident(c) => on("amendIncident", Incident(c.incident)),
        Command::ChangeStatus(c) => on("changeStatus", Incident(c.incident)),
        Command::ReopenIncident(c) => on("reopenIncident", Incident(c.incident)),
        Command::AssessComplexity(c) => on("assessComplexity", Incident(c.incident)),
        Command::LocateIncident(c) => on("locateIncident", Incident(c.incident)),
        Command::ChangeLead(c) => {
            on("changeLead", Incident(c.incident)).referring_to(Some(Organization(c.lead)))
        }
        Command::SetParent(c) => {
            on("setParent", Incident(c.incident)).and("addPart", c.parent.map(Incident))
        }
        Command::MergeIncident(c) => {
            on("mergeIncident", Incident(c.incident)).and("mergeIncident", Some(Incident(c.into)))
        }
        Command::UnmergeIncident(c) => on("unmergeIncident", Incident(c.incident)),
        Command::AttachSignal(c) => {
            on("attachSignal", Incident(c.incident)).and("attachSignal", Some(Signal(c.signal)))
        }
        Command::DetachSignal(c) => {
            on("detachSignal", Incident(c.incident)).and("detachSignal", Some(Signal(c.signal)))
        }
        Command::WriteNote(c) => {
            let log = c.log_of.map(|of| match of {
                LogOf::Post(id) => Post(id),
                LogOf::Resource(id) => Resource(id),
            });
            on("writeNote", Incident(c.incident))
                .referring_to(c.corrects.map(Note))
                .referring_to(log)
        }
        Command::MarkRecord(c) => on("markRecord", c.record),
        Command::ReceiveSignal(_) => acting("receiveSignal"),
        Command::ProposeAgreement(_) => acting("proposeAgreement"),
        Command::SignAgreement(c) => on("signAgreement", Agreement(c.agreement)),
        Command::EndAgreement(c) => on("endAgreement", Agreement(c.agreement)),
        Command::AdoptPolicies(_) => acting("adoptPolicies"),
        Command::BreakGlass(c) => on("breakGlass", Organization(c.owner)),
        Command::MendGlass(c) => on("mendGlass", BreakGlass(c.break_glass)),
        Command::RegisterOrganization(_) => on("registerOrganization", Rules).unseen(),
        Command::AmendOrganization(c) => {
            on("amendOrganization", Organization(c.organization)).unseen()
        }
        Command::ExpireSignal(c) => on("expireSignal", Signal(c.signal)).unseen(),
        Command::RecordReadings(_) => on("recordReadings", Rules).unseen(),
        Command::AdoptRules(_) => on("adoptRules", Rules).unseen(),
        command => return asks_of_structures(command),
    })
}

/// What each command about command structures and qualifications asks.
fn asks_of_structures(command: &Command) -> Option<Asks> {
    let on = |action, record| Asks::new(action, Some(record));
    let person = |id| Some(Person(id));
    let organization = |id| Some(Organization(id));
    Some(match command {
        Command::AssumeCommand(c) => on("assumeCommand", Incident(c.incident))
            .referring_to(person(c.person))
            .referring_to(organization(c.organization)),
        Command::JoinCommand(c) => on("joinCommand", Structure(c.structure))
            .referring_to(person(c.person))
            .referring_to(organization(c.organization)),
        Command::LeaveCommand(c) => on("leaveCommand", Structure(c.structure)),
        Command::ActivateEoc(c) => on("activateEoc", Organization(c.organization))
            .referring_to(person(c.director))
            .referring_to_all(c.supports.iter().copied().map(Incident)),
        Command::ChangeEoc(c) => on("changeEoc", Structure(c.structure))
            .referring_to_all(c.supports.iter().flatten().copied().map(Incident)),
        Command::DeactivateEoc(c) => on("deactivateEoc", Structure(c.structure)),
        Command::OpenPost(c) => {
            on("openPost", Structure(c.structure)).referring_to(c.reports_to.map(Post))
        }
        Command::MovePost(c) => on("movePost", Post(c.post)).referring_to(Some(Post(c.reports_to))),
        Command::DissolvePost(c) => on("dissolvePost", Post(c.post)),
        Command::PlacePart(c) => {
            on("placePart", Post(c.post)).referring_to(Some(Incident(c.incident)))
        }
        Command::AssignPost(c) => on("assignPost", Post(c.post))
            .referring_to(person(c.person))
            .referring_to(organization(c.organization)),
        Command::RelievePost(c) => on("relievePost", Post(c.post)),
        Command::ProposeTransfer(c) => on("proposeTransfer", Structure(c.structure))
            .referring_to(person(c.to))
            .referring_to(organization(c.organization)),
        Command::AcceptTransfer(c) => on("acceptTransfer", Structure(c.structure)),
        Command::DeclineTransfer(c) => on("declineTransfer", Structure(c.structure)),
        Command::WithdrawTransfer(c) => on("withdrawTransfer", Structure(c.structure)),
        Command::CarryOutTransfer(c) => on("carryOutTransfer", Structure(c.structure)).unseen(),
        Command::Delegate(c) => {
            on("delegate", Structure(c.structure)).referring_to(organization(c.to))
        }
        Command::EndDelegation(c) => on("endDelegation", Structure(c.structure)),
        Command::ProposeJointly(c) => on("proposeJointly", Structure(c.structure)),
        Command::SignJointly(c) => on("signJointly", Structure(c.structure)),
        Command::DefinePosition(c) => on("definePosition", Organization(c.organization)),
        Command::SetQualificationPolicy(c) => {
            on("setQualificationPolicy", Organization(c.organization))
        }
        Command::RecordQualification(c) => {
            Asks::new("recordQualification", None).referring_to(person(c.person))
        }
        Command::RevokeQualification(c) => {
            on("revokeQualification", Qualification(c.qualification))
        }
        command => return asks_of_planning(command),
    })
}

/// What a command about operational periods, or about what stands out, asks.
fn asks_of_planning(command: &Command) -> Option<Asks> {
    let on = |action, record| Asks::new(action, Some(record));
    Some(match command {
        Command::PlanPeriod(c) => on("planPeriod", Incident(c.incident)),
        Command::StartPeriod(c) => on("startPeriod", Period(c.period)),
        Command::StartDuePeriod(c) => on("startDuePeriod", Period(c.period)).unseen(),
        Command::AdjustPeriod(c) => on("startPeriod", Period(c.period)),
        Command::SetObjective(c) => on("writePlan", Period(c.period)),
        Command::RankObjectives(c) => on("writePlan", Period(c.period)),
        Command::CloseObjective(c) => on("writePlan", Period(c.period)),
        Command::SetMeetingTemplate(c) => on("setMeetingTemplate", Organization(c.organization)),
        Command::HoldMeeting(c) => on("writePlan", Period(c.period)),
        Command::AssignWork(c) => on("writePlan", Period(c.period))
            .referring_to(c.work.place.post.map(Post))
            .referring_to_all(c.work.resources.iter().map(|id| Resource(*id))),
        Command::DropWork(c) => on("writePlan", Period(c.period)),
        Command::WriteSection(c) => {
            on("writePlan", Period(c.period)).referring_to_all(c.section.refers_to())
        }
        Command::DraftPlan(c) => on("writePlan", Period(c.period)),
        Command::ApprovePlan(c) => on("approvePlan", Period(c.period)),
        Command::TurnWatch(c) => on("turnWatch", Incident(c.incident)).unseen(),
        Command::SetThresholds(c) => on("setThresholds", Organization(c.organization)),
        command => return asks_of_admission(command),
    })
}

/// Nothing is asked of policies for commands about who gets in. A command that stands nowhere is
/// permitted to nobody.
fn asks_of_admission(command: &Command) -> Option<Asks> {
    match command {
        Command::CreateAccount(_)
        | Command::LinkPerson(_)
        | Command::GrantOrganization(_)
        | Command::RevokeGrant(_)
        | Command::RenameAccount(_)
        | Command::DisableAccount(_)
        | Command::EnableAccount(_)
        | Command::LinkIdentity(_)
        | Command::IssueToken(_)
        | Command::RevokeToken(_)
        | Command::StartSession(_)
        | Command::EndSession(_)
        | Command::EndSessions(_)
        | Command::IssueSetupLink(_)
        | Command::UseSetupLink(_) => None,
        command => Some(asks_of_persons(command).unwrap_or_else(|| asks_of_resources(command))),
    }
}

/// What the commands about persons ask.
fn asks_of_persons(command: &Command) -> Option<Asks> {
    let on = |action, record| Asks::new(action, Some(record));
    Some(match command {
        Command::RegisterPerson(_) => Asks::new("registerPerson", None),
        Command::JoinOrganization(c) => on("joinOrganization", Organization(c.organization))
            .referring_to(Some(Person(c.person))),
        Command::LeaveOrganization(c) => on("leaveOrganization", Organization(c.organization))
            .referring_to(Some(Person(c.person))),
        Command::SealContact(c) => on("sealContact", Person(c.person)),
        Command::ForgetPerson(c) => on("forgetPerson", Person(c.person)).unseen(),
        _ => return None,
    })
}

/// What the commands about resources ask. Their owner registers and commits them; whoever runs the
/// incident checks in, assigns and releases.
fn asks_of_resources(command: &Command) -> Asks {
    let on = |action, record| Asks::new(action, Some(record));
    let at = |action, incident, resource| {
        on(action, Incident(incident)).referring_to(Some(Resource(resource)))
    };
    match command {
        Command::AdoptResourceDefinitions(_) => on("adoptResourceDefinitions", Rules).unseen(),
        Command::RegisterResource(c) => match c.owner {
            Some(owner) => on("registerResource", Organization(owner)),
            None => Asks::new("registerResource", None),
        }
        .referring_to_all(c.profile.members.iter().map(|id| Resource(*id))),
        Command::AmendResource(c) => on("amendResource", Resource(c.resource))
            .referring_to_all(c.profile.members.iter().map(|id| Resource(*id))),
        Command::RetireResource(c) => on("retireResource", Resource(c.resource)),
        Command::ChangeResourceStatus(c) => on("changeResourceStatus", Resource(c.resource)),
        Command::ReportPosition(c) => on("reportPosition", Resource(c.resource)),
        Command::AdjustSupply(c) => on("adjustSupply", Resource(c.resource)),
        Command::CommitResource(c) => on("commitResource", Resource(c.resource))
            .and("commitResource", Some(Incident(c.incident))),
        Command::AdvanceResource(c) => {
            on("advanceResource", Resource(c.resource)).referring_to(Some(Incident(c.incident)))
        }
        Command::CancelCommitment(c) => {
            on("cancelCommitment", Resource(c.resource)).referring_to(Some(Incident(c.incident)))
        }
        Command::CheckInResource(c) => at("checkInResource", c.incident, c.resource),
        Command::AssignResource(c) => {
            at("assignResource", c.incident, c.resource).referring_to(c.to.post.map(Post))
        }
        Command::PlanDeparture(c) => at("startDemobilization", c.incident, c.resource),
        Command::StartDemobilization(c) => at("startDemobilization", c.incident, c.resource),
        Command::SignDemobilization(c) => at("signDemobilization", c.incident, c.resource),
        Command::ReleaseResource(c) => at("releaseResource", c.incident, c.resource),
        Command::CallPar(c) => on("callPar", Incident(c.incident))
            .referring_to(c.of.as_ref().and_then(|of| of.post).map(Post)),
        Command::ReportPar(c) => at("reportPar", c.incident, c.resource),
        command => asks_of_aid(command),
    }
}

/// What commands about resource requests and mutual aid ask.
fn asks_of_aid(command: &Command) -> Asks {
    let request = |action, id| Asks::new(action, Some(ResourceRequest(id)));
    let offer = |action, id| Asks::new(action, Some(Offer(id)));
    match command {
        Command::SetApprovalPolicy(_) => Asks::new("setApprovalPolicy", None),
        Command::DraftRequest(c) => Asks::new("draftRequest", Some(Incident(c.incident))),
        Command::AmendRequest(c) => request("amendRequest", c.request),
        Command::SubmitRequest(c) => request("submitRequest", c.request),
        Command::ApproveRequest(c) => request("approveRequest", c.request),
        Command::ReturnRequest(c) => request("returnRequest", c.request),
        Command::SendRequest(c) => request("sendRequest", c.request)
            .referring_to_all(c.to.iter().map(|id| Organization(*id))),
        Command::DeclineRequest(c) => request("declineRequest", c.request),
        Command::CloseRequest(c) => request("closeRequest", c.request),
        Command::CancelRequest(c) => request("cancelRequest", c.request),
        Command::FillFromOwn(c) => request("fillFromOwn", c.request)
            .referring_to_all(c.items.iter().map(|wish| Resource(wish.resource))),
        Command::MakeOffer(c) => request("makeOffer", c.request)
            .referring_to_all(c.items.iter().map(|wish| Resource(wish.resource))),
        Command::CounterOffer(c) => offer("counterOffer", c.offer),
        Command::AcceptOffer(c) => offer("acceptOffer", c.offer),
        Command::DeclineOffer(c) => offer("declineOffer", c.offer),
        Command::WithdrawOffer(c) => offer("withdrawOffer", c.offer),
        Command::ExpireOffer(c) => offer("expireOffer", c.offer).unseen(),
        Command::SignAid(c) => offer("signAid", c.offer),
        Command::IssueMissionOrder(c) => offer("issueMissionOrder", c.offer),
        Command::SwapResource(c) => {
            offer("swapResource", c.offer).referring_to(Some(Resource(c.with)))
        }
        Command::AmendAid(c) => offer("amendAid", c.offer),
        Command::CancelAid(c) => offer("cancelAid", c.offer),
        Command::ClaimReimbursement(c) => offer("claimReimbursement", c.offer),
        Command::ReturnClaim(c) => offer("returnClaim", c.offer),
        Command::PayClaim(c) => offer("payClaim", c.offer),
        command => asks_of_messages(command),
    }
}

/// What commands about messages ask. Whether each person may be told is asked beside it.
fn asks_of_messages(command: &Command) -> Asks {
    let on = |action, id| Asks::new(action, Some(Message(id)));
    let to = |plan: &message::plan::Plan| telling::named(plan).collect::<Vec<_>>().into_iter();
    match command {
        Command::DraftMessage(c) => Asks::new("draftMessage", None)
            .referring_to(c.incident.map(Incident))
            .referring_to_all(to(&c.plan)),
        Command::AmendMessage(c) => on("amendMessage", c.message).referring_to_all(to(&c.plan)),
        Command::KeepTemplate(c) => {
            let action = if c.template.is_some() { "amendMessage" } else { "draftMessage" };
            Asks::new(action, c.template.map(Message)).referring_to_all(to(&c.plan))
        }
        Command::DiscardMessage(c) => on("discardMessage", c.message),
        Command::ReleaseMessage(c) => on("releaseMessage", c.message),
        Command::LaunchMessage(c) => on("launchMessage", c.message),
        // What comes by a channel is heard by the hub itself.
        Command::RecordAnswer(c) if c.channel.is_some() => on("takeAnswer", c.message).unseen(),
        Command::RecordAnswer(c) => {
            on("recordAnswer", c.message).referring_to(Some(Person(c.person)))
        }
        Command::StopMessage(c) => on("stopMessage", c.message),
        Command::CorrectMessage(c) => on("correctMessage", c.message),
        Command::CloseMessage(c) => on("closeMessage", c.message),
        Command::TurnMessage(c) => on("turnMessage", c.message).unseen(),
        Command::SettleAttempts(c) => on("settleAttempts", c.message).unseen(),
        Command::StopStream(c) => Asks::new("stopStream", Some(Person(c.person))).unseen(),
        Command::ResumeStream(c) => Asks::new("resumeStream", Some(Person(c.person))).unseen(),
        Command::LoseWay(c) => Asks::new("loseWay", Some(Person(c.person))).unseen(),
        Command::IntendNotice(c) => Asks::new("intendNotice", Some(Person(c.person))).unseen(),
        Command::DrillProvider(_) => Asks::new("drillProvider", Some(Rules)).unseen(),
        Command::SettleNotice(_) => Asks::new("settleNotice", Some(Rules)).unseen(),
        command => asks_of_audiences(command),
    }
}

/// What commands about groups and on-call schedules ask. Their people have to be seen.
fn asks_of_audiences(command: &Command) -> Asks {
    let group = |action, id| Asks::new(action, Some(RecordRef::Group(id)));
    let schedule = |action, id| Asks::new(action, Some(RecordRef::Schedule(id)));
    match command {
        Command::MakeGroup(c) => {
            Asks::new("makeGroup", None).referring_to_all(c.members.iter().copied().map(Person))
        }
        Command::RenameGroup(c) => group("changeGroup", c.group),
        Command::ChangeGroupMembers(c) => {
            group("changeGroup", c.group).referring_to_all(c.add.iter().copied().map(Person))
        }
        Command::DissolveGroup(c) => group("changeGroup", c.group),
        Command::MakeSchedule(c) => {
            Asks::new("makeSchedule", None).referring_to_all(c.plan.persons().map(Person))
        }
        Command::AmendSchedule(c) => {
            schedule("changeSchedule", c.schedule).referring_to_all(c.plan.persons().map(Person))
        }
        Command::AddOverride(c) => schedule("changeSchedule", c.schedule)
            .referring_to(c.person_in.map(Person))
            .referring_to(c.person_out.map(Person)),
        Command::RemoveOverride(c) => schedule("changeSchedule", c.schedule),
        Command::SwapShifts(c) => schedule("changeSchedule", c.schedule)
            .referring_to(Some(Person(c.first.person)))
            .referring_to(Some(Person(c.second.person))),
        Command::ImportCalendar(c) => schedule("changeSchedule", c.schedule)
            .referring_to_all(c.shifts.iter().map(|shift| Person(shift.person))),
        Command::EndSchedule(c) => schedule("changeSchedule", c.schedule),
        // A command that stands nowhere is permitted to nobody.
        _ => Asks::new("unlisted", None),
    }
}

impl Asks {
    fn new(action: &'static str, record: Option<RecordRef>) -> Self {
        Self { actions: vec![(action, record)], refers_to: Vec::new(), unseen: false }
    }

    fn and(mut self, action: &'static str, record: Option<RecordRef>) -> Self {
        self.actions.extend(record.map(|record| (action, Some(record))));
        self
    }

    fn referring_to(mut self, record: Option<RecordRef>) -> Self {
        self.refers_to.extend(record);
        self
    }

    fn referring_to_all(mut self, records: impl Iterator<Item = RecordRef>) -> Self {
        self.refers_to.extend(records);
        self
    }

    fn unseen(mut self) -> Self {
        self.unseen = true;
        self
    }
}

/// The refusal for a record that is not there.
fn unknown(record: RecordRef) -> Refusal {
    match record {
        RecordRef::Organization(id) => Refusal::OrganizationUnknown(id.to_string()),
        RecordRef::Person(id) => Refusal::PersonUnknown(id),
        RecordRef::Signal(id) => Refusal::SignalUnknown(id),
        RecordRef::Incident(id) => Refusal::IncidentUnknown(id),
        RecordRef::Note(id) => Refusal::NoteUnknown(id),
        RecordRef::Agreement(id) => Refusal::AgreementUnknown(id),
        RecordRef::BreakGlass(id) => Refusal::BreakGlassUnknown(id),
        RecordRef::Period(id) => period::Refused::Unknown(id).into(),
        RecordRef::Structure(id) => StructureRefusal::StructureUnknown(id).into(),
        RecordRef::Post(id) => StructureRefusal::PostUnknown(id).into(),
        RecordRef::Qualification(id) => StructureRefusal::QualificationUnknown(id).into(),
        RecordRef::Resource(id) => ResourceRefusal::Unknown(id).into(),
        RecordRef::ResourceRequest(id) => Refused::RequestUnknown(id).into(),
        RecordRef::Offer(id) => Refused::OfferUnknown(id).into(),
        RecordRef::Message(id) => message::Refused::MessageUnknown(id).into(),
        RecordRef::Group(id) => group::Refused::Unknown(id).into(),
        RecordRef::Schedule(id) => schedule::Refused::Unknown(id).into(),
        RecordRef::Policies(_)
        | RecordRef::Rules
        | RecordRef::ResourceDefinitions
        | RecordRef::Account(_)
        | RecordRef::AccessToken(_)
        | RecordRef::Session(_)
        | RecordRef::SetupLink(_) => Refusal::PoliciesUnusable("there are none".to_owned()),
    }
}
