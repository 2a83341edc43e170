//! Organizations: the agencies that share the hub.

use std::sync::Arc;

use muster_contract::MultiPolygon;
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::limits::{self, NAME_CHARS_MAX, PARENTS_MAX};
use super::place;
use super::qualification::OnShortfall;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::resource_request::ApprovalPolicy;
use super::structure::Position;
use super::watch::Thresholds;
use super::world::World;

/// Characters in an organization's code.
const CODE_CHARS_MAX: usize = 16;

/// An agency, company or group that takes part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: Id<Organization>,
    /// What it is called and where it belongs.
    pub profile: Profile,
    /// The positions that it has beside those of NIMS.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Position>,
    /// What follows in its incidents when somebody falls short of a post.
    #[serde(default)]
    pub on_shortfall: OnShortfall,
    /// From when on something stands out on its incidents.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// Who has to approve its resource requests.
    #[serde(default)]
    pub approvals: ApprovalPolicy,
    /// When it was added and last changed.
    pub revision: Revision,
}

/// What an organization says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// A short, unique name for lists and logs, such as `HFD`.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// What it does.
    pub kind: Kind,
    /// The area it is responsible for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<MultiPolygon>,
    /// The organizations it belongs to, such as a county or a mutual-aid region.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Id<Organization>>,
}

/// What an organization does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Fire and rescue service.
    Fire,
    /// Police, sheriff, state and federal law enforcement.
    LawEnforcement,
    /// Emergency medical service.
    Ems,
    /// Hospital or hospital group.
    Hospital,
    /// Power, water, gas or telecommunication company.
    Utility,
    /// Public works and roads.
    PublicWorks,
    /// Public health authority.
    PublicHealth,
    /// Emergency management at any level.
    EmergencyManagement,
    /// Security operations centre.
    SecurityOperations,
    /// Non-governmental or volunteer organization.
    Ngo,
    /// Armed forces and national guard.
    Military,
    /// A jurisdiction or region that others belong to.
    Government,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind with its word in files.
    pub(in crate::domain) const NAMES: [(&'static str, Self); 13] = [
        ("fire", Self::Fire),
        ("law-enforcement", Self::LawEnforcement),
        ("ems", Self::Ems),
        ("hospital", Self::Hospital),
        ("utility", Self::Utility),
        ("public-works", Self::PublicWorks),
        ("public-health", Self::PublicHealth),
        ("emergency-management", Self::EmergencyManagement),
        ("security-operations", Self::SecurityOperations),
        ("ngo", Self::Ngo),
        ("military", Self::Military),
        ("government", Self::Government),
        ("other", Self::Other),
    ];
}

/// Adds an organization.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// What it says of itself.
    pub profile: Profile,
}

/// Replaces what an organization says of itself.
#[derive(Clone, Debug, Serialize)]
pub struct Amend {
    /// The organization.
    pub organization: Id<Organization>,
    /// All of its data as it should be.
    pub profile: Profile,
}

/// An organization was added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// Its new id.
    pub organization: Id<Organization>,
    /// What it says of itself.
    pub profile: Profile,
}

/// An organization's data changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// The organization.
    pub organization: Id<Organization>,
    /// All of its data as it is now.
    pub profile: Profile,
}

impl Decide for Register {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let profile = checked(world, &self.profile, None)?;
        let organization = context.ids.next();
        let subject = RecordRef::Organization(organization);
        Ok(Decision::one(subject, Registered { organization, profile }))
    }
}

impl Decide for Amend {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::Organization(self.organization);
        let current = world.known_organization(self.organization)?;
        let profile = checked(world, &self.profile, Some(self.organization))?;
        if profile == current.profile {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Amended { organization: self.organization, profile }))
    }
}

impl Apply for Registered {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        // Whoever belongs to a party of an agreement sees by it, from now on.
        world.policies_changed_at = stamp.seq;
        world.insert_organization(Arc::new(Organization {
            id: self.organization,
            profile: self.profile.clone(),
            positions: Vec::new(),
            on_shortfall: OnShortfall::default(),
            thresholds: Thresholds::default(),
            approvals: ApprovalPolicy::default(),
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl Apply for Amended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(organization) = world.organizations.get(&self.organization) else { return };
        let mut organization = Organization::clone(organization);
        world.organization_codes.remove(&organization.profile.code);
        if organization.profile.parents != self.profile.parents {
            world.policies_changed_at = stamp.seq;
        }
        organization.profile = self.profile.clone();
        organization.revision.touch(stamp);
        world.insert_organization(Arc::new(organization));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl World {
    pub(in crate::domain) fn insert_organization(&mut self, organization: Arc<Organization>) {
        self.organization_codes.insert(organization.profile.code.clone(), organization.id);
        self.organizations.insert(organization.id, organization);
    }

    pub(in crate::domain) fn change_organization(
        &mut self,
        id: Id<Organization>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Organization),
    ) {
        if let Some(organization) = self.organizations.get_mut(&id) {
            let organization = Arc::make_mut(organization);
            change(organization);
            organization.revision.touch(stamp);
        }
    }

    /// The organization, or the refusal that there is none.
    pub(in crate::domain) fn known_organization(
        &self,
        id: Id<Organization>,
    ) -> Result<&Arc<Organization>, Refusal> {
        self.organization(id).ok_or_else(|| Refusal::OrganizationUnknown(id.to_string()))
    }

    /// Whether `above` is the organization itself or one that it belongs to, at any remove.
    #[must_use]
    pub fn belongs_to(&self, organization: Id<Organization>, above: Id<Organization>) -> bool {
        self.lineage(organization).contains(&above)
    }

    /// The organization and all that it belongs to, at any remove.
    #[must_use]
    pub fn lineage(&self, organization: Id<Organization>) -> Vec<Id<Organization>> {
        // Each organization is looked at once, however many ways lead up to it.
        let mut found = vec![organization];
        let mut looked_at = 0;
        while let Some(next) = found.get(looked_at).copied() {
            for parent in self.organization(next).into_iter().flat_map(|o| &o.profile.parents) {
                if !found.contains(parent) {
                    found.push(*parent);
                }
            }
            looked_at += 1;
        }
        found
    }
}

/// The profile with its texts trimmed, if an organization may have it.
fn checked(
    world: &World,
    profile: &Profile,
    of: Option<Id<Organization>>,
) -> Result<Profile, Refusal> {
    let code = limits::text("code", &profile.code, CODE_CHARS_MAX)?;
    let name = limits::text("name", &profile.name, NAME_CHARS_MAX)?;

    // Check that no other organization has the code.
    if world.organization_by_code(&code).is_some_and(|other| Some(other.id) != of) {
        return Err(Refusal::OrganizationCodeTaken { code });
    }
    // Check that the parents exist and that none of them is below this organization.
    let count = profile.parents.len();
    if count > PARENTS_MAX {
        return Err(Refusal::TooManyParents { count, count_max: PARENTS_MAX });
    }
    for parent in &profile.parents {
        world.known_organization(*parent)?;
        if let Some(of) = of.filter(|of| world.belongs_to(*parent, *of)) {
            return Err(Refusal::OrganizationAboveItself(of));
        }
    }
    if let Some(jurisdiction) = &profile.jurisdiction {
        place::check_area("jurisdiction", jurisdiction)?;
    }
    Ok(Profile { code, name, ..profile.clone() })
}
