//! `muster export`.

use std::process::ExitCode;

use clap::Args;
use muster::config::Flags;
use muster::log::{Seq, export};

/// Writes the log to standard output as JSON Lines, one entry a line, hashes included.
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
        let mut out = tokio::io::BufWriter::new(tokio::io::stdout());
        export::export(store.as_ref(), Seq(self.after), &mut out).await?;
        Ok(ExitCode::SUCCESS)
    }
}
