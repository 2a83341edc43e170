//! What is said: plain words in one or more languages, what can be answered, and how urgent it is.

use serde::{Deserialize, Serialize};

use super::refused::Refused;
use crate::domain::limits::{
    self, LANGUAGE_CHARS_MAX, MESSAGE_CHARS_MAX, RESPONSE_CHARS_MAX, RESPONSES_MAX, WORDINGS_MAX,
};
use crate::domain::refusal::Refusal;

/// What is said, and what can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The same in one or more languages; the first is for whoever reads none of the others.
    pub wordings: Vec<Wording>,
    /// What can be answered, in the order of its digits: the first is `1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// How urgent it is.
    pub priority: Priority,
    /// Whether it is for the public, so that somebody else has to release it however few it is for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
}

/// A message in one language, by the questions that a warning has to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// What happened, or is asked: the first sentence that anybody reads.
    pub what: String,
    /// Who is concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Where.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// From when on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_do: Option<String>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// One answer that can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// What it means.
    pub meaning: Meaning,
    /// How it is put, by language in the order of the wordings; the usual words when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
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

/// How urgent a message is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Quiet hours and limits are kept.
    #[default]
    Routine,
    /// It overtakes what is routine. Limits are kept, quiet hours are not.
    Urgent,
    /// Lives are at stake: neither quiet hours, limits nor a stopped channel hold it, and each time
    /// that one of them is overridden is recorded.
    LifeSafety,
}

impl Content {
    /// The same, if it can be used.
    ///
    /// # Errors
    /// The refusal that names the part.
    pub fn checked(&self) -> Result<Self, Refusal> {
        limits::count("wordings", self.wordings.len(), WORDINGS_MAX)?;
        limits::count("responses", self.responses.len(), RESPONSES_MAX)?;
        if self.wordings.is_empty() {
            return Err(Refused::NothingSaid.into());
        }
        let wordings: Vec<_> =
            self.wordings.iter().map(Wording::checked).collect::<Result<_, _>>()?;
        for (n, wording) in wordings.iter().enumerate() {
            if wordings.iter().take(n).any(|other| other.language == wording.language) {
                let language = wording.language.clone();
                return Err(Refused::LanguageTwice { language }.into());
            }
        }
        let responses = self.responses.iter().map(|r| r.checked(wordings.len()));
        let responses = responses.collect::<Result<_, _>>()?;
        Ok(Self { wordings, responses, ..*self })
    }

    /// The wording for somebody who reads a language: in it, in its base language, or the first one.
    #[must_use]
    pub fn wording(&self, language: Option<&str>) -> Option<(usize, &Wording)> {
        let mut all = self.wordings.iter().enumerate();
        let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let wanted = language.unwrap_or_default();
        let exact = all.clone().find(|(_, w)| w.language.eq_ignore_ascii_case(wanted));
        let like = || all.clone().find(|(_, w)| base(&w.language) == base(wanted));
        exact.or_else(like).or_else(|| all.next())
    }

    /// The answer that a digit stands for, counted from 1.
    #[must_use]
    pub fn response(&self, digit: usize) -> Option<&Response> {
        self.responses.get(digit.checked_sub(1)?)
    }
}

impl Wording {
    fn checked(&self) -> Result<Self, Refusal> {
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), MESSAGE_CHARS_MAX);
        let language = limits::text("language", &self.language, LANGUAGE_CHARS_MAX)?;
        let is_tag = language.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if !is_tag {
            return Err(Refused::LanguageUnusable { language }.into());
        }
        Ok(Self {
            language,
            what: limits::text("what", &self.what, MESSAGE_CHARS_MAX)?,
            who: said("who", &self.who)?,
            place: said("where", &self.place)?,
            when: said("when", &self.when)?,
            to_do: said("toDo", &self.to_do)?,
            until: said("until", &self.until)?,
        })
    }
}

impl Response {
    fn checked(&self, wordings: usize) -> Result<Self, Refusal> {
        let labels = self.labels.iter().map(|l| limits::text("label", l, RESPONSE_CHARS_MAX));
        let labels: Vec<_> = labels.collect::<Result<_, _>>()?;
        let fits = if self.meaning == Meaning::Other {
            labels.len() == wordings
        } else {
            labels.is_empty() || labels.len() == wordings
        };
        if !fits {
            return Err(Refused::LabelsUnfit { labels: labels.len(), wordings }.into());
        }
        Ok(Self { labels, ..*self })
    }
}
