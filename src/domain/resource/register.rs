//! What an organization has: registered, amended, retired.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::check_in::people;
use super::supply::amount;
use super::{Definition, Grouping, Profile, Rate, Resource, ResourceRefusal, Standing, Supply};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, MEMBERS_MAX, NAME_CHARS_MAX, RATES_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Adds a resource.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Register {
    /// The organization that has it; the acting one when absent.
    pub owner: Option<Id<Organization>>,
    /// What it is.
    pub profile: Profile,
    /// How much of it there is, for what is counted.
    pub held: Option<u32>,
    /// Whether it is for exercises alone.
    pub exercise: bool,
}

/// Replaces what a resource is.
#[derive(Clone, Debug, Serialize)]
pub struct Amend {
    /// The resource.
    pub resource: Id<Resource>,
    /// All of it as it should be.
    pub profile: Profile,
}

/// Says that the owner does not have a resource any more.
#[derive(Clone, Debug, Serialize)]
pub struct Retire {
    /// The resource.
    pub resource: Id<Resource>,
    /// Why.
    pub reason: String,
}

/// A resource was added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// Its new id.
    pub resource: Id<Resource>,
    /// The organization that has it.
    pub owner: Id<Organization>,
    /// What it is.
    pub profile: Profile,
    /// How much there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply: Option<Supply>,
    /// Whether it is for exercises alone.
    pub exercise: bool,
}

/// What a resource is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// The resource.
    pub resource: Id<Resource>,
    /// All of it as it is now.
    pub profile: Profile,
    /// The resources that became members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Id<Resource>>,
    /// Those that are not members any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Id<Resource>>,
}

/// A resource was retired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// The resource.
    pub resource: Id<Resource>,
    /// Its members, which are on their own again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Id<Resource>>,
    /// Why.
    pub reason: String,
}

impl Decide for Register {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let owner = self.owner.or(context.by.organization);
        let owner = owner.ok_or(Refusal::TextEmpty { field: "owner" })?;
        world.known_organization(owner)?;
        let (profile, definition) = checked(world, &self.profile)?;
        let unfit =
            |problem| ResourceRefusal::SupplyUnfit { kind: definition.name.clone(), problem };
        let supply = match (self.held, &definition.unit) {
            (Some(held), Some(unit)) => Some(Supply { held: amount(held)?, unit: unit.clone() }),
            (None, None) => None,
            (None, Some(_)) => {
                return Err(unfit("is counted; say in `held` how much there is").into());
            }
            (Some(_), None) => {
                return Err(unfit("is not counted; leave `held` out and register each one").into());
            }
        };
        let group = Group { id: None, owner, exercise: self.exercise, profile: &profile };
        group.check(world)?;
        let resource = context.ids.next();
        let exercise = self.exercise;
        let event = Registered { resource, owner, profile, supply, exercise };
        Ok(Decision::one(RecordRef::Resource(resource), event))
    }
}

impl Decide for Amend {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let resource = world.usable_resource(self.resource)?;
        let subject = RecordRef::Resource(self.resource);
        let (profile, definition) = checked(world, &self.profile)?;
        if profile == resource.profile {
            return Ok(Decision::unchanged(subject));
        }
        let name = || resource.profile.name.clone();
        let unit = resource.supply.as_ref().map(|supply| &supply.unit);
        if unit != definition.unit.as_ref() {
            let (kind, problem) = (name(), "cannot become something that is counted otherwise");
            return Err(ResourceRefusal::SupplyUnfit { kind, problem }.into());
        }
        // Who was promised a strike team of five is not sent four.
        let (now, before) = (&profile.members, &resource.profile.members);
        let committed = resource.live_commitments().next().is_some();
        if committed && (now != before || profile.definition.id != resource.profile.definition.id) {
            return Err(ResourceRefusal::InUse { name: name() }.into());
        }
        let same_kind = profile.definition.id == resource.profile.definition.id;
        if resource.member_of.is_some() && !(same_kind && fits_team(world, resource, &profile)) {
            world.check_out_of_groups(resource)?;
        }
        let (owner, exercise) = (resource.owner, resource.exercise);
        Group { id: Some(self.resource), owner, exercise, profile: &profile }.check(world)?;
        let joined = now.iter().filter(|id| !before.contains(id)).copied().collect();
        let left = before.iter().filter(|id| !now.contains(id)).copied().collect();
        let event = Amended { resource: self.resource, profile, joined, left };
        Ok(Decision::one(subject, event))
    }
}

