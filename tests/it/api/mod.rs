//! The API as its clients see it: over HTTP and WebSockets, from the real server.

mod agreements;
mod audiences;
mod clients;
mod limits;
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
