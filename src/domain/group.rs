//! Groups: persons who are told together, under a name of their organization's choosing.
//!
//! Harbor Fire keeps a group `Swift water team` with Sam, Lee and Kim in it. Who is in it is looked
//! up when somebody tells the group something, not when the group was made. Members need not belong
//! to the organization: it may put in whomever it may see.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::limits::{self, GROUP_MEMBERS_MAX, GROUPS_MAX, NAME_CHARS_MAX};
use super::organization::Organization;
use super::person::Person;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::world::{World, under};

/// Persons who are told together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: Id<Group>,
    /// Whose group it is.
    pub organization: Id<Organization>,
    /// What it is called there.
    pub name: String,
    /// Who is in it, in the order in which they came.
    pub members: Vec<Id<Person>>,
    /// Whether it was dissolved; nobody can be told through it any more.
    pub dissolved: bool,
    /// When it was made and last changed.
    pub revision: Revision,
}

/// Makes a group of the acting organization.
#[derive(Clone, Debug, Serialize)]
pub struct Make {
    /// What it is called, once among the organization's groups.
    pub name: String,
    /// Who is in it.
    pub members: Vec<Id<Person>>,
}

/// Gives a group another name.
#[derive(Clone, Debug, Serialize)]
pub struct Rename {
    /// The group.
    pub group: Id<Group>,
    /// What it is to be called.
    pub name: String,
}

/// Puts persons into a group and takes others out, in one step.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeMembers {
    /// The group.
    pub group: Id<Group>,
    /// Who comes in; those who are in it already stay.
    pub add: Vec<Id<Person>>,
    /// Who goes out; those who are not in it are passed over.
    pub remove: Vec<Id<Person>>,
}

/// Dissolves a group, for good.
#[derive(Clone, Debug, Serialize)]
pub struct Dissolve {
    /// The group.
    pub group: Id<Group>,
}

/// A group was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// Its new id.
    pub group: Id<Group>,
    /// Whose it is.
    pub organization: Id<Organization>,
    /// What it is called.
    pub name: String,
    /// Who is in it.
    pub members: Vec<Id<Person>>,
}

/// A group got another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// The group.
    pub group: Id<Group>,
    /// What it is called now.
    pub name: String,
}

/// Persons came into a group or left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MembersChanged {
    /// The group.
    pub group: Id<Group>,
    /// Who came in.
    pub added: Vec<Id<Person>>,
    /// Who went out.
    pub removed: Vec<Id<Person>>,
}

/// A group was dissolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dissolved {
    /// The group.
    pub group: Id<Group>,
}

/// A command about groups was understood and refused; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Refused {
    /// There is no such group.
    #[error("there is no group {0}; check the id")]
    Unknown(Id<Group>),
    /// Groups belong to organizations.
    #[error("a group belongs to an organization; act for one")]
    OrganizationMissing,
    /// Two groups would be told apart by nobody.
    #[error("your organization has a group `{name}` already; choose another name")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// The group is no more.
    #[error("the group `{name}` was dissolved; make a new one")]
    Dissolved {
        /// What it was called.
        name: String,
    },
    /// A name that says whom to add and to remove.
    #[error("person {0} is both to come in and to go out; name them once")]
    AddedAndRemoved(Id<Person>),
}

impl Refused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "GROUP_UNKNOWN",
            Self::OrganizationMissing => "GROUP_ORGANIZATION_MISSING",
            Self::NameTaken { .. } => "GROUP_NAME_TAKEN",
            Self::Dissolved { .. } => "GROUP_DISSOLVED",
            Self::AddedAndRemoved(_) => "GROUP_MEMBER_ADDED_AND_REMOVED",
        }
    }
}

impl Decide for Make {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = context.by.organization.ok_or(Refused::OrganizationMissing)?;
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let count = world.groups_of(organization).filter(|group| !group.dissolved).count();
        limits::count("groups", count + 1, GROUPS_MAX)?;
        free_name(world, organization, &name, None)?;
        let mut members = Vec::new();
        add(world, &mut members, &self.members)?;
        let group = context.ids.next();
        let event = Made { group, organization, name, members };
        Ok(Decision::one(RecordRef::Group(group), event))
    }
}

