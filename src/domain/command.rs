//! Commands: everything that can be asked of the hub, as one closed list.

use jiff::Timestamp;
use serde::Serialize;

use super::event::Event;
use super::ids::Ids;
use super::record::{Attribution, RecordRef};
use super::refusal::Refusal;
use super::world::World;
use super::{
    access_token, account, agreement, break_glass, incident, journal, marking, organization,
    period, person, policies, qualification, reading, resource, rules, session, setup_link, signal,
    structure, watch,
};
use super::{drill, group, message, mutual_aid, resource_request, schedule};

/// What comes in with a command beside its own content, so that deciding stays pure.
#[derive(Debug)]
pub struct Context<'a> {
    /// The time at which the hub took the command up.
    pub now: Timestamp,
    /// New ids.
    pub ids: Ids,
    /// On whose authority it is asked.
    pub by: &'a Attribution,
}

/// What a command leads to.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The record that the command was about, which the answer shows.
    pub subject: RecordRef,
    /// What happens; empty when everything is already as asked.
    pub events: Vec<Event>,
}

impl Decision {
    /// One thing happens.
    #[must_use]
    pub fn one(subject: RecordRef, event: impl Into<Event>) -> Self {
        Self { subject, events: vec![event.into()] }
    }

    /// Nothing happens, because everything is already as asked.
    #[must_use]
    pub const fn unchanged(subject: RecordRef) -> Self {
        Self { subject, events: Vec::new() }
    }
}

/// The rule of one command. Pure: the same World and command give the same decision.
pub trait Decide {
    /// Gives what happens, or why not.
    ///
    /// # Errors
    /// A [`Refusal`], which changes nothing.
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal>;
}

/// Lists the commands, and hands each to its own rule.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($command:ty)),+ $(,)?) => {
        /// Everything that can be asked of the hub.
        #[derive(Clone, Debug, Serialize)]
        #[serde(rename_all = "kebab-case", tag = "command", content = "with")]
        pub enum Command {
            $($(#[$doc])* $name($command)),+
        }

        impl Decide for Command {
            fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
                match self { $(Self::$name(command) => command.decide(world, context)),+ }
            }
        }

        $(impl From<$command> for Command {
            fn from(command: $command) -> Self {
                Self::$name(command)
            }
        })+
    };
}

