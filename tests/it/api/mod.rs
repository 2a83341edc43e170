//! The API as its clients see it: over HTTP and WebSockets, from the real server.

mod agreements;
mod audiences;
mod base_map;
mod clients;
mod command;
mod forms;
mod limits;
mod messages;
mod mutations;
mod mutual_aid;
mod operating;
mod orders;
mod overtaken;
mod plan_sharing;
mod planning;
mod queries;
mod resources;
mod schema;
mod sharing;
mod sockets;
mod subscriptions;
