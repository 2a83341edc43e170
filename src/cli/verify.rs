//! `muster verify`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use muster::config::Flags;
use muster::log::{LogError, export, verify};

/// Checks the whole log, offline: that nothing was changed, dropped, slipped in or cut off.
///
/// Prints the number of entries and the hash of the last one. Write that hash down elsewhere: a
/// log that verifies and still has it is the same log. When an entry is broken, the first one is
/// named and the exit status is 1.
#[derive(Args)]
pub(crate) struct Verify {
    /// Check a file that `muster export` wrote instead of the store.
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
}

impl Verify {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let report = match &self.export {
            Some(path) => {
                let mut file = std::io::BufReader::new(std::fs::File::open(path)?);
                match export::verify_export(&mut file) {
                    Ok(report) => report,
                    Err(broken) => return Ok(refuse(&broken)),
                }
            }
            None => {
                let store = super::open_existing_store(flags).await?;
                match verify::verify(store.as_ref(), |_| {}).await {
                    Ok(report) => report,
                    Err(LogError::Broken(broken)) => return Ok(refuse(&broken)),
                    Err(error) => return Err(error.into()),
                }
            }
        };
        println!("verified {} entries; the last has hash {}", report.entries, report.head.hash);
        Ok(ExitCode::SUCCESS)
    }
}

fn refuse(broken: &dyn std::fmt::Display) -> ExitCode {
    println!("BROKEN: {broken}");
    ExitCode::FAILURE
}
