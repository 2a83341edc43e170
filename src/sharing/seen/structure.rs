//! Command structures as a viewer sees them.

use std::sync::Arc;

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::structure::{
    Commander, Delegation, Eoc, JointDecision, Kind, Model, Post, Structure, Transfer,
};

impl Seen<Structure> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Structure> {
        self.record.id
    }

    /// The incident that it commands.
    #[must_use]
    pub fn incident(&self) -> Option<Seen<Incident>> {
        self.view.incident(self.record.incident()?)
    }

    /// Which positions it has.
    #[must_use]
    pub fn model(&self) -> Model {
        self.record.model
    }

    /// Whether it belongs to an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// Whether it is in force.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.view.world().is_live(&self.record)
    }

    /// What kind of command it has.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.with(Group::Command, self.view.world().kind_of(&self.record))
    }

    /// Who commands.
    #[must_use]
    pub fn commanders(&self) -> Vec<Seen<Commander>> {
        let commanders = self.view.world().commanding(&self.record).into_iter();
        let shown = self.is_live() && self.decision.shows(Group::Command);
        let commanders = commanders.filter(|_| shown);
        commanders.map(|c| Seen::new(Arc::new(c), self.decision, self.view.clone())).collect()
    }

    /// The post at its top.
    #[must_use]
    pub fn command(&self) -> Option<Seen<Post>> {
        self.view.post(self.record.command)
    }

    /// Its posts, dissolved ones included, oldest first.
    pub fn posts(&self) -> impl Iterator<Item = Seen<Post>> {
        let posts = self.view.world().posts_of(self.record.id);
        posts.filter_map(|post| self.view.post(post.id))
    }

    /// The handovers of command, oldest first.
    pub fn transfers(&self) -> impl DoubleEndedIterator<Item = Seen<Transfer>> {
        let transfers = self.record.transfers.iter();
        let transfers = transfers.filter(|_| self.decision.shows(Group::Command));
        transfers.map(|t| Seen::new(Arc::clone(t), self.decision, self.view.clone()))
    }

    /// What one agency lets another do in its name, oldest first.
    pub fn delegations(&self) -> impl Iterator<Item = Seen<Delegation>> {
        let delegations = self.record.delegations.iter();
        let delegations = delegations.filter(|_| self.decision.shows(Group::Command));
        delegations.map(|d| Seen::new(Arc::new(d.clone()), self.decision, self.view.clone()))
    }

    /// What all commanders decide together, oldest first. What is not decided yet waits for those in
    /// command now.
    pub fn decisions(&self) -> impl Iterator<Item = Seen<JointDecision>> {
        let commanders = self.view.world().commanding(&self.record);
        let decisions = self.record.decisions.iter();
        let decisions = decisions.filter(|_| self.decision.shows(Group::Content));
        decisions.map(move |decision| {
            let decision = decision.waiting_for(&commanders);
            Seen::new(Arc::new(decision), self.decision, self.view.clone())
        })
    }

    /// The center that it is, if it is one.
    #[must_use]
    pub fn eoc(&self) -> Option<Seen<Eoc>> {
        let eoc = self.record.eoc()?;
        Some(Seen::new(Arc::new(eoc.clone()), self.decision, self.view.clone()))
    }

    /// When it was established, as exactly as times are shown.
    #[must_use]
    pub fn established_at(&self) -> Option<Timestamp> {
        self.time(self.record.revision.created_at)
    }
}

impl Seen<Commander> {
    /// What colleagues call them. Who is shown who commands is shown the name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name_of_person(self.record.person)
    }

    /// The agency whose authority they bring.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization)
    }

    /// The person, where they are shown.
    #[must_use]
    pub fn person(&self) -> Option<Seen<crate::domain::person::Person>> {
        self.view.person(self.record.person)
    }
}

impl Seen<Eoc> {
    /// The organization that runs it.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization)
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// How far it is activated.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        self.with(Group::Status, self.record.level)
    }

    /// The incidents that it supports, where they are shown.
    pub fn supports(&self) -> impl Iterator<Item = Seen<Incident>> {
        let supports = self.record.supports.iter().filter(|_| self.decision.shows(Group::Links));
        supports.filter_map(|incident| self.view.incident(*incident))
    }
}

impl Seen<Delegation> {
    /// The delegation as it is, where its content is shown.
    #[must_use]
    pub fn content(&self) -> Option<&Delegation> {
        self.with(Group::Content, self.record.as_ref())
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Delegation> {
        self.record.id
    }

    /// What may be done.
    #[must_use]
    pub fn power(&self) -> crate::domain::structure::Power {
        self.record.power
    }

    /// The agency in whose name.
    #[must_use]
    pub fn from(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.from)
    }

    /// The organization that may.
    #[must_use]
    pub fn to(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.to)
    }

    /// From when until when, as exactly as times are shown; the end is absent while it holds.
    #[must_use]
    pub fn span(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        let until = self.record.ended.or(self.record.until);
        (self.time(self.record.since), until.and_then(|until| self.time(until)))
    }
}

impl Seen<JointDecision> {
    /// The decision; its content is shown wherever it is.
    #[must_use]
    pub fn what(&self) -> &JointDecision {
        &self.record
    }

    /// When it was proposed and agreed, as exactly as times are shown.
    #[must_use]
    pub fn times(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        (self.time(self.record.at), self.record.agreed.and_then(|agreed| self.time(agreed)))
    }

    /// The agencies that have yet to sign.
    pub fn missing(&self) -> impl Iterator<Item = Seen<Organization>> {
        let missing = self.record.approvals.missing().into_iter();
        missing.filter_map(|agency| self.view.organization(agency))
    }

    /// The agencies that signed, each with the organization that signed for it.
    pub fn given(&self) -> impl Iterator<Item = (Seen<Organization>, Option<Seen<Organization>>)> {
        self.record.approvals.given.iter().filter_map(|signature| {
            let agency = self.view.organization(signature.agency)?;
            Some((agency, self.view.organization(signature.organization)))
        })
    }
}

impl<T> Seen<T> {
    /// What somebody who is named in this record is called.
    pub(super) fn name_of_person(&self, id: Id<crate::domain::person::Person>) -> Option<&str> {
        let person = self.view.world().person(id).map(|person| person.name.as_str());
        self.with(Group::Command, person).flatten()
    }
}
