//! What stands out on an incident.

use async_graphql::{Enum, InputObject, Object, SimpleObject};
use jiff::Timestamp;

use super::organization::Organization;
use super::person::Person;
use super::record::Record;
use crate::domain::watch;
use crate::sharing::Seen;

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
