//! What stands out on an incident.

use async_graphql::{Enum, InputObject, Object, SimpleObject};
use jiff::Timestamp;

use super::alert::NamedValue;
use super::incident::Incident;
use super::organization::Organization;
use super::person::Person;
use super::record::Record;
use crate::domain::watch;
use crate::graphql::rows::Row;
use crate::sharing::{self, Seen};

/// How much something presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "watch::Level")]
pub(crate) enum AttentionLevel {
    /// Somebody may be in danger, or a promise is broken.
    Alarm,
    /// It will be soon.
    Warning,
    /// Worth a look.
    Notice,
}

/// Something that stands out on an incident. It clears itself once what is wrong is put right.
pub(crate) struct AttentionItem(pub(in crate::graphql) Seen<watch::Item>);

#[Object]
impl AttentionItem {
    /// The name of what stands out for programs, stable over releases, such as `SPAN_OF_CONTROL`.
    async fn code(&self) -> &str {
        self.0.code()
    }

    /// How much it presses.
    async fn level(&self) -> AttentionLevel {
        self.0.level().into()
    }

    /// What is wrong and what to do.
    async fn sentence(&self) -> &str {
        self.0.sentence()
    }

    /// The values that stand in the sentence, by their names, for who tells it in another language:
    /// by the code and by which values there are one knows the sentence.
    async fn values(&self) -> Vec<NamedValue<'_>> {
        self.0.values().iter().map(|(name, value)| NamedValue::of(name, value)).collect()
    }

    /// What it is about.
    async fn about(&self) -> Option<Record> {
        Record::named(self.0.view(), self.0.about())
    }

    /// Whom it is about, where it is about one person whom you may see.
    async fn person(&self) -> Option<Person> {
        self.0.person().map(Person)
    }

    /// The organization that has to do something; null where the incident is everybody's.
    async fn owner(&self) -> Option<Organization> {
        self.0.owner().map(Organization)
    }

    /// Since when; null when times are withheld.
    async fn since(&self) -> Option<Timestamp> {
        self.0.since()
    }
}

/// Something that wants attention: what stands out on an incident, or a question between
/// organizations that waits for its answer.
pub(crate) struct Concern {
    concern: sharing::Concern,
    now: Timestamp,
}

impl Concern {
    pub(in crate::graphql) const fn of(concern: sharing::Concern, now: Timestamp) -> Self {
        Self { concern, now }
    }
}

impl Row for Concern {}

#[Object]
impl Concern {
    /// Its name for programs, stable over releases: that of what stands out, such as
    /// `SPAN_OF_CONTROL`, or `OPEN_QUESTION`.
    async fn code(&self) -> &str {
        self.concern.code()
    }

    /// How much it presses.
    async fn level(&self) -> AttentionLevel {
        self.concern.level().into()
    }

    /// What is wrong or waited for, and what to do.
    async fn sentence(&self) -> &str {
        self.concern.sentence()
    }

    /// The values that stand in the sentence, by their names, for who tells it in another language.
    /// Of an `OPEN_QUESTION` it is `question`, what is waited for: `APPROVAL`, `SENDING`, `ANSWER`,
    /// `DECISION`, `SIGNATURE`, `MISSION_ORDER` or `PAYMENT`.
    async fn values(&self) -> Vec<NamedValue<'_>> {
        let values = self.concern.values().into_iter();
        values.map(|(name, value)| NamedValue::of(name, value)).collect()
    }

    /// The incident; null where it is withheld from you.
    async fn incident(&self) -> Option<Incident> {
        self.concern.incident().cloned().map(Incident)
    }

    /// What it is about.
    async fn about(&self) -> Option<Record> {
        Record::named(self.concern.view(), self.concern.about())
    }

    /// Whom it is about, where it is about one person whom you may see.
    async fn person(&self) -> Option<Person> {
        self.concern.person().map(Person)
    }

    /// The organization that has to do something; null where the incident is everybody's.
    async fn owner(&self) -> Option<Organization> {
        self.concern.owner().map(Organization)
    }

    /// The organization that waits for it, where it is a question.
    async fn waits(&self) -> Option<Organization> {
        self.concern.waits().map(Organization)
    }

    /// Since when; null when times are withheld.
    async fn since(&self) -> Option<Timestamp> {
        self.concern.since()
    }

    /// For how many minutes; null when times are withheld.
    async fn age_minutes(&self) -> Option<i64> {
        let since = self.concern.since()?;
        Some(self.now.duration_since(since).as_mins().max(0))
    }
}

/// From when on something stands out on an organization's incidents. What is null in an input is as
/// NIMS suggests.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "ThresholdsInput")]
pub(crate) struct Thresholds {
    /// Direct reports of one supervisor from which on the span of control is a notice.
    #[graphql(default = 6)]
    span_notice: u32,
    /// The same for a warning.
    #[graphql(default = 8)]
    span_warning: u32,
    /// The least complex type of incident that has to have a Safety Officer: 3 means types 3, 2
    /// and 1.
    #[graphql(default = 3)]
    safety_officer_from_type: u8,
    /// Minutes without a word from a commander.
    #[graphql(default = 120)]
    commander_silent_minutes: u32,
    /// Hours that one person holds a post.
    #[graphql(default = 16)]
    on_duty_hours: u32,
    /// Minutes before the end of a period at which the next plan has to be approved.
    #[graphql(default = 120)]
    plan_due_minutes: u32,
    /// Minutes that an urgent question may wait for its answer.
    #[graphql(default = 15)]
    answer_urgent_minutes: u32,
    /// Minutes that any other question may.
    #[graphql(default = 60)]
    answer_minutes: u32,
    /// Minutes that a personnel accountability report may take.
    #[graphql(default = 10)]
    par_minutes: u32,
}

/// Copies all fields between the type of the API and that of the domain.
macro_rules! same_fields {
    ($($field:ident),+) => {
        impl From<watch::Thresholds> for Thresholds {
            fn from(thresholds: watch::Thresholds) -> Self {
                let watch::Thresholds { $($field),+ } = thresholds;
                Self { $($field),+ }
            }
        }

        impl From<Thresholds> for watch::Thresholds {
            fn from(thresholds: Thresholds) -> Self {
                let Thresholds { $($field),+ } = thresholds;
                Self { $($field),+ }
            }
        }
    };
}

same_fields!(
    span_notice,
    span_warning,
    safety_officer_from_type,
    commander_silent_minutes,
    on_duty_hours,
    plan_due_minutes,
    answer_urgent_minutes,
    answer_minutes,
    par_minutes
);
