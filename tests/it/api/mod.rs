//! The API as its clients see it: over HTTP and WebSockets, from the real server.

mod agreements;
mod clients;
mod limits;
mod messages;
mod mutations;
mod mutual_aid;
mod operating;
mod planning;
mod queries;
mod resources;
mod schema;
mod sharing;
mod sockets;
mod subscriptions;
