//! `muster export`.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use muster::config::Flags;
use muster::domain::limits::READINGS_MAX;
use muster::domain::reading::{Reading, Record, Way};
use muster::domain::{Principal, RecordRef};
use muster::hub::{Clock, Hub};
use muster::log::Store;
use muster::log::{Seq, export};

/// Writes the log to standard output as JSON Lines, one entry a line, hashes included.
///
/// That it was exported is recorded first, and stands in the export itself: every organization
/// finds it in its list of readings.
///
/// Example: muster export --after 1200 > log.jsonl
#[derive(Args)]
pub(crate) struct Export {
    /// Only the entries after this number.
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    after: u64,
}

impl Export {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let store = super::open_existing_store(flags).await?;
        record(Arc::clone(&store)).await?;
        let mut out = tokio::io::BufWriter::new(tokio::io::stdout());
        export::export(store.as_ref(), Seq(self.after), &mut out).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Records for every organization that all of its records were copied.
async fn record(store: Arc<dyn Store>) -> anyhow::Result<()> {
    let running = Hub::start(store, Clock::system()).await?;
    let (principal, at) = (Arc::new(Principal::hub()), running.hub.clock().now());
    let world = Arc::clone(&running.hub.picture().world);
    let reading = |owner| Reading {
        principal: principal.name.clone(),
        organization: None,
        owners: vec![owner],
        record: RecordRef::Organization(owner),
        way: Way::Exported,
        at,
    };
    let readings: Vec<_> = world.organizations().map(|owner| reading(owner.id)).collect();
    for readings in readings.chunks(READINGS_MAX) {
        let command = Record { readings: readings.to_vec() };
        running.hub.submit(&principal, command, None, "muster export".to_owned()).await?;
    }
    running.stop().await;
    Ok(())
}
