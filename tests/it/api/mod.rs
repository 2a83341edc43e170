//! The API as its clients see it: over HTTP and WebSockets, from the real server.

mod clients;
mod limits;
mod mutations;
mod operating;
mod queries;
mod schema;
mod sockets;
mod subscriptions;