commands! {
    /// Adds an organization.
    RegisterOrganization(organization::Register),
    /// Changes an organization's data.
    AmendOrganization(organization::Amend),
    /// Adds a person.
    RegisterPerson(person::Register),
    /// Makes a person a member of an organization.
    JoinOrganization(person::Join),
    /// Ends a membership.
    LeaveOrganization(person::Leave),
    /// Records a person's sealed contact data.
    SealContact(person::SealContact),
    /// Records that a person's sealing key was destroyed.
    ForgetPerson(person::Forget),
    /// Records a message from a sender and what follows from it.
    ReceiveSignal(signal::Receive),
    /// Ends a signal whose time is over.
    ExpireSignal(signal::Expire),
    /// Puts a signal to an incident.
    AttachSignal(signal::Attach),
    /// Takes a signal from an incident.
    DetachSignal(signal::Detach),
    /// Opens an incident.
    OpenIncident(incident::Open),
    /// Changes what an incident is called or what kind it is.
    AmendIncident(incident::Amend),
    /// Moves an incident along its life cycle.
    ChangeStatus(incident::ChangeStatus),
    /// Takes up a closed incident again.
    ReopenIncident(incident::Reopen),
    /// Records how complex an incident is.
    AssessComplexity(incident::AssessComplexity),
    /// Records where an incident is.
    LocateIncident(incident::Locate),
    /// Hands the lead to another organization.
    ChangeLead(incident::ChangeLead),
    /// Makes an incident a part of a complex, or takes it out.
    SetParent(incident::SetParent),
    /// Declares an incident a duplicate of another.
    MergeIncident(incident::Merge),
    /// Takes such a declaration back.
    UnmergeIncident(incident::Unmerge),
    /// Writes a journal note.
    WriteNote(journal::Write),
    /// Proposes a data-sharing agreement.
    ProposeAgreement(agreement::Propose),
    /// Signs an agreement.
    SignAgreement(agreement::Sign),
    /// Ends or declines an agreement.
    EndAgreement(agreement::End),
    /// Adopts policies for an organization's own records.
    AdoptPolicies(policies::Adopt),
    /// Marks a record.
    MarkRecord(marking::Mark),
    /// Breaks the glass.
    BreakGlass(break_glass::Break),
    /// Ends that before its time.
    MendGlass(break_glass::Mend),
    /// Records who looked at what.
    RecordReadings(reading::Record),
    /// Adopts a set of rules from signals to incidents.
    AdoptRules(rules::Adopt),
    /// Makes an account.
    CreateAccount(account::Create),
    /// Lets an account act for an organization.
    GrantOrganization(account::Grant),
    /// Takes that back.
    RevokeGrant(account::RevokeGrant),
    /// Changes what the owner of an account is called.
    RenameAccount(account::Rename),
    /// Lets nobody in by an account any more.
    DisableAccount(account::Disable),
    /// Lets its owner in again.
    EnableAccount(account::Enable),
    /// Notes who the owner of an account is at an identity provider.
    LinkIdentity(account::LinkIdentity),
    /// Issues an access token.
    IssueToken(access_token::Issue),
    /// Takes a token back.
    RevokeToken(access_token::Revoke),
    /// Begins a session.
    StartSession(session::Start),
    /// Ends a session.
    EndSession(session::End),
    /// Ends all sessions of an account.
    EndSessions(session::EndAll),
    /// Makes a set-up link.
    IssueSetupLink(setup_link::Issue),
    /// Uses a set-up link.
    UseSetupLink(setup_link::Use),
    /// Plans the next operational period of an incident.
    PlanPeriod(period::Plan),
    /// Starts an operational period before its time.
    StartPeriod(period::Start),
    /// Starts an operational period whose time has come.
    StartDuePeriod(period::StartDue),
    /// Moves the times of an operational period.
    AdjustPeriod(period::Adjust),
    /// Sets or changes an objective.
    SetObjective(period::SetObjective),
    /// Puts objectives into an order.
    RankObjectives(period::RankObjectives),
    /// Records that an objective was met or dropped.
    CloseObjective(period::CloseObjective),
    /// Says when an organization holds its meetings.
    SetMeetingTemplate(period::SetMeetingTemplate),
    /// Records that a meeting was held.
    HoldMeeting(period::HoldMeeting),
    /// Writes a work assignment.
    AssignWork(period::AssignWork),
    /// Takes a work assignment out of the plan.
    DropWork(period::DropWork),
    /// Writes a part of the plan.
    WriteSection(period::WriteSection),
    /// Drafts a revision of the plan.
    DraftPlan(period::DraftPlan),
    /// Signs a revision of the plan.
    ApprovePlan(period::ApprovePlan),
    /// Notes which person is behind an account.
    LinkPerson(account::LinkPerson),
    /// Adds a position of an organization's own.
    DefinePosition(structure::DefinePosition),
    /// Records a qualification.
    RecordQualification(qualification::RecordQualification),
    /// Takes a qualification back.
    RevokeQualification(qualification::RevokeQualification),
    /// Says what follows when somebody falls short of a post.
    SetQualificationPolicy(qualification::SetQualificationPolicy),
    /// Assumes command of an incident.
    AssumeCommand(structure::AssumeCommand),
    /// Makes command unified, or adds an agency.
    JoinCommand(structure::JoinCommand),
    /// Takes an agency out of Unified Command.
    LeaveCommand(structure::LeaveCommand),
    /// Activates an emergency operations center.
    ActivateEoc(structure::ActivateEoc),
    /// Changes how far a center is activated and what it supports.
    ChangeEoc(structure::ChangeEoc),
    /// Closes a center.
    DeactivateEoc(structure::DeactivateEoc),
    /// Opens a post.
    OpenPost(structure::OpenPost),
    /// Puts a post under another supervisor.
    MovePost(structure::MovePost),
    /// Takes a post out of a structure.
    DissolvePost(structure::DissolvePost),
    /// Puts a part of a complex under a branch.
    PlacePart(structure::PlacePart),
    /// Assigns somebody to a post.
    AssignPost(structure::AssignPost),
    /// Relieves somebody of a post.
    RelievePost(structure::RelievePost),
    /// Proposes to hand command over.
    ProposeTransfer(structure::ProposeTransfer),
    /// Accepts command.
    AcceptTransfer(structure::AcceptTransfer),
    /// Does not accept command.
    DeclineTransfer(structure::DeclineTransfer),
    /// Takes such a proposal back.
    WithdrawTransfer(structure::WithdrawTransfer),
    /// Lets command change hands when the moment has come.
    CarryOutTransfer(structure::CarryOutTransfer),
    /// Lets another organization do something in an agency's name.
    Delegate(structure::Delegate),
    /// Ends that.
    EndDelegation(structure::EndDelegation),
    /// Proposes something for all commanders to sign.
    ProposeJointly(structure::ProposeJointly),
    /// Signs it.
    SignJointly(structure::SignJointly),
    /// Adopts resource typing definitions.
    AdoptResourceDefinitions(resource::AdoptDefinitions),
    /// Adds a resource.
    RegisterResource(resource::Register),
    /// Replaces what a resource is.
    AmendResource(resource::Amend),
    /// Says that its owner does not have a resource any more.
    RetireResource(resource::Retire),
    /// Says whether a resource can be used.
    ChangeResourceStatus(resource::ChangeStatus),
    /// Reports where a resource is.
    ReportPosition(resource::ReportPosition),
    /// Says how much of a supply there is.
    AdjustSupply(resource::AdjustSupply),
    /// Commits a resource of one's own to an incident.
    CommitResource(resource::Commit),
    /// Says that a committed resource gets ready, or is on its way.
    AdvanceResource(resource::Advance),
    /// Takes a commitment back.
    CancelCommitment(resource::Cancel),
    /// Checks a resource in.
    CheckInResource(resource::CheckIn),
    /// Assigns a resource that has checked in.
    AssignResource(resource::Assign),
    /// Plans how a resource leaves.
    PlanDeparture(resource::PlanDeparture),
    /// Begins the check-out of a resource.
    StartDemobilization(resource::StartDemobilization),
    /// Signs one box of a check-out.
    SignDemobilization(resource::SignDemobilization),
    /// Lets a resource go.
    ReleaseResource(resource::Release),
    /// Calls for an accountability report.
    CallPar(resource::CallPar),
    /// Answers for one resource.
    ReportPar(resource::ReportPar),
    /// Looks what stands out on an incident.
    TurnWatch(watch::Turn),
    /// Says from when on something stands out.
    SetThresholds(watch::SetThresholds),
    /// Says who has to approve an organization's requests.
    SetApprovalPolicy(resource_request::SetPolicy),
    /// Writes a resource request.
    DraftRequest(resource_request::Draft),
    /// Changes a draft.
    AmendRequest(resource_request::Amend),
    /// Submits a draft for approval.
    SubmitRequest(resource_request::Submit),
    /// Approves a request on one level.
    ApproveRequest(resource_request::Approve),
    /// Returns a request to whoever wrote it.
    ReturnRequest(resource_request::Return),
    /// Sends a request to organizations.
    SendRequest(resource_request::Send),
    /// Declines a request that one was asked.
    DeclineRequest(resource_request::Decline),
    /// Closes a request that nobody could fill.
    CloseRequest(resource_request::Close),
    /// Closes a request that is not needed.
    CancelRequest(resource_request::Cancel),
    /// Fills a request from one's own resources.
    FillFromOwn(resource_request::FillFromOwn),
    /// Offers resources to a request.
    MakeOffer(mutual_aid::Make),
    /// Answers an offer with other terms.
    CounterOffer(mutual_aid::Counter),
    /// Accepts the terms of the other side.
    AcceptOffer(mutual_aid::Accept),
    /// Declines an offer.
    DeclineOffer(mutual_aid::Decline),
    /// Takes an offer back.
    WithdrawOffer(mutual_aid::Withdraw),
    /// Ends an offer whose time is over.
    ExpireOffer(mutual_aid::Expire),
    /// Signs a mutual-aid agreement, or an amendment of one.
    SignAid(mutual_aid::Sign),
    /// Issues the mission order.
    IssueMissionOrder(mutual_aid::IssueMissionOrder),
    /// Sends another resource than the agreed one.
    SwapResource(mutual_aid::Swap),
    /// Proposes other terms for a binding agreement.
    AmendAid(mutual_aid::Amend),
    /// Cancels a binding agreement.
    CancelAid(mutual_aid::Cancel),
    /// Claims the cost of a finished mission.
    ClaimReimbursement(mutual_aid::Claim),
    /// Returns a claim.
    ReturnClaim(mutual_aid::ReturnClaim),
    /// Records that a claim was paid.
    PayClaim(mutual_aid::Pay),
    /// Drafts a message.
    DraftMessage(message::Draft),
    /// Changes a draft of a message.
    AmendMessage(message::Amend),
    /// Keeps a template of messages.
    KeepTemplate(message::KeepTemplate),
    /// Throws a draft or a template of a message away.
    DiscardMessage(message::Discard),
    /// Agrees to a message as it was previewed.
    ReleaseMessage(message::Release),
    /// Launches a message as it was previewed.
    LaunchMessage(message::Launch),
    /// Looks what is due in a running message.
    TurnMessage(message::Turn),
    /// Records what came of attempts to tell people.
    SettleAttempts(message::Settle),
    /// Records what somebody answered.
    RecordAnswer(message::RecordAnswer),
    /// Stops a message.
    StopMessage(message::Stop),
    /// Stops a message and says something else instead.
    CorrectMessage(message::Correct),
    /// Stops a message and says that it is over.
    CloseMessage(message::Close),
    /// Stops a channel for a person.
    StopStream(message::StopStream),
    /// Takes that back.
    ResumeStream(message::ResumeStream),
    /// Records that an address of a person is gone.
    LoseWay(message::LoseWay),
    /// Intends a short answer to one person.
    IntendNotice(message::IntendNotice),
    /// Records what came of it.
    SettleNotice(message::SettleNotice),
    /// Takes a provider out for a drill, or brings it back.
    DrillProvider(drill::Drill),
    /// Makes a group.
    MakeGroup(group::Make),
    /// Gives a group another name.
    RenameGroup(group::Rename),
    /// Puts persons into a group and takes others out.
    ChangeGroupMembers(group::ChangeMembers),
    /// Dissolves a group.
    DissolveGroup(group::Dissolve),
    /// Makes an on-call schedule.
    MakeSchedule(schedule::Make),
    /// Replaces how duty goes round.
    AmendSchedule(schedule::Amend),
    /// Lets somebody stand in for somebody.
    AddOverride(schedule::AddOverride),
    /// Takes that back.
    RemoveOverride(schedule::RemoveOverride),
    /// Lets two persons swap.
    SwapShifts(schedule::Swap),
    /// Puts the shifts of a calendar into a schedule.
    ImportCalendar(schedule::ImportCalendar),
    /// Ends a schedule.
    EndSchedule(schedule::End),
}
