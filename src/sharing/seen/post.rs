//! Posts, and who holds them, as a viewer sees them.

use std::sync::Arc;

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::structure::{
    Assignment, Capacity, Element, Fitness, Level, Post, Structure, Waiver,
};

impl Seen<Post> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Post> {
        self.record.id
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// The code of its position.
    #[must_use]
    pub fn position(&self) -> &str {
        &self.record.position
    }

    /// What its holder is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.record.title
    }

    /// Where it stands.
    #[must_use]
    pub fn level(&self) -> Level {
        self.record.level
    }

    /// What its holder leads.
    #[must_use]
    pub fn element(&self) -> Option<Element> {
        self.record.element
    }

    /// Whether it is open, and its structure in force.
    #[must_use]
    pub fn is_live(&self) -> bool {
        let world = self.view.world();
        let structure = world.structure(self.record.structure);
        self.is_open() && structure.is_some_and(|structure| world.is_live(structure))
    }

    /// Whether it was never dissolved.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.record.is_live()
    }

    /// The structure that it belongs to.
    #[must_use]
    pub fn structure(&self) -> Option<Seen<Structure>> {
        self.view.structure(self.record.structure)
    }

    /// The post that it reports to.
    #[must_use]
    pub fn reports_to(&self) -> Option<Self> {
        let above = self.with(Group::Command, self.record.reports_to).flatten();
        above.and_then(|post| self.view.post(post))
    }

    /// Everybody who held it or holds it, oldest first.
    pub fn assignments(&self) -> impl Iterator<Item = Seen<Assignment>> {
        let shown = self.record.assignments.iter().filter(|_| self.decision.shows(Group::Command));
        shown.map(|assignment| self.assignment(assignment))
    }

    /// Whether nobody holds it.
    #[must_use]
    pub fn is_vacant(&self) -> Option<bool> {
        let vacant = self.record.held_as(Capacity::Primary).next().is_none();
        self.with(Group::Command, vacant)
    }

    /// Who answers for it, with the post that they hold: this one, or one above.
    #[must_use]
    pub fn held_by(&self) -> Option<(Self, Vec<Seen<Assignment>>)> {
        let held = self.with(Group::Command, self.view.world().held_by(&self.record)).flatten()?;
        let post = self.view.post(held.post.id)?;
        Some((post, held.holders.into_iter().map(|holder| self.assignment(holder)).collect()))
    }

    /// The parts of the complex that are under it, where they are shown.
    pub fn parts(&self) -> impl Iterator<Item = Seen<Incident>> {
        let parts = self.record.parts.iter().filter(|_| self.decision.shows(Group::Links));
        let structure = self.view.world().structure(self.record.structure);
        let complex = structure.and_then(|structure| structure.incident());
        let parts = parts.filter_map(|part| self.view.world().incident(*part));
        let parts = parts.filter(move |part| part.parent == complex);
        parts.filter_map(|part| self.view.incident(part.id))
    }

    /// When it was opened, as exactly as times are shown.
    #[must_use]
    pub fn opened_at(&self) -> Option<Timestamp> {
        self.time(self.record.revision.created_at)
    }

    /// When it was dissolved, as exactly as times are shown.
    #[must_use]
    pub fn dissolved_at(&self) -> Option<Timestamp> {
        self.record.dissolved.and_then(|at| self.time(at))
    }

    /// An assignment, which ended at the latest with the structure: nobody commands what is closed.
    fn assignment(&self, assignment: &Assignment) -> Seen<Assignment> {
        let world = self.view.world();
        let over = || world.end_of_structure(world.structure(self.record.structure)?).cloned();
        let ended = assignment.ended.clone().or_else(over);
        let assignment = Assignment { ended, ..assignment.clone() };
        Seen::new(Arc::new(assignment), self.decision, self.view.clone())
    }
}

impl Seen<Assignment> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Assignment> {
        self.record.id
    }

    /// What colleagues call whoever holds the post. Who is shown the post is shown the name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name_of_person(self.record.person)
    }

    /// The person, where they are shown.
    #[must_use]
    pub fn person(&self) -> Option<Seen<Person>> {
        self.view.person(self.record.person)
    }

    /// The organization that they come for.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization)
    }

    /// In which capacity.
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        self.record.capacity
    }

    /// Since when, as exactly as times are shown.
    #[must_use]
    pub fn from(&self) -> Option<Timestamp> {
        self.time(self.record.from)
    }

    /// Until when, as exactly as times are shown.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        self.record.ended.as_ref().and_then(|ended| self.time(ended.at))
    }

    /// Whether it goes on.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.record.ended.is_none()
    }

    /// Who assigned them.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.with(Group::Source, self.record.by.as_str())
    }

    /// Why they were assigned.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.with(Group::Content, self.record.reason.as_deref()).flatten()
    }

    /// Who ended it.
    #[must_use]
    pub fn ended_by(&self) -> Option<&str> {
        let ended = self.record.ended.as_ref();
        self.with(Group::Source, ended.map(|ended| ended.by.as_str())).flatten()
    }

    /// Why it ended.
    #[must_use]
    pub fn ended_reason(&self) -> Option<&str> {
        let ended = self.record.ended.as_ref();
        self.with(Group::Content, ended.and_then(|ended| ended.reason.as_deref())).flatten()
    }

    /// Whether they were fit for it.
    #[must_use]
    pub fn fitness(&self) -> Option<&Fitness> {
        self.with(Group::Assessment, &self.record.fitness)
    }

    /// What colleagues call the coach of a trainee.
    #[must_use]
    pub fn coach(&self) -> Option<&str> {
        match self.fitness()? {
            Fitness::Trainee { coach } => self.name_of_person(*coach),
            Fitness::Fit | Fitness::Short { .. } => None,
        }
    }

    /// What was waived for them.
    #[must_use]
    pub fn waiver(&self) -> Option<&Waiver> {
        self.with(Group::Assessment, self.record.waiver.as_ref()).flatten()
    }
}
