//! `muster serve`.

use std::process::ExitCode;

use clap::Args;
use muster::config::{Config, Flags, ServeFlags};
use muster::identity::Tokens;

use super::node::Node;
use super::telemetry;

/// Runs the hub: the API, the feeds, the watched folder.
///
/// A hub without accounts prints a link by which the first one is made. Programs get in with
/// tokens. Several nodes may serve one PostgreSQL store. The program ends on SIGTERM or Ctrl-C after it has finished
/// what it accepted.
///
/// Example: muster serve --tokens tokens.toml --listen 0.0.0.0:8620
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    serve: ServeFlags,
}

impl Serve {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let config = Config::resolve(flags, &self.serve)?;
        let tokens = config.tokens.as_deref().map(Tokens::load).transpose()?;
        telemetry::start(&config)?;
        let node = Node::start(&config, tokens.unwrap_or_default()).await?;
        if !node.identity().has_accounts() {
            let link = node.identity().operators_link(None, "first start".to_owned()).await?;
            // Not by way of `tracing`: what goes there may be collected and kept.
            eprintln!(
                "this hub has no account yet; make the first one here, once and within a day:\n  {}",
                node.identity().link_address(&link)
            );
        }
        tracing::info!(address = %node.address(), "serving");
        node.run_until_asked_to_stop().await?;
        Ok(ExitCode::SUCCESS)
    }
}
