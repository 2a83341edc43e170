//! Commands of the hub as a scenario file words them, for all that has no wording of its own there:
//!
//! ```text
//! ask: { assign-post: { post: $ops, person: $solis, organization: $AHFPD, capacity: primary } }
//! ```
//!
//! The name is that of the command, and the fields are its fields, in kebab-case; one that may be
//! absent may be left out. A text that is nothing but `$` and a name stands for what an earlier
//! step made, for a person or resource of the file, or for the organization with that code. One
//! that is nothing but a time of the scenario, `T+01:30:00`, stands for the moment at which that
//! falls due; and `now+12h` for a time of the clock, at whichever speed the scenario plays, for what
//! the hub counts in hours, such as the length of an operational period.
//!
//! Nothing here knows a field: what can be asked is read from the commands themselves.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::file::{Offset, parse_offset};
use crate::domain::{
    Command, mutual_aid, period, person, qualification, resource, resource_request, structure,
    watch,
};

/// A command with its fields, not yet resolved.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "BTreeMap<String, Value>")]
pub struct Ask {
    /// What the command is called.
    pub name: String,
    /// Its fields.
    pub with: Value,
}

/// What the texts of an [`Ask`] may stand for.
pub(super) trait Meaning {
    /// The id that is called this.
    fn id(&self, name: &str) -> Option<String>;
    /// The moment at which a time of the scenario falls due.
    fn moment(&self, offset: Offset) -> Timestamp;
    /// The moment of the step.
    fn now(&self) -> Timestamp;
}

impl Ask {
    /// One that the file does not write out itself.
    pub(super) fn new(name: &str, with: Value) -> Self {
        Self { name: name.to_owned(), with }
    }

    /// The command that it stands for.
    ///
    /// # Errors
    /// Everything that is wrong with it, in words.
    pub(super) fn command(&self, meaning: &impl Meaning) -> Result<Command, Vec<String>> {
        let mut found = Vec::new();
        let with = resolved(&self.with, meaning, &mut found);
        if !found.is_empty() {
            return Err(found);
        }
        read(&self.name, &with)
    }
}

impl TryFrom<BTreeMap<String, Value>> for Ask {
    type Error = &'static str;

    fn try_from(asked: BTreeMap<String, Value>) -> Result<Self, Self::Error> {
        let mut asked = asked.into_iter();
        match (asked.next(), asked.next()) {
            (Some((name, with)), None) => Ok(Self { name, with: in_code_case(with) }),
            _ => Err("`ask` takes one command with its fields: `ask: { open-post: { … } }`"),
        }
    }
}

/// Lists what a scenario may ask beside what its file has own words for.
macro_rules! commands {
    ($($name:literal => $command:ty),+ $(,)?) => {
        fn read(name: &str, with: &Value) -> Result<Command, Vec<String>> {
            match name {
                $($name => read_as::<$command>(name, with),)+
                _ => {
                    let names = [$($name),+].join(", ");
                    Err(vec![format!("`{name}` is not a command that can be asked; there are {names}")])
                }
            }
        }
    };
}

commands! {
    "register-person" => person::Register,
    "join-organization" => person::Join,
    "record-qualification" => qualification::RecordQualification,
    "set-qualification-policy" => qualification::SetQualificationPolicy,
    "define-position" => structure::DefinePosition,
    "assume-command" => structure::AssumeCommand,
    "join-command" => structure::JoinCommand,
    "leave-command" => structure::LeaveCommand,
    "activate-eoc" => structure::ActivateEoc,
    "change-eoc" => structure::ChangeEoc,
    "deactivate-eoc" => structure::DeactivateEoc,
    "open-post" => structure::OpenPost,
    "move-post" => structure::MovePost,
    "dissolve-post" => structure::DissolvePost,
    "place-part" => structure::PlacePart,
    "assign-post" => structure::AssignPost,
    "relieve-post" => structure::RelievePost,
    "propose-transfer" => structure::ProposeTransfer,
    "accept-transfer" => structure::AcceptTransfer,
    "decline-transfer" => structure::DeclineTransfer,
    "withdraw-transfer" => structure::WithdrawTransfer,
    "delegate" => structure::Delegate,
    "end-delegation" => structure::EndDelegation,
    "propose-jointly" => structure::ProposeJointly,
    "sign-jointly" => structure::SignJointly,
    "set-thresholds" => watch::SetThresholds,
    "plan-period" => period::Plan,
    "start-period" => period::Start,
    "adjust-period" => period::Adjust,
    "set-objective" => period::SetObjective,
    "rank-objectives" => period::RankObjectives,
    "close-objective" => period::CloseObjective,
    "set-meeting-template" => period::SetMeetingTemplate,
    "hold-meeting" => period::HoldMeeting,
    "assign-work" => period::AssignWork,
    "drop-work" => period::DropWork,
    "write-section" => period::WriteSection,
    "draft-plan" => period::DraftPlan,
    "approve-plan" => period::ApprovePlan,
    "register-resource" => resource::Register,
    "change-resource-status" => resource::ChangeStatus,
    "report-position" => resource::ReportPosition,
    "adjust-supply" => resource::AdjustSupply,
    "commit-resource" => resource::Commit,
    "advance-resource" => resource::Advance,
    "cancel-commitment" => resource::Cancel,
    "check-in-resource" => resource::CheckIn,
    "assign-resource" => resource::Assign,
    "plan-departure" => resource::PlanDeparture,
    "start-demobilization" => resource::StartDemobilization,
    "sign-demobilization" => resource::SignDemobilization,
    "release-resource" => resource::Release,
    "call-par" => resource::CallPar,
    "report-par" => resource::ReportPar,
    "set-approval-policy" => resource_request::SetPolicy,
    "draft-request" => resource_request::Draft,
    "amend-request" => resource_request::Amend,
    "submit-request" => resource_request::Submit,
    "approve-request" => resource_request::Approve,
    "return-request" => resource_request::Return,
    "send-request" => resource_request::Send,
    "decline-request" => resource_request::Decline,
    "close-request" => resource_request::Close,
    "cancel-request" => resource_request::Cancel,
    "fill-from-own" => resource_request::FillFromOwn,
    "make-offer" => mutual_aid::Make,
    "counter-offer" => mutual_aid::Counter,
    "accept-offer" => mutual_aid::Accept,
    "decline-offer" => mutual_aid::Decline,
    "withdraw-offer" => mutual_aid::Withdraw,
    "sign-aid" => mutual_aid::Sign,
    "issue-mission-order" => mutual_aid::IssueMissionOrder,
    "swap-resource" => mutual_aid::Swap,
    "amend-aid" => mutual_aid::Amend,
    "cancel-aid" => mutual_aid::Cancel,
    "claim-reimbursement" => mutual_aid::Claim,
    "return-claim" => mutual_aid::ReturnClaim,
    "pay-claim" => mutual_aid::Pay,
}

