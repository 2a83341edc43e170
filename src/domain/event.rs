//! Events: everything that can have happened, as one closed list.
//!
//! An event is stored as JSON under its kind and version, and is never rewritten. When a later
//! release changes the shape of an event it raises the version in the list below and adds a step to
//! [`UPCASTS`] that turns the old body into the new one; the log keeps the old bytes.

use jiff::Timestamp;

use super::record::{Attribution, RecordRef, Seq};
use super::world::World;
use super::{
    access_token, account, agreement, break_glass, incident, journal, marking, organization,
    period, person, policies, qualification, reading, resource, rules, session, setup_link, signal,
    structure, watch,
};
use super::{drill, group, message, mutual_aid, resource_request, schedule};

/// What the log adds to an event: its number, its time and who is behind it.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// The number of the entry.
    pub seq: Seq,
    /// When it was recorded.
    pub at: Timestamp,
    /// On whose authority.
    pub by: &'a Attribution,
}

/// How one event changes the World. It cannot fail: what could go wrong was refused before.
///
/// An event that refers to a record that is not there changes nothing, so that a fold over a
/// damaged or partial log (a peer hub's filtered stretch) still gives a World.
pub trait Apply {
    /// Makes the next World.
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>);

    /// The records that look different afterwards; the first is what the event is about. None where
    /// the event is about a look at records, which changes nothing of them.
    fn touches(&self) -> Vec<RecordRef>;
}

/// A stored event that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// This release does not know the kind.
    #[error("event kind `{kind}` is not known to this release; it was written by a newer one")]
    KindUnknown {
        /// The kind as stored.
        kind: String,
    },
    /// This release does not know the version.
    #[error("event `{kind}` has version {version}, and this release reads up to {known}")]
    VersionUnknown {
        /// The kind as stored.
        kind: String,
        /// The version as stored.
        version: u16,
        /// The newest version that this release knows.
        known: u16,
    },
    /// The body is not what the kind and version promise.
    #[error("event `{kind}` version {version} has a body that does not fit")]
    BodyUnfit {
        /// The kind as stored.
        kind: String,
        /// The version as stored.
        version: u16,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
}

/// One step from an older body to the next version's.
#[derive(Clone, Copy, Debug)]
pub struct Upcast {
    /// The kind it is for.
    pub kind: &'static str,
    /// The version it reads; it gives the next one.
    pub from: u16,
    /// The change itself.
    pub step: fn(serde_json::Value) -> serde_json::Value,
}

/// Every change of shape there has been.
pub const UPCASTS: &[Upcast] = &[];

/// The body in the newest shape, or the bytes as they are when they are new enough.
///
/// # Errors
/// [`DecodeError::BodyUnfit`] when an old body is not JSON.
pub fn upcast(
    steps: &[Upcast],
    kind: &str,
    version: u16,
    body: &[u8],
) -> Result<Vec<u8>, DecodeError> {
    let unfit = |source| DecodeError::BodyUnfit { kind: kind.to_owned(), version, source };
    let mut value: serde_json::Value = serde_json::from_slice(body).map_err(unfit)?;
    let mut reached = version;
    while let Some(next) = steps.iter().find(|s| s.kind == kind && s.from == reached) {
        value = (next.step)(value);
        reached += 1;
    }
    serde_json::to_vec(&value).map_err(unfit)
}

