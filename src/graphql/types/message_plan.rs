//! What a message says, to whom, and in which order: the same to be written and to be read.

use async_graphql::{Enum, ID, InputObject, Result, SimpleObject};
use jiff::Timestamp;

use super::group::Group;
use super::incident::Incident;
use super::message::{Message, MessageChannel, MessagePriority};
use super::organization::Organization;
use super::person::Person;
use super::schedule::Schedule;
use crate::domain::Id;
use crate::domain::message::{Audience, Selector, content, plan};
use crate::graphql::asked::parse_id;
use crate::graphql::scalars::{MultiPolygon, Position};
use crate::sharing::View;

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "AnswerMeaning", remote = "content::Meaning")]
pub(crate) enum Meaning {
    /// They have seen it.
    Acknowledge,
    /// They have understood it and will do as it says.
    Understood,
    /// They are coming, or do what was asked, perhaps with the time of their arrival.
    Accept,
    /// They cannot.
    Decline,
    /// They need help themselves.
    NeedHelp,
    /// They are there, or have done what was asked.
    Done,
    /// Something else, by its label.
    Other,
}

/// What a person is to do before the hub leaves them alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "MessageExpects", remote = "plan::Expects")]
pub(crate) enum Expects {
    /// Nothing: the next channel is tried only when one fails.
    Nothing,
    /// Say that they have seen it, or anything more.
    Acknowledgement,
    /// Give one of the answers.
    Answer,
}

/// A message in one language, by the questions that a warning has to answer.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "MessageWordingInput")]
pub(crate) struct MessageWording {
    /// The language, a BCP 47 tag such as `en` or `pt-BR`.
    language: String,
    /// What happened, or is asked: the first sentence that anybody reads.
    what: String,
    /// Who is concerned.
    who: Option<String>,
    /// Where.
    #[graphql(name = "where")]
    place: Option<String>,
    /// From when on.
    when: Option<String>,
    /// What to do.
    to_do: Option<String>,
    /// Until when.
    until: Option<String>,
}

/// One answer that can be given.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "MessageResponseInput")]
pub(crate) struct MessageResponse {
    /// What it means.
    meaning: Meaning,
    /// How it is put, in the order of the languages; the usual words when there are none.
    #[graphql(default)]
    labels: Vec<String>,
}

/// What is said, and what can be answered.
#[derive(InputObject)]
pub(crate) struct MessageContentInput {
    /// The same in one or more languages; the first is for whoever reads none of the others.
    wordings: Vec<MessageWording>,
    /// What can be answered, in the order of its digits: the first is `1`.
    #[graphql(default)]
    responses: Vec<MessageResponse>,
    /// How urgent it is.
    #[graphql(default_with = "MessagePriority::Routine")]
    priority: MessagePriority,
    /// Whether it is for the public, so that somebody else has to release it.
    #[graphql(default)]
    public: bool,
}

/// Who is told, in which order, and when it is enough.
#[derive(InputObject)]
pub(crate) struct MessagePlanInput {
    /// What each of them is to do before the hub leaves them alone.
    #[graphql(default_with = "Expects::Acknowledgement")]
    expects: Expects,
    /// The channels in their order; each person's own when there are none.
    #[graphql(default)]
    channels: Vec<MessageChannel>,
    /// Seconds after which the next channel is tried for somebody who gave no sign.
    #[graphql(default = 180)]
    interval_seconds: u32,
    /// How often all channels are gone through.
    #[graphql(default = 2)]
    cycles: u8,
    /// Who is told first, and who then while it is not enough.
    waves: Vec<MessageWaveInput>,
    /// When it is enough: all of these. It never is when there are none.
    #[graphql(default)]
    enough: Vec<QuorumInput>,
    /// Minutes after which somebody who accepted, and of whose arrival nobody heard, is asked again.
    ask_again_minutes: Option<u32>,
    /// After this moment nobody needs it.
    until: Option<Timestamp>,
}

