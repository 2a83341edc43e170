//! `muster forget`.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use muster::config::Flags;
use muster::domain::Id;
use muster::domain::Principal;
use muster::domain::person::{Forget as ForgetPerson, Person};
use muster::hub::{Clock, Hub};

/// Destroys the key of a person's contact data, for good.
///
/// The sealed data stays in the log and can never be read again; the log still verifies. Backups
/// of the vault hold the key until they expire: see the operator's guide.
#[derive(Args)]
pub(crate) struct Forget {
    /// The id of the person.
    person: Id<Person>,
}

impl Forget {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let store = super::open_existing_store(flags).await?;
        let running = Hub::start(Arc::clone(&store), Clock::system()).await?;
        let known = running.hub.picture().world.person(self.person).is_some();
        anyhow::ensure!(known, "there is no person {}; nothing was destroyed", self.person);
        // The key goes first: if the rest fails, the person is forgotten all the same.
        store.forget(self.person.uuid()).await?;
        let command = ForgetPerson { person: self.person };
        let principal = Arc::new(Principal::hub());
        running.hub.submit(&principal, command, None, "muster forget".to_owned()).await?;
        running.stop().await;
        println!("the key of person {} is destroyed", self.person);
        Ok(ExitCode::SUCCESS)
    }
}
