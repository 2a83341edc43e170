//! `muster rules`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use muster::domain::rules::RuleSet;

/// Checks a file of rules from signals to incidents without adopting it.
///
/// Every mistake is told with its line; the exit status is 1 when there is one.
#[derive(Args)]
pub(crate) struct Rules {
    /// The file, as YAML.
    file: PathBuf,
}

impl Rules {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let source = std::fs::read_to_string(&self.file)?;
        match RuleSet::parse(&source) {
            Ok(_) => {
                println!("the rules are usable");
                Ok(ExitCode::SUCCESS)
            }
            Err(problems) => {
                println!("{problems}");
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
