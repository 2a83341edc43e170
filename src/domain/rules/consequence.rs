//! What follows from a live message: the events that its rule, or its own past, leads to.

use std::collections::BTreeSet;
use std::sync::Arc;

use geo::{Area as _, Contains as _};
use muster_contract::alert::Info;

use super::circle::Circle;
use super::correlate::{Match, Scene};
use super::heritage::{self, Heritage, heritage, inherit, predecessors};
use super::rule::{Action, Lead, Plan, Rule};
use super::{RuleSet, condition::Facts, kind, outline};
use crate::domain::command::Context;
use crate::domain::event::Event;
use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::incident::{Complexity, Incident, Located, Opened};
use crate::domain::limits::{NAME_CHARS_MAX, REASON_CHARS_MAX, shortened};
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::signal::{Attached, Signal, Suggested, deciding_info};
use crate::domain::world::World;

/// How many of an incident's latest signals are asked whether its perimeter is theirs.
const PERIMETERS_MAX: usize = 16;

/// What the rules make of a live signal that is about to be recorded. At most one incident opens.
///
/// What a person decided goes before any rule: an Update stays with the incident of the message
/// that it replaces, and one whose predecessor a person took from an incident, or whose incident
/// a person closed, is at most suggested.
///
/// The incidents of each [`Circle`] are looked at by themselves, so that nobody is told of another's.
pub fn consequences(world: &World, signal: &Signal, context: &Context<'_>) -> Vec<Event> {
    let earlier = predecessors(world, signal);
    let judged = Judged::of(world, signal, context);
    let one = |circle| in_circle(world, signal, &earlier, judged.as_ref(), circle, context);
    if !signal.is_public() {
        return one(Circle::Private(signal.owner));
    }
    let lead = judged.as_ref().and_then(Judged::lead);
    let everybodys = Circle::Everybodys { lead };
    let near = judged.as_ref().into_iter().flat_map(Judged::owners_near);
    let others: BTreeSet<_> = heritage::owners(world, &earlier)
        .chain(near)
        .filter(|owner| !everybodys.holds(Some(*owner)))
        .collect();
    let mut events = one(everybodys);
    events.extend(others.into_iter().flat_map(|owner| one(Circle::Of(owner))));
    events
}

/// What follows for the incidents of one circle.
fn in_circle(
    world: &World,
    signal: &Signal,
    earlier: &[&Arc<Signal>],
    judged: Option<&Judged<'_>>,
    circle: Circle,
    context: &Context<'_>,
) -> Vec<Event> {
    let heritage = heritage(world, signal, earlier, circle);
    if !heritage.incidents.is_empty() {
        return inherit(signal, &heritage);
    }
    let Some(Judged { info, verdict, scene }) = judged else { return Vec::new() };
    let suggest = |rule: &str, incident: Option<&Incident>, reason: String| {
        if incident.is_none() && !circle.opens() {
            return Vec::new();
        }
        let incident = incident.map(|incident| incident.id);
        let reason = shortened(&reason, REASON_CHARS_MAX);
        vec![Suggested { signal: signal.id, incident, rule: rule.to_owned(), reason }.into()]
    };
    let failure = verdict.failure.as_ref();
    let Some(rule) = verdict.active() else {
        // A rule that could not be evaluated might have opened an incident: somebody should look.
        return failure.map_or_else(Vec::new, |(rule, why)| suggest(rule, None, why.clone()));
    };
    if let Some((incident, reason)) = decided_by_person(&heritage) {
        return suggest(&rule.name, Some(incident), reason);
    }
    let found = scene.best_match(&rule.correlate, circle);
    let note = failure.map_or_else(String::new, |(_, why)| format!(" ({why})"));
    match (rule.then, found) {
        (Action::Suggest, found) => {
            let new = || format!("rule `{}` holds, and no open incident fits", rule.name);
            let reason = found.as_ref().map_or_else(new, |found| found.reason.clone());
            suggest(&rule.name, found.map(|found| found.incident), reason + &note)
        }
        (action, Some(found)) => attach(scene, rule, action, &found, &note),
        (Action::Open, None) if circle.opens() => open(scene, rule, info, context, &note),
        (Action::Open | Action::Update | Action::Attach | Action::Ignore, None) => Vec::new(),
    }
}

