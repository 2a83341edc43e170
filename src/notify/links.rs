//! The addresses of the pages on which a message is answered.
//!
//! An address holds which message and which recipient it is for, and a tag that only this hub can
//! make, so that nothing about it has to be kept and nobody can guess another's.

use aws_lc_rs::hmac;
use url::Url;

use crate::domain::Id;
use crate::domain::message::Message;

/// Bytes of the tag: 128 bits.
const TAG_BYTES: usize = 16;
/// What the tag is over, so that it is none of another use of the key.
const CONTEXT: &[u8] = b"muster answer page 1\0";

/// Makes and reads such addresses.
pub struct Links {
    site: Url,
    key: hmac::Key,
}

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answering {
    /// The message.
    pub message: Id<Message>,
    /// The number of the recipient.
    pub recipient: u32,
}

impl Links {
    /// Addresses under a site, sealed with a key that all nodes of the hub have.
    #[must_use]
    pub fn new(site: Url, key: &[u8]) -> Self {
        Self { site, key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }

    /// The address of a recipient's page.
    #[must_use]
    pub fn of(&self, answering: Answering) -> String {
        let site = self.site.as_str().trim_end_matches('/');
        format!("{site}/a/{}", self.token(answering))
    }

    /// The last part of that address.
    #[must_use]
    pub fn token(&self, answering: Answering) -> String {
        let body = body(answering);
        let tag = hmac::sign(&self.key, &[CONTEXT, &body].concat());
        let tag = tag.as_ref().iter().take(TAG_BYTES);
        hex::encode(body.iter().chain(tag).copied().collect::<Vec<_>>())
    }

    /// Whose page a token is for; none when this hub did not make it.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<Answering> {
        let bytes = hex::decode(token).ok()?;
        let (body, tag) = bytes.split_at_checked(20)?;
        let full = hmac::sign(&self.key, &[CONTEXT, body].concat());
        let made = full.as_ref().get(..TAG_BYTES)?;
        aws_lc_rs::constant_time::verify_slices_are_equal(made, tag).ok()?;
        let (message, recipient) = body.split_at_checked(16)?;
        let message = Id::new(uuid::Uuid::from_bytes(message.try_into().ok()?));
        let recipient = u32::from_be_bytes(recipient.try_into().ok()?);
        Some(Answering { message, recipient })
    }
}

fn body(answering: Answering) -> [u8; 20] {
    let mut body = [0; 20];
    let (message, recipient) = body.split_at_mut(16);
    message.copy_from_slice(answering.message.uuid().as_bytes());
    recipient.copy_from_slice(&answering.recipient.to_be_bytes());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_by_the_hub_that_made_it_and_no_other() {
        let site: Url = "https://hub.example/".parse().unwrap();
        let links = Links::new(site.clone(), &[7; 32]);
        let uuid = "0196a000-0000-7000-8000-000000000001".parse().unwrap();
        let answering = Answering { message: Id::new(uuid), recipient: 9 };
        let link = links.of(answering);
        let token = link.strip_prefix("https://hub.example/a/").unwrap();
        assert_eq!(links.read(token), Some(answering));
        assert_eq!(Links::new(site, &[8; 32]).read(token), None);
        let other = token.replacen("0196a000", "0196a001", 1);
        assert_eq!(links.read(&other), None);
        for bad in ["", "00", &token[1..], &format!("{token}00"), "é"] {
            assert_eq!(links.read(bad), None);
        }
    }
}
