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
use super::resource::{Resource, ResourceRefusal};
use super::structure::{Post, StructureRefusal};
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
    /// Whose log it stands in, where it is not the incident's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_of: Option<LogOf>,
    /// The note that this one puts right; that one stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Id<Note>>,
    /// How far it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
    /// When it was written.
    pub revision: Revision,
}

/// Whose activity log a note stands in (ICS 214, blocks 3 and 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogOf {
    /// Of a position, whoever holds it.
    Post(Id<Post>),
    /// Of a resource.
    Resource(Id<Resource>),
}

/// Writes a note.
#[derive(Clone, Debug, Serialize)]
pub struct Write {
    /// The incident it belongs to; a closed one may still be written about.
    pub incident: Id<Incident>,
    /// What is to be kept.
    pub text: String,
    /// Whose log it stands in, where it is not the incident's alone.
    pub log_of: Option<LogOf>,
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
    /// Whose log it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_of: Option<LogOf>,
    /// The note that it puts right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Id<Note>>,
    /// How far it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tlp: Option<Tlp>,
}

impl Decide for Write {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { incident, log_of, corrects, tlp, .. } = *self;
        let text = limits::text("text", &self.text, NOTE_CHARS_MAX)?;
        world.known_incident(incident)?;
        if let Some(log_of) = log_of {
            world.check_log_of(incident, log_of)?;
        }
        if let Some(id) = corrects {
            let corrected = world.note(id).filter(|n| n.incident == incident);
            let corrected = corrected.ok_or(Refusal::NoteUnknown(id))?;
            if corrected.organization != context.by.organization {
                return Err(Refusal::NoteOfOthers);
            }
        }
        let note = context.ids.next();
        let written = Written { note, incident, text, log_of, corrects, tlp };
        Ok(Decision::one(RecordRef::Note(note), written))
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
            log_of: self.log_of,
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
    /// Checks that a log belongs to the incident; what was there and is gone may still be written
    /// about.
    fn check_log_of(&self, incident: Id<Incident>, log_of: LogOf) -> Result<(), Refusal> {
        match log_of {
            LogOf::Post(id) => {
                let structure = self.structure_of(incident).map(|structure| structure.id);
                let post = self.post(id).filter(|post| Some(post.structure) == structure);
                post.map(drop).ok_or(StructureRefusal::PostUnknown(id).into())
            }
            LogOf::Resource(id) => {
                let known = self.resource(id).ok_or(ResourceRefusal::Unknown(id))?;
                match known.commitments.iter().any(|commitment| commitment.incident == incident) {
                    true => Ok(()),
                    false => Err(self.not_committed(id, incident)),
                }
            }
        }
    }

    pub(in crate::domain) fn insert_note(&mut self, note: Arc<Note>) {
        self.incident_notes.insert((note.incident, note.id));
        self.notes.insert(note.id, note);
    }
}
