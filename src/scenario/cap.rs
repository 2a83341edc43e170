//! The alerts that a scenario sends: CAP messages of status Exercise.

use jiff::Timestamp;
use muster_contract::alert::{self, Info, Named, Scope, Status};
use muster_contract::{Alert, AlertKey, Area};

use super::file::{AlertArea, AlertText, Participant};

/// What stands before every headline, area and name, so that nobody takes play for reality where
/// only one line is shown.
pub const MARK: &str = "EXERCISE: ";

/// When an alert counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// When it is sent.
    pub(super) sent: Timestamp,
    /// Until when it counts.
    pub(super) expires: Timestamp,
}

/// The message as the organization would send it. `title` is the scenario's.
pub(super) fn message(
    text: &AlertText,
    key: AlertKey,
    references: Vec<AlertKey>,
    from: &Participant,
    title: &str,
    span: Span,
) -> Alert {
    Alert {
        key,
        status: Status::Exercise,
        msg_type: text.msg_type,
        scope: Scope::Public,
        source: None,
        restriction: None,
        addresses: Vec::new(),
        codes: Vec::new(),
        note: Some(format!("{MARK}{title}")),
        references,
        incidents: Vec::new(),
        infos: vec![info(text, from, span)],
        signed: false,
        unknown: Vec::new(),
    }
}

/// Who and which: unique for each play of a scenario, which `began` tells apart.
pub(super) fn key(from: &Participant, step: &str, began: Timestamp, sent: Timestamp) -> AlertKey {
    AlertKey {
        sender: format!("{}@exercise.example", from.code.to_lowercase()),
        identifier: format!("{step}-{}", began.strftime("%Y%m%dT%H%M%SZ")),
        sent,
    }
}

fn info(text: &AlertText, from: &Participant, span: Span) -> Info {
    let same = |code: &String| Named { name: "SAME".to_owned(), value: code.clone() };
    Info {
        language: "en-US".to_owned(),
        categories: vec![text.category],
        event: text.event.clone(),
        response_types: text.response.clone(),
        urgency: text.urgency,
        severity: text.severity,
        certainty: text.certainty,
        audience: Some("Participants of the exercise".to_owned()),
        event_codes: text.event_code.iter().map(same).collect(),
        effective: Some(span.sent),
        onset: None,
        expires: Some(span.expires),
        sender_name: Some(from.name.clone()),
        headline: Some(format!("{MARK}{}", text.headline)),
        description: Some(text.description.clone()),
        instruction: text.instruction.clone(),
        web: None,
        contact: None,
        parameters: Vec::new(),
        resources: Vec::new(),
        areas: text.areas.iter().map(area).collect(),
    }
}

fn area(area: &AlertArea) -> alert::Area {
    Area {
        // Rules name the incidents that they open by it.
        description: format!("{MARK}{}", area.name),
        polygons: area.outline.iter().map(super::file::Outline::to_polygon).collect(),
        circles: Vec::new(),
        geocodes: area.geocodes.clone(),
        altitude_ft: None,
        ceiling_ft: None,
    }
}
