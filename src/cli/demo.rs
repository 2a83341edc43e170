//! `muster demo`.

mod accounts;
mod people;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use muster::config::{Config, DEFAULT_LISTEN, Flags, ServeFlags};
use muster::domain::agreement::Sign;
use muster::domain::organization::Organization;
use muster::domain::{Command, Id, Principal, RecordRef, Refusal, Scope};
use muster::hub::{Clock, Hub, SubmitError};
use muster::identity::{NewSecret, Tokens};
use muster::scenario::{Due, Player, Scenario, Speed};

use super::node::Node;
use super::telemetry;

/// The scenarios that are built in, by name.
const BUILT_IN: &[(&str, &str)] = &[
    ("river-flood", include_str!("../../ops/scenarios/river-flood.yaml")),
    ("wildfire", include_str!("../../ops/scenarios/wildfire.yaml")),
    ("water-cyber", include_str!("../../ops/scenarios/water-cyber.yaml")),
];

/// Plays an exercise on a hub of its own and prints where to look and how to log in.
///
/// Everything in it is marked as an exercise. Each start begins anew in its folder.
#[derive(Args)]
pub(crate) struct Demo {
    /// river-flood, wildfire, water-cyber, or a scenario file.
    #[arg(long, default_value = "river-flood", value_name = "NAME|FILE")]
    scenario: String,
    /// How many times faster than in reality it plays.
    #[arg(long, default_value = "60")]
    speed: Speed,
    /// The folder of its store; what an earlier demo left in it is deleted.
    #[arg(long, default_value = "muster-demo", value_name = "FOLDER")]
    folder: PathBuf,
    /// Where to listen.
    #[arg(long, env = "MUSTER_LISTEN", default_value = DEFAULT_LISTEN, value_name = "ADDRESS")]
    listen: String,
    /// Plays it at once in memory, tells everything in it that the hub would refuse, and stops.
    #[arg(long)]
    check: bool,
}

/// A log-in of the demo.
struct Login {
    /// What stands before it on the screen: the organization's code, or what it is for.
    label: String,
    principal: Arc<Principal>,
    secret: String,
}

impl Demo {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let scenario = Arc::new(self.scenario()?);
        // Nobody should find in the middle of an exercise that it cannot go on. Those that are built
        // in are rehearsed by their tests.
        if self.check || self.built_in().is_none() {
            scenario.rehearse(Clock::system().now(), self.speed)?;
        }
        if self.check {
            println!("{} steps, none of which the hub refuses", scenario.cues().len());
            return Ok(ExitCode::SUCCESS);
        }
        let (flags, serve) = (self.flags()?, self.serve_flags());
        let config = Config { sandbox: true, ..Config::resolve(&flags, &serve)? };
        telemetry::start_quiet();

        let logins = logins(&scenario)?;
        let mut tokens = Tokens::default();
        for login in &logins {
            tokens.insert(&login.secret, Principal::clone(&login.principal));
        }
        let node = Node::start(&config, tokens).await?;
        let organizations = register(node.hub(), &scenario).await?;
        agree(node.hub(), &scenario, &organizations, &logins).await?;
        let password = accounts::open(node.hub(), node.identity(), &logins).await?;
        print_welcome(&scenario, &logins, &password, node.address());

        let clock = node.hub().clock().clone();
        let player = Player::new(scenario, organizations, clock.now(), self.speed);
        let playing = tokio::spawn(play(node.hub().clone(), player, logins));
        node.run_until_asked_to_stop().await?;
        playing.abort();
        Ok(ExitCode::SUCCESS)
    }

    fn scenario(&self) -> anyhow::Result<Scenario> {
        let text = match self.built_in() {
            Some(text) => text.to_owned(),
            None => std::fs::read_to_string(&self.scenario).with_context(|| {
                let names: Vec<_> = BUILT_IN.iter().map(|(name, _)| *name).collect();
                format!("`{}` is neither a file nor one of {}", self.scenario, names.join(", "))
            })?,
        };
        Ok(Scenario::parse(&text)?)
    }

    fn built_in(&self) -> Option<&'static str> {
        BUILT_IN.iter().find(|(name, _)| *name == self.scenario).map(|(_, text)| *text)
    }

    /// The store of the demo, emptied.
    fn flags(&self) -> anyhow::Result<Flags> {
        std::fs::create_dir_all(&self.folder)?;
        for name in ["muster.db", "muster.vault.db"] {
            for ending in ["", "-wal", "-shm"] {
                remove_if_there(&self.folder.join(format!("{name}{ending}")))?;
            }
        }
        let store = format!("sqlite:{}", self.folder.join("muster.db").display());
        Ok(Flags { store: Some(store), config: None })
    }

    fn serve_flags(&self) -> ServeFlags {
        ServeFlags { listen: Some(self.listen.clone()), ..ServeFlags::default() }
    }
}

/// Submits each step when it falls due, until the scenario is over.
async fn play(hub: Hub, mut player: Player, logins: Vec<Login>) {
    while let Some(due) = player.due() {
        let wait = Duration::try_from(due.duration_since(hub.clock().now()));
        tokio::time::sleep(wait.unwrap_or_default()).await;
        while let Some(due) = player.next(hub.clock().now()) {
            take_step(&hub, &mut player, &logins, due).await;
        }
    }
    println!("\nThe scenario is over; the hub goes on. Stop it with Ctrl-C.");
}

