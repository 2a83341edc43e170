//! The journal: what people wrote down, in order, never changed (ICS 214).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::incident::Incident;
use super::limits::{self, NOTE_CHARS_MAX};
use super::marking::{Marking, Tlp};
use super::organization::Organization;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::world::World;

/// A note in the journal of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: Id<Note>,
    /// The incident it belongs to.
    pub incident: Id<Incident>,
    /// What was written.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// The organization they wrote it for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// The note that this one puts right; that one stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Id<Note>>,
    /// How far it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
    /// When it was written.
    pub revision: Revision,
}

/// Writes a note.
#[derive(Clone, Debug, Serialize)]
pub struct Write {
    /// The incident it belongs to; a closed one may still be written about.
    pub incident: Id<Incident>,
    /// What is to be kept.
    pub text: String,
    /// The note that this one puts right.
    pub corrects: Option<Id<Note>>,
    /// How far it may go; as far as the incident when absent.
    pub tlp: Option<Tlp>,
}

/// A note was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// The new note.
    pub note: Id<Note>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// What was written.
    pub text: String,
    /// The note that it puts right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Id<Note>>,
    /// How far it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tlp: Option<Tlp>,
}

impl Decide for Write {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { incident, corrects, tlp, .. } = *self;
        let text = limits::text("text", &self.text, NOTE_CHARS_MAX)?;
        world.known_incident(incident)?;
        if let Some(id) = corrects {
            let corrected = world.note(id).filter(|n| n.incident == incident);
            let corrected = corrected.ok_or(Refusal::NoteUnknown(id))?;
            if corrected.organization != context.by.organization {
                return Err(Refusal::NoteOfOthers);
            }
        }
        let note = context.ids.next();
        Ok(Decision::one(RecordRef::Note(note), Written { note, incident, text, corrects, tlp }))
    }
}

impl Apply for Written {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_note(Arc::new(Note {
            id: self.note,
            incident: self.incident,
            text: self.text.clone(),
            author: stamp.by.principal.clone(),
            organization: stamp.by.organization,
            corrects: self.corrects,
            marking: self.tlp.map(|tlp| Marking { tlp, by: stamp.by.principal.clone() }),
            revision: Revision::new(stamp),
        }));
        world.note_personal(stamp, self.tlp.unwrap_or_default());
        world.change_incident(self.incident, stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Note(self.note), RecordRef::Incident(self.incident)]
    }
}

impl World {
    pub(in crate::domain) fn insert_note(&mut self, note: Arc<Note>) {
        self.incident_notes.insert((note.incident, note.id));
        self.notes.insert(note.id, note);
    }
}
