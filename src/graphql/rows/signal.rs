//! The columns of signals.

use muster_contract::alert::AlertKey;

use super::place::bounding_box;
use super::{Column, Row, Selection, column};
use crate::graphql::scalars::Position;
use crate::graphql::types::codes::{
    Certainty, FieldGroup, Marking, MessageScope, MessageStatus, MessageType, Severity, Urgency,
};
use crate::graphql::types::cop::CopRecord;
use crate::graphql::types::incident::Incident;
use crate::graphql::types::resource::Resource;
use crate::graphql::types::resource_request::ResourceRequest;
use crate::graphql::types::signal::{Signal, SignalState};

impl Row for Signal {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        asked.object("Signal", |name, asked| match name {
            "id" => column(|s: &Self, json| json.put(s.0.id())),
            "headline" => column(|s: &Self, json| json.put(s.0.headline())),
            "severity" => column(|s: &Self, json| json.choice_or_null::<Severity>(s.0.severity())),
            "urgency" => column(|s: &Self, json| json.choice_or_null::<Urgency>(s.0.urgency())),
            "certainty" => {
                column(|s: &Self, json| json.choice_or_null::<Certainty>(s.0.certainty()))
            }
            "state" => column(|s: &Self, json| json.choice_or_null::<SignalState>(s.0.state())),
            "expires" => column(|s: &Self, json| json.put(s.0.expires())),
            "exercise" => column(|s: &Self, json| json.put(s.0.exercise())),
            "via" => column(|s: &Self, json| json.put(s.0.via())),
            "digest" => column(|s: &Self, json| json.put(s.0.digest())),
            "point" => column(|s: &Self, json| json.scalar(s.0.point().map(Position))),
            "boundingBox" => {
                let bounding_box = bounding_box(asked)?;
                column(move |s: &Self, json| json.option(s.0.bounding_box(), &bounding_box))
            }
            "marking" => column(|s: &Self, json| {
                json.choice_or_null::<Marking>(s.0.marking().map(|marking| marking.tlp));
            }),
            "withheld" => column(|s: &Self, json| {
                json.choices::<FieldGroup>(s.0.decision().withheld());
            }),
            "changedAt" => column(|s: &Self, json| json.put(s.0.changed_at())),
            _ => said(name, asked),
        })
    }
}

/// The columns of what the sender said.
fn said(name: &str, asked: &Selection<'_>) -> Option<Column<Signal>> {
    match name {
        "key" => {
            let key = key(asked)?;
            column(move |s: &Signal, json| json.option(s.0.key(), &key))
        }
        "status" => column(|s: &Signal, json| {
            json.choice_or_null::<MessageStatus>(s.0.alert().map(|alert| alert.status));
        }),
        "messageType" => column(|s: &Signal, json| {
            json.choice_or_null::<MessageType>(s.0.alert().map(|alert| alert.msg_type));
        }),
        "scope" => column(|s: &Signal, json| {
            json.choice_or_null::<MessageScope>(s.0.alert().map(|alert| alert.scope));
        }),
        "source" => {
            column(|s: &Signal, json| json.put(s.0.alert().and_then(|a| a.source.as_deref())))
        }
        "restriction" => {
            column(|s: &Signal, json| json.put(s.0.alert().and_then(|a| a.restriction.as_deref())))
        }
        "addresses" => {
            column(|s: &Signal, json| json.put(s.0.alert().map_or(&[][..], |a| &a.addresses)))
        }
        "codes" => column(|s: &Signal, json| json.put(s.0.alert().map_or(&[][..], |a| &a.codes))),
        "note" => column(|s: &Signal, json| json.put(s.0.alert().and_then(|a| a.note.as_deref()))),
        "incidents" => {
            column(|s: &Signal, json| json.put(s.0.alert().map_or(&[][..], |a| &a.incidents)))
        }
        "signed" => column(|s: &Signal, json| json.put(s.0.alert().map(|alert| alert.signed))),
        _ => None,
    }
}

fn key(asked: &Selection<'_>) -> Option<Column<AlertKey>> {
    asked.object("MessageKey", |name, _| match name {
        "sender" => column(|k: &AlertKey, json| json.put(&k.sender)),
        "identifier" => column(|k: &AlertKey, json| json.put(&k.identifier)),
        "sent" => column(|k: &AlertKey, json| json.put(k.sent)),
        _ => None,
    })
}

impl Row for CopRecord {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        let (incident, signal) = (Incident::column(asked)?, Signal::column(asked)?);
        let resource = Resource::column(asked)?;
        let request = ResourceRequest::column(asked)?;
        column(move |record: &Self, json| match record {
            Self::Incident(record) => incident(record, json),
            Self::Signal(record) => signal(record, json),
            Self::Resource(record) => resource(record, json),
            Self::ResourceRequest(record) => request(record, json),
        })
    }
}
