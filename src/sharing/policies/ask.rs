//! One question to a set of policies.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::str::FromStr as _;
use std::sync::LazyLock;

use cedar_policy::{
    Authorizer, Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};

use crate::domain::agreement::{Group, PlacePrecision, TimePrecision};
use crate::domain::incident::Incident;
use crate::domain::marking::Tlp;
use crate::domain::organization::Organization;
use crate::domain::policies::schema;
use crate::domain::{Id, Scope, hazard};
use crate::sharing::class::{Class, Kind};
use crate::sharing::decision::Decision;

/// The actions of the schema, for `action in …` is a question about these.
#[expect(clippy::expect_used, reason = "the schema is part of the program, and a test reads it")]
static ACTIONS: LazyLock<Entities> = LazyLock::new(|| {
    let actions = schema().ok().and_then(|schema| schema.action_entities().ok());
    actions.expect("the published schema can be read")
});

/// The viewer or actor as policies see it.
pub(in crate::sharing) struct Asker {
    entity: Entity,
}

/// The resource of a question with what its sets refer to.
pub(in crate::sharing) struct Asked {
    entities: Entities,
    principal: EntityUid,
    resource: EntityUid,
}

/// What came of a question, and by which policies.
pub(in crate::sharing) struct Answer {
    pub(in crate::sharing) permitted: bool,
    /// The names of the policies that decided.
    pub(in crate::sharing) because: Vec<String>,
}

impl Asker {
    pub(in crate::sharing) fn new(
        organization: Option<Id<Organization>>,
        lineage: &[Id<Organization>],
        scopes: impl Iterator<Item = Scope>,
    ) -> Option<Self> {
        let scopes = scopes.map(|s| RestrictedExpression::new_string(s.as_str().to_owned()));
        let mut attributes =
            HashMap::from([("scopes".to_owned(), RestrictedExpression::new_set(scopes))]);
        if let Some(organization) = organization {
            let uid = uid("Muster::Organization", &organization.to_string())?;
            attributes.insert("organization".to_owned(), RestrictedExpression::new_entity_uid(uid));
        }
        let parents: Option<HashSet<_>> =
            lineage.iter().map(|id| uid("Muster::Organization", &id.to_string())).collect();
        let entity = Entity::new(uid("Muster::Viewer", "-")?, attributes, parents?).ok()?;
        Some(Self { entity })
    }
}

impl Asked {
    pub(in crate::sharing) fn new(asker: &Asker, class: &Class, areas: &[String]) -> Option<Self> {
        let name = class.incident.filter(|_| class.kind == Kind::Incident);
        let name = name.map_or_else(|| "-".to_owned(), |id| id.to_string());
        let resource = uid(class.kind.entity_type(), &name)?;
        let mut parents = HashSet::new();
        if let Some(incident) = class.incident.filter(|_| class.kind != Kind::Incident) {
            parents.insert(uid("Muster::Incident", &incident.to_string())?);
        }
        let entity = Entity::new(resource.clone(), attributes(class, areas)?, parents).ok()?;
        let principal = asker.entity.uid();
        let entities = ACTIONS.clone().add_entities([asker.entity.clone(), entity], None).ok()?;
        Some(Self { entities, principal, resource })
    }

    /// Whether the policies permit an action. What cannot be evaluated is not permitted.
    pub(in crate::sharing) fn may(
        &self,
        set: &PolicySet,
        action: &str,
        exactness: Option<(i64, i64)>,
    ) -> Answer {
        let nothing = Answer { permitted: false, because: Vec::new() };
        let context = exactness.map_or_else(
            || Some(Context::empty()),
            |(place, time)| {
                let pairs = [("place", place), ("time", time)];
                let pairs = pairs.map(|(n, v)| (n.to_owned(), RestrictedExpression::new_long(v)));
                Context::from_pairs(pairs).ok()
            },
        );
        let (Some(context), Some(action)) = (context, uid("Muster::Action", action)) else {
            return nothing;
        };
        let (principal, resource) = (self.principal.clone(), self.resource.clone());
        let Ok(request) = Request::new(principal, action, resource, context, None) else {
            return nothing;
        };
        let response = Authorizer::new().is_authorized(&request, set, &self.entities);
        // A policy that fails is skipped by Cedar, a `forbid` too; so any failure means no.
        let failed = response.diagnostics().errors().next().is_some();
        // Cedar gives them in any order; an explanation is the same each time.
        let mut because: Vec<_> =
            response.diagnostics().reason().map(ToString::to_string).collect();
        because.sort_unstable();
        Answer {
            permitted: !failed && response.decision() == cedar_policy::Decision::Allow,
            because,
        }
    }

