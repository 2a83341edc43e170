//! Transfers of command as a viewer sees them.

use std::sync::Arc;

use jiff::Timestamp;

use super::Seen;
use crate::domain::agreement::Group;
use crate::domain::period::Period;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::structure::briefing::{
    BriefedPlan, BriefedRequest, BriefedResource, Briefing, Deadline,
};
use crate::domain::structure::transfer::{Step, Tell};
use crate::domain::structure::{Commander, Delegation, Stage, Transfer};
use crate::domain::world::TimelineItem;
use crate::domain::{Id, RecordRef};
use crate::sharing::View;

impl Seen<Transfer> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Transfer> {
        self.record.id
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.record.stage
    }

    /// Whether the incoming joins, and the outgoing stays.
    #[must_use]
    pub fn joins(&self) -> bool {
        self.record.joins
    }

    /// Who hands over, or asks.
    #[must_use]
    pub fn from(&self) -> Seen<Commander> {
        self.commander(self.record.from)
    }

    /// Who takes over, or joins.
    #[must_use]
    pub fn to(&self) -> Seen<Commander> {
        self.commander(self.record.to)
    }

    /// When command changes hands, as exactly as times are shown.
    #[must_use]
    pub fn effective(&self) -> Option<Timestamp> {
        self.record.effective.and_then(|effective| self.time(effective))
    }

    /// What the incoming was told.
    #[must_use]
    pub fn briefing(&self) -> Option<&Briefing> {
        self.with(Group::Content, &self.record.briefing)
    }

    /// The last lines of the timeline that the briefing names, as far as the viewer sees them.
    pub fn lines(&self) -> impl Iterator<Item = Seen<TimelineItem>> {
        let situation = self.briefing().and_then(|briefing| briefing.situation.as_ref());
        let incident = situation.and_then(|situation| self.view.incident(situation.incident));
        let last = situation.map(|situation| situation.last.clone()).unwrap_or_default();
        let lines: Vec<_> = incident.iter().flat_map(Seen::timeline).collect();
        lines.into_iter().filter(move |line| last.contains(&line.record.seq))
    }

    /// What was planned, with the period, if the viewer is shown what is planned for it.
    #[must_use]
    pub fn plan(&self) -> Option<(BriefedPlan, Seen<Period>)> {
        let plan = self.briefing()?.plan.clone()?;
        let period = self.view.period(plan.period)?;
        period.decision().shows(Group::Content).then_some((plan, period))
    }

    /// The open requests that the briefing names, each with the record as far as the viewer may see
    /// it and how it stands; others are not there.
    pub fn requests(&self) -> Vec<(BriefedRequest, Seen<ResourceRequest>)> {
        let briefed = self.briefing().map_or(&[][..], |briefing| &briefing.requests);
        let shown = briefed.iter().filter_map(|briefed| {
            let request = self.view.resource_request(briefed.request)?;
            request.status().is_some().then(|| (briefed.clone(), request))
        });
        shown.collect()
    }

    /// The resources that the briefing names, in the same way.
    pub fn resources(&self) -> Vec<(BriefedResource, Seen<Resource>)> {
        let briefed = self.briefing().map_or(&[][..], |briefing| &briefing.resources);
        let shown = briefed.iter().filter_map(|briefed| {
            let resource = self.view.resource(briefed.resource)?;
            resource.decision().shows(Group::Status).then(|| (briefed.clone(), resource))
        });
        shown.collect()
    }

    /// The deadlines that the briefing names, of records whose times the viewer is shown.
    pub fn deadlines(&self) -> Vec<Deadline> {
        let briefed = self.briefing().map_or(&[][..], |briefing| &briefing.deadlines);
        let shown = briefed.iter().filter_map(|deadline| {
            let at = self.view.deadline(deadline.record, deadline.at)?;
            Some(Deadline { at, ..*deadline })
        });
        shown.collect()
    }

    /// What one agency let another do in its name, as the briefing names it.
    pub fn delegations(&self) -> impl Iterator<Item = Seen<Delegation>> {
        let briefed = self.briefing().map_or(&[][..], |briefing| &briefing.delegations);
        let shown = briefed.iter().filter(|_| self.decision.shows(Group::Command));
        shown.map(|d| Seen::new(Arc::new(d.clone()), self.decision, self.view.clone()))
    }

    /// What those who hold a post of the briefing are called.
    #[must_use]
    pub fn names(&self, persons: &[Id<crate::domain::person::Person>]) -> Vec<String> {
        let names = persons.iter().filter_map(|person| self.name_of_person(*person));
        names.map(str::to_owned).collect()
    }

    /// Who has to be told, in words: the code of an organization for its dispatch, or the post and
    /// the name of somebody.
    #[must_use]
    pub fn tells(&self) -> Vec<String> {
        let tells = self.record.tells.iter().filter(|_| self.decision.shows(Group::Command));
        let word = |tell: &Tell| match tell {
            Tell::Dispatch(id) => {
                self.view.organization(*id).map(|o| format!("dispatch of {}", o.code()))
            }
            Tell::Staff { post, person } => {
                let (post, name) = (self.view.post(*post)?, self.name_of_person(*person)?);
                Some(format!("{}: {name}", post.name()))
            }
        };
        tells.filter_map(word).collect()
    }

    /// What became of it, oldest first.
    pub fn steps(&self) -> impl Iterator<Item = Seen<Step>> {
        let steps = self.record.steps.iter();
        steps.map(|step| Seen::new(Arc::new(step.clone()), self.decision, self.view.clone()))
    }

    fn commander(&self, commander: Commander) -> Seen<Commander> {
        Seen::new(Arc::new(commander), self.decision, self.view.clone())
    }
}

impl View {
    /// A moment at which something about a record falls due, as exactly as it is shown.
    fn deadline(&self, record: RecordRef, at: Timestamp) -> Option<Timestamp> {
        match record {
            RecordRef::Period(id) => self.period(id).filter(Seen::tells_all)?.time(at),
            RecordRef::ResourceRequest(id) => {
                let request = self.resource_request(id)?;
                request.with(Group::Status, at).and_then(|at| request.time(at))
            }
            RecordRef::Resource(id) => {
                let resource = self.resource(id)?;
                resource.with(Group::Status, at).and_then(|at| resource.time(at))
            }
            RecordRef::Offer(id) => self.offer(id).map(|_| at),
            _ => None,
        }
    }
}

impl Seen<Step> {
    /// Where the transfer stood then.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.record.stage
    }

    /// When, as exactly as times are shown.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.time(self.record.at)
    }

    /// The principal.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.with(Group::Source, self.record.by.as_str())
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.with(Group::Content, self.record.reason.as_deref()).flatten()
    }
}
