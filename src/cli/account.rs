//! `muster account`.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use muster::config::Flags;
use muster::hub::{Clock, Hub};
use muster::identity::{Identity, Site, Tokens};
use url::Url;

/// Looks after accounts from the machine that the hub runs on.
#[derive(Subcommand)]
pub(crate) enum Account {
    SetupLink(SetupLink),
}

/// Makes a link by which a password is set, once and within a day; earlier ones stop working.
///
/// Without --login it makes a new account that runs the hub: for the first start, and for when
/// nobody can get in any more.
#[derive(Args)]
pub(crate) struct SetupLink {
    /// The account whose password is to be set.
    #[arg(long)]
    login: Option<String>,
    /// The address by which browsers reach the hub.
    #[arg(long, env = "MUSTER_PUBLIC_URL", default_value = "http://127.0.0.1:8620")]
    public_url: Url,
}

impl Account {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let Self::SetupLink(SetupLink { login, public_url }) = self;
        let site = Site::new(public_url).context("`--public-url`")?;
        let store = super::open_existing_store(flags).await?;
        let running = Hub::start(store, Clock::system()).await?;
        let hub = running.hub.clone();
        let account = match login.as_deref() {
            None => None,
            Some(login) => {
                let found = hub.picture().world.account_by_login(login).map(|account| account.id);
                Some(found.with_context(|| format!("there is no account `{login}`"))?)
            }
        };
        let identity = Identity::new(hub, Arc::new(Tokens::default()), site, None);
        let cause = "muster account setup-link".to_owned();
        let secret = identity.operators_link(account, cause).await?;
        println!("{}", identity.link_address(&secret));
        drop(identity);
        running.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}
