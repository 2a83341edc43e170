//! Whether a viewer sees a difference between two states of a record.
//!
//! A record changes in the log for many reasons; a viewer is told only of a change in what they
//! are shown. Who is not shown the place of an incident does not learn that it moves.

use super::{CopRecord, Seen};
use crate::domain::Id;
use crate::domain::incident::Incident;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::signal::Signal;
use crate::domain::structure::{Post, Structure};

impl CopRecord {
    /// Whether both look the same to the viewer.
    pub(crate) fn looks_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Incident(a), Self::Incident(b)) => a.looks_like(b),
            (Self::Signal(a), Self::Signal(b)) => a.looks_like(b),
            (Self::Resource(a), Self::Resource(b)) => a.looks_like(b),
            (Self::Request(a), Self::Request(b)) => a.looks_like(b),
            _ => false,
        }
    }
}

impl Seen<Incident> {
    fn looks_like(&self, other: &Self) -> bool {
        let ids = |seen: &Self| {
            (
                seen.owner().map(|o| o.id()),
                seen.lead().map(|o| o.id()),
                seen.parent().map(|i| i.id()),
                seen.merged_into().map(|i| i.id()),
            )
        };
        self.decision() == other.decision()
            && self.changed_at() == other.changed_at()
            && self.number() == other.number()
            && self.name() == other.name()
            && self.kind() == other.kind()
            && self.marking() == other.marking()
            && self.status() == other.status()
            && self.complexity() == other.complexity()
            && self.location() == other.location()
            && ids(self) == ids(other)
            && self.resources().map(|r| r.id()).eq(other.resources().map(|r| r.id()))
            && self.signals().map(|(s, _)| s.id()).eq(other.signals().map(|(s, _)| s.id()))
            && self.parts().map(|p| p.id()).eq(other.parts().map(|p| p.id()))
            && self.duplicates().map(|d| d.id()).eq(other.duplicates().map(|d| d.id()))
            && self.notes_and_items() == other.notes_and_items()
            && self.attention().map(|i| i.looks()).eq(other.attention().map(|i| i.looks()))
            && self.requests().map(|r| r.id()).eq(other.requests().map(|r| r.id()))
            && self.plans_like(other)
            && self.command_like(other)
    }

    /// Whether its command structure looks the same.
    fn command_like(&self, other: &Self) -> bool {
        let structure = |seen: &Self| seen.view().structure_of(seen.id());
        match (structure(self), structure(other)) {
            (Some(mine), Some(others)) => mine.looks_like(&others),
            (mine, others) => mine.is_none() && others.is_none(),
        }
    }

    /// Whether its operational periods look the same.
    fn plans_like(&self, other: &Self) -> bool {
        let periods = |seen: &Self| seen.view().periods_of(seen.id()).collect::<Vec<_>>();
        let (mine, others) = (periods(self), periods(other));
        mine.len() == others.len() && mine.iter().zip(&others).all(|(a, b)| a.looks_like(b))
    }

    /// How much of its journal, timeline and accountability checks is seen; the first two only grow.
    fn notes_and_items(&self) -> (usize, usize, Vec<(usize, usize, bool)>) {
        let answers = self.pars().map(|par| {
            let lines = || par.lines.iter().map(|(_, line)| line);
            let answered = lines().filter(|line| line.answer.is_some()).count();
            (answered, lines().filter(|line| line.is_complete()).count(), par.is_complete())
        });
        (self.view().notes_of(self.id()).count(), self.timeline().count(), answers.collect())
    }
}

impl Seen<Structure> {
    fn looks_like(&self, other: &Self) -> bool {
        let commanders = |seen: &Self| -> Vec<_> {
            let each = seen.commanders().into_iter();
            each.map(|c| (c.name().map(str::to_owned), c.organization().map(|o| o.id()))).collect()
        };
        let posts = |seen: &Self| -> Vec<_> {
            let holders = |post: &Seen<Post>| -> Vec<_> {
                post.assignments().map(|held| (held.id(), held.is_current())).collect()
            };
            let above = |post: &Seen<Post>| post.reports_to().map(|above| above.id());
            seen.posts().map(|p| (p.id(), p.is_live(), above(&p), holders(&p))).collect()
        };
        self.decision() == other.decision()
            && self.is_live() == other.is_live()
            && commanders(self) == commanders(other)
            && self
                .transfers()
                .map(|t| (t.id(), t.stage()))
                .eq(other.transfers().map(|t| (t.id(), t.stage())))
            && self.delegations().map(|d| d.id()).eq(other.delegations().map(|d| d.id()))
            && self
                .decisions()
                .map(|d| d.what().clone())
                .eq(other.decisions().map(|d| d.what().clone()))
            && posts(self) == posts(other)
    }
}

impl Seen<Resource> {
    fn looks_like(&self, other: &Self) -> bool {
        let ids = |seen: &Self| {
            let members: Vec<_> = seen.members().map(|m| m.id()).collect();
            (members, seen.leader().map(|r| r.id()), seen.member_of().map(|r| r.id()))
        };
        let standing = |seen: &Self| {
            let reason = seen.standing().map(|s| (s.reason.clone(), s.expected_return));
            let place = seen.status_place().map(ToOwned::to_owned);
            (seen.status(), reason, place, seen.status_since())
        };
        self.decision() == other.decision()
            && self.name() == other.name()
            && (self.kind(), self.level()) == (other.kind(), other.level())
            && self.is_retired() == other.is_retired()
            && standing(self) == standing(other)
            && self.is_free() == other.is_free()
            && self.supply() == other.supply()
            && (self.home(), self.position()) == (other.home(), other.position())
            && self.position_at() == other.position_at()
            && self.position_source() == other.position_source()
            && (self.people(), self.crew_leader()) == (other.people(), other.crew_leader())
            && self.capabilities() == other.capabilities()
            && self.rates() == other.rates()
            && ids(self) == ids(other)
            && self.changed_at() == other.changed_at()
            && self.commitments().map(|c| c.told()).eq(other.commitments().map(|c| c.told()))
    }
}

impl Seen<Signal> {
    fn looks_like(&self, other: &Self) -> bool {
        let incidents = |seen: &Self| -> Vec<Id<Incident>> {
            seen.attachments().map(|(i, _)| i.id()).collect()
        };
        let suggestion = |seen: &Self| {
            seen.suggestion().map(|(incident, what)| (incident.map(|i| i.id()), what.clone()))
        };
        self.decision() == other.decision()
            && self.changed_at() == other.changed_at()
            && self.state() == other.state()
            && self.marking() == other.marking()
            && incidents(self) == incidents(other)
            && suggestion(self) == suggestion(other)
    }
}

impl Seen<ResourceRequest> {
    fn looks_like(&self, other: &Self) -> bool {
        let receivers = |seen: &Self| -> Vec<_> {
            let all = seen.receivers();
            all.map(|(organization, receiver)| (organization.id(), receiver.clone())).collect()
        };
        let offers = |seen: &Self| -> Vec<_> {
            seen.offers().map(|offer| (offer.id(), offer.changed_at())).collect()
        };
        self.decision() == other.decision()
            && self.changed_at() == other.changed_at()
            && self.need() == other.need()
            && self.quantity() == other.quantity()
            && self.priority() == other.priority()
            && self.status() == other.status()
            && self.filled() == other.filled()
            && self.deliver_to() == other.deliver_to()
            && self.words() == other.words()
            && self.question() == other.question()
            && self.incident().map(|i| i.id()) == other.incident().map(|i| i.id())
            && receivers(self) == receivers(other)
            && offers(self) == offers(other)
    }
}
