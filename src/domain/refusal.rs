//! Why a command was refused, as a value, and as a sentence that a duty officer understands.

use serde::Serialize;
use serde_json::Value;

use super::access_token::AccessToken;
use super::agreement::Agreement;
use super::break_glass::BreakGlass;
use super::contact;
use super::group;
use super::ids::Id;
use super::incident::{Incident, Status};
use super::journal::Note;
use super::message;
use super::organization::Organization;
use super::period;
use super::person::Person;
use super::resource::ResourceRefusal;
use super::resource_request;
use super::schedule;
use super::session::Session;
use super::signal::Signal;
use super::structure::StructureRefusal;

/// A command was understood and refused; nothing was changed.
///
/// It is written as its values alone, without the name of the variant, so that those of a refusal
/// within a refusal are found where its own would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Refusal {
    /// A required text says nothing.
    #[error("`{field}` is empty; write at least one word")]
    TextEmpty {
        /// The field of the command.
        field: &'static str,
    },
    /// A text is over its bound.
    #[error("`{field}` has {chars} characters and may have {chars_max}; shorten it")]
    TextTooLong {
        /// The field of the command.
        field: &'static str,
        /// Its length.
        chars: usize,
        /// The bound.
        chars_max: usize,
    },
    /// A geometry is over its bound.
    #[error("`{field}` has {count} positions and may have {count_max}; draw it with fewer")]
    TooManyPositions {
        /// The field of the command.
        field: &'static str,
        /// How many there are.
        count: usize,
        /// The bound.
        count_max: usize,
    },
    /// A list is too short or too long.
    #[error("`{field}` has {count} entries and takes {count_min} to {count_max}")]
    CountOutOfRange {
        /// The field of the command.
        field: &'static str,
        /// How many there are.
        count: usize,
        /// The lower bound.
        count_min: usize,
        /// The upper bound.
        count_max: usize,
    },
    /// A number is too small or too large.
    #[error("`{field}` is {value} and must be from {least} to {most}")]
    NumberOutOfRange {
        /// The field of the command.
        field: &'static str,
        /// What it is.
        value: u32,
        /// The least that it may be.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Something is expected at a moment that is over.
    #[error("`{field}` is long over; write a moment that is to come, or leave it out")]
    TimeInPast {
        /// The field of the command.
        field: &'static str,
    },
    /// An organization has too many above it.
    #[error("`parents` names {count} organizations and may name {count_max}; name fewer")]
    TooManyParents {
        /// How many there are.
        count: usize,
        /// The bound.
        count_max: usize,
    },
    /// A geometry cannot be used.
    #[error("`{field}` is not a usable place: {problem}")]
    PlaceUnusable {
        /// The field of the command.
        field: &'static str,
        /// What is wrong with it and how to mend it.
        problem: String,
    },
    /// There is no such organization.
    #[error("there is no organization `{0}`; choose one from the list of organizations")]
    OrganizationUnknown(String),
    /// Another organization has the code.
    #[error("the code `{code}` belongs to another organization; choose another code")]
    OrganizationCodeTaken {
        /// The code asked for.
        code: String,
    },
    /// An organization would be its own ancestor.
    #[error("organization {0} would be above itself; choose a parent outside its own branch")]
    OrganizationAboveItself(Id<Organization>),
    /// There is no such person.
    #[error("there is no person {0}; check the id")]
    PersonUnknown(Id<Person>),
    /// The person's data was destroyed on request.
    #[error("person {0} was forgotten; their data cannot be changed or read any more")]
    PersonForgotten(Id<Person>),
    /// The person already belongs to the organization.
    #[error("person {person} is already a member of organization {organization}")]
    MembershipExists {
        /// The person.
        person: Id<Person>,
        /// The organization.
        organization: Id<Organization>,
    },
    /// The person can have no further membership.
    #[error(
        "person {person} has {count} memberships, ended ones included, and can have no more; \
         register the person a second time for this one"
    )]
    MembershipsFull {
        /// The person.
        person: Id<Person>,
        /// How many memberships they have had, which is the bound.
        count: usize,
    },
    /// The contact data is over its bound.
    #[error(
        "the contact data takes {bytes} bytes when it is sealed and may take {bytes_max}; shorten it"
    )]
    ContactTooLong {
        /// Its size, sealed.
        bytes: usize,
        /// The bound.
        bytes_max: usize,
    },
    /// The person does not belong to the organization.
    #[error(
        "person {person} is not a member of organization {organization}; give the one that they \
         belong to"
    )]
    MembershipMissing {
        /// The person.
        person: Id<Person>,
        /// The organization.
        organization: Id<Organization>,
    },
    /// There is no such signal.
    #[error("there is no signal {0}; check the id")]
    SignalUnknown(Id<Signal>),
    /// A draft is not to be acted on.
    #[error("message `{identifier}` is a draft; drafts are not recorded (CAP 1.2 section 3.2.1)")]
    SignalDraft {
        /// The identifier of the message.
        identifier: String,
    },
    /// The signal belongs to the incident already.
    #[error("signal {signal} is already attached to incident {incident}")]
    SignalAttached {
        /// The signal.
        signal: Id<Signal>,
        /// The incident.
        incident: Id<Incident>,
    },
    /// The signal does not belong to the incident.
    #[error("signal {signal} is not attached to incident {incident}")]
    SignalNotAttached {
        /// The signal.
        signal: Id<Signal>,
        /// The incident.
        incident: Id<Incident>,
    },
    /// Exercise and reality were about to be mixed.
    #[error(
        "an exercise and a real event cannot be joined; open a separate incident for the exercise"
    )]
    ExerciseMixed,
    /// There is no such incident.
    #[error("there is no incident {0}; check the id")]
    IncidentUnknown(Id<Incident>),
    /// The incident is over.
    #[error("incident {number} is closed; reopen it first, with a reason")]
    IncidentClosed {
        /// The number of the incident.
        number: String,
    },
    /// The incident is not over.
    #[error("incident {number} is not closed, so it cannot be reopened")]
    IncidentNotClosed {
        /// The number of the incident.
        number: String,
    },
    /// The incident is a duplicate of another.
    #[error("incident {number} was merged into {into}; work there, or un-merge it first")]
    IncidentMerged {
        /// The number of the duplicate.
        number: String,
        /// The number of the incident it was merged into.
        into: String,
    },
    /// The incident is not a duplicate.
    #[error("incident {number} is not merged into another, so it cannot be un-merged")]
    IncidentNotMerged {
        /// The number of the incident.
        number: String,
    },
    /// An incident cannot be merged into itself or into one of its duplicates.
    #[error("incident {number} cannot be merged into itself")]
    IncidentMergedIntoItself {
        /// The number of the incident.
        number: String,
    },
    /// The life cycle has no such step.
    #[error(
        "incident {number} is {from} and cannot become {to}; from there it can become {allowed}"
    )]
    StatusStepMissing {
        /// The number of the incident.
        number: String,
        /// Its status.
        from: Status,
        /// The status asked for.
        to: Status,
        /// The statuses it can take, in words.
        allowed: String,
    },
    /// The step needs a reason.
    #[error("going from {from} to {to} needs a reason; say why in a sentence")]
    ReasonNeeded {
        /// The status now.
        from: Status,
        /// The status asked for.
        to: Status,
    },
    /// A complex still has parts that are not over.
    #[error("incident {number} still has an open part, {part}; close or move that first")]
    PartsOpen {
        /// The number of the complex.
        number: String,
        /// The number of one open part.
        part: String,
    },
    /// A complex would contain itself, or nest too deep.
    #[error(
        "incident {number} cannot be part of {parent}: it would contain itself or nest too deep"
    )]
    ComplexImpossible {
        /// The number of the part.
        number: String,
        /// The number of the complex.
        parent: String,
    },
    /// NIMS knows five types.
    #[error("complexity type {0} does not exist; NIMS types go from 5 (least) to 1 (most complex)")]
    ComplexityUnknown(u8),
    /// There is no such note in the journal of the incident.
    #[error("there is no note {0} in the journal of this incident; check the id")]
    NoteUnknown(Id<Note>),
    /// A note of another organization was to be put right.
    #[error(
        "this note was written by another organization, which alone can put it right; write a note \
         of your own beside it"
    )]
    NoteOfOthers,
    /// There is no such agreement.
    #[error("there is no agreement {0}; check the id")]
    AgreementUnknown(Id<Agreement>),
    /// Only a party may do this.
    #[error("only an organization that is a party may do this; act for one of the parties")]
    AgreementNotParty,
    /// The agreement is over.
    #[error("the agreement “{title}” was ended; propose a new one")]
    AgreementEnded {
        /// What it is called.
        title: String,
    },
    /// Parties could not mean what the agreement says.
    #[error("the agreement cannot be proposed: {0}")]
    AgreementUnusable(String),
    /// There is no such breaking of the glass.
    #[error("there is no record {0} of a broken glass; check the id")]
    BreakGlassUnknown(Id<BreakGlass>),
    /// The glass stays broken for a limited time.
    #[error("give 1 to {minutes_max} minutes; break it again if it takes longer")]
    BreakGlassTooLong {
        /// The bound.
        minutes_max: u32,
    },
    /// Policies cannot be used.
    #[error("the policies cannot be adopted: {0}")]
    PoliciesUnusable(String),
    /// The kind of record carries no marking.
    #[error("only incidents, signals and notes can be marked")]
    MarkingNotPossible,
    /// An incident cannot be for one person.
    #[error(
        "incident {number} cannot be TLP:RED, because many people work on it; choose AMBER+STRICT or mark notes in it"
    )]
    MarkingTooNarrow {
        /// The number of the incident.
        number: String,
    },
    /// What was told to the public cannot be taken back.
    #[error("signal {0} is a public message, which cannot be marked")]
    SignalPublic(Id<Signal>),
    /// The set of rules cannot be used.
    #[error("the rules cannot be adopted: {0}")]
    RulesUnusable(String),
    /// There is no such account, or none that whoever asks may manage.
    #[error("there is no account `{0}`; choose one from the list of accounts")]
    AccountUnknown(String),
    /// The account lets nobody in.
    #[error("the account `{login}` is disabled; an administrator can enable it")]
    AccountDisabled {
        /// The login.
        login: String,
    },
    /// Another account has the login.
    #[error("the login `{login}` belongs to another account; choose another")]
    LoginTaken {
        /// The login asked for.
        login: String,
    },
    /// The login has characters that it may not have, or is the hub's own name.
    #[error("`{login}` cannot be a login; use letters, digits and . - _ @ + only")]
    LoginUnusable {
        /// The login asked for.
        login: String,
    },
    /// A grant or token without anything to be done with it.
    #[error("`scopes` is empty; name at least one thing that may be done")]
    ScopesEmpty,
    /// What reaches over all organizations was to be given for one.
    #[error("the scope `{scope}` is for the hub as a whole; give it without an organization")]
    ScopeOfHubOnly {
        /// The scope.
        scope: &'static str,
    },
    /// Somebody at an identity provider is linked to another account.
    #[error("this identity is linked to another account; unlink it there first")]
    IdentityTaken,
    /// There is no such token, or none that whoever asks may manage.
    #[error("there is no token {0}; check the id")]
    TokenUnknown(Id<AccessToken>),
    /// A token would have expired already, or would work too long.
    #[error("`expires` must be in the future and at most {days_max} days from now")]
    TokenExpiryUnusable {
        /// The bound.
        days_max: i64,
    },
    /// The label of a token has characters that it may not have.
    #[error("`{label}` cannot be a label; leave out / and :")]
    LabelUnusable {
        /// The label asked for.
        label: String,
    },
    /// Whoever asks does not reach that far among accounts, tokens and sessions.
    #[error("`{principal}` may not do this: it needs the scope `{scope}`")]
    OutOfReach {
        /// Who asked.
        principal: String,
        /// What they lack.
        scope: &'static str,
    },
    /// Two stored queries of a token have the same name.
    #[error("two stored queries are called `{name}`; give each its own name")]
    StoredQueryTwice {
        /// The name.
        name: String,
    },
    /// There is no such session, or none that whoever asks may end.
    #[error("there is no session {0}; it may have ended already")]
    SessionUnknown(Id<Session>),
    /// A set-up link does not work, or no longer.
    #[error("this link does not work: it was used, replaced or is too old; ask for a new one")]
    SetupLinkUnusable,
    /// An idempotency key came again with another command.
    #[error(
        "the idempotency key `{key}` was used for another command; use a new key for a new command"
    )]
    IdempotencyKeyReused {
        /// The key.
        key: String,
    },
    /// Something about a command structure speaks against it.
    #[error(transparent)]
    Structure(#[from] StructureRefusal),
    /// The principal may not ask this.
    #[error(
        "`{principal}` may not do this: no policy permits `{action}` on it to this account; \
         an administrator of yours may, or whoever has or leads it: ask them to do it, or for an \
         agreement that allows it"
    )]
    NotPermitted {
        /// Who asked.
        principal: String,
        /// What was asked, as policies call it.
        action: &'static str,
    },
    /// The rules of operational periods say no.
    #[error(transparent)]
    Period(period::Refused),
    /// Something about a resource.
    #[error(transparent)]
    Resource(#[from] ResourceRefusal),
    /// Something about a resource request or an offer.
    #[error(transparent)]
    Request(#[from] resource_request::Refused),
    /// Something about a message.
    #[error(transparent)]
    Message(#[from] message::Refused),
    /// Something about a group.
    #[error(transparent)]
    Group(#[from] group::Refused),
    /// Something about how a person is reached.
    #[error(transparent)]
    Contact(#[from] contact::Refused),
    /// Something about an on-call schedule.
    #[error(transparent)]
    Schedule(#[from] schedule::Refused),
}

impl Refusal {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TextEmpty { .. } => "TEXT_EMPTY",
            Self::TextTooLong { .. } => "TEXT_TOO_LONG",
            Self::CountOutOfRange { .. } => "COUNT_OUT_OF_RANGE",
            Self::NumberOutOfRange { .. } => "NUMBER_OUT_OF_RANGE",
            Self::TimeInPast { .. } => "TIME_IN_PAST",
            Self::TooManyPositions { .. } => "TOO_MANY_POSITIONS",
            Self::TooManyParents { .. } => "TOO_MANY_PARENTS",
            Self::PlaceUnusable { .. } => "PLACE_UNUSABLE",
            Self::OrganizationUnknown(_) => "ORGANIZATION_UNKNOWN",
            Self::OrganizationCodeTaken { .. } => "ORGANIZATION_CODE_TAKEN",
            Self::OrganizationAboveItself(_) => "ORGANIZATION_ABOVE_ITSELF",
            Self::PersonUnknown(_) => "PERSON_UNKNOWN",
            Self::PersonForgotten(_) => "PERSON_FORGOTTEN",
            Self::MembershipExists { .. } => "MEMBERSHIP_EXISTS",
            Self::MembershipMissing { .. } => "MEMBERSHIP_MISSING",
            Self::MembershipsFull { .. } => "MEMBERSHIPS_FULL",
            Self::ContactTooLong { .. } => "CONTACT_TOO_LONG",
            Self::SignalUnknown(_) => "SIGNAL_UNKNOWN",
            Self::SignalDraft { .. } => "SIGNAL_DRAFT",
            Self::SignalAttached { .. } => "SIGNAL_ATTACHED",
            Self::SignalNotAttached { .. } => "SIGNAL_NOT_ATTACHED",
            Self::ExerciseMixed => "EXERCISE_MIXED",
            Self::IncidentUnknown(_) => "INCIDENT_UNKNOWN",
            Self::IncidentClosed { .. } => "INCIDENT_CLOSED",
            Self::IncidentNotClosed { .. } => "INCIDENT_NOT_CLOSED",
            Self::IncidentMerged { .. } => "INCIDENT_MERGED",
            Self::IncidentNotMerged { .. } => "INCIDENT_NOT_MERGED",
            Self::IncidentMergedIntoItself { .. } => "INCIDENT_MERGED_INTO_ITSELF",
            Self::StatusStepMissing { .. } => "STATUS_STEP_MISSING",
            Self::ReasonNeeded { .. } => "REASON_NEEDED",
            Self::PartsOpen { .. } => "PARTS_OPEN",
            Self::ComplexImpossible { .. } => "COMPLEX_IMPOSSIBLE",
            Self::ComplexityUnknown(_) => "COMPLEXITY_UNKNOWN",
            Self::NoteUnknown(_) => "NOTE_UNKNOWN",
            Self::NoteOfOthers => "NOTE_OF_OTHERS",
            Self::AgreementUnknown(_) => "AGREEMENT_UNKNOWN",
            Self::AgreementNotParty => "AGREEMENT_NOT_PARTY",
            Self::AgreementEnded { .. } => "AGREEMENT_ENDED",
            Self::AgreementUnusable(_) => "AGREEMENT_UNUSABLE",
            Self::BreakGlassUnknown(_) => "BREAK_GLASS_UNKNOWN",
            Self::BreakGlassTooLong { .. } => "BREAK_GLASS_TOO_LONG",
            Self::PoliciesUnusable(_) => "POLICIES_UNUSABLE",
            Self::MarkingNotPossible => "MARKING_NOT_POSSIBLE",
            Self::MarkingTooNarrow { .. } => "MARKING_TOO_NARROW",
            Self::SignalPublic(_) => "SIGNAL_PUBLIC",
            Self::RulesUnusable(_) => "RULES_UNUSABLE",
            Self::AccountUnknown(_) => "ACCOUNT_UNKNOWN",
            Self::AccountDisabled { .. } => "ACCOUNT_DISABLED",
            Self::LoginTaken { .. } => "LOGIN_TAKEN",
            Self::LoginUnusable { .. } => "LOGIN_UNUSABLE",
            Self::ScopesEmpty => "SCOPES_EMPTY",
            Self::ScopeOfHubOnly { .. } => "SCOPE_OF_HUB_ONLY",
            Self::IdentityTaken => "IDENTITY_TAKEN",
            Self::TokenUnknown(_) => "TOKEN_UNKNOWN",
            Self::TokenExpiryUnusable { .. } => "TOKEN_EXPIRY_UNUSABLE",
            Self::OutOfReach { .. } => "OUT_OF_REACH",
            Self::LabelUnusable { .. } => "LABEL_UNUSABLE",
            Self::StoredQueryTwice { .. } => "STORED_QUERY_TWICE",
            Self::SessionUnknown(_) => "SESSION_UNKNOWN",
            Self::SetupLinkUnusable => "SETUP_LINK_UNUSABLE",
            Self::IdempotencyKeyReused { .. } => "IDEMPOTENCY_KEY_REUSED",
            Self::NotPermitted { .. } => "NOT_PERMITTED",
            Self::Structure(_) | Self::Period(_) | Self::Resource(_) => self.code_of_incidents(),
            Self::Request(_) | Self::Message(_) => self.code_of_incidents(),
            Self::Group(_) | Self::Schedule(_) | Self::Contact(_) => self.code_of_audiences(),
        }
    }

    /// The values that stand in the sentence, by their names, for who tells it in another language.
    /// The one value of a refusal that gives it no name is called `value`.
    #[must_use]
    pub fn values(&self) -> Vec<(String, String)> {
        let text = |value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        match serde_json::to_value(self) {
            Ok(Value::Object(values)) => {
                values.into_iter().map(|(name, value)| (name, text(value))).collect()
            }
            Ok(Value::Null) | Err(_) => Vec::new(),
            Ok(value) => vec![("value".to_owned(), text(value))],
        }
    }

    /// The name, of what incidents are led by.
    const fn code_of_incidents(&self) -> &'static str {
        match self {
            Self::Structure(refused) => refused.code(),
            Self::Period(refused) => refused.code(),
            Self::Resource(refused) => refused.code(),
            Self::Request(refused) => refused.code(),
            Self::Message(refused) => refused.code(),
            _ => "REFUSED",
        }
    }

    /// The name, of what audiences are made of.
    const fn code_of_audiences(&self) -> &'static str {
        match self {
            Self::Group(refused) => refused.code(),
            Self::Schedule(refused) => refused.code(),
            Self::Contact(refused) => refused.code(),
            _ => "REFUSED",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, StructureRefusal, message};
    use crate::domain::incident::Status;
    use crate::domain::testing::id;

    /// The values of a refusal, and that each stands in its sentence.
    fn values(refusal: &Refusal) -> String {
        let told = refusal.to_string();
        let values = refusal.values().into_iter().map(|(name, value)| {
            assert!(told.contains(&value), "{value} is not in {told:?}");
            format!("{name}={value}")
        });
        values.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_refusal_tells_the_values_of_its_sentence_wherever_it_comes_from() {
        let steps = Refusal::ReasonNeeded { from: Status::Active, to: Status::Closed };
        assert_eq!(values(&steps), "from=active to=closed");
        let bounds = Refusal::BreakGlassTooLong { minutes_max: 480 };
        assert_eq!(values(&bounds), "minutes_max=480");
        assert_eq!(values(&Refusal::ExerciseMixed), "");
        let unknown = Refusal::IncidentUnknown(id(6));
        assert_eq!(values(&unknown), format!("value={}", id::<()>(6)));
        let within = StructureRefusal::PostHeld { name: "Planning".to_owned() };
        assert_eq!(values(&within.into()), "name=Planning");
        let twice = message::Refused::LanguageTwice { language: "es".to_owned() };
        assert_eq!(values(&twice.into()), "language=es");
    }
}