    /// What the policies show.
    pub(in crate::sharing) fn decide(&self, set: &PolicySet) -> Decision {
        let may = |group: Group, place, time| {
            self.may(set, group.action(), Some((place, time))).permitted
        };
        if !may(Group::Identity, 0, 0) {
            return Decision::NOTHING;
        }
        let mut decision = Decision::NOTHING.with(Group::Identity);
        for group in Group::ALL {
            decision = match group {
                Group::Identity => decision,
                Group::Place => {
                    let mut levels = PlacePrecision::ALL.into_iter();
                    let shown = levels.find(|level| may(group, *level as i64, 0));
                    shown.map_or(decision, |level| decision.with_place(level))
                }
                Group::History => {
                    let mut levels = TimePrecision::ALL.into_iter();
                    let shown = levels.find(|level| may(group, 0, *level as i64));
                    shown.map_or(decision, |level| decision.with_time(level))
                }
                group if may(group, 0, 0) => decision.with(group),
                _ => decision,
            };
        }
        decision.telling_withheld(self.may(set, "knowWithheld", Some((0, 0))).permitted)
    }
}

/// The incidents that policies name, read from their abstract syntax.
pub(super) fn incidents_named(set: &PolicySet) -> BTreeSet<Id<Incident>> {
    let mut found = BTreeSet::new();
    for policy in set.policies() {
        if let Ok(json) = policy.to_json() {
            collect(&json, &mut found);
        }
    }
    found
}

fn collect(json: &serde_json::Value, found: &mut BTreeSet<Id<Incident>>) {
    match json {
        serde_json::Value::Object(fields) => {
            let text = |name| fields.get(name).and_then(serde_json::Value::as_str);
            if let (Some("Muster::Incident"), Some(id)) = (text("type"), text("id")) {
                found.extend(id.parse::<Id<Incident>>());
            }
            fields.values().for_each(|value| collect(value, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

fn attributes(class: &Class, areas: &[String]) -> Option<HashMap<String, RestrictedExpression>> {
    let organization = |id: Id<Organization>| {
        uid("Muster::Organization", &id.to_string()).map(RestrictedExpression::new_entity_uid)
    };
    let participants: Option<Vec<_>> =
        class.participants.into_iter().flatten().map(organization).collect();
    let hazards = std::iter::successors(class.hazard, |kind: &hazard::Kind| kind.parent());
    let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let in_area = areas.iter().enumerate().filter(|(n, _)| class.areas & (1 << n) != 0);
    let mut attributes = HashMap::from([
        ("participants".to_owned(), RestrictedExpression::new_set(participants?)),
        ("marking".to_owned(), RestrictedExpression::new_long(class.marking as i64)),
        ("mine".to_owned(), RestrictedExpression::new_bool(class.mine)),
        ("public".to_owned(), RestrictedExpression::new_bool(class.public)),
        ("assisting".to_owned(), RestrictedExpression::new_bool(class.assisting)),
        ("exercise".to_owned(), RestrictedExpression::new_bool(class.exercise)),
        ("serving".to_owned(), RestrictedExpression::new_bool(class.serving)),
        ("commanding".to_owned(), RestrictedExpression::new_bool(class.commanding)),
        ("briefed".to_owned(), RestrictedExpression::new_bool(class.briefed)),
        ("delegated".to_owned(), RestrictedExpression::new_bool(class.delegated)),
        ("hazards".to_owned(), RestrictedExpression::new_set(hazards.map(|k| text(k.code())))),
        ("areas".to_owned(), RestrictedExpression::new_set(in_area.map(|(_, name)| text(name)))),
    ]);
    if let Some(owner) = class.owner {
        attributes.insert("owner".to_owned(), organization(owner)?);
    }
    Some(attributes)
}

/// An entity by type and name; none only for a type that is not one, which ours are.
fn uid(entity_type: &str, name: &str) -> Option<EntityUid> {
    let entity_type = EntityTypeName::from_str(entity_type).ok()?;
    Some(EntityUid::from_type_name_and_id(entity_type, EntityId::new(name)))
}

/// The highest marking that may be passed on.
pub(in crate::sharing) const PASSED_ON_MAX: Tlp = Tlp::Green;
