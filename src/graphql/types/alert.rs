//! What a sender said, in the words of CAP 1.2.

use std::borrow::Cow;

use async_graphql::{Object, SimpleObject};
use jiff::Timestamp;
use muster_contract::{alert, geometry};

use super::codes::{Category, Certainty, ResponseType, Severity, Urgency};
use crate::graphql::scalars::{MultiPolygon, Position};

/// The identity of a message: CAP's triple of sender, identifier and time.
#[derive(SimpleObject)]
pub(crate) struct MessageKey<'a> {
    /// Globally unique name of the sender.
    sender: &'a str,
    /// The sender's number for the message.
    identifier: &'a str,
    /// When the message was sent.
    sent: Timestamp,
}

impl<'a> From<&'a alert::AlertKey> for MessageKey<'a> {
    fn from(key: &'a alert::AlertKey) -> Self {
        Self { sender: &key.sender, identifier: &key.identifier, sent: key.sent }
    }
}

/// A name and its value. What the names of an alert mean, the sender's system defines.
#[derive(SimpleObject)]
pub(crate) struct NamedValue<'a> {
    /// The name: of a code list, of a parameter, or of a value in a sentence.
    pub(in crate::graphql) name: Cow<'a, str>,
    /// The value.
    pub(in crate::graphql) value: Cow<'a, str>,
}

impl<'a> NamedValue<'a> {
    pub(in crate::graphql) fn of(name: &'a str, value: &'a str) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// A circle on the ground.
#[derive(SimpleObject)]
pub(crate) struct Circle {
    /// The middle.
    center: Position,
    /// Radius in kilometres; 0 means the point itself.
    radius_km: f64,
}

/// A file that belongs to an information. The hub never fetches it.
#[derive(SimpleObject)]
pub(crate) struct AlertResource<'a> {
    /// What it is, for people.
    description: &'a str,
    /// Media type.
    mime_type: Option<&'a str>,
    /// Where it can be had.
    uri: Option<&'a str>,
    /// Size in bytes, as the sender claims.
    size_bytes: Option<u64>,
}

/// One hazard in one language (CAP `info`).
pub(crate) struct Info<'a>(pub(super) &'a alert::Info);

#[Object]
impl Info<'_> {
    /// RFC 3066 language tag.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// Categories of the hazard.
    async fn categories(&self) -> Vec<Category> {
        self.0.categories.iter().copied().map(Into::into).collect()
    }

    /// What happens, in the sender's words.
    async fn event(&self) -> &str {
        &self.0.event
    }

    /// What the audience should do.
    async fn response_types(&self) -> Vec<ResponseType> {
        self.0.response_types.iter().copied().map(Into::into).collect()
    }

    /// How soon to act.
    async fn urgency(&self) -> Urgency {
        self.0.urgency.into()
    }

    /// How bad it is.
    async fn severity(&self) -> Severity {
        self.0.severity.into()
    }

    /// How sure it is.
    async fn certainty(&self) -> Certainty {
        self.0.certainty.into()
    }

    /// Whom the text addresses.
    async fn audience(&self) -> Option<&str> {
        self.0.audience.as_deref()
    }

    /// System-specific event codes.
    async fn event_codes(&self) -> Vec<NamedValue<'_>> {
        named(&self.0.event_codes)
    }

    /// From when the information counts; since the message was sent when null.
    async fn effective(&self) -> Option<Timestamp> {
        self.0.effective
    }

    /// When the hazard begins.
    async fn onset(&self) -> Option<Timestamp> {
        self.0.onset
    }

    /// Until when the information counts.
    async fn expires(&self) -> Option<Timestamp> {
        self.0.expires
    }

    /// The sender's name for people.
    async fn sender_name(&self) -> Option<&str> {
        self.0.sender_name.as_deref()
    }

    /// One line of text.
    async fn headline(&self) -> Option<&str> {
        self.0.headline.as_deref()
    }

    /// The longer text.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What the audience is told to do.
    async fn instruction(&self) -> Option<&str> {
        self.0.instruction.as_deref()
    }

    /// A page with more information.
    async fn web(&self) -> Option<&str> {
        self.0.web.as_deref()
    }

    /// Whom to ask.
    async fn contact(&self) -> Option<&str> {
        self.0.contact.as_deref()
    }

    /// System-specific parameters.
    async fn parameters(&self) -> Vec<NamedValue<'_>> {
        named(&self.0.parameters)
    }

    /// Attached files.
    async fn resources(&self) -> Vec<AlertResource<'_>> {
        let resources = self.0.resources.iter().map(|resource| AlertResource {
            description: &resource.description,
            mime_type: resource.mime_type.as_deref(),
            uri: resource.uri.as_deref(),
            size_bytes: resource.size_bytes,
        });
        resources.collect()
    }

    /// Where it holds.
    async fn areas(&self) -> Vec<Area<'_>> {
        self.0.areas.iter().map(Area).collect()
    }
}

/// A place: the union of its polygons, circles and geocodes (CAP `area`).
pub(crate) struct Area<'a>(&'a alert::Area);

#[Object]
impl Area<'_> {
    /// The place in words.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Its polygons.
    async fn polygons(&self) -> Option<MultiPolygon> {
        let polygons = self.0.polygons.clone();
        (!polygons.is_empty()).then_some(MultiPolygon(geometry::MultiPolygon { polygons }))
    }

    /// Its circles.
    async fn circles(&self) -> Vec<Circle> {
        let circle =
            |c: &geometry::Circle| Circle { center: Position(c.center), radius_km: c.radius_km };
        self.0.circles.iter().map(circle).collect()
    }

    /// Codes of places.
    async fn geocodes(&self) -> Vec<NamedValue<'_>> {
        named(&self.0.geocodes)
    }

    /// Lower bound in feet above mean sea level.
    async fn altitude_ft(&self) -> Option<f64> {
        self.0.altitude_ft
    }

    /// Upper bound in feet above mean sea level.
    async fn ceiling_ft(&self) -> Option<f64> {
        self.0.ceiling_ft
    }
}

pub(super) fn named(values: &[alert::Named]) -> Vec<NamedValue<'_>> {
    values.iter().map(|v| NamedValue::of(&v.name, &v.value)).collect()
}
