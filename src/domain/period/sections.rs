//! The parts of the plan that one unit writes as a whole: emphasis (ICS 202), communications (205),
//! medical (206), safety (208, 215A), the worksheet of needs (215), and the status summary (209).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::assignments::once;
use super::summary::Summary;
use super::{Period, Refused, touched};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    self, CHANNELS_MAX, HAZARDS_MAX, LABEL_CHARS_MAX, MEDICAL_ROWS_MAX, NAME_CHARS_MAX, NEEDS_MAX,
    NOTE_CHARS_MAX, REASON_CHARS_MAX, TRAUMA_LEVEL_MAX,
};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::world::World;

/// What command stresses, and what everybody should know (ICS 202, blocks 4 and 5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Situation {
    /// What command stresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<String>,
    /// General situational awareness: weather, public mood, what changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awareness: Option<String>,
    /// Where the site safety plan is, if one is required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_safety_plan: Option<String>,
}

/// The radio communications plan (ICS 205).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Communications {
    /// The channels (block 4).
    pub channels: Vec<Channel>,
    /// What all who use them do: repeaters, cross-patches, who relays (block 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
}

/// A row of the radio communications plan (ICS 205, block 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name or talkgroup, unique in the plan.
    pub name: String,
    /// What it is for, such as `command`, `tactical` or `air-to-ground`.
    pub function: String,
    /// Who uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<String>,
    /// The zone of the radio in which it is programmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Its number in that zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The receive frequency, N or W behind it for narrow or wide band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receive: Option<String>,
    /// The receive tone or NAC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receive_tone: Option<String>,
    /// The transmit frequency, N or W behind it for narrow or wide band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transmit: Option<String>,
    /// The transmit tone or NAC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transmit_tone: Option<String>,
    /// How speech is carried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<RadioMode>,
    /// Whatever else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// How a channel carries speech (ICS 205, block 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RadioMode {
    /// A: analog.
    Analog,
    /// D: digital.
    Digital,
    /// M: mixed.
    Mixed,
}

/// Where responders are cared for (ICS 206). Patients of the incident belong to Operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Medical {
    /// Aid stations.
    pub aid_stations: Vec<AidStation>,
    /// Ambulances and aircraft.
    pub transport: Vec<Transport>,
    /// Hospitals.
    pub hospitals: Vec<Hospital>,
    /// What to do in a medical emergency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedures: Option<String>,
    /// Whether the incident's aircraft are used for rescue; who calls for them stands in the
    /// procedures (block 6).
    #[serde(default)]
    pub aviation_rescue: bool,
    /// When all of it was confirmed last; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Timestamp>,
}

/// An aid station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AidStation {
    /// What people call it.
    pub name: String,
    /// Where it is, and how it is reached.
    pub location: String,
    /// Whether paramedics are there.
    pub paramedics: bool,
}

/// An ambulance or aircraft for responders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transport {
    /// What people call it.
    pub name: String,
    /// Where it stands, and how it is reached.
    pub location: String,
    /// Whether it gives advanced life support; basic only when false.
    pub advanced: bool,
}

/// A hospital that takes responders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hospital {
    /// What people call it.
    pub name: String,
    /// Where it is, and how it is reached.
    pub contact: String,
    /// How long it takes by road, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground_minutes: Option<u32>,
    /// How long it takes by air, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub air_minutes: Option<u32>,
    /// Its trauma level, from 1, the highest, to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trauma_level: Option<u8>,
    /// Whether it has a burn centre.
    pub burn_center: bool,
    /// Whether helicopters can land.
    pub helipad: bool,
}

/// What keeps people safe (ICS 208 and 215A).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Safety {
    /// The message to everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Hazards with what is done against them.
    pub hazards: Vec<Hazard>,
}

/// A hazard and what is done against it (ICS 215A, blocks 5 to 7).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hazard {
    /// The area or assignment.
    pub area: String,
    /// What can happen.
    pub hazard: String,
    /// What is done against it.
    pub mitigation: String,
}

/// A row of the operational planning worksheet (ICS 215): what an assignment needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// The branch, division, group or staging area.
    pub place: String,
    /// The kind of resource, such as `engine`.
    pub kind: String,
    /// The type wanted; 1 is the most capable.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "type")]
    pub level: Option<u8>,
    /// How many are required.
    pub required: u32,
    /// How many there are.
    pub have: u32,
    /// Where they report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporting: Option<String>,
    /// When they should be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Timestamp>,
    /// The overhead positions that come with them, such as a strike team leader (block 7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overhead: Option<String>,
    /// Special equipment and supplies (block 8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equipment: Option<String>,
    /// The number of the request by which the rest was ordered (213RR).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// Since when it stands there.
    pub since: Timestamp,
    /// That going without is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<RiskNote>,
}

/// That somebody accepts to go without.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskNote {
    /// Why that is acceptable, and what is done instead.
    pub text: String,
    /// Who accepts it; whoever wrote the row.
    #[serde(default)]
    pub by: String,
}

