//! The work of many at once: as many commands a second as are asked for, of every sort that the
//! forces of an incident give all day, and how long each took until it was answered.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::routing::get;
use axum::{Json, Router};
use muster::domain::account::Create;
use muster::domain::agreement::Sign;
use muster::domain::incident::{Amend, Incident, Locate};
use muster::domain::resource::{Cancel, Commit, Resource};
use muster::domain::resource_request::{self as request, Draft, Status};
use muster::domain::structure::{MovePost, Post};
use muster::domain::{Command, Id, Principal, Reach, RecordRef, Scope, World};
use muster::hub::{Hub, SubmitError};
use muster::identity::Identity;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::agreements::{GIVER, show_all};
use super::commands::principal;
use super::force::{COMMITTED, REQUESTS, content, moves};
use super::server::owner;
use super::world::{
    Chance, INCIDENTS, SIGNALS, change_status, code, name, point, position, sentence, write,
};

/// Items of the picture.
pub(crate) const ITEMS: usize = INCIDENTS + SIGNALS + COMMITTED + REQUESTS;
/// Items that are on it whatever is being worked on.
pub(crate) const ITEMS_MIN: usize = ITEMS - AWAY_MAX;
/// By what the coordinator logs in. It opens nothing but this server, for as long as it runs.
pub(crate) const LOGIN: &str = "coordinator";
/// The password for it.
pub(crate) const PASSWORD: &str = "looks at the picture";

/// How often commands are handed in: short beside what a commit takes, so that it is the hub that
/// puts them together.
const BEAT: Duration = Duration::from_millis(5);
const BEATS_PER_SECOND: usize = 200;
/// Answers whose time is kept until somebody asks for them.
const TOOK_MAX: usize = 1 << 20;
/// Resources that are not on the picture for a while.
const AWAY_MAX: usize = 100;
const CAUSE: &str = "bench";
const SEED: u64 = 7;

/// How many commands are wanted, and what came of those there were.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Commands a second.
    wanted: AtomicUsize,
    /// Those that changed something, since the start.
    made: AtomicUsize,
    answers: Mutex<Answers>,
}

/// What came of commands since this was asked last.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Answers {
    /// Milliseconds that each answer took.
    pub(crate) took: Vec<f64>,
    /// How many were refused by a rule: two were about the same at once.
    pub(crate) refused: usize,
    /// How many the hub was too busy for.
    pub(crate) failed: usize,
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
    /// `PUT /pace` says how many commands a second there are to be; `GET /pace` tells how many
    /// changed something, and `GET /answers` what came of those since it was asked last.
    pub(crate) fn routes(self: &Arc<Self>) -> Router {
        let (asked, told, answered) = (Arc::clone(self), Arc::clone(self), Arc::clone(self));
        let put = move |text: String| async move {
            asked.wanted.store(text.parse().unwrap_or(0), Ordering::Relaxed);
        };
        let get_made = move || async move { told.made.load(Ordering::Relaxed).to_string() };
        let take = move || async move {
            let mut answers = answered.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Json(std::mem::take(&mut *answers))
        };
        Router::new().route("/pace", get(get_made).put(put)).route("/answers", get(take))
    }

    /// Gives commands for as long as it is polled, whether the hub keeps up or not.
    pub(crate) async fn run(self: Arc<Self>, hub: Hub) {
        let mut scene = Scene::of(&hub.picture().world);
        let mut beat = tokio::time::interval(BEAT);
        for number in 0_usize.. {
            beat.tick().await;
            let wanted = self.wanted.load(Ordering::Relaxed);
            // What a beat cannot have evenly, some beats have one more of.
            let due = wanted * (number + 1) / BEATS_PER_SECOND - wanted * number / BEATS_PER_SECOND;
            let world = Arc::clone(&hub.picture().world);
            for (by, command) in (0..due).filter_map(|_| scene.command(&world)) {
                tokio::spawn(Arc::clone(&self).submit(hub.clone(), by, command));
            }
        }
    }

    async fn submit(self: Arc<Self>, hub: Hub, by: Arc<Principal>, command: Command) {
        let asked = Instant::now();
        let answer = hub.submit(&by, command, None, CAUSE.to_owned()).await;
        let took = asked.elapsed().as_secs_f64() * 1e3;
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(answer) => {
                self.made.fetch_add(usize::from(!answer.unchanged), Ordering::Relaxed);
                if answers.took.len() < TOOK_MAX {
                    answers.took.push(took);
                }
            }
            Err(SubmitError::Refused(_)) => answers.refused += 1,
            Err(_) => answers.failed += 1,
        }
    }
}