/// Lists the events with the name and version under which each is stored.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident($event:ty) = $kind:literal, $version:literal);+ $(;)?) => {
        /// Everything that can have happened.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $($(#[$doc])* $name($event)),+
        }

        impl Event {
            /// Every kind with its newest version.
            pub const KINDS: &'static [(&'static str, u16)] = &[$(($kind, $version)),+];

            /// The name under which the event is stored.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $kind),+ }
            }

            /// The version of its shape.
            #[must_use]
            pub const fn version(&self) -> u16 {
                match self { $(Self::$name(_) => $version),+ }
            }

            /// The JSON to be stored.
            ///
            /// # Errors
            /// Only if a number in it has no JSON form; decided events hold none.
            pub fn body(&self) -> serde_json::Result<Vec<u8>> {
                match self { $(Self::$name(event) => serde_json::to_vec(event)),+ }
            }

            /// Reads a stored event of any version.
            ///
            /// # Errors
            /// [`DecodeError`] names the kind and what does not fit.
            pub fn decode(kind: &str, version: u16, body: &[u8]) -> Result<Self, DecodeError> {
                match kind {
                    $($kind => decode_as::<$event>($kind, version, $version, body).map(Self::$name),)+
                    _ => Err(DecodeError::KindUnknown { kind: kind.to_owned() }),
                }
            }
        }

        impl Apply for Event {
            fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
                match self { $(Self::$name(event) => event.apply(world, stamp)),+ }
            }

            fn touches(&self) -> Vec<RecordRef> {
                match self { $(Self::$name(event) => event.touches()),+ }
            }
        }

        $(impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$name(event)
            }
        })+
    };
}

