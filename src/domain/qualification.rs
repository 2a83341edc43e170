//! Qualifications (NIMS National Qualification System): which position somebody may hold, up to
//! which type of incident, by whose word and until when.
//!
//! Harbor Fire certifies Sam as Operations Section Chief type 3 until 2029. On a type 2 incident he
//! is short, and the policy of whoever runs it says what follows: a warning, or a waiver.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::incident::Complexity;
use super::limits::{self, QUALIFICATIONS_OF_PERSON_MAX, REASON_CHARS_MAX};
use super::organization::Organization;
use super::person::Person;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::structure::StructureRefusal;
use super::world::{World, under};

/// That somebody may hold a position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Qualification {
    /// Its id.
    pub id: Id<Qualification>,
    /// Who.
    pub person: Id<Person>,
    /// The code of the position.
    pub position: String,
    /// The type, 5 to 1, 1 the most demanding; for all types when absent.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The authority having jurisdiction, by whose word.
    pub authority: Id<Organization>,
    /// How far they are.
    pub status: Status,
    /// Since when.
    pub issued: Timestamp,
    /// From when on it does not count; for good when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// Why it was taken back; in force when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
    /// When it was recorded and last changed.
    pub revision: Revision,
}

/// How far somebody is with a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// They have a task book open and learn it.
    Trainee,
    /// They meet the criteria.
    Qualified,
    /// The authority attests it in writing.
    Certified,
}

/// Whether a qualification counts at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    InForce,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// What follows when somebody falls short of a post, by the policy of the authority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnShortfall {
    /// The assignment says so.
    #[default]
    Warn,
    /// The assignment needs a waiver.
    Block,
}

/// Records a qualification, by the word of the acting organization. The same position and type
/// again replaces what was recorded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordQualification {
    /// Who.
    pub person: Id<Person>,
    /// The code of the position.
    pub position: String,
    /// The type; for all types when absent.
    pub level: Option<u8>,
    /// How far they are.
    pub status: Status,
    /// Since when.
    pub issued: Timestamp,
    /// From when on it does not count.
    pub expires: Option<Timestamp>,
}

/// Takes a qualification back.
#[derive(Clone, Debug, Serialize)]
pub struct RevokeQualification {
    /// The qualification.
    pub qualification: Id<Qualification>,
    /// Why.
    pub reason: String,
}

/// Says what follows in an organization's incidents when somebody falls short of a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetQualificationPolicy {
    /// The organization.
    pub organization: Id<Organization>,
    /// What follows.
    pub on_shortfall: OnShortfall,
}

/// A qualification was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QualificationRecorded {
    /// Its id, a new one or that of the one it replaces.
    pub qualification: Id<Qualification>,
    /// Who.
    pub person: Id<Person>,
    /// The code of the position.
    pub position: String,
    /// The type.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// By whose word.
    pub authority: Id<Organization>,
    /// How far they are.
    pub status: Status,
    /// Since when.
    pub issued: Timestamp,
    /// From when on it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// A qualification was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QualificationRevoked {
    /// The qualification.
    pub qualification: Id<Qualification>,
    /// Why.
    pub reason: String,
}

/// An organization said what follows when somebody falls short of a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QualificationPolicySet {
    /// The organization.
    pub organization: Id<Organization>,
    /// What follows.
    pub on_shortfall: OnShortfall,
}

impl Qualification {
    /// Whether it counts at a moment.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (&self.revoked, self.expires) {
            (Some(_), _) => Standing::Revoked,
            (None, Some(expires)) if expires <= now => Standing::Expired,
            (None, _) => Standing::InForce,
        }
    }
}

