//! What all commanders have to sign (NIMS: Unified Command; check 16: all agencies' signatures, or
//! recorded delegation).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Commander, Delegation, Power};
use crate::domain::ids::Id;
use crate::domain::organization::Organization;

/// The signatures that something needs and has.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Approvals {
    /// The agencies in command, each once.
    pub needed: Vec<Id<Organization>>,
    /// Who signed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Signature>,
}

/// That something was signed for an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The agency for which it was signed.
    pub agency: Id<Organization>,
    /// The organization that signed: the agency itself, or one that it delegated this to.
    pub organization: Id<Organization>,
    /// The principal who signed.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Signature {
    /// Whether it was given in the name of another.
    #[must_use]
    pub fn is_delegated(&self) -> bool {
        self.agency != self.organization
    }
}

impl Approvals {
    /// Nothing signed yet, by any of the commanders.
    #[must_use]
    pub fn needed_of(commanders: &[Commander]) -> Self {
        let mut needed: Vec<_> = commanders.iter().map(|c| c.organization).collect();
        needed.sort_unstable();
        needed.dedup();
        Self { needed, given: Vec::new() }
    }

    /// The same for those who command now: who joined has yet to sign, who left need not, and what
    /// was signed for an agency stands whoever commands for it.
    #[must_use]
    pub fn renewed(&self, commanders: &[Commander]) -> Self {
        let Self { needed, .. } = Self::needed_of(commanders);
        let given = self.given.iter().filter(|signature| needed.contains(&signature.agency));
        Self { given: given.cloned().collect(), needed }
    }

    /// The agencies that have not signed.
    #[must_use]
    pub fn missing(&self) -> Vec<Id<Organization>> {
        let signed = |agency: &Id<Organization>| self.given.iter().any(|s| s.agency == *agency);
        self.needed.iter().copied().filter(|agency| !signed(agency)).collect()
    }

    /// Whether all have signed. Nothing is approved by nobody.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.needed.is_empty() && self.missing().is_empty()
    }

    /// The agencies for which an organization can sign now: itself, and those that delegated it.
    #[must_use]
    pub fn due_from(
        &self,
        organization: Id<Organization>,
        delegations: &[Delegation],
        now: Timestamp,
    ) -> Vec<Id<Organization>> {
        let delegated = |agency: Id<Organization>| {
            delegations.iter().any(|d| {
                d.power == Power::Signature
                    && d.from == agency
                    && d.to == organization
                    && d.is_in_force(now)
            })
        };
        let mut due = self.missing();
        due.retain(|agency| *agency == organization || delegated(*agency));
        due
    }

    /// The same with the signatures of an organization, for itself and for those that delegated it;
    /// none when it has nothing to sign.
    #[must_use]
    pub fn signed_by(
        &self,
        organization: Id<Organization>,
        delegations: &[Delegation],
        by: &str,
        at: Timestamp,
    ) -> Option<Self> {
        let due = self.due_from(organization, delegations, at);
        if due.is_empty() {
            return None;
        }
        let sign = |agency| Signature { agency, organization, by: by.to_owned(), at };
        let given = self.given.iter().cloned().chain(due.into_iter().map(sign)).collect();
        Some(Self { needed: self.needed.clone(), given })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn agency(n: u8) -> Id<Organization> {
        Id::new(Uuid::from_u128(u128::from(n)))
    }

    fn commanders(agencies: &[u8]) -> Vec<Commander> {
        let person = Id::new(Uuid::nil());
        agencies.iter().map(|n| Commander { person, organization: agency(*n) }).collect()
    }

    fn delegation(from: u8, to: u8) -> Delegation {
        Delegation {
            id: Id::new(Uuid::nil()),
            power: Power::Signature,
            from: agency(from),
            to: agency(to),
            reason: "off shift".to_owned(),
            since: Timestamp::UNIX_EPOCH,
            by: "dana".to_owned(),
            until: None,
            ended: None,
        }
    }

    proptest! {
        #[test]
        fn it_is_approved_just_when_each_agency_or_its_delegate_signed(
            needed in proptest::collection::vec(0..5_u8, 0..5),
            delegated in proptest::collection::vec((0..5_u8, 0..5_u8), 0..4),
            signers in proptest::collection::vec(0..6_u8, 0..8),
        ) {
            let now = Timestamp::UNIX_EPOCH;
            let delegations: Vec<_> = delegated.iter().map(|(a, b)| delegation(*a, *b)).collect();
            let mut approvals = Approvals::needed_of(&commanders(&needed));
            for signer in &signers {
                let signed = approvals.signed_by(agency(*signer), &delegations, "x", now);
                approvals = signed.unwrap_or(approvals);
            }
            let covered = |of: u8| signers.iter().any(|signer| {
                *signer == of || delegated.contains(&(of, *signer))
            });
            let all = !needed.is_empty() && needed.iter().all(|of| covered(*of));
            prop_assert_eq!(approvals.is_complete(), all);
            // Each agency is signed for once, and nobody else.
            let mut agencies: Vec<_> = approvals.given.iter().map(|s| s.agency).collect();
            agencies.sort_unstable();
            let count = agencies.len();
            agencies.dedup();
            prop_assert_eq!(agencies.len(), count);
            prop_assert!(agencies.iter().all(|of| approvals.needed.contains(of)));
            for signature in &approvals.given {
                let recorded = delegations.iter().any(|d| {
                    d.from == signature.agency && d.to == signature.organization
                });
                prop_assert!(!signature.is_delegated() || recorded);
            }
        }

        #[test]
        fn who_joins_has_yet_to_sign_and_who_leaves_need_not(
            before in proptest::collection::vec(0..5_u8, 1..5),
            after in proptest::collection::vec(0..5_u8, 1..5),
        ) {
            let now = Timestamp::UNIX_EPOCH;
            let mut approvals = Approvals::needed_of(&commanders(&before));
            for of in &before {
                let signed = approvals.signed_by(agency(*of), &[], "x", now);
                approvals = signed.unwrap_or(approvals);
            }
            prop_assert!(approvals.is_complete());
            let renewed = approvals.renewed(&commanders(&after));
            let joined = after.iter().any(|of| !before.contains(of));
            prop_assert_eq!(renewed.is_complete(), !joined);
        }
    }

    #[test]
    fn a_delegation_that_is_over_signs_nothing() {
        let now = Timestamp::UNIX_EPOCH;
        let approvals = Approvals::needed_of(&commanders(&[1, 2]));
        let ended = Delegation { ended: Some(now), ..delegation(1, 2) };
        let over = Delegation { until: Some(now), ..delegation(1, 2) };
        let tactics = Delegation { power: Power::Tactics, ..delegation(1, 2) };
        let due = approvals.due_from(agency(2), &[ended, over, tactics], now);
        assert_eq!(due, [agency(2)]);
    }
}