events! {
    /// An organization was added.
    OrganizationRegistered(organization::Registered) = "organization.registered", 1;
    /// An organization's data changed.
    OrganizationAmended(organization::Amended) = "organization.amended", 1;
    /// A person was added.
    PersonRegistered(person::Registered) = "person.registered", 1;
    /// A person became a member.
    PersonJoined(person::Joined) = "person.joined", 1;
    /// A membership ended.
    PersonLeft(person::Left) = "person.left", 1;
    /// Contact data was sealed.
    ContactSealed(person::ContactSealed) = "person.contact-sealed", 1;
    /// A person's key was destroyed.
    PersonForgotten(person::Forgotten) = "person.forgotten", 1;
    /// A message arrived.
    SignalReceived(signal::Received) = "signal.received", 1;
    /// A newer message took a signal's place, or withdrew it, or its time was over.
    SignalEnded(signal::Ended) = "signal.ended", 1;
    /// A signal was put to an incident.
    SignalAttached(signal::Attached) = "signal.attached", 1;
    /// A signal was taken from an incident.
    SignalDetached(signal::Detached) = "signal.detached", 1;
    /// A rule left it to a person what to make of a signal.
    SignalSuggested(signal::Suggested) = "signal.suggested", 1;
    /// An incident was opened.
    IncidentOpened(incident::Opened) = "incident.opened", 1;
    /// An incident's name or kind changed.
    IncidentAmended(incident::Amended) = "incident.amended", 1;
    /// An incident moved along its life cycle.
    StatusChanged(incident::StatusChanged) = "incident.status-changed", 1;
    /// An incident's complexity was assessed.
    ComplexityAssessed(incident::ComplexityAssessed) = "incident.complexity-assessed", 1;
    /// An incident's place changed.
    IncidentLocated(incident::Located) = "incident.located", 1;
    /// The lead changed.
    LeadChanged(incident::LeadChanged) = "incident.lead-changed", 1;
    /// An incident became a part of a complex, or left it.
    ParentSet(incident::ParentSet) = "incident.parent-set", 1;
    /// An incident was declared a duplicate.
    IncidentMerged(incident::Merged) = "incident.merged", 1;
    /// That was taken back.
    IncidentUnmerged(incident::Unmerged) = "incident.unmerged", 1;
    /// A note was written.
    NoteWritten(journal::Written) = "journal.written", 1;
    /// A data-sharing agreement was proposed.
    AgreementProposed(agreement::Proposed) = "agreement.proposed", 1;
    /// A party signed an agreement.
    AgreementSigned(agreement::Signed) = "agreement.signed", 1;
    /// A party ended an agreement.
    AgreementEnded(agreement::Ended) = "agreement.ended", 1;
    /// An organization adopted policies for its records.
    PoliciesAdopted(policies::Adopted) = "policies.adopted", 1;
    /// A record was marked.
    RecordMarked(marking::Marked) = "record.marked", 1;
    /// Somebody broke the glass.
    GlassBroken(break_glass::Broken) = "glass.broken", 1;
    /// That was ended before its time.
    GlassMended(break_glass::Mended) = "glass.mended", 1;
    /// Somebody looked at records of others.
    RecordsRead(reading::Recorded) = "records.read", 1;
    /// Rules were adopted.
    RulesAdopted(rules::Adopted) = "rules.adopted", 1;
    /// An account was made.
    AccountCreated(account::Created) = "account.created", 1;
    /// An account may act for an organization.
    AccountGranted(account::Granted) = "account.granted", 1;
    /// An account may no longer act for an organization.
    AccountGrantRevoked(account::GrantRevoked) = "account.grant-revoked", 1;
    /// The owner of an account is called something else.
    AccountRenamed(account::Renamed) = "account.renamed", 1;
    /// An account lets nobody in any more.
    AccountDisabled(account::Disabled) = "account.disabled", 1;
    /// An account lets its owner in again.
    AccountEnabled(account::Enabled) = "account.enabled", 1;
    /// An account was linked to an identity provider.
    AccountIdentityLinked(account::IdentityLinked) = "account.identity-linked", 1;
    /// A token was issued.
    TokenIssued(access_token::Issued) = "token.issued", 1;
    /// A token was taken back.
    TokenRevoked(access_token::Revoked) = "token.revoked", 1;
    /// Somebody logged in.
    SessionStarted(session::Started) = "session.started", 1;
    /// Sessions ended.
    SessionsEnded(session::Ended) = "session.ended", 1;
    /// A set-up link was made.
    SetupLinkIssued(setup_link::Issued) = "setup-link.issued", 1;
    /// A set-up link was used.
    SetupLinkUsed(setup_link::Used) = "setup-link.used", 1;
    /// An operational period was planned.
    PeriodPlanned(period::Planned) = "period.planned", 1;
    /// An operational period started.
    PeriodStarted(period::Started) = "period.started", 1;
    /// The times of an operational period changed.
    PeriodAdjusted(period::Adjusted) = "period.adjusted", 1;
    /// An operational period ended with its incident.
    PeriodEnded(period::Ended) = "period.ended", 1;
    /// An objective was set or changed.
    ObjectiveSet(period::ObjectiveSet) = "objective.set", 1;
    /// Objectives got an order.
    ObjectivesRanked(period::ObjectivesRanked) = "objectives.ranked", 1;
    /// An objective was met or dropped.
    ObjectiveClosed(period::ObjectiveClosed) = "objective.closed", 1;
    /// An organization said when it holds its meetings.
    MeetingTemplateSet(period::TemplateSet) = "meeting-template.set", 1;
    /// A meeting was held.
    MeetingHeld(period::MeetingHeld) = "meeting.held", 1;
    /// A work assignment was written.
    WorkAssigned(period::WorkAssigned) = "work.assigned", 1;
    /// A work assignment was taken out of the plan.
    WorkDropped(period::WorkDropped) = "work.dropped", 1;
    /// A part of the plan was written.
    SectionWritten(period::SectionWritten) = "plan.section-written", 1;
    /// A revision of the plan was drafted.
    PlanDrafted(period::PlanDrafted) = "plan.drafted", 1;
    /// A revision of the plan was signed.
    PlanSigned(period::PlanSigned) = "plan.signed", 1;
    /// A person was linked to an account.
    AccountPersonLinked(account::PersonLinked) = "account.person-linked", 1;
    /// An organization defined a position.
    PositionDefined(structure::PositionDefined) = "position.defined", 1;
    /// A qualification was recorded.
    QualificationRecorded(qualification::QualificationRecorded) = "qualification.recorded", 1;
    /// A qualification was taken back.
    QualificationRevoked(qualification::QualificationRevoked) = "qualification.revoked", 1;
    /// An organization said what follows when somebody falls short.
    QualificationPolicySet(qualification::QualificationPolicySet) = "qualification.policy-set", 1;
    /// A structure was established.
    StructureEstablished(structure::Established) = "structure.established", 1;
    /// A center changed.
    EocChanged(structure::EocChanged) = "structure.eoc-changed", 1;
    /// A center was closed.
    EocDeactivated(structure::EocDeactivated) = "structure.eoc-deactivated", 1;
    /// A post was opened.
    PostOpened(structure::PostOpened) = "post.opened", 1;
    /// A post was put under another supervisor.
    PostMoved(structure::PostMoved) = "post.moved", 1;
    /// A post was dissolved.
    PostDissolved(structure::PostDissolved) = "post.dissolved", 1;
    /// A part of a complex was put under a branch.
    PartPlaced(structure::PartPlaced) = "post.part-placed", 1;
    /// Somebody was assigned to a post.
    PostAssigned(structure::Assigned) = "post.assigned", 1;
    /// Somebody was relieved of a post.
    PostRelieved(structure::Relieved) = "post.relieved", 1;
    /// A transfer of command was proposed.
    TransferProposed(structure::TransferProposed) = "transfer.proposed", 1;
    /// A transfer of command was accepted.
    TransferAccepted(structure::TransferAccepted) = "transfer.accepted", 1;
    /// A transfer of command was declined.
    TransferDeclined(structure::TransferDeclined) = "transfer.declined", 1;
    /// A transfer of command was withdrawn.
    TransferWithdrawn(structure::TransferWithdrawn) = "transfer.withdrawn", 1;
    /// Command changed hands.
    CommandTransferred(structure::CommandTransferred) = "transfer.carried-out", 1;
    /// An agency delegated something.
    Delegated(structure::Delegated) = "structure.delegated", 1;
    /// A delegation was ended.
    DelegationEnded(structure::DelegationEnded) = "structure.delegation-ended", 1;
    /// Something was proposed for all commanders to sign.
    JointProposed(structure::JointProposed) = "structure.joint-proposed", 1;
    /// Somebody signed it.
    JointSigned(structure::JointSigned) = "structure.joint-signed", 1;
    /// Resource typing definitions were adopted.
    ResourceDefinitionsAdopted(resource::DefinitionsAdopted) = "resource-definitions.adopted", 1;
    /// A resource was added.
    ResourceRegistered(resource::Registered) = "resource.registered", 1;
    /// What a resource is changed.
    ResourceAmended(resource::Amended) = "resource.amended", 1;
    /// A resource was retired.
    ResourceRetired(resource::Retired) = "resource.retired", 1;
    /// The status of a resource changed.
    ResourceStatusChanged(resource::StatusChanged) = "resource.status-changed", 1;
    /// A resource was somewhere.
    ResourceLocated(resource::Located) = "resource.located", 1;
    /// How much of a supply is held changed.
    SupplyAdjusted(resource::SupplyAdjusted) = "resource.supply-adjusted", 1;
    /// A resource was committed to an incident.
    ResourceCommitted(resource::Committed) = "resource.committed", 1;
    /// A committed resource came a step nearer.
    ResourceAdvanced(resource::Advanced) = "resource.advanced", 1;
    /// A commitment was taken back.
    CommitmentCancelled(resource::Cancelled) = "resource.commitment-cancelled", 1;
    /// A resource checked in.
    ResourceCheckedIn(resource::CheckedIn) = "resource.checked-in", 1;
    /// A resource was assigned.
    ResourceAssigned(resource::Assigned) = "resource.assigned", 1;
    /// It was planned how a resource leaves.
    DeparturePlanned(resource::DeparturePlanned) = "resource.departure-planned", 1;
    /// A check-out began.
    DemobilizationStarted(resource::DemobilizationStarted) = "resource.demobilization-started", 1;
    /// A box of a check-out was signed.
    DemobilizationSigned(resource::DemobilizationSigned) = "resource.demobilization-signed", 1;
    /// A resource was released.
    ResourceReleased(resource::Released) = "resource.released", 1;
    /// An accountability report was called for.
    ParCalled(resource::ParCalled) = "par.called", 1;
    /// A resource answered it.
    ParReported(resource::ParReported) = "par.reported", 1;
    /// What stands out on an incident changed.
    WatchTurned(watch::Turned) = "watch.turned", 1;
    /// An organization said from when on something stands out.
    ThresholdsSet(watch::ThresholdsSet) = "watch.thresholds-set", 1;
    /// An organization said who has to approve its requests.
    ApprovalPolicySet(resource_request::PolicySet) = "request.policy-set", 1;
    /// A resource request was written.
    RequestDrafted(resource_request::Drafted) = "request.drafted", 1;
    /// A draft was changed.
    RequestAmended(resource_request::Amended) = "request.amended", 1;
    /// A draft was submitted for approval.
    RequestSubmitted(resource_request::Submitted) = "request.submitted", 1;
    /// A request was approved on one level.
    RequestApproved(resource_request::Approved) = "request.approved", 1;
    /// A request was returned to whoever wrote it.
    RequestReturned(resource_request::Returned) = "request.returned", 1;
    /// A request went out.
    RequestSent(resource_request::Sent) = "request.sent", 1;
    /// An organization that was asked declined.
    RequestDeclined(resource_request::Declined) = "request.declined", 1;
    /// A request was closed before it was filled.
    RequestEnded(resource_request::Ended) = "request.ended", 1;
    /// A request was filled from one's own resources.
    RequestFilledFromOwn(resource_request::FilledFromOwn) = "request.filled-from-own", 1;
    /// An offer was made.
    OfferMade(mutual_aid::Made) = "offer.made", 1;
    /// An offer was answered with other terms.
    OfferCountered(mutual_aid::Countered) = "offer.countered", 1;
    /// The terms of an offer were accepted.
    OfferAccepted(mutual_aid::Accepted) = "offer.accepted", 1;
    /// An offer is over, or an agreement was cancelled.
    OfferEnded(mutual_aid::Ended) = "offer.ended", 1;
    /// A side signed.
    OfferSigned(mutual_aid::Signed) = "offer.signed", 1;
    /// The mission order was issued.
    MissionOrdered(mutual_aid::MissionOrdered) = "offer.mission-ordered", 1;
    /// One resource goes instead of another.
    ResourceSwapped(mutual_aid::Swapped) = "offer.resource-swapped", 1;
    /// Other terms were proposed for a binding agreement.
    AidAmendmentProposed(mutual_aid::AmendmentProposed) = "offer.amendment-proposed", 1;
    /// The cost of a mission was claimed.
    ReimbursementClaimed(mutual_aid::Claimed) = "offer.claimed", 1;
    /// A claim was returned.
    ClaimReturned(mutual_aid::Returned) = "offer.claim-returned", 1;
    /// A claim was paid.
    ClaimPaid(mutual_aid::Paid) = "offer.claim-paid", 1;
    /// A message was drafted.
    MessageDrafted(message::Drafted) = "message.drafted", 1;
    /// A draft of a message was changed.
    MessageAmended(message::Amended) = "message.amended", 1;
    /// A template of messages was kept.
    TemplateKept(message::TemplateKept) = "message.template-kept", 1;
    /// A draft or a template of a message was thrown away.
    MessageDiscarded(message::Discarded) = "message.discarded", 1;
    /// Somebody other than its author agreed to a message.
    MessageReleased(message::Released) = "message.released", 1;
    /// A message was launched.
    MessageLaunched(message::Launched) = "message.launched", 1;
    /// Attempts to tell people are to be made.
    MessageAttempted(message::Attempted) = "message.attempted", 1;
    /// The next step for some is held back.
    MessageHeld(message::Held) = "message.held", 1;
    /// For some, everything was tried.
    MessageGaveUp(message::GaveUp) = "message.gave-up", 1;
    /// The next wave is told.
    MessageWaveOpened(message::WaveOpened) = "message.wave-opened", 1;
    /// What came of attempts was recorded.
    MessageSettled(message::Settled) = "message.settled", 1;
    /// Somebody answered.
    MessageAnswered(message::Answered) = "message.answered", 1;
    /// A message is over.
    MessageEnded(message::Ended) = "message.ended", 1;
    /// A message was stopped.
    MessageStopped(message::Stopped) = "message.stopped", 1;
    /// A person stopped a channel.
    StreamStopped(message::StreamStopped) = "person.stream-stopped", 1;
    /// A person takes messages on a channel again.
    StreamResumed(message::StreamResumed) = "person.stream-resumed", 1;
    /// An address of a person is gone.
    WayLost(message::WayLost) = "person.way-lost", 1;
    /// A short answer to one person is to be sent.
    NoticeIntended(message::NoticeIntended) = "notice.intended", 1;
    /// What came of it was recorded.
    NoticeSettled(message::NoticeSettled) = "notice.settled", 1;
    /// A provider was taken out for a drill, or brought back.
    ProviderDrilled(drill::Drilled) = "provider.drilled", 1;
    /// A group was made.
    GroupMade(group::Made) = "group.made", 1;
    /// A group got another name.
    GroupRenamed(group::Renamed) = "group.renamed", 1;
    /// Persons came into a group or left it.
    GroupMembersChanged(group::MembersChanged) = "group.members-changed", 1;
    /// A group was dissolved.
    GroupDissolved(group::Dissolved) = "group.dissolved", 1;
    /// An on-call schedule was made.
    ScheduleMade(schedule::Made) = "schedule.made", 1;
    /// How duty goes round changed.
    ScheduleAmended(schedule::Amended) = "schedule.amended", 1;
    /// Somebody stands in for somebody.
    ScheduleOverridden(schedule::Overridden) = "schedule.overridden", 1;
    /// That was taken back.
    OverrideRemoved(schedule::OverrideRemoved) = "schedule.override-removed", 1;
    /// The shifts of a calendar came in.
    CalendarImported(schedule::CalendarImported) = "schedule.calendar-imported", 1;
    /// A schedule was ended.
    ScheduleEnded(schedule::Ended) = "schedule.ended", 1;
}