/// Some of the people who are told, together.
#[derive(InputObject)]
pub(crate) struct MessageWaveInput {
    /// Whoever one of these names.
    any_of: AudienceInput,
    /// But nobody whom one of these names.
    except: Option<AudienceInput>,
    /// Minutes after the wave before, when it was not enough by then; the first begins at once.
    #[graphql(default)]
    after_minutes: u32,
}

/// Some persons: whoever one of these names when the message is launched.
#[derive(InputObject)]
pub(crate) struct AudienceInput {
    /// These.
    #[graphql(default)]
    persons: Vec<ID>,
    /// The members of these organizations.
    #[graphql(default)]
    members_of: Vec<ID>,
    /// Whoever holds a post on these incidents.
    #[graphql(default)]
    staff_of: Vec<ID>,
    /// Whoever answers for these positions.
    #[graphql(default)]
    positions: Vec<AudiencePositionInput>,
    /// The members of an organization who are qualified for these.
    #[graphql(default)]
    qualified: Vec<AudienceQualifiedInput>,
    /// The members of these groups.
    #[graphql(default)]
    groups: Vec<ID>,
    /// Whoever is on call by these schedules.
    #[graphql(default)]
    on_call: Vec<ID>,
    /// Whoever has a place inside these outlines.
    #[graphql(default)]
    inside: Vec<MultiPolygon>,
    /// Whoever has a place near these.
    #[graphql(default)]
    near: Vec<AudienceNearInput>,
    /// Whoever these earlier messages reached, or may have reached.
    #[graphql(default)]
    reached_by: Vec<ID>,
}

/// Whoever answers for a position on an incident: who holds it, or who holds the one above it.
#[derive(InputObject)]
pub(crate) struct AudiencePositionInput {
    /// The incident.
    incident: ID,
    /// The code of the position.
    position: String,
}

/// The members of an organization who are qualified for a position.
#[derive(InputObject)]
pub(crate) struct AudienceQualifiedInput {
    /// The organization.
    organization: ID,
    /// The code of the position.
    position: String,
    /// The least demanding type that will do, 5 to 1; any when null.
    #[graphql(name = "type")]
    level: Option<u8>,
}

/// Whoever has a place within a distance.
#[derive(InputObject, SimpleObject)]
#[graphql(input_name = "AudienceNearInput")]
pub(crate) struct AudienceNear {
    /// Of here.
    position: Position,
    /// In meters.
    meters: u32,
}

type AudienceNearInput = AudienceNear;

/// How many have to accept.
#[derive(InputObject)]
pub(crate) struct QuorumInput {
    /// So many.
    count: u32,
    /// Only those count who are qualified for this position.
    position: Option<String>,
    /// Only members of this organization count.
    organization: Option<ID>,
}

/// Who is told, in which order, and when it is enough.
#[derive(SimpleObject)]
pub(crate) struct MessagePlan {
    /// What each of them is to do before the hub leaves them alone.
    expects: Expects,
    /// The channels in their order; each person's own when there are none.
    channels: Vec<MessageChannel>,
    /// Seconds after which the next channel is tried for somebody who gave no sign.
    interval_seconds: u32,
    /// How often all channels are gone through.
    cycles: u8,
    /// Who is told first, and who then while it is not enough.
    waves: Vec<MessageWave>,
    /// When it is enough: all of these.
    enough: Vec<Quorum>,
    /// Minutes after which somebody who accepted is asked again.
    ask_again_minutes: Option<u32>,
    /// After this moment nobody needs it.
    until: Option<Timestamp>,
}

/// Some of the people who are told, together.
#[derive(SimpleObject)]
pub(crate) struct MessageWave {
    /// Whoever this names.
    any_of: MessageAudience,
    /// But nobody whom this names.
    except: MessageAudience,
    /// Minutes after the wave before.
    after_minutes: u32,
}

