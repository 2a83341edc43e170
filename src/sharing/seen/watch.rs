//! What stands out on an incident as a viewer sees it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Seen;
use crate::domain::RecordRef;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::watch::{Item, Level};

impl Seen<Item> {
    /// The name of the watchdog for programs.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.record.code
    }

    /// How much it presses.
    #[must_use]
    pub fn level(&self) -> Level {
        self.record.level
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> RecordRef {
        self.record.record
    }

    /// Whom it is about, if the viewer may see them.
    #[must_use]
    pub fn person(&self) -> Option<Seen<Person>> {
        self.record.person.and_then(|id| self.view.person(id))
    }

    /// The organization that has to do something.
    #[must_use]
    pub fn owner(&self) -> Option<Seen<Organization>> {
        self.record.owner.and_then(|id| self.view.organization(id))
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn sentence(&self) -> &str {
        &self.record.sentence
    }

    /// The values that stand in the sentence, by their names.
    #[must_use]
    pub fn values(&self) -> &BTreeMap<String, String> {
        &self.record.values
    }

    /// Since when, as exactly as times are shown.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.time(self.record.since)
    }

    /// All that is shown of it, to be compared.
    pub(in crate::sharing) fn looks(&self) -> impl PartialEq + use<> {
        let person = self.person().map(|person| person.id());
        let says = (self.code().to_owned(), self.sentence().to_owned(), self.values().clone());
        (says, self.about(), person, self.since())
    }
}
