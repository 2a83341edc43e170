//! What a sender said: one alert message in the vocabulary of CAP 1.2 (OASIS, ITU-T X.1303).
//!
//! The three scales [`Urgency`], [`Severity`] and [`Certainty`] stay apart, as the standard wants:
//! folding them into one number would lose what a duty officer decides on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::geometry::{Circle, Polygon};

/// One alert message (CAP `alert`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Sender, identifier and time: what makes a message the same message.
    pub key: AlertKey,
    /// Whether the message is meant for action (CAP `status`).
    pub status: Status,
    /// What the message does to earlier ones (CAP `msgType`).
    pub msg_type: MsgType,
    /// Whom the sender meant it for (CAP `scope`).
    pub scope: Scope,
    /// The operator or device that originated it (CAP `source`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The rule that limits distribution when the scope is restricted (CAP `restriction`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restriction: Option<String>,
    /// The intended recipients when the scope is private (CAP `addresses`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// Profile and handling codes (CAP `code`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Purpose of the message, above all for Cancel, Ack, Error and exercises (CAP `note`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Earlier messages that this one concerns (CAP `references`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<AlertKey>,
    /// Names by which the sender groups messages of one incident (CAP `incidents`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<String>,
    /// The hazards, areas and languages of the message (CAP `info`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub infos: Vec<Info>,
    /// Whether the document carried an XML signature. Presence only: it is not a verification.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
    /// Elements that the standard does not name, kept as they came: path and text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Named>,
}

/// The identity of a message: CAP's triple of sender, identifier and sent.
///
/// `sent` is compared as an instant, because senders write the same instant with other offsets
/// when they refer to a message later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AlertKey {
    /// Globally unique name of the sender (CAP `sender`).
    pub sender: String,
    /// The sender's number for the message (CAP `identifier`).
    pub identifier: String,
    /// When the message was sent (CAP `sent`).
    pub sent: Timestamp,
}

/// One hazard in one language (CAP `info`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// RFC 3066 language tag; CAP's default is `en-US` (CAP `language`).
    pub language: String,
    /// Categories of the hazard; at least one in valid messages (CAP `category`).
    pub categories: Vec<Category>,
    /// What happens, in the sender's words (CAP `event`).
    pub event: String,
    /// What the audience should do (CAP `responseType`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response_types: Vec<ResponseType>,
    /// How soon to act (CAP `urgency`).
    pub urgency: Urgency,
    /// How bad it is (CAP `severity`).
    pub severity: Severity,
    /// How sure it is (CAP `certainty`).
    pub certainty: Certainty,
    /// Whom the text addresses (CAP `audience`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// System-specific event codes, in order, repeats kept (CAP `eventCode`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_codes: Vec<Named>,
    /// From when the information counts; the message's `sent` when absent (CAP `effective`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Timestamp>,
    /// When the hazard begins (CAP `onset`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onset: Option<Timestamp>,
    /// Until when the information counts (CAP `expires`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// The sender's name for people (CAP `senderName`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_name: Option<String>,
    /// One line of text (CAP `headline`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// The longer text (CAP `description`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What to do, in words (CAP `instruction`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instruction: Option<String>,
    /// A page with more information (CAP `web`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<String>,
    /// Whom to ask (CAP `contact`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// System-specific parameters, in order, repeats kept (CAP `parameter`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Named>,
    /// Attached files (CAP `resource`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// Where it holds (CAP `area`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
}

/// A name and a value whose meaning the sender's system defines (CAP `valueName` and `value`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Name of the code list, parameter or element.
    pub name: String,
    /// The value in it.
    pub value: String,
}

/// A file that belongs to an info (CAP `resource`). Never fetched by a codec.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// What it is, for people (CAP `resourceDesc`).
    pub description: String,
    /// Media type (CAP `mimeType`); absent in some CAP 1.0 and 1.1 messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// Size in bytes, as claimed by the sender (CAP `size`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// Where it can be had, or its name when it is inline (CAP `uri`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The file itself in base64, unchanged (CAP `derefUri`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deref_uri: Option<String>,
    /// SHA-1 in hexadecimal (CAP `digest`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// A place: the union of its polygons, circles and geocodes (CAP `area`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// The place in words (CAP `areaDesc`).
    pub description: String,
    /// Polygons of one ring each: CAP has no holes (CAP `polygon`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polygons: Vec<Polygon>,
    /// Circles; a radius of 0 means a point (CAP `circle`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<Circle>,
    /// Codes of places, in order, repeats kept (CAP `geocode`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub geocodes: Vec<Named>,
    /// Lower bound in feet above mean sea level (CAP `altitude`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub altitude_ft: Option<f64>,
    /// Upper bound in feet above mean sea level (CAP `ceiling`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling_ft: Option<f64>,
}

