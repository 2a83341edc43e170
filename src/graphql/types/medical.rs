//! The medical plan.

use async_graphql::{InputObject, SimpleObject};
use jiff::Timestamp;

use crate::domain::period;

/// Where responders are cared for (ICS 206).
#[derive(SimpleObject)]
pub(crate) struct Medical {
    /// Aid stations.
    aid_stations: Vec<AidStation>,
    /// Ambulances and aircraft.
    transport: Vec<MedicalTransport>,
    /// Hospitals.
    hospitals: Vec<Hospital>,
    /// What to do in a medical emergency.
    procedures: Option<String>,
    /// Whether the incident's aircraft are used for rescue.
    aviation_rescue: bool,
    /// When all of it was confirmed last; null when it never was.
    confirmed: Option<Timestamp>,
}

/// Where responders are cared for (ICS 206).
#[derive(InputObject)]
pub(crate) struct MedicalInput {
    /// Aid stations.
    #[graphql(default)]
    aid_stations: Vec<AidStation>,
    /// Ambulances and aircraft.
    #[graphql(default)]
    transport: Vec<MedicalTransport>,
    /// Hospitals, each name once.
    #[graphql(default)]
    hospitals: Vec<Hospital>,
    /// What to do in a medical emergency, and who calls for aircraft where they are used for rescue.
    procedures: Option<String>,
    /// Whether the incident's aircraft are used for rescue.
    #[graphql(default)]
    aviation_rescue: bool,
}

/// An aid station.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "AidStationInput")]
pub(crate) struct AidStation {
    /// What people call it.
    name: String,
    /// Where it is, and how it is reached.
    location: String,
    /// Whether paramedics are there.
    #[graphql(default)]
    paramedics: bool,
}

/// An ambulance or aircraft for responders.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "MedicalTransportInput")]
pub(crate) struct MedicalTransport {
    /// What people call it.
    name: String,
    /// Where it stands, and how it is reached.
    location: String,
    /// Whether it gives advanced life support; basic only when false.
    #[graphql(default)]
    advanced: bool,
}

/// A hospital that takes responders.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "HospitalInput")]
pub(crate) struct Hospital {
    /// What people call it.
    name: String,
    /// Where it is, and how it is reached.
    contact: String,
    /// How long it takes by road, in minutes.
    ground_minutes: Option<u32>,
    /// How long it takes by air, in minutes.
    air_minutes: Option<u32>,
    /// Its trauma level, from 1, the highest, to 5.
    trauma_level: Option<u8>,
    /// Whether it has a burn centre.
    #[graphql(default)]
    burn_center: bool,
    /// Whether helicopters can land.
    #[graphql(default)]
    helipad: bool,
}

impl From<period::Medical> for Medical {
    fn from(medical: period::Medical) -> Self {
        Self {
            aid_stations: all(medical.aid_stations),
            transport: all(medical.transport),
            hospitals: all(medical.hospitals),
            procedures: medical.procedures,
            aviation_rescue: medical.aviation_rescue,
            confirmed: medical.confirmed,
        }
    }
}

impl From<MedicalInput> for period::Medical {
    /// When it was confirmed is for the hub to say.
    fn from(input: MedicalInput) -> Self {
        Self {
            aid_stations: all(input.aid_stations),
            transport: all(input.transport),
            hospitals: all(input.hospitals),
            procedures: input.procedures,
            aviation_rescue: input.aviation_rescue,
            confirmed: None,
        }
    }
}

fn all<A: Into<B>, B>(rows: Vec<A>) -> Vec<B> {
    rows.into_iter().map(Into::into).collect()
}

impl From<period::AidStation> for AidStation {
    fn from(of: period::AidStation) -> Self {
        let period::AidStation { name, location, paramedics } = of;
        Self { name, location, paramedics }
    }
}

impl From<AidStation> for period::AidStation {
    fn from(of: AidStation) -> Self {
        let AidStation { name, location, paramedics } = of;
        Self { name, location, paramedics }
    }
}

impl From<period::Transport> for MedicalTransport {
    fn from(of: period::Transport) -> Self {
        let period::Transport { name, location, advanced } = of;
        Self { name, location, advanced }
    }
}

impl From<MedicalTransport> for period::Transport {
    fn from(of: MedicalTransport) -> Self {
        let MedicalTransport { name, location, advanced } = of;
        Self { name, location, advanced }
    }
}

impl From<period::Hospital> for Hospital {
    fn from(of: period::Hospital) -> Self {
        Self {
            name: of.name,
            contact: of.contact,
            ground_minutes: of.ground_minutes,
            air_minutes: of.air_minutes,
            trauma_level: of.trauma_level,
            burn_center: of.burn_center,
            helipad: of.helipad,
        }
    }
}

impl From<Hospital> for period::Hospital {
    fn from(of: Hospital) -> Self {
        Self {
            name: of.name,
            contact: of.contact,
            ground_minutes: of.ground_minutes,
            air_minutes: of.air_minutes,
            trauma_level: of.trauma_level,
            burn_center: of.burn_center,
            helipad: of.helipad,
        }
    }
}