/// What the rules in force say of a message, whatever incidents there are.
struct Judged<'a> {
    info: &'a Info,
    verdict: Verdict<'a>,
    scene: Scene<'a>,
}

impl<'a> Judged<'a> {
    /// None when there is nothing to judge, or nothing to judge by.
    fn of(world: &'a World, signal: &'a Signal, context: &Context<'_>) -> Option<Self> {
        let info = deciding_info(&signal.alert)?;
        if world.rules().rules.is_empty() {
            return None;
        }
        let kind = kind::kind_of(info);
        let verdict = verdict(world.rules(), signal, info, kind);
        let kind = verdict.rule.and_then(|rule| rule.kind).unwrap_or(kind);
        Some(Self { info, verdict, scene: Scene::new(world, signal, kind, context.now) })
    }

    /// The organization that would lead an incident which opens from the message.
    fn lead(&self) -> Option<Id<Organization>> {
        let rule = self.verdict.active().filter(|rule| rule.then == Action::Open)?;
        lead_of(self.scene.world, rule.incident.lead.as_ref()?, self.scene.signal)
    }

    /// The organizations that have incidents which the message may belong to.
    fn owners_near(&self) -> impl Iterator<Item = Id<Organization>> {
        let rule = self.verdict.active();
        rule.into_iter().flat_map(|rule| self.scene.owners_near(&rule.correlate))
    }
}

/// The first rule that holds, and the first one before it that could not be evaluated.
struct Verdict<'r> {
    rule: Option<&'r Rule>,
    failure: Option<(&'r str, String)>,
}

impl<'r> Verdict<'r> {
    /// The rule by which something is to be done.
    fn active(&self) -> Option<&'r Rule> {
        self.rule.filter(|rule| rule.then != Action::Ignore)
    }
}

fn verdict<'r>(
    rules: &'r RuleSet,
    signal: &Signal,
    info: &Info,
    kind: hazard::Kind,
) -> Verdict<'r> {
    let facts = Facts::new(&signal.alert, info, kind);
    let mut failure = None;
    for rule in rules.rules.iter() {
        match rule.when.holds(&facts) {
            Ok(true) => return Verdict { rule: Some(rule), failure },
            Ok(false) => {}
            Err(error) => {
                let why = format!("rule `{}` could not be evaluated: {error}", rule.name);
                failure = failure.or(Some((rule.name.as_str(), why)));
            }
        }
    }
    Verdict { rule: None, failure }
}

/// What a person decided about the messages before this one, which a rule does not overrule.
fn decided_by_person<'a>(heritage: &Heritage<'a>) -> Option<(&'a Incident, String)> {
    if let Some(incident) = heritage.detached {
        let Incident { number, name, .. } = incident;
        let what = "a person took the message that it updates from incident";
        return Some((incident, format!("{what} {number} {name}")));
    }
    heritage.closed.map(|incident| {
        let Incident { number, name, .. } = incident;
        let what = "the message that it updates belongs to incident";
        (incident, format!("{what} {number} {name}, which is closed; reopen it if it goes on"))
    })
}

fn attach(
    scene: &Scene<'_>,
    rule: &Rule,
    action: Action,
    found: &Match<'_>,
    note: &str,
) -> Vec<Event> {
    let (signal, incident) = (scene.signal, found.incident);
    let reason = shortened(&format!("{}{note}", found.reason), REASON_CHARS_MAX);
    let mut events: Vec<Event> = vec![
        Attached {
            signal: signal.id,
            incident: incident.id,
            rule: Some(rule.name.clone()),
            reason,
        }
        .into(),
    ];
    if action == Action::Update && !is_hand_drawn(scene.world, incident) {
        let perimeter = outline::perimeter_of(signal);
        if perimeter.is_some() && perimeter != incident.location.perimeter {
            let location = Location { perimeter, ..incident.location.clone() };
            let reason = Some(format!("it follows message {}", signal.alert.key.identifier));
            events.push(Located { incident: incident.id, location, reason }.into());
        }
    }
    events
}

