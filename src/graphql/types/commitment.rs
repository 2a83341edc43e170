//! That a resource is or was committed to an incident, from the order to the release.

use async_graphql::{ID, Object, SimpleObject};
use jiff::Timestamp;

use super::check_in::{CheckInDetails, Departure};
use super::codes::{CommitmentStage, SignOffBox};
use super::incident::Incident;
use crate::domain::resource::Tactical;
use crate::graphql::asked::id;
use crate::sharing::SeenCommitment;

/// That a resource is or was committed to an incident.
pub(crate) struct Commitment(pub(super) SeenCommitment);

/// A part of the organization of an incident.
#[derive(SimpleObject)]
pub(crate) struct TacticalAssignment {
    /// The post whose holder it reports to.
    post: Option<ID>,
    /// What people call it: `Division A`.
    name: String,
}

/// What a resource worked at from a time on.
#[derive(SimpleObject)]
pub(crate) struct AssignmentLine {
    /// What; available for work when null.
    to: Option<TacticalAssignment>,
    /// From when on.
    at: Option<Timestamp>,
    /// By whom.
    by: String,
    /// Why.
    reason: Option<String>,
}

/// The check-out of a resource (ICS 221).
#[derive(SimpleObject)]
pub(crate) struct Demobilization {
    /// Since when.
    started: Option<Timestamp>,
    /// The boxes that were ticked.
    boxes: Vec<SignOff>,
}

/// A box of a check-out.
#[derive(SimpleObject)]
pub(crate) struct SignOff {
    /// The box.
    #[graphql(name = "box")]
    sign_off: SignOffBox,
    /// Who signed it; null while nobody has.
    by: Option<String>,
    /// When.
    at: Option<Timestamp>,
}

#[Object]
impl Commitment {
    /// Its number among those of the resource.
    async fn number(&self) -> u32 {
        self.0.number()
    }

    /// The incident; null when you do not see it, as once your resource was released from one that
    /// is another organization's.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident.clone().map(Incident)
    }

    /// How much: 1 of what is single.
    async fn quantity(&self) -> u32 {
        self.0.quantity()
    }

    /// Where it stands; null when that is withheld.
    async fn stage(&self) -> Option<CommitmentStage> {
        self.0.stage().map(Into::into)
    }

    /// Since when it is committed.
    async fn since(&self) -> Option<Timestamp> {
        self.0.since()
    }

    /// When it is expected to arrive.
    async fn expected(&self) -> Option<Timestamp> {
        self.0.expected()
    }

    /// When it checked in.
    async fn checked_in_at(&self) -> Option<Timestamp> {
        self.0.checked_in_at()
    }

    /// Where it checked in.
    async fn check_in_place(&self) -> Option<&str> {
        self.0.check_in_place()
    }

    /// How many people checked in.
    async fn people(&self) -> Option<u32> {
        self.0.people()
    }

    /// Who leads them.
    async fn leader(&self) -> Option<&str> {
        self.0.leader()
    }

    /// What it works at; available for work, or withheld, when null.
    async fn assigned_to(&self) -> Option<TacticalAssignment> {
        self.0.assigned_to().map(TacticalAssignment::of)
    }

    /// What it worked at, the oldest first.
    async fn assignments(&self) -> Vec<AssignmentLine> {
        let lines = self.0.assignments().iter().map(|line| AssignmentLine {
            to: line.to.as_ref().map(TacticalAssignment::of),
            at: self.0.time(line.at),
            by: line.by.clone(),
            reason: line.reason.clone(),
        });
        lines.collect()
    }

    /// What else the check-in list says of them (ICS 211); null where times are rough.
    async fn check_in_details(&self) -> Option<CheckInDetails> {
        self.0.check_in_details().cloned().map(Into::into)
    }

    /// How it leaves (ICS 221), once that is planned; null where times are rough.
    async fn departure(&self) -> Option<Departure> {
        self.0.departure().cloned().map(Into::into)
    }

    /// Its check-out.
    async fn demobilization(&self) -> Option<Demobilization> {
        let demobilization = self.0.demobilization()?;
        let boxes = demobilization.ticked.iter().map(|ticked| {
            let signed = demobilization.signed.iter().find(|s| s.sign_off == *ticked);
            SignOff {
                sign_off: (*ticked).into(),
                by: signed.map(|signed| signed.by.clone()),
                at: signed.and_then(|signed| self.0.time(signed.at)),
            }
        });
        Some(Demobilization {
            started: self.0.time(demobilization.started),
            boxes: boxes.collect(),
        })
    }

    /// When it was released or cancelled.
    async fn ended(&self) -> Option<Timestamp> {
        self.0.ended()
    }
}

impl TacticalAssignment {
    pub(super) fn of(tactical: &Tactical) -> Self {
        Self { post: tactical.post.map(id), name: tactical.name.clone() }
    }
}
