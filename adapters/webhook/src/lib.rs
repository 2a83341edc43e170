//! The channel that posts signed messages to another system, by the Standard Webhooks conventions.
