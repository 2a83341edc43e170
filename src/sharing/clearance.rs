//! What one viewer is shown of each class of record, looked up rather than evaluated.
//!
//! For each owner there is a table, filled as classes are met. A table lives as long as the
//! policies that it was filled by: when an agreement between two organizations changes, only the
//! tables between these two begin anew.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use cedar_policy::PolicySet;
use jiff::Timestamp;

use super::by_default;
use super::class::{Class, Classified, Glass};
use super::decision::Decision;
use super::policies::ask::{Asked, Asker, PASSED_ON_MAX};
use super::policies::{Policies, Rule, default_set};
use super::viewer::Viewer;
use super::{Because, Source};
use crate::domain::organization::Organization;
use crate::domain::{Id, Seq, World};

/// Classes remembered in one table; past that a class is evaluated each time it is met.
const CLASSES_MAX: usize = 50_000;

/// A viewer under the policies of a moment.
pub(super) struct Clearance {
    pub(super) viewer: Arc<Viewer>,
    pub(super) policies: Arc<Policies>,
    lineage: Vec<Id<Organization>>,
    /// The moment for which terms were judged.
    now: Timestamp,
    asker: Option<Asker>,
    /// The organizations that pass on to the viewer what they were given.
    passers: OnceLock<Vec<Id<Organization>>>,
    /// What stands in the table for public signals, which are most of the records: no lock to take.
    public_signals: OnceLock<Decision>,
    tables: RwLock<HashMap<Option<Id<Organization>>, Arc<Table>>>,
    /// The tables of the clearance before, to be taken over where nothing changed.
    before: HashMap<Option<Id<Organization>>, Arc<Table>>,
}

/// By what a View was judged: later policies, or the same at a later time, come after earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// The entry that changed the policies last.
    policies: Seq,
    /// The last moment at which a term began or ended.
    boundary: Option<Timestamp>,
}

/// What an owner shows to the viewer.
struct Table {
    basis: Basis,
    /// The hub's default set alone, borrowed, where nothing else is in force.
    set: Cow<'static, PolicySet>,
    /// Ways by which it comes through another organization.
    passed_on: Vec<PassedOn>,
    /// Whether a policy may name an organization that takes part; else they ask only whether the
    /// viewer's does, and records in which others take part are of one class.
    names_participants: bool,
    decisions: RwLock<HashMap<Class, Decision>>,
    permissions: RwLock<HashMap<(&'static str, Class), bool>>,
}

/// All that the decisions in a table follow from: while it is the same, they hold.
#[derive(PartialEq, Eq)]
struct Basis {
    /// By what the owner shows something to the viewer, and who passes it on.
    rules: Vec<(Source, Seq)>,
    /// The viewer with all that it belongs to, and the same of each that passes something on.
    lineages: Vec<Vec<Id<Organization>>>,
    /// The owner's areas, those of terms for others too: a class knows them by number.
    areas: Vec<String>,
}

/// That an organization passes on what the owner showed it.
struct PassedOn {
    by: Id<Organization>,
    by_as_viewer: Option<Asker>,
    /// By what the owner lets it be passed on.
    given: PolicySet,
}

impl Clearance {
    pub(super) fn new(
        viewer: Arc<Viewer>,
        policies: Arc<Policies>,
        now: Timestamp,
        before: Option<&Self>,
    ) -> Self {
        let lineage = viewer.organization().map_or_else(Vec::new, |of| policies.lineage(of));
        let asker = Asker::new(viewer.organization(), &lineage, viewer.scopes());
        let before = before.map(|before| read(&before.tables).clone()).unwrap_or_default();
        let (passers, public_signals) = (OnceLock::new(), OnceLock::new());
        let tables = RwLock::default();
        Self { viewer, policies, lineage, now, asker, passers, public_signals, tables, before }
    }

    /// The next moment after the one it was made for at which a term begins or ends.
    pub(super) fn next_boundary(&self) -> Option<Timestamp> {
        self.policies.next_boundary(self.now)
    }

    /// How many terms had begun or ended at the moment it was made for.
    pub(super) fn boundaries_passed(&self) -> usize {
        self.policies.boundaries_passed(self.now)
    }

    /// By what it was judged.
    pub(super) fn judged(&self) -> Judged {
        let boundary = self.policies.last_boundary(self.now);
        Judged { policies: self.policies.changed_at(), boundary }
    }

    /// What the viewer is shown of a record.
    pub(super) fn decision<T: Classified + ?Sized>(&self, record: &T, world: &World) -> Decision {
        self.decision_by(record, world, |_| true)
    }

    /// What the viewer is shown of a record by those of its classes that count.
    pub(super) fn decision_by<T: Classified + ?Sized>(
        &self,
        record: &T,
        world: &World,
        counts: impl Fn(&Class) -> bool,
    ) -> Decision {
        let glass = self.glass(world);
        let mut decision = Decision::NOTHING;
        record.classes(glass, |class| {
            if counts(&class) {
                decision = decision.or(self.decision_on(&class));
            }
        });
        decision
    }

