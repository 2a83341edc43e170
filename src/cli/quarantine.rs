//! `muster quarantine`.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use muster::config::Flags;
use muster::domain::Principal;
use muster::hub::{Clock, Hub};
use muster::intake::Intake;
use muster::intake::report::{self, MessageReport};
use uuid::Uuid;

/// Looks after documents that could not be read: list, show, replay, drop.
#[derive(Args)]
pub(crate) struct Quarantine {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// The newest first, one a line: id, time, source, error.
    List {
        /// How many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
    },
    /// Writes a document to standard output, as it came.
    Show {
        /// Its id.
        id: Uuid,
    },
    /// Reads a document again, with this release's codec; it leaves quarantine if that succeeds.
    Replay {
        /// Its id.
        id: Uuid,
    },
    /// Throws a document away.
    Drop {
        /// Its id.
        id: Uuid,
    },
}

impl Quarantine {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let store = super::open_existing_store(flags).await?;
        let running = Hub::start(store, Clock::system()).await?;
        let intake = Intake::new(running.hub.clone(), super::load_geocodes(None)?);
        let done = self.act(&intake).await;
        running.stop().await;
        done
    }

    async fn act(self, intake: &Intake) -> anyhow::Result<ExitCode> {
        let mut out = std::io::stdout();
        match self.action {
            Action::List { limit } => {
                for item in intake.quarantined(None, limit).await? {
                    let (id, at, source) = (item.id, item.received_at, item.source);
                    writeln!(out, "{id}  {at:.0}  {source}  {}", item.error)?;
                }
            }
            Action::Show { id } => {
                let item = intake.quarantined_item(id).await?;
                let item = item.ok_or_else(|| unknown(id))?;
                out.write_all(&item.bytes)?;
            }
            Action::Replay { id } => {
                let outcomes = intake.replay(&Arc::new(Principal::hub()), id).await?;
                for outcome in &outcomes {
                    writeln!(out, "{}", serde_json::to_string(&MessageReport::from(outcome))?)?;
                }
                if report::worst(&outcomes) > report::Word::Duplicate {
                    return Ok(ExitCode::FAILURE);
                }
            }
            Action::Drop { id } => {
                anyhow::ensure!(intake.drop_quarantined(id).await?, unknown(id));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown(id: Uuid) -> anyhow::Error {
    anyhow::anyhow!("there is no document {id} in quarantine; see `muster quarantine list`")
}
