//! The life of an agreement: proposed by one, in force when all have signed, ended by any.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Agreement, Ending, Group, Incidents, Signature, Term, Text};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, AGREEMENTS_MAX, INCIDENTS_OF_TERM_MAX, NAME_CHARS_MAX, PARTIES_MAX, REASON_CHARS_MAX,
    TERMS_MAX,
};
use crate::domain::marking::Tlp;
use crate::domain::organization::Organization;
use crate::domain::place;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Proposes an agreement, which signs it for the proposer.
#[derive(Clone, Debug, Serialize)]
pub struct Propose {
    /// What the parties are to agree on.
    pub text: Text,
}

/// Signs an agreement for the acting organization.
#[derive(Clone, Debug, Serialize)]
pub struct Sign {
    /// The agreement.
    pub agreement: Id<Agreement>,
}

/// Ends an agreement for all parties, or declines one that is not in force yet.
#[derive(Clone, Debug, Serialize)]
pub struct End {
    /// The agreement.
    pub agreement: Id<Agreement>,
    /// Why.
    pub reason: String,
}

/// An agreement was proposed and signed by its proposer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposed {
    /// The new agreement.
    pub agreement: Id<Agreement>,
    /// The party that proposed it.
    pub by: Id<Organization>,
    /// What is proposed.
    pub text: Text,
}

/// A party signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signed {
    /// The agreement.
    pub agreement: Id<Agreement>,
    /// The party.
    pub by: Id<Organization>,
}

/// A party ended the agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The agreement.
    pub agreement: Id<Agreement>,
    /// The party.
    pub by: Id<Organization>,
    /// Why.
    pub reason: String,
}

impl Decide for Propose {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let by = acting_party(context)?;
        let text = checked(world, &self.text, context)?;
        if !text.parties.contains(&by) {
            return Err(Refusal::AgreementNotParty);
        }
        limits::count("agreements", world.agreements.len() + 1, AGREEMENTS_MAX)?;
        let agreement = context.ids.next();
        Ok(Decision::one(RecordRef::Agreement(agreement), Proposed { agreement, by, text }))
    }
}

impl Decide for Sign {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let agreement = world.known_agreement(self.agreement)?;
        let subject = RecordRef::Agreement(self.agreement);
        let by = acting_party(context)?;
        if !agreement.is_party(by) {
            return Err(Refusal::AgreementNotParty);
        }
        if agreement.ended.is_some() {
            return Err(Refusal::AgreementEnded { title: agreement.text.title.clone() });
        }
        if agreement.signatures.iter().any(|signature| signature.organization == by) {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Signed { agreement: self.agreement, by }))
    }
}

impl Decide for End {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let agreement = world.known_agreement(self.agreement)?;
        let subject = RecordRef::Agreement(self.agreement);
        let by = acting_party(context)?;
        if !agreement.is_party(by) {
            return Err(Refusal::AgreementNotParty);
        }
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if agreement.ended.is_some() {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Ended { agreement: self.agreement, by, reason }))
    }
}

impl Apply for Proposed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let agreement = Agreement {
            id: self.agreement,
            text: self.text.clone(),
            proposed_by: self.by,
            signatures: vec![signature(self.by, stamp)],
            ended: None,
            revision: Revision::new(stamp),
        };
        world.agreements.insert(self.agreement, Arc::new(agreement));
        world.policies_changed(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Agreement(self.agreement)]
    }
}

impl Apply for Signed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(agreement) = world.agreements.get_mut(&self.agreement) else { return };
        let agreement = Arc::make_mut(agreement);
        agreement.signatures.push(signature(self.by, stamp));
        agreement.revision.touch(stamp);
        world.policies_changed(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Agreement(self.agreement)]
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(agreement) = world.agreements.get_mut(&self.agreement) else { return };
        let agreement = Arc::make_mut(agreement);
        agreement.ended = Some(Ending {
            organization: self.by,
            by: stamp.by.principal.clone(),
            at: stamp.at,
            reason: self.reason.clone(),
        });
        agreement.revision.touch(stamp);
        world.policies_changed(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Agreement(self.agreement)]
    }
}