impl Decide for RecordQualification {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, level, status, issued, expires, .. } = *self;
        let authority = context.by.organization.ok_or(StructureRefusal::AuthorityMissing)?;
        world.known_person(person)?;
        let unknown = || StructureRefusal::PositionUnknown { code: self.position.clone() };
        let position = world.position(Some(authority), &self.position).ok_or_else(unknown)?;
        let position = position.code.clone();
        level.map(Complexity::check_level).transpose()?;
        if expires.is_some_and(|expires| expires <= issued) {
            return Err(StructureRefusal::QualificationDates.into());
        }
        let known = world.qualifications_of(person).find(|known| {
            (known.authority, &known.position, known.level) == (authority, &position, level)
        });
        if known.is_none() {
            let count = world.qualifications_of(person).count();
            limits::room("qualifications", count, QUALIFICATIONS_OF_PERSON_MAX)?;
        }
        let qualification = known.map_or_else(|| context.ids.next(), |known| known.id);
        let event = QualificationRecorded {
            qualification,
            person,
            position,
            level,
            authority,
            status,
            issued,
            expires,
        };
        Ok(Decision::one(RecordRef::Qualification(qualification), event))
    }
}

impl Decide for RevokeQualification {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { qualification, .. } = *self;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let unknown = StructureRefusal::QualificationUnknown(qualification);
        let known = world.qualification(qualification).ok_or(unknown)?;
        let subject = RecordRef::Qualification(qualification);
        if known.revoked.is_some() {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, QualificationRevoked { qualification, reason }))
    }
}

impl Decide for SetQualificationPolicy {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { organization, on_shortfall } = *self;
        let known = world.known_organization(organization)?;
        let subject = RecordRef::Organization(organization);
        if known.on_shortfall == on_shortfall {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, QualificationPolicySet { organization, on_shortfall }))
    }
}

impl Apply for QualificationRecorded {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let mut revision = Revision::new(stamp);
        if let Some(before) = world.qualification(self.qualification) {
            revision = before.revision;
            revision.touch(stamp);
        }
        world.insert_qualification(Arc::new(Qualification {
            id: self.qualification,
            person: self.person,
            position: self.position.clone(),
            level: self.level,
            authority: self.authority,
            status: self.status,
            issued: self.issued,
            expires: self.expires,
            revoked: None,
            revision,
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Qualification(self.qualification)]
    }
}

impl Apply for QualificationRevoked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        if let Some(qualification) = world.qualifications.get_mut(&self.qualification) {
            let qualification = Arc::make_mut(qualification);
            qualification.revoked = Some(self.reason.clone());
            qualification.revision.touch(stamp);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Qualification(self.qualification)]
    }
}

impl Apply for QualificationPolicySet {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_organization(self.organization, stamp, |organization| {
            organization.on_shortfall = self.on_shortfall;
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl World {
    /// The qualification with this id.
    #[must_use]
    pub fn qualification(&self, id: Id<Qualification>) -> Option<&Arc<Qualification>> {
        self.qualifications.get(&id)
    }

    /// What somebody is qualified for, by whichever authority, oldest first.
    pub fn qualifications_of(&self, person: Id<Person>) -> impl Iterator<Item = &Qualification> {
        self.person_qualifications
            .range(under(person))
            .filter_map(|(_, id)| self.qualifications.get(id).map(AsRef::as_ref))
    }

    /// Whether a person is qualified for a position now, not as a trainee, and where a level is
    /// wanted, for that one or a more demanding one. Type 1 is the most demanding; a qualification
    /// without a type counts for all.
    #[must_use]
    pub fn is_qualified(
        &self,
        person: Id<Person>,
        position: &str,
        level: Option<u8>,
        now: Timestamp,
    ) -> bool {
        self.qualifications_of(person).any(|q| {
            q.position == position
                && q.status != Status::Trainee
                && q.standing(now) == Standing::InForce
                && level.is_none_or(|wanted| q.level.is_none_or(|has| has <= wanted))
        })
    }

    /// What follows in an organization's incidents when somebody falls short of a post.
    #[must_use]
    pub fn on_shortfall(&self, authority: Id<Organization>) -> OnShortfall {
        self.organization(authority).map_or(OnShortfall::Warn, |known| known.on_shortfall)
    }

    pub(in crate::domain) fn insert_qualification(&mut self, qualification: Arc<Qualification>) {
        self.person_qualifications.insert((qualification.person, qualification.id));
        self.qualifications.insert(qualification.id, qualification);
    }
}
