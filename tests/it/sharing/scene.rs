//! Harbor Fire and Memorial Hospital on one hub, and what they agree on.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use muster::domain::agreement::{
    Agreement, End, Group, Incidents, PlacePrecision, Propose, Shareable, Sign, Term, Text,
    TimePrecision,
};
use muster::domain::hazard;
use muster::domain::incident::{Incident, Open};
use muster::domain::marking::Tlp;
use muster::domain::organization::{Kind, Organization, Profile, Register};
use muster::domain::place::Location;
use muster::domain::{Command, Id, Principal, RecordRef, Scope, Seq};
use muster::hub::{Clock, Hub};
use muster_contract::alert::{Certainty, MsgType, Severity, Status, Urgency};
use muster_contract::{Alert, AlertKey, Info};
use serde_json::{Value, json};

use crate::support::hub::{MEMORIAL, TestHub};
use crate::support::socket::Socket;

/// What every text of Harbor Fire holds, and no text of anybody else.
pub(crate) const SECRET: &str = "Xanthippe";

const FOLLOW: &str = "subscription($after: Sequence) { copChanges(after: $after) { sequence
    added { __typename ... on Incident { id name } ... on Signal { id headline } }
    updated { __typename ... on Incident { id name } ... on Signal { id headline } }
    removed { id } } }";

/// Two organizations on a real hub.
pub(crate) struct Scene {
    pub(crate) hub: TestHub,
    pub(crate) fire: Id<Organization>,
    pub(crate) hospital: Id<Organization>,
}

/// Somebody who may do everything for an organization.
pub(crate) fn chief(name: &str, code: &str) -> Arc<Principal> {
    let scopes = vec![Scope::Read, Scope::Write, Scope::Ingest, Scope::Administer];
    Arc::new(Principal::new(name, Some(code.into()), scopes))
}

impl Scene {
    /// Both organizations, which share nothing.
    pub(crate) async fn start(clock: Clock) -> Self {
        let hub = TestHub::start_with(clock).await;
        let profile = Profile {
            code: "MEM".into(),
            name: "Memorial Hospital".into(),
            kind: Kind::Hospital,
            jurisdiction: None,
            parents: Vec::new(),
        };
        let operator = Arc::new(Principal::hub());
        hub.hub().submit(&operator, Register { profile }, None, "test".into()).await.unwrap();
        let id = |code| hub.hub().picture().world.organization_by_code(code).unwrap().id;
        let (fire, hospital) = (id("HFD"), id("MEM"));
        Self { hub, fire, hospital }
    }

    /// Harbor Fire asks for something.
    pub(crate) async fn fire(&self, command: impl Into<Command>) -> (RecordRef, Seq) {
        self.by(&chief("hfd-chief", "HFD"), command).await
    }

    /// Memorial Hospital asks for something.
    pub(crate) async fn hospital(&self, command: impl Into<Command>) -> (RecordRef, Seq) {
        self.by(&chief("mem-chief", "MEM"), command).await
    }

    async fn by(&self, who: &Arc<Principal>, command: impl Into<Command>) -> (RecordRef, Seq) {
        let answer = self.hub.hub().submit(who, command, None, "test".into()).await.unwrap();
        (answer.subject, answer.seq)
    }

    /// Harbor Fire opens an incident with the secret in its name.
    pub(crate) async fn fire_opens(&self, name: &str) -> Id<Incident> {
        let (subject, _) = self.fire(open(&format!("{SECRET} {name}"))).await;
        let RecordRef::Incident(id) = subject else { panic!("{subject:?}") };
        id
    }

    /// Harbor Fire shows the hospital what the term says, from now on.
    pub(crate) async fn agree(&self, term: Term, ends: Option<Timestamp>) -> Id<Agreement> {
        let text = Text {
            title: "Mutual aid".into(),
            purpose: "to be ready for patients".into(),
            parties: vec![self.fire, self.hospital],
            terms: vec![term],
            starts: None,
            ends,
        };
        let (subject, _) = self.fire(Propose { text }).await;
        let RecordRef::Agreement(agreement) = subject else { panic!("{subject:?}") };
        self.hospital(Sign { agreement }).await;
        agreement
    }

    /// Harbor Fire ends an agreement; gives the log entry from which on it is over.
    pub(crate) async fn end(&self, agreement: Id<Agreement>) -> Seq {
        self.fire(End { agreement, reason: "it is over".into() }).await.1
    }