/// One part of the plan, as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "section", content = "as")]
pub enum Section {
    /// Command emphasis and general situational awareness (ICS 202).
    Situation(Situation),
    /// The radio communications plan (ICS 205).
    Communications(Communications),
    /// The medical plan (ICS 206). Writing it confirms it.
    Medical(Medical),
    /// The safety message and hazards (ICS 208, 215A).
    Safety(Safety),
    /// The worksheet of needs (ICS 215).
    Needs(Vec<Need>),
    /// The status summary (ICS 209), which is reported beside the plan and is no part of it.
    Summary(Summary),
}

/// Writes a part of the plan in place of what it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WriteSection {
    /// The period.
    pub period: Id<Period>,
    /// The digest of the part as its writer read it; written over whatever is there when absent.
    pub over: Option<String>,
    /// The part, as a whole.
    pub section: Section,
}

/// A part of the plan was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectionWritten {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The part, as a whole.
    #[serde(flatten)]
    pub section: Section,
}

impl Need {
    /// How many are lacking.
    #[must_use]
    pub const fn lacking(&self) -> u32 {
        self.required.saturating_sub(self.have)
    }
}

impl Decide for WriteSection {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let section = self.section.checked(world, period, context)?;
        let subject = RecordRef::Period(self.period);
        let same = match &section {
            Section::Situation(situation) => *situation == period.situation,
            Section::Communications(communications) => *communications == period.communications,
            // Writing it again says that it still holds.
            Section::Medical(_) => false,
            Section::Safety(safety) => *safety == period.safety,
            Section::Needs(needs) => *needs == period.needs,
            Section::Summary(summary) => period.summary.as_ref() == Some(summary),
        };
        if same {
            return Ok(Decision::unchanged(subject));
        }
        section.check_over(period, self.over.as_deref())?;
        let event = SectionWritten { period: self.period, incident: period.incident, section };
        Ok(Decision::one(subject, event))
    }
}

impl Section {
    /// The records that it names.
    pub fn refers_to(&self) -> impl Iterator<Item = RecordRef> {
        let summary = if let Self::Summary(summary) = self { Some(summary) } else { None };
        summary.into_iter().flat_map(Summary::requests).map(RecordRef::ResourceRequest)
    }

    fn checked(
        &self,
        world: &World,
        period: &Period,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        Ok(match self {
            Self::Situation(situation) => Self::Situation(situation.checked()?),
            Self::Communications(communications) => Self::Communications(communications.checked()?),
            Self::Medical(medical) => {
                let medical = medical.checked()?;
                // Where there is neither a hospital nor an aid station, nobody confirmed any.
                let is_empty = medical.hospitals.is_empty() && medical.aid_stations.is_empty();
                let confirmed = (!is_empty).then_some(context.now);
                Self::Medical(Medical { confirmed, ..medical })
            }
            Self::Safety(safety) => {
                limits::count("hazards", safety.hazards.len(), HAZARDS_MAX)?;
                let message = limits::said("message", safety.message.as_deref(), NOTE_CHARS_MAX)?;
                Self::Safety(Safety { message, hazards: all(&safety.hazards, Hazard::checked)? })
            }
            Self::Needs(needs) => {
                limits::count("needs", needs.len(), NEEDS_MAX)?;
                Self::Needs(all(needs, |need| need.checked(world, period, context))?)
            }
            Self::Summary(summary) => Self::Summary(summary.checked(world, period, context)?),
        })
    }
}

fn all<T>(items: &[T], check: impl FnMut(&T) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
    items.iter().map(check).collect()
}

impl Situation {
    fn checked(&self) -> Result<Self, Refusal> {
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), NOTE_CHARS_MAX);
        Ok(Self {
            emphasis: said("emphasis", &self.emphasis)?,
            awareness: said("awareness", &self.awareness)?,
            site_safety_plan: said("siteSafetyPlan", &self.site_safety_plan)?,
        })
    }
}

impl Communications {
    fn checked(&self) -> Result<Self, Refusal> {
        limits::count("channels", self.channels.len(), CHANNELS_MAX)?;
        let channels = all(&self.channels, Channel::checked)?;
        let names: Vec<_> = channels.iter().map(|channel| channel.name.clone()).collect();
        once("channels", &names)?;
        let said = self.instructions.as_deref();
        let instructions = limits::said("instructions", said, NOTE_CHARS_MAX)?;
        Ok(Self { channels, instructions })
    }
}

