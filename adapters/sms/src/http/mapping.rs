//! What a mapping says: how a gateway is asked, how it answers, and how it calls back.

use muster_contract::channel::{FailureKind, ReceiptState};

use super::node::Mistakes;
use super::read;
use super::template::{Json, Template};

/// The mapping for Kannel's `smsbox`.
pub const KANNEL: &str = include_str!("../../../catalog/sms/kannel.yaml");
/// The mapping for Twilio's messages and what is compatible with them.
pub const TWILIO: &str = include_str!("../../../catalog/sms/twilio.yaml");

/// A gateway's way of sending short messages over HTTP, read from YAML.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub(super) name: String,
    /// Values that the settings must give.
    pub(super) needs: Vec<String>,
    pub(super) request: Request,
    pub(super) probe: Option<Probe>,
    pub(super) answer: Answer,
    pub(super) callback: Option<Callback>,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// All [`Mistakes`] with their lines; only the first when it is not YAML.
    pub fn parse(source: &str) -> Result<Self, Mistakes> {
        read::mapping(source)
    }

    /// What the gateway is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The values that the settings must give.
    #[must_use]
    pub fn needs(&self) -> &[String] {
        &self.needs
    }
}

/// A request to be made.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) post: bool,
    pub(super) url: Template,
    pub(super) query: Vec<(String, Template)>,
    pub(super) headers: Vec<(String, Template)>,
    pub(super) basic: Option<(Template, Template)>,
    pub(super) body: Body,
}

#[derive(Clone, Debug)]
pub(super) enum Body {
    Empty,
    Form(Vec<(String, Template)>),
    Json(Json),
}

/// A request that tells nobody anything, and how it is answered when all is well.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    pub(super) request: Request,
    pub(super) alive: Shape,
}

/// What an answer looks like.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) status: Vec<Statuses>,
    /// What its text begins with: one of these, unless there are none.
    pub(super) begins: Vec<String>,
}

/// One status, or a hundred of them as `5xx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Statuses(pub(super) u16, pub(super) u16);

/// How answers are read.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) taken: Shape,
    pub(super) reference: Option<Source>,
    pub(super) code: Option<Source>,
    pub(super) errors: Vec<(String, FailureKind, String)>,
    pub(super) statuses: Vec<(Statuses, FailureKind)>,
}

/// Where something stands in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// At a JSON pointer.
    Json(String),
    /// After this text, up to the next blank.
    After(String),
    /// Before this text.
    Before(String),
}

/// How the gateway calls back.
#[derive(Clone, Debug)]
pub(super) struct Callback {
    pub(super) fields: FieldsIn,
    pub(super) check: Check,
    pub(super) events: Vec<Event>,
    pub(super) answer: CallbackAnswer,
}

/// Where the fields of a callback are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldsIn {
    Query,
    Form,
    Json,
}

/// How a callback proves who it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// `X-Twilio-Signature`, made with the value of this name.
    Twilio(String),
    /// This field of the query has the value of this name.
    Query(String, String),
    /// This header has the value of this name.
    Header(String, String),
}

/// One kind of callback: which fields it has (with a value, or any), and what it says.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) when: Vec<(String, Option<String>)>,
    pub(super) says: Says,
}

#[derive(Clone, Debug)]
pub(super) enum Says {
    Receipt {
        reference: String,
        state: String,
        code: Option<String>,
        states: Vec<(String, ReceiptState)>,
        /// Kinds of failure by code; a `*` at the end stands for anything.
        errors: Vec<(String, FailureKind)>,
    },
    Reply {
        from: String,
        text: String,
        reference: Option<String>,
    },
}

/// What to answer to a callback that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub content_type: String,
    /// The body; some gateways send it back to the person who wrote, so it is mostly empty.
    pub body: String,
}