    /// A term by which the hospital sees all of all incidents, signals and notes of Harbor Fire.
    pub(crate) fn everything(&self) -> Term {
        Term {
            gives: vec![self.fire],
            receives: vec![self.hospital],
            records: vec![Shareable::Incident, Shareable::Signal, Shareable::Note],
            incidents: Incidents::All,
            area: None,
            exercise: None,
            up_to: Tlp::Amber,
            groups: Group::ALL.to_vec(),
            place: PlacePrecision::Exact,
            time: TimePrecision::Exact,
            tells_withheld: false,
            onward: false,
            passes_on: false,
        }
    }
}

/// Opens an incident.
pub(crate) fn open(name: &str) -> Open {
    Open {
        name: name.into(),
        kind: hazard::Kind::from_code("flood").unwrap(),
        confirmed: true,
        location: Location { name: Some(name.into()), ..Location::default() },
        complexity: None,
        lead: None,
        parent: None,
        signal: None,
        exercise: false,
    }
}

/// A message for the organization that hands it in alone.
pub(crate) fn private_message(headline: &str) -> Alert {
    let sent = "2026-05-01T12:00:00Z".parse().unwrap();
    let info = Info {
        language: "en-US".into(),
        categories: Vec::new(),
        event: "Fire".into(),
        response_types: Vec::new(),
        urgency: Urgency::Immediate,
        severity: Severity::Severe,
        certainty: Certainty::Observed,
        audience: None,
        event_codes: Vec::new(),
        effective: None,
        onset: None,
        expires: Some(Timestamp::MAX - SignedDuration::from_hours(48)),
        sender_name: None,
        headline: Some(headline.into()),
        description: None,
        instruction: None,
        web: None,
        contact: None,
        parameters: Vec::new(),
        resources: Vec::new(),
        areas: Vec::new(),
    };
    Alert {
        key: AlertKey { sender: "panel".into(), identifier: headline.into(), sent },
        status: Status::Actual,
        msg_type: MsgType::Alert,
        scope: muster_contract::alert::Scope::Private,
        source: None,
        restriction: None,
        addresses: vec!["HFD".into()],
        codes: Vec::new(),
        note: None,
        references: Vec::new(),
        incidents: Vec::new(),
        infos: vec![info],
        signed: false,
        unknown: Vec::new(),
    }
}

/// Somebody of the hospital who follows the picture, with what is on the screen.
pub(crate) struct Watcher {
    hub: Hub,
    socket: Socket,
    /// Ids of the records on the screen that are Harbor Fire's.
    pub(crate) secrets: BTreeSet<String>,
}

/// One event as it came.
pub(crate) struct Heard {
    pub(crate) sequence: Seq,
    pub(crate) removed: BTreeSet<String>,
    /// The names of what is new or different.
    pub(crate) names: Vec<String>,
    pub(crate) text: String,
}

impl Watcher {
    /// Follows from now on or after a cursor; gives the first event too.
    pub(crate) async fn follow(scene: &Scene, after: Option<Seq>) -> (Self, Heard) {
        let mut socket = Socket::begin(&scene.hub, MEMORIAL).await;
        let after = after.map(|after| scene.hub.sequence(after));
        socket.subscribe("1", FOLLOW, json!({ "after": after })).await;
        let hub = scene.hub.hub().clone();
        let mut watcher = Self { hub, socket, secrets: BTreeSet::new() };
        let first = watcher.hear().await;
        (watcher, first)
    }

    /// The next event, carried out on the screen.
    pub(crate) async fn hear(&mut self) -> Heard {
        let message = self.socket.hear().await;
        let event = &message["payload"]["data"]["copChanges"];
        assert!(event.is_object(), "{message}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let list = |name: &str| event[name].as_array().unwrap().clone();
        let mut names = Vec::new();
        for record in list("added").into_iter().chain(list("updated")) {
            let name = record.get("name").or(record.get("headline")).map(text).unwrap();
            if name.contains(SECRET) {
                self.secrets.insert(text(&record["id"]));
            }
            names.push(name);
        }
        let removed: BTreeSet<_> = list("removed").iter().map(|r| text(&r["id"])).collect();
        self.secrets.retain(|id| !removed.contains(id));
        let sequence = self.hub.seq_of(&text(&event["sequence"]).parse().unwrap()).unwrap();
        Heard { sequence, removed, names, text: message.to_string() }
    }
}
