//! The policies in force: the hub's default set, what organizations adopted, and what agreements
//! and broken glass add, all in Cedar, indexed by the organization whose records they are about.
//!
//! - [`compile`]: an agreement's term as Cedar
//! - [`ask`]: one question to a set of policies

pub(super) mod ask;
mod compile;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use cedar_policy::{Policy, PolicySet};
use geo::Intersects as _;
use jiff::Timestamp;
use muster_contract::BoundingBox;

use super::Source;
use crate::domain::agreement::{Agreement, Incidents};
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::policies::{DEFAULT, read};
use crate::domain::{self, Id, Seq, World};

/// Areas of one organization's terms that policies tell apart: the bits of a class. An area past
/// these covers nothing, so that what is not looked at is not shown.
const AREAS_MAX: usize = 64;

/// The hub's default set, read once.
#[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
static DEFAULT_SET: LazyLock<PolicySet> =
    LazyLock::new(|| read(DEFAULT).expect("the default policies fit the schema"));

/// All policies, as of one log entry.
pub(super) struct Policies {
    /// The entry that changed them last.
    changed_at: Seq,
    by_owner: HashMap<Id<Organization>, OfOwner>,
    /// Each organization with all that it belongs to.
    lineages: HashMap<Id<Organization>, Vec<Id<Organization>>>,
    /// The incidents that a policy names.
    named: BTreeSet<Id<Incident>>,
    /// When a term begins or ends, in order.
    boundaries: Vec<Timestamp>,
}

/// What an organization lets others see.
#[derive(Default)]
struct OfOwner {
    adopted: Option<(Seq, Arc<PolicySet>)>,
    terms: Vec<Arc<Rule>>,
    areas: Vec<Area>,
    asks_hazard: bool,
}

/// The area that a term is limited to.
struct Area {
    /// What policies call it.
    name: String,
    around: BoundingBox,
    shape: geo::MultiPolygon<f64>,
}

/// One term of an agreement, or one broken glass, ready to be asked.
pub(super) struct Rule {
    pub(super) source: Source,
    /// The entry that changed it last; with the source it names the rule for good.
    pub(super) changed: Seq,
    /// The organizations that see by it, those below them included.
    receives: Vec<Id<Organization>>,
    /// The one principal that sees by it.
    principal: Option<String>,
    starts: Option<Timestamp>,
    ends: Option<Timestamp>,
    pub(super) policies: Vec<Policy>,
    /// Whether a receiver may pass on what it is shown by it.
    pub(super) onward: bool,
    /// Whether the giver passes on by it what it was given.
    pub(super) passes_on: bool,
}

impl Policies {
    /// Reads all policies of a World. What did not change is taken over from the ones before.
    pub(super) fn of(world: &World, before: Option<&Self>) -> Self {
        let mut policies = Self {
            changed_at: world.policies_changed_at(),
            by_owner: HashMap::new(),
            lineages: world.organizations().map(|o| (o.id, world.lineage(o.id))).collect(),
            named: BTreeSet::new(),
            boundaries: Vec::new(),
        };
        let known: HashMap<_, _> = before.map(Self::rules_by_name).unwrap_or_default();
        for agreement in world.agreements().filter(|a| a.is_signed() && a.ended.is_none()) {
            policies.add_agreement(agreement, &known);
        }
        for broken in world.break_glasses() {
            let rule = Rule {
                source: Source::BreakGlass(broken.id),
                changed: broken.revision.changed,
                receives: vec![broken.organization],
                principal: Some(broken.principal.clone()),
                starts: None,
                ends: Some(broken.until),
                policies: compile::broken_glass(broken),
                onward: false,
                passes_on: false,
            };
            policies.boundaries.push(broken.until);
            policies.by_owner.entry(broken.owner).or_default().terms.push(Arc::new(rule));
        }
        for adopted in world.policies() {
            policies.add_adopted(adopted, before);
        }
        policies.boundaries.sort_unstable();
        policies.boundaries.dedup();
        policies
    }

