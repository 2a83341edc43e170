//! `muster ingest`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use muster::config::Flags;
use muster::domain::Principal;
use muster::hub::{Clock, Hub};
use muster::intake::Intake;
use muster::intake::files::{FileOutcome, ingest_paths};
use muster::intake::report::Word;

/// Hands files of alerts to the hub: CAP 1.0 to 1.2, alone, in lists, feeds or EDXL envelopes.
///
/// Works on the store directly, whether a hub is serving it or not. What cannot be read is kept in
/// quarantine with the reason; see `muster quarantine`. The exit status is 0 when every message is
/// recorded (now or before), 1 when one was refused or quarantined, 2 when one could not be taken.
///
/// Example: muster ingest --json alerts/ | jq 'select(.outcome == "quarantined")'
#[derive(Args)]
pub(crate) struct Ingest {
    /// Files, folders (searched for files), or - for the standard input.
    #[arg(required = true, value_name = "FILE|DIR|-")]
    paths: Vec<PathBuf>,
    /// One line of JSON a document: file, outcome, error.
    #[arg(long)]
    json: bool,
    /// A folder of tables from geocodes to areas.
    #[arg(long, env = "MUSTER_GEOCODES", value_name = "FOLDER")]
    geocodes: Option<PathBuf>,
}

/// How many documents ended in which way.
#[derive(Default)]
struct Tally {
    accepted: usize,
    duplicate: usize,
    refused: usize,
    quarantined: usize,
    not_taken: usize,
}

impl Ingest {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let geocodes = super::load_geocodes(self.geocodes.as_deref())?;
        let store = super::open_store(flags).await?;
        let running = Hub::start(store, Clock::system()).await?;
        let principal = Arc::new(Principal::hub());
        super::adopt_first_rules(&running.hub, &principal).await?;
        let intake = Intake::new(running.hub.clone(), geocodes);

        let mut tally = Tally::default();
        let mut out = std::io::stdout().lock();
        let mut written = Ok(());
        ingest_paths(&intake, &principal, &self.paths, |outcome| {
            tally.count(outcome.outcome);
            if written.is_ok() {
                written = print(&mut out, &outcome, self.json);
            }
        })
        .await;
        running.stop().await;
        written?;
        if !self.json {
            writeln!(out, "{tally}")?;
        }
        Ok(tally.exit_code())
    }
}

fn print(out: &mut impl std::io::Write, outcome: &FileOutcome, json: bool) -> std::io::Result<()> {
    if json {
        return writeln!(out, "{}", serde_json::to_string(outcome)?);
    }
    let FileOutcome { file, outcome, error, messages } = outcome;
    let several =
        if messages.is_empty() { String::new() } else { format!(" ({} messages)", messages.len()) };
    match error {
        None => writeln!(out, "{:<11} {file}{several}", outcome.as_str()),
        Some(error) => writeln!(out, "{:<11} {file}{several}: {error}", outcome.as_str()),
    }
}

impl Tally {
    fn count(&mut self, word: Word) {
        *match word {
            Word::Accepted => &mut self.accepted,
            Word::Duplicate => &mut self.duplicate,
            Word::Refused => &mut self.refused,
            Word::Quarantined => &mut self.quarantined,
            Word::NotTaken => &mut self.not_taken,
        } += 1;
    }

    fn exit_code(&self) -> ExitCode {
        match (self.not_taken, self.refused + self.quarantined) {
            (0, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(1),
            _ => ExitCode::from(2),
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { accepted, duplicate, refused, quarantined, not_taken } = self;
        write!(
            f,
            "documents: {accepted} accepted, {duplicate} duplicate, {refused} refused, \
             {quarantined} quarantined, {not_taken} not taken"
        )
    }
}
