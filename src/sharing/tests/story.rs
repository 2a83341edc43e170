//! Worlds made by commands of several organizations, with the checks that the hub makes.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use muster_contract::alert::{self, Category, Certainty, MsgType, Severity, Urgency};
use muster_contract::{Alert, AlertKey, Area, Info, Polygon, Position};
use uuid::Uuid;

use crate::domain::agreement::{
    Agreement, Group, Incidents, PlacePrecision, Propose, Shareable, Sign, Term, Text,
    TimePrecision,
};
use crate::domain::incident::{Incident, Open};
use crate::domain::marking::Tlp;
use crate::domain::organization::{Kind, Organization, Profile, Register};
use crate::domain::place::Location;
use crate::domain::signal::Receive;
use crate::domain::{
    Apply as _, Attribution, Command, Context, Decide as _, Id, Ids, Principal, RecordRef, Refusal,
    Scope, Stamp, World, hazard,
};
use crate::sharing::{Sharing, View, Viewer};

/// A World in the making.
pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) now: Timestamp,
    sharing: Sharing,
    commands: u64,
    /// The records that changed since this was taken last.
    pub(crate) touched: Vec<RecordRef>,
}

impl Story {
    pub(super) fn new() -> Self {
        let now = "2026-05-01T12:00:00Z".parse().unwrap();
        Self {
            world: World::default(),
            now,
            sharing: Sharing::default(),
            commands: 0,
            touched: Vec::new(),
        }
    }