    /// Whether the viewer may do something to a record.
    pub(super) fn permits<T: Classified + ?Sized>(
        &self,
        action: &'static str,
        record: &T,
        world: &World,
    ) -> bool {
        let glass = self.glass(world);
        let mut permitted = false;
        record.classes(glass, |class| permitted |= self.permits_on(action, &class));
        permitted
    }

    /// What a class depends on beside its record.
    pub(super) fn glass<'a>(&'a self, world: &'a World) -> Glass<'a> {
        Glass { world, policies: &self.policies, viewer: &self.viewer, clearance: self }
    }

    /// What the viewer is shown of a class of records.
    pub(super) fn decision_on(&self, class: &Class) -> Decision {
        if *class == Class::PUBLIC_SIGNAL {
            return *self.public_signals.get_or_init(|| self.look_up(class));
        }
        self.look_up(class)
    }

    fn look_up(&self, class: &Class) -> Decision {
        let table = self.table(class.owner);
        let class = self.as_asked(&table, class);
        if let Some(decision) = read(&table.decisions).get(&class) {
            return *decision;
        }
        let decision = self.evaluate(&table, &class);
        let mut decisions = table.decisions.write().unwrap_or_else(PoisonError::into_inner);
        if decisions.len() < CLASSES_MAX {
            decisions.insert(class, decision);
        }
        decision
    }

    /// The class as far as policies of the table can tell it from others.
    fn as_asked(&self, table: &Table, class: &Class) -> Class {
        if table.names_participants {
            return *class;
        }
        let takes_part = |own: &Id<Organization>| class.participants.contains(&Some(*own));
        Class { participants: [self.viewer.organization().filter(takes_part), None], ..*class }
    }

    /// Which policies show a group of fields of a class, or forbid it.
    pub(super) fn because(&self, class: &Class, action: &str, exactness: (i64, i64)) -> Because {
        let table = self.table(class.owner);
        let asked =
            self.asker.as_ref().and_then(|asker| Asked::new(asker, class, &table.basis.areas));
        asked.map_or_else(Because::nothing, |asked| {
            let answer = asked.may(&table.set, action, Some(exactness));
            Because { permitted: answer.permitted, policies: answer.because }
        })
    }

    /// Makes the table of an owner, for a later clearance to take over.
    pub(super) fn prepare(&self, owner: Option<Id<Organization>>) {
        self.table(owner);
    }

    /// Whether both show alike what this owner has.
    pub(super) fn is_like(&self, other: &Self, owner: Option<Id<Organization>>) -> bool {
        Arc::ptr_eq(&self.table(owner), &other.table(owner))
    }

    fn permits_on(&self, action: &'static str, class: &Class) -> bool {
        let table = self.table(class.owner);
        let class = self.as_asked(&table, class);
        if let Some(permitted) = read(&table.permissions).get(&(action, class)) {
            return *permitted;
        }
        let permitted = self.asks_permission(&table, action, &class);
        let mut permissions = table.permissions.write().unwrap_or_else(PoisonError::into_inner);
        if permissions.len() < CLASSES_MAX {
            permissions.insert((action, class), permitted);
        }
        permitted
    }

    fn asks_permission(&self, table: &Table, action: &'static str, class: &Class) -> bool {
        if table.is_default() {
            return by_default::permits(&self.viewer, action, class);
        }
        let asked =
            self.asker.as_ref().and_then(|asker| Asked::new(asker, class, &table.basis.areas));
        asked.is_some_and(|asked| asked.may(&table.set, action, None).permitted)
    }

    /// What the owner shows directly, and what comes through others.
    fn evaluate(&self, table: &Table, class: &Class) -> Decision {
        let Some(asker) = &self.asker else { return Decision::NOTHING };
        let decide = |asker: &Asker, class: &Class, table: &Table, set: &PolicySet| {
            Asked::new(asker, class, &table.basis.areas)
                .map_or(Decision::NOTHING, |a| a.decide(set))
        };
        let direct = match table.is_default() {
            true => by_default::decision(&self.viewer, class),
            false => decide(asker, class, table, &table.set),
        };
        if class.marking > PASSED_ON_MAX {
            return direct;
        }
        table.passed_on.iter().fold(direct, |shown, passed_on| {
            // What the one in between was given and may pass on, and what it would show of the
            // like if it were its own: the narrower of the two.
            let Some(between) = &passed_on.by_as_viewer else { return shown };
            let given = decide(between, class, table, &passed_on.given);
            let as_own = Class { owner: Some(passed_on.by), areas: 0, ..*class };
            let onward = self.table(Some(passed_on.by));
            shown.or(given.and(decide(asker, &as_own, &onward, &onward.set)))
        })
    }

