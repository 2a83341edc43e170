//! An operational period as a viewer sees it.
//!
//! What holds times to the minute, such as who signed when, is only shown with the words where the
//! times are shown exactly.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::{Group, TimePrecision};
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::period::plan::signers;
use crate::domain::period::{
    Assignment, Communications, Digests, Medical, Meeting, Need, Objective, Period, PlanRevision,
    Safety, Situation, State, Summary,
};

impl Seen<Period> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Period> {
        self.record.id
    }

    /// Its number within the incident.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.record.number
    }

    /// The incident it belongs to.
    #[must_use]
    pub fn incident(&self) -> Option<Seen<Incident>> {
        self.view.incident(self.record.incident)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.with(Group::Status, self.record.state)
    }

    /// When it begins, as exactly as times are shown.
    #[must_use]
    pub fn start(&self) -> Option<Timestamp> {
        self.time(self.record.start)
    }

    /// When it ends, as exactly as times are shown.
    #[must_use]
    pub fn end(&self) -> Option<Timestamp> {
        self.time(self.record.end)
    }

    /// What is to be reached, the most urgent first.
    #[must_use]
    pub fn objectives(&self) -> &[Objective] {
        self.dated(Group::Assessment, &self.record.objectives)
    }

    /// What command stresses, and what everybody should know.
    #[must_use]
    pub fn situation(&self) -> Option<&Situation> {
        self.with(Group::Content, &self.record.situation)
    }

    /// The meetings of its planning.
    #[must_use]
    pub fn meetings(&self) -> &[Meeting] {
        self.dated(Group::Content, &self.record.meetings)
    }

    /// Who does what where.
    #[must_use]
    pub fn assignments(&self) -> &[Assignment] {
        self.listed(Group::Content, &self.record.assignments)
    }

    /// The radio channels.
    #[must_use]
    pub fn communications(&self) -> Option<&Communications> {
        self.with(Group::Content, &self.record.communications)
    }

    /// The medical plan.
    #[must_use]
    pub fn medical(&self) -> Option<&Medical> {
        let exact = self.decision.time() == Some(TimePrecision::Exact);
        self.with(Group::Content, &self.record.medical).filter(|_| exact)
    }

    /// The safety message and hazards.
    #[must_use]
    pub fn safety(&self) -> Option<&Safety> {
        self.with(Group::Content, &self.record.safety)
    }

    /// What the assignments need.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        self.dated(Group::Content, &self.record.needs)
    }

    /// What was reported of the incident.
    #[must_use]
    pub fn summary(&self) -> Option<&Summary> {
        let exact = self.decision.time() == Some(TimePrecision::Exact);
        self.record.summary.as_ref().filter(|_| exact && self.decision.shows(Group::Content))
    }

    /// What each of its parts says, as digests, where all of them are shown.
    #[must_use]
    pub fn digests(&self) -> Option<Digests> {
        self.medical().map(|_| Digests::of(&self.record))
    }

    /// The revisions of its plan, oldest first, where all that a plan says is shown, and who leads.
    #[must_use]
    pub fn plan(&self) -> &[PlanRevision] {
        if self.tells_all() { &self.record.plan } else { &[] }
    }

    /// The organizations that have yet to sign a revision: of those in command now, until it is
    /// approved.
    #[must_use]
    pub fn unsigned(&self, revision: &PlanRevision) -> Vec<Seen<Organization>> {
        let world = self.view.world();
        let incident = world.incident(self.record.incident);
        let approvals = incident.map(|incident| revision.approvals_now(world, incident));
        let missing = approvals.into_iter().flat_map(|approvals| approvals.missing());
        missing.filter_map(|agency| self.view.organization(agency)).collect()
    }

    /// The revision in force, where the plan is shown.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&PlanRevision> {
        self.record.plan_in_force().filter(|_| !self.plan().is_empty())
    }

    /// Whether the plan as it stands is not the one in force.
    #[must_use]
    pub fn plan_is_changed(&self) -> Option<bool> {
        (!self.plan().is_empty()).then(|| self.record.plan_is_changed())
    }

    /// The organizations that have to sign the plan.
    #[must_use]
    pub fn commanders(&self) -> Vec<Seen<Organization>> {
        let world = self.view.world();
        let shown = self.decision.shows(Group::Command);
        let incident = world.incident(self.record.incident).filter(|_| shown);
        let needed = incident.map(|incident| signers(world, incident).needed);
        let needed = needed.into_iter().flatten();
        needed.filter_map(|id| self.view.organization(id)).collect()
    }

    /// When it was planned and last changed, where all of it is shown.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        let all = Group::ALL.into_iter().all(|group| self.decision.shows(group));
        let revision = self.record.revision;
        self.time(if all { revision.changed_at } else { revision.created_at })
    }

    /// Whether all is shown that a sentence about it may speak of.
    pub(in crate::sharing) fn tells_all(&self) -> bool {
        let groups =
            [Group::Status, Group::Assessment, Group::Command, Group::Content, Group::Source];
        let exact = self.decision.time() == Some(TimePrecision::Exact);
        exact && groups.into_iter().all(|group| self.decision.shows(group))
    }

    /// Whether the viewer sees no difference between both.
    pub(in crate::sharing) fn looks_like(&self, other: &Self) -> bool {
        self.decision == other.decision
            && self.number() == other.number()
            && self.state() == other.state()
            && (self.start(), self.end()) == (other.start(), other.end())
            && self.objectives() == other.objectives()
            && self.situation() == other.situation()
            && self.meetings() == other.meetings()
            && self.assignments() == other.assignments()
            && self.communications() == other.communications()
            && self.medical() == other.medical()
            && self.safety() == other.safety()
            && self.needs() == other.needs()
            && self.summary() == other.summary()
            && self.plan() == other.plan()
    }

    /// A list that is only shown with a group of fields.
    fn listed<'a, T>(&self, group: Group, list: &'a [T]) -> &'a [T] {
        if self.decision.shows(group) { list } else { &[] }
    }

    /// The same for a list that holds times.
    fn dated<'a, T>(&self, group: Group, list: &'a [T]) -> &'a [T] {
        let exact = self.decision.time() == Some(TimePrecision::Exact);
        if exact { self.listed(group, list) } else { &[] }
    }
}