impl Decide for Rename {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let group = world.live_group(self.group)?;
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        if group.name == name {
            return Ok(Decision::unchanged(RecordRef::Group(group.id)));
        }
        free_name(world, group.organization, &name, Some(group.id))?;
        Ok(Decision::one(RecordRef::Group(group.id), Renamed { group: group.id, name }))
    }
}

impl Decide for ChangeMembers {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let group = world.live_group(self.group)?;
        limits::count("remove", self.remove.len(), GROUP_MEMBERS_MAX)?;
        if let Some(both) = self.add.iter().find(|person| self.remove.contains(person)) {
            return Err(Refused::AddedAndRemoved(*both).into());
        }
        let mut after = group.members.clone();
        after.retain(|member| !self.remove.contains(member));
        add(world, &mut after, &self.add)?;
        let added: Vec<_> =
            after.iter().filter(|person| !group.members.contains(person)).copied().collect();
        let removed: Vec<_> =
            group.members.iter().filter(|person| !after.contains(person)).copied().collect();
        let subject = RecordRef::Group(group.id);
        if added.is_empty() && removed.is_empty() {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, MembersChanged { group: group.id, added, removed }))
    }
}

impl Decide for Dissolve {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let group = world.group(self.group).ok_or(Refused::Unknown(self.group))?;
        let subject = RecordRef::Group(group.id);
        if group.dissolved {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Dissolved { group: group.id }))
    }
}

/// Puts persons into a list of members, each once.
fn add(
    world: &World,
    members: &mut Vec<Id<Person>>,
    persons: &[Id<Person>],
) -> Result<(), Refusal> {
    limits::count("members", persons.len(), GROUP_MEMBERS_MAX)?;
    for person in persons {
        world.known_person(*person)?;
        if !members.contains(person) {
            members.push(*person);
        }
    }
    limits::count("members", members.len(), GROUP_MEMBERS_MAX)
}

fn free_name(
    world: &World,
    organization: Id<Organization>,
    name: &str,
    except: Option<Id<Group>>,
) -> Result<(), Refused> {
    let lower = name.to_lowercase();
    let mut live = world.groups_of(organization).filter(|g| !g.dissolved && Some(g.id) != except);
    match live.find(|group| group.name.to_lowercase() == lower) {
        Some(taken) => Err(Refused::NameTaken { name: taken.name.clone() }),
        None => Ok(()),
    }
}

impl Apply for Made {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_group(Arc::new(Group {
            id: self.group,
            organization: self.organization,
            name: self.name.clone(),
            members: self.members.clone(),
            dissolved: false,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Group(self.group)]
    }
}

impl Apply for Renamed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_group(self.group, stamp, |group| group.name.clone_from(&self.name));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Group(self.group)]
    }
}

impl Apply for MembersChanged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_group(self.group, stamp, |group| {
            group.members.retain(|member| !self.removed.contains(member));
            group.members.extend_from_slice(&self.added);
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Group(self.group)]
    }
}

impl Apply for Dissolved {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_group(self.group, stamp, |group| group.dissolved = true);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Group(self.group)]
    }
}

impl World {
    /// The group with this id.
    #[must_use]
    pub fn group(&self, id: Id<Group>) -> Option<&Arc<Group>> {
        self.groups.get(&id)
    }

    /// All groups, oldest first.
    pub fn groups(&self) -> impl DoubleEndedIterator<Item = &Arc<Group>> {
        self.groups.values()
    }

    /// The groups of an organization, dissolved ones included, oldest first.
    pub fn groups_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Group>> {
        self.organization_groups
            .range(under(organization))
            .filter_map(|(_, id)| self.groups.get(id))
    }

    fn live_group(&self, id: Id<Group>) -> Result<&Arc<Group>, Refused> {
        let group = self.group(id).ok_or(Refused::Unknown(id))?;
        if group.dissolved {
            return Err(Refused::Dissolved { name: group.name.clone() });
        }
        Ok(group)
    }

    pub(in crate::domain) fn insert_group(&mut self, group: Arc<Group>) {
        self.organization_groups.insert((group.organization, group.id));
        self.groups.insert(group.id, group);
    }

    fn change_group(&mut self, id: Id<Group>, stamp: &Stamp<'_>, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.get_mut(&id) {
            let group = Arc::make_mut(group);
            change(group);
            group.revision.touch(stamp);
        }
    }
}