impl Decide for Retire {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let resource = world.usable_resource(self.resource)?;
        world.check_out_of_groups(resource)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if resource.live_commitments().next().is_some() {
            let name = resource.profile.name.clone();
            return Err(ResourceRefusal::InUse { name }.into());
        }
        let members = resource.profile.members.clone();
        let event = Retired { resource: self.resource, members, reason };
        Ok(Decision::one(RecordRef::Resource(self.resource), event))
    }
}

/// Whether a resource would be of the type of the strike team that it is part of, if of one.
fn fits_team(world: &World, resource: &Resource, profile: &Profile) -> bool {
    let group = resource.member_of.and_then(|group| world.resource(group));
    let Some(team) = group.filter(|group| group.profile.grouping == Grouping::StrikeTeam) else {
        return true;
    };
    let others = world.members_of(team).filter(|member| member.id != resource.id);
    let mut types = others.filter_map(|member| member.profile.level);
    types.all(|level| profile.level.is_none_or(|own| own == level))
}

/// A profile that can be kept, with the definition of its kind.
fn checked<'a>(world: &'a World, given: &Profile) -> Result<(Profile, &'a Definition), Refusal> {
    let definition = world.known_definition(&given.definition)?;
    let name = limits::text("name", &given.name, NAME_CHARS_MAX)?;
    definition.check_type(given.level)?;
    for (code, value) in &given.capabilities {
        let problem = match definition.metric(code) {
            None => Some("its definition has no such metric"),
            Some(metric) => (!metric.takes(*value)).then(|| metric.expects()),
        };
        if let Some(problem) = problem {
            let metric = code.clone();
            return Err(ResourceRefusal::CapabilityUnusable { metric, problem }.into());
        }
    }
    check_rates(&given.rates)?;
    let home = given.home.as_ref().map(Location::checked).transpose()?;
    let mut crew = given.crew.clone();
    if let Some(crew) = &mut crew {
        people("crew.people", crew.people)?;
        crew.leader = limits::said("crew.leader", crew.leader.as_deref(), NAME_CHARS_MAX)?;
    }
    Ok((Profile { name, home, crew, ..given.clone() }, definition))
}

fn check_rates(rates: &[Rate]) -> Result<(), Refusal> {
    limits::count("rates", rates.len(), RATES_MAX)?;
    let is_code = |code: &str| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase());
    match rates.iter().find(|rate| !is_code(&rate.currency)) {
        Some(rate) => Err(ResourceRefusal::CurrencyUnusable(rate.currency.clone()).into()),
        None => Ok(()),
    }
}

/// A resource as a group, new or as it should be.
struct Group<'a> {
    id: Option<Id<Resource>>,
    owner: Id<Organization>,
    exercise: bool,
    profile: &'a Profile,
}

