//! A hub without a server, on a store of its own.

use std::sync::Arc;
use std::time::Duration;

use muster::domain::hazard::Kind;
use muster::domain::incident::{Incident, Open};
use muster::domain::place::Location;
use muster::domain::{Id, RecordRef};
use muster::domain::{Principal, Scope};
use muster::hub::{Answer, Clock, Hub, Running, StoreHealth, SubmitError};
use muster::log;
use tempfile::TempDir;

/// A hub on an SQLite store in a folder that goes with it.
pub(crate) struct BareHub {
    pub(crate) running: Running,
    pub(crate) folder: TempDir,
}

impl BareHub {
    pub(crate) async fn start() -> Self {
        Self::start_with(Clock::system()).await
    }

    pub(crate) async fn start_with(clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = log::open(&Self::address(&folder)).await.unwrap();
        let running = Hub::start(store, clock).await.unwrap();
        Self { running, folder }
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.running.hub
    }

    /// Stops the hub and starts another on the same store.
    pub(crate) async fn restart(self) -> Self {
        let Self { running, folder } = self;
        running.stop().await;
        let store = log::open(&Self::address(&folder)).await.unwrap();
        let running = Hub::start(store, Clock::system()).await.unwrap();
        Self { running, folder }
    }

    fn address(folder: &TempDir) -> String {
        format!("sqlite:{}", folder.path().join("muster.db").display())
    }
}

/// Waits until the store of a hub answers and takes what is written again.
pub(crate) async fn answers_again(hub: &Hub) {
    let mut health = hub.store_health();
    let back = health.wait_for(StoreHealth::is_well);
    tokio::time::timeout(Duration::from_secs(20), back).await.unwrap().unwrap();
}

/// Opens an incident when the store is back. On a busy machine it may be late with its answers once
/// more, and whoever asks then is told to come again.
pub(crate) async fn open_when_back(hub: &Hub, name: &str) -> Id<Incident> {
    loop {
        answers_again(hub).await;
        match submit(hub, open(name)).await {
            Err(SubmitError::StoreUnavailable { .. }) => {}
            answer => return incident_of(&answer.unwrap()),
        }
    }
}

/// Somebody who may do everything.
pub(crate) fn dana() -> Arc<Principal> {
    let scopes = vec![Scope::Read, Scope::Write, Scope::Ingest, Scope::Operate];
    Arc::new(Principal::new("dana", None, scopes))
}

/// The command that opens an incident of this name in Harbor City.
pub(crate) fn open(name: &str) -> Open {
    Open {
        name: name.into(),
        kind: Kind::from_code("structure-fire").unwrap(),
        confirmed: true,
        location: Location {
            point: Some([-71.06, 42.36].into()),
            perimeter: None,
            name: Some("Mill Street".into()),
        },
        complexity: None,
        lead: None,
        parent: None,
        signal: None,
        exercise: false,
    }
}

/// Opens an incident.
pub(crate) async fn open_incident(hub: &Hub, name: &str) -> Id<Incident> {
    incident_of(&submit(hub, open(name)).await.unwrap())
}

/// Submits a command as Dana.
pub(crate) async fn submit(
    hub: &Hub,
    command: impl Into<muster::domain::Command>,
) -> Result<Answer, SubmitError> {
    hub.submit(&dana(), command, None, "test".into()).await
}

/// The incident that an answer is about.
pub(crate) fn incident_of(answer: &Answer) -> Id<Incident> {
    match answer.subject {
        RecordRef::Incident(id) => id,
        other => panic!("the answer is about {other:?}"),
    }
}
