//! How a resource came to an incident, and how it leaves it.

use async_graphql::{InputObject, SimpleObject};
use jiff::Timestamp;

use crate::domain::resource;

/// What else the check-in list says of who arrived (ICS 211).
#[derive(Default, SimpleObject, InputObject)]
#[graphql(input_name = "CheckInDetailsInput")]
pub(crate) struct CheckInDetails {
    /// How it is reached on the incident, such as its call sign or channel. A person's own number is
    /// sealed with that person instead.
    contact: Option<String>,
    /// Where it set out.
    departed_from: Option<String>,
    /// When it set out.
    departed_at: Option<Timestamp>,
    /// How it travelled.
    travel: Option<String>,
    /// What else its people are qualified for.
    qualifications: Option<String>,
}

/// How a resource leaves (ICS 221, blocks 3, 8 and 9). When it left is the end of its commitment.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "DepartureInput")]
pub(crate) struct Departure {
    /// When it is to be released.
    release_at: Option<Timestamp>,
    /// Where it goes next.
    destination: Option<String>,
    /// When it is expected to leave.
    leaves_at: Option<Timestamp>,
    /// When it is expected there.
    arrives_at: Option<Timestamp>,
    /// Whether it rests overnight on its way.
    #[graphql(default)]
    overnight: bool,
    /// How it travels.
    travel: Option<String>,
    /// How it is reached on its way. A person's own number is sealed with that person instead.
    contact: Option<String>,
    /// Which area or dispatch centre was notified.
    notified: Option<String>,
    /// The incident that it goes to instead of home, as its people know it.
    reassigned_to: Option<String>,
}

impl From<resource::CheckInDetails> for CheckInDetails {
    fn from(of: resource::CheckInDetails) -> Self {
        let resource::CheckInDetails { contact, departed_from, departed_at, .. } = of;
        let resource::CheckInDetails { travel, qualifications, .. } = of;
        Self { contact, departed_from, departed_at, travel, qualifications }
    }
}

impl From<CheckInDetails> for resource::CheckInDetails {
    fn from(of: CheckInDetails) -> Self {
        let CheckInDetails { contact, departed_from, departed_at, travel, qualifications } = of;
        Self { contact, departed_from, departed_at, travel, qualifications }
    }
}

impl From<resource::Departure> for Departure {
    fn from(of: resource::Departure) -> Self {
        Self {
            release_at: of.release_at,
            destination: of.destination,
            leaves_at: of.leaves_at,
            arrives_at: of.arrives_at,
            overnight: of.overnight,
            travel: of.travel,
            contact: of.contact,
            notified: of.notified,
            reassigned_to: of.reassigned_to,
        }
    }
}

impl From<Departure> for resource::Departure {
    fn from(of: Departure) -> Self {
        Self {
            release_at: of.release_at,
            destination: of.destination,
            leaves_at: of.leaves_at,
            arrives_at: of.arrives_at,
            overnight: of.overnight,
            travel: of.travel,
            contact: of.contact,
            notified: of.notified,
            reassigned_to: of.reassigned_to,
        }
    }
}