impl Group<'_> {
    /// Checks that it can be a group: its members are free, of the same owner, nobody else's, and
    /// in a strike team all of one kind and type.
    fn check(&self, world: &World) -> Result<(), Refusal> {
        let Profile { grouping, members, leader, .. } = self.profile;
        let impossible = |what: String| Err(ResourceRefusal::GroupImpossible(what).into());
        let count = members.len();
        if !grouping.is_group() {
            return match members.is_empty() && leader.is_none() {
                true => Ok(()),
                false => impossible("only a strike team or task force has members".to_owned()),
            };
        }
        if count > MEMBERS_MAX {
            let (field, count_min, count_max) = ("members", 1, MEMBERS_MAX);
            return Err(Refusal::CountOutOfRange { field, count, count_min, count_max });
        }
        if members.is_empty() {
            return impossible("name the resources that it is made of".to_owned());
        }
        if leader.is_none_or(|leader| !members.contains(&leader)) {
            return impossible("one of its members has to lead it".to_owned());
        }
        let (mut kinds, mut types) = (BTreeSet::new(), BTreeSet::new());
        for (n, id) in members.iter().enumerate() {
            let member = world.usable_resource(*id)?;
            self.check_member(world, member)?;
            if members.iter().take(n).any(|before| before == id) {
                return impossible(format!("{} stands in it twice", member.profile.name));
            }
            kinds.insert(&member.profile.definition.id);
            // What nobody typed yet may be of the type of the others.
            types.extend(member.profile.level);
        }
        if *grouping == Grouping::StrikeTeam && (kinds.len() > 1 || types.len() > 1) {
            let what = "a strike team is of one kind and type; make it a task force";
            return impossible(what.to_owned());
        }
        Ok(())
    }

    fn check_member(&self, world: &World, member: &Resource) -> Result<(), Refusal> {
        // Another's resource is refused like one that is not there: who sees it may not take it.
        if member.owner != self.owner || Some(member.id) == self.id {
            return Err(ResourceRefusal::Unknown(member.id).into());
        }
        let name = &member.profile.name;
        let problem = if member.profile.grouping.is_group() {
            Some(format!("{name} is a group itself"))
        } else if member.supply.is_some() {
            Some(format!("{name} is a supply"))
        } else if member.exercise != self.exercise {
            Some(format!("{name} and the group are not both for exercises, or both real"))
        } else {
            None
        };
        if let Some(problem) = problem {
            return Err(ResourceRefusal::GroupImpossible(problem).into());
        }
        if member.member_of.is_some_and(|group| Some(group) != self.id) {
            return world.check_out_of_groups(member);
        }
        match member.live_commitments().next() {
            Some(_) => Err(ResourceRefusal::InUse { name: name.clone() }.into()),
            None => Ok(()),
        }
    }
}

impl Apply for Registered {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_resource(Arc::new(Resource {
            id: self.resource,
            owner: self.owner,
            exercise: self.exercise,
            profile: self.profile.clone(),
            supply: self.supply.clone(),
            member_of: None,
            standing: Standing::available(stamp.at),
            position: None,
            commitments: Vec::new(),
            commitments_made: 0,
            retired: None,
            revision: Revision::new(stamp),
        }));
        for member in &self.profile.members {
            world.change_resource(*member, stamp, |m| m.member_of = Some(self.resource));
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        let all = std::iter::once(&self.resource).chain(&self.profile.members);
        all.map(|id| RecordRef::Resource(*id)).collect()
    }
}

impl Apply for Amended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_resource(self.resource, stamp, |resource| {
            resource.profile = self.profile.clone();
        });
        for member in &self.joined {
            world.change_resource(*member, stamp, |m| m.member_of = Some(self.resource));
        }
        for member in &self.left {
            world.change_resource(*member, stamp, |m| m.member_of = None);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        let all = std::iter::once(&self.resource).chain(&self.joined).chain(&self.left);
        all.map(|id| RecordRef::Resource(*id)).collect()
    }
}

impl Apply for Retired {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_resource(self.resource, stamp, |resource| {
            resource.retired = Some(self.reason.clone());
            resource.profile.members.clear();
            resource.profile.leader = None;
        });
        for member in &self.members {
            world.change_resource(*member, stamp, |m| m.member_of = None);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        let all = std::iter::once(&self.resource).chain(&self.members);
        all.map(|id| RecordRef::Resource(*id)).collect()
    }
}