impl World {
    pub(in crate::domain) fn known_agreement(
        &self,
        id: Id<Agreement>,
    ) -> Result<&Arc<Agreement>, Refusal> {
        self.agreement(id).ok_or(Refusal::AgreementUnknown(id))
    }

    /// Notes that who is shown what changed with this entry.
    pub(in crate::domain) fn policies_changed(&mut self, stamp: &Stamp<'_>) {
        self.policies_changed_at = stamp.seq;
    }
}

fn signature(organization: Id<Organization>, stamp: &Stamp<'_>) -> Signature {
    Signature { organization, by: stamp.by.principal.clone(), at: stamp.at }
}

fn acting_party(context: &Context<'_>) -> Result<Id<Organization>, Refusal> {
    context.by.organization.ok_or(Refusal::AgreementNotParty)
}

impl Text {
    /// Checks what can be checked without looking anything up, the terms aside.
    ///
    /// # Errors
    /// A refusal that says what is wrong.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        limits::text("title", &self.title, NAME_CHARS_MAX)?;
        limits::text("purpose", &self.purpose, REASON_CHARS_MAX)?;
        limits::count_from(2, "parties", self.parties.len(), PARTIES_MAX)?;
        limits::count_from(1, "terms", self.terms.len(), TERMS_MAX)?;
        let mut parties = self.parties.iter().enumerate();
        if parties.any(|(n, party)| self.parties.iter().take(n).any(|other| other == party)) {
            return Err(Refusal::AgreementUnusable("a party stands in it twice".into()));
        }
        Ok(())
    }

    /// Checks a term by itself. What a term says about incidents is not looked up: an agreement may
    /// name one that only its owner can see.
    ///
    /// # Errors
    /// A refusal that says what is wrong.
    pub(crate) fn check_term(&self, term: &Term) -> Result<(), Refusal> {
        let unusable = |problem: &str| Err(Refusal::AgreementUnusable(problem.to_owned()));
        limits::count_from(1, "terms.gives", term.gives.len(), PARTIES_MAX)?;
        limits::count_from(1, "terms.receives", term.receives.len(), PARTIES_MAX)?;
        if !term.gives.iter().chain(&term.receives).all(|party| self.parties.contains(party)) {
            return unusable(
                "a term names an organization that is not a party; add it to the parties",
            );
        }
        if term.gives.len() == 1 && term.gives == term.receives {
            return unusable("a term gives from an organization to itself; name another receiver");
        }
        if term.records.is_empty() || term.groups.is_empty() {
            return unusable("a term names no records or no groups of fields, so it shows nothing");
        }
        if !term.groups.contains(&Group::Identity) {
            return unusable(
                "a term shows fields without `identity`; a record cannot be shown without",
            );
        }
        if term.up_to > Tlp::Amber {
            return unusable(
                "AMBER+STRICT and RED do not leave the organization; choose AMBER or freer",
            );
        }
        match &term.incidents {
            Incidents::All => {}
            Incidents::Kinds(kinds) => limits::count_from(1, "terms.incidents", kinds.len(), 100)?,
            Incidents::These(ids) => {
                limits::count_from(1, "terms.incidents", ids.len(), INCIDENTS_OF_TERM_MAX)?;
            }
        }
        term.area.as_ref().map_or(Ok(()), |area| place::check_area("terms.area", area))
    }
}

/// The text with its words trimmed, if parties may sign it.
fn checked(world: &World, text: &Text, context: &Context<'_>) -> Result<Text, Refusal> {
    let title = limits::text("title", &text.title, NAME_CHARS_MAX)?;
    let purpose = limits::text("purpose", &text.purpose, REASON_CHARS_MAX)?;
    text.check()?;
    text.parties.iter().try_for_each(|party| world.known_organization(*party).map(drop))?;
    text.terms.iter().try_for_each(|term| text.check_term(term))?;
    let begins = text.starts.unwrap_or(context.now).max(context.now);
    if text.ends.is_some_and(|ends| ends <= begins) {
        let problem = "it would be over before it begins; choose a later end";
        return Err(Refusal::AgreementUnusable(problem.into()));
    }
    Ok(Text { title, purpose, ..text.clone() })
}
