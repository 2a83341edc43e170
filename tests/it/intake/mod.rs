//! From documents to signals, by every way in.

mod corpus;
mod feeds;
mod files;
mod folder;
mod geocodes;
mod hostile;
mod http;
mod place;
mod quarantine;