/// Some persons. What you do not see is left out.
#[derive(SimpleObject, Default)]
pub(crate) struct MessageAudience {
    /// These.
    persons: Vec<Person>,
    /// The members of these organizations.
    members_of: Vec<Organization>,
    /// Whoever holds a post on these incidents.
    staff_of: Vec<Incident>,
    /// Whoever answers for these positions.
    positions: Vec<AudiencePosition>,
    /// The members of an organization who are qualified for these.
    qualified: Vec<AudienceQualified>,
    /// The members of these groups.
    groups: Vec<Group>,
    /// Whoever is on call by these schedules.
    on_call: Vec<Schedule>,
    /// Whoever has a place inside these outlines.
    inside: Vec<MultiPolygon>,
    /// Whoever has a place near these.
    near: Vec<AudienceNear>,
    /// Whoever these earlier messages reached, or may have reached.
    reached_by: Vec<Message>,
}

/// Whoever answers for a position on an incident.
#[derive(SimpleObject)]
pub(crate) struct AudiencePosition {
    /// The incident.
    incident: Option<Incident>,
    /// The code of the position.
    position: String,
}

/// The members of an organization who are qualified for a position.
#[derive(SimpleObject)]
pub(crate) struct AudienceQualified {
    /// The organization.
    organization: Option<Organization>,
    /// The code of the position.
    position: String,
    /// The least demanding type that will do; any when null.
    #[graphql(name = "type")]
    level: Option<u8>,
}

/// How many have to accept.
#[derive(SimpleObject)]
pub(crate) struct Quorum {
    /// So many.
    count: u32,
    /// Only those count who are qualified for this position.
    position: Option<String>,
    /// Only members of this organization count.
    organization: Option<Organization>,
}

impl MessageContentInput {
    pub(in crate::graphql) fn read(self) -> content::Content {
        content::Content {
            wordings: self.wordings.into_iter().map(Into::into).collect(),
            responses: self.responses.into_iter().map(Into::into).collect(),
            priority: self.priority.into(),
            public: self.public,
        }
    }
}

impl MessagePlanInput {
    pub(in crate::graphql) fn read(self) -> Result<plan::Plan> {
        let wave = |wave: MessageWaveInput| {
            let any_of = wave.any_of.read()?;
            let except = wave.except.map(AudienceInput::read).transpose()?.unwrap_or_default();
            let audience = Audience { any_of, except };
            Ok(plan::Wave { audience, after_minutes: wave.after_minutes })
        };
        let quorum = |quorum: QuorumInput| {
            let organization = quorum.organization.as_ref();
            let organization = organization.map(|id| parse_id("organization", id)).transpose()?;
            Ok(plan::Quorum { count: quorum.count, position: quorum.position, organization })
        };
        Ok(plan::Plan {
            expects: self.expects.into(),
            channels: self.channels.into_iter().map(Into::into).collect(),
            interval_seconds: self.interval_seconds,
            cycles: self.cycles,
            waves: self.waves.into_iter().map(wave).collect::<Result<_>>()?,
            enough: self.enough.into_iter().map(quorum).collect::<Result<_>>()?,
            ask_again_minutes: self.ask_again_minutes,
            until: self.until,
        })
    }
}

impl AudienceInput {
    fn read(self) -> Result<Vec<Selector>> {
        let mut all = Vec::new();
        if !self.persons.is_empty() {
            let persons = ids("persons", &self.persons)?;
            all.push(Selector::Persons { persons });
        }
        for organization in ids("membersOf", &self.members_of)? {
            all.push(Selector::Members { organization });
        }
        for incident in ids("staffOf", &self.staff_of)? {
            all.push(Selector::Staff { incident });
        }
        for AudiencePositionInput { incident, position } in self.positions {
            let incident = parse_id("incident", &incident)?;
            all.push(Selector::Position { incident, position });
        }
        for AudienceQualifiedInput { organization, position, level } in self.qualified {
            let organization = parse_id("organization", &organization)?;
            all.push(Selector::Qualified { organization, position, level });
        }
        for group in ids("groups", &self.groups)? {
            all.push(Selector::Group { group });
        }
        for schedule in ids("onCall", &self.on_call)? {
            all.push(Selector::OnCall { schedule });
        }
        all.extend(self.inside.into_iter().map(|outline| Selector::Inside { outline: outline.0 }));
        all.extend(self.near.into_iter().map(|AudienceNear { position, meters }| Selector::Near {
            position: position.0,
            meters,
        }));
        for message in ids("reachedBy", &self.reached_by)? {
            all.push(Selector::ReachedBy { message });
        }
        Ok(all)
    }
}

