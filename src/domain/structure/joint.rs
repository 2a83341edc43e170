//! Decisions that all commanders take together: proposed, signed by each, then agreed.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::approval::Approvals;
use super::delegation::acting_commander;
use super::{Commander, Seat, Structure, StructureRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, JOINT_DECISIONS_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Something that all commanders decide together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointDecision {
    /// Its id.
    pub id: Id<JointDecision>,
    /// What is decided.
    pub what: String,
    /// The principal who proposed it.
    pub by: String,
    /// When it was proposed.
    pub at: Timestamp,
    /// Who has signed.
    pub approvals: Approvals,
    /// When the last of them signed; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Timestamp>,
}

/// Proposes something for all commanders to sign. The agency that proposes has signed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposeJointly {
    /// The structure.
    pub structure: Id<Structure>,
    /// What is to be decided.
    pub what: String,
}

/// Signs it, for the acting organization and those that delegated their signature to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignJointly {
    /// The structure.
    pub structure: Id<Structure>,
    /// What is signed.
    pub decision: Id<JointDecision>,
}

/// Something was proposed for all commanders to sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JointProposed {
    /// Where.
    pub seat: Seat,
    /// What.
    pub decision: JointDecision,
}

/// Somebody signed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JointSigned {
    /// Where.
    pub seat: Seat,
    /// What.
    pub decision: Id<JointDecision>,
    /// The signatures that it needs and has now.
    pub approvals: Approvals,
}

impl JointDecision {
    /// The same with the signatures that it needs of those in command now; what is decided stays as
    /// it was signed.
    #[must_use]
    pub fn waiting_for(&self, commanders: &[Commander]) -> Self {
        let approvals = match self.agreed {
            Some(_) => self.approvals.clone(),
            None => self.approvals.renewed(commanders),
        };
        Self { approvals, ..self.clone() }
    }
}

impl Decide for ProposeJointly {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let agency = acting_commander(world, structure, context)?;
        let what = limits::text("what", &self.what, REASON_CHARS_MAX)?;
        limits::room("decisions", structure.decisions.len(), JOINT_DECISIONS_MAX)?;
        let (by, at) = (context.by.principal.clone(), context.now);
        let approvals = Approvals::needed_of(&world.commanding(structure));
        let approvals = approvals
            .signed_by(agency, &structure.delegations, &by, at)
            .ok_or(StructureRefusal::NothingToSign)?;
        let agreed = approvals.is_complete().then_some(at);
        let decision = JointDecision { id: context.ids.next(), what, by, at, approvals, agreed };
        let seat = Seat::of(structure);
        Ok(Decision::one(RecordRef::Structure(structure.id), JointProposed { seat, decision }))
    }
}

impl Decide for SignJointly {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let known = structure.decisions.iter().find(|decision| decision.id == self.decision);
        let known = known.ok_or(StructureRefusal::DecisionUnknown)?;
        let subject = RecordRef::Structure(structure.id);
        if known.agreed.is_some() {
            return Ok(Decision::unchanged(subject));
        }
        let organization = context.by.organization.ok_or(StructureRefusal::NothingToSign)?;
        let renewed = known.approvals.renewed(&world.commanding(structure));
        let (by, at) = (&context.by.principal, context.now);
        let signed = renewed.signed_by(organization, &structure.delegations, by, at);
        // Who was missing may have left command since: then the rest have all signed.
        let signed = signed.or_else(|| renewed.is_complete().then_some(renewed));
        let approvals = signed.ok_or(StructureRefusal::NothingToSign)?;
        let (seat, decision) = (Seat::of(structure), self.decision);
        Ok(Decision::one(subject, JointSigned { seat, decision, approvals }))
    }
}

impl Apply for JointProposed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let JointDecision { what, agreed, .. } = &self.decision;
        let said = match agreed {
            Some(_) => sentence!("DECISION_MADE", "decided: {decision}", decision = what),
            None => sentence!(
                "DECISION_PROPOSED",
                "proposed for all commanders to sign: {decision}",
                decision = what,
            ),
        };
        world.change_structure(self.seat.structure, stamp, |structure| {
            structure.decisions.push(Arc::new(self.decision.clone()));
        });
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for JointSigned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let mut said = None;
        world.change_structure(self.seat.structure, stamp, |structure| {
            let mut known = structure.decisions.iter_mut();
            let Some(decision) = known.find(|decision| decision.id == self.decision) else {
                return;
            };
            let decision = Arc::make_mut(decision);
            decision.approvals = self.approvals.clone();
            decision.agreed = self.approvals.is_complete().then_some(stamp.at);
            let what = &decision.what;
            said = Some(match decision.agreed {
                Some(_) => {
                    sentence!(
                        "DECISION_MADE_JOINTLY",
                        "decided jointly: {decision}",
                        decision = what
                    )
                }
                None => sentence!("DECISION_SIGNED", "signed: {decision}", decision = what),
            });
        });
        if let Some(said) = said {
            world.change_seat(&self.seat, stamp, said);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}