    fn table(&self, owner: Option<Id<Organization>>) -> Arc<Table> {
        if let Some(table) = read(&self.tables).get(&owner) {
            return Arc::clone(table);
        }
        let table = self.new_table(owner);
        let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(tables.entry(owner).or_insert(table))
    }

    fn new_table(&self, owner: Option<Id<Organization>>) -> Arc<Table> {
        let toward = owner.map_or_else(Vec::new, |owner| self.rules_of(owner));
        let adopted = owner.and_then(|owner| self.policies.adopted(owner));
        let passers = self.passers(owner);
        let basis = self.basis(owner, &toward, &passers);
        // Nothing that it depends on has changed, so what was found out still holds.
        if let Some(table) = self.before.get(&owner)
            && table.basis == basis
        {
            return Arc::clone(table);
        }
        let mut set = Cow::Borrowed(default_set());
        if !toward.is_empty() {
            add(set.to_mut(), toward.iter().flat_map(|rule| &rule.policies));
        }
        if let Some((_, adopted)) = adopted {
            // Names in adopted texts are `policy0` and so on; they get the owner's before them.
            let renamed = adopted.policies().map(|policy| {
                policy.new_id(cedar_policy::PolicyId::new(format!("adopted:{}", policy.id())))
            });
            for policy in renamed {
                drop(set.to_mut().add(policy));
            }
        }
        let names_participants = adopted.is_some() || !passers.is_empty();
        let passed_on = passers.into_iter().map(|(by, rules)| {
            let mut given = PolicySet::new();
            add(&mut given, rules.iter().flat_map(|rule| &rule.policies));
            let read = [crate::domain::Scope::Read].into_iter();
            let by_as_viewer = Asker::new(Some(by), &self.policies.lineage(by), read);
            PassedOn { by, by_as_viewer, given }
        });
        Arc::new(Table {
            basis,
            set,
            names_participants,
            passed_on: passed_on.collect(),
            decisions: RwLock::default(),
            permissions: RwLock::default(),
        })
    }

    /// What the decisions on an owner's records follow from.
    fn basis(
        &self,
        owner: Option<Id<Organization>>,
        toward: &[&Arc<Rule>],
        passers: &[(Id<Organization>, Vec<Arc<Rule>>)],
    ) -> Basis {
        let adopted = |by: Id<Organization>| {
            self.policies.adopted(by).map(|(changed, _)| (Source::Adopted(by), *changed))
        };
        let mut rules: Vec<_> = toward.iter().map(|rule| (rule.source, rule.changed)).collect();
        rules.extend(owner.and_then(adopted));
        let mut lineages = vec![self.lineage.clone()];
        for (by, given) in passers {
            rules.extend(given.iter().map(|rule| (rule.source, rule.changed)));
            rules.extend(self.rules_of(*by).iter().map(|rule| (rule.source, rule.changed)));
            rules.extend(adopted(*by));
            lineages.push(self.policies.lineage(*by));
        }
        Basis { rules, lineages, areas: self.policies.area_names(owner) }
    }

    /// The rules by which an owner shows something to the viewer.
    fn rules_of(&self, owner: Id<Organization>) -> Vec<&Arc<Rule>> {
        let principal = self.viewer.personal();
        self.policies.rules_toward(owner, &self.lineage, principal, self.now).collect()
    }

    /// The organizations that pass on what this owner showed them, with the rules that let them.
    fn passers(&self, owner: Option<Id<Organization>>) -> Vec<(Id<Organization>, Vec<Arc<Rule>>)> {
        let Some(owner) = owner.filter(|_| !self.lineage.is_empty()) else { return Vec::new() };
        let all = self.passers.get_or_init(|| {
            let mut all: Vec<_> = self.policies.passers(&self.lineage, self.now).collect();
            all.sort_unstable();
            all
        });
        let others = all.iter().copied().filter(|by| *by != owner);
        others
            .filter_map(|by| {
                let lineage = self.policies.lineage(by);
                let rules: Vec<_> = self
                    .policies
                    .rules_toward(owner, &lineage, None, self.now)
                    .filter(|rule| rule.onward)
                    .cloned()
                    .collect();
                (!rules.is_empty()).then_some((by, rules))
            })
            .collect()
    }
}

impl Table {
    /// Whether nothing is in force toward the viewer but the hub's default set.
    fn is_default(&self) -> bool {
        matches!(self.set, Cow::Borrowed(_))
    }
}

/// Adds policies under their names. A name that is there already is the same policy: the rules of
/// two givers in one agreement are one.
fn add<'a>(set: &mut PolicySet, policies: impl Iterator<Item = &'a cedar_policy::Policy>) {
    for policy in policies {
        drop(set.add(policy.clone()));
    }
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}