async fn take_step(hub: &Hub, player: &mut Player, logins: &[Login], due: Due) {
    let Due { step, line, actor, command } = due;
    let Some(principal) = principal(logins, &actor.principal) else { return };
    // A step that the hub cannot take at the moment waits like a person would.
    let answer = loop {
        let cause = format!("scenario:{step}");
        match hub.submit(principal, command.clone(), Some(cause.clone()), cause).await {
            Err(error) if error.retry_after_ms().is_some() => {
                tokio::time::sleep(Duration::from_millis(error.retry_after_ms().unwrap_or(0)))
                    .await;
            }
            answer => break answer,
        }
    };
    match answer {
        Ok(answer) => {
            player.answered(step, answer.subject, &answer.world);
            if let RecordRef::Person(person) = answer.subject
                && let Err(error) = people::take_note(hub, principal, person).await
            {
                tracing::warn!(line, %error, "not all was noted of a person");
            }
        }
        // A rule was faster than the person in the scenario.
        Err(SubmitError::Refused(Refusal::SignalAttached { .. })) => {}
        Err(error) => tracing::warn!(line, %error, "a step of the scenario was refused"),
    }
}

/// Two log-ins for each organization of the scenario, one that runs the hub and sees nothing of
/// theirs, and one that checks on it and sees everything.
fn logins(scenario: &Scenario) -> anyhow::Result<Vec<Login>> {
    let runs = vec![Scope::Read, Scope::Write, Scope::Ingest, Scope::Operate];
    let checks = vec![Scope::Read, Scope::Audit];
    let of_none = [("operator", runs), ("auditor", checks)]
        .map(|(name, scopes)| Principal::new(name.to_owned(), None, scopes));
    let logins = scenario.principals().into_iter().chain(of_none).map(|principal| {
        let label = principal.organization.clone().unwrap_or_else(|| "(hub)".to_owned());
        let secret = NewSecret::token()?.secret;
        Ok(Login { label, principal: Arc::new(principal), secret })
    });
    logins.collect()
}

fn principal<'a>(logins: &'a [Login], name: &str) -> Option<&'a Arc<Principal>> {
    logins.iter().map(|login| &login.principal).find(|principal| principal.name == name)
}

async fn register(
    hub: &Hub,
    scenario: &Scenario,
) -> anyhow::Result<BTreeMap<String, Id<Organization>>> {
    let principal = Arc::new(Principal::hub());
    for registration in scenario.registrations() {
        hub.submit(&principal, registration, None, "scenario".to_owned()).await?;
    }
    let world = &hub.picture().world;
    Ok(world.organizations().map(|o| (o.profile.code.clone(), o.id)).collect())
}

/// Has every agreement proposed and signed by those who administer its parties.
async fn agree(
    hub: &Hub,
    scenario: &Scenario,
    organizations: &BTreeMap<String, Id<Organization>>,
    logins: &[Login],
) -> anyhow::Result<()> {
    for proposal in scenario.proposals(organizations) {
        let mut command = Command::from(proposal.propose);
        for signer in proposal.signers {
            let signer = principal(logins, &signer.principal).context("a log-in that signs")?;
            let answer = hub.submit(signer, command, None, "scenario".to_owned()).await?;
            let RecordRef::Agreement(agreement) = answer.subject else { break };
            command = Sign { agreement }.into();
        }
    }
    Ok(())
}

fn print_welcome(
    scenario: &Scenario,
    logins: &[Login],
    password: &str,
    address: std::net::SocketAddr,
) {
    println!("EXERCISE: {}\n\n{}\n", scenario.title, scenario.description.trim());
    println!(
        "  dashboard      http://{address}/             log in by a name below and {password}"
    );
    println!("  try the API    http://{address}/graphiql");
    println!("  GraphQL        http://{address}/graphql      live: ws://{address}/graphql/ws");
    println!("  alerts in      http://{address}/ingest/cap");
    println!("  health         http://{address}/readyz");
    println!(
        "  sent messages  http://{address}/sandbox      to nobody outside; reply there as anyone"
    );
    println!("  metrics        http://{address}/metrics      with the token of who runs the hub");
    println!(
        "\nThe names, and for programs their tokens (Authorization: Bearer …); both the password and \
         the tokens change at each start:\n"
    );
    for login in logins {
        let scopes: Vec<_> = login.principal.scopes.iter().map(|scope| scope.as_str()).collect();
        println!("  {:<8} {:<24} {}", login.label, login.principal.name, scopes.join(", "));
        println!("           {}", login.secret);
    }
    println!("\nEach agency sees its own records, public alerts, and what agreements show it:\n");
    for agreement in scenario.agreements.iter().map(|spanned| &spanned.value) {
        println!("  {} ({})", agreement.title, agreement.parties.join(", "));
    }
    if let Some(login) = logins.first() {
        println!("\nSee the picture of the first, then of another:\n");
        println!(
            "  curl -s http://{address}/graphql -H 'Authorization: Bearer {}' \\\n    \
             -H 'Content-Type: application/json' \\\n    \
             -d '{{\"query\":\"{{ cop {{ counts {{ incidents signals }} }} incidents(first: 20) {{ nodes {{ number name status }} }} }}\"}}'",
            login.secret
        );
    }
    println!("\nStop with Ctrl-C.");
}

fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
