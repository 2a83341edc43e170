//! What a browser looks at: 20,000 items, somebody who may log in, and as many changes a second as
//! are asked for, each by a command of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::routing::get;
use futures_util::future::{join_all, try_join_all};
use muster::domain::account::Create;
use muster::domain::agreement::Sign;
use muster::domain::incident::{Amend, Incident, Locate};
use muster::domain::resource::{
    AdoptDefinitions, Commit, DefinitionRef, Grouping, Profile, Register, ReportPosition, Resource,
    definition,
};
use muster::domain::{Command, Id, Principal, Reach, RecordRef, Scope};
use muster::hub::Hub;
use muster::identity::Identity;
use zeroize::Zeroizing;

use super::agreements::{GIVER, show_all};
use super::commands::principal;
use super::server::owner;
use super::world::{Chance, INCIDENTS, SIGNALS, change_status, code, name, point, position};

/// Items of the picture.
pub(crate) const ITEMS: usize = 20_000;
/// By what the coordinator logs in. It opens nothing but this server, for as long as it runs.
pub(crate) const LOGIN: &str = "coordinator";
/// The password for it.
pub(crate) const PASSWORD: &str = "looks at the picture";

/// What the reference world lacks: engines, which are what moves.
const RESOURCES: usize = ITEMS - INCIDENTS - SIGNALS;
/// Commands that are under way at once while the resources are registered.
const REGISTERING: usize = 250;
/// How often changes are handed in: short beside what a commit takes, so that it is the hub that
/// puts them together.
const BEAT: Duration = Duration::from_millis(5);
const BEATS_PER_SECOND: usize = 200;
/// One change of so many is of an incident, as one item of so many is one; the others are engines
/// that move.
const INCIDENT_EVERY: usize = ITEMS / INCIDENTS;
const CAUSE: &str = "bench";
const SEED: u64 = 7;

/// How many changes are wanted and how many there were.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Changes a second.
    wanted: AtomicUsize,
    /// Changes since the start.
    made: AtomicUsize,
}

/// Registers the engines, each somewhere and committed to an incident of its organization.
pub(crate) async fn register(hub: &Hub) -> anyhow::Result<Vec<Engine>> {
    for source in definition::BUILT_IN {
        let adopt = AdoptDefinitions { source: source.to_owned() };
        hub.submit(&Arc::new(Principal::hub()), adopt, None, CAUSE.to_owned()).await?;
    }
    let world = Arc::clone(&hub.picture().world);
    let incidents: Vec<_> = world.incidents().collect();
    let mut chance = Chance(SEED);
    let mut engines = Vec::with_capacity(RESOURCES);
    while engines.len() < RESOURCES {
        let first = engines.len();
        let numbers = first..RESOURCES.min(first + REGISTERING);
        let made = incidents.iter().cycle().skip(first).zip(numbers).map(|(incident, number)| {
            let by = owner(incident, &world).context("whose the incident is")?;
            anyhow::Ok(Engine::register(hub, by, incident, number, chance.next()))
        });
        let made = made.collect::<anyhow::Result<Vec<_>>>()?;
        engines.extend(try_join_all(made).await?);
    }
    Ok(engines)
}

/// Opens the account of a coordinator of an organization that is shown what all others have.
pub(crate) async fn let_in(hub: &Hub, identity: &Identity) -> anyhow::Result<()> {
    let world = Arc::clone(&hub.picture().world);
    let organizations: Vec<_> = world.organizations().map(|organization| organization.id).collect();
    let (parties, propose) = show_all(&organizations);
    let mut parties = parties.into_iter().map(|party| principal(&code(party)));
    let proposer = parties.next().context("a party")?;
    let proposed = hub.submit(&proposer, propose, None, CAUSE.to_owned()).await?;
    let RecordRef::Agreement(agreement) = proposed.subject else { anyhow::bail!("no agreement") };
    for party in parties {
        hub.submit(&party, Sign { agreement }, None, CAUSE.to_owned()).await?;
    }
    let organization = organizations.get(GIVER).copied();
    let create = Create {
        reach: Reach::Hub,
        login: LOGIN.to_owned(),
        name: "Coordinator".to_owned(),
        person: None,
        organization,
        scopes: vec![Scope::Read, Scope::Write],
    };
    let answer = hub.submit(&Arc::new(Principal::hub()), create, None, CAUSE.to_owned()).await?;
    let RecordRef::Account(account) = answer.subject else { anyhow::bail!("no account") };
    identity.give_password(&[account], Zeroizing::new(PASSWORD.to_owned())).await?;
    Ok(())
}