fn ids<T>(field: &str, ids: &[ID]) -> Result<Vec<Id<T>>> {
    ids.iter().map(|id| parse_id(field, id)).collect()
}

impl MessagePlan {
    pub(in crate::graphql) fn of(view: &View, plan: &plan::Plan) -> Self {
        let wave = |wave: &plan::Wave| MessageWave {
            any_of: MessageAudience::of(view, &wave.audience.any_of),
            except: MessageAudience::of(view, &wave.audience.except),
            after_minutes: wave.after_minutes,
        };
        let quorum = |quorum: &plan::Quorum| Quorum {
            count: quorum.count,
            position: quorum.position.clone(),
            organization: quorum
                .organization
                .and_then(|organization| view.organization(organization))
                .map(Organization),
        };
        Self {
            expects: plan.expects.into(),
            channels: plan.channels.iter().map(|channel| (*channel).into()).collect(),
            interval_seconds: plan.interval_seconds,
            cycles: plan.cycles,
            waves: plan.waves.iter().map(wave).collect(),
            enough: plan.enough.iter().map(quorum).collect(),
            ask_again_minutes: plan.ask_again_minutes,
            until: plan.until,
        }
    }
}

impl MessageAudience {
    fn of(view: &View, selectors: &[Selector]) -> Self {
        let mut all = Self::default();
        for selector in selectors {
            match selector {
                Selector::Persons { persons } => {
                    let seen = persons.iter().filter_map(|person| view.person(*person));
                    all.persons.extend(seen.map(Person));
                }
                Selector::Members { organization } => {
                    all.members_of.extend(view.organization(*organization).map(Organization));
                }
                Selector::Staff { incident } => {
                    all.staff_of.extend(view.incident(*incident).map(Incident));
                }
                Selector::Position { incident, position } => {
                    let incident = view.incident(*incident).map(Incident);
                    all.positions.push(AudiencePosition { incident, position: position.clone() });
                }
                Selector::Qualified { organization, position, level } => {
                    let organization = view.organization(*organization).map(Organization);
                    let (position, level) = (position.clone(), *level);
                    all.qualified.push(AudienceQualified { organization, position, level });
                }
                Selector::Group { group } => all.groups.extend(view.group(*group).map(Group)),
                Selector::OnCall { schedule } => {
                    all.on_call.extend(view.schedule(*schedule).map(Schedule));
                }
                Selector::Inside { outline } => all.inside.push(MultiPolygon(outline.clone())),
                Selector::Near { position, meters } => {
                    all.near.push(AudienceNear { position: Position(*position), meters: *meters });
                }
                Selector::ReachedBy { message } => {
                    all.reached_by.extend(view.message(*message).map(Message));
                }
            }
        }
        all
    }
}

impl From<MessageWording> for content::Wording {
    fn from(wording: MessageWording) -> Self {
        let MessageWording { language, what, who, place, when, to_do, until } = wording;
        Self { language, what, who, place, when, to_do, until }
    }
}

impl From<&content::Wording> for MessageWording {
    fn from(wording: &content::Wording) -> Self {
        let content::Wording { language, what, who, place, when, to_do, until } = wording.clone();
        Self { language, what, who, place, when, to_do, until }
    }
}

impl From<MessageResponse> for content::Response {
    fn from(MessageResponse { meaning, labels }: MessageResponse) -> Self {
        Self { meaning: meaning.into(), labels }
    }
}

impl From<&content::Response> for MessageResponse {
    fn from(response: &content::Response) -> Self {
        Self { meaning: response.meaning.into(), labels: response.labels.clone() }
    }
}
