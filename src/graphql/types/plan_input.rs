//! The parts of an incident action plan as they are written.

use async_graphql::InputObject;
use jiff::Timestamp;

use crate::domain::period;

/// A row of the radio communications plan.
#[derive(InputObject)]
pub(crate) struct ChannelInput {
    /// Its name or talkgroup, unique in the plan.
    name: String,
    /// What it is for, such as `command` or `tactical`.
    function: String,
    /// Who uses it.
    assignment: Option<String>,
    /// The receive frequency with its tone or NAC.
    receive: Option<String>,
    /// The transmit frequency with its tone or NAC.
    transmit: Option<String>,
    /// Zone, channel number, mode, whatever else is to be said.
    remarks: Option<String>,
}

/// Where responders are cared for.
#[derive(InputObject)]
pub(crate) struct MedicalInput {
    /// Aid stations.
    #[graphql(default)]
    aid_stations: Vec<AidStationInput>,
    /// Ambulances and aircraft.
    #[graphql(default)]
    transport: Vec<MedicalTransportInput>,
    /// Hospitals.
    #[graphql(default)]
    hospitals: Vec<HospitalInput>,
    /// What to do in a medical emergency.
    procedures: Option<String>,
}

/// An aid station.
#[derive(InputObject)]
pub(crate) struct AidStationInput {
    /// What people call it.
    name: String,
    /// Where it is, and how it is reached.
    location: String,
    /// Whether paramedics are there.
    #[graphql(default = false)]
    paramedics: bool,
}

/// An ambulance or aircraft for responders.
#[derive(InputObject)]
pub(crate) struct MedicalTransportInput {
    /// What people call it.
    name: String,
    /// Where it stands, and how it is reached.
    location: String,
    /// Whether it gives advanced life support; basic only when false.
    #[graphql(default = false)]
    advanced: bool,
}

/// A hospital that takes responders.
#[derive(InputObject)]
pub(crate) struct HospitalInput {
    /// What people call it.
    name: String,
    /// Where it is, and how it is reached.
    contact: String,
    /// How long it takes by road, in minutes.
    ground_minutes: Option<u32>,
    /// How long it takes by air, in minutes.
    air_minutes: Option<u32>,
    /// Its trauma level, 1 the highest.
    trauma_level: Option<u8>,
    /// Whether it has a burn centre.
    #[graphql(default = false)]
    burn_center: bool,
    /// Whether helicopters can land.
    #[graphql(default = false)]
    helipad: bool,
}

/// A hazard and what is done against it.
#[derive(InputObject)]
pub(crate) struct HazardInput {
    /// The area or assignment.
    area: String,
    /// What can happen.
    hazard: String,
    /// What is done against it.
    mitigation: String,
}

/// What an assignment needs.
#[derive(InputObject)]
pub(crate) struct NeedInput {
    /// The branch, division, group or staging area.
    place: String,
    /// The kind of resource, such as `engine`.
    kind: String,
    /// The type wanted; 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How many are required.
    required: u32,
    /// How many there are.
    have: u32,
    /// Where they report.
    reporting: Option<String>,
    /// When they should be there.
    arrival: Option<Timestamp>,
    /// The number of the request by which the rest was ordered (213RR).
    request: Option<String>,
    /// Why it is acceptable to go without, and what is done instead.
    risk_accepted: Option<String>,
}

impl From<ChannelInput> for period::Channel {
    fn from(input: ChannelInput) -> Self {
        let ChannelInput { name, function, assignment, receive, transmit, remarks } = input;
        Self { name, function, assignment, receive, transmit, remarks }
    }
}

impl From<MedicalInput> for period::Medical {
    fn from(input: MedicalInput) -> Self {
        let station = |row: AidStationInput| {
            let AidStationInput { name, location, paramedics } = row;
            period::AidStation { name, location, paramedics }
        };
        let transport = |row: MedicalTransportInput| {
            let MedicalTransportInput { name, location, advanced } = row;
            period::Transport { name, location, advanced }
        };
        let hospital = |row: HospitalInput| period::Hospital {
            name: row.name,
            contact: row.contact,
            ground_minutes: row.ground_minutes,
            air_minutes: row.air_minutes,
            trauma_level: row.trauma_level,
            burn_center: row.burn_center,
            helipad: row.helipad,
        };
        Self {
            aid_stations: input.aid_stations.into_iter().map(station).collect(),
            transport: input.transport.into_iter().map(transport).collect(),
            hospitals: input.hospitals.into_iter().map(hospital).collect(),
            procedures: input.procedures,
            confirmed: None,
        }
    }
}

impl From<HazardInput> for period::Hazard {
    fn from(input: HazardInput) -> Self {
        let HazardInput { area, hazard, mitigation } = input;
        Self { area, hazard, mitigation }
    }
}

impl From<NeedInput> for period::Need {
    /// Since when the row stands there and who accepts the risk is for the hub to say.
    fn from(input: NeedInput) -> Self {
        let risk = input.risk_accepted.map(|text| period::RiskNote { text, by: String::new() });
        Self {
            place: input.place,
            kind: input.kind,
            level: input.level,
            required: input.required,
            have: input.have,
            reporting: input.reporting,
            arrival: input.arrival,
            request: input.request,
            since: Timestamp::UNIX_EPOCH,
            risk,
        }
    }
}
