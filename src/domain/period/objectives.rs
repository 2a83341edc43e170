//! What is to be reached in a period (ICS 202, block 3): specific, measurable, with a deadline.
//!
//! The most urgent come first: life safety, then incident stabilization, then property and the
//! environment (NIMS), and within one of these in the order that command gives them. What is open
//! goes over into the next period; what is set or closed while the next one is drafted already is
//! set and closed there too.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Period, Refused, State};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, OBJECTIVES_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Objective {
    /// Its id, which it keeps in later periods.
    pub id: Id<Objective>,
    /// What it serves.
    pub priority: Priority,
    /// What is to be reached, in a sentence.
    pub text: String,
    /// By what one will know that it is reached.
    pub measure: String,
    /// Until when; by the end of the period when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Timestamp>,
    /// That it was met or dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing>,
}

/// What an objective serves, the most urgent first (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// The lives of the public and of responders.
    LifeSafety,
    /// That it does not get worse.
    IncidentStabilization,
    /// Property and the environment.
    PropertyAndEnvironment,
}

/// That an objective was met or dropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closing {
    /// Which of the two.
    pub outcome: Outcome,
    /// Why, or how it was met.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What became of an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was reached.
    Met,
    /// It is no longer pursued.
    Dropped,
}

/// Sets an objective, or changes one that is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetObjective {
    /// The period.
    pub period: Id<Period>,
    /// The objective to be changed; a new one when absent.
    pub objective: Option<Id<Objective>>,
    /// What it serves.
    pub priority: Priority,
    /// What is to be reached.
    pub text: String,
    /// By what one will know that it is reached.
    pub measure: String,
    /// Until when; by the end of the period when absent.
    pub deadline: Option<Timestamp>,
}

/// Puts the open objectives of a period into an order. Those of a higher priority stay before
/// those of a lower one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RankObjectives {
    /// The period.
    pub period: Id<Period>,
    /// Every open objective, once.
    pub order: Vec<Id<Objective>>,
}

/// Records that an objective was met or dropped.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CloseObjective {
    /// The period.
    pub period: Id<Period>,
    /// The objective.
    pub objective: Id<Objective>,
    /// Which of the two.
    pub outcome: Outcome,
    /// Why, or how it was met.
    pub reason: String,
}

/// An objective was set or changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveSet {
    /// The incident.
    pub incident: Id<Incident>,
    /// The period, and the next one if that is drafted.
    pub periods: Vec<Id<Period>>,
    /// The objective as it is now.
    pub objective: Objective,
}

/// The objectives of a period got an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectivesRanked {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The open objectives, the first one first.
    pub order: Vec<Id<Objective>>,
}

/// An objective was met or dropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveClosed {
    /// The incident.
    pub incident: Id<Incident>,
    /// The period, and the next one if that is drafted.
    pub periods: Vec<Id<Period>>,
    /// The objective.
    pub objective: Id<Objective>,
    /// Which of the two.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
}

impl Outcome {
    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Dropped => "dropped",
        }
    }
}

impl Decide for SetObjective {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let text = limits::text("text", &self.text, REASON_CHARS_MAX)?;
        let measure = limits::text("measure", &self.measure, REASON_CHARS_MAX)?;
        let before = self.objective.map(|id| period.open_objective(id)).transpose()?;
        if before.is_none() {
            limits::count("objectives", period.objectives.len() + 1, OBJECTIVES_MAX)?;
        }
        let Self { priority, deadline, .. } = *self;
        // One that stands and was not reached in time is changed in other respects with its deadline.
        if before.is_none_or(|before| before.deadline != deadline) {
            limits::to_come("deadline", deadline, context.now)?;
        }
        let id = before.map_or_else(|| context.ids.next(), |before| before.id);
        let objective = Objective { id, priority, text, measure, deadline, closed: None };
        let subject = RecordRef::Period(self.period);
        if before == Some(&objective) {
            return Ok(Decision::unchanged(subject));
        }
        let (incident, periods) = (period.incident, with_next(world, period));
        Ok(Decision::one(subject, ObjectiveSet { incident, periods, objective }))
    }
}

