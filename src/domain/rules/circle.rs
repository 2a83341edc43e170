//! Whose incidents are looked at together when a message arrives.
//!
//! What becomes of a public message is seen by everybody. Memorial Hospital shows nobody that it
//! works on a flood. If that incident took the flood warning in the place of one for everybody, all
//! others would be told of it by what does not open. So everybody's incidents are looked at by
//! themselves, and then those of each organization by themselves: the warning opens an incident for
//! everybody, and is put to the hospital's too, which only the hospital is shown.

use crate::domain::ids::Id;
use crate::domain::organization::Organization;

/// How many incidents have their outlines compared with a message's; those that changed last.
const OUTLINES_MAX: usize = 64;
/// The same for each organization whose incidents are looked at by themselves.
const OUTLINES_OF_ONE_MAX: usize = 16;

/// Incidents that are looked at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Circle {
    /// Those of the organization that handed in a private message. An Update of it also belongs to
    /// any other incident that somebody put the earlier message to.
    Private(Option<Id<Organization>>),
    /// For a public message, everybody's incidents and those of the organization that is to lead
    /// the one that it may open.
    Everybodys {
        /// The organization that would lead.
        lead: Option<Id<Organization>>,
    },
    /// For a public message, the incidents of one organization.
    Of(Id<Organization>),
}

impl Circle {
    /// Whether a rule may put the message to an incident of this owner.
    pub(super) fn holds(self, owner: Option<Id<Organization>>) -> bool {
        match self {
            Self::Private(own) => owner == own,
            Self::Everybodys { lead } => owner.is_none() || owner == lead,
            Self::Of(one) => owner == Some(one),
        }
    }

    /// Whether an Update may inherit an incident of this owner.
    pub(super) fn inherits(self, owner: Option<Id<Organization>>) -> bool {
        matches!(self, Self::Private(_)) || self.holds(owner)
    }

    /// Whether a new incident may open, or be suggested, when none of these fits.
    pub(super) const fn opens(self) -> bool {
        !matches!(self, Self::Of(_))
    }

    /// How many incidents have their outlines compared at the most.
    pub(super) const fn outlines_max(self) -> usize {
        if self.opens() { OUTLINES_MAX } else { OUTLINES_OF_ONE_MAX }
    }
}
