//! What makes a file a scenario that can be played. All mistakes are found, each with its line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::ask::Meaning;
use super::cast::Cue;
use super::file::{Action, AlertText, Offset, Outline, Place, Scenario, Step};
use crate::domain::place;

/// Bytes of a scenario file.
pub const FILE_BYTES_MAX: usize = 512 * 1024;
/// Organizations in a scenario.
pub const ORGANIZATIONS_MAX: usize = 50;
/// Agreements in a scenario.
pub const AGREEMENTS_MAX: usize = 50;
/// Persons in a scenario.
pub const PERSONS_MAX: usize = 500;
/// Resources in a scenario.
pub const RESOURCES_MAX: usize = 1_000;
/// Steps in a scenario.
pub const STEPS_MAX: usize = 2_000;
/// The longest that an alert counts, in hours.
pub const EXPIRES_IN_HOURS_MAX: i64 = 72;

/// Something in a scenario file that is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1; 0 when it is about the file as a whole.
    pub line: u64,
    /// What is wrong and what to do.
    pub message: String,
}

/// Everything that is not right in a scenario file, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}line {}: {}", mistake.line, mistake.message)?;
        }
        Ok(())
    }
}

/// What a step makes, to which later ones can refer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Makes {
    Alert,
    Incident,
    /// What the commands make that the file has no words for.
    Other,
}

impl Makes {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "an alert",
            Self::Incident => "an incident",
            Self::Other => "something else",
        }
    }
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// All [`Mistakes`]; only the first when the file is not YAML of the right shape.
    pub fn parse(text: &str) -> Result<Self, Mistakes> {
        if text.len() > FILE_BYTES_MAX {
            let message =
                format!("the file has {} bytes and may have {FILE_BYTES_MAX}", text.len());
            return Err(Mistakes(vec![Mistake { line: 0, message }]));
        }
        let scenario: Self = serde_saphyr::from_str(text)
            .map_err(|error| Mistakes(vec![unreadable(error.without_snippet())]))?;
        let mistakes = scenario.mistakes();
        if mistakes.is_empty() { Ok(scenario) } else { Err(Mistakes(mistakes)) }
    }

    /// The organization with this code.
    pub(super) fn participant(&self, code: &str) -> Option<&super::file::Participant> {
        self.organizations.iter().map(|spanned| &spanned.value).find(|p| p.code == code)
    }

    fn mistakes(&self) -> Vec<Mistake> {
        let cues = self.cues();
        let mut check = Check { scenario: self, made: BTreeMap::new(), line: 0, found: Vec::new() };
        check.at_most("organizations", self.organizations.len(), ORGANIZATIONS_MAX);
        check.at_most("agreements", self.agreements.len(), AGREEMENTS_MAX);
        check.at_most("persons", self.persons.len(), PERSONS_MAX);
        check.at_most("resources", self.resources.len(), RESOURCES_MAX);
        check.at_most("timeline", self.timeline.len(), STEPS_MAX);
        check.organizations();
        check.found.extend(self.mistakes_of_agreements());
        check.cues(&cues);
        check.found
    }
}

/// The first place where a file is not YAML of the right shape.
fn unreadable(error: &serde_saphyr::Error) -> Mistake {
    let line = error.location().map_or(0, |location| location.line());
    // The message ends with its place, which stands in front of it here.
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(before, _)| before);
    Mistake { line, message: message.to_owned() }
}

/// A walk through a scenario, and what it has met so far.
struct Check<'a> {
    scenario: &'a Scenario,
    made: BTreeMap<&'a str, Makes>,
    line: u64,
    found: Vec<Mistake>,
}

impl<'a> Check<'a> {
    fn mistake(&mut self, message: String) {
        self.found.push(Mistake { line: self.line, message });
    }

    fn at_most(&mut self, field: &str, count: usize, count_max: usize) {
        if count > count_max {
            self.mistake(format!("`{field}` has {count} entries and may have {count_max}"));
        }
    }

    fn organizations(&mut self) {
        let (mut codes, mut logins) = (BTreeSet::new(), BTreeSet::new());
        for spanned in &self.scenario.organizations {
            self.line = spanned.referenced.line();
            let participant = &spanned.value;
            if !codes.insert(&participant.code) {
                self.mistake(format!("the code `{}` stands twice", participant.code));
            }
            if !logins.insert(&participant.login) {
                self.mistake(format!("the log-in `{}` stands twice", participant.login));
            }
            self.outline("jurisdiction", participant.jurisdiction.as_ref());
        }
    }

