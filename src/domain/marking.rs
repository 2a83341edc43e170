//! Markings: how far a record may go, by the Traffic Light Protocol 2.0 (FIRST).
//!
//! A marking is an upper bound. It shows nothing to anybody by itself, and no agreement widens it:
//! what is marked AMBER+STRICT stays inside its organization whatever was signed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::limits::{self, REASON_CHARS_MAX};
use super::record::RecordRef;
use super::refusal::Refusal;
use super::sentence::sentence;
use super::world::World;

/// How far a record may go (TLP 2.0), the freest first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Tlp {
    /// No limit on disclosure. It still takes an agreement to show it.
    Clear,
    /// Within the community: the organizations of this hub. What carries no marking counts as this.
    #[default]
    Green,
    /// Within the organizations that it was given to: it is not passed on.
    Amber,
    /// Within the organization alone.
    AmberStrict,
    /// For the eyes and ears of the person who marked it.
    Red,
}

impl Tlp {
    /// Every marking, the freest first.
    pub const ALL: [Self; 5] =
        [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The label as TLP 2.0 writes it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

/// The marking of a record, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marking {
    /// How far the record may go.
    pub tlp: Tlp,
    /// The principal who marked it; what is marked RED is shown to this one alone.
    pub by: String,
}

impl Marking {
    /// How far a record goes that has this marking, or none.
    #[must_use]
    pub fn reach(marking: Option<&Self>) -> Tlp {
        marking.map_or_else(Tlp::default, |marking| marking.tlp)
    }
}

/// Marks an incident, a signal or a note.
#[derive(Clone, Debug, Serialize)]
pub struct Mark {
    /// The record.
    pub record: RecordRef,
    /// How far it may go from now on.
    pub tlp: Tlp,
    /// Why.
    pub reason: String,
}

/// A record was marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// The record.
    #[serde(flatten)]
    pub record: RecordRef,
    /// How far it may go.
    pub tlp: Tlp,
    /// Why.
    pub reason: String,
}

impl Decide for Mark {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { record, tlp, .. } = *self;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let current = match record {
            RecordRef::Incident(id) => {
                let incident = world.known_incident(id)?;
                // Many people work on an incident; one that a single person sees helps nobody.
                if tlp == Tlp::Red {
                    return Err(Refusal::MarkingTooNarrow { number: incident.number.clone() });
                }
                if tlp == Tlp::AmberStrict {
                    world.check_commanders_own(incident)?;
                }
                &incident.marking
            }
            RecordRef::Signal(id) => {
                let signal = world.known_signal(id)?;
                if signal.is_public() {
                    return Err(Refusal::SignalPublic(id));
                }
                &signal.marking
            }
            RecordRef::Note(id) => &world.note(id).ok_or(Refusal::NoteUnknown(id))?.marking,
            RecordRef::Organization(_)
            | RecordRef::Person(_)
            | RecordRef::Agreement(_)
            | RecordRef::BreakGlass(_)
            | RecordRef::Policies(_)
            | RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_)
            | RecordRef::Period(_)
            | RecordRef::Structure(_)
            | RecordRef::Post(_)
            | RecordRef::Qualification(_)
            | RecordRef::Resource(_)
            | RecordRef::ResourceDefinitions
            | RecordRef::ResourceRequest(_)
            | RecordRef::Offer(_)
            | RecordRef::Message(_)
            | RecordRef::Group(_)
            | RecordRef::Schedule(_)
            | RecordRef::Rules => return Err(Refusal::MarkingNotPossible),
        };
        let same = |marking: &Marking| marking.tlp == tlp && marking.by == context.by.principal;
        if current.as_ref().is_some_and(same) {
            return Ok(Decision::unchanged(record));
        }
        Ok(Decision::one(record, Marked { record, tlp, reason }))
    }
}

impl Apply for Marked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let marking = Marking { tlp: self.tlp, by: stamp.by.principal.clone() };
        match self.record {
            RecordRef::Incident(id) => {
                let Some(incident) = world.change_incident(id, stamp) else { return };
                incident.marking = Some(marking);
                let said = sentence!("INCIDENT_MARKED", "marked {tlp}", tlp = self.tlp.label());
                world.chronicle(id, stamp, said.because(Some(&self.reason)), &[]);
            }
            RecordRef::Signal(id) => {
                let Some(signal) = world.change_signal(id, stamp) else { return };
                signal.marking = Some(marking);
                world.note_personal(stamp, self.tlp);
            }
            RecordRef::Note(id) => {
                let Some(note) = world.notes.get_mut(&id) else { return };
                let note = Arc::make_mut(note);
                note.marking = Some(marking);
                note.revision.touch(stamp);
                world.note_personal(stamp, self.tlp);
            }
            _ => {}
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![self.record]
    }
}

impl World {
    /// Remembers that this principal is shown what others of the same organization are not.
    pub(in crate::domain) fn note_personal(&mut self, stamp: &Stamp<'_>, tlp: Tlp) {
        if tlp == Tlp::Red {
            self.personal.insert(stamp.by.principal.clone());
        }
    }

    /// Whether a principal may be shown something that the rest of the organization is not: what
    /// they marked RED, or what they broke the glass for.
    #[must_use]
    pub fn is_personal(&self, principal: &str) -> bool {
        self.personal.contains(principal)
    }

    /// How many principals may be shown what the rest of their organization is not; it only grows.
    #[must_use]
    pub fn personal_principals(&self) -> usize {
        self.personal.len()
    }
}
