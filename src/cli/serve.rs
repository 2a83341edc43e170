//! `muster serve`.

use std::process::ExitCode;

use clap::Args;
use muster::config::{Config, Flags, ServeFlags};
use muster::identity::Tokens;

use super::node::Node;
use super::telemetry;

/// Runs the hub: the API, the feeds, the watched folder.
///
/// Without a tokens file nobody gets in; make the first token with `muster token`. Several nodes
/// may serve one PostgreSQL store. The program ends on SIGTERM or Ctrl-C after it has finished
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
        if tokens.is_none() {
            tracing::warn!("there is no tokens file, so nobody gets in; see `muster token --help`");
        }
        let node = Node::start(&config, tokens.unwrap_or_default()).await?;
        tracing::info!(address = %node.address(), "serving");
        node.run_until_asked_to_stop().await?;
        Ok(ExitCode::SUCCESS)
    }
}
