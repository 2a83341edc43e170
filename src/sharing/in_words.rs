//! Agreements in plain language: what a duty officer reads before signing.
//!
//! A sentence is made from the same term that is compiled to Cedar, every part of it, so that
//! nothing is agreed which was not said.

use super::{Seen, View};
use crate::domain::agreement::{
    Agreement, Group, Incidents, PlacePrecision, Shareable, Term, TimePrecision,
};
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::{Id, hazard};

/// Incidents that a sentence names by their numbers; more are counted.
const NUMBERS_MAX: usize = 5;

impl Seen<Agreement> {
    /// The terms, a sentence each.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        self.text().terms.iter().map(|term| self.view().term_in_words(term)).collect()
    }
}

impl View {
    fn term_in_words(&self, term: &Term) -> String {
        let names = |ids: &[Id<Organization>]| {
            let names = ids.iter().filter_map(|id| self.organization(*id));
            and(&names.map(|organization| organization.name().to_owned()).collect::<Vec<_>>())
        };
        let (shows, whose) =
            if term.gives.len() == 1 { ("shows", "its") } else { ("show", "their") };
        let area = term.area.as_ref().map_or("", |_| " in the area drawn in the agreement");
        let groups: Vec<_> = Group::ALL.into_iter().filter(|g| term.groups.contains(g)).collect();
        let groups = groups.into_iter().map(|group| group_in_words(group, term));
        let mut sentence = format!(
            "{} {shows} {} {whose} {}{}{area}, marked {} at the most: {}",
            names(&term.gives),
            names(&term.receives),
            records_in_words(term),
            self.incidents_in_words(term),
            term.up_to.label(),
            and(&groups.collect::<Vec<_>>()),
        );
        if term.passes_on {
            sentence.push_str("; likewise what others gave and let be passed on");
        }
        if term.tells_withheld {
            sentence.push_str("; what is withheld is named as withheld");
        }
        sentence.push_str(if term.onward { "; it may be passed on." } else { "; not passed on." });
        sentence
    }

    fn incidents_in_words(&self, term: &Term) -> String {
        let belong =
            if term.records == [Shareable::Incident] { "" } else { " that belong to incidents" };
        match &term.incidents {
            Incidents::All => String::new(),
            Incidents::Kinds(kinds) => {
                let name = |kind: &hazard::Kind| kind.name().to_lowercase();
                let kinds: Vec<_> = kinds.iter().map(name).collect();
                let of = if kinds.len() == 1 { "of the kind" } else { "of the kinds" };
                format!("{belong} {of} {}", and(&kinds))
            }
            Incidents::These(ids) => format!("{belong}, {} alone", self.numbers_of(ids)),
        }
    }

    /// Their numbers, where the viewer may see all of them; else how many there are.
    fn numbers_of(&self, ids: &[Id<Incident>]) -> String {
        let numbers = ids.iter().map(|id| Some(self.incident(*id)?.number().to_owned()));
        match numbers.take(NUMBERS_MAX + 1).collect::<Option<Vec<_>>>() {
            Some(numbers) if numbers.len() <= NUMBERS_MAX => and(&numbers),
            Some(_) | None if ids.len() == 1 => "one that is named in the agreement".to_owned(),
            Some(_) | None => format!("{} that are named in the agreement", ids.len()),
        }
    }
}

fn records_in_words(term: &Term) -> String {
    let word = |kind: &Shareable| match kind {
        Shareable::Incident => "incidents",
        Shareable::Signal => "signals",
        Shareable::Note => "journal notes",
        Shareable::Person => "persons",
        Shareable::Plan => "operational periods with their plans",
        Shareable::Structure => "command structures",
        Shareable::Post => "posts",
        Shareable::Qualification => "qualifications",
        Shareable::Resource => "resources",
        Shareable::Request => "resource requests",
    };
    let records = and(&term.records.iter().map(|kind| word(kind).to_owned()).collect::<Vec<_>>());
    match term.exercise {
        None => format!("real and exercise {records}"),
        Some(true) => format!("exercise {records}"),
        Some(false) => format!("real {records}"),
    }
}

fn group_in_words(group: Group, term: &Term) -> String {
    let words = match group {
        Group::Identity => "what it is",
        Group::Status => "where it stands",
        Group::Assessment => "how bad it is judged to be",
        Group::Place => match term.place {
            PlacePrecision::Exact => "the exact place",
            PlacePrecision::Street => "the place to 100 m",
            PlacePrecision::Kilometre => "the place to 1 km",
            PlacePrecision::County => "the place to 50 km",
        },
        Group::Command => "who leads",
        Group::Links => "what it is connected with",
        Group::Content => "the words",
        Group::Source => "where it came from",
        Group::History => match term.time {
            TimePrecision::Exact => "the exact times",
            TimePrecision::Minute => "the times to the minute",
            TimePrecision::Hour => "the times to the hour",
            TimePrecision::Day => "the times to the day",
        },
    };
    words.to_owned()
}

/// A list as a sentence has it: `a, b and c`.
fn and(items: &[String]) -> String {
    match items {
        [] => "nobody that you may see".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
