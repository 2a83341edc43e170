//! `muster token`.

use std::process::ExitCode;

use clap::Args;
use muster::identity::NewToken;

/// Makes a token for a principal: the secret to hand over, and the entry for the tokens file.
///
/// The secret is shown once and stored nowhere.
#[derive(Args)]
pub(crate) struct Token {
    /// The name of the principal, such as hfd-dispatch.
    principal: String,
    /// The code of the organization that it acts for.
    #[arg(long, value_name = "CODE")]
    organization: Option<String>,
    /// What it may do: read, write, ingest, operate, metrics.
    #[arg(long, value_delimiter = ',', default_value = "read", value_parser = ["read", "write", "ingest", "operate", "metrics"])]
    scopes: Vec<String>,
}

impl Token {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let token = NewToken::generate()?;
        eprintln!("the secret, shown once:");
        println!("{}", token.secret);
        eprintln!("\nadd to the tokens file:\n");
        eprintln!("[[token]]\nprincipal = {:?}", self.principal);
        if let Some(organization) = &self.organization {
            eprintln!("organization = {organization:?}");
        }
        eprintln!("scopes = {:?}\nsha256 = {:?}", self.scopes, token.sha256);
        Ok(ExitCode::SUCCESS)
    }
}
