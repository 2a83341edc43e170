//! The channel that telephones and reads a message aloud, by a Twilio-compatible API.
//!
//! [`Voice`] asks the provider to call a number and hands it the script of the call: the text is
//! read twice, with what can be answered, and one key may be pressed. Example: Dana is called at
//! 03:10, hears "Report to Station 4. Press 1 for: I am coming." and presses 1.
//!
//! What comes of the call arrives at the hub's own address, which hands it to [`Callbacks`]. That
//! the provider has taken a call means no more than that it will dial; the receipts say whether it
//! rang, and who answered. A machine that answered is not a person who was reached.
//!
//! The API has no idempotency key: a call whose answer was lost is in doubt, and a second try may
//! ring a second time.

mod callback;
mod client;
mod reasons;
mod script;
mod settings;
mod signature;
mod speech;

pub use callback::{Callbacks, Refusal};
pub use client::{Clock, Voice};
pub use script::{NOTHING, words};
pub use settings::{BadSettings, Settings};
pub use speech::{Phrases, Speech};

/// The headers that [`Callbacks::read`] takes.
pub use reqwest::header::HeaderMap;