/// A closed code list of the standard: its members, and their spelling on the wire.
macro_rules! code_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident = $wire:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$member_doc])* #[serde(rename = $wire)] $member),+
        }

        impl $name {
            /// Every member, in the standard's order.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The spelling of CAP 1.2.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$member => $wire),+ }
            }

            /// The member with exactly this spelling.
            #[must_use]
            pub fn from_wire(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

code_list! {
    /// Whether a message is meant for action (CAP `status`).
    Status {
        /// For action by all it is addressed to.
        Actual = "Actual",
        /// For the participants of an exercise only.
        Exercise = "Exercise",
        /// Internal to the alerting network, such as heartbeats.
        System = "System",
        /// To be ignored by all.
        Test = "Test",
        /// Not for action in its present form.
        Draft = "Draft",
    }
}

code_list! {
    /// What a message does to earlier ones (CAP `msgType`).
    MsgType {
        /// Begins a new matter.
        Alert = "Alert",
        /// Replaces the messages that it refers to.
        Update = "Update",
        /// Withdraws the messages that it refers to.
        Cancel = "Cancel",
        /// Says that the messages it refers to were received.
        Ack = "Ack",
        /// Says that the messages it refers to were rejected; the note tells why.
        Error = "Error",
    }
}

code_list! {
    /// Whom a message is meant for (CAP `scope`).
    Scope {
        /// Anybody.
        Public = "Public",
        /// Those that the restriction names.
        Restricted = "Restricted",
        /// Those that the addresses name.
        Private = "Private",
    }
}

code_list! {
    /// Category of the hazard (CAP `category`).
    Category {
        /// Geophysical, landslides included.
        Geo = "Geo",
        /// Meteorological, floods included.
        Met = "Met",
        /// General emergency and public safety.
        Safety = "Safety",
        /// Law enforcement, military, homeland and private security.
        Security = "Security",
        /// Rescue and recovery.
        Rescue = "Rescue",
        /// Fire suppression and rescue.
        Fire = "Fire",
        /// Medical and public health.
        Health = "Health",
        /// Pollution and other environmental matters.
        Env = "Env",
        /// Public and private transportation.
        Transport = "Transport",
        /// Utilities, telecommunication, other infrastructure.
        Infra = "Infra",
        /// Chemical, biological, radiological, nuclear or high-yield explosive.
        Cbrne = "CBRNE",
        /// Anything else.
        Other = "Other",
    }
}

code_list! {
    /// What the audience should do (CAP `responseType`).
    ResponseType {
        /// Take shelter in place.
        Shelter = "Shelter",
        /// Leave the area.
        Evacuate = "Evacuate",
        /// Make preparations.
        Prepare = "Prepare",
        /// Carry out a planned activity.
        Execute = "Execute",
        /// Stay away from the hazard.
        Avoid = "Avoid",
        /// Attend to sources of information.
        Monitor = "Monitor",
        /// Evaluate the information; not for public warning.
        Assess = "Assess",
        /// The hazard no longer threatens.
        AllClear = "AllClear",
        /// No action recommended.
        None = "None",
    }
}

code_list! {
    /// How soon to act (CAP `urgency`).
    Urgency {
        /// At once.
        Immediate = "Immediate",
        /// Within the next hour.
        Expected = "Expected",
        /// In the near future.
        Future = "Future",
        /// No longer needed.
        Past = "Past",
        /// Not known.
        Unknown = "Unknown",
    }
}

code_list! {
    /// How bad it is (CAP `severity`).
    Severity {
        /// Extraordinary threat to life or property.
        Extreme = "Extreme",
        /// Significant threat.
        Severe = "Severe",
        /// Possible threat.
        Moderate = "Moderate",
        /// Minimal threat.
        Minor = "Minor",
        /// Not known.
        Unknown = "Unknown",
    }
}

code_list! {
    /// How sure it is (CAP `certainty`).
    Certainty {
        /// Has happened or is going on.
        Observed = "Observed",
        /// More likely than not.
        Likely = "Likely",
        /// Possible, not likely.
        Possible = "Possible",
        /// Not expected to occur.
        Unlikely = "Unlikely",
        /// Not known.
        Unknown = "Unknown",
    }
}
