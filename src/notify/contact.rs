//! What is sealed for a person, as it was written when it was sealed.

use muster_contract::channel::Address;
use serde::Deserialize;

use crate::domain::message::Channel;

/// How a person is reached.
#[derive(Deserialize, Default)]
pub struct Contact {
    /// Telephone numbers, the best one first.
    #[serde(default)]
    phones: Vec<String>,
    /// Mailboxes, the best one first.
    #[serde(default)]
    emails: Vec<String>,
}

impl Contact {
    /// Reads what was sealed; none when it is something else.
    #[must_use]
    pub fn parse(plain: &[u8]) -> Option<Self> {
        serde_json::from_slice(plain).ok()
    }

    /// The addresses for a channel, the best one first.
    #[must_use]
    pub fn addresses(&self, channel: Channel) -> Vec<Address> {
        match channel {
            Channel::Sms | Channel::Voice => {
                self.phones.iter().map(|phone| Address::new(telephone(phone))).collect()
            }
            Channel::Email => self.emails.iter().map(Address::new).collect(),
            Channel::WebPush | Channel::Mqtt | Channel::Webhook => Vec::new(),
        }
    }
}

/// A telephone number without what people write between its digits.
#[must_use]
pub fn telephone(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}