impl Decide for RankObjectives {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let open: Vec<_> = period.objectives.iter().filter(|o| o.closed.is_none()).collect();
        let missing = open.iter().find(|objective| !self.order.contains(&objective.id));
        let missing = missing.map(|objective| format!("“{}” is missing", objective.text));
        let many = || format!("it names {}", self.order.len());
        let problem = missing.or_else(|| (self.order.len() != open.len()).then(many));
        if let Some(problem) = problem {
            return Err(Refused::OrderIncomplete { count: open.len(), problem }.into());
        }
        let event = ObjectivesRanked {
            period: self.period,
            incident: period.incident,
            order: self.order.clone(),
        };
        let mut ranked = period.objectives.clone();
        rank(&mut ranked, &self.order);
        let subject = RecordRef::Period(self.period);
        if ranked == period.objectives {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, event))
    }
}

impl Decide for CloseObjective {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let objective = period.open_objective(self.objective)?.id;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let (incident, periods) = (period.incident, with_next(world, period));
        let event = ObjectiveClosed { incident, periods, objective, outcome: self.outcome, reason };
        Ok(Decision::one(RecordRef::Period(self.period), event))
    }
}

/// The period, and the drafted one that comes after it.
fn with_next(world: &World, period: &Period) -> Vec<Id<Period>> {
    let next = world.draft_period(period.incident).filter(|_| period.state == State::Current);
    std::iter::once(period.id).chain(next.map(|next| next.id)).collect()
}

/// Brings objectives into the order of their priorities and then of the list; closed ones keep to
/// the end of their priority.
fn rank(objectives: &mut [Objective], order: &[Id<Objective>]) {
    let place = |objective: &Objective| {
        let place = order.iter().position(|id| *id == objective.id);
        (objective.priority, place.unwrap_or(usize::MAX))
    };
    objectives.sort_by_key(place);
}

impl Period {
    fn open_objective(&self, id: Id<Objective>) -> Result<&Objective, Refused> {
        let found = self.objectives.iter().find(|objective| objective.id == id);
        let found = found.ok_or(Refused::ObjectiveUnknown(id))?;
        match &found.closed {
            None => Ok(found),
            Some(closed) => Err(Refused::ObjectiveClosed { outcome: closed.outcome.as_str() }),
        }
    }
}

impl Apply for ObjectiveSet {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        for id in &self.periods {
            let Some(period) = world.change_period(*id, stamp) else { continue };
            let objectives = &mut period.objectives;
            match objectives.iter_mut().find(|other| other.id == self.objective.id) {
                Some(objective) => *objective = self.objective.clone(),
                None => objectives.push(self.objective.clone()),
            }
            objectives.sort_by_key(|objective| objective.priority);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        periods_and(&self.periods, self.incident)
    }
}

impl Apply for ObjectivesRanked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(period) = world.change_period(self.period, stamp) else { return };
        rank(&mut period.objectives, &self.order);
    }

    fn touches(&self) -> Vec<RecordRef> {
        super::touched(self.period, self.incident)
    }
}

impl Apply for ObjectiveClosed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let mut said = None;
        for id in &self.periods {
            let Some(period) = world.change_period(*id, stamp) else { continue };
            let mut objectives = period.objectives.iter_mut();
            let Some(objective) = objectives.find(|other| other.id == self.objective) else {
                continue;
            };
            objective.closed = Some(Closing {
                outcome: self.outcome,
                reason: self.reason.clone(),
                by: stamp.by.principal.clone(),
                at: stamp.at,
            });
            said.get_or_insert_with(|| objective.text.clone());
        }
        let (Some(text), Some(period)) = (said, self.periods.first()) else { return };
        let said = sentence!(
            "OBJECTIVE_CLOSED",
            "objective {outcome}: {objective} ({reason})",
            outcome = self.outcome.as_str(),
            objective = text,
            reason = self.reason,
        );
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(*period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        periods_and(&self.periods, self.incident)
    }
}

fn periods_and(periods: &[Id<Period>], incident: Id<Incident>) -> Vec<RecordRef> {
    let periods = periods.iter().copied().map(RecordRef::Period);
    periods.chain([RecordRef::Incident(incident)]).collect()
}
