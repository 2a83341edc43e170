//! Why something about a message was refused.

use serde::Serialize;

use super::{Message, Notice};
use crate::domain::drill::DrillRefused;
use crate::domain::ids::Id;

/// A refusal about messages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum Refused {
    /// There is no such message.
    #[error("there is no message {0}; check the id")]
    MessageUnknown(Id<Message>),
    /// There is no such notice.
    #[error("there is no notice {0}; check the id")]
    NoticeUnknown(Id<Notice>),
    /// Messages are an organization's.
    #[error("you act for no organization; a message is told for one")]
    NoOrganization,
    /// It says nothing.
    #[error("the message says nothing; write it in at least one language")]
    NothingSaid,
    /// One language twice.
    #[error("the message stands there twice in `{language}`; keep one of them")]
    LanguageTwice {
        /// The language.
        language: String,
    },
    /// A text is no language tag.
    #[error("`{language}` is no language; write a tag such as `en`, `es` or `pt-BR`")]
    LanguageUnusable {
        /// The text.
        language: String,
    },
    /// A response has other labels than there are languages.
    #[error(
        "a response has {labels} labels and the message {wordings} languages; give one for each"
    )]
    LabelsUnfit {
        /// How many labels.
        labels: usize,
        /// How many wordings.
        wordings: usize,
    },
    /// There is nobody in the audience.
    #[error("nobody is in the audience; name persons, members, positions or a place")]
    NobodyToTell,
    /// There are too many.
    #[error("{count} people are in the audience and {count_max} may be; split it")]
    TooManyToTell {
        /// How many.
        count: usize,
        /// The bound.
        count_max: usize,
    },
    /// Some of the audience are not for the asker to tell.
    #[error(
        "some of the audience are people of organizations that do not let you tell them; leave them out, or ask their organizations to adopt a policy that permits `tellPerson`"
    )]
    MayNotTell,
    /// Its time is over before it begins.
    #[error("nobody would need it any more by its own deadline; set a later one")]
    DeadlinePast,
    /// A message is not ready for a step.
    #[error("the message is {stage}; this can be done while it is {allowed}")]
    StageUnfit {
        /// Where it stands.
        stage: &'static str,
        /// Where it would have to stand.
        allowed: &'static str,
    },
    /// What was previewed is not what would be launched now.
    #[error(
        "the text or the audience changed since the preview; look at it again and use its digest"
    )]
    PreviewStale,
    /// It is for many, or for the public, and nobody released it.
    #[error(
        "this message is for many or for the public; somebody other than its author has to release it first"
    )]
    ReleaseNeeded,
    /// The author wants to release it.
    #[error("you wrote this message; somebody else has to release it")]
    ReleasedByAuthor,
    /// A template is about one occasion.
    #[error(
        "a template is for any occasion; leave out whoever is on one incident, and the deadline"
    )]
    TemplateOfOccasion,
    /// There is another template of that name.
    #[error("there is a template “{name}” already; change that one, or choose another name")]
    TemplateNameTaken {
        /// The name.
        name: String,
    },
    /// It was not launched.
    #[error("the message was not launched; nobody was told anything by it")]
    NotLaunched,
    /// It reached nobody.
    #[error("the message reached nobody; there is nobody to tell otherwise")]
    ReachedNobody,
    /// The person was not told.
    #[error("the message did not go to this person; check which one they mean")]
    NotARecipient,
    /// It is none of the answers.
    #[error("this is none of the answers of the message; choose one of them by its number")]
    ResponseUnknown,
    /// Something about a drill of a provider.
    #[error(transparent)]
    Drill(#[from] DrillRefused),
}

impl Refused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MessageUnknown(_) => "MESSAGE_UNKNOWN",
            Self::NoticeUnknown(_) => "NOTICE_UNKNOWN",
            Self::NoOrganization => "MESSAGE_NO_ORGANIZATION",
            Self::NothingSaid => "NOTHING_SAID",
            Self::LanguageTwice { .. } => "LANGUAGE_TWICE",
            Self::LanguageUnusable { .. } => "LANGUAGE_UNUSABLE",
            Self::LabelsUnfit { .. } => "LABELS_UNFIT",
            Self::NobodyToTell => "NOBODY_TO_TELL",
            Self::TooManyToTell { .. } => "TOO_MANY_TO_TELL",
            Self::MayNotTell => "MAY_NOT_TELL",
            Self::DeadlinePast => "DEADLINE_PAST",
            Self::StageUnfit { .. } => "MESSAGE_STAGE",
            Self::PreviewStale => "PREVIEW_STALE",
            Self::ReleaseNeeded => "RELEASE_NEEDED",
            Self::ReleasedByAuthor => "RELEASED_BY_AUTHOR",
            Self::TemplateOfOccasion => "TEMPLATE_OF_OCCASION",
            Self::TemplateNameTaken { .. } => "TEMPLATE_NAME_TAKEN",
            Self::NotLaunched => "NOT_LAUNCHED",
            Self::ReachedNobody => "REACHED_NOBODY",
            Self::NotARecipient => "NOT_A_RECIPIENT",
            Self::ResponseUnknown => "RESPONSE_UNKNOWN",
            Self::Drill(refused) => refused.code(),
        }
    }
}
