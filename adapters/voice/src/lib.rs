//! The channel that telephones and reads a message aloud, by a Twilio-compatible API.
