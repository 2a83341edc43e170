//! What wants a viewer's attention, over all incidents that they see.
//!
//! Two kinds of thing stand in one list: what stands out on an incident, which its watchdogs found,
//! and the questions between organizations that the viewer has to answer or waits for. Each goes
//! where the record may be seen that it is about, and nothing of what is hidden is counted.

use jiff::Timestamp;

use super::{Seen, View};
use crate::domain::RecordRef;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::resource_request::{OpenQuestion, Priority, ResourceRequest};
use crate::domain::watch::{Item, Level};

/// The name of a question among what wants attention, for programs.
const QUESTION: &str = "OPEN_QUESTION";

/// Something that wants attention.
#[derive(Clone)]
pub struct Concern {
    view: View,
    incident: Option<Seen<Incident>>,
    what: What,
}

#[derive(Clone)]
enum What {
    StandsOut(Seen<Item>),
    Question { question: OpenQuestion, level: Level },
}

impl View {
    /// What wants the viewer's attention, the most pressing first, then what is longest so.
    #[must_use]
    pub fn attention(&self) -> Vec<Concern> {
        let live = self.incidents().filter(Seen::<Incident>::is_live);
        let stands_out = live.flat_map(|incident| {
            let items: Vec<_> = incident.attention().collect();
            items.into_iter().map(move |item| Concern {
                view: self.clone(),
                incident: Some(incident.clone()),
                what: What::StandsOut(item),
            })
        });
        let questions = self.open_questions().into_iter().map(|question| self.waiting(question));
        let mut all: Vec<_> = stands_out.chain(questions).collect();
        all.sort_by_cached_key(Concern::place);
        all
    }

    fn waiting(&self, question: OpenQuestion) -> Concern {
        let request = self.request_behind(question.record);
        let urgent = request.as_ref().is_some_and(|r| r.priority() == Priority::Urgent);
        let level = if urgent { Level::Warning } else { Level::Notice };
        let incident = request.and_then(|request| request.incident());
        Concern { view: self.clone(), incident, what: What::Question { question, level } }
    }

    fn request_behind(&self, record: RecordRef) -> Option<Seen<ResourceRequest>> {
        match record {
            RecordRef::ResourceRequest(id) => self.resource_request(id),
            RecordRef::Offer(id) => self.offer(id)?.request(),
            _ => None,
        }
    }
}

impl Concern {
    /// The View that it was seen in.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// Its name for programs: that of the watchdog, or `OPEN_QUESTION`.
    #[must_use]
    pub fn code(&self) -> &str {
        match &self.what {
            What::StandsOut(item) => item.code(),
            What::Question { .. } => QUESTION,
        }
    }

    /// How much it presses.
    #[must_use]
    pub fn level(&self) -> Level {
        match &self.what {
            What::StandsOut(item) => item.level(),
            What::Question { level, .. } => *level,
        }
    }

    /// What is wrong or waited for, and what to do.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match &self.what {
            What::StandsOut(item) => item.sentence(),
            What::Question { question, .. } => question.what.sentence(),
        }
    }

    /// The values that stand in the sentence, by their names. Of a question it is what is waited
    /// for, which says which of its sentences it is.
    #[must_use]
    pub fn values(&self) -> Vec<(&str, &str)> {
        match &self.what {
            What::StandsOut(item) => {
                item.values().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
            }
            What::Question { question, .. } => vec![("question", question.what.code())],
        }
    }

    /// The incident; none where the viewer is not shown it.
    #[must_use]
    pub fn incident(&self) -> Option<&Seen<Incident>> {
        self.incident.as_ref()
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> RecordRef {
        match &self.what {
            What::StandsOut(item) => item.about(),
            What::Question { question, .. } => question.record,
        }
    }

    /// Whom it is about, if it is about one person whom the viewer may see.
    #[must_use]
    pub fn person(&self) -> Option<Seen<Person>> {
        match &self.what {
            What::StandsOut(item) => item.person(),
            What::Question { .. } => None,
        }
    }

    /// The organization that has to do something.
    #[must_use]
    pub fn owner(&self) -> Option<Seen<Organization>> {
        match &self.what {
            What::StandsOut(item) => item.owner(),
            What::Question { question, .. } => self.view.organization(question.owner),
        }
    }

    /// The organization that waits for it.
    #[must_use]
    pub fn waits(&self) -> Option<Seen<Organization>> {
        match &self.what {
            What::StandsOut(_) => None,
            What::Question { question, .. } => self.view.organization(question.waits),
        }
    }

    /// Since when, as exactly as times are shown.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        match &self.what {
            What::StandsOut(item) => item.since(),
            What::Question { question, .. } => Some(question.since),
        }
    }

    /// Where it stands in the list, from what the viewer is shown of it alone; two things that look
    /// the same to the viewer stand at the same place.
    #[must_use]
    pub fn place(&self) -> (Level, Timestamp, u64) {
        let since = self.since().unwrap_or(Timestamp::UNIX_EPOCH);
        let incident = self.incident().map_or_else(String::new, |i| i.id().to_string());
        let person = self.person().map_or_else(String::new, |p| p.id().to_string());
        let owner = self.owner().map_or_else(String::new, |o| o.id().to_string());
        let parts = [self.code(), &incident, &format!("{:?}", self.about()), &person, &owner];
        (self.level(), since, fingerprint(parts.into_iter().chain([self.sentence()])))
    }
}

/// A number that tells texts apart and is the same on every node and after every start (FNV-1a).
fn fingerprint<'a>(parts: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = parts.flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
