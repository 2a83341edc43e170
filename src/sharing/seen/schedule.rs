//! An on-call schedule as its own organization sees it. No agreement shares schedules.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::organization::Organization;
use crate::domain::schedule::{self, OnCall, Schedule};
use crate::sharing::View;

impl View {
    /// The schedule, if there is one that the viewer may see.
    #[must_use]
    pub fn schedule(&self, id: Id<Schedule>) -> Option<Seen<Schedule>> {
        self.show(self.world().schedule(id))
    }

    /// The schedules that the viewer may see, oldest first.
    pub fn schedules(&self) -> impl DoubleEndedIterator<Item = Seen<Schedule>> {
        self.world().schedules().filter_map(|schedule| self.show(Some(schedule)))
    }
}

impl Seen<Schedule> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Schedule> {
        self.record.id
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.plan.name
    }

    /// Whose it is.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization)
    }

    /// The IANA name of the time zone in which its times are read.
    #[must_use]
    pub fn time_zone(&self) -> &str {
        &self.record.plan.time_zone
    }

    /// Whether it was ended.
    #[must_use]
    pub fn is_ended(&self) -> Option<bool> {
        self.with(Group::Status, self.record.ended)
    }

    /// How duty goes round, and who stands in: all that names persons, or nothing.
    #[must_use]
    pub fn kept(&self) -> Option<&Schedule> {
        self.with(Group::Links, self.record.as_ref())
    }

    /// Who is on call at a moment.
    #[must_use]
    pub fn on_call(&self, at: Timestamp) -> Vec<OnCall> {
        self.kept().map_or_else(Vec::new, |kept| schedule::on_call(kept, at))
    }

    /// Who is on call between two moments, in order of time.
    #[must_use]
    pub fn shifts(&self, from: Timestamp, to: Timestamp) -> Vec<OnCall> {
        self.kept().map_or_else(Vec::new, |kept| schedule::shifts(kept, from, to))
    }
}