/// Who asks, and for what.
type Given = (Arc<Principal>, Command);

/// The records that are worked on.
struct Scene {
    incidents: Vec<Id<Incident>>,
    resources: Vec<Id<Resource>>,
    /// Posts that may be under one of several supervisors.
    teams: Vec<Id<Post>>,
    /// Commitments that were taken back, to be made again.
    away: VecDeque<Given>,
    chance: Chance,
}

impl Scene {
    fn of(world: &World) -> Self {
        let posts = world.structures().flat_map(|structure| world.posts_of(structure.id));
        let teams = posts.filter(|post| post.position == "STL" || post.position == "TFLD");
        Self {
            incidents: world.incidents().map(|incident| incident.id).collect(),
            resources: world.resources().map(|resource| resource.id).collect(),
            teams: teams.map(|post| post.id).collect(),
            away: VecDeque::with_capacity(AWAY_MAX),
            chance: Chance(!SEED),
        }
    }

    /// Most of what comes is that a resource moved, as it is wherever vehicles have a radio.
    fn command(&mut self, world: &World) -> Option<Given> {
        match self.chance.below(20) {
            0..12 => self.resource_moves(world),
            12..14 => self.resource_goes_or_comes(world),
            14..16 => self.incident_changes(world),
            16..18 => self.request_changes(world),
            18 => self.note(world),
            _ => self.team_moves(world),
        }
    }

    fn resource(&mut self, world: &World) -> Option<(Arc<Principal>, Arc<Resource>)> {
        let resource = world.resource(self.chance.pick(&self.resources)?)?;
        let owner = world.organization(resource.owner)?;
        Some((principal(&owner.profile.code), Arc::clone(resource)))
    }

    fn incident(&mut self, world: &World) -> Option<(Arc<Principal>, Arc<Incident>)> {
        let incident = world.incident(self.chance.pick(&self.incidents)?)?;
        Some((owner(incident, world)?, Arc::clone(incident)))
    }

    fn resource_moves(&mut self, world: &World) -> Option<Given> {
        let (by, resource) = self.resource(world)?;
        Some((by, moves(resource.id, position(&mut self.chance))))
    }

    /// A commitment is taken back, or one that was is made again.
    fn resource_goes_or_comes(&mut self, world: &World) -> Option<Given> {
        if self.away.len() >= AWAY_MAX {
            return self.away.pop_front();
        }
        let (by, resource) = self.resource(world)?;
        let live = resource.commitments.iter().find(|commitment| commitment.is_live())?;
        let (resource, incident, commitment) = (resource.id, live.incident, Some(live.number));
        let again = Commit { resource, incident, quantity: 1 }.into();
        self.away.push_back((Arc::clone(&by), again));
        let reason = sentence(&mut self.chance, 4);
        Some((by, Cancel { resource, incident, commitment, reason }.into()))
    }

    fn incident_changes(&mut self, world: &World) -> Option<Given> {
        let (by, incident) = self.incident(world)?;
        let (incident, chance) = (incident.id, &mut self.chance);
        let command = match chance.below(3) {
            0 => change_status(chance, incident),
            1 => Locate { incident, location: point(chance) }.into(),
            _ => Amend { incident, name: Some(name(chance)), kind: None }.into(),
        };
        Some((by, command))
    }

    /// An incident's draft of a request changes; one is written where there is none.
    fn request_changes(&mut self, world: &World) -> Option<Given> {
        let (by, incident) = self.incident(world)?;
        let content = content(&mut self.chance)?;
        let mut requests = world.requests_of(incident.id);
        let command = match requests.find(|request| request.status() == Status::Draft) {
            Some(draft) => request::Amend { request: draft.id, content }.into(),
            None => Draft { incident: incident.id, content }.into(),
        };
        Some((by, command))
    }

    fn note(&mut self, world: &World) -> Option<Given> {
        let (by, incident) = self.incident(world)?;
        Some((by, write(&mut self.chance, Some(incident.id))))
    }

    /// A team comes under another division or group.
    fn team_moves(&mut self, world: &World) -> Option<Given> {
        let team = world.post(self.chance.pick(&self.teams)?)?;
        let structure = world.structure(team.structure)?;
        let over = world.posts_of(structure.id);
        let over = over.filter(|post| matches!(post.position.as_str(), "DIVS" | "GRPS"));
        let over: Vec<_> = over.map(|post| post.id).collect();
        let owner = world.organization(world.owner_of_structure(structure)?)?;
        let reports_to = self.chance.pick(&over)?;
        let command = MovePost { post: team.id, reports_to, reason: None }.into();
        Some((principal(&owner.profile.code), command))
    }
}