/// Whether the incident's perimeter is no message's area, so that a person must have drawn it.
fn is_hand_drawn(world: &World, incident: &Incident) -> bool {
    let Some(perimeter) = &incident.location.perimeter else { return false };
    // What others put to it privately is theirs to know of.
    let signals = world.signals_of(incident.id).filter(|signal| incident.is_beside(signal.owner));
    let mut signals: Vec<_> = signals.collect();
    signals.reverse();
    let mut areas = signals.into_iter().take(PERIMETERS_MAX).map(|s| outline::perimeter_of(s));
    !areas.any(|area| area.as_ref() == Some(perimeter))
}

fn open(
    scene: &Scene<'_>,
    rule: &Rule,
    info: &Info,
    context: &Context<'_>,
    note: &str,
) -> Vec<Event> {
    let (world, signal, plan) = (scene.world, scene.signal, &rule.incident);
    let incident = context.ids.next();
    let complexity = plan.complexity.as_ref().map(|(level, reason)| Complexity {
        level: *level,
        by: format!("rule `{}`", rule.name),
        reason: reason.clone(),
    });
    let lead = plan.lead.as_ref().and_then(|lead| lead_of(world, lead, signal));
    // A private message opens a private incident.
    let lead = lead.filter(|lead| signal.is_public() || Some(*lead) == signal.owner);
    let opened = Opened {
        incident,
        number: world.next_incident_number(lead.or(signal.owner), context.now),
        name: name(plan, signal, info, scene.kind),
        kind: scene.kind,
        status: plan.status,
        location: outline::location_of(signal),
        complexity,
        lead,
        opened_for: signal.owner,
        parent: None,
        exercise: signal.exercise,
        rule: Some(rule.name.clone()),
    };
    let reason = format!("rule `{}` opened the incident from this message{note}", rule.name);
    let reason = shortened(&reason, REASON_CHARS_MAX);
    let attached = Attached { signal: signal.id, incident, rule: Some(rule.name.clone()), reason };
    vec![opened.into(), attached.into()]
}

/// The incident's name: the rule's template with the message's words. Without an area, what stands
/// around its place goes too.
fn name(plan: &Plan, signal: &Signal, info: &Info, kind: hazard::Kind) -> String {
    let event = if info.event.trim().is_empty() { kind.name() } else { info.event.trim() };
    let headline = info.headline.as_deref().unwrap_or(event);
    let sender = info.sender_name.as_deref().unwrap_or(&signal.alert.key.sender);
    let words = [
        ("{event}", event),
        ("{area}", &outline::place_name(signal)),
        ("{headline}", headline),
        ("{sender}", sender),
    ];
    let filled = fill(&plan.name, &words);
    let filled = filled.trim_matches([' ', ',', ':', '-', '–', '(', ')']);
    shortened(if filled.is_empty() { kind.name() } else { filled }, NAME_CHARS_MAX)
}

/// Puts words into their places, in one pass, so that a sender's braces stay what they are.
fn fill(template: &str, words: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some(character) = rest.chars().next() {
        let place = words.iter().find_map(|(place, word)| Some((rest.strip_prefix(place)?, word)));
        if let Some((after, word)) = place {
            filled.push_str(word);
            rest = after;
        } else {
            filled.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or("");
        }
    }
    filled
}

fn lead_of(world: &World, lead: &Lead, signal: &Signal) -> Option<Id<Organization>> {
    match lead {
        Lead::Code(code) => world.organization_by_code(code).map(|organization| organization.id),
        Lead::ByJurisdiction(kinds) => {
            let middle = signal.point()?;
            let middle = geo::Point::new(middle.lon, middle.lat);
            world
                .organizations()
                .filter(|organization| kinds.contains(&organization.profile.kind))
                .filter_map(|organization| {
                    let jurisdiction = organization.profile.jurisdiction.as_ref()?.to_geo();
                    let holds = jurisdiction.contains(&middle);
                    holds.then(|| (jurisdiction.unsigned_area(), organization.id))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
                .map(|(_, id)| id)
        }
    }
}