    fn cues(&mut self, cues: &'a [Cue]) {
        let mut before = Offset(SignedDuration::ZERO);
        for Cue { line, step } in cues {
            self.line = *line;
            if step.at < before {
                self.mistake(format!("{} is earlier than the step before, {before}", step.at));
            }
            before = step.at;
            self.known_organization(&step.by);
            match (&step.action, &step.ask) {
                (Some(action), None) => self.action(action),
                (None, Some(ask)) => {
                    let wrong = ask.command(&Names(self)).err().unwrap_or_default();
                    wrong.into_iter().for_each(|message| self.mistake(message));
                }
                _ => self.mistake("a step has either `do` or `ask`".to_owned()),
            }
            self.made_by(step);
        }
    }

    /// Notes what later steps may refer to.
    fn made_by(&mut self, step: &'a Step) {
        let (makes, needs_id) = match &step.action {
            Some(Action::Alert(_)) => (Makes::Alert, true),
            Some(Action::OpenIncident(_)) => (Makes::Incident, true),
            None => (Makes::Other, false),
            Some(_) if step.id.is_some() => {
                return self.mistake(
                    "only steps that send an alert, open an incident or ask for something need an \
                     `id`"
                        .to_owned(),
                );
            }
            Some(_) => return,
        };
        match step.id.as_deref() {
            None if needs_id => {
                self.mistake(format!("a step that makes {} needs an `id`", makes.as_str()));
            }
            None => {}
            Some(id) if self.scenario.participant(id).is_some() => {
                self.mistake(format!("the id `{id}` is the code of an organization"));
            }
            Some(id) if self.made.insert(id, makes).is_some() => {
                self.mistake(format!("the id `{id}` stands twice"));
            }
            Some(_) => {}
        }
    }

    fn action(&mut self, action: &Action) {
        match action {
            Action::Alert(text) => self.alert(text),
            Action::OpenIncident(opening) => {
                opening.alert.iter().for_each(|id| self.made_before(id, Makes::Alert));
                opening.parent.iter().for_each(|id| self.made_before(id, Makes::Incident));
                self.place(&opening.place);
            }
            Action::Locate { incident, place } => {
                self.made_before(incident, Makes::Incident);
                self.place(place);
            }
            Action::ChangeLead { incident, lead, .. } => {
                self.made_before(incident, Makes::Incident);
                self.known_organization(lead);
            }
            Action::Merge { incident, into, .. } => {
                self.made_before(incident, Makes::Incident);
                self.made_before(into, Makes::Incident);
            }
            Action::SetParent { incident, parent } => {
                self.made_before(incident, Makes::Incident);
                parent.iter().for_each(|id| self.made_before(id, Makes::Incident));
            }
            Action::Attach { alert, incident, .. } | Action::Detach { alert, incident, .. } => {
                self.made_before(alert, Makes::Alert);
                self.made_before(incident, Makes::Incident);
            }
            Action::ChangeStatus { incident, .. }
            | Action::Reopen { incident, .. }
            | Action::AssessComplexity { incident, .. }
            | Action::Note { incident, .. } => self.made_before(incident, Makes::Incident),
        }
    }

    fn alert(&mut self, text: &AlertText) {
        text.references.iter().for_each(|id| self.made_before(id, Makes::Alert));
        text.areas.iter().for_each(|area| self.outline("outline", area.outline.as_ref()));
        let hours = text.expires_in.as_hours();
        if !text.expires_in.is_positive() || hours > EXPIRES_IN_HOURS_MAX {
            self.mistake(format!(
                "`expires-in` must be more than nothing and at most {EXPIRES_IN_HOURS_MAX}h"
            ));
        }
    }

    fn place(&mut self, place: &Place) {
        self.outline("outline", place.outline.as_ref());
    }

    fn outline(&mut self, field: &'static str, outline: Option<&Outline>) {
        let Some(outline) = outline else { return };
        let area = muster_contract::MultiPolygon { polygons: vec![outline.to_polygon()] };
        if let Err(refusal) = place::check_area(field, &area) {
            self.mistake(refusal.to_string());
        }
    }