impl Traffic {
    /// `PUT /pace` says how many changes a second there are to be; `GET /pace` tells how many there
    /// were.
    pub(crate) fn routes(self: &Arc<Self>) -> Router {
        let (asked, told) = (Arc::clone(self), Arc::clone(self));
        let put = move |text: String| async move {
            asked.wanted.store(text.parse().unwrap_or(0), Ordering::Relaxed);
        };
        let get_made = move || async move { told.made.load(Ordering::Relaxed).to_string() };
        Router::new().route("/pace", get(get_made).put(put))
    }

    /// Makes changes for as long as it is polled. Where the hub cannot keep up, fewer are made.
    pub(crate) async fn run(self: Arc<Self>, hub: Hub, engines: Vec<Engine>) {
        let mut chance = Chance(!SEED);
        let incidents: Vec<_> = hub.picture().world.incidents().cloned().collect();
        let mut beat = tokio::time::interval(BEAT);
        for number in 0_usize.. {
            beat.tick().await;
            let wanted = self.wanted.load(Ordering::Relaxed);
            // What a beat cannot have evenly, some beats have one more of.
            let due = wanted * (number + 1) / BEATS_PER_SECOND - wanted * number / BEATS_PER_SECOND;
            let changes: Vec<_> = (0..due)
                .filter_map(|_| match chance.below(INCIDENT_EVERY) {
                    0 => of_incident(&hub, &incidents, &mut chance),
                    _ => of_engine(&engines, &mut chance),
                })
                .collect();
            let submitted = changes
                .into_iter()
                .map(async |(by, command)| hub.submit(&by, command, None, CAUSE.to_owned()).await);
            let answers = join_all(submitted).await;
            let changed = answers.iter().flatten().filter(|answer| !answer.unchanged).count();
            self.made.fetch_add(changed, Ordering::Relaxed);
        }
    }
}

/// Who asks, and for what.
type Change = (Arc<Principal>, Command);

/// An engine and whose it is.
pub(crate) struct Engine {
    resource: Id<Resource>,
    owner: Arc<Principal>,
}

impl Engine {
    async fn register(
        hub: &Hub,
        owner: Arc<Principal>,
        incident: &Incident,
        number: usize,
        seed: u64,
    ) -> anyhow::Result<Self> {
        let profile = Profile {
            name: format!("Engine {number}"),
            definition: DefinitionRef { id: "fire-engine".to_owned(), version: 1 },
            level: None,
            grouping: Grouping::SingleResource,
            members: Vec::new(),
            leader: None,
            home: None,
            crew: None,
            capabilities: std::collections::BTreeMap::new(),
            rates: Vec::new(),
        };
        let register = Register { owner: None, profile, held: None, exercise: incident.exercise };
        let answer = hub.submit(&owner, register, None, CAUSE.to_owned()).await?;
        let RecordRef::Resource(resource) = answer.subject else { anyhow::bail!("no resource") };
        let commit = Commit { resource, incident: incident.id, quantity: 1 };
        hub.submit(&owner, commit, None, CAUSE.to_owned()).await.context("a commitment")?;
        let engine = Self { resource, owner };
        let (by, command) = engine.moves(&mut Chance(seed));
        hub.submit(&by, command, None, CAUSE.to_owned()).await.context("a position")?;
        Ok(engine)
    }

    /// It was asked where it is: else one position a minute would be kept.
    fn moves(&self, chance: &mut Chance) -> Change {
        let (resource, position) = (self.resource, position(chance));
        let source = "AVL".to_owned();
        let report = ReportPosition { resource, position, at: None, source, asked: true };
        (Arc::clone(&self.owner), report.into())
    }
}

fn of_engine(engines: &[Engine], chance: &mut Chance) -> Option<Change> {
    engines.get(chance.below(engines.len().max(1))).map(|engine| engine.moves(chance))
}

fn of_incident(hub: &Hub, incidents: &[Arc<Incident>], chance: &mut Chance) -> Option<Change> {
    let incident = incidents.get(chance.below(incidents.len().max(1)))?;
    let by = owner(incident, &hub.picture().world)?;
    let incident = incident.id;
    let command = match chance.below(3) {
        0 => change_status(chance, incident),
        1 => Locate { incident, location: point(chance) }.into(),
        _ => Amend { incident, name: Some(name(chance)), kind: None }.into(),
    };
    Some((by, command))
}
