//! When tokens and sessions were used last: kept in memory, and beside the log now and then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::World;
use crate::log::{LogError, Store};

/// When tokens and sessions were used last.
#[derive(Debug, Default)]
pub(super) struct Uses(Mutex<HashMap<Uuid, Use>>);

#[derive(Clone, Copy, Debug)]
struct Use {
    at: Timestamp,
    /// Whether the store does not know it yet.
    new: bool,
}

impl Uses {
    /// When it was used last, as far as this node knows.
    pub(super) fn last(&self, credential: Uuid) -> Option<Timestamp> {
        let uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        uses.get(&credential).map(|used| used.at)
    }

    /// Notes that it is used.
    pub(super) fn note(&self, credential: Uuid, at: Timestamp) {
        let mut uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        uses.insert(credential, Use { at, new: true });
    }

    /// Saves what is new, learns what other nodes saw, and forgets what is no more.
    pub(super) async fn exchange(&self, store: &dyn Store, world: &World) -> Result<(), LogError> {
        let new = self.take_new();
        if let Err(error) = store.note_uses(&new).await {
            // Noted again, so that the next time brings it.
            new.into_iter().for_each(|(credential, at)| self.note(credential, at));
            return Err(error);
        }
        let known = store.last_uses().await?;
        let lives =
            |id: Uuid| world.session(id_of(id)).is_some() || world.token(id_of(id)).is_some();
        let gone: Vec<Uuid> = known.iter().map(|(id, _)| *id).filter(|id| !lives(*id)).collect();
        if !gone.is_empty() {
            store.forget_uses(&gone).await?;
        }
        let mut uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (credential, at) in known {
            let used = uses.entry(credential).or_insert(Use { at, new: false });
            used.at = used.at.max(at);
        }
        uses.retain(|id, _| lives(*id));
        Ok(())
    }

    fn take_new(&self) -> Vec<(Uuid, Timestamp)> {
        let mut uses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = |(credential, used): (&Uuid, &mut Use)| {
            std::mem::take(&mut used.new).then_some((*credential, used.at))
        };
        uses.iter_mut().filter_map(taken).collect()
    }
}

fn id_of<T>(id: Uuid) -> crate::domain::Id<T> {
    crate::domain::Id::new(id)
}