    /// The entry that changed them last.
    pub(super) const fn changed_at(&self) -> Seq {
        self.changed_at
    }

    /// How many of the moments at which a term begins or ends have passed.
    pub(super) fn boundaries_passed(&self, now: Timestamp) -> usize {
        self.boundaries.partition_point(|boundary| *boundary <= now)
    }

    /// The last moment up to a time at which a term began or ended.
    pub(super) fn last_boundary(&self, now: Timestamp) -> Option<Timestamp> {
        let last = self.boundaries_passed(now).checked_sub(1)?;
        self.boundaries.get(last).copied()
    }

    /// The moments at which terms begin or end after a time, up to another.
    pub(super) fn boundaries_between(&self, from: Timestamp, to: Timestamp) -> &[Timestamp] {
        let (first, last) = (self.boundaries_passed(from), self.boundaries_passed(to));
        self.boundaries.get(first..last).unwrap_or_default()
    }

    /// The next moment at which a term begins or ends.
    pub(super) fn next_boundary(&self, now: Timestamp) -> Option<Timestamp> {
        self.boundaries.get(self.boundaries_passed(now)).copied()
    }

    /// The organization with all that it belongs to; itself alone when it is not known.
    pub(super) fn lineage(&self, of: Id<Organization>) -> Vec<Id<Organization>> {
        self.lineages.get(&of).cloned().unwrap_or_else(|| vec![of])
    }

    /// Whether a policy names this incident.
    pub(super) fn names(&self, incident: Id<Incident>) -> bool {
        self.named.contains(&incident)
    }

    /// Whether a policy of this owner asks for kinds of hazard.
    pub(super) fn asks_hazard(&self, owner: Option<Id<Organization>>) -> bool {
        owner.and_then(|owner| self.by_owner.get(&owner)).is_some_and(|of| of.asks_hazard)
    }

    /// The owner's areas that a place reaches into, a bit each. The place itself is looked at only
    /// where the box around it does not say enough.
    pub(super) fn areas_reached(
        &self,
        owner: Option<Id<Organization>>,
        around: Option<BoundingBox>,
        place: impl Fn() -> geo::Geometry<f64>,
    ) -> u64 {
        let of = owner.and_then(|owner| self.by_owner.get(&owner));
        let (Some(of), Some(around)) = (of.filter(|of| !of.areas.is_empty()), around) else {
            return 0;
        };
        let reached =
            |area: &Area| area.around.intersects(&around) && area.shape.intersects(&place());
        let areas = of.areas.iter().enumerate();
        areas.filter(|(_, area)| reached(area)).fold(0, |bits, (n, _)| bits | (1 << n))
    }

    /// What policies call the owner's areas, in the order of their bits.
    pub(super) fn area_names(&self, owner: Option<Id<Organization>>) -> Vec<String> {
        let of = owner.and_then(|owner| self.by_owner.get(&owner));
        of.map_or_else(Vec::new, |of| of.areas.iter().map(|area| area.name.clone()).collect())
    }

    /// The text that the owner adopted, beside its agreements.
    pub(super) fn adopted(&self, owner: Id<Organization>) -> Option<&(Seq, Arc<PolicySet>)> {
        self.by_owner.get(&owner)?.adopted.as_ref()
    }

