//! The commands: one file each.

mod account;
mod agreements;
mod demo;
mod explain;
mod export;
mod forget;
mod ingest;
mod node;
mod quarantine;
mod rules;
mod schema;
mod serve;
mod telemetry;
mod token;
mod verify;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use muster::config::{self, Flags};
use muster::domain::rules::{self as signal_rules, Adopt};
use muster::domain::{Principal, resource};
use muster::hub::{Hub, SubmitError};
use muster::intake::geocodes::Geocodes;
use muster::log::{self, Store};

/// A hub that many agencies share during a critical event.
///
/// Begin with `muster demo`: it plays an exercise on a store of its own and prints where to look.
/// For your own hub: `muster serve` starts it and prints a link to make the first account,
/// `muster ingest` hands alerts to it. Each command tells more with --help.
#[derive(Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Ingest(ingest::Ingest),
    Quarantine(quarantine::Quarantine),
    Verify(verify::Verify),
    Export(export::Export),
    Agreements(agreements::Agreements),
    Explain(explain::Explain),
    Forget(forget::Forget),
    Token(token::Token),
    #[command(subcommand)]
    Account(account::Account),
    Rules(rules::Rules),
    /// Prints the GraphQL schema, as it is published in schema/hub.graphql.
    Schema,
}

impl Cli {
    /// Carries the command out.
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { flags, command } = self;
        match command {
            Command::Demo(command) => command.run().await,
            Command::Serve(command) => command.run(&flags).await,
            Command::Ingest(command) => command.run(&flags).await,
            Command::Quarantine(command) => command.run(&flags).await,
            Command::Verify(command) => command.run(&flags).await,
            Command::Export(command) => command.run(&flags).await,
            Command::Agreements(command) => command.run(&flags).await,
            Command::Explain(command) => command.run(&flags).await,
            Command::Forget(command) => command.run(&flags).await,
            Command::Token(command) => command.run(),
            Command::Account(command) => command.run(&flags).await,
            Command::Rules(command) => command.run(),
            Command::Schema => Ok(schema::run()),
        }
    }
}

/// Opens the store that the flags name.
async fn open_store(flags: &Flags) -> anyhow::Result<Arc<dyn Store>> {
    let address = config::store(flags)?;
    Ok(log::open(&address).await?)
}

/// Opens a store that must be there already: looking at one must not make an empty one.
async fn open_existing_store(flags: &Flags) -> anyhow::Result<Arc<dyn Store>> {
    let address = config::store(flags)?;
    if let Some(path) = address.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        anyhow::ensure!(
            std::path::Path::new(path).is_file(),
            "there is no store `{path}`; name it with --store or MUSTER_STORE"
        );
    }
    Ok(log::open(&address).await?)
}

/// Loads the tables from geocodes to areas; without a folder there are none.
fn load_geocodes(folder: Option<&Path>) -> anyhow::Result<Geocodes> {
    Ok(folder.map(Geocodes::load).transpose()?.unwrap_or_default())
}

/// Gives a new hub the built-in rules, and any hub the resource typing definitions that came with
/// this release. A hub that has rules keeps them, and so does it all definitions.
async fn adopt_first_rules(hub: &Hub, principal: &Arc<Principal>) -> Result<(), SubmitError> {
    for source in resource::definition::BUILT_IN {
        let adopt = resource::AdoptDefinitions { source: source.to_owned() };
        hub.submit(principal, adopt, None, "start".to_owned()).await?;
    }
    if hub.picture().world.rules().source().is_empty() {
        adopt_rules(hub, principal, signal_rules::DEFAULT.to_owned()).await?;
    }
    Ok(())
}

/// Puts a set of rules in force, if it is not already.
async fn adopt_rules(
    hub: &Hub,
    principal: &Arc<Principal>,
    source: String,
) -> Result<(), SubmitError> {
    hub.submit(principal, Adopt { source }, None, "start".to_owned()).await?;
    Ok(())
}