/// Reads the body of one kind, by way of the upcasts when it is older than `known`.
fn decode_as<T: serde::de::DeserializeOwned>(
    kind: &'static str,
    version: u16,
    known: u16,
    body: &[u8],
) -> Result<T, DecodeError> {
    if version > known {
        return Err(DecodeError::VersionUnknown { kind: kind.to_owned(), version, known });
    }
    let parsed = if version == known {
        // Checked for UTF-8 as a whole, which is faster than text by text.
        str::from_utf8(body).map_or_else(|_| serde_json::from_slice(body), serde_json::from_str)
    } else {
        serde_json::from_slice(&upcast(UPCASTS, kind, version, body)?)
    };
    parsed.map_err(|source| DecodeError::BodyUnfit { kind: kind.to_owned(), version, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_body_takes_every_step_to_the_newest_version() {
        const STEPS: &[Upcast] = &[
            Upcast {
                kind: "a",
                from: 1,
                step: |mut v| {
                    v["exercise"] = false.into();
                    v
                },
            },
            Upcast {
                kind: "a",
                from: 2,
                step: |mut v| {
                    v["title"] = v["name"].take();
                    v.as_object_mut().unwrap().remove("name");
                    v
                },
            },
            Upcast { kind: "b", from: 1, step: |_| unreachable!("another kind") },
        ];
        let newest = upcast(STEPS, "a", 1, br#"{"name":"Mill Street"}"#).unwrap();
        let newest: serde_json::Value = serde_json::from_slice(&newest).unwrap();
        assert_eq!(newest, serde_json::json!({ "exercise": false, "title": "Mill Street" }));
    }

    #[test]
    fn an_event_of_a_newer_release_is_named_not_guessed() {
        let error = Event::decode("incident.teleported", 1, b"{}").unwrap_err();
        insta::assert_snapshot!(error, @"event kind `incident.teleported` is not known to this release; it was written by a newer one");
        let error = Event::decode("rules.adopted", 9, b"{}").unwrap_err();
        insta::assert_snapshot!(error, @"event `rules.adopted` has version 9, and this release reads up to 1");
    }
}
