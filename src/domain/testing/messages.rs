//! Messages of senders, made in a line.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use muster_contract::alert::{
    Category, Certainty, MsgType, Named, ResponseType, Scope, Severity, Status, Urgency,
};
use muster_contract::{Alert, AlertKey, Area, Info, Polygon, Position};

use super::START;
use crate::domain::command::Command;
use crate::domain::signal::Receive;

/// A message that can still be changed.
#[derive(Clone)]
pub(in crate::domain) struct Message(pub(in crate::domain) Alert);

/// A flood warning of the weather service for one square degree at 0, 0: severe, likely, expected,
/// for three hours.
pub(in crate::domain) fn message(identifier: &str) -> Message {
    let sent: Timestamp = START.parse().unwrap();
    let info = Info {
        language: "en-US".to_owned(),
        categories: vec![Category::Met],
        event: "Flood Warning".to_owned(),
        response_types: Vec::new(),
        urgency: Urgency::Expected,
        severity: Severity::Severe,
        certainty: Certainty::Likely,
        audience: None,
        event_codes: vec![named("SAME", "FLW")],
        effective: None,
        onset: None,
        expires: Some(sent + SignedDuration::from_hours(3)),
        sender_name: Some("NWS Boston".to_owned()),
        headline: None,
        description: None,
        instruction: None,
        web: None,
        contact: None,
        parameters: Vec::new(),
        resources: Vec::new(),
        areas: vec![square(0.0, 0.0, 1.0)],
    };
    Message(Alert {
        key: key("weather", identifier),
        status: Status::Actual,
        msg_type: MsgType::Alert,
        scope: Scope::Public,
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
    })
}

fn key(sender: &str, identifier: &str) -> AlertKey {
    let (sender, identifier) = (sender.to_owned(), identifier.to_owned());
    AlertKey { sender, identifier, sent: START.parse().unwrap() }
}

fn named(name: &str, value: &str) -> Named {
    Named { name: name.to_owned(), value: value.to_owned() }
}

fn square(lon: f64, lat: f64, side: f64) -> Area {
    let corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)];
    let ring = corners.into_iter().chain([(lon, lat)]);
    let ring = ring.map(|(lon, lat)| Position { lon, lat }).collect();
    Area {
        description: "Mill River".to_owned(),
        polygons: vec![Polygon::from_ring(ring)],
        circles: Vec::new(),
        geocodes: Vec::new(),
        altitude_ft: None,
        ceiling_ft: None,
    }
}

impl Message {
    pub(in crate::domain) fn info(mut self, change: impl Fn(&mut Info)) -> Self {
        self.0.infos.iter_mut().for_each(change);
        self
    }

    pub(in crate::domain) fn alert(mut self, change: impl FnOnce(&mut Alert)) -> Self {
        change(&mut self.0);
        self
    }

    /// As a square of another place or size.
    pub(in crate::domain) fn at(self, lon: f64, lat: f64, side: f64) -> Self {
        self.info(|info| info.areas = vec![square(lon, lat, side)])
    }

    pub(in crate::domain) fn event(self, event: &str, code: &str) -> Self {
        self.info(|info| {
            info.event = event.to_owned();
            info.event_codes = vec![named("SAME", code)];
        })
    }

    pub(in crate::domain) fn parameter(self, name: &str, value: &str) -> Self {
        self.info(|info| info.parameters.push(named(name, value)))
    }

    pub(in crate::domain) fn grade(self, s: Severity, c: Certainty, u: Urgency) -> Self {
        self.info(|info| (info.severity, info.certainty, info.urgency) = (s, c, u))
    }

    pub(in crate::domain) fn from(self, sender: &str) -> Self {
        self.alert(|alert| alert.key.sender = sender.to_owned())
    }

    pub(in crate::domain) fn exercise(self) -> Self {
        self.alert(|alert| alert.status = Status::Exercise)
    }

    pub(in crate::domain) fn all_clear(self) -> Self {
        self.info(|info| info.response_types = vec![ResponseType::AllClear])
    }

    /// As an Update of earlier messages of the weather service.
    pub(in crate::domain) fn updates(self, earlier: &[&str]) -> Self {
        self.refers(MsgType::Update, earlier)
    }

    /// As a Cancel of earlier messages of the weather service.
    pub(in crate::domain) fn cancels(self, earlier: &[&str]) -> Self {
        self.refers(MsgType::Cancel, earlier)
    }

    fn refers(self, msg_type: MsgType, earlier: &[&str]) -> Self {
        self.alert(|alert| {
            alert.msg_type = msg_type;
            alert.references =
                earlier.iter().map(|identifier| key("weather", identifier)).collect();
        })
    }
}

impl From<Message> for Command {
    fn from(message: Message) -> Self {
        Receive {
            alert: Arc::new(message.0),
            via: "test".to_owned(),
            digest: "00".repeat(32),
            resolved: None,
            warnings: Vec::new(),
        }
        .into()
    }
}