    /// The rules by which the owner shows something to a viewer at a time.
    pub(super) fn rules_toward<'a>(
        &'a self,
        owner: Id<Organization>,
        lineage: &'a [Id<Organization>],
        principal: Option<&'a str>,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Arc<Rule>> {
        let rules = self.by_owner.get(&owner).into_iter().flat_map(|of| &of.terms);
        rules.filter(move |rule| {
            rule.starts.is_none_or(|starts| starts <= now)
                && rule.ends.is_none_or(|ends| now < ends)
                && rule.receives.iter().any(|receiver| lineage.contains(receiver))
                && rule.principal.as_deref().is_none_or(|only| Some(only) == principal)
        })
    }

    /// The organizations that pass on what they were given to a viewer, with the rules by which.
    pub(super) fn passers<'a>(
        &'a self,
        lineage: &'a [Id<Organization>],
        now: Timestamp,
    ) -> impl Iterator<Item = Id<Organization>> + 'a {
        // Most pass nothing on, which is seen without asking whom they show anything.
        let pass_on = self.by_owner.iter().filter(|(_, of)| of.terms.iter().any(|r| r.passes_on));
        pass_on.filter_map(move |(owner, _)| {
            let mut rules = self.rules_toward(*owner, lineage, None, now);
            rules.any(|rule| rule.passes_on).then_some(*owner)
        })
    }

    fn add_agreement(&mut self, agreement: &Agreement, known: &HashMap<(Source, Seq), Arc<Rule>>) {
        let text = &agreement.text;
        self.boundaries.extend(text.starts.into_iter().chain(text.ends));
        for (n, term) in text.terms.iter().enumerate() {
            let source = Source::Agreement(agreement.id, n);
            let changed = agreement.revision.changed;
            let rule = known.get(&(source, changed)).cloned().unwrap_or_else(|| {
                Arc::new(Rule {
                    source,
                    changed,
                    receives: term.receives.clone(),
                    principal: None,
                    starts: text.starts,
                    ends: text.ends,
                    policies: compile::term(agreement.id, n, term),
                    onward: term.onward,
                    passes_on: term.passes_on,
                })
            });
            if let Incidents::These(ids) = &term.incidents {
                self.named.extend(ids);
            }
            for giver in &term.gives {
                let of = self.by_owner.entry(*giver).or_default();
                of.terms.push(Arc::clone(&rule));
                of.asks_hazard |= matches!(term.incidents, Incidents::Kinds(_));
                if let Some(area) = &term.area
                    && let Some(around) = area.bounding_box()
                    && of.areas.len() < AREAS_MAX
                {
                    let name = format!("{}/{n}", agreement.id);
                    of.areas.push(Area { name, around, shape: area.to_geo() });
                }
            }
        }
    }

    fn add_adopted(&mut self, adopted: &domain::policies::Policies, before: Option<&Self>) {
        let of = self.by_owner.entry(adopted.organization).or_default();
        // Reading a text and checking it takes milliseconds; the same entry has the same text.
        let known = before.and_then(|before| before.adopted(adopted.organization));
        let known = known.filter(|(changed, _)| *changed == adopted.revision.changed);
        let set = known
            .map_or_else(|| read(&adopted.source).map(Arc::new), |(_, set)| Ok(Arc::clone(set)));
        match set {
            Ok(set) => {
                self.named.extend(ask::incidents_named(&set));
                of.asks_hazard = true;
                of.adopted = Some((adopted.revision.changed, set));
            }
            // It was checked when it was adopted. If a later release reads it differently, nothing
            // is shown by it, and the operator is told.
            Err(problems) => {
                let organization = adopted.organization;
                tracing::error!(%organization, %problems, "adopted policies cannot be read");
            }
        }
    }

    fn rules_by_name(&self) -> HashMap<(Source, Seq), Arc<Rule>> {
        let rules = self.by_owner.values().flat_map(|of| &of.terms);
        rules.map(|rule| ((rule.source, rule.changed), Arc::clone(rule))).collect()
    }
}

/// The hub's default set.
pub(super) fn default_set() -> &'static PolicySet {
    &DEFAULT_SET
}

/// The terms of an agreement as Cedar, each policy under its name.
pub(super) fn agreement_in_cedar(agreement: &Agreement) -> String {
    let terms = agreement.text.terms.iter().enumerate();
    let texts = terms.flat_map(|(n, term)| compile::texts(agreement.id, n, term));
    let named = texts.map(|(name, text)| format!("// {name}\n{text}\n"));
    named.collect::<Vec<_>>().join("\n")
}
