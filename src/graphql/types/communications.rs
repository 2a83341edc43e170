//! The radio communications plan.

use async_graphql::{Enum, InputObject, SimpleObject};

use crate::domain::period;

/// How a channel carries speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::RadioMode")]
pub(crate) enum RadioMode {
    /// A on the form.
    Analog,
    /// D on the form.
    Digital,
    /// M on the form.
    Mixed,
}

/// A row of the radio communications plan (ICS 205, block 4).
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "ChannelInput")]
pub(crate) struct Channel {
    /// Its name or talkgroup, unique in the plan.
    name: String,
    /// What it is for, such as `command` or `tactical`.
    function: String,
    /// Who uses it.
    assignment: Option<String>,
    /// The zone of the radio in which it is programmed.
    zone: Option<String>,
    /// Its number in that zone.
    number: Option<String>,
    /// The receive frequency, N or W behind it for narrow or wide band.
    receive: Option<String>,
    /// The receive tone or NAC.
    receive_tone: Option<String>,
    /// The transmit frequency, N or W behind it for narrow or wide band.
    transmit: Option<String>,
    /// The transmit tone or NAC.
    transmit_tone: Option<String>,
    /// How speech is carried.
    mode: Option<RadioMode>,
    /// Whatever else is to be said.
    remarks: Option<String>,
}

impl From<period::Channel> for Channel {
    fn from(channel: period::Channel) -> Self {
        let period::Channel { name, function, assignment, zone, number, remarks, .. } = channel;
        let period::Channel { receive, receive_tone, transmit, transmit_tone, mode, .. } = channel;
        let mode = mode.map(Into::into);
        Self {
            name,
            function,
            assignment,
            zone,
            number,
            receive,
            receive_tone,
            transmit,
            transmit_tone,
            mode,
            remarks,
        }
    }
}

impl From<Channel> for period::Channel {
    fn from(channel: Channel) -> Self {
        let Channel { name, function, assignment, zone, number, remarks, .. } = channel;
        let Channel { receive, receive_tone, transmit, transmit_tone, mode, .. } = channel;
        let mode = mode.map(Into::into);
        Self {
            name,
            function,
            assignment,
            zone,
            number,
            receive,
            receive_tone,
            transmit,
            transmit_tone,
            mode,
            remarks,
        }
    }
}