impl Channel {
    fn checked(&self) -> Result<Self, Refusal> {
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), NAME_CHARS_MAX);
        Ok(Self {
            name: limits::text("name", &self.name, LABEL_CHARS_MAX)?,
            function: limits::text("function", &self.function, NAME_CHARS_MAX)?,
            assignment: said("assignment", &self.assignment)?,
            zone: said("zone", &self.zone)?,
            number: said("number", &self.number)?,
            receive: said("receive", &self.receive)?,
            receive_tone: said("receiveTone", &self.receive_tone)?,
            transmit: said("transmit", &self.transmit)?,
            transmit_tone: said("transmitTone", &self.transmit_tone)?,
            mode: self.mode,
            remarks: said("remarks", &self.remarks)?,
        })
    }
}

impl Medical {
    fn checked(&self) -> Result<Self, Refusal> {
        let name = |name: &str| limits::text("name", name, NAME_CHARS_MAX);
        let place = |place: &str| limits::text("location", place, REASON_CHARS_MAX);
        for (field, count) in [
            ("aidStations", self.aid_stations.len()),
            ("transport", self.transport.len()),
            ("hospitals", self.hospitals.len()),
        ] {
            limits::count(field, count, MEDICAL_ROWS_MAX)?;
        }
        let station = |row: &AidStation| {
            let (name, location) = (name(&row.name)?, place(&row.location)?);
            Ok(AidStation { name, location, paramedics: row.paramedics })
        };
        let transport = |row: &Transport| {
            let (name, location) = (name(&row.name)?, place(&row.location)?);
            Ok(Transport { name, location, advanced: row.advanced })
        };
        let hospital = |row: &Hospital| {
            let contact = limits::text("contact", &row.contact, REASON_CHARS_MAX)?;
            if let Some(level) = row.trauma_level {
                limits::number("traumaLevel", level.into(), 1, TRAUMA_LEVEL_MAX)?;
            }
            Ok(Hospital { name: name(&row.name)?, contact, ..row.clone() })
        };
        let hospitals = all(&self.hospitals, hospital)?;
        let names: Vec<_> = hospitals.iter().map(|hospital| hospital.name.clone()).collect();
        once("hospitals", &names)?;
        Ok(Self {
            aid_stations: all(&self.aid_stations, station)?,
            transport: all(&self.transport, transport)?,
            hospitals,
            procedures: limits::said("procedures", self.procedures.as_deref(), NOTE_CHARS_MAX)?,
            aviation_rescue: self.aviation_rescue,
            confirmed: None,
        })
    }
}

impl Hazard {
    fn checked(&self) -> Result<Self, Refusal> {
        Ok(Self {
            area: limits::text("area", &self.area, NAME_CHARS_MAX)?,
            hazard: limits::text("hazard", &self.hazard, REASON_CHARS_MAX)?,
            mitigation: limits::text("mitigation", &self.mitigation, REASON_CHARS_MAX)?,
        })
    }
}

impl Need {
    fn checked(
        &self,
        world: &World,
        period: &Period,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let risk = self.risk.as_ref().map(|risk| {
            let text = limits::text("risk", &risk.text, REASON_CHARS_MAX)?;
            Ok::<_, Refusal>(RiskNote { text, by: context.by.principal.clone() })
        });
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), REASON_CHARS_MAX);
        let before = period.needs.iter().find(|before| {
            before.place == self.place && (&before.kind, before.level) == (&self.kind, self.level)
        });
        let request = limits::said("request", self.request.as_deref(), LABEL_CHARS_MAX)?;
        // What stands there already stays, so that the other rows can be written; whether it is
        // ordered still is looked at by the check. Another organization's request may be hidden
        // from whoever writes, and is as unknown to them as none.
        let stands = before.is_some_and(|before| before.request == request);
        if let Some(number) = request.as_ref().filter(|_| !stands) {
            let ordered = world.order_of_number(period.incident, number);
            let own = |order: &ResourceRequest| Some(order.asked_by) == context.by.organization;
            if !ordered.is_some_and(own) {
                return Err(Refused::OrderElsewhere { number: number.clone() }.into());
            }
        }
        let kind = limits::text("kind", &self.kind, NAME_CHARS_MAX)?;
        if before.is_none() {
            world.check_kind(&kind)?;
        }
        Ok(Self {
            since: before.map_or(context.now, |before| before.since),
            place: limits::text("place", &self.place, NAME_CHARS_MAX)?,
            kind,
            level: self.level.map(limits::resource_type).transpose()?,
            required: self.required,
            have: self.have,
            reporting: said("reporting", &self.reporting)?,
            arrival: self.arrival,
            overhead: said("overhead", &self.overhead)?,
            equipment: said("equipment", &self.equipment)?,
            request,
            risk: risk.transpose()?,
        })
    }
}

impl Apply for SectionWritten {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(period) = world.change_period(self.period, stamp) else { return };
        match self.section.clone() {
            Section::Situation(situation) => period.situation = situation,
            Section::Communications(channels) => period.communications = channels,
            Section::Medical(medical) => period.medical = medical,
            Section::Safety(safety) => period.safety = safety,
            Section::Needs(needs) => period.needs = needs,
            Section::Summary(summary) => period.summary = Some(summary),
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}