    /// Somebody asks for something; `number` is where its ids come from.
    pub(super) fn ask(
        &mut self,
        who: &Principal,
        number: u64,
        command: impl Into<Command>,
    ) -> Result<RecordRef, Refusal> {
        let command = command.into();
        self.sharing.authorise(who, &command, &self.world, self.now)?;
        let by: Attribution = who.attribution(&self.world);
        let seed = 0x0196_8f00_0000_7000_8000_0000_0000_0000 | u128::from(number) << 16;
        let ids = Ids::from_seed(Uuid::from_u128(seed));
        let decision = command.decide(&self.world, &Context { now: self.now, ids, by: &by })?;
        for event in &decision.events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: self.now, by: &by };
            self.world.apply(event, &stamp, None);
            self.touched.extend(event.touches());
        }
        Ok(decision.subject)
    }

    /// Something that has to be carried out, with ids of its own.
    pub(super) fn must(&mut self, who: &Principal, command: impl Into<Command>) -> RecordRef {
        self.commands += 1;
        let number = 1_000_000 + self.commands;
        self.ask(who, number, command).unwrap_or_else(|refusal| panic!("refused: {refusal}"))
    }

    pub(super) fn organization(&mut self, code: &str, parents: &[&str]) -> Id<Organization> {
        let parents = parents.iter().map(|code| self.id(code)).collect();
        let profile = Profile {
            code: code.into(),
            name: format!("The {code}"),
            kind: Kind::Fire,
            jurisdiction: None,
            parents,
        };
        self.must(&Principal::hub(), Register { profile });
        self.id(code)
    }

    pub(super) fn id(&self, code: &str) -> Id<Organization> {
        self.world.organization_by_code(code).unwrap().id
    }

    pub(super) fn incident(&mut self, who: &Principal, open: Open) -> Id<Incident> {
        let RecordRef::Incident(id) = self.must(who, open) else { panic!("no incident") };
        id
    }

    /// An agreement that all its parties signed.
    pub(super) fn agree(&mut self, ends: Option<Timestamp>, terms: Vec<Term>) -> Id<Agreement> {
        let agreement = self.propose(ends, terms);
        let parties = self.world.agreement(agreement).unwrap().text.parties.clone();
        for party in parties {
            let code = self.world.organization(party).unwrap().profile.code.clone();
            self.must(&chief(&code), Sign { agreement });
        }
        agreement
    }

    /// An agreement that only its first giver signed.
    pub(super) fn propose(&mut self, ends: Option<Timestamp>, terms: Vec<Term>) -> Id<Agreement> {
        let mut parties: Vec<_> =
            terms.iter().flat_map(|t| t.gives.iter().chain(&t.receives)).copied().collect();
        let first = parties[0];
        parties.sort_unstable();
        parties.dedup();
        let code = self.world.organization(first).unwrap().profile.code.clone();
        let (title, purpose) = ("Mutual aid".to_owned(), "to help each other".to_owned());
        let text = Text { title, purpose, parties, terms, starts: None, ends };
        let RecordRef::Agreement(id) = self.must(&chief(&code), Propose { text }) else {
            panic!("no agreement")
        };
        id
    }

    /// A term by which all of everything is given.
    pub(super) fn term(&self, gives: &str, receives: &str) -> Term {
        Term {
            gives: vec![self.id(gives)],
            receives: vec![self.id(receives)],
            records: vec![
                Shareable::Incident,
                Shareable::Signal,
                Shareable::Note,
                Shareable::Person,
            ],
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

    pub(crate) fn view(&self, who: &Principal) -> View {
        let viewer = Arc::new(Viewer::of(who, &self.world));
        self.sharing.view(Arc::new(self.world.clone()), &viewer, self.now)
    }

    pub(super) fn view_of(&self, viewer: &Arc<Viewer>) -> View {
        self.sharing.view(Arc::new(self.world.clone()), viewer, self.now)
    }

    pub(super) fn hours_from_now(&self, hours: i64) -> Timestamp {
        self.now + SignedDuration::from_hours(hours)
    }
}

/// Somebody who may do everything for an organization, but not audit or run the hub.
pub(crate) fn chief(code: &str) -> Principal {
    use Scope::{Administer, BreakGlass, Ingest, Read, Write};
    somebody(Some(code), &[Read, Write, Ingest, Administer, BreakGlass])
}

pub(super) fn somebody(code: Option<&str>, scopes: &[Scope]) -> Principal {
    let organization = code.map(ToOwned::to_owned);
    let name = format!("{}-chief", code.unwrap_or("hub"));
    Principal::new(name, organization, scopes.to_vec())
}

pub(super) fn open(name: &str, kind: &str) -> Open {
    Open {
        name: name.into(),
        kind: hazard::Kind::from_code(kind).unwrap(),
        confirmed: true,
        location: Location {
            point: Some(Position { lon: -71.052_34, lat: 42.361_72 }),
            name: Some(format!("behind {name}")),
            perimeter: None,
        },
        complexity: Some((3, "large".into())),
        lead: None,
        parent: None,
        signal: None,
        exercise: false,
    }
}

/// A message for everybody, or for the organization that hands it in.
pub(super) fn message(identifier: &str, scope: alert::Scope, now: Timestamp) -> Receive {
    let corners = [(-71.0, 42.0), (-70.0, 42.0), (-70.0, 43.0), (-71.0, 43.0), (-71.0, 42.0)];
    let ring = corners.map(|(lon, lat)| Position { lon, lat }).to_vec();
    let area = Area {
        description: "Mill River".into(),
        polygons: vec![Polygon::from_ring(ring)],
        circles: Vec::new(),
        geocodes: Vec::new(),
        altitude_ft: None,
        ceiling_ft: None,
    };
    let info = Info {
        language: "en-US".into(),
        categories: vec![Category::Fire],
        event: "Fire".into(),
        response_types: Vec::new(),
        urgency: Urgency::Immediate,
        severity: Severity::Severe,
        certainty: Certainty::Observed,
        audience: None,
        event_codes: Vec::new(),
        effective: None,
        onset: None,
        expires: Some(now + SignedDuration::from_hours(24 * 30)),
        sender_name: None,
        headline: Some(format!("headline {identifier}")),
        description: None,
        instruction: None,
        web: None,
        contact: None,
        parameters: Vec::new(),
        resources: Vec::new(),
        areas: vec![area],
    };
    let sent = "2026-05-01T12:00:00Z".parse().unwrap();
    let alert = Alert {
        key: AlertKey { sender: "panel".into(), identifier: identifier.into(), sent },
        status: alert::Status::Actual,
        msg_type: MsgType::Alert,
        scope,
        source: None,
        restriction: None,
        addresses: Vec::new(),
        codes: Vec::new(),
        note: None,
        references: Vec::new(),
        incidents: Vec::new(),
        infos: vec![info],
        signed: false,
        unknown: Vec::new(),
    };
    let (via, digest) = ("test".into(), "00".repeat(32));
    Receive { alert: Arc::new(alert), via, digest, resolved: None, warnings: Vec::new() }
}