    fn known_organization(&mut self, code: &str) {
        if self.scenario.participant(code).is_none() {
            self.mistake(format!("`{code}` is not the code of an organization in this file"));
        }
    }

    fn made_before(&mut self, id: &str, makes: Makes) {
        if self.made.get(id) != Some(&makes) {
            let what = makes.as_str();
            self.mistake(format!("`{id}` is not the id of an earlier step that makes {what}"));
        }
    }
}

/// What texts may stand for, before anything was made: the same for all that can be referred to.
struct Names<'a, 'b>(&'b Check<'a>);

impl Meaning for Names<'_, '_> {
    fn id(&self, name: &str) -> Option<String> {
        let known = self.0.made.contains_key(name) || self.0.scenario.participant(name).is_some();
        known.then(|| uuid::Uuid::nil().to_string())
    }

    fn moment(&self, offset: Offset) -> Timestamp {
        Timestamp::UNIX_EPOCH.saturating_add(offset.0).unwrap_or(Timestamp::MAX)
    }

    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let text = "\
title: Test
description: Mistakes
center: [-93.1, 44.3]
organizations:
  - { code: A, name: Alpha, kind: fire, login: ann }
  - { code: A, name: Aleph, kind: fire, login: abe, jurisdiction: [[0, 0], [1, 1]] }
timeline:
  - at: T+00:10:00
    by: B
    do: { note: { incident: mill-street, text: Smoke } }
  - at: T+00:05:00
    by: A
    do: { open-incident: { name: Mill Street, kind: fire, place: { name: Mill St } } }
";
        let mistakes = Scenario::parse(text).unwrap_err();
        insta::assert_snapshot!(mistakes, @r"
        line 6: the code `A` stands twice
        line 6: `jurisdiction` is not a usable place: each ring needs at least 4 positions, the last equal to the first
        line 8: `B` is not the code of an organization in this file
        line 8: `mill-street` is not the id of an earlier step that makes an incident
        line 11: T+00:05:00 is earlier than the step before, T+00:10:00
        line 11: a step that makes an incident needs an `id`
        ");
    }

    #[test]
    fn mistakes_in_agreements_are_named_with_key_and_line() {
        let text = "\
title: Test
description: Mistakes
center: [-93.1, 44.3]
organizations:
  - { code: A, name: Alpha, kind: fire, login: ann }
  - { code: B, name: Beta, kind: ems, login: bob }
  - { code: C, name: Gamma, kind: ngo, login: cat }
agreements:
  - title: One
    purpose: Nobody knows these
    parties: [A, X]
    terms:
      - { gives: [Y], receives: [A], records: [incident], groups: [identity] }
  - title: Two
    purpose: Shows what cannot be shown
    parties: [A, B]
    terms:
      - { gives: [A], receives: [B], records: [incident], groups: [place] }
      - { gives: [A], receives: [C], records: [note], groups: [identity] }
      - { gives: [A], receives: [B], records: [], groups: [identity] }
  - { title: \"\", purpose: Nothing, parties: [A, B], terms: [] }
timeline: []
";
        let mistakes = Scenario::parse(text).unwrap_err();
        insta::assert_snapshot!(mistakes, @r"
        line 9: `parties`: `X` is not the code of an organization in this file
        line 13: `gives`: `Y` is not the code of an organization in this file
        line 18: `terms`: the agreement cannot be proposed: a term shows fields without `identity`; a record cannot be shown without
        line 19: `terms`: the agreement cannot be proposed: a term names an organization that is not a party; add it to the parties
        line 20: `terms`: the agreement cannot be proposed: a term names no records or no groups of fields, so it shows nothing
        line 21: `agreements`: `title` is empty; write at least one word
        ");
        let one = text.replace("groups: [place]", "groups: [places]");
        insta::assert_snapshot!(Scenario::parse(&one).unwrap_err(), @"line 18: unknown variant `places`, expected one of identity, status, assessment, place, command, links, content, source, history");
    }

    #[test]
    fn an_unknown_key_is_a_mistake() {
        let text = "title: Test\ndescription: d\ncentre: [0, 0]\norganizations: []\ntimeline: []\n";
        insta::assert_snapshot!(Scenario::parse(text).unwrap_err(), @"line 3: unknown field `centre`, expected one of title, description, center, organizations, agreements, persons, resources, timeline");
    }
}