fn read_as<C>(name: &str, with: &Value) -> Result<Command, Vec<String>>
where
    C: DeserializeOwned + Serialize + Into<Command>,
{
    let command: C = serde_path_to_error::deserialize(with).map_err(|error| {
        let (path, problem) = (error.path().to_string(), error.inner().to_string());
        let path = if path == "." { String::new() } else { format!(", `{path}`") };
        vec![in_file_case(&format!("`{name}`{path}: {problem}"))]
    })?;
    let mut unread = Vec::new();
    // What was not read does not come back.
    if let Ok(back) = serde_json::to_value(&command) {
        note_unread(with, &back, "", &mut unread);
    }
    if unread.is_empty() {
        return Ok(command.into());
    }
    let known = match serde_json::to_value(&command) {
        Ok(Value::Object(fields)) => fields.keys().cloned().collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let message = |path: &String| {
        in_file_case(&format!("`{name}` has no field `{path}`; its fields are {known}"))
    };
    Err(unread.iter().map(message).collect())
}

/// The fields that say something and were not read.
fn note_unread(given: &Value, back: &Value, path: &str, unread: &mut Vec<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (given, back) {
        (Value::Object(given), Value::Object(back)) => {
            for (key, value) in given {
                match back.get(key) {
                    Some(back) => note_unread(value, back, &below(key), unread),
                    None if is_nothing(value) => {}
                    None => unread.push(below(key)),
                }
            }
        }
        (Value::Array(given), Value::Array(back)) => {
            for (index, (given, back)) in given.iter().zip(back).enumerate() {
                note_unread(given, back, &below(&index.to_string()), unread);
            }
        }
        _ => {}
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// The fields with what their texts stand for.
fn resolved(value: &Value, meaning: &impl Meaning, found: &mut Vec<String>) -> Value {
    match value {
        Value::String(text) => Value::String(meant(text, meaning, found)),
        Value::Array(values) => {
            values.iter().map(|value| resolved(value, meaning, found)).collect()
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            fields.map(|(key, value)| (key.clone(), resolved(value, meaning, found))).collect()
        }
        other => other.clone(),
    }
}

fn meant(text: &str, meaning: &impl Meaning, found: &mut Vec<String>) -> String {
    if let Some(name) = text.strip_prefix('$').filter(|name| is_name(name)) {
        return meaning.id(name).unwrap_or_else(|| {
            found.push(format!(
                "`${name}` is not the id of an earlier step, a person, a resource or the code of an \
                 organization"
            ));
            text.to_owned()
        });
    }
    let after = |length: SignedDuration| meaning.now().saturating_add(length).ok();
    let length = |written: &str| written.parse::<SignedDuration>().ok();
    let time = parse_offset(text).map(|offset| meaning.moment(offset)).or_else(|| {
        let later = text.strip_prefix("now+").and_then(length);
        let earlier = || text.strip_prefix("now-").and_then(length).map(|length| -length);
        after(later.or_else(earlier)?)
    });
    time.map_or_else(|| text.to_owned(), |time| time.to_string())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn in_code_case(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let renamed = fields.map(|(key, value)| (key.replace('-', "_"), in_code_case(value)));
            Value::Object(renamed.collect::<Map<_, _>>())
        }
        Value::Array(values) => values.into_iter().map(in_code_case).collect(),
        other => other,
    }
}

fn in_file_case(message: &str) -> String {
    message.replace('_', "-")
}
